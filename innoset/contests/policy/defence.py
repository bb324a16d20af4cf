"""Who may tell the teams that their time of defence has moved."""

from typing import Any

from innoset.contests.models import Contest
from innoset.contests.policy.roles import runs_contest
from innoset.foundation.policy import permit, predicate
from innoset.network.queries import holds
from innoset.network.states import Role


@predicate
def keeps_minutes(user: Any, contest: Contest) -> bool:
    """A secretary of the organisation that runs the contest."""
    return holds(user, Role.SECRETARY, organisation=contest.organiser_id)


conducts = runs_contest | keeps_minutes

permit("contests.shift_defence", conducts, title="Сдвинуть оставшиеся выступления и написать командам")
permit("contests.postpone_speaker", conducts, title="Перенести неявившихся в конец и написать команде")
permit("contests.see_defence_minutes", conducts, title="Скачать протокол открытой защиты")
