"""A round of experts: starting it, how it goes, its term, reminders, its end."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from innoset.contests.actions import expertise as actions
from innoset.contests.models import Contest
from innoset.contests.queries import expertise as queries
from innoset.contests.states import ContestState
from innoset.foundation.russian import counted
from innoset.review import actions as review
from innoset.review.models import Round
from innoset.review.queries import progress_of
from innoset.review.queries.rounds import Pace, owing_in
from innoset.review.states import RoundKind, RoundState
from innoset.web.office.contest_frame import crumbs_of
from innoset.web.office.round_frame import Place, place_or_404, run_contest_or_404
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form, MomentField

EXPERTS = ("эксперт", "эксперта", "экспертов")
FIRST = 5


class ReasonForm(Form):
    """Why something is done otherwise than the rules expect."""

    reason = forms.CharField(
        label="Причина", required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class TermForm(Form):
    """The term of a round and how many experts a dossier needs."""

    closes_at = MomentField(label="Срок экспертизы")
    sheets_per_dossier = forms.IntegerField(label="Экспертов на одно дело")


@require_http_methods(["GET", "POST"])
def expertise(request: HttpRequest, code: str) -> HttpResponse:
    """Show where the expertise stands; before it begins, what is ready, and the button."""
    contest = run_contest_or_404(request, code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    page = partial(render, request, "office/expertise.html", _standing(request, contest, form))
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.start_expertise,
        contest,
        reason=form.cleaned_data["reason"],
        said="Заявки переданы экспертам. Теперь соберите комиссию.",
        then=reverse("office:panel", args=[code, RoundKind.REMOTE]),
        form=form,
        on_refusal=page,
    )


def _standing(request: HttpRequest, contest: Contest, form: ReasonForm) -> dict[str, object]:
    places = [Place(contest, one) for one in (contest.remote_round, contest.defence_round) if one]
    return {
        "contest": contest,
        "crumbs": crumbs_of(contest, ("Экспертиза", "")),
        "ready": queries.readiness_of(contest, arrived_at(request)),
        "form": form,
        "rounds": [(place, place.url(), progress_of(place.round)) for place in places],
        "to_defence": contest.state == ContestState.EXPERTISE and contest.has_defence,
        "to_council": contest.state == ContestState.DEFENCE
        or (contest.state == ContestState.EXPERTISE and not contest.has_defence),
        "is_waiting": contest.state == ContestState.OPEN,
    }


@require_http_methods(["GET", "POST"])
def to_council(request: HttpRequest, code: str) -> HttpResponse:
    """Bring the ranking before the council."""
    contest = run_contest_or_404(request, code)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    last = contest.defence_round or contest.remote_round
    context = {
        "contest": contest,
        "form": form,
        "crumbs": crumbs_of(contest, ("Передать совету", "")),
        "progress": progress_of(last) if last else None,
    }
    page = partial(render, request, "office/to_council.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.start_council,
        contest,
        reason=form.cleaned_data["reason"],
        said="Рейтинг передан совету.",
        then=reverse("office:contest", args=[code]),
        form=form,
        on_refusal=page,
    )


@require_http_methods(["GET", "POST"])
def round_(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Show how the round goes; the form changes its term."""
    place = place_or_404(request, code, kind)
    form = TermForm(request.POST if request.method == "POST" else None, initial=_term(place.round))
    if not form.is_valid():
        return _round_page(request, place, form)
    return attempt(
        request,
        review.edit_round,
        place.round,
        **form.cleaned_data,
        said="Срок и число экспертов изменены.",
        then=place.url(),
        form=form,
        on_refusal=lambda: _round_page(request, place, form),
    )


def _term(review_round: Round) -> dict[str, object]:
    return {"closes_at": review_round.closes_at, "sheets_per_dossier": review_round.sheets_per_dossier}


def _round_page(
    request: HttpRequest, place: Place, form: TermForm, end: ReasonForm | None = None
) -> HttpResponse:
    context = place.context(
        "round",
        form=form,
        end=end or ReasonForm(),
        progress=progress_of(place.round),
        is_late=place.round.state == RoundState.OPEN and place.round.closes_at <= arrived_at(request),
    )
    return render(request, "office/round.html", context)


@require_POST
def open_(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Let the experts in."""
    place = place_or_404(request, code, kind)
    return attempt(
        request,
        review.open_round,
        place.round,
        said="Тур открыт. Экспертам отправлены письма с их делами.",
        then=place.url(),
        on_refusal=lambda: _round_page(request, place, TermForm(initial=_term(place.round))),
    )


@require_POST
def close(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """End the round."""
    place, form = place_or_404(request, code, kind), ReasonForm(request.POST)
    page = partial(_round_page, request, place, TermForm(initial=_term(place.round)), form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        review.close_round,
        place.round,
        reason=form.cleaned_data["reason"],
        said="Тур завершён.",
        then=place.url("ranking"),
        form=form,
        on_refusal=page,
    )


@require_POST
def reopen(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Let the experts in again."""
    place = place_or_404(request, code, kind)
    return attempt(
        request,
        review.reopen_round,
        place.round,
        said="Тур снова открыт.",
        then=place.url(),
        on_refusal=lambda: _round_page(request, place, TermForm(initial=_term(place.round))),
    )


@require_safe
def reminder(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Show who would be reminded before anything is sent."""
    place = place_or_404(request, code, kind)
    chosen = request.GET.getlist("expert")
    paces = [pace for pace in owing_in(place.round) if not chosen or str(pace.person.pk) in chosen]
    context = place.context(
        "round", paces=paces, first=[_name(pace) for pace in paces[:FIRST]], others=len(paces) - FIRST
    )
    return render(request, "office/reminder.html", context)


def _name(pace: Pace) -> str:
    return f"{pace.person.full_name}, {pace.person.email}"


@require_POST
def remind(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Send the reminders."""
    place = place_or_404(request, code, kind)
    return attempt(
        request,
        review.remind,
        place.round,
        experts=[int(key) for key in request.POST.getlist("expert") if key.isdigit()],
        said=lambda count: f"Напоминание отправлено: {counted(count, *EXPERTS)}.",
        then=place.url(),
        on_refusal=lambda: _round_page(request, place, TermForm(initial=_term(place.round))),
    )


_ROUND = "contests/<slug:code>/rounds/<slug:kind>/"
routes = [
    path("contests/<slug:code>/expertise/", expertise, name="expertise"),
    path("contests/<slug:code>/to-council/", to_council, name="to_council"),
    path(_ROUND, round_, name="round"),
    path(f"{_ROUND}open/", open_, name="round_open"),
    path(f"{_ROUND}close/", close, name="round_close"),
    path(f"{_ROUND}reopen/", reopen, name="round_reopen"),
    path(f"{_ROUND}reminder/", reminder, name="reminder"),
    path(f"{_ROUND}remind/", remind, name="remind"),
]
