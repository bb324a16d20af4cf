"""The same road with every stone in it: late, to be mended, refused, withdrawn, no quorum, a wrong order."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from innoset.contests.actions import applications, awards, council, expertise, filling
from innoset.contests.models import Seat, Sitting
from innoset.contests.pure.voting import Votes
from innoset.contests.states import CheckOutcome, Decision
from innoset.documents.models import Paper
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Message
from innoset.foundation.workflow import WrongState
from innoset.network.queries import public_statuses
from innoset.projects.queries import values_of
from innoset.review import actions as review
from innoset.review.models import PanelSeat, Round, ScoreSheet
from innoset.review.queries import standing_of
from tests.review.scene import planned
from tests.stories import book as tale
from tests.stories.book import Book, moscow

pytestmark = pytest.mark.django_db

TITLE = "Школа наставников сельского района"
REASON = "Проект единственный в районе, недостающие показатели авторы обещали прислать до приказа."


def test_from_a_late_application_to_a_returned_order() -> None:
    book = tale.founded(moscow("2026-08-25 10:00"))
    tale.published(book, {"has_defence": False, "sheets_per_application": 2}, at=moscow("2026-09-01 10:00"))
    book.deeds()
    book.letters()
    one_is_sent_and_withdrawn(book)
    one_comes_too_late(book)
    two_are_returned_to_be_mended(book)
    one_is_mended_and_one_is_not(book)
    an_expert_declines_and_another_hurries(book)
    the_council_has_no_quorum(book)
    the_council_departs_from_the_line(book)
    the_order_is_wrong_and_returned(book)


def one_is_sent_and_withdrawn(book: Book) -> None:
    tale.typed(book, "quiet", TITLE, at=moscow("2026-10-12 10:00"))
    tale.sent(book, "quiet", at=moscow("2026-10-12 10:30"))
    with pytest.raises(PermissionDenied):
        applications.withdraw(
            book.application("quiet"), by=book.people["first"], at=moscow("2026-10-20 10:00")
        )
    applications.withdraw(book.application("quiet"), by=book.people["quiet"], at=moscow("2026-10-20 10:00"))
    with pytest.raises(Refusal, match="Изменить заявку уже нельзя: её состояние — «Отозвана»"):
        tale.sent(book, "quiet", key="again", at=moscow("2026-10-20 11:00"))
    assert book.states() == {"quiet": "withdrawn"}
    assert book.deeds()[-2:] == ["contests.submit_application", "contests.withdraw_application"]
    assert book.letters() == [
        ("contests.application_sent", "quiet"),
        ("contests.application_withdrawn", "organiser"),
    ]


def one_comes_too_late(book: Book) -> None:
    """What was typed stays in the draft, though it can no longer be sent."""
    made = tale.typed(book, "second", TITLE, at=moscow("2026-10-29 20:00"))
    book.deeds()
    with pytest.raises(Refusal, match=r"Приём заявок закончился 30 октября 2026 г"):
        tale.sent(book, "second", at=moscow("2026-10-30 17:25"))
    with pytest.raises(Refusal, match=r"Приём заявок закончился 30 октября 2026 г"):
        tale.started(book, "first", at=moscow("2026-10-30 17:25"))
    assert values_of(made.project.passport) == tale.passport(TITLE, "Рощин Денис Павлович")
    assert (book.states()["second"], book.deeds(), book.letters()) == ("draft", [], [])


def two_are_returned_to_be_mended(book: Book) -> None:
    for code in ("first", "garden"):
        tale.typed(book, code, TITLE, at=moscow("2026-10-12 12:00"))
        tale.sent(book, code, at=moscow("2026-10-12 13:00"))
    book.deeds()
    book.letters()
    with pytest.raises(Refusal, match="Не выполнено требований: 1"):
        tale.checked(book, "first", CheckOutcome.CONFORMS, unmet=["signature"], at=moscow("2026-11-02 10:00"))
    for code, term in (("first", "2026-11-06 12:00"), ("garden", "2026-11-04 12:00")):
        tale.checked(
            book,
            code,
            CheckOutcome.MEND,
            unmet=["signature"],
            comment="Нет подписи руководителя.",
            mend_by=moscow(term),
            at=moscow("2026-11-02 10:00"),
        )
    with pytest.raises(Refusal, match="Передавать экспертам нечего"):
        expertise.start_expertise(
            book.fresh_contest(), by=book.people["organiser"], at=moscow("2026-11-03 10:00")
        )
    assert book.states() == {
        "quiet": "withdrawn",
        "second": "draft",
        "first": "returned",
        "garden": "returned",
    }
    assert book.deeds() == ["contests.check_application"] * 2
    assert book.letters() == [("contests.check_mend", "first"), ("contests.check_mend", "garden")]


def one_is_mended_and_one_is_not(book: Book) -> None:
    with pytest.raises(Refusal, match="С прошлой отправки ничего не изменилось"):
        tale.sent(book, "first", key="second", at=moscow("2026-11-04 10:00"))
    first, head = book.application("first"), book.people["first"]
    filling.answer(first, key="15", text="Подписано руководителем.", by=head, at=moscow("2026-11-04 10:00"))
    mended = tale.sent(book, "first", key="second", at=moscow("2026-11-04 10:05"))
    assert (mended.number, mended.version.number, mended.version.values["15"]) == (
        2,
        2,
        "Подписано руководителем.",
    )
    refused = {"comment": "Подписи так и нет.", "unmet": ["signature"]}
    with pytest.raises(Refusal, match="Заявитель ещё может исправить заявку"):
        tale.checked(book, "garden", CheckOutcome.REFUSED, **refused, at=moscow("2026-11-04 11:00"))
    with pytest.raises(Refusal, match="Срок исправления закончился 4 ноября 2026 г"):
        tale.sent(book, "garden", key="second", at=moscow("2026-11-04 12:10"))
    tale.checked(book, "garden", CheckOutcome.REFUSED, **refused, at=moscow("2026-11-05 10:00"))
    tale.checked(book, "first", CheckOutcome.CONFORMS, at=moscow("2026-11-05 10:00"))
    assert book.states() == {
        "quiet": "withdrawn",
        "second": "draft",
        "first": "admitted",
        "garden": "refused",
    }
    assert book.deeds() == [
        "projects.save_answer",
        "contests.answer",
        "projects.freeze",
        "accounts.give_consent",
        "accounts.give_consent",
        "contests.submit_application",
        "contests.check_application",
        "contests.check_application",
    ]
    assert book.letters() == [
        ("contests.application_sent", "first"),
        ("contests.check_refused", "garden"),
        ("contests.check_conforms", "first"),
    ]


# ── Experts ─────────────────────────────────────────────────────────────────


def an_expert_declines_and_another_hurries(book: Book) -> None:
    at, organiser = moscow("2026-11-09 10:00"), book.people["organiser"]
    tour = expertise.start_expertise(book.fresh_contest(), by=organiser, at=at)
    with pytest.raises(Refusal, match="Никому ещё не назначено ни одного дела"):
        review.open_round(tour, by=organiser, at=at)
    _decline(book, tour)
    tale.seated(book, tour, "belov", "vetrova", at=at)
    planned(tour, by=organiser, at=at)
    review.open_round(tour, by=organiser, at=at)
    first, last = tale.live(tour)
    tale.scored(first, 3, at=at)
    with pytest.raises(Refusal, match="Не хватает 1 листа"):
        expertise.start_council(book.fresh_contest(), by=organiser, at=at)
    _hurry(last)
    expertise.start_council(book.fresh_contest(), by=organiser, at=moscow("2026-11-20 18:00"))
    assert [(one.mean, one.sheets_done) for one in standing_of(tour)] == [(Decimal(57), 2)]
    assert book.fresh_contest().state == "council"
    assert book.deeds() == [
        "contests.start_expertise",
        "review.invite_expert",
        "review.answer_invitation",
        *["review.invite_expert", "accounts.give_consent", "review.answer_invitation"] * 2,
        "review.make_plan",
        "review.apply_plan",
        "review.open_round",
        "review.declare",
        "review.save_sheet",
        "review.finish_sheet",
        "review.declare",
        "review.score",
        *["review.save_sheet", "review.finish_sheet", "review.reopen_sheet"],
        *["review.save_sheet", "review.finish_sheet"],
        "review.close_round",
        "contests.start_council",
    ]


def _decline(book: Book, tour: Round) -> None:
    at, person = moscow("2026-11-09 10:30"), book.people["ageeva"]
    seat = review.invite_expert(
        tour, person=person, part=PanelSeat.Part.EXPERT, by=book.people["organiser"], at=at
    )
    review.answer_invitation(seat, accept=False, reason="В отпуске.", by=person, at=at)
    told = Message.objects.get(recipient=book.people["organiser"], notice="review.declined")
    assert told.text == (
        f"{person.full_name} не сможет участвовать в комиссии тура «{tour.title}».\n"
        "Причина: В отпуске.\nОсвободилось мест: 0."
    )


def _hurry(assignment) -> None:
    """A sheet with holes is not finished; a finished one is opened again and corrected."""
    at, expert = moscow("2026-11-12 10:00"), assignment.expert
    review.declare(assignment, by=expert, at=at)
    sheet = ScoreSheet.objects.get(assignment=assignment)
    criteria = list(assignment.round.rubric.criteria.order_by("number"))
    review.score(sheet, criterion=criteria[0], value=1, by=expert, at=at)
    with pytest.raises(Refusal, match=r"Лист ещё не полон\. К1: нужен комментарий; К2: нет балла"):
        review.finish_sheet(sheet, by=expert, at=at)
    for value, total in ((5, Decimal(95)), (3, Decimal(57))):
        marks = {one.pk: tale.Mark(value) for one in criteria}
        review.save_sheet(sheet, marks=marks, by=expert, at=at)
        review.finish_sheet(sheet, comment=tale.CONCLUSION, by=expert, at=at)
        assert ScoreSheet.objects.get(pk=sheet.pk).total == total
        if value == 5:
            review.reopen_sheet(sheet, by=expert, at=at)


# ── Council ─────────────────────────────────────────────────────────────────


def the_council_has_no_quorum(book: Book) -> None:
    secretary, at = book.people["secretary"], moscow("2026-12-02 14:00")
    sitting = Sitting(
        contest=book.fresh_contest(), council=book.council, number="", held_at=at, place="Краснодар"
    )
    with pytest.raises(Refusal, match="Укажите номер протокола"):
        council.plan_sitting(sitting, by=book.people["organiser"], at=at)
    sitting.number = "8"
    council.plan_sitting(sitting, by=book.people["organiser"], at=at)
    seats = list(Seat.objects.order_by("pk"))
    council.mark_presence(sitting, present=[seats[0].pk, seats[1].pk], by=secretary, at=at)
    with pytest.raises(Refusal, match="Кворума нет: присутствует 2, нужно не менее 3"):
        council.open_sitting(sitting, by=secretary, at=at)
    with pytest.raises(PermissionDenied):
        council.open_sitting(sitting, by=book.people["ilina"], at=at)
    council.mark_presence(sitting, present=[seat.pk for seat in seats[:3]], by=secretary, at=at)
    council.open_sitting(sitting, by=secretary, at=moscow("2026-12-02 14:20"))
    assert book.deeds() == [
        "contests.plan_sitting",
        "contests.mark_presence",
        "contests.mark_presence",
        "contests.open_sitting",
    ]


def the_council_departs_from_the_line(book: Book) -> None:
    """57 points are below 60, yet the council grants: only by a majority and with a reason."""
    secretary, at = book.people["secretary"], moscow("2026-12-02 14:30")
    sitting = Sitting.objects.get()
    given = {"application": book.application("first"), "decision": Decision.GRANT, "by": secretary, "at": at}
    with pytest.raises(Refusal, match="«за» больше, чем «против»"):
        council.resolve(sitting, votes=Votes(1, 1, 1), reason=REASON, **given)
    with pytest.raises(Refusal, match="Решение отступает от рейтинга"):
        council.resolve(sitting, votes=Votes(3), **given)
    made = council.resolve(sitting, votes=Votes(2, 1), reason=REASON, **given)
    council.close_sitting(sitting, by=secretary, at=moscow("2026-12-02 15:00"))
    assert (made.is_departure, made.votes_for, book.states()["first"]) == (True, 2, "proposed")
    assert book.deeds() == ["contests.resolve", "contests.close_sitting"]


def the_order_is_wrong_and_returned(book: Book) -> None:
    organiser, approver = book.people["organiser"], book.people["approver"]
    day = date(2026, 12, 7)
    book.letters()
    with pytest.raises(Refusal, match="Проекта приказа ещё нет"):
        awards.enter_order(
            book.fresh_contest(), number="1847", signed_on=day, by=organiser, at=moscow("2026-12-08 10:00")
        )
    awards.draft_order(book.fresh_contest(), by=organiser, at=moscow("2026-12-03 10:00"))
    awards.enter_order(
        book.fresh_contest(), number="1847", signed_on=day, by=organiser, at=moscow("2026-12-08 10:00")
    )
    with pytest.raises(Refusal, match="Реквизиты приказа уже внесены"):
        awards.draft_order(book.fresh_contest(), by=organiser, at=moscow("2026-12-08 10:10"))
    awards.return_order(book.fresh_contest(), by=approver, at=moscow("2026-12-08 11:00"))
    with pytest.raises(WrongState):
        awards.confirm_order(book.fresh_contest(), by=approver, at=moscow("2026-12-08 11:05"))
    assert (public_statuses().count(), Paper.objects.filter(kind=Paper.Kind.DIPLOMA).count()) == (0, 0)
    awards.enter_order(
        book.fresh_contest(), number="1874", signed_on=day, by=organiser, at=moscow("2026-12-08 12:00")
    )
    awards.confirm_order(book.fresh_contest(), by=approver, at=moscow("2026-12-08 13:00"))
    assert [(one.organisation.short_name, one.order.requisites) for one in public_statuses()] == [
        ("Школа № 901", "от 07.12.2026 № 1874")
    ]
    assert book.deeds() == [
        "contests.draft_order",
        "contests.enter_order",
        "contests.return_order",
        "contests.enter_order",
        "network.grant_status",
        "projects.attach_status",
        "contests.confirm_order",
    ]
    assert book.letters() == [
        ("contests.order_entered", "approver"),
        ("contests.order_returned", "organiser"),
        ("contests.order_entered", "approver"),
        ("contests.awarded", "first"),
    ]
    assert book.states() == {
        "quiet": "withdrawn",
        "second": "draft",
        "first": "awarded",
        "garden": "refused",
    }
