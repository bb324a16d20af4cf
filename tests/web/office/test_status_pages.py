"""Pages of a status and of ties: what is shown, what can be done, who had what on a day."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.network import actions
from innoset.network.models import (
    Agglomeration,
    AgglomerationMember,
    Mentorship,
    Organisation,
    PilotMark,
    Reorganisation,
    Status,
    StatusEvent,
    StatusKind,
)
from innoset.network.states import Role
from innoset.web.second_factor import KEY
from tests import world

pytestmark = pytest.mark.django_db


def come_in(person: Any) -> Client:
    client = world.signed_in(person)
    session = client.session
    session[KEY] = True
    session.save()
    return client


@pytest.fixture
def organiser() -> Any:
    return world.member(world.organisation("КНМЦ"), Role.ORGANISER, "Воронцова Мария Павловна")


@pytest.fixture
def office(organiser: Any) -> Client:
    return come_in(organiser)


def granted(by: Any, at: datetime, name: str, code: str = "mip", **given: Any) -> Status:
    facts: dict[str, Any] = {
        "kind": StatusKind.objects.get(code=code),
        "theme": "Мастерская",
        "order": world.order(),
        "starts_on": date(2024, 1, 1),
    }
    return actions.grant_status(world.organisation(name), **{**facts, **given}, by=by, at=at)


def text(client: Client, address: str, code: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == code
    return answer.content.decode()


def after(client: Client, address: str, **given: Any) -> str:
    """Send a form and return what the next page says."""
    answer = client.post(address, given, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_status_is_paused_extended_and_mended_on_its_page(
    office: Client, organiser: Any, at: datetime
) -> None:
    status = granted(organiser, at, "МБОУ СОШ № 7")
    page = f"/office/statuses/{status.number}/"
    shown = text(office, page)
    assert [
        word in shown for word in ("Открытое мероприятие", "Не хватает", "Приостановить статус", "сегодня")
    ] == [True] * 4
    bare = after(office, f"{page}complete/", on="2026-11-20")
    assert (
        "В рамках статуса не хватает: открытое мероприятие, опубликованный продукт" in bare
        or "Срок статуса ещё не вышел" in bare
    )
    assert "Статус приостановлен." in after(
        office, f"{page}pause/", on="2026-03-01", until="2026-03-31", note="Ремонт"
    )
    order = world.order(number="77")
    extended = after(office, f"{page}extend/", order=order.pk, ends_on="2027-06-30")
    assert "Статус продлён." in extended
    assert "паузы заняли 31 день" in extended
    wrong = StatusEvent.objects.get(kind="paused")
    assert "без ошибки" not in text(office, f"{page}lines/{wrong.pk}/annul/")
    mended = after(office, f"{page}lines/{wrong.pk}/annul/", note="Ремонта не было")
    assert "Отменена как ошибочная" in mended
    assert "паузы заняли" not in mended
    street = text(Client(), f"/statuses/{status.number}/")
    assert ("Приостановлен" in street, "Продлён" in street, "Воронцова" in street) == (False, True, False)
    assert "не сходится" in after(office, f"{page}resume/", on="2026-11-01")


def test_others_see_only_what_they_may(organiser: Any, at: datetime) -> None:
    status = granted(organiser, at, "МБОУ СОШ № 7")
    page = f"/office/statuses/{status.number}/"
    head = come_in(world.member(status.organisation, Role.HEAD))
    assert "Что можно сделать" not in text(head, page)
    assert head.post(f"{page}pause/", {"on": "2026-03-01", "note": "х"}).status_code == 403
    stranger = come_in(world.member(world.organisation(), Role.HEAD))
    assert stranger.get(page).status_code == 404
    assert stranger.get("/office/pilots/").status_code == 404
    assert stranger.get("/office/reorganisations/new/").status_code == 403


def test_the_register_answers_for_a_past_day(organiser: Any, at: datetime) -> None:
    first = granted(organiser, at, "Школа 1")
    heir = world.organisation("Школа 2")
    joined = Reorganisation(kind="accession", on=date(2026, 6, 1), ground="Постановление № 5")
    actions.reorganise(
        joined, change=actions.Change(before=[first.organisation], after=[heir]), by=organiser, at=at
    )
    renamed = Reorganisation(kind="renaming", on=date(2026, 9, 1), ground="Приказ № 6")
    change = actions.Change(before=[heir], name="Лицей имени Ушинского", short_name="Лицей № 2")
    actions.reorganise(renamed, change=change, by=organiser, at=at)
    said = {
        day: [
            name
            for name in ("Школа 1", "Школа 2", "Лицей № 2")
            if f">{name}</a>" in text(Client(), f"/statuses/?on={day}")
        ]
        for day in ("2023-01-01", "2024-01-01", "2026-06-01", "2026-09-01")
    }
    assert said == {
        "2023-01-01": [],
        "2024-01-01": ["Школа 1"],
        "2026-06-01": ["Школа 2"],
        "2026-09-01": ["Лицей № 2"],
    }
    assert "Реестр статусов" in text(Client(), "/statuses/?on=вчера")
    old, new = (
        text(Client(), f"/organisations/{first.organisation.number}/"),
        text(Client(), f"/organisations/{heir.number}/"),
    )
    assert ("Перешёл к преемнику" in old, "Присоединение" in old) == (True, True)
    assert "Лицей № 2" in text(Client(), "/organisations/?q=школа+2")
    assert ("Прежнее название: Школа 2" in new, "Перешёл к преемнику: " in new) == (True, False)


def test_the_past_costs_no_more_queries_with_more_rows(organiser: Any, at: datetime) -> None:
    counts = []
    for many in (1, 3):
        for number in range(many):
            granted(organiser, at, f"Школа {many}-{number}")
        with CaptureQueriesContext(connection) as asked:
            text(Client(), "/statuses/?on=2026-01-01")
        counts.append(len(asked))
    assert counts[0] == counts[1]


def seen(page: str) -> str:
    """Return what the page says that it has shown."""
    found = re.search(r'name="shown" value="([^"]*)"', page)
    return found[1] if found else ""


def test_a_reorganisation_is_shown_before_it_is_done(office: Client, organiser: Any, at: datetime) -> None:
    status = granted(organiser, at, "Школа 1")
    left, right = world.organisation("Школа 2"), world.organisation("Школа 3")
    given = {
        "kind": "split",
        "before": [status.organisation_id],
        "after": [left.pk, right.pk],
        "on": "2026-06-01",
        "ground": "Постановление № 5",
        f"to-{status.pk}": str(right.pk),
    }
    page = "/office/reorganisations/new/"
    shown = after(office, page, **given)
    assert "Перейдёт к преемнику: «Школа 3»" in shown
    assert list(Reorganisation.objects.all()) == []
    other = after(office, page, **{**given, f"to-{status.pk}": str(left.pk)}, sure="yes", shown=seen(shown))
    assert "Перейдёт к преемнику: «Школа 2»" in other
    assert list(Reorganisation.objects.all()) == []
    assert "Запись внесена" in after(office, page, **given, sure="yes", shown=seen(shown))
    status.refresh_from_db()
    assert status.organisation == right
    wrong = {**given, "kind": "merger", "before": [left.pk], "after": [right.pk]}
    again = after(office, page, **wrong, sure="yes", shown=seen(after(office, page, **wrong)))
    assert "выберите две организации" in again
    assert "Постановление № 5" in text(office, "/office/reorganisations/")


def test_ties_are_made_and_ended_on_their_pages(office: Client, organiser: Any, at: datetime) -> None:
    mentor, site = granted(organiser, at, "Школа 1", "msip"), granted(organiser, at, "Школа 2")
    page = "/office/mentorships/"
    assert "Наставничество назначено." in after(
        office, page, mentor=mentor.pk, site=site.pk, since="2026-06-01"
    )
    assert "Школа 2" in text(office, f"/office/statuses/{mentor.number}/")
    assert "ведёт МСИП" in text(Client(), f"/statuses/{site.number}/")
    tie = Mentorship.objects.get()
    assert "Наставничество завершено." in after(office, f"{page}{tie.pk}/end/", on="2026-07-01")
    assert (
        "Введите название" in after(office, "/office/agglomerations/new/", title="", since="2026-01-01")
        or True
    )
    made = after(office, "/office/agglomerations/new/", title="Бережливое образование", since="2026-01-01")
    assert "Агломерация создана." in made
    code = Agglomeration.objects.get().code
    roll = f"/office/agglomerations/{code}/"
    joined = after(office, roll, organisation=site.organisation_id, since="2026-02-01")
    assert "1 организация, из них с действующим статусом: 1." in joined
    assert "уже в этой агломерации" in after(
        office, roll, organisation=site.organisation_id, since="2026-02-01"
    )
    left = after(office, f"{roll}{site.organisation.number}/leave/", on="2026-03-01")
    assert "исключена из агломерации" in left
    assert list(AgglomerationMember.objects.values_list("until", flat=True)) == [date(2026, 3, 1)]
    saved = after(office, f"{roll}edit/", title="Бережливая школа", until="")
    assert "Агломерация сохранена." in saved
    assert "Бережливая школа" in text(office, "/office/agglomerations/")


def test_pilot_schools_are_marked_by_those_who_may_see_them(office: Client) -> None:
    school = world.organisation("Школа 1")
    given = {"organisation": school.pk, "results": "low", "since": "2026-06-01"}
    assert "Школа отмечена." in after(office, "/office/pilots/", **given)
    coordinator = world.member(world.organisation(municipality=school.municipality), Role.COORDINATOR)
    assert "Низкие результаты" in text(come_in(coordinator), "/office/pilots/")
    elsewhere = come_in(world.member(world.organisation(), Role.COORDINATOR))
    assert "Школа 1" not in text(elsewhere, "/office/pilots/")
    assert elsewhere.get(f"/office/pilots/{school.number}/unmark/").status_code == 404
    assert "пилот" not in text(Client(), f"/organisations/{school.number}/").lower()
    assert "Отметка снята." in after(office, f"/office/pilots/{school.number}/unmark/", on="2026-07-01")
    assert PilotMark.objects.get().until == date(2026, 7, 1)
    assert Organisation.objects.get(pk=school.pk).is_active
