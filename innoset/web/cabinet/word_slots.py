"""What the page of an import shows: the document piece by piece, the fields, what is left over."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from innoset.contests.queries.acts import findings_of_acts
from innoset.projects import queries as projects
from innoset.projects.models import WordImport
from innoset.projects.pure.changes import changes_between
from innoset.projects.pure.contacts import contacts_in
from innoset.projects.pure.forms import Field, Form, Kind, Piece, clean, fields_of
from innoset.projects.pure.reading import DOUBTFUL
from innoset.projects.pure.understanding import contact_hints, understood


@dataclass(frozen=True, slots=True)
class Leftover:
    """A piece that no field took: where it most likely belongs, where a person has put it."""

    number: int
    text: str
    likely: Field | None
    placed: Field | None
    is_carried: bool
    chosen: str
    is_in_document: bool

    @property
    def name(self) -> str:
        """Return the name of the choice of its field."""
        return f"leftover-{self.number}"

    @property
    def quick(self) -> str:
        """Return what the button of the likely field says to the page."""
        return f"{self.number}:{self.likely.key}" if self.likely else ""


@dataclass(frozen=True, slots=True)
class Slot:
    """One field: what the file says, what the passport says, and whether to carry it over."""

    field: Field
    text: str
    present: str
    is_doubtful: bool
    is_ticked: bool
    is_in_document: bool
    added: tuple[Leftover, ...]
    lines: tuple[str, ...]
    hints: tuple[str, ...]

    @property
    def is_same(self) -> bool:
        """Tell whether the passport already says this."""
        return clean(self.text) == self.present

    @property
    def replaces(self) -> bool:
        """Tell whether carrying it over would replace another text."""
        return bool(self.text and self.present) and not self.is_same

    @property
    def changes(self) -> tuple[Piece, ...]:
        """Return what the file would change, word by word."""
        return changes_between(self.present, clean(self.text))

    @property
    def exposed(self) -> list[str]:
        """Return the telephones and addresses that stand where everybody reads them."""
        if self.field.kind is Kind.PERSON or not self.field.public:
            return []
        return [contact.text for contact in contacts_in(self.text)]


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of the document and where it went."""

    text: str
    kind: str
    anchor: str
    target: str
    number: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole page of one import."""

    document: list[Line]
    slots: list[Slot]
    leftovers: list[Leftover]

    @property
    def filled(self) -> list[Slot]:
        """Return the fields that the file fills."""
        return [slot for slot in self.slots if slot.text]

    @property
    def shown(self) -> list[Slot]:
        """Return the fields with something to decide."""
        return [slot for slot in self.slots if slot.added or (slot.text and not slot.is_same)]

    @property
    def same(self) -> list[Slot]:
        """Return the fields that the passport already holds word for word."""
        return [slot for slot in self.filled if slot.is_same and not slot.added]

    @property
    def missing(self) -> list[Slot]:
        """Return the fields of which the file says nothing."""
        return [slot for slot in self.slots if not slot.text and not slot.added]

    @property
    def doubtful(self) -> list[Slot]:
        """Return the fields that a person has to look at."""
        return [slot for slot in self.filled if slot.is_doubtful]

    @property
    def unplaced(self) -> list[Leftover]:
        """Return the pieces that lie nowhere."""
        return [one for one in self.leftovers if not one.placed]

    @property
    def choices(self) -> list[tuple[str, str]]:
        """Return the fields into which a piece may be put."""
        return [(slot.field.key, f"{slot.field.printed_number}. {slot.field.name}") for slot in self.slots]


def sheet_of(found: WordImport, *, ticks: Collection[str] | None, chosen: dict[int, str]) -> Sheet:
    """Return the page of an import. `ticks` are those of a refused page, `chosen` its choices."""
    form, texts = projects.form_of(found.passport), found.reading["fields"]
    fields = {field.key: field for field in _fields(found, form)}
    present = {answer.key: answer.text for answer in found.passport.answers.all()}
    leftovers = [
        _leftover(found, number, fields, present, chosen) for number in range(len(found.reading["leftovers"]))
    ]
    asked = ticks if ticks is not None else found.applied.get("ticks")
    values = _Values(present, understood(form, texts), _hints(form, texts), asked)
    slots = [_slot(found, field, values, leftovers) for field in fields.values()]
    return Sheet(_document(found, fields), slots, leftovers)


@dataclass(frozen=True, slots=True)
class _Values:
    """What is known by the key of a field: the text in the passport, what was understood, who ticked."""

    present: dict[str, str]
    lines: dict[str, tuple[str, ...]]
    hints: dict[str, tuple[str, ...]]
    asked: Collection[str] | None


def _hints(form: Form, texts: dict[str, str]) -> dict[str, tuple[str, ...]]:
    every = (*contact_hints(form, texts), *findings_of_acts(form, texts))
    return {one.key: tuple(hint.message for hint in every if hint.key == one.key) for one in every}


def _fields(found: WordImport, form: Form) -> tuple[Field, ...]:
    stages = max(found.passport.stages, len(found.reading["stages"])) if form.stages else 0
    return fields_of(form, stages=stages)


def _leftover(
    found: WordImport, number: int, fields: dict[str, Field], present: dict[str, str], chosen: dict[int, str]
) -> Leftover:
    text, at = found.reading["leftovers"][number], str(number)
    likely = found.reading.get("likely", [])
    carried = found.applied.get("leftovers_to", {}).get(at, "")
    is_carried = bool(carried) and clean(text) in present.get(carried, "")
    placed = found.applied.get("placed", {}).get(at) or (carried if is_carried else "")
    pieces = found.reading.get("pieces", [])
    return Leftover(
        number=number,
        text=text,
        likely=fields.get(likely[number]) if number < len(likely) else None,
        placed=fields.get(placed),
        is_carried=is_carried,
        chosen=chosen.get(number, ""),
        is_in_document=any(one["kind"] == "leftover" and one["text"] == text for one in pieces),
    )


def _slot(found: WordImport, field: Field, values: _Values, leftovers: list[Leftover]) -> Slot:
    key, text = field.key, str(found.reading["fields"].get(field.key, ""))
    present = values.present.get(key, "")
    return Slot(
        field=field,
        text=text,
        present=present,
        is_doubtful=bool(text) and float(found.reading["confidence"].get(key, 0)) < DOUBTFUL,
        is_ticked=not present if values.asked is None else key in values.asked,
        is_in_document=any(one["key"] == key for one in found.reading.get("pieces", [])),
        added=tuple(one for one in leftovers if one.placed == field and not one.is_carried),
        lines=values.lines.get(key, ()),
        hints=values.hints.get(key, ()),
    )


def _document(found: WordImport, fields: dict[str, Field]) -> list[Line]:
    """Return the document; a file that was read before pieces were kept is shown as it was."""
    pieces = found.reading.get("pieces")
    if pieces is None:
        return [Line(text, "aside", "", "", "") for text in found.reading.get("document", [])]
    leftovers = {text: str(number) for number, text in enumerate(found.reading["leftovers"])}
    seen: set[str] = set()
    return [_line(piece, fields, found.reading, leftovers, seen) for piece in pieces]


def _line(
    piece: dict[str, Any],
    fields: dict[str, Field],
    reading: dict[str, Any],
    leftovers: dict[str, str],
    seen: set[str],
) -> Line:
    key, kind, text = piece["key"] or "", piece["kind"], piece["text"]
    if kind == "leftover" and text in leftovers:
        return Line(text, kind, f"piece-of-{leftovers[text]}", f"leftover-{leftovers[text]}", "")
    if key not in fields:
        return Line(text, "aside", "", "", "")
    anchor = "" if key in seen else f"piece-{key}"
    seen.add(key)
    doubtful = kind == "value" and float(reading["confidence"].get(key, 0)) < DOUBTFUL
    return Line(text, "doubt" if doubtful else kind, anchor, f"slot-{key}", fields[key].printed_number)
