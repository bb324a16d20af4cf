"""Projects of my organisation: the list, the page of each through its life, its roadmap."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.projects import queries
from innoset.projects.actions import roadmaps as actions
from innoset.projects.models import Project
from innoset.projects.pure.forms import stages_of
from innoset.projects.queries.roadmaps import roadmaps_visible_to
from innoset.web.roadmaps.frame import Frame, today
from innoset.web.roadmaps.life import comparison, life_of
from innoset.web.roadmaps.routes import routes_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.listing import Listing

WORDS = ("проект", "проекта", "проектов")


def project_or_404(request: HttpRequest, number: str) -> Project:
    """Return a project of an organisation for which the person writes."""
    mine = queries.projects_visible_to(request.user).select_related("status__kind", "passport")
    return get_object_or_404(mine, number=number)


def way_to(project: Project | None = None) -> list[tuple[str, str]]:
    """Return the way to a page of a project."""
    way = [("Кабинет", reverse("cabinet:home")), ("Проекты", reverse("cabinet:projects"))]
    if project is not None:
        way.append((project.number, reverse("cabinet:project", args=[project.number])))
    return way


@require_safe
def projects(request: HttpRequest) -> HttpResponse:
    """List the projects of my organisation, those of past years too."""
    mine = queries.projects_visible_to(request.user).exclude(number="")
    found = mine.select_related("status__kind", "roadmap", "application__contest").order_by("-number")
    listing = Listing(request, found, words=WORDS)
    return render(
        request, "cabinet/projects.html", {"listing": listing, "crumbs": [*way_to()[:1], ("Проекты", "")]}
    )


@require_safe
def project(request: HttpRequest, number: str) -> HttpResponse:
    """Show a project through its life."""
    found = project_or_404(request, number)
    values, form = queries.values_of(found.passport), queries.form_of(found.passport)
    context = life_of(found, today(request)) | {
        "stages": [one for one in stages_of(form, values) if not one.is_empty],
        "crumbs": [*way_to(), (number, "")],
    }
    return render(request, "cabinet/project.html", context)


@require_safe
def versions(request: HttpRequest, number: str) -> HttpResponse:
    """Show what changed between any two versions of the passport."""
    found = project_or_404(request, number)
    context = {
        "door": "cabinet",
        "project": found,
        "compared": comparison(request, found),
        "versions": list(found.passport.versions.defer("values")),
        "crumbs": [*way_to(found), ("Версии", "")],
        "back": reverse("cabinet:project", args=[number]),
    }
    return render(request, "roadmaps/versions.html", context)


@require_POST
def start(request: HttpRequest, number: str) -> HttpResponse:
    """Begin the roadmap of a project."""
    found = project_or_404(request, number)
    return attempt(request, actions.start_roadmap, found, then=reverse("cabinet:roadmap", args=[number]))


def frame_of(request: HttpRequest, number: str) -> Frame:
    """Return the roadmap of a project of mine, seen from the cabinet."""
    found = project_or_404(request, number)
    roadmap = roadmaps_visible_to(request.user).filter(project=found).first()
    if roadmap is None:
        raise Http404
    return Frame(roadmap, "cabinet", "cabinet:roadmap", number, tuple(way_to(found)))


routes = [
    path("projects/", projects, name="projects"),
    path("projects/<str:number>/", project, name="project"),
    path("projects/<str:number>/versions/", versions, name="project_versions"),
    path("projects/<str:number>/roadmap/start/", start, name="roadmap_start"),
    *routes_of("projects/<str:number>/roadmap/", "roadmap", frame_of),
]
