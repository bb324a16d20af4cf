"""How an expert has worked so far: sheets and minutes, terms kept, agreement with the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from statistics import fmean, median

_DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Finished:
    """A finished sheet: how long the work is to read, when the sheet was done, when it was due."""

    minutes: int
    finished_at: datetime
    closes_at: datetime


@dataclass(frozen=True, slots=True)
class Total:
    """An expert's total on a work beside the totals of the others, on one scale."""

    own: float
    others: tuple[float, ...]
    scale: float

    @property
    def apart(self) -> float:
        """Return by how much of the scale the expert stands above the mean of the others."""
        return (self.own - fmean(self.others)) / self.scale


@dataclass(frozen=True, slots=True)
class Record:
    """The sums; None where nothing can be said yet. Shares are of one."""

    finished: int
    overdue: int
    minutes: int
    in_time: float | None
    days_before: float | None
    compared: int
    apart: float | None
    lean: float | None

    @property
    def in_time_percent(self) -> int | None:
        """Return the share of sheets in time, in hundredths."""
        return None if self.in_time is None else round(100 * self.in_time)

    @property
    def apart_percent(self) -> float | None:
        """Return the usual distance from the others, in hundredths of the scale."""
        return None if self.apart is None else 100 * self.apart

    @property
    def stricter_percent(self) -> float | None:
        """Return by how much the expert is stricter, in hundredths of the scale."""
        return None if self.lean is None else -100 * self.lean

    @property
    def lean_percent(self) -> float | None:
        """Return by how much the expert is milder (or, below nought, stricter), in hundredths of the scale."""
        return None if self.lean is None else 100 * self.lean


def record_of(finished: Sequence[Finished], *, overdue: int, totals: Sequence[Total]) -> Record:
    """Sum up: a sheet that never came counts as late; `lean` is above nought for a mild expert."""
    due = len(finished) + overdue
    kept = sum(one.finished_at <= one.closes_at for one in finished)
    early = [(one.closes_at - one.finished_at).total_seconds() / _DAY for one in finished]
    apart = [one.apart for one in totals]
    return Record(
        finished=len(finished),
        overdue=overdue,
        minutes=sum(one.minutes for one in finished),
        in_time=kept / due if due else None,
        days_before=median(early) if early else None,
        compared=len(totals),
        apart=fmean(abs(one) for one in apart) if apart else None,
        lean=fmean(apart) if apart else None,
    )
