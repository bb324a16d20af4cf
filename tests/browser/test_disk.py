"""What a browser leaves on the disk when its power is cut: enough to go on, nothing to read."""

import contextlib
import json
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Error
from pytest_django.live_server_helper import LiveServer

from innoset.contests.models import Application
from innoset.projects.queries import values_of
from tests.browser.desk import area, begun, is_kept, no_network, opened
from tests.plugins.browser import NAMES
from tools.bench.faults.typist import power_off
from tools.bench.faults.verdicts import LIMIT, Typed

pytestmark = pytest.mark.django_db(transaction=True)

CANARY = "Канарейка-7041"
KEEPER = """<!doctype html><textarea id="text"></textarea><script>
text.value = localStorage.text || "";
text.oninput = () => { localStorage.text = text.value; };
</script>"""
"""A form that keeps its drafts the easy way."""


@pytest.fixture
def draft(reference: None) -> Application:
    """A draft that may be filled."""
    return begun()


@pytest.fixture
def browser(tmp_path: Path, chromium: Any, live_server: LiveServer) -> Iterator[Callable[[], BrowserContext]]:
    """Start a browser whose data lie in a folder: `browser()`."""
    path = next(found for name in NAMES if (found := shutil.which(name)))
    started: list[BrowserContext] = []

    def start() -> BrowserContext:
        context = chromium.browser_type.launch_persistent_context(
            str(tmp_path),
            executable_path=path,
            args=["--no-sandbox", "--disable-gpu"],
            base_url=live_server.url,
        )
        context.set_default_timeout(20_000)
        context.route("**/keeper/", lambda route: route.fulfill(body=KEEPER, content_type="text/html"))
        started.append(context)
        return context

    yield start
    for context in started:
        with contextlib.suppress(Error):
            context.close()


def on_disk(folder: Path, word: str) -> bool:
    """Tell whether any file has the word, in any of the ways that browsers write words."""
    ways = [word.encode(way) for way in ("utf-8", "utf-16-le", "utf-16-be", "cp1251")]
    ways.append(json.dumps(word)[1:-1].encode())
    files = [path.read_bytes() for path in folder.rglob("*") if path.is_file() and path.exists()]
    return any(way in data for data in files for way in ways)


def test_drafts_cannot_be_read_without_the_key(
    browser: Callable[[], BrowserContext], tmp_path: Path, draft: Application, let_in: Callable[..., Any]
) -> None:
    context = browser()
    page = context.new_page()
    let_in(page, draft.created_by)
    opened(page, draft)
    no_network(page)
    area(page).fill(CANARY)
    is_kept(page)
    assert page.evaluate("() => document.querySelector('draft-store').key.extractable") is False
    power_off(tmp_path)
    assert (tmp_path / "Default" / "IndexedDB").is_dir()
    assert on_disk(tmp_path / "Default" / "IndexedDB", "drafts") is True
    assert on_disk(tmp_path, CANARY) is False
    # The same search finds what is not encrypted.
    page = browser().new_page()
    page.goto("/keeper/")
    page.locator("#text").fill(CANARY)
    page.context.close()
    assert on_disk(tmp_path, CANARY) is True


def test_power_cut_costs_us_less_than_a_second_and_others_more(
    browser: Callable[[], BrowserContext], tmp_path: Path, draft: Application, let_in: Callable[..., Any]
) -> None:
    context = browser()
    ours, theirs = context.new_page(), context.new_page()
    let_in(ours, draft.created_by)
    opened(ours, draft)
    no_network(ours)
    theirs.goto("/keeper/")
    area(ours).fill("")
    for place in (area(ours), theirs.locator("#text")):
        place.focus()
    moments: list[float] = []
    for sign in "абвгдежзик" * 6:
        for page in (ours, theirs):
            page.keyboard.insert_text(sign)
        moments.append(time.monotonic())
        time.sleep(0.04)
    died = time.monotonic()
    power_off(tmp_path)
    typed = Typed("абвгдежзик" * 6, tuple(moments))
    page = browser().new_page()
    page.goto("/keeper/")
    others_kept = page.locator("#text").input_value()
    let_in(page, draft.created_by)
    opened(page, draft)
    page.wait_for_function("() => !document.querySelector('left-drafts').letters.length")
    kept = values_of(draft.project.passport)["6"]
    _, our_loss = typed.lost(kept, until=died)
    _, their_loss = typed.lost(others_kept, until=died)
    assert (our_loss <= LIMIT, their_loss > LIMIT) == (True, True), (our_loss, their_loss)
