"""The technical check, as an organiser does it in a browser."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.contests.models import Application, Attachment, Contest, FormalCheck
from innoset.contests.pure.checklist import ITEMS
from innoset.contests.states import ApplicationState, ContestState
from innoset.foundation.files import actions as files
from innoset.foundation.notify.models import Letter
from innoset.network.states import Role
from innoset.web.second_factor import KEY
from tests import world

pytestmark = pytest.mark.django_db

TICKS = {f"met_{item.code}": "on" for item in ITEMS}
NOTES = {f"note_{item.code}": "" for item in ITEMS}


@pytest.fixture
def contest() -> Contest:
    """A contest that takes applications."""
    return world.contest()


@pytest.fixture
def office(contest: Contest) -> Client:
    """The browser of its organiser, past the second factor."""
    client = world.signed_in(contest.created_by)
    session = client.session
    session[KEY] = True
    session.save()
    return client


def waiting(contest: Contest) -> Application:
    """Send one more application."""
    return world.application(contest, state=ApplicationState.SUBMITTED)


def address(name: str, application: Application, *more: object) -> str:
    """Return a page about the application."""
    return reverse(f"office:{name}", args=[application.contest.code, application.number, *more])


def soup_of(response: Any) -> BeautifulSoup:
    """Read a page that opened."""
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_the_queue_shows_who_waits_and_who_was_sent_back(office: Client, contest: Contest) -> None:
    sent = waiting(contest)
    back = world.application(contest, state=ApplicationState.RETURNED)
    late = world.application(contest, state=ApplicationState.RETURNED, mend_by="2020-01-01T00:00:00Z")
    world.application(contest)
    soup = soup_of(office.get(reverse("office:checks", args=[contest.code])))
    tables = [[one.get_text(strip=True) for one in table.select("tbody a")] for table in soup.select("table")]
    assert tables == [[sent.shown_number], [late.shown_number, back.shown_number]]
    assert len(soup.select(".badge.bad")) == 1


def test_an_empty_queue(office: Client, contest: Contest) -> None:
    text = soup_of(office.get(reverse("office:checks", args=[contest.code]))).get_text()
    assert "Все отправленные заявки проверены" in text


def test_the_machine_has_filled_the_checklist(office: Client, contest: Contest) -> None:
    application = waiting(contest)
    application.organisation.is_active = False
    application.organisation.save()
    soup = soup_of(office.get(address("check", application)))
    ticked = {str(one["name"]) for one in soup.select("input[type=checkbox][checked]")}
    assert ticked == set(TICKS) - {"met_signature", "met_eligible"}
    note = soup.select_one("input[name=note_eligible]")
    assert note is not None
    assert note["value"] == "Организация закрыта в реестре."
    assert "Школа наставников сельского района" in soup.get_text()


def test_one_check_leads_to_the_next(office: Client, contest: Contest) -> None:
    first, second = waiting(contest), waiting(contest)
    data = {**TICKS, **NOTES, "outcome": "conforms", "comment": ""}
    response = office.post(address("check", first), data)
    assert response["Location"] == address("check", second)
    response = office.post(address("check", second), data, follow=True)
    assert response.redirect_chain[-1][0] == reverse("office:checks", args=[contest.code])
    assert (
        f"{second.shown_number}: соответствует требованиям. Письмо отправлено." in response.content.decode()
    )
    assert [one.state for one in contest.applications.all()] == [ApplicationState.ADMITTED] * 2
    assert Letter.objects.count() == 2


def test_an_application_goes_back_till_an_exact_moscow_time(office: Client, contest: Contest) -> None:
    application = waiting(contest)
    ticks = {key: value for key, value in TICKS.items() if key != "met_form"}
    data = {**ticks, **NOTES, "note_form": "Нет поля 8.", "outcome": "mend", "comment": ""}
    office.post(address("check", application), {**data, "mend_by_0": "2099-11-26", "mend_by_1": "17:00"})
    check = FormalCheck.objects.get()
    assert check.mend_by is not None
    assert check.mend_by.isoformat() == "2099-11-26T14:00:00+00:00"
    assert [(row["code"], row["note"]) for row in check.checklist if not row["is_met"]] == [
        ("form", "Нет поля 8.")
    ]


@pytest.mark.parametrize(
    ("given", "target", "text"),
    [
        ({}, "#id_outcome", "Выберите ответ в поле «Исход»."),
        ({"outcome": "mend"}, "#id_mend_by", "Укажите, до какого дня и часа исправить заявку."),
        (
            {"outcome": "mend", "mend_by_0": "2020-01-01", "mend_by_1": "10:00"},
            "#id_mend_by",
            "Срок исправления уже прошёл. Укажите день и час в будущем.",
        ),
        (
            {"outcome": "mend", "mend_by_0": "2099-01-01"},
            "#id_mend_by",
            "Введите в поле «Исправить до» часы и минуты, например 17:00.",
        ),
        (
            {"outcome": "refused"},
            "#id_comment",
            "Напишите, почему заявка не допущена: это прочтёт заявитель.",
        ),
        (
            {"outcome": "conforms"},
            "#id_outcome",
            "Не выполнено требований: 7. Выберите другой исход или поставьте отметки.",
        ),
    ],
)
def test_a_mistake_stands_at_its_field_and_nothing_typed_is_lost(
    office: Client, contest: Contest, given: dict[str, str], target: str, text: str
) -> None:
    application = waiting(contest)
    response = office.post(address("check", application), {**NOTES, "note_form": "Нет поля 8.", **given})
    soup = soup_of(response)
    assert [(one["href"], one.get_text()) for one in soup.select(".errors a")] == [(target, text)]
    note = soup.select_one("input[name=note_form]")
    assert note is not None
    assert note["value"] == "Нет поля 8."
    assert FormalCheck.objects.count() == 0


def test_the_check_and_its_letter_stay_on_the_page_of_the_application(
    office: Client, contest: Contest
) -> None:
    application = waiting(contest)
    data = {**NOTES, "note_form": "Нет поля 8.", "outcome": "minor", "comment": "Исправьте в отчёте."}
    office.post(address("check", application), data)
    soup = soup_of(office.get(address("application", application)))
    text = " ".join(soup.get_text(" ").split())
    assert "Есть недочёты, допущена" in text
    assert "Форма заполнена полностью: Нет поля 8." in text
    assert "Провести техническую экспертизу заявки" in text
    check = FormalCheck.objects.get()
    letter = office.get(address("application_letter", application, check.pk))
    assert (letter["Content-Type"], letter.content[:4]) == ("application/pdf", b"%PDF")
    assert office.get(address("check", application))["Location"] == address("application", application)


def test_files_open_from_the_check(office: Client, contest: Contest, at: Any) -> None:
    application = waiting(contest)
    file = files.keep(b"%PDF-1.7\n", name="план.pdf", media_type="application/pdf", at=at)
    one = Attachment.objects.create(
        application=application, file=file, added_at=at, added_by=application.created_by
    )
    url = address("application_file", application, one.pk)
    assert soup_of(office.get(address("check", application))).select_one(f'a[href="{url}"]') is not None
    assert office.get(url).content == b"%PDF-1.7\n"
    Attachment.objects.update(removed_at=at)
    assert office.get(url).status_code == 404


def test_an_approver_may_look_but_not_decide(contest: Contest) -> None:
    application = waiting(contest)
    near = world.organisation(municipality=contest.organiser.municipality)
    client = world.signed_in(world.member(near, Role.APPROVER))
    session = client.session
    session[KEY] = True
    session.save()
    assert client.get(address("check", application))["Location"] == address("application", application)
    assert FormalCheck.objects.count() == 0


def test_no_check_once_experts_read(office: Client) -> None:
    contest = world.contest(ContestState.EXPERTISE)
    stranger = world.application(contest, state=ApplicationState.SUBMITTED)
    assert office.get(address("check", stranger)).status_code == 404


def test_the_check_costs_the_same_whatever_waits(office: Client, contest: Contest) -> None:
    application = waiting(contest)
    counts = []
    for more in (0, 3):
        for _ in range(more):
            waiting(contest)
        with CaptureQueriesContext(connection) as caught:
            soup_of(office.get(address("check", application)))
        counts.append(len(caught))
    assert counts[0] == counts[1] <= 20
