"""Keeping the normative base: the list, an act with its chain, and the deeds on it."""

from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.documents import actions, queries
from innoset.documents.models import ActRelation, NormativeAct, Order
from innoset.documents.states import ACT_KIND_LABELS, ACT_LEVEL_LABELS, RelationKind
from innoset.web.normative import FORCE, FORCE_LABELS, WORDS, ActFilter, Shown, ShownChain, cited, line_of
from innoset.web.office.act_conflicts import Pair, clashes_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form
from innoset.web.ui.listing import Listing

TITLE = "Нормативная база"
CODES = {force: code for code, force in FORCE.items()}
REQUISITES = ("level", "kind", "issuer", "signed_on", "number", "title", "ended_on", "note")


class ActForm(Form):
    """The requisites of an act."""

    kind = forms.ChoiceField(label="Вид", choices=list(ACT_KIND_LABELS.items()))
    level = forms.ChoiceField(label="Уровень", choices=list(ACT_LEVEL_LABELS.items()))
    issuer = forms.CharField(
        label="Кто издал",
        max_length=300,
        required=False,
        help_text="Полное название в именительном падеже: «Министерство просвещения Российской Федерации»",
    )
    signed_on = forms.DateField(label="Дата", widget=forms.DateInput(), required=False)
    number = forms.CharField(label="Номер", max_length=60, required=False, help_text="Как на документе: 21н")
    title = forms.CharField(
        label="Название",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Без внешних кавычек: Об утверждении Порядка…",
    )
    force = forms.ChoiceField(label="Действие", choices=FORCE_LABELS)
    ended_on = forms.DateField(label="С какого дня утратил силу", widget=forms.DateInput(), required=False)
    note = forms.CharField(label="Пояснение", max_length=500, required=False)

    def values(self) -> dict[str, Any]:
        """Return the columns of the act."""
        given = {name: self.cleaned_data[name] for name in REQUISITES}
        return given | {"in_force": FORCE[self.cleaned_data["force"]]}


class ActChoice(forms.ModelChoiceField):  # type: ignore[type-arg]  # the base class takes no argument at run time
    """A choice among the acts of the base, by their citations."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(queryset=NormativeAct.objects.order_by("kind", "-signed_on", "id"), **kwargs)

    def label_from_instance(self, obj: NormativeAct) -> str:
        """Return the citation, cut where it would make the list unreadable."""
        words = cited(obj)
        return words if len(words) <= LONGEST_CHOICE else f"{words[:LONGEST_CHOICE].rstrip()}…"


LONGEST_CHOICE = 140


class EndForm(Form):
    """When an act lost its force, and what came instead."""

    ended_on = forms.DateField(
        label="С какого дня утратил силу", widget=forms.DateInput(), required=False, help_text="Если известно"
    )
    successor = ActChoice(
        label="Чем заменён", required=False, help_text="Если документа нет в списке, сначала внесите его"
    )


class RelationForm(Form):
    """What this act does to another."""

    kind = forms.ChoiceField(
        label="Что делает этот документ",
        choices=[
            (RelationKind.AMENDS, "Изменяет другой документ"),
            (RelationKind.REPLACES, "Заменяет другой документ"),
        ],
    )
    target = ActChoice(label="Какой документ")


def act_or_404(pk: int) -> NormativeAct:
    """Return an act of the base."""
    found = queries.act_of(pk)
    if found is None:
        raise Http404
    return found


def _page_of(act: NormativeAct) -> str:
    return reverse("office:act", args=[act.pk])


def _crumbs(act: NormativeAct | None, here: str = "") -> list[tuple[str, str]]:
    trail = [(TITLE, reverse("office:acts"))]
    if act is not None:
        name = f"№ {act.number}" if act.number else act.title
        trail.append((name, _page_of(act) if here else ""))
    return [*trail, (here, "")] if here else trail


@require_safe
def acts(request: HttpRequest) -> HttpResponse:
    """List the base; what seems to be one act with different requisites is shown above."""
    listing = Listing(request, queries.listed_acts(), filterset=ActFilter, per_page=50, words=WORDS)
    waiting = queries.conflicting_requisites()
    context = {
        "listing": listing,
        "acts": [Shown.of(one) for one in listing.rows],
        "certain": [Pair.of(one) for one in waiting if one.is_certain],
        "doubtful": sum(not one.is_certain for one in waiting),
        "title": TITLE,
    }
    return render(request, "office/acts.html", context)


@require_safe
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an act with its chain, its clashes and what may be done to it."""
    found = act_or_404(pk)
    relations = ActRelation.objects.filter(act=found).select_related("target").order_by("id")
    context = {
        "shown": Shown.of(found),
        "chain": ShownChain.of(found),
        "relations": [(one, cited(one.target)) for one in relations],
        "line": line_of(found),
        "clashes": clashes_of(found),
        "orders": Order.objects.filter(acts=found).order_by("-signed_on", "-pk"),
        "crumbs": _crumbs(found),
    }
    return render(request, "office/act.html", context)


def make(request: HttpRequest) -> HttpResponse:
    """Add an act to the base."""
    form = ActForm(request.POST or None, initial={"kind": "order", "level": "regional"})
    context = {"form": form, "title": "Новый документ", "back": reverse("office:acts"), "button": "Внести"}
    page = partial(
        render, request, "office/act_edit.html", context | {"crumbs": _crumbs(None, "Новый документ")}
    )
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.add_act,
        NormativeAct(**form.values()),
        said="Документ внесён в базу.",
        then=_page_of,
        form=form,
        on_refusal=page,
    )


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Mend the requisites of an act."""
    found = act_or_404(pk)
    initial = {name: getattr(found, name) for name in REQUISITES} | {"force": CODES[found.in_force]}
    form = ActForm(request.POST or None, initial=initial)
    context = {"form": form, "title": "Исправить документ", "back": _page_of(found), "button": "Сохранить"}
    page = partial(render, request, "office/act_edit.html", context | {"crumbs": _crumbs(found, "Исправить")})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_act,
        found,
        values=form.values(),
        said="Документ сохранён.",
        then=_page_of(found),
        form=form,
        on_refusal=page,
    )


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that an act has lost its force."""
    found = act_or_404(pk)
    form = EndForm(request.POST or None)
    title = "Документ утратил силу"
    context = {
        "form": form,
        "title": title,
        "back": _page_of(found),
        "button": "Отметить",
        "lead": cited(found),
    }
    page = partial(render, request, "office/act_edit.html", context | {"crumbs": _crumbs(found, title)})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.end_act,
        found,
        **form.cleaned_data,
        said="Отмечено, что документ утратил силу.",
        then=_page_of(found),
        form=form,
        on_refusal=page,
    )


def relate(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that an act changes or replaces another."""
    found = act_or_404(pk)
    form = RelationForm(request.POST or None)
    title = "Связать с другим документом"
    context = {
        "form": form,
        "title": title,
        "back": _page_of(found),
        "button": "Связать",
        "lead": cited(found),
    }
    page = partial(render, request, "office/act_edit.html", context | {"crumbs": _crumbs(found, "Связь")})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.relate_acts,
        found,
        kind=RelationKind(form.cleaned_data["kind"]),
        target=form.cleaned_data["target"],
        said="Связь внесена.",
        then=_page_of(found),
        form=form,
        on_refusal=page,
    )


@require_POST
def unrelate(request: HttpRequest, pk: int, relation: int) -> HttpResponse:
    """Take a relation back."""
    found = get_object_or_404(ActRelation.objects.select_related("act", "target"), act=pk, pk=relation)
    return attempt(request, actions.unrelate_acts, found, said="Связь убрана.", then=_page_of(found.act))


routes = [
    path("acts/", acts, name="acts"),
    path("acts/new/", make, name="act_new"),
    path("acts/<int:pk>/", act, name="act"),
    path("acts/<int:pk>/edit/", edit, name="act_edit"),
    path("acts/<int:pk>/end/", end, name="act_end"),
    path("acts/<int:pk>/relate/", relate, name="act_relate"),
    path("acts/<int:pk>/relations/<int:relation>/remove/", unrelate, name="act_unrelate"),
]
