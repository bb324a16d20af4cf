"""What the site knows for a report, gathered before anything is written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from innoset.projects.pure.reporting.figures import Figure


@dataclass(frozen=True, slots=True)
class Requisites:
    """Who reports."""

    name: str
    founder: str = ""
    address: str = ""
    head: str = ""
    phone: str = ""
    email: str = ""
    site: str = ""


@dataclass(frozen=True, slots=True)
class HeldStatus:
    """A status that the organisation has or had."""

    kind: str
    theme: str
    order: str
    starts_on: date
    ends_on: date
    is_live: bool


@dataclass(frozen=True, slots=True)
class Shared:
    """Something held or published."""

    kind: str
    title: str
    on: date
    reach: str = ""
    place: str = ""
    people: int | None = None
    url: str = ""
    is_meeting: bool = True


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the year and what has come of it."""

    text: str
    state: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that a report can be pre-filled from; `passport` and `before` are texts by key."""

    form_code: str
    requisites: Requisites
    theme: str
    title: str = ""
    authors: tuple[str, ...] = ()
    supervisor: str = ""
    page: str = ""
    status: HeldStatus | None = None
    statuses: tuple[HeldStatus, ...] = ()
    passport: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, str] = field(default_factory=dict)
    tasks: tuple[Task, ...] = ()
    next_tasks: tuple[Task, ...] = ()
    figures: tuple[Figure, ...] = ()
    shared: tuple[Shared, ...] = ()
    companions: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()

    def figure(self, key: str) -> Figure | None:
        """Return the figure with this key."""
        return next((one for one in self.figures if one.key == key), None)
