"""The round in figures: severity and fit of experts, agreement, pace, what a calibration changes."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from innoset.accounts.models import User
from innoset.foundation.files.kinds import CSV
from innoset.foundation.russian import MOSCOW
from innoset.review.actions.calibrations import calibrate
from innoset.review.models import Round
from innoset.review.pure.calibration import TooLittle, additive, replay
from innoset.review.pure.calibration.additive import QUANTILE
from innoset.review.pure.calibration.exports import result_text
from innoset.review.pure.calibration.words import (
    METHOD_LABELS,
    criterion_in_words,
    fit_in_words,
    lines_of_agreement,
    severity_in_words,
)
from innoset.review.pure.pace import Pace
from innoset.review.queries.calibrations import Calibrated, evidence_of, letters_in
from innoset.review.queries.pace import pace_in
from innoset.web.office.calibrated import view_of
from innoset.web.office.round_frame import Place, place_or_404
from innoset.web.ui.attempt import attempt
from innoset.web.ui.charts import Curve, Heat, Plot, Spread, heat_strip, share_curve, spread_plot
from innoset.web.ui.download import bytes_as_file
from innoset.web.ui.forms import Form

TEXT = "text/x-python"


class MethodForm(Form):
    """How to reckon."""

    method = forms.ChoiceField(label="Способ", choices=list(METHOD_LABELS.items()), initial="additive")


@dataclass(frozen=True, slots=True)
class ExpertLine:
    """An expert in the table: who, under which letter, how severe, how even."""

    name: str
    letter: str
    count: int
    severity: float
    low: float
    high: float
    said: str
    infit: float | None
    outfit: float | None
    fit: str


@dataclass(frozen=True, slots=True)
class CriterionLine:
    """A criterion in the table."""

    key: str
    measure: float
    low: float
    high: float
    said: str
    infit: float
    fit: str


@require_safe
def figures(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Show the round in figures; experts are named here and nowhere else."""
    return _page(request, place_or_404(request, code, kind), MethodForm())


def _page(request: HttpRequest, place: Place, form: MethodForm) -> HttpResponse:
    view, people = view_of(place), _people(place.round)
    context = place.context("round_figures", form=form, view=view, **_pace(place.round, people))
    if view:
        context |= _told(view.calibrated, people)
    return render(request, "office/round_figures.html", context)


def _people(review_round: Round) -> dict[int, tuple[str, str]]:
    """Return the letter and the name of each expert with a finished sheet."""
    letters = letters_in(review_round)
    people = {one.pk: one.short_name for one in User.objects.filter(pk__in=letters)}
    return {key: (letter, people[key]) for key, letter in letters.items()}


def _told(found: Calibrated, people: dict[int, tuple[str, str]]) -> dict[str, Any]:
    names = {} if found.is_stale else dict(people.values())
    experts = _experts(found, names)
    return {
        "method": METHOD_LABELS[found.method],
        "experts": experts,
        "severity": _severity_plot(experts),
        "criteria": _criteria(found),
        "agreement": lines_of_agreement(found.agreement),
        "apart": sum(one.said != "как комиссия" for one in experts),
    }


def _experts(found: Calibrated, names: dict[str, str]) -> list[ExpertLine]:
    """Return the experts, the strictest first. Letters may have shifted since, so stale ones stay unnamed."""
    fits = {one["name"]: one for one in (found.report or {}).get("experts", [])}
    lines = []
    for one in sorted(found.experts, key=lambda expert: (-expert.severity, expert.letter)):
        rasch = fits.get(one.letter)
        square, deviate = (rasch["infit"], rasch["infit_z"]) if rasch else (one.fit, 0.0)
        lines.append(
            ExpertLine(
                names.get(one.letter, f"Эксперт {one.letter}"),
                one.letter,
                one.count,
                one.severity,
                one.low,
                one.high,
                severity_in_words(one.low, one.high),
                rasch["infit"] if rasch else None,
                rasch["outfit"] if rasch else None,
                fit_in_words(square, deviate, one.count),
            )
        )
    return lines


def _severity_plot(experts: list[ExpertLine]) -> Plot:
    reach = max((max(abs(one.low), abs(one.high)) for one in experts), default=0.0)
    edge = next(
        (step for step in (0.5, 1, 2, 4, 6, 8, 10, 16, 20, 30, 40, 60, 80, 100) if reach <= step), reach
    )
    rows = [Spread(f"{one.name} ({one.letter})", (), one.severity, one.low, one.high) for one in experts]
    return spread_plot(rows, low=-edge, high=edge)


def _criteria(found: Calibrated) -> list[CriterionLine]:
    return [
        CriterionLine(
            one["name"],
            one["measure"],
            one["measure"] - QUANTILE * one["se"],
            one["measure"] + QUANTILE * one["se"],
            criterion_in_words(one["measure"] - QUANTILE * one["se"], one["measure"] + QUANTILE * one["se"]),
            one["infit"],
            fit_in_words(one["infit"], one["infit_z"], one["count"]),
        )
        for one in (found.report or {}).get("criteria", [])
    ]


def _pace(review_round: Round, people: dict[int, tuple[str, str]]) -> dict[str, Any]:
    pace = pace_in(review_round)
    labels = [f"{one.day:%d.%m}" for one in pace.days]
    return {
        "pace": pace,
        "late_percent": round(100 * pace.last_day_share),
        "worked": [one for one in pace.days if one.count],
        "curve": _curve(pace, labels, review_round.closes_at.astimezone(MOSCOW).date()),
        "heat": _heat(pace, labels, people),
    }


def _curve(pace: Pace, labels: list[str], term: date) -> Curve:
    days = [one.day for one in pace.days]
    return share_curve(
        [one.share for one in pace.days], labels, term=days.index(term) if term in days else None
    )


def _heat(pace: Pace, labels: list[str], people: dict[int, tuple[str, str]]) -> Heat:
    named = [(people.get(one.expert_id, ("", "Эксперт"))[1], one.counts) for one in pace.strips]
    return heat_strip(sorted(named), labels)


@require_POST
def calibrate_(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Reckon the fair totals."""
    place, form = place_or_404(request, code, kind), MethodForm(request.POST)
    if not form.is_valid():
        return _page(request, place, form)
    return attempt(
        request,
        calibrate,
        place.round,
        method=form.cleaned_data["method"],
        said="Калиброванные итоги рассчитаны. Баллы экспертов не изменились.",
        then=place.url("round_figures"),
        form=form,
        on_refusal=lambda: _page(request, place, form),
    )


@require_safe
def marks_csv(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Hand out the marks, experts under letters: what the script reckons from."""
    place = place_or_404(request, code, kind)
    data = "\ufeff" + evidence_of(place.round).text
    return bytes_as_file(data.encode(), name=f"баллы-{code}-{kind}.csv", media_type=CSV)


@require_safe
def result_csv(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Hand out the result by totals as the script prints it."""
    evidence = evidence_of(place_or_404(request, code, kind).round)
    try:
        text = result_text(additive(evidence.sheets, evidence.maximum))
    except TooLittle as nothing:
        raise Http404 from nothing
    return bytes_as_file(text.encode(), name=f"итоги-{code}-{kind}.csv", media_type=CSV)


@require_safe
def script(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Hand out the script that reproduces the result from the marks."""
    place_or_404(request, code, kind)
    return bytes_as_file(Path(replay.__file__).read_bytes(), name="replay.py", media_type=TEXT)


_ROUND = "contests/<slug:code>/rounds/<slug:kind>/figures/"
routes = [
    path(_ROUND, figures, name="round_figures"),
    path(f"{_ROUND}calibrate/", calibrate_, name="calibrate"),
    path(f"{_ROUND}marks/", marks_csv, name="round_marks"),
    path(f"{_ROUND}result/", result_csv, name="round_result"),
    path(f"{_ROUND}script/", script, name="round_script"),
]
