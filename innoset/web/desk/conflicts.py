"""Step nought: before the text opens, the expert says whether there is a conflict of interest."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.http import require_http_methods

from innoset.review import actions
from innoset.review.states import CONFLICT_GROUNDS, AssignmentState
from innoset.web.desk.places import assignment_or_404, may_write, sheet_of, url_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

NONE = "none"


class ConflictForm(Form):
    """No conflict, or which one."""

    ground = forms.ChoiceField(
        label="Есть ли у вас конфликт интересов",
        choices=[(NONE, "Конфликта нет"), *CONFLICT_GROUNDS.items()],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label="Пояснение", required=False, max_length=500)


@require_http_methods(["GET", "POST"])
def conflict(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Ask about the conflict; one that is found later is declared here too."""
    assignment = assignment_or_404(request, kind, code)
    form = ConflictForm(request.POST if request.method == "POST" else None)
    is_later = assignment.state == AssignmentState.CLEARED
    context = {
        "assignment": assignment,
        "form": form,
        "is_later": is_later,
        "grounds": list(CONFLICT_GROUNDS.items()),
        "has_sheet": sheet_of(assignment) is not None,
        "may_write": may_write(assignment.round),
    }
    page = partial(render, request, "desk/conflict.html", context)
    if not form.is_valid():
        return page()
    ground = form.cleaned_data["ground"]
    if is_later and ground == NONE:
        return redirect(url_of(assignment))
    return attempt(
        request,
        actions.declare,
        assignment,
        ground="" if ground == NONE else ground,
        note=form.cleaned_data["note"],
        said="" if ground == NONE else "Самоотвод принят. Дело передадут другому эксперту.",
        then=url_of(assignment) if ground == NONE else "desk:home",
        form=form,
        on_refusal=page,
    )


routes = [path("dossiers/<slug:kind>/<str:code>/conflict/", conflict, name="conflict")]
