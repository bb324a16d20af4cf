"""Opening, closing, reminding, progress and standing."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter
from innoset.foundation.workflow import WrongState
from innoset.network.states import Role
from innoset.review import actions, queries
from innoset.review.models import Criterion
from innoset.review.queries.desk import finished_by
from innoset.review.queries.ranking import finished_of
from innoset.review.queries.rounds import Pace, Progress
from innoset.review.states import RoundState
from tests import world
from tests.review.scene import CLOSES, finished, given, opened, scene

pytestmark = pytest.mark.django_db


def test_opening_tells_each_expert_what_is_theirs(at: datetime) -> None:
    here = scene(state=RoundState.PREPARING)
    given(here, 0, 0)
    given(here, 0, 1)
    given(here, 1, 0)
    actions.open_round(here.round, by=here.organiser, at=at)
    assert here.round.state == RoundState.OPEN
    subjects = dict(Letter.objects.values_list("address", "subject"))
    assert subjects == {
        here.experts[0].email: "Вам назначены дела: 2",
        here.experts[1].email: "Вам назначены дела: 1",
    }
    with pytest.raises(WrongState):
        actions.open_round(here.round, by=here.organiser, at=at)


def test_a_round_is_not_opened_half_ready(at: datetime) -> None:
    here = scene(state=RoundState.PREPARING)

    def refused(moment: datetime = at) -> str:
        with pytest.raises(Refusal) as no:
            actions.open_round(here.round, by=here.organiser, at=moment)
        return no.value.text

    assert refused() == "Никому ещё не назначено ни одного дела. Сначала назначьте экспертов."
    assert refused(CLOSES) == "Срок тура уже прошёл. Сначала измените срок."
    here.round.dossiers.clear()
    assert refused() == "В туре нет ни одного дела."
    here.round.dossiers.set(here.dossiers)
    Criterion.objects.all().delete()
    assert refused() == "В наборе критериев этого тура нет ни одного критерия. Добавьте критерии."


def test_the_term_is_changed_by_those_who_run_the_round(at: datetime) -> None:
    here = scene()
    later = CLOSES + timedelta(days=3)
    actions.edit_round(here.round, closes_at=later, sheets_per_dossier=3, by=here.organiser, at=at)
    here.round.refresh_from_db()
    assert (here.round.closes_at, here.round.sheets_per_dossier) == (later, 3)
    entry = Entry.objects.get(deed="review.edit_round")
    assert entry.changes == {
        "closes_at": [CLOSES.isoformat(), later.isoformat()],
        "sheets_per_dossier": [2, 3],
    }
    with pytest.raises(PermissionDenied):
        actions.edit_round(here.round, closes_at=later, sheets_per_dossier=3, by=here.experts[0], at=at)


def test_the_term_must_make_sense(at: datetime) -> None:
    here = scene()
    for closes, sheets, field in (
        (at, 2, "closes_at"),
        (CLOSES, 0, "sheets_per_dossier"),
        (CLOSES, 10, "sheets_per_dossier"),
    ):
        with pytest.raises(Refusal) as no:
            actions.edit_round(
                here.round, closes_at=closes, sheets_per_dossier=sheets, by=here.organiser, at=at
            )
        assert no.value.field == field
    closed = scene(state=RoundState.CLOSED)
    with pytest.raises(Refusal, match="Тур завершён"):
        actions.edit_round(closed.round, closes_at=CLOSES, sheets_per_dossier=2, by=closed.organiser, at=at)


def test_a_round_with_missing_sheets_is_closed_with_a_reason_only(at: datetime) -> None:
    here = scene(dossiers=1)
    finished(here, 4, 4)
    with pytest.raises(Refusal) as no:
        actions.close_round(here.round, by=here.organiser, at=at)
    assert (no.value.text, no.value.field) == (
        "Не хватает 1 листа. Дождитесь их или укажите причину, по которой тур завершается без них.",
        "reason",
    )
    actions.close_round(here.round, reason="Эксперт болен", by=here.organiser, at=at)
    assert here.round.state == RoundState.CLOSED
    assert Entry.objects.get(deed="review.close_round").changes == {
        "reason": "Эксперт болен",
        "calibration": "мало оценок",
    }


def test_a_complete_round_is_closed_and_opened_again_while_its_term_lasts(at: datetime) -> None:
    here = scene(dossiers=1)
    finished(here, 4, 4, expert=0)
    finished(here, 3, 3, expert=1)
    actions.close_round(here.round, by=here.organiser, at=at)
    with pytest.raises(Refusal, match="Срок тура прошёл"):
        actions.reopen_round(here.round, by=here.organiser, at=CLOSES)
    actions.reopen_round(here.round, by=here.organiser, at=at)
    assert here.round.state == RoundState.OPEN
    assert [sheet.total for sheet in finished_by(here.experts[0])] == [Decimal(20)]


def test_reminders_reach_those_who_owe_once_a_day(at: datetime) -> None:
    here = scene(dossiers=1)
    finished(here, 4, 4, expert=0)
    given(here, expert=1)
    everybody = [one.pk for one in here.experts]
    told = [
        actions.remind(here.round, experts=everybody, by=here.organiser, at=moment)
        for moment in (at, at + timedelta(hours=2), at + timedelta(days=1))
    ]
    assert told == [1, 1, 1]
    letters = Letter.objects.filter(notice="review.reminded").values_list("address", flat=True)
    assert list(letters) == [here.experts[1].email] * 2
    with pytest.raises(Refusal, match="Выберите"):
        actions.remind(here.round, experts=[here.experts[0].pk], by=here.organiser, at=at)
    waiting = scene(state=RoundState.PREPARING)
    with pytest.raises(Refusal, match="пока тур идёт"):
        actions.remind(waiting.round, experts=[], by=waiting.organiser, at=at)


@pytest.mark.parametrize("dossiers", [2, 4])
def test_progress_counts_everything_in_three_queries(dossiers: int, django_assert_num_queries: Any) -> None:
    here = scene(dossiers=dossiers)
    finished(here, 4, 4, expert=0, dossier=0)
    finished(here, 4, 4, expert=1, dossier=0)
    sheet = opened(here, expert=0, dossier=1)
    criterion = here.rubric.criteria.get(number=1)
    actions.score(sheet, criterion=criterion, value=3, by=here.experts[0], at=world.AT)
    given(here, expert=1, dossier=1)
    with django_assert_num_queries(2):
        found = queries.progress_of(here.round)
    assert found == Progress(
        due=2 * dossiers,
        done=2,
        dossiers=dossiers,
        complete=1,
        unassigned=2 * (dossiers - 2),
        paces=(
            Pace(here.experts[0], due=2, done=1, started=2, undeclared=0),
            Pace(here.experts[1], due=2, done=1, started=1, undeclared=1),
        ),
    )
    assert [(pace.person, pace.left) for pace in queries.owing_in(here.round)] == [
        (here.experts[0], 1),
        (here.experts[1], 1),
    ]


@pytest.mark.parametrize("dossiers", [2, 4])
def test_standing_in_a_constant_number_of_queries(dossiers: int, django_assert_num_queries: Any) -> None:
    here = scene(experts=3, dossiers=dossiers)
    finished(here, 1, 1, expert=0, dossier=0)
    finished(here, 5, 5, expert=1, dossier=0)
    finished(here, 4, 4, expert=2, dossier=0)
    finished(here, 3, 3, expert=0, dossier=1)
    with django_assert_num_queries(6):
        rows = queries.standing_of(here.round)
    first, second = rows[:2]
    assert (first.dossier_id, first.totals, first.mean, first.is_median, first.tie_break) == (
        here.dossiers[0].pk,
        (Decimal(5), Decimal(25), Decimal(20)),
        Decimal(20),
        True,
        Decimal(10),
    )
    assert (second.mean, second.tie_break, second.sheets_due, second.sheets_done) == (
        Decimal(15),
        Decimal(9),
        2,
        1,
    )
    assert [row.mean for row in rows[2:]] == [None] * (dossiers - 2)
    assert [len(one) for one in finished_of(here.round).values()] == [3, 1]


def test_rounds_are_seen_by_their_organisers() -> None:
    here, _ = scene(), scene()
    assert list(queries.rounds_visible_to(here.organiser)) == [here.round]
    assert not queries.rounds_visible_to(here.experts[0]).exists()
    operator = world.person(is_superuser=True)
    assert queries.rounds_visible_to(operator).count() == 2
    colleague = world.member(here.round.organiser, Role.EDITOR)
    assert not queries.rounds_visible_to(colleague).exists()
