"""Projects in the office: those that a person accompanies or coordinates, with their roadmaps."""

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.network.models import Municipality
from innoset.network.queries.organisations import folded_column
from innoset.projects.models import Project
from innoset.projects.queries.remarks import remarks_visible_to
from innoset.projects.queries.reports import reports_visible_to
from innoset.projects.queries.roadmaps import projects_overseen_by, roadmaps_visible_to
from innoset.projects.states import ROADMAP_LABELS
from innoset.web.roadmaps.frame import Frame, today
from innoset.web.roadmaps.life import comparison, life_of, stages_sent
from innoset.web.roadmaps.routes import routes_of
from innoset.web.ui.listing import Listing, Table

WORDS = ("проект", "проекта", "проектов")
ROADMAP_CHOICES = [("none", "Нет"), *ROADMAP_LABELS.items()]


class ProjectFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What the projects are searched by."""

    q = django_filters.CharFilter(label="Слово или номер", method="by_words")
    municipality = django_filters.ModelChoiceFilter(
        label="Муниципалитет",
        field_name="organisation__municipality",
        queryset=Municipality.objects.all(),
        empty_label="Любой",
    )
    roadmap = django_filters.ChoiceFilter(
        label="Дорожная карта", choices=ROADMAP_CHOICES, empty_label="Любая", method="by_roadmap"
    )

    def by_words(self, found: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        """Keep those with every word in the title, the organisation or the number; ё is е."""
        del name
        for word in value.casefold().replace("ё", "е").split():
            found = found.annotate(
                folded=folded_column("title"), folded_name=folded_column("organisation__short_name")
            ).filter(Q(folded__contains=word) | Q(folded_name__contains=word) | Q(number__contains=word))
        return found

    def by_roadmap(self, found: QuerySet[Project], name: str, value: str) -> QuerySet[Project]:
        """Keep those whose roadmap is in a state, or that have none; a draft never sent is none."""
        del name
        if value == "none":
            return found.filter(Q(roadmap=None) | Q(roadmap__sent_at=None))
        return found.filter(roadmap__state=value, roadmap__sent_at__isnull=False)


class ProjectTable(Table):
    """The projects as a list."""

    number = tables.Column(verbose_name="Номер", attrs={"td": {"class": "nowrap"}})
    title = tables.TemplateColumn(
        template_name="office/_project_cell.html", verbose_name="Проект", order_by="title"
    )
    organisation = tables.Column(verbose_name="Организация", order_by="organisation__short_name")
    status = tables.TemplateColumn(
        "{{ record.status.kind.abbreviation|default:'—' }}", verbose_name="Статус", orderable=False
    )
    roadmap = tables.TemplateColumn(
        template_name="office/_project_roadmap_cell.html", verbose_name="Дорожная карта", orderable=False
    )

    class Meta(Table.Meta):
        fields = ("number", "title", "organisation", "status", "roadmap")


def project_or_404(request: HttpRequest, number: str) -> Project:
    """Return a project that the person accompanies or coordinates."""
    return get_object_or_404(projects_overseen_by(request.user), number=number)


def way_to(project: Project | None = None) -> list[tuple[str, str]]:
    """Return the way to a page of a project."""
    way = [("Сегодня", reverse("office:home")), ("Проекты", reverse("office:projects"))]
    if project is not None:
        way.append((project.number, reverse("office:project", args=[project.number])))
    return way


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """List the projects that the person accompanies or coordinates."""
    found = projects_overseen_by(request.user).exclude(number="").select_related("roadmap")
    listing = Listing(
        request, found.order_by("-number"), filterset=ProjectFilter, table=ProjectTable, words=WORDS
    )
    return render(request, "office/projects.html", {"listing": listing})


@require_safe
def project(request: HttpRequest, number: str) -> HttpResponse:
    """Show a project through its life: what was sent, never what is being written."""
    found = project_or_404(request, number)
    context = life_of(found, today(request)) | {
        "stages": stages_sent(found),
        "remarks": remarks_visible_to(request.user).filter(project=found),
        "reports": reports_visible_to(request.user).filter(project=found).order_by("-ends_on", "-pk"),
        "crumbs": [*way_to(), (number, "")],
    }
    if context["roadmap"] is not None and context["roadmap"].sent_at is None:
        context |= {"roadmap": None, "tally": None}
    return render(request, "office/project.html", context)


@require_safe
def versions(request: HttpRequest, number: str) -> HttpResponse:
    """Show what changed between any two versions of the passport."""
    found = project_or_404(request, number)
    context = {
        "door": "office",
        "project": found,
        "compared": comparison(request, found),
        "versions": list(found.passport.versions.defer("values")),
        "crumbs": [*way_to(found), ("Версии", "")],
        "back": reverse("office:project", args=[number]),
    }
    return render(request, "roadmaps/versions.html", context)


def frame_of(request: HttpRequest, number: str) -> Frame:
    """Return the roadmap of a project, seen from the office."""
    found = project_or_404(request, number)
    roadmap = roadmaps_visible_to(request.user).filter(project=found).first()
    if roadmap is None:
        raise Http404
    return Frame(roadmap, "office", "office:roadmap", number, tuple(way_to(found)))


routes = [
    path("projects/", projects, name="projects"),
    path("projects/<str:number>/", project, name="project"),
    path("projects/<str:number>/versions/", versions, name="project_versions"),
    *routes_of("projects/<str:number>/roadmap/", "roadmap", frame_of),
]
