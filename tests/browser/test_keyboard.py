"""Without a mouse: the display settings, signing in and writing, scoring a sheet."""

from collections.abc import Callable
from datetime import datetime

import pytest
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Page, expect

from innoset.accounts.actions import confirm_address
from innoset.accounts.models import User
from innoset.projects.queries import values_of
from innoset.review.models import ScoreSheet
from tests import world
from tests.review import scene as panel
from tests.web.cabinet.pages import FAR_OFF, LONG_AGO

pytestmark = pytest.mark.django_db(transaction=True)

MOST_STEPS = 60
FOCUSED = """() => {
  const at = document.activeElement, labels = [...(at.labels || [])].map((one) => one.textContent).join(" ");
  return (at.getAttribute("aria-label") || labels || at.textContent).replace(/\\s+/g, " ").trim();
}"""
OUTLINE = "() => getComputedStyle(document.activeElement).outlineStyle"
IDEA = "Опытный педагог ведёт молодого через совместные уроки"


def walk_to(page: Page, words: str) -> None:
    """Go on by Tab until the focus is on what begins with these words, and is seen to be there."""
    passed: list[str] = []
    while len(passed) < MOST_STEPS:
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED))
        if passed[-1].startswith(words):
            assert page.evaluate(OUTLINE) != "none", words
            return
    raise AssertionError(f"{words!r} is not among {passed}")


def press(page: Page, words: str) -> None:
    """Go to a link or a button and press it; another page comes."""
    walk_to(page, words)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_display_settings_come_first(page: Page) -> None:
    page.goto("/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Настройки отображения"
    page.keyboard.press("Enter")
    walk_to(page, "Обычная")
    page.keyboard.press("ArrowDown")
    press(page, "Применить")
    expect(page.locator("html")).to_have_class("theme-large size-normal spacing-normal")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == "Перейти к содержанию"


def test_an_applicant_signs_in_and_writes(page: Page, at: datetime) -> None:
    contest = world.contest()
    contest.stages.filter(kind="submission").update(starts_at=LONG_AGO, ends_at=FAR_OFF)
    draft = world.application(contest, number="2026-0147", answers=world.values(**{"6": ""}))
    person = draft.created_by
    confirm_address(person, by=person, at=at)
    page.goto(reverse("account_login"))
    walk_to(page, "Электронная почта")
    page.keyboard.type(person.email)
    page.keyboard.press("Tab")
    page.keyboard.type("пароль-42")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Что ждёт вас сейчас")
    press(page, "Заявки")
    press(page, "ИП-2026-0147")
    press(page, "Замысел")
    walk_to(page, "6. Основная идея")
    with page.expect_response("**/answer/") as saved:
        page.keyboard.type(IDEA)
        page.keyboard.press("Tab")
    assert saved.value.status == 200
    expect(page.locator(".saved")).to_contain_text("Сохранено в")
    assert values_of(draft.project.passport)["6"] == IDEA
    press(page, "Сохранить и продолжить")
    expect(page.get_by_role("heading", level=1)).to_have_text("Обоснование")


def test_an_expert_scores_by_keys(page: Page, let_in: Callable[[Page, User], Client]) -> None:
    """At the last criterion the arrow leads nowhere and changes no mark; a low mark leads to its explanation."""
    tour = panel.scene(dossiers=1, experts=1, closes_at=FAR_OFF)
    panel.given(tour, 0, 0)
    let_in(page, tour.experts[0])
    page.goto(reverse("desk:home"))
    press(page, f"Начать: {tour.dossiers[0].code}")
    press(page, "Конфликта нет")
    for key in ("4", "ArrowDown", "2"):
        page.keyboard.press(key)
    page.keyboard.type("Мысль ясна, но не хватает показателя.")
    for key in ("Escape", "ArrowDown", "ArrowUp", "ArrowUp", "5"):
        page.keyboard.press(key)
    assert page.evaluate(FOCUSED) == "Проверить и завершитьЗавершить"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator("tfoot strong")).to_have_text("19 из 25")
    assert page.evaluate(FOCUSED) == "Завершить лист"
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".messages")).to_have_text(f"Лист по делу {tour.dossiers[0].code} завершён.")
    sheet = ScoreSheet.objects.get()
    assert (sheet.state, sheet.total, [one.value for one in sheet.scores.order_by("criterion__number")]) == (
        "finished",
        19,
        [5, 2],
    )
