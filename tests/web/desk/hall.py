"""A defence as the tests of its pages need it: a contest, jurors with marks that are seen at once, a console."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from innoset.contests.models import Contest
from innoset.contests.states import ContestState
from innoset.review import actions
from innoset.review.actions.live import Turn
from innoset.review.models import DefenceSlot
from innoset.review.queries.live import board_of
from innoset.review.states import RoundKind
from tests import world
from tests.review.scene import Scene, opened, scene

WEIGHT = 9137
"""Totals of this criterion are numbers that stand nowhere else on a page."""


@dataclass
class Day:
    """A defence on its day."""

    here: Scene
    contest: Contest
    at: datetime

    @property
    def code(self) -> str:
        """Return the code of the contest."""
        return self.contest.code

    def slot(self, work: int) -> DefenceSlot:
        """Return when a work is defended."""
        return self.here.round.slots.get(dossier=self.here.dossiers[work])

    def step(self, name: str, work: int | None = None) -> None:
        """Press a button of the console."""
        slot = None if work is None else self.slot(work)
        turn = Turn(name, board_of(self.here.round).version, slot)
        actions.conduct(self.here.round, turn=turn, by=self.here.organiser, at=self.at)

    def mark(self, juror: int, value: int, work: int = 0, *, finish: bool = True) -> None:
        """Let a juror mark a work, with a comment that names them."""
        sheet = opened(self.here, juror, work)
        by = self.here.experts[juror]
        (criterion,) = self.here.rubric.criteria.all()
        actions.score(sheet, criterion=criterion, value=value, comment=f"тайна-{juror}", by=by, at=self.at)
        if finish:
            actions.finish_sheet(sheet, by=by, at=self.at)


def day(*, experts: int = 3, dossiers: int = 3, at: datetime | None = None, **fields: Any) -> Day:
    """Make a defence that is about to begin, a quarter of an hour a work."""
    begins = at or world.AT
    given: dict[str, Any] = {
        "kind": RoundKind.DEFENCE,
        "title": "Открытая защита",
        "is_blind": False,
        **fields,
    }
    rubric = world.rubric("Защита", weights=(WEIGHT,))
    here = scene(experts=experts, dossiers=dossiers, rubric=rubric, **given)
    contest = world.contest(
        ContestState.DEFENCE,
        organiser=here.round.organiser,
        created_by=here.organiser,
        defence_round=here.round,
    )
    actions.schedule_all(
        here.round, order=here.dossiers, starts_at=begins, minutes=15, by=here.organiser, at=begins
    )
    return Day(here, contest, begins + timedelta(minutes=1))
