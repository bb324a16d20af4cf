"""The life of a project as its page tells it: stages, versions and what changed between them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest

from innoset.contests.models import Application
from innoset.projects.models import PassportVersion, Project, Roadmap
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.changes import changes_between
from innoset.projects.pure.forms import Field, Piece, Stage, diff, fields_of, stages_of
from innoset.projects.pure.roadmap.measures import Tally, tally_of
from innoset.projects.queries import last_version_of
from innoset.projects.queries import roadmaps as queries
from innoset.projects.queries.remarks import remarks_on
from innoset.projects.queries.reports import reports_of
from innoset.projects.queries.teams import partners_of, team_of


def life_of(project: Project, day: date) -> dict[str, Any]:
    """Return what the page of a project shows at both doors."""
    versions = list(project.passport.versions.defer("values").select_related("made_by"))
    roadmap = Roadmap.objects.filter(project=project).select_related("organisation").first()
    return {
        "project": project,
        "application": Application.objects.filter(project=project).select_related("contest").first(),
        "versions": versions,
        "roadmap": roadmap,
        "tally": tally_in(roadmap, day) if roadmap else None,
        "team": team_of(project),
        "partners": partners_of(project),
        "remarks": remarks_on(project),
        "reports": reports_of(project),
    }


def tally_in(roadmap: Roadmap, day: date) -> Tally:
    """Return how the measures of a roadmap stand on a day."""
    return tally_of([queries.measure_of(one) for one in queries.items_of(roadmap)], day)


def stages_sent(project: Project) -> list[Stage]:
    """Return the stages as they were sent last; none before anything was sent."""
    last = last_version_of(project.passport)
    if last is None:
        return []
    return [one for one in stages_of(form_by_code(last.form_code), last.values) if not one.is_empty]


@dataclass(frozen=True, slots=True)
class FieldChange:
    """A field that differs between two versions, word by word."""

    number: str
    name: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two versions and the fields in which they differ."""

    older: PassportVersion
    newer: PassportVersion
    changes: tuple[FieldChange, ...]


def comparison(request: HttpRequest, project: Project) -> Comparison | None:
    """Return the two versions that the address names, or the last two; nothing when there are not two."""
    numbers = sorted(project.passport.versions.values_list("number", flat=True))
    if len(numbers) < 2:  # noqa: PLR2004  # reason: two are compared
        return None
    older = _asked(request, "from", numbers, numbers[-2])
    newer = _asked(request, "to", numbers, numbers[-1])
    versions = {one.number: one for one in project.passport.versions.filter(number__in=[older, newer])}
    return compared(versions[min(older, newer)], versions[max(older, newer)])


def _asked(request: HttpRequest, name: str, numbers: list[int], otherwise: int) -> int:
    text = request.GET.get(name, "")
    if not text:
        return otherwise
    if not text.isdecimal() or int(text) not in numbers:
        raise Http404
    return int(text)


def compared(older: PassportVersion, newer: PassportVersion) -> Comparison:
    """Return the fields in which two versions differ, in the order of the form."""
    known = _fields_of(older) | _fields_of(newer)
    changes = tuple(
        FieldChange(
            known[one.key].printed_number if one.key in known else one.key,
            known[one.key].name if one.key in known else "Поле, которого в форме больше нет",
            changes_between(one.old, one.new),
        )
        for one in diff(older.values, newer.values)
    )
    return Comparison(older, newer, changes)


def _fields_of(version: PassportVersion) -> dict[str, Field]:
    fields = fields_of(form_by_code(version.form_code), stages=version.stages)
    return {field.key: field for field in fields}
