"""A few of the faults of the bench, each time; `FAULTS=500` does them all."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tools.bench.faults.verdicts import LIMIT

ROOT = Path(__file__).resolve().parents[2]
SOME = "6"


def test_mixed_faults_lose_nothing(chromium: Any) -> None:
    count = os.environ.get("FAULTS", SOME)
    done = subprocess.run(
        [sys.executable, "-m", "tools.bench.faults", count],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.strip(), done.stderr[-2000:]
    figures = json.loads(done.stdout.splitlines()[-2])
    found = {name: figures[name] for name in ("faults", "lost_fields", "doubled", "wrong_words")}
    assert found == {"faults": int(count), "lost_fields": 0, "doubled": 0, "wrong_words": {}}
    assert figures["p99"] <= LIMIT
