"""`make bench ARGS="decisions 500 100"`: the decision room at its widest, and councils that replay.

One request tries other rules on so many works; beside it stand a bare view and a plain sort of the same totals, so
that a busy machine is fair. Then scripted councils are replayed from their logs, byte for byte.
"""

import os
import subprocess
import time
from collections.abc import Callable
from datetime import UTC, datetime
from statistics import median
from typing import Final

from django.db import transaction
from django.urls import reverse

from innoset.contests.actions import decisions
from innoset.contests.models import Contest
from innoset.contests.pure import replay
from innoset.contests.pure.chain import canonical
from innoset.contests.pure.standing import places_by_basis
from innoset.contests.queries import decisions as queries
from innoset.contests.queries.standing import field_of
from innoset.contests.states import ContestState
from innoset.review.actions.calibrations import keep_calibration
from tools.bench.addresses import FLOOR
from tools.bench.measure import browser_of
from tools.bench.rows import Rows
from tools.environment import PYTHON, ROOT, child_environment

AIM: Final = 1.0
"""Seconds for one request; printed, not judged: the machine decides."""
TURNS: Final = 3
TRIAL: Final = "?threshold=30&basis=median&quota=100"


def main(works: int = 500, councils: int = 100) -> int:
    """Measure and replay; the status is 1 when a log gives other places or a changed number goes unnoticed."""
    rows = Rows(datetime.now(UTC))  # noqa: TID251  # reason: pages read the clock, so the rows lie around now
    rows.grow(works)
    rows.turn(ContestState.COUNCIL)
    contest = Contest.objects.get(pk=rows.contest.pk)
    assert contest.remote_round is not None  # noqa: S101  # reason: the rows have one
    keep_calibration(contest.remote_round, by=rows.organiser, at=rows.at)
    _page(rows, works)
    sound = _replayed(contest, rows)
    return 0 if sound and (not councils or _councils(councils)) else 1


def _page(rows: Rows, works: int) -> None:
    browser, stranger = browser_of(rows.organiser), browser_of(None)
    address = reverse("office:council_room", args=[rows.contest.code]) + TRIAL
    browser.get(address)
    page = _seconds(lambda: browser.get(address))
    floor = _seconds(lambda: stranger.get(f"/{FLOOR}"))
    field = field_of(Contest.objects.get(pk=rows.contest.pk))
    reckoned = _seconds(lambda: places_by_basis(field.works, field.rules))
    totals = [float(row.total) for row in field.rows()]
    plain = _seconds(lambda: sorted(totals[::-1] * 1))
    print(
        f"Заявок: {works}. Проба других правил одним запросом: {page:.2f} с процессора (цель {AIM:.0f} с), "
        f"в {page / floor:.0f} раз дольше пустой страницы ({1000 * floor:.1f} мс).\n"
        f"Из них места по трём способам: {1000 * reckoned:.0f} мс, "
        f"в {reckoned / plain:.0f} раз дольше простой сортировки итогов ({1000 * plain:.3f} мс)."
    )


def _seconds(deed: Callable[[], object]) -> float:
    """Return the processor time of a deed, the middle of a few: a busy machine changes it little."""
    spent = []
    for _ in range(TURNS):
        began = time.process_time()
        deed()
        spent.append(time.process_time() - began)
    return median(spent)


def _replayed(contest: Contest, rows: Rows) -> bool:
    """Enter every sheet into the log and reckon the places from the log alone."""
    began = time.process_time()
    with transaction.atomic():
        decisions.enter(contest, by=rows.organiser, at=rows.at)
    entered = time.process_time() - began
    events = queries.events_of(contest)
    began = time.process_time()
    broken, told = replay.verify(events), replay.replayed(events)
    spent = time.process_time() - began
    same = told == canonical(queries.ranking_now(field_of(contest), None))
    print(
        f"Журнал: {len(events)} событий записано за {entered:.2f} с, проверено и пересчитано за {spent:.2f} с; "
        f"места {'те же' if same else 'ДРУГИЕ'}, цепочка {'цела' if broken is None else 'РАЗОРВАНА'}."
    )
    return same and broken is None


def _councils(count: int) -> bool:
    """Run the test of scripted councils with so many of them; one changed number must break each replay."""
    env = {**os.environ, **child_environment(), "COUNCILS": str(count)}
    # Tests choose their settings themselves.
    env.pop("DJANGO_SETTINGS_MODULE", None)
    command = [str(PYTHON), "-m", "pytest", "-q", "-p", "no:cacheprovider", "-k", "scripted"]
    done = subprocess.run(
        [*command, "tests/contests/test_decisions.py"],
        check=False,
        cwd=ROOT,
        env=env,
        capture_output=True,
        text=True,
    )
    last = (done.stdout.strip().splitlines() or ["нет ответа"])[-1]
    print(f"Советов по сценарию: {count}. Совпали побайтно: {'все' if done.returncode == 0 else last}.")
    return done.returncode == 0
