"""Pages that say what went wrong, and what the templates show to whom."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.template import Context, Template
from django.test import Client, RequestFactory
from rules.permissions import permissions

from innoset.accounts.models import User
from innoset.foundation import policy
from innoset.foundation.policy import always, is_superuser, permit
from innoset.web.ui import views

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.ui.pages")]


@pytest.mark.parametrize(
    ("status", "title", "promise"),
    [
        (400, "Запрос не удалось прочитать", "Ничего не изменилось"),
        (403, "У вас нет доступа", "Ничего не изменилось"),
        (404, "Страница не найдена", "Проверьте адрес"),
        (500, "У нас сбой", "либо всё, либо ничего"),
    ],
)
def test_error_pages_say_what_happened_to_the_work(
    rf: RequestFactory, status: int, title: str, promise: str
) -> None:
    request = rf.get("/somewhere/")
    request.user = AnonymousUser()
    trouble = Exception("что-то внутреннее")
    answers: dict[int, HttpResponse] = {
        400: views.bad_request(request, trouble),
        403: views.forbidden(request, trouble),
        404: views.not_found(request, trouble),
        500: views.server_error(request),
    }
    page = BeautifulSoup(answers[status].content, "html.parser")
    assert answers[status].status_code == status
    assert [h1.get_text() for h1 in page.select("h1")] == [title]
    assert promise in page.get_text()
    assert "внутреннее" not in page.get_text()


def test_lost_address_offers_a_search(client: Client) -> None:
    client.force_login(User.objects.create_user("a@example.test", last_name="Ветрова", first_name="Анна"))
    page = BeautifulSoup(client.get("/nowhere/").content, "html.parser")
    assert [box["name"] for box in page.select("main form[role=search] input")] == ["q"]


def test_stale_form_tells_how_to_keep_the_text() -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(User.objects.create_user("a@example.test", last_name="Ветрова", first_name="Анна"))
    answer = client.post("/edit/", {"position": "учитель"})
    page = BeautifulSoup(answer.content, "html.parser")
    assert (answer.status_code, page.h1 and page.h1.get_text()) == (403, "Страница устарела")
    assert "введённое останется в полях" in page.get_text()


def test_gallery_is_open_to_all_and_asks_little(client: Client) -> None:
    answer = client.get("/ui/")
    assert answer.status_code == 200
    page = BeautifulSoup(answer.content, "html.parser")
    ids = [tag["id"] for tag in page.select("[id]")]
    assert [one for one in ids if ids.count(one) > 1] == []


SEEN = '{% load ui %}{% may "kit.look" as can %}{{ can }} {% if_may "kit.rule" subject %}кнопка{% else %}без неё{% endif_may %}'


def seen_by(user: object) -> str:
    return Template(SEEN).render(Context({"user": user, "subject": None}))


@pytest.fixture
def two_deeds() -> Iterator[None]:
    permit("kit.look", always, title="смотреть")
    permit("kit.rule", is_superuser, title="управлять")
    yield
    for deed in ("kit.look", "kit.rule"):
        permissions.remove_rule(deed)
        policy._TITLES.pop(deed)


@pytest.mark.usefixtures("two_deeds")
def test_buttons_are_shown_to_those_who_may() -> None:
    person = User(email="a@example.test")
    assert seen_by(person) == "True без неё"
    assert seen_by(User(email="b@example.test", is_superuser=True)) == "True кнопка"
    assert seen_by(User(email="c@example.test", is_superuser=True, is_active=False)) == "False без неё"
    assert seen_by(AnonymousUser()) == "False без неё"
