"""A question found in a document and what stands beside it."""

from dataclasses import dataclass

from innoset.projects.pure.matching.labels import Claim, StageHead


@dataclass(slots=True)
class Entry:
    """A label with what follows it; an entry without claims is plain text."""

    raw: str
    label: str = ""
    number: str = ""
    value: str = ""
    extra: str = ""
    claims: tuple[Claim, ...] = ()
    stage: StageHead | None = None
    is_row: bool = False
    marked: bool = False
    bold: bool = False
    continued: bool = False
    key: str = ""
    score: float = 0.0
    at: int = 0

    @property
    def is_question(self) -> bool:
        """Tell whether a label was seen at all."""
        return bool(self.claims or self.stage)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text begins with: a label or a stage head, and the rest after it."""

    label: str
    rest: str
    number: str
    claims: tuple[Claim, ...] = ()
    stage: StageHead | None = None

    @property
    def score(self) -> float:
        """Return how sure it is."""
        return 1.0 if self.stage else (self.claims[0].score if self.claims else 0.0)
