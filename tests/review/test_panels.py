"""Inviting to the panel and answering."""

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.accounts.models import Consent
from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter, Message
from innoset.foundation.workflow import WrongState
from innoset.network.states import Role
from innoset.review import actions, queries
from innoset.review.models import Assignment, PanelSeat
from innoset.review.queries.panels import Candidate, candidates_for
from innoset.review.states import AssignmentState, RoundState, SeatState
from tests import world
from tests.review.scene import expert, finished, given, scene, seated

pytestmark = pytest.mark.django_db


def test_an_invitation_makes_a_seat_and_a_letter(at: datetime) -> None:
    here, person = scene(), expert("Демин Денис Ильич")
    seat = actions.invite_expert(here.round, person=person, by=here.organiser, at=at)
    assert (seat.state, seat.role, seat.invited_at) == (SeatState.INVITED, PanelSeat.Part.EXPERT, at)
    assert list(queries.invitations_of(person)) == [seat]
    letter = Letter.objects.get()
    assert (letter.address, letter.subject) == (person.email, "Приглашение в комиссию: Заочная экспертиза")
    assert letter.body.startswith(
        "Вас приглашают в комиссию. Ваша роль — эксперт.\n\nТур: Заочная экспертиза.\n"
        "Срок: до 5 декабря 2026 г., 12:00 МСК.\nМатериалов в туре: 2.\n"
    )
    entry = Entry.objects.get(deed="review.invite_expert")
    assert entry.changes == {"person": person.pk, "part": "expert"}


def test_several_are_invited_together_or_not_at_all(at: datetime) -> None:
    here, people = scene(experts=0), [expert("Демин Денис Ильич"), expert("Ежова Ева Олеговна")]
    assert actions.invite_experts(here.round, people=people, by=here.organiser, at=at) == 2
    with pytest.raises(Refusal, match="уже в комиссии"):
        actions.invite_experts(here.round, people=[expert(), people[0]], by=here.organiser, at=at)
    assert [seat.person for seat in queries.panel_of(here.round)] == people
    with pytest.raises(Refusal, match="Отметьте хотя бы одного"):
        actions.invite_experts(here.round, people=[], by=here.organiser, at=at)


def test_nobody_is_invited_twice(at: datetime) -> None:
    here = scene()
    with pytest.raises(Refusal, match="уже в комиссии") as no:
        actions.invite_expert(here.round, person=here.experts[0], by=here.organiser, at=at)
    assert no.value.field == "person"


@pytest.mark.parametrize(("part", "words"), [("expert", "роли эксперта"), ("observer", "роли наблюдателя")])
def test_only_people_of_the_pool_are_invited(at: datetime, part: str, words: str) -> None:
    here, person = scene(), world.member(world.organisation(), Role.EDITOR)
    with pytest.raises(Refusal, match=words):
        actions.invite_expert(here.round, person=person, part=part, by=here.organiser, at=at)


def test_nobody_is_invited_to_a_closed_round(at: datetime) -> None:
    here = scene(state=RoundState.CLOSED)
    with pytest.raises(Refusal, match="Тур завершён"):
        actions.invite_expert(here.round, person=expert(), by=here.organiser, at=at)


def test_a_stranger_may_not_invite(at: datetime) -> None:
    here = scene()
    stranger = world.member(world.organisation(), Role.ORGANISER)
    with pytest.raises(PermissionDenied):
        actions.invite_expert(here.round, person=expert(), by=stranger, at=at)


def test_an_invitation_is_withdrawn_until_it_is_answered(at: datetime) -> None:
    here, person = scene(), expert()
    seat = actions.invite_expert(here.round, person=person, by=here.organiser, at=at)
    actions.withdraw_invitation(seat, by=here.organiser, at=at)
    assert not PanelSeat.objects.filter(person=person).exists()
    with pytest.raises(Refusal, match="уже ответили"):
        actions.withdraw_invitation(here.round.seats.get(person=here.experts[0]), by=here.organiser, at=at)


def test_an_expert_agrees_with_a_limit(at: datetime) -> None:
    here, person = scene(), expert()
    seat = actions.invite_expert(here.round, person=person, by=here.organiser, at=at)
    actions.answer_invitation(seat, accept=True, limits=actions.Limits(5, 60, 600), by=person, at=at)
    seat.refresh_from_db()
    assert (seat.state, seat.most, seat.answered_at) == (SeatState.ACCEPTED, 5, at)
    assert (seat.least_minutes, seat.most_minutes, seat.consented_at) == (60, 600, at)
    consent = Consent.objects.get(person=person)
    assert (consent.text.code, consent.about, consent.given_at) == (
        "expert-secrecy",
        f"round:{here.round.pk}",
        at,
    )
    assert person in [one.person for one in queries.experts_of(here.round)]


@pytest.mark.parametrize("most", [0, 501])
def test_a_limit_must_make_sense(at: datetime, most: int) -> None:
    here, person = scene(), expert()
    seat = actions.invite_expert(here.round, person=person, by=here.organiser, at=at)
    with pytest.raises(Refusal, match="от 1 до 500"):
        actions.answer_invitation(seat, accept=True, limits=actions.Limits(most), by=person, at=at)


def test_only_the_invited_answers(at: datetime) -> None:
    here, person = scene(), expert()
    seat = actions.invite_expert(here.round, person=person, by=here.organiser, at=at)
    with pytest.raises(PermissionDenied):
        actions.answer_invitation(seat, accept=True, by=here.organiser, at=at)


def test_who_declines_after_agreeing_frees_what_is_not_finished(at: datetime) -> None:
    here = scene()
    finished(here, 4, 4, dossier=0)
    free = given(here, dossier=1)
    seat = here.round.seats.get(person=here.experts[0])
    actions.answer_invitation(seat, accept=False, reason="Болею", by=here.experts[0], at=at)
    states = Assignment.objects.order_by("pk").values_list("state", flat=True)
    assert list(states) == [AssignmentState.CLEARED, AssignmentState.REMOVED]
    free.refresh_from_db()
    assert free.reason == "Эксперт отказался от участия"
    message = Message.objects.get(recipient=here.organiser)
    assert message.text == (
        "Агеева Анна Олеговна не сможет участвовать в комиссии тура «Заочная экспертиза».\n"
        "Причина: Болею.\nОсвободилось мест: 1."
    )


def test_one_agrees_once(at: datetime) -> None:
    here = scene()
    with pytest.raises(WrongState):
        actions.answer_invitation(
            here.round.seats.get(person=here.experts[0]), accept=True, by=here.experts[0], at=at
        )


def test_candidates_are_the_pool_without_the_panel_with_their_workload(
    at: datetime, django_assert_num_queries: Any
) -> None:
    other, here = scene(experts=1), scene(experts=1)
    given(other)
    busy = other.experts[0]
    place = busy.memberships.get().organisation
    watcher = world.member(world.organisation(), Role.OBSERVER)
    with django_assert_num_queries(1):
        found = candidates_for(here.round)
    assert found == [Candidate(busy, place.short_name, place.municipality.name, load=1, rounds=1)]
    assert [one.person for one in candidates_for(here.round, part="observer")] == [watcher]


def test_observers_do_not_score(at: datetime) -> None:
    here = scene(experts=1)
    watcher = seated(here.round, part=PanelSeat.Part.OBSERVER)
    here.experts.append(watcher)
    with pytest.raises(Refusal, match="не согласился быть экспертом"):
        given(here, expert=1)
