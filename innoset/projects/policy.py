"""Who may do what to a project: those who write for its organisation."""

from typing import Any

from innoset.foundation.policy import is_superuser, permit, predicate
from innoset.network.queries import holds
from innoset.network.states import Role


def _organisation_of(subject: Any) -> int:
    """Return whose the thing is: a project, its passport, a Word file read into it."""
    passport = getattr(subject, "passport", subject) if hasattr(subject, "reading") else subject
    project = getattr(passport, "project", passport)
    return int(project.organisation_id)


@predicate
def writes_for_its_organisation(user: object, subject: Any = None) -> bool:
    """A head or a member of staff of the organisation that the project belongs to."""
    return subject is not None and holds(user, Role.HEAD, Role.EDITOR, organisation=_organisation_of(subject))


@predicate
def confirms_orders(user: object, subject: Any = None) -> bool:
    """Whoever confirms the order by which a status is granted."""
    del subject
    return holds(user, Role.APPROVER)


@predicate
def answers_for_partner(user: object, subject: Any = None) -> bool:
    """A head or a member of staff of the invited organisation, or the coordinator of its municipality."""
    return subject is not None and (
        holds(user, Role.HEAD, Role.EDITOR, organisation=subject.organisation_id)
        or holds(user, Role.COORDINATOR, municipality=subject.organisation.municipality_id)
    )


permit("projects.start_project", writes_for_its_organisation, title="Начать проект")
permit("projects.save_answer", writes_for_its_organisation, title="Заполнить поле паспорта")
permit(
    "projects.set_aside_answers", writes_for_its_organisation, title="Отложить в историю запоздавшие тексты"
)
permit("projects.restore_answer", writes_for_its_organisation, title="Вернуть текст поля из истории")
permit("projects.set_stage_count", writes_for_its_organisation, title="Добавить или убрать этап")
permit("projects.freeze", writes_for_its_organisation, title="Зафиксировать версию паспорта")
permit("projects.return_to", writes_for_its_organisation, title="Вернуть отправленную версию паспорта")
permit("projects.keep_word", writes_for_its_organisation, title="Прочитать паспорт из файла DOCX или ODT")
permit(
    "projects.place_leftover",
    writes_for_its_organisation,
    title="Перенести нераспознанный кусок файла в поле паспорта",
)
permit("projects.apply_word", writes_for_its_organisation, title="Перенести поля из файла в паспорт")
permit(
    "projects.attach_status", confirms_orders | is_superuser, title="Связать проект с присвоенным статусом"
)
permit("projects.add_team_member", writes_for_its_organisation, title="Включать человека в команду проекта")
permit("projects.edit_team_member", writes_for_its_organisation, title="Изменять запись о члене команды")
permit("projects.end_team_member", writes_for_its_organisation, title="Исключать человека из команды проекта")
permit("projects.propose_team", writes_for_its_organisation, title="Переносить команду из паспорта")
permit("projects.invite_partner", writes_for_its_organisation, title="Приглашать партнёра в проект")
permit("projects.accept_partnership", answers_for_partner, title="Принимать приглашение в проект")
permit("projects.decline_partnership", answers_for_partner, title="Отказываться от приглашения в проект")
permit("projects.withdraw_partnership", writes_for_its_organisation, title="Отзывать приглашение в проект")
permit(
    "projects.end_partnership",
    writes_for_its_organisation | answers_for_partner,
    title="Завершать сотрудничество в проекте",
)
