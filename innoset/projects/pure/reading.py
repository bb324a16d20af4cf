"""Reading a filled Word form back into its fields."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Final

from innoset.foundation.calendar import parse_period
from innoset.projects.pure.forms import Form, Part, Stage, clean, fields_of
from innoset.projects.pure.matching.assembly import Matched, StageSlots, match
from innoset.projects.pure.matching.entries import Entries
from innoset.projects.pure.matching.labels import LIKELY, Labels, labels_of
from innoset.projects.pure.matching.signing import Surroundings, split_off
from innoset.projects.pure.matching.tracing import Piece, Slot
from innoset.projects.pure.matching.units import Line, Unit, units_of
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.word_in import Document, Refused, read_document, texts_of

_PART_SUFFIX: Final = {Part.NAME: "", Part.PERIOD: ".1", Part.TASKS: ".2", Part.RESULT: ".3"}
_LEAST_SHARE: Final = 0.25
_TWO_FORMS: Final = 5
_MOST_PIECES: Final = 4_000
_MOST_LETTERS: Final = 1_500_000
DOUBTFUL: Final = 0.86


class Outcome(StrEnum):
    """How the reading ended."""

    OK = "ok"
    NO_FORM_FOUND = "no_form_found"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything a Word file said: fields by official key, stages, date, leftovers."""

    outcome: Outcome
    reason: str | None = None
    fields: dict[str, str] = field(default_factory=dict)
    stages: tuple[Stage, ...] = ()
    signed_on: dt.date | None = None
    leftovers: tuple[str, ...] = ()
    confidence: dict[str, float] = field(default_factory=dict)
    pieces: tuple[Piece, ...] = ()

    @property
    def is_ok(self) -> bool:
        """Tell whether the form was read."""
        return self.outcome is Outcome.OK

    def doubtful(self) -> tuple[str, ...]:
        """Return the keys that got a text but not surely."""
        return tuple(key for key, text in self.fields.items() if text and self.confidence[key] < DOUBTFUL)

    def as_json(self) -> dict[str, Any]:
        """Return the contract of `manage.py read_passport`."""
        return {
            "outcome": self.outcome.value,
            "reason": self.reason,
            "fields": dict(self.fields),
            "stages": [_stage_json(stage) for stage in self.stages],
            "signed_on": self.signed_on.isoformat() if self.signed_on else None,
            "leftovers": list(self.leftovers),
            "confidence": dict(self.confidence),
        }


def _stage_json(stage: Stage) -> dict[str, str | None]:
    return {
        "name": stage.name,
        "period": stage.period,
        "start": str(stage.start) if stage.start else None,
        "end": str(stage.end) if stage.end else None,
        "tasks": stage.tasks,
        "result": stage.result,
    }


def read(
    data: bytes,
    filename: str = "",  # noqa: ARG001 - callers have it; the content decides, not the name
    form: Form = PASSPORT,
) -> Reading:
    """Return the fields of a filled form; never raises, a bad file gets a reason with the cure."""
    try:
        return _read(read_document(data), form)
    except Refused as refusal:
        return Reading(Outcome.REFUSED, refusal.reason)
    except (RecursionError, MemoryError):
        reason = "Файл устроен слишком сложно. Скопируйте текст в новый документ Word и сохраните как .docx."
        return Reading(Outcome.REFUSED, reason)


def _read(document: Document, form: Form) -> Reading:
    labels = labels_of(form)
    if _is_too_long(document):
        raise Refused("Документ слишком длинный. Оставьте в файле только форму и загрузите его ещё раз.")
    units = units_of(labels, document.blocks)
    around = split_off(form, units, _last_question(labels, units))
    matched = match(labels, around.body)
    if matched.doubled >= _TWO_FORMS:
        raise Refused("В файле две формы. Оставьте одну и загрузите файл ещё раз.")
    if len(matched.slots) < max(3, round(len(labels.order) * _LEAST_SHARE)):
        reason = f"В файле не найдена форма «{form.title}». Проверьте, тот ли файл вы выбрали."
        return Reading(Outcome.NO_FORM_FOUND, reason)
    around.others.extend(Line(text, at=len(units)) for text in document.asides)
    around.printed.extend(Line(text, at=len(units)) for text in document.notes)
    return _reading(form, matched, around)


def _is_too_long(document: Document) -> bool:
    """Tell whether comparing every line would take long: no form fills a hundred pages."""
    pieces = letters = 0
    for text in texts_of(document.blocks):
        pieces, letters = pieces + 1, letters + len(text)
        if pieces > _MOST_PIECES or letters > _MOST_LETTERS:
            return True
    return False


def _last_question(labels: Labels, units: list[Unit]) -> int:
    """Return the place of the last unit that asks something."""
    for place in range(len(units) - 1, -1, -1):
        entries = Entries(labels).of([units[place]])
        if any(one.stage or (one.claims and one.claims[0].score >= LIKELY) for one in entries):
            return place
    return -1


def _reading(form: Form, matched: Matched, around: Surroundings) -> Reading:
    stages = _trimmed(matched.stages)
    slots: dict[str, Slot] = dict(matched.slots)
    head = form.stages.head if form.stages else ""
    for number, stage in enumerate(stages, 1):
        found = {Part.NAME: stage.name, **stage.parts}
        slots |= {f"{head}.{number}{_PART_SUFFIX[part]}": slot for part, slot in found.items() if slot}
    keys = [one.key for one in fields_of(form, stages=max(form.usual_stages, len(stages)))]
    fields = {key: clean(slots[key].text) if key in slots else "" for key in keys}
    confidence = {key: round(slots[key].score, 2) if key in slots else 0.0 for key in keys}
    return Reading(
        outcome=Outcome.OK,
        fields=fields,
        stages=tuple(_stage(head, number, fields) for number in range(1, len(stages) + 1)),
        signed_on=around.signed_on,
        leftovers=tuple(
            text
            for one in (*matched.leftovers, *(line.text for line in around.others))
            if (text := clean(one))
        ),
        confidence=confidence,
        pieces=_pieces(matched, around, slots),
    )


def _pieces(matched: Matched, around: Surroundings, slots: dict[str, Slot]) -> tuple[Piece, ...]:
    """Return the document as runs of words with the place each went to."""
    for line in around.printed:
        matched.trace.mark(line.at, line.text, "aside")
    for line in around.others:
        matched.trace.mark(line.at, line.text, "leftover")
    return matched.trace.pieces(slots)


def _trimmed(stages: list[StageSlots]) -> list[StageSlots]:
    """Return the stages without empty ones at the end."""
    found = list(stages)
    while found and not _is_written(found[-1]):
        found.pop()
    return found


def _is_written(stage: StageSlots) -> bool:
    texts = [stage.name.text if stage.name else "", *(slot.text for slot in stage.parts.values())]
    return any(text.strip() for text in texts)


def _stage(head: str, number: int, fields: dict[str, str]) -> Stage:
    period = fields[f"{head}.{number}.1"]
    months = parse_period(period)
    return Stage(
        number=number,
        name=fields[f"{head}.{number}"],
        period=period,
        start=months.start if months else None,
        end=months.end if months else None,
        tasks=fields[f"{head}.{number}.2"],
        result=fields[f"{head}.{number}.3"],
    )
