"""The entrance: signing up and in, letters by the outbox, the second factor, demo accounts."""

import re
from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.test import Client

from innoset.accounts.actions import confirm_address
from innoset.accounts.models import User
from innoset.contests.models import Council, Seat
from innoset.foundation.notify.models import Letter
from innoset.network.states import Role
from innoset.web.second_factor import WHY
from tests import world

pytestmark = pytest.mark.django_db
NEWCOMER = {
    "last_name": "Лугова",
    "first_name": "Дарья",
    "middle_name": "Андреевна",
    "email": "lugova@example.test",
    "password1": "синий-трактор-42",
    "password2": "синий-трактор-42",
}
SECRET = "JBSWY3DPEHPK3PXP"


@pytest.fixture(autouse=True)
def _fresh_limits() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def code(secret: Any = SECRET) -> Any:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def confirmed(at: datetime, **fields: Any) -> Any:
    person = world.person(**fields)
    confirm_address(person, by=person, at=at)
    return person


def guarded(at: datetime, role: Any = Role.ORGANISER) -> Any:
    person = confirmed(at)
    world.membership(person, role=role)
    return person


def without_a_factor(person: Any) -> Any:
    """A browser in which the person is signed in and nothing more."""
    client = Client()
    client.force_login(person)
    return client


def sign_in(client: Client, person: Any, password: Any = "пароль-42") -> Any:  # noqa: S107  # reason: an invented password
    return client.post("/accounts/login/", {"login": person.email, "password": password})


def come_in(client: Client, person: Any) -> None:
    """Sign in with whatever is needed, and show once more that it is the same person."""
    sign_in(client, person)
    if Authenticator.objects.filter(user=person).exists():
        client.post("/accounts/2fa/authenticate/", {"code": code()})
    client.post("/accounts/reauthenticate/", {"password": "пароль-42"})


def link_in(letter: Any) -> Any:
    return re.findall(r"https?://[^/]+(/accounts/\S+)", letter.body)[0]


def test_signing_up_asks_for_the_name_and_confirms_the_address(client: Client) -> None:
    answer = client.post("/accounts/signup/", NEWCOMER)
    assert (answer.status_code, answer.headers["Location"]) == (302, "/accounts/confirm-email/")
    person = User.objects.get(email="lugova@example.test")
    assert person.full_name == "Лугова Дарья Андреевна"
    letter = Letter.objects.get()
    assert (letter.address, letter.subject) == ("lugova@example.test", "Подтвердите электронную почту")
    assert sign_in(client, person, NEWCOMER["password1"]).headers["Location"] == "/accounts/confirm-email/"
    page = client.get(link_in(letter))
    assert "Да, адрес мой" in page.content.decode()
    client.post(link_in(letter))
    assert EmailAddress.objects.get(user=person).verified
    assert sign_in(Client(), person, NEWCOMER["password1"]).headers["Location"] == "/cabinet/"


def test_signing_up_twice_tells_nothing_to_a_stranger(client: Client, at: datetime) -> None:
    person = confirmed(at, email=NEWCOMER["email"])
    answer = client.post("/accounts/signup/", NEWCOMER)
    assert answer.headers["Location"] == "/accounts/confirm-email/"
    letter = Letter.objects.get()
    assert (letter.address, letter.subject) == (person.email, "У вас уже есть учётная запись")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("last_name", "", "Заполните поле «Фамилия»."),
        ("email", "не адрес", "Проверьте поле «Электронная почта»: нужен адрес вида имя@пример.рф."),
        ("password1", "123", "Введённый пароль слишком короткий"),
        ("password2", "другой-пароль", "Вы должны ввести одинаковый пароль дважды."),
    ],
)
def test_a_mistake_at_sign_up_names_the_field(client: Client, field: Any, value: Any, said: Any) -> None:
    page = client.post("/accounts/signup/", NEWCOMER | {field: value})
    text = page.content.decode()
    assert said in text
    assert 'value="Дарья"' in text
    assert not User.objects.exists()


def test_a_wrong_password_is_one_plain_sentence(client: Client, at: datetime) -> None:
    person = confirmed(at)
    said = "Электронная почта или пароль не подходят. Проверьте раскладку клавиатуры и попробуйте ещё раз."
    texts = [
        client.post("/accounts/login/", {"login": login, "password": "не тот пароль"}).content.decode()
        for login in (person.email, "nobody@example.test")
    ]
    assert [said in text for text in texts] == [True, True]


def test_guessing_is_stopped(client: Client, at: datetime) -> None:
    person = confirmed(at)
    for _ in range(6):
        page = sign_in(client, person, "не тот пароль")
    assert "Слишком много попыток" in page.content.decode()
    assert sign_in(client, person).status_code == 200


def test_a_forgotten_password_is_replaced_by_a_letter(client: Client, at: datetime) -> None:
    person = confirmed(at)
    client.post("/accounts/password/reset/", {"email": person.email})
    page = client.get(link_in(Letter.objects.get()), follow=True)
    assert "Новый пароль" in page.content.decode()
    done = client.post(
        page.request["PATH_INFO"], {"password1": "новый-ключ-77", "password2": "новый-ключ-77"}
    )
    assert done.status_code == 302
    person.refresh_from_db()
    assert person.check_password("новый-ключ-77")


def test_an_unknown_address_gets_the_same_answer(client: Client) -> None:
    answer = client.post("/accounts/password/reset/", {"email": "nobody@example.test"})
    assert answer.headers["Location"] == "/accounts/password/reset/done/"
    assert Letter.objects.get().subject == "Учётной записи с этим адресом нет"


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.APPROVER, Role.CHAIR, Role.CURATOR])
def test_who_decides_about_others_sets_up_a_second_factor_first(at: datetime, role: Any) -> None:
    client = without_a_factor(guarded(at, role))
    answer = client.get("/cabinet/", follow=True)
    assert answer.redirect_chain == [("/accounts/2fa/", 302)]
    assert WHY in answer.content.decode()
    assert client.post("/accounts/logout/").headers["Location"] == "/"


def test_a_seat_in_a_council_needs_it_too(at: datetime) -> None:
    person = confirmed(at)
    council = Council.objects.create(title="Совет", organisation=world.organisation())
    Seat.objects.create(council=council, person=person)
    assert without_a_factor(person).get("/cabinet/").headers["Location"] == "/accounts/2fa/"


@pytest.mark.parametrize("role", [Role.HEAD, Role.EXPERT, Role.COORDINATOR])
def test_others_need_none(at: datetime, role: Any) -> None:
    assert without_a_factor(guarded(at, role)).get("/cabinet/").status_code == 200


def test_setting_the_code_generator_up(
    client: Client, at: datetime, django_capture_on_commit_callbacks: Any
) -> None:
    person = guarded(at)
    come_in(client, person)
    page = client.get("/accounts/2fa/totp/activate/")
    secret = re.findall(r"Ключ: <code>(\w+)</code>", page.content.decode())[0]
    wrong = client.post("/accounts/2fa/totp/activate/", {"code": "000000"})
    assert "Код не подошёл." in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    assert done.headers["Location"] == "/accounts/2fa/recovery-codes/"
    codes = client.get("/accounts/2fa/recovery-codes/")
    assert "Осталось кодов: 10 из 10" in codes.content.decode()
    assert foreign_words(codes) == []
    assert client.get("/cabinet/").status_code == 200
    assert [letter.subject for letter in Letter.objects.all()] == ["Второй фактор включён"]


def test_signing_in_with_the_code(client: Client, at: datetime) -> None:
    person = guarded(at)
    TOTP.activate(person, SECRET)
    assert sign_in(client, person).headers["Location"] == "/accounts/2fa/authenticate/"
    assert "Введите код" in client.get("/accounts/2fa/authenticate/").content.decode()
    assert client.get("/cabinet/").headers["Location"].startswith("/accounts/login/")
    answer = client.post("/accounts/2fa/authenticate/", {"code": code()})
    assert answer.headers["Location"] == "/office/"


def test_the_last_factor_of_a_guarded_person_stays(client: Client, at: datetime) -> None:
    person = guarded(at)
    TOTP.activate(person, SECRET)
    come_in(client, person)
    page = client.post("/accounts/2fa/totp/deactivate/")
    assert "Сначала добавьте другой, потом отключайте этот." in page.content.decode()
    assert Authenticator.objects.filter(user=person, type="totp").exists()


PAGES = (
    "email/", "password/change/", "2fa/", "2fa/totp/activate/", "2fa/webauthn/", "2fa/webauthn/add/",
    "sessions/", "logout/", "reauthenticate/",
)  # fmt: skip


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_the_account_opens_and_speaks_russian(client: Client, at: datetime, page: Any) -> None:
    come_in(client, confirmed(at))
    answer = client.get(f"/accounts/{page}")
    assert answer.status_code == 200
    assert foreign_words(answer) == []


@pytest.mark.parametrize(
    "page",
    [
        "login/",
        "signup/",
        "password/reset/",
        "password/reset/done/",
        "confirm-email/",
        "confirm-email/x/",
        "inactive/",
        "password/reset/key/1-x/",
    ],
)
def test_every_page_before_the_door_opens_and_speaks_russian(client: Client, page: Any) -> None:
    answer = client.get(f"/accounts/{page}", follow=True)
    assert answer.status_code == 200
    assert foreign_words(answer) == []


@pytest.mark.parametrize(
    "page", ["2fa/totp/deactivate/", "2fa/recovery-codes/generate/", "2fa/reauthenticate/"]
)
def test_every_page_of_a_set_up_factor_opens_and_speaks_russian(
    client: Client, at: datetime, page: Any
) -> None:
    person = guarded(at)
    TOTP.activate(person, SECRET)
    come_in(client, person)
    answer = client.get(f"/accounts/{page}", follow=True)
    assert answer.status_code == 200
    assert foreign_words(answer) == []


def foreign_words(answer: Any) -> Any:
    text = re.sub(r"<(script|style)\b.*?</\1>", " ", answer.content.decode(), flags=re.DOTALL)
    text = re.sub(r"<code>.*?</code>|<head>.*?</head>|<[^>]+>", " ", text, flags=re.DOTALL)
    text = re.sub(r"\S+@\S+", " ", text)
    return sorted(set(re.findall(r"[A-Za-z]{2,}", text)))


def test_a_demo_account_signs_in_by_one_button(client: Client, settings: Any) -> None:
    account = next(one for one in settings.DEMO_ACCOUNTS if one.code == "applicant")
    person = world.person(email=account.email)
    world.membership(person, role=Role.HEAD)
    assert "Демонстрационные учётные записи" in client.get("/accounts/login/").content.decode()
    answer = client.post("/demo/sign-in/applicant/")
    assert answer.headers["Location"] == "/cabinet/"
    assert client.get("/cabinet/").status_code == 200


def test_without_the_demo_there_is_no_such_door(client: Client, settings: Any) -> None:
    settings.DEMO = False
    world.person(email="applicant@innoset.example")
    assert "Демонстрационные" not in client.get("/accounts/login/").content.decode()
    assert client.post("/demo/sign-in/applicant/").status_code == 404
    assert client.get("/cabinet/").status_code == 302


def test_demo_before_the_data(client: Client) -> None:
    assert client.post("/demo/sign-in/applicant/").headers["Location"] == "/accounts/login/"
    assert client.post("/demo/sign-in/nobody/").status_code == 404
