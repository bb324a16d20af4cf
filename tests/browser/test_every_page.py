"""Every page that can be reached from the doors: without a fault in four themes, without sideways scrolling."""

from collections import Counter, deque
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import Resolver404, resolve

from innoset.accounts.models import User
from innoset.web.ui.display import CHOICES
from tests.plugins.browser import DESKTOP

ROLES = (
    "anybody",
    "applicant",
    "expert",
    "observer",
    "organiser",
    "secretary",
    "approver",
    "coordinator",
    "methodist",
)
DOORS = ("/", "/cabinet/", "/desk/", "/office/", "/accounts/login/", "/accounts/email/", "/accounts/2fa/")
# Leaving would end the walk, and the way in is walked signed out.
LEFT_OUT = {"account_logout"}
FEWEST_PAGES = 70
NARROW = {"width": 320, "height": 640}
# Enough to see each contest of the demo year from within.
MOST_TRIES = 8


def pages_for(client: Client, seen: set[str]) -> Iterator[tuple[str, str]]:
    """Walk the links breadth first; yield one address of each page that nobody has yielded yet."""
    queue, known, tries = deque(DOORS), set(DOORS), Counter[str]()
    while queue:
        address = queue.popleft()
        name = name_of(address)
        tries[name] += 1
        if not name or name in LEFT_OUT or tries[name] > MOST_TRIES:
            continue
        answer = client.get(address)
        if answer.status_code != 200 or not answer.headers["Content-Type"].startswith("text/html"):
            continue
        if name not in seen:
            seen.add(name)
            yield name, address
        fresh = [one for one in links_in(answer.content.decode()) if one not in known]
        known.update(fresh)
        queue.extend(fresh)


def links_in(html: str) -> list[str]:
    anchors = BeautifulSoup(html, "html.parser").find_all("a", href=True)
    found = [urlsplit(str(anchor["href"])) for anchor in anchors]
    return [one.path for one in found if not one.netloc and one.path.startswith("/")]


def name_of(address: str) -> str:
    try:
        return resolve(address).view_name
    except Resolver404:
        return ""


def client_of(role: str, let_in, page) -> Client:
    page.context.clear_cookies()
    if role == "anybody":
        return Client()
    return let_in(page, User.objects.get(email=f"{role}@innoset.example"))


@pytest.mark.parametrize("theme", CHOICES["theme"])
def test_every_page_is_accessible_and_fits_a_narrow_screen(demo, open_page, let_in, axe, theme):
    page, seen, wide, troubles = open_page(), set(), [], []
    for role in ROLES:
        client = client_of(role, let_in, page)
        for _, address in list(pages_for(client, seen)):
            page.set_viewport_size(DESKTOP)
            page.goto(f"{address}?view={theme}")
            try:
                axe(page)
            except AssertionError as trouble:
                troubles.append(str(trouble))
            page.set_viewport_size(NARROW)
            inside, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
            if inside > screen:
                wide.append((role, address, inside))
    assert troubles == []
    assert wide == []
    assert len(seen) >= FEWEST_PAGES, sorted(seen)
