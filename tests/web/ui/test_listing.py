"""Lists: filter, sorting, pages, and what is shown when there is nothing."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.paginator import Paginator
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.accounts.models import User
from innoset.web.ui.listing import pages_around

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.ui.pages")]
NAMES = ("Алова", "Бродов", "Вешняк", "Громов", "Дымова")


@pytest.fixture(autouse=True)
def people(client: Client) -> None:
    for place, name in enumerate(NAMES):
        User.objects.create_user(
            f"p{place}@example.test", last_name=name, first_name="Анна", position="учитель"
        )
    client.force_login(User.objects.get(last_name="Алова"))


def page_of(client: Client, query: str = "") -> BeautifulSoup:
    return BeautifulSoup(client.get(f"/list/{query}").content, "html.parser")


def names(page: BeautifulSoup) -> list[str]:
    return [cell.get_text() for cell in page.select("td[data-label=Фамилия]")]


def one(page: BeautifulSoup, selector: str) -> Tag:
    found = page.select_one(selector)
    assert found is not None, selector
    return found


def test_pages_never_overlap_even_when_the_sorting_ties(client: Client) -> None:
    seen = [name for number in (1, 2, 3) for name in names(page_of(client, f"?page={number}&sort=position"))]
    assert sorted(seen) == list(NAMES)


def test_list_says_how_many_and_where_one_is(client: Client) -> None:
    page = page_of(client, "?page=2")
    assert one(page, ".count").get_text() == "5 человек, показаны 3–4"
    assert one(page, ".pagination [aria-current=page]").get_text() == "Страница 2"
    assert one(page, ".pagination a[rel=next]")["href"] == "?page=3"


def test_page_that_does_not_exist_is_the_last_one(client: Client) -> None:
    assert one(page_of(client, "?page=99"), ".count").get_text() == "5 человек, показаны 5–5"
    assert one(page_of(client, "?page=пять"), ".count").get_text() == "5 человек, показаны 1–2"


def test_heading_sorts_and_says_so(client: Client) -> None:
    page = page_of(client, "?sort=-last_name&page=2&word=о")
    head = one(page, "th[aria-sort]")
    assert (head["aria-sort"], head.get_text(strip=True)) == ("descending", "Фамилия")
    assert one(page, "th[aria-sort] a")["href"] == "?sort=last_name&word=%D0%BE"
    assert names(page_of(client, "?sort=-last_name")) == ["Дымова", "Громов"]


def test_filter_narrows_the_list_and_can_be_dropped(client: Client) -> None:
    page = page_of(client, "?word=ром")
    assert names(page) == ["Громов"]
    assert one(page, ".count").get_text() == "1 человек"
    assert one(page, "#id_word")["value"] == "ром"
    assert [link.get_text() for link in page.select(".filters a")] == ["Сбросить"]


def test_nothing_found_offers_a_way_out(client: Client) -> None:
    page = page_of(client, "?word=Нетакой")
    assert one(page, ".empty h2").get_text() == "Ничего не нашлось"
    assert one(page, ".empty a")["href"] == "?"
    assert page.select("table") == []


def test_ticks_belong_to_the_bar_under_the_list(client: Client) -> None:
    box = one(page_of(client), "td.tick input")
    assert (box["name"], box["value"], box["form"]) == ("chosen", "p0@example.test", "bulk")
    assert box["aria-label"] == "Выбрать: Алова Анна"


def test_minor_columns_leave_phones(client: Client) -> None:
    assert [cell["class"] for cell in page_of(client).select("td[data-label=Должность]")] == [
        ["low"],
        ["low"],
    ]


def test_queries_do_not_grow_with_rows(client: Client) -> None:
    client.get("/list/")
    with CaptureQueriesContext(connection) as one_row:
        client.get("/list/?word=ром")
    with CaptureQueriesContext(connection) as two_rows:
        client.get("/list/")
    about_people = [query["sql"] for query in two_rows if 'FROM "accounts_user"' in query["sql"]]
    assert len(two_rows) == len(one_row)
    assert len(about_people) == 3  # the one who looks, how many there are, and the page


def test_list_without_a_table_is_ordered_all_the_same(client: Client) -> None:
    assert client.get("/cards/").content.decode() == "Алова, Бродов, Вешняк"
    assert client.get("/cards/?page=2").content.decode() == "Громов, Дымова"


def test_gaps_between_page_numbers() -> None:

    page = Paginator(range(100), 5).page(10)
    assert list(pages_around(page)) == [1, None, 8, 9, 10, 11, 12, None, 20]
