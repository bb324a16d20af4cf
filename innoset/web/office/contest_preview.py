"""A contest as others will see it: the form of the applicant, the sheet of the expert."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from innoset.contests.actions.criteria import DEFENCE, REMOTE, TOUR_TITLES
from innoset.contests.models import Contest
from innoset.contests.pure.rubrics import CriterionPlan, most_of
from innoset.contests.queries import contests as queries
from innoset.contests.queries.confirmations import way_labels
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Field, Form, fields_of
from innoset.web.office.contest_frame import contest_or_404, crumbs_of


@dataclass(frozen=True, slots=True)
class Question:
    """A field as the page draws it."""

    key: str
    printed_number: str
    label: str
    kind: str
    hint: str
    example: str
    hard: int
    optional: bool

    @classmethod
    def of(cls, field: Field) -> "Question":
        """Read it off the form."""
        label = field.label.rstrip(":")
        number, limit = field.printed_number, field.hard
        return cls(field.key, number, label, field.kind, field.hint, field.example, limit, not field.required)


def applicant(request: HttpRequest, code: str) -> HttpResponse:
    """Show the form section by section, with its hints and limits."""
    contest = contest_or_404(request, code)
    form = form_by_code(contest.form_code)
    context = {
        "contest": contest,
        "form": form,
        "sections": _sections(form),
        "statements": _statements(contest, form),
        "ways": way_labels(contest),
        "crumbs": crumbs_of(contest, ("Как увидит участник", "")),
    }
    return render(request, "office/contest_preview_applicant.html", context)


def _sections(form: Form) -> list[tuple[Any, list[Question]]]:
    fields = fields_of(form)
    return [
        (section, [Question.of(one) for one in fields if one.section == section.code])
        for section in form.sections
    ]


def _statements(contest: Contest, form: Form) -> list[tuple[str, str]]:
    """Return the ticks as the applicant meets them: one for all the guarantees, one for each consent."""
    promised = "; ".join(one.text.rstrip(";.") for one in form.guarantees)
    guarantees = [("guarantees", f"Гарантируем, что авторы проекта: {promised}")] if promised else []
    consents = contest.consents.order_by("is_optional", "code")
    named = [(one.code, f"{one.title}{' (необязательно)' * one.is_optional}") for one in consents]
    return [*guarantees, *named]


def expert(request: HttpRequest, code: str) -> HttpResponse:
    """Show the sheet with its criteria and worded levels beside an empty document."""
    contest = contest_or_404(request, code)
    rubrics = [(REMOTE, contest.remote_rubric)]
    if contest.has_defence and contest.defence_rubric is not None:
        rubrics.append((DEFENCE, contest.defence_rubric))
    plans = [(tour, queries.criteria_of(rubric)) for tour, rubric in rubrics]
    context = {
        "contest": contest,
        "fields": [one for one in fields_of(form_by_code(contest.form_code)) if one.public],
        "tours": [
            {
                "code": tour,
                "title": TOUR_TITLES[tour],
                "most": most_of(plan),
                "criteria": [_shown(number, one) for number, one in enumerate(plan, start=1)],
            }
            for tour, plan in plans
        ],
        "crumbs": crumbs_of(contest, ("Как увидит эксперт", "")),
    }
    return render(request, "office/contest_preview_expert.html", context)


def _shown(number: int, one: CriterionPlan) -> dict[str, Any]:
    return {
        "number": number,
        "title": one.title,
        "hint": one.hint,
        "weight": one.weight,
        "fields": ", ".join(one.fields),
        "comment_at_most": one.comment_at_most,
        "levels": [(value, str(value), text) for value, text in enumerate(one.levels)],
    }


routes = [
    path("contests/<slug:code>/preview/applicant/", applicant, name="contest_preview_applicant"),
    path("contests/<slug:code>/preview/expert/", expert, name="contest_preview_expert"),
]
