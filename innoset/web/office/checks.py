"""The technical check: the queue of a contest, one application beside its checklist."""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from innoset.contests.actions.checks import check_application
from innoset.contests.models import Application, FormalCheck
from innoset.contests.papers.receipts import rows_of
from innoset.contests.pure.checklist import ITEMS, Mark, proposed
from innoset.contests.queries import applications as application_queries
from innoset.contests.queries import checks as queries
from innoset.contests.queries.contests import stage_of
from innoset.contests.states import OUTCOME_LABELS, ApplicationState, StageKind
from innoset.foundation.policy import may
from innoset.web.office.confirmed import shown
from innoset.web.office.contest_applications import application_or_404, applications_in
from innoset.web.office.contest_frame import contest_or_404, crumbs_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form, MomentField, polish


class CheckForm(Form):
    """The checklist with its remarks, the outcome, the term."""

    outcome = forms.ChoiceField(
        label="Исход",
        choices=[(str(key), label) for key, label in OUTCOME_LABELS.items()],
        widget=forms.RadioSelect,
    )
    mend_by = MomentField(
        label="Исправить до",
        required=False,
        help_text="Только для исхода «На исправление».",
    )
    comment = forms.CharField(
        label="Пояснение",
        max_length=3000,
        required=False,
        widget=forms.Textarea,
        help_text="Войдёт в письмо заявителю.",
    )

    def __init__(self, *args: Any, marks: tuple[Mark, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for mark in marks:
            tick = forms.BooleanField(label=mark.title, required=False, initial=mark.is_met)
            note = forms.CharField(
                label=f"Замечание: {mark.title.lower()}", max_length=500, required=False, initial=mark.note
            )
            self.fields[f"met_{mark.code}"], self.fields[f"note_{mark.code}"] = tick, note
            polish(f"note_{mark.code}", note)

    @property
    def lines(self) -> Iterator[tuple[Any, Any, str]]:
        """Yield the tick, the remark and the hint of every requirement."""
        for item in ITEMS:
            yield self[f"met_{item.code}"], self[f"note_{item.code}"], item.hint

    @property
    def checklist(self) -> list[dict[str, object]]:
        """Return the filled checklist as it is kept."""
        data = self.cleaned_data
        marks = (
            Mark(one.code, one.title, data[f"met_{one.code}"], data[f"note_{one.code}"].strip())
            for one in ITEMS
        )
        return [mark.as_row() for mark in marks]


def checks(request: HttpRequest, code: str) -> HttpResponse:
    """Show what waits for the check and what was sent back."""
    contest = contest_or_404(request, code)
    found = applications_in(contest)
    now = arrived_at(request)
    context = {
        "contest": contest,
        "waiting": queries.waiting_for_check(found).order_by("submitted_at", "id"),
        "returned": found.filter(state=ApplicationState.RETURNED).order_by("mend_by", "id"),
        "now": now,
        "stage": stage_of(contest, StageKind.CHECK),
        "crumbs": crumbs_of(contest, ("Техническая экспертиза", "")),
    }
    return render(request, "office/checks.html", context)


def check(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Show an application beside the checklist that the machine proposes; record the outcome."""
    application = application_or_404(request, code, number)
    if not _may_check(request, application):
        return redirect("office:application", code, number)
    form = CheckForm(request.POST or None, marks=proposed(queries.facts_of(application)))
    page = partial(render, request, "office/check.html", _context(application, form))
    if not form.is_valid():
        return page()
    data = form.cleaned_data
    return attempt(
        request,
        check_application,
        application,
        outcome=data["outcome"],
        checklist=form.checklist,
        comment=data["comment"],
        mend_by=data["mend_by"],
        said=lambda made: (
            f"{application.shown_number}: {made.get_outcome_display().lower()}. Письмо отправлено."
        ),
        then=_next,
        form=form,
        on_refusal=page,
    )


def _may_check(request: HttpRequest, application: Application) -> bool:
    """Tell whether there is anything for this person to decide here."""
    is_there = application.state in {ApplicationState.SUBMITTED, ApplicationState.RETURNED}
    return is_there and may(request.user, "contests.check_application", application)


def _context(application: Application, form: CheckForm) -> dict[str, Any]:
    contest = application.contest
    return {
        "application": application,
        "contest": contest,
        "form": form,
        "rows": list(rows_of(application.version)) if application.version else [],
        "attachments": application_queries.attachments_of(application),
        "remote": stage_of(contest, StageKind.REMOTE),
        "waiting": _others(application).count(),
        "crumbs": crumbs_of(
            contest,
            ("Техническая экспертиза", reverse("office:checks", args=[contest.code])),
            (application.shown_number, ""),
        ),
    } | shown(application)


def _others(application: Application) -> QuerySet[Application]:
    waiting = queries.waiting_for_check(applications_in(application.contest))
    return waiting.exclude(pk=application.pk).order_by("submitted_at", "id")


def _next(made: FormalCheck) -> str:
    """Go on to the application that has waited longest, or back to the queue when none is left."""
    application = made.application
    code = application.contest.code
    following = _others(application).first()
    if following is None:
        return reverse("office:checks", args=[code])
    return reverse("office:check", args=[code, following.number])


routes = [
    path("contests/<slug:code>/checks/", checks, name="checks"),
    path("contests/<slug:code>/applications/<str:number>/check/", check, name="check"),
]
