"""The day of the defence as the teams learn of it."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from innoset.contests.actions import defence as actions
from innoset.contests.actions.expertise import start_defence
from innoset.contests.models import Contest
from innoset.contests.queries.expertise import choices_of
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter
from innoset.foundation.russian import moment_in_words
from innoset.network.states import Role
from innoset.review import actions as review
from innoset.review.actions.live import Turn
from innoset.review.models import Round
from innoset.review.states import RoundState, SlotState
from tests import world
from tests.contests.expertise_scene import judged, started

pytestmark = pytest.mark.django_db


def on_the_day(at: datetime) -> tuple[Contest, Round]:
    """Make a contest whose defence of two works goes on."""
    contest = judged(started(2), 5, 4)
    passing = [one.application for one in choices_of(contest)]
    here = start_defence(contest, passing=passing, by=contest.created_by, at=at)
    review.schedule_all(
        here,
        order=list(here.dossiers.order_by("code")),
        starts_at=at,
        minutes=15,
        room="Актовый зал",
        by=contest.created_by,
        at=at,
    )
    here.state = RoundState.OPEN
    here.save()
    return contest, here


def letters(notice: str) -> list[tuple[str, str]]:
    found = Letter.objects.filter(notice=notice).order_by("pk")
    return [(one.subject, one.body) for one in found]


def test_a_late_day_moves_the_rest_and_tells_them(at: datetime) -> None:
    contest, here = on_the_day(at)
    first, second = here.slots.all()
    turn = Turn("call", 0, first)
    review.conduct(here, turn=turn, by=contest.created_by, at=at)
    review.conduct(here, turn=Turn("start", 1), by=contest.created_by, at=at + timedelta(minutes=20))
    actions.shift_defence(contest, minutes=20, by=contest.created_by, at=at + timedelta(minutes=20))
    number = contest.applications.get(dossier=second.dossier).shown_number
    was, now = at + timedelta(minutes=15), at + timedelta(minutes=35)
    ((title, text),) = letters("contests.defence_moved")
    assert title == f"Защита заявки {number} сдвинута: {moment_in_words(now)}"
    assert text.startswith(
        f"Защита началась позже, поэтому время заявки {number} сдвинуто.\n"
        f"Было: {moment_in_words(was)}.\nТеперь: {moment_in_words(now)}.\nМесто: Актовый зал."
    )


def test_who_is_absent_is_told_of_the_new_time(at: datetime) -> None:
    contest, here = on_the_day(at)
    secretary = world.member(contest.organiser, Role.SECRETARY, "Секретова Света Ильинична")
    first = here.slots.all()[0]
    review.conduct(here, turn=Turn("call", 0, first), by=secretary, at=at)
    slot = actions.postpone_speaker(contest, version=1, by=secretary, at=at)
    assert (slot.pk, slot.state, slot.starts_at) == (first.pk, SlotState.MISSED, at + timedelta(minutes=30))
    number = contest.applications.get(dossier=first.dossier).shown_number
    ((title, _),) = letters("contests.defence_postponed")
    assert title == f"Защита заявки {number} перенесена в конец: {moment_in_words(slot.starts_at)}"


def test_a_refused_shift_moves_nobody_and_writes_to_nobody(at: datetime) -> None:
    contest, here = on_the_day(at)
    with pytest.raises(Refusal, match="от 1 до 240"):
        actions.shift_defence(contest, minutes=0, by=contest.created_by, at=at)
    stranger = world.person()
    with pytest.raises(PermissionDenied):
        actions.shift_defence(contest, minutes=5, by=stranger, at=at)
    with pytest.raises(PermissionDenied):
        actions.postpone_speaker(contest, version=0, by=stranger, at=at)
    early = world.contest()
    with pytest.raises(Refusal, match="ещё не началась"):
        actions.shift_defence(early, minutes=5, by=early.created_by, at=at)
    assert list(here.slots.values_list("starts_at", flat=True)) == [at, at + timedelta(minutes=15)]
    assert letters("contests.defence_moved") == []
