"""Reminders of reports: by the calendar, and by hand. Each step of a report happens once."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice
from innoset.foundation.russian import MOSCOW, date_in_words
from innoset.network.states import Role
from innoset.projects import notices
from innoset.projects.models import Report, ReportNudge
from innoset.projects.pure.reporting.steps import BY_HAND, Schedule, Step, steps_due
from innoset.projects.queries import reports

_NOTICES = {
    Step.OPENED: notices.REPORT_OPENED,
    Step.WEEK: notices.REPORT_DUE,
    Step.DAY: notices.REPORT_DUE,
    Step.AUTHOR: notices.REPORT_LATE,
    Step.HEAD: notices.REPORT_LATE,
    Step.COORDINATOR: notices.REPORT_LATE,
}


def remind_by_calendar(*, at: datetime) -> int:
    """Take every step that has come; return how many were taken. The same day again takes none.

    No person does this, so it passes no policy and leaves no audit entry.
    """
    waiting = reports.with_nudges(reports.unsent(Report.objects.select_related(*_SHOWN)))
    return sum(take(report, step, at=at) for report in waiting for step in _steps_of(report, at))


_WRITERS = (Role.HEAD, Role.EDITOR)
_SHOWN = ("campaign__organiser", "status", "organisation", "author")


def _steps_of(report: Report, at: datetime) -> Sequence[Step]:
    turn = _turn_of(report)
    taken = {one.step.removesuffix(turn) for one in report.nudges.all() if one.step.endswith(turn)}
    schedule = Schedule(
        report.due_on, report.campaign.head_after_days, report.campaign.coordinator_after_days
    )
    return steps_due(schedule, today=_day(at), opened_on=_begun_on(report), taken=taken)


def _turn_of(report: Report) -> str:
    """Return what tells the steps of a returned report from those of its first term."""
    sent = report.versions.count()
    return f":{sent + 1}" if sent else ""


def _begun_on(report: Report) -> date:
    last = reports.last_sent(report)
    return _day(last.made_at if last else report.opened_at)


def _day(at: datetime) -> date:
    return at.astimezone(MOSCOW).date()


def take(report: Report, step: Step, *, at: datetime) -> bool:
    """Take a step once: write it down, and tell whom it concerns; False if it was taken already."""
    to, key = reports.told_on(report, step), f"{step}{_turn_of(report)}"
    with transaction.atomic():
        _, fresh = ReportNudge.objects.get_or_create(
            report=report, step=key, defaults={"at": at, "reached": len(to)}
        )
        if fresh:
            tell(report, _NOTICES[step], to=to, about=key, at=at)
    return fresh


def tell(
    report: Report, notice: Notice, *, to: Iterable[Any], about: str, at: datetime, **facts: object
) -> None:
    """Announce something about a report; coordinators get the address of the office."""
    people = list(to)
    writers = {person.pk for person in reports.staff_of(report, *_WRITERS)} if people else set()
    for person in people:
        door = "cabinet" if person.pk in writers else "office"
        announce(
            notice,
            to=[person],
            at=at,
            about=f"report:{report.pk}:{about}",
            url=reverse(f"{door}:report", args=[report.number]),
            facts=_facts(report) | facts,
        )


def _facts(report: Report) -> dict[str, object]:
    return {
        "campaign": report.campaign.title,
        "organisation": report.organisation.short_name,
        "organiser": report.campaign.organiser.short_name,
        "theme": report.status.theme,
        "due": date_in_words(report.due_on),
    }


@action("projects.nudge")
def nudge(report: Report, *, by: Any, at: datetime) -> int:
    """Remind the author and the head by hand, once a day; return how many people were reached."""
    if report.state not in reports.UNSENT:
        raise Refusal("Отчёт уже сдан: напоминать о нём не нужно.")
    to = _asked(report)
    if not to:
        phone = report.organisation.phone
        cure = f"Позвоните: {phone}." if phone else "Телефона организации на сайте тоже нет."
        raise Refusal(f"У организации нет людей на сайте, писать некому. {cure}")
    step = f"{BY_HAND}{_day(at).isoformat()}"
    _, fresh = ReportNudge.objects.get_or_create(
        report=report, step=step, defaults={"at": at, "reached": len(to)}
    )
    if not fresh:
        raise Refusal("Сегодня об этом отчёте уже напоминали. Напомните завтра или позвоните.")
    tell(report, notices.REPORT_NUDGED, to=to, about=step, at=at, person=by.full_name)
    ledger.note(reached=len(to))
    return len(to)


def _asked(report: Report) -> list[Any]:
    heads = reports.staff_of(report, Role.HEAD)
    return list(dict.fromkeys([*reports.told_on(report, Step.AUTHOR), *heads]))


def nudge_many(chosen: Iterable[Report], *, by: Any, at: datetime) -> int:
    """Remind of several reports at once; return of how many. Those that cannot be reminded of are passed by."""
    return sum(_nudged(report, by=by, at=at) for report in chosen)


def _nudged(report: Report, *, by: Any, at: datetime) -> bool:
    try:
        nudge(report, by=by, at=at)
    except Refusal:
        return False
    return True
