"""People and consents: who may do what, what is remembered, what can be taken away."""

import hashlib
from datetime import datetime, timedelta
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from innoset.accounts import actions, queries
from innoset.accounts.models import Consent, ConsentText, User
from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from tests import world

pytestmark = pytest.mark.django_db


def test_the_first_texts_carry_their_own_sums() -> None:
    texts = list(ConsentText.objects.order_by("code").values_list("code", "version", "is_current"))
    assert texts == [
        ("distribution", 1, True),
        ("expert", 1, True),
        ("expert-secrecy", 1, True),
        ("personal-data", 1, True),
        ("simple-signature", 1, True),
    ]
    wrong = [
        text.code
        for text in ConsentText.objects.all()
        if text.sha256 != hashlib.sha256(text.body.encode()).hexdigest()
    ]
    assert wrong == []


def test_registering_hides_the_password_and_lowers_the_address(at: datetime) -> None:
    person = User(email="Lugova@Example.test", last_name="Лугова", first_name="Дарья")
    made = actions.register(person, password="синий-трактор-42", by=person, at=at)
    assert (made.email, made.check_password("синий-трактор-42")) == ("lugova@example.test", True)
    twin = User(email="LUGOVA@example.test", last_name="Иная", first_name="Анна")
    with pytest.raises(Refusal) as no:
        actions.register(twin, password="x", by=twin, at=at)
    assert no.value.field == "email"
    other = User(email="x@example.test")
    with pytest.raises(PermissionDenied):
        actions.register(other, password="x", by=made, at=at)


def test_the_database_itself_refuses_a_twin_address() -> None:
    world.person(email="a@example.test")
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.create(email="A@example.test", last_name="Х", first_name="Х")


def test_a_confirmed_address_is_the_only_main_one(at: datetime) -> None:
    person = world.person()
    EmailAddress.objects.create(user=person, email="old@example.test", primary=True, verified=True)
    actions.confirm_address(person, by=person, at=at)
    actions.confirm_address(person, by=person, at=at)
    assert sorted(EmailAddress.objects.values_list("email", "verified", "primary")) == sorted(
        [("old@example.test", True, False), (person.email, True, True)]
    )


def test_one_corrects_only_oneself_and_the_log_keeps_no_values(at: datetime) -> None:
    person = world.person("Соколова Вера Петровна")
    with pytest.raises(PermissionDenied):
        actions.edit_person(person, values={"last_name": "Х"}, by=world.person(), at=at)
    changed = actions.edit_person(
        person, values={"last_name": "Орлова", "first_name": "Вера", "email": "hack@x.test"}, by=person, at=at
    )
    person.refresh_from_db()
    assert (changed, person.last_name) == (["last_name"], "Орлова")
    assert person.email != "hack@x.test"
    assert Entry.objects.get(deed="accounts.edit_person").changes == {"changed": ["last_name"]}
    with pytest.raises(Refusal) as no:
        actions.edit_person(person, values={"first_name": " "}, by=person, at=at)
    assert no.value.field == "first_name"


def test_a_consent_is_given_once_and_withdrawn_once(at: datetime) -> None:
    person, text = world.person(), queries.current_text(queries.PERSONAL_DATA)
    given = actions.give_consent(person, text=text, address=world.ADDRESS, by=person, at=at)
    again = actions.give_consent(person, text=text, by=person, at=at + timedelta(days=1))
    assert (again, Consent.objects.count()) == (given, 1)
    assert (given.given_at, given.address) == (at, world.ADDRESS)
    assert queries.has_consented(person, queries.PERSONAL_DATA)
    with pytest.raises(PermissionDenied):
        actions.withdraw_consent(given, by=world.person(), at=at)
    actions.withdraw_consent(given, by=person, at=at)
    assert not queries.has_consented(person, queries.PERSONAL_DATA)
    with pytest.raises(Refusal, match="уже отозвано"):
        actions.withdraw_consent(given, by=person, at=at)
    anew = actions.give_consent(person, text=text, by=person, at=at)
    assert list(queries.live_consents_of(person)) == [anew]
    assert Entry.objects.filter(deed="accounts.give_consent")[0].changes["sha256"] == text.sha256


def test_one_occasion_does_not_stand_for_another(at: datetime) -> None:
    person, text = world.person(), queries.current_text(queries.DISTRIBUTION)
    for about in ("", "ИП-2026-0001", "ИП-2026-0002"):
        actions.give_consent(person, text=text, about=about, by=person, at=at)
    assert Consent.objects.filter(person=person).count() == 3


def test_nobody_agrees_to_an_old_text_or_for_another(at: datetime) -> None:
    person, text = world.person(), world.consent_text(is_current=False)
    with pytest.raises(Refusal, match="обновился"):
        actions.give_consent(person, text=text, by=person, at=at)
    with pytest.raises(PermissionDenied):
        actions.give_consent(person, text=text, by=world.person(), at=at)
    assert list(Consent.objects.all()) == []


def test_own_data_holds_own_consents_only(at: datetime) -> None:
    person, stranger = world.person(), world.person()
    text = queries.current_text(queries.EXPERT)
    for who in (person, stranger):
        actions.give_consent(who, text=text, about="x", address=world.ADDRESS, by=who, at=at)
    data = queries.own_data_of(person)
    assert (data["электронная почта"], data["фамилия"]) == (person.email, person.last_name)
    assert data["согласия"] == [
        {
            "текст": text.title,
            "версия": 1,
            "контрольная сумма": text.sha256,
            "к чему относится": "x",
            "дано": at,
            "с адреса": world.ADDRESS,
            "отозвано": None,
        }
    ]


def test_only_the_operator_hands_out_a_second_factor(at: datetime) -> None:
    person = world.person()
    with pytest.raises(PermissionDenied):
        actions.enrol_totp(person, secret="JBSWY3DPEHPK3PXP", by=person, at=at)
    actions.enrol_totp(person, secret="JBSWY3DPEHPK3PXP", by=world.person(is_superuser=True), at=at)
    assert list(Authenticator.objects.values_list("user", "type")) == [(person.pk, "totp")]


@pytest.mark.parametrize(
    ("name", "full", "short"),
    [
        ("Петрова Анна Николаевна", "Петрова Анна Николаевна", "Петрова А. Н."),
        ("Петрова Анна", "Петрова Анна", "Петрова А."),
    ],
)
def test_names(name: Any, full: Any, short: Any) -> None:
    person = world.person(name)
    assert (str(person), person.full_name, person.short_name) == (full, full, short)


def test_a_nameless_person_is_called_by_address() -> None:
    person = User(email="a@example.test")
    assert (str(person), person.short_name) == ("a@example.test", "a@example.test")


def test_signing_in_by_address_in_any_case() -> None:
    person = world.person(email="a@example.test")
    assert User.objects.get_by_natural_key("A@Example.TEST") == person
    operator = User.objects.create_superuser("root@example.test", "x", last_name="Х", first_name="Х")
    assert (operator.is_superuser, operator.is_staff) == (True, True)
