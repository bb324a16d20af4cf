"""Agreements of the network: the list, one agreement, its text and its paper, the registry to take away."""

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.documents.pure import agreement_paper
from innoset.foundation.files.kinds import DOCX, PDF
from innoset.foundation.russian import MOSCOW
from innoset.network import queries
from innoset.network.models import Agreement, Municipality
from innoset.network.papers.agreements import HEAD, lines_of, paper_of, standing_of
from innoset.network.queries.agreements import (
    SOON,
    agreement_coverage,
    expiring_on,
    in_force_on,
    over_on,
    renewal_of,
)
from innoset.network.states import AgreementState
from innoset.web.office.spreadsheets import hand_out as hand_out_table
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.download import bytes_as_file, hand_out
from innoset.web.ui.listing import Listing, Table

TITLE = "Соглашения"
WORDS = ("соглашение", "соглашения", "соглашений")
STATES = (
    ("draft", "Проект"),
    ("sent", "На подписании"),
    ("live", "Действует"),
    ("expiring", f"Заканчивается за {SOON} дней"),
    ("over", "Срок вышел"),
    ("ended", "Расторгнуто"),
)
PRESSES = {"docx": (agreement_paper.docx, DOCX), "pdf": (agreement_paper.pdf, PDF)}


class AgreementFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What the agreements are searched by."""

    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет", queryset=Municipality.objects.all(), empty_label="Любой"
    )
    state = django_filters.ChoiceFilter(
        label="Состояние", choices=STATES, empty_label="Любое", method="by_state"
    )

    def by_state(self, found: QuerySet[Agreement], name: str, value: str) -> QuerySet[Agreement]:
        """Keep those that stand so today."""
        del name
        day = today_of(self.request)
        if value == "live":
            return found.filter(in_force_on(day))
        if value == "expiring":
            return found.filter(pk__in=expiring_on(day).order_by().values("pk"))
        if value == "over":
            return found.filter(pk__in=over_on(day).order_by().values("pk"))
        return found.filter(state=value)


class AgreementTable(Table):
    """The agreements as a list."""

    number = tables.TemplateColumn(template_name="office/_agreement_cell.html", verbose_name="Документ")
    municipality = tables.Column(verbose_name="Муниципалитет", order_by="municipality__name")
    partner = tables.Column(verbose_name="С кем", order_by="partner__short_name")
    ends_on = tables.TemplateColumn(template_name="office/_agreement_term.html", verbose_name="Состояние")

    class Meta(Table.Meta):
        fields = ("number", "municipality", "partner", "ends_on")


def today_of(request: HttpRequest) -> Any:
    """Return the Moscow day of a request."""
    return arrived_at(request).astimezone(MOSCOW).date()


def agreement_or_404(request: HttpRequest, pk: int) -> Agreement:
    """Return an agreement that the person may read."""
    found = queries.agreements_visible_to(request.user).select_related(
        "organisation__municipality", "file", "renews", "created_by"
    )
    return get_object_or_404(found, pk=pk)


def page_of(agreement: Agreement) -> str:
    """Return the address of an agreement."""
    return reverse("office:agreement", args=[agreement.pk])


def crumbs_of(agreement: Agreement | None, here: str = "") -> list[tuple[str, str]]:
    """Return the trail to an agreement, or to a page of it."""
    trail = [(TITLE, reverse("office:agreements"))]
    if agreement is not None:
        trail.append((str(agreement), page_of(agreement) if here else ""))
    return [*trail, (here, "")] if here else trail


@require_safe
def agreements(request: HttpRequest) -> HttpResponse:
    """List the agreements, and say who of the network has one and who has not."""
    listing = Listing(
        request,
        queries.agreements_visible_to(request.user),
        filterset=AgreementFilter,
        table=AgreementTable,
        words=WORDS,
    )
    context = {"listing": listing, "coverage": agreement_coverage(today_of(request)), "soon": SOON}
    return render(request, "office/agreements.html", context | {"query": request.GET.urlencode()})


@require_safe
def registry(request: HttpRequest, kind: str) -> HttpResponse:
    """Hand out the agreements that the list shows, whole."""
    found = AgreementFilter(
        request.GET, queries.agreements_visible_to(request.user).select_related("file"), request=request
    ).qs
    lines = lines_of(found.order_by("municipality__name", "-signed_on", "pk"), day=today_of(request))
    return hand_out_table(kind, name="Реестр соглашений", head=HEAD, lines=lines, sheet="Соглашения")


@require_safe
def agreement(request: HttpRequest, pk: int) -> HttpResponse:
    """Show an agreement: where it stands, its sides, its paper, what may be done with it."""
    found = agreement_or_404(request, pk)
    day = today_of(request)
    state = AgreementState(found.state)
    context = {
        "agreement": found,
        "standing": standing_of(found, day),
        "is_over": state is AgreementState.SIGNED and bool(found.ends_on and found.ends_on < day),
        "left": (found.ends_on - day).days if state is AgreementState.SIGNED and found.ends_on else None,
        "soon": SOON,
        "is_draft": state is AgreementState.DRAFT,
        "is_sent": state is AgreementState.SENT,
        "is_signed": state is AgreementState.SIGNED,
        "renewal": renewal_of(found),
        "crumbs": crumbs_of(found),
    }
    return render(request, "office/agreement.html", context)


@require_safe
def text(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Hand out the text of an agreement, printed from the data as they are now."""
    found = agreement_or_404(request, pk)
    if kind not in PRESSES:
        raise Http404
    press, media_type = PRESSES[kind]
    data = press(paper_of(found), at=arrived_at(request))
    return bytes_as_file(data, name=f"{found}.{kind}", media_type=media_type)


@require_safe
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """Hand out the signed paper."""
    return hand_out(agreement_or_404(request, pk).file, to=request.user)


routes = [
    path("agreements/", agreements, name="agreements"),
    path("agreements/registry.<str:kind>", registry, name="agreement_registry"),
    path("agreements/<int:pk>/", agreement, name="agreement"),
    path("agreements/<int:pk>/text.<str:kind>", text, name="agreement_text"),
    path("agreements/<int:pk>/file/", file, name="agreement_file"),
]
