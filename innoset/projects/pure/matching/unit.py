"""A line or a row of a document."""

from dataclasses import dataclass
from typing import TypeAlias


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
