"""Who puts winners forward, and who takes them in above."""

from typing import Any

from innoset.contests.policy.roles import runs_contest
from innoset.foundation.policy import is_superuser, permit, predicate
from innoset.network.queries import holds
from innoset.network.states import Role


@predicate
def stands_for_winner(user: Any, subject: Any) -> bool:
    """The coordinator of the winner's municipality, or an organiser of the contest that it won."""
    application = getattr(subject, "application", subject)
    place = application.organisation.municipality_id
    return holds(user, Role.COORDINATOR, municipality=place) or holds(
        user, Role.ORGANISER, organisation=application.contest.organiser_id
    )


lower = stands_for_winner | is_superuser

permit("contests.put_forward", lower, title="Выдвигать победителя на краевой конкурс")
permit("contests.release_advancement", lower, title="Передавать победителя на краевой уровень")
permit("contests.withdraw_advancement", lower, title="Отзывать выдвинутого победителя")
permit("contests.accept_advancement", runs_contest, title="Принимать победителя муниципального конкурса")
permit("contests.decline_advancement", runs_contest, title="Отклонять победителя муниципального конкурса")
