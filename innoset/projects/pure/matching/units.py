"""A document as a run of rows and lines in reading order."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final, TypeAlias

from innoset.projects.pure.forms import Part
from innoset.projects.pure.matching.labels import LIKELY, SURE, Labels, stage_head
from innoset.projects.pure.matching.similarity import number_of, words_of
from innoset.projects.pure.word_in import Block, Cell, Paragraph, Table

_BARE_NUMBER: Final = re.compile(r"^\s*(?:№\s*)?(?:[IVX]+\.)?\d{0,2}(?:\s*[.,]\s*\d{1,2}){0,3}\s*[.)]?\s*$")
_PRINTED_NUMBER: Final = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}){0,2}\s*[.)]?\s*$")
_HINT_COLUMN: Final = re.compile(r"поясн|подсказ|коммент|примечан|указани|требован|как заполн", re.IGNORECASE)
_LONGEST_PART: Final = 60
_WITH_HINTS: Final = 3  # columns: a label, a hint, an answer
_LONGEST_HEAD: Final = 4  # words
_SIDE_BY_SIDE: Final = 2
_NAME_COLUMN: Final = re.compile(r"этап|назван|наименован|содержание", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph outside the form's tables."""

    text: str
    bold: bool = False
    at: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A table row: what stands in its cells, merged ones once.

    `continued` says that the label cell goes on from the row above.
    """

    number: str
    cells: tuple[str, ...]
    continued: bool = False
    at: int = 0

    @property
    def text(self) -> str:
        """Return all words of the row."""
        return "\n".join(cell for cell in self.cells if cell)


Unit: TypeAlias = Line | Row


def units_of(labels: Labels, blocks: tuple[Block, ...]) -> list[Unit]:
    """Return the rows and lines of a document, each knowing its place."""
    return [replace(unit, at=place) for place, unit in enumerate(Units(labels).of(blocks))]


class Units:
    """Flattens the blocks of a document, opening tables that stand inside cells."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels

    def of(self, blocks: tuple[Block, ...]) -> Iterator[Unit]:
        """Yield lines and rows in reading order."""
        for block in blocks:
            if isinstance(block, Paragraph):
                yield Line(block.text, block.bold)
            else:
                yield from self.of_table(block)

    def of_table(self, table: Table) -> Iterator[Unit]:
        """Yield the rows of a table; a table that is no form is a run of lines."""
        if by_columns := list(self.stage_columns(table)):
            yield from by_columns
            return
        hints = _hint_columns(table)
        for cells in table.rows:
            yield from self.of_row(cells, hints)

    def of_row(self, cells: tuple[Cell, ...], hints: frozenset[int]) -> Iterator[Unit]:
        """Yield a row and then the rows of the tables inside its cells."""
        if len(cells) == 1 and any(isinstance(block, Table) for block in cells[0].blocks):
            yield from self.of(cells[0].blocks)
            return
        kept, inner = self.opened(cells)
        fresh = [place for place, cell in enumerate(cells) if not cell.continues]
        texts = [kept[place] for place in fresh]
        if len(cells) > 1 and sum(bool(text.strip()) for text in texts) == 0 and not inner:
            return
        if len(fresh) == 1 and len(cells) == 1 and not inner:
            yield Row("", (texts[0],))
            return
        number, fresh = _number_apart(texts, fresh)
        texts = texts[len(texts) - len(fresh) :]
        answers = [text for place, text in zip(fresh, texts, strict=True) if place not in hints]
        if any(answers):
            yield Row(number, tuple(answers), _continues_label(cells))
        for place in sorted(hints & set(range(len(cells)))):
            if kept[place].strip():
                yield Row("", ("", kept[place]))
        yield from inner

    def opened(self, cells: tuple[Cell, ...]) -> tuple[list[str], list[Unit]]:
        """Return the text of the cells without the tables that hold parts of the form, and those parts."""
        texts: list[str] = []
        inner: list[Unit] = []
        for cell in cells:
            blocks: list[Block] = []
            for block in cell.blocks:
                rows = list(self.of_table(block)) if isinstance(block, Table) else []
                if rows and (self.is_form(rows) or len(cells) == 1):
                    inner.extend(rows)
                else:
                    blocks.append(block)
            texts.append(replace(cell, blocks=tuple(blocks)).text)
        return texts, inner

    def is_form(self, rows: list[Unit]) -> bool:
        """Tell whether rows of an inner table are questions of the form."""
        return sum(self.asks(row) for row in rows if isinstance(row, Row)) > 1

    def asks(self, row: Row) -> bool:
        """Tell whether a row begins with a label."""
        label = row.cells[0] if row.cells else ""
        return stage_head(label) is not None or self.labels.best(number_of(label)[1]) is not None

    # --- stages side by side ---------------------------------------------------------------------

    def stage_columns(self, table: Table) -> Iterator[Row]:
        """Yield rows of a table whose head names the parts of a stage: a row is a stage."""
        if self.labels.form.stages is None:
            return
        if side_by_side := list(self.stages_by_column(table)):
            yield from side_by_side
            return
        if self.asks_downwards(table):
            return
        for place, head in enumerate(table.rows):
            parts = [self.part_of(cell.text) for cell in head]
            if sum(part is not None for part in parts) > 1:
                for cells in table.rows[:place]:
                    yield from (unit for unit in self.of_row(cells, frozenset()) if isinstance(unit, Row))
                yield from self.stages_by_row(head, parts, table.rows[place + 1 :])
                return

    def stages_by_column(self, table: Table) -> Iterator[Row]:
        """Yield the stages of a table whose first row names them and whose first column names their parts."""
        if not table.rows or len({len(cells) for cells in table.rows}) > 1:
            return
        heads = [stage_head(cell.text) for cell in table.rows[0][1:]]
        parts = [self.part_of(cells[0].text) for cells in table.rows[1:]]
        if (
            len(heads) < _SIDE_BY_SIDE
            or not all(heads)
            or sum(part is not None for part in parts) < _SIDE_BY_SIDE
        ):
            return
        for place, head in enumerate(heads, 1):
            if head:
                yield Row("", (f"{head.ordinal} этап:", head.name))
            for part, cells in zip(parts, table.rows[1:], strict=True):
                yield Row("", (self.label_of(part) if part else cells[0].text, cells[place].text))

    def asks_downwards(self, table: Table) -> bool:
        """Tell whether one column holds different parts of a stage: then no row is a head of columns."""
        columns: dict[int, set[Part]] = {}
        for cells in table.rows:
            for place, cell in enumerate(cells[:3]):
                if part := self.part_of(cell.text):
                    columns.setdefault(place, set()).add(part)
        return any(len(parts) > 1 for parts in columns.values())

    def part_of(self, text: str) -> Part | None:
        """Return the part of a stage that a column head names."""
        if len(text) > _LONGEST_PART:
            return None
        found = [claim for claim in self.labels.claims(text) if claim.part and claim.score >= SURE - 0.1]
        return found[0].part if found else None

    def stages_by_row(
        self, head: tuple[Cell, ...], parts: list[Part | None], rows: tuple[tuple[Cell, ...], ...]
    ) -> Iterator[Row]:
        """Yield, for each row, a stage head and a row for each part."""
        names = [
            place for place, cell in enumerate(head) if _NAME_COLUMN.search(cell.text) and not parts[place]
        ]
        spare = [place for place, part in enumerate(parts) if part is None]
        name_at = (names or spare[-1:] or [-1])[0]
        for number, cells in enumerate(rows, 1):
            texts = [cell.text for cell in cells] + [""] * len(head)
            name = texts[name_at] if name_at >= 0 else ""
            known = stage_head(name)
            ordinal = known.ordinal if known else number
            yield Row("", (f"{ordinal} этап:", known.name if known else _without_number(name)))
            for place, part in enumerate(parts):
                if part is not None:
                    yield Row("", (self.label_of(part), texts[place]))

    def label_of(self, part: Part) -> str:
        """Return the official label of a part."""
        group = self.labels.form.stages
        return next(field.label for field in group.parts if field.part is part) if group else ""


def _number_apart(texts: list[str], fresh: list[int]) -> tuple[str, list[int]]:
    """Return the number that stands in a cell of its own, perhaps after empty ones, and the other cells."""
    while len(texts) > _WITH_HINTS - 1 and not texts[0].strip() and _PRINTED_NUMBER.match(texts[1]):
        texts, fresh = texts[1:], fresh[1:]
    if len(texts) > 1 and _BARE_NUMBER.match(texts[0]):
        return number_of(texts[0].strip() + " ")[0], fresh[1:]
    return "", fresh


def _without_number(name: str) -> str:
    return "" if _BARE_NUMBER.match(name) else name


def _hint_columns(table: Table) -> frozenset[int]:
    """Return the columns whose head says that they explain and do not answer."""
    if not table.rows:
        return frozenset()
    head = [cell.text for cell in table.rows[0]]
    if len(head) < _WITH_HINTS or any(len(words_of(text)) > _LONGEST_HEAD for text in head):
        return frozenset()
    return frozenset(place for place, text in enumerate(head) if _HINT_COLUMN.search(text))


def _continues_label(cells: tuple[Cell, ...]) -> bool:
    """Tell whether the cells left of the first fresh one, more than a number, go on from above."""
    if not cells[0].continues:
        return False
    return all(cell.continues for cell in cells[:-1])


__all__ = ["LIKELY", "Line", "Row", "Unit", "Units", "units_of"]
