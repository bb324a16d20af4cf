"""Agreements of the network with municipalities."""

from functools import partial

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.utils import timezone
from django.views.decorators.http import require_safe

from innoset.network import actions, queries
from innoset.network.models import Agreement, Municipality, Organisation
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form
from innoset.web.ui.listing import Listing, Table


class AgreementFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What the agreements are searched by."""

    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет", queryset=Municipality.objects.all(), empty_label="Любой"
    )
    state = django_filters.ChoiceFilter(
        label="Срок",
        choices=[("live", "Действует"), ("over", "Вышел")],
        empty_label="Любой",
        method="by_state",
    )

    def by_state(self, found: QuerySet[Agreement], name: str, value: str) -> QuerySet[Agreement]:
        """Keep those in force, or those whose term is over."""
        del name
        over = Q(ends_on__lt=timezone.localdate())
        return found.filter(over) if value == "over" else found.exclude(over)


class AgreementTable(Table):
    """The agreements as a list."""

    number = tables.TemplateColumn(template_name="office/_agreement_cell.html", verbose_name="Документ")
    municipality = tables.Column(verbose_name="Муниципалитет", order_by="municipality__name")
    partner = tables.Column(verbose_name="С кем", order_by="partner__short_name")
    ends_on = tables.TemplateColumn(template_name="office/_agreement_term.html", verbose_name="Действует до")

    class Meta(Table.Meta):
        fields = ("number", "municipality", "partner", "ends_on")


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """List the agreements; those whose term is over are marked."""
    found = queries.agreements_visible_to(request.user)
    listing = Listing(
        request,
        found,
        filterset=AgreementFilter,
        table=AgreementTable,
        words=("соглашение", "соглашения", "соглашений"),
    )
    over = found.filter(ends_on__lt=timezone.localdate()).count()
    return render(request, "office/agreements.html", {"listing": listing, "over": over})


class AgreementForm(Form):
    """An agreement."""

    kind = forms.ChoiceField(label="Вид", choices=Agreement.Kind.choices)
    number = forms.CharField(label="Номер", max_length=40)
    signed_on = forms.DateField(label="Дата подписания", widget=forms.DateInput())
    ends_on = forms.DateField(
        label="Действует до", widget=forms.DateInput(), required=False, help_text="Пусто — бессрочно"
    )
    municipality = forms.ModelChoiceField(label="Муниципалитет", queryset=Municipality.objects.all())
    organisation = forms.ModelChoiceField(
        label="Наша сторона", queryset=Organisation.objects.filter(is_active=True)
    )
    partner = forms.ModelChoiceField(label="С кем", queryset=Organisation.objects.filter(is_active=True))
    note = forms.CharField(label="Примечание", max_length=500, required=False)


def make(request: HttpRequest) -> HttpResponse:
    """Write an agreement down."""
    form = AgreementForm(request.POST or None)
    page = partial(render, request, "office/agreement_edit.html", {"form": form, "agreement": None})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.make_agreement,
        Agreement(**form.cleaned_data),
        said="Соглашение внесено.",
        then="office:agreements",
        form=form,
        on_refusal=page,
    )


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an agreement."""
    found = get_object_or_404(queries.agreements_visible_to(request.user), pk=pk)
    initial = {name: getattr(found, name) for name in AgreementForm.base_fields}
    form = AgreementForm(request.POST or None, initial=initial)
    page = partial(render, request, "office/agreement_edit.html", {"form": form, "agreement": found})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_agreement,
        found,
        values=form.cleaned_data,
        said="Соглашение сохранено.",
        then="office:agreements",
        form=form,
        on_refusal=page,
    )


routes = [
    path("agreements/", agreements, name="agreements"),
    path("agreements/new/", make, name="agreement_new"),
    path("agreements/<int:pk>/", edit, name="agreement"),
]
