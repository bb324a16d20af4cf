"""Work that cannot be lost: two authors, two tabs, no network, no session, somebody else at the computer."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from innoset.contests.actions import filling
from innoset.contests.models import Application
from innoset.foundation.russian import MOSCOW
from innoset.projects.queries import values_of
from tests import world
from tests.browser.desk import ANSWER, area, begun, is_kept, no_network, opened, write

pytestmark = pytest.mark.django_db(transaction=True)

LOST = "Нет связи. Текст сохранён на этом компьютере, отправим сами"
CANARY = "Канарейка"


@pytest.fixture
def draft(reference: None) -> Application:
    """A draft that may be filled."""
    return begun()


@pytest.fixture
def desk(page: Page, draft: Application, let_in: Callable[..., Any]) -> Page:
    """The section «Замысел», opened by the person who began the application."""
    let_in(page, draft.created_by)
    return opened(page, draft)


def said(page: Page) -> Any:
    """Return the line that says how the texts are."""
    return page.locator("autosave-form > saved-line")


def sign_out(page: Page) -> None:
    """Lose the session and the token that came with it."""
    page.context.clear_cookies()


def texts(draft: Application, key: str = "6") -> list[str]:
    """Return all texts of a field that the history has, the oldest first."""
    return list(
        draft.project.passport.revisions.filter(key=key).order_by("id").values_list("text", flat=True)
    )


def test_words_of_a_lost_and_found_network(desk: Page, draft: Application) -> None:
    no_network(desk)
    area(desk).fill("Без сети")
    expect(said(desk)).to_have_text(LOST)
    desk.unroute(ANSWER)
    expect(said(desk)).to_have_text("Связь есть, всё сохранено")
    assert values_of(draft.project.passport)["6"] == "Без сети"


def test_text_of_a_dead_page_comes_back_in_its_field(desk: Page, draft: Application) -> None:
    no_network(desk)
    area(desk).fill("Недописанная мысль")
    is_kept(desk)
    other = desk.context.new_page()
    desk.close()
    opened(other, draft)
    expect(area(other)).to_have_value("Недописанная мысль")
    assert values_of(draft.project.passport)["6"] == "Недописанная мысль"
    assert texts(draft)[-1:] == ["Недописанная мысль"]


def test_text_of_another_section_goes_from_the_page_of_the_application(
    desk: Page, draft: Application
) -> None:
    no_network(desk)
    area(desk).fill("Из другого раздела")
    is_kept(desk)
    other = desk.context.new_page()
    desk.close()
    other.goto(reverse("cabinet:application", args=[draft.number]))
    line = other.locator("left-drafts .saved")
    expect(line).to_have_text("Отправлен текст, который оставался на этом компьютере: поле 6.")
    assert values_of(draft.project.passport)["6"] == "Из другого раздела"


@pytest.mark.parametrize(
    ("key", "choice", "text"),
    [("6", "Мой текст", "Моё"), ("4", "Текст коллеги", "Её"), ("5", "Оба подряд", "Её\n\nМоё")],
)
def test_two_authors_in_one_field_choose_and_both_texts_stay(
    desk: Page, draft: Application, key: str, choice: str, text: str
) -> None:
    colleague = world.member(draft.organisation, name="Орлова Анна Ильинична")
    now = datetime.now(tz=UTC)
    filling.answer(draft, key=key, text="Её", by=colleague, at=now)
    area(desk, key).fill("Моё")
    expect(said(desk)).to_have_text(
        re.compile(rf"^Поле {key} изменила Орлова А\. И\. (.* )?в {now.astimezone(MOSCOW):%H:%M}\. Сравнить$")
    )
    said(desk).get_by_role("button", name="Сравнить").click()
    expect(desk.locator("text-clash")).to_be_focused()
    expect(desk.locator(f".field:has([name='{key}']) + text-clash .read-only-text")).to_have_text(
        ["Моё", "Её"]
    )
    desk.locator("text-clash").get_by_role("button", name=choice).click()
    expect(desk.locator("text-clash")).to_have_count(0)
    expect(area(desk, key)).to_have_value(text)
    desk.wait_for_function("() => !document.querySelector('autosave-form').busy")
    assert values_of(draft.project.passport)[key] == text
    assert {"Моё", "Её"} <= set(texts(draft, key))


def test_two_tabs_of_one_section_keep_both(desk: Page, draft: Application) -> None:
    other = opened(desk.context.new_page(), draft)
    write(desk, "5", "Пятое из первой вкладки")
    write(other, "6", "Шестое из второй")
    values = values_of(draft.project.passport)
    assert (values["5"], values["6"]) == ("Пятое из первой вкладки", "Шестое из второй")
    write(desk, "6", "Шестое из первой")
    expect(said(desk)).to_contain_text("Поле 6 вы изменили в другом окне")
    expect(desk.locator("text-clash .read-only-text")).to_have_text(["Шестое из первой", "Шестое из второй"])
    assert {"Шестое из первой", "Шестое из второй"} <= set(texts(draft))


def test_session_ends_while_typing_and_the_text_goes_after_sign_in(
    desk: Page, draft: Application, let_in: Callable[..., Any]
) -> None:
    draft.created_by.set_password("другой-пароль-77")
    draft.created_by.save()
    area(desk).fill("Набрано после выхода")
    expect(said(desk)).to_have_text(
        "Вы вышли из системы. Текст сохранён на этом компьютере, отправим, когда войдёте снова. Войти"
    )
    link = said(desk).get_by_role("link", name="Войти")
    assert (link.get_attribute("href"), link.get_attribute("target")) == (reverse("account_login"), "_blank")
    sign_out(desk)
    let_in(desk, draft.created_by)
    expect(said(desk)).to_have_text("Связь есть, всё сохранено")
    expect(area(desk)).to_have_value("Набрано после выхода")
    assert values_of(draft.project.passport)["6"] == "Набрано после выхода"


def test_another_person_at_the_computer_sees_and_sends_nothing(
    desk: Page, draft: Application, let_in: Callable[..., Any]
) -> None:
    before = texts(draft)
    draft.created_by.set_password("другой-пароль-77")
    draft.created_by.save()
    area(desk).fill(CANARY)
    expect(said(desk)).to_contain_text("Вы вышли из системы. Текст сохранён на этом компьютере")
    left = desk.context.new_page()
    desk.close()
    sign_out(left)
    colleague = world.member(draft.organisation, name="Орлова Анна Ильинична")
    let_in(left, colleague)
    opened(left, draft)
    expect(area(left)).to_have_value("Было")
    assert CANARY not in left.content()
    assert texts(draft) == before
    sign_out(left)
    let_in(left, draft.created_by)
    opened(left, draft)
    expect(area(left)).to_have_value(CANARY)


def test_open_page_of_one_person_sends_nothing_as_another(
    desk: Page, draft: Application, let_in: Callable[..., Any]
) -> None:
    sign_out(desk)
    let_in(desk, world.member(draft.organisation, name="Орлова Анна Ильинична"))
    area(desk).fill(CANARY)
    expect(said(desk)).to_have_text(
        "В этом браузере вошёл другой человек. Текст сохранён на этом компьютере, отправим, когда войдёте вы."
    )
    assert CANARY not in texts(draft)


def test_browser_that_cannot_keep_drafts_is_told_to_keep_the_page(
    open_page: Callable[..., Page], draft: Application, let_in: Callable[..., Any]
) -> None:
    page = open_page()
    # As on a site without https in a local network.
    page.add_init_script("Object.defineProperty(crypto, 'subtle', {value: undefined})")
    let_in(page, draft.created_by)
    page.goto(reverse("cabinet:section", args=[draft.number, "idea"]))
    no_network(page)
    area(page).fill("Только здесь")
    expect(said(page)).to_have_text("Нет связи. Не закрывайте страницу, отправим сами")
    assert page.evaluate("() => !dispatchEvent(new Event('beforeunload', {cancelable: true}))") is True
    page.unroute(ANSWER)
    expect(said(page)).to_have_text("Связь есть, всё сохранено")
    assert page.evaluate("() => !dispatchEvent(new Event('beforeunload', {cancelable: true}))") is False


def test_colleague_is_seen_in_the_field(
    desk: Page, draft: Application, let_in: Callable[..., Any], open_page: Any
) -> None:
    other = open_page()
    let_in(other, world.member(draft.organisation, name="Ремез Ольга Львовна"))
    opened(other, draft)
    with other.expect_response("**/editing/"):
        area(other, "5").focus()
    with desk.expect_response("**/editing/"):
        area(desk, "6").focus()
    expect(desk.locator("who-writes")).to_have_text("Правит ещё: Ремез О. Л. (поле 5)")
