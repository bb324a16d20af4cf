"""The gallery in Chromium: four themes, a narrow screen, fingers, the keyboard, and no JavaScript."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.web.ui.pages"),
]
THEMES = ("plain", "large", "contrast", "dark")
ALL_OPEN = "document.querySelectorAll('details').forEach(d => d.open = true)"
TOO_SMALL = """least => [...document.querySelectorAll('a, button, summary, select, input:not([type=hidden])')]
  .filter(e => e.checkVisibility() && !e.closest('p, li li, .skip, .hint, td, dd, .card h3, .tasklist'))
  .map(e => { const box = (e.closest('label') || e).getBoundingClientRect(); return [e.outerHTML.slice(0, 90), Math.round(box.height)]; })
  .filter(([, height]) => height && height < least)"""


@pytest.mark.parametrize("theme", THEMES)
def test_axe_finds_nothing(page: Page, axe: Callable[[Page], None], theme: str) -> None:
    page.goto(f"/ui/?view={theme}")
    page.evaluate(ALL_OPEN)
    axe(page)


@pytest.mark.parametrize("theme", THEMES)
def test_narrow_screen_never_scrolls_sideways(open_page: Callable[..., Page], theme: str) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto(f"/ui/?view={theme}")
    page.evaluate(ALL_OPEN)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_widest_spacing_and_hugest_text_fit_as_well(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 320, "height": 640})
    page.goto("/ui/")
    page.evaluate("document.documentElement.className = 'theme-large size-huge spacing-wide'")
    page.evaluate(ALL_OPEN)
    assert page.evaluate("document.documentElement.scrollWidth") == 320


def test_fingers_find_their_targets(phone: Page) -> None:
    phone.goto("/ui/")
    assert phone.evaluate(TOO_SMALL, 44) == []


def test_look_is_chosen_by_keyboard_without_javascript(open_page: Callable[..., Page]) -> None:
    page = open_page(java_script_enabled=False)
    page.goto("/ui/?page=2")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Настройки отображения")
    page.keyboard.press("Enter")
    page.get_by_label("Тёмная").check()
    page.get_by_role("button", name="Применить").press("Enter")
    expect(page).to_have_url("/ui/?page=2")
    expect(page.locator("html")).to_have_class("theme-dark size-normal spacing-normal")


def test_skip_link_is_second_and_leads_to_the_content(page: Page) -> None:
    page.goto("/ui/")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Перейти к содержанию")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()


def test_counter_lets_a_long_text_in_and_says_by_how_much(page: Page) -> None:
    page.goto("/ui/")
    counter = page.locator("char-counter[for=id_big] span").first
    expect(counter).to_have_text("47 из 3\u00a0000 знаков")
    page.locator("#id_big").fill("я" * 3002)
    expect(counter).to_have_text("На 2 знака больше, чем можно")
    expect(page.locator("char-counter[for=id_big] [role=status]")).to_have_text(
        "На 2 знака больше, чем можно"
    )
    assert page.locator("#id_big").input_value() == "я" * 3002


def test_keys_set_marks_and_go_between_criteria(page: Page) -> None:
    page.goto("/ui/")
    page.locator("input[name=k2]").first.focus()
    page.keyboard.press("1")
    expect(page.locator("input[name=k2][value='1']")).to_be_checked()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("2")
    expect(page.locator("input[name=k3][value='2']")).to_be_checked()
    page.keyboard.press("ArrowUp")
    expect(page.locator("input[name=k2][value='1']")).to_be_focused()


def test_keys_can_be_switched_off_for_good(page: Page) -> None:
    page.goto("/ui/")
    page.get_by_label("Клавиши").uncheck()
    page.reload()
    expect(page.get_by_label("Клавиши")).not_to_be_checked()
    page.locator("input[name=k2]").first.focus()
    page.keyboard.press("0")
    expect(page.locator("input[name=k2][value='2']")).to_be_checked()


def test_digits_typed_into_a_text_stay_a_text(page: Page) -> None:
    page.goto("/ui/")
    page.locator("#id_big").press("1")
    expect(page.locator("input[name=k2][value='2']")).to_be_checked()


def test_time_left_goes_on_while_the_page_is_open(open_page: Callable[..., Page]) -> None:
    page = open_page()
    page.clock.install()
    page.goto("/ui/")
    first = page.locator("count-down").first
    before = first.text_content()
    page.clock.fast_forward("02:00:00")
    expect(first).not_to_have_text(before or "")
    expect(first).to_have_text(r"осталось 14 дней 1 ч".replace(" ", "\u00a0").replace("\u00a0", " ", 1))


def test_sum_is_copied(open_page: Callable[..., Page]) -> None:
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    page.goto("/ui/")
    page.get_by_role("button", name="Скопировать сумму").click()
    expect(page.locator("copy-button [role=status]")).to_have_text(" Скопировано")
    assert len(page.evaluate("navigator.clipboard.readText()")) == 64


def test_printed_page_is_only_what_matters(page: Page) -> None:
    page.emulate_media(media="print")
    page.goto("/ui/")
    for selector in (".display", ".nav", ".filters", ".pagination", ".button"):
        assert page.locator(selector).first.is_visible() is False, selector
    expect(page.locator(".receipt").first).to_be_visible()


def test_heading_row_of_a_long_list_stays_in_sight(open_page: Callable[..., Page]) -> None:
    page = open_page(viewport={"width": 1280, "height": 400})
    page.goto("/ui/")
    last = page.locator(".listing tbody tr").last
    last.evaluate("row => scrollTo(0, row.getBoundingClientRect().top + scrollY - 60)")
    assert page.locator(".listing thead th").first.bounding_box()["y"] == 0  # type: ignore[index]  # it is drawn


def test_ticks_go_in_runs_and_all_at_once(page: Page) -> None:
    page.goto("/ui/")
    ticks, count = page.locator("tbody .tick input"), page.locator(".bulk [role=status]")
    expect(count).to_have_text("Ничего не выбрано")
    ticks.nth(1).check()
    expect(count).to_have_text("Выбрана 1 строка")
    ticks.nth(3).click(modifiers=["Shift"])
    expect(count).to_have_text("Выбраны 3 строки")
    page.get_by_label("Все на странице").check()
    expect(count).to_have_text("Выбрано 5 строк")
    page.get_by_label("Все на странице").uncheck()
    expect(count).to_have_text("Ничего не выбрано")
