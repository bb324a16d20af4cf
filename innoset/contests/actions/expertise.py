"""From admitted applications to experts, to the defence, to the council."""

import hashlib
from collections.abc import Collection, Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any

from innoset.contests.actions import decisions
from innoset.contests.actions.reuse import keep_text_of
from innoset.contests.models import Application, Contest
from innoset.contests.notices import expertise as notices
from innoset.contests.pure.codes import code
from innoset.contests.queries.applications import files_of, team_of
from innoset.contests.queries.dossiers import copy_of, is_hidden
from innoset.contests.queries.expertise import (
    Choice,
    Readiness,
    admitted_to,
    choices_of,
    defended_in,
    departures,
    own_rubrics,
    readiness_of,
    slots_of,
    term_of,
)
from innoset.contests.queries.interests import interests_of
from innoset.contests.states import APPLICATION, CONTEST, ApplicationState, ContestState
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice
from innoset.foundation.russian import counted, decimal, joined, moment_in_words, plural
from innoset.review import actions as review
from innoset.review.models import DefenceSlot, Dossier, Round, Rubric
from innoset.review.pure.scoring import maximum
from innoset.review.queries import rules_of
from innoset.review.states import RoundKind, RoundState


@action("contests.start_expertise")
def start_expertise(contest: Contest, *, reason: str = "", by: Any, at: datetime) -> Round:
    """Give a frozen copy of every admitted application to a new round of experts.

    Unchecked applications are refused; cutting short the time to send or to mend needs a reason.
    """
    move = CONTEST.move("start_expertise", contest.state)
    _require_checked(readiness_of(contest, at), reason)
    _require_criteria(contest.remote_rubric)
    applications = list(admitted_to(contest))
    for position, application in enumerate(applications, 1):
        application.dossier = _open_dossier(application, position, at=at)
        keep_text_of(application, at=at)
        _move(application, "send_to_experts", "dossier")
    contest.remote_round = _make_round(contest, RoundKind.REMOTE, applications, at=at)
    contest.state = ContestState(move.target)
    contest.save(update_fields=["remote_round", "state"])
    for application in applications:
        _tell(notices.TO_EXPERTS, application, at=at)
    ledger.note(applications=len(applications), reason=reason.strip())
    return contest.remote_round


def _require_checked(ready: Readiness, reason: str) -> None:
    if ready.unchecked:
        verb = plural(ready.unchecked, "не проверена", "не проверены", "не проверено")
        count = counted(ready.unchecked, "заявка", "заявки", "заявок")
        raise Refusal(f"Сначала закончите техническую экспертизу: {verb} {count}.")
    if not ready.admitted:
        raise Refusal("Передавать экспертам нечего: ни одна заявка не допущена.")
    if ready.is_early and not reason.strip():
        raise Refusal(
            "Срок отправки или исправления заявок ещё не прошёл. Укажите причину, "
            "по которой экспертиза начинается раньше.",
            field="reason",
        )


def _require_criteria(rubric: Rubric | None) -> None:
    if rubric is None or not rubric.criteria.exists():
        raise Refusal("У этого этапа нет критериев. Добавьте критерии в настройках конкурса.")


def _open_dossier(application: Application, position: int, *, at: datetime) -> Dossier:
    copy = copy_of(application)
    # A file may name its authors anywhere inside, so a blind contest shows none.
    files = [] if is_hidden(application.contest) else files_of(application)
    return review.open_dossier(
        code=code(application.contest_id, position),
        title=copy.title,
        content=copy.content,
        stages=copy.stages,
        group=application.nomination.title if application.nomination else "",
        organisation=application.organisation,
        files=files,
        interests=interests_of(application),
        directions=application.nomination.directions.all() if application.nomination else (),
        at=at,
    )


def _make_round(
    contest: Contest, kind: RoundKind, applications: Iterable[Application], *, at: datetime
) -> Round:
    is_remote = kind == RoundKind.REMOTE
    rubric = contest.remote_rubric if is_remote else contest.defence_rubric
    assert rubric is not None  # noqa: S101  # reason: asked for just before by _require_criteria
    opens_at, closes_at = term_of(contest, kind, at)
    stage = "Заочная экспертиза" if is_remote else "Открытая защита"
    return review.make_round(
        title=f"{stage}. {contest.title}"[:300],
        kind=kind,
        organiser=contest.organiser,
        rubric=rubric,
        dossiers=[application.dossier for application in applications if application.dossier],
        opens_at=opens_at,
        closes_at=closes_at,
        sheets_per_dossier=contest.sheets_per_application,
        groups=own_rubrics(contest, kind),
        is_blind=contest.is_blind if is_remote else contest.defence_is_blind,
        experts_are_named=contest.experts_are_named,
    )


def _move(application: Application, name: str, *also: str) -> None:
    application.state = ApplicationState(APPLICATION.move(name, application.state).target)
    application.save(update_fields=["state", *also])


@action("contests.start_defence")
def start_defence(
    contest: Contest, *, passing: Collection[Application], reason: str = "", by: Any, at: datetime
) -> Round:
    """Let these applications to the open defence and tell the others that they are out.

    A choice that departs from the threshold, and missing sheets, need a reason.
    """
    move = CONTEST.move("start_defence", contest.state)
    choices, chosen = choices_of(contest), {application.pk for application in passing}
    _require_choice(contest, choices, chosen, reason)
    _require_criteria(contest.defence_rubric)
    _end_round(contest.remote_round, reason, by=by, at=at)
    through = [one.application for one in choices if one.application.pk in chosen]
    for one in choices:
        passed = one.application.pk in chosen
        _move(one.application, "admit_to_defence" if passed else "decline")
        _tell_choice(contest, one, passed=passed, at=at)
    contest.defence_round = _make_round(contest, RoundKind.DEFENCE, through, at=at)
    contest.state = ContestState(move.target)
    contest.save(update_fields=["defence_round", "state"])
    ledger.note(passing=[one.number for one in through], reason=reason.strip())
    return contest.defence_round


def _require_choice(contest: Contest, choices: list[Choice], chosen: set[int], reason: str) -> None:
    if not contest.has_defence:
        raise Refusal("В этом конкурсе нет открытой защиты. Передайте рейтинг совету.")
    if not chosen:
        raise Refusal("Отметьте хотя бы одну заявку, которую вы допускаете к защите.", field="passing")
    if chosen - {one.application.pk for one in choices}:
        raise Refusal("Список заявок изменился. Обновите страницу и отметьте заявки снова.", field="passing")
    odd = departures(choices, chosen)
    if odd and not reason.strip():
        codes = joined([one.standing.code for one in odd])
        raise Refusal(f"Ваш выбор расходится с проходным баллом: {codes}. Укажите причину.", field="reason")


def _end_round(review_round: Round | None, reason: str, *, by: Any, at: datetime) -> None:
    """Close the round that goes on; one that never opened has nothing to decide by."""
    if review_round is None or review_round.state == RoundState.CLOSED:
        return
    if review_round.state == RoundState.PREPARING:
        raise Refusal(f"Тур «{review_round.title}» ещё не открыт для экспертов: решать не по чему.")
    review.close_round(review_round, reason=reason, by=by, at=at)


def _tell_choice(contest: Contest, one: Choice, *, passed: bool, at: datetime) -> None:
    _tell(
        notices.TO_DEFENCE if passed else notices.NOT_TO_DEFENCE,
        one.application,
        at=at,
        contest=contest.title,
        result=_result(contest, one.standing.mean),
    )


def _result(contest: Contest, mean: Decimal | None) -> str:
    if mean is None:
        return "Оценок экспертов по ней нет."
    most = _points(maximum(rules_of(contest.remote_rubric)))
    threshold = contest.remote_threshold
    rule = "" if threshold is None else f" Проходной балл — {_points(threshold)}."
    return f"Средний балл заочной экспертизы — {_points(mean)} из {most}.{rule}"


def _points(value: Decimal) -> str:
    return decimal(float(value), 0 if value == value.to_integral_value() else 2)


def _tell(notice: Notice, application: Application, *, at: datetime, **facts: object) -> None:
    announce(
        notice,
        to=team_of(application),
        at=at,
        about=f"application:{application.pk}",
        url=f"/cabinet/applications/{application.number}/",
        facts={"number": application.shown_number, **facts},
    )


@action("contests.send_schedule")
def send_schedule(contest: Contest, *, by: Any, at: datetime) -> int:
    """Tell each team when and where it defends; a slot that has not moved is not told twice."""
    applications = defended_in(contest)
    slots = [slot for slot in slots_of(contest) if slot.dossier_id in applications]
    if not slots:
        raise Refusal("Расписания ещё нет. Сначала составьте его.")
    for slot in slots:
        application = applications[slot.dossier_id]
        announce(
            notices.SCHEDULED,
            to=team_of(application),
            at=at,
            about=f"application:{application.pk}:{_place_of(slot)}",
            url=f"/cabinet/applications/{application.number}/",
            facts={
                "number": application.shown_number,
                "when": moment_in_words(slot.starts_at),
                "minutes": slot.minutes,
                "room": slot.room or "сообщит организатор",
                "link": slot.link or "не нужна",
            },
        )
    ledger.note(slots=len(slots))
    return len(slots)


def _place_of(slot: DefenceSlot) -> str:
    told = f"{slot.starts_at:%Y%m%d%H%M}:{slot.minutes}:{slot.room}:{slot.link}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


@action("contests.start_council")
def start_council(contest: Contest, *, reason: str = "", by: Any, at: datetime) -> None:
    """Close the last round and bring the ranking before the council; missing sheets need a reason."""
    move = CONTEST.move("start_council", contest.state)
    if contest.has_defence and contest.state == ContestState.EXPERTISE:
        raise Refusal("Сначала проведите открытую защиту: она есть в календаре конкурса.")
    _end_round(contest.remote_round, reason, by=by, at=at)
    _end_round(contest.defence_round, reason, by=by, at=at)
    contest.state = ContestState(move.target)
    contest.save(update_fields=["state"])
    decisions.enter(contest, by=by, at=at)
    ledger.note(reason=reason.strip())
