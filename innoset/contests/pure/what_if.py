"""What another rule would change: whose fate, whose place. It only tells."""

from collections.abc import Sequence
from dataclasses import dataclass

from innoset.contests.pure.standing import Placed


@dataclass(frozen=True, slots=True)
class Change:
    """One work under the rules in force and under others."""

    number: str
    place: int
    other_place: int
    is_above: bool
    would_be_above: bool
    why_below: str

    @property
    def rise(self) -> int:
        """Return by how many places the work would rise; negative when it would fall."""
        return self.place - self.other_place


def changes(now: Sequence[Placed], other: Sequence[Placed]) -> list[Change]:
    """Return every work under both rules, in the order of the places in force."""
    of = {one.candidate.number: one for one in other}
    return [
        Change(
            number=one.candidate.number,
            place=one.place,
            other_place=of[one.candidate.number].place,
            is_above=one.is_above_line,
            would_be_above=of[one.candidate.number].is_above_line,
            why_below=of[one.candidate.number].why_below,
        )
        for one in now
    ]


def fates(found: Sequence[Change]) -> list[Change]:
    """Return those whose fate would differ."""
    return [one for one in found if one.is_above != one.would_be_above]
