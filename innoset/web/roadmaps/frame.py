"""From where a roadmap is looked at: its door, its addresses, who may change it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from innoset.foundation.policy import may
from innoset.foundation.russian import MOSCOW
from innoset.projects.models import Roadmap, RoadmapItem
from innoset.projects.states import PLAN_LABELS, ROADMAP_LABELS, RoadmapKind, RoadmapState
from innoset.web.ui.arrival import arrived_at


@dataclass(frozen=True, slots=True)
class Frame:
    """A roadmap at one of its doors: `name` is what the names of its addresses begin with."""

    roadmap: Roadmap
    door: str
    name: str
    number: str
    way: tuple[tuple[str, str], ...]

    def url(self, part: str = "", *rest: object) -> str:
        """Return an address of the roadmap: its page, or a page of it."""
        name = f"{self.name}_{part}" if part else self.name
        return reverse(name, args=[self.number, *rest])

    @property
    def is_plan(self) -> bool:
        """Tell a centre's plan from the roadmap of a project."""
        return self.roadmap.kind == RoadmapKind.PLAN

    @property
    def is_approved(self) -> bool:
        """Tell whether a change needs a reason."""
        return self.roadmap.state == RoadmapState.APPROVED

    def crumbs(self, *rest: str) -> list[tuple[str, str]]:
        """Return the way to a page of the roadmap."""
        here = "План" if self.is_plan else "Дорожная карта"
        way = [*self.way, (here, self.url()), *((name, "") for name in rest)]
        return [*way[:-1], (way[-1][0], "")]

    def context(self, request: HttpRequest, *rest: str) -> dict[str, Any]:
        """Return what every page of the roadmap needs."""
        return {
            "roadmap": self.roadmap,
            "door": self.door,
            "page": self.url(),
            "is_plan": self.is_plan,
            "state_label": (PLAN_LABELS if self.is_plan else ROADMAP_LABELS)[
                RoadmapState(self.roadmap.state)
            ],
            "is_approved": self.is_approved,
            "may_write": may(request.user, "projects.correct_measure", self.roadmap)
            and self.roadmap.state != RoadmapState.SENT,
            "crumbs": self.crumbs(*rest),
            "today": today(request),
        }

    def item_or_404(self, pk: int) -> RoadmapItem:
        """Return a measure of this roadmap."""
        every = self.roadmap.items.select_related("responsible_person", "dissemination")
        return get_object_or_404(every, pk=pk)


def today(request: HttpRequest) -> date:
    """Return the day of a request by the Moscow calendar."""
    return arrived_at(request).astimezone(MOSCOW).date()


Find = Callable[[HttpRequest, str], Frame]
Page = Callable[..., HttpResponse]


def writer_only(view: Page) -> Page:
    """Show a page only to those who may write in the roadmap; to others there is no such page."""

    @wraps(view)
    def shown(request: HttpRequest, frame: Frame, **kwargs: Any) -> HttpResponse:
        if not may(request.user, "projects.correct_measure", frame.roadmap):
            raise Http404
        return view(request, frame, **kwargs)

    return shown


def at_door(view: Page, find: Find) -> Page:
    """Return the view for the addresses of one door."""

    @wraps(view)
    def found(request: HttpRequest, number: str, **kwargs: Any) -> HttpResponse:
        return view(request, find(request, number), **kwargs)

    return found
