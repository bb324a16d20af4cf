"""Deeds of a campaign of reports: announce it, open the reports, give more time, end it."""

from collections.abc import Collection, Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.policy import may
from innoset.foundation.russian import MOSCOW, date_in_words
from innoset.network.models import Status, StatusKind
from innoset.projects.actions import nudges
from innoset.projects.models import Report, ReportAnswer, ReportCampaign, ReportTask
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.reporting.content import number_of
from innoset.projects.pure.reporting.prefill import WRITERS
from innoset.projects.pure.reporting.steps import Step
from innoset.projects.queries import report_facts, reports
from innoset.projects.states import ReportState, TextOrigin


@action("projects.make_campaign")
def make_campaign(
    campaign: ReportCampaign, *, kinds: Collection[StatusKind], by: Any, at: datetime
) -> ReportCampaign:
    """Announce that the statuses of these kinds report for a period by a day."""
    _require_sense(campaign, kinds)
    campaign.created_at, campaign.created_by = at, by
    campaign.save()
    campaign.kinds.set(kinds)
    ledger.note(code=campaign.code, kinds=sorted(one.code for one in kinds))
    return campaign


def _require_sense(campaign: ReportCampaign, kinds: Collection[StatusKind]) -> None:
    if campaign.form_code not in WRITERS:
        raise Refusal("Выберите форму отчёта из списка.", field="form_code")
    if not kinds:
        raise Refusal("Отметьте, кто отчитывается: хотя бы один вид статуса.", field="kinds")
    if ReportCampaign.objects.filter(code=campaign.code).exists():
        raise Refusal("Сбор отчётов с таким обозначением уже есть. Измените обозначение.", field="code")
    _require_days(campaign)


def _require_days(campaign: ReportCampaign) -> None:
    if campaign.ends_on <= campaign.starts_on:
        raise Refusal("Период должен кончаться позже, чем начался. Измените «Период по».", field="ends_on")
    if campaign.due_on <= campaign.opens_on:
        raise Refusal("Срок должен быть позже дня, когда отчёты откроются.", field="due_on")
    if campaign.coordinator_after_days < campaign.head_after_days:
        raise Refusal(
            "Координатор узнаёт о просрочке не раньше руководителя. Увеличьте число дней.",
            field="coordinator_after_days",
        )


@action("projects.edit_campaign")
def edit_campaign(
    campaign: ReportCampaign,
    *,
    due_on: date,
    head_after_days: int,
    coordinator_after_days: int,
    by: Any,
    at: datetime,
) -> int:
    """Change the term for everybody; reports that were given more time keep it. Return how many moved."""
    _require_open(campaign)
    before = campaign.due_on
    campaign.due_on, campaign.head_after_days = due_on, head_after_days
    campaign.coordinator_after_days = coordinator_after_days
    _require_days(campaign)
    campaign.save(update_fields=["due_on", "head_after_days", "coordinator_after_days"])
    ledger.note(due_on=[before.isoformat(), due_on.isoformat()])
    return campaign.reports.filter(due_on=before, state=ReportState.OPEN).update(due_on=due_on)


def _require_open(campaign: ReportCampaign) -> None:
    if campaign.closed_at is not None:
        raise Refusal("Сбор отчётов завершён. Изменить его уже нельзя.")


@action("projects.open_reports")
def open_reports(campaign: ReportCampaign, *, by: Any, at: datetime) -> int:
    """Open a report for every status in force in the period that has none; return how many were opened."""
    _require_open(campaign)
    if at.astimezone(MOSCOW).date() < campaign.opens_on:
        raise Refusal(f"Отчёты откроются {date_in_words(campaign.opens_on)}. Раньше открыть их нельзя.")
    place = campaign.reports.count()
    opened = [
        _open(campaign, status, place + turn, at=at)
        for turn, status in enumerate(reports.statuses_to_report(campaign), start=1)
    ]
    ledger.note(opened=len(opened))
    return len(opened)


def _open(campaign: ReportCampaign, status: Status, place: int, *, at: datetime) -> Report:
    form = form_by_code(campaign.form_code)
    report = Report(
        number=number_of(campaign.code, place),
        campaign=campaign,
        status=status,
        organisation=status.organisation,
        project=status.projects.select_related("created_by", "passport").order_by("pk").first(),
        form_code=form.code,
        form_version=form.version,
        starts_on=campaign.starts_on,
        ends_on=campaign.ends_on,
        due_on=campaign.due_on,
        opened_at=at,
    )
    report.author = reports.author_of(report)
    report.save()
    _carry_tasks(report)
    _write_proposals(report, at=at)
    nudges.take(report, Step.OPENED, at=at)
    return report


def _carry_tasks(report: Report) -> None:
    """Bring over the tasks that the report before planned for this period."""
    before = reports.report_before(report)
    planned = before.tasks.filter(is_next=True).order_by("position", "pk") if before else ()
    ReportTask.objects.bulk_create(
        ReportTask(report=report, position=place, text=one.text, carried_from=one)
        for place, one in enumerate(planned, start=1)
    )


def _write_proposals(report: Report, *, at: datetime) -> None:
    made = report_facts.proposals_for(report)
    ReportAnswer.objects.bulk_create(
        ReportAnswer(
            report=report,
            key=field.key,
            text=made[field.key].text,
            prefilled=made[field.key].text,
            origin=report_facts.origin_of(made[field.key]),
            saved_at=at,
        )
        if field.key in made
        else ReportAnswer(report=report, key=field.key, version=0, origin=TextOrigin.TYPED, saved_at=at)
        for field in reports.fields_of_report(report)
    )


def open_by_calendar(*, at: datetime) -> int:
    """Open what the calendar says, campaign by campaign, in the name of whoever runs it; return how many."""
    return sum(_open_one(campaign, at=at) for campaign in _begun(at))


def _begun(at: datetime) -> Iterable[ReportCampaign]:
    found = reports.campaigns_to_open(at.astimezone(MOSCOW).date())
    return [one for one in found if reports.statuses_to_report(one).exists()]


def _open_one(campaign: ReportCampaign, *, at: datetime) -> int:
    by = reports.opener_of(campaign)
    if by is None or not may(by, "projects.open_reports", campaign):
        return 0
    with transaction.atomic():
        return open_reports(campaign, by=by, at=at)


@action("projects.give_time")
def give_time(report: Report, *, due_on: date, by: Any, at: datetime) -> None:
    """Give one report another term."""
    if report.state not in reports.UNSENT:
        raise Refusal("Отчёт уже сдан: менять его срок незачем.", field="due_on")
    if due_on < at.astimezone(MOSCOW).date():
        raise Refusal("Новый срок уже прошёл. Укажите сегодняшний день или более поздний.", field="due_on")
    ledger.note(due_on=[report.due_on.isoformat(), due_on.isoformat()])
    report.due_on = due_on
    report.save(update_fields=["due_on"])


@action("projects.close_campaign")
def close_campaign(campaign: ReportCampaign, *, by: Any, at: datetime) -> None:
    """End the collecting: nothing is opened, sent or reminded of any more."""
    _require_open(campaign)
    waiting = campaign.reports.filter(state=ReportState.SUBMITTED).count()
    if waiting:
        raise Refusal(f"Сначала примите или верните сданные отчёты. Ждут проверки: {waiting}.")
    campaign.closed_at = at
    campaign.save(update_fields=["closed_at"])
