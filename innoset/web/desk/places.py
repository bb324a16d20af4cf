"""Where on the desk a person is: the assignment behind an address, the neighbours, the pace."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse

from innoset.review import queries
from innoset.review.models import Assignment, Dossier, Round, ScoreSheet
from innoset.review.states import AssignmentState, RoundState, SheetState

MINUTES = 60
SIGNS_A_MINUTE = 1200
"""How fast an expert reads; and a criterion takes a minute to weigh."""


@dataclass(frozen=True, slots=True)
class Task:
    """One dossier on the desk: where it opens, how far it is, how long it takes."""

    assignment: Assignment
    minutes: int

    @property
    def dossier(self) -> Dossier:
        """Return the dossier."""
        return self.assignment.dossier

    @property
    def url(self) -> str:
        """Return where the work goes on: the question of conflict, or the sheet."""
        return url_of(self.assignment, "sheet" if self.is_cleared else "conflict")

    @property
    def is_cleared(self) -> bool:
        """Tell whether the text is open."""
        return self.assignment.state == AssignmentState.CLEARED

    @property
    def is_done(self) -> bool:
        """Tell whether the sheet is finished."""
        sheet = sheet_of(self.assignment)
        return sheet is not None and sheet.state == SheetState.FINISHED

    @property
    def title(self) -> str:
        """Return what the list says: of a dossier not declared yet only the code."""
        return f"{self.dossier.code}. {self.dossier.title}" if self.is_cleared else self.dossier.code

    @property
    def hint(self) -> str:
        """Return what is next."""
        if self.is_done:
            return ""
        return (
            f"около {self.minutes} мин" if self.is_cleared else "сначала ответьте, есть ли конфликт интересов"
        )

    @property
    def state(self) -> str:
        """Return the state in words."""
        if self.is_done:
            return "Завершён"
        return "Заполняется" if self.is_cleared else "Не открыто"

    @property
    def kind(self) -> str:
        """Return the look of the state."""
        if self.is_done:
            return "good"
        return "now" if self.is_cleared else ""


def sheet_of(assignment: Assignment) -> ScoreSheet | None:
    """Return the sheet of an assignment, if it has been opened."""
    return getattr(assignment, "sheet", None)


def url_of(assignment: Assignment, page: str = "sheet") -> str:
    """Return the address of a page of the assignment."""
    return reverse(f"desk:{page}", args=[assignment.round.kind, assignment.dossier.code])


def assignment_or_404(request: HttpRequest, kind: str, code: str) -> Assignment:
    """Return the person's own assignment."""
    found = queries.assignments_of(request.user).filter(round__kind=kind, dossier__code=code).first()
    if found is None:
        raise Http404
    return found


def sheet_or_404(request: HttpRequest, kind: str, code: str) -> ScoreSheet:
    """Return the person's own sheet of a dossier whose text is open to them."""
    found = queries.sheets_of(request.user).filter(
        assignment__round__kind=kind, assignment__dossier__code=code
    )
    sheet = found.first()
    if sheet is None:
        raise Http404
    return sheet


def tasks_of(person: Any, *, of: Round | None = None) -> list[Task]:
    """Return what lies on the desk, open tasks first."""
    found = queries.assignments_of(person)
    if of is not None:
        found = found.filter(round=of)
    tasks = [Task(assignment, minutes_for(assignment.dossier)) for assignment in found]
    return sorted(tasks, key=lambda task: task.is_done)


def minutes_for(dossier: Dossier) -> int:
    """Guess how long the dossier takes to read and to score."""
    signs = sum(len(row["text"]) for row in dossier.content)
    return max(5, round(signs / SIGNS_A_MINUTE) + 5)


def next_after(tasks: list[Task], code: str) -> Task | None:
    """Return the next task that is not done, going round from this one."""
    ordered = sorted(tasks, key=lambda task: task.dossier.code)
    later = [task for task in ordered if task.dossier.code > code]
    earlier = [task for task in ordered if task.dossier.code < code]
    return next((task for task in [*later, *earlier] if not task.is_done), None)


def neighbours(tasks: list[Task], code: str) -> tuple[Task | None, Task | None]:
    """Return the task before and the task after this one, by code, done or not."""
    ordered = sorted(tasks, key=lambda task: task.dossier.code)
    place = [task.dossier.code for task in ordered].index(code)
    before = ordered[place - 1] if place else None
    return before, ordered[place + 1] if place + 1 < len(ordered) else None


def duration(minutes: int) -> str:
    """Return «2 ч 40 мин», «3 ч», «18 мин»."""
    hours, rest = divmod(minutes, MINUTES)
    parts = [f"{hours} ч" if hours else "", f"{rest} мин" if rest or not hours else ""]
    return " ".join(part for part in parts if part)


def may_write(review_round: Round) -> bool:
    """Tell whether sheets of the round may still change."""
    return review_round.state == RoundState.OPEN
