"""A contest whose results are out, and an appeal on its way."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from innoset.accounts.models import User
from innoset.contests.actions import appeals, awards, council, expertise
from innoset.contests.models import Appeal, Application, Contest, Council, Seat, Sitting
from innoset.contests.states import ApplicationState
from innoset.network.states import Role
from innoset.review import actions as review
from innoset.review.pure.scoring import Mark
from tests import world
from tests.contests.expertise_scene import judged, started
from tests.review.scene import expert

# Results come out a day after the sitting.
OUT = world.AT + timedelta(days=1)
SAID = "Эксперт не учёл поле 11: этапы, сроки и измеримые результаты в нём есть."
WHY = "Вторая комиссия прочла работу заново и поставила больше."


def told(*values: int, **fields: Any) -> Contest:
    """A finished contest of works with these marks on each of three criteria; 10 of 15 points pass."""
    rules = {"has_defence": False, "defence_rubric": None, "final_threshold": Decimal(10), **fields}
    contest = judged(started(len(values), **rules), *values)
    by = contest.created_by
    expertise.start_council(contest, by=by, at=world.AT)
    sat(contest)
    clerk, second = by, approver_of(contest)
    awards.draft_order(contest, by=clerk, at=OUT)
    awards.enter_order(contest, number="17", signed_on=OUT.date(), by=clerk, at=OUT)
    awards.confirm_order(contest, by=second, at=OUT)
    return Contest.objects.get(pk=contest.pk)


def sat(contest: Contest) -> None:
    """Hold the sitting: everybody is there, everything goes by the ranking."""
    by = contest.created_by
    seats = Council.objects.create(title="Координационный совет", organisation=contest.organiser)
    for part in (Seat.Part.CHAIR, Seat.Part.SECRETARY, Seat.Part.MEMBER):
        Seat.objects.create(council=seats, person=world.person(), part=part)
    sitting = Sitting(contest=contest, council=seats, number="1", held_at=world.AT)
    council.plan_sitting(sitting, by=by, at=world.AT)
    council.mark_presence(sitting, present=list(seats.seats.values_list("pk", flat=True)), by=by, at=world.AT)
    council.open_sitting(sitting, by=by, at=world.AT)
    council.resolve_by_rules(sitting, by=by, at=world.AT)
    council.close_sitting(sitting, by=by, at=world.AT)
    contest.refresh_from_db()


def approver_of(contest: Contest) -> User:
    authority = world.organisation(municipality=contest.organiser.municipality)
    return world.member(authority, Role.APPROVER, "Горева Нина Павловна")


def loser(contest: Contest) -> Application:
    return contest.applications.filter(state=ApplicationState.REJECTED).order_by("dossier__code")[0]


def author(application: Application) -> User:
    return application.created_by


def filed(application: Application, at: Any = OUT) -> Appeal:
    return appeals.file_appeal(application, text=SAID, by=author(application), at=at)


def at_panel(appeal: Appeal) -> Appeal:
    """Hand the appeal to a second panel of one expert and let it in."""
    by = appeal.application.contest.created_by
    appeals.send_appeal_to_panel(appeal, closes_at=OUT + timedelta(days=5), by=by, at=OUT)
    person = expert("Рябова Инна Олеговна")
    appeals.invite_to_appeal(appeal, people=[person], by=by, at=OUT)
    assert appeal.round is not None
    seat = appeal.round.seats.get()
    review.answer_invitation(seat, accept=True, by=person, at=OUT)
    appeals.open_appeal_panel(appeal, by=by, at=OUT)
    return appeal


def read_anew(appeal: Appeal, value: int) -> Appeal:
    """Let the second panel give this mark on every criterion."""
    assert appeal.round is not None
    for assignment in appeal.round.assignments.all():
        review.declare(assignment, by=assignment.expert, at=OUT)
        marks = {one.pk: Mark(value, "Пояснение.") for one in appeal.round.rubric.criteria.all()}
        review.save_sheet(assignment.sheet, marks=marks, by=assignment.expert, at=OUT)
        review.finish_sheet(assignment.sheet, by=assignment.expert, at=OUT)
    return appeal
