"""Who accompanies which site: the list, naming somebody, letting them go, and a methodist's own page."""

from typing import Any, cast

import django_filters
import django_tables2 as tables
from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.accounts.models import User
from innoset.foundation.russian import moscow
from innoset.network import queries
from innoset.network.actions import accompaniment as actions
from innoset.network.models import Accompaniment, Status
from innoset.network.queries import accompaniment as people
from innoset.network.states import PART_LABELS, Part, Role, StatusState
from innoset.web.office.accompanied import parts_by_site, site_tasks, sites_of
from innoset.web.office.asking import Ask, asked, door_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.forms import Form
from innoset.web.ui.listing import Listing, Table


class AccompanimentFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What the list is searched by."""

    q = django_filters.CharFilter(label="Площадка или тема", method="by_words")
    part = django_filters.ChoiceFilter(label="Роль", choices=list(PART_LABELS.items()), empty_label="Любая")
    state = django_filters.ChoiceFilter(
        label="Состояние",
        choices=[("live", "Сопровождает"), ("over", "Прекращено")],
        empty_label="Любое",
        method="by_state",
    )

    def by_words(self, found: QuerySet[Accompaniment], name: str, value: str) -> QuerySet[Accompaniment]:
        """Keep those whose site holds every word."""
        del name
        return found.filter(status__in=queries.statuses_matching(Status.objects.all(), value).values("pk"))

    def by_state(self, found: QuerySet[Accompaniment], name: str, value: str) -> QuerySet[Accompaniment]:
        """Keep those who accompany now, or those who did."""
        del name
        return found.filter(until__isnull=value == "live")


class AccompanimentTable(Table):
    """Sites and those who accompany them."""

    status = tables.TemplateColumn(
        template_name="office/_site_cell.html",
        verbose_name="Площадка",
        order_by="status__organisation__short_name",
    )
    person = tables.TemplateColumn(
        template_name="office/_companion_cell.html", verbose_name="Кто", order_by="person__last_name"
    )
    part = tables.Column(verbose_name="Роль")
    since = tables.TemplateColumn(template_name="office/_companion_term.html", verbose_name="Срок")

    class Meta(Table.Meta):
        fields = ("status", "person", "part", "since")


@require_safe
def companions(request: HttpRequest) -> HttpResponse:
    """List who accompanies which site."""
    listing = Listing(
        request,
        people.accompaniments_visible_to(request.user),
        filterset=AccompanimentFilter,
        table=AccompanimentTable,
        words=("запись", "записи", "записей"),
    )
    context = {"listing": listing, "may_name": _may_name(request.user), "door": door_of(request.user)}
    return render(request, "office/accompaniment.html", context)


def _may_name(person: Any) -> bool:
    return queries.is_registry_keeper(person) or queries.holds(person, Role.COORDINATOR)


class SiteField(forms.ModelChoiceField):  # type: ignore[type-arg]  # the library's field is generic in stubs alone
    """A choice of sites, called by their organisations."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the organisation first."""
        return f"{obj.organisation.short_name}: {obj.kind.abbreviation}, {obj.theme}"


class CompanionForm(Form):
    """Who shall accompany which site."""

    status = SiteField(label="Площадка", queryset=Status.objects.none())
    part = forms.ChoiceField(label="Роль", choices=list(PART_LABELS.items()))
    person = forms.ModelChoiceField(label="Человек", queryset=User.objects.none())
    direction = forms.CharField(
        label="Направление",
        max_length=200,
        required=False,
        help_text="Например: «Цифровая образовательная среда»",
    )
    since = forms.DateField(label="С какого дня", widget=forms.DateInput())

    def __init__(self, *args: Any, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        keeps = queries.is_registry_keeper(by)
        places = queries.municipality_ids_of(by, Role.COORDINATOR)
        live = queries.public_statuses().filter(state__in=[StatusState.ACTIVE, StatusState.PAUSED])
        statuses = live if keeps else live.filter(organisation__municipality__in=places)
        ordered = statuses.order_by("organisation__short_name", "pk")
        cast("SiteField", self.fields["status"]).queryset = ordered
        parts = [part for part in Part if keeps or part is not Part.SCIENTIFIC_CURATOR]
        cast("forms.ChoiceField", self.fields["part"]).choices = [
            (part.value, PART_LABELS[part]) for part in parts
        ]
        chosen = cast("forms.ModelChoiceField[User]", self.fields["person"])
        chosen.queryset = _companions(parts, None if keeps else places)


def _companions(parts: list[Part], places: list[int] | None) -> QuerySet[User]:
    found = User.objects.none()
    for part in parts:
        for place in places if places is not None else [None]:
            found = found | people.people_for_part(part, municipality=place)
    return found.distinct().order_by("last_name", "first_name", "pk")


def name(request: HttpRequest) -> HttpResponse:
    """Let somebody accompany a site."""
    today = moscow(arrived_at(request)).date()
    site = Status.objects.filter(number=request.GET.get("status", "")).exclude(number="").first()
    initial = {"since": today, "status": site, "part": Part.METHODIST}
    form = CompanionForm(request.POST or None, by=request.user, initial=initial)
    back = reverse("office:accompaniment")
    ask = Ask("Назначить сопровождение", back, button="Назначить", crumbs=[("Сопровождение", back)])
    said = "Назначено. Человек и площадка узнают об этом из уведомления."
    return asked(
        request,
        ask,
        form,
        actions.name_companion,
        lambda facts: (Accompaniment(**facts), {}),
        said=said,
        then=back,
    )


class EndForm(Form):
    """The last day."""

    on = forms.DateField(label="Последний день", widget=forms.DateInput())


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody accompany a site no longer."""
    found = get_object_or_404(people.accompaniments_visible_to(request.user), pk=pk)
    form = EndForm(request.POST or None, initial={"on": moscow(arrived_at(request)).date()})
    back = reverse("office:accompaniment")
    ask = Ask(
        "Прекратить сопровождение",
        back,
        button="Прекратить",
        kind="danger",
        over=found.status.organisation.short_name,
        lead=f"{found.person.full_name}, {found.get_part_display().lower()}. Записи о консультациях останутся.",
    )
    return asked(
        request,
        ask,
        form,
        actions.end_accompaniment,
        lambda facts: (found, facts),
        said="Сопровождение прекращено.",
        then=back,
    )


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """Show a methodist (tutor, curator) their sites, what those need, and what they are asked to do."""
    at = arrived_at(request)
    directions = [one.direction for one in queries.memberships_of(request.user) if one.direction]
    context = {
        "sites": parts_by_site(list(sites_of(request.user))),
        "tasks": site_tasks(request.user, at=at),
        "errands": people.errands_of(request.user)[:20],
        "today": moscow(at).date(),
        "directions": directions,
        "door": door_of(request.user),
    }
    return render(request, "office/accompaniment_mine.html", context)


routes = [
    path("accompaniment/", companions, name="accompaniment"),
    path("accompaniment/mine/", mine, name="accompaniment_mine"),
    path("accompaniment/new/", name, name="accompaniment_new"),
    path("accompaniment/<int:pk>/end/", end, name="accompaniment_end"),
]
