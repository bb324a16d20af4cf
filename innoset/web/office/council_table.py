"""What the decision table shows: rows in the order of places, the line between them, the votes."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse

from innoset.contests.models import Contest, Resolution, Sitting
from innoset.contests.papers import minutes
from innoset.contests.pure.voting import quorum
from innoset.contests.queries import council as queries
from innoset.contests.queries.standing import FinalRow, final_standing
from innoset.contests.states import SittingState
from innoset.foundation.files.kinds import DOCX, PDF
from innoset.foundation.policy import may
from innoset.web.ui.charts import Spread, spread_plot
from innoset.web.ui.download import bytes_as_file


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the table: an application, its decision, whether the cut line lies right above it."""

    row: FinalRow
    resolution: Resolution | None
    is_first_below: bool
    recused: int


def lines_of(contest: Contest, sitting: Sitting) -> list[Line]:
    """Return the lines with a constant number of queries."""
    resolutions = {one.application_id: one for one in sitting.resolutions.order_by("id")}
    recused: dict[int, int] = {}
    for application in sitting.recusals.order_by("id").values_list("application_id", flat=True):
        recused[application] = recused.get(application, 0) + 1
    lines, was_above = [], True
    for row in final_standing(contest, sitting):
        is_first_below = was_above and not row.is_above_line
        was_above = row.is_above_line
        key = row.application.pk
        lines.append(Line(row, resolutions.get(key), is_first_below, recused.get(key, 0)))
    return lines


def crumbs_of(contest: Contest, last: str) -> list[tuple[str, str]]:
    """Return the way to a page of the contest."""
    return [
        ("Конкурсы", reverse("office:contests")),
        (contest.title, reverse("office:contest", args=[contest.code])),
        (last, ""),
    ]


def way_of(contest: Contest, by: Any) -> list[tuple[str, str]]:
    """Return the way to the decision room as far as a person may walk it: who only sits there starts at home."""
    # Whoever organises the contest or approves its order; asked of memory, not of the database.
    if may(by, "contests.return_order", contest):
        return crumbs_of(contest, "")[:2]
    page = reverse("public:contest", args=[contest.code])
    return [("Сегодня", reverse("office:home")), (contest.title, page)]


def context_of(contest: Contest, sitting: Sitting, by: Any) -> dict[str, Any]:
    """Return what the decision room shows."""
    way = way_of(contest, by)
    lines = lines_of(contest, sitting)
    seats = list(
        sitting.presences.select_related("seat__person").order_by("seat__part", "seat__person__last_name")
    )
    return {
        "contest": contest,
        "sitting": sitting,
        "lines": lines,
        "seats": seats,
        "there": sum(one.is_present for one in seats),
        "quorum": quorum(len(seats), sitting.council.quorum_share),
        "resolved": sum(line.resolution is not None for line in lines),
        "is_open": sitting.state == SittingState.OPEN,
        "is_closed": sitting.state == SittingState.CLOSED,
        "plot": plot_of(lines),
        "may_see_order": way == crumbs_of(contest, "")[:2],
        "crumbs": [*way, ("Совет", "")],
    }


def plot_of(lines: list[Line]) -> Any:
    """Return the picture of totals with the marks of each expert and the cut line, or None without rows."""
    if not lines:
        return None
    above = sum(line.row.is_above_line for line in lines)
    return spread_plot([_spread(line.row) for line in lines[:40]], low=0, high=100, cut_after=above)


def _spread(row: FinalRow) -> Spread:
    totals = row.remote.totals if row.remote else ()
    extra = row.total - (row.remote.mean or 0) if row.remote else row.total
    marks = tuple(float(total + extra) for total in totals)
    mean = float(row.total)
    return Spread(
        f"{row.place}. {row.application.organisation.short_name}"[:26],
        marks,
        mean,
        min(marks, default=mean),
        max(marks, default=mean),
    )


def decision_context(sitting: Sitting, row: FinalRow, by: Any) -> dict[str, Any]:
    """Return what the page of one decision shows."""
    application = row.application
    return {
        "contest": sitting.contest,
        "sitting": sitting,
        "is_closed": sitting.state == SittingState.CLOSED,
        "row": row,
        "application": application,
        "voters": queries.voters_on(sitting, application),
        "resolution": sitting.resolutions.filter(application=application).first(),
        "recusals": sitting.recusals.filter(application=application).select_related("seat__person"),
        "crumbs": [
            *way_of(sitting.contest, by),
            ("Совет", reverse("office:council_room", args=[sitting.contest.code])),
            (application.shown_number, ""),
        ],
    }


def draft_minutes(sitting: Sitting, kind: str, *, at: datetime) -> HttpResponse:
    """Return the minutes as they would be now."""
    if kind not in ("pdf", "docx"):
        raise Http404
    printed = minutes.printed(minutes.minutes_of(sitting), at=at)
    name = f"Проект протокола {sitting.number}.{kind}"
    if kind == "docx":
        return bytes_as_file(printed.docx, name=name, media_type=DOCX)
    return bytes_as_file(printed.pdf, name=name, media_type=PDF)
