"""A document as a run of rows and lines in reading order."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from innoset.projects.pure.matching.labels import LIKELY, Labels, stage_head
from innoset.projects.pure.matching.similarity import number_of, words_of
from innoset.projects.pure.matching.stage_tables import StageTables
from innoset.projects.pure.matching.unit import Line, Row, Unit
from innoset.projects.pure.word_in import Block, Cell, Paragraph, Table

_BARE_NUMBER: Final = re.compile(r"^\s*(?:№\s*)?(?:[IVX]+\.)?\d{0,2}(?:\s*[.,]\s*\d{1,2}){0,3}\s*[.)]?\s*$")
_PRINTED_NUMBER: Final = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}){0,2}\s*[.)]?\s*$")
_HINT_COLUMN: Final = re.compile(r"поясн|подсказ|коммент|примечан|указани|требован|как заполн", re.IGNORECASE)
_WITH_HINTS: Final = 3  # columns: a label, a hint, an answer
_LONGEST_HEAD: Final = 4  # words


def units_of(labels: Labels, blocks: tuple[Block, ...]) -> list[Unit]:
    """Return the rows and lines of a document, each knowing its place."""
    return [replace(unit, at=place) for place, unit in enumerate(Units(labels).of(blocks))]


class Units(StageTables):
    """Flattens the blocks of a document, opening tables that stand inside cells."""

    def of(self, blocks: tuple[Block, ...]) -> Iterator[Unit]:
        """Yield lines and rows in reading order."""
        for block in blocks:
            if isinstance(block, Paragraph):
                yield Line(block.text, block.bold)
            else:
                yield from self.of_table(block)

    def of_table(self, table: Table) -> Iterator[Unit]:
        """Yield the rows of a table; a table that is no form is a run of lines."""
        if stages := self.stages_in(table):
            above, rows = stages
            for cells in above:
                yield from self.of_row(cells, frozenset())
            yield from rows
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


def _number_apart(texts: list[str], fresh: list[int]) -> tuple[str, list[int]]:
    """Return the number that stands in a cell of its own, perhaps after empty ones, and the other cells."""
    while len(texts) > _WITH_HINTS - 1 and not texts[0].strip() and _PRINTED_NUMBER.match(texts[1]):
        texts, fresh = texts[1:], fresh[1:]
    if len(texts) > 1 and _BARE_NUMBER.match(texts[0]):
        return number_of(texts[0].strip() + " ")[0], fresh[1:]
    return "", fresh


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
