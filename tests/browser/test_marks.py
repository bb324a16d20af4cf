"""Marks that cannot be lost: twelve works without a mouse, no network, a killed browser, somebody else."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import BrowserContext, Error, Page, expect
from pytest_django.live_server_helper import LiveServer

from innoset.review import actions
from innoset.review.models import Score, ScoreSheet
from innoset.review.pure.scoring import Mark
from tests import world
from tests.plugins.browser import NAMES
from tests.review.scene import Scene, given, opened, scene
from tests.web.cabinet.pages import FAR_OFF
from tools.bench.faults.typist import power_off

pytestmark = pytest.mark.django_db(transaction=True)

WORKS, CRITERIA, MOST_INPUTS = 12, 8, 12
MARK = "**/mark/"
LOST = "Нет связи. Баллы сохранены на этом компьютере, отправим сами"
NEWER = "На другом устройстве уже стоит более новый балл, показали его"
NO_STORE = "Object.defineProperty(globalThis, 'indexedDB', {value: undefined})"
KEPT = "() => document.querySelector('mark-queue').safe"
ALL_SENT = """() => {
  const one = document.querySelector("mark-queue");
  return one.met && !one.busy && !one.slots.size;
}"""
EVERY = 4
"""The browser is killed at every fourth work."""
VALUES = (4, 3, 5, 4, 3, 5, 4, 3)


def tour(dossiers: int, experts: int = 1) -> Scene:
    """Make a round with eight criteria."""
    rubric = world.rubric(weights=(1,) * CRITERIA)
    return scene(dossiers=dossiers, experts=experts, closes_at=FAR_OFF, rubric=rubric)


def begun(dossiers: int) -> Scene:
    """Make such a round whose sheets are all open."""
    here = tour(dossiers)
    for number in range(dossiers):
        opened(here, dossier=number)
    return here


def url_of(here: Scene, dossier: int = 0, page: str = "sheet") -> str:
    return reverse(f"desk:{page}", args=[here.round.kind, here.dossiers[dossier].code])


def at_sheet(page: Page, here: Scene, dossier: int = 0) -> Page:
    """Open a sheet and wait until it can keep marks."""
    page.goto(url_of(here, dossier))
    page.wait_for_function("() => document.querySelector('mark-queue')?.met")
    return page


def said(page: Page) -> Any:
    return page.locator("mark-queue > saved-line")


def cut(page: Page) -> None:
    """Let no mark through."""
    page.route(MARK, lambda route: route.abort("aborted"))


def on_server() -> list[int | None]:
    return list(Score.objects.order_by("criterion__number").values_list("value", flat=True))


class Keyboard:
    """Presses keys and counts them."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, key: str) -> None:
        self.page.keyboard.press(key)
        self.pressed += 1

    def onward(self, key: str = "Enter") -> None:
        """Press what leads to another page."""
        with self.page.expect_navigation():
            self.press(key)


def test_twelve_works_are_scored_in_twelve_inputs_each_without_a_mouse(
    page: Page, let_in: Callable[..., Any]
) -> None:
    here = tour(WORKS)
    for number in range(WORKS):
        given(here, dossier=number)
    let_in(page, here.experts[0])
    page.goto(url_of(here, 0, "conflict"))
    inputs = []
    for _ in range(WORKS):
        keys = Keyboard(page)
        keys.press("Tab")
        keys.onward()
        for value in VALUES:
            keys.press(str(value))
        keys.onward()
        keys.onward()
        inputs.append(keys.pressed)
    assert inputs == [MOST_INPUTS] * WORKS
    sheets = ScoreSheet.objects.prefetch_related("scores")
    assert [[one.value for one in sheet.scores.all()] for sheet in sheets] == [list(VALUES)] * WORKS
    assert {(sheet.state, sheet.total) for sheet in sheets} == {("finished", Decimal(sum(VALUES)))}


def test_keys_lead_to_comments_neighbours_search_and_help(page: Page, let_in: Callable[..., Any]) -> None:
    here = tour(2)
    opened(here, dossier=0)
    opened(here, dossier=1)
    let_in(page, here.experts[0])
    at_sheet(page, here)
    page.keyboard.press("1")
    expect(page.locator("#id_k1_comment")).to_be_focused()
    page.keyboard.type("Мало 5 данных")
    page.keyboard.press("Escape")
    page.keyboard.press("Slash")
    expect(page.get_by_role("searchbox")).to_be_focused()
    page.keyboard.type("ответ")
    expect(page.locator(".aid [role=status]")).to_have_text("1 из 3")
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Slash")
    page.get_by_role("dialog").get_by_role("button", name="] (ъ)").press("Enter")
    page.keyboard.press("KeyL")
    page.keyboard.press("Escape")
    with page.expect_navigation():
        page.keyboard.press("KeyL")
    expect(page.get_by_role("heading", level=1)).to_have_text(here.dossiers[1].code)
    with page.expect_navigation():
        page.keyboard.press("BracketLeft")
    expect(page.locator("#id_k1_comment")).to_have_value("Мало 5 данных")
    expect(page.locator("#field-6")).not_to_have_class("lit")
    page.locator("#id_k1").get_by_role("radio").first.focus()
    expect(page.locator("#field-6")).to_have_class("lit")
    page.locator("#field-6 .read-only-text").select_text()
    page.keyboard.press("KeyQ")
    with page.expect_response(MARK):
        expect(page.locator("#id_k1_comment")).to_have_value("Мало 5 данных\nПоле 6: «Ответ 6» ")


def test_words_of_a_lost_and_found_network(page: Page, let_in: Callable[..., Any]) -> None:
    here = tour(1)
    opened(here)
    let_in(page, here.experts[0])
    at_sheet(page, here)
    cut(page)
    for value in VALUES[:3]:
        page.keyboard.press(str(value))
    expect(said(page)).to_have_text(LOST)
    assert on_server() == []
    page.unroute(MARK)
    expect(said(page)).to_have_text("Связь есть, всё сохранено")
    assert on_server() == list(VALUES[:3])
    # The plain button brings along nothing that could cover a newer mark.
    criterion = here.rubric.criteria.get(number=1)
    sheet = ScoreSheet.objects.get()
    actions.score(sheet, criterion=criterion, value=5, by=here.experts[0], at=FAR_OFF)
    with page.expect_navigation():
        page.get_by_role("button", name="Сохранить", exact=True).click()
    assert on_server() == [5, *VALUES[1:3]]


def test_somebody_else_at_the_computer_sees_and_sends_nothing(page: Page, let_in: Callable[..., Any]) -> None:
    """The other judges the very same work, so a mark that went astray would be seen."""
    here = tour(1, experts=2)
    for number in range(2):
        opened(here, expert=number)
    let_in(page, here.experts[0])
    at_sheet(page, here)
    # Not a broken route: what waits in one goes through when its page closes.
    page.evaluate("() => { globalThis.fetch = () => Promise.reject(new TypeError('no network')); }")
    page.keyboard.press("4")
    page.wait_for_function(KEPT)
    left = page.context.new_page()
    page.close()
    left.context.clear_cookies()
    let_in(left, here.experts[1])
    at_sheet(left, here)
    left.wait_for_function(ALL_SENT)
    expect(left.locator("#id_k1").get_by_role("radio", checked=True)).to_have_count(0)
    assert on_server() == []
    left.context.clear_cookies()
    let_in(left, here.experts[0])
    left.goto(reverse("desk:home"))
    expect(left.locator("mark-queue > saved-line")).to_contain_text("Сохранено в")
    assert on_server() == [4]
    assert ScoreSheet.objects.get(scores__value=4).assignment.expert == here.experts[0]


@pytest.fixture
def browser(tmp_path: Path, chromium: Any, live_server: LiveServer) -> Iterator[Callable[[], BrowserContext]]:
    """Start a browser whose data lie in a folder: `browser()`."""
    path = next(found for name in NAMES if (found := shutil.which(name)))
    started: list[BrowserContext] = []

    def start() -> BrowserContext:
        context: BrowserContext = chromium.browser_type.launch_persistent_context(
            str(tmp_path),
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu"],
            base_url=live_server.url,
        )
        context.set_default_timeout(20_000)
        started.append(context)
        return context

    yield start
    for context in started:
        with contextlib.suppress(Error):
            context.close()


def killed_midway(
    browser: Callable[[], BrowserContext],
    folder: Path,
    here: Scene,
    let_in: Callable[..., Any],
    *,
    harm: str = "",
) -> int:
    """Score all works, each half without a network, and kill the browser on the way; return how many are lost."""
    for number in range(len(here.dossiers)):
        if number % EVERY == 0:
            page = browser().new_page()
            page.add_init_script(harm)
            page.on("dialog", lambda dialog: dialog.accept())
            let_in(page, here.experts[0])
        at_sheet(page, here, number)
        for place, value in enumerate(VALUES):
            if place == CRITERIA // 2:
                cut(page)
            page.keyboard.press(str(value))
        if number % EVERY == EVERY - 1:
            page.wait_for_function(KEPT if not harm else "true")
            power_off(folder)
        else:
            page.unroute(MARK)
    page = browser().new_page()
    let_in(page, here.experts[0])
    page.goto(reverse("desk:home"))
    page.wait_for_function(ALL_SENT)
    return len(here.dossiers) * CRITERIA - Score.objects.filter(value__isnull=False).count()


def test_killed_browser_loses_no_mark(
    browser: Callable[[], BrowserContext], tmp_path: Path, let_in: Callable[..., Any]
) -> None:
    here = begun(WORKS)
    assert killed_midway(browser, tmp_path, here, let_in) == 0


def test_without_the_store_of_the_computer_marks_would_be_lost(
    browser: Callable[[], BrowserContext], tmp_path: Path, let_in: Callable[..., Any]
) -> None:
    """The control: a queue that lives in the page only."""
    here = begun(EVERY)
    assert killed_midway(browser, tmp_path, here, let_in, harm=NO_STORE) > 0


def test_mark_of_a_phone_that_comes_late_does_not_cover_a_newer_one(
    page: Page, let_in: Callable[..., Any]
) -> None:
    here = tour(1)
    sheet = opened(here)
    let_in(page, here.experts[0])
    at_sheet(page, here)
    cut(page)
    page.keyboard.press("4")
    criterion = here.rubric.criteria.get(number=1)
    actions.save_sheet(sheet, marks={criterion.pk: Mark(5)}, by=here.experts[0], at=FAR_OFF)
    page.unroute(MARK)
    expect(said(page)).to_have_text(NEWER)
    expect(page.locator("#id_k1 input[value='5']")).to_be_checked()
    assert on_server() == [5]
