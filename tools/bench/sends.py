"""`make bench ARGS="sends 1000"`: the whole storm around a deadline, on PostgreSQL, one clock being wrong."""

import os
import subprocess
import tempfile

from tools import postgres
from tools.environment import PYTHON, ROOT, child_environment

STORM = "tests/contests/test_deadline_storm.py"


def main(sends: int = 1000) -> int:
    """Run the storm with so many sends; the status is that of the test."""
    address, trouble = postgres.start()
    if trouble:
        print(trouble)
        return 1
    with tempfile.TemporaryDirectory(prefix="innoset-sends-") as folder:
        env = {**child_environment(), "DATABASE_URL": address, "INNOSET_VAR": folder, "SENDS": str(sends)}
        command = [str(PYTHON), "-m", "pytest", "-q", "-s", "-p", "no:cacheprovider", STORM]
        return subprocess.run(command, check=False, cwd=ROOT, env={**os.environ, **env}).returncode
