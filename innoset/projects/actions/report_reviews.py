"""Giving the submitted reports of a campaign to experts."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.network.states import Role
from innoset.projects.models import Report, ReportCampaign
from innoset.projects.pure.contacts import covered
from innoset.projects.queries import reports
from innoset.projects.states import ReportState
from innoset.review import actions as review
from innoset.review.models import Dossier, Interest, Round, Rubric
from innoset.review.states import InterestPart, RoundKind


@action("projects.review_reports")
def start_review(
    campaign: ReportCampaign,
    *,
    rubric: Rubric,
    closes_at: datetime,
    sheets_per_report: int,
    by: Any,
    at: datetime,
) -> Round:
    """Give a frozen copy of every submitted report to a new round of experts, without contacts."""
    _require_review(campaign, rubric, closes_at, at)
    sent = list(
        campaign.reports.filter(state=ReportState.SUBMITTED, dossier=None)
        .select_related("status", "organisation", "author", "campaign")
        .order_by("pk")
    )
    if not sent:
        raise Refusal("Передавать экспертам нечего: сданных отчётов нет.")
    made = review.make_round(
        title=f"Экспертиза отчётов. {campaign.title}"[:300],
        kind=RoundKind.REMOTE,
        organiser=campaign.organiser,
        rubric=rubric,
        dossiers=[_open_dossier(report, at=at) for report in sent],
        opens_at=at,
        closes_at=closes_at,
        sheets_per_dossier=sheets_per_report,
        # Reports name places, partners and people all through: to hide whose they are would be a pretence.
        is_blind=False,
    )
    campaign.round_number = made.pk
    campaign.save(update_fields=["round_number"])
    ledger.note(reports=len(sent), round=made.pk)
    return made


def _require_review(campaign: ReportCampaign, rubric: Rubric, closes_at: datetime, at: datetime) -> None:
    if not campaign.needs_review:
        raise Refusal("Этот сбор отчётов идёт без экспертизы.")
    if campaign.round_number is not None:
        raise Refusal("Отчёты уже переданы экспертам.")
    if not rubric.criteria.exists():
        raise Refusal("В этом наборе критериев нет ни одного критерия. Выберите другой.", field="rubric")
    if closes_at <= at:
        raise Refusal("Срок экспертизы уже прошёл. Укажите более поздний.", field="closes_at")


def _open_dossier(report: Report, *, at: datetime) -> Dossier:
    version = reports.last_sent(report)
    texts = version.values["fields"] if version else {}
    report.dossier = review.open_dossier(
        code=f"ОТ-{report.pk:05d}",
        title=report.status.theme,
        content=list(_content(report, texts)),
        stages=(),
        group="",
        organisation=report.organisation,
        interests=list(_interests(report)),
        at=at,
    )
    report.save(update_fields=["dossier"])
    return report.dossier


def _content(report: Report, texts: dict[str, str]) -> Iterator[dict[str, Any]]:
    """Yield what experts read: the part about the work; contacts are covered."""
    form = reports.form_of_report(report)
    for one in form.fields:
        if one.section == form.sections[-1].code:
            text = covered(texts.get(one.key, ""))
            number = one.printed_number
            yield {"key": one.key, "number": number, "label": one.label, "text": text, "is_group": False}


def _interests(report: Report) -> Iterator[Interest]:
    """Yield the head and the staff, each once: for finding conflicts."""
    heads = reports.staff_of(report, Role.HEAD)
    others = [one for one in reports.staff_of(report, Role.EDITOR) if one not in heads]
    parts = ((heads, InterestPart.HEAD), (others, InterestPart.STAFF))
    named = {(one.full_name or one.email, part): one for people, part in parts for one in people}
    for (name, part), person in named.items():
        yield Interest(person=person, name=name[:200], part=part)
