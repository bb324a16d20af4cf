"""The schedule of an open defence."""

from datetime import datetime, time, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.errors import Refusal
from innoset.foundation.workflow import WrongState
from innoset.review import actions
from innoset.review.models import DefenceSlot
from innoset.review.queries.desk import slots_visible_to
from innoset.review.queries.live import slots_in_order
from innoset.review.queries.speaking import fewest_moves, moves_in
from innoset.review.states import RoundState, SlotState
from tests import world
from tests.review.scene import defence, scene

pytestmark = pytest.mark.django_db


def test_slots_are_generated_one_after_another_in_the_given_order(at: datetime) -> None:
    here = defence(dossiers=3)
    order = list(reversed(here.dossiers))
    actions.schedule_all(
        here.round,
        order=order,
        starts_at=at,
        minutes=15,
        pause=5,
        room=" Актовый зал ",
        link="https://meet.example/1",
        by=here.organiser,
        at=at,
    )
    rows = DefenceSlot.objects.values_list("dossier", "position", "starts_at", "minutes", "room", "link")
    assert list(rows) == [
        (dossier.pk, n + 1, at + timedelta(minutes=20 * n), 15, "Актовый зал", "https://meet.example/1")
        for n, dossier in enumerate(order)
    ]
    assert slots_visible_to(here.experts[0]).count() == 3
    assert not slots_visible_to(here.organiser).exists()


def test_a_slot_is_moved_and_the_order_follows(at: datetime) -> None:
    here = defence(dossiers=2)
    actions.schedule_all(here.round, order=here.dossiers, starts_at=at, minutes=10, by=here.organiser, at=at)
    later = at + timedelta(hours=1)
    moved = actions.schedule(
        here.round,
        dossier=here.dossiers[0],
        starts_at=later,
        minutes=20,
        room="Зал",
        by=here.organiser,
        at=at,
    )
    assert (moved.position, moved.starts_at, moved.minutes, moved.room) == (2, later, 20, "Зал")
    assert list(here.round.slots.values_list("dossier", flat=True)) == [
        here.dossiers[1].pk,
        here.dossiers[0].pk,
    ]


def test_two_do_not_speak_in_one_room_at_once(at: datetime) -> None:
    here = defence(dossiers=2)
    first, second = here.dossiers
    actions.schedule(
        here.round, dossier=first, starts_at=at, minutes=15, room="Зал", by=here.organiser, at=at
    )
    with pytest.raises(Refusal, match=f"там выступает {first.code}") as no:
        actions.schedule(
            here.round,
            dossier=second,
            starts_at=at + timedelta(minutes=14),
            minutes=15,
            room="Зал",
            by=here.organiser,
            at=at,
        )
    assert no.value.field == "starts_at"
    for start, room in ((at + timedelta(minutes=15), "Зал"), (at, "Другой зал")):
        actions.schedule(
            here.round, dossier=second, starts_at=start, minutes=15, room=room, by=here.organiser, at=at
        )
    assert here.round.slots.count() == 2


def test_bad_schedules_are_refused(at: datetime) -> None:
    here, remote, closed = defence(), scene(), defence(state=RoundState.CLOSED)

    def refused(one: object = here, **fields: object) -> tuple[str, str | None]:
        usual = {"order": here.dossiers, "starts_at": at, "minutes": 15}
        with pytest.raises(Refusal) as no:
            actions.schedule_all(one.round, **{**usual, **fields}, by=one.organiser, at=at)  # type: ignore[attr-defined, arg-type]  # bad on purpose
        return no.value.text, no.value.field

    assert refused(remote) == ("Расписание составляют только для открытой защиты.", None)
    assert refused(closed) == ("Защита завершена, расписание менять поздно.", None)
    assert refused(minutes=0) == ("Одно выступление длится от 1 до 240 минут.", "minutes")
    assert refused(pause=-1) == ("Перерыв — от 0 до 240 минут.", "pause")
    assert refused(order=[]) == ("Составить расписание не из чего: в туре нет таких дел.", "order")
    with pytest.raises(Refusal, match="Этого дела в туре нет"):
        actions.schedule(
            here.round, dossier=world.dossier(), starts_at=at, minutes=15, by=here.organiser, at=at
        )
    with pytest.raises(PermissionDenied):
        actions.schedule_all(
            here.round, order=here.dossiers, starts_at=at, minutes=15, by=here.experts[0], at=at
        )


def test_a_defence_is_held_or_missed_and_may_be_held_after_all(at: datetime) -> None:
    here = defence()
    slot = actions.schedule(
        here.round, dossier=here.dossiers[0], starts_at=at, minutes=15, by=here.organiser, at=at
    )
    actions.mark_slot(slot, held=False, by=here.organiser, at=at)
    assert slot.state == SlotState.MISSED
    actions.mark_slot(slot, held=True, by=here.organiser, at=at)
    assert slot.state == SlotState.DONE
    with pytest.raises(WrongState):
        actions.mark_slot(slot, held=False, by=here.organiser, at=at)


def test_hours_are_kept_when_the_schedule_is_made_anew(at: datetime) -> None:
    here = defence(dossiers=2)
    late = here.dossiers[0]
    fields: dict[str, Any] = {"starts_at": at, "minutes": 15, "by": here.organiser, "at": at}
    actions.schedule(here.round, dossier=late, not_before=time(12, 10), not_after=time(13), **fields)
    order = fewest_moves(here.round, at, timedelta(minutes=15))
    assert order.keys == (here.dossiers[1].pk, late.pk)
    actions.schedule_all(here.round, order=here.dossiers, **fields)
    slots = slots_in_order(here.round)
    assert [(slot.not_before, slot.not_after) for slot in slots] == [(time(12, 10), time(13)), (None, None)]
    assert moves_in(here.round, slots).missed == (late.code,)
    with pytest.raises(Refusal, match="«Не раньше»") as no:
        actions.schedule(here.round, dossier=late, not_before=time(13), not_after=time(12), **fields)
    assert no.value.field == "not_after"


def test_the_order_with_the_fewest_moves_is_known(at: datetime) -> None:
    here = defence(dossiers=4)
    for number in (0, 2):
        world.membership(here.experts[0], here.dossiers[number].organisation)
    actions.schedule_all(here.round, order=here.dossiers, starts_at=at, minutes=15, by=here.organiser, at=at)
    found = moves_in(here.round, slots_in_order(here.round))
    assert (found.now, found.best.moves, found.best.is_best, found.missed) == (3, 1, True, ())


def test_a_day_that_has_begun_is_not_made_anew(at: datetime) -> None:
    here = defence()
    fields: dict[str, Any] = {
        "order": here.dossiers,
        "starts_at": at,
        "minutes": 15,
        "by": here.organiser,
        "at": at,
    }
    actions.schedule_all(here.round, **fields)
    slot = here.round.slots.all()[0]
    actions.conduct(here.round, turn=actions.Turn("call", 0, slot), by=here.organiser, at=at)
    actions.conduct(here.round, turn=actions.Turn("start", 1), by=here.organiser, at=at)
    with pytest.raises(Refusal, match="Защита уже идёт"):
        actions.schedule_all(here.round, **fields)
