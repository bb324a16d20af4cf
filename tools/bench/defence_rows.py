"""A defence of the bench in the tables: an organiser, jurors with open sheets, works to be heard."""

from datetime import datetime, timedelta
from itertools import count
from typing import Final

from innoset.accounts.models import User
from innoset.contests.models import Contest
from innoset.contests.states import ContestState
from innoset.network.models import Membership, Municipality, Organisation, StatusKind
from innoset.network.states import OrganisationKind, Role
from innoset.review import actions
from innoset.review.models import (
    Assignment,
    ConflictDeclaration,
    Criterion,
    Dossier,
    PanelSeat,
    Round,
    Rubric,
    ScoreSheet,
)
from innoset.review.states import AssignmentState, RoundKind, RoundState, SeatState

LEVELS: Final = [{"value": value, "text": f"уровень {value}"} for value in range(6)]
_numbers = count(1)


def defence(jurors: int, works: int, criteria: int, *, at: datetime) -> tuple[Contest, Round, list[User]]:
    """Make a defence where every juror has an open sheet for every work."""
    centre = _organisation("МБУ ЦРО", at)
    organiser = _person("Орлова", "Ольга")
    Membership.objects.create(
        person=organiser, organisation=centre, role=Role.ORGANISER, since=at - timedelta(days=1)
    )
    rubric = Rubric.objects.create(title="Защита")
    Criterion.objects.bulk_create(
        Criterion(rubric=rubric, number=number, title=f"Критерий {number}", weight=1, levels=LEVELS)
        for number in range(1, criteria + 1)
    )
    here = Round.objects.create(
        title="Открытая защита",
        kind=RoundKind.DEFENCE,
        organiser=centre,
        rubric=rubric,
        opens_at=at - timedelta(hours=1),
        closes_at=at + timedelta(days=1),
        is_blind=False,
        state=RoundState.OPEN,
    )
    dossiers = [_dossier(at) for _ in range(works)]
    here.dossiers.set(dossiers)
    people = [_person(f"Экспертов{place}", "Иван") for place in range(jurors)]
    for person in people:
        _seat(here, person, dossiers, at)
    actions.schedule_all(here, order=dossiers, starts_at=at, minutes=15, by=organiser, at=at)
    return _contest(centre, organiser, here, at), here, people


def _seat(here: Round, person: User, dossiers: list[Dossier], at: datetime) -> None:
    PanelSeat.objects.create(
        round=here, person=person, state=SeatState.ACCEPTED, invited_at=at, answered_at=at
    )
    for dossier in dossiers:
        given = Assignment.objects.create(
            round=here, dossier=dossier, expert=person, state=AssignmentState.CLEARED, assigned_at=at
        )
        ConflictDeclaration.objects.create(assignment=given, has_conflict=False, declared_at=at)
        ScoreSheet.objects.create(assignment=given, opened_at=at)


def _contest(centre: Organisation, organiser: User, here: Round, at: datetime) -> Contest:
    kind, _ = StatusKind.objects.get_or_create(
        code="mip", defaults={"abbreviation": "МИП", "title": "Площадка", "level": StatusKind.Level.MUNICIPAL}
    )
    return Contest.objects.create(
        code=f"hall-{next(_numbers)}",
        title="Инновационный поиск",
        school_year=at.year,
        state=ContestState.DEFENCE,
        organiser=centre,
        status_kind=kind,
        created_by=organiser,
        created_at=at,
        published_at=at,
        remote_rubric=here.rubric,
        defence_round=here,
    )


def _person(last: str, first: str) -> User:
    email = f"hall{next(_numbers)}@example.test"
    made: User = User.objects.create_user(email=email, password=None, last_name=last, first_name=first)
    return made


def _organisation(name: str, at: datetime) -> Organisation:
    number = next(_numbers)
    return Organisation.objects.create(
        number=f"Х-{number:05d}",
        short_name=name,
        name=name,
        kind=OrganisationKind.METHOD_CENTRE,
        municipality=Municipality.objects.order_by("pk")[0],
        created_at=at,
    )


def _dossier(at: datetime) -> Dossier:
    number = next(_numbers)
    return Dossier.objects.create(
        code=f"Х-{number:03d}",
        title=f"Проект {number}",
        organisation=_organisation(f"МБОУ СОШ № {number}", at),
        sha256="0" * 64,
        opened_at=at,
    )
