"""Pages of messages: write, read, answer, keep what was typed, hand out files to the sides alone."""

import re
from typing import Any
from urllib.parse import unquote

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.accounts.models import HeldForm, User
from innoset.network.actions import threads as actions
from innoset.network.models import Organisation, Post, Thread
from innoset.network.states import Role
from tests import world

pytestmark = pytest.mark.django_db

AT = world.AT
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def sides() -> tuple[Organisation, User, Organisation, User]:
    """A school with its head, a centre with its organiser."""
    school, centre = world.organisation("Школа № 1"), world.organisation("Центр")
    head = world.member(school, Role.HEAD, "Луговая Анна Игоревна")
    return school, head, centre, world.member(centre, Role.ORGANISER, "Полянский Олег Ильич")


def talk(sides: Any, **fields: Any) -> Thread:
    school, head, centre, _ = sides
    told = {"text": "Как оформить этапы?", **fields}
    return actions.open_thread(
        Thread(subject="Этапы проекта"), organisation=school, addressee=centre, by=head, at=AT, **told
    )


def main_of(response: Any) -> BeautifulSoup:
    found = BeautifulSoup(response.content, "html.parser").find("main")
    assert found is not None
    return found


def words(response: Any) -> str:
    return re.sub(r"\s+", " ", main_of(response).get_text(" ")).strip()


def form_of(response: Any) -> dict[str, str]:
    form = main_of(response).find("form", {"enctype": "multipart/form-data"})
    data = {one["name"]: one.get("value", "") for one in form.find_all("input", {"type": "hidden"})}
    chosen = form.select("select option[selected]")
    return data | ({"organisation": chosen[0]["value"]} if chosen else {})


def test_a_message_goes_from_the_choice_of_whom_to_the_answer(sides) -> None:
    school, head, centre, organiser = sides
    client = world.signed_in(head)
    assert "Сообщений пока нет" in words(client.get("/cabinet/messages/"))
    page = client.get("/cabinet/messages/new/", {"q": "цент"})
    assert [unquote(link["href"]) for link in main_of(page).select("li a")] == [
        f"/cabinet/messages/to/{centre.number}/"
    ] * 2
    here = f"/cabinet/messages/to/{centre.number}/"
    data = form_of(client.get(here)) | {"kind": "consultation", "subject": "Этапы", "text": "Как?"}
    responses = [
        client.post(here, {**data, "files": [SimpleUploadedFile("План.pdf", PDF)]}) for _ in range(2)
    ]
    thread = Thread.objects.get()
    assert {one["Location"] for one in responses} == {f"/cabinet/messages/{thread.number}/"}
    assert (thread.kind, thread.subject, thread.posts.get().organisation) == ("consultation", "Этапы", school)
    there = world.signed_in(organiser)
    assert "новое" in words(there.get("/cabinet/messages/"))
    talk_page = there.get(f"/cabinet/messages/{thread.number}/")
    assert "Луговая А. И." in words(talk_page)
    assert "новое" not in words(there.get("/cabinet/messages/"))
    there.post(f"/cabinet/messages/{thread.number}/", form_of(talk_page) | {"text": "Вот так."})
    assert [(one.organisation, one.text) for one in thread.posts.all()] == [
        (school, "Как?"),
        (centre, "Вот так."),
    ]


def test_a_file_is_handed_to_the_sides_and_to_nobody_else(sides) -> None:
    _, head, centre, organiser = sides
    client = world.signed_in(head)
    here = f"/cabinet/messages/to/{centre.number}/"
    data = form_of(client.get(here)) | {"kind": "message", "subject": "План", "text": "Во вложении"}
    client.post(here, {**data, "files": [SimpleUploadedFile("План.pdf", PDF)]})
    file = f"/cabinet/messages/{Thread.objects.get().number}/files/1/1/"
    people = (head, organiser, world.member(centre, Role.EXPERT), world.person(is_superuser=True))
    assert [world.signed_in(one).get(file).status_code for one in people] == [200, 200, 404, 404]
    for none in ("0/1", "2/1", "1/0", "1/2"):
        assert client.get(file.replace("1/1", none)).status_code == 404


@pytest.mark.parametrize(
    ("typed", "files", "said"),
    [
        ({"text": ""}, [], "Заполните поле «Сообщение»."),
        ({"text": "Вот"}, [SimpleUploadedFile("a.exe", b"MZ")], "a.exe"),
        ({"text": "Вот"}, [SimpleUploadedFile(f"{n}.pdf", PDF) for n in range(6)], "не больше 5 файлов"),
    ],
)
def test_a_refusal_keeps_what_was_typed(typed, files, said, sides) -> None:
    _, head, centre, _ = sides
    client = world.signed_in(head)
    here = f"/cabinet/messages/to/{centre.number}/"
    data = form_of(client.get(here)) | {"kind": "message", "subject": "Моя тема"} | typed
    response = client.post(here, {**data, "files": files})
    assert said in words(response)
    fields = main_of(response)
    assert fields.find("input", {"name": "subject"})["value"] == "Моя тема"
    assert fields.find("textarea", {"name": "text"}).get_text().strip() == typed["text"]
    assert Thread.objects.count() == 0


def test_strangers_find_no_talk_and_no_form(sides) -> None:
    thread, centre = talk(sides), sides[2]
    for one in (world.member(centre, Role.EXPERT), world.person(is_superuser=True)):
        client = world.signed_in(one)
        asked = [
            client.get(f"/cabinet/messages/{thread.number}/"),
            client.post(f"/cabinet/messages/{thread.number}/close/"),
            client.get("/cabinet/messages/new/"),
            client.get(f"/cabinet/messages/to/{centre.number}/"),
        ]
        assert [answer.status_code for answer in asked] == [404] * 4
        assert "Этапы проекта" not in words(client.get("/cabinet/messages/"))


def test_a_talk_is_closed_and_taken_up_again(sides) -> None:
    thread, client = talk(sides), world.signed_in(sides[3])
    here = f"/cabinet/messages/{thread.number}/"
    assert "Переписка закрыта." in words(client.post(f"{here}close/", follow=True))
    refused = client.post(here, {"text": "Ещё слово"})
    assert "Откройте её снова" in words(refused)
    assert "Ещё слово" in refused.content.decode()
    assert "снова открыта" in words(client.post(f"{here}close/", follow=True))


def test_what_was_typed_after_the_session_waits_and_goes_on(sides) -> None:
    thread, client = talk(sides), world.signed_in(sides[3])
    here = f"/cabinet/messages/{thread.number}/"
    data = form_of(client.get(here)) | {"text": "Ночной ответ"}
    client.session.flush()
    assert client.post(here, data)["Location"] == f"{reverse('account_login')}?next=%2Fcabinet%2Fheld%2F"
    stranger = world.member(sides[2], Role.EXPERT)
    client.force_login(stranger)
    assert "Ночной ответ" not in words(client.get("/cabinet/held/"))
    client.force_login(sides[3])
    waiting = client.get("/cabinet/held/")
    assert "Ночной ответ" in words(waiting)
    back = main_of(waiting).find("a", string=re.compile("Открыть и отправить"))["href"]
    page = client.get(back)
    assert main_of(page).find("textarea").get_text().strip() == "Ночной ответ"
    client.post(back, form_of(page) | {"text": "Ночной ответ"})
    assert (Post.objects.get(organisation=sides[2]).text, HeldForm.objects.count()) == ("Ночной ответ", 0)


def test_a_list_of_talks_asks_as_much_for_three_as_for_one(sides) -> None:
    client, many = world.signed_in(sides[1]), []
    for _ in range(2):
        talk(sides)
        with CaptureQueriesContext(connection) as asked:
            client.get("/cabinet/messages/")
        many.append(len(asked))
        talk(sides)
    assert many[0] == many[1]
