"""Yearly reports of one's organisation: the list, one report, its figures, its papers, the sending."""

from functools import partial
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.foundation.files.kinds import PDF
from innoset.projects import papers
from innoset.projects.actions import remarks as remark_actions
from innoset.projects.actions import reports as actions
from innoset.projects.models import Remark, Report
from innoset.projects.pure.forms import Completeness, Progress
from innoset.projects.queries import remarks, reports
from innoset.projects.queries.report_figures import figure_of, figures_of
from innoset.web.report_papers import kind_of, paper_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import bytes_as_file
from innoset.web.ui.listing import Listing

SECTION_KINDS = {Progress.DONE: "good", Progress.IN_PROGRESS: "now", Progress.NOT_STARTED: ""}


def report_or_404(request: HttpRequest, number: str) -> Report:
    """Return a report of an organisation where the person writes."""
    return get_object_or_404(reports.own_reports(request.user), number=number)


def crumbs(report: Report, *last: str) -> list[tuple[str, str]]:
    """Return the way to a page of a report."""
    here = reverse("cabinet:report", args=[report.number])
    way = [("Отчёты", reverse("cabinet:reports")), (f"Отчёт {report.said_number}", here if last else "")]
    return [*way, *((title, "") for title in last)]


@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """Show the reports of the person's organisations: those to send first."""
    mine = reports.own_reports(request.user).order_by("accepted_at", "due_on", "pk")
    listing = Listing(request, mine, words=("отчёт", "отчёта", "отчётов"), per_page=30)
    today = arrived_at(request).date()
    rows = [(one, kind_of(one), _is_late(one, today)) for one in listing.rows]
    return render(request, "cabinet/reports.html", {"listing": listing, "rows": rows})


def _is_late(report: Report, today: Any) -> bool:
    return report.state in reports.UNSENT and report.due_on < today


@require_safe
def report(request: HttpRequest, number: str) -> HttpResponse:
    """Show one report: what is filled, what the site counted, what was remarked."""
    return report_page(request, report_or_404(request, number))


def report_page(
    request: HttpRequest, one: Report, *, status: int = 200, answering: tuple[int, str] | None = None
) -> HttpResponse:
    """Draw the page of a report; what was typed in an answer that was refused stays in it."""
    whole = reports.completeness_of(one)
    can_change = one.state in reports.UNSENT and one.campaign.closed_at is None
    context = {
        "report": one,
        "kind": kind_of(one),
        "whole": whole,
        "tasks": _sections(one, whole, can_change=can_change),
        "can_change": can_change,
        "objections": actions.objections_to_sending(one) if can_change else [],
        "figures": figures_of(one),
        "remarks": list(remarks.remarks_of(one)),
        "versions": list(one.versions.select_related("made_by")),
        "answering": answering or (0, ""),
        "crumbs": crumbs(one),
    }
    return render(request, "cabinet/report.html", context, status=status)


def _sections(one: Report, whole: Completeness, *, can_change: bool) -> list[dict[str, str]]:
    sections = [_section(one, part, can_change=can_change) for part in whole.sections]
    told = one.tasks.filter(is_next=False).exclude(state="unknown").count()
    year = one.tasks.filter(is_next=False).count()
    tasks = {
        "title": "Задачи года и планы",
        "hint": "Что стало с задачами, которые вы наметили в прошлом отчёте",
        "url": reverse("cabinet:report_tasks", args=[one.number]) if can_change else "",
        "kind": "good" if told == year else "now",
        "state": f"Отмечено {told} из {year}" if year else "Задач не было",
    }
    return [*sections, tasks]


def _section(one: Report, part: Any, *, can_change: bool) -> dict[str, str]:
    return {
        "title": part.section.title,
        "hint": part.section.hint,
        "url": reverse("cabinet:report_section", args=[one.number, part.section.code]) if can_change else "",
        "kind": SECTION_KINDS[part.progress],
        "state": part.progress.label,
    }


@require_safe
def figure(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Show exactly the rows that a figure counts."""
    one = report_or_404(request, number)
    found = figure_of(one, key)
    if found is None:
        raise Http404
    context = {"report": one, "figure": found, "crumbs": crumbs(one, found.title)}
    return render(request, "cabinet/report_figure.html", context)


@require_POST
def submit(request: HttpRequest, number: str) -> HttpResponse:
    """Send the report."""
    one = report_or_404(request, number)
    return attempt(
        request,
        actions.submit,
        one,
        said="Отчёт сдан. Мы сообщим, когда его проверят.",
        then=reverse("cabinet:report", args=[number]),
        on_refusal=partial(_again, request, number),
    )


def _again(request: HttpRequest, number: str) -> HttpResponse:
    return report_page(request, report_or_404(request, number), status=422)


@require_POST
def restore(request: HttpRequest, number: str) -> HttpResponse:
    """Put what the site counts now into every field that nobody has changed."""
    return attempt(
        request,
        actions.restore_prefill,
        report_or_404(request, number),
        said=_restored,
        then=reverse("cabinet:report", args=[number]),
        on_refusal=partial(_again, request, number),
    )


def _restored(count: int) -> str:
    if not count:
        return "В отчёте уже стоит то, что посчитал сайт."
    return f"Обновлено полей: {count}. Прежние тексты можно вернуть на странице «Прежние тексты»."


@require_safe
def texts(request: HttpRequest, number: str) -> HttpResponse:
    """Show the texts that stood in the report before."""
    one, key = report_or_404(request, number), request.GET.get("field", "")
    names = {field.key: field for field in reports.fields_of_report(one)}
    versions = {key: answer.version for key, answer in reports.answers_of_report(one).items()}
    found: QuerySet[Any] = reports.texts_kept(one, key)
    listing = Listing(request, found, words=("текст", "текста", "текстов"), per_page=30)
    rows = [(kept, names.get(kept.key), versions.get(kept.key, 0)) for kept in listing.rows]
    context = {"report": one, "listing": listing, "rows": rows, "crumbs": crumbs(one, "Прежние тексты")}
    return render(request, "cabinet/report_texts.html", context)


@require_POST
def restore_text(request: HttpRequest, number: str) -> HttpResponse:
    """Bring back one of the texts that stood there before."""
    one, chosen = report_or_404(request, number), request.POST.get("revision", "")
    seen = request.POST.get("seen", "")
    revision = get_object_or_404(one.revisions.all(), pk=chosen if chosen.isdigit() else 0)
    return attempt(
        request,
        actions.restore_text,
        one,
        revision=revision,
        seen=int(seen) if seen.isdigit() else 0,
        said="Текст возвращён в отчёт.",
        then=reverse("cabinet:report_texts", args=[number]),
    )


@require_POST
def answer_remark(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer a remark on a report or on a passport."""
    one = get_object_or_404(remarks.remarks_visible_to(request.user), pk=pk)
    text = request.POST.get("answer", "")
    return attempt(
        request,
        remark_actions.answer,
        one,
        text=text,
        said="Ответ отправлен куратору.",
        on_refusal=partial(_unanswered, request, one, text),
    )


def _unanswered(request: HttpRequest, one: Remark, text: str) -> HttpResponse:
    """Show the page again with what was typed."""
    context = {"remark": one, "text": text, "crumbs": [("Ответ на замечание", "")]}
    return render(request, "cabinet/remark_answer.html", context, status=422)


@require_safe
def paper(request: HttpRequest, number: str, kind: str) -> HttpResponse:
    """Hand out the report as it was sent last; before the first sending, as a draft."""
    one = report_or_404(request, number)
    sent = None if one.state in reports.UNSENT else reports.last_sent(one)
    return paper_of(one, sent, kind, arrived_at(request))


@require_safe
def booklet(request: HttpRequest, number: str) -> HttpResponse:
    """Hand out the booklet made from the same data."""
    one, at = report_or_404(request, number), arrived_at(request)
    link = request.build_absolute_uri(reverse("public:organisation", args=[one.organisation.number]))
    return bytes_as_file(
        papers.booklet_pdf(one, link=link, at=at), name=f"Буклет {one.said_number}.pdf", media_type=PDF
    )


_REPORT = "reports/<slug:number>/"
routes = [
    path("reports/", listed, name="reports"),
    path(_REPORT, report, name="report"),
    path(f"{_REPORT}figures/<slug:key>/", figure, name="report_figure"),
    path(f"{_REPORT}submit/", submit, name="report_submit"),
    path(f"{_REPORT}restore/", restore, name="report_restore"),
    path(f"{_REPORT}texts/", texts, name="report_texts"),
    path(f"{_REPORT}texts/restore/", restore_text, name="report_text_restore"),
    path(f"{_REPORT}paper.<slug:kind>", paper, name="report_paper"),
    path(f"{_REPORT}booklet.pdf", booklet, name="report_booklet"),
    path("remarks/<int:pk>/answer/", answer_remark, name="remark_answer"),
]
