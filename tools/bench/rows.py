"""A contest made of many rows, the same on every machine: texts, organisations, sheets, a sitting."""

import hashlib
from datetime import datetime, timedelta
from random import Random
from typing import Any, Final

from allauth.mfa.totp.internal.auth import TOTP

from innoset.accounts.models import User
from innoset.contests.actions import contests as contest_actions
from innoset.contests.models import Application, Award, Contest, Council, Presence, Seat, Sitting
from innoset.contests.pure.calendar import ORDER, StagePlan
from innoset.contests.pure.codes import code
from innoset.contests.states import ApplicationState, ContestState, SittingState
from innoset.documents.models import Order
from innoset.documents.states import OrderState
from innoset.network.models import Membership, Municipality, Organisation, Status, StatusKind
from innoset.network.states import OrganisationKind, Role
from innoset.projects.models import Answer, Passport, PassportVersion, Project
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Kind, fields_of
from innoset.review.models import (
    Assignment,
    ConflictDeclaration,
    Criterion,
    Dossier,
    PanelSeat,
    Round,
    Score,
    ScoreSheet,
)
from innoset.review.states import AssignmentState, RoundKind, RoundState, SeatState, SheetState

SIGNS, LONG_FIELDS, EXPERTS, SHEETS, SEATS = 3_000, 16, 60, 3, 7
OWN: Final = 30
"""How many of the applications belong to the one organisation whose cabinet is measured."""

AWARDS: Final = 40
"""How many of the applications win, the first ones."""

BATCH: Final = 100
_CONSONANTS, _VOWELS = "бвгдйжзклмнпрстфхцчш", "аоеиуыяюё"
_EVERY: Final = {
    ContestState.OPEN: ApplicationState.SUBMITTED,
    ContestState.EXPERTISE: ApplicationState.IN_REVIEW,
    ContestState.COUNCIL: ApplicationState.IN_REVIEW,
    ContestState.FINISHED: ApplicationState.REJECTED,
}
"""Where the applications are when the contest is in a state."""


class Rows:
    """Grows the contest to as many applications as asked; what is there already stays."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self.count = 0
        self.random = Random(20_261_121)  # noqa: S311  # reason: the same rows every time
        self.words = [self._word() for _ in range(3_000)]
        self.fields = [
            one for one in fields_of(form_by_code("passport"), stages=3) if one.kind != Kind.HEADING
        ]
        self.places = list(Municipality.objects.filter(valid_to=None).order_by("oktmo"))
        self.centre = self._organisation("Методический центр", OrganisationKind.METHOD_CENTRE)
        self.organiser = self._person("organiser", Role.ORGANISER, self.centre)
        TOTP.activate(self.organiser, "A" * 32)
        self.school = self._organisation("Школа № 1", OrganisationKind.SCHOOL)
        self.applicant = self._person("applicant", Role.HEAD, self.school)
        self.experts = [self._person(f"expert{n}", Role.EXPERT, self.centre) for n in range(EXPERTS)]
        self.contest = self._contest()
        self.criteria = list(Criterion.objects.filter(rubric=self.contest.remote_rubric))
        self.round = self._round()
        self._sitting()
        self.order = self._order()

    # ── What there is once ──────────────────────────────────────────────────

    def _word(self) -> str:
        pick = self.random.choice
        parts = (
            pick(_CONSONANTS) + pick(_VOWELS) + (pick(_CONSONANTS) if self.random.random() < 0.3 else "")  # noqa: PLR2004  # reason: about as in Russian
            for _ in range(pick((1, 2, 2, 3, 3, 4)))
        )
        return "".join(parts)

    def text(self, signs: int) -> str:
        """Return words with frequent and rare ones among them: it packs as Russian prose does."""
        found, length = [], 0
        while length < signs:
            word = self.words[int(len(self.words) * self.random.random() ** 2)]
            found.append(word)
            length += len(word) + 1
        return " ".join(found)[:signs].strip().capitalize()

    def _person(self, name: str, role: Role, where: Organisation) -> User:
        person = User.objects.create(
            email=f"{name}@innoset.example", last_name="Рощина", first_name="Анна", middle_name=f"Н{name}"
        )
        Membership.objects.create(person=person, organisation=where, role=role, since=self.at)
        return person

    def _organisation(self, name: str, kind: str, number: int = 0) -> Organisation:
        return Organisation.objects.create(**self._facts(name, kind, number or Organisation.objects.count()))

    def _facts(self, name: str, kind: str, number: int) -> dict[str, Any]:
        return {
            "number": f"О-{number:05}",
            "name": f"Муниципальное учреждение «{name}»",
            "short_name": name,
            "kind": kind,
            "municipality": self.places[number % len(self.places)],
            "created_at": self.at,
        }

    def _contest(self) -> Contest:
        draft = Contest(organiser=self.centre, school_year=self.at.year, edition=1, code="bench")
        made = contest_actions.make_contest(draft, template="mip", by=self.organiser, at=self.at)
        contest_actions.edit_contest(made, changes={"has_defence": False}, by=self.organiser, at=self.at)
        starts = self.at - timedelta(days=10)
        spans = [(starts, self.at + timedelta(days=20))]
        spans += [(self.at + timedelta(days=20 + n), self.at + timedelta(days=21 + n)) for n in range(5)]
        stages = [StagePlan(kind, *span) for kind, span in zip(ORDER, spans, strict=True)]
        contest_actions.set_calendar(made, stages=stages, by=self.organiser, at=self.at)
        contest_actions.publish(made, by=self.organiser, at=self.at)
        return made

    def _round(self) -> Round:
        made = Round.objects.create(
            title="Заочная экспертиза",
            kind=RoundKind.REMOTE,
            organiser=self.centre,
            rubric=self.contest.remote_rubric,
            opens_at=self.at - timedelta(days=1),
            closes_at=self.at + timedelta(days=30),
            sheets_per_dossier=SHEETS,
            state=RoundState.OPEN,
        )
        seats = {"round": made, "state": SeatState.ACCEPTED, "invited_at": self.at, "answered_at": self.at}
        PanelSeat.objects.bulk_create(PanelSeat(person=expert, **seats) for expert in self.experts)
        Contest.objects.filter(pk=self.contest.pk).update(remote_round=made)
        return made

    def _sitting(self) -> None:
        council = Council.objects.create(title="Координационный совет", organisation=self.centre)
        sitting = Sitting.objects.create(
            contest=self.contest,
            council=council,
            number="1",
            held_at=self.at,
            opened_at=self.at,
            state=SittingState.OPEN,
        )
        for number in range(SEATS):
            person = self._person(f"council{number}", Role.COUNCIL, self.centre)
            seat = Seat.objects.create(council=council, person=person)
            Presence.objects.create(sitting=sitting, seat=seat, is_present=True)

    def _order(self) -> Order:
        signed = {"number": "1", "signed_on": self.at.date(), "entered_at": self.at, "confirmed_at": self.at}
        return Order.objects.create(
            issuer="Департамент образования",
            title="О присвоении статусов",
            created_at=self.at,
            state=OrderState.CONFIRMED,
            entered_by=self.organiser,
            confirmed_by=self.applicant,
            **signed,
        )

    # ── What there is many times ────────────────────────────────────────────

    def grow(self, count: int) -> None:
        """Add applications until there are so many."""
        while self.count < count:
            upto = min(count, self.count + BATCH)
            self._add(range(self.count, upto))
            self.count = upto

    def _add(self, span: range) -> None:
        owners, statuses = self._owners(span)
        projects = Project.objects.bulk_create(
            Project(
                organisation=owner,
                title=self.text(90),
                created_at=self.at,
                created_by=self.applicant,
            )
            for owner in owners
        )
        texts = [self._texts(project.title) for project in projects]
        versions = self._passports(projects, texts)
        dossiers = self._dossiers(span, projects, texts)
        applications = self._applications(span, projects, versions, dossiers)
        self._awards(span, applications, statuses)
        self._sheets(span, dossiers)

    def _owners(self, span: range) -> tuple[list[Organisation], list[Status]]:
        """Return whose each application is; every newcomer to the register holds a status."""
        kinds = (OrganisationKind.SCHOOL, OrganisationKind.KINDERGARTEN, OrganisationKind.EXTRA)
        fresh = Organisation.objects.bulk_create(
            Organisation(**self._facts(f"Школа № {n + 2}", kinds[n % len(kinds)], n + 100)) for n in span
        )
        kind, day = StatusKind.objects.get(code="mip"), self.at.date()
        statuses = Status.objects.bulk_create(
            Status(
                organisation=one,
                kind=kind,
                theme=self.text(90),
                order=self.order,
                starts_on=day,
                ends_on=day + timedelta(days=1000),
                created_at=self.at,
            )
            for one in fresh
        )
        return [self.school if n < OWN else one for n, one in zip(span, fresh, strict=True)], statuses

    def _awards(self, span: range, applications: list[Application], statuses: list[Status]) -> None:
        Award.objects.bulk_create(
            Award(application=one, status=status, order=self.order, place=n + 1, granted_at=self.at)
            for n, one, status in zip(span, applications, statuses, strict=True)
            if n < AWARDS
        )

    def _texts(self, title: str) -> dict[str, str]:
        """Return a filled passport: sixteen long answers, the rest short."""
        long = [one.key for one in self.fields if one.kind in (Kind.TEXT, Kind.LIST)][:LONG_FIELDS]
        texts = {one.key: self.text(SIGNS if one.key in long else 60) for one in self.fields}
        periods = ("Сентябрь–декабрь 2026 г.", "Январь–май 2027 г.", "Сентябрь–декабрь 2027 г.")
        return texts | {"1": title} | {f"11.{n}.1": period for n, period in enumerate(periods, 1)}

    def _passports(self, projects: list[Project], texts: list[dict[str, str]]) -> list[PassportVersion]:
        form = {"form_code": "passport", "form_version": form_by_code("passport").version}
        passports = Passport.objects.bulk_create(
            Passport(project=one, created_at=self.at, **form) for one in projects
        )
        pairs = list(zip(passports, texts, strict=True))
        Answer.objects.bulk_create(
            Answer(passport=passport, key=key, text=text, saved_at=self.at, saved_by=self.applicant)
            for passport, values in pairs
            for key, text in values.items()
        )
        return PassportVersion.objects.bulk_create(
            PassportVersion(
                passport=passport,
                number=1,
                stages=3,
                values=values,
                sha256=_digest(passport.pk),
                made_at=self.at,
                made_by=self.applicant,
                **form,
            )
            for passport, values in pairs
        )

    def _dossiers(self, span: range, projects: list[Project], texts: list[dict[str, str]]) -> list[Dossier]:
        made = Dossier.objects.bulk_create(
            Dossier(
                code=code(self.contest.pk, n + 1),
                title=project.title,
                content=[self._row(one, values) for one in self.fields if one.public],
                sha256=_digest(n),
                organisation_id=project.organisation_id,
                opened_at=self.at,
            )
            for n, project, values in zip(span, projects, texts, strict=True)
        )
        self.round.dossiers.add(*made)
        return made

    def _row(self, one: Any, values: dict[str, str]) -> dict[str, Any]:
        head = {"key": one.key, "number": one.printed_number, "label": one.label}
        return {**head, "text": values[one.key], "is_group": False}

    def _applications(
        self,
        span: range,
        projects: list[Project],
        versions: list[PassportVersion],
        dossiers: list[Dossier],
    ) -> list[Application]:
        nominations = list(self.contest.nominations.order_by("position"))
        parts = zip(span, projects, versions, dossiers, strict=True)
        return Application.objects.bulk_create(
            Application(
                number=f"{self.at.year}-{n + 1:04}",
                contest=self.contest,
                nomination=nominations[n % len(nominations)],
                organisation_id=project.organisation_id,
                project=project,
                version=version,
                dossier=dossier,
                created_at=self.at,
                created_by=self.applicant,
                submitted_at=self.at,
                state=ApplicationState.SUBMITTED,
            )
            for n, project, version, dossier in parts
        )

    def _sheets(self, span: range, dossiers: list[Dossier]) -> None:
        given = Assignment.objects.bulk_create(
            Assignment(
                round=self.round,
                dossier=dossier,
                expert=self.experts[(SHEETS * n + place) % EXPERTS],
                state=AssignmentState.CLEARED,
                assigned_at=self.at,
            )
            for n, dossier in zip(span, dossiers, strict=True)
            for place in range(SHEETS)
        )
        ConflictDeclaration.objects.bulk_create(
            ConflictDeclaration(assignment=one, has_conflict=False, declared_at=self.at) for one in given
        )
        marks = [[self.random.randint(1, 5) for _ in self.criteria] for _ in given]
        sheets = ScoreSheet.objects.bulk_create(
            self._sheet(assignment, values, is_open=(span.start, place) == (0, 0))
            for place, (assignment, values) in enumerate(zip(given, marks, strict=True))
        )
        Score.objects.bulk_create(
            Score(sheet=sheet, criterion=criterion, value=value, comment=self.text(80), saved_at=self.at)
            for sheet, values in zip(sheets, marks, strict=True)
            for criterion, value in zip(self.criteria, values, strict=True)
        )

    def _sheet(self, assignment: Assignment, marks: list[int], *, is_open: bool) -> ScoreSheet:
        """Make a sheet; the first one of all is still being filled."""
        total = sum(value * one.weight for value, one in zip(marks, self.criteria, strict=True))
        end = {} if is_open else {"state": SheetState.FINISHED, "total": total, "finished_at": self.at}
        return ScoreSheet(assignment=assignment, opened_at=self.at, comment=self.text(300), **end)

    # ── Where the contest is ────────────────────────────────────────────────

    def turn(self, state: ContestState) -> None:
        """Put the contest and its applications where a page looks for them; the first one is a draft at the start."""
        every = Application.objects.filter(contest=self.contest)
        Contest.objects.filter(pk=self.contest.pk).update(state=state, order=self.order, results_at=self.at)
        every.update(state=_EVERY[state])
        if state == ContestState.OPEN:
            every.filter(number=self.first).update(state=ApplicationState.DRAFT)
        if state == ContestState.FINISHED:
            every.filter(award__isnull=False).update(state=ApplicationState.AWARDED)
        goes_on = state in (ContestState.OPEN, ContestState.EXPERTISE)
        Round.objects.filter(pk=self.round.pk).update(state=RoundState.OPEN if goes_on else RoundState.CLOSED)

    @property
    def first(self) -> str:
        """Return the number of the application whose pages are measured."""
        return f"{self.at.year}-0001"


def _digest(number: int) -> str:
    return hashlib.sha256(str(number).encode()).hexdigest()
