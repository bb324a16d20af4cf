"""Pages of records of dissemination: the cabinet writes, the office confirms, strangers see nothing."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.network.models import Dissemination
from innoset.network.states import Role
from tests import world

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + b"0" * 99


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


@pytest.fixture
def school() -> Any:
    return world.organisation("Школа № 5", municipality=world.municipality("Лесной район"))


@pytest.fixture
def cabinet(school: Any) -> Client:
    return world.signed_in(world.member(school, Role.HEAD))


@pytest.fixture
def coordinator(school: Any) -> Client:
    service = world.organisation("ТМС", municipality=school.municipality)
    return world.signed_in(world.member(service, Role.COORDINATOR))


def given(school: Any, **fields: Any) -> dict[str, Any]:
    return {
        "organisation": school.pk, "kind": "seminar", "title": "Семинар о чтении", "on": "2026-05-14",
        "reach": "regional", "people": "45", "place": "Лесной", **fields,
    }  # fmt: skip


def test_the_cabinet_writes_and_the_office_confirms(
    cabinet: Client, coordinator: Client, school: Any
) -> None:
    page = text_of(cabinet.post("/cabinet/dissemination/new/", given(school, title="", people="-1")))
    assert ("Заполните поле «Название»" in page, 'value="Лесной"' in page) == (True, True)
    assert cabinet.post("/cabinet/dissemination/new/", given(school)).status_code == 302
    made = Dissemination.objects.get()
    here = f"/cabinet/dissemination/{made.pk}/"
    assert "Нет подтверждения" in text_of(cabinet.get("/cabinet/dissemination/"))
    there = f"/office/dissemination/{made.pk}/"
    coordinator.post(f"{there}confirm/")
    assert Dissemination.objects.get().confirmed_at is None
    bad = cabinet.post(here, given(school, file=SimpleUploadedFile("a.exe", b"MZ" + b"0" * 99)))
    assert "a.exe" in text_of(bad)
    cabinet.post(here, given(school, title="Семинар", file=SimpleUploadedFile("Программа.pdf", PDF)))
    assert "Ждёт проверки" in text_of(coordinator.get("/office/dissemination/?municipality=&confirmed=no"))
    assert coordinator.get(f"{there}file/").content == PDF
    coordinator.post(f"{there}confirm/")
    assert "Снять подтверждение" in text_of(coordinator.get(there))
    assert "Запись уже подтверждена" in text_of(cabinet.post(here, given(school)))
    cabinet.post(f"{here}remove/")
    coordinator.post(f"{there}reopen/")
    made = Dissemination.objects.get()
    assert (made.title, made.people, made.confirmed_at) == ("Семинар", 45, None)
    cabinet.post(f"{here}remove/")
    assert list(Dissemination.objects.all()) == []


def test_strangers_see_nothing(cabinet: Client, school: Any) -> None:
    cabinet.post("/cabinet/dissemination/new/", given(school))
    made = Dissemination.objects.get()
    stranger = world.signed_in(world.member(world.organisation(), Role.COORDINATOR))
    for address in (f"/cabinet/dissemination/{made.pk}/", f"/office/dissemination/{made.pk}/"):
        assert (stranger.get(address).status_code, stranger.get(f"{address}file/").status_code) == (404, 404)
    for address in ("cabinet", "office"):
        assert "Семинар о чтении" not in text_of(stranger.get(f"/{address}/dissemination/"))
    page = text_of(stranger.post("/cabinet/dissemination/new/", given(school)))
    assert "выберите свою организацию" in page
    for deed in ("confirm", "reopen"):
        assert stranger.post(f"/office/dissemination/{made.pk}/{deed}/").status_code == 404


def test_what_is_taken_away_and_how_it_is_searched(cabinet: Client, coordinator: Client, school: Any) -> None:
    from python_calamine import CalamineWorkbook  # slow to load

    cabinet.post("/cabinet/dissemination/new/", given(school))
    cabinet.post(
        "/cabinet/dissemination/new/", given(school, kind="product", title="Пособие", on="2025-03-01")
    )
    found = {}
    for query in (
        "",
        "?q=ЧТЕНИИ",
        "?kind=product",
        "?since=2026-01-01",
        "?until=2025-12-31",
        "?confirmed=yes",
    ):
        for address in ("/cabinet/dissemination/list.xlsx", "/office/dissemination/list.xlsx"):
            book = coordinator if address.startswith("/office") else cabinet
            data = io.BytesIO(book.get(address + query).content)
            rows = CalamineWorkbook.from_filelike(data).get_sheet_by_index(0).to_python()
            found.setdefault(query, []).append([row[3] for row in rows[1:]])
    assert found == {
        "": [["Семинар о чтении", "Пособие"]] * 2,
        "?q=ЧТЕНИИ": [["Семинар о чтении"]] * 2,
        "?kind=product": [["Пособие"]] * 2,
        "?since=2026-01-01": [["Семинар о чтении"]] * 2,
        "?until=2025-12-31": [["Пособие"]] * 2,
        "?confirmed=yes": [[]] * 2,
    }


def test_a_longer_list_asks_no_more(cabinet: Client, coordinator: Client, school: Any) -> None:
    def asked() -> list[int]:
        counts = []
        for client, address in (
            (cabinet, "/cabinet/dissemination/"),
            (coordinator, "/office/dissemination/"),
        ):
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
        return counts

    def fill(*days: int) -> None:
        for day in days:
            Dissemination.objects.create(
                organisation=school,
                kind="seminar",
                title="Семинар",
                on=date(2026, 5, day),
                recorded_at=world.AT,
            )

    fill(1)
    asked()
    one = asked()
    fill(2, 3, 4)
    assert asked() == one
