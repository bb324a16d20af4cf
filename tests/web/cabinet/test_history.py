"""The history, the comparison and the presence line through a browser without scripts."""

import base64
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.accounts.models import DraftKey
from innoset.contests.models import Application
from innoset.foundation import clock
from innoset.projects.jobs import forget_old_texts
from innoset.projects.models import Answer, AnswerRevision, Editing
from innoset.projects.queries import values_of
from tests import world
from tests.web.cabinet.pages import address, browser, close, form_of, open_contest, section, soup, words

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Application:
    """A filled draft of a contest that is open."""
    return world.application(open_contest())


def colleague_of(draft: Application) -> Client:
    """Return the browser of another member of staff."""
    return world.signed_in(world.member(draft.organisation, name="Ремель Ольга Львовна"))


def write(client: Client, draft: Application, text: str, key: str = "6", **more: str) -> Any:
    """Save a field as the page does, with the version that is there now."""
    version = Answer.objects.get(passport=draft.project.passport, key=key).version
    data = {"field": key, key: text, f"seen-{key}": f"{version}:x", **more}
    return client.post(address("answer", draft), data)


def history(draft: Application, client: Client | None = None, query: str = "?field=6") -> Any:
    """Open the history of the sixth field."""
    return (client or browser(draft)).get(address("history", draft) + query)


def panels(response: Any) -> list[str]:
    """Return the words of each line of the history."""
    return [" ".join(one.get_text(" ").split()) for one in soup(response).find_all("section", "panel")]


# ── The history ─────────────────────────────────────────────────────────────


def test_history_tells_who_when_and_what(draft: Application) -> None:
    write(browser(draft), draft, "Первая мысль о школе")
    write(colleague_of(draft), draft, "Первая мысль о посёлке")
    latest, mine, first = panels(history(draft))
    assert re.match(
        r"6\. Основная идея \d+ \S+ 20\d\d, \d\d:\d\d:\d\d МСК Ремель О\. Л\. Сейчас в заявке "
        r"Первая мысль о убрано: школе добавлено: посёлке Весь текст Первая мысль о посёлке$",
        latest,
    )
    assert "Соколова В. П. Набран на сайте убрано: Основная идея." in mine
    assert "Вернуть этот текст Поле 6" in mine
    assert "Вернуть этот текст" not in latest
    assert first.endswith("Вернуть этот текст Поле 6")


def test_text_comes_back_with_one_press_and_goes_with_another(draft: Application) -> None:
    client = browser(draft)
    write(client, draft, "Новая")
    response = client.post(address("restore_answer", draft), form_of(history(draft, client), "revision"))
    assert (response.status_code, response["Location"]) == (302, address("history", draft) + "?field=6")
    assert values_of(draft.project.passport) == world.values()
    page = history(draft, client)
    assert "Текст возвращён. Тот, что был на его месте, остался в истории." in words(page)
    forms = soup(page).find_all("form", action=address("restore_answer", draft))
    data = {one["name"]: one["value"] for one in forms[0].find_all("input")}
    client.post(address("restore_answer", draft), data)
    assert values_of(draft.project.passport)["6"] == "Новая"


def test_text_is_not_brought_back_over_a_newer_one(draft: Application) -> None:
    client = browser(draft)
    write(client, draft, "Новая")
    data = form_of(history(draft, client), "revision")
    write(colleague_of(draft), draft, "Её")
    client.post(address("restore_answer", draft), data)
    assert "Поле 6 изменила Ремель О. Л. в " in words(history(draft, client))
    assert values_of(draft.project.passport)["6"] == "Её"


def test_closed_application_keeps_its_history_to_read(draft: Application) -> None:
    client = browser(draft)
    write(client, draft, "Новая")
    data = form_of(history(draft, client), "revision")
    close(draft.contest)
    page = history(draft, client)
    assert (page.status_code, soup(page).find("form", action=address("restore_answer", draft))) == (200, None)
    client.post(address("restore_answer", draft), data)
    assert values_of(draft.project.passport)["6"] == "Новая"


@pytest.mark.parametrize(
    "revision", ["", "0", "999999", "чушь", "-1", "9" * 18, "9" * 5000, "\0"], ids=range(8)
)
def test_unknown_text_is_not_there(draft: Application, revision: str) -> None:
    data = {"revision": revision, "seen": "1"}
    assert browser(draft).post(address("restore_answer", draft), data).status_code == 404


def test_text_of_another_application_is_not_there(draft: Application) -> None:
    other = world.application(open_contest())
    write(browser(other), other, "Чужая")
    theirs = AnswerRevision.objects.filter(passport=other.project.passport)[0]
    data = {"revision": str(theirs.pk), "seen": "1"}
    assert browser(draft).post(address("restore_answer", draft), data).status_code == 404


PAGES = (("history",), ("compare", "6"))
POSTS = (("restore_answer",), ("editing",), ("compare", "6"))


@pytest.mark.parametrize("page", PAGES, ids=[page[0] for page in PAGES])
def test_pages_of_others_are_not_there(draft: Application, page: tuple[Any, ...]) -> None:
    stranger = world.signed_in(world.member(world.organisation()))
    assert stranger.get(address(page[0], draft, *page[1:])).status_code == 404


@pytest.mark.parametrize("page", POSTS, ids=[page[0] for page in POSTS])
def test_deeds_on_others_are_not_there(draft: Application, page: tuple[Any, ...]) -> None:
    stranger = world.signed_in(world.member(world.organisation()))
    assert stranger.post(address(page[0], draft, *page[1:])).status_code == 404
    assert Editing.objects.count() == 0


@pytest.mark.parametrize("seen", ["9" * 5000, "-1:x", "999999999:x", "\0", ":"], ids=range(5))
def test_damaged_version_is_a_clash_and_no_trouble(draft: Application, seen: str) -> None:
    parcel = {"field": "6", "6": "Моя идея", "seen-6": seen, "replay": "\0" + "я" * 500}
    assert browser(draft).post(address("answer", draft), parcel).status_code == 409
    assert values_of(draft.project.passport) == world.values()


@pytest.mark.parametrize("query", ["?field=%00", "?field=99", "?page=-1", "?page=%00", "?every=%00"])
def test_damaged_address_shows_the_history(draft: Application, query: str) -> None:
    write(browser(draft), draft, "Мысль")
    assert len(panels(history(draft, query=query))) == 2


def test_empty_history_and_removed_stage_are_told(draft: Application) -> None:
    assert "Здесь пока ничего нет" in words(history(draft))
    client = browser(draft)
    write(client, draft, "Подготовка", "11.3")
    client.post(address("stages", draft), {"less": "1"})
    page = history(draft, client, "")
    assert "Поле убранного этапа" in words(page)
    assert "Вернуть этот текст" not in words(page)


def test_long_history_is_cut_into_pages_within_its_queries(draft: Application) -> None:
    client = browser(draft)

    def reads(query: str) -> int:
        with CaptureQueriesContext(connection) as caught:
            assert history(draft, client, query).status_code == 200
        return len(caught)

    write(client, draft, "Мысль")
    one = reads("?field=6&every=1")
    for number in range(25):
        write(client, draft, f"Мысль {number}")
    assert reads("?field=6&every=1") == one <= 12
    assert (len(panels(history(draft, client, "?field=6&every=1&page=3"))), len(panels(history(draft)))) == (
        7,
        2,
    )


def test_history_is_one_step_away(draft: Application) -> None:
    client = browser(draft)
    for page in (client.get(address("application", draft)), client.get(address("section", draft, "idea"))):
        assert soup(page).find("a", href=address("history", draft)) is not None
    field = soup(client.get(address("section", draft, "idea"))).find(
        "a", href=address("history", draft) + "?field=6"
    )
    assert field is not None
    assert field.get_text(" ", strip=True) == "История поля 6"


def test_month_old_texts_go_by_themselves(draft: Application) -> None:
    write(browser(draft), draft, "Новая")
    AnswerRevision.objects.update(saved_at=clock.now() - timedelta(days=31))
    assert forget_old_texts.func() == 1
    assert list(AnswerRevision.objects.values_list("text", flat=True)) == ["Новая"]


# ── Two texts of one field ──────────────────────────────────────────────────


def clashed(draft: Application) -> Client:
    """Let a colleague be first in the sixth field; return my browser."""
    client = browser(draft)
    write(colleague_of(draft), draft, "Её идея")
    answer = client.post(
        address("answer", draft), {"field": "6", "6": "Моя идея", "seen-6": "1:x", "replay": "r1"}
    )
    theirs = Answer.objects.get(passport=draft.project.passport, key="6")
    body = answer.json()
    assert re.fullmatch(r"Поле 6 изменила Ремель О\. Л\. в \d\d:\d\d\.", body.pop("error"))
    assert re.fullmatch(r"\d\d:\d\d", body["theirs"].pop("at"))
    assert re.fullmatch(r"2:[0-9a-f]{12}", body["theirs"].pop("version"))
    assert (answer.status_code, theirs.version, body) == (
        409,
        2,
        {
            "field": "6",
            "kept": True,
            "compare": address("compare", draft, "6"),
            "theirs": {"text": "Её идея", "who": "Ремель О. Л."},
        },
    )
    return client


@pytest.mark.parametrize(
    ("keep", "kept"),
    [("mine", "Моя идея"), ("theirs", "Её идея"), ("both", "Её идея\n\nМоя идея"), ("", "Её идея")],
)
def test_two_texts_are_compared_and_one_is_chosen(draft: Application, keep: str, kept: str) -> None:
    client = clashed(draft)
    page = client.get(address("compare", draft, "6"))
    text = words(page)
    assert "Мой текст" in text
    assert "Ремель О. Л." in text
    assert "убрано: Её добавлено: Моя идея" in text
    response = client.post(address("compare", draft, "6"), form_of(page, "keep") | {"keep": keep})
    assert (response.status_code, response["Location"]) == (302, address("section", draft, "idea"))
    assert values_of(draft.project.passport)["6"] == kept
    texts = set(AnswerRevision.objects.values_list("text", flat=True))
    assert {"Её идея", "Моя идея"} <= texts


def test_choice_over_a_still_newer_text_is_asked_again(draft: Application) -> None:
    client = clashed(draft)
    data = form_of(client.get(address("compare", draft, "6")), "keep")
    write(colleague_of(draft), draft, "Третья идея")
    response = client.post(address("compare", draft, "6"), data | {"keep": "mine"})
    assert response["Location"] == address("compare", draft, "6")
    assert "Сравните тексты ещё раз" in words(client.get(response["Location"]))
    assert values_of(draft.project.passport)["6"] == "Третья идея"


def test_without_a_late_text_there_is_only_the_history(draft: Application) -> None:
    response = browser(draft).get(address("compare", draft, "6"))
    assert (response.status_code, response["Location"]) == (302, address("history", draft) + "?field=6")
    assert browser(draft).get(address("compare", draft, "99")).status_code == 404


def test_text_not_chosen_on_the_page_of_the_section_stays_in_the_history(draft: Application) -> None:
    client = browser(draft)
    data = section(draft, "idea", client) | {"6": "Моя идея"}
    write(colleague_of(draft), draft, "Её идея")
    page = client.post(address("section", draft, "idea"), data)
    assert page.status_code == 409
    assert "убрано: Её добавлено: Моя идея" in words(page)
    again = form_of(page, "6") | {"6": "Моя дополненная идея", "keep-6": "theirs"}
    client.post(address("section", draft, "idea"), again)
    assert values_of(draft.project.passport)["6"] == "Её идея"
    assert list(AnswerRevision.objects.order_by("id").values_list("text", "origin")[1:]) == [
        ("Её идея", "typed"),
        ("Моя идея", "clashed"),
        ("Моя дополненная идея", "set_aside"),
    ]


def test_what_comes_after_the_end_is_in_the_history(draft: Application) -> None:
    client = browser(draft)
    data = section(draft, "idea", client) | {"6": "Опоздавшая идея"}
    close(draft.contest)
    answer = client.post(address("answer", draft), {"field": "4", "4": "Опоздавшая цель"})
    assert (answer.status_code, answer.json()["kept"]) == (422, True)
    assert client.post(address("section", draft, "idea"), data).status_code == 422
    assert list(AnswerRevision.objects.order_by("id").values_list("key", "text", "origin", "version")) == [
        ("4", "Опоздавшая цель", "set_aside", None),
        ("6", "Опоздавшая идея", "set_aside", None),
    ]
    assert "Не попал в заявку: изменить поле уже было нельзя" in words(history(draft, client))


def test_text_of_a_machine_is_refused_and_not_kept(draft: Application) -> None:
    answer = write(browser(draft), draft, "а" * 200_001)
    assert (answer.status_code, answer.json()["kept"], AnswerRevision.objects.count()) == (422, False, 0)


def test_same_parcel_gets_the_same_answer(draft: Application) -> None:
    client = browser(draft)
    parcel = {"field": "6", "6": "Идея", "seen-6": "1:x", "replay": "0" * 32}
    first = client.post(address("answer", draft), parcel).json()
    write(colleague_of(draft), draft, "Её")
    assert client.post(address("answer", draft), parcel).json() == first
    assert values_of(draft.project.passport)["6"] == "Её"


# ── Who else writes, and the key of drafts ──────────────────────────────────


def test_others_are_told_where_one_writes(draft: Application) -> None:
    mine, theirs = browser(draft), colleague_of(draft)
    url = address("editing", draft)
    assert mine.post(url, {"field": "6"}).json() == {"others": []}
    assert theirs.post(url, {"field": "11.2.1"}).json() == {
        "others": [{"who": "Соколова В. П.", "field": "6"}]
    }
    assert "Правит ещё: Ремель О. Л. (поле 11.2.1)" in words(mine.get(address("section", draft, "idea")))
    assert theirs.post(url, {"field": "\0"}).status_code == 200
    assert mine.post(url, {"field": "нет такого"}).json() == {"others": []}
    assert theirs.post(url, {"field": ""}).json() == {"others": []}
    assert "Правит ещё" not in words(mine.get(address("section", draft, "idea")))


def test_writing_prolongs_the_session_once_an_hour(draft: Application) -> None:
    client, url = browser(draft), address("editing", draft)
    client.post(url, {"field": "6"})
    first = client.session["prolonged_at"]
    client.post(url, {"field": "6"})
    assert client.session["prolonged_at"] == first
    session = client.session
    session["prolonged_at"] = first - 3601
    session.save()
    client.post(url, {"field": "6"})
    assert client.session["prolonged_at"] >= first


def test_session_of_a_person_who_signs_in_lives_half_a_day_at_least(draft: Application) -> None:
    client = Client()
    data = {"login": draft.created_by.email, "password": "пароль-42"}
    assert client.post(reverse("account_login"), data).status_code == 302
    assert client.session.get_expiry_age() >= 12 * 3600


def test_key_of_drafts_is_the_persons_own_and_lasts(draft: Application) -> None:
    client, url = browser(draft), reverse("cabinet:drafts_key")
    first, second = client.get(url), client.get(url)
    assert "no-store" in first["Cache-Control"]
    mine, again, theirs = first.json(), second.json(), colleague_of(draft).get(url).json()
    assert sorted(mine) == ["csrf", "key", "owner"]
    assert (mine["key"], mine["owner"]) == (again["key"], again["owner"])
    assert len(base64.b64decode(mine["key"])) == 32
    assert re.fullmatch(r"[0-9a-f]{32}", mine["owner"])
    assert {mine["key"], mine["owner"]}.isdisjoint({theirs["key"], theirs["owner"]})
    assert DraftKey.objects.count() == 2
