"""What the decision room shows: rows in the order of places, the line between them, the doubt, the votes."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import Http404, HttpResponse, QueryDict
from django.urls import reverse

from innoset.contests.models import Contest, Sitting
from innoset.contests.papers import minutes
from innoset.contests.pure.doubt import doubt
from innoset.contests.pure.standing import CALIBRATED, ranked
from innoset.contests.pure.voting import quorum
from innoset.contests.queries import council as queries
from innoset.contests.queries.decisions import last_snapshot_of
from innoset.contests.queries.standing import Field, FinalRow, field_of, rounds_of
from innoset.contests.states import BASIS_LABELS, RankingBasis, SittingState
from innoset.foundation.files.kinds import DOCX, PDF
from innoset.foundation.policy import may
from innoset.review.queries import ranking as review
from innoset.review.queries.discussions import afterwards_of
from innoset.web.office.council_rows import Extras, Line, cut_after, lines_of, order_changes
from innoset.web.office.what_if import Trial, trial_of
from innoset.web.ui.charts import Slope, Spread, slope_graph, spread_plot
from innoset.web.ui.download import bytes_as_file

DRAWN = 40
"""A picture of more lines is no picture."""


@dataclass(frozen=True, slots=True)
class Room:
    """The table and what it was made of."""

    field: Field
    trial: Trial
    lines: list[Line]
    gaps: list[tuple[str, Any]]
    most: float
    line: float | None


def room_of(contest: Contest, sitting: Sitting, asked: QueryDict) -> Room:
    """Return the table by the rules that the address asks for, with a constant number of queries."""
    field = field_of(contest, sitting)
    trial = trial_of(field, asked)
    counting = {stage: review.counting_of(one) for stage, one in rounds_of(contest).items()}
    most = float(sum(one.maximum for one in counting.values())) or 1.0
    intervals = {work.number: one for work in field.works if (one := work.interval)}
    # Doubt is measured where strictness is allowed for: the same rules on the calibrated totals.
    in_doubt = doubt(ranked(field.works, replace(trial.rules, basis=CALIBRATED)), intervals)
    extras = Extras(
        resolutions={one.application_id: one for one in sitting.resolutions.order_by("id")},
        goings=queries.goings_of(sitting),
        doubt=in_doubt,
        most=most,
    )
    titles = {"remote": "заочно", "defence": "на защите"}
    gaps = [(titles[stage], one.gap) for stage, one in counting.items()]
    return Room(field, trial, lines_of(field, trial.rules, extras), gaps, most, in_doubt.line)


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


def context_of(contest: Contest, sitting: Sitting, by: Any, asked: QueryDict) -> dict[str, Any]:
    """Return what the decision room shows."""
    way, room = way_of(contest, by), room_of(contest, sitting, asked)
    is_closed = sitting.state == SittingState.CLOSED
    above = cut_after([line.row for line in room.lines])
    return {
        "contest": contest,
        "sitting": sitting,
        "room": room,
        "trial": room.trial,
        "lines": room.lines,
        "basis": BASIS_LABELS[RankingBasis(contest.ranking_basis)].lower(),
        "is_calibrated": bool(room.field.calibrations),
        "is_counted_raw": contest.ranking_basis == CALIBRATED and not room.field.calibrations,
        "doubtful": sum(line.is_doubtful for line in room.lines),
        "differing": order_changes(room.lines),
        "line_up": max((above if sitting.cut_line is None else sitting.cut_line) - 1, 0),
        "line_down": (above if sitting.cut_line is None else sitting.cut_line) + 1,
        "resolved": sum(line.resolution is not None for line in room.lines),
        "balloted": sum(line.going.ballot == "open" for line in room.lines),
        "is_open": sitting.state == SittingState.OPEN,
        "is_closed": is_closed,
        "ranking": last_snapshot_of(contest) if is_closed else None,
        "plot": plot_of(room, above),
        "slopes": slopes_of(room),
        "may_see_order": way == crumbs_of(contest, "")[:2],
        "crumbs": [*way, ("Совет", "")],
        **({} if is_closed else presence_of(sitting)),
    }


def presence_of(sitting: Sitting) -> dict[str, Any]:
    """Return who sits in the council, who of them is there, and how many must be."""
    found = sitting.presences.select_related("seat__person")
    seats = list(found.order_by("seat__part", "seat__person__last_name", "seat_id"))
    return {
        "seats": seats,
        "there": sum(one.is_present for one in seats),
        "quorum": quorum(len(seats), sitting.council.quorum_share),
    }


def plot_of(room: Room, above: int) -> Any:
    """Return the picture of totals with the marks of each expert, the interval and the cut line; None without rows."""
    if not room.lines:
        return None
    rows = [_spread(line, room.most) for line in room.lines[:DRAWN]]
    return spread_plot(rows, low=0, high=room.most, cut_after=above if above < len(rows) else None)


def _spread(line: Line, most: float) -> Spread:
    row = line.row
    added = float(row.defence.mean or 0) if row.defence else 0.0
    marks = tuple(min(float(total) + added, most) for total in (row.remote.totals if row.remote else ()))
    mean, interval = float(row.total), row.work.interval
    low, high = (
        (interval.low, interval.high) if interval else (min(marks, default=mean), max(marks, default=mean))
    )
    label = f"{row.place}. {row.application.organisation.short_name}"[:26]
    return Spread(label, marks, mean, max(low, 0), min(high, most))


def slopes_of(room: Room) -> Any:
    """Return the picture of places before and after calibration for those whom it moves; None when it moves nobody."""
    moved = [line for line in room.lines if line.moved][:DRAWN]
    if not moved or not room.field.calibrations:
        return None
    return slope_graph(
        [
            Slope(
                line.row.application.shown_number,
                line.raw.place,
                line.fair.place,
                line.raw.is_above_line != line.fair.is_above_line,
            )
            for line in moved
        ]
    )


def decision_context(sitting: Sitting, row: FinalRow, by: Any) -> dict[str, Any]:
    """Return what the page of one decision shows."""
    application = row.application
    return {
        "contest": sitting.contest,
        "sitting": sitting,
        "is_closed": sitting.state == SittingState.CLOSED,
        "is_open": sitting.state == SittingState.OPEN,
        "row": row,
        "application": application,
        "voters": queries.voters_on(sitting, application),
        "resolution": sitting.resolutions.filter(application=application).first(),
        "recusals": sitting.recusals.filter(application=application).select_related("seat__person"),
        "afterwards": afterwards_of(rounds_of(sitting.contest).values(), application.dossier)
        if application.dossier
        else [],
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
