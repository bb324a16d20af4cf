"""Who files an appeal, who leads it through, who decides."""

from typing import Any

from innoset.contests.policy.applications import writes_application
from innoset.contests.policy.roles import approves, contest_of
from innoset.foundation.policy import is_superuser, permit, predicate
from innoset.network.queries import holds
from innoset.network.states import Role


def _contest(subject: Any) -> Any:
    return contest_of(getattr(subject, "application", subject))


@predicate
def organises_appealed(user: Any, subject: Any) -> bool:
    """An organiser of the contest that the appeal is about."""
    return holds(user, Role.ORGANISER, organisation=_contest(subject).organiser_id)


@predicate
def approves_appealed(user: Any, subject: Any) -> bool:
    """Whoever confirms orders in the municipality of the organiser."""
    return bool(approves(user, _contest(subject)))


@predicate
def did_not_file(user: Any, subject: Any) -> bool:
    """Anybody but the person who filed the appeal."""
    return bool(subject.filed_by_id != user.pk)


leads_appeal = organises_appealed | is_superuser
decides_appeal = (organises_appealed | approves_appealed | is_superuser) & did_not_file

permit("contests.file_appeal", writes_application, title="Подать апелляцию")
permit("contests.withdraw_appeal", writes_application, title="Отозвать апелляцию")
permit("contests.send_appeal_to_panel", leads_appeal, title="Передать апелляцию второй комиссии")
permit("contests.invite_to_appeal", leads_appeal, title="Пригласить во вторую комиссию")
permit("contests.open_appeal_panel", leads_appeal, title="Открыть вторую комиссию для экспертов")
permit("contests.uphold_appeal", decides_appeal, title="Удовлетворить апелляцию")
permit("contests.dismiss_appeal", decides_appeal, title="Отклонить апелляцию")
permit(
    "contests.award_after_appeal",
    (approves_appealed | is_superuser) & did_not_file,
    title="Присвоить статус по апелляции",
)
