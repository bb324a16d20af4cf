"""The last look, the sending and the receipt through a browser without scripts."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from innoset.accounts.models import Consent
from innoset.contests.models import Application, Contest
from innoset.contests.queries.applications import statements_of
from innoset.network.models import Organisation
from innoset.projects.queries import values_of
from tests import world
from tests.web.cabinet.pages import address, browser, close, form_of, open_contest, section, soup, words

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def contest() -> Contest:
    """A contest that takes applications today, by the clock of the pages."""
    return open_contest()


@pytest.fixture
def draft(contest: Contest) -> Application:
    """A filled draft."""
    return world.application(contest, number="2026-0147")


TICKS = {"guarantees": "on"}


def send(client: Client, application: Application, **given: str) -> Any:
    """Open the check page, tick everything and send."""
    data = form_of(client.get(address("check", application)), "key")
    return client.post(address("check", application), data | TICKS | given)


def test_check_page_shows_everything_and_ticks_nothing(contest: Contest) -> None:
    text = world.consent_text("personal", title="Согласие на обработку", body="Полный текст согласия.")
    contest.consents.add(text)
    draft = world.application(contest, answers=world.values(**{"6": "", "5": "Звоните: 8 (861) 222-33-44"}))
    response = browser(draft).get(address("check", draft))
    shown, page = words(response), soup(response)
    assert "Без этого заявку отправить нельзя Заполните поле 6 «Основная идея»." in shown
    assert "В поле 5 «Задачи» найден телефон." in shown
    assert "6. Основная идея Не заполнено Изменить : 6. Основная идея" in shown
    assert "Полный текст согласия." in shown
    ticks = page.find_all("input", type="checkbox")
    assert [(tick["name"], tick.has_attr("checked")) for tick in ticks] == [
        ("guarantees", False),
        ("personal", False),
    ]
    listed = [item.get_text() for item in page.select("form li")]
    assert listed == [one.title for one in statements_of(draft) if one.is_guarantee]
    link = page.find("a", string=re.compile("Заполните поле 6"))
    assert link is not None
    assert link["href"] == address("section", draft, "idea") + "#id_6"


def test_sending_leads_to_the_receipt_that_stays(draft: Application) -> None:
    client = browser(draft)
    response = send(client, draft)
    assert (response.status_code, response["Location"]) == (302, address("receipt", draft, 1))
    receipt = client.get(response["Location"])
    sent = draft.submissions.get()
    groups = [sent.sha256[i : i + 4] for i in range(0, 64, 4)]
    sum_of = soup(receipt).find(class_="hash")
    assert sum_of is not None
    assert sum_of.b is not None
    assert (sum_of.b.get_text(), sum_of.get_text().split()) == (" ".join(groups[:4]), groups)
    number = soup(receipt).find(class_="number")
    assert number is not None
    assert number.get_text() == "ИП-2026-0147"
    assert f"Письмо с распиской отправлено: {draft.created_by.email}." in words(receipt)
    assert re.search(r"Принято \d+ \w+ \d{4}, \d\d:\d\d:\d\d МСК", words(receipt))


@pytest.mark.parametrize(
    ("name", "kind", "head"),
    [
        ("receipt_pdf", "application/pdf", b"%PDF-"),
        ("sent_pdf", "application/pdf", b"%PDF-"),
        ("sent_docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", b"PK"),
    ],
)
def test_papers_of_the_sending_are_handed_out(draft: Application, name: str, kind: str, head: bytes) -> None:
    client = browser(draft)
    send(client, draft)
    response = client.get(address(name, draft, 1))
    assert (response["Content-Type"], response.content[: len(head)]) == (kind, head)
    assert client.get(address(name, draft, 2)).status_code == 404


def test_drafts_can_be_taken_away_before_sending(draft: Application) -> None:
    client = browser(draft)
    assert client.get(address("draft_pdf", draft)).content.startswith(b"%PDF-")
    assert client.get(address("draft_docx", draft)).content.startswith(b"PK")


def test_missing_ticks_are_named_and_the_others_stay(contest: Contest, draft: Application) -> None:
    contest.consents.add(world.consent_text("personal", title="Согласие на обработку"))
    client = browser(draft)
    data = form_of(client.get(address("check", draft)), "key") | {"personal": "on"}
    response = client.post(address("check", draft), data)
    page = soup(response)
    errors = page.find(class_="errors")
    assert errors is not None
    assert [a["href"] for a in errors.find_all("a")] == ["#id_guarantees"]
    ticked = [tick["name"] for tick in page.find_all("input", type="checkbox") if tick.has_attr("checked")]
    assert ticked == ["personal"]
    assert form_of(response, "key")["key"] == data["key"]
    assert draft.submissions.count() == 0


def test_an_optional_consent_may_be_refused_and_another_may_not(contest: Contest, draft: Application) -> None:
    contest.consents.add(world.consent_text("personal", title="Согласие на обработку"))
    contest.consents.add(world.consent_text("fame", title="Согласие на публикацию", is_optional=True))
    client = browser(draft)
    assert "Согласие на публикацию Необязательно: заявку примут и без него." in words(
        client.get(address("check", draft))
    )
    assert "Отметьте: «Согласие на обработку»" in words(send(client, draft, fame="on"))
    assert send(client, draft, personal="on")["Location"] == address("receipt", draft, 1)
    given = Consent.objects.filter(person=draft.created_by).values_list("text__code", flat=True)
    assert list(given) == ["personal"]


def test_resending_the_page_and_going_back_give_the_same_receipt(draft: Application) -> None:
    client = browser(draft)
    data = form_of(client.get(address("check", draft)), "key") | TICKS
    places = [client.post(address("check", draft), data)["Location"] for _ in range(3)]
    places.append(client.post(address("check", draft), {"key": data["key"]})["Location"])
    assert places == [address("receipt", draft, 1)] * 4
    assert draft.submissions.count() == 1


def test_unchanged_application_is_refused_in_words(draft: Application) -> None:
    client = browser(draft)
    send(client, draft)
    assert "С прошлой отправки ничего не изменилось." in words(send(client, draft))
    assert draft.submissions.count() == 1


def test_unsent_edits_may_be_sent_or_discarded(draft: Application) -> None:
    client = browser(draft)
    send(client, draft)
    client.post(address("section", draft, "idea"), section(draft, "idea") | {"6": "Правка " * 50})
    text = words(client.get(address("application", draft)))
    assert "Отправлена версия 1. Есть неотправленные правки" in text
    assert "Есть неотправленные правки" in words(client.get(reverse("cabinet:applications")))
    assert "Отправить версию 2 Отбросить" in text
    client.post(address("discard", draft))
    assert "Есть неотправленные правки" not in words(client.get(address("application", draft)))
    assert values_of(draft.project.passport) == world.values()


def test_late_sending_is_kept_and_shown_and_nothing_is_sent(draft: Application) -> None:
    client = browser(draft)
    data = form_of(client.get(address("check", draft)), "key") | TICKS
    close(draft.contest)
    for _ in range(2):  # the second is the same key, as after «Назад» or a lost answer
        response = client.post(address("check", draft), data)
        assert (response.status_code, response["Location"]) == (302, address("late_copy", draft, 1))
    assert (draft.submissions.count(), draft.late_copies.count()) == (0, 1)
    kept = draft.late_copies.get()
    page = words(client.get(address("late_copy", draft, 1)))
    assert "Отправка не принята, но сохранена" in page
    assert kept.sha256[:4] in page
    for kind, magic in (("pdf", b"%PDF"), ("docx", b"PK")):
        assert client.get(address("late_paper", draft, 1, kind)).content.startswith(magic)


def test_letter_with_the_receipt_and_its_check_page_agree(draft: Application) -> None:
    send(browser(draft), draft)
    paper = draft.submissions.get().receipt
    found = Client().get(reverse("public:check", args=[paper.number, paper.mark]))
    assert "Документ подлинный" in words(found)


def test_other_schools_see_nothing_after_sending(draft: Application) -> None:
    send(browser(draft), draft)
    stranger = world.signed_in(world.member(world.organisation()))
    for name in ("receipt", "receipt_pdf", "sent_pdf", "sent_docx"):
        assert stranger.get(address(name, draft, 1)).status_code == 404


def test_form_page_is_open_to_head_and_staff_of_the_school_only(draft: Application) -> None:
    owner: Organisation = draft.organisation
    assert world.signed_in(world.member(owner)).get(address("application", draft)).status_code == 200


def test_receipt_is_also_among_the_papers_and_unknown_papers_are_not(draft: Application) -> None:
    client = browser(draft)
    send(client, draft)
    number = draft.submissions.get().receipt.number
    assert client.get(address("paper", draft, number)).content.startswith(b"%PDF-")
    assert client.get(address("paper", draft, "ИП-2026-9999")).status_code == 404


def test_new_file_alone_is_a_new_version_of_the_application(draft: Application) -> None:
    client = browser(draft)
    send(client, draft)
    client.post(address("attachments", draft), {"file": SimpleUploadedFile("Письмо.pdf", PDF)})
    assert "Отправить версию 2 Отбросить" in words(client.get(address("application", draft)))
    assert send(client, draft)["Location"] == address("receipt", draft, 2)
    text = words(client.get(address("receipt", draft, 2)))
    assert "ИП-2026-0147-2" in text
    assert "Версия 2" in text
    assert words(client.get(address("receipt", draft, 1))).count("Версия 1") == 1
