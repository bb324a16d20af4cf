"""Contests as far as their expertise has come."""

from typing import Any

from innoset.contests.actions import expertise as actions
from innoset.contests.models import Contest
from innoset.contests.queries.expertise import choices_of
from innoset.contests.states import ApplicationState
from innoset.review import actions as review
from innoset.review.models import Round
from innoset.review.pure.scoring import Mark
from tests import world
from tests.review.scene import expert, planned

EARLY = "Все заявки уже поданы"


def contest_with(admitted: int = 2, **fields: Any) -> Contest:
    made = world.contest(
        **{"defence_rubric": world.rubric("Защита", weights=(1,)), "sheets_per_application": 1, **fields}
    )
    for _ in range(admitted):
        world.application(made, state=ApplicationState.ADMITTED)
    return made


def started(admitted: int = 2, **fields: Any) -> Contest:
    made = contest_with(admitted, **fields)
    actions.start_expertise(made, reason=EARLY, by=made.created_by, at=world.AT)
    return made


def judged(contest: Contest, *values: int) -> Contest:
    """Let one expert give every application of the contest one of the values, in order of codes."""
    here, by = contest.remote_round, contest.created_by
    assert here is not None
    seat(here, by)
    planned(here, by=by, at=world.AT)
    review.open_round(here, by=by, at=world.AT)
    for value, assignment in zip(values, here.assignments.order_by("dossier__code"), strict=False):
        review.declare(assignment, by=assignment.expert, at=world.AT)
        marks = {one.pk: Mark(value, "Пояснение.") for one in here.rubric.criteria.all()}
        review.save_sheet(assignment.sheet, marks=marks, by=assignment.expert, at=world.AT)
        review.finish_sheet(assignment.sheet, by=assignment.expert, at=world.AT)
    return contest


def seat(here: Round, by: Any) -> None:
    person = expert("Агеева Анна Олеговна")
    seat = review.invite_expert(here, person=person, by=by, at=world.AT)
    review.answer_invitation(seat, accept=True, by=person, at=world.AT)


def at_defence() -> Contest:
    contest = judged(started(2), 5, 4)
    passing = [one.application for one in choices_of(contest)]
    actions.start_defence(contest, passing=passing, by=contest.created_by, at=world.AT)
    return contest
