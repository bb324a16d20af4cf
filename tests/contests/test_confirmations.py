"""The head's confirmation: asked, given in three ways, refused, out of date; and what a sending makes of it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.accounts.models import User
from innoset.contests.actions import attachments, confirmations, filling, sendings
from innoset.contests.models import Application, Confirmation, Submission
from innoset.contests.pure.checklist import proposed
from innoset.contests.pure.confirming import LIFETIME, Stand
from innoset.contests.queries import applications, checks
from innoset.contests.queries import confirmations as queries
from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.foundation.files.actions import prepare
from innoset.foundation.files.storage import read
from innoset.foundation.notify.models import Letter, Message
from innoset.network.states import Role
from tests import world
from tests.contests.confirming_scene import EVERY, application, ask, code_sent, head_of, wrong

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def draft() -> Application:
    return application("code", "scan", "signature")


@pytest.fixture
def head(draft: Application, at: datetime) -> User:
    return head_of(draft, at)


def give(made: Application, code: str, by: User, at: datetime) -> Refusal | None:
    return confirmations.give_by_code(made, code=code, address=world.ADDRESS, by=by, at=at)


def send(made: Application, by: User, at: datetime) -> Submission:
    return sendings.submit(made, key="k", consents=EVERY, address=world.ADDRESS, by=by, at=at)


def stand(made: Application, at: datetime) -> Stand:
    return queries.standing_of(made, at).stand


# ── To ask ──────────────────────────────────────────────────────────────────


def test_a_code_is_asked_of_the_head_and_sent_to_the_head_alone(
    draft: Application, head: User, at: datetime
) -> None:
    made = ask(draft, "code", at)
    assert (made.way, made.state, made.asked_of, made.asked_by, made.expires_at, made.attempts) == (
        "code", "asked", head, draft.created_by, at + LIFETIME, 0,
    )  # fmt: skip
    assert made.sha256 == applications.seal_of(draft)
    assert (made.pdf_sha256, read(made.pdf)[:5]) == (made.pdf.sha256, b"%PDF-")
    code = code_sent(head)
    assert [letter.address for letter in Letter.objects.all()] == [head.email]
    message = Message.objects.get()
    assert (message.recipient, message.url) == (head, f"/cabinet/applications/{draft.number}/confirm/")
    kept = (
        f"{made.code} {message.title} {message.text} {list(Entry.objects.values_list('changes', flat=True))}"
    )
    assert code not in kept


def test_a_head_who_asks_gets_one_letter_and_no_message(draft: Application, head: User, at: datetime) -> None:
    other = world.member(draft.organisation, Role.HEAD, "Орлов Пётр Ильич")
    assert ask(draft, "code", at, by=other).asked_of == other
    assert (Letter.objects.get().address, Message.objects.count()) == (other.email, 0)


def test_the_same_content_is_frozen_to_the_same_bytes(draft: Application, head: User, at: datetime) -> None:
    first, second = ask(draft, "scan", at), ask(draft, "signature", at)
    assert (first.pdf_sha256, first.version) == (second.pdf_sha256, second.version)
    first.refresh_from_db()
    assert (first.state, second.state) == ("void", "asked")


def test_asked_again_at_once_the_code_stays_and_later_it_is_another(
    draft: Application, head: User, at: datetime
) -> None:
    first = ask(draft, "code", at)
    assert ask(draft, "code", at + timedelta(seconds=59)) == first
    old = code_sent(head)
    second = ask(draft, "code", at + timedelta(seconds=61))
    assert (second != first, Letter.objects.count()) == (True, 2)
    if old != code_sent(head):
        assert give(draft, old, head, at + timedelta(minutes=2)) is not None
    assert give(draft, code_sent(head), head, at + timedelta(minutes=3)) is None


@pytest.mark.parametrize(
    ("ways", "way", "text"),
    [
        ((), "code", "Этот конкурс не принимает такое подтверждение. Выберите способ из списка."),
        (("scan",), "code", "Этот конкурс не принимает такое подтверждение. Выберите способ из списка."),
        (
            ("code",),
            "code",
            (
                "У руководителя вашей организации нет учётной записи. Попросите координатора муниципалитета "
                "пригласить его на сайт или выберите другой способ."
            ),
        ),
    ],
)
def test_what_cannot_be_asked_is_refused(ways: tuple[str, ...], way: str, text: str, at: datetime) -> None:
    made = application(*ways)
    with pytest.raises(Refusal) as caught:
        ask(made, way, at)
    assert (caught.value.text, Confirmation.objects.count()) == (text, 0)


def test_an_unready_application_is_not_signed(at: datetime) -> None:
    made = application("scan", answers=world.values(**{"6": ""}))
    with pytest.raises(Refusal, match=r"ещё не готова к подписи\. Заполните поле 6"):
        ask(made, "scan", at)
    made = application("scan", nomination=None)
    with pytest.raises(Refusal, match="Выберите номинацию"):
        ask(made, "scan", at)


def test_after_the_deadline_nothing_is_asked(draft: Application, head: User) -> None:
    with pytest.raises(Refusal, match="Приём заявок закончился"):
        ask(draft, "code", world.DEADLINE + timedelta(days=1))


def test_strangers_neither_ask_nor_give(draft: Application, head: User, at: datetime) -> None:
    stranger = world.member(world.organisation(), Role.HEAD)
    with pytest.raises(PermissionDenied):
        ask(draft, "code", at, by=stranger)
    ask(draft, "code", at)
    for person in (stranger, draft.created_by):
        with pytest.raises(PermissionDenied):
            give(draft, code_sent(head), person, at)
    assert stand(draft, at) == Stand.ASKED


# ── By code ─────────────────────────────────────────────────────────────────


def test_the_head_confirms_by_the_code_and_the_sending_carries_it(
    draft: Application, head: User, at: datetime
) -> None:
    ask(draft, "code", at)
    code = code_sent(head)
    assert give(draft, f" {code[:3]} {code[3:]} ", head, at) is None
    made = draft.confirmations.get()
    assert (made.state, made.confirmed_by, made.confirmed_at, made.address) == (
        "given", head, at, world.ADDRESS,
    )  # fmt: skip
    told = Message.objects.filter(notice="contests.confirmation_given").get()
    assert told.recipient == draft.created_by
    sent = send(draft, draft.created_by, at)
    assert sent.confirmation == made
    line = (
        "простая электронная подпись: код из письма. Петрова Анна Николаевна. "
        "Подтверждено 21 ноября 2026 г., 12:00:00 МСК"
    )
    assert queries.confirmed_line(sent) == line
    marks = {mark.code: (mark.is_met, mark.note) for mark in proposed(checks.facts_of(draft))}
    assert marks["signature"] == (True, "")


def test_a_wrong_code_is_counted_and_the_fifth_ends_it(draft: Application, head: User, at: datetime) -> None:
    ask(draft, "code", at)
    code = code_sent(head)
    said = [str(give(draft, wrong(code), head, at)) for _ in range(5)]
    assert said == [
        *(
            f"Код не подошёл. Проверьте цифры в последнем письме. Осталось попыток: {left}."
            for left in (4, 3, 2, 1)
        ),
        "Код не подошёл, и попыток больше нет: этот код отменён. Запросите новый.",
    ]
    made = draft.confirmations.get()
    assert (made.state, made.attempts, made.note) == ("void", 5, "Введено неверных кодов: 5.")
    with pytest.raises(Refusal, match="должен подтвердить руководитель"):
        give(draft, code, head, at)


def test_what_is_no_code_is_not_counted(draft: Application, head: User, at: datetime) -> None:
    ask(draft, "code", at)
    for text in ("", "12345", "1234567", "абвгде", "１２３４５６"):
        with pytest.raises(Refusal, match=r"Введите код из письма: 6 цифр\."):
            give(draft, text, head, at)
    assert draft.confirmations.get().attempts == 0


def test_a_code_ends_in_a_day(draft: Application, head: User, at: datetime) -> None:
    ask(draft, "code", at)
    with pytest.raises(Refusal, match="Срок кода вышел"):
        give(draft, code_sent(head), head, at + LIFETIME)
    assert stand(draft, at + LIFETIME) == Stand.EXPIRED
    assert give(draft, code_sent(head), head, at + LIFETIME - timedelta(seconds=1)) is None


def test_a_code_is_good_for_one_head_only(draft: Application, head: User, at: datetime) -> None:
    other = world.member(draft.organisation, Role.HEAD, "Орлов Пётр Ильич")
    ask(draft, "code", at)
    with pytest.raises(Refusal, match="Код отправлен другому руководителю"):
        give(draft, code_sent(head), other, at)
    assert stand(draft, at) == Stand.ASKED


def test_a_code_without_the_agreement_is_no_signature(draft: Application, at: datetime) -> None:
    head = head_of(draft, at, agrees=False)
    ask(draft, "code", at)
    with pytest.raises(Refusal) as caught:
        give(draft, code_sent(head), head, at)
    assert (caught.value.field, draft.confirmations.get().attempts) == ("agreement", 0)


def test_a_code_for_another_content_confirms_nothing(draft: Application, head: User, at: datetime) -> None:
    ask(draft, "code", at)
    filling.answer(draft, key="6", text="Другая идея", by=draft.created_by, at=at)
    with pytest.raises(Refusal, match="После подтверждения заявку изменили"):
        give(draft, code_sent(head), head, at)
    assert (stand(draft, at), draft.confirmations.get().state) == (Stand.STALE, "asked")


def test_a_code_of_another_application_does_not_fit(at: datetime) -> None:
    one, two = application("code"), application("code")
    head = head_of(one, at)
    world.membership(head, two.organisation, Role.HEAD)
    ask(one, "code", at)
    foreign = code_sent(head)
    ask(two, "code", at)
    if foreign != code_sent(head):
        assert str(give(two, foreign, head, at)).startswith("Код не подошёл")


def test_a_code_replayed_gives_the_same_and_fits_nothing_else(
    draft: Application, head: User, at: datetime
) -> None:
    ask(draft, "code", at)
    code = code_sent(head)
    assert [give(draft, code, head, at) for _ in range(3)] == [None, None, None]
    assert draft.confirmations.filter(state="given").count() == 1
    filling.answer(draft, key="6", text="Другая идея", by=draft.created_by, at=at)
    with pytest.raises(Refusal, match="После подтверждения заявку изменили"):
        give(draft, code, head, at)
    ask(draft, "code", at + timedelta(minutes=5))
    if code != code_sent(head):
        assert str(give(draft, code, head, at + timedelta(minutes=6))).startswith("Код не подошёл")


def test_a_head_who_sends_confirms_in_the_same_step(draft: Application, head: User, at: datetime) -> None:
    ask(draft, "code", at, by=head)
    code = code_sent(head)
    given: dict[str, Any] = {"key": "k", "consents": EVERY, "address": None, "by": head, "at": at}
    refused = confirmations.confirm_and_send(draft, code=wrong(code), **given)
    assert isinstance(refused, Refusal)
    assert (draft.confirmations.get().attempts, draft.submissions.count()) == (1, 0)
    sent = confirmations.confirm_and_send(draft, code=code, **given)
    assert isinstance(sent, Submission)
    assert sent.confirmation == draft.confirmations.get()
    assert confirmations.confirm_and_send(draft, code="", **given) == sent


def test_a_sending_that_is_refused_takes_its_confirmation_back(
    draft: Application, head: User, at: datetime
) -> None:
    ask(draft, "code", at, by=head)
    with pytest.raises(Refusal, match="Отметьте"):
        confirmations.confirm_and_send(
            draft, code=code_sent(head), key="k", consents=(), address=None, by=head, at=at
        )
    assert (stand(draft, at), draft.confirmations.get().attempts) == (Stand.ASKED, 0)


# ── By scan ─────────────────────────────────────────────────────────────────


def test_a_scan_confirms_and_a_person_must_look(draft: Application, at: datetime) -> None:
    made = ask(draft, "scan", at)
    scan = prepare(PDF, name="Скан.pdf", limit=10**6)
    confirmations.give_by_scan(draft, given=scan, seen=made.pdf_sha256, by=draft.created_by, at=at)
    made.refresh_from_db()
    assert made.scan is not None
    assert (made.state, made.scan.name, read(made.scan)) == ("given", "Скан.pdf", PDF)
    assert send(draft, draft.created_by, at).confirmation == made
    marks = {mark.code: (mark.is_met, mark.note) for mark in proposed(checks.facts_of(draft))}
    assert marks["signature"] == (False, "Приложен скан: откройте его и проверьте подпись и печать.")


def test_a_scan_of_what_was_printed_before_is_refused(draft: Application, at: datetime) -> None:
    old = ask(draft, "scan", at)
    filling.answer(draft, key="6", text="Другая идея", by=draft.created_by, at=at)
    ask(draft, "scan", at)
    scan = prepare(PDF, name="Скан.pdf", limit=10**6)
    with pytest.raises(Refusal, match="подготовили к подписи заново"):
        confirmations.give_by_scan(draft, given=scan, seen=old.pdf_sha256, by=draft.created_by, at=at)
    assert stand(draft, at) == Stand.ASKED


# ── Out of date, refused, called off ────────────────────────────────────────


def test_without_the_heads_word_nothing_is_sent(draft: Application, at: datetime) -> None:
    with pytest.raises(Refusal) as caught:
        send(draft, draft.created_by, at)
    assert caught.value.text == (
        "Заявку должен подтвердить руководитель. "
        "Запросите подтверждение в разделе «Подтверждение руководителя»."
    )
    assert draft.submissions.count() == 0


def test_where_no_way_is_chosen_nothing_is_asked(at: datetime) -> None:
    made = application()
    assert (stand(made, at), send(made, made.created_by, at).confirmation) == (Stand.NOT_NEEDED, None)


@pytest.mark.parametrize("what", ["text", "file"])
def test_a_change_after_confirming_needs_another_word(
    draft: Application, head: User, at: datetime, what: str
) -> None:
    ask(draft, "code", at)
    give(draft, code_sent(head), head, at)
    if what == "text":
        filling.answer(draft, key="6", text="Другая идея", by=draft.created_by, at=at)
    else:
        attachments.attach_file(draft, data=PDF, name="Письмо.pdf", by=draft.created_by, at=at)
    with pytest.raises(Refusal, match="относится только к тому, что прочитал руководитель"):
        send(draft, draft.created_by, at)
    later = at + timedelta(minutes=5)
    ask(draft, "code", later)
    give(draft, code_sent(head), head, later)
    assert send(draft, draft.created_by, later).confirmation == draft.confirmations.first()


def test_a_word_given_fits_again_when_the_text_is_as_it_was(
    draft: Application, head: User, at: datetime
) -> None:
    was = world.values()["6"]
    ask(draft, "code", at)
    give(draft, code_sent(head), head, at)
    for text, expected in (("Другая", Stand.STALE), (was, Stand.GIVEN)):
        filling.answer(draft, key="6", text=text, by=draft.created_by, at=at)
        assert stand(draft, at) == expected


def test_a_head_refuses_with_a_reason_that_the_staff_read(
    draft: Application, head: User, at: datetime
) -> None:
    made = ask(draft, "code", at)
    with pytest.raises(Refusal) as caught:
        confirmations.refuse_confirmation(draft, reason=" ", seen=made.pdf_sha256, by=head, at=at)
    assert caught.value.field == "reason"
    with pytest.raises(Refusal, match="подготовили к подписи заново"):
        confirmations.refuse_confirmation(draft, reason="Смета", seen="0" * 64, by=head, at=at)
    confirmations.refuse_confirmation(draft, reason="Исправьте смету.", seen=made.pdf_sha256, by=head, at=at)
    told = Message.objects.filter(notice="contests.confirmation_refused").get()
    assert (told.recipient, "Причина: Исправьте смету." in told.text) == (draft.created_by, True)
    assert stand(draft, at) == Stand.REFUSED
    with pytest.raises(Refusal, match="Руководитель не подтвердил заявку"):
        send(draft, draft.created_by, at)
    with pytest.raises(Refusal, match="Руководитель не подтвердил заявку"):
        give(draft, code_sent(head), head, at)


def test_what_waits_can_be_called_off(draft: Application, head: User, at: datetime) -> None:
    ask(draft, "code", at)
    confirmations.annul_confirmation(draft, by=draft.created_by, at=at)
    assert stand(draft, at) == Stand.ABSENT
    with pytest.raises(Refusal, match="должен подтвердить руководитель"):
        give(draft, code_sent(head), head, at)
    with pytest.raises(Refusal, match="подтверждения никто не ждёт"):
        confirmations.annul_confirmation(draft, by=draft.created_by, at=at)


def test_another_way_than_the_one_asked_is_refused(draft: Application, head: User, at: datetime) -> None:
    ask(draft, "scan", at)
    with pytest.raises(Refusal, match="Сейчас такого подтверждения не ждут"):
        give(draft, "123456", head, at)


def test_already_confirmed_is_not_asked_again(draft: Application, head: User, at: datetime) -> None:
    ask(draft, "code", at)
    give(draft, code_sent(head), head, at)
    with pytest.raises(Refusal, match="уже подтвердил"):
        ask(draft, "scan", at)


# ── Sent by itself, the head comes later ────────────────────────────────────


def test_what_was_sent_by_itself_waits_for_the_head_for_a_stated_time(
    draft: Application, head: User, at: datetime
) -> None:
    draft.contest.confirmation_ways = []
    draft.contest.save()
    sent = send(draft, draft.created_by, at)
    Submission.objects.update(is_automatic=True)
    draft.contest.confirmation_ways = ["code"]
    draft.contest.save()
    draft.refresh_from_db()
    until = world.DEADLINE + timedelta(hours=48)
    assert queries.waits_until(draft) == until
    late = until - timedelta(hours=1)
    ask(draft, "code", late)
    assert give(draft, code_sent(head), head, late) is None
    sent.refresh_from_db()
    assert (sent.confirmation, queries.waits_until(draft)) == (draft.confirmations.get(), None)


def test_after_that_time_it_is_too_late(draft: Application, head: User, at: datetime) -> None:
    draft.contest.confirmation_ways = []
    draft.contest.save()
    send(draft, draft.created_by, at)
    Submission.objects.update(is_automatic=True)
    draft.contest.confirmation_ways = ["code"]
    draft.contest.save()
    draft.refresh_from_db()
    with pytest.raises(Refusal, match="Приём заявок закончился"):
        ask(draft, "code", world.DEADLINE + timedelta(hours=48))
