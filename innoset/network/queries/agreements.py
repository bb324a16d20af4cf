"""Reads of agreements: which are in force on a day, who is still without one, which end soon."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet

from innoset.network.models import Agreement, Municipality
from innoset.network.queries.organisations import municipalities_on
from innoset.network.queries.people import live_memberships, municipality_ids_of, organisation_ids_of
from innoset.network.states import AgreementState, Role

SOON = 90
"""How many days before its end an agreement counts as expiring."""


@dataclass(frozen=True, slots=True)
class AgreementCoverage:
    """How many municipalities of the network have an agreement in force, of how many, and what calls for care."""

    signed: int
    needed: int
    missing: list[Municipality]
    expiring: list[Agreement]
    over: list[Agreement]


def agreements_on(day: date) -> QuerySet[Agreement]:
    """Return the agreements in force on a day, also a past one: the day of an ending is the first without it."""
    return _with_parties().filter(in_force_on(day))


def in_force_on(day: date) -> Q:
    """Say which agreements are in force on a day."""
    begun = Q(signed_on__lte=day, state__in=[AgreementState.SIGNED, AgreementState.ENDED])
    within = Q(ends_on=None) | Q(ends_on__gte=day)
    return begun & within & (Q(ended_on=None) | Q(ended_on__gt=day))


def expiring_on(day: date) -> QuerySet[Agreement]:
    """Return the agreements in force whose last days have come and which nothing signed goes on from."""
    soon = agreements_on(day).filter(ends_on__lte=day + timedelta(days=SOON))
    return soon.exclude(_renewed()).order_by("ends_on", "pk")


def over_on(day: date) -> QuerySet[Agreement]:
    """Return the signed agreements whose term ran out before the day and which nothing signed goes on from."""
    over = _with_parties().filter(state=AgreementState.SIGNED, ends_on__lt=day)
    return over.exclude(_renewed()).order_by("ends_on", "pk")


def agreement_coverage(day: date) -> AgreementCoverage:
    """Count the municipalities of the network that have an agreement in force on a day, and name the others."""
    needed = list(municipalities_on(day).filter(is_in_network=True).order_by("name", "pk"))
    heirs = _heirs()
    with_one = set(agreements_on(day).order_by().values_list("municipality", flat=True))
    with_one |= {heirs[place] for place in with_one if place in heirs}
    missing = [place for place in needed if place.pk not in with_one]
    return AgreementCoverage(
        signed=len(needed) - len(missing),
        needed=len(needed),
        missing=missing,
        expiring=list(expiring_on(day)),
        over=list(over_on(day)),
    )


def agreements_waiting_for(person: Any) -> QuerySet[Agreement]:
    """Return what a person's side has been sent and has not given back signed."""
    ours = Q(partner__in=organisation_ids_of(person, Role.HEAD, Role.EDITOR))
    ours |= Q(municipality__in=municipality_ids_of(person, Role.COORDINATOR))
    return _with_parties().filter(ours, state=AgreementState.SENT, file=None).order_by("pk")


def renewal_of(agreement: Agreement) -> Agreement | None:
    """Return the agreement that goes on from this one, if somebody has begun it."""
    return agreement.renewals.exclude(state=AgreementState.ENDED).order_by("-pk").first()


def _with_parties() -> QuerySet[Agreement]:
    return Agreement.objects.select_related("municipality", "organisation", "partner", "file")


def _renewed() -> Exists:
    later = Agreement.objects.filter(renews=OuterRef("pk"), state=AgreementState.SIGNED)
    return Exists(later.order_by())


def _heirs() -> dict[int, int]:
    """Return the row that each ended row of a municipality went over into: the same centre, the same day."""
    ended = {row.pk: (row.centre, row.valid_to) for row in Municipality.objects.exclude(valid_to=None)}
    fresh = Municipality.objects.filter(valid_from__in=[day for _, day in ended.values()])
    begun: dict[tuple[str, date | None], int] = {(row.centre, row.valid_from): row.pk for row in fresh}
    return {pk: begun[place] for pk, place in ended.items() if place in begun}


def sides_of(agreement: Agreement, *, partner_only: bool = False) -> list[Any]:
    """Return whom an agreement concerns: heads of the parties, the municipality's coordinators, its keeper."""
    parties = [agreement.partner_id] if partner_only else [agreement.partner_id, agreement.organisation_id]
    heads = Q(organisation__in=parties, role=Role.HEAD)
    place = Q(organisation__municipality=agreement.municipality_id, role=Role.COORDINATOR)
    found = live_memberships().filter(heads | place).select_related("person").order_by("person", "pk")
    people = {one.person_id: one.person for one in found}
    keeper = None if partner_only else agreement.created_by
    if keeper is not None:
        people[keeper.pk] = keeper
    return list(people.values())
