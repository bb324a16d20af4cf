"""Which field a label claims, when it is sure enough to be believed."""

from dataclasses import dataclass
from typing import Final

from innoset.projects.pure.forms import Part
from innoset.projects.pure.matching.entry import Entry
from innoset.projects.pure.matching.labels import LIKELY, Claim, Labels

SURE_PART: Final = 0.84
PART_NUMBER: Final = {Part.PERIOD: "1", Part.TASKS: "2", Part.RESULT: "3"}
PART_ORDER: Final = (Part.PERIOD, Part.TASKS, Part.RESULT)
_CLOSE: Final = 0.06
_EXACT: Final = 0.97


@dataclass(frozen=True, slots=True)
class Manners:
    """How this document sets its questions: known ones show how unknown ones look."""

    bold_headings: bool = False
    numbered_headings: bool = False
    answers_below: bool = False


class Judge:
    """Reads the claims of entries for one form."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.form = labels.form
        self.head = self.form.stages.head if self.form.stages else ""

    def children(self, key: str) -> frozenset[str]:
        """Return the keys of the sub-fields printed under a field."""
        return frozenset(one for one in self.labels.order if one.startswith(f"{key}."))

    def sure(self, entry: Entry) -> Claim | None:
        """Return the one clear claim on a field outside the stages."""
        plain = [claim for claim in entry.claims if claim.part is None]
        if entry.key:
            return Claim(entry.key, entry.score)
        if not plain or plain[0].score < LIKELY:
            return None
        if len(plain) > 1 and plain[0].score < _EXACT and plain[0].score - plain[1].score < _CLOSE:
            agreed = [one for one in plain[:2] if self.labels.numbers[one.key] == entry.number]
            return agreed[0] if agreed else None
        return plain[0]

    def part_claim(self, entry: Entry) -> Claim | None:
        """Return the claim on a part of a stage if it is at least as good as any other."""
        parts = [claim for claim in entry.claims if claim.part]
        if entry.stage or not parts or parts[0].score < SURE_PART:
            return None
        return parts[0] if parts[0].score >= entry.claims[0].score - 0.02 else None
