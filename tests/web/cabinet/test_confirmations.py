"""The head's confirmation through a browser without scripts: few steps, nothing lost, no strangers."""

from datetime import datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from innoset.accounts.models import Consent, User
from innoset.contests.models import Application
from innoset.contests.queries.confirmations import AGREEMENT
from innoset.network.states import Role
from tests import world
from tests.contests.confirming_scene import application, code_sent, head_of, wrong
from tests.web.cabinet.pages import FAR_OFF, LONG_AGO, address, form_of, soup, words

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
TICKS = {"guarantees": "on"}


def opened(*ways: str) -> Application:
    made = application(*ways)
    made.contest.stages.filter(kind="submission").update(starts_at=LONG_AGO, ends_at=FAR_OFF)
    return made


@pytest.fixture
def draft() -> Application:
    return opened("code", "scan", "signature")


@pytest.fixture
def head(draft: Application, at: datetime) -> User:
    return head_of(draft, at)


def buttons(response: Any) -> list[str]:
    """Return what the buttons of the page's main part say."""
    main = soup(response).find("main")
    assert main is not None
    return [" ".join(one.get_text(" ").split()) for one in main.find_all("button")]


def test_a_head_gets_the_code_and_sends_from_the_same_page(draft: Application, head: User) -> None:
    client, check = world.signed_in(head), address("check", draft)
    page = client.get(check)
    assert buttons(page) == [
        "Получить код на мою почту",
        "Подписать файлом электронной подписи",
        "Загрузить скан с подписью",
        "Отправить заявку",
    ]
    data = form_of(page, "key") | TICKS
    asked = client.post(check, data | {"ask": "code"})
    shown = form_of(asked, "key")
    assert (shown["key"], shown["guarantees"]) == (data["key"], ["on"])
    assert f"Код отправлен на {head.email}, действует до" in words(asked)
    missed = client.post(check, data | {"code": wrong(code_sent(head))})
    assert "Код не подошёл. Проверьте цифры в последнем письме. Осталось попыток: 4." in words(missed)
    assert form_of(missed, "key")["key"] == data["key"]
    done = client.post(check, data | {"code": code_sent(head)})
    assert (done.status_code, done["Location"]) == (302, address("receipt", draft, 1))
    receipt = client.get(done["Location"])
    assert "Простая электронная подпись: код из письма. Петрова Анна Николаевна." in words(receipt)
    again = client.post(check, data | {"code": "000000"})
    assert (again["Location"], draft.submissions.count()) == (address("receipt", draft, 1), 1)


def test_staff_ask_the_head_confirms_and_staff_send(draft: Application, head: User) -> None:
    staff, hers = world.signed_in(draft.created_by), world.signed_in(head)
    check, confirm = address("check", draft), address("confirm", draft)
    data = form_of(staff.get(check), "key") | TICKS
    asked = staff.post(check, data | {"ask": "code"})
    assert "Код отправлен: Петрова Анна Николаевна." in words(asked)
    assert "Отправить можно после подтверждения руководителя." in words(asked)
    refused = staff.post(check, data)
    assert "Руководитель ещё не подтвердил заявку. Дождитесь его ответа" in words(refused)
    assert form_of(refused, "key")["guarantees"] == ["on"]
    assert "Код у руководителя" in words(staff.get(confirm))
    assert staff.post(confirm, {"code": code_sent(head)}).status_code == 403
    given = hers.post(confirm, {"code": code_sent(head)})
    assert (given.status_code, given["Location"]) == (302, check)
    assert "Подтверждено" in words(staff.get(check))
    assert staff.post(check, data)["Location"] == address("receipt", draft, 1)


def test_a_head_accepts_the_agreement_once_and_then_the_code(draft: Application, at: datetime) -> None:
    head = head_of(draft, at, agrees=False)
    client, confirm = world.signed_in(head), address("confirm", draft)
    client.post(address("confirm_ask", draft), {"ask": "code"})
    page = client.get(confirm)
    assert buttons(page)[:1] == ["Принять соглашение"]
    assert "статья 9 Федерального закона" in words(page)
    assert "Чтобы ввести код, примите соглашение" in words(client.get(address("check", draft)))
    refused = client.post(confirm, {"code": code_sent(head)})
    assert "Сначала примите соглашение" in words(refused)
    client.post(address("confirm_agree", draft))
    consent = Consent.objects.get(person=head)
    assert (consent.text.code, consent.address) == (AGREEMENT, "127.0.0.1")
    assert "Подтверждаю заявку" in buttons(client.get(confirm))
    assert client.post(confirm, {"code": code_sent(head)}).status_code == 302


def test_what_the_head_reads_is_handed_out_and_never_changes(draft: Application, head: User) -> None:
    client = world.signed_in(head)
    client.post(address("confirm_ask", draft), {"ask": "code"})
    made = draft.confirmations.get()
    pdf = address("confirm_pdf", draft, made.pdf_sha256)
    first = client.get(pdf)
    draft.project.passport.answers.filter(key="6").update(text="Другая идея")
    assert (first.content[:5], client.get(pdf).content) == (b"%PDF-", first.content)
    stranger = world.signed_in(world.member(world.organisation(), Role.HEAD))
    assert stranger.get(pdf).status_code == 404
    assert stranger.get(address("confirm", draft)).status_code == 404
    assert client.get(address("confirm_pdf", draft, "0" * 64)).status_code == 404
    assert client.get(address("confirm_evidence", draft, made.pdf_sha256)).status_code == 404


def test_a_head_declines_with_a_reason(draft: Application, head: User) -> None:
    client, confirm = world.signed_in(head), address("confirm", draft)
    client.post(address("confirm_ask", draft), {"ask": "code"})
    data = form_of(client.get(confirm), "reason")
    empty = client.post(address("confirm_refuse", draft), data | {"reason": " "})
    assert "Что исправить" in words(empty)
    client.post(address("confirm_refuse", draft), data | {"reason": "Исправьте смету."})
    shown = words(world.signed_in(draft.created_by).get(address("check", draft)))
    assert "Руководитель не подтвердил заявку Исправьте смету." in shown


def test_a_scan_is_taken_and_a_wrong_file_is_named(draft: Application) -> None:
    client = world.signed_in(draft.created_by)
    asked = client.post(
        address("check", draft), form_of(client.get(address("check", draft)), "key") | {"ask": "scan"}
    )
    assert asked["Location"] == address("confirm", draft)
    data = form_of(client.get(asked["Location"]), "seen")
    bad = client.post(
        address("confirm_file", draft), data | {"file": SimpleUploadedFile("Скан.txt", b"plain words")}
    )
    assert "Файл «Скан.txt» не подходит" in words(bad)
    good = client.post(address("confirm_file", draft), data | {"file": SimpleUploadedFile("Скан.pdf", PDF)})
    assert good["Location"] == address("confirm", draft)
    made = draft.confirmations.get()
    assert client.get(address("confirm_evidence", draft, made.pdf_sha256)).content == PDF
    assert "Скан подписанной страницы" in words(client.get(address("check", draft)))


def test_a_file_that_is_no_signature_is_refused_in_words(draft: Application) -> None:
    client = world.signed_in(draft.created_by)
    client.post(address("confirm_ask", draft), {"ask": "signature"})
    data = form_of(client.get(address("confirm", draft)), "seen")
    bad = client.post(
        address("confirm_file", draft),
        data | {"file": SimpleUploadedFile("подпись.sig", b"\x30\x03\x02\x01")},
    )
    assert "Это не отсоединённая подпись по ГОСТ" in words(bad)
    assert draft.confirmations.get().state == "asked"


def test_a_change_shows_that_the_word_no_longer_fits(draft: Application, head: User) -> None:
    client = world.signed_in(head)
    client.post(address("confirm_ask", draft), {"ask": "code"})
    client.post(address("confirm", draft), {"code": code_sent(head)})
    draft.project.passport.answers.filter(key="6").update(text="Другая идея")
    page = client.get(address("check", draft))
    assert "Подтверждение больше не подходит После него изменили текст или файлы." in words(page)
    assert "Получить код на мою почту" in buttons(page)


def test_what_waits_is_called_off(draft: Application, head: User) -> None:
    client = world.signed_in(draft.created_by)
    client.post(address("confirm_ask", draft), {"ask": "code"})
    assert "Отменить запрос" in buttons(client.get(address("confirm", draft)))
    client.post(address("confirm_annul", draft))
    assert draft.confirmations.get().state == "void"


def test_a_contest_that_asks_for_nothing_shows_nothing() -> None:
    made = opened()
    client = world.signed_in(made.created_by)
    assert "Подтверждение руководителя" not in words(client.get(address("check", made)))
    assert client.get(address("confirm", made))["Location"] == address("application", made)
