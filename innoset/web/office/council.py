"""The council's pages: who sits, the decision table, a decision, the minutes."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from innoset.contests.actions import council as actions
from innoset.contests.models import Contest, Council, RankingSnapshot, Sitting
from innoset.contests.papers.rankings import signed_file
from innoset.contests.pure.voting import Votes
from innoset.contests.queries import council as queries
from innoset.contests.queries.standing import FinalRow, final_standing
from innoset.contests.states import DECISION_LABELS, ContestState, Decision, SittingState
from innoset.review import actions as review
from innoset.web.office import ballots, council_table
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import bytes_as_file, hand_out
from innoset.web.ui.forms import Form, MomentField


class SittingForm(Form):
    """When and where the council sits."""

    council = forms.ModelChoiceField(label="Совет", queryset=Council.objects.none())
    number = forms.CharField(label="Номер протокола", max_length=40)
    held_at = MomentField(label="Время заседания")
    place = forms.CharField(label="Место", max_length=200, required=False)
    is_secret = forms.BooleanField(
        label="Голосование тайное",
        required=False,
        help_text="Каждый голосует со своего места. Кто как проголосовал, не узнает никто. Потом не изменить.",
    )


class DecisionForm(Form):
    """One decision with its votes."""

    decision = forms.ChoiceField(
        label="Решение", choices=list(DECISION_LABELS.items()), widget=forms.RadioSelect
    )
    votes_for = forms.IntegerField(label="За", min_value=0)
    votes_against = forms.IntegerField(label="Против", min_value=0)
    votes_abstained = forms.IntegerField(label="Воздержались", min_value=0)
    reason = forms.CharField(
        label="Причина",
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text="Обязательна, если решение отступает от рейтинга. Войдёт в протокол.",
    )


class RecusalForm(Form):
    """A member who takes no part in one decision."""

    seat = forms.ChoiceField(label="Член совета")
    reason = forms.CharField(label="Причина самоотвода", max_length=300)


class LineForm(Form):
    """Where the cut line lies."""

    line = forms.IntegerField(label="Черта после места", min_value=0, max_value=1000, required=False)


def _contest(request: HttpRequest, code: str) -> Contest:
    return get_object_or_404(queries.contests_at_council_visible_to(request.user), code=code)


def _sitting(request: HttpRequest, code: str) -> Sitting:
    found = queries.sittings_visible_to(request.user).filter(contest__code=code)
    sitting = found.order_by("-id").first()
    if sitting is None:
        raise Http404
    return sitting


def room(request: HttpRequest, code: str) -> HttpResponse:
    """Show the decision room of a contest: the plan, the sitting or the minutes; rules may be tried by the address."""
    sitting = queries.room_visible_to(request.user, code)
    if sitting is None:
        return plan(request, code)
    context = council_table.context_of(sitting.contest, sitting, request.user, request.GET)
    if "projector" in request.GET:
        return render(request, "office/council_projector.html", context)
    return render(request, "office/council_room.html", context)


def plan(request: HttpRequest, code: str) -> HttpResponse:
    """Appoint a sitting."""
    contest = _contest(request, code)
    initial = {"number": contest.sittings.count() + 1, "place": contest.organiser.municipality.centre}
    form = SittingForm(request.POST or None, initial=initial)
    councils = queries.councils_visible_to(request.user).filter(is_active=True)
    form.fields["council"].queryset = councils  # type: ignore[attr-defined]  # a field of models has one
    page = partial(
        render,
        request,
        "office/council_plan.html",
        {
            "form": form,
            "contest": contest,
            "is_time": contest.state == ContestState.COUNCIL,
            "has_council": councils.exists(),
            "crumbs": council_table.crumbs_of(contest, "Совет"),
        },
    )
    if not form.is_valid():
        return page()
    sitting = Sitting(contest=contest, **form.cleaned_data)
    url = reverse("office:council_room", args=[code])
    return attempt(
        request,
        actions.plan_sitting,
        sitting,
        said="Заседание назначено.",
        then=url,
        form=form,
        on_refusal=page,
    )


@require_POST
def presence(request: HttpRequest, code: str) -> HttpResponse:
    """Save who is there."""
    present = {int(value) for value in request.POST.getlist("present") if value.isdigit()}
    return _do(request, code, actions.mark_presence, said="Состав присутствующих сохранён.", present=present)


@require_POST
def open_room(request: HttpRequest, code: str) -> HttpResponse:
    """Open the sitting."""
    return _do(request, code, actions.open_sitting, said="Заседание открыто. Можно принимать решения.")


@require_POST
def line(request: HttpRequest, code: str) -> HttpResponse:
    """Move the cut line."""
    form = LineForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Черта не передвинута: впишите место числом от 0 до 1000.")
        return redirect("office:council_room", code)
    url = reverse("office:council_room", args=[code])
    return attempt(
        request,
        actions.set_line,
        _sitting(request, code),
        line=form.cleaned_data["line"],
        said="Черта передвинута.",
        then=f"{url}?projector=1" if "projector" in request.POST else f"{url}#line",
    )


@require_POST
def resolve_rest(request: HttpRequest, code: str) -> HttpResponse:
    """Record the rest by the order of places."""
    return _do(
        request, code, actions.resolve_by_rules, said="Решения по рейтингу записаны. Проверьте их в таблице."
    )


@require_POST
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Close the sitting and print the minutes."""
    return _do(request, code, actions.close_sitting, said="Заседание закрыто, протокол составлен.")


def _do(request: HttpRequest, code: str, deed: Any, *, said: str, **facts: Any) -> HttpResponse:
    url = reverse("office:council_room", args=[code])
    return attempt(request, deed, _sitting(request, code), said=said, then=url, **facts)


def _row(sitting: Sitting, number: str) -> FinalRow:
    rows = final_standing(sitting.contest, sitting)
    found = next((row for row in rows if row.application.number == number), None)
    if found is None:
        raise Http404
    return found


def _decision_page(
    request: HttpRequest, sitting: Sitting, row: FinalRow, form: Form, recusal: Form
) -> HttpResponse:
    context = council_table.decision_context(sitting, row, request.user)
    return render(
        request,
        "office/council_decision.html",
        {
            **context,
            **ballots.ballot_context(sitting, row.application),
            "form": form,
            "recusal": recusal,
            "forms": [form, recusal],
        },
    )


def _decision_form(sitting: Sitting, row: FinalRow, data: Any) -> DecisionForm:
    done = sitting.resolutions.filter(application=row.application).first()
    voters = queries.voters_on(sitting, row.application)
    initial: dict[str, Any] = {
        "decision": Decision.GRANT if row.is_above_line else Decision.DECLINE,
        "votes_for": voters if row.is_above_line else 0,
        "votes_against": 0 if row.is_above_line else voters,
        "votes_abstained": 0,
    }
    if done:
        initial = {name: getattr(done, name) for name in (*initial, "reason")}
    return DecisionForm(data, initial=initial)


def _recusal_form(sitting: Sitting, data: Any) -> RecusalForm:
    form = RecusalForm(data, prefix="recusal")
    seats = [(str(seat.pk), seat.person.full_name) for seat in queries.present_seats(sitting)]
    form.fields["seat"].choices = [("", "Выберите"), *seats]  # type: ignore[attr-defined]  # a choice has them
    return form


def decide(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Show one application before the council and record the decision on it."""
    sitting = _sitting(request, code)
    row = _row(sitting, number)
    form = _decision_form(sitting, row, request.POST or None)
    page = partial(_decision_page, request, sitting, row, form, _recusal_form(sitting, None))
    if not form.is_valid():
        return page()
    facts = form.cleaned_data
    votes = Votes(facts["votes_for"], facts["votes_against"], facts["votes_abstained"])
    return attempt(
        request,
        actions.resolve,
        sitting,
        application=row.application,
        decision=Decision(facts["decision"]),
        votes=votes,
        reason=facts["reason"],
        said=f"Решение по заявке {row.application.shown_number} записано.",
        then=reverse("office:council_room", args=[code]),
        form=form,
        on_refusal=page,
    )


@require_POST
def recuse(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Record a recusal."""
    sitting = _sitting(request, code)
    row = _row(sitting, number)
    form = _recusal_form(sitting, request.POST)
    page = partial(_decision_page, request, sitting, row, _decision_form(sitting, row, None), form)
    if not form.is_valid():
        return page()
    seat = next(seat for seat in queries.present_seats(sitting) if str(seat.pk) == form.cleaned_data["seat"])
    return attempt(
        request,
        actions.record_recusal,
        sitting,
        seat=seat,
        application=row.application,
        reason=form.cleaned_data["reason"],
        said="Самоотвод записан.",
        then=reverse("office:council_decision", args=[code, number]),
        form=form,
        on_refusal=page,
    )


@require_POST
def calibrate(request: HttpRequest, code: str) -> HttpResponse:
    """Reckon how strict the experts were."""
    contest = _contest(request, code)
    if contest.remote_round is None:
        raise Http404
    url = reverse("office:council_room", args=[code])
    said = "Поправка на строгость экспертов рассчитана."
    return attempt(request, review.calibrate, contest.remote_round, said=said, then=url)


def ranking_file(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the sealed ranking with its log: anybody can reckon it again."""
    snapshot = get_object_or_404(
        RankingSnapshot.objects.filter(contest=_contest(request, code)).order_by("-number")[:1]
    )
    data = signed_file(snapshot).encode()
    return bytes_as_file(data, name=f"Рейтинг {code} {snapshot.number}.json", media_type="application/json")


def minutes_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Hand out the minutes; before the end the secretary gets a draft of what is resolved so far."""
    sitting = _sitting(request, code)
    if sitting.minutes is None or sitting.state != SittingState.CLOSED:
        return council_table.draft_minutes(sitting, kind, at=arrived_at(request))
    return hand_out(sitting.minutes.docx if kind == "docx" else sitting.minutes.pdf, in_place=True)


routes = [
    path("contests/<slug:code>/council/", room, name="council_room"),
    path("contests/<slug:code>/council/plan/", plan, name="council_plan"),
    path("contests/<slug:code>/council/presence/", presence, name="council_presence"),
    path("contests/<slug:code>/council/open/", open_room, name="council_open"),
    path("contests/<slug:code>/council/line/", line, name="council_line"),
    path("contests/<slug:code>/council/rest/", resolve_rest, name="council_rest"),
    path("contests/<slug:code>/council/close/", close, name="council_close"),
    path("contests/<slug:code>/council/minutes.<str:kind>", minutes_file, name="council_minutes"),
    path("contests/<slug:code>/council/calibrate/", calibrate, name="council_calibrate"),
    path("contests/<slug:code>/council/ranking.json", ranking_file, name="council_ranking"),
    *ballots.routes,
    path("contests/<slug:code>/council/<str:number>/", decide, name="council_decision"),
    path("contests/<slug:code>/council/<str:number>/recuse/", recuse, name="council_recuse"),
]
