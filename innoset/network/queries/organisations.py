"""Reads of organisations, municipalities and agreements."""

from datetime import date
from typing import Any

from django.db.models import F, Func, Q, QuerySet, Value
from django.db.models.functions import Lower, Replace

from innoset.foundation.policy import is_superuser
from innoset.network.models import Agreement, Membership, Municipality, Organisation
from innoset.network.queries.people import holds, live_memberships, municipality_ids_of, organisation_ids_of
from innoset.network.states import OrganisationKind, Role

# These see the whole registry: they run contests, confirm orders or judge for the institute.
SEE_ALL = (Role.ORGANISER, Role.APPROVER, Role.CURATOR)
_REGION = "23"
CONTACTS = frozenset({"address", "email", "phone", "site", "head_name", "head_position"})
IDENTITY = frozenset({"name", "short_name", "kind", "inn", "kpp", "ogrn", "municipality", "founder"})


def is_registry_keeper(person: Any) -> bool:
    """Tell whether a person keeps the registry of the whole network."""
    return bool(is_superuser(person)) or holds(person, Role.ORGANISER)


def sees_all(person: Any) -> bool:
    """Tell whether a person sees the whole network: who runs it, and the methodists of whoever runs it."""
    return bool(is_superuser(person)) or holds(person, *SEE_ALL) or helps_everybody(person)


def helps_everybody(person: Any) -> bool:
    """Tell whether a person is a methodist where contests are run; a municipality's own helps only there."""
    centres = organisation_ids_of(person, Role.METHODIST)
    running = live_memberships().filter(organisation__in=centres, role=Role.ORGANISER)
    return bool(centres) and running.exists()


def organisations_visible_to(person: Any) -> QuerySet[Organisation]:
    """Return the organisations whose cards a person may open in the office."""
    every = directory()
    if sees_all(person):
        return every
    own = Q(pk__in=organisation_ids_of(person))
    near = municipality_ids_of(person, Role.COORDINATOR, Role.METHODIST)
    return every.filter(own | Q(municipality__in=near))


def organisations_editable_by(person: Any) -> QuerySet[Organisation]:
    """Return the organisations whose cards a person may change."""
    if is_registry_keeper(person):
        return directory()
    own = Q(pk__in=organisation_ids_of(person, Role.HEAD, Role.EDITOR))
    return directory().filter(own | Q(municipality__in=municipality_ids_of(person, Role.COORDINATOR)))


def columns_editable_by(person: Any, organisation: Organisation) -> frozenset[str]:
    """Return which columns of a card a person may change: the staff, only those that tell how to reach them."""
    if is_registry_keeper(person) or holds(
        person, Role.COORDINATOR, municipality=organisation.municipality_id
    ):
        return CONTACTS | IDENTITY
    return CONTACTS


def directory() -> QuerySet[Organisation]:
    """Return every organisation with its municipality."""
    return Organisation.objects.select_related("municipality")


def matching_words(organisations: QuerySet[Organisation], words: str) -> QuerySet[Organisation]:
    """Return those whose name, number, identifiers or municipality hold every word; ё is е, case aside."""
    for word in words.casefold().replace("ё", "е").split():
        organisations = organisations.annotate(
            folded=folded_column("short_name"),
            folded_full=folded_column("name"),
            folded_place=folded_column("municipality__name"),
        ).filter(
            Q(folded__contains=word)
            | Q(folded_full__contains=word)
            | Q(folded_place__contains=word)
            | Q(number__contains=word)
            | Q(inn=word)
            | Q(ogrn=word)
        )
    return organisations


def folded_column(column: str) -> Func:
    """Make a text column comparable: lower case, ё as е."""
    return Replace(Lower(F(column)), Value("ё"), Value("е"))


def matching_organisation(*, inn: str, kpp: str, ogrn: str) -> Organisation | None:
    """Return the organisation with these identifiers: by ИНН and КПП, else by ОГРН."""
    known = Organisation.objects.select_related("municipality")
    by_inn = known.filter(inn=inn, kpp=kpp).first() if inn else None
    return by_inn or (known.filter(ogrn=ogrn).first() if ogrn else None)


def next_number() -> str:
    """Return the next free number of the registry, such as 23-0148; call it under the registry's lock."""
    # One row is everybody's lock: two who add at once get two numbers.
    Municipality.objects.select_for_update().order_by("pk").first()
    numbers = Organisation.objects.filter(number__startswith=f"{_REGION}-").values_list("number", flat=True)
    last = max((int(number.partition("-")[2]) for number in numbers if number[3:].isdigit()), default=0)
    return f"{_REGION}-{last + 1:04d}"


def founders() -> QuerySet[Organisation]:
    """Return who may be a founder: authorities, and whoever is one already."""
    own = Q(kind=OrganisationKind.AUTHORITY) | Q(founded__isnull=False)
    return Organisation.objects.filter(own, is_active=True).distinct().order_by("short_name", "pk")


def members_of(organisation: Organisation) -> QuerySet[Membership]:
    """Return who works for an organisation now."""
    people = live_memberships().filter(organisation=organisation).select_related("person")
    return people.order_by("person__last_name", "person__first_name", "pk")


def municipalities_on(day: date) -> QuerySet[Municipality]:
    """Return the municipalities that existed on a day."""
    return Municipality.objects.filter(Q(valid_to=None) | Q(valid_to__gt=day), valid_from__lte=day)


def agreements_visible_to(person: Any) -> QuerySet[Agreement]:
    """Return the agreements that a person may read."""
    every = Agreement.objects.select_related("municipality", "organisation", "partner")
    if sees_all(person):
        return every
    own = organisation_ids_of(person)
    places = municipality_ids_of(person, Role.COORDINATOR)
    return every.filter(Q(organisation__in=own) | Q(partner__in=own) | Q(municipality__in=places))
