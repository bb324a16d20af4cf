"""The cabinet of a municipality: how it stands today, what waits, and its sections."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.contests.queries.advancements import advancements_of_place
from innoset.contests.states import AdvancementState
from innoset.foundation.russian import MOSCOW, counted
from innoset.network.models import Agreement, Municipality, Status
from innoset.network.queries import (
    agreements_visible_to,
    current_on,
    organisations_visible_to,
    registrations_visible_to,
    statuses_visible_to,
)
from innoset.network.queries.accompaniment import errands_of, errands_visible_to
from innoset.network.queries.agreements import in_force_on
from innoset.network.queries.places import coordinators_by_place, places_of, places_visible_to
from innoset.network.queries.threads import unread_threads_of
from innoset.network.states import OrganisationKind, RegistrationState
from innoset.projects.queries.reports import overdue_reports, reports_visible_to, unsent
from innoset.projects.queries.roadmaps import overdue_items_visible_to, roadmaps_waiting_for
from innoset.web.office.place_parts import PARTS
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.listing import Listing

SOON = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Matter:
    """One thing that waits in the municipality."""

    title: str
    url: str
    state: str
    kind: str = "warn"
    hint: str = ""


def place_or_404(request: HttpRequest) -> Municipality:
    """Return the municipality that is asked for and may be looked into; without asking, one's own."""
    wanted = request.GET.get("place", "")
    if wanted:
        return get_object_or_404(places_visible_to(request.user), oktmo=wanted, valid_to=None)
    own = places_of(request.user).first()
    if own is None:
        raise Http404
    return own


def frame_of(request: HttpRequest, place: Municipality, current: str) -> dict[str, Any]:
    """Return what every page of the cabinet has: the place, its sections, the other places of the person."""
    tail = f"?place={place.oktmo}" if request.GET.get("place") else ""
    parts = [("", "Сегодня"), *((code, part.title) for code, part in PARTS.items())]
    tabs = [
        {
            "title": title,
            "url": (reverse("office:place_part", args=[code]) if code else reverse("office:place")) + tail,
            "current": code == current,
            "count": None,
        }
        for code, title in [*parts, ("advancements", "Краевые конкурсы")]
    ]
    others = [one for one in places_of(request.user) if one.pk != place.pk]
    return {"place": place, "tabs": tabs, "others": others, "is_own": place in places_of(request.user)}


@require_safe
def place(request: HttpRequest) -> HttpResponse:
    """Show how the municipality stands and what waits in it."""
    here, at = place_or_404(request), arrived_at(request)
    day = at.astimezone(MOSCOW).date()
    context = {
        **frame_of(request, here, ""),
        "figures": _figures(request.user, here, at),
        "matters": [*_matters(request.user, here, at)],
        "terms": _terms(request.user, here, day),
        "agreement": _agreement(request.user, here, day),
        "day": day,
        "people": coordinators_by_place([here.pk]).get(here.pk, []),
    }
    return render(request, "office/place.html", context)


@require_safe
def part(request: HttpRequest, part: str) -> HttpResponse:
    """Show a section: what the person sees anyway, of this municipality."""
    here, day = place_or_404(request), arrived_at(request).astimezone(MOSCOW).date()
    if part not in PARTS:
        raise Http404
    asked = PARTS[part]
    listing = Listing(request, asked.found(request.user, here, day), words=asked.words)
    context = {
        **frame_of(request, here, part),
        "part": asked,
        "listing": listing,
        "rows": [list(zip(asked.head, asked.line(row, day), strict=True)) for row in listing.rows],
    }
    return render(request, "office/place_part.html", context)


def _figures(person: Any, here: Municipality, at: datetime) -> list[tuple[str, str]]:
    """Count the municipality; every share with what it is a share of."""
    day = at.astimezone(MOSCOW).date()
    sites = statuses_visible_to(person).filter(current_on(day), organisation__municipality=here).order_by()
    schools = organisations_visible_to(person).filter(
        municipality=here, is_active=True, kind=OrganisationKind.SCHOOL
    )
    holders = set(sites.values_list("organisation", flat=True))
    with_status = sum(pk in holders for pk in schools.values_list("pk", flat=True))
    due = unsent(reports_visible_to(person)).filter(organisation__municipality=here)
    late = overdue_reports(at, person).filter(organisation__municipality=here)
    return [
        (str(sites.count()), "статусы в силе"),
        (str(len(holders)), "организации со статусом"),
        (f"{with_status} из {schools.count()}", "школы со статусом"),
        (f"{late.count()} из {due.count()}", "просроченные отчёты из ожидаемых"),
    ]


def _matters(person: Any, here: Municipality, at: datetime) -> Iterator[Matter]:
    """Yield what waits, the late things first."""
    day, part = at.astimezone(MOSCOW).date(), reverse("office:place_part", args=["reports"])
    near = {"organisation__municipality": here}
    if late := overdue_reports(at, person).filter(**near).count():
        yield Matter("Просроченные отчёты", reverse("office:overdue"), counted(late, *REPORTS), "bad")
    errands = errands_visible_to(person).filter(done_at=None, dropped_at=None, due_on__lt=day, **near)
    if many := errands.count():
        yield Matter("Просроченные поручения", reverse("office:errands"), counted(many, *ERRANDS), "bad")
    items = overdue_items_visible_to(person, day).filter(roadmap__organisation__municipality=here)
    if many := items.count():
        yield Matter("Отстают дорожные карты", reverse("office:overdue"), counted(many, *MEASURES), "bad")
    asked = registrations_visible_to(person).filter(municipality=here, state=RegistrationState.NEW)
    if many := asked.count():
        yield Matter("Заявления на подключение", reverse("office:registrations"), counted(many, *REQUESTS))
    if many := roadmaps_waiting_for(person).filter(**near).count():
        yield Matter("Дорожные карты ждут утверждения", part, counted(many, *ROADMAPS))
    yield from _ways_up(person, here)
    yield from _own(person)


REPORTS = ("отчёт", "отчёта", "отчётов")
ERRANDS = ("поручение", "поручения", "поручений")
MEASURES = ("мероприятие", "мероприятия", "мероприятий")
REQUESTS = ("заявление", "заявления", "заявлений")
ROADMAPS = ("карта", "карты", "карт")
WINNERS = ("работа", "работы", "работ")
THREADS = ("переписка", "переписки", "переписок")


def _ways_up(person: Any, here: Municipality) -> Iterator[Matter]:
    proposed = advancements_of_place(person).filter(
        state=AdvancementState.PROPOSED, application__organisation__municipality=here
    )
    if many := proposed.count():
        url = reverse("office:place_advancements")
        yield Matter("Выдвинуты, но не переданы", url, counted(many, *WINNERS))


def _own(person: Any) -> Iterator[Matter]:
    """Yield what waits for the person themselves, wherever it comes from."""
    if many := unread_threads_of(person).count():
        yield Matter("Новые сообщения", reverse("cabinet:threads"), counted(many, *THREADS))
    if many := errands_of(person).count():
        yield Matter("Поручения вам", reverse("office:errands"), counted(many, *ERRANDS))


def _terms(person: Any, here: Municipality, day: date) -> list[Status]:
    """Return the statuses that end soon."""
    sites = statuses_visible_to(person).filter(current_on(day), organisation__municipality=here)
    return list(sites.filter(ends_on__lte=day + SOON).order_by("ends_on", "pk")[:20])


def _agreement(person: Any, here: Municipality, day: date) -> Agreement | None:
    found = agreements_visible_to(person).filter(in_force_on(day), municipality=here)
    return found.order_by("-signed_on", "-pk").first()


routes = [
    path("place/", place, name="place"),
    path("place/<slug:part>/", part, name="place_part"),
]
