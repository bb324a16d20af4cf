"""Who may do what to a project: those who write for its organisation."""

from typing import Any

from innoset.foundation.policy import is_superuser, permit, predicate
from innoset.network.policy import accompanies
from innoset.network.queries import holds, is_registry_keeper
from innoset.network.queries.accompaniment import is_companion
from innoset.network.states import Part, Role
from innoset.projects.queries.reports import CHECKERS
from innoset.projects.queries.roadmaps import PLANNERS
from innoset.projects.states import RoadmapKind


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


@predicate
def writes_roadmap(user: object, subject: Any = None) -> bool:
    """A head or a member of staff of the project's organisation; of a plan, those who plan in the centre."""
    if subject is None:
        return False
    roadmap = getattr(subject, "roadmap", subject)
    roles = PLANNERS if roadmap.kind == RoadmapKind.PLAN else (Role.HEAD, Role.EDITOR)
    return holds(user, *roles, organisation=roadmap.organisation_id)


@predicate
def oversees_roadmap(user: Any, subject: Any = None) -> bool:
    """The municipality's coordinator or the methodist of the site; an organiser, who alone approves plans."""
    if subject is None:
        return False
    if is_registry_keeper(user):
        return True
    if subject.kind == RoadmapKind.PLAN:
        return False
    near = holds(user, Role.COORDINATOR, municipality=subject.organisation.municipality_id)
    return near or is_companion(user, subject.project.status, Part.METHODIST)


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


@predicate
def writes_report(user: object, subject: Any = None) -> bool:
    """A head or a member of staff of the organisation that reports."""
    return subject is not None and holds(
        user, Role.HEAD, Role.EDITOR, organisation=_report_of(subject).organisation_id
    )


@predicate
def runs_campaign(user: object, subject: Any = None) -> bool:
    """An organiser or a curator of the organisation that collects the reports."""
    return subject is not None and holds(user, *CHECKERS, organisation=_campaign_of(subject).organiser_id)


@predicate
def coordinates_reporter(user: object, subject: Any = None) -> bool:
    """The coordinator of the municipality whose organisation reports."""
    place = _report_of(subject).organisation.municipality_id if subject is not None else None
    return place is not None and holds(user, Role.COORDINATOR, municipality=place)


@predicate
def coordinates_project(user: object, project: Any = None) -> bool:
    """The coordinator of the municipality whose organisation has the project."""
    return project is not None and holds(
        user, Role.COORDINATOR, municipality=project.organisation.municipality_id
    )


@predicate
def runs_contests(user: object, subject: Any = None) -> bool:
    """An organiser of contests."""
    del subject
    return holds(user, Role.ORGANISER)


@predicate
def answers_remark(user: object, remark: Any = None) -> bool:
    """A head or a member of staff of the organisation whose work is remarked on."""
    return remark is not None and holds(user, Role.HEAD, Role.EDITOR, organisation=_remarked(remark))


@predicate
def made_remark(user: Any, remark: Any = None) -> bool:
    """The person who made the remark."""
    return remark is not None and user.pk is not None and remark.author_id == user.pk


@predicate
def runs_remarked_campaign(user: object, remark: Any = None) -> bool:
    """An organiser or a curator of the organisation that collects the remarked report."""
    report = remark.report if remark is not None else None
    return report is not None and holds(user, *CHECKERS, organisation=report.campaign.organiser_id)


def _report_of(subject: Any) -> Any:
    return getattr(subject, "report", subject)


def _campaign_of(subject: Any) -> Any:
    return getattr(_report_of(subject), "campaign", subject)


def _remarked(remark: Any) -> int:
    return int((remark.report or remark.project).organisation_id)


# Nobody checks a report of their own organisation.
_checks = (runs_campaign & ~writes_report) | is_superuser
permit("projects.make_campaign", runs_campaign | is_superuser, title="Объявлять сбор отчётов")
permit("projects.edit_campaign", runs_campaign | is_superuser, title="Изменять сроки сбора отчётов")
permit("projects.close_campaign", runs_campaign | is_superuser, title="Завершать сбор отчётов")
permit("projects.open_reports", runs_campaign | is_superuser, title="Открывать отчёты площадок")
permit("projects.save_report_field", writes_report, title="Заполнять поле отчёта")
permit("projects.save_report_section", writes_report, title="Сохранять раздел отчёта")
permit("projects.restore_prefill", writes_report, title="Возвращать в отчёт то, что посчитал сайт")
permit("projects.restore_report_text", writes_report, title="Возвращать прежний текст поля отчёта")
permit("projects.tell_tasks", writes_report, title="Отмечать задачи года и намечать следующие")
permit("projects.submit_report", writes_report, title="Сдавать отчёт")
permit("projects.send_back_report", _checks, title="Возвращать отчёт на доработку")
permit("projects.accept_report", _checks, title="Принимать отчёт")
permit("projects.reopen_report", _checks, title="Возвращать принятый отчёт на доработку")
permit("projects.give_time", _checks, title="Продлевать срок отчёта")
permit("projects.review_reports", runs_campaign | is_superuser, title="Передавать отчёты экспертам")
permit(
    "projects.nudge",
    runs_campaign | coordinates_reporter | accompanies | is_superuser,
    title="Напоминать об отчёте",
)
permit(
    "projects.remark_on_report",
    ((runs_campaign | coordinates_reporter | accompanies) & ~writes_report) | is_superuser,
    title="Оставлять замечание к отчёту",
)
permit(
    "projects.remark_on_passport",
    ((runs_contests | coordinates_project | accompanies) & ~writes_for_its_organisation) | is_superuser,
    title="Оставлять замечание к паспорту",
)
permit("projects.answer_remark", answers_remark, title="Отвечать на замечание")
permit(
    "projects.settle_remark",
    ((made_remark | runs_remarked_campaign) & ~answers_remark) | is_superuser,
    title="Снимать замечание",
)
permit("projects.start_roadmap", writes_roadmap, title="Начинать дорожную карту или план центра")
permit("projects.add_measure", writes_roadmap, title="Добавлять мероприятие в карту")
permit("projects.correct_measure", writes_roadmap, title="Исправлять мероприятие карты")
permit("projects.mark_measure", writes_roadmap, title="Отмечать выполнение мероприятия")
permit("projects.drop_measure", writes_roadmap, title="Снимать мероприятие с карты")
permit("projects.restore_measure", writes_roadmap, title="Возвращать снятое мероприятие")
permit("projects.take_lines", writes_roadmap, title="Делать мероприятия из строк паспорта")
permit("projects.copy_plan", writes_roadmap, title="Переносить план прошлого года")
permit("projects.keep_table", writes_roadmap, title="Читать мероприятия из таблицы")
permit("projects.apply_table", writes_roadmap, title="Вносить мероприятия из таблицы в карту")
permit("projects.send_roadmap", writes_roadmap, title="Отправлять карту на утверждение")
permit("projects.recall_roadmap", writes_roadmap, title="Отзывать карту с утверждения")
# Nobody approves what they write themselves.
permit("projects.approve_roadmap", oversees_roadmap & ~writes_roadmap, title="Утверждать карту или план")
permit("projects.return_roadmap", oversees_roadmap & ~writes_roadmap, title="Возвращать карту с замечанием")
