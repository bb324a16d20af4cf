"""Comparing what was read with what was written."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from innoset.projects.pure.matching.similarity import number_of
from innoset.projects.pure.reading import Outcome, Reading
from innoset.projects.pure.word_in import Block, Paragraph, read_document
from tests.pure.projects.variants.cases import Variant

_LEAST_TELLING = 12


@dataclass
class Score:
    """The count of one layout: fields right of all, stages right of all, dates, words in a wrong slot."""

    files: int = 0
    fields: int = 0
    right: int = 0
    stages: int = 0
    stages_right: int = 0
    dates_right: int = 0
    strays: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Return the share of fields read exactly."""
        return self.right / self.fields if self.fields else 1.0

    def add(self, variant: Variant, reading: Reading) -> None:
        """Count one file."""
        wanted = variant.content.fields()
        self.files += 1
        self.fields += len(wanted)
        for key, text in wanted.items():
            found = reading.fields.get(key, "")
            if found == text:
                self.right += 1
            else:
                self.faults.append(f"{variant.name} {key}: {found!r} вместо {text!r}")
        self.strays += [f"{variant.name} {one}" for one in strays(variant, reading, wanted)]
        self.add_stages(variant, reading)

    def add_stages(self, variant: Variant, reading: Reading) -> None:
        told = [
            (one.name, one.period, one.start, one.end, one.tasks, one.result)
            for one in variant.content.stages
        ]
        found = [
            (
                one.name,
                one.period,
                one.start and str(one.start),
                one.end and str(one.end),
                one.tasks,
                one.result,
            )
            for one in reading.stages
        ]
        self.stages += len(told)
        self.stages_right += sum(one == other for one, other in zip(told, found, strict=False)) - max(
            0, len(found) - len(told)
        )
        day = reading.signed_on.isoformat() if reading.signed_on else None
        self.dates_right += day == variant.content.signed_on
        if day != variant.content.signed_on:
            self.faults.append(f"{variant.name} подпись: {day} вместо {variant.content.signed_on}")


def strays(variant: Variant, reading: Reading, wanted: dict[str, str]) -> Iterable[str]:
    """Yield the words of one field, or of a foreign row, that were read into another."""
    for key, text in reading.fields.items():
        own = wanted.get(key, "")
        for other, told in (*wanted.items(), *(("чужое", one) for one in variant.leftovers)):
            for line in told.split("\n"):
                if other != key and len(line) >= _LEAST_TELLING and line in text and line not in own:
                    yield f"{other} → {key}: {line!r}"


def scored(readings: Iterable[tuple[Variant, Reading]]) -> dict[str, Score]:
    """Return the scores by layout."""
    found: dict[str, Score] = {}
    for variant, reading in readings:
        found.setdefault(variant.family, Score()).add(variant, reading)
    return found


def by_number_alone(files: Iterable[Variant]) -> Score:
    """Return the score of a reader that believes printed numbers and knows no label."""
    score = Score()
    for variant in files:
        wanted, fields = variant.content.fields(), dict[str, str]()
        for cells in _rows(read_document(variant.data).blocks):
            number, bare = number_of(f"{cells[0]} ")
            if number in wanted:
                fields.setdefault(number, "\n".join(cells[2:] if not bare.strip() else cells[1:]))
        score.add(variant, Reading(Outcome.OK, fields=fields))
    return score


def _rows(blocks: Iterable[Block]) -> Iterable[list[str]]:
    """Yield the rows of all tables, and a row for each paragraph."""
    for block in blocks:
        if isinstance(block, Paragraph):
            yield [block.text]
            continue
        for row in block.rows:
            yield [cell.text for cell in row]
            for cell in row:
                yield from _rows(cell.tables)
