"""Stages in a table of their own: a row a stage, or a column a stage."""

import re
from collections.abc import Iterator, Sequence
from typing import Final, TypeAlias

from innoset.projects.pure.forms import Part
from innoset.projects.pure.matching.labels import SURE, Labels, stage_head
from innoset.projects.pure.matching.similarity import words_of
from innoset.projects.pure.matching.unit import Row
from innoset.projects.pure.word_in import Cell, Table

_LONGEST_PART: Final = 60
_SIDE_BY_SIDE: Final = 2
_ALL_PARTS: Final = 3
_NAME_COLUMN: Final = re.compile(r"этап|назван|наименован|содержание", re.IGNORECASE)
_COUNTED: Final = re.compile(r"^\s*(?:№\s*)?\d{0,2}(?:\.\d{1,2}){0,2}\s*[.)]?\s*$")
_PREFIX: Final = re.compile(r"^\s*(?:\d{1,2}(?:\.\d{1,2})?[.)]|[IVX]{1,4}[.)])\s+(?=\S)")
_TELLING: Final = (
    ("срок", Part.PERIOD),
    ("период", Part.PERIOD),
    ("задач", Part.TASKS),
    ("результат", Part.RESULT),
)

_Cells: TypeAlias = tuple[Cell, ...]


class StageTables:
    """Tells tables of stages from other tables, and turns them into rows of the form."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels

    def stages_in(self, table: Table) -> tuple[Sequence[_Cells], list[Row]] | None:
        """Return the rows above and the stages as rows, None when the table holds no stages so."""
        if self.labels.form.stages is None:
            return None
        if side_by_side := list(self.by_column(table)):
            return (), side_by_side
        if self.asks_downwards(table):
            return None
        for place, head in enumerate(table.rows):
            parts = [self.part_of(cell.text) for cell in head]
            if sum(part is not None for part in parts) >= _SIDE_BY_SIDE:
                parts = [part or _told_part(cell.text) for part, cell in zip(parts, head, strict=True)]
                below = table.rows[place + 1 :]
                if _are_stages(head, parts, below):
                    return table.rows[:place], list(self.by_row(head, parts, below))
        return None

    def by_column(self, table: Table) -> Iterator[Row]:
        """Yield the stages of a table whose first row names them and whose first column names their parts."""
        if not table.rows or len({len(cells) for cells in table.rows}) > 1:
            return
        heads = [stage_head(cell.text) for cell in table.rows[0][1:]]
        parts = [self.part_of(cells[0].text) for cells in table.rows[1:]]
        told = sum(part is not None for part in parts)
        if min(len(heads), told) < _SIDE_BY_SIDE or not all(heads):
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

    def by_row(self, head: _Cells, parts: list[Part | None], rows: Sequence[_Cells]) -> Iterator[Row]:
        """Yield, for each row, a stage head, a row for each part, and what other columns say."""
        name_at = _name_column(head, parts)
        for number, cells in enumerate(rows, 1):
            texts = [cell.text for cell in cells] + [""] * len(head)
            name = texts[name_at] if name_at >= 0 else ""
            known = stage_head(name)
            yield Row(
                "", (f"{known.ordinal if known else number} этап:", known.name if known else _bare(name))
            )
            for place, part in enumerate(parts):
                if part is not None:
                    yield Row("", (self.label_of(part), texts[place]))
                elif place != name_at and not _COUNTED.match(texts[place]):
                    yield Row("", (head[place].text, texts[place]))

    def label_of(self, part: Part) -> str:
        """Return the official label of a part."""
        group = self.labels.form.stages
        return next(field.label for field in group.parts if field.part is part) if group else ""


def _told_part(head: str) -> Part | None:
    """Return the part that a short head of a column names among other words: «Основные задачи»."""
    words = words_of(head) if len(head) <= _LONGEST_PART else ()
    found = {part for stem, part in _TELLING for word in words if word.startswith(stem)}
    return found.pop() if len(found) == 1 else None


def _are_stages(head: _Cells, parts: list[Part | None], rows: Sequence[_Cells]) -> bool:
    """Tell a table of stages from a plan of events: it has all the parts, or says «этап»."""
    if len({part for part in parts if part}) == _ALL_PARTS:
        return True
    named = any("этап" in cell.text.lower() for cell in head)
    return named or any(stage_head(cell.text) for cells in rows for cell in cells[:2])


def _name_column(head: _Cells, parts: list[Part | None]) -> int:
    """Return the column of the stages' names, -1 when there is none."""
    spare = [place for place, part in enumerate(parts) if part is None]
    named = [place for place in spare if _NAME_COLUMN.search(head[place].text)]
    return (named or spare[-1:] or [-1])[0]


def _bare(name: str) -> str:
    """Return the name of a stage without the number before it."""
    return "" if _COUNTED.match(name) else _PREFIX.sub("", name)
