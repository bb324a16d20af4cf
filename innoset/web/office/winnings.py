"""What the network has won: grants added up, honours listed, both to take away."""

from collections.abc import Iterable, Sequence

import django_tables2 as tables
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.exchange.papers import book
from innoset.foundation.files.kinds import XLSX
from innoset.network.queries.honours import (
    achievements_visible_to,
    grants_visible_to,
    winnings_by_year,
    winnings_of,
)
from innoset.web.ui.download import bytes_as_file
from innoset.web.ui.listing import Listing, Table
from innoset.web.winnings import (
    GRANT_HEAD,
    HONOUR_HEAD,
    GrantFilter,
    HonourFilter,
    grant_lines,
    honour_lines,
)


class GrantTable(Table):
    """Grants as a list."""

    year = tables.Column(verbose_name="Год")
    programme = tables.Column(verbose_name="Программа")
    organisation = tables.Column(verbose_name="Организация", order_by="organisation__short_name")
    amount = tables.TemplateColumn(
        template_name="office/_grant_sum.html",
        verbose_name="Сумма",
        attrs={"td": {"class": "num"}, "th": {"class": "num"}},
    )

    class Meta(Table.Meta):
        fields = ("year", "programme", "organisation", "amount")


class HonourTable(Table):
    """Honours as a list."""

    year = tables.Column(verbose_name="Год")
    contest = tables.Column(verbose_name="Конкурс")
    result = tables.Column(verbose_name="Результат")
    reach = tables.Column(verbose_name="Уровень")
    organisation = tables.Column(verbose_name="Организация", order_by="organisation__short_name")

    class Meta(Table.Meta):
        fields = ("year", "contest", "result", "reach", "organisation")


@require_safe
def grants(request: HttpRequest) -> HttpResponse:
    """List the grants that the person sees, added up."""
    found = grants_visible_to(request.user)
    words = ("грант", "гранта", "грантов")
    listing = Listing(request, found, filterset=GrantFilter, table=GrantTable, words=words)
    shown = listing.filterset.qs if listing.filterset is not None else found
    context = {
        "listing": listing,
        "won": winnings_of(shown),
        "years": winnings_by_year(shown),
        "query": request.GET.urlencode(),
    }
    return render(request, "office/grants.html", context)


@require_safe
def honours(request: HttpRequest) -> HttpResponse:
    """List the honours that the person sees."""
    words = ("награда", "награды", "наград")
    listing = Listing(
        request,
        achievements_visible_to(request.user),
        filterset=HonourFilter,
        table=HonourTable,
        words=words,
    )
    return render(request, "office/honours.html", {"listing": listing, "query": request.GET.urlencode()})


@require_safe
def table(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out what a list shows, whole."""
    sheet: tuple[str, Sequence[str], Iterable[Sequence[str]]]
    if kind == "grants":
        won = GrantFilter(request.GET, grants_visible_to(request.user), request=request).qs
        sheet = ("Гранты", GRANT_HEAD, grant_lines(won))
    elif kind == "honours":
        found = HonourFilter(request.GET, achievements_visible_to(request.user), request=request).qs
        sheet = ("Награды", HONOUR_HEAD, honour_lines(found))
    else:
        raise Http404
    return bytes_as_file(book(sheet), name=f"{sheet[0]}.xlsx", media_type=XLSX)


routes = [
    path("grants/", grants, name="grants"),
    path("honours/", honours, name="honours"),
    path("winnings/<str:kind>.xlsx", table, name="winnings_table"),
]
