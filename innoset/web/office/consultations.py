"""The log of consultations: what was advised to whom."""

from datetime import date
from typing import Any, cast

import django_filters
import django_tables2 as tables
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.accounts.models import User
from innoset.foundation.russian import moscow
from innoset.network import queries
from innoset.network.actions import accompaniment as actions
from innoset.network.models import Consultation, Organisation, Status
from innoset.network.queries import accompaniment as people
from innoset.network.states import Role, StatusState
from innoset.web.office import spreadsheets
from innoset.web.office.accompaniment import SiteField
from innoset.web.office.asking import Ask, asked, door_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.forms import Form
from innoset.web.ui.listing import Listing, Table

HEAD = (
    "Дата",
    "Организация",
    "Статус",
    "Тема",
    "Кто консультировал",
    "Участники",
    "Сколько участников",
    "Минут",
    "Форма",
    "Что посоветовали",
)


def _organisations(request: HttpRequest | None) -> Any:
    person = request.user if request is not None else None
    seen = people.consultations_visible_to(person).order_by().values("organisation")
    return Organisation.objects.filter(pk__in=seen)


class ConsultationFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What the log is searched by."""

    since = django_filters.DateFilter(
        label="С какого дня", field_name="on", lookup_expr="gte", widget=forms.DateInput()
    )
    until = django_filters.DateFilter(
        label="По какой день", field_name="on", lookup_expr="lte", widget=forms.DateInput()
    )
    organisation = django_filters.ModelChoiceFilter(
        label="Организация", queryset=_organisations, empty_label="Любая"
    )


class ConsultationTable(Table):
    """The log as a list."""

    on = tables.TemplateColumn(template_name="office/_consultation_day.html", verbose_name="Дата")
    topic = tables.TemplateColumn(template_name="office/_consultation_cell.html", verbose_name="Тема")
    organisation = tables.Column(verbose_name="Организация", order_by="organisation__short_name")
    given_by = tables.Column(verbose_name="Кто консультировал", order_by="given_by__last_name")
    people = tables.Column(verbose_name="Участников", attrs={"td": {"class": "num"}})

    class Meta(Table.Meta):
        fields = ("on", "topic", "organisation", "given_by", "people")


@require_safe
def log(request: HttpRequest) -> HttpResponse:
    """List the consultations."""
    listing = Listing(
        request,
        people.consultations_visible_to(request.user),
        filterset=ConsultationFilter,
        table=ConsultationTable,
        words=("консультация", "консультации", "консультаций"),
    )
    context = {"listing": listing, "may_write": _may_write(request.user), "door": door_of(request.user)}
    return render(request, "office/consultations.html", context)


def _may_write(person: Any) -> bool:
    return (
        queries.is_registry_keeper(person)
        or queries.holds(person, Role.COORDINATOR)
        or people.accompanied_by(person).exists()
    )


@require_safe
def sheet(request: HttpRequest) -> HttpResponse:
    """Hand the log out as it is filtered."""
    visible = people.consultations_visible_to(request.user)
    found = ConsultationFilter(request.GET, visible, request=request).qs
    return spreadsheets.hand_out(
        "xlsx", name="Журнал консультаций", sheet="Консультации", head=HEAD, lines=map(_line, found)
    )


def _line(one: Consultation) -> tuple[str, ...]:
    return (
        f"{one.on:%d.%m.%Y}",
        one.organisation.short_name,
        one.status.kind.abbreviation if one.status else "",
        one.topic,
        one.given_by.full_name,
        one.participants,
        str(one.people),
        str(one.minutes or ""),
        "Дистанционно" if one.is_remote else "Очно",
        one.advice,
    )


class AdviceForm(Form):
    """What was advised."""

    on = forms.DateField(label="Дата", widget=forms.DateInput())
    topic = forms.CharField(label="Тема", max_length=300)
    participants = forms.CharField(
        label="Участники",
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Каждый с новой строки. Имена видят только сама организация, её координатор и те, кто сопровождает площадку.",
    )
    people = forms.IntegerField(label="Сколько участников", min_value=1, initial=1)
    minutes = forms.IntegerField(label="Сколько минут", min_value=1, required=False)
    is_remote = forms.BooleanField(label="Дистанционно", required=False)
    advice = forms.CharField(
        label="Что посоветовали", required=False, max_length=5000, widget=forms.Textarea()
    )


class ConsultationForm(AdviceForm):
    """A consultation: on which site, and what was advised."""

    status = SiteField(label="Площадка", queryset=Status.objects.none(), required=False)
    organisation = forms.ModelChoiceField(
        label="Организация без статуса", queryset=Organisation.objects.none(), required=False
    )
    field_order = ("status", "organisation")

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = people.organisations_advised_by(by)
        live = queries.public_statuses().filter(state__in=[StatusState.ACTIVE, StatusState.PAUSED])
        sites = cast("SiteField", self.fields["status"])
        sites.queryset = live.filter(organisation__in=near.values("pk")).order_by(
            "organisation__short_name", "pk"
        )
        if queries.is_registry_keeper(by) or queries.holds(by, Role.COORDINATOR):
            cast("forms.ModelChoiceField[Organisation]", self.fields["organisation"]).queryset = near
        else:
            del self.fields["organisation"]
            sites.required = True

    def clean(self) -> dict[str, Any]:
        """Ask for a site or an organisation; a site tells its organisation."""
        facts = super().clean() or {}
        status, organisation = facts.get("status"), facts.get("organisation")
        if status is None and organisation is None and "status" not in self.errors:
            self.add_error("status", "Выберите площадку: кого вы консультировали.")
        facts["organisation"] = status.organisation if status else organisation
        return facts


def record(request: HttpRequest) -> HttpResponse:
    """Write a consultation down."""
    site = Status.objects.filter(number=request.GET.get("status", "")).exclude(number="").first()
    initial = {"on": moscow(arrived_at(request)).date(), "status": site, "people": 1}
    form = ConsultationForm(request.POST or None, by=request.user, initial=initial)
    back = reverse("office:consultations")
    me = cast("User", request.user)
    return asked(
        request,
        Ask("Записать консультацию", back, button="Записать", crumbs=[("Консультации", back)]),
        form,
        actions.record_consultation,
        lambda facts: (Consultation(given_by=me, **facts), {}),
        said="Консультация записана.",
        then=back,
    )


@require_safe
def consultation(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one consultation."""
    found = get_object_or_404(people.consultations_visible_to(request.user), pk=pk)
    crumbs = [("Консультации", reverse("office:consultations")), (_day(found.on), "")]
    context = {"consultation": found, "crumbs": crumbs, "door": door_of(request.user)}
    return render(request, "office/consultation.html", context)


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Correct what one has written down."""
    mine = people.consultations_visible_to(request.user).filter(given_by=cast("User", request.user))
    found = get_object_or_404(mine, pk=pk)
    initial = {name: getattr(found, name) for name in AdviceForm.base_fields}
    form = AdviceForm(request.POST or None, initial=initial)
    back = reverse("office:consultation", args=[pk])
    return asked(
        request,
        Ask("Исправить запись", back, over=found.organisation.short_name),
        form,
        actions.edit_consultation,
        lambda facts: (found, {"values": facts}),
        said="Запись исправлена.",
        then=back,
    )


def _day(on: date) -> str:
    return f"{on:%d.%m.%Y}"


routes = [
    path("consultations/", log, name="consultations"),
    path("consultations/log.xlsx", sheet, name="consultations_sheet"),
    path("consultations/new/", record, name="consultation_new"),
    path("consultations/<int:pk>/", consultation, name="consultation"),
    path("consultations/<int:pk>/edit/", edit, name="consultation_edit"),
]
