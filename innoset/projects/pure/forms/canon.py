"""The same content, told to machines: canonical bytes, schema, search text, differences."""

import difflib
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from innoset.projects.pure.forms.shape import (
    Field,
    Form,
    Values,
    clean,
    fields_for,
    fields_of,
    stage_fields,
)


class ChangeKind(StrEnum):
    """How a field differs from what it was."""

    ADDED = "added"
    REMOVED = "removed"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that differs."""

    key: str
    old: str
    new: str

    @property
    def kind(self) -> ChangeKind:
        """Return whether the text appeared, vanished or changed."""
        if not self.old:
            return ChangeKind.ADDED
        return ChangeKind.CHANGED if self.new else ChangeKind.REMOVED


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: `same`, `gone` or `new`."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class WeightedText:
    """Text for the search; a heavier weight is found first."""

    weight: int
    text: str


def canonical(form_code: str, version: str, values: Values) -> bytes:
    """Return the bytes whose SHA-256 stands on the receipt: equal content, equal bytes."""
    kept = {key: text for key, value in values.items() if (text := clean(value))}
    content = {"form": form_code, "values": kept, "version": version}
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


def digest(form_code: str, version: str, values: Values) -> str:
    """Return the SHA-256 of the canonical content in hexadecimal."""
    return hashlib.sha256(canonical(form_code, version, values)).hexdigest()


def diff(old: Values, new: Values) -> tuple[Change, ...]:
    """Return the fields that differ after cleaning, in the order of their numbers."""
    keys = sorted({*old, *new}, key=_number)
    pairs = ((key, clean(old.get(key, "")), clean(new.get(key, ""))) for key in keys)
    return tuple(Change(key, before, after) for key, before, after in pairs if before != after)


def _number(key: str) -> list[tuple[int, str]]:
    return [(int(part), "") if part.isdigit() else (0, part) for part in key.split(".")]


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """Return the two texts as one run of words, each kept, gone or new."""
    before, after = re.findall(r"\s+|\S+\s*", old), re.findall(r"\s+|\S+\s*", new)
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    return tuple(_pieces(matcher, before, after))


def _pieces(matcher: "difflib.SequenceMatcher[str]", before: list[str], after: list[str]) -> Iterator[Piece]:
    for code, start, end, new_start, new_end in matcher.get_opcodes():
        if code == "equal":
            yield Piece("same", "".join(before[start:end]))
            continue
        if end > start:
            yield Piece("gone", "".join(before[start:end]))
        if new_end > new_start:
            yield Piece("new", "".join(after[new_start:new_end]))


def search_document(form: Form, values: Values) -> tuple[WeightedText, ...]:
    """Return the public text with the weight of each field; people's names stay out."""
    return tuple(
        WeightedText(field.search_weight, text)
        for field in fields_for(form, values)
        if field.public and field.search_weight and (text := clean(values.get(field.key, "")))
    )


def json_schema(form: Form) -> dict[str, object]:
    """Return the JSON schema of the values, stages of any number included."""
    schema: dict[str, object] = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:innoset:form:{form.code}:{form.version}",
        "title": form.title,
        "type": "object",
        "properties": {field.key: _property(field) for field in fields_of(form, stages=0)},
        "required": [field.key for field in fields_of(form, stages=0) if field.required],
        "additionalProperties": False,
    }
    if form.stages:
        schema["patternProperties"] = {
            _stage_pattern(field): _property(field) for field in stage_fields(form.stages, 1, 2)
        }
    return schema


def _stage_pattern(field: Field) -> str:
    head, _, rest = field.key.partition(".1")
    return f"^{re.escape(head)}\\.[1-9][0-9]?{re.escape(rest)}$"


def _property(field: Field) -> dict[str, object]:
    found: dict[str, object] = {
        "type": "string",
        "title": field.label,
        "x-kind": field.kind.value,
        "x-public": field.public,
    }
    if field.hint:
        found["description"] = field.hint
    if field.hard:
        found["maxLength"] = field.hard
    if field.required:
        found["minLength"] = 1
    return found
