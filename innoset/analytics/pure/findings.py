"""What figures say, in one sentence each: growth, gaps, where two judgements part."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Final

from innoset.analytics.pure.indicators import PERCENT, Reading, figure, number
from innoset.foundation.russian import counted, joined

FAR: Final = 2
"""Two marks that differ by so much are worth a talk."""
_TWICE: Final = Decimal(2)


def finding(readings: Sequence[Reading], unit: str) -> str:
    """Say how the latest whole period stands to the one before; parts of periods are told apart from growth."""
    known = sorted((one for one in readings if one.value is not None), key=lambda one: one.period)
    whole = [one for one in known if not (one.is_partial or one.is_floor)]
    said = [_growth(whole, unit) if whole else ""]
    said += [_apart(one, unit) for one in known if one.is_partial or one.is_floor]
    unknown = sorted({one.title for one in readings if one.value is None})
    if unknown:
        said.append(f"Не указано: {joined(unknown)}.")
    return " ".join(text for text in said if text) or "Значений пока нет."


def _growth(whole: Sequence[Reading], unit: str) -> str:
    last = whole[-1]
    said = f"{_first_up(last.title)} — {figure(last.value, unit)}"
    if len(whole) == 1 or not _are_alike(whole[-2], last):
        return f"{said}, сравнивать пока не с чем."
    before = whole[-2]
    return f"{said}, {_change(before, last, unit)}: {before.title} — {figure(before.value, unit)}."


def _are_alike(one: Reading, other: Reading) -> bool:
    """Tell whether two readings may be set side by side: two states, or two periods of about one length."""
    if one.is_state or other.is_state:
        return one.is_state and other.is_state
    lengths = [(each.period.ends_on - each.period.starts_on).days for each in (one, other)]
    return abs(lengths[0] - lengths[1]) <= 1


def _change(before: Reading, last: Reading, unit: str) -> str:
    old, new = before.value or Decimal(0), last.value or Decimal(0)
    if old == new:
        return "столько же, сколько раньше"
    word = "больше" if new > old else "меньше"
    if unit == PERCENT:
        return f"{word} на {number(abs(new - old))} п. п."
    if old <= 0:
        return f"{word}, чем раньше"
    if new >= _TWICE * old:
        return f"больше в {figure((new / old).quantize(Decimal('0.1'), ROUND_HALF_UP), 'раз,раза,раз')}"
    return f"{word} на {_percent(abs(new - old), old)}"


def _percent(part: Decimal, of: Decimal) -> str:
    return f"{number((100 * part / of).quantize(Decimal('0.1'), ROUND_HALF_UP))} %"


def _apart(one: Reading, unit: str) -> str:
    said = f"{_first_up(one.title)} — {one.shown(unit)}"
    if one.is_partial:
        return f"{said}, это часть периода: с целыми его не сравнивают."
    return f"{said}: точного числа нет, с точными его не сравнивают."


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


@dataclass(frozen=True, slots=True)
class Pair:
    """Two marks on one statement: of the site itself and of the expert."""

    title: str
    own: int | None
    expert: int | None

    @property
    def gap(self) -> int | None:
        """Return by how much the site marks itself higher; None where a mark is missing."""
        return None if self.own is None or self.expert is None else self.own - self.expert

    @property
    def is_far(self) -> bool:
        """Tell whether the two are worth a talk."""
        return self.gap is not None and abs(self.gap) >= FAR


def far_apart(pairs: Sequence[Pair]) -> list[Pair]:
    """Return the statements on which the two part most, the widest first."""
    return sorted((pair for pair in pairs if pair.is_far), key=lambda pair: -abs(pair.gap or 0))


def analysis_finding(pairs: Sequence[Pair]) -> str:
    """Say in one sentence where the site's own analysis and the expert's part."""
    both = [pair for pair in pairs if pair.gap is not None]
    if not both:
        return "Сравнивать пока нечего: нет утверждений, которые оценили оба."
    far = far_apart(both)
    compared = f"из {counted(len(both), 'утверждения', 'утверждений', 'утверждений')}"
    if not far:
        return f"Площадка и эксперт сходятся: ни в одном {compared} оценки не разошлись на 2 балла и больше."
    higher = sum((pair.gap or 0) > 0 for pair in far)
    where = f"Оценки разошлись на 2 балла и больше в {len(far)} {compared}"
    if higher == len(far):
        return f"{where}: везде площадка ставит себе выше, чем эксперт."
    if not higher:
        return f"{where}: везде площадка ставит себе ниже, чем эксперт."
    return (
        f"{where}: выше, чем эксперт, площадка ставит себе в {higher} из них, ниже — в {len(far) - higher}."
    )
