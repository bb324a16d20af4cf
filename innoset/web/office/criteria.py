"""The criteria of a contest: the list of both tours, one criterion, its place, its removal and return."""

from dataclasses import asdict, dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from innoset.contests.actions.criteria import (
    DEFENCE,
    REMOTE,
    TOUR_TITLES,
    drop_own_criteria,
    give_own_criteria,
    own_rubric,
    set_criteria,
)
from innoset.contests.models import Contest, Nomination
from innoset.contests.pure.rubrics import CriterionPlan, most_of
from innoset.contests.queries import contests as queries
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import fields_of
from innoset.web.office.contest_frame import contest_or_404, crumbs_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form, polish

LEVELS = 11
COMMON_LEVELS = 6
REMOVED = "removed_criterion"


class CriterionForm(Form):
    """One criterion with its worded levels."""

    title = forms.CharField(label="Что оценивают", max_length=300)
    hint = forms.CharField(
        label="Подсказка эксперту", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    weight = forms.DecimalField(
        label="Вес",
        min_value=Decimal("0.01"),
        max_digits=6,
        decimal_places=2,
        help_text="Балл умножают на вес.",
    )
    comment_at_most = forms.IntegerField(
        label="Пояснение обязательно при оценке не выше",
        min_value=0,
        max_value=LEVELS - 1,
        required=False,
        help_text="Пусто — пояснение никогда не обязательно.",
    )
    comment_at_least = forms.IntegerField(
        label="Пояснение обязательно при оценке не ниже",
        min_value=0,
        max_value=LEVELS - 1,
        required=False,
        help_text="Например, при наибольшей. Пусто — высокие оценки не объясняют.",
    )
    comment_always = forms.BooleanField(label="Пояснение обязательно всегда", required=False)
    may_not_apply = forms.BooleanField(
        label="Можно ответить «Не применимо»",
        required=False,
        help_text="Такой критерий не войдёт в сумму. Это не ноль: баллы остальных приведут к полной шкале.",
    )
    breaks_ties = forms.BooleanField(label="Решает, кто выше, если баллы равны", required=False)
    about = forms.MultipleChoiceField(
        label="Поля заявки, о которых этот критерий",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="Эксперт увидит эти поля рядом с оценкой.",
    )

    def __init__(self, *args: Any, contest: Contest, levels: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.shown = min(max(levels + 1, COMMON_LEVELS), LEVELS)
        for value in range(self.shown):
            self.fields[f"level_{value}"] = _level(value)
            polish(f"level_{value}", self.fields[f"level_{value}"])
        fields = [one for one in fields_of(form_by_code(contest.form_code)) if not one.stage]
        choices = [(one.key, f"{one.printed_number} {one.name}") for one in fields]
        self.fields["about"].choices = choices  # type: ignore[attr-defined]  # a field of choices has them

    @property
    def level_fields(self) -> list[Any]:
        """Return the bound fields of the levels, for the page."""
        return [self[f"level_{value}"] for value in range(self.shown)]

    @staticmethod
    def initial_of(plan: CriterionPlan) -> dict[str, Any]:
        """Return what the criterion says now."""
        given = asdict(plan) | {"about": list(plan.fields)}
        return given | {f"level_{value}": text for value, text in enumerate(plan.levels)}

    def clean(self) -> dict[str, Any]:
        """Let levels end where the words end, but leave no gap among them."""
        texts = [self.cleaned_data.get(f"level_{value}", "") for value in range(self.shown)]
        last = max((value for value, text in enumerate(texts) if text), default=0)
        for value, text in enumerate(texts[:last]):
            if not text:
                self.add_error(f"level_{value}", f"Опишите словами уровень {value}.")
        self.cleaned_data["levels"] = tuple(texts[: last + 1])
        return self.cleaned_data

    def plan(self, before: CriterionPlan | None) -> CriterionPlan:
        """Return the criterion as it was typed; fields of stages, which the page does not offer, stay."""
        data = self.cleaned_data
        offered = {key for key, _ in self.fields["about"].choices}  # type: ignore[attr-defined]  # likewise
        kept = tuple(key for key in (before.fields if before else ()) if key not in offered)
        return CriterionPlan(
            title=data["title"],
            hint=data["hint"],
            weight=data["weight"],
            levels=data["levels"],
            fields=(*data["about"], *kept),
            comment_at_most=data["comment_at_most"],
            breaks_ties=data["breaks_ties"],
            comment_at_least=data["comment_at_least"],
            comment_always=data["comment_always"],
            may_not_apply=data["may_not_apply"],
        )


def _level(value: int) -> forms.Field:
    return forms.CharField(
        label=f"Уровень {value}",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@dataclass(frozen=True, slots=True)
class Tour:
    """A set of criteria: of a tour of the contest, or a nomination's own for it."""

    contest: Contest
    tour: str
    nomination: Nomination | None = None
    place: int = 0

    @property
    def code(self) -> str:
        """Return how addresses call it: «remote», or «remote-2» for the second nomination."""
        return f"{self.tour}-{self.place}" if self.nomination else self.tour

    @property
    def title(self) -> str:
        """Return what the set is called."""
        common = TOUR_TITLES[self.tour]
        return f"{common}. Номинация «{self.nomination.title}»" if self.nomination else common

    @property
    def criteria(self) -> list[CriterionPlan]:
        """Return the criteria as data."""
        if self.nomination:
            return queries.criteria_of(own_rubric(self.nomination, self.tour))
        common = self.contest.remote_rubric if self.tour == REMOTE else self.contest.defence_rubric
        return queries.criteria_of(common)

    @property
    def is_own(self) -> bool:
        """Tell whether the nomination has criteria of its own."""
        return self.nomination is not None and own_rubric(self.nomination, self.tour) is not None

    @property
    def most(self) -> Decimal:
        """Return the highest points."""
        return most_of(self.criteria)


def _tour(contest: Contest, code: str) -> Tour:
    tour, _, place = code.partition("-")
    if tour not in TOUR_TITLES:
        raise Http404
    if not place:
        return Tour(contest, tour)
    nominations = list(contest.nominations.all())
    if not place.isdigit() or not 1 <= int(place) <= len(nominations):
        raise Http404
    return Tour(contest, tour, nominations[int(place) - 1], int(place))


def criteria(request: HttpRequest, code: str) -> HttpResponse:
    """Show the criteria of both tours with their weights and the sum of points; those of nominations below."""
    contest = contest_or_404(request, code)
    common = [Tour(contest, tour) for tour in ([REMOTE, DEFENCE] if contest.has_defence else [REMOTE])]
    nominations = list(enumerate(contest.nominations.all(), 1))
    several = nominations if len(nominations) > 1 else []
    apart = [Tour(contest, one.tour, nomination, place) for place, nomination in several for one in common]
    context = {
        "contest": contest,
        "tours": [*common, *(one for one in apart if one.is_own)],
        "apart": [one for one in apart if not one.is_own],
        "differ": any(one.is_own for one in apart),
        "bars": [(plan.title, float(plan.most)) for one in common for plan in one.criteria],
        "most": sum((one.most for one in common), Decimal(0)),
        "removed": request.session.get(REMOVED) if request.GET.get("removed") else None,
        "crumbs": crumbs_of(contest, ("Критерии", "")),
    }
    return render(request, "office/contest_criteria.html", context)


def criterion(request: HttpRequest, code: str, tour: str, number: int = 0) -> HttpResponse:
    """Change one criterion, or add a new one when it has no number yet."""
    contest = contest_or_404(request, code)
    place = _tour(contest, tour)
    plans = place.criteria
    if number > len(plans):
        raise Http404
    before = plans[number - 1] if number else None
    form = CriterionForm(
        request.POST or None,
        contest=contest,
        levels=len(before.levels) if before else COMMON_LEVELS - 1,
        initial=CriterionForm.initial_of(before) if before else {"weight": 1, "comment_at_most": 2},
    )
    page = partial(render, request, "office/criterion.html", _context(place, number, form))
    if not form.is_valid():
        return page()
    after = form.plan(before)
    changed = [*plans[: number - 1], after, *plans[number:]] if number else [*plans, after]
    return attempt(
        request,
        set_criteria,
        contest,
        tour=place.tour,
        nomination=place.nomination,
        criteria=changed,
        said="Критерий сохранён.",
        then=reverse("office:contest_criteria", args=[code]),
        form=form,
        on_refusal=page,
    )


def _context(place: Tour, number: int, form: CriterionForm) -> dict[str, Any]:
    contest = place.contest
    title = f"Критерий {number}" if number else "Новый критерий"
    back = reverse("office:contest_criteria", args=[contest.code])
    return {
        "contest": contest,
        "form": form,
        "title": title,
        "tour": place.title,
        "back": back,
        "crumbs": crumbs_of(contest, ("Критерии", back), (title, "")),
    }


@require_POST
def move(request: HttpRequest, code: str, tour: str, number: int) -> HttpResponse:
    """Put a criterion one place higher."""
    contest = contest_or_404(request, code)
    place = _tour(contest, tour)
    plans = place.criteria
    if not 1 < number <= len(plans):
        raise Http404
    plans[number - 2], plans[number - 1] = plans[number - 1], plans[number - 2]
    return _set(request, place, plans, said="Порядок критериев изменён.")


@require_POST
def remove(request: HttpRequest, code: str, tour: str, number: int) -> HttpResponse:
    """Remove a criterion; for a while it can be brought back."""
    contest = contest_or_404(request, code)
    place = _tour(contest, tour)
    plans = place.criteria
    if not 1 <= number <= len(plans):
        raise Http404
    gone = plans.pop(number - 1)
    request.session[REMOVED] = {"tour": tour, "number": number, "plan": _kept(gone)}
    return _set(request, place, plans, said="", query="?removed=1")


@require_POST
def restore(request: HttpRequest, code: str) -> HttpResponse:
    """Bring back the criterion that was removed last."""
    contest = contest_or_404(request, code)
    removed = request.session.pop(REMOVED, None)
    if removed is None:
        raise Http404
    place = _tour(contest, removed["tour"])
    plans = place.criteria
    plans.insert(removed["number"] - 1, _brought_back(removed["plan"]))
    return _set(request, place, plans, said="Критерий возвращён.")


@require_POST
def own(request: HttpRequest, code: str, tour: str) -> HttpResponse:
    """Give a nomination criteria of its own, or take them back."""
    contest = contest_or_404(request, code)
    place = _tour(contest, tour)
    if place.nomination is None:
        raise Http404
    return attempt(
        request,
        drop_own_criteria if "drop" in request.POST else give_own_criteria,
        contest,
        tour=place.tour,
        nomination=place.nomination,
        said="Номинация снова оценивается по общим критериям."
        if "drop" in request.POST
        else "Номинация получила копию общих критериев. Теперь её можно менять.",
        then=reverse("office:contest_criteria", args=[code]),
    )


def _set(
    request: HttpRequest, place: Tour, plans: list[CriterionPlan], *, said: str, query: str = ""
) -> HttpResponse:
    return attempt(
        request,
        set_criteria,
        place.contest,
        tour=place.tour,
        nomination=place.nomination,
        criteria=plans,
        said=said,
        then=reverse("office:contest_criteria", args=[place.contest.code]) + query,
    )


def _kept(plan: CriterionPlan) -> dict[str, Any]:
    return asdict(plan) | {"weight": str(plan.weight)}


def _brought_back(kept: dict[str, Any]) -> CriterionPlan:
    lists = {"levels": tuple(kept["levels"]), "fields": tuple(kept["fields"])}
    return CriterionPlan(**{**kept, **lists, "weight": Decimal(kept["weight"])})


routes = [
    path("contests/<slug:code>/criteria/<slug:tour>/own/", own, name="criteria_own"),
    path("contests/<slug:code>/criteria/", criteria, name="contest_criteria"),
    path("contests/<slug:code>/criteria/restore/", restore, name="criterion_restore"),
    path("contests/<slug:code>/criteria/<slug:tour>/new/", criterion, name="criterion_new"),
    path("contests/<slug:code>/criteria/<slug:tour>/<int:number>/", criterion, name="criterion"),
    path("contests/<slug:code>/criteria/<slug:tour>/<int:number>/up/", move, name="criterion_up"),
    path("contests/<slug:code>/criteria/<slug:tour>/<int:number>/remove/", remove, name="criterion_remove"),
]
