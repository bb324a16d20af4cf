"""Reading the applicant's pages as a browser without scripts does."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bs4 import BeautifulSoup
from bs4.element import Tag
from django.test import Client
from django.urls import reverse

from innoset.contests.models import Application, Contest
from tests import world

# Pages read the real clock, so the stages of these tests are longer than any clock is wrong.
LONG_AGO, FAR_OFF = datetime(2001, 1, 1, tzinfo=UTC), datetime(2101, 1, 1, tzinfo=UTC)


def browser(application: Application) -> Client:
    """Return the browser of the person who began the application."""
    return world.signed_in(application.created_by)


def address(name: str, application: Application, *rest: object) -> str:
    """Return the address of a page of the application."""
    return reverse(f"cabinet:{name}", args=[application.number, *rest])


def soup(response: Any) -> BeautifulSoup:
    """Return the page."""
    return BeautifulSoup(response.content, "html.parser")


def words(response: Any) -> str:
    """Return the words of the page's main part."""
    main = soup(response).find("main")
    assert main is not None
    return " ".join(main.get_text(" ").replace("\xa0", " ").split())


def form_of(response: Any, having: str) -> dict[str, Any]:
    """Return what the form with a control of that name would send if nothing were touched."""
    page = soup(response)
    form = next(one for one in page.find_all("form") if one.find(None, {"name": having}))
    data: dict[str, Any] = {}
    for control in form.find_all(["input", "textarea", "select"]):
        name, kind = str(control.get("name")), control.get("type")
        if kind in ("checkbox", "radio"):
            if control.has_attr("checked"):
                data.setdefault(name, []).append(str(control.get("value", "on")))
        elif kind != "file":
            data[name] = _value(control)
    return data


def _value(control: Tag) -> str:
    if control.name == "textarea":
        return control.get_text().removeprefix("\n")
    if control.name == "select":
        options = control.find_all("option")
        chosen = next((one for one in options if one.has_attr("selected")), options[0])
        return str(chosen["value"])
    return str(control.get("value", ""))


def open_contest() -> Contest:
    """Make a contest that takes applications today, by the clock of the pages."""
    made = world.contest()
    made.stages.filter(kind="submission").update(starts_at=LONG_AGO, ends_at=FAR_OFF)
    return made


def close(contest: Contest) -> None:
    """Let the deadline pass."""
    contest.stages.filter(kind="submission").update(ends_at=LONG_AGO + timedelta(days=1))


def section(application: Application, code: str, client: Client | None = None) -> dict[str, Any]:
    """Return the form of a section as it opens."""
    response = (client or browser(application)).get(address("section", application, code))
    area = soup(response).find("textarea")
    assert area is not None
    return form_of(response, str(area["name"]))
