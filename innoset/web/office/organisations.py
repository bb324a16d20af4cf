"""The registry of organisations: list, card, changes."""

from functools import partial
from typing import Any, cast

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import Exists, OuterRef, Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from innoset.exchange import papers
from innoset.foundation.files.kinds import XLSX
from innoset.foundation.policy import may
from innoset.network import actions, queries
from innoset.network.models import Municipality, Organisation, Status, StatusKind
from innoset.network.states import KIND_LABELS, Role
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form
from innoset.web.ui.listing import Listing, Table

WORDS = ("организация", "организации", "организаций")


class OrganisationFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What the registry is searched by."""

    q = django_filters.CharFilter(label="Слово, номер, ИНН или ОГРН", method="by_words")
    kind = django_filters.ChoiceFilter(label="Вид", choices=list(KIND_LABELS.items()), empty_label="Любой")
    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет", queryset=Municipality.objects.all(), empty_label="Любой"
    )
    status = django_filters.ModelChoiceFilter(
        label="Действующий статус",
        queryset=StatusKind.objects.all(),
        empty_label="Любой",
        method="by_status",
    )

    def by_words(self, found: QuerySet[Organisation], name: str, value: str) -> QuerySet[Organisation]:
        """Keep those with every word."""
        del name
        return queries.matching_words(found, value)

    def by_status(
        self, found: QuerySet[Organisation], name: str, value: StatusKind
    ) -> QuerySet[Organisation]:
        """Keep those that hold such a status today."""
        del name
        current = Status.objects.filter(queries.current_on(timezone.localdate()), kind=value)
        return found.filter(Exists(current.filter(organisation=OuterRef("pk"))))


class OrganisationTable(Table):
    """The registry as a list."""

    number = tables.Column(verbose_name="Номер", attrs={"td": {"class": "nowrap"}})
    short_name = tables.TemplateColumn(
        template_name="office/_organisation_cell.html", verbose_name="Организация", order_by="short_name"
    )
    kind = tables.TemplateColumn("{{ record.get_kind_display }}", verbose_name="Вид", orderable=False)
    municipality = tables.Column(verbose_name="Муниципалитет", order_by="municipality__name")
    statuses = tables.TemplateColumn(
        template_name="office/_organisation_statuses.html", verbose_name="Статусы", orderable=False
    )

    class Meta(Table.Meta):
        fields = ("number", "short_name", "kind", "municipality", "statuses")


@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """List the organisations that the person may see."""
    found = queries.organisations_visible_to(request.user).prefetch_related(_current_statuses())
    listing = Listing(request, found, filterset=OrganisationFilter, table=OrganisationTable, words=WORDS)
    user = request.user
    may_add = may(user, "exchange.read_list") or bool(queries.municipality_ids_of(user, Role.COORDINATOR))
    context = {"listing": listing, "query": request.GET.urlencode(), "may_add": may_add}
    return render(request, "office/organisations.html", context)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Give the list as it is filtered now as a spreadsheet."""
    visible = queries.organisations_visible_to(request.user).select_related("founder")
    found = OrganisationFilter(request.GET, visible).qs
    response = HttpResponse(papers.registry(found), content_type=XLSX)
    response["Content-Disposition"] = 'attachment; filename="organisations.xlsx"'
    return response


@require_safe
def organisation(request: HttpRequest, number: str) -> HttpResponse:
    """Show the card: who they are, who works for them, what statuses they hold."""
    found = get_object_or_404(queries.organisations_visible_to(request.user), number=number)
    statuses = Status.objects.filter(organisation=found).select_related("kind", "order", "ground")
    context = {
        "organisation": found,
        "statuses": statuses.prefetch_related("events"),
        "members": queries.members_of(found),
        "invitations": queries.invitations_visible_to(request.user).filter(
            organisation=found, accepted_at=None, revoked_at=None
        ),
        "offered": queries.roles_to_offer(request.user, found),
        "today": timezone.localdate(),
        "now": arrived_at(request),
    }
    return render(request, "office/organisation.html", context)


class OrganisationForm(Form):
    """The columns of a card; the staff gets only those that tell how to reach them."""

    name = forms.CharField(
        label="Полное наименование", max_length=500, widget=forms.Textarea(attrs={"rows": 2})
    )
    short_name = forms.CharField(label="Краткое наименование", max_length=200)
    kind = forms.ChoiceField(label="Вид организации", choices=list(KIND_LABELS.items()))
    municipality = forms.ModelChoiceField(label="Муниципалитет", queryset=Municipality.objects.all())
    inn = forms.CharField(label="ИНН", required=False, help_text="10 цифр")
    kpp = forms.CharField(label="КПП", required=False, help_text="9 знаков")
    ogrn = forms.CharField(label="ОГРН", required=False, help_text="13 цифр")
    founder = forms.ModelChoiceField(
        label="Учредитель",
        queryset=Organisation.objects.none(),
        required=False,
        help_text="Орган управления образованием. Его сотрудники не оценивают заявки этой организации.",
    )
    address = forms.CharField(label="Адрес", max_length=400, required=False)
    email = forms.EmailField(label="Электронная почта организации", required=False)
    phone = forms.CharField(label="Телефон организации", max_length=60, required=False)
    site = forms.URLField(label="Сайт", required=False, assume_scheme="https")
    head_name = forms.CharField(
        label="Руководитель", max_length=200, required=False, help_text="На сайте не показываем без согласия"
    )
    head_position = forms.CharField(label="Должность руководителя", max_length=100, required=False)

    def __init__(self, *args: Any, columns: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - columns:
            del self.fields[name]
        if "founder" in self.fields:
            self.fields["founder"].queryset = queries.founders()  # type: ignore[attr-defined]  # a field of models has one


def edit(request: HttpRequest, number: str) -> HttpResponse:
    """Change a card."""
    found = get_object_or_404(queries.organisations_editable_by(request.user), number=number)
    columns = queries.columns_editable_by(request.user, found)
    initial = {name: getattr(found, name) for name in columns}
    form = OrganisationForm(request.POST or None, initial=initial, columns=columns)
    page = partial(render, request, "office/organisation_edit.html", {"form": form, "organisation": found})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_organisation,
        found,
        values=form.cleaned_data,
        said="Карточка сохранена.",
        then=reverse("office:organisation", args=[number]),
        form=form,
        on_refusal=page,
    )


def add(request: HttpRequest) -> HttpResponse:
    """Add an organisation by hand."""
    columns = frozenset(OrganisationForm.base_fields)
    form = OrganisationForm(request.POST or None, columns=columns)
    page = partial(render, request, "office/organisation_edit.html", {"form": form, "organisation": None})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.add_organisation,
        Organisation(**form.cleaned_data),
        said="Организация внесена в реестр.",
        then=lambda made: reverse("office:organisation", args=[cast("Organisation", made).number]),
        form=form,
        on_refusal=page,
    )


class CloseForm(Form):
    """Why an organisation leaves the registry or comes back."""

    reason = forms.CharField(label="Причина", max_length=300, help_text="Её увидят в журнале действий")


def close(request: HttpRequest, number: str) -> HttpResponse:
    """Take an organisation out of the registry, or put it back."""
    found = get_object_or_404(queries.organisations_visible_to(request.user), number=number)
    form = CloseForm(request.POST or None)
    page = partial(render, request, "office/organisation_close.html", {"form": form, "organisation": found})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.close_organisation,
        found,
        is_active=not found.is_active,
        reason=form.cleaned_data["reason"],
        said="Организация возвращена в реестр."
        if not found.is_active
        else "Организация исключена из реестра.",
        then=reverse("office:organisation", args=[number]),
    )


def _current_statuses() -> Prefetch[Any]:
    current = Status.objects.filter(queries.current_on(timezone.localdate())).select_related("kind")
    return Prefetch("statuses", queryset=current, to_attr="current_statuses")


routes = [
    path("organisations/", organisations, name="organisations"),
    path("organisations/download.xlsx", download, name="organisations_download"),
    path("organisations/new/", add, name="organisation_new"),
    path("organisations/<str:number>/", organisation, name="organisation"),
    path("organisations/<str:number>/edit/", edit, name="organisation_edit"),
    path("organisations/<str:number>/close/", close, name="organisation_close"),
]
