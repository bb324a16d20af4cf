"""A round as tests need it: an organiser, experts from other places, dossiers."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from allauth.mfa.models import Authenticator
from django.test import Client

from innoset.accounts.models import User
from innoset.network.models import Organisation
from innoset.network.states import Role
from innoset.review import actions
from innoset.review.models import Assignment, AssignmentPlan, Dossier, PanelSeat, Round, Rubric, ScoreSheet
from innoset.review.pure.scoring import Mark
from innoset.review.states import RoundKind, RoundState, SeatState
from tests import world

AT = world.AT
CLOSES = AT + timedelta(days=14)
NAMES = ("Агеева Анна Олеговна", "Белов Борис Ильич", "Ветрова Вера Юрьевна", "Горин Глеб Львович")


@dataclass
class Scene:
    """One round with its people."""

    organiser: User
    round: Round
    experts: list[User]
    dossiers: list[Dossier]
    rubric: Rubric = field(init=False)

    def __post_init__(self) -> None:
        """Keep the rubric at hand."""
        self.rubric = self.round.rubric


def scene(
    *, experts: int = 2, dossiers: int = 2, state: RoundState = RoundState.OPEN, **fields: Any
) -> Scene:
    """Make a round of an organiser with agreed experts; nothing is assigned yet."""
    centre = world.organisation("МБУ ЦРО")
    organiser = world.member(centre, Role.ORGANISER, "Орлова Ольга Петровна")
    given: dict[str, Any] = {
        "title": "Заочная экспертиза",
        "opens_at": AT - timedelta(days=1),
        "closes_at": CLOSES,
        "sheets_per_dossier": 2,
        "state": state,
        "organiser": centre,
    }
    rubric = fields.pop("rubric", None) or world.rubric(weights=(3, 2))
    made = Round.objects.create(rubric=rubric, **{**given, **fields})
    works = [world.dossier() for _ in range(dossiers)]
    made.dossiers.set(works)
    people = [seated(made, name) for name in NAMES[:experts]]
    return Scene(organiser, made, people, works)


def defence(**fields: Any) -> Scene:
    """Make a round of open defence."""
    given = {"kind": RoundKind.DEFENCE, "title": "Открытая защита", "is_blind": False}
    return scene(rubric=world.rubric("Защита", weights=(1,)), **{**given, **fields})


def expert(name: str = NAMES[0], where: Organisation | None = None) -> User:
    """Make a person of the pool of experts, from a municipality of their own."""
    return world.member(where or world.organisation(), Role.EXPERT, name)


def seated(
    review_round: Round, name: str = NAMES[0], *, part: str = PanelSeat.Part.EXPERT, most: int | None = None
) -> User:
    """Make an expert who has agreed to sit on the panel."""
    person = expert(name)
    PanelSeat.objects.create(
        round=review_round,
        person=person,
        role=part,
        state=SeatState.ACCEPTED,
        most=most,
        invited_at=AT,
        answered_at=AT,
    )
    return person


def given(here: Scene, expert: int = 0, dossier: int = 0, at: datetime = AT) -> Assignment:
    """Give a dossier to an expert."""
    return actions.assign(
        here.round, dossier=here.dossiers[dossier], expert=here.experts[expert], by=here.organiser, at=at
    )


def planned(review_round: Round, *, by: User, at: datetime = AT, **asked: Any) -> AssignmentPlan:
    """Make a plan and put it into force."""
    return actions.apply_plan(actions.make_plan(review_round, by=by, at=at, **asked), by=by, at=at)


def opened(here: Scene, expert: int = 0, dossier: int = 0) -> ScoreSheet:
    """Give a dossier to an expert who declares no conflict, and return the open sheet."""
    assignment = given(here, expert, dossier)
    actions.declare(assignment, by=assignment.expert, at=AT)
    return ScoreSheet.objects.get(assignment=assignment)


def finished(here: Scene, *values: int, expert: int = 0, dossier: int = 0) -> ScoreSheet:
    """Return a finished sheet with these values, each with a comment."""
    sheet = opened(here, expert, dossier)
    criteria = list(here.rubric.criteria.all())
    marks = {one.pk: Mark(value, "Пояснение.") for one, value in zip(criteria, values, strict=True)}
    by = sheet.assignment.expert
    actions.save_sheet(sheet, marks=marks, by=by, at=AT)
    actions.finish_sheet(sheet, comment="Хорошо.", by=by, at=AT)
    return sheet


def at_office(person: User) -> Client:
    """Return a browser in which somebody who decides about others is signed in, with a second factor."""
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    return world.signed_in(person)
