"""Appeals in the office: the list of a contest, one appeal with its second panel, the decision."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.contests.actions import appeals as actions
from innoset.contests.models import Appeal, Contest
from innoset.contests.queries import appeals as queries
from innoset.contests.states import AppealState
from innoset.documents.models import Order
from innoset.documents.states import OrderState
from innoset.foundation.russian import counted
from innoset.review.queries import panel_of
from innoset.review.states import RoundState
from innoset.web.office.contest_frame import crumbs_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form, MomentField

KINDS = {
    AppealState.FILED: "now",
    AppealState.IN_REVIEW: "work",
    AppealState.UPHELD: "good",
    AppealState.DISMISSED: "bad",
    AppealState.WITHDRAWN: "",
}
EXPERTS = ("эксперт", "эксперта", "экспертов")


class PanelForm(Form):
    """Until when the second panel works."""

    closes_at = MomentField(label="Срок второй комиссии")


class DecisionForm(Form):
    """Why the result is changed or stays."""

    decision = forms.CharField(
        label="Решение и его обоснование",
        max_length=actions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="Его прочтёт заявитель. Имена экспертов не пишите.",
    )


class AwardForm(Form):
    """By which order the status is granted."""

    order = forms.ModelChoiceField(
        label="Дополнительный приказ",
        queryset=Order.objects.filter(state=OrderState.CONFIRMED),
        empty_label="Выберите",
        help_text="Только подписанные приказы, которые подтвердил второй человек.",
    )


@require_safe
def appeals(request: HttpRequest, code: str) -> HttpResponse:
    """List the appeals of a contest."""
    contest = get_object_or_404(queries.contests_with_appeals(request.user).distinct(), code=code)
    found = queries.appeals_visible_to(request.user).filter(application__contest=contest)
    rows = [(one, KINDS[AppealState(one.state)]) for one in found.order_by("-filed_at", "-id")]
    context = {"contest": contest, "rows": rows, "crumbs": crumbs_of(contest, ("Апелляции", ""))}
    return render(request, "office/appeals.html", context)


def _appeal(request: HttpRequest, code: str, number: str) -> Appeal:
    found = queries.appeals_visible_to(request.user).filter(
        application__contest__code=code, application__number=number
    )
    return get_object_or_404(found.order_by("-number")[:1])


@require_safe
def appeal(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Show an appeal: its text, its panel, what is to be done now."""
    return _page(request, _appeal(request, code, number))


def _page(request: HttpRequest, one: Appeal, **bound: Form) -> HttpResponse:
    contest = one.application.contest
    blank: dict[str, Form] = {"panel": PanelForm(), "decision": DecisionForm(), "award": AwardForm()}
    context = {
        "appeal": one,
        "kind": KINDS[AppealState(one.state)],
        "contest": contest,
        "forms": list(bound.values()),
        "crumbs": crumbs_of(contest, ("Апелляции", _list_of(contest)), (one.application.shown_number, "")),
        **_panel(one),
        **{f"{name}_form": form for name, form in (blank | bound).items()},
    }
    return render(request, "office/appeal.html", context)


def _list_of(contest: Contest) -> str:
    return reverse("office:appeals", args=[contest.code])


def _panel(one: Appeal) -> dict[str, Any]:
    """Return the second panel, who may still be asked, how many sheets are to come."""
    if one.round is None:
        return {"seats": [], "experts": [], "owed": 0, "totals": (None, None)}
    is_gathering = one.state == AppealState.IN_REVIEW and one.round.state == RoundState.PREPARING
    return {
        "seats": list(panel_of(one.round)),
        "experts": queries.fresh_experts(one) if is_gathering else [],
        "is_gathering": is_gathering,
        "owed": queries.owed_by_second_panel(one),
        "totals": queries.totals_of(one),
    }


def _do(
    request: HttpRequest,
    one: Appeal,
    deed: Callable[..., Any],
    *,
    said: str | Callable[[Any], str],
    form: Form | None = None,
    name: str = "",
    **facts: Any,
) -> HttpResponse:
    url = reverse("office:appeal", args=[one.application.contest.code, one.application.number])
    page = partial(_page, request, one, **({name: form} if form else {}))
    return attempt(request, deed, one, said=said, then=url, form=form, on_refusal=page, **facts)


@require_POST
def send(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Hand the work to a second panel."""
    one, form = _appeal(request, code, number), PanelForm(request.POST)
    if not form.is_valid():
        return _page(request, one, panel=form)
    return _do(
        request,
        one,
        actions.send_appeal_to_panel,
        said="Вторая комиссия создана. Пригласите в неё экспертов.",
        form=form,
        name="panel",
        closes_at=form.cleaned_data["closes_at"],
    )


@require_POST
def invite(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Invite the ticked experts into the second panel."""
    one = _appeal(request, code, number)
    wanted = set(request.POST.getlist("person"))
    people = [each.person for each in queries.fresh_experts(one) if str(each.person.pk) in wanted]
    said = "Приглашения отправлены."
    return _do(request, one, actions.invite_to_appeal, said=said, people=people)


@require_POST
def open_panel(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Give the work to those who agreed."""
    one = _appeal(request, code, number)

    def said(count: int) -> str:
        return f"Работу получили {counted(count, *EXPERTS)}. Им отправлены письма."

    return _do(request, one, actions.open_appeal_panel, said=said)


@require_POST
def decide(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Uphold the appeal or dismiss it, with the reason."""
    one, form = _appeal(request, code, number), DecisionForm(request.POST)
    if not form.is_valid():
        return _page(request, one, decision=form)
    is_upheld = request.POST.get("outcome") == "uphold"
    deed = actions.uphold_appeal if is_upheld else actions.dismiss_appeal
    said = "Апелляция удовлетворена." if is_upheld else "Апелляция отклонена."
    text = form.cleaned_data["decision"]
    return _do(
        request,
        one,
        deed,
        said=f"{said} Заявителю отправлено письмо.",
        form=form,
        name="decision",
        decision=text,
    )


@require_POST
def award(request: HttpRequest, code: str, number: str) -> HttpResponse:
    """Grant the status by a later order."""
    one, form = _appeal(request, code, number), AwardForm(request.POST)
    if not form.is_valid():
        return _page(request, one, award=form)
    order = form.cleaned_data["order"]
    said = "Статус присвоен, диплом и письмо отправлены."
    return _do(request, one, actions.award_after_appeal, said=said, form=form, name="award", order=order)


_ONE = "contests/<slug:code>/appeals/<str:number>/"
routes = [
    path("contests/<slug:code>/appeals/", appeals, name="appeals"),
    path(_ONE, appeal, name="appeal"),
    path(f"{_ONE}panel/", send, name="appeal_panel"),
    path(f"{_ONE}invite/", invite, name="appeal_invite"),
    path(f"{_ONE}open/", open_panel, name="appeal_open"),
    path(f"{_ONE}decision/", decide, name="appeal_decision"),
    path(f"{_ONE}award/", award, name="appeal_award"),
]
