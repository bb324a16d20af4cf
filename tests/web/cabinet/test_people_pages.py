"""The cabinet: what waits, roles, notices, own data, joining."""

import json
from datetime import datetime
from typing import Any

import pytest
from django.urls import reverse

from innoset.accounts.models import Consent
from innoset.foundation.notify.models import Message
from innoset.network.models import Registration
from innoset.network.states import Role
from tests import world

pytestmark = pytest.mark.django_db

REQUEST = {
    "position": "Директор",
    "name": "МБОУ СОШ № 7 станицы Заречной",
    "short_name": "МБОУ СОШ № 7",
    "kind": "school",
    "inn": "2340018182",
    "kpp": "234001001",
    "ogrn": "1062340003010",
    "agreed": "on",
}


def test_a_newcomer_is_led_to_joining() -> None:
    page = world.signed_in(world.person()).get("/cabinet/")
    assert page.status_code == 200
    assert reverse("cabinet:join") in page.content.decode()


def test_joining_sends_a_request_and_remembers_the_consent() -> None:
    place = world.municipality()
    coordinator = world.member(world.organisation(municipality=place), Role.COORDINATOR)
    asker = world.person()
    answer = world.signed_in(asker).post("/cabinet/join/", REQUEST | {"municipality": place.pk})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/cabinet/")
    made = Registration.objects.get()
    assert (made.applicant, made.municipality, made.inn, made.state) == (asker, place, "2340018182", "new")
    assert list(Consent.objects.values_list("person", "text__code", "address")) == [
        (asker.pk, "personal-data", "127.0.0.1")
    ]
    assert [message.recipient for message in Message.objects.all()] == [coordinator]


def test_a_wrong_identifier_is_told_and_nothing_typed_is_lost() -> None:
    place = world.municipality()
    page = world.signed_in(world.person()).post(
        "/cabinet/join/", REQUEST | {"municipality": place.pk, "inn": "2340018183"}
    )
    text = page.content.decode()
    assert page.status_code == 200
    assert "ИНН организации «2340018183»" in text or "ИНН «2340018183» содержит опечатку" in text
    assert 'value="2340018183"' in text
    assert "МБОУ СОШ № 7 станицы Заречной" in text
    assert "<title>Ошибка: " in text
    assert list(Registration.objects.all()) + list(Consent.objects.all()) == []


def test_switching_the_role_changes_the_home() -> None:
    person = world.person()
    world.membership(person, role=Role.EDITOR)
    other = world.membership(person, role=Role.COORDINATOR)
    client = world.signed_in(person)
    answer = client.post("/cabinet/act/", {"membership": other.pk})
    assert answer.headers["Location"] == "/office/place/"
    assert client.session["acting_membership"] == other.pk


@pytest.mark.parametrize("wanted", ["", "x", "999999"])
def test_nobody_acts_in_a_role_that_is_not_theirs(wanted: Any) -> None:
    client = world.signed_in(world.person())
    assert client.post("/cabinet/act/", {"membership": wanted or world.membership().pk}).status_code == 404
    assert "acting_membership" not in client.session


def test_notices_are_read_at_once(at: datetime) -> None:
    person = world.person()
    for number in range(2):
        Message.objects.create(recipient=person, notice="x", title=f"Новость {number}", created_at=at)
    client = world.signed_in(person)
    assert "Новость 1" in client.get("/cabinet/notices/").content.decode()
    assert client.post("/cabinet/notices/").status_code == 302
    assert Message.objects.filter(read_at=None).count() == 0


def test_own_data_can_be_corrected() -> None:
    person = world.person("Соколова Вера Петровна")
    client = world.signed_in(person)
    given = {"last_name": "Орлова", "first_name": "Вера", "middle_name": "Петровна", "position": "Методист"}
    assert client.post("/cabinet/profile/", given | {"phone": ""}).status_code == 302
    person.refresh_from_db()
    assert (person.full_name, person.position) == ("Орлова Вера Петровна", "Методист")
    page = client.post("/cabinet/profile/", given | {"last_name": ""})
    assert "Заполните поле «Фамилия»." in page.content.decode()


def test_own_data_can_be_taken_away() -> None:
    person = world.person()
    membership = world.membership(person)
    answer = world.signed_in(person).get("/cabinet/profile/my-data.json")
    data = json.loads(answer.content)
    assert (data["электронная почта"], data["согласия"]) == (person.email, [])
    assert [role["организация"] for role in data["роли"]] == [membership.organisation.name]
    assert answer.headers["Content-Disposition"] == 'attachment; filename="my-data.json"'


def test_consents_are_given_and_withdrawn_by_oneself_only() -> None:
    person, stranger = world.person(), world.person()
    client = world.signed_in(person)
    assert client.post("/cabinet/profile/consents/distribution/give/").status_code == 302
    consent = Consent.objects.get(person=person)
    address = f"/cabinet/profile/consents/{consent.pk}/withdraw/"
    assert world.signed_in(stranger).post(address).status_code == 404
    assert client.post(address).status_code == 302
    consent.refresh_from_db()
    assert consent.withdrawn_at is not None
    assert "отозвано" in client.get("/cabinet/profile/").content.decode()
