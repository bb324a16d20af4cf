"""Reads of roadmaps and of centres' plans: whose they are, how they stand, what waits."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet

from innoset.accounts.models import User
from innoset.network.models import Dissemination, Organisation, Status
from innoset.network.queries import (
    is_registry_keeper,
    live_memberships,
    municipality_ids_of,
    organisation_ids_of,
)
from innoset.network.queries.accompaniment import accompanied_by, is_companion
from innoset.network.queries.joining import stewards_of
from innoset.network.states import OrganisationKind, Part, Role
from innoset.projects.models import (
    PassportVersion,
    Project,
    Roadmap,
    RoadmapChange,
    RoadmapImport,
    RoadmapItem,
)
from innoset.projects.pure.forms import stages_of
from innoset.projects.pure.roadmap.candidates import Candidate, candidates_in, stage_name
from innoset.projects.pure.roadmap.measures import SOON, WHOLE, Measure
from innoset.projects.pure.roadmap.plan_fact import Line, Total, plan_fact
from innoset.projects.queries.passports import form_of, values_of
from innoset.projects.states import RoadmapKind, RoadmapState

PLANNERS = (Role.HEAD, Role.EDITOR, Role.METHODIST, Role.COORDINATOR)
"""Who writes the yearly plan of the centre where they work."""
CENTRES = (OrganisationKind.METHOD_CENTRE, OrganisationKind.METHOD_SERVICE, OrganisationKind.INSTITUTE)
CENTRE_STATUS = "krc"
TOLD = ("stage", "title", "responsible", "starts_on", "ends_on", "result", "unit", "planned")
"""What is approved: a correction of these needs a reason. The rest are marks of progress."""
MARKS = ("done_percent", "done_on", "actual", "actual_note")


def projects_overseen_by(person: Any) -> QuerySet[Project]:
    """Return the projects that a person accompanies, coordinates or, as an organiser, sees all of."""
    # A project is nobody else's business before its passport was sent once or a status was granted.
    sent = Exists(PassportVersion.objects.filter(passport=OuterRef("passport")))
    shown = Project.objects.filter(Q(sent) | Q(status__isnull=False))
    every = shown.select_related("organisation__municipality", "passport", "status__kind")
    if is_registry_keeper(person):
        return every
    near = Q(organisation__municipality__in=municipality_ids_of(person, Role.COORDINATOR))
    return every.filter(near | Q(status__in=accompanied_by(person).values("pk")))


def roadmaps_visible_to(person: Any) -> QuerySet[Roadmap]:
    """Return the roadmaps of projects: one's own, and of overseen projects those that were ever sent."""
    own = Q(organisation__in=organisation_ids_of(person, Role.HEAD, Role.EDITOR))
    overseen = Q(project__in=projects_overseen_by(person).values("pk"), sent_at__isnull=False)
    found = Roadmap.objects.filter(own | overseen, kind=RoadmapKind.ROADMAP)
    return found.select_related("organisation__municipality", "project__passport", "approved_by")


def plans_visible_to(person: Any) -> QuerySet[Roadmap]:
    """Return the yearly plans of the centres where a person works; a keeper sees all of them."""
    every = Roadmap.objects.filter(kind=RoadmapKind.PLAN).select_related(
        "organisation__municipality", "approved_by"
    )
    mine = Q(organisation__in=organisation_ids_of(person, *PLANNERS))
    near = Q(organisation__municipality__in=municipality_ids_of(person, Role.COORDINATOR))
    return every if is_registry_keeper(person) else every.filter(mine | near & Q(sent_at__isnull=False))


def centres_planned_by(person: Any) -> QuerySet[Organisation]:
    """Return the centres for which a person may begin a plan."""
    resource = Status.objects.filter(kind__code=CENTRE_STATUS).values("organisation")
    found = Organisation.objects.filter(Q(kind__in=CENTRES) | Q(pk__in=resource), is_active=True)
    return found.filter(pk__in=organisation_ids_of(person, *PLANNERS)).order_by("short_name", "pk")


def plan_number(plan: Roadmap) -> str:
    """Return by what the page of a plan is called: «О-00012-2026»."""
    return f"{plan.organisation.number}-{plan.year}"


def plan_by_number(person: Any, number: str) -> Roadmap | None:
    """Return the plan with this number, if the person sees it."""
    organisation, _, year = number.rpartition("-")
    if not year.isdecimal():
        return None
    return plans_visible_to(person).filter(organisation__number=organisation, year=int(year[:4])).first()


def plan_before(plan: Roadmap) -> Roadmap | None:
    """Return the plan of the same centre for the year before."""
    year = (plan.year or 0) - 1
    return Roadmap.objects.filter(kind=RoadmapKind.PLAN, organisation=plan.organisation_id, year=year).first()


def items_of(roadmap: Roadmap) -> list[RoadmapItem]:
    """Return the measures in their order, dropped ones too."""
    found = roadmap.items.select_related("responsible_person", "dissemination")
    return list(found.order_by("position", "pk"))


def proofs_for(roadmap: Roadmap) -> QuerySet[Dissemination]:
    """Return the records of sharing by which a measure of the roadmap can be proved, the newest first."""
    return Dissemination.objects.filter(organisation=roadmap.organisation_id).order_by("-on", "-pk")


def measure_of(item: RoadmapItem) -> Measure:
    """Return a measure as the reckoning knows it."""
    return Measure(
        title=item.title,
        ends_on=item.ends_on,
        starts_on=item.starts_on,
        stage=item.stage,
        done_percent=item.done_percent,
        done_on=item.done_on,
        is_dropped=item.dropped_at is not None,
        number=item.position,
    )


def lines_of(items: Iterable[RoadmapItem]) -> list[Line]:
    """Return the lines of a plan that were not dropped, with their numbers."""
    live = [one for one in items if one.dropped_at is None]
    return [Line(one.title, one.stage, one.unit, one.planned, one.actual, one.pk) for one in live]


def totals_of(items: Iterable[RoadmapItem]) -> tuple[Total, ...]:
    """Return plan and fact of the lines by unit."""
    return plan_fact(lines_of(items)).totals


def said_of(item: RoadmapItem) -> dict[str, Any]:
    """Return the values of a measure as JSON holds them: dates are ISO text."""
    values = {name: getattr(item, name) for name in (*TOLD, *MARKS)}
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}


def known_rows(roadmap: Roadmap) -> dict[int, dict[str, Any]]:
    """Return what a table is compared with: the measures by number, dropped ones aside."""
    return {one.position: said_of(one) for one in roadmap.items.filter(dropped_at=None)}


def stages_in(roadmap: Roadmap) -> list[str]:
    """Return the stages to choose from: of the passport, then those already in the roadmap."""
    project = roadmap.project
    named = []
    if project is not None:
        passport = project.passport
        stages = stages_of(form_of(passport), values_of(passport))
        named = [stage_name(one) for one in stages if not one.is_empty]
    used = roadmap.items.exclude(stage="").order_by("position").values_list("stage", flat=True)
    return list(dict.fromkeys([*named, *used]))


def candidates_of(roadmap: Roadmap, today: date) -> tuple[Candidate, ...]:
    """Return the lines of fields 12–13 of the passport that are no measures yet."""
    if roadmap.project is None:
        return ()
    passport = roadmap.project.passport
    values = values_of(passport)
    taken = set(roadmap.items.exclude(origin="").values_list("origin", flat=True))
    return candidates_in(values, stages_of(form_of(passport), values), taken=taken, today=today)


def changes_of(roadmap: Roadmap) -> QuerySet[RoadmapChange]:
    """Return the corrections of an approved roadmap, the newest first."""
    return roadmap.changes.select_related("item", "by").order_by("-at", "-pk")


def imports_of(roadmap: Roadmap) -> QuerySet[RoadmapImport]:
    """Return the tables read into a roadmap, the newest first, without their rows."""
    return roadmap.imports.select_related("file").defer("rows").order_by("-pk")


def roadmaps_waiting_for(person: Any) -> QuerySet[Roadmap]:
    """Return what waits for a person's approval: sent roadmaps that they oversee, sent plans for a keeper."""
    sent = Roadmap.objects.filter(state=RoadmapState.SENT).select_related("organisation", "project")
    if is_registry_keeper(person):
        return sent.order_by("sent_at", "pk")
    near = Q(project__organisation__municipality__in=municipality_ids_of(person, Role.COORDINATOR))
    mine = Q(project__status__in=accompanied_by(person, Part.METHODIST).values("pk"))
    return sent.filter(near | mine, project__isnull=False).order_by("sent_at", "pk")


def overdue_items_visible_to(person: Any, day: date) -> QuerySet[RoadmapItem]:
    """Return the overdue measures of approved roadmaps that a person sees, the longest overdue first."""
    seen = roadmaps_visible_to(person).filter(state=RoadmapState.APPROVED).values("pk")
    late = RoadmapItem.objects.filter(
        roadmap__in=seen, dropped_at=None, done_percent__lt=WHOLE, ends_on__lt=day
    )
    return late.select_related("roadmap__organisation", "roadmap__project").order_by("ends_on", "pk")


def approvers_of(roadmap: Roadmap) -> list[User]:
    """Return who is told that a roadmap waits: coordinators and the site's methodist; of a plan, organisers."""
    if roadmap.project is None:
        organisers = live_memberships().filter(role=Role.ORGANISER, person__is_active=True)
        return list(dict.fromkeys(one.person for one in organisers.select_related("person")))
    people = stewards_of(roadmap.organisation.municipality)
    if (status := roadmap.project.status) is not None:
        live = status.accompaniments.filter(part=Part.METHODIST, until=None, person__is_active=True)
        named = [one.person for one in live.select_related("person")]
        people += [one for one in named if is_companion(one, status, Part.METHODIST)]
    return list(dict.fromkeys(people))


def writers_of(roadmap: Roadmap) -> list[User]:
    """Return who fills the roadmap in: head and staff of the organisation; of a plan, its planners."""
    roles = PLANNERS if roadmap.kind == RoadmapKind.PLAN else (Role.HEAD, Role.EDITOR)
    found = live_memberships().filter(
        organisation=roadmap.organisation_id, role__in=roles, person__is_active=True
    )
    return list(dict.fromkeys(one.person for one in found.select_related("person")))


def roadmaps_to_warn(day: date) -> QuerySet[Roadmap]:
    """Return the approved roadmaps with measures whose deadline is near or over and nobody was told."""
    return (
        Roadmap.objects.filter(state=RoadmapState.APPROVED, items__in=_untold(day).values("pk"))
        .distinct()
        .order_by("pk")
        .prefetch_related(Prefetch("items", queryset=_untold(day), to_attr="untold"))
        .select_related("organisation", "project")
    )


def _untold(day: date) -> QuerySet[RoadmapItem]:
    open_ones = RoadmapItem.objects.filter(dropped_at=None, done_percent__lt=WHOLE)
    is_near = Q(ends_on__gte=day, ends_on__lte=day + timedelta(days=SOON))
    is_over = Q(ends_on__lt=day)
    near = is_near & _other_than("warned_of")
    over = is_over & _other_than("overdue_told_of")
    return open_ones.filter(near | over).order_by("ends_on", "position", "pk")


def _other_than(name: str) -> Q:
    """Say that people were not told of this very deadline."""
    return Q(**{f"{name}__isnull": True}) | ~Q(**{name: F("ends_on")})
