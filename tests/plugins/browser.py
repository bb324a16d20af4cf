"""Journeys in Chromium: a page that fails its test on any complaint of the browser."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Request,
    Route,
    expect,
    sync_playwright,
)
from pytest_django.live_server_helper import LiveServer

FLAGS = (
    "--no-sandbox",  # Chromium refuses to run as root with it
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WAIT = 15_000
"""Milliseconds that a page may take on two busy cores."""

DESKTOP, PHONE = {"width": 1280, "height": 900}, {"width": 360, "height": 740}


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One Chromium for all the journeys of a process."""
    path = os.environ.get("CHROMIUM") or next(
        (found for name in NAMES if (found := shutil.which(name))), None
    )
    if path is None:
        pytest.skip("no Chromium: install it or name it in CHROMIUM")
    # Playwright keeps an event loop in this thread; the ORM is used between its steps, never inside one.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    expect.set_options(timeout=WAIT)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS))
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def open_page(chromium: Browser, live_server: LiveServer) -> Iterator[Callable[..., Page]]:
    """Open a page in a fresh profile: `open_page(viewport=PHONE, java_script_enabled=False)`.

    After the test every console error, broken script, breach of the content policy and request to
    another site is a failure.
    """
    complaints: list[str] = []
    contexts: list[BrowserContext] = []

    def open_one(**options: Any) -> Page:
        given = {"base_url": live_server.url, "locale": "ru-RU", "timezone_id": "Europe/Moscow"}
        context = chromium.new_context(**{**given, "viewport": DESKTOP, **options})
        contexts.append(context)
        return watch(context, live_server.url, complaints)

    yield open_one
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page on a desktop screen."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A page on a narrow screen."""
    return open_page(viewport=PHONE, has_touch=True)


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Assert that axe finds no fault with the page as it is now."""
    # Loaded here, for only the journeys need it.
    from axe_playwright_python.sync_playwright import Axe  # noqa: PLC0415  # reason: reads a large script

    checker = Axe()

    def check(page: Page) -> None:
        response = checker.run(page).response
        found = [
            f"{violation['id']}: {violation['help']}: {node['html'][:200]}"
            for violation in response["violations"]
            for node in violation["nodes"]
        ]
        assert found == [], page.url

    return check


def watch(context: BrowserContext, site: str, complaints: list[str]) -> Page:
    """Open a page whose complaints are written down, and which reaches no other site."""
    context.set_default_timeout(WAIT)
    context.route(lambda url: not url.startswith(site), _refuse(complaints))
    page = context.new_page()
    _listen(page, complaints)
    return page


def _listen(page: Page, complaints: list[str]) -> None:
    def heard(message: ConsoleMessage) -> None:
        # An error page that a journey visits on purpose is no fault of a script.
        if message.type == "error" and "the server responded with a status of 4" not in message.text:
            complaints.append(f"console: {message.text}")

    page.on("console", heard)
    page.on("pageerror", lambda error: complaints.append(f"script: {error}"))
    page.on("requestfailed", lambda request: _failed(request, complaints))


def _failed(request: Request, complaints: list[str]) -> None:
    # Going on to another page or taking a download breaks requests under way; that is no fault.
    if request.failure not in ("net::ERR_ABORTED", None):
        complaints.append(f"request: {request.url}: {request.failure}")


def _refuse(complaints: list[str]) -> Callable[[Route], None]:
    def refuse(route: Route) -> None:
        if route.request.url.startswith(("data:", "blob:")):
            route.continue_()
            return
        complaints.append(f"another site: {route.request.url}")
        route.abort()

    return refuse
