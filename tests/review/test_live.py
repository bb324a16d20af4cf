"""The console of a defence: every step, twice, back, out of turn, by the wrong person."""

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.foundation.workflow import WrongState
from innoset.network.states import Role
from innoset.review import actions
from innoset.review.actions.live import Turn
from innoset.review.models import DefenceSlot, LiveBoard
from innoset.review.pure.conduct import Timer
from innoset.review.pure.scoring import Mark
from innoset.review.pure.speaking_order import Talk
from innoset.review.queries.live import (
    board_of,
    hall_of,
    late_of,
    marked_of,
    own_assignments,
    rounds_conducted_by,
    rounds_watched_by,
    slots_in_order,
    talks_of,
)
from innoset.review.states import Phase, RoundState, SlotState
from tests import world
from tests.review.scene import Scene, defence, finished, given, opened, scene, seated

pytestmark = pytest.mark.django_db

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)


def later(minutes: float) -> datetime:
    return AT + timedelta(minutes=minutes)


def hall(dossiers: int = 3, **fields: object) -> Scene:
    """Make a defence whose day begins at AT, fifteen minutes a work."""
    here = defence(dossiers=dossiers, **fields)
    actions.schedule_all(here.round, order=here.dossiers, starts_at=AT, minutes=15, by=here.organiser, at=AT)
    return here


def step(
    here: Scene, name: str, at: datetime = AT, *, slot: int | None = None, **fields: object
) -> LiveBoard:
    """Press a button of the console as it stands."""
    chosen = None if slot is None else here.round.slots.get(dossier=here.dossiers[slot])
    turn = Turn(name, board_of(here.round).version, chosen, **fields)  # type: ignore[arg-type]  # by name
    return actions.conduct(here.round, turn=turn, by=here.organiser, at=at)


def stands(here: Scene) -> tuple[str, str | None, Timer | None]:
    found = hall_of(here.round)
    return found.phase, found.slot.dossier.code if found.slot else None, found.timer


def test_a_speaker_is_called_heard_asked_marked_and_shown() -> None:
    here = hall()
    code = here.dossiers[0].code
    assert stands(here) == (Phase.WAITING, None, None)
    step(here, "call", slot=0)
    assert stands(here) == (Phase.WAITING, code, None)
    step(here, "start", later(1))
    assert stands(here) == (Phase.SPEECH, code, Timer(later(1), 600))
    step(here, "ask", later(10))
    assert stands(here) == (Phase.QUESTIONS, code, Timer(later(10), 300))
    step(here, "mark", later(14))
    assert stands(here) == (Phase.MARKING, code, Timer(later(14), 180))
    step(here, "reveal", later(16))
    assert stands(here) == (Phase.REVEALED, code, None)
    slot = here.round.slots.get(dossier=here.dossiers[0])
    assert (slot.state, slot.began_at, slot.ended_at, slot.revealed_at) == (
        SlotState.DONE,
        later(1),
        later(14),
        later(16),
    )
    assert hall_of(here.round).following == here.round.slots.get(dossier=here.dossiers[1])
    step(here, "rest", later(17), minutes=20)
    assert stands(here) == (Phase.BREAK, None, Timer(later(17), 1200))
    step(here, "call", later(37), slot=1)
    step(here, "finish", later(38))
    assert stands(here) == (Phase.OVER, None, None)
    step(here, "call", later(50), slot=2)
    assert board_of(here.round).version == 9


def test_a_second_tap_changes_nothing() -> None:
    here = hall()
    first = here.round.slots.get(dossier=here.dossiers[0])
    turn = Turn("call", 0, first)
    for _ in range(2):
        actions.conduct(here.round, turn=turn, by=here.organiser, at=AT)
    assert (board_of(here.round).version, len(board_of(here.round).steps)) == (1, 1)
    for minute in (1, 2):
        actions.conduct(here.round, turn=Turn("start", 1), by=here.organiser, at=later(minute))
    assert stands(here)[2] == Timer(later(1), 600)
    with pytest.raises(Refusal, match="Сейчас: «Выступление»"):
        actions.conduct(here.round, turn=Turn("ask", 1), by=here.organiser, at=later(3))
    assert list(Entry.objects.filter(deed="review.conduct").values_list("changes__repeated", flat=True)) == [
        "start",
        None,
        "call",
        None,
    ]


def test_time_stands_still_during_a_pause() -> None:
    here = hall()
    step(here, "call", slot=0)
    with pytest.raises(Refusal, match="Остановить нечего"):
        step(here, "pause")
    with pytest.raises(Refusal, match="Время уже идёт"):
        step(here, "go_on")
    step(here, "start", later(0))
    step(here, "pause", later(4))
    timer = stands(here)[2]
    assert timer == Timer(later(0), 600, later(4))
    with pytest.raises(Refusal, match="Остановить нечего"):
        step(here, "pause", later(5))
    step(here, "go_on", later(9))
    assert stands(here)[2] == Timer(later(5), 600)


def test_the_last_step_is_taken_back_and_the_one_before_it() -> None:
    here = hall()
    names = ("call", "start", "ask", "mark", "reveal")
    before = []
    for minute, name in enumerate(names):
        before.append((stands(here), DefenceSlot.objects.filter(position=1).values().get()))
        step(here, name, later(minute), slot=0 if name == "call" else None)
    for kept in reversed(before):
        actions.step_back(here.round, version=board_of(here.round).version, by=here.organiser, at=later(9))
        assert (stands(here), DefenceSlot.objects.filter(position=1).values().get()) == kept
    with pytest.raises(Refusal, match="Отменять нечего"):
        actions.step_back(here.round, version=board_of(here.round).version, by=here.organiser, at=later(9))
    with pytest.raises(Refusal, match="Пульт уже переключили"):
        actions.step_back(here.round, version=3, by=here.organiser, at=later(9))


def test_a_step_back_survives_a_slot_that_is_gone() -> None:
    here = hall()
    step(here, "call", slot=0)
    step(here, "call", slot=1)
    here.round.slots.filter(dossier=here.dossiers[0]).delete()
    actions.step_back(here.round, version=2, by=here.organiser, at=AT)
    assert stands(here) == (Phase.WAITING, None, None)


def test_who_is_absent_speaks_at_the_end() -> None:
    here = hall()
    with pytest.raises(Refusal, match="Сначала вызовите"):
        actions.miss_speaker(here.round, version=0, by=here.organiser, at=AT)
    step(here, "call", slot=0)
    missed = actions.miss_speaker(here.round, version=1, by=here.organiser, at=AT)
    assert (missed.state, missed.starts_at, missed.planned_at) == (SlotState.MISSED, later(45), AT)
    assert [slot.dossier for slot in slots_in_order(here.round)] == [
        here.dossiers[1],
        here.dossiers[2],
        here.dossiers[0],
    ]
    assert stands(here) == (Phase.WAITING, None, None)
    for turn in (1, 2):
        step(here, "call", slot=turn)
        step(here, "start")
        step(here, "mark")
    assert hall_of(here.round).following == missed
    step(here, "call", slot=0)
    again = actions.miss_speaker(here.round, version=board_of(here.round).version, by=here.organiser, at=AT)
    assert (again.state, again.starts_at, again.planned_at) == (SlotState.MISSED, later(45), AT)
    step(here, "call", slot=0)
    step(here, "start")
    with pytest.raises(Refusal, match="пока он не начал"):
        actions.miss_speaker(here.round, version=board_of(here.round).version, by=here.organiser, at=AT)


def test_a_late_start_moves_the_rest() -> None:
    here = hall()
    step(here, "call", slot=0)
    step(here, "start", later(20))
    moved = actions.shift_slots(here.round, minutes=20, by=here.organiser, at=later(20))
    assert [(slot.dossier, slot.planned_at, slot.starts_at) for slot in moved] == [
        (here.dossiers[1], later(15), later(35)),
        (here.dossiers[2], later(30), later(50)),
    ]
    actions.shift_slots(here.round, minutes=5, by=here.organiser, at=later(20))
    assert list(here.round.slots.values_list("planned_at", "starts_at")) == [
        (None, AT),
        (later(15), later(40)),
        (later(30), later(55)),
    ]
    for wrong in (0, 241):
        with pytest.raises(Refusal, match="от 1 до 240 минут") as no:
            actions.shift_slots(here.round, minutes=wrong, by=here.organiser, at=AT)
        assert no.value.field == "minutes"
    here.round.slots.update(state=SlotState.DONE)
    with pytest.raises(Refusal, match="Сдвигать некого"):
        actions.shift_slots(here.round, minutes=5, by=here.organiser, at=AT)


def test_steps_out_of_turn_are_refused() -> None:
    here = hall()
    for name in ("start", "ask", "mark", "reveal"):
        with pytest.raises(Refusal, match="Сначала вызовите выступающего"):
            step(here, name)
    with pytest.raises(Refusal, match="Выберите, кто выступает следующим"):
        step(here, "call")
    step(here, "call", slot=0)
    with pytest.raises(WrongState):
        step(here, "reveal")
    with pytest.raises(WrongState):
        step(here, "nonsense")
    with pytest.raises(Refusal, match="от 1 до 240 минут"):
        step(here, "rest", minutes=0)
    step(here, "start")
    step(here, "mark")
    with pytest.raises(Refusal, match="защита уже состоялась"):
        step(here, "call", slot=0)
    assert board_of(here.round).version == 3


def test_a_round_that_does_not_go_on_has_no_console() -> None:
    for state, words in ((RoundState.PREPARING, "откройте тур"), (RoundState.CLOSED, "Защита завершена")):
        here = defence(state=state)
        with pytest.raises(Refusal, match=words):
            actions.conduct(here.round, turn=Turn("rest", 0), by=here.organiser, at=AT)
    remote = scene()
    with pytest.raises(Refusal, match="только у открытой защиты"):
        actions.shift_slots(remote.round, minutes=5, by=remote.organiser, at=AT)


def test_only_who_runs_the_round_or_keeps_its_minutes_conducts() -> None:
    here = hall()
    secretary = world.member(here.round.organiser, Role.SECRETARY, "Секретова Света Ильинична")
    foreign = world.member(world.organisation(), Role.SECRETARY, "Чужова Чеслава Ильинична")
    slot = here.round.slots.first()
    actions.conduct(here.round, turn=Turn("call", 0, slot), by=secretary, at=AT)
    for person in (here.experts[0], foreign):
        for refused in (
            lambda by: actions.conduct(here.round, turn=Turn("start", 1), by=by, at=AT),
            lambda by: actions.step_back(here.round, version=1, by=by, at=AT),
            lambda by: actions.miss_speaker(here.round, version=1, by=by, at=AT),
            lambda by: actions.shift_slots(here.round, minutes=5, by=by, at=AT),
        ):
            with pytest.raises(PermissionDenied):
                refused(person)
    assert [rounds_conducted_by(one).count() for one in (here.organiser, secretary, foreign)] == [1, 1, 0]


def test_the_hall_is_seen_by_those_who_run_or_sit() -> None:
    here = hall(experts=1)
    observer = seated(here.round, "Наблюдаева Нина Ильинична", part="observer")
    stranger = world.person()
    people = (here.organiser, here.experts[0], observer, stranger)
    assert [rounds_watched_by(one).count() for one in people] == [1, 1, 1, 0]
    here.round.state = RoundState.PREPARING
    here.round.save()
    assert [rounds_watched_by(one).count() for one in people] == [1, 0, 0, 0]


def test_marks_are_told_only_while_they_are_shown() -> None:
    here = hall(experts=3)
    for juror, value in enumerate((5, 3, 4)):
        finished(here, value, expert=juror)
    for name in ("call", "start", "ask", "mark"):
        step(here, name, slot=0 if name == "call" else None)
        found = hall_of(here.round)
        assert (found.revealed, found.done, found.due) == (None, 3, 3)
    step(here, "reveal")
    shown = hall_of(here.round).revealed
    assert shown is not None
    assert (shown.mean, shown.totals, shown.maximum) == (
        Decimal(4),
        (Decimal(3), Decimal(4), Decimal(5)),
        Decimal(5),
    )
    step(here, "call", slot=1)
    assert hall_of(here.round).revealed is None


def test_two_marks_show_no_dots_and_none_shows_nothing() -> None:
    here = hall(experts=2)
    finished(here, 5)
    opened(here, expert=1)
    for name in ("call", "start", "mark", "reveal"):
        step(here, name, slot=0 if name == "call" else None)
    shown = hall_of(here.round).revealed
    assert shown is not None
    assert (shown.mean, shown.totals) == (Decimal(5), ())
    assert marked_of(here.round) == {here.dossiers[0].pk: (1, 2)}
    assert [one.expert for one in late_of(here.round)[here.dossiers[0].pk]] == [here.experts[1]]
    for name in ("call", "start", "mark", "reveal"):
        step(here, name, slot=1 if name == "call" else None)
    assert hall_of(here.round).revealed is None


def test_one_tap_saves_and_finishes() -> None:
    here = hall()
    sheet = opened(here)
    (criterion,) = here.rubric.criteria.all()
    with pytest.raises(Refusal, match="К1: нет балла"):
        actions.finish_at_once(sheet, marks={}, by=here.experts[0], at=AT)
    with pytest.raises(PermissionDenied):
        actions.finish_at_once(sheet, marks={}, by=here.experts[1], at=AT)
    actions.finish_at_once(sheet, marks={criterion.pk: Mark(4)}, by=here.experts[0], at=AT)
    assert sheet.total == Decimal(4)
    assert list(own_assignments(here.round, here.experts[0])) == [here.dossiers[0].pk]


def test_who_is_in_conflict_or_recused_is_outside() -> None:
    here = hall(experts=2)
    assignment = given(here, expert=1, dossier=2)
    actions.declare(assignment, ground="coauthor", by=here.experts[1], at=AT)
    world.membership(here.experts[0], here.dossiers[0].organisation)
    assert talks_of(here.round) == [
        Talk(here.dossiers[0].pk, frozenset({here.experts[0].pk}), here.dossiers[0].group),
        Talk(here.dossiers[1].pk, frozenset(), here.dossiers[1].group),
        Talk(here.dossiers[2].pk, frozenset({here.experts[1].pk}), here.dossiers[2].group),
    ]
