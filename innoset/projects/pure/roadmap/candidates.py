"""Lines of a passport's fields that could be measures of its roadmap."""

import hashlib
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from innoset.foundation.russian import capitalised
from innoset.projects.pure.forms import Stage
from innoset.projects.pure.lists import tasks_in
from innoset.projects.pure.roadmap.terms import Term, first_day, last_day, term_in

FIELDS: Final = ("12", "13")
"""Prospects and dissemination: what authors promise to do for others."""
LONGEST: Final = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line that could be a measure: where it stands, its stage and the term understood from it."""

    origin: str
    field: str
    title: str
    stage: str
    ends_on: date
    starts_on: date | None
    is_term_found: bool


def candidates_in(
    values: Mapping[str, str], stages: Sequence[Stage], *, taken: Collection[str], today: date
) -> tuple[Candidate, ...]:
    """Return the lines that are no measures yet; a line without months gets the end of the last stage."""
    found = {
        one.origin: one
        for key in FIELDS
        for line in tasks_in(values.get(key, ""))
        if (one := _candidate(key, line, stages, today)).origin not in taken
    }
    return tuple(found.values())


def origin_of(key: str, line: str) -> str:
    """Return the mark of a line: by its words, so that lines put before it change nothing."""
    words = " ".join(re.sub(r"\W+", " ", line.casefold().replace("ё", "е")).split())
    return f"passport:{key}:{hashlib.sha256(words.encode()).hexdigest()[:16]}"


def _candidate(key: str, line: str, stages: Sequence[Stage], today: date) -> Candidate:
    term = term_in(line)
    known = term or Term(_end_of_all(stages, today))
    return Candidate(
        origin=origin_of(key, line),
        field=key,
        title=_titled(line),
        stage=_stage_on(known.ends_on, stages),
        ends_on=known.ends_on,
        starts_on=known.starts_on,
        is_term_found=term is not None,
    )


def _titled(line: str) -> str:
    """Return the line as a title: not too long, and with the full stop that belongs to «2027 г.»."""
    said = capitalised(line)
    if len(said) > LONGEST:
        return f"{said[: LONGEST - 1].rstrip()}…"
    return f"{said}." if said.endswith((" г", " гг", " ч")) else said


def _end_of_all(stages: Sequence[Stage], today: date) -> date:
    """Return the end of the last stage, or of this year when no stage has months."""
    ends = [last_day(month) for one in stages if (month := one.end or one.start)]
    return max(ends, default=date(today.year, 12, 31))


def _stage_on(day: date, stages: Sequence[Stage]) -> str:
    """Return the name of the stage that a day belongs to."""
    for one in stages:
        start, end = one.start or one.end, one.end or one.start
        if start and end and first_day(start) <= day <= last_day(end):
            return stage_name(one)
    return ""


def stage_name(one: Stage) -> str:
    """Return «Этап 2. Основной»."""
    name = " ".join(one.name.split())[:180]
    return f"Этап {one.number}. {name}" if name else f"Этап {one.number}"
