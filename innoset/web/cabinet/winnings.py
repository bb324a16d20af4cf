"""What the person's organisations have won: grants with their sums, places and titles."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.network.actions import honours as actions
from innoset.network.models import Achievement, Grant
from innoset.network.queries import organisation_ids_of
from innoset.network.queries.dissemination import may_be_recorded_by
from innoset.network.queries.honours import listed_achievements, listed_grants, winnings_of
from innoset.web import acting
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import hand_out
from innoset.web.winnings import GrantForm, HonourForm, sum_of

TITLE = "Гранты и награды"
LIST = "cabinet:winnings"


def _grants(request: HttpRequest) -> Any:
    return listed_grants().filter(organisation__in=organisation_ids_of(request.user))


def _honours(request: HttpRequest) -> Any:
    return listed_achievements().filter(organisation__in=organisation_ids_of(request.user))


@require_safe
def winnings(request: HttpRequest) -> HttpResponse:
    """List what has been won."""
    grants = _grants(request)
    context = {
        "title": TITLE,
        "grants": [(one, sum_of(one)) for one in grants],
        "honours": _honours(request),
        "won": winnings_of(grants),
        "may_add": may_be_recorded_by(request.user).exists(),
    }
    return render(request, "cabinet/winnings.html", context)


def _page(request: HttpRequest, form: Any, thing: Any, *, kind: str) -> HttpResponse:
    here = str(thing) if thing else {"grant": "Новый грант", "honour": "Новая награда"}[kind]
    crumbs = [(TITLE, reverse(LIST)), (here, "")]
    context = {"form": form, "thing": thing, "kind": kind, "title": here, "crumbs": crumbs}
    return render(request, "cabinet/winning.html", context)


def _acting(request: HttpRequest) -> int | None:
    mine = acting.membership_of(request)
    return mine.organisation_id if mine else None


def grant_new(request: HttpRequest) -> HttpResponse:
    """Write a grant down."""
    form = GrantForm(request, organisation=_acting(request))
    if not form.is_valid():
        return _page(request, form, None, kind="grant")
    values, proof = form.parts()
    return attempt(
        request,
        actions.record_grant,
        Grant(**values),
        proof=proof,
        said="Грант внесён.",
        then=LIST,
        form=form,
        on_refusal=lambda: _page(request, form, None, kind="grant"),
    )


def honour_new(request: HttpRequest) -> HttpResponse:
    """Write an honour down."""
    form = HonourForm(request, organisation=_acting(request))
    if not form.is_valid():
        return _page(request, form, None, kind="honour")
    values, proof = form.parts()
    return attempt(
        request,
        actions.record_achievement,
        Achievement(**values),
        proof=proof,
        said="Награда внесена.",
        then=LIST,
        form=form,
        on_refusal=lambda: _page(request, form, None, kind="honour"),
    )


def grant(request: HttpRequest, pk: int) -> HttpResponse:
    """Change a grant."""
    found = get_object_or_404(_grants(request), pk=pk)
    return _edit(request, found, GrantForm(request, found), actions.edit_grant, kind="grant")


def honour(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an honour."""
    found = get_object_or_404(_honours(request), pk=pk)
    return _edit(request, found, HonourForm(request, found), actions.edit_achievement, kind="honour")


def _edit(request: HttpRequest, found: Any, form: Any, deed: Any, *, kind: str) -> HttpResponse:
    if not form.is_valid():
        return _page(request, form, found, kind=kind)
    values, proof = form.parts()
    return attempt(
        request,
        deed,
        found,
        values=values,
        proof=proof,
        said="Запись сохранена.",
        then=LIST,
        form=form,
        on_refusal=lambda: _page(request, form, found, kind=kind),
    )


@require_POST
def remove(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Take a record away."""
    rows = _grants(request) if kind == "grants" else _honours(request)
    deed = actions.remove_grant if kind == "grants" else actions.remove_achievement
    return attempt(request, deed, get_object_or_404(rows, pk=pk), said="Запись удалена.", then=LIST)


@require_safe
def proof(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """Hand out the file of proof."""
    rows = _grants(request) if kind == "grants" else _honours(request)
    return hand_out(get_object_or_404(rows, pk=pk).file, to=request.user)


routes = [
    path("winnings/", winnings, name="winnings"),
    path("winnings/grants/new/", grant_new, name="grant_new"),
    path("winnings/grants/<int:pk>/", grant, name="grant"),
    path("winnings/honours/new/", honour_new, name="honour_new"),
    path("winnings/honours/<int:pk>/", honour, name="honour"),
    path("winnings/<str:kind>/<int:pk>/remove/", remove, name="winning_remove"),
    path("winnings/<str:kind>/<int:pk>/file/", proof, name="winning_file"),
]
