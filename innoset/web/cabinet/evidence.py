"""What an organisation has shared: its list, one record, the file of proof."""

import django_tables2 as tables
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.exchange.papers import book
from innoset.foundation.files.kinds import XLSX
from innoset.network.actions import dissemination as actions
from innoset.network.models import Dissemination
from innoset.network.queries.dissemination import disseminations_of, may_be_recorded_by
from innoset.web import acting
from innoset.web.evidence import HEAD, WORDS, DisseminationFilter, DisseminationForm, lines_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import bytes_as_file, hand_out
from innoset.web.ui.listing import Listing, Table

TITLE = "Распространение опыта"
LIST = "cabinet:disseminations"


class DisseminationTable(Table):
    """The organisation's records as a list."""

    on = tables.TemplateColumn("{% load ui %}{{ value|day }}", verbose_name="Дата")
    title = tables.TemplateColumn(
        template_name="cabinet/_dissemination_cell.html", verbose_name="Что", order_by="title"
    )
    reach = tables.Column(verbose_name="Уровень", attrs={"td": {"class": "low"}, "th": {"class": "low"}})
    people = tables.Column(verbose_name="Участников", attrs={"td": {"class": "num"}, "th": {"class": "num"}})
    confirmed_at = tables.TemplateColumn(
        template_name="cabinet/_dissemination_state.html", verbose_name="Проверка"
    )

    class Meta(Table.Meta):
        fields = ("on", "title", "reach", "people", "confirmed_at")


def _record_or_404(request: HttpRequest, pk: int) -> Dissemination:
    return get_object_or_404(disseminations_of(request.user), pk=pk)


@require_safe
def disseminations(request: HttpRequest) -> HttpResponse:
    """List what the person's organisations have shared."""
    listing = Listing(
        request,
        disseminations_of(request.user),
        filterset=DisseminationFilter,
        table=DisseminationTable,
        words=WORDS,
    )
    context = {"listing": listing, "query": request.GET.urlencode(), "title": TITLE}
    context["may_add"] = may_be_recorded_by(request.user).exists()
    return render(request, "cabinet/disseminations.html", context)


@require_safe
def table(request: HttpRequest) -> HttpResponse:
    """Hand out what the list shows, whole."""
    found = DisseminationFilter(request.GET, disseminations_of(request.user), request=request).qs
    return bytes_as_file(book(("Записи", HEAD, lines_of(found))), name=f"{TITLE}.xlsx", media_type=XLSX)


def _page(request: HttpRequest, form: DisseminationForm, record: Dissemination | None) -> HttpResponse:
    here = "Запись" if record else "Новая запись"
    crumbs = [(TITLE, reverse(LIST)), (here, "")]
    context = {"form": form, "record": record, "title": here, "crumbs": crumbs}
    return render(request, "cabinet/dissemination.html", context)


def make(request: HttpRequest) -> HttpResponse:
    """Write a record."""
    mine = acting.membership_of(request)
    form = DisseminationForm(request, organisation=mine.organisation_id if mine else None)
    if not form.is_valid():
        return _page(request, form, None)
    values, beside = form.parts()
    return attempt(
        request,
        actions.record_dissemination,
        Dissemination(**values),
        beside=beside,
        said="Запись внесена.",
        then=LIST,
        form=form,
        on_refusal=lambda: _page(request, form, None),
    )


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a record; change it while nobody has confirmed it."""
    record = _record_or_404(request, pk)
    form = DisseminationForm(request, record)
    if not form.is_valid():
        return _page(request, form, record)
    values, beside = form.parts()
    return attempt(
        request,
        actions.edit_dissemination,
        record,
        values=values,
        beside=beside,
        said="Запись сохранена.",
        then=LIST,
        form=form,
        on_refusal=lambda: _page(request, form, record),
    )


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a record away."""
    record = _record_or_404(request, pk)
    return attempt(request, actions.remove_dissemination, record, said="Запись удалена.", then=LIST)


@require_safe
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the file of proof."""
    return hand_out(_record_or_404(request, pk).file, to=request.user)


routes = [
    path("dissemination/", disseminations, name="disseminations"),
    path("dissemination/list.xlsx", table, name="disseminations_table"),
    path("dissemination/new/", make, name="dissemination_new"),
    path("dissemination/<int:pk>/", edit, name="dissemination"),
    path("dissemination/<int:pk>/remove/", remove, name="dissemination_remove"),
    path("dissemination/<int:pk>/file/", proof, name="dissemination_file"),
]
