"""Arithmetic of a council: quorum and votes."""

from dataclasses import dataclass
from decimal import Decimal
from math import floor


@dataclass(frozen=True, slots=True)
class Votes:
    """How the hands went on one application."""

    in_favour: int
    against: int = 0
    abstained: int = 0

    @property
    def cast(self) -> int:
        """Return how many voted in any way."""
        return self.in_favour + self.against + self.abstained

    @property
    def carries(self) -> bool:
        """Tell whether more voted for than against."""
        return self.in_favour > self.against


def quorum(seats: int, share: Decimal) -> int:
    """Return the least number of members that is more than the share of the seats."""
    return floor(seats * share) + 1


def objection(votes: Votes, *, voters: int, is_grant: bool) -> str:
    """Return what is wrong with the votes in plain Russian, or an empty string."""
    if votes.cast != voters:
        return f"Голосов должно быть {voters}: столько членов совета голосует по этой заявке. Указано {votes.cast}."
    if is_grant and not votes.carries:
        return "Статус присваивают, когда «за» больше, чем «против». Проверьте голоса или решение."
    if not is_grant and votes.carries:
        return "«За» больше, чем «против»: по голосам статус присваивается. Проверьте голоса или решение."
    return ""
