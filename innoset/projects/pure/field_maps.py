"""What was written in one form, laid out in the fields of another or of its next version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from innoset.projects.pure.forms import Field, Form, Kind, Values, clean, fields_of, stage_count
from innoset.projects.pure.matching.similarity import same_word, words_of

ALIKE: Final = 0.6
"""From this share of common words on, two labels ask the same."""
ALIKE_IN_PLACE: Final = 0.35
"""The same key in another version may have been worded anew; below this it asks something else."""

ACROSS: Final[Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]] = {
    ("passport", "krc_programme"): {
        "1.1": ("8",),
        "1.2": ("7",),
        "1.3": ("9",),
        "2.1": ("5", "12"),
        "2.2": ("4",),
        "2.3": ("14",),
        "3.3": ("13",),
    },
    ("passport", "kip_report"): {
        "I.6": ("2", "1"),
        "I.8": ("15",),
        "I.9": ("3",),
        "II.1": ("1", "4", "5", "9"),
    },
    ("krc_programme", "passport"): {
        "4": ("2.2",),
        "7": ("1.2",),
        "8": ("1.1",),
        "13": ("3.3",),
        "14": ("2.3",),
    },
    ("kip_report", "passport"): {"3": ("I.9",), "15": ("I.8",)},
}
"""Between forms of different kinds only what truly answers the other's question; found by reading both."""


@dataclass(frozen=True, slots=True)
class Row:
    """One field of the new form: whence it is filled and with what text."""

    target: Field
    sources: tuple[Field, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """The new form as it would be filled, how many stages it gets, and what found no place."""

    rows: tuple[Row, ...]
    left: tuple[tuple[Field, str], ...]
    stages: int

    @property
    def values(self) -> dict[str, str]:
        """Return the texts by the keys of the new form."""
        return {row.target.key: row.text for row in self.rows}


def plan(source: Form, values: Values, target: Form) -> Plan:
    """Lay the values of a form out in another; several sources of one field follow each other.

    No text is placed where the question is another one: what has no place is handed back.
    """
    kept = {key: text for key, value in values.items() if (text := clean(value))}
    stages = _stages(source, kept, target)
    fields = {field.key: field for field in fields_of(source, stages=stage_count(source, kept))}
    places = _places(source, target, fields, stages)
    rows = tuple(_rows(fields_of(target, stages=stages), places, fields, kept))
    used = {field.key for row in rows for field in row.sources}
    left = tuple((fields[key], text) for key, text in kept.items() if key in fields and key not in used)
    return Plan(rows, left, stages)


def _stages(source: Form, values: Values, target: Form) -> int:
    if target.stages is None:
        return 0
    wanted = (
        stage_count(source, values) if source.stages and source.code == target.code else target.usual_stages
    )
    return min(wanted, target.stages.most)


def _rows(
    targets: tuple[Field, ...],
    places: Mapping[str, tuple[str, ...]],
    fields: Mapping[str, Field],
    values: Values,
) -> Iterator[Row]:
    for target in targets:
        keys = [key for key in places.get(target.key, ()) if key in fields and values.get(key)]
        if keys:
            text = "\n".join(values[key] for key in keys)
            yield Row(target, tuple(fields[key] for key in keys), text)


def _places(
    source: Form, target: Form, fields: Mapping[str, Field], stages: int
) -> Mapping[str, tuple[str, ...]]:
    """Return from which fields each field of the target is filled."""
    if (source.code, source.version) == (target.code, target.version):
        return {key: (key,) for key in fields}
    if source.code != target.code:
        return ACROSS.get((source.code, target.code), {})
    return dict(_renewed(list(fields.values()), list(fields_of(target, stages=stages))))


def _renewed(sources: list[Field], targets: list[Field]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Pair the fields of two versions of one form, the likest pairs first."""
    pairs = sorted(
        ((likeness(one, other), one.key, other.key) for one in sources for other in targets),
        key=lambda pair: (-pair[0], pair[1] != pair[2]),
    )
    gone: set[str] = set()
    filled: set[str] = set()
    for score, one, other in pairs:
        is_enough = score >= (ALIKE_IN_PLACE if one == other else ALIKE)
        if is_enough and one not in gone and other not in filled:
            gone.add(one)
            filled.add(other)
            yield other, (one,)


def likeness(one: Field, other: Field) -> float:
    """Return how alike two questions are, 0 … 1; parts of stages match only their like."""
    if (one.stage, one.part) != (other.stage, other.part):
        return 0.0
    if one.stage:
        return 1.0
    if (one.kind is Kind.HEADING) != (other.kind is Kind.HEADING):
        return 0.0
    mine, theirs = words_of(one.label), words_of(other.label)
    common = sum(any(same_word(word, its) for its in theirs) for word in mine)
    return 2 * common / (len(mine) + len(theirs)) if common else 0.0
