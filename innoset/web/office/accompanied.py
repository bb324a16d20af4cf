"""The sites that a person accompanies: how each stands, and what it needs now."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Max, OuterRef, Prefetch, QuerySet, Subquery
from django.urls import reverse

from innoset.foundation.russian import moscow
from innoset.network.models import Accompaniment, Consultation
from innoset.network.states import PART_LABELS, Part
from innoset.projects.models import Project, Report, RoadmapItem
from innoset.projects.states import ReportState, RoadmapState

_RANK: dict[Part, int] = {part: place for place, part in enumerate(Part)}
QUIET = timedelta(days=60)
"""A site that nobody advised for so long should be called."""
AHEAD = timedelta(days=90)
SOON = timedelta(days=14)
_ADVISERS = (Part.METHODIST, Part.TUTOR)
_UNSENT = (ReportState.OPEN, ReportState.RETURNED)


@dataclass(frozen=True, slots=True)
class SiteTask:
    """One thing that a site needs of those who accompany it."""

    title: str
    hint: str
    state: str
    url: str
    kind: str = "warn"


def sites_of(person: Any) -> QuerySet[Accompaniment]:
    """Return the person's sites, with the day of the last consultation on each and the projects."""
    last = Consultation.objects.filter(status=OuterRef("status")).order_by().values("status")
    mine = Accompaniment.objects.filter(person=person.pk, until=None)
    projects = Prefetch("status__projects", queryset=Project.objects.order_by("pk"))
    return (
        mine.select_related("status__kind", "status__organisation__municipality")
        .prefetch_related(projects)
        .annotate(advised_on=Subquery(last.annotate(on_last=Max("on")).values("on_last")))
        .order_by("status__organisation__short_name", "pk")
    )


def site_tasks(person: Any, *, at: datetime) -> list[SiteTask]:
    """Return what the person's sites need: overdue reports and measures, terms that end, long silences."""
    today = moscow(at).date()
    sites = list(sites_of(person))
    ids = sorted({site.status_id for site in sites})
    found = [*_reports(ids, today), *_measures(ids, today)]
    return [*found, *(task for site in _once(sites) for task in _of_site(site, today))]


def _once(sites: list[Accompaniment]) -> list[Accompaniment]:
    """Keep one line a site, the one with the weightiest part."""
    ranked = sorted(sites, key=lambda site: _RANK[Part(site.part)], reverse=True)
    kept = {site.status_id: site for site in ranked}
    return [site for site in sites if kept[site.status_id] is site]


def parts_by_site(sites: list[Accompaniment]) -> list[tuple[Accompaniment, str]]:
    """Return each site once, with all the parts of the person in it."""
    parts: dict[int, list[str]] = {}
    for site in sorted(sites, key=lambda site: _RANK[Part(site.part)]):
        parts.setdefault(site.status_id, []).append(PART_LABELS[Part(site.part)])
    return [(site, ", ".join(parts[site.status_id])) for site in _once(sites)]


def _reports(ids: list[int], today: date) -> Iterator[SiteTask]:
    late = Report.objects.filter(status__in=ids, state__in=_UNSENT, due_on__lt=today + SOON)
    for one in late.select_related("organisation").order_by("due_on", "pk"):
        is_late = one.due_on < today
        yield SiteTask(
            f"Отчёт площадки: {one.organisation.short_name}",
            f"Срок сдачи {one.due_on:%d.%m.%Y}. Позвоните и спросите, что мешает."
            if is_late
            else f"Срок сдачи {one.due_on:%d.%m.%Y}.",
            "Просрочен" if is_late else "Скоро срок",
            reverse("office:organisation", args=[one.organisation.number]),
            "bad" if is_late else "warn",
        )


def _measures(ids: list[int], today: date) -> Iterator[SiteTask]:
    late = RoadmapItem.objects.filter(
        roadmap__project__status__in=ids,
        roadmap__state=RoadmapState.APPROVED,
        ends_on__lt=today,
        done_percent__lt=100,
        dropped_at=None,
    ).select_related("roadmap__project__organisation")
    for one in late.order_by("ends_on", "pk")[:20]:
        organisation = one.roadmap.project.organisation if one.roadmap.project else None
        if organisation is not None:
            yield SiteTask(
                f"Мероприятие дорожной карты: {one.title}",
                f"{organisation.short_name}, срок {one.ends_on:%d.%m.%Y}, выполнено {one.done_percent} %",
                "Просрочено",
                reverse("office:organisation", args=[organisation.number]),
                "bad",
            )


def _of_site(site: Accompaniment, today: date) -> Iterator[SiteTask]:
    status = site.status
    name, url = (
        status.organisation.short_name,
        reverse("office:organisation", args=[status.organisation.number]),
    )
    if today <= status.ends_on < today + AHEAD:
        yield SiteTask(
            f"Решите с площадкой, что дальше: {name}",
            f"Срок статуса {status.kind.abbreviation} выходит {status.ends_on:%d.%m.%Y}",
            "Срок выходит",
            url,
        )
    advised = getattr(site, "advised_on", None)
    if site.part in _ADVISERS and (advised or site.since) < today - QUIET:
        when = f"Последняя консультация {advised:%d.%m.%Y}" if advised else "Консультаций ещё не было"
        yield SiteTask(
            f"Проведите консультацию: {name}",
            f"{when}. {PART_LABELS[Part(site.part)]} с {site.since:%d.%m.%Y}",
            "Давно не были",
            f"{reverse('office:consultation_new')}?status={status.number}",
        )
