"""What organisations have shared, for those who look at the proof: coordinators, methodists, organisers."""

import django_filters
import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.network.actions import dissemination as actions
from innoset.network.models import Dissemination, Municipality
from innoset.network.queries.dissemination import disseminations_visible_to
from innoset.web.evidence import HEAD, WORDS, DisseminationFilter, lines_of
from innoset.web.office.spreadsheets import hand_out as hand_out_table
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import hand_out
from innoset.web.ui.listing import Listing, Table

TITLE = "Распространение опыта"


class OfficeFilter(DisseminationFilter):
    """What the office searches records by."""

    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет",
        field_name="organisation__municipality",
        queryset=Municipality.objects.filter(valid_to=None),
        empty_label="Любой",
    )


class DisseminationTable(Table):
    """The records as a list."""

    on = tables.TemplateColumn("{% load ui %}{{ value|day }}", verbose_name="Дата")
    title = tables.TemplateColumn(
        template_name="office/_dissemination_cell.html", verbose_name="Что", order_by="title"
    )
    organisation = tables.Column(verbose_name="Организация", order_by="organisation__short_name")
    people = tables.Column(verbose_name="Участников", attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    confirmed_at = tables.TemplateColumn(
        template_name="cabinet/_dissemination_state.html", verbose_name="Проверка"
    )

    class Meta(Table.Meta):
        fields = ("on", "title", "organisation", "people", "confirmed_at")


def _record_or_404(request: HttpRequest, pk: int) -> Dissemination:
    return get_object_or_404(disseminations_visible_to(request.user), pk=pk)


@require_safe
def disseminations(request: HttpRequest) -> HttpResponse:
    """List the records that the person may read."""
    listing = Listing(
        request,
        disseminations_visible_to(request.user),
        filterset=OfficeFilter,
        table=DisseminationTable,
        words=WORDS,
    )
    context = {"listing": listing, "query": request.GET.urlencode(), "title": TITLE}
    return render(request, "office/disseminations.html", context)


@require_safe
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out what the list shows, whole."""
    found = OfficeFilter(request.GET, disseminations_visible_to(request.user), request=request).qs
    return hand_out_table(kind, name=TITLE, head=HEAD, lines=lines_of(found), sheet="Записи")


@require_safe
def dissemination(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a record and its proof."""
    record = _record_or_404(request, pk)
    context = {
        "record": record,
        "municipalities": record.municipalities.all(),
        "partners": record.partners.all(),
        "crumbs": [(TITLE, reverse("office:disseminations")), (record.title, "")],
    }
    return render(request, "office/dissemination.html", context)


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """Say that the proof has been seen."""
    return attempt(
        request,
        actions.confirm_dissemination,
        _record_or_404(request, pk),
        said="Запись подтверждена.",
        then=reverse("office:dissemination", args=[pk]),
    )


@require_POST
def reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the confirmation back."""
    return attempt(
        request,
        actions.reopen_dissemination,
        _record_or_404(request, pk),
        said="Подтверждение снято: организация может исправить запись.",
        then=reverse("office:dissemination", args=[pk]),
    )


@require_safe
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the file of proof."""
    return hand_out(_record_or_404(request, pk).file, to=request.user)


routes = [
    path("dissemination/", disseminations, name="disseminations"),
    path("dissemination/list.<str:kind>", table, name="disseminations_table"),
    path("dissemination/<int:pk>/", dissemination, name="dissemination"),
    path("dissemination/<int:pk>/confirm/", confirm, name="dissemination_confirm"),
    path("dissemination/<int:pk>/reopen/", reopen, name="dissemination_reopen"),
    path("dissemination/<int:pk>/file/", proof, name="dissemination_file"),
]
