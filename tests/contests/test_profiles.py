"""What an applicant sees of its marks among those of all works."""

from typing import Any

import pytest

from innoset.contests.models import Application, Contest
from innoset.contests.queries.profiles import FEWEST, ProfileLine, profile_of
from innoset.contests.states import ContestState
from tests import world
from tests.contests.expertise_scene import judged, started

pytestmark = pytest.mark.django_db


def finished(works: int, **fields: Any) -> Contest:
    """A contest with results, in which the works were given 0, 1, 2 … on every criterion."""
    contest = judged(started(works, **fields), *range(works))
    told = {"state": ContestState.FINISHED, "results_at": world.AT, "order": world.order()}
    Contest.objects.filter(pk=contest.pk).update(**told)
    return Contest.objects.get(pk=contest.pk)


def first_of(contest: Contest, place: int = 0) -> Application:
    return contest.applications.order_by("dossier__code")[place]


def test_own_level_stands_among_the_quartiles_of_all() -> None:
    contest = finished(FEWEST, shares_profile=True)
    assert contest.remote_round is not None
    criteria = list(contest.remote_round.rubric.criteria.all())
    assert profile_of(first_of(contest, 3)) == [
        ProfileLine(one.title, 5, own=3, low=1, median=2, high=3) for one in criteria
    ]


@pytest.mark.parametrize(
    ("works", "shares"), [(FEWEST, False), (FEWEST - 1, True)], ids=["not shared", "too few works"]
)
def test_nothing_is_told_where_it_would_be_too_much(works: int, shares: bool) -> None:
    assert profile_of(first_of(finished(works, shares_profile=shares))) == []


def test_nothing_is_told_before_the_results() -> None:
    contest = judged(started(FEWEST, shares_profile=True), *range(FEWEST))
    assert profile_of(first_of(contest)) == []
