"""Councils by script: a contest with marks, a sitting that goes one of a hundred ways, an order, an appeal.

The same seed gives the same council. The marks are rows; whatever the council does is deeds.
"""

from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from itertools import count
from random import Random
from typing import Any

from innoset.accounts.models import User
from innoset.contests.actions import awards, ballots, council, decisions
from innoset.contests.models import Appeal, Application, Ballot, Contest, Council, Nomination, Seat, Sitting
from innoset.contests.pure.voting import Votes
from innoset.contests.queries import council as queries
from innoset.contests.queries.ballots import voters_of
from innoset.contests.queries.standing import final_standing
from innoset.contests.states import AppealState, ApplicationState, Choice, ContestState, Decision
from innoset.network.models import Organisation
from innoset.network.states import Role
from innoset.review.models import Assignment, Criterion, Round, Score, ScoreSheet
from innoset.review.states import AssignmentState, RoundKind, RoundState, SheetState
from tests import world

AT = world.AT
NUMBERS = count(1)


@dataclass
class Scene:
    """A contest before its council, and the people of it."""

    chance: Random
    contest: Contest
    secretary: User
    approver: User
    council: Council
    members: list[Seat] = field(default_factory=list)

    @property
    def organiser(self) -> User:
        """Whoever runs the contest."""
        return self.contest.created_by

    @property
    def sitting(self) -> Sitting:
        """The sitting as it is now."""
        return Sitting.objects.filter(contest=self.contest).latest("pk")


def scene(
    seed: int = 1, *, works: int = 6, seats: int = 5, has_defence: bool | None = None, **fields: Any
) -> Scene:
    """Make a contest before its council: marks by chance, rules by chance unless they are given."""
    chance = Random(seed)  # noqa: S311  # reason: the same councils for the same seed
    with_defence = chance.random() < 0.5 if has_defence is None else has_defence
    given = {
        "final_threshold": chance.choice([None, Decimal(40), Decimal("52.5")]),
        "quota": chance.choice([None, 2, works]),
        "municipality_quota": chance.choice([None, None, 1]),
        "ranking_basis": chance.choice(["raw", "median"]),
        "remote_rubric": world.rubric("Заочно", weights=(8, 7, 5)),
        "defence_rubric": world.rubric("Защита", weights=(1,)) if with_defence else None,
        "has_defence": with_defence,
        "sheets_per_application": 3,
    } | fields
    contest = world.contest(ContestState.COUNCIL, **given)
    Nomination.objects.filter(contest=contest).update(quota=chance.choice([None, 1, 3]))
    Nomination.objects.create(contest=contest, title="Программа", quota=chance.choice([None, 2]))
    _judge(contest, works, chance)
    secretary, approver = world.person(), world.member(contest.organiser, Role.APPROVER)
    seated = Council.objects.create(title="Координационный совет", organisation=contest.organiser)
    made = Scene(chance, contest, secretary, approver, seated)
    made.members = [Seat.objects.create(council=seated, person=secretary, part=Seat.Part.SECRETARY)]
    made.members += [Seat.objects.create(council=seated, person=world.person()) for _ in range(seats - 1)]
    return made


def _judge(contest: Contest, works: int, chance: Random) -> None:
    state = ApplicationState.TO_DEFENCE if contest.has_defence else ApplicationState.IN_REVIEW
    place, nominations = world.municipality(), list(contest.nominations.all())
    owners = [
        world.organisation(municipality=place) if chance.random() < 0.4 else world.organisation()
        for _ in range(works)
    ]
    applications = [_application(contest, owner, state, chance.choice(nominations)) for owner in owners]
    experts = [world.person() for _ in range(4)]
    contest.remote_round = round_of(contest, RoundKind.REMOTE)
    _give(contest.remote_round, applications, experts, chance)
    if contest.has_defence:
        contest.defence_round = round_of(contest, RoundKind.DEFENCE)
        _give(contest.defence_round, applications, experts, chance)
    contest.save()


def _application(
    contest: Contest, owner: Organisation, state: ApplicationState, nomination: Nomination
) -> Application:
    number = f"2025-{next(NUMBERS):04d}"
    return world.application(
        contest, owner, state, nomination=nomination, number=number, answers={"1": f"Тема {number}"}
    )


def round_of(contest: Contest, kind: str) -> Round:
    """Make a closed round of a kind."""
    rubric = contest.defence_rubric if kind == RoundKind.DEFENCE else contest.remote_rubric
    assert rubric is not None
    return Round.objects.create(
        title=kind,
        kind=kind,
        organiser=contest.organiser,
        rubric=rubric,
        opens_at=AT - timedelta(days=9),
        closes_at=AT - timedelta(days=1),
        state=RoundState.CLOSED,
        sheets_per_dossier=3,
    )


def _give(tour: Round, applications: list[Application], experts: list[User], chance: Random) -> None:
    criteria = list(tour.rubric.criteria.all())
    for application in applications:
        assert application.dossier is not None
        tour.dossiers.add(application.dossier)
        for expert in chance.sample(experts, chance.choice([3, 3, 4])):
            _mark(tour, application, expert, criteria, chance)


def _mark(
    tour: Round, application: Application, expert: User, criteria: list[Criterion], chance: Random
) -> None:
    values = [chance.randint(0, 5) for _ in criteria]
    assert application.dossier is not None
    given = Assignment.objects.create(
        round=tour,
        dossier=application.dossier,
        expert=expert,
        assigned_at=AT,
        state=AssignmentState.CLEARED,
    )
    total = sum((one.weight * value for one, value in zip(criteria, values, strict=True)), Decimal(0))
    sheet = ScoreSheet.objects.create(
        assignment=given, state=SheetState.FINISHED, total=total, opened_at=AT, finished_at=AT
    )
    Score.objects.bulk_create(
        Score(sheet=sheet, criterion=one, value=value, saved_at=AT)
        for one, value in zip(criteria, values, strict=True)
    )


# ── The sitting ─────────────────────────────────────────────────────────────


def planned(here: Scene, *, is_secret: bool = False) -> Sitting:
    """Appoint the sitting."""
    sitting = Sitting(contest=here.contest, council=here.council, number="7", held_at=AT, is_secret=is_secret)
    return council.plan_sitting(sitting, by=here.organiser, at=AT)


def opened(here: Scene, *, is_secret: bool = False, there: int | None = None) -> Sitting:
    """Appoint the sitting and open it with these first members there, all of them by default."""
    sitting = planned(here, is_secret=is_secret)
    present = [seat.pk for seat in here.members[:there]]
    council.mark_presence(sitting, present=present, by=here.secretary, at=AT)
    council.open_sitting(sitting, by=here.secretary, at=AT)
    return sitting


def sit(here: Scene) -> Sitting:
    """Hold a sitting by chance: recusals, lines, ballots, hands, departures; close it."""
    chance = here.chance
    sitting = opened(here, is_secret=chance.random() < 0.5, there=chance.choice([3, 4, 5]))
    for _ in range(chance.randint(0, 3)):
        line = chance.choice([None, 0, 1, 2, 4])
        council.set_line(sitting, line=line, by=here.secretary, at=AT)
    rows = final_standing(here.contest, sitting)
    for row in chance.sample(rows, 2):
        council.record_recusal(
            sitting,
            seat=chance.choice(here.members[:3]),
            application=row.application,
            reason="Соавтор",
            by=here.secretary,
            at=AT,
        )
    for row in chance.sample(rows, len(rows) if sitting.is_secret else 2):
        balloted(here, sitting, row.application)
    if not sitting.is_secret:
        for row in queries.unresolved(sitting)[:1]:
            by_hand(here, sitting, row.application)
        council.resolve_by_rules(sitting, by=here.secretary, at=AT)
    council.close_sitting(sitting, by=here.secretary, at=AT)
    return sitting


def balloted(here: Scene, sitting: Sitting, application: Application) -> Ballot:
    """Let everybody who may vote do so by chance, and carry the result out."""
    [ballot] = ballots.open_ballots(sitting, applications=[application], by=here.secretary, at=AT)
    for seat in voters_of(sitting, application):
        choice = here.chance.choice(list(Choice))
        ballots.vote(ballot, choice=choice, by=seat.person, at=AT)
    ballots.close_ballots(sitting, ballots=[ballot], by=here.secretary, at=AT)
    if not sitting.resolutions.filter(application=application).exists():
        ballots.resolve_by_ballot(ballot, reason="Так решил совет", by=here.secretary, at=AT)
    return ballot


def by_hand(here: Scene, sitting: Sitting, application: Application) -> None:
    """Count hands in the room; the reason is there in case the decision departs."""
    voters = queries.voters_on(sitting, application)
    is_granted = here.chance.random() < 0.5
    council.resolve(
        sitting,
        application=application,
        decision=Decision.GRANT if is_granted else Decision.DECLINE,
        votes=Votes(voters, 0) if is_granted else Votes(0, voters),
        reason="Так решил совет",
        by=here.secretary,
        at=AT,
    )


def publish(here: Scene) -> None:
    """Sign the order by two persons: the results are out."""
    awards.draft_order(here.contest, by=here.organiser, at=AT)
    awards.enter_order(here.contest, number="5", signed_on=AT.date(), by=here.organiser, at=AT)
    awards.confirm_order(here.contest, by=here.approver, at=AT)


def appealed(here: Scene, application: Application, total: str) -> Appeal:
    """Uphold an appeal, as far as the ranking is concerned: the row, the event, the next ranking."""
    second = round_of(here.contest, RoundKind.APPEAL)
    appeal = Appeal.objects.create(
        application=application,
        number=1,
        text="Прошу пересмотреть результат.",
        state=AppealState.UPHELD,
        filed_at=AT,
        filed_by=application.created_by,
        round=second,
        decision="Вторая комиссия поставила больше.",
        decided_at=AT,
        decided_by=here.organiser,
        total_after=Decimal(total),
    )
    facts = {"application": application.number, "appeal": 1, "after": total}
    decisions.record(here.contest, "appeal_upheld", facts, by=here.organiser, at=AT)
    decisions.take_snapshot(here.contest, appeal=appeal, by=here.organiser, at=AT)
    return appeal
