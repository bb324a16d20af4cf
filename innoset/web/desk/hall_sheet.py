"""A juror's sheet in the hall: big buttons, one tap to finish."""

from dataclasses import dataclass
from decimal import Decimal

from django.http import HttpRequest

from innoset.foundation.russian import MOSCOW
from innoset.review.actions.marks import stamp_of
from innoset.review.models import ScoreSheet
from innoset.review.pure import scoring
from innoset.review.queries.sheets import marks_of, rubric_of, rules_for
from innoset.review.states import RoundState, SheetState
from innoset.web.desk.forms import Line, SheetForm
from innoset.web.ui.arrival import arrived_at


@dataclass(frozen=True, slots=True)
class SheetShown:
    """The sheet as the page shows it."""

    sheet: ScoreSheet
    form: SheetForm
    lines: list[Line]
    total: Decimal
    maximum: Decimal
    saved_at: str
    stamp: int
    may_write: bool
    may_reopen: bool


def sheet_shown(sheet: ScoreSheet, request: HttpRequest) -> SheetShown:
    """Lay the sheet out; what was posted stands in its form."""
    assignment = sheet.assignment
    criteria = list(rubric_of(assignment.round, assignment.dossier).criteria.all())
    rules, marks = rules_for(sheet), marks_of(sheet)
    posted = request.POST if request.method == "POST" else None
    form = SheetForm(posted, criteria=criteria, marks=marks, comment=sheet.comment)
    is_open = assignment.round.state == RoundState.OPEN
    last = max((one.saved_at for one in sheet.scores.all()), default=None)
    return SheetShown(
        sheet=sheet,
        form=form,
        lines=list(form.lines([])),
        total=scoring.total(rules, marks),
        maximum=scoring.maximum(rules),
        saved_at=f"{last.astimezone(MOSCOW):%H:%M}" if last else "",
        stamp=stamp_of(arrived_at(request)),
        may_write=is_open and sheet.state == SheetState.OPEN,
        may_reopen=is_open and sheet.state == SheetState.FINISHED,
    )
