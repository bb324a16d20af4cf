"""Winners that go up: a municipality puts them forward and releases them, the upper contest answers."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.contests.actions import advancements as actions
from innoset.contests.models import Advancement, Application, Contest
from innoset.contests.queries import advancements as queries
from innoset.contests.states import ADVANCEMENT, AdvancementState
from innoset.network.models import Municipality
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import fields_of
from innoset.web.office.place import frame_of, place_or_404
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

KINDS = {
    AdvancementState.PROPOSED: "now",
    AdvancementState.RELEASED: "work",
    AdvancementState.ACCEPTED: "good",
    AdvancementState.DECLINED: "bad",
    AdvancementState.WITHDRAWN: "",
}


class ForwardForm(Form):
    """Where to, and why."""

    contest = forms.ModelChoiceField(label="Краевой конкурс", queryset=Contest.objects.none())
    reason = forms.CharField(
        label="Почему выдвигаете",
        required=False,
        max_length=actions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Прочтут организаторы краевого конкурса, когда вы передадите работу.",
    )

    def __init__(self, *args: Any, contests: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["contest"].queryset = contests  # type: ignore[attr-defined]  # a choice of rows


class DeclineForm(Form):
    """Why not."""

    reason = forms.CharField(
        label="Почему не берёте",
        max_length=actions.LONGEST,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Прочтут школа и муниципалитет.",
    )


@require_safe
def of_place(request: HttpRequest) -> HttpResponse:
    """Show the winners of the municipality, and how far those put forward have come."""
    here = place_or_404(request)
    winners = _winners(request, here)
    found = _of(request, here)
    forward = {one.application_id for one in found}
    context = {
        **frame_of(request, here, "advancements"),
        "winners": [one for one in winners if one.pk not in forward],
        "rows": [_row(one) for one in found],
    }
    return render(request, "office/place_advancements.html", context)


def _winners(request: HttpRequest, here: Municipality) -> list[Application]:
    return list(queries.winners_near(request.user).filter(organisation__municipality=here)[:50])


def _of(request: HttpRequest, here: Municipality) -> list[Advancement]:
    near = queries.advancements_of_place(request.user)
    return list(near.filter(application__organisation__municipality=here))


def _row(one: Advancement) -> dict[str, Any]:
    """Return an advancement with what may be done to it, and with the result above when there is one."""
    allowed = [
        name for name in ("release", "withdraw", "propose_again") if ADVANCEMENT.allows(name, one.state)
    ]
    raised = one.raised
    award = getattr(raised, "award", None) if raised else None
    result = award.status.kind.title if award else raised.get_state_display() if raised else ""
    return {"one": one, "kind": KINDS[AdvancementState(one.state)], "allowed": allowed, "result": result}


def forward(request: HttpRequest, number: str) -> HttpResponse:
    """Put a winner forward."""
    one = get_object_or_404(queries.winners_near(request.user), number=number)
    here = reverse("office:place_advancements") + f"?place={one.organisation.municipality.oktmo}"
    form = ForwardForm(request.POST or None, contests=queries.upper_contests_at(arrived_at(request)))
    crumbs = [("Краевые конкурсы", here), ("Выдвинуть победителя", "")]
    context = {"application": one, "form": form, "crumbs": crumbs, "back": here}
    page = partial(render, request, "office/advancement_new.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.put_forward,
        one,
        **form.cleaned_data,
        said="Работа выдвинута. Пока вы её не передадите, на краевом уровне её не видно.",
        then=here,
        form=form,
        on_refusal=page,
    )


def _below_or_404(request: HttpRequest, pk: int) -> Advancement:
    return get_object_or_404(queries.advancements_of_place(request.user), pk=pk)


@require_POST
def release(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the winner to the organisers above."""
    one = _below_or_404(request, pk)
    return attempt(request, actions.release, one, said="Работа передана. Организаторы конкурса увидели её.")


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the winner back."""
    one = _below_or_404(request, pk)
    return attempt(
        request, actions.withdraw, one, said="Работа отозвана. На краевом уровне её больше не видно."
    )


@require_safe
def above(request: HttpRequest) -> HttpResponse:
    """List the winners that municipalities released to one's contests."""
    rows = [_row(one) for one in queries.advancements_above(request.user)[:200]]
    return render(request, "office/advancements.html", {"rows": rows})


def advancement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what was released; decline it in words."""
    one = get_object_or_404(queries.advancements_above(request.user), pk=pk)
    form = DeclineForm(request.POST or None)
    context = {
        **_row(one),
        "texts": _texts(one.application),
        "waits": one.state == AdvancementState.RELEASED,
        "form": form,
        "crumbs": [
            ("Победители муниципалитетов", reverse("office:advancements")),
            (str(one.application), ""),
        ],
    }
    page = partial(render, request, "office/advancement.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.decline,
        one,
        reason=form.cleaned_data["reason"],
        said="Отказ отправлен школе и муниципалитету.",
        then=reverse("office:advancement", args=[pk]),
        form=form,
        on_refusal=page,
    )


def _texts(application: Application) -> list[tuple[str, str]]:
    """Return what the winner sent, field by field."""
    version = application.version
    if version is None:
        return []
    fields = fields_of(form_by_code(version.form_code), stages=version.stages)
    told = ((f"{one.printed_number}. {one.name}", version.values.get(one.key, "")) for one in fields)
    return [(label, text) for label, text in told if text]


@require_POST
def accept(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the winner in."""
    one = get_object_or_404(queries.advancements_above(request.user), pk=pk)
    return attempt(
        request,
        actions.accept,
        one,
        said=lambda made: f"Заявка {made.shown_number} начата. Школа получила уведомление.",
        then=reverse("office:advancement", args=[pk]),
    )


routes = [
    path("place/advancements/", of_place, name="place_advancements"),
    path("place/advancements/<str:number>/", forward, name="advancement_new"),
    path("advancements/", above, name="advancements"),
    path("advancements/<int:pk>/", advancement, name="advancement"),
    path("advancements/<int:pk>/accept/", accept, name="advancement_accept"),
    path("advancements/<int:pk>/release/", release, name="advancement_release"),
    path("advancements/<int:pk>/withdraw/", withdraw, name="advancement_withdraw"),
]
