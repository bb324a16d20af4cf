"""From the first click to the receipt: every deed of an applicant, done and refused."""

from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from innoset.accounts.models import Consent, User
from innoset.contests.actions import applications as actions
from innoset.contests.actions import attachments, filling, sendings, word_files
from innoset.contests.models import Application, Contest, Nomination
from innoset.contests.pure.sealing import seal
from innoset.contests.queries import applications as queries
from innoset.contests.states import ApplicationState, ContestState
from innoset.documents.models import Paper
from innoset.foundation.errors import Refusal
from innoset.foundation.files.storage import read
from innoset.foundation.notify.models import Letter, Message
from innoset.foundation.workflow import WrongState
from innoset.network.models import Organisation
from innoset.network.states import OrganisationKind, Role
from innoset.projects.pure.forms import canonical
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.word_out import write_form
from innoset.projects.queries import values_of
from tests import world

pytestmark = pytest.mark.django_db

S = ApplicationState
EVERY = ("terms", "publicity", "rights")
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
LATE = world.DEADLINE


def start(
    to: Contest,
    owner: Organisation,
    at: datetime,
    *,
    by: User | None = None,
    nomination: Nomination | None = None,
) -> Application:
    """Begin an application as a member of staff."""
    editor = by or world.member(owner)
    return actions.start_application(to, organisation=owner, nomination=nomination, by=editor, at=at)


# ── To begin ────────────────────────────────────────────────────────────────


def test_started_application_is_a_numbered_draft(at: datetime) -> None:
    contest, school = world.contest(), world.organisation()
    editor = world.member(school)
    made = actions.start_application(contest, organisation=school, nomination=None, by=editor, at=at)
    assert (made.number, made.shown_number, made.state) == ("2026-0001", "ИП-2026-0001", S.DRAFT)
    assert (made.contest, made.organisation, made.created_by) == (contest, school, editor)
    assert made.nomination == contest.nominations.get()
    assert made.project.passport.form_code == "passport"


def test_numbers_follow_each_other_over_all_contests(at: datetime) -> None:
    numbers = [start(world.contest(), world.organisation(), at).number for _ in range(3)]
    assert numbers == ["2026-0001", "2026-0002", "2026-0003"]


def test_year_of_the_number_is_that_of_moscow() -> None:
    night = datetime.fromisoformat("2026-12-31T21:30:00+00:00")
    contest = world.contest()
    contest.stages.filter(kind="submission").update(ends_at=night + timedelta(days=9))
    assert start(contest, world.organisation(), night).number == "2027-0001"


def test_with_several_nominations_none_is_chosen_for_the_applicant(at: datetime) -> None:
    contest = world.contest()
    Nomination.objects.create(contest=contest, title="Отчёт")
    assert start(contest, world.organisation(), at).nomination is None


@pytest.mark.parametrize(
    ("when", "said"),
    [
        (LATE, "Приём заявок закончился 5 декабря 2026 г., 17:00 МСК."),
        (LATE - timedelta(days=31), "Приём заявок начнётся 5 ноября 2026 г., 17:00 МСК."),
    ],
)
def test_outside_the_stage_nothing_begins(when: datetime, said: str) -> None:
    with pytest.raises(Refusal) as caught:
        start(world.contest(), world.organisation(), when)
    assert caught.value.text == said


@pytest.mark.parametrize("state", sorted(set(ContestState) - {ContestState.OPEN}))
def test_only_an_open_contest_takes_applications(at: datetime, state: ContestState) -> None:
    with pytest.raises(Refusal, match="сейчас не принимает заявки"):
        start(world.contest(state), world.organisation(), at)


def test_organisation_of_another_kind_is_refused(at: datetime) -> None:
    contest = world.contest(organisation_kinds=[OrganisationKind.KINDERGARTEN])
    with pytest.raises(Refusal) as caught:
        start(contest, world.organisation(), at)
    assert caught.value.text == (
        "В этом конкурсе участвуют только организации вида «Дошкольная образовательная организация»."
    )


def test_organisation_of_another_municipality_is_refused(at: datetime) -> None:
    contest = world.contest(municipality=world.municipality("Лесной район"))
    with pytest.raises(Refusal, match="для организаций муниципалитета Лесной район"):
        start(contest, world.organisation(), at)


def test_limit_of_applications_is_kept_and_freed_by_withdrawal(at: datetime) -> None:
    contest, school = world.contest(), world.organisation()
    editor = world.member(school)
    first = start(contest, school, at, by=editor)
    with pytest.raises(Refusal, match="уже есть заявка на этот конкурс"):
        start(contest, school, at, by=editor)
    actions.withdraw(first, by=editor, at=at)
    assert start(contest, school, at, by=editor).state == S.DRAFT


def test_nobody_begins_for_another_organisation(at: datetime) -> None:
    with pytest.raises(Refusal, match="заполняют её сотрудники"):
        start(world.contest(), world.organisation(), at, by=world.member(world.organisation()))
    with pytest.raises(PermissionDenied):
        start(world.contest(), world.organisation(), at, by=world.person())


def test_nomination_of_another_contest_is_refused(at: datetime) -> None:
    foreign = world.contest().nominations.get()
    with pytest.raises(Refusal) as caught:
        start(world.contest(), world.organisation(), at, nomination=foreign)
    assert caught.value.field == "nomination"


# ── To fill ─────────────────────────────────────────────────────────────────


def test_field_is_answered_while_the_draft_is_open(at: datetime) -> None:
    draft = world.application(answers={})
    filling.answer(draft, key="6", text="Идея", by=draft.created_by, at=at)
    assert values_of(draft.project.passport) == {"6": "Идея"}


def test_after_the_deadline_nothing_changes() -> None:
    draft = world.application(answers={})
    with pytest.raises(Refusal, match="Приём заявок закончился"):
        filling.answer(draft, key="6", text="Идея", by=draft.created_by, at=LATE)
    assert values_of(draft.project.passport) == {}


@pytest.mark.parametrize("state", sorted(set(S) - {S.DRAFT, S.SUBMITTED, S.RETURNED}))
def test_what_is_under_way_cannot_be_changed(at: datetime, state: ApplicationState) -> None:
    application = world.application(state=state)
    with pytest.raises(Refusal, match="Изменить заявку уже нельзя"):
        filling.answer(application, key="6", text="Другая", by=application.created_by, at=at)


def test_returned_application_may_be_changed_after_the_stage_until_its_own_term(at: datetime) -> None:
    application = world.application(state=S.RETURNED, mend_by=LATE + timedelta(days=3))
    editor = application.created_by
    filling.answer(application, key="6", text="Исправлено", by=editor, at=LATE + timedelta(days=2))
    with pytest.raises(Refusal) as caught:
        filling.answer(application, key="6", text="Поздно", by=editor, at=LATE + timedelta(days=3))
    assert caught.value.text == "Срок исправления закончился 8 декабря 2026 г., 17:00 МСК."
    assert values_of(application.project.passport)["6"] == "Исправлено"


def test_returned_application_waits_no_longer_than_the_experts(at: datetime) -> None:
    application = world.application(world.contest(ContestState.EXPERTISE), state=S.RETURNED)
    with pytest.raises(Refusal, match="Экспертиза уже началась"):
        filling.answer(application, key="6", text="Поздно", by=application.created_by, at=at)


def test_nomination_is_chosen(at: datetime) -> None:
    contest = world.contest()
    report = Nomination.objects.create(contest=contest, title="Отчёт")
    draft = world.application(contest)
    actions.choose_nomination(draft, nomination=report, by=draft.created_by, at=at)
    draft.refresh_from_db()
    assert draft.nomination == report


def test_word_file_of_another_application_is_refused(at: datetime) -> None:
    mine, other = world.application(answers={}), world.application(answers={})
    data = write_form(PASSPORT, world.values())
    read_there = word_files.read_word(other, data=data, name="Паспорт.docx", by=other.created_by, at=at)
    with pytest.raises(Refusal, match="в другую заявку"):
        word_files.carry_word(
            mine, word_import=read_there, keys=["6"], leftovers={}, by=mine.created_by, at=at
        )
    assert values_of(mine.project.passport) == {}


def test_section_is_saved_field_by_field_whatever_stands_in_the_way_of_one(at: datetime) -> None:
    draft = world.application(answers={"6": "Её идея"})
    texts = {"4": ("Моя цель", 0), "6": ("Моя идея", 0), "99": ("Нет такого поля", 0)}
    refusals = filling.answer_section(draft, texts=texts, by=draft.created_by, at=at)
    assert [one.field for one in refusals] == ["6", None]
    assert values_of(draft.project.passport) == {"4": "Моя цель", "6": "Её идея"}


# ── To attach ───────────────────────────────────────────────────────────────


def test_attached_file_is_kept_and_may_go_and_come_back(at: datetime) -> None:
    draft = world.application()
    editor = draft.created_by
    added = attachments.attach_file(draft, data=PDF, name="Письмо.pdf", title="Письмо", by=editor, at=at)
    assert (added.file.name, added.file.media_type, read(added.file)) == (
        "Письмо.pdf",
        "application/pdf",
        PDF,
    )
    attachments.remove_file(added, by=editor, at=at)
    assert queries.files_of(draft) == []
    attachments.restore_file(added, by=editor, at=at)
    assert queries.files_of(draft) == [added.file]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "Файл «файл.pdf» пустой. Выберите другой файл."),
        (
            b"MZ\x90\x00" + b"\x00" * 99,
            "Файл «файл.pdf» не подходит. Можно приложить: PDF, DOCX, ODT, XLSX, PPTX, JPEG, PNG.",
        ),
        (
            PDF + b"0" * (20 * 2**20),
            "Файл «файл.pdf» больше 20 МБ. Уменьшите его или дайте ссылку в паспорте.",
        ),
    ],
    ids=["empty", "program", "too large"],
)
def test_bad_file_is_refused_with_the_cure(at: datetime, data: bytes, said: str) -> None:
    draft = world.application()
    with pytest.raises(Refusal) as caught:
        attachments.attach_file(draft, data=data, name="файл.pdf", by=draft.created_by, at=at)
    assert (caught.value.text, caught.value.field, queries.files_of(draft)) == (said, "file", [])


def test_same_file_is_attached_once_and_no_more_than_ten(at: datetime) -> None:
    draft = world.application()
    editor = draft.created_by
    for number in range(10):
        attachments.attach_file(draft, data=PDF + b"%d" % number, name=f"{number}.pdf", by=editor, at=at)
    with pytest.raises(Refusal, match="не больше 10 файлов"):
        attachments.attach_file(draft, data=PDF, name="лишний.pdf", by=editor, at=at)
    attachments.remove_file(draft.attachments.get(file__name="0.pdf"), by=editor, at=at)
    with pytest.raises(Refusal, match=r"«девять\.pdf» уже приложен"):
        attachments.attach_file(draft, data=PDF + b"9", name="девять.pdf", by=editor, at=at)


# ── To send ─────────────────────────────────────────────────────────────────


def send(application: Application, at: datetime, *, key: str = "k1", consents: object = EVERY) -> object:
    """Send as the person who began."""
    return sendings.submit(
        application,
        key=key,
        consents=consents,  # type: ignore[arg-type]  # a collection in every test
        address=world.ADDRESS,
        by=application.created_by,
        at=at,
    )


def test_sending_freezes_seals_and_gives_a_receipt(at: datetime) -> None:
    draft = world.application(number="2026-0147")
    sent = sendings.submit(draft, key="k1", consents=EVERY, address=world.ADDRESS, by=draft.created_by, at=at)
    draft.refresh_from_db()
    content = canonical("passport", "1", world.values())
    assert (sent.number, sent.sent_at, sent.sent_by, sent.address) == (1, at, draft.created_by, world.ADDRESS)
    assert (sent.version.values, sent.sha256) == (world.values(), seal(content, ()))
    assert (draft.state, draft.submitted_at, draft.version) == (S.SUBMITTED, at, sent.version)
    receipt = sent.receipt
    assert (receipt.kind, receipt.number, receipt.sha256, receipt.issued_at) == (
        Paper.Kind.RECEIPT, "ИП-2026-0147", sent.sha256, at,
    )  # fmt: skip
    assert receipt.pdf is not None
    assert read(receipt.pdf).startswith(b"%PDF-")


def test_seal_covers_the_files(at: datetime) -> None:
    draft = world.application()
    added = attachments.attach_file(draft, data=PDF, name="Письмо.pdf", by=draft.created_by, at=at)
    sent = sendings.submit(draft, key="k1", consents=EVERY, address=None, by=draft.created_by, at=at)
    content = canonical("passport", "1", world.values())
    assert sent.sha256 == seal(content, [added.file.sha256]) != seal(content, ())
    assert list(sent.files.all()) == [added.file]


def test_same_key_gives_the_same_sending_even_after_the_deadline(at: datetime) -> None:
    draft = world.application()
    first = send(draft, at)
    assert send(draft, LATE + timedelta(days=1)) == first
    assert (draft.submissions.count(), Paper.objects.count(), Letter.objects.count()) == (1, 1, 1)


def test_unchanged_content_is_not_sent_twice(at: datetime) -> None:
    draft = world.application(number="2026-0147")
    send(draft, at)
    with pytest.raises(Refusal) as caught:
        send(draft, at + timedelta(hours=1), key="k2")
    assert caught.value.text == (
        "С прошлой отправки ничего не изменилось. Заявка уже принята 21 ноября 2026 г., 12:00 МСК, "
        "расписка № ИП-2026-0147."
    )


def test_edits_are_sent_again_with_a_new_number_and_the_old_sending_stays(at: datetime) -> None:
    draft = world.application(number="2026-0147")
    send(draft, at)
    filling.answer(draft, key="6", text="Новая идея. " * 30, by=draft.created_by, at=at)
    send(draft, at + timedelta(hours=1), key="k2")
    filling.answer(draft, key="6", text=world.values()["6"], by=draft.created_by, at=at)
    send(draft, at + timedelta(hours=2), key="k3")
    numbers = [(one.number, one.receipt.number) for one in draft.submissions.order_by("number")]
    assert numbers == [(1, "ИП-2026-0147"), (2, "ИП-2026-0147-2"), (3, "ИП-2026-0147-3")]


def test_editing_never_unsends(at: datetime) -> None:
    draft = world.application()
    send(draft, at)
    filling.answer(draft, key="6", text="Правка", by=draft.created_by, at=at)
    draft.refresh_from_db()
    assert draft.state == S.SUBMITTED
    assert draft.version is not None
    assert draft.version.values["6"] == world.values()["6"]


def test_unsent_edits_are_known_and_may_be_discarded(at: datetime) -> None:
    draft = world.application()
    editor = draft.created_by
    letter = attachments.attach_file(draft, data=PDF, name="Письмо.pdf", by=editor, at=at)
    send(draft, at)
    last = queries.submissions_of(draft).get()
    assert not queries.has_unsent_edits(draft, last)
    filling.answer(draft, key="6", text="Правка", by=editor, at=at)
    attachments.remove_file(letter, by=editor, at=at)
    attachments.attach_file(draft, data=PDF + b"2", name="Другое.pdf", by=editor, at=at)
    assert queries.has_unsent_edits(draft, last)
    actions.discard_edits(draft, by=editor, at=at)
    assert not queries.has_unsent_edits(draft, last)
    assert (values_of(draft.project.passport), queries.files_of(draft)) == (world.values(), [letter.file])


def test_what_was_never_sent_has_nothing_to_return_to(at: datetime) -> None:
    draft = world.application()
    with pytest.raises(Refusal, match="возвращаться не к чему"):
        actions.discard_edits(draft, by=draft.created_by, at=at)


def test_errors_of_the_form_stop_the_sending(at: datetime) -> None:
    draft = world.application(answers=world.values(**{"6": ""}))
    with pytest.raises(Refusal) as caught:
        send(draft, at)
    assert caught.value.text == "Заявка ещё не готова. Заполните поле 6 «Основная идея»."
    assert (draft.submissions.count(), Paper.objects.count()) == (0, 0)


@pytest.mark.parametrize("missing", EVERY)
def test_every_guarantee_must_be_ticked(at: datetime, missing: str) -> None:
    draft = world.application()
    with pytest.raises(Refusal, match=r"^Отметьте: «") as caught:
        send(draft, at, consents=set(EVERY) - {missing})
    assert caught.value.field == missing


def test_consents_are_recorded_with_text_time_and_address(at: datetime) -> None:
    contest, text = world.contest(), world.consent_text("personal")
    contest.consents.add(text)
    draft = world.application(contest)
    with pytest.raises(Refusal) as caught:
        send(draft, at)
    assert (caught.value.field, Consent.objects.count()) == ("personal", 0)
    send(draft, at, consents=(*EVERY, "personal"))
    given = Consent.objects.get()
    assert (given.person, given.text, given.about, given.given_at, given.address) == (
        draft.created_by, text, f"contests.Application:{draft.pk}", at, world.ADDRESS,
    )  # fmt: skip


def test_without_a_nomination_nothing_is_sent(at: datetime) -> None:
    draft = world.application(nomination=None)
    with pytest.raises(Refusal) as caught:
        send(draft, at)
    assert (caught.value.text, caught.value.field) == ("Выберите номинацию.", "nomination")


@pytest.mark.parametrize("key", ["", "k" * 65])
def test_without_a_sound_key_nothing_is_sent(at: datetime, key: str) -> None:
    with pytest.raises(Refusal, match="заново"):
        send(world.application(), at, key=key)


def test_the_last_moment_is_before_the_deadline() -> None:
    in_time, late = world.application(), world.application()
    send(in_time, LATE - timedelta(microseconds=1))
    with pytest.raises(Refusal, match="Приём заявок закончился"):
        send(late, LATE)
    in_time.refresh_from_db()
    assert in_time.state == S.SUBMITTED


def test_returned_application_is_sent_until_its_term(at: datetime) -> None:
    application = world.application(state=S.RETURNED, mend_by=LATE + timedelta(days=3))
    send(application, LATE + timedelta(days=2))
    application.refresh_from_db()
    assert (application.state, application.mend_by) == (S.SUBMITTED, None)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.HEAD, Role.EDITOR}))
def test_only_head_and_staff_send(at: datetime, role: Role) -> None:
    draft = world.application()
    with pytest.raises(PermissionDenied):
        sendings.submit(
            draft, key="k", consents=EVERY, address=None, by=world.member(draft.organisation, role), at=at
        )


def test_team_gets_the_receipt_and_organisers_a_message(at: datetime) -> None:
    contest = world.contest()
    draft = world.application(contest, number="2026-0147")
    head = world.member(draft.organisation, Role.HEAD)
    organiser = queries.organisers_of(contest)
    sent = sendings.submit(draft, key="k", consents=EVERY, address=None, by=draft.created_by, at=at)
    letters = {one.address: list(one.files.all()) for one in Letter.objects.all()}
    assert letters == {head.email: [sent.receipt.pdf], draft.created_by.email: [sent.receipt.pdf]}
    told = {(one.recipient, one.notice, one.title) for one in Message.objects.all()}
    arrived = ("contests.application_arrived", f"Новая заявка ИП-2026-0147: {draft.organisation.short_name}")
    assert told == {
        (draft.created_by, "contests.application_sent", "Заявка ИП-2026-0147 отправлена"),
        (head, "contests.application_sent", "Заявка ИП-2026-0147 отправлена"),
        (organiser[0], *arrived),
    }


# ── To take back ────────────────────────────────────────────────────────────


def test_withdrawn_draft_tells_nobody_and_a_sent_one_the_organisers(at: datetime) -> None:
    draft, sent = world.application(), world.application(state=S.SUBMITTED)
    for application in (draft, sent):
        actions.withdraw(application, by=application.created_by, at=at)
        application.refresh_from_db()
        assert application.state == S.WITHDRAWN
    told = [(one.recipient, one.notice) for one in Message.objects.all()]
    assert told == [(queries.organisers_of(sent.contest)[0], "contests.application_withdrawn")]


@pytest.mark.parametrize("state", [S.IN_REVIEW, S.TO_DEFENCE, S.AWARDED, S.WITHDRAWN])
def test_what_experts_have_is_not_taken_back(at: datetime, state: ApplicationState) -> None:
    application = world.application(state=state)
    with pytest.raises(WrongState):
        actions.withdraw(application, by=application.created_by, at=at)


# ── To see ──────────────────────────────────────────────────────────────────


def test_everyone_sees_only_their_own(at: datetime) -> None:
    contest, school = world.contest(), world.organisation()
    draft = world.application(contest, school)
    sent = world.application(world.contest(organiser=contest.organiser), school, S.SUBMITTED)
    editor = draft.created_by
    coordinator = world.member(world.organisation(municipality=school.municipality), Role.COORDINATOR)
    organiser = queries.organisers_of(contest)[0]
    stranger = world.member(world.organisation())
    seen = {
        name: set(queries.applications_visible_to(person))
        for name, person in {
            "editor": editor,
            "coordinator": coordinator,
            "organiser": organiser,
            "stranger": stranger,
            "operator": world.person(is_superuser=True),
        }.items()
    }
    assert seen == {
        "editor": {draft, sent},
        "coordinator": {sent},
        "organiser": {sent},
        "stranger": set(),
        "operator": {draft, sent},
    }
    assert set(queries.applications_of(editor)) == {draft, sent}
    assert set(queries.applications_of(organiser)) == set()
