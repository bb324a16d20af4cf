"""The cabinet of a municipality, the operator's cockpit, what is late, and winners that go up."""

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innoset.contests.actions import advancements
from innoset.contests.models import Advancement
from innoset.exchange.pure.reading import read_table
from innoset.foundation.notify.models import Message
from innoset.network.models import Agreement
from innoset.network.states import AgreementState, Role
from innoset.projects.models import Report, ReportNudge
from innoset.web.office.network_rows import rows_for, summary_of
from innoset.web.office.place_parts import PARTS
from tests import world
from tests.contracts.tenants import AT, DAY, Centre, Tenant, region

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> tuple[Centre, list[Tenant]]:
    """Two municipalities under one centre; today is any day, so terms are moved by the test."""
    return region(2)


def main_of(response: Any) -> BeautifulSoup:
    found = BeautifulSoup(response.content, "html.parser").find("main")
    assert found is not None, response.status_code
    return found


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", main_of(response).get_text(" ")).strip()


def test_a_coordinator_comes_home_to_the_municipality(scene: Any) -> None:
    (_, (mine, other)) = scene
    client = world.signed_in(mine.people["coordinator"])
    page = client.get("/office/place/")
    text = words(page)
    assert "Район 01 Кабинет" in text or "Кабинет вашего муниципалитета Район 01" in text
    stats = [one.get_text(" ").strip() for one in main_of(page).select(".stat")]
    assert [re.sub(r"\s+", " ", one) for one in stats] == [
        "1 статусы в силе",
        "1 организации со статусом",
        "1 из 1 школы со статусом",
        "1 из 1 просроченные отчёты из ожидаемых",
    ]
    matters = [one.get_text(" ", strip=True) for one in main_of(page).select(".tasklist li a")]
    assert matters == [
        "Просроченные отчёты",
        "Просроченные поручения",
        "Заявления на подключение",
        "Выдвинуты, но не переданы",
        "Новые сообщения",
    ]
    assert "Нет действующего соглашения" in text
    assert client.get(f"/office/place/?place={other.place.oktmo}").status_code == 404
    assert client.get("/accounts/login/", follow=True).redirect_chain[-1][0] in {"/office/place/", "/"}


@pytest.mark.parametrize("part", [*PARTS, "advancements"])
def test_a_section_shows_ones_own_and_nothing_of_the_neighbour(part: str, scene: Any) -> None:
    (_, (mine, _)) = scene
    text = world.signed_in(mine.people["coordinator"]).get(f"/office/place/{part}/").content.decode()
    shown = {
        "organisations": "Школа 01",
        "people": "knrperson01",
        "projects": "Школа наставников сельского района",
        "statuses": "МИП: Наставники",
        "reports": "Просрочен",
        "events": "knrevent01",
        "advancements": "Передать",
    }
    assert shown[part] in text
    assert (re.findall(r"knr[a-z]+02", text), "Школа 02" in text) == ([], False)


def test_who_has_no_municipality_has_no_cabinet(scene: Any) -> None:
    above, (mine, _) = scene
    refused = {
        role: world.signed_in(person).get("/office/place/").status_code
        for role, person in {**mine.people, **above.people}.items()
    }
    assert refused == {
        "coordinator": 200, "methodist": 200, "expert": 404, "observer": 404, "head": 404, "editor": 404,
        "tutor": 404, "organiser": 404, "approver": 404,
    }  # fmt: skip
    client = world.signed_in(above.people["organiser"])
    assert client.get(f"/office/place/?place={mine.place.oktmo}").status_code == 200
    assert client.get("/office/place/nothing/").status_code == 404


def test_a_cabinet_asks_as_much_of_many_schools_as_of_one(scene: Any) -> None:
    (_, (mine, _)) = scene
    client, many = world.signed_in(mine.people["coordinator"]), []
    for _ in range(2):
        client.get("/office/place/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/office/place/organisations/")
        many.append(len(asked))
        for _ in range(3):
            world.organisation(municipality=mine.place)
    assert many[0] == many[1]


def test_the_cockpit_puts_first_whoever_has_most_to_mend(scene: Any) -> None:
    above, (first, second) = scene
    Agreement.objects.create(
        municipality=first.place, organisation=above.organisation, partner=first.service, number="7",
        state=AgreementState.SIGNED, signed_on=DAY - timedelta(days=30), ends_on=DAY + timedelta(days=400),
        created_by=above.people["organiser"],
    )  # fmt: skip
    Report.objects.filter(organisation=first.school).update(due_on=DAY + timedelta(days=20))
    rows = {row.place: row for row in rows_for(above.people["organiser"], at=AT)}
    told = {one.number: (rows[one.place].needs, rows[one.place].cells()[2:9]) for one in (first, second)}
    ends = f"{DAY + timedelta(days=400):%d.%m.%Y}"
    assert told == {
        1: (frozenset({"errands"}), ("1", "1", "0", ends, "0", "1", "1")),
        2: (frozenset({"late", "agreement", "errands"}), ("1", "1", "1", "нет", "0", "1", "1")),
    }
    assert rows[first.place].who == "knrperson01 Вера Петровна"
    assert next(iter(rows)) == second.place
    assert (
        summary_of(list(rows.values()))
        == f"Внимания требуют: {len(rows)} муниципалитета из {len(rows)}. Просрочено: 1 отчёт."
        or len(rows) != 4
    )


def test_the_cockpit_is_filtered_and_taken_away(scene: Any) -> None:
    above, (first, second) = scene
    client = world.signed_in(above.people["organiser"])
    Report.objects.filter(organisation=first.school).update(due_on=DAY + timedelta(days=4000))
    text = words(client.get("/office/network/", {"need": "late"}))
    assert ("Район 02" in text, "Район 01" in text) == (True, False)
    taken = client.get("/office/network/municipalities.xlsx", {"need": "late"})
    rows = read_table(taken.content)
    assert (rows[0][0], [row[0] for row in rows[1:]]) == ("Муниципалитет", ["Район 02"])
    assert "Ничего не нашлось" in words(client.get("/office/network/", {"need": "whatever"}))
    for person in (first.people["coordinator"], second.people["methodist"], first.people["head"]):
        other = world.signed_in(person)
        assert [other.get(f"/office/network/{end}").status_code for end in ("", "municipalities.xlsx")] == [
            404,
            404,
        ]


def test_one_button_reminds_of_all_that_is_ticked_and_of_no_other(scene: Any) -> None:
    above, (mine, other) = scene
    client = world.signed_in(mine.people["coordinator"])
    page = client.get("/office/overdue/")
    ticks = [one["value"] for one in main_of(page).select("input[name=report]")]
    assert (ticks, "knrhead01" in words(page)) == (["r-01"], True)
    said = client.post("/office/overdue/", {"report": ["r-01", "r-02"]}, follow=True)
    assert "Напоминание ушло: 1 организация." in words(said)
    assert list(ReportNudge.objects.values_list("report__number", flat=True)) == ["r-01"]
    told = Message.objects.filter(notice="projects.report_nudged")
    assert {one.recipient for one in told} == {mine.people["head"]}
    again = words(client.post("/office/overdue/", {"report": ["r-01"]}, follow=True))
    assert "Не ушло: 1." in again
    assert "Отметьте хотя бы один отчёт" in words(client.post("/office/overdue/", {}, follow=True))
    everything = main_of(world.signed_in(above.people["organiser"]).get("/office/overdue/"))
    assert [one["value"] for one in everything.select("input[name=report]")] == ["r-01", "r-02"]
    assert other.number == 2


def test_a_winner_goes_up_by_its_pages(scene: Any) -> None:
    above, (mine, _) = scene
    one = Advancement.objects.get(application__organisation=mine.school)
    below = world.signed_in(mine.people["coordinator"])
    upper = world.signed_in(above.people["organiser"])
    here = f"/office/advancements/{one.pk}/"
    # The school has a draft of its own in the contest above: it is in the way of the winner.
    refused = below.post(f"{here}release/", follow=True)
    assert "У вашей организации уже есть заявка на этот конкурс." in words(refused)
    one.contest.applications.all().delete()
    assert upper.get(here).status_code == 404
    assert "Работа передана" in words(
        below.post(
            f"{here}release/", HTTP_REFERER="http://testserver/office/place/advancements/", follow=True
        )
    )
    shown = words(upper.get(here))
    assert "knrforward01" in shown
    assert "Школа наставников сельского района" in shown
    refused = upper.post(here, {"reason": ""})
    assert "Заполните поле «Почему не берёте»." in words(refused)
    assert "начата. Школа получила уведомление." in words(upper.post(f"{here}accept/", follow=True))
    assert "Принята, заявка начата Черновик" in words(below.get("/office/place/advancements/"))


def test_a_winner_is_put_forward_by_a_form(scene: Any) -> None:
    above, (mine, _) = scene
    Advancement.objects.all().delete()
    above.upper.applications.all().delete()
    number = mine.keys["application"][1]
    client, here = world.signed_in(mine.people["coordinator"]), f"/office/place/advancements/{number}/"
    assert "Выберите ответ в поле «Краевой конкурс»." in words(client.post(here, {"reason": "Лучшая"}))
    said = words(client.post(here, {"contest": above.upper.pk, "reason": "Лучшая"}, follow=True))
    assert "Пока вы её не передадите, на краевом уровне её не видно." in said
    made = Advancement.objects.get()
    assert (made.reason, made.proposed_by) == ("Лучшая", mine.people["coordinator"])
    stranger = world.signed_in(world.member(world.organisation(), Role.COORDINATOR))
    assert stranger.get(here).status_code == 404
    advancements.withdraw(made, by=mine.people["coordinator"], at=AT)
    assert "Выдвинуть снова" in words(client.get("/office/place/advancements/"))
