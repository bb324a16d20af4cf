"""The gallery of components in a real browser, and the browser fixtures themselves."""

import pytest
from playwright.sync_api import Page, expect

from innoset.web.ui.display import CHOICES
from tests.plugins.browser import PHONE, watch


def widths(page: Page) -> tuple[int, int]:
    """How wide the page is, and how wide the screen."""
    inside, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    return inside, screen


@pytest.mark.parametrize("theme", CHOICES["theme"])
def test_the_gallery_is_accessible(page, axe, theme):
    page.goto(f"/ui/?view={theme}")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    axe(page)


def test_the_gallery_fits_a_narrow_screen(open_page):
    page = open_page(viewport={**PHONE, "width": 320})
    page.goto("/ui/")
    inside, screen = widths(page)
    assert inside <= screen


def test_the_gallery_opens_without_scripts(open_page):
    page = open_page(java_script_enabled=False)
    page.goto("/ui/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("<script>console.error('wrong')</script>", "console: wrong"),
        ("<script>nothing.here()</script>", "script: nothing is not defined"),
        ("<img src='http://elsewhere.example/x.png'>", "another site: http://elsewhere.example/x.png"),
    ],
)
def test_a_complaint_of_the_browser_is_heard(chromium, content, complaint):
    complaints: list[str] = []
    context = chromium.new_context()
    page = watch(context, "http://127.0.0.1:1", complaints)
    page.set_content(content)
    page.wait_for_load_state("load")
    context.close()
    assert complaint in complaints
