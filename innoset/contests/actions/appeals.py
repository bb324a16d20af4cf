"""Deeds of an appeal: it is filed, a second panel reads the work anew, a decision follows."""

from collections.abc import Collection
from datetime import datetime
from decimal import Decimal
from typing import Any

from innoset.accounts.models import User
from innoset.contests.actions.awards import grant_award
from innoset.contests.actions.decisions import record, take_snapshot
from innoset.contests.models import Appeal, Application, Award
from innoset.contests.notices import appeals as notices
from innoset.contests.pure.replay import DISMISSED, UPHELD
from innoset.contests.queries import appeals as queries
from innoset.contests.queries.applications import team_of
from innoset.contests.queries.standing import FinalRow, final_standing
from innoset.contests.states import APPEAL, APPLICATION, AppealState, ApplicationState, ContestState
from innoset.documents.models import Order
from innoset.documents.states import OrderState
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice
from innoset.foundation.russian import decimal, moment_in_words
from innoset.review import actions as review
from innoset.review.models import Round
from innoset.review.queries import rubric_of
from innoset.review.queries.conflicts import barred_in
from innoset.review.queries.panels import experts_of
from innoset.review.queries.rounds import organisers_of
from innoset.review.states import RoundKind, RoundState

SHORTEST, LONGEST = 30, 5000


@action("contests.file_appeal")
def file_appeal(application: Application, *, text: str, by: Any, at: datetime) -> Appeal:
    """Object to the result, in words and in time."""
    if objection := queries.objection_to_appeal(application, at):
        raise Refusal(objection)
    appeal = Appeal.objects.create(
        application=application,
        number=application.appeals.count() + 1,
        text=_text(text, "text", "с чем вы не согласны"),
        filed_at=at,
        filed_by=by,
    )
    ledger.note(appeal=appeal.number)
    _tell_organisers(appeal, notices.FILED, at=at)
    return appeal


def _text(given: str, field: str, what: str) -> str:
    text = given.strip()
    if len(text) < SHORTEST:
        raise Refusal(f"Напишите, {what}: хотя бы {SHORTEST} знаков.", field=field)
    if len(text) > LONGEST:
        raise Refusal(f"Сократите текст до {LONGEST} знаков: сейчас их {len(text)}.", field=field)
    return text


def _tell_organisers(appeal: Appeal, notice: Notice, *, at: datetime) -> None:
    application = appeal.application
    review_round = application.contest.remote_round
    announce(
        notice,
        to=organisers_of(review_round) if review_round else [],
        at=at,
        about=f"appeal:{appeal.pk}",
        url=f"/office/contests/{application.contest.code}/appeals/{application.number}/",
        facts={"number": application.shown_number, "organisation": application.organisation.short_name},
    )


def _tell_team(appeal: Appeal, notice: Notice, *, at: datetime, **facts: object) -> None:
    application = appeal.application
    announce(
        notice,
        to=team_of(application),
        at=at,
        about=f"appeal:{appeal.pk}",
        url=f"/cabinet/applications/{application.number}/appeal/",
        facts={"number": application.shown_number, **facts},
    )


@action("contests.withdraw_appeal")
def withdraw_appeal(appeal: Appeal, *, by: Any, at: datetime) -> None:
    """Take the appeal back while no panel has it."""
    appeal.state = AppealState(APPEAL.move("withdraw", appeal.state).target)
    appeal.save(update_fields=["state"])
    _tell_organisers(appeal, notices.WITHDRAWN, at=at)


@action("contests.send_appeal_to_panel")
def send_appeal_to_panel(appeal: Appeal, *, closes_at: datetime, by: Any, at: datetime) -> Round:
    """Open a round of its own for the work; the experts are asked next."""
    move = APPEAL.move("send_to_panel", appeal.state)
    if closes_at <= at:
        raise Refusal("Срок второй комиссии должен быть позже этой минуты.", field="closes_at")
    application = appeal.application
    first, dossier = application.contest.remote_round, application.dossier
    if first is None or dossier is None:
        raise Refusal("Эту заявку эксперты не читали: второй комиссии оценивать нечего.")
    appeal.round = review.make_round(
        title=f"Апелляция {appeal.number} по делу {dossier.code}. {application.contest.title}"[:300],
        kind=RoundKind.APPEAL,
        organiser=application.contest.organiser,
        rubric=rubric_of(first, dossier),
        dossiers=[dossier],
        opens_at=at,
        closes_at=closes_at,
        sheets_per_dossier=first.sheets_per_dossier,
        is_blind=first.is_blind,
    )
    appeal.state = AppealState(move.target)
    appeal.save(update_fields=["round", "state"])
    ledger.note(round=appeal.round.pk)
    _tell_team(appeal, notices.AT_PANEL, at=at, closes=moment_in_words(closes_at))
    return appeal.round


@action("contests.invite_to_appeal")
def invite_to_appeal(appeal: Appeal, *, people: Collection[User], by: Any, at: datetime) -> int:
    """Invite experts into the second panel; whoever judged the work before is refused by name."""
    review_round = _round_of(appeal)
    first = queries.judged_first(appeal, [person.pk for person in people])
    known = [person.short_name for person in people if person.pk in first]
    if known:
        raise Refusal(
            f"Уже оценивали эту работу: {', '.join(known)}. Во вторую комиссию зовут других экспертов.",
            field="people",
        )
    return review.invite_experts(review_round, people=people, by=by, at=at)


def _round_of(appeal: Appeal) -> Round:
    if appeal.state != AppealState.IN_REVIEW or appeal.round is None:
        raise Refusal("Апелляция сейчас не у комиссии. Обновите страницу.")
    return appeal.round


@action("contests.open_appeal_panel")
def open_appeal_panel(appeal: Appeal, *, by: Any, at: datetime) -> int:
    """Give the work to everybody of the second panel who agreed and has no conflict; let them in."""
    review_round = _round_of(appeal)
    dossier = review_round.dossiers.get()
    seats = list(experts_of(review_round))
    barred = barred_in(review_round, [seat.person_id for seat in seats])
    free = [seat.person for seat in seats if (seat.person_id, dossier.pk) not in barred]
    if len(free) < review_round.sheets_per_dossier:
        raise Refusal(
            f"Согласились и не связаны с работой: {len(free)}. Для решения нужно не меньше экспертов, "
            f"чем в первой комиссии: {review_round.sheets_per_dossier}. Пригласите ещё."
        )
    for person in free:
        review.assign(review_round, dossier=dossier, expert=person, by=by, at=at)
    review.open_round(review_round, by=by, at=at)
    ledger.note(experts=len(free))
    return len(free)


@action("contests.uphold_appeal")
def uphold_appeal(appeal: Appeal, *, decision: str, by: Any, at: datetime) -> None:
    """Let the result of the second panel stand in place of the first: the only way a told place moves."""
    move = APPEAL.move("uphold", appeal.state)
    appeal.decision = _text(decision, "decision", "почему решение пересмотрено")
    appeal.total_before, appeal.total_after = _totals(appeal)
    _close_panel(appeal, by=by, at=at)
    appeal.state, appeal.decided_by, appeal.decided_at = AppealState(move.target), by, at
    appeal.save()
    ledger.note(before=str(appeal.total_before), after=str(appeal.total_after))
    outcome = _carry_out(appeal, by=by, at=at)
    _tell_team(
        appeal,
        notices.UPHELD,
        at=at,
        before=_points(appeal.total_before),
        after=_points(appeal.total_after),
        decision=appeal.decision,
        next=outcome,
    )


def _totals(appeal: Appeal) -> tuple[Decimal | None, Decimal | None]:
    owed = queries.owed_by_second_panel(appeal)
    before, after = queries.totals_of(appeal)
    if owed or after is None:
        raise Refusal("Вторая комиссия ещё не закончила: дождитесь всех листов или снимите лишних экспертов.")
    if before is not None and after <= before:
        raise Refusal(
            f"Вторая комиссия поставила не больше первой: было {_points(before)}, стало {_points(after)}. "
            "Удовлетворять нечего — отклоните апелляцию с объяснением.",
            field="decision",
        )
    return _exact(before), _exact(after)


def _exact(value: Decimal | None) -> Decimal | None:
    """Return the total as the table and the log hold it."""
    return None if value is None else value.quantize(Decimal("0.01"))


def _points(value: Decimal | None) -> str:
    return "—" if value is None else decimal(float(value), 2)


def _close_panel(appeal: Appeal, *, by: Any, at: datetime) -> None:
    review_round = appeal.round
    if review_round and review_round.state == RoundState.OPEN:
        review.close_round(review_round, reason="Решение по апелляции", by=by, at=at)


def _carry_out(appeal: Appeal, *, by: Any, at: datetime) -> str:
    """Lead the application to where the new result takes it; return what comes next, in words."""
    application, contest = appeal.application, appeal.application.contest
    record(contest, UPHELD, _facts(appeal), by=by, at=at)
    if contest.state != ContestState.FINISHED:
        return _reinstate(application)
    row = _row_of(application)
    if row is None:
        return "Заявка не была на защите, поэтому в рейтинг она не войдёт."
    take_snapshot(contest, appeal=appeal, by=by, at=at)
    if not row.is_above_line:
        return f"Место в рейтинге теперь {row.place}-е. Статус не присваивается: {row.why_below}."
    _move(application, "reconsider")
    return f"Место в рейтинге теперь {row.place}-е. Статус присвоят дополнительным приказом."


def _facts(appeal: Appeal) -> dict[str, Any]:
    return {
        "application": appeal.application.number,
        "appeal": appeal.number,
        "before": None if appeal.total_before is None else str(appeal.total_before),
        "after": None if appeal.total_after is None else str(appeal.total_after),
        "decision": appeal.decision,
    }


def _reinstate(application: Application) -> str:
    threshold = application.contest.remote_threshold
    total = application.appeals.filter(state=AppealState.UPHELD).values_list("total_after", flat=True).first()
    if threshold is not None and (total or 0) < threshold:
        return f"Проходной балл — {_points(threshold)}, к защите заявка не допускается."
    _move(application, "reinstate")
    defence = application.contest.defence_round
    if defence is not None and application.dossier is not None:
        defence.dossiers.add(application.dossier)
    return "Заявка допущена к открытой защите. О времени организатор напишет отдельно."


def _row_of(application: Application) -> FinalRow | None:
    rows = final_standing(application.contest)
    return next((row for row in rows if row.application.pk == application.pk), None)


def _move(application: Application, name: str) -> None:
    application.state = ApplicationState(APPLICATION.move(name, application.state).target)
    application.save(update_fields=["state"])


@action("contests.dismiss_appeal")
def dismiss_appeal(appeal: Appeal, *, decision: str, by: Any, at: datetime) -> None:
    """Leave the result as it is, and say why."""
    move = APPEAL.move("dismiss", appeal.state)
    appeal.decision = _text(decision, "decision", "почему результат остаётся прежним")
    before, after = queries.totals_of(appeal)
    appeal.total_before, appeal.total_after = _exact(before), _exact(after)
    _close_panel(appeal, by=by, at=at)
    appeal.state, appeal.decided_by, appeal.decided_at = AppealState(move.target), by, at
    appeal.save()
    record(appeal.application.contest, DISMISSED, _facts(appeal), by=by, at=at)
    _tell_team(appeal, notices.DISMISSED, at=at, decision=appeal.decision)


@action("contests.award_after_appeal")
def award_after_appeal(appeal: Appeal, *, order: Order, by: Any, at: datetime) -> Award:
    """Grant the status that the appeal has led to, by a later confirmed order."""
    application = appeal.application
    if appeal.state != AppealState.UPHELD or application.state != ApplicationState.PROPOSED:
        raise Refusal("Статус по апелляции присваивают, когда она удовлетворена и место это позволяет.")
    if order.state != OrderState.CONFIRMED:
        raise Refusal("Выберите приказ, который подписан и подтверждён.", field="order")
    row = _row_of(application)
    ledger.note(order=order.requisites)
    return grant_award(
        application,
        order,
        place=row.place if row else None,
        total=row.total if row else Decimal(0),
        by=by,
        at=at,
    )
