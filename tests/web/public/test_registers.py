"""The public register: found as people type, no personal data, light pages, constant queries."""

import gzip
from datetime import date
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.network.models import EndingGround, Status, StatusEvent, StatusKind
from innoset.network.states import StatusState
from tests import world

pytestmark = pytest.mark.django_db
WEIGHT = 60 * 1024


def status(where: Any, code: Any = "kip", theme: Any = "Школа наставников", **fields: Any) -> Any:
    given = {
        "kind": StatusKind.objects.get(code=code),
        "order": world.order(),
        "starts_on": date(2025, 1, 1),
        "ends_on": date(2030, 12, 31),
        "created_at": world.AT,
    }
    return Status.objects.create(organisation=where, theme=theme, **{**given, **fields})


def text_of(client: Client, address: Any) -> Any:
    answer = client.get(address)
    assert answer.status_code == 200
    assert len(answer.content) <= WEIGHT
    return answer.content.decode()


def test_an_empty_register_says_so(client: Client) -> None:
    assert "Организаций пока нет" in text_of(client, "/organisations/")
    assert "Статусов пока нет" in text_of(client, "/statuses/")


@pytest.mark.parametrize("page", ["/organisations/", "/statuses/"])
def test_queries_do_not_grow_with_the_rows(client: Client, page: Any) -> None:
    counts = []
    for many in (1, 2):
        for _ in range(many):
            place = world.organisation()
            status(place)
            status(place, "mip")
        with CaptureQueriesContext(connection) as asked:
            client.get(page)
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 15


def test_pages_stay_light_with_many_rows(client: Client) -> None:
    for number in range(120):
        status(world.organisation(f"МБОУ СОШ № {number} станицы Заречной"))
    for page in ("/organisations/", "/statuses/", "/statuses/?page=2"):
        text = text_of(client, page)
        assert len(gzip.compress(text.encode())) <= 15 * 1024


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", {"Сад «Ёлочка»", "Гимназия № 3"}),
        ("q=елочка", {"Сад «Ёлочка»"}),
        ("q=ЁЛОЧКА+сад", {"Сад «Ёлочка»"}),
        ("q=кущевский", {"Гимназия № 3"}),
        ("kind=kindergarten", {"Сад «Ёлочка»"}),
        ("status=kip", {"Гимназия № 3"}),
        ("q=ничего", set()),
        ("municipality=x&kind=x&status=x&page=99", {"Сад «Ёлочка»", "Гимназия № 3"}),
    ],
)
def test_organisations_are_found_as_people_type(client: Client, query: Any, found: Any) -> None:
    world.organisation("Сад «Ёлочка»", kind="kindergarten")
    school = world.organisation("Гимназия № 3", municipality=world.municipality("Кущёвский район"))
    status(school)
    world.organisation("Закрытая школа", is_active=False)
    world.organisation("Непроверенная школа", is_verified=False)
    text = text_of(client, f"/organisations/?{query}")
    names = ("Сад «Ёлочка»", "Гимназия № 3", "Закрытая школа", "Непроверенная школа")
    assert {name for name in names if f">{name}</a>" in text} == found


@pytest.mark.parametrize(
    ("query", "themes"),
    [
        ("", {"Ныне", "Давно", "Срок вышел", "Прекращён"}),
        ("state=current", {"Ныне"}),
        ("state=over", {"Срок вышел"}),
        ("state=completed", {"Давно"}),
        ("state=terminated", {"Прекращён"}),
        ("kind=mip", {"Давно"}),
        ("year=2019", {"Давно", "Срок вышел"}),
        ("q=прекращен", {"Прекращён"}),
        ("year=ерунда&state=ерунда", {"Ныне", "Давно", "Срок вышел", "Прекращён"}),
    ],
)
def test_statuses_are_found_by_state_kind_year_and_words(client: Client, query: Any, themes: Any) -> None:
    school = world.organisation("Школа")
    old = {"starts_on": date(2019, 1, 1), "ends_on": date(2021, 12, 31)}
    status(school, theme="Ныне")
    status(school, "mip", "Давно", state=StatusState.COMPLETED, ended_on=date(2021, 12, 31), **old)
    status(school, theme="Срок вышел", **old)
    ground = EndingGround.objects.get(code="no-report")
    status(school, theme="Прекращён", state=StatusState.TERMINATED, ended_on=date(2026, 1, 1), ground=ground)
    text = text_of(client, f"/statuses/?{query}")
    assert {
        theme for theme in ("Ныне", "Давно", "Срок вышел", "Прекращён") if f"<br>{theme}</div></td>" in text
    } == themes


def test_levels_are_counted_without_counting_twice(client: Client) -> None:
    school = world.organisation()
    status(school, theme="Одна")
    status(school, theme="Другая")
    text = text_of(client, "/statuses/")
    assert "Краевой уровень" in text
    assert "1\u00a0организация" in text or "1 организация" in text


def test_the_card_tells_the_history_and_no_personal_data(client: Client) -> None:
    school = world.organisation(
        "МБОУ СОШ № 7",
        number="23-0147",
        head_name="Берёзкина Ольга Викторовна",
        head_position="Директор",
        phone="8 (86157) 0-00-00",
    )
    ended = status(
        school, state=StatusState.TERMINATED, ended_on=date(2026, 1, 1),
        ground=EndingGround.objects.get(code="no-report"),
    )  # fmt: skip
    person = world.person("Тайная Мария Павловна")
    for on, event in ((date(2025, 1, 1), "Присвоен"), (date(2026, 1, 1), "Прекращён досрочно")):
        StatusEvent.objects.create(status=ended, on=on, event=event, by=person)
    world.membership(person, school)
    text = text_of(client, "/organisations/23-0147/")
    for words in ("МБОУ СОШ № 7", "Школа наставников", "Прекращён досрочно", "8 (86157) 0-00-00", "История"):
        assert words in text
    for secret in ("Берёзкина", "Тайная", person.email):
        assert secret not in text


def test_what_is_not_public_is_not_there(client: Client) -> None:
    world.organisation(number="23-0001", is_verified=False)
    assert client.get("/organisations/23-0001/").status_code == 404
    assert client.get("/organisations/23-0404/").status_code == 404


def test_a_closed_one_keeps_its_history(client: Client) -> None:
    world.organisation(number="23-0002", is_active=False)
    assert "больше не входит в сеть" in text_of(client, "/organisations/23-0002/")
