"""What an invitation's link opens, and the texts of consents."""

import re
from typing import Any

import pytest
from django.test import Client

from innoset.accounts.models import User
from innoset.foundation.notify.models import Letter
from innoset.network import actions
from innoset.network.models import Invitation, Membership
from innoset.network.states import Role
from tests import world

pytestmark = pytest.mark.django_db
ADDRESS = "novikova@example.test"
NEWCOMER = {
    "last_name": "Новикова",
    "first_name": "Юлия",
    "middle_name": "",
    "position": "Учитель",
    "password": "синий-трактор-42",
    "agreed": "on",
}


@pytest.fixture
def page() -> Any:
    school = world.organisation("МБОУ СОШ № 7")
    head = world.member(school, Role.HEAD)
    invitation = Invitation(organisation=school, email=ADDRESS, role=Role.EDITOR, full_name="Новикова Юлия")
    actions.invite(invitation, by=head, at=world.AT)
    # The page asks the real clock, so the term must outlive every run of the test.
    Invitation.objects.update(expires_at=world.AT.replace(year=2126))
    return re.findall(r"(/invitation/\S+)", Letter.objects.get(address=ADDRESS).body)[0]


def text_of(answer: Any) -> Any:
    return answer.content.decode()


def test_a_newcomer_gives_a_name_and_a_password(client: Client, page: Any) -> None:
    text = text_of(client.get(page))
    assert ('value="Новикова"' in text, "Согласие" in text or "согласие" in text) == (True, True)
    assert "checked" not in re.findall(r'<input[^>]*name="agreed"[^>]*>', text)[0]
    answer = client.post(page, NEWCOMER)
    assert answer.headers["Location"] == "/cabinet/"
    person = User.objects.get(email=ADDRESS)
    assert (person.full_name, person.position) == ("Новикова Юлия", "Учитель")
    assert "Добро пожаловать!" in text_of(client.get("/cabinet/"))
    assert client.get(page).status_code == 410


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("password", "12345678", "Введённый пароль слишком широко распространён."),
        ("last_name", "", "Заполните поле «Фамилия»."),
        ("agreed", "", "Отметьте «Я даю согласие на обработку моих персональных данных», чтобы продолжить."),
    ],
)
def test_a_mistake_keeps_what_was_typed(client: Client, page: Any, field: Any, value: Any, said: Any) -> None:
    text = text_of(client.post(page, NEWCOMER | {field: value}))
    assert said in text
    assert 'value="Учитель"' in text
    assert not User.objects.filter(email=ADDRESS).exists()


def test_a_known_person_signs_in_first(client: Client, page: Any) -> None:
    known = world.person(email=ADDRESS)
    assert f"/accounts/login/?next={page}" in text_of(client.get(page))
    client.post(page)
    assert not Membership.objects.filter(person=known).exists()
    stranger = world.signed_in(world.person())
    assert "Выйдите и войдите с этим адресом." in text_of(stranger.get(page))
    stranger.post(page)
    assert not Membership.objects.filter(person=known).exists()
    answer = world.signed_in(known).post(page)
    assert answer.status_code == 302
    assert Membership.objects.get(person=known).role == Role.EDITOR


def test_a_wrong_link_leads_nowhere(client: Client) -> None:
    assert client.get("/invitation/x/").status_code == 404


@pytest.mark.parametrize("code", ["personal-data", "distribution", "expert"])
def test_every_consent_can_be_read(client: Client, code: Any) -> None:
    assert "Как отозвать." in text_of(client.get(f"/consent/{code}/"))
    assert client.get("/consent/nothing/").status_code == 404


def test_an_address_taken_meanwhile_is_told(client: Client, page: Any) -> None:
    person = world.person(email="other@example.test")
    invitation = Invitation.objects.get()
    assert client.get(page).status_code == 200
    User.objects.filter(pk=person.pk).update(email=invitation.email.upper())
    assert "Учётная запись с этим адресом уже есть." in text_of(client.post(page, NEWCOMER))
