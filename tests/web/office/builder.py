"""What the tests of the office share: a browser past the second factor, pages read as people read them."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from bs4 import BeautifulSoup
from django.test import Client

from innoset.accounts.models import User
from innoset.contests.pure.calendar import StagePlan
from innoset.web.second_factor import KEY
from tests import world

# The pages read the clock, so whatever is open here stays open for as long as anybody runs the tests.
LONG_AGO = datetime(2020, 9, 1, 6, tzinfo=UTC)
FAR_AHEAD = datetime(2099, 9, 1, 14, tzinfo=UTC)


def far_calendar() -> list[StagePlan]:
    """Return a calendar whose reception goes on now and whose expertise never begins."""
    edges = [FAR_AHEAD + timedelta(days=10 * number) for number in range(6)]
    kinds = ("check", "remote", "defence", "council", "results")
    later = [StagePlan(kind, *pair) for kind, pair in zip(kinds, pairwise(edges), strict=True)]
    return [StagePlan("submission", LONG_AGO, FAR_AHEAD), *later]


def past_second_factor(user: User) -> Client:
    """Return a browser in which the person has proved the second factor."""
    client = world.signed_in(user)
    session = client.session
    session[KEY] = True
    session.save()
    return client


def page(client: Client, url: str) -> BeautifulSoup:
    """Return a page that opens."""
    response = client.get(url)
    assert response.status_code == 200, url
    return BeautifulSoup(response.content, "html.parser")


def main_text(soup: BeautifulSoup) -> str:
    """Return the words of the page without its frame."""
    assert soup.main is not None
    return " ".join(soup.main.get_text(" ").split())


def form_data(soup: BeautifulSoup) -> dict[str, Any]:
    """Return what the browser would send if nothing was changed in the page's main form."""
    form = soup.select_one("main form.form")
    assert form is not None
    data: dict[str, Any] = {}
    for field in form.select("input, textarea, select"):
        name, kind = str(field.get("name") or ""), field.get("type")
        if not name or (kind in {"checkbox", "radio"} and not field.has_attr("checked")) or kind == "file":
            continue
        if field.name == "select":
            chosen = field.select_one("option[selected]")
            value = str(chosen.get("value") or "") if chosen else ""
        else:
            value = (
                field.get_text().lstrip("\n") if field.name == "textarea" else str(field.get("value") or "")
            )
        data.setdefault(name, []).append(value)
    return data
