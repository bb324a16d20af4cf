"""Errands: what people are asked to do, by whom, by when, and what came of it."""

from functools import partial
from typing import Any, Final, cast

from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.accounts.models import User
from innoset.foundation.russian import moscow
from innoset.network import queries
from innoset.network.actions import errands as actions
from innoset.network.models import Errand, Organisation
from innoset.network.queries import accompaniment as people
from innoset.web.office.asking import Ask, asked, door_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form
from innoset.web.ui.listing import Listing

TABS: Final = (
    ("mine", "Мне"),
    ("given", "От меня"),
    ("overdue", "Просрочены"),
    ("over", "Завершены"),
    ("all", "Все"),
)
OPEN: Final = Q(done_at=None, dropped_at=None)


def _chosen(request: HttpRequest, tab: str) -> QuerySet[Errand]:
    me, today = cast("User", request.user), moscow(arrived_at(request)).date()
    wanted = {
        "mine": OPEN & Q(assignee=me),
        "given": OPEN & Q(made_by=me),
        "overdue": OPEN & Q(due_on__lt=today),
        "over": ~OPEN,
        "all": Q(),
    }
    return people.errands_visible_to(me).filter(wanted[tab])


@require_safe
def errands(request: HttpRequest) -> HttpResponse:
    """List the errands that a person has, has given or oversees."""
    asked_for = request.GET.get("tab", "")
    tab = asked_for if asked_for in dict(TABS) else "mine"
    listing = Listing(
        request, _chosen(request, tab), words=("поручение", "поручения", "поручений"), per_page=25
    )
    tabs = [
        {"title": title, "url": f"?tab={code}", "current": code == tab, "count": None} for code, title in TABS
    ]
    context = {
        "listing": listing,
        "tabs": tabs,
        "today": moscow(arrived_at(request)).date(),
        "door": door_of(request.user),
    }
    return render(request, "office/errands.html", context)


class ErrandForm(Form):
    """What is asked of whom by when."""

    title = forms.CharField(label="Что сделать", max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
    assignee = forms.ModelChoiceField(label="Кому", queryset=User.objects.none())
    due_on = forms.DateField(label="Срок", widget=forms.DateInput(), required=False)
    organisation = forms.ModelChoiceField(
        label="Об организации", queryset=Organisation.objects.none(), required=False
    )

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField[User]", self.fields["assignee"]).queryset = people.people_to_ask(
            by
        ).order_by("last_name", "first_name", "pk")
        chosen = cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"])
        chosen.queryset = queries.organisations_visible_to(by).filter(is_active=True)


def give(request: HttpRequest) -> HttpResponse:
    """Give an errand."""
    back, me = reverse("office:errands"), cast("User", request.user)
    return asked(
        request,
        Ask("Дать поручение", back, button="Дать поручение", crumbs=[("Поручения", back)]),
        ErrandForm(request.POST or None, by=me),
        actions.give_errand,
        lambda facts: (Errand(made_by=me, **facts), {}),
        said="Поручение дано. Исполнитель узнает о нём из уведомления.",
        then=lambda made: reverse("office:errand", args=[made.pk]),
    )


class OutcomeForm(Form):
    """What came of the errand."""

    outcome = forms.CharField(label="Что вышло", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))


class DropForm(Form):
    """Why the errand is taken back."""

    reason = forms.CharField(label="Причина", max_length=500)


def errand(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an errand; whoever has it says that it is done, whoever gave it may take it back."""
    found = get_object_or_404(people.errands_visible_to(request.user), pk=pk)
    is_drop = "drop" in request.POST
    done = OutcomeForm(None if is_drop else request.POST or None)
    dropped = DropForm(request.POST if is_drop else None)
    crumbs = [("Поручения", reverse("office:errands")), ("Поручение", "")]
    context = {
        "errand": found,
        "done": done,
        "dropped": dropped,
        "forms": [done, dropped],
        "crumbs": crumbs,
        "is_open": found.done_at is None and found.dropped_at is None,
        "today": moscow(arrived_at(request)).date(),
        "door": door_of(request.user),
    }
    page = partial(render, request, "office/errand.html", context)
    form = dropped if is_drop else done
    if not form.is_valid():
        return page()
    deed: Any = actions.drop_errand if is_drop else actions.do_errand
    said = "Поручение снято." if is_drop else "Отмечено: поручение выполнено."
    url = reverse("office:errand", args=[pk])
    return attempt(request, deed, found, **form.cleaned_data, said=said, then=url, form=form, on_refusal=page)


routes = [
    path("errands/", errands, name="errands"),
    path("errands/new/", give, name="errand_new"),
    path("errands/<int:pk>/", errand, name="errand"),
]
