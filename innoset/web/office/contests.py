"""Contests of the office: the list, a new one from a template, its overview, its publication."""

from functools import partial
from typing import Any

from django import forms
from django.db.models import Count, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from innoset.contests.actions import contests as actions
from innoset.contests.models import Contest
from innoset.contests.pure import calendar
from innoset.contests.pure.template import TEMPLATES
from innoset.contests.queries import contests as queries
from innoset.contests.queries import deadlines
from innoset.contests.states import CONTEST, SENT, ContestState, StageKind
from innoset.foundation.calendar import SchoolYear
from innoset.foundation.policy import may
from innoset.network.models import Organisation
from innoset.network.queries import organisation_ids_of
from innoset.network.states import Role
from innoset.web.acting import membership_of
from innoset.web.office.contest_frame import (
    contest_or_404,
    crumbs_of,
    name_of,
    tasks_of,
    whole_contest_or_404,
    work_on,
)
from innoset.web.office.funnel import funnels_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

KINDS = {
    ContestState.DRAFT: "",
    ContestState.OPEN: "good",
    ContestState.EXPERTISE: "work",
    ContestState.DEFENCE: "work",
    ContestState.COUNCIL: "work",
    ContestState.FINISHED: "done",
    ContestState.CANCELLED: "bad",
}
RUNNING = (ContestState.OPEN, ContestState.EXPERTISE, ContestState.DEFENCE, ContestState.COUNCIL)
TABS = {
    "running": ("Идут", RUNNING),
    "draft": ("Черновики", (ContestState.DRAFT,)),
    "over": ("Завершены", (ContestState.FINISHED, ContestState.CANCELLED)),
}


class NewContestForm(Form):
    """What one step needs to make a complete draft."""

    template = forms.ChoiceField(
        label="Шаблон",
        choices=[(one.code, one.title) for one in TEMPLATES],
        widget=forms.RadioSelect,
        help_text="Номинации, сроки, критерии и правила появятся сами. Их можно изменить.",
    )
    school_year = forms.TypedChoiceField(label="Учебный год", coerce=int)
    organiser = forms.ModelChoiceField(label="Организатор", queryset=Organisation.objects.none())
    title = forms.CharField(
        label="Название", max_length=300, required=False, help_text="Оставьте пустым, и название даст шаблон."
    )

    def __init__(self, *args: Any, organisers: QuerySet[Organisation], year: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        years = [(number, str(SchoolYear(number))) for number in (year, year + 1)]
        self.fields["school_year"].choices = years  # type: ignore[attr-defined]  # a field of choices has them
        self.fields["organiser"].queryset = organisers  # type: ignore[attr-defined]  # a field of models has one


class CancelForm(Form):
    """Why a contest is cancelled."""

    reason = forms.CharField(
        label="Почему конкурс отменён",
        max_length=500,
        widget=forms.Textarea,
        help_text="Причину прочтут участники и посетители сайта.",
    )


def contests(request: HttpRequest) -> HttpResponse:
    """List the contests that the person runs, by what they are in now."""
    visible = queries.with_stages(queries.contests_visible_to(request.user))
    tab = request.GET.get("tab", "running")
    title, states = TABS.get(tab, TABS["running"])
    rows = visible.filter(state__in=states).annotate(
        sent=Count("applications", filter=Q(applications__state__in=SENT))
    )
    counts = dict(visible.order_by().values_list("state").annotate(Count("id")))
    context = {
        "rows": [(one, KINDS[ContestState(one.state)], name_of(one)) for one in rows],
        "tabs": [_tab(key, counts, chosen=title) for key in TABS],
        "may_make": _may_make(request),
    }
    return render(request, "office/contests.html", context)


def _tab(key: str, counts: dict[str, int], *, chosen: str) -> dict[str, Any]:
    title, states = TABS[key]
    count = sum(counts.get(state, 0) for state in states)
    return {"title": title, "url": f"?tab={key}", "count": count, "current": title == chosen}


def _organisers(request: HttpRequest) -> QuerySet[Organisation]:
    if request.user.is_superuser:
        return Organisation.objects.filter(contests__isnull=False).distinct()
    return Organisation.objects.filter(pk__in=organisation_ids_of(request.user, Role.ORGANISER))


def _may_make(request: HttpRequest) -> bool:
    return bool(organisation_ids_of(request.user, Role.ORGANISER)) or request.user.is_superuser


def new(request: HttpRequest) -> HttpResponse:
    """Make a complete draft from a template in one step."""
    acting = membership_of(request)
    organisers = _organisers(request)
    year = SchoolYear.of(timezone.localdate()).start
    initial = {"template": TEMPLATES[0].code, "school_year": year}
    initial["organiser"] = acting.organisation_id if acting else None
    form = NewContestForm(request.POST or None, organisers=organisers, year=year, initial=initial)
    crumbs = [("Конкурсы", reverse("office:contests")), ("Новый конкурс", "")]
    page = partial(render, request, "office/contest_new.html", {"form": form, "crumbs": crumbs})
    if not form.is_valid():
        return page()
    given = dict(form.cleaned_data)
    template = given.pop("template")
    return attempt(
        request,
        actions.make_contest,
        Contest(**given),
        template=template,
        said="Черновик готов. Проверьте его части и опубликуйте.",
        then=lambda made: reverse("office:contest", args=[made.code]),
        form=form,
        on_refusal=page,
    )


def contest(request: HttpRequest, code: str) -> HttpResponse:
    """Show how a contest stands: its parts, its funnel, what can be done."""
    found = whole_contest_or_404(request, code)
    gaps = queries.gaps(found)
    context = {
        "contest": found,
        "name": name_of(found),
        "kind": KINDS[ContestState(found.state)],
        "tasks": tasks_of(found, gaps),
        "gaps": gaps,
        "funnel": funnels_of([found])[0],
        "steps": calendar.steps(deadlines.plan_as_it_goes(found), arrived_at(request)),
        "links": work_on(found),
        "moves": {move.name for move in CONTEST.open_moves(found.state)},
        "may_edit": may(request.user, "contests.edit_contest", found),
        "crumbs": crumbs_of(found),
    }
    return render(request, "office/contest.html", context)


def publish(request: HttpRequest, code: str) -> HttpResponse:
    """Show what is missing, or publish."""
    found = whole_contest_or_404(request, code)
    gaps = queries.gaps(found)
    page = partial(
        render,
        request,
        "office/contest_publish.html",
        {
            "contest": found,
            "name": name_of(found),
            "gaps": [(gap.text, reverse(f"office:contest_{gap.part}", args=[code])) for gap in gaps],
            "is_draft": found.state == ContestState.DRAFT,
            "submission": queries.stage_of(found, StageKind.SUBMISSION),
            "crumbs": crumbs_of(found, ("Публикация", "")),
        },
    )
    if request.method != "POST":
        return page()
    return attempt(
        request,
        actions.publish,
        found,
        said="Конкурс опубликован. Его страница открыта для всех.",
        then=reverse("office:contest", args=[code]),
        on_refusal=page,
    )


@require_POST
def unpublish(request: HttpRequest, code: str) -> HttpResponse:
    """Take a contest back to a draft."""
    return attempt(
        request,
        actions.unpublish,
        contest_or_404(request, code),
        said="Конкурс снова черновик. На сайте его нет.",
        then=reverse("office:contest", args=[code]),
    )


def cancel(request: HttpRequest, code: str) -> HttpResponse:
    """Ask why, and cancel."""
    found = contest_or_404(request, code)
    form = CancelForm(request.POST or None)
    page = partial(
        render,
        request,
        "office/contest_cancel.html",
        {
            "contest": found,
            "form": form,
            "live": queries.live_applications(found).count(),
            "crumbs": crumbs_of(found, ("Отмена", "")),
        },
    )
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.cancel,
        found,
        **form.cleaned_data,
        said="Конкурс отменён. Участникам отправлены письма.",
        then=reverse("office:contest", args=[code]),
        form=form,
        on_refusal=page,
    )


@require_POST
def copy(request: HttpRequest, code: str) -> HttpResponse:
    """Repeat a contest in the next school year."""
    return attempt(
        request,
        actions.copy_contest,
        contest_or_404(request, code),
        said="Создан черновик на следующий учебный год. Проверьте сроки и опубликуйте.",
        then=lambda made: reverse("office:contest", args=[made.code]),
    )


routes = [
    path("contests/", contests, name="contests"),
    path("contests/new/", new, name="contest_new"),
    path("contests/<slug:code>/", contest, name="contest"),
    path("contests/<slug:code>/publish/", publish, name="contest_publish"),
    path("contests/<slug:code>/unpublish/", unpublish, name="contest_unpublish"),
    path("contests/<slug:code>/cancel/", cancel, name="contest_cancel"),
    path("contests/<slug:code>/copy/", copy, name="contest_copy"),
]
