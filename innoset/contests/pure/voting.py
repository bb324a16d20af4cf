"""Arithmetic of a council: quorum and votes."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from math import floor
from typing import Final

from innoset.foundation.russian import counted

FOR: Final = "for"
AGAINST: Final = "against"


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


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a ballot has come to, with a sentence that says it."""

    votes: Votes
    is_valid: bool
    is_granted: bool
    words: str


def tally(choices: Iterable[str]) -> Votes:
    """Count the choices."""
    given = list(choices)
    in_favour, against = given.count(FOR), given.count(AGAINST)
    return Votes(in_favour, against, len(given) - in_favour - against)


def outcome(votes: Votes, *, voters: int, share: Decimal) -> Outcome:
    """Say what a ballot from the members' places decides: it holds when more than the share of those who may vote did."""
    needed = quorum(voters, share)
    if votes.cast < needed:
        return Outcome(
            votes,
            is_valid=False,
            is_granted=False,
            words=f"Голосование не состоялось: проголосовали {votes.cast} из {voters}, нужно не менее {needed}. "
            "Проведите его ещё раз.",
        )
    return Outcome(votes, is_valid=True, is_granted=votes.carries, words=_verdict(votes))


def _verdict(votes: Votes) -> str:
    in_favour, against = votes.in_favour, votes.against
    if votes.carries:
        return f"Принято: «за» {in_favour}, «против» {against}. Статус присваивают."
    if not in_favour and not against:
        return "Все воздержались. Статус не присваивают: «за» должно быть больше, чем «против»."
    if in_favour == against:
        both = counted(in_favour, "голос", "голоса", "голосов")
        return f"Голоса разделились поровну, по {both}. Статус не присваивают: «за» должно быть больше, чем «против»."
    return f"Не принято: «за» {in_favour}, «против» {against}. Статус не присваивают."
