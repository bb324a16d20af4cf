"""Reads of what goes up: which winners may be put forward, where to, who sees it and from when."""

from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet

from innoset.accounts.models import User
from innoset.contests.models import Advancement, Application, Contest
from innoset.contests.queries.applications import contests_open_at, objection_to_start
from innoset.contests.states import AdvancementState, ApplicationState
from innoset.network.queries import live_memberships, municipality_ids_of, organisation_ids_of
from innoset.network.states import OrganisationKind, Role

SHOWN_ABOVE = (AdvancementState.RELEASED, AdvancementState.ACCEPTED, AdvancementState.DECLINED)
"""What is only proposed, or was taken back, stays below."""


def advancements_of_place(person: Any) -> QuerySet[Advancement]:
    """Return what the person's municipality or contest puts forward, released or not."""
    return _with_names(Advancement.objects.filter(_below(person, "application__")))


def advancements_above(person: Any) -> QuerySet[Advancement]:
    """Return what was released to contests that the person organises; never what is not, or is no more."""
    every = Advancement.objects.filter(state__in=SHOWN_ABOVE)
    if not person.is_superuser:
        every = every.filter(contest__organiser__in=organisation_ids_of(person, Role.ORGANISER))
    return _with_names(every)


def _below(person: Any, prefix: str) -> Q:
    near = municipality_ids_of(person, Role.COORDINATOR)
    mine = organisation_ids_of(person, Role.ORGANISER)
    return Q(
        Q(**{f"{prefix}organisation__municipality__in": near})
        | Q(**{f"{prefix}contest__organiser__in": mine}),
        **{f"{prefix}contest__municipality__isnull": False},
    )


def _with_names(found: QuerySet[Advancement]) -> QuerySet[Advancement]:
    return found.select_related(
        "application__contest", "application__organisation__municipality", "application__project",
        "contest__organiser", "raised__contest", "raised__award__status__kind",
    ).order_by("-proposed_at", "-pk")  # fmt: skip


def winners_near(person: Any) -> QuerySet[Application]:
    """Return the winners of municipal contests whom the person may put forward, the latest first."""
    found = Application.objects.filter(_below(person, ""), state=ApplicationState.AWARDED)
    names = found.select_related("contest", "organisation__municipality", "project", "award__status__kind")
    return names.order_by("-award__granted_at", "-pk")


def upper_contests_at(at: datetime) -> QuerySet[Contest]:
    """Return the contests above any municipality that take applications now."""
    is_upper = Q(municipality=None) | Q(organiser__kind=OrganisationKind.INSTITUTE)
    return contests_open_at(at).filter(is_upper)


def objection_to_putting_forward(application: Application, contest: Contest, at: datetime) -> str:
    """Say why the winner may not be put forward for the contest now; an empty string when it may."""
    if application.contest.municipality_id is None:
        return "Выдвигают победителей муниципальных конкурсов."
    if application.state != ApplicationState.AWARDED:
        return "Выдвинуть можно только победителя: дождитесь приказа об итогах."
    if contest.pk == application.contest_id or not upper_contests_at(at).filter(pk=contest.pk).exists():
        return "Этот конкурс не принимает победителей муниципальных конкурсов. Выберите из списка."
    return objection_to_start(contest, application.organisation, at)


def proposers_of(advancement: Advancement) -> list[User]:
    """Return the coordinators of the municipality that put the winner forward."""
    live = live_memberships().filter(
        role=Role.COORDINATOR,
        organisation__municipality=advancement.application.organisation.municipality_id,
        person__is_active=True,
    )
    return list(dict.fromkeys(one.person for one in live.select_related("person").order_by("pk")))
