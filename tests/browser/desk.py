"""The applicant's section as the tests of drafts use it."""

from django.urls import reverse
from playwright.sync_api import Locator, Page

from innoset.contests.models import Application
from tests import world
from tests.web.cabinet.pages import FAR_OFF, LONG_AGO

ANSWER = "**/answer/"


def begun() -> Application:
    """Make a draft of a contest that takes applications now; field 6 says «Было»."""
    contest = world.contest()
    contest.stages.filter(kind="submission").update(starts_at=LONG_AGO, ends_at=FAR_OFF)
    return world.application(contest, number="2026-0147", answers=world.values(**{"6": "Было"}))


def opened(page: Page, draft: Application, code: str = "idea") -> Page:
    """Open a section and wait until it can keep drafts."""
    page.goto(reverse("cabinet:section", args=[draft.number, code]))
    page.wait_for_function(
        "() => document.querySelector('draft-store')?.open && document.querySelector('left-drafts').timer"
    )
    return page


def area(page: Page, key: str = "6") -> Locator:
    """Return the control of a field."""
    return page.locator(f"textarea[name='{key}']")


def no_network(page: Page) -> None:
    """Let nothing through."""
    page.route(ANSWER, lambda route: route.abort("aborted"))


def write(page: Page, key: str, text: str) -> None:
    """Write a field and wait for the server's word."""
    with page.expect_response(ANSWER):
        area(page, key).fill(text)


def is_kept(page: Page) -> None:
    """Wait until the computer has all that was typed."""
    page.wait_for_function("() => document.querySelector('autosave-form').safe")
