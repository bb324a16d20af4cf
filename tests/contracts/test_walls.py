"""Walls proved: 0 reads and 0 writes across; a guard taken off is found at once.

Eleven tenants and 10,000 actions run as `make bench ARGS=walls`; here a few hundred.
"""

import sys
from collections.abc import Callable
from typing import Any

import pytest

from innoset.contests.models import Advancement, Application
from innoset.contests.queries import advancements, applications
from innoset.foundation import actions, policy
from innoset.network.models import (
    Agreement,
    Consultation,
    Dissemination,
    Errand,
    Organisation,
    PilotMark,
    Registration,
    Thread,
)
from innoset.network.queries import (
    accompaniment,
    dissemination,
    joining,
    organisations,
    threads,
    ties,
)
from innoset.projects.models import Project, Report
from innoset.projects.queries import reports, roadmaps
from tests.contracts.tenants import region
from tests.contracts.walls import Walls

pytestmark = [pytest.mark.django_db, pytest.mark.one_engine]


def walls(many: int = 2) -> Walls:
    return Walls(*region(many))


def test_nothing_gets_across_in_either_direction() -> None:
    made = walls(11)
    forms = made.collect_forms("messages", "errands", "partnerships", "place/")
    found = made.random(160, seed=20261122)
    assert (found, made.broken) == ([], set())
    assert (made.reads, made.writes, forms > 10) == (80, 80, True)


def test_ones_own_is_seen_and_changed() -> None:
    """The eyes do see: at home the same actions read canaries and write rows."""
    made = walls()
    made.collect_forms("messages", "errands")
    own, other = made.tenants
    seen = made.sweep("coordinator", own.number, own, "messages", "errands")
    assert seen == []
    as_if_elsewhere = [
        breach.what
        for role, home in (("coordinator", own.number),)
        for breach in _as_foreign(made, role, home, own, "messages", "errands")
    ]
    assert {"reads knrletter01", "reads knrsubject01", "reads knrerrand01"} <= set(as_if_elsewhere)
    assert any(what.startswith("writes Post") for what in as_if_elsewhere)
    assert other.number == 2


def _as_foreign(made: Walls, role: str, home: int, target: Any, *words: str) -> list[Any]:
    """Sweep one's own tenant with oracles that take it for another's."""
    client = made.browsers[role, home]
    made.browsers[role, 2] = client
    return made.sweep(role, 2, target, *words)


Leak = tuple[Any, str, Callable[[Any], Any], tuple[str, ...], str]


def _all(model: Any) -> Callable[..., Any]:
    return lambda *_, **__: model.objects.all()


LEAKS: dict[str, Leak] = {
    "messages": (threads, "threads_visible_to", _all(Thread), ("messages/",), "knrsubject"),
    "reports": (reports, "reports_visible_to", _all(Report), ("office/reports",), "knrhead"),
    "consultations": (
        accompaniment,
        "consultations_visible_to",
        _all(Consultation),
        ("consultations",),
        "knradvice",
    ),
    "errands": (accompaniment, "errands_visible_to", _all(Errand), ("errands", "overdue"), "knrerrand"),
    "people": (
        organisations,
        "organisations_visible_to",
        _all(Organisation),
        ("office/organisations/<str:number>/",),
        "knrperson",
    ),
    "drafts": (
        applications,
        "applications_of",
        _all(Application),
        ("applications/<str:number>/check/",),
        "knrdraft",
    ),
    "advancements": (
        advancements,
        "advancements_above",
        _all(Advancement),
        ("office/advancements",),
        "knrforward",
    ),
    "pilots": (ties, "pilots_visible_to", _all(PilotMark), ("pilots",), "knrpilot"),
    "records": (
        dissemination,
        "disseminations_visible_to",
        _all(Dissemination),
        ("office/dissemination",),
        "knrevent",
    ),
    "roadmaps": (roadmaps, "projects_overseen_by", _all(Project), ("office/projects",), "knrteam"),
    "agreements": (
        organisations,
        "agreements_visible_to",
        _all(Agreement),
        ("office/agreements",),
        "knragreement",
    ),
    "registrations": (
        joining,
        "registrations_visible_to",
        _all(Registration),
        ("registrations",),
        "knrposition",
    ),
}


def open_up(monkeypatch: pytest.MonkeyPatch, module: Any, name: str, opened: Callable[..., Any]) -> None:
    """Put an open query in the place of a guarded one, wherever it was imported."""
    guarded = getattr(module, name)
    for one in [one for key, one in sys.modules.items() if key.startswith("innoset.")]:
        for attribute in [key for key, value in vars(one).items() if value is guarded]:
            monkeypatch.setattr(one, attribute, opened)


def test_every_planted_leak_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    made, unseen = walls(), []
    for leak, (module, name, opened, words, canary) in LEAKS.items():
        with monkeypatch.context() as patch:
            open_up(patch, module, name, opened)
            found = {breach.what for breach in made.sweep("coordinator", 1, made.tenants[1], *words)}
        if f"reads {canary}02" not in found:
            unseen.append((leak, found))
    assert (unseen, len(LEAKS)) == ([], 12)
    words = tuple(word for *_, words, _ in LEAKS.values() for word in words)
    assert made.sweep("coordinator", 1, made.tenants[1], *words) == []


def test_a_permission_left_open_lets_a_write_across_and_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    made = walls()
    made.collect_forms("messages/<str:number>/")
    open_up(monkeypatch, threads, "threads_visible_to", _all(Thread))
    asked = made.sweep("coordinator", 1, made.tenants[1], "messages/<str:number>/")
    assert not [breach for breach in asked if breach.what.startswith("writes")]
    monkeypatch.setattr(
        actions, "may", lambda *asked: asked[1] == "network.close_thread" or policy.may(*asked)
    )
    found = {
        breach.what for breach in made.sweep("coordinator", 1, made.tenants[1], "messages/<str:number>/")
    }
    assert any(what.startswith("writes Thread") for what in found)
