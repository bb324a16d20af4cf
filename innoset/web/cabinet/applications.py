"""Pages of applications: my list, the beginning of one, its own page, and taking it back."""

from collections import Counter
from datetime import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.contests.actions import applications as actions
from innoset.contests.models import Application, Contest
from innoset.contests.queries import applications as queries
from innoset.contests.queries.appeals import appeal_until, appeals_of
from innoset.contests.queries.profiles import judges_of, profile_of
from innoset.contests.states import APPLICATION, SENT, ApplicationState, ContestState
from innoset.network.models import Organisation
from innoset.network.queries import memberships_of
from innoset.projects import queries as projects
from innoset.projects.pure.forms import completeness
from innoset.review.models import Dossier
from innoset.review.queries.feedback import Echo, echo_on
from innoset.review.queries.remarks import conclusions_on, remarks_on
from innoset.web.acting import membership_of
from innoset.web.cabinet.journey import KINDS, next_step, steps_of
from innoset.web.cabinet.terms import term_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.charts import Spread, spread_plot
from innoset.web.ui.download import hand_out

# As many letters as a picture has room for beside its lines.
LABEL = 26


def application_or_404(request: HttpRequest, number: str) -> Application:
    """Return an application of an organisation for which the person writes."""
    return get_object_or_404(queries.applications_of(request.user), number=number)


def page_of(application: Application) -> str:
    """Return the address of the application's own page."""
    return reverse("cabinet:application", args=[application.number])


def crumbs(application: Application | None = None, *rest: str) -> list[tuple[str, str]]:
    """Return the way to a page of an application."""
    way = [("Кабинет", reverse("cabinet:home")), ("Заявки", reverse("cabinet:applications"))]
    if application is not None:
        way.append((application.shown_number, page_of(application)))
    way += [(name, "") for name in rest]
    return [*way[:-1], (way[-1][0], "")]


def organisations_of(request: HttpRequest) -> list[Organisation]:
    """Return the organisations for which the person writes, the acting one first."""
    acting = membership_of(request)
    mine = [m for m in memberships_of(request.user) if m.role in queries.WRITERS]
    mine.sort(key=lambda m: acting is None or m.organisation_id != acting.organisation_id)
    return list({m.organisation_id: m.organisation for m in mine}.values())


@require_safe
def applications(request: HttpRequest) -> HttpResponse:
    """Show what is open to my organisation and what it has already begun or sent."""
    # The list says nothing of what was sent, and a sent passport is a hundred kilobytes.
    at, mine = arrived_at(request), list(queries.applications_of(request.user).defer("version__values"))
    edited = queries.edited_since_sent(mine)
    rows = [
        {
            "application": one,
            "kind": KINDS[one.state],
            "next": next_step(one, at),
            "edited": one.pk in edited,
        }
        for one in mine
    ]
    context = {"offers": _offers(request, mine, at), "rows": rows, "crumbs": crumbs()}
    return render(request, "cabinet/applications.html", context)


def _offers(request: HttpRequest, mine: list[Application], at: datetime) -> list[dict[str, Any]]:
    """Return the open contests, each with the reason why it is closed to all my organisations, if it is."""
    begun = Counter((a.contest_id, a.organisation_id) for a in mine if a.state not in queries.LOST)
    return [
        {"contest": contest, "until": stage.ends_at if stage else None, "reason": reason}
        for contest in queries.contests_open_at(at)
        for stage in [queries.submission_of(contest)]
        for reason in [_reason(organisations_of(request), contest, begun, at)]
    ]


def _reason(
    organisations: list[Organisation], contest: Contest, begun: "Counter[tuple[int, int]]", at: datetime
) -> str:
    reasons = [
        queries.objection_to_start(contest, one, at, begun=begun[contest.pk, one.pk]) for one in organisations
    ]
    if not reasons:
        return "Заявку подаёт руководитель или сотрудник организации."
    return "" if "" in reasons else reasons[0]


@require_safe
def application(request: HttpRequest, number: str) -> HttpResponse:
    """Show one application: what to fill, what was sent, what came of it."""
    one = application_or_404(request, number)
    at = arrived_at(request)
    objection = queries.objection_to_change(one, at)
    context = _state(one, at) | {"objection": objection, "crumbs": crumbs(one)}
    if not objection:
        context |= _tasks(one)
    if one.state in SENT:
        context |= _sent(one)
    context["term"] = term_of(one, context["last"], at)
    return render(request, "cabinet/application.html", context)


def _state(one: Application, at: datetime) -> dict[str, Any]:
    return {
        "application": one,
        "kind": KINDS[one.state],
        "next": next_step(one, at),
        "until": queries.deadline_of(one),
        "may_withdraw": APPLICATION.allows("withdraw", one.state),
        "nominations": list(one.contest.nominations.all()),
        "tasks": [],
        "steps": [],
        "last": None,
    }


def _tasks(one: Application) -> dict[str, Any]:
    """Return the sections with their progress, in the words of a task list."""
    passport = one.project.passport
    values = {field.key: "" for field in projects.fields_in(passport)} | projects.values_of(passport)
    whole = completeness(projects.form_of(passport), values)
    kinds = {"done": "done", "in_progress": "work", "not_started": ""}
    tasks = [
        {
            "title": item.section.title,
            "hint": f"{item.section.hint}. Заполнено {item.filled} из {item.total}",
            "url": reverse("cabinet:section", args=[one.number, item.section.code]),
            "state": item.progress.label,
            "kind": kinds[item.progress.value],
        }
        for item in whole.sections
    ]
    files = len(queries.attachments_of(one))
    return {"tasks": [*tasks, _files_task(one, files)], "whole": whole}


def _files_task(one: Application, files: int) -> dict[str, str]:
    return {
        "title": "Файлы",
        "hint": "Письма, программы, снимки: если их просит положение о конкурсе",
        "url": reverse("cabinet:attachments", args=[one.number]),
        "state": f"Приложено: {files}" if files else "Нет файлов",
        "kind": "done" if files else "",
    }


def _sent(one: Application) -> dict[str, Any]:
    """Return what was sent and what came of it."""
    last = queries.submissions_of(one).first()
    may_be_sent = one.state in (ApplicationState.SUBMITTED, ApplicationState.RETURNED)
    published = one.dossier if one.contest.state == ContestState.FINISHED else None
    told = one.contest.shares_comments
    return {
        "last": last,
        "unsent": may_be_sent and queries.has_unsent_edits(one, last),
        "steps": steps_of(one),
        "verdict": one.checks.first(),
        "papers": queries.papers_of(one),
        "slots": queries.defence_slots_of(one),
        "remarks": remarks_on(published) if told and published else [],
        "conclusions": conclusions_on(published) if told and published else (),
        "judges": judges_of(one),
        "profile": _profile(one),
        "echo": _echo(published),
        "appeal_until": appeal_until(one),
        "appeals": list(appeals_of(one)),
    }


def _echo(published: Dossier | None) -> Echo | None:
    """Return what municipalities said of the work after its defence."""
    echo = echo_on(published) if published else None
    return echo if echo and echo.voices else None


def _profile(one: Application) -> dict[str, Any] | None:
    """Return the marks of the work among those of all works, drawn and told."""
    lines = profile_of(one)
    if not lines:
        return None
    spreads = [
        Spread(_short(line.criterion), (line.own,), line.median, line.low, line.high) for line in lines
    ]
    return {"lines": lines, "plot": spread_plot(spreads, high=max(line.top for line in lines))}


def _short(title: str) -> str:
    return title if len(title) <= LABEL else f"{title[: LABEL - 1].rstrip()}…"


@require_POST
def nomination(request: HttpRequest, number: str) -> HttpResponse:
    """Put the application into another nomination."""
    one = application_or_404(request, number)
    chosen = get_object_or_404(one.contest.nominations, pk=request.POST.get("nomination") or 0)
    return attempt(
        request,
        actions.choose_nomination,
        one,
        nomination=chosen,
        said="Номинация выбрана.",
        then=page_of(one),
    )


@require_POST
def discard(request: HttpRequest, number: str) -> HttpResponse:
    """Go back to what was sent."""
    one = application_or_404(request, number)
    said = "Правки отброшены. В заявке снова то, что вы отправили."
    return attempt(request, actions.discard_edits, one, said=said, then=page_of(one))


def withdraw(request: HttpRequest, number: str) -> HttpResponse:
    """Ask once, then take the application back."""
    one = application_or_404(request, number)
    if request.method != "POST":
        context = {"application": one, "crumbs": crumbs(one, "Отозвать заявку")}
        return render(request, "cabinet/application_withdraw.html", context)
    return attempt(request, actions.withdraw, one, said="Заявка отозвана.", then=page_of(one))


@require_safe
def paper(request: HttpRequest, number: str, name: str) -> HttpResponse:
    """Hand out a paper of the application: a receipt, a letter, a diploma."""
    one = application_or_404(request, number)
    found = next((paper for paper in queries.papers_of(one) if paper.number == name), None)
    return hand_out(found.pdf if found else None, in_place=True)


routes = [
    path("applications/", applications, name="applications"),
    path("applications/<str:number>/", application, name="application"),
    path("applications/<str:number>/nomination/", nomination, name="nomination"),
    path("applications/<str:number>/discard/", discard, name="discard"),
    path("applications/<str:number>/withdraw/", withdraw, name="withdraw"),
    path("applications/<str:number>/papers/<str:name>.pdf", paper, name="paper"),
]
