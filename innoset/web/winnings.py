"""What the doors share of grants and honours: forms, filters, lines to take away."""

from collections.abc import Iterable, Iterator
from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest

from innoset.foundation.money import kopecks_of, rubles, typed
from innoset.network.models import Achievement, Grant, Organisation
from innoset.network.queries.dissemination import may_be_recorded_by
from innoset.network.queries.honours import achievements_matching, grants_matching
from innoset.network.states import REACH_LABELS, Reach
from innoset.web.ui.forms import Form
from innoset.web.ui.given import GivenFile

GRANT_HEAD = (
    "Год",
    "Программа",
    "Кто дал",
    "Сумма, рублей",
    "Организация",
    "Муниципалитет",
    "Ссылка",
    "Файл",
)
HONOUR_HEAD = ("Год", "Конкурс", "Номинация", "Уровень", "Результат", "Команда", "Организация", "Муниципалитет", "Ссылка", "Файл")  # fmt: skip


class GrantFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What grants are searched by."""

    q = django_filters.CharFilter(label="Слова", method="by_words")
    year = django_filters.NumberFilter(label="Год")

    def by_words(self, found: QuerySet[Grant], name: str, value: str) -> QuerySet[Grant]:
        """Keep those with every word."""
        del name
        return grants_matching(found, value)


class HonourFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What honours are searched by."""

    q = django_filters.CharFilter(label="Слова", method="by_words")
    year = django_filters.NumberFilter(label="Год")
    reach = django_filters.ChoiceFilter(
        label="Уровень", choices=list(REACH_LABELS.items()), empty_label="Любой"
    )

    def by_words(self, found: QuerySet[Achievement], name: str, value: str) -> QuerySet[Achievement]:
        """Keep those with every word."""
        del name
        return achievements_matching(found, value)


class _OfOrganisation(Form):
    """What both have: whose it is, the year, the proof."""

    organisation = forms.ModelChoiceField(
        label="Организация",
        queryset=Organisation.objects.none(),
        error_messages={"invalid_choice": "В поле «Организация» выберите свою организацию."},
    )
    year = forms.IntegerField(label="Год")
    url = forms.URLField(label="Ссылка", max_length=500, required=False, assume_scheme="https")
    file = GivenFile(label="Файл", required=False)

    def __init__(self, request: HttpRequest, thing: Any = None, **more: Any) -> None:
        is_sent = request.method == "POST"
        initial = more if thing is None else self.initial_of(thing)
        super().__init__(
            request.POST if is_sent else None, request.FILES if is_sent else None, initial=initial
        )
        self.fields["organisation"].queryset = may_be_recorded_by(request.user)  # type: ignore[attr-defined]  # a field of choice
        if thing is not None:
            # Whose it is does not change: another organisation makes its own record.
            del self.fields["organisation"]

    @classmethod
    def initial_of(cls, thing: Any) -> dict[str, Any]:
        """Return what a record to be changed says now."""
        return {
            name: getattr(thing, name) for name in cls.base_fields if name not in ("organisation", "file")
        }

    def parts(self) -> tuple[dict[str, Any], Any]:
        """Return the columns and the prepared file of proof."""
        values = dict(self.cleaned_data)
        return values, values.pop("file")


class GrantForm(_OfOrganisation):
    """A grant; the sum is typed in rubles and kept in kopecks."""

    programme = forms.CharField(label="Программа", max_length=300)
    source = forms.CharField(label="Кто дал", max_length=300, required=False)
    amount = forms.CharField(
        label="Сумма, рублей",
        max_length=30,
        required=False,
        help_text="Например: 1 250 000 или 1250000,50. Не знаете — оставьте пустым",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )
    field_order = ("organisation", "programme", "source", "amount", "year", "url", "file")

    @classmethod
    def initial_of(cls, thing: Any) -> dict[str, Any]:
        """Return what the grant says now, the sum in rubles."""
        return super().initial_of(thing) | {"amount": typed(thing.amount)}

    def clean_amount(self) -> int | None:
        """Return the sum in kopecks."""
        text = self.cleaned_data["amount"]
        if not text.strip():
            return None
        sum_of = kopecks_of(text)
        if sum_of is None:
            raise forms.ValidationError(
                "Введите в поле «Сумма, рублей» число: 1 250 000 или 1250000,50. Слова и знаки уберите."
            )
        return sum_of


class HonourForm(_OfOrganisation):
    """A place, a prize or a title."""

    contest = forms.CharField(label="Конкурс", max_length=300)
    nomination = forms.CharField(label="Номинация", max_length=300, required=False)
    reach = forms.ChoiceField(label="Уровень", choices=list(REACH_LABELS.items()), initial=Reach.REGIONAL)
    result = forms.CharField(label="Результат", max_length=200, help_text="Победитель, I место, лауреат")
    team = forms.CharField(label="Команда", max_length=500, required=False)
    field_order = ("organisation", "contest", "nomination", "reach", "result", "team", "year", "url", "file")


def grant_lines(grants: Iterable[Grant]) -> Iterator[tuple[str, ...]]:
    """Yield grants as lines of a table."""
    for one in grants:
        yield (
            str(one.year),
            one.programme,
            one.source,
            typed(one.amount),
            one.organisation.short_name,
            one.organisation.municipality.name,
            one.url,
            one.file.name if one.file else "",
        )


def honour_lines(honours: Iterable[Achievement]) -> Iterator[tuple[str, ...]]:
    """Yield honours as lines of a table."""
    for one in honours:
        yield (
            str(one.year),
            one.contest,
            one.nomination,
            REACH_LABELS[Reach(one.reach)],
            one.result,
            one.team,
            one.organisation.short_name,
            one.organisation.municipality.name,
            one.url,
            one.file.name if one.file else "",
        )


def sum_of(grant: Grant) -> str:
    """Say the sum of a grant."""
    return "не указана" if grant.amount is None else rubles(grant.amount)
