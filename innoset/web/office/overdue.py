"""What is late: reports, errands, measures; whom to call, and one reminder to many."""

from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from innoset.foundation.policy import may
from innoset.foundation.russian import MOSCOW, counted
from innoset.network.models import Errand, Organisation
from innoset.network.queries.accompaniment import errands_visible_to
from innoset.projects.actions.nudges import nudge_many
from innoset.projects.models import Report
from innoset.projects.queries.reports import overdue_reports, with_nudges
from innoset.projects.queries.roadmaps import overdue_items_visible_to
from innoset.web.office.place_parts import to
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt

MOST = 200
DAYS = ("день", "дня", "дней")


@dataclass(frozen=True, slots=True)
class Late:
    """A late report: how late, whom to call, when somebody was last reminded."""

    report: Report
    days: int
    call: str
    reminded: date | None
    may_remind: bool

    @property
    def url(self) -> str:
        """Return where the report is shown."""
        return to("office:report", self.report.number)

    @property
    def late(self) -> str:
        """Say how late it is."""
        return counted(self.days, *DAYS)


@require_http_methods(["GET", "HEAD", "POST"])
def overdue(request: HttpRequest) -> HttpResponse:
    """List what is late and whom to call; the button reminds of the ticked reports, one letter each."""
    day = arrived_at(request).astimezone(MOSCOW).date()
    reports = list(_reports(request))
    if request.method == "POST":
        return _remind(request, reports)
    errands = errands_visible_to(request.user).filter(done_at=None, dropped_at=None, due_on__lt=day)
    context = {
        "reports": [_late(request.user, one, day) for one in reports],
        "errands": [(one, counted((day - one.due_on).days, *DAYS)) for one in _dated(errands)],
        "items": list(overdue_items_visible_to(request.user, day)[:MOST]),
    }
    return render(request, "office/overdue.html", context)


def _dated(errands: QuerySet[Errand]) -> list[Any]:
    return list(errands.order_by("due_on", "pk")[:MOST])


def _reports(request: HttpRequest) -> QuerySet[Report]:
    found = with_nudges(overdue_reports(arrived_at(request), request.user))
    return found.order_by("due_on", "pk")[:MOST]


def _late(person: Any, report: Report, day: date) -> Late:
    nudges = list(report.nudges.all())
    reminded = nudges[0].at.astimezone(MOSCOW).date() if nudges else None
    return Late(
        report,
        (day - report.due_on).days,
        whom_to_call(report.organisation),
        reminded,
        may(person, "projects.nudge", report),
    )


def whom_to_call(organisation: Organisation) -> str:
    """Say whose telephone to ring: the head by name, the number of the organisation."""
    return ", ".join(part for part in (organisation.head_name, organisation.phone) if part)


def _remind(request: HttpRequest, reports: list[Report]) -> HttpResponse:
    """Remind of the ticked ones that the person may remind of."""
    ticked = set(request.POST.getlist("report"))
    chosen = [one for one in reports if one.number in ticked and may(request.user, "projects.nudge", one)]
    if not chosen:
        messages.error(request, "Отметьте хотя бы один отчёт, о котором нужно напомнить.")
        return redirect("office:overdue")
    return attempt(
        request, cast("Any", nudge_many), cast("Any", chosen), said=_said(len(chosen)), then="office:overdue"
    )


def _said(asked: int) -> Any:
    def said(reached: int) -> str:
        text = f"Напоминание ушло: {counted(reached, 'организация', 'организации', 'организаций')}."
        missed = asked - reached
        more = f" Не ушло: {missed}. Им сегодня уже напоминали или писать некому: позвоните."
        return text + (more if missed else "")

    return said


routes = [path("overdue/", overdue, name="overdue")]
