"""Forms of indicators: a value, a line of the dictionary, a version of the formula."""

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from innoset.analytics.models import Indicator
from innoset.analytics.pure.index import MEASURES, WHOLE
from innoset.analytics.states import SCOPE_LABELS, SOURCE_LABELS, Scope, Source
from innoset.network.models import Municipality, Organisation
from innoset.network.queries import is_registry_keeper, municipality_ids_of
from innoset.network.states import Role
from innoset.web.ui.forms import Form

_ENTERED = [(key, label) for key, label in SOURCE_LABELS.items() if key != Source.COUNTED]


def places_to_enter(person: Any) -> QuerySet[Municipality]:
    """Return the municipalities that a person may enter values for."""
    every = Municipality.objects.filter(valid_to=None)
    if is_registry_keeper(person):
        return every
    return every.filter(pk__in=municipality_ids_of(person, Role.COORDINATOR))


class ValueForm(Form):
    """A value of an indicator; only the fields that go with the indicator."""

    starts_on = forms.DateField(label="Период с", widget=forms.DateInput())
    ends_on = forms.DateField(label="Период по", widget=forms.DateInput())
    is_partial = forms.BooleanField(
        label="За часть периода",
        required=False,
        help_text="Отметьте, если год ещё не закончился: с целыми годами такое значение не сравнивают",
    )
    municipality = forms.ModelChoiceField(
        label="Муниципалитет",
        queryset=Municipality.objects.none(),
        required=False,
        help_text="Пусто — вся сеть",
    )
    organisation = forms.ModelChoiceField(
        label="Организация", queryset=Organisation.objects.none(), required=False
    )
    value = forms.DecimalField(
        label="Значение",
        required=False,
        min_value=0,
        max_digits=15,
        decimal_places=2,
        help_text="Пусто — известно, что значение не указано. Нуль и «не указано» — разные ответы",
    )
    numerator = forms.DecimalField(
        label="Числитель", required=False, min_value=0, max_digits=15, decimal_places=2
    )
    denominator = forms.DecimalField(
        label="Знаменатель",
        required=False,
        min_value=0,
        max_digits=15,
        decimal_places=2,
        help_text="Если известны обе части, процент посчитаем сами",
    )
    is_floor = forms.BooleanField(
        label="Не меньше этого числа",
        required=False,
        help_text="Отметьте, если известно только «более 350»: с точными числами такое не сравнивают",
    )
    source_note = forms.CharField(
        label="Откуда значение", max_length=300, help_text="Например: счётчик посещений, отчёт за 2021 год"
    )

    def __init__(self, *args: Any, indicator: Indicator, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = places_to_enter(person)
        is_keeper = is_registry_keeper(person)
        holders = Organisation.objects.filter(is_active=True, municipality__in=places.values("pk"))
        for name in self._idle(indicator):
            del self.fields[name]
        if "municipality" in self.fields:
            self.fields["municipality"].queryset = places  # type: ignore[attr-defined]  # a choice of models
            self.fields["municipality"].required = not is_keeper and "organisation" not in self.fields
        if "organisation" in self.fields:
            self.fields["organisation"].queryset = holders  # type: ignore[attr-defined]  # a choice of models

    @staticmethod
    def _idle(indicator: Indicator) -> list[str]:
        idle = [] if indicator.is_share else ["numerator", "denominator"]
        if indicator.scope != Scope.ORGANISATION:
            idle.append("organisation")
        return [*idle, "municipality"] if indicator.scope == Scope.NETWORK else idle


class IndicatorForm(Form):
    """A line of the dictionary that may change."""

    title = forms.CharField(label="Название", max_length=200)
    definition = forms.CharField(label="Что и как считают", max_length=2000, widget=forms.Textarea)
    unit = forms.CharField(
        label="Единица",
        max_length=60,
        help_text="Одно слово («%», «₽») или три через запятую: «визит,визита,визитов»",
    )
    target = forms.DecimalField(label="Цель", required=False, min_value=0, max_digits=15, decimal_places=2)
    target_on = forms.DateField(label="К какому дню", required=False, widget=forms.DateInput())
    is_public = forms.BooleanField(label="Виден всем", required=False)
    is_active = forms.BooleanField(label="В работе", required=False, initial=True)


class NewIndicatorForm(IndicatorForm):
    """A new indicator: also whose it is and where its values come from."""

    scope = forms.ChoiceField(label="Для кого считают", choices=list(SCOPE_LABELS.items()))
    source = forms.ChoiceField(label="Откуда значения", choices=_ENTERED)
    is_share = forms.BooleanField(label="Доля: показывать числитель и знаменатель", required=False)


class FormulaForm(Form):
    """A version of the formula: the weight of each part in percent and the value that gives it in full."""

    note = forms.CharField(label="Что изменилось и почему", max_length=500)

    def __init__(self, *args: Any, parts: list[dict[str, Any]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.parts = {part["code"]: part for part in parts}
        for code in MEASURES:
            part = self.parts.get(code)
            if part is not None:
                self.fields |= _fields_of(code, part)

    def rows(self) -> list[dict[str, Any]]:
        """Return the parts as they are to be kept; a part of no weight is left out."""
        return [
            {
                **part,
                "weight": str(self.cleaned_data[f"weight_{code}"] / WHOLE),
                "full": str(self.cleaned_data[f"full_{code}"]),
            }
            for code, part in self.parts.items()
            if self.cleaned_data[f"weight_{code}"]
        ]


def _fields_of(code: str, part: dict[str, Any]) -> dict[str, forms.Field]:
    title = part["title"]
    number: dict[str, Any] = {"min_value": 0, "max_digits": 8, "decimal_places": 2}
    messages = {
        "invalid": f"Введите число в поле «{title}», например 25.",
        "required": f"Заполните поле «{title}».",
    }
    return {
        f"weight_{code}": forms.DecimalField(
            label=f"{title}: вес, %",
            initial=Decimal(part["weight"]) * WHOLE,
            error_messages=messages,
            **number,
        ),
        f"full_{code}": forms.DecimalField(
            label=f"{title}: полное значение",
            initial=Decimal(part["full"]),
            help_text=part["definition"],
            error_messages=messages,
            **number,
        ),
    }
