"""Who may do what at the council and with the order."""

from typing import Any

from innoset.contests.models import Ballot, Contest, Council
from innoset.contests.policy.roles import approves, leads_sitting, runs_contest
from innoset.foundation.policy import is_superuser, may, permit, predicate
from innoset.network.queries import holds
from innoset.network.states import Role


@predicate
def keeps_council(user: Any, council: Council) -> bool:
    """An organiser of the organisation that the council belongs to."""
    return holds(user, Role.ORGANISER, organisation=council.organisation_id)


@predicate
def did_not_enter_order(user: Any, contest: Contest) -> bool:
    """The second person of two."""
    return contest.order is not None and contest.order.entered_by_id != user.pk


@predicate
def did_not_make_ranking(user: Any, contest: Contest) -> bool:
    """Whoever closed the sitting has sealed its ranking; another person confirms it."""
    ranking = contest.rankings.order_by("-number").values_list("made_by", flat=True).first()
    return bool(ranking != user.pk)


@predicate
def sits_in_council(user: Any, ballot: Ballot) -> bool:
    """A member of the council that sits; nobody votes in another's place, not even a superuser."""
    return ballot.sitting.council.seats.filter(person=user.pk, is_active=True).exists()


@predicate
def runs_ballot(user: Any, ballot: Ballot) -> bool:
    """Whoever runs the sitting that the ballot belongs to."""
    return may(user, "contests.open_ballots", ballot.sitting)


# The cheaper question first: roles are known, seats are asked of the database.
runs_sitting = runs_contest | leads_sitting

permit("contests.make_council", keeps_council | is_superuser, title="Создать координационный совет")
permit("contests.seat_member", keeps_council | is_superuser, title="Ввести в состав совета")
permit("contests.unseat_member", keeps_council | is_superuser, title="Вывести из состава совета")
permit("contests.plan_sitting", runs_contest, title="Назначить заседание совета")
permit("contests.mark_presence", runs_sitting, title="Отметить присутствующих на заседании")
permit("contests.open_sitting", runs_sitting, title="Открыть заседание совета")
permit("contests.record_recusal", runs_sitting, title="Записать самоотвод члена совета")
permit("contests.set_line", runs_sitting, title="Передвинуть черту в рейтинге")
permit("contests.resolve", runs_sitting, title="Записать решение по заявке")
permit("contests.resolve_by_rules", runs_sitting, title="Записать решения по рейтингу")
permit("contests.open_ballots", runs_sitting, title="Открыть голосование по заявкам")
permit("contests.vote", sits_in_council, title="Проголосовать по заявке со своего места")
permit("contests.close_ballots", runs_sitting, title="Закрыть голосование и подсчитать голоса")
permit("contests.resolve_by_ballot", runs_ballot, title="Записать решение по итогам голосования")
permit("contests.close_sitting", runs_sitting, title="Закрыть заседание и составить протокол")
permit("contests.draft_order", runs_contest, title="Составить проект приказа")
permit("contests.enter_order", runs_contest, title="Внести номер и дату подписанного приказа")
permit("contests.return_order", approves | runs_contest, title="Вернуть реквизиты приказа на исправление")
permit(
    "contests.confirm_order",
    (approves | is_superuser) & did_not_enter_order & did_not_make_ranking,
    title="Подтвердить приказ и присвоить статусы",
)
