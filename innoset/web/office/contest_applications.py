"""The applications of a contest: the table, its export, one application."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import django_filters
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from innoset.contests.models import Application, Contest, Nomination
from innoset.contests.papers.receipts import printed_application, rows_of
from innoset.contests.queries import applications as application_queries
from innoset.contests.states import APPLICATION_LABELS, ApplicationState
from innoset.documents.pure import application_paper
from innoset.foundation.audit.ledger import history_of
from innoset.foundation.files.kinds import PDF
from innoset.foundation.policy import permissions
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Municipality
from innoset.web.office import spreadsheets
from innoset.web.office.confirmed import shown
from innoset.web.office.contest_frame import contest_or_404, crumbs_of
from innoset.web.office.funnel import OUT, OUT_STATES
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.download import bytes_as_file, hand_out
from innoset.web.ui.listing import Listing

PER_PAGE = 300
LONGEST_HISTORY = 100
STATE_KINDS = {
    ApplicationState.SUBMITTED: "work",
    ApplicationState.RETURNED: "warn",
    ApplicationState.ADMITTED: "done",
    ApplicationState.IN_REVIEW: "work",
    ApplicationState.TO_DEFENCE: "work",
    ApplicationState.PROPOSED: "done",
    ApplicationState.AWARDED: "good",
    ApplicationState.REFUSED: "bad",
    ApplicationState.DECLINED: "bad",
    ApplicationState.REJECTED: "bad",
}
HEADINGS = ("Номер", "Организация", "Муниципалитет", "Проект", "Номинация", "Состояние", "Отправлена")


def applications_in(contest: Contest) -> QuerySet[Application]:
    """Return the applications of a contest with all that a line of the table shows."""
    found = Application.objects.filter(contest=contest)
    return found.select_related("organisation__municipality", "nomination", "project")


class ApplicationFilter(django_filters.FilterSet):  # type: ignore[misc]  # django_filters has no types
    """What an organiser looks for."""

    q = django_filters.CharFilter(method="by_words", label="Номер, организация или название")
    state = django_filters.ChoiceFilter(
        method="by_state",
        label="Состояние",
        choices=[*((str(state), label) for state, label in APPLICATION_LABELS.items()), (OUT, "Выбыли")],
        empty_label="Любое",
    )
    nomination = django_filters.ModelChoiceFilter(
        label="Номинация", queryset=Nomination.objects.none(), empty_label="Любая"
    )
    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет",
        field_name="organisation__municipality",
        queryset=Municipality.objects.none(),
        empty_label="Любой",
    )

    order = django_filters.OrderingFilter(
        label="Порядок",
        empty_label="По номеру",
        fields=(("submitted_at", "sent"), ("organisation__short_name", "owner"), ("project__title", "title")),
        choices=(("-sent", "Сначала новые"), ("owner", "По организации"), ("title", "По названию")),
    )

    def __init__(self, data: Any, queryset: QuerySet[Application], **kwargs: Any) -> None:
        super().__init__(data, queryset, **kwargs)
        every = queryset.order_by().values("pk")
        self.filters["nomination"].queryset = Nomination.objects.filter(applications__in=every).distinct()
        places = Municipality.objects.filter(organisations__applications__in=every)
        self.filters["municipality"].queryset = places.distinct()

    def by_state(self, found: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        """Keep one state, or all that dropped out."""
        del name
        return found.filter(state__in=OUT_STATES if value == OUT else [value])

    def by_words(self, found: QuerySet[Application], name: str, value: str) -> QuerySet[Application]:
        """Keep what has every word in its number, organisation or title."""
        del name
        for word in value.split():
            found = found.filter(
                Q(number__icontains=_bare(word))
                | Q(organisation__short_name__icontains=word)
                | Q(organisation__name__icontains=word)
                | Q(project__title__icontains=word, submitted_at__isnull=False)
            )
        return found


def _bare(word: str) -> str:
    """Return the number of an application without the contest's letters: ИП-2026-0147 → 2026-0147."""
    prefix, dash, rest = word.partition("-")
    return rest if dash and prefix.isalpha() else word


@dataclass(frozen=True, slots=True)
class Event:
    """A line of the history: when, who, what in plain words."""

    at: datetime
    who: str
    what: str


def _listing(request: HttpRequest, contest: Contest) -> Listing[Application]:
    return Listing(
        request,
        applications_in(contest),
        filterset=ApplicationFilter,
        per_page=PER_PAGE,
        words=("заявка", "заявки", "заявок"),
    )


def applications(request: HttpRequest, code: str) -> HttpResponse:
    """Show the table of applications."""
    contest = contest_or_404(request, code)
    listing = _listing(request, contest)
    context = {
        "contest": contest,
        "listing": listing,
        "rows": [(one, STATE_KINDS.get(ApplicationState(one.state), "")) for one in listing.rows],
        "query": request.GET.urlencode(),
        "crumbs": crumbs_of(contest, ("Заявки", "")),
    }
    return render(request, "office/applications.html", context)


def export(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Hand out the lines that the filter leaves, as a table for Excel or as text."""
    contest = contest_or_404(request, code)
    found = ApplicationFilter(request.GET, applications_in(contest), request=request).qs
    lines = [_line(contest, one) for one in found]
    return spreadsheets.hand_out(kind, name=f"Заявки {contest.code}", head=HEADINGS, lines=lines)


def _line(contest: Contest, one: Application) -> tuple[str, ...]:
    sent = f"{one.submitted_at.astimezone(MOSCOW):%d.%m.%Y %H:%M}" if one.submitted_at else ""
    return (
        f"{contest.prefix}-{one.number}",
        one.organisation.short_name,
        one.organisation.municipality.name,
        one.project.title if one.submitted_at else "",
        one.nomination.title if one.nomination else "",
        one.get_state_display(),
        sent,
    )


def application_or_404(request: HttpRequest, code: str, number: str) -> Application:
    """Return a sent application of a contest that the person may see; a draft belongs to its authors alone."""
    contest = contest_or_404(request, code)
    found = (
        applications_in(contest)
        .filter(submitted_at__isnull=False)
        .select_related(
            "contest__organiser__municipality",
            "contest__municipality",
            "organisation__municipality",
            "nomination",
            "project__passport",
            "version",
            "dossier",
        )
    )
    return get_object_or_404(found, number=number)


def application(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Show one application: what was sent, its files, checks and history."""
    found = application_or_404(request, code, number)
    context = {
        "application": found,
        "contest": found.contest,
        "kind": STATE_KINDS.get(ApplicationState(found.state), ""),
        "rows": list(rows_of(found.version)) if found.version else [],
        "attachments": application_queries.attachments_of(found),
        "checks": found.checks.select_related("letter__pdf", "checked_by"),
        "submissions": application_queries.submissions_of(found),
        "events": _events(found),
        "is_late": found.mend_by is not None and found.mend_by <= arrived_at(request),
        "crumbs": crumbs_of(
            found.contest,
            ("Заявки", reverse("office:contest_applications", args=[code])),
            (found.shown_number, ""),
        ),
    }
    return render(request, "office/application.html", context | shown(found))


def _events(found: Application) -> list[Event]:
    """Tell the deeds over the application in words; the typing of single answers is left out."""
    titles = permissions()
    entries = history_of(found).exclude(deed="contests.answer")[:LONGEST_HISTORY]
    return [Event(one.at, one.actor_name, titles.get(one.deed, one.deed)) for one in entries]


def printed(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Hand out the application as it was sent last, as a PDF."""
    found = application_or_404(request, code, number)
    if found.version is None:
        raise Http404
    last = application_queries.submissions_of(found).first()
    paper = printed_application(found, found.version, last)
    data = application_paper.pdf(paper, at=arrived_at(request))
    return bytes_as_file(data, name=f"Заявка {found.shown_number}.pdf", media_type=PDF)


def attachment(request: HttpRequest, code: str, number: str, key: int) -> HttpResponse:
    """Hand out a file of the application."""
    found = application_or_404(request, code, number)
    one = get_object_or_404(found.attachments.select_related("file"), pk=key, removed_at=None)
    return hand_out(one.file, to=request.user)


def letter(request: HttpRequest, code: str, number: str, key: int) -> HttpResponse:
    """Hand out the letter about a technical check."""
    found = application_or_404(request, code, number)
    one = get_object_or_404(found.checks.select_related("letter__pdf"), pk=key)
    return hand_out(one.letter.pdf if one.letter else None, in_place=True)


routes = [
    path("contests/<slug:code>/applications/", applications, name="contest_applications"),
    path("contests/<slug:code>/applications/export.<slug:kind>", export, name="contest_export"),
    path("contests/<slug:code>/applications/<str:number>/", application, name="application"),
    path("contests/<slug:code>/applications/<str:number>/print/", printed, name="application_printed"),
    path(
        "contests/<slug:code>/applications/<str:number>/files/<int:key>/", attachment, name="application_file"
    ),
    path(
        "contests/<slug:code>/applications/<str:number>/letters/<int:key>/", letter, name="application_letter"
    ),
]
