"""The plan of assignment: reckoned, shown with its reasons and its proof, put into force."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from innoset.contests.models import Contest
from innoset.foundation.russian import counted
from innoset.review import actions
from innoset.review.models import AssignmentPlan, Round
from innoset.review.states import PLAN_MODE_LABELS, PlanMode, RoundKind, RoundState
from innoset.web.office.plan_sheet import sheet_of
from innoset.web.office.round_frame import Place, place_or_404
from innoset.web.ui.attempt import attempt

GIVEN = ("назначение", "назначения", "назначений")


@require_safe
def proposal(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Show the plan that waits: what it would do and why, how good it is, what it lacks."""
    return _page(request, place_or_404(request, code, kind))


def _page(request: HttpRequest, place: Place) -> HttpResponse:
    plan = place.round.plans.filter(applied_at=None).first()
    modes = [(str(mode), label) for mode, label in PLAN_MODE_LABELS.items() if mode != PlanMode.REPLACE]
    context = place.context("assignments", sheet=sheet_of(plan) if plan else None, modes=modes)
    return render(request, "office/proposal.html", context)


@require_POST
def plan_make(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Reckon a plan and show it."""
    return _made(request, place_or_404(request, code, kind))


def _made(request: HttpRequest, place: Place, said: str = "") -> HttpResponse:
    seed = request.POST.get("seed", "")
    return attempt(
        request,
        actions.make_plan,
        place.round,
        mode=request.POST.get("mode") or PlanMode.ADD,
        seed=int(seed) if seed.isdecimal() else 0,
        beside=_last_year(place.contest, place.round),
        said=said,
        then=place.url("proposal"),
        on_refusal=lambda: _page(request, place),
    )


def _last_year(contest: Contest, review_round: Round) -> Round | None:
    last = contest.copied_from
    if last is None:
        return None
    return last.defence_round if review_round.kind == RoundKind.DEFENCE else last.remote_round


@require_POST
def plan_apply(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Assign as the plan says; in place of a stale plan a new one is made and shown."""
    place = place_or_404(request, code, kind)
    plan = get_object_or_404(place.round.plans, sha256=request.POST.get("plan", ""), applied_at=None)
    return attempt(
        request,
        actions.apply_plan,
        plan,
        said=_told,
        then=place.url("assignments"),
        on_refusal=lambda: _remade(request, place),
    )


def _remade(request: HttpRequest, place: Place) -> HttpResponse:
    if place.round.state == RoundState.CLOSED:
        return _page(request, place)
    return _made(request, place, said="Составлен новый план. Проверьте его и нажмите «Назначить так».")


def _told(plan: AssignmentPlan) -> str:
    gone = plan.certificate["gone"]
    parts = [
        f"Сделано: {counted(len(plan.fresh), *GIVEN)}.",
        f"Снято: {counted(len(gone), *GIVEN)}." if gone else "",
        f"Не хватает: {counted(plan.lacking, *GIVEN)}." if plan.lacking else "",
    ]
    return " ".join(part for part in parts if part)


@require_POST
def replace(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Fill the places of those who have gone."""
    place = place_or_404(request, code, kind)
    return attempt(request, actions.replace_experts, place.round, said=_told, then=place.url("assignments"))


_ROUND = "contests/<slug:code>/rounds/<slug:kind>/assignments/"
routes = [
    path(f"{_ROUND}proposal/", proposal, name="proposal"),
    path(f"{_ROUND}plan/", plan_make, name="plan_make"),
    path(f"{_ROUND}plan/apply/", plan_apply, name="plan_apply"),
    path(f"{_ROUND}replacement/", replace, name="replacement"),
]
