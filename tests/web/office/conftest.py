"""A contest of an organiser, for the tests of the office."""

from datetime import datetime

import pytest
from django.test import Client

from innoset.accounts.models import User
from innoset.contests.actions import contests as actions
from innoset.contests.models import Contest
from innoset.network.models import Organisation
from innoset.network.states import OrganisationKind, Role
from tests import world
from tests.web.office.builder import far_calendar, past_second_factor


@pytest.fixture
def centre() -> Organisation:
    """The organisation that runs contests."""
    return world.organisation("МБУ ЦРО", kind=OrganisationKind.METHOD_CENTRE)


@pytest.fixture
def organiser(centre: Organisation) -> User:
    """An organiser of it."""
    return world.member(centre, Role.ORGANISER, "Левина Ольга Павловна")


@pytest.fixture
def office(organiser: User) -> Client:
    """The organiser's browser, past the second factor."""
    return past_second_factor(organiser)


@pytest.fixture
def draft(centre: Organisation, organiser: User, at: datetime) -> Contest:
    """A complete draft."""
    contest = Contest(organiser=centre, school_year=2027)
    actions.make_contest(contest, by=organiser, at=at)
    actions.set_calendar(contest, stages=far_calendar(), by=organiser, at=at)
    return contest


@pytest.fixture
def published(draft: Contest, organiser: User, at: datetime) -> Contest:
    """A contest that takes applications."""
    actions.publish(draft, by=organiser, at=at)
    return draft
