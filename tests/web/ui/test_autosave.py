"""The form that saves itself: what it sends, and that it always says the truth."""

from collections.abc import Callable, Iterator

import pytest
from django.http import JsonResponse
from playwright.sync_api import Page, expect

from tests.web.ui import pages

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.web.ui.pages"),
]


@pytest.fixture(autouse=True)
def nothing_sent() -> Iterator[None]:
    pages.SAVED.clear()
    pages.REPLAYS.clear()
    pages.ANSWERS.clear()
    yield
    pages.SAVED.clear()
    pages.REPLAYS.clear()
    pages.ANSWERS.clear()


def test_pause_saves_one_field_and_follows_the_version(page: Page) -> None:
    page.goto("/saving/")
    page.locator("#id_idea").fill("Мастерская")
    expect(page.locator(".saved")).to_have_text("Сохранено в 14:03:12")
    page.locator("#id_goal").fill("Учить")
    page.locator("#id_idea").focus()
    expect(page.locator("input[name=version]")).to_have_value("2")
    assert pages.SAVED == [
        {"field": "idea", "version": "0", "idea": "Мастерская"},
        {"field": "goal", "version": "1", "goal": "Учить"},
    ]
    expect(page.locator("saved-line + [role=status]")).to_have_text("Сохранено в 14:03:12")


def test_lost_connection_is_said_and_the_text_goes_when_it_is_back(page: Page) -> None:
    page.goto("/saving/")
    page.route("**/saving/", lambda route: route.abort("aborted"))
    page.locator("#id_idea").fill("Мастерская")
    expect(page.locator(".saved")).to_have_text("Нет связи. Не закрывайте страницу, отправим сами")
    assert page.locator(".saved").get_attribute("data-state") == "lost"
    page.unroute("**/saving/")
    expect(page.locator(".saved")).to_have_text("Связь есть, всё сохранено", timeout=15_000)
    assert pages.SAVED == [{"field": "idea", "version": "0", "idea": "Мастерская"}]


@pytest.mark.parametrize("status", [409, 422])
def test_refusal_is_shown_in_its_own_words(page: Page, status: int) -> None:
    pages.ANSWERS.append(JsonResponse({"error": "Поле изменила Ремез О. Л. в 14:02."}, status=status))
    page.goto("/saving/")
    page.locator("#id_goal").fill("Учить")
    expect(page.locator(".saved")).to_have_text("Поле изменила Ремез О. Л. в 14:02.")
    expect(page.locator("#id_goal")).to_have_value("Учить")


def test_signed_out_person_is_told_how_to_keep_the_text(page: Page) -> None:
    pages.ANSWERS.append(JsonResponse({"login": "/saving/"}, status=401))
    page.goto("/saving/")
    page.locator("#id_goal").fill("Учить")
    expect(page.locator(".saved")).to_have_text(
        "Вы вышли из системы. Не закрывайте страницу, отправим, когда войдёте снова. Войти"
    )
    link = page.locator(".saved").get_by_role("link", name="Войти")
    assert (link.get_attribute("href"), link.get_attribute("target")) == ("/saving/", "_blank")
    expect(page.locator(".saved")).to_have_text("Связь есть, всё сохранено", timeout=15_000)


def test_text_without_an_answer_goes_again_with_its_key_before_the_next(page: Page) -> None:
    pages.ANSWERS.append(JsonResponse({}, status=429))
    page.goto("/saving/")
    page.locator("#id_idea").fill("Мастер")
    expect(page.locator(".saved")).to_have_text("Нет связи. Не закрывайте страницу, отправим сами")
    page.locator("#id_idea").fill("Мастерская")
    expect(page.locator(".saved")).to_have_text("Связь есть, всё сохранено", timeout=15_000)
    first, again, last = pages.REPLAYS
    assert first == again != last
    assert [one["idea"] for one in pages.SAVED] == ["Мастер", "Мастер", "Мастерская"]


def test_button_waits_for_what_is_on_its_way(page: Page) -> None:
    page.goto("/saving/")
    page.locator("#id_idea").fill("Мастерская")
    with page.expect_navigation():
        page.get_by_role("button", name="Сохранить").click()
    assert pages.SAVED == [
        {"field": "idea", "version": "0", "idea": "Мастерская"},
        {"version": "1", "idea": "Мастерская"},
    ]


def test_form_without_javascript_has_its_button(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/saving/")
    expect(page.locator(".saved")).to_have_text("Нажмите «Сохранить», чтобы не потерять текст")
    expect(page.get_by_role("button", name="Сохранить")).to_be_visible()


def test_answer_may_name_the_hidden_input_that_it_renews(page: Page) -> None:
    pages.ANSWERS.append(JsonResponse({"at": "14:03:12", "version": "7-ab", "versioned": "seen-goal"}))
    page.goto("/saving/")
    page.locator("#id_goal").fill("Учить")
    expect(page.locator("input[name=seen-goal]")).to_have_value("7-ab")
    expect(page.locator("input[name=version]")).to_have_value("0")
