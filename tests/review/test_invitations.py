"""The term of an answer, links of the letter, reminders, wishes before the assignment."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.accounts.models import Consent
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter, Message
from innoset.foundation.workflow import WrongState
from innoset.review import actions
from innoset.review.actions import Limits
from innoset.review.jobs import remind_unanswered
from innoset.review.models import Bid, EarlyConflict, PanelSeat
from innoset.review.queries.bids import is_bidding, offers_to, short_of
from innoset.review.queries.conflicts import NOTHING, summaries_of
from innoset.review.queries.invitations import answer_by, is_late, seat_by_token, soon_late, token_of
from innoset.review.states import RoundState, SeatState
from tests import world
from tests.review.scene import Scene, expert, given, scene, seated

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def invited(here: Scene, at: datetime = world.AT) -> PanelSeat:
    """Invite somebody new."""
    return actions.invite_expert(here.round, person=expert("Демин Денис Ильич"), by=here.organiser, at=at)


# ── The term ────────────────────────────────────────────────────────────────


def test_an_invitation_takes_the_term_of_the_round_and_moves_with_it(at: datetime) -> None:
    here = scene(answer_by=world.AT + DAY)
    seat = invited(here)
    assert (seat.answer_by, answer_by(seat)) == (at + DAY, at + DAY)
    actions.set_panel_terms(here.round, answer_by=at + 2 * DAY, bids_until=None, by=here.organiser, at=at)
    seat.refresh_from_db()
    assert seat.answer_by == at + 2 * DAY


def test_without_a_term_one_may_answer_till_the_end_of_the_round(at: datetime) -> None:
    here = scene(answer_by=world.AT - HOUR)
    seat = invited(here)
    assert (seat.answer_by, answer_by(seat)) == (None, here.round.closes_at)
    assert not is_late(seat, at)


def test_after_the_term_nobody_agrees_but_anybody_declines(at: datetime) -> None:
    here = scene(answer_by=world.AT + DAY)
    seat = invited(here)
    late = at + 2 * DAY
    with pytest.raises(Refusal, match=r"Срок ответа прошёл: 22 ноября 2026 г\., 12:00 МСК\. Напишите"):
        actions.answer_invitation(seat, accept=True, by=seat.person, at=late)
    actions.answer_invitation(seat, accept=False, by=seat.person, at=late)
    seat.refresh_from_db()
    assert seat.state == SeatState.DECLINED
    assert not Consent.objects.filter(person=seat.person).exists()


@pytest.mark.parametrize(
    ("limits", "field"),
    [(Limits(least_minutes=0), "least_minutes"), (Limits(most_minutes=60_001), "most_minutes")],
)
def test_minutes_must_make_sense(limits: Limits, field: str) -> None:
    seat = invited(scene())
    with pytest.raises(Refusal, match="от 1 до 60000") as no:
        actions.answer_invitation(seat, accept=True, limits=limits, by=seat.person, at=world.AT)
    assert no.value.field == field


def test_the_least_is_not_above_the_most() -> None:
    seat = invited(scene())
    with pytest.raises(Refusal, match="Наименьшая нагрузка больше наибольшей"):
        actions.answer_invitation(seat, accept=True, limits=Limits(None, 90, 60), by=seat.person, at=world.AT)


@pytest.mark.parametrize("term", [timedelta(hours=-1), timedelta(days=15)])
def test_a_term_lies_between_now_and_the_end_of_the_round(at: datetime, term: timedelta) -> None:
    here = scene()
    with pytest.raises(Refusal, match="позже этой минуты и не позже срока тура") as no:
        actions.set_panel_terms(here.round, answer_by=None, bids_until=at + term, by=here.organiser, at=at)
    assert no.value.field == "bids_until"


def test_the_agreed_are_asked_for_wishes_once_a_term(at: datetime) -> None:
    here = scene(experts=2)
    for _ in range(2):
        actions.set_panel_terms(here.round, answer_by=None, bids_until=at + DAY, by=here.organiser, at=at)
    letters = Letter.objects.filter(notice="review.bids_asked").order_by("pk")
    assert [letter.address for letter in letters] == [person.email for person in here.experts]
    assert letters[0].body.startswith("Тур: Заочная экспертиза.\nДел: 2.\n\nУ каждого дела отметьте «Хочу»")


# ── Links ───────────────────────────────────────────────────────────────────


def test_the_letter_ends_with_two_links_and_the_message_has_none() -> None:
    seat = invited(scene())
    token = token_of(seat)
    letter, message = Letter.objects.get(), Message.objects.get()
    for word in ("yes", "no"):
        assert f"/answer/{token}/{word}/" in letter.body
    assert token not in message.text


def test_a_link_opens_its_own_invitation_and_nothing_else(at: datetime) -> None:
    here = scene()
    seat = invited(here)
    token = token_of(seat)
    assert seat_by_token(token) == seat
    assert [seat_by_token(forged) for forged in ("", "x:y", f"{token}x", f"Z{token}")] == [None] * 4
    actions.withdraw_invitation(seat, by=here.organiser, at=at)
    again = actions.invite_expert(here.round, person=seat.person, by=here.organiser, at=at + HOUR)
    assert seat_by_token(token) is None
    assert seat_by_token(token_of(again)) == again


def test_an_invitation_says_when_experts_will_be_named() -> None:
    invited(scene(experts_are_named=True))
    assert "Материалов в туре: 2.\nПосле итогов участники узнают, кто оценивал их работы." in (
        Letter.objects.get().body
    )


# ── Reminders ───────────────────────────────────────────────────────────────


def test_the_silent_are_reminded_once_a_day(at: datetime) -> None:
    here = scene()
    seat = invited(here)
    key = seat.person_id
    for later, count in ((HOUR, 1), (2 * HOUR, 1), (DAY, 2)):
        told = actions.remind_invited(here.round, people=[key], by=here.organiser, at=at + later)
        assert told == 1
        assert Letter.objects.filter(notice="review.answer_awaited").count() == count
        assert Message.objects.filter(notice="review.answer_awaited").count() == count
    assert f"/answer/{token_of(seat)}/yes/" in Letter.objects.filter(notice="review.answer_awaited")[0].body
    with pytest.raises(Refusal, match="ещё не ответил"):
        actions.remind_invited(here.round, people=[here.experts[0].pk], by=here.organiser, at=at)
    with pytest.raises(PermissionDenied):
        actions.remind_invited(here.round, people=[key], by=seat.person, at=at)


def test_the_worker_writes_a_day_before_the_term() -> None:
    here = scene()
    now = datetime.now(world.AT.tzinfo)  # noqa: TID251  # reason: the worker reads the clock itself
    seat = invited(here)
    PanelSeat.objects.filter(pk=seat.pk).update(answer_by=now + HOUR)
    assert [list(soon_late(now - DAY)), list(soon_late(now)), list(soon_late(now + HOUR))] == [[], [seat], []]
    assert [remind_unanswered.call(), remind_unanswered.call()] == [1, 0]
    assert Letter.objects.get(notice="review.answer_awaited").address == seat.person.email


# ── Wishes and early conflicts ──────────────────────────────────────────────


def bidding(**fields: Any) -> tuple[Scene, PanelSeat]:
    """Return a round in which wishes are told, and the seat of its expert."""
    here = scene(experts=1, bids_until=world.AT + DAY, **fields)
    return here, here.round.seats.select_related("round").get()


def test_a_wish_is_told_changed_and_taken_back(at: datetime) -> None:
    here, seat = bidding()
    work, person = here.dossiers[0], here.experts[0]
    for wish in ("wanted", "unwanted"):
        actions.bid(seat, dossier=work, wish=wish, by=person, at=at)
    assert list(Bid.objects.values_list("round", "dossier", "person", "wish", "made_at")) == [
        (here.round.pk, work.pk, person.pk, "unwanted", at)
    ]
    actions.bid(seat, dossier=work, wish="", by=person, at=at)
    assert not Bid.objects.exists()


@pytest.mark.parametrize(
    ("wish", "later", "words"),
    [("dream", timedelta(), "Выберите ответ"), ("wanted", DAY, r"можно было до 22 ноября 2026 г\., 12:00")],
)
def test_a_wish_is_one_of_three_and_in_time(at: datetime, wish: str, later: timedelta, words: str) -> None:
    here, seat = bidding()
    with pytest.raises(Refusal, match=words):
        actions.bid(seat, dossier=here.dossiers[0], wish=wish, by=here.experts[0], at=at + later)


def test_wishes_are_told_only_of_the_round_s_own_and_of_what_is_not_given_yet(at: datetime) -> None:
    here, seat = bidding()
    person = here.experts[0]
    with pytest.raises(Refusal, match="Этого дела в туре нет"):
        actions.bid(seat, dossier=world.dossier(), wish="wanted", by=person, at=at)
    given(here)
    with pytest.raises(Refusal, match="уже назначено вам"):
        actions.declare_early(seat, dossier=here.dossiers[0], ground="other", by=person, at=at)
    with pytest.raises(PermissionDenied):
        actions.bid(seat, dossier=here.dossiers[1], wish="wanted", by=here.organiser, at=at)


def test_where_no_term_is_set_nobody_is_asked(at: datetime) -> None:
    here = scene(experts=1)
    seat = here.round.seats.get()
    assert not is_bidding(seat, at)
    with pytest.raises(Refusal, match="сейчас не отмечают"):
        actions.bid(seat, dossier=here.dossiers[0], wish="wanted", by=here.experts[0], at=at)


def test_an_early_conflict_takes_the_wish_away_and_can_be_taken_back(at: datetime) -> None:
    here, seat = bidding()
    work, person = here.dossiers[0], here.experts[0]
    actions.bid(seat, dossier=work, wish="wanted", by=person, at=at)
    actions.declare_early(seat, dossier=work, ground="coauthor", note=" Помогала ", by=person, at=at)
    assert list(EarlyConflict.objects.values_list("dossier", "person", "ground", "note")) == [
        (work.pk, person.pk, "coauthor", "Помогала")
    ]
    assert not Bid.objects.exists()
    with pytest.raises(Refusal, match="участвовал в проекте"):
        given(here)
    assert [(one.dossier, one.wish, one.ground) for one in offers_to(seat)] == [
        (here.dossiers[0], "", "coauthor"),
        (here.dossiers[1], "", ""),
    ]
    actions.declare_early(seat, dossier=work, ground="", by=person, at=at)
    assert not EarlyConflict.objects.exists()
    for ground, words in (("sport", "в чём состоит конфликт"), ("other", "Напишите в поле «Пояснение»")):
        with pytest.raises(Refusal, match=words):
            actions.declare_early(seat, dossier=work, ground=ground, by=person, at=at)


def test_what_other_ties_bar_is_not_offered() -> None:
    here, seat = bidding()
    world.membership(here.experts[0], here.dossiers[0].organisation)
    assert [one.dossier for one in offers_to(seat)] == [here.dossiers[1]]


def test_the_short_part_is_the_first_long_answer() -> None:
    rows: list[Mapping[str, Any]] = [
        {"text": "Раздел", "is_group": True},
        {"text": "Кратко"},
        {"text": "Слово " * 80},
    ]
    short = short_of(rows)
    assert (short, len(short)) == ("Слово " * 49 + "Слово…", 300)
    assert [short_of([]), short_of([{"text": "Кратко"}])] == ["", "Кратко"]


# ── Before inviting ─────────────────────────────────────────────────────────


def test_ties_are_summed_up_before_anybody_is_invited() -> None:
    here = scene(experts=0)
    tied, free = expert("Демин Денис Ильич"), expert("Ежова Ева Олеговна")
    first, second = here.dossiers
    world.membership(tied, first.organisation, until=world.AT)
    EarlyConflict.objects.create(dossier=first, person=tied, ground="other", declared_at=world.AT)
    old = world.AT - 2000 * DAY
    world.membership(tied, second.organisation, since=old, until=old)
    found = summaries_of(here.round, [tied, free])
    assert found.dossiers == 2
    assert found.by_person.get(free.pk, NOTHING) == NOTHING
    mine = found.by_person[tied.pk]
    assert mine.barred == 1
    assert mine.barring == (
        ("Заявлено: иная причина", (first.code,)),
        ("Работал в этой организации до 21.11.2026", (first.code,)),
    )
    assert mine.shown == (("Работал в этой организации до 31.05.2021, давно", (second.code,)),)


def test_two_taps_at_once_agree_once(at: datetime) -> None:
    here = scene(state=RoundState.PREPARING)
    person = seated(here.round, "Демин Денис Ильич")
    with pytest.raises(WrongState):
        actions.answer_invitation(here.round.seats.get(person=person), accept=True, by=person, at=at)
