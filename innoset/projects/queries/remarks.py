"""Reads of curators' remarks on passports and reports."""

from typing import Any

from django.db.models import Q, QuerySet

from innoset.foundation.policy import is_superuser
from innoset.network.queries import holds, municipality_ids_of, organisation_ids_of
from innoset.network.queries.accompaniment import accompanied_by
from innoset.network.states import Role
from innoset.projects.models import Project, Remark, Report
from innoset.projects.queries.reports import reports_visible_to


def remarks_on(project: Project) -> QuerySet[Remark]:
    """Return the remarks on the passport of a project, in the order in which they were made."""
    return _told().filter(project=project)


def remarks_of(report: Report) -> QuerySet[Remark]:
    """Return the remarks on a report, in the order in which they were made."""
    return _told().filter(report=report)


def unsettled(remarks: QuerySet[Remark]) -> QuerySet[Remark]:
    """Leave the remarks that nobody has settled yet."""
    return remarks.filter(settled_at=None)


def remarks_visible_to(person: Any) -> QuerySet[Remark]:
    """Return the remarks on what a person writes, checks, accompanies or coordinates."""
    if is_superuser(person):
        return _told()
    on_reports = Q(report__in=reports_visible_to(person).order_by().values("pk"))
    return _told().filter(on_reports | Q(project__in=projects_remarked_by(person).values("pk")))


def projects_remarked_by(person: Any) -> QuerySet[Project]:
    """Return the projects whose remarks a person may read: own, accompanied, of the municipality, or all."""
    every = Project.objects.order_by()
    if is_superuser(person) or holds(person, Role.ORGANISER):
        return every
    own = Q(organisation__in=organisation_ids_of(person, Role.HEAD, Role.EDITOR))
    near = Q(organisation__municipality__in=municipality_ids_of(person, Role.COORDINATOR))
    return every.filter(own | near | Q(status__in=accompanied_by(person).values("pk")))


def _told() -> QuerySet[Remark]:
    return Remark.objects.select_related(
        "author", "answered_by", "settled_by", "version", "report", "project"
    )
