"""Sends around the deadline from several processes, one with a clock five minutes off: nobody is misjudged.

The suite runs a smaller storm; `make bench ARGS="sends 1000"` runs the whole one.
"""

import json
import os
import random
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.db import connection
from django.urls import reverse

from innoset.contests.actions import sendings
from innoset.contests.models import Contest, ContestStage, LateCopy, Submission
from innoset.contests.pure.deadlines import Deadline, Verdict
from tests import world

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite is a file on the same machine: it has no clock of its own to be told by",
    ),
]

SENDS = int(os.environ.get("SENDS", "160"))
CONTROL = min(SENDS, 80)
WORKERS, OFF, AROUND = 4, 300, 5.0
LONG_AGO = datetime(2001, 1, 1, tzinfo=UTC)
TICKS = {"guarantees": "on"}
LIBRARIES = (
    *Path("/usr/lib").glob("*/faketime/libfaketime.so.1"),
    Path("/usr/lib/faketime/libfaketime.so.1"),
)
# Between the look at the clock and the stamp of the request; a send so near to the edge may go either way.
UNSURE = timedelta(milliseconds=100)


@dataclass
class Account:
    """What came of a storm."""

    sends: int = 0
    misjudged: list[str] = field(default_factory=list)
    at_the_edge: int = 0
    within: int = 0
    verdicts: Counter[str] = field(default_factory=Counter)
    clocks: list[float] = field(default_factory=list)

    def __str__(self) -> str:
        """Say it in one line."""
        return (
            f"{self.sends} sends, {self.within} within ±{AROUND:.0f} s, misjudged {len(self.misjudged)}, "
            f"at the very edge {self.at_the_edge}, {dict(self.verdicts)}, clocks off by {self.clocks}"
        )


def plan_of(many: int) -> list[list[dict[str, Any]]]:
    """Share the sends out among the processes; each has two contests of its own, with and without a grace."""
    chance = random.Random(20261205)  # noqa: S311  # reason: the same storm every time
    plans: list[list[dict[str, Any]]] = []
    for place in range(WORKERS):
        pair = [world.contest(grace_minutes=grace) for grace in (0, 10)]
        Contest.objects.filter(pk__in=[one.pk for one in pair]).update(applications_per_organisation=many)
        ContestStage.objects.filter(contest__in=pair, kind="submission").update(starts_at=LONG_AGO)
        school = world.organisation()
        writer = world.member(school)
        session = world.signed_in(writer).cookies["sessionid"].value
        mine = range(place, many, WORKERS)
        drafts = [world.application(pair[n // WORKERS % 2], school, created_by=writer) for n in mine]
        plans.append([
            {
                "pk": one.pk,
                "contest": one.contest_id,
                "after": chance.uniform(-AROUND, AROUND),
                "url": reverse("cabinet:check", args=[one.number]),
                "session": session,
                "data": {"key": sendings.new_key(), **TICKS},
            }
            for one in drafts
        ])  # fmt: skip
    return plans


def worker(*, skewed: bool, own_clock: bool) -> "subprocess.Popen[str]":
    """Start a process of the site over this very database."""
    now = connection.settings_dict
    who, where = (
        f"{now['USER']}:{quote(now['PASSWORD'], safe='')}",
        f"{quote(now['HOST'], safe='')}:{now['PORT']}",
    )
    env = {
        **os.environ,
        "DATABASE_URL": f"postgresql://{who}@{where.rstrip(':')}/{now['NAME']}",
        "DJANGO_SETTINGS_MODULE": "innoset.conf.test",
        "OWN_CLOCK": "1" if own_clock else "",
        "SKEW": "",
    }
    library = next((str(path) for path in LIBRARIES if path.exists()), "")
    if skewed and library:
        env |= {"LD_PRELOAD": library, "FAKETIME": f"+{OFF}", "FAKETIME_DONT_FAKE_MONOTONIC": "1"}
    elif skewed:
        env["SKEW"] = str(OFF)
    command = [sys.executable, "-m", "tests.contests.deadline_worker"]
    root = Path(__file__).parents[2]
    return subprocess.Popen(
        command, cwd=root, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )


def storm(many: int, *, own_clock: bool = False) -> Account:
    """Send from all the processes at once and hold every verdict against the database's clock."""
    plans = plan_of(many)
    workers = [worker(skewed=place == 0, own_clock=own_clock) for place in range(WORKERS)]
    with ThreadPoolExecutor(WORKERS) as pool:
        texts = ["".join(json.dumps(line) + "\n" for line in plan) for plan in plans]
        said = list(
            pool.map(
                lambda pair: pair[0].communicate(pair[1])[0].splitlines(), zip(workers, texts, strict=True)
            )
        )
    account = Account(clocks=[round(json.loads(lines[0])["off"]) for lines in said])
    for line in (line for lines in said for line in lines[1:]):
        judge(account, **json.loads(line))
    return account


def judge(account: Account, pk: int, at: str, ends: str, status: int) -> None:
    """Compare what the site made of a send with what the database's clock says."""
    moment, ended = datetime.fromisoformat(at), datetime.fromisoformat(ends)
    deadline = Deadline(ended, Contest.objects.get(applications=pk).grace_minutes)
    made = verdict_of(pk)
    account.sends += 1
    account.verdicts[made] += 1
    account.within += abs((moment - ended).total_seconds()) <= AROUND + UNSURE.total_seconds()
    if deadline.verdict(moment) != deadline.verdict(moment + UNSURE):
        account.at_the_edge += 1
    elif made != deadline.verdict(moment):
        account.misjudged.append(f"{pk}: {deadline.verdict(moment)}, but {made} ({status})")


def verdict_of(pk: int) -> str:
    """Return how the site judged a send."""
    sent = Submission.objects.filter(application=pk).first()
    if sent is not None:
        return Verdict.IN_GRACE if sent.is_in_grace else Verdict.IN_TIME
    return Verdict.LATE if LateCopy.objects.filter(application=pk).exists() else "lost"


def test_nobody_is_misjudged_when_a_process_has_a_clock_of_its_own() -> None:
    account = storm(SENDS)
    sys.stdout.write(f"\n{account}\n")
    assert account.misjudged == []
    assert (account.sends, account.within, account.clocks) == (SENDS, SENDS, [OFF, 0, 0, 0])
    assert set(account.verdicts) == set(Verdict)
    assert account.at_the_edge <= SENDS // 10


def test_by_the_clock_of_the_process_the_same_storm_misjudges() -> None:
    """The negative control: the skewed process takes what is in time for late."""
    account = storm(CONTROL, own_clock=True)
    sys.stdout.write(f"\nwith the clock of the process: {account}\n")
    assert len(account.misjudged) >= CONTROL // 20
