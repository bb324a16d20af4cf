"""What a form is: sections, fields, the repeated stages, and how to walk over them."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TypeAlias

Values: TypeAlias = Mapping[str, str]

ROMAN = ("0", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")
_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\xad\u200b\u2028\u2029\ufeff\ufffe\uffff]")


class Kind(StrEnum):
    """What a field is filled with; the screen and the checks choose by it."""

    LINE = "line"
    TEXT = "text"
    LIST = "list"
    URL = "url"
    YES_NO = "yes_no"
    PERIOD = "period"
    PERSON = "person"
    HEADING = "heading"


class Part(StrEnum):
    """The role of a field inside a stage."""

    NAME = "name"
    PERIOD = "period"
    TASKS = "tasks"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Field:
    """One question of a form. Lengths are in characters; 0 means no limit."""

    key: str
    label: str
    kind: Kind
    section: str
    short_label: str = ""
    hint: str = ""
    example: str = ""
    required: bool = True
    min: int = 0
    soft: int = 0
    hard: int = 20_000
    synonyms: tuple[str, ...] = ()
    search_weight: int = 0
    public: bool = True
    part: Part | None = None
    stage: int = 0
    number: str = ""

    @property
    def name(self) -> str:
        """Return the label short enough for a menu."""
        return self.short_label or self.label.rstrip(":")

    @property
    def printed_number(self) -> str:
        """Return the number as the official form prints it."""
        return self.number or self.key


@dataclass(frozen=True, slots=True)
class Section:
    """A group of fields that is filled in one sitting."""

    code: str
    title: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class StageGroup:
    """The repeated part of a form: `head`.n is the name, `head`.n.1 … its parts."""

    head: str
    parts: tuple[Field, ...]
    last_result_label: str
    usual: int = 3
    most: int = 10


@dataclass(frozen=True, slots=True)
class Guarantee:
    """A statement that the applicant confirms by signing."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class SignatureBlock:
    """What is printed under the form: the lead-in, the place of the seal."""

    lead_in: str = ""
    footnote: str = ""
    with_seal: bool = True


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signs: position and name as printed, the date as written (`14.09.2021`) or empty."""

    position: str = ""
    name: str = ""
    signed_on: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A whole form. `fields` holds everything except the stages, in the official order."""

    code: str
    title: str
    version: str
    sections: tuple[Section, ...]
    fields: tuple[Field, ...]
    stages: StageGroup | None = None
    guarantees: tuple[Guarantee, ...] = ()
    signature: SignatureBlock | None = None
    title_synonyms: tuple[str, ...] = ()
    boilerplate: tuple[str, ...] = ()

    @property
    def usual_stages(self) -> int:
        """Return how many stages the printed form has; 0 when it has none."""
        return self.stages.usual if self.stages else 0


def clean(value: str) -> str:
    """Return the text as it is kept: one kind of line break, no invisible rubbish, no blank edges."""
    text = unicodedata.normalize("NFC", value).replace("\r\n", "\n").replace("\r", "\n")
    text = _UNPRINTABLE.sub("", text.replace("\x0b", "\n"))
    return "\n".join(line.rstrip() for line in text.split("\n")).strip()


def lines_of(value: str) -> tuple[str, ...]:
    """Return the items of a list field without their bullets and numbers."""
    bullets = re.compile(r"^\s*(?:[·•▪●○◦*\-–—]|\d{1,2}[.)])\s+")
    found = (bullets.sub("", line).strip() for line in value.split("\n"))
    return tuple(line for line in found if line)


def stage_fields(group: StageGroup, stage: int, of: int) -> tuple[Field, ...]:
    """Return the fields of one stage; the last stage asks for the final result."""
    return tuple(_stage_field(group, part, stage, of) for part in group.parts)


def _stage_field(group: StageGroup, part: Field, stage: int, of: int) -> Field:
    label = part.label
    if part.part is Part.NAME:
        label = f"{ROMAN[stage] if stage < len(ROMAN) else stage} этап:"
    elif part.part is Part.RESULT and stage == of:
        label = group.last_result_label
    key = f"{group.head}.{stage}{part.key}"
    short = f"{part.short_label or label.rstrip(':')}, этап {stage}"
    return replace(part, key=key, label=label, stage=stage, short_label=short)


def fields_of(form: Form, *, stages: int | None = None) -> tuple[Field, ...]:
    """Return every field in the official order, the stages unrolled after their heading."""
    count = form.usual_stages if stages is None else stages
    return tuple(_unrolled(form, count))


def _unrolled(form: Form, count: int) -> Iterable[Field]:
    for field in form.fields:
        yield field
        if form.stages and field.key == form.stages.head:
            for number in range(1, count + 1):
                yield from stage_fields(form.stages, number, count)


def stage_count(form: Form, values: Values) -> int:
    """Return how many stages the values speak of; the usual number when of none."""
    if form.stages is None:
        return 0
    prefix = re.compile(re.escape(form.stages.head) + r"\.(\d{1,2})(?:\.|$)")
    found = [int(hit[1]) for key in values if (hit := prefix.match(key))]
    return min(max(found, default=form.stages.usual), form.stages.most)


def fields_for(form: Form, values: Values) -> tuple[Field, ...]:
    """Return the fields with as many stages as the values have."""
    return fields_of(form, stages=stage_count(form, values))


def field_by_key(form: Form, key: str) -> Field:
    """Return the field with this key; `KeyError` when the form has none."""
    count = stage_count(form, {key: ""})
    for field in fields_of(form, stages=count):
        if field.key == key:
            return field
    raise KeyError(key)


def blank(form: Form, *, stages: int | None = None) -> dict[str, str]:
    """Return the values of an empty form."""
    return {field.key: "" for field in fields_of(form, stages=stages)}


def with_stages(form: Form, values: Values, count: int) -> dict[str, str]:
    """Return the values with exactly `count` stages: missing keys empty, surplus ones dropped."""
    return {field.key: values.get(field.key, "") for field in fields_of(form, stages=count)}
