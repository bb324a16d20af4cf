"""Pages of the builder: general, nominations, terms, rules, consents."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.forms import BaseFormSet, formset_factory
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse

from innoset.contests.actions import contests as actions
from innoset.contests.models import Contest
from innoset.contests.queries import contests as queries
from innoset.web.office.contest_forms import (
    CalendarForm,
    ConsentsForm,
    GeneralForm,
    NominationForm,
    RegulationForm,
    RulesForm,
)
from innoset.web.office.contest_frame import PARTS, contest_or_404, crumbs_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import hand_out

SPARE_ROWS = 3
Nominations = formset_factory(NominationForm, extra=SPARE_ROWS, max_num=40, absolute_max=60)


def _page(
    request: HttpRequest, contest: Contest, part: str, form: object, **more: Any
) -> Callable[[], HttpResponse]:
    """Return the page of a part, ready to be shown, or shown again with what is wrong."""
    title = PARTS[part]
    context = {"contest": contest, "title": title, "form": form, "crumbs": crumbs_of(contest, (title, ""))}
    return partial(render, request, f"office/contest_{part}.html", context | more)


def _after(contest: Contest) -> str:
    return reverse("office:contest", args=[contest.code])


def general(request: HttpRequest, code: str) -> HttpResponse:
    """Say what the contest is, for whom, after which form."""
    contest = contest_or_404(request, code)
    form = GeneralForm(request.POST or None, contest=contest, initial=GeneralForm.initial_of(contest))
    page = _page(request, contest, "general", form, regulation_form=RegulationForm())
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_contest,
        contest,
        changes=form.cleaned_data,
        said="Общие сведения сохранены.",
        then=_after,
        form=form,
        on_refusal=page,
    )


def regulation(request: HttpRequest, code: str) -> HttpResponse:
    """Take the file with the regulation, or hand it out."""
    contest = contest_or_404(request, code)
    if request.method != "POST":
        return hand_out(contest.regulation, to=request.user)
    form = RegulationForm(request.POST, request.FILES)
    now = GeneralForm(contest=contest, initial=GeneralForm.initial_of(contest))
    page = _page(request, contest, "general", now, regulation_form=form)
    if not form.is_valid():
        return page()
    file = form.cleaned_data["file"]
    return attempt(
        request,
        actions.attach_regulation,
        contest,
        data=file.read(),
        name=file.name,
        said="Положение приложено.",
        then=reverse("office:contest_general", args=[code]),
        form=form,
        on_refusal=page,
    )


def nominations(request: HttpRequest, code: str) -> HttpResponse:
    """Name the nominations, put them into order, give each its quota."""
    contest = contest_or_404(request, code)
    rows = [{"title": one.title, "quota": one.quota} for one in contest.nominations.all()]
    forms: BaseFormSet[NominationForm] = Nominations(request.POST or None, initial=rows)
    page = _page(request, contest, "nominations", forms)
    if not forms.is_valid():
        return page()
    wanted = [form.cleaned_data for form in forms if form.cleaned_data.get("title", "").strip()]
    return attempt(
        request,
        actions.set_nominations,
        contest,
        nominations=_moved([(one["title"], one["quota"]) for one in wanted], request.POST.get("up", "")),
        said="Номинации сохранены.",
        then=request.path if "up" in request.POST else reverse("office:contest", args=[code]),
        on_refusal=page,
    )


def _moved(rows: list[tuple[str, int | None]], up: str) -> list[tuple[str, int | None]]:
    """Put the row with this number one place higher."""
    place = int(up) if up.isdecimal() else 0
    if 0 < place < len(rows):
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    return rows


def calendar(request: HttpRequest, code: str) -> HttpResponse:
    """Set the exact times of the stages."""
    contest = contest_or_404(request, code)
    plan = queries.plan_of(contest)
    form = CalendarForm(request.POST or None, contest=contest, initial=CalendarForm.initial_of(plan))
    page = _page(request, contest, "calendar", form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.set_calendar,
        contest,
        stages=form.stages({stage.kind: stage.title for stage in plan}),
        said="Сроки сохранены.",
        then=reverse("office:contest", args=[code]),
        form=form,
        on_refusal=page,
    )


def rules(request: HttpRequest, code: str) -> HttpResponse:
    """Set thresholds, quotas and how applications are read."""
    contest = contest_or_404(request, code)
    initial = {name: getattr(contest, name) for name in RulesForm.base_fields}
    form = RulesForm(request.POST or None, most=queries.most_points_of(contest), initial=initial)
    page = _page(request, contest, "rules", form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_contest,
        contest,
        changes=form.cleaned_data,
        said="Правила сохранены.",
        then=reverse("office:contest", args=[code]),
        form=form,
        on_refusal=page,
    )


def consents(request: HttpRequest, code: str) -> HttpResponse:
    """Choose what applicants agree to."""
    contest = contest_or_404(request, code)
    form = ConsentsForm(
        request.POST or None, contest=contest, initial={"consents": list(contest.consents.all())}
    )
    page = _page(request, contest, "consents", form, texts=form.fields["consents"].queryset)  # type: ignore[attr-defined]  # a field of models has one
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.set_consents,
        contest,
        **form.cleaned_data,
        said="Согласия сохранены.",
        then=reverse("office:contest", args=[code]),
        form=form,
        on_refusal=page,
    )


routes = [
    path("contests/<slug:code>/general/", general, name="contest_general"),
    path("contests/<slug:code>/regulation/", regulation, name="contest_regulation"),
    path("contests/<slug:code>/nominations/", nominations, name="contest_nominations"),
    path("contests/<slug:code>/calendar/", calendar, name="contest_calendar"),
    path("contests/<slug:code>/rules/", rules, name="contest_rules"),
    path("contests/<slug:code>/consents/", consents, name="contest_consents"),
]
