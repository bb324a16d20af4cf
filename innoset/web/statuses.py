"""What both the street door and the office show of a status: its term as a picture, its history as steps."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from innoset.contests.models import Contest
from innoset.contests.states import ContestState
from innoset.foundation.russian import counted
from innoset.network import queries
from innoset.network.models import Status, StatusEvent
from innoset.network.pure.statuses import Phase, Standing, changes
from innoset.network.queries.completion import continuity_of
from innoset.network.queries.successions import name_on
from innoset.web.ui.charts import Tick

WIDTH: Final = 720.0
EDGE: Final = 24.0
DAYS: Final = ("день", "дня", "дней")
PHASES: Final = {
    Phase.NOT_YET: ("Ещё не начался", "info"),
    Phase.IN_FORCE: ("Действует", "good"),
    Phase.PAUSED: ("Приостановлен", "warn"),
    Phase.OVER: ("Срок вышел", "warn"),
    Phase.COMPLETED: ("Завершён", ""),
    Phase.TERMINATED: ("Прекращён досрочно", "bad"),
}


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the term: in force or paused."""

    x: float
    width: float
    look: str
    title: str


@dataclass(frozen=True, slots=True)
class TermPicture:
    """The term of a status from its first day to its last, laid out: `public/_term_picture.html`."""

    width: int
    segments: tuple[Segment, ...]
    ticks: tuple[Tick, ...]
    today: float | None
    finding: str


def term_picture(status: Status, today: date) -> TermPicture | None:
    """Lay out the term of a status; None when its ledger is empty."""
    turns = changes(queries.facts_of(status.events.all()))
    if not turns:
        return None
    first, last = turns[0][1].starts_on, max(standing.ends_on for _, standing in turns)
    span = max((last - first).days + 1, 1)

    def x(day: date) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * min(max((day - first).days / span, 0), 1), 1)

    ends = [*(day for day, _ in turns[1:]), last + timedelta(days=1)]
    segments = [
        Segment(x(begin), round(x(end) - x(begin), 1), _LOOKS[now.phase], _titled(begin, end, now))
        for (begin, now), end in zip(turns, ends, strict=True)
        if now.phase in _LOOKS and end > begin
    ]
    years = range(first.year + 1, last.year + 1)
    every = max(1, len(years) // 8)
    return TermPicture(
        int(WIDTH),
        tuple(segments),
        tuple(Tick(x(date(year, 1, 1)), str(year)) for year in years if (year - first.year) % every == 0),
        x(today) if first <= today <= last else None,
        _finding(turns, today),
    )


_LOOKS: Final = {Phase.IN_FORCE: "fill", Phase.PAUSED: "track"}


def _titled(begin: date, end: date, standing: Standing) -> str:
    last = end - timedelta(days=1)
    return f"{PHASES[standing.phase][0]}: {begin:%d.%m.%Y} — {last:%d.%m.%Y}"


def _finding(turns: Sequence[tuple[date, Standing]], today: date) -> str:
    """Say in one sentence what the picture shows."""
    now = [standing for day, standing in turns if day <= today]
    standing = now[-1] if now else turns[0][1]
    paused = sum(
        (end - begin).days for (begin, one), (end, _) in pairwise(turns) if one.phase == Phase.PAUSED
    )
    said = f"Срок: {standing.starts_on:%d.%m.%Y} — {standing.ends_on:%d.%m.%Y}"
    if standing.phase in {Phase.IN_FORCE, Phase.PAUSED} and now:
        said += f", осталось {counted((standing.ends_on - today).days, *DAYS)}"
    if paused:
        said += f", паузы заняли {counted(paused, *DAYS)}"
    return f"{said}."


def continuity_in_words(status: Status, today: date) -> str:
    """Say how many terms and years the status has been held without a break; empty for a first term."""
    until = min(today, status.ended_on or status.ends_on)
    found = continuity_of(status.organisation, status.kind, until)
    if found.terms < 2 or found.since is None:  # noqa: PLR2004  # reason: one term is no chain
        return ""
    terms = counted(found.terms, "срок", "срока", "сроков")
    years = counted(found.years, "полный год", "полных года", "полных лет")
    return f"Без перерыва: {terms}, {years}, с {found.since:%d.%m.%Y}"


def renewal_contests(status: Status) -> list[Contest]:
    """Return the contests where the status can be won again: announced or open, of its kind."""
    found = Contest.objects.filter(status_kind=status.kind_id, state=ContestState.OPEN).exclude(
        published_at=None
    )
    return [
        contest
        for contest in found.order_by("pk")
        if not contest.organisation_kinds or status.organisation.kind in contest.organisation_kinds
    ]


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ledger, as a page shows it."""

    event: StatusEvent
    is_void: bool
    holder: str


def lines_of(status: Status) -> list[Line]:
    """Return the ledger in the order of its days; lines annulled as mistakes are marked."""
    found = status.events.select_related("holder", "order", "ground", "by", "annuls").order_by("on", "pk")
    events = list(found.prefetch_related("holder__former_names"))
    void = {event.annuls_id for event in events}
    return [Line(event, event.pk in void, _holder_of(event)) for event in events]


def _holder_of(event: StatusEvent) -> str:
    """Name the holder of a grant or a passing as it was called on that day."""
    return name_on(event.holder, event.on) if event.holder and event.kind in _NAMING else ""


_NAMING: Final = frozenset({"granted", "passed"})
