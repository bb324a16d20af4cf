"""The ranking of a round and the choice for the defence."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_safe

from innoset.contests.actions import expertise as actions
from innoset.contests.models import Application
from innoset.contests.queries import expertise as queries
from innoset.contests.queries.expertise import Choice
from innoset.foundation.files.kinds import CSV
from innoset.foundation.russian import decimal
from innoset.review.pure.letters import letters_of
from innoset.review.pure.ranking import Standing
from innoset.review.queries import standing_of
from innoset.review.queries.calibrations import CalibratedRow
from innoset.review.queries.ranking import counting_of
from innoset.review.queries.sheets import comparability, rubrics_of
from innoset.web.office.calibrated import View, view_of
from innoset.web.office.contest_frame import crumbs_of
from innoset.web.office.round_frame import Place, place_or_404, run_contest_or_404
from innoset.web.ui.attempt import attempt
from innoset.web.ui.charts import Spread, spread_plot
from innoset.web.ui.download import bytes_as_file
from innoset.web.ui.forms import Form

BEFORE = ("Место", "Дело", "Заявка", "Организация", "Муниципалитет", "Номинация", "Тема")
AFTER = ("Итог", "Способ", "Разброс", "Отклонение", "Расхождение", "При равенстве")
CALIBRATED = ("Калиброванный итог", "От", "До", "Место после калибровки")
RISKY = ("=", "+", "-", "@", "\t", "\r")


class ChoiceForm(Form):
    """Why the choice departs from the threshold, or why sheets are missing."""

    reason = forms.CharField(
        label="Причина",
        required=False,
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Обязательна, если выбор расходится с проходным баллом или не все листы получены.",
    )


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the ranking: whose it is, what each expert gave, under a letter."""

    row: Standing
    application: Application | None
    marks: list[tuple[str, Decimal]]
    calibrated: CalibratedRow | None
    chance: int | None


@require_safe
def ranking(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Show places, means, spreads; experts stand under letters."""
    place = place_or_404(request, code, kind)
    view = view_of(place)
    # The lines first: they bring the criteria along, and nothing asks for them again.
    lines = _lines(place, view)
    rule, groups = counting_of(place.round), place.round.dossiers.order_by().values_list("group", flat=True)
    context = place.context(
        "ranking",
        lines=lines,
        maximum=rule.maximum,
        gap=rule.gap,
        plot=_plot(lines, rule.maximum),
        missing=sum(line.row.sheets_due - line.row.sheets_done for line in lines),
        disputed=sum(line.row.wants_another for line in lines),
        view=view,
        caution=comparability(place.round, groups.distinct()) if rubrics_of(place.round) else "",
    )
    return render(request, "office/ranking.html", context)


def _lines(place: Place, view: View | None = None) -> list[Line]:
    applications, standings = place.applications(), standing_of(place.round)
    letters = letters_of({expert for row in standings for expert in row.experts})
    fair, chances = (view.rows, view.percents) if view else ({}, {})
    return [
        Line(
            row,
            applications.get(row.dossier_id),
            [(letters[expert], total) for expert, total in zip(row.experts, row.totals, strict=True)],
            fair.get(row.dossier_id),
            chances.get(row.dossier_id),
        )
        for row in standings
    ]


def _plot(lines: list[Line], maximum: Decimal) -> object:
    rows = [
        Spread(
            label=line.row.code,
            marks=tuple(float(total) for total in line.row.totals),
            mean=float(line.row.mean),
            low=float(min(line.row.totals)),
            high=float(max(line.row.totals)),
        )
        for line in lines
        if line.row.mean is not None
    ]
    return spread_plot(rows, high=float(maximum)) if rows else None


@require_safe
def ranking_csv(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Hand out the ranking as a table that opens in any office program."""
    place = place_or_404(request, code, kind)
    sheet = io.StringIO()
    view = view_of(place)
    csv.writer(sheet, delimiter=";").writerows(_cells(_lines(place, view), is_calibrated=view is not None))
    data = "\ufeff" + sheet.getvalue()
    return bytes_as_file(data.encode(), name=f"рейтинг-{code}-{kind}.csv", media_type=CSV)


def _cells(lines: list[Line], *, is_calibrated: bool) -> Iterator[list[str]]:
    letters = sorted({letter for line in lines for letter, _ in line.marks})
    yield [*BEFORE, *letters, *AFTER, *(CALIBRATED if is_calibrated else ())]
    for line in lines:
        row, given = line.row, dict(line.marks)
        yield [
            str(row.place),
            row.code,
            *_whose(line.application),
            *(_number(given.get(letter)) for letter in letters),
            _number(row.mean),
            "медиана" if row.is_median else "среднее",
            _number(row.spread),
            _number(row.deviation),
            "да" if row.is_disagreement else "нет",
            _number(row.tie_break),
            *(_calibrated(line.calibrated) if is_calibrated else ()),
        ]


def _calibrated(row: CalibratedRow | None) -> list[str]:
    if row is None:
        return [""] * len(CALIBRATED)
    return [*(decimal(value, 2) for value in (row.fair, row.low, row.high)), str(row.rank_fair)]


def _whose(application: Application | None) -> list[str]:
    if application is None:
        return [""] * 5
    place = application.organisation
    nomination = application.nomination.title if application.nomination else ""
    texts = [
        application.shown_number,
        place.short_name,
        place.municipality.name,
        nomination,
        application.project.title,
    ]
    return [_safe(text) for text in texts]


def _safe(text: str) -> str:
    # A cell that begins so would be run as a formula.
    return f"'{text}" if text.startswith(RISKY) else text


def _number(value: Decimal | None) -> str:
    return "" if value is None else decimal(float(value), 2)


@require_http_methods(["GET", "POST"])
def choice(request: HttpRequest, code: str) -> HttpResponse:
    """Choose who goes to the defence; those over the threshold are ticked beforehand."""
    contest = run_contest_or_404(request, code)
    choices = queries.choices_of(contest)
    sent = set(request.POST.getlist("passing"))
    form = ChoiceForm(request.POST if request.method == "POST" else None)
    ticked = [(one, one.application.number in sent if form.is_bound else one.passes) for one in choices]
    context = {
        "contest": contest,
        "crumbs": crumbs_of(contest, ("Допуск к защите", "")),
        "form": form,
        "choices": ticked,
        "over": sum(one.passes for one in choices),
    }
    page = partial(render, request, "office/choice.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.start_defence,
        contest,
        passing=_applications(choices, sent),
        reason=form.cleaned_data["reason"],
        said="Допуск к защите объявлен. Участникам отправлены письма.",
        then=reverse("office:schedule", args=[code]),
        form=form,
        on_refusal=page,
    )


def _applications(choices: list[Choice], numbers: set[str]) -> list[Application]:
    return [one.application for one in choices if one.application.number in numbers]


_ROUND = "contests/<slug:code>/rounds/<slug:kind>/ranking/"
routes = [
    path(_ROUND, ranking, name="ranking"),
    path(f"{_ROUND}csv/", ranking_csv, name="ranking_csv"),
    path("contests/<slug:code>/to-defence/", choice, name="choice"),
]
