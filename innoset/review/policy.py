"""Who may do what in the expertise."""

from typing import Any

from innoset.foundation.policy import is_superuser, permit, predicate
from innoset.network.queries import holds
from innoset.network.states import Role
from innoset.review.models import Assignment, Discussion, ExpertProfile, PanelSeat, Round, ScoreSheet
from innoset.review.queries.discussions import discussions_of
from innoset.review.queries.live import is_observer
from innoset.review.queries.panels import is_on_panel


def round_of(subject: Any) -> Round:
    """Return the round that the subject belongs to."""
    found: Round = subject if isinstance(subject, Round) else subject.round
    return found


@predicate
def organises_round(user: Any, subject: Any) -> bool:
    """An organiser of the organisation that runs the round."""
    return holds(user, Role.ORGANISER, organisation=round_of(subject).organiser_id)


@predicate
def is_invited(user: Any, seat: PanelSeat) -> bool:
    """The person whose seat it is."""
    return bool(seat.person_id == user.pk)


@predicate
def is_assigned(user: Any, assignment: Assignment) -> bool:
    """The expert to whom the dossier is given, while on the panel."""
    return bool(assignment.expert_id == user.pk) and is_on_panel(assignment.round, user.pk)


@predicate
def fills_sheet(user: Any, sheet: ScoreSheet) -> bool:
    """The expert whose sheet it is, while on the panel."""
    return bool(is_assigned(user, sheet.assignment))


@predicate
def keeps_minutes(user: Any, subject: Any) -> bool:
    """A secretary of the organisation that runs the round."""
    return holds(user, Role.SECRETARY, organisation=round_of(subject).organiser_id)


@predicate
def gives_feedback(user: Any, review_round: Round) -> bool:
    """A coordinator of a municipality, or an observer who sits on the panel of the round."""
    return holds(user, Role.COORDINATOR) or is_observer(review_round, user.pk)


@predicate
def is_own_passport(user: Any, profile: ExpertProfile) -> bool:
    """The expert whose passport it is."""
    return bool(user.pk is not None and profile.person_id == user.pk)


@predicate
def keeps_pool(user: Any, subject: object = None) -> bool:
    """An organiser of contests."""
    del subject
    return holds(user, Role.ORGANISER)


@predicate
def sits_on_panel(user: Any, review_round: Round) -> bool:
    """An expert of the round."""
    return is_on_panel(review_round, user.pk)


@predicate
def takes_part(user: Any, talk: Discussion) -> bool:
    """An expert of the dossier who has finished the sheet and is still on the panel."""
    return discussions_of(user).filter(pk=talk.pk).exists() and is_on_panel(talk.round, user.pk)


runs_round = organises_round | is_superuser
conducts_round = runs_round | keeps_minutes

permit("review.invite_expert", runs_round, title="Пригласить в комиссию")
permit("review.invite_experts", runs_round, title="Пригласить в комиссию нескольких")
permit("review.set_panel_terms", runs_round, title="Назначить сроки ответа на приглашения и выбора дел")
permit("review.remind_invited", runs_round, title="Напомнить о приглашении в комиссию")
permit("review.bid", is_invited, title="Отметить, хочется ли оценивать дело")
permit("review.declare_early", is_invited, title="Сообщить о конфликте интересов до назначения")
permit("review.edit_passport", is_own_passport | keeps_pool | is_superuser, title="Изменить паспорт эксперта")
permit("review.add_direction", keeps_pool | is_superuser, title="Добавить направление в словарь")
permit("review.edit_direction", keeps_pool | is_superuser, title="Изменить направление словаря")
permit("review.withdraw_invitation", runs_round, title="Отозвать приглашение в комиссию")
permit("review.answer_invitation", is_invited, title="Ответить на приглашение в комиссию")
permit("review.edit_round", runs_round, title="Изменить срок тура и число экспертов")
permit("review.open_round", runs_round, title="Открыть тур для экспертов")
permit("review.close_round", runs_round, title="Закрыть тур")
permit("review.reopen_round", runs_round, title="Открыть закрытый тур снова")
permit("review.calibrate", runs_round, title="Рассчитать калиброванные итоги тура")
permit("review.remind", runs_round, title="Напомнить экспертам о листах")
permit("review.assign", runs_round, title="Назначить эксперта")
permit("review.set_rules", runs_round, title="Изменить правила назначения экспертов")
permit("review.make_plan", runs_round, title="Составить план назначений")
permit("review.apply_plan", runs_round, title="Назначить экспертов по плану")
permit("review.replace_experts", runs_round, title="Заменить выбывших экспертов")
permit("review.change_assignments", runs_round, title="Изменить назначения в таблице")
permit("review.unassign", runs_round, title="Снять эксперта с дела")
permit("review.declare", is_assigned, title="Заявить о конфликте интересов или его отсутствии")
permit("review.score", fills_sheet, title="Поставить балл")
permit("review.save_sheet", fills_sheet, title="Сохранить лист эксперта")
permit("review.finish_sheet", fills_sheet, title="Завершить лист эксперта")
permit("review.reopen_sheet", fills_sheet, title="Открыть завершённый лист")
permit("review.import_marks", sits_on_panel, title="Перенести баллы из таблицы, заполненной без сети")
permit("review.open_discussion", runs_round, title="Открыть обсуждение дела экспертами")
permit("review.post_remark", takes_part | runs_round, title="Высказаться в обсуждении дела")
permit("review.revise_marks", fills_sheet, title="Изменить балл после обсуждения")
permit("review.close_discussion", runs_round, title="Закончить обсуждение дела")
permit("review.schedule", runs_round, title="Назначить время защиты")
permit("review.schedule_all", runs_round, title="Составить расписание защиты")
permit("review.mark_slot", runs_round, title="Отметить, состоялась ли защита")
permit("review.conduct", conducts_round, title="Вести открытую защиту с пульта")
permit("review.step_back", conducts_round, title="Отменить последний шаг пульта защиты")
permit("review.miss_speaker", conducts_round, title="Отметить неявку и перенести выступление в конец")
permit("review.shift_slots", conducts_round, title="Сдвинуть оставшиеся выступления")
permit("review.finish_at_once", fills_sheet, title="Сохранить баллы защиты и завершить лист одним нажатием")
permit("review.give_feedback", gives_feedback, title="Отозваться о защищённой работе")
