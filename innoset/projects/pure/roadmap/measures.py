"""Measures of a roadmap: how each stands on a day, and what to say of all of them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from innoset.foundation.russian import counted, date_in_words

SOON: Final = 7
"""So many days before its deadline a measure is one to think of."""
WHOLE: Final = 100


class Standing(StrEnum):
    """How a measure stands on a day."""

    DROPPED = "dropped"
    DONE = "done"
    LATE = "late"
    OVERDUE = "overdue"
    SOON = "soon"
    UNDER_WAY = "under_way"
    AHEAD = "ahead"


S = Standing
STANDING_LABELS: Final = {
    S.DROPPED: "Снято",
    S.DONE: "Выполнено",
    S.LATE: "Выполнено позже срока",
    S.OVERDUE: "Просрочено",
    S.SOON: "Скоро срок",
    S.UNDER_WAY: "Идёт",
    S.AHEAD: "Впереди",
}
STANDING_KINDS: Final = {
    S.DROPPED: "",
    S.DONE: "good",
    S.LATE: "good",
    S.OVERDUE: "bad",
    S.SOON: "warn",
    S.UNDER_WAY: "work",
    S.AHEAD: "",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure, as far as its deadline and its result matter."""

    title: str
    ends_on: date
    starts_on: date | None = None
    stage: str = ""
    done_percent: int = 0
    done_on: date | None = None
    is_dropped: bool = False
    number: int = 0

    def days_late(self, today: date) -> int:
        """Return for how many days the measure has been overdue; 0 when it is not."""
        return max((today - self.ends_on).days, 0) if self.done_percent < WHOLE else 0


def standing_of(one: Measure, today: date) -> Standing:
    """Tell how a measure stands on a day."""
    if one.is_dropped:
        return S.DROPPED
    if one.done_percent == WHOLE:
        return S.LATE if one.done_on is not None and one.done_on > one.ends_on else S.DONE
    if one.ends_on < today:
        return S.OVERDUE
    if (one.ends_on - today).days <= SOON:
        return S.SOON
    has_begun = one.done_percent > 0 or (one.starts_on is not None and one.starts_on <= today)
    return S.UNDER_WAY if has_begun else S.AHEAD


@dataclass(frozen=True, slots=True)
class Tally:
    """How many measures there are, done and overdue, dropped ones aside, and the sentences about them."""

    total: int
    done: int
    overdue: int
    soon: int
    sentences: tuple[str, ...]

    @property
    def finding(self) -> str:
        """Return everything in one line."""
        return " ".join(self.sentences)


def tally_of(measures: Sequence[Measure], today: date) -> Tally:
    """Count the measures on a day and say what matters most."""
    live = [one for one in measures if not one.is_dropped]
    standings = [standing_of(one, today) for one in live]
    return Tally(
        total=len(live),
        done=sum(one in (S.DONE, S.LATE) for one in standings),
        overdue=standings.count(S.OVERDUE),
        soon=standings.count(S.SOON),
        sentences=tuple(_told(live, today)),
    )


def _told(live: Sequence[Measure], today: date) -> Iterator[str]:
    if not live:
        yield "В карте пока нет мероприятий."
        return
    done = sum(one.done_percent == WHOLE for one in live)
    yield f"Выполнено {done} из {counted(len(live), 'мероприятия', 'мероприятий', 'мероприятий')}."
    late = [one for one in live if standing_of(one, today) is S.OVERDUE]
    if late:
        yield _of_late(late, today)
    ahead = [one for one in live if one.done_percent < WHOLE and one.ends_on >= today]
    if ahead:
        nearest = min(ahead, key=lambda one: (one.ends_on, one.number))
        yield f"Ближайший срок — {date_in_words(nearest.ends_on)}: «{nearest.title}»."


def _of_late(late: Sequence[Measure], today: date) -> str:
    worst = max(late, key=lambda one: (one.days_late(today), -one.number))
    days = counted(worst.days_late(today), "день", "дня", "дней")
    if len(late) == 1:
        return f"Просрочено 1: «{worst.title}», на {days}."
    return f"Просрочено {len(late)}, дольше всех «{worst.title}» — на {days}."
