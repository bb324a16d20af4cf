"""What a fault did to a text: pure counting, no browser."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final

LIMIT: Final = 1.0
"""Seconds of typing that may be lost when the whole browser is killed."""

LOST: Final = "Нет связи. Текст сохранён на этом компьютере, отправим сами"
BACK: Final = "Связь есть, всё сохранено"
OUT: Final = "Вы вышли из системы. Текст сохранён на этом компьютере, отправим, когда войдёте снова. Войти"
BUSY: Final = "Сохраняем…"
SAVED: Final = re.compile(r"Сохранено в \d\d:\d\d:\d\d")


@dataclass(frozen=True, slots=True)
class Typed:
    """A text that was being typed: every sign with the second at which it was there."""

    text: str
    moments: tuple[float, ...]

    def lost(self, kept: str, *, until: float) -> tuple[int, float]:
        """Return how many signs are missing, and for how long the first of them had been there."""
        size = next((at for at, (a, b) in enumerate(zip(self.text, kept, strict=False)) if a != b), len(kept))
        size = min(size, len(self.text))
        missing = len(self.text) - size
        return missing, (until - self.moments[size] if missing else 0.0)


@dataclass(frozen=True, slots=True)
class Outcome:
    """One fault: what it was, what of the typing is missing, what went wrong besides."""

    kind: str
    signs: int
    seconds: float
    fields: int
    lost_fields: int
    doubled: int
    wrong_words: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return it for the line between two processes."""
        return asdict(self)


def misspoken(said: Sequence[str]) -> tuple[str, ...]:
    """Return the sayings that do not belong, or stand where they may not."""
    wrong, troubled = [], False
    for text in said:
        if text in (LOST, OUT):
            troubled = True
        elif text == BACK:
            wrong += [] if troubled else ["радость без причины"]
            troubled = False
        elif SAVED.fullmatch(text):
            wrong += ["о связи не сказано"] if troubled else []
        elif text != BUSY:
            wrong.append(text)
    return tuple(wrong)


def percentile(values: Iterable[float], share: float) -> float:
    """Return the value that the share of all does not exceed (nearest rank)."""
    ranked = sorted(values)
    return ranked[max(0, math.ceil(share * len(ranked)) - 1)] if ranked else 0.0


def summary(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the figures of a run."""
    seconds = [one.seconds for one in outcomes]
    return {
        "faults": len(outcomes),
        "fields": sum(one.fields for one in outcomes),
        "lost_fields": sum(one.lost_fields for one in outcomes),
        "p50": round(percentile(seconds, 0.50), 3),
        "p99": round(percentile(seconds, 0.99), 3),
        "worst": round(max(seconds, default=0.0), 3),
        "doubled": sum(one.doubled for one in outcomes),
        "wrong_words": dict(Counter(word for one in outcomes for word in one.wrong_words)),
    }


def is_good(figures: dict[str, Any]) -> bool:
    """Tell whether nothing was lost that may not be."""
    nothing = not (figures["lost_fields"] or figures["doubled"] or figures["wrong_words"])
    return nothing and figures["p99"] <= LIMIT


def table(outcomes: Sequence[Outcome]) -> str:
    """Return the figures by kind of fault, for a person."""
    lines = [f"{'сбой':<28}{'раз':>5}{'полей':>7}{'пропало':>9}{'p99, с':>8}{'худшее':>8}"]
    for kind in sorted({one.kind for one in outcomes}):
        found = summary([one for one in outcomes if one.kind == kind])
        lines.append(
            f"{kind:<28}{found['faults']:>5}{found['fields']:>7}{found['lost_fields']:>9}"
            f"{found['p99']:>8.2f}{found['worst']:>8.2f}"
        )
    return "\n".join(lines)
