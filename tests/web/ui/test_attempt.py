"""From a request to a deed and back, for plain browsers and for htmx."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.test import Client

from innoset.accounts.models import User

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.ui.pages")]
HTMX = {"HX-Request": "true"}


@pytest.fixture
def person(client: Client) -> User:
    user: User = User.objects.create_user("vetrova@example.test", last_name="Ветрова", first_name="Анна")
    client.force_login(user)
    return user


def said(answer: Any) -> list[tuple[str, str]]:
    return [(m.level_tag, m.message) for m in get_messages(answer.wsgi_request)]


def position(user: User) -> str:
    user.refresh_from_db()
    return user.position


def test_deed_is_done_said_and_followed_by_another_page(client: Client, person: User) -> None:
    answer = client.post("/edit/", {"position": "учитель"})
    assert (answer.status_code, answer["Location"]) == (302, "/list/")
    assert said(answer) == [("success", "Учитель, назначил ветрова")]
    assert position(person) == "учитель, назначил Ветрова"


def test_htmx_goes_on_by_a_header(client: Client, person: User) -> None:
    answer = client.post("/edit/", {"position": "учитель"}, headers=HTMX)
    assert (answer.status_code, answer["HX-Redirect"]) == (200, "/list/")
    assert position(person) == "учитель, назначил Ветрова"


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_refusal_lands_on_its_field_and_nothing_typed_is_lost(
    client: Client, person: User, headers: dict[str, str]
) -> None:
    answer = client.post("/edit/", {"position": "директор"}, headers=headers)
    page = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 200
    assert page.title.get_text() == "Ошибка: Назначение · Инносеть"  # type: ignore[union-attr]  # the page has a title
    link = page.select_one(".errors a")
    assert link is not None
    assert (link["href"], link.get_text()) == (
        "#id_position",
        "Директор уже есть. Назовите другую должность.",
    )
    box = page.select_one("#id_position")
    assert box is not None
    assert (box["value"], box["aria-invalid"], box["aria-describedby"]) == (
        "директор",
        "true",
        "id_position_error",
    )
    assert position(person) == ""


def test_refusal_of_an_unknown_field_stands_above_the_form(client: Client, person: User) -> None:
    page = BeautifulSoup(client.post("/edit/", {"position": "никто"}).content, "html.parser")
    assert [item.get_text() for item in page.select(".errors li")] == ["Так не бывает."]
    assert page.select(".errors a") == []


def test_stale_page_is_told_so(client: Client, person: User) -> None:
    page = BeautifulSoup(client.post("/edit/", {"position": "поздно"}).content, "html.parser")
    (item,) = page.select(".errors li")
    assert item.get_text().startswith("Пока страница была открыта, здесь что-то изменилось")


def test_mistake_is_shown_before_the_deed(client: Client, person: User) -> None:
    page = BeautifulSoup(client.post("/edit/", {"position": "у" * 25}).content, "html.parser")
    assert [item.get_text() for item in page.select(".errors li")] == [
        "Сократите поле «Должность» на 5 знаков: можно не больше 20 знаков."
    ]
    box = page.select_one("#id_position")
    assert box is not None
    assert (box["value"], box.get("maxlength")) == ("у" * 25, None)


def test_refusal_without_a_form_becomes_a_message_where_the_person_was(client: Client, person: User) -> None:
    answer = client.post(
        "/button/", {"position": "директор"}, headers={"referer": "http://testserver/list/?page=2"}
    )
    assert (answer.status_code, answer["Location"]) == (302, "http://testserver/list/?page=2")
    assert said(answer) == [("error", "Директор уже есть. Назовите другую должность.")]


def test_refusal_without_a_form_may_be_shown_on_a_page_of_its_own(client: Client, person: User) -> None:
    page = BeautifulSoup(client.post("/again/").content, "html.parser")
    (notice,) = page.select(".notice[role=alert]")
    assert notice.get_text(strip=True) == "Директор уже есть. Назовите другую должность."


def test_way_back_is_home_for_those_from_another_site(client: Client, person: User) -> None:
    answer = client.post("/button/", {"position": "учитель"}, headers={"referer": "https://example.test/"})
    assert (answer["Location"], said(answer)) == ("/", [("success", "Готово.")])


def test_one_who_may_not_gets_the_page_that_says_so(client: Client, person: User) -> None:
    answer = client.post("/button/", {"position": "чужой"})
    assert answer.status_code == 403
    assert "У вас нет доступа" in answer.content.decode()


def test_answer_of_a_callable_is_given_as_it_is(client: Client, person: User) -> None:
    assert client.post("/fragment/").content.decode() == "учитель, назначил Ветрова"
