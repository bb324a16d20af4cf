"""The order of a contest: its draft, the requisites by one person, the confirmation by another."""

from functools import partial

from django import forms
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from innoset.contests.actions import awards as actions
from innoset.contests.models import Award, Contest
from innoset.contests.papers.orders import acts_of, closed_sitting_of
from innoset.contests.queries import council as queries
from innoset.contests.queries.decisions import last_snapshot_of
from innoset.contests.states import Decision
from innoset.documents.models import Order
from innoset.documents.queries import listed_acts
from innoset.documents.states import OrderState
from innoset.web.normative import cited
from innoset.web.office.council_table import crumbs_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import hand_out
from innoset.web.ui.forms import Form


class RequisitesForm(Form):
    """What stands on the signed sheet."""

    number = forms.CharField(
        label="Номер приказа", max_length=40, help_text="Как на подписанном листе, без знака №"
    )
    signed_on = forms.DateField(label="Дата приказа", widget=forms.DateInput)


def _contest(request: HttpRequest, code: str) -> Contest:
    return get_object_or_404(queries.contests_with_orders_visible_to(request.user), code=code)


def order(request: HttpRequest, code: str) -> HttpResponse:
    """Show where the order stands and what to do next; take its requisites."""
    contest = _contest(request, code)
    form = RequisitesForm(request.POST or None)
    page = partial(_page, request, contest, form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.enter_order,
        contest,
        **form.cleaned_data,
        said="Реквизиты внесены. Теперь их должен подтвердить другой человек.",
        then=reverse("office:order", args=[code]),
        form=form,
        on_refusal=page,
    )


def _page(request: HttpRequest, contest: Contest, form: Form) -> HttpResponse:
    sitting = closed_sitting_of(contest)
    resolutions = sitting.resolutions.filter(decision=Decision.GRANT) if sitting else None
    awards = Award.objects.filter(application__contest=contest).select_related(
        "application__organisation", "status", "diploma"
    )
    return render(
        request,
        "office/order.html",
        {
            "contest": contest,
            "order": contest.order,
            "sitting": sitting,
            "ranking": last_snapshot_of(contest),
            "to_grant": resolutions.count() if resolutions is not None else 0,
            "awards": awards.order_by("place", "id"),
            "acts": _acts_to_choose(contest.order),
            "named_acts": [str(act.pk) for act in contest.order.acts.all()] if contest.order else [],
            "named": [cited(act) for act in acts_of(contest.order)] if contest.order else [],
            "form": form,
            "is_draft": bool(contest.order and contest.order.state == OrderState.DRAFT),
            "is_entered": bool(contest.order and contest.order.state == OrderState.ENTERED),
            "is_confirmed": bool(contest.order and contest.order.state == OrderState.CONFIRMED),
            "crumbs": crumbs_of(contest, "Приказ"),
        },
    )


@require_POST
def draft(request: HttpRequest, code: str) -> HttpResponse:
    """Draw up the draft on the ground of the chosen acts."""
    wanted = [key for key in request.POST.getlist("acts") if key.isdigit()]
    return attempt(
        request,
        actions.draft_order,
        _contest(request, code),
        acts=list(listed_acts().filter(pk__in=wanted)),
        said="Проект приказа составлен.",
        then=reverse("office:order", args=[code]),
    )


def _acts_to_choose(order: Order | None) -> list[tuple[int, str, str]]:
    """Return the acts that an order may rest on, and those that its draft names already, with a word on the dead."""
    named = order.acts.values("pk") if order else []
    acts = listed_acts().filter(~Q(in_force=False) | Q(pk__in=named))
    return [(act.pk, cited(act), "Утратил силу" if act.in_force is False else "") for act in acts]


@require_POST
def send_back(request: HttpRequest, code: str) -> HttpResponse:
    """Return wrong requisites."""
    return _do(request, code, "return_order", "Реквизиты возвращены на исправление.")


@require_POST
def confirm(request: HttpRequest, code: str) -> HttpResponse:
    """Confirm as the second person: statuses, diplomas and letters follow."""
    return _do(
        request, code, "confirm_order", "Приказ подтверждён. Статусы присвоены, дипломы и письма отправлены."
    )


def _do(request: HttpRequest, code: str, deed: str, said: str) -> HttpResponse:
    url = reverse("office:order", args=[code])
    return attempt(request, getattr(actions, deed), _contest(request, code), said=said, then=url)


def order_file(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Hand out the order or its draft."""
    contest = _contest(request, code)
    found = contest.order and (contest.order.docx if kind == "docx" else contest.order.pdf)
    return hand_out(found or None, in_place=True)


routes = [
    path("contests/<slug:code>/order/", order, name="order"),
    path("contests/<slug:code>/order/draft/", draft, name="order_draft"),
    path("contests/<slug:code>/order/return/", send_back, name="order_return"),
    path("contests/<slug:code>/order/confirm/", confirm, name="order_confirm"),
    path("contests/<slug:code>/order/file.<str:kind>", order_file, name="order_file"),
]
