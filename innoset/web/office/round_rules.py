"""The rules by which a round gives dossiers to experts."""

from decimal import Decimal
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_http_methods

from innoset.review import actions
from innoset.review.actions import AssignmentRules
from innoset.review.models import Round
from innoset.review.states import OWN_MUNICIPALITY_LABELS, OwnMunicipality
from innoset.web.office.round_frame import place_or_404
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

PER_CENT = Decimal(100)


class RulesForm(Form):
    """How many experts read a dossier, how long it takes, who may not, and whether lots are drawn."""

    sheets_per_dossier = forms.IntegerField(label="Экспертов на одно дело")
    alternates = forms.IntegerField(
        label="Запасных экспертов на дело",
        help_text="Кто займёт место, если эксперт откажется или заявит конфликт. 0 — без запасных.",
    )
    minutes_per_page = forms.IntegerField(
        label="Минут на страницу",
        help_text="Норма чтения и оценки. Нагрузка эксперта — страницы его дел, умноженные на норму.",
    )
    own_municipality = forms.ChoiceField(
        label="Свой муниципалитет",
        choices=[(str(key), label) for key, label in OWN_MUNICIPALITY_LABELS.items()],
        widget=forms.RadioSelect,
        initial=OwnMunicipality.BARRED,
    )
    municipality_cap = forms.IntegerField(
        label="Экспертов одного муниципалитета на дело, не более",
        required=False,
        help_text="Пусто — правила нет.",
    )
    greatest_probability = forms.DecimalField(
        label="Наибольшая вероятность",
        required=False,
        help_text=(
            "Жребий против сговора. Например, 50 значит: никто не может знать заранее с вероятностью "
            "больше половины, кто прочтёт какое дело. Чем меньше число, тем больше случая и тем слабее "
            "подбор по направлению. Пусто — без жребия."
        ),
    )

    @staticmethod
    def initial_of(review_round: Round) -> dict[str, Any]:
        """Return the rules as they are now."""
        names = [name for name in RulesForm.base_fields if name != "greatest_probability"]
        share = review_round.greatest_probability
        chance = None if share is None else (PER_CENT * share).normalize()
        return {
            **{name: getattr(review_round, name) for name in names},
            "greatest_probability": None if chance is None else f"{chance:f}",
        }

    def rules(self) -> AssignmentRules:
        """Return what was asked for; the probability is a share there."""
        data = dict(self.cleaned_data)
        chance = data.pop("greatest_probability")
        return AssignmentRules(**data, greatest_probability=None if chance is None else chance / PER_CENT)


@require_http_methods(["GET", "POST"])
def rules(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """Show the rules; the form changes them."""
    place = place_or_404(request, code, kind)
    form = RulesForm(
        request.POST if request.method == "POST" else None, initial=RulesForm.initial_of(place.round)
    )
    page = partial(render, request, "office/round_rules.html", place.context("assignments", form=form))
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.set_rules,
        place.round,
        rules=form.rules(),
        said="Правила сохранены. Уже сделанные назначения не изменились.",
        then=place.url("assignments"),
        form=form,
        on_refusal=page,
    )


routes = [path("contests/<slug:code>/rounds/<slug:kind>/rules/", rules, name="round_rules")]
