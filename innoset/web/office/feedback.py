"""What municipalities say of the works defended: forms for them, a summary for those who run the contest."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from innoset.contests.models import Contest
from innoset.network.models import Municipality
from innoset.review import actions
from innoset.review.models import DefenceFeedback, DefenceSlot, Round
from innoset.review.queries import feedback as queries
from innoset.review.queries.live import rounds_conducted_by
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

USEFULNESS = (
    ("5", "5 — возьмём в работу"),
    ("4", "4 — полезно"),
    ("3", "3 — полезно частично"),
    ("2", "2 — мало что подойдёт"),
    ("1", "1 — нам не подойдёт"),
)


class FeedbackForm(Form):
    """How useful, whether to come, in words; and for which municipality where there are several."""

    municipality = forms.ModelChoiceField(label="От муниципалитета", queryset=Municipality.objects.none())
    usefulness = forms.TypedChoiceField(
        label="Насколько это полезно вашему муниципалитету",
        choices=USEFULNESS,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    wants_visit = forms.BooleanField(label="Хотим приехать или перенять", required=False)
    text = forms.CharField(
        label="Отзыв", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )

    def __init__(self, *args: Any, places: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["municipality"].queryset = places  # type: ignore[attr-defined]  # a choice of rows


@dataclass(frozen=True, slots=True)
class Work:
    """One defended work on the list: what was said already, or why nothing may be said."""

    slot: DefenceSlot
    said: DefenceFeedback | None
    is_own: bool


def _speaking_or_404(request: HttpRequest, code: str) -> Round:
    """Return a defence of whose works the person may speak."""
    return get_object_or_404(queries.rounds_open_to_feedback(request.user), defence_contest__code=code)


@require_safe
def contests(request: HttpRequest) -> HttpResponse:
    """List the defences that the person may speak of, and those whose echo the person may read."""
    spoken = queries.rounds_open_to_feedback(request.user)
    run = rounds_conducted_by(request.user)
    found = Contest.objects.order_by("-created_at", "-pk")
    context = {
        "spoken": found.filter(defence_round__in=spoken),
        "run": found.filter(defence_round__in=run),
    }
    return render(request, "office/feedback_contests.html", context)


@require_safe
def works(request: HttpRequest, code: str) -> HttpResponse:
    """List the works of a defence with what the person has said of them."""
    here = _speaking_or_404(request, code)
    said, own = queries.own_feedback(here, request.user), set(queries.speaks_for(here, request.user))
    listed = [
        Work(slot, said.get(slot.dossier_id), {slot.dossier.organisation.municipality_id} >= own)
        for slot in queries.defended_in(here)
    ]
    return render(request, "office/feedback_works.html", {"code": code, "round": here, "works": listed})


@require_http_methods(["GET", "POST"])
def work(request: HttpRequest, code: str, dossier: str) -> HttpResponse:
    """Say how useful one work is."""
    here = _speaking_or_404(request, code)
    slot = next((one for one in queries.defended_in(here) if one.dossier.code == dossier), None)
    if slot is None:
        raise Http404
    places = queries.municipalities_for(here, request.user)
    places = places.exclude(pk=slot.dossier.organisation.municipality_id)
    said = queries.own_feedback(here, request.user).get(slot.dossier_id)
    form = FeedbackForm(
        request.POST if request.method == "POST" else None, places=places, initial=_initial(said, places)
    )
    context = {"code": code, "round": here, "slot": slot, "form": form, "may_speak": places.exists()}
    page = partial(render, request, "office/feedback_work.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.give_feedback,
        here,
        dossier=slot.dossier,
        **form.cleaned_data,
        said=f"{dossier}: отзыв сохранён.",
        then=reverse("office:feedback", args=[code]),
        form=form,
        on_refusal=page,
    )


def _initial(said: DefenceFeedback | None, places: Any) -> dict[str, Any]:
    if said is None:
        return {"municipality": places.first()}
    names = ("municipality", "usefulness", "wants_visit", "text")
    return {name: getattr(said, name) for name in names}


@require_safe
def summary(request: HttpRequest, code: str) -> HttpResponse:
    """Show those who run the contest what was said of every work, the most useful first."""
    contest = get_object_or_404(
        Contest.objects.select_related("defence_round"),
        code=code,
        defence_round__in=rounds_conducted_by(request.user),
    )
    here = contest.defence_round
    if here is None:
        raise Http404
    rows = queries.best_first(queries.defended_in(here), queries.echoes_of(here))
    return render(request, "office/feedback_summary.html", {"contest": contest, "rows": rows})


routes = [
    path("feedback/", contests, name="feedback_contests"),
    path("feedback/<slug:code>/", works, name="feedback"),
    path("feedback/<slug:code>/summary/", summary, name="feedback_summary"),
    path("feedback/<slug:code>/works/<str:dossier>/", work, name="feedback_work"),
]
