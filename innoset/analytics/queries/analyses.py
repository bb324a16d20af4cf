"""Reads of the analyses of sites: the site's own beside the expert's."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from innoset.analytics.models import Analysis, AnalysisAnswer, AnalysisQuestion
from innoset.analytics.pure.findings import Pair
from innoset.network.models import Status
from innoset.network.queries import (
    municipality_ids_of,
    organisation_ids_of,
    public_statuses,
    statuses_visible_to,
)
from innoset.network.queries.accompaniment import accompanied_by
from innoset.network.queries.organisations import sees_all
from innoset.network.queries.statuses import current_on
from innoset.network.states import Role

FIRST_MONTH = 9


def school_year_of(day: date) -> int:
    """Return the school year of a day by the year in which it begins."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def year_title(school_year: int) -> str:
    """Write a school year: «2026/27 учебный год»."""
    return f"{school_year}/{(school_year + 1) % 100:02d} учебный год"


def sites_to_analyse(person: Any, day: date) -> QuerySet[Status]:
    """Return the sites in force that a person sees or accompanies."""
    seen = Q(pk__in=statuses_visible_to(person).order_by().values("pk"))
    seen |= Q(pk__in=accompanied_by(person).order_by().values("pk"))
    found = public_statuses().filter(seen).filter(current_on(day))
    return found.order_by("organisation__short_name", "pk")


def own_sites(person: Any, day: date) -> QuerySet[Status]:
    """Return the sites in force of the organisations where a person works."""
    found = public_statuses().filter(
        current_on(day), organisation__in=organisation_ids_of(person, Role.HEAD, Role.EDITOR)
    )
    return found.order_by("organisation__short_name", "pk")


def analyses_visible_to(person: Any) -> QuerySet[Analysis]:
    """Return the analyses that a person may read: their own drafts, and what was sent about sites they have to do with."""
    every = Analysis.objects.select_related("status__organisation__municipality", "status__kind", "person")
    staff = organisation_ids_of(person, Role.HEAD, Role.EDITOR)
    mine = Q(person=person.pk) | Q(view=Analysis.View.OWN, status__organisation__in=staff)
    near = Q(status__organisation__in=staff)
    near |= Q(status__organisation__municipality__in=municipality_ids_of(person, Role.COORDINATOR))
    near |= Q(status__in=accompanied_by(person).order_by().values("pk"))
    if sees_all(person):
        near = Q()
    return every.filter(mine | (near & Q(sent_at__isnull=False)))


@dataclass(frozen=True, slots=True)
class Both:
    """The two analyses of a site over a year, as far as there are any."""

    own: Analysis | None
    expert: Analysis | None

    @property
    def are_sent(self) -> bool:
        """Tell whether the two may be set side by side: neither has seen the other before sending."""
        return all(one is not None and one.sent_at is not None for one in (self.own, self.expert))


def both_of(status: Status, school_year: int) -> Both:
    """Return the analyses of a site over a school year."""
    found = {one.view: one for one in Analysis.objects.filter(status=status, school_year=school_year)}
    return Both(found.get(Analysis.View.OWN), found.get(Analysis.View.EXPERT))


def boths_of(statuses: list[Status], school_year: int) -> dict[int, Both]:
    """Return the analyses of many sites, asked at once."""
    found: dict[int, dict[str, Analysis]] = {one.pk: {} for one in statuses}
    for one in Analysis.objects.filter(status__in=statuses, school_year=school_year):
        found[one.status_id][one.view] = one
    return {pk: Both(two.get(Analysis.View.OWN), two.get(Analysis.View.EXPERT)) for pk, two in found.items()}


def questions() -> QuerySet[AnalysisQuestion]:
    """Return the statements in use."""
    return AnalysisQuestion.objects.filter(is_active=True)


def answers_of(analysis: Analysis | None) -> Mapping[str, AnalysisAnswer]:
    """Return the answers of an analysis by the codes of their statements."""
    if analysis is None:
        return {}
    return {one.question.code: one for one in analysis.answers.select_related("question")}


def pairs_of(both: Both) -> list[Pair]:
    """Return the marks of both on each statement."""
    own, expert = answers_of(both.own), answers_of(both.expert)
    return [Pair(one.text, _value(own, one.code), _value(expert, one.code)) for one in questions()]


def _value(answers: Mapping[str, AnalysisAnswer], code: str) -> int | None:
    answer = answers.get(code)
    return None if answer is None else answer.value
