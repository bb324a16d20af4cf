"""A year of the network through deeds alone: from the template of a contest to a status on the register."""

from datetime import date
from decimal import Decimal

import pytest
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from innoset.accounts import actions as accounts
from innoset.accounts.models import User
from innoset.contests.actions import awards, council, expertise, word_files
from innoset.contests.models import Award, FormalCheck, Seat, Sitting
from innoset.contests.pure.codes import code as dossier_code
from innoset.contests.pure.voting import Votes
from innoset.contests.queries.standing import final_standing
from innoset.contests.states import CheckOutcome, Decision
from innoset.documents.models import Paper
from innoset.documents.queries import paper_by_mark
from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.foundation.files.storage import read
from innoset.foundation.notify.actions import send_due
from innoset.foundation.notify.models import Letter
from innoset.network import actions as network
from innoset.network.models import Municipality, Registration
from innoset.network.queries import public_statuses
from innoset.network.states import OrganisationKind
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Signature
from innoset.projects.pure.word_out import write_form
from innoset.projects.queries import values_of
from innoset.review import actions as review
from innoset.review.models import Assignment, PanelSeat, Round
from innoset.review.queries import standing_of
from tests.review import scene
from tests.stories import book as tale
from tests.stories.book import Book, moscow

pytestmark = pytest.mark.django_db

JOIN = ["accounts.register", "accounts.give_consent", "accounts.confirm_address"]
SEND = ["projects.freeze", "accounts.give_consent", "accounts.give_consent", "contests.submit_application"]
THEMES = {
    "first": "Школа наставников сельского района",
    "second": "Физика на кухне",
    "garden": "Семейный клуб",
    "new": "Школьное радио",
}
REASON = "Проект повторяет площадку, которая уже работает в этой организации."


def test_from_a_template_to_a_status() -> None:
    book = tale.founded(moscow("2026-08-25 10:00"))
    the_network_is_founded(book)
    a_contest_is_published(book)
    a_school_joins(book)
    a_passport_comes_from_word(book)
    three_more_apply(book)
    the_applications_are_checked(book)
    the_panel_gathers(book)
    a_conflict_is_declared_and_the_place_given_again(book)
    the_sheets_are_filled(book)
    the_defence_is_prepared(book)
    the_defence_is_held(book)
    the_council_sits(book)
    the_order_is_signed_by_two(book)
    the_results_are_public(book)


def the_network_is_founded(book: Book) -> None:
    one = ["network.invite", *JOIN, "network.accept_invitation", "network.join_by_invitation"]
    assert book.deeds() == [
        *["network.add_organisation"] * len(tale.PLACES),
        *one * len(tale.PEOPLE),
        "contests.make_council",
        *["contests.seat_member"] * len(tale.COUNCIL),
    ]
    assert book.letters() == [("network.invited", code) for code in tale.PEOPLE]


def a_contest_is_published(book: Book) -> None:
    tale.published(book, at=moscow("2026-09-01 10:00"))
    contest = book.fresh_contest()
    assert (contest.state, contest.title, contest.status_kind.code, contest.municipality) == (
        "open",
        "Муниципальный конкурс инновационных проектов",
        "mip",
        book.places["centre"].municipality,
    )
    assert [(one.kind, one.starts_at, one.ends_at) for one in contest.stages.all()][:3] == [
        ("submission", moscow("2026-09-07 09:00"), moscow("2026-10-30 17:00")),
        ("check", moscow("2026-09-07 09:00"), moscow("2026-11-06 18:00")),
        ("remote", moscow("2026-11-09 09:00"), moscow("2026-11-20 18:00")),
    ]
    assert book.deeds() == ["contests.make_contest", "contests.publish_contest"]


def a_school_joins(book: Book) -> None:
    """A school that nobody invited asks to join; the coordinator of its municipality lets it in."""
    at = moscow("2026-09-08 11:00")
    person = User(email="new@example.test", last_name="Щедрина", first_name="Зоя", middle_name="Викторовна")
    accounts.register(person, password="пароль-42", by=person, at=at)
    asked = Registration(
        applicant=person,
        position="Директор",
        name="Муниципальное учреждение «Школа № 904»",
        short_name="Школа № 904",
        kind=OrganisationKind.SCHOOL,
        inn="2399000019",
        kpp="239901001",
        ogrn="1022300000018",
        municipality=Municipality.objects.get(name="город Краснодар", valid_to=None),
    )
    network.request_registration(
        asked, consent=tale.account_consent(), address=tale.ADDRESS, by=person, at=at
    )
    with pytest.raises(PermissionDenied):
        network.confirm_registration(asked, by=book.people["first"], at=at)
    member = network.confirm_registration(asked, by=book.people["coordinator"], at=at)
    book.people["new"], book.places["new"] = person, member.organisation
    assert (member.role, member.organisation.short_name, member.organisation.inn) == (
        "head",
        "Школа № 904",
        "2399000019",
    )
    assert book.deeds() == [
        "accounts.register",
        "accounts.give_consent",
        "network.request_registration",
        "network.add_organisation",
        "network.confirm_registration",
    ]
    assert book.letters() == [
        ("network.registration_asked", "coordinator"),
        ("network.registration_confirmed", "new"),
    ]


def a_passport_comes_from_word(book: Book) -> None:
    """The first school has its passport in Word: it is read, carried over whole, sent, and receipted."""
    at, head = moscow("2026-09-14 12:00"), book.people["first"]
    application = tale.started(book, "first", at=at)
    wanted = tale.passport(THEMES["first"], head.full_name)
    signed = Signature("Директор", "О. В. Берёзкина", "14.09.2026")
    data = write_form(form_by_code("passport"), wanted, signature=signed)
    word = word_files.read_word(application, data=data, name="Паспорт.docx", by=head, at=at)
    told = {key: word.reading[key] for key in ("outcome", "signed_on", "leftovers")}
    assert told == {"outcome": "ok", "signed_on": "2026-09-14", "leftovers": []}
    assert values_of(application.project.passport) == {}
    carried = word_files.carry_word(
        application, word_import=word, keys=wanted.keys(), leftovers={}, by=head, at=at
    )
    assert (carried, values_of(application.project.passport)) == (len(wanted), wanted)
    submission = tale.sent(book, "first", at=at)
    again = tale.sent(book, "first", at=moscow("2026-09-14 12:01"))
    assert again == submission
    receipt = submission.receipt
    assert (receipt.number, receipt.sha256, submission.sent_at, submission.version.values) == (
        "ИП-2026-0001",
        submission.sha256,
        at,
        wanted,
    )
    assert paper_by_mark(receipt.number, receipt.mark) == receipt
    assert book.deeds() == [
        "projects.start_project",
        "contests.start_application",
        "projects.keep_word",
        "contests.read_word",
        "projects.apply_word",
        "contests.carry_word",
        *SEND,
        "contests.submit_application",
    ]
    assert book.letters() == [("contests.application_sent", "first")]


def three_more_apply(book: Book) -> None:
    codes = ("second", "garden", "new")
    for number, code in enumerate(codes):
        tale.typed(book, code, THEMES[code], at=moscow(f"2026-09-{15 + number} 10:00"))
        tale.sent(book, code, at=moscow(f"2026-10-{15 + number} 10:00"))
    answers = ["projects.save_answer"] * len(tale.passport("", ""))
    start = ["projects.start_project", "contests.start_application"]
    assert book.deeds() == [*start, *answers, "contests.answer_section", *SEND] * len(codes)
    assert book.letters() == [("contests.application_sent", code) for code in codes]
    assert book.states() == dict.fromkeys(("first", *codes), "submitted")


def the_applications_are_checked(book: Book) -> None:
    at = moscow("2026-11-02 12:00")
    for code in ("first", "second", "new"):
        tale.checked(book, code, CheckOutcome.CONFORMS, at=at)
    with pytest.raises(Refusal, match="не проверена 1 заявка"):
        expertise.start_expertise(
            book.fresh_contest(), by=book.people["organiser"], at=moscow("2026-11-09 09:00")
        )
    tale.checked(
        book, "garden", CheckOutcome.MINOR, unmet=["annexes"], comment="Один файл не читается.", at=at
    )
    assert book.states() == dict.fromkeys(("first", "second", "garden", "new"), "admitted")
    assert book.deeds() == ["contests.check_application"] * 4
    assert book.letters() == [
        ("contests.check_conforms", "first"),
        ("contests.check_conforms", "second"),
        ("contests.check_conforms", "new"),
        ("contests.check_minor", "garden"),
    ]
    letters = FormalCheck.objects.order_by("letter__number").values_list("letter__number", "outcome")
    assert list(letters) == [
        ("Т-2026-0001", "conforms"),
        ("Т-2026-0002", "conforms"),
        ("Т-2026-0003", "minor"),
        ("Т-2026-0004", "conforms"),
    ]


# ── The expertise ───────────────────────────────────────────────────────────

EXPERTS = ("ageeva", "belov", "vetrova", "gorin")


def remote_of(book: Book) -> Round:
    tour = book.fresh_contest().remote_round
    assert tour is not None
    return tour


def dossier_of(book: Book, code: str) -> str:
    """Return the name under which experts know the application of a place."""
    order = ("first", "second", "garden", "new")
    return dossier_code(book.contest.pk, order.index(code) + 1)


def the_panel_gathers(book: Book) -> None:
    at, organiser = moscow("2026-11-09 10:00"), book.people["organiser"]
    tour = expertise.start_expertise(book.fresh_contest(), by=organiser, at=at)
    assert book.states() == dict.fromkeys(("first", "second", "garden", "new"), "in_review")
    assert [(one.code, one.title) for one in tour.dossiers.order_by("code")] == [
        (dossier_of(book, code), THEMES[code]) for code in ("first", "second", "garden", "new")
    ]
    texts = [row["text"] for one in tour.dossiers.all() for row in one.content]
    assert [text for text in texts if "Берёзкина" in text] == []
    tale.seated(book, tour, *EXPERTS, at=at)
    plan = scene.planned(tour, by=organiser, at=at)
    assert (len(plan.fresh), {load["count"] for load in plan.certificate["loads"]}, plan.lacking) == (
        12,
        {3},
        0,
    )
    review.open_round(tour, by=organiser, at=at)
    assert book.deeds() == [
        "contests.start_expertise",
        *["review.invite_expert", "accounts.give_consent", "review.answer_invitation"] * 4,
        "review.make_plan",
        "review.apply_plan",
        "review.open_round",
    ]
    assert sorted(book.letters()) == sorted(
        [("review.invited", code) for code in EXPERTS] + [("review.assigned", code) for code in EXPERTS]
    )


def a_conflict_is_declared_and_the_place_given_again(book: Book) -> None:
    at, tour = moscow("2026-11-10 10:00"), remote_of(book)
    recused = next(one for one in tale.live(tour) if one.dossier.code == dossier_of(book, "first"))
    with pytest.raises(PermissionDenied):
        review.declare(recused, by=book.people["observer"], at=at)
    with pytest.raises(Refusal, match="Напишите в поле «Пояснение»"):
        review.declare(recused, ground="other", by=recused.expert, at=at)
    review.declare(recused, ground="coauthor", note="Писали вместе.", by=recused.expert, at=at)
    assert len(tale.live(tour)) == 11
    plan = scene.planned(tour, by=book.people["organiser"], at=at)
    spare = next(code for code in EXPERTS if recused.dossier_id not in given_to(book, tour, code, before=at))
    assert [(pair["expert"], pair["dossier"]) for pair in plan.fresh] == [
        (book.people[spare].pk, recused.dossier_id)
    ]
    assert len(tale.live(tour)) == 12
    assert book.deeds() == ["review.declare", "review.make_plan", "review.apply_plan"]
    assert book.letters() == [("review.recused", "organiser"), ("review.assigned", spare)]


def given_to(book: Book, tour: Round, code: str, *, before: object) -> set[int]:
    """Return the dossiers that an expert was given before a moment."""
    found = Assignment.objects.filter(round=tour, expert=book.people[code], assigned_at__lt=before)
    return set(found.values_list("dossier_id", flat=True))


def the_sheets_are_filled(book: Book) -> None:
    """Marks 5·5·5, 5·5·2, 3·3·3 and 1·1·1: the second work divides the experts, the last one falls out."""
    tour, at = remote_of(book), moscow("2026-11-16 15:00")
    marks = {"first": (5, 5, 5), "second": (5, 5, 2), "garden": (3, 3, 3), "new": (1, 1, 1)}
    queues = {dossier_of(book, code): list(values) for code, values in marks.items()}
    given = tale.live(tour)
    for assignment in given:
        tale.scored(assignment, queues[assignment.dossier.code].pop(0), at=at)
    assert [
        (one.code, one.place, one.mean, one.spread, one.is_disagreement, one.sheets_done)
        for one in standing_of(tour)
    ] == [
        (dossier_of(book, "first"), 1, Decimal(95), 0, False, 3),
        (dossier_of(book, "second"), 2, Decimal(76), 57, True, 3),
        (dossier_of(book, "garden"), 3, Decimal(57), 0, False, 3),
        (dossier_of(book, "new"), 4, Decimal(19), 0, False, 3),
    ]
    assert book.deeds() == ["review.declare", "review.save_sheet", "review.finish_sheet"] * 12
    assert book.letters() == [("review.all_sheets_in", "organiser")]


# ── The defence ─────────────────────────────────────────────────────────────

DEFENDERS = ("first", "second", "garden")


def the_defence_is_prepared(book: Book) -> None:
    at, organiser = moscow("2026-11-23 10:00"), book.people["organiser"]
    passing = [book.application(code) for code in DEFENDERS]
    tour = expertise.start_defence(book.fresh_contest(), passing=passing, by=organiser, at=at)
    assert book.states() == {**dict.fromkeys(DEFENDERS, "to_defence"), "new": "declined"}
    tale.seated(book, tour, *EXPERTS, at=at)
    tale.seated(book, tour, "observer", part=PanelSeat.Part.OBSERVER, at=at)
    order, starts = list(tour.dossiers.order_by("code")), moscow("2026-11-25 10:00")
    slots = review.schedule_all(
        tour, order=order, starts_at=starts, minutes=15, pause=5, room="Зал 2", by=organiser, at=at
    )
    assert [(one.dossier.code, one.starts_at) for one in slots] == [
        (dossier_of(book, "first"), moscow("2026-11-25 10:00")),
        (dossier_of(book, "second"), moscow("2026-11-25 10:20")),
        (dossier_of(book, "garden"), moscow("2026-11-25 10:40")),
    ]
    assert expertise.send_schedule(book.fresh_contest(), by=organiser, at=at) == 3
    plan = scene.planned(tour, by=organiser, at=at)
    # All four hear everybody, but for the co-author of the first work: a conflict outlives its round.
    assert (len(plan.fresh), plan.lacking) == (11, 0)
    assert book.deeds() == [
        "review.close_round",
        "contests.start_defence",
        *["review.invite_expert", "accounts.give_consent", "review.answer_invitation"] * 4,
        "review.invite_expert",
        "review.answer_invitation",
        "review.schedule_all",
        "contests.send_schedule",
        "review.make_plan",
        "review.apply_plan",
    ]
    assert book.letters() == [
        *[("contests.to_defence", code) for code in DEFENDERS],
        ("contests.not_to_defence", "new"),
        *[("review.invited", code) for code in (*EXPERTS, "observer")],
        *[("contests.scheduled", code) for code in DEFENDERS],
    ]


def the_defence_is_held(book: Book) -> None:
    at, organiser = moscow("2026-11-25 10:00"), book.people["organiser"]
    tour = book.fresh_contest().defence_round
    assert tour is not None
    review.open_round(tour, by=organiser, at=at)
    for assignment in tale.live(tour):
        tale.scored(assignment, 4 if assignment.dossier.code == dossier_of(book, "second") else 5, at=at)
    for slot in tour.slots.all():
        review.mark_slot(slot, held=True, by=organiser, at=at)
    expertise.start_council(book.fresh_contest(), by=organiser, at=moscow("2026-11-27 18:00"))
    assert [(one.code, one.mean) for one in standing_of(tour)] == [
        (dossier_of(book, "first"), Decimal(5)),
        (dossier_of(book, "garden"), Decimal(5)),
        (dossier_of(book, "second"), Decimal(4)),
    ]
    assert book.deeds() == [
        "review.open_round",
        *["review.declare", "review.save_sheet", "review.finish_sheet"] * 11,
        *["review.mark_slot"] * 3,
        "review.close_round",
        "contests.start_council",
    ]
    assert sorted(book.letters()) == sorted(
        [("review.assigned", code) for code in EXPERTS] + [("review.all_sheets_in", "organiser")]
    )


# ── The council and the order ───────────────────────────────────────────────


def the_council_sits(book: Book) -> None:
    secretary, at = book.people["secretary"], moscow("2026-12-02 14:00")
    sitting = planned(book)
    seats = {one.person.email.partition("@")[0]: one for one in Seat.objects.select_related("person")}
    council.mark_presence(sitting, present=[seats["chair"].pk, seats["secretary"].pk], by=secretary, at=at)
    with pytest.raises(Refusal, match="Кворума нет: присутствует 2, нужно не менее 3"):
        council.open_sitting(sitting, by=secretary, at=at)
    there = ("chair", "secretary", "ilina", "yasenev")
    council.mark_presence(sitting, present=[seats[code].pk for code in there], by=secretary, at=at)
    council.open_sitting(sitting, by=secretary, at=at)
    assert [
        (row.application.shown_number, row.place, row.total, row.is_above_line)
        for row in final_standing(sitting.contest, sitting)
    ] == [
        ("ИП-2026-0001", 1, Decimal(100), True),
        ("ИП-2026-0002", 2, Decimal(80), True),
        ("ИП-2026-0003", 3, Decimal(62), True),
    ]
    depart(book, sitting, seats["yasenev"])
    with pytest.raises(Refusal, match="Нет решения по заявкам: 2026-0001, 2026-0003"):
        council.close_sitting(sitting, by=secretary, at=at)
    assert council.resolve_by_rules(sitting, by=secretary, at=at) == 2
    council.close_sitting(sitting, by=secretary, at=moscow("2026-12-02 16:00"))
    minutes_tell(sitting)
    assert book.states() == {
        "first": "proposed",
        "second": "rejected",
        "garden": "proposed",
        "new": "declined",
    }
    assert book.deeds() == [
        "contests.plan_sitting",
        "contests.mark_presence",
        "contests.mark_presence",
        "contests.open_sitting",
        "contests.record_recusal",
        "contests.resolve",
        "contests.resolve_by_rules",
        "contests.close_sitting",
    ]
    called = [("contests.sitting_planned", code) for code in seats]
    assert sorted(book.letters()) == sorted(called)


def planned(book: Book) -> Sitting:
    sitting = Sitting(
        contest=book.fresh_contest(),
        council=book.council,
        number="7",
        held_at=moscow("2026-12-02 14:00"),
        place="Краснодар",
    )
    return council.plan_sitting(sitting, by=book.people["organiser"], at=moscow("2026-11-27 18:30"))


def depart(book: Book, sitting: Sitting, seat: Seat) -> None:
    """The council departs from the ranking once, in the absence of the member who helped the authors."""
    by, at, second = book.people["secretary"], moscow("2026-12-02 14:30"), book.application("second")
    council.record_recusal(
        sitting, seat=seat, application=second, reason="консультировал авторов", by=by, at=at
    )
    no = {"application": second, "decision": Decision.DECLINE, "by": by, "at": at}
    with pytest.raises(Refusal, match="Голосов должно быть 3"):
        council.resolve(sitting, votes=Votes(1, 3), reason=REASON, **no)
    with pytest.raises(Refusal, match="Решение отступает от рейтинга"):
        council.resolve(sitting, votes=Votes(1, 2), **no)
    made = council.resolve(sitting, votes=Votes(1, 2), reason=REASON, **no)
    assert (made.place, made.is_departure, made.reason) == (2, True, REASON)


def minutes_tell(sitting: Sitting) -> None:
    sitting.refresh_from_db()
    minutes = sitting.minutes
    assert minutes is not None
    assert minutes.pdf is not None
    assert minutes.docx is not None
    assert (sitting.state, str(minutes)) == ("closed", "Протокол № 7 от 02.12.2026")
    assert minutes.data["resolutions"] == [
        {"number": "2026-0001", "decision": "grant", "for": 4, "against": 0, "abstained": 0, "reason": ""},
        {
            "number": "2026-0002",
            "decision": "decline",
            "for": 1,
            "against": 2,
            "abstained": 0,
            "reason": REASON,
        },
        {"number": "2026-0003", "decision": "grant", "for": 4, "against": 0, "abstained": 0, "reason": ""},
    ]
    assert (read(minutes.pdf)[:5], read(minutes.docx)[:2]) == (b"%PDF-", b"PK")


def the_order_is_signed_by_two(book: Book) -> None:
    organiser, approver = book.people["organiser"], book.people["approver"]
    order = awards.draft_order(book.fresh_contest(), by=organiser, at=moscow("2026-12-03 10:00"))
    assert (order.issuer, order.state, order.requisites) == (
        "Муниципальное учреждение «Департамент образования»",
        "draft",
        "",
    )
    with pytest.raises(Refusal, match="Приказ не может быть раньше протокола"):
        awards.enter_order(
            book.fresh_contest(), number="1874", signed_on=date(2026, 12, 1), by=organiser,
            at=moscow("2026-12-08 10:00"),
        )  # fmt: skip
    awards.enter_order(
        book.fresh_contest(), number="№ 1874", signed_on=date(2026, 12, 7), by=organiser,
        at=moscow("2026-12-08 10:00"),
    )  # fmt: skip
    for same in (organiser, book.people["secretary"]):
        with pytest.raises(PermissionDenied):
            awards.confirm_order(book.fresh_contest(), by=same, at=moscow("2026-12-08 10:05"))
    assert (Award.objects.count(), book.fresh_contest().state) == (0, "council")
    granted = awards.confirm_order(book.fresh_contest(), by=approver, at=moscow("2026-12-08 15:00"))
    assert [award.application.number for award in granted] == ["2026-0001", "2026-0003"]
    one = ["network.grant_status", "projects.attach_status"]
    assert book.deeds() == [
        "contests.draft_order",
        "contests.enter_order",
        *one * 2,
        "contests.confirm_order",
    ]
    assert book.letters() == [
        ("contests.order_entered", "approver"),
        ("contests.awarded", "first"),
        ("contests.not_awarded", "second"),
        ("contests.awarded", "garden"),
    ]
    signatures = Entry.objects.filter(deed__in=["contests.enter_order", "contests.confirm_order"])
    assert list(signatures.order_by("pk").values_list("deed", "actor_name")) == [
        ("contests.enter_order", organiser.full_name),
        ("contests.confirm_order", approver.full_name),
    ]


# ── What the public sees ────────────────────────────────────────────────────


def the_results_are_public(book: Book) -> None:
    contest = book.fresh_contest()
    assert (contest.state, contest.results_at) == ("finished", moscow("2026-12-08 15:00"))
    assert book.states() == {"first": "awarded", "second": "rejected", "garden": "awarded", "new": "declined"}
    register = public_statuses().order_by("organisation__short_name")
    assert [
        (one.organisation.short_name, one.kind.abbreviation, one.theme, one.order.requisites, one.ends_on)
        for one in register
    ] == [
        ("Детский сад № 903", "МИП", THEMES["garden"], "от 07.12.2026 № 1874", date(2029, 12, 6)),
        ("Школа № 901", "МИП", THEMES["first"], "от 07.12.2026 № 1874", date(2029, 12, 6)),
    ]
    anybody_reads_them(book)
    diplomas_are_checked()
    letters_go_out()


def anybody_reads_them(book: Book) -> None:
    """The page of the contest names the winners; who lost and who judged stays between them."""
    page = Client().get(reverse("public:contest", args=[book.contest.code])).content.decode()
    register = Client().get(reverse("public:organisation", args=[book.places["first"].number]))
    losers = [book.places[code].short_name for code in ("second", "new")]
    experts = [book.people[code].last_name for code in EXPERTS]
    winners = [book.places[code].short_name for code in ("first", "garden")]
    assert [name for name in (*winners, *losers, *experts) if name in page] == winners
    assert THEMES["first"] in register.content.decode()


def diplomas_are_checked() -> None:
    """A diploma is known by its number together with the mark in its code, and by nothing else."""
    diplomas = list(Paper.objects.filter(kind=Paper.Kind.DIPLOMA).order_by("number"))
    assert [one.number for one in diplomas] == ["Д-2026-0001", "Д-2026-0003"]
    first, third = diplomas
    assert [
        paper_by_mark(first.number, first.mark),
        paper_by_mark(first.number, third.mark),
        paper_by_mark(first.number, first.mark[:8]),
        paper_by_mark("Д-2026-0002", first.mark),
    ] == [first, None, None, None]
    page = Client().get(reverse("public:check", args=[first.number, first.mark]))
    assert (page.status_code, page.context["facts"]) == (
        200,
        [
            ("Организация", "Муниципальное учреждение «Школа № 901»"),
            ("Тема", THEMES["first"]),
            ("Статус", "Муниципальная инновационная площадка"),
            ("Приказ", "от 07.12.2026 № 1874"),
        ],
    )


def letters_go_out() -> None:
    """The outbox goes out whole; the winner's letter carries the diploma and what the experts said."""
    at = moscow("2026-12-08 15:01")
    waiting = Letter.objects.filter(state=Letter.State.WAITING).count()
    assert send_due(at=at, limit=1000) == waiting == len(mail.outbox)
    won = next(one for one in mail.outbox if one.subject == "Присвоен статус МИП" and "first@" in one.to[0])
    assert [name for name, _, _ in won.attachments] == ["Диплом Д-2026-0001.pdf", "Письмо П-2026-0001.pdf"]
    lost = Paper.objects.get(number="П-2026-0002")
    assert lost.data["reason"] == REASON
    assert [one["texts"] for one in lost.data["remarks"]][:7] == [[tale.REMARK]] * 7
