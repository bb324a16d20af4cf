"""`python -m tools.bench.faults 500 2`: so many faults in so many browsers at once, and a table of what was lost."""

import json
import signal
import subprocess
import sys
import tempfile
import time
from itertools import chain, islice
from itertools import count as count_up
from pathlib import Path
from random import Random
from types import FrameType
from typing import Final

from playwright.sync_api import sync_playwright

from tools.bench.faults.scripts import FAULTS, act
from tools.bench.faults.site import Site
from tools.bench.faults.typist import Typist
from tools.bench.faults.verdicts import Outcome, is_good, summary, table
from tools.trouble import Trouble, tell

COUNT: Final = 40
PATIENCE: Final = 150
"""Seconds that one fault may take on a busy machine."""
SEED: Final = 20_261_121


def main() -> int:
    """Do the harm; the status is 1 when something was lost that may not be."""
    if sys.argv[1:2] == ["part"]:
        return _part(*map(int, sys.argv[2:]))
    given = sys.argv[1:]
    if not all(text.isdecimal() and int(text) for text in given):
        raise Trouble("Напишите, сколько сбоев и во скольких браузерах: 500 2.")
    count = int(given[0]) if given else COUNT
    jobs = int(given[1]) if given[1:] else 1
    began = time.monotonic()
    outcomes = _all(count, jobs)
    figures = summary(outcomes)
    print(table(outcomes))
    print(json.dumps(figures, ensure_ascii=False))
    print(f"Измерено за {time.monotonic() - began:.0f} с.")
    return 0 if is_good(figures) else 1


def _all(count: int, jobs: int) -> list[Outcome]:
    """Share the faults out among processes; each has a site and a browser of its own."""
    shares = [len(range(at, count, jobs)) for at in range(jobs)]
    running = [
        subprocess.Popen(
            [sys.executable, "-m", "tools.bench.faults", "part", str(share), str(at)],
            stdout=subprocess.PIPE,
            text=True,
        )
        for at, share in enumerate(shares)
    ]
    said = "".join(process.communicate()[0] for process in running)
    if any(process.returncode for process in running):
        raise Trouble("Прогон сбоев прервался; причина напечатана выше.")
    return [_read(line) for line in said.splitlines()]


def _read(line: str) -> Outcome:
    found = json.loads(line)
    return Outcome(**{**found, "wrong_words": tuple(found["wrong_words"])})


def _stuck(_signal: int, _frame: FrameType | None) -> None:
    raise Trouble("Браузер не отвечает.")


def _part(count: int, at: int) -> int:
    random = Random(SEED + at)  # noqa: S311  # reason: the same faults every time
    round_of = [kind for kind, (share, _) in FAULTS.items() for _ in range(share)]
    kinds = list(
        islice(chain.from_iterable(random.sample(round_of, len(round_of)) for _ in count_up()), count)
    )
    signal.signal(signal.SIGALRM, _stuck)
    with tempfile.TemporaryDirectory(prefix="innoset-faults-", ignore_cleanup_errors=True) as folder:
        site = Site(Path(folder))
        site.prepare()
        site.start()
        with sync_playwright() as playwright:
            who = Typist(site, playwright, random)
            try:
                who.sit_down()
                for kind in kinds:
                    signal.alarm(PATIENCE)
                    print(json.dumps(act(who, kind).as_json(), ensure_ascii=False), flush=True)
            finally:
                who.get_up()
                site.close()
    return 0


if __name__ == "__main__":
    tell(main)
