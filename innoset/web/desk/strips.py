"""One's own marks beside one's own other works, after the sheet is finished: never anybody else's."""

from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from innoset.foundation.russian import decimal
from innoset.review.models import ScoreSheet
from innoset.review.queries.desk import finished_by
from innoset.web.ui.charts import Plot, Spread, spread_plot

FEWEST = 2


@dataclass(frozen=True, slots=True)
class Strip:
    """A plot of one line, and its finding in a sentence."""

    plot: Plot
    said: str


def strip_of(sheet: ScoreSheet, maximum: Decimal) -> Strip | None:
    """Lay out the totals of the expert's own finished sheets of the round; this one is the tall mark."""
    own = _own_totals(sheet)
    if len(own) < FEWEST or sheet.total is None:
        return None
    this, usual = float(sheet.total), median(own)
    row = Spread(label="Мои суммы", marks=tuple(own), mean=this, low=min(own), high=max(own))
    higher = sum(total > this for total in own)
    others = f"Из других ваших работ выше оценены: {higher} из {len(own) - 1}."
    return Strip(
        spread_plot([row], high=float(maximum)),
        f"Этой работе вы поставили {_short(this)}. {others} Обычно вы ставите около {_short(usual)}, от {_short(min(own))} до {_short(max(own))}.",
    )


def _own_totals(sheet: ScoreSheet) -> list[float]:
    found = finished_by(sheet.assignment.expert).filter(assignment__round=sheet.assignment.round_id)
    return [float(total) for total in found.values_list("total", flat=True) if total is not None]


def _short(number: float) -> str:
    text = decimal(number, 2)
    return text.rstrip("0").rstrip(",") if "," in text else text
