"""What the tests of the office share: reading a page as a person does."""

from datetime import UTC, datetime
from typing import Any

from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.contests.models import Contest
from innoset.review.models import Round
from innoset.review.states import RoundKind
from tests import world
from tests.review.scene import Scene, scene

FAR = datetime(2100, 1, 1, 9, tzinfo=UTC)
"""A term that the clock of the test machine never reaches."""
PAST = datetime(2020, 1, 1, 9, tzinfo=UTC)


def soup(response: Any) -> BeautifulSoup:
    """Parse a page that must be there."""
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def text(response: Any) -> str:
    """Return the words of the page."""
    return " ".join(soup(response).get_text(" ").split())


def rows(response: Any, caption: str) -> list[list[str]]:
    """Return the cells of the table whose caption begins so."""
    tables = soup(response).select("div[role=region]")
    table = next(one for one in tables if str(one["aria-label"]).startswith(caption))
    return [
        [" ".join(cell.get_text(" ").split()) for cell in row.select("th, td")]
        for row in table.select("tbody tr")
    ]


def queries(browser: Any, url: str) -> int:
    """Count what a page asks of the database."""
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(url).status_code == 200
    return len(seen)


def remote(**fields: Any) -> tuple[Scene, Contest]:
    """Make a contest whose remote round is the scene's."""
    here = scene(**{"closes_at": FAR, **fields})
    contest = world.contest(
        organiser=here.round.organiser, created_by=here.organiser, remote_round=here.round
    )
    return here, contest


def url(contest: Contest, page: str = "round", *args: Any, of: Round | None = None) -> str:
    """Return the address of a page of the contest's round."""
    kind = of.kind if of else RoundKind.REMOTE
    return reverse(f"office:{page}", args=[contest.code, kind, *args])
