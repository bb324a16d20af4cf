"""Reads of appeals: until when one may be filed, what stands in the way, who may look at it."""

from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from innoset.contests.models import Appeal, Application, Contest
from innoset.contests.queries.contests import contests_visible_to
from innoset.contests.states import AppealState, ApplicationState
from innoset.foundation.audit.ledger import history_of
from innoset.foundation.russian import MOSCOW, moment_in_words
from innoset.network.queries import municipality_ids_of, organisation_ids_of
from innoset.network.states import Role
from innoset.review.models import Assignment, PanelSeat
from innoset.review.queries.panels import Candidate, candidates_for
from innoset.review.queries.ranking import standing_of
from innoset.review.states import LIVE

# Whoever is in one of these states has been told a result that may be appealed.
REFUSED = (ApplicationState.DECLINED, ApplicationState.REJECTED)
OPEN = (AppealState.FILED, AppealState.IN_REVIEW)


def told_at(application: Application) -> datetime | None:
    """Return when the applicant was told the result: with the choice for the defence, or with all results."""
    if application.state == ApplicationState.REJECTED:
        return application.contest.results_at
    if application.state == ApplicationState.DECLINED:
        choices = history_of(application.contest).filter(deed="contests.start_defence")
        return choices.order_by("-id").values_list("at", flat=True).first()
    return None


def appeal_until(application: Application) -> datetime | None:
    """Return the end of the last day (Moscow time) on which an appeal may be filed."""
    told = told_at(application)
    if told is None or not application.contest.appeal_days:
        return None
    day = told.astimezone(MOSCOW).date() + timedelta(days=application.contest.appeal_days + 1)
    return datetime.combine(day, time.min, tzinfo=MOSCOW)


def objection_to_appeal(application: Application, at: datetime) -> str:
    """Say why no appeal may be filed now; an empty string when one may."""
    if not application.contest.appeal_days:
        return "В этом конкурсе апелляции не предусмотрены: так решил организатор до начала приёма."
    until = appeal_until(application)
    if until is None:
        return "Апелляцию подают, когда объявлен результат, с которым вы не согласны."
    if at >= until:
        return f"Срок апелляции прошёл: её принимали до {moment_in_words(until)}."
    if application.appeals.filter(state__in=OPEN).exists():
        return "Ваша апелляция уже рассматривается. Дождитесь решения."
    if application.appeals.filter(state__in=[AppealState.UPHELD, AppealState.DISMISSED]).exists():
        return "Решение по вашей апелляции уже принято. Вторую по той же заявке не подают."
    return ""


def appeals_of(application: Application) -> QuerySet[Appeal]:
    """Return the appeals of an application, the latest first."""
    return application.appeals.select_related("round").order_by("-number")


def appeals_visible_to(person: Any) -> QuerySet[Appeal]:
    """Return the appeals in contests that the person organises or approves."""
    found = Appeal.objects.select_related(
        "application__contest__organiser__municipality",
        "application__contest__remote_round__rubric",
        "application__organisation__municipality",
        "application__project",
        "application__dossier",
        "filed_by",
        "decided_by",
        "round__rubric",
    )
    if person.is_superuser:
        return found
    organised = found.filter(application__contest__organiser__in=organisation_ids_of(person, Role.ORGANISER))
    approved = found.filter(
        application__contest__organiser__municipality__in=municipality_ids_of(person, Role.APPROVER)
    )
    return organised | approved


def contests_with_appeals(person: Any) -> QuerySet[Contest]:
    """Return the contests whose appeals the person may see."""
    shown = appeals_visible_to(person).values("application__contest")
    return Contest.objects.filter(pk__in=shown) | contests_visible_to(person).filter(
        organiser__in=organisation_ids_of(person, Role.ORGANISER)
    )


def fresh_experts(appeal: Appeal) -> list[Candidate]:
    """Return who may be asked into the second panel: the pool without the first panel."""
    if appeal.round is None:
        return []
    first = _first_panel(appeal)
    return [one for one in candidates_for(appeal.round) if one.person.pk not in first]


def _first_panel(appeal: Appeal) -> set[int]:
    """Return who judged the work before; the appeal's own panel is the second one."""
    dossier = appeal.application.dossier
    if dossier is None:
        return set()
    rounds = dossier.rounds.exclude(appeal=appeal)
    seats = PanelSeat.objects.filter(round__in=rounds, role=PanelSeat.Part.EXPERT)
    given = Assignment.objects.filter(dossier=dossier).exclude(round=appeal.round_id)
    return set(seats.values_list("person", flat=True)) | set(given.values_list("expert", flat=True))


def judged_first(appeal: Appeal, people: list[int]) -> set[int]:
    """Return who of these people belongs to the first panel."""
    return _first_panel(appeal) & set(people)


def totals_of(appeal: Appeal) -> tuple[Decimal | None, Decimal | None]:
    """Return the remote result of the work by the first panel and by the second."""
    application = appeal.application
    first = application.contest.remote_round
    return (
        _mean(standing_of(first), application.dossier_id) if first else None,
        _mean(standing_of(appeal.round), application.dossier_id) if appeal.round else None,
    )


def _mean(rows: list[Any], dossier: int | None) -> Decimal | None:
    return next((row.mean for row in rows if row.dossier_id == dossier), None)


def owed_by_second_panel(appeal: Appeal) -> int:
    """Return how many sheets of the second panel are still to come."""
    live = Assignment.objects.filter(round=appeal.round_id, state__in=LIVE)
    return live.exclude(sheet__finished_at__isnull=False).count()
