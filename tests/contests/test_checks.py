"""The technical check: four outcomes, a letter for each, the machine's proposals."""

import io
import re
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from pypdf import PdfReader

from innoset.accounts.models import Consent, User
from innoset.contests.actions import checks as actions
from innoset.contests.models import Application, Attachment, FormalCheck, Submission
from innoset.contests.pure.checklist import ITEMS, Mark, proposed
from innoset.contests.queries import checks as queries
from innoset.contests.states import ApplicationState, CheckOutcome, ContestState
from innoset.documents.models import Paper
from innoset.foundation.audit.ledger import address_of
from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files.models import StoredFile
from innoset.foundation.files.storage import read
from innoset.foundation.notify.models import Letter, Message
from innoset.network.states import Role
from tests import world

pytestmark = pytest.mark.django_db

MET = [Mark(item.code, item.title, is_met=True).as_row() for item in ITEMS]
UNMET = [{**MET[0], "is_met": False, "note": "Нет ответа в поле 8."}, *MET[1:]]


@pytest.fixture
def application() -> Application:
    """A sent application of a school with a head."""
    school = world.organisation("МБОУ СОШ № 7", head_name="Орлова Мария Ильинична")
    return world.application(owner=school, state=ApplicationState.SUBMITTED)


@pytest.fixture
def organiser(application: Application) -> User:
    """Who runs its contest."""
    return application.contest.created_by


def solid(text: str) -> str:
    """Return the text without spaces and hyphens, for lines are broken where they must be."""
    return re.sub(r"[\s\u00ad-]", "", text)


def text_of(paper: Paper | None) -> str:
    """Return the words of a printed paper as one solid run of letters."""
    assert paper is not None
    assert paper.pdf is not None
    pages = PdfReader(io.BytesIO(read(paper.pdf))).pages
    return solid(" ".join(page.extract_text() for page in pages))


OUTCOMES: list[tuple[CheckOutcome, list[dict[str, Any]], str, ApplicationState, str, str]] = [
    (
        CheckOutcome.CONFORMS,
        MET,
        "",
        ApplicationState.ADMITTED,
        "Заявка {number} допущена к экспертизе",
        "соответствует требованиям положения о конкурсе",
    ),
    (
        CheckOutcome.MINOR,
        UNMET,
        "",
        ApplicationState.ADMITTED,
        "Заявка {number} допущена, есть недочёты",
        "Найдены недочёты, которые не препятствуют допуску",
    ),
    (
        CheckOutcome.REFUSED,
        UNMET,
        "Организация не участвует в конкурсе.",
        ApplicationState.REFUSED,
        "Заявка {number} не допущена",
        "не допущена к участию в конкурсе",
    ),
]


@pytest.mark.parametrize("case", OUTCOMES, ids=[str(case[0]) for case in OUTCOMES])
def test_an_outcome_moves_the_application_and_sends_its_letter(
    application: Application, organiser: User, at: datetime, case: Any
) -> None:
    outcome, checklist, comment, state, subject, words = case
    check = actions.check_application(
        application, outcome=outcome, checklist=checklist, comment=comment, by=organiser, at=at
    )
    letter, paper = Letter.objects.get(), check.letter
    assert (application.state, application.mend_by) == (state, None)
    assert (check.outcome, check.checklist, check.checked_by, check.checked_at) == (
        outcome,
        checklist,
        organiser,
        at,
    )
    assert paper is not None
    assert (paper.kind, paper.number, paper.subject) == (
        Paper.Kind.LETTER,
        f"Т-{application.number}",
        address_of(application),
    )
    assert (letter.address, letter.subject, list(letter.files.all())) == (
        application.created_by.email,
        subject.format(number=application.shown_number),
        [paper.pdf],
    )
    assert words in letter.body
    assert solid(words) in text_of(paper)


def test_an_application_sent_back_has_a_term(application: Application, organiser: User, at: datetime) -> None:
    term = at + timedelta(days=5, hours=5)
    check = actions.check_application(
        application, outcome="mend", checklist=UNMET, mend_by=term, by=organiser, at=at
    )
    assert (application.state, application.mend_by, check.mend_by) == (
        ApplicationState.RETURNED,
        term,
        term,
    )
    message = Message.objects.get()
    assert (message.recipient, message.title) == (
        application.created_by,
        f"Исправьте заявку {application.shown_number} до 26 ноября 2026 г., 17:00 МСК",
    )
    assert "не позднее 26 ноября 2026 г., 17:00 МСК" in message.text
    assert "Нет ответа в поле 8." in message.text


def test_a_term_is_kept_only_with_the_outcome_that_wants_it(
    application: Application, organiser: User, at: datetime
) -> None:
    check = actions.check_application(
        application, outcome="conforms", checklist=MET, mend_by=at, by=organiser, at=at
    )
    assert (check.mend_by, application.mend_by) == (None, None)


def test_the_log_tells_the_outcome(application: Application, organiser: User, at: datetime) -> None:
    actions.check_application(application, outcome="minor", checklist=UNMET, by=organiser, at=at)
    entry = Entry.objects.get(deed="contests.check_application")
    assert (entry.subject, entry.changes) == (
        address_of(application),
        {"outcome": "minor", "unmet": ["form"]},
    )


@pytest.mark.parametrize(
    ("given", "field", "text"),
    [
        ({"outcome": "perhaps"}, "outcome", "Выберите исход проверки из списка."),
        (
            {"outcome": "conforms", "checklist": UNMET},
            "outcome",
            "Не выполнено требований: 1. Выберите другой исход или поставьте отметки.",
        ),
        (
            {"outcome": "mend", "checklist": UNMET},
            "mend_by",
            "Укажите, до какого дня и часа исправить заявку.",
        ),
        (
            {"outcome": "mend", "checklist": UNMET, "mend_by": world.AT - timedelta(hours=1)},
            "mend_by",
            "Срок исправления уже прошёл. Укажите день и час в будущем.",
        ),
        (
            {"outcome": "refused", "checklist": UNMET},
            "comment",
            "Напишите, почему заявка не допущена: это прочтёт заявитель.",
        ),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    application: Application, organiser: User, given: dict[str, Any], field: str, text: str
) -> None:
    with pytest.raises(Refusal) as no:
        actions.check_application(application, **{"checklist": MET, **given}, by=organiser, at=world.AT)
    assert (no.value.text, no.value.field) == (text, field)
    application.refresh_from_db()
    assert application.state == ApplicationState.SUBMITTED
    assert (FormalCheck.objects.count(), Paper.objects.count(), Letter.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(
    "state", [ApplicationState.DRAFT, ApplicationState.ADMITTED, ApplicationState.WITHDRAWN]
)
def test_only_sent_applications_are_checked(state: ApplicationState, at: datetime) -> None:
    application = world.application(state=state)
    with pytest.raises(Refusal) as no:
        actions.check_application(
            application, outcome="conforms", checklist=MET, by=application.contest.created_by, at=at
        )
    assert no.value.text.startswith("Проверяют только отправленные заявки.")


def test_what_was_not_mended_in_its_term_is_refused(at: datetime) -> None:
    application = world.application(state=ApplicationState.RETURNED, mend_by=at + timedelta(hours=1))
    given: dict[str, Any] = {
        "outcome": "refused",
        "checklist": UNMET,
        "comment": "Заявка не исправлена в срок.",
        "by": application.contest.created_by,
    }
    with pytest.raises(Refusal) as no:
        actions.check_application(application, **given, at=at)
    assert no.value.text == ("Заявитель ещё может исправить заявку: срок до 21 ноября 2026 г., 13:00 МСК.")
    actions.check_application(application, **given, at=at + timedelta(hours=2))
    assert (application.state, application.mend_by) == (ApplicationState.REFUSED, None)


def test_nothing_is_checked_once_experts_read(at: datetime) -> None:
    contest = world.contest(ContestState.EXPERTISE)
    application = world.application(contest, state=ApplicationState.SUBMITTED)
    with pytest.raises(Refusal) as no:
        actions.check_application(
            application, outcome="conforms", checklist=MET, by=contest.created_by, at=at
        )
    assert no.value.text == "Экспертиза уже началась: техническая экспертиза этого конкурса закончена."


def test_only_organisers_of_the_contest_check(application: Application, at: datetime) -> None:
    for stranger in (application.created_by, world.member(world.organisation(), Role.ORGANISER)):
        with pytest.raises(PermissionDenied):
            actions.check_application(application, outcome="conforms", checklist=MET, by=stranger, at=at)


def test_a_second_check_has_a_letter_of_its_own(
    application: Application, organiser: User, at: datetime
) -> None:
    term = at + timedelta(days=1)
    actions.check_application(application, outcome="mend", checklist=UNMET, mend_by=term, by=organiser, at=at)
    Application.objects.filter(pk=application.pk).update(state=ApplicationState.SUBMITTED)
    second = actions.check_application(
        application, outcome="conforms", checklist=MET, by=organiser, at=at + timedelta(hours=3)
    )
    assert second.letter is not None
    assert second.letter.number == f"Т-{application.number}-2"
    assert Letter.objects.count() == 2


# ── What the machine sees ───────────────────────────────────────────────────


def sending(application: Application, by: User) -> Submission:
    """Record that the application was sent by this person."""
    receipt = Paper.objects.create(
        kind=Paper.Kind.RECEIPT,
        number=application.number,
        title="Расписка",
        sha256="1" * 64,
        issued_at=world.AT,
    )
    assert application.version is not None
    return Submission.objects.create(
        application=application,
        version=application.version,
        number=1,
        key="key",
        sent_at=world.AT,
        sent_by=by,
        sha256="1" * 64,
        receipt=receipt,
    )


def annex(application: Application, data: bytes, name: str) -> StoredFile:
    """Attach a file that says it is a PDF."""
    file = files.keep(data, name=name, media_type="application/pdf", at=world.AT)
    Attachment.objects.create(
        application=application, file=file, added_at=world.AT, added_by=application.created_by
    )
    return file


def test_a_faultless_application_gets_all_the_ticks(application: Application) -> None:
    text = world.consent_text("application")
    application.contest.consents.add(text)
    head = world.member(application.organisation, Role.HEAD)
    Consent.objects.create(person=head, text=text, about=address_of(application), given_at=world.AT)
    sending(application, head)
    annex(application, b"%PDF-1.7\n", "план.pdf")
    assert [mark.code for mark in proposed(queries.facts_of(application)) if not mark.is_met] == []


def test_the_machine_sees_every_fault(application: Application) -> None:
    assert application.version is not None
    application.version.values |= {"4": "", "6": "Звоните: director@example.test", "1": "Я" * 600}
    application.contest.consents.add(world.consent_text("application"))
    application.contest.organisation_kinds = ["kindergarten"]
    sending(application, application.created_by)
    annex(application, b"MZ", "план.pdf")
    notes = {mark.code: mark.note for mark in proposed(queries.facts_of(application)) if not mark.is_met}
    assert notes == {
        "form": "Не заполнено: 4 «Цели».",
        "guarantees": "Не хватает согласий: 1.",
        "signature": "Отправил сотрудник: проверьте, есть ли в приложениях лист с подписью руководителя.",
        "annexes": "Не открываются: план.pdf.",
        "eligible": "В конкурсе участвуют только: «Дошкольная образовательная организация».",
        "volume": "Длиннее предела: 1 «Название проекта».",
        "anonymity": "Найдены контакты: 6 «Основная идея».",
    }


def test_an_application_of_another_municipality_or_of_a_closed_school(application: Application) -> None:
    application.organisation.is_active = False
    assert queries.facts_of(application).objection == "Организация закрыта в реестре."
    application.contest.municipality = world.municipality("Степной район")
    assert queries.facts_of(application).objection == (
        "Конкурс проводят для организаций муниципалитета Степной район."
    )


def test_a_lost_file_is_unreadable_and_a_removed_one_is_no_annex(application: Application) -> None:
    lost = annex(application, b"%PDF-1.7\n", "план.pdf")
    StoredFile.objects.filter(pk=lost.pk).update(sha256="f" * 64)
    annex(application, b"MZ", "черновик.pdf")
    Attachment.objects.filter(file__name="черновик.pdf").update(removed_at=world.AT)
    facts = queries.facts_of(application)
    assert (facts.annexes, facts.unreadable) == (1, ("план.pdf",))


def test_an_application_without_a_sending_has_no_findings(application: Application) -> None:
    application.version = None
    facts = queries.facts_of(application)
    assert (facts.empty, facts.too_long, facts.contacts, facts.sent_by_head) == ((), (), (), False)


def test_a_kept_check_gives_its_marks_back(application: Application, organiser: User, at: datetime) -> None:
    check = actions.check_application(application, outcome="minor", checklist=UNMET, by=organiser, at=at)
    assert [mark.as_row() for mark in queries.marks_of(check)] == UNMET


def test_which_applications_wait_for_the_organiser(at: datetime) -> None:
    contest = world.contest()
    waiting = world.application(contest, state=ApplicationState.SUBMITTED)
    late = world.application(contest, state=ApplicationState.RETURNED, mend_by=at - timedelta(hours=1))
    world.application(contest, state=ApplicationState.RETURNED)
    world.application(world.contest(ContestState.EXPERTISE), state=ApplicationState.SUBMITTED)
    every = Application.objects.all()
    check_ends = contest.stages.get(kind="check").ends_at
    assert list(queries.waiting_for_check(every)) == [waiting]
    assert list(queries.overdue_for_check(every, at)) == []
    assert list(queries.overdue_for_check(every, check_ends)) == [waiting]
    assert list(queries.not_mended(every, at)) == [late]
