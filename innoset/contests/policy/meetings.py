"""Who may do what at the council's meetings outside contests."""

from typing import Any

from innoset.contests.models import Meeting, MeetingItem
from innoset.contests.queries.meetings import leads_council
from innoset.foundation.policy import is_superuser, permit, predicate
from innoset.network.queries import holds
from innoset.network.states import Role


@predicate
def leads_meeting(user: Any, subject: Meeting | MeetingItem) -> bool:
    """An organiser of the council's organisation, the council's chair or its secretary."""
    meeting = subject.meeting if isinstance(subject, MeetingItem) else subject
    council = meeting.council
    return holds(user, Role.ORGANISER, organisation=council.organisation_id) or leads_council(
        user, council.pk
    )


runs_meeting = leads_meeting | is_superuser

permit("contests.plan_meeting", runs_meeting, title="Назначить заседание совета вне конкурса")
permit("contests.move_meeting", runs_meeting, title="Перенести заседание совета вне конкурса")
permit("contests.add_question", runs_meeting, title="Добавить вопрос в повестку")
permit("contests.edit_question", runs_meeting, title="Изменить вопрос повестки")
permit("contests.drop_question", runs_meeting, title="Убрать вопрос из повестки")
permit("contests.mark_present", runs_meeting, title="Отметить присутствующих на заседании вне конкурса")
permit("contests.open_meeting", runs_meeting, title="Открыть заседание совета вне конкурса")
permit("contests.record_resolution", runs_meeting, title="Записать решение по вопросу повестки")
permit("contests.ask_by_resolution", runs_meeting, title="Дать поручение по решению совета")
permit("contests.close_meeting", runs_meeting, title="Закрыть заседание вне конкурса и составить протокол")
