"""A form sent after the session had ended comes back to the person who signs in again."""

from datetime import timedelta

import pytest
from django.core import signing
from django.test import Client
from django.urls import reverse

from innoset.accounts.jobs import forget_held_forms
from innoset.accounts.models import HeldForm
from innoset.contests.models import Application
from innoset.foundation import clock
from innoset.projects.models import AnswerRevision
from innoset.projects.queries import values_of
from tests import world
from tests.web.cabinet.pages import address, browser, close, form_of, open_contest, section, soup, words

pytestmark = pytest.mark.django_db
HELD = "/cabinet/held/"
SIGN_IN = f"{reverse('account_login')}?next=%2Fcabinet%2Fheld%2F"


@pytest.fixture
def draft() -> Application:
    """A filled draft of a contest that is open."""
    return world.application(open_contest())


def lose_session(client: Client) -> None:
    """End the session on the server and leave its cookie, as a night or a new password does."""
    client.session.flush()


def typed_too_late(draft: Application, **texts: str) -> Client:
    """Open a section, lose the session, press the button; return the browser."""
    client = browser(draft)
    data = section(draft, "idea", client) | texts
    lose_session(client)
    response = client.post(address("section", draft, "idea"), data)
    assert (response.status_code, response["Location"]) == (302, SIGN_IN)
    return client


def take_back(client: Client, **more: str) -> object:
    """Press the first button of the page."""
    return client.post(HELD, form_of(client.get(HELD), "form") | more)


def test_text_survives_the_end_of_the_session(draft: Application) -> None:
    client = typed_too_late(draft, **{"6": "Ночная идея", "4": "Ночная цель"})
    client.force_login(draft.created_by)
    text = words(client.get(HELD))
    assert "Замысел" in text
    assert "4. Цели Ночная цель" in text
    assert "6. Основная идея Ночная идея" in text
    assert "5. Задачи" not in text
    response = take_back(client)
    assert (response.status_code, response["Location"]) == (302, address("section", draft, "idea"))
    assert values_of(draft.project.passport) == world.values(**{"6": "Ночная идея", "4": "Ночная цель"})
    assert HeldForm.objects.count() == 0
    assert "Здесь ничего не ждёт" in words(client.get(HELD))


def new_password(draft: Application) -> None:
    draft.created_by.set_password("другой-пароль-43")
    draft.created_by.save()


@pytest.mark.parametrize("way", ["night", "cookie", "password"])
def test_text_survives_every_end_of_a_session(draft: Application, way: str) -> None:
    client = browser(draft)
    data = section(draft, "idea", client) | {"6": "Ночная\0 идея"}
    if way == "night":
        lose_session(client)
    elif way == "cookie":
        del client.cookies["sessionid"]
    else:
        new_password(draft)
    assert client.post(address("section", draft, "idea"), data)["Location"] == SIGN_IN
    draft.created_by.refresh_from_db()
    client.force_login(draft.created_by)
    take_back(client)
    assert values_of(draft.project.passport)["6"] == "Ночная идея"


def test_home_tells_of_the_text_that_waits(draft: Application) -> None:
    client = typed_too_late(draft, **{"6": "Ночная идея"})
    client.force_login(draft.created_by)
    assert "Вы набрали текст, когда сеанс закончился" in words(client.get(reverse("cabinet:home")))
    take_back(client)
    assert "когда сеанс закончился" not in words(client.get(reverse("cabinet:home")))


@pytest.mark.one_engine
def test_hundred_of_hundred_texts_survive(draft: Application) -> None:
    client, survived = browser(draft), 0
    for number in range(100):
        client.force_login(draft.created_by)
        data = section(draft, "idea", client) | {"6": f"Идея {number}"}
        lose_session(client)
        client.post(address("section", draft, "idea"), data)
        client.force_login(draft.created_by)
        take_back(client)
        survived += values_of(draft.project.passport)["6"] == f"Идея {number}"
    assert survived == 100


def test_clash_is_settled_as_always(draft: Application) -> None:
    client = typed_too_late(draft, **{"6": "Ночная идея"})
    colleague = world.signed_in(world.member(draft.organisation, name="Ремель Ольга Львовна"))
    colleague.post(address("section", draft, "idea"), section(draft, "idea", colleague) | {"6": "Её идея"})
    client.force_login(draft.created_by)
    response = take_back(client)
    assert response.status_code == 409
    form = soup(response).find("form", class_="form")
    assert form is not None
    assert form["action"] == address("section", draft, "idea")
    client.post(address("section", draft, "idea"), form_of(response, "6") | {"keep-6": "both"})
    assert values_of(draft.project.passport)["6"] == "Её идея\n\nНочная идея"


def test_unwanted_text_goes_to_the_history(draft: Application) -> None:
    client = typed_too_late(draft, **{"6": "Ночная идея"})
    client.force_login(draft.created_by)
    take_back(client, away="1")
    assert values_of(draft.project.passport) == world.values()
    kept = AnswerRevision.objects.values_list("key", "text", "origin", "version")
    assert (list(kept), HeldForm.objects.count()) == ([("6", "Ночная идея", "set_aside", None)], 0)


def test_text_that_comes_back_too_late_is_in_the_history(draft: Application) -> None:
    client = typed_too_late(draft, **{"6": "Ночная идея"})
    client.force_login(draft.created_by)
    close(draft.contest)
    response = take_back(client)
    assert response.status_code == 422
    assert list(AnswerRevision.objects.values_list("key", "text", "origin")) == [
        ("6", "Ночная идея", "set_aside")
    ]


def test_another_person_in_the_same_browser_sees_nothing(draft: Application) -> None:
    client = typed_too_late(draft, **{"6": "Ночная идея"})
    mark = HeldForm.objects.get().token_sha256[:16]
    client.force_login(world.member(world.organisation()))
    response = client.get(HELD)
    assert "Здесь ничего не ждёт" in words(response)
    assert "Ночная идея" not in response.content.decode()
    client.post(HELD, {"form": mark})
    assert (values_of(draft.project.passport), HeldForm.objects.count()) == (world.values(), 1)


def test_another_browser_has_nothing(draft: Application) -> None:
    typed_too_late(draft, **{"6": "Ночная идея"})
    assert "Здесь ничего не ждёт" in words(browser(draft).get(HELD))


@pytest.mark.parametrize("cookie", ["", "nonsense", "a:b:c", "of another kind"])
def test_forged_cookie_opens_nothing(draft: Application, cookie: str) -> None:
    typed_too_late(draft, **{"6": "Ночная идея"})
    client = browser(draft)
    client.cookies["held"] = cookie if " " not in cookie else signing.dumps(["x"], salt="innoset.other")
    assert "Здесь ничего не ждёт" in words(client.get(HELD))


def test_only_the_mark_of_the_token_is_kept(draft: Application) -> None:
    client = typed_too_late(draft, **{"6": "Ночная идея"})
    cookie = client.cookies["held"]
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/cabinet/")
    (token,) = signing.loads(cookie.value, salt="innoset.held")
    held = HeldForm.objects.get()
    assert token not in (held.token_sha256, str(held.fields))
    assert "csrfmiddlewaretoken" not in held.fields


def test_several_windows_come_back_each(draft: Application) -> None:
    client = browser(draft)
    forms = {code: section(draft, code, client) for code in ("idea", "grounds")}
    lose_session(client)
    for code, data in forms.items():
        client.post(address("section", draft, code), data | {"6": "Ночная идея", "7": "Ночной закон"})
    client.force_login(draft.created_by)
    while "Здесь ничего не ждёт" not in words(client.get(HELD)):
        take_back(client)
    assert values_of(draft.project.passport) == world.values(**{"6": "Ночная идея", "7": "Ночной закон"})


def test_too_much_is_not_kept(draft: Application) -> None:
    client = browser(draft)
    data = section(draft, "idea", client)
    lose_session(client)
    url = address("section", draft, "idea")
    plain = f"{reverse('account_login')}?next={url}"
    assert client.post(url, data | {"6": "я" * 500_001})["Location"] == plain


@pytest.mark.parametrize(("address_", "kept"), [("8.8.8.8", 10), ("10.1.2.3", 12)], ids=["one", "a proxy"])
def test_many_forms_of_one_address_are_not_kept(draft: Application, address_: str, kept: int) -> None:
    client = browser(draft)
    data = section(draft, "idea", client)
    lose_session(client)
    url = address("section", draft, "idea")
    told = [client.post(url, data, REMOTE_ADDR=address_)["Location"] == SIGN_IN for _ in range(12)]
    assert (told, HeldForm.objects.count()) == ([True] * kept + [False] * (12 - kept), kept)


def test_other_forms_are_not_kept(draft: Application) -> None:
    client = browser(draft)
    lose_session(client)
    client.post(address("stages", draft), {"more": "1"})
    client.get(address("section", draft, "idea"))
    assert HeldForm.objects.count() == 0


def test_forms_nobody_comes_for_are_forgotten_after_a_day(draft: Application) -> None:
    client = typed_too_late(draft, **{"6": "Ночная идея"})
    assert (forget_held_forms.func(), HeldForm.objects.count()) == (0, 1)
    HeldForm.objects.update(held_at=clock.now() - timedelta(days=1, minutes=1))
    client.force_login(draft.created_by)
    assert "Здесь ничего не ждёт" in words(client.get(HELD))
    assert (forget_held_forms.func(), HeldForm.objects.count()) == (1, 0)


# ── A stale token ───────────────────────────────────────────────────────────


def careful(draft: Application) -> Client:
    """Return a browser whose tokens are checked."""
    client = Client(enforce_csrf_checks=True)
    client.force_login(draft.created_by)
    return client


ORIGIN = {"origin": "http://testserver"}


def test_stale_token_keeps_the_text_and_leads_to_it(draft: Application) -> None:
    client = careful(draft)
    data = section(draft, "idea", client) | {"6": "Идея из старой страницы"}
    response = client.post(
        address("section", draft, "idea"), data | {"csrfmiddlewaretoken": "x" * 64}, headers=ORIGIN
    )
    assert (response.status_code, response["Location"]) == (302, HELD)
    client.post(HELD, form_of(client.get(HELD), "form"))
    assert values_of(draft.project.passport)["6"] == "Идея из старой страницы"


def test_lost_cookies_keep_the_text_and_lead_to_the_sign_in(draft: Application) -> None:
    client = careful(draft)
    data = section(draft, "idea", client) | {"6": "Идея без печенья"}
    client.cookies.clear()
    response = client.post(address("section", draft, "idea"), data, headers=ORIGIN)
    assert (response.status_code, response["Location"]) == (302, SIGN_IN)
    client.force_login(draft.created_by)
    assert "6. Основная идея Идея без печенья" in words(client.get(HELD))


@pytest.mark.parametrize(
    "headers", [{}, {"origin": "https://evil.test"}, {"origin": "http://testserver.evil"}]
)
def test_form_of_another_site_is_not_kept(draft: Application, headers: dict[str, str]) -> None:
    response = careful(draft).post(address("section", draft, "idea"), {"6": "Подложено"}, headers=headers)
    assert (response.status_code, HeldForm.objects.count()) == (403, 0)


# ── A page that saves itself ────────────────────────────────────────────────

BY_ITSELF = {"x-autosave": "1"}


def test_script_without_a_session_is_told_to_sign_in(draft: Application) -> None:
    client = browser(draft)
    lose_session(client)
    for answer in (
        client.post(address("answer", draft), {"field": "6", "6": "Идея"}, headers=BY_ITSELF),
        client.post(address("section", draft, "idea"), {"6": "Идея"}, headers=BY_ITSELF),
        client.get(reverse("cabinet:drafts_key"), headers=BY_ITSELF),
    ):
        assert (answer.status_code, answer.json()) == (
            401,
            {
                "error": "Вы вышли из системы. Войдите снова: текст останется здесь.",
                "login": reverse("account_login"),
            },
        )
    assert HeldForm.objects.count() == 0


def test_script_with_a_stale_token_is_told_so(draft: Application) -> None:
    client = careful(draft)
    answer = client.post(address("answer", draft), {"field": "6", "6": "Идея"}, headers=BY_ITSELF)
    assert (answer.status_code, answer.json()) == (
        403,
        {"error": "Страница открыта давно. Обновите её: текст останется здесь."},
    )
    client.cookies.clear()
    assert client.post(address("answer", draft), {"field": "6"}, headers=BY_ITSELF).status_code == 401
