"""The demo network: municipalities' services, schools, agreements, people with roles, statuses by orders."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.contrib.auth.hashers import make_password

from innoset.accounts.models import User
from innoset.contests.models import Council, Seat
from innoset.documents import actions as documents
from innoset.documents.models import Order
from innoset.exchange.demo.cast import HEADS, KINDS, LONG, SHORT, Cast, Name
from innoset.exchange.demo.themes import MORE_TITLES, THEMES
from innoset.network import actions as network
from innoset.network.models import Agreement, Membership, Municipality, Organisation, Status, StatusKind
from innoset.network.states import OrganisationKind, Role

CITY = "город Краснодар"
SITES = 87
REGIONAL_SITES = 13
NETWORK_SITES = 10
LEADER_SITES = 4
SCHOOLS_IN_CITY = 74
ORDER_NUMBERS = {"kip": "3127", "msip": "1902", "mlsv": "1903", "mip": "1905"}
SCHOOLS_IN_DISTRICT = 5
COUNCIL_SIZE = 7
AWARDED_SINCE = 250
LEADERS_SINCE = 150
"""Days ago."""
LONG_TERMS = 5
LONG_ORDER = 2000
TERM_OVER_SINCE = 10
"""Days ago: the renewal is what the methodist has on the table."""
LONG_THEMES = (
    "первые шаги новой школы",
    "школа полного дня",
    "сеть наставников",
    "школа проектов",
    "открытая школа",
)


@dataclass
class World:
    """What has been built so far."""

    at: datetime
    cast: Cast
    operator: User
    places: dict[str, Organisation] = field(default_factory=dict)
    people: dict[str, User] = field(default_factory=dict)
    schools: list[Organisation] = field(default_factory=list)
    services: list[Organisation] = field(default_factory=list)
    experts: list[User] = field(default_factory=list)
    council: Council | None = None

    def ago(self, days: int) -> datetime:
        """Return the moment so many days before."""
        return self.at - timedelta(days=days)


def build(world: World) -> None:
    """Build the network: who there is and what they are."""
    city = Municipality.objects.get(name=CITY, valid_to=None)
    districts = list(Municipality.objects.filter(is_in_network=True, valid_to=None).order_by("name"))
    _centres(world, city)
    world.services = [_service(world, place) for place in districts]
    world.places["service"] = world.services[0]
    _agreements(world)
    for place, count in [(city, SCHOOLS_IN_CITY), *((one, SCHOOLS_IN_DISTRICT) for one in districts)]:
        world.schools += [_school(world, place, number) for number in range(1, count + 1)]
    world.places["school"] = world.schools[SCHOOLS_IN_CITY - 1]
    _accounts(world)
    _experts(world)
    world.council = _council(world)


def _add(
    world: World, kind: OrganisationKind, short: str, name: str, place: Municipality, **facts: Any
) -> Organisation:
    head = facts.pop("head_name", None) or str(world.cast.name())
    organisation = Organisation(
        name=name,
        short_name=short,
        kind=kind,
        municipality=place,
        inn=world.cast.inn(),
        kpp="239901001",
        ogrn=world.cast.ogrn(),
        address=f"{place.centre_kind} {place.centre}, улица Школьная, дом {world.cast.serial % 90 + 1}",
        email=f"office{world.cast.serial}@innoset.example",
        head_name=head,
        **facts,
    )
    return network.add_organisation(organisation, by=world.operator, at=world.ago(900))


def _centres(world: World, city: Municipality) -> None:
    world.places["department"] = _add(
        world,
        OrganisationKind.AUTHORITY,
        "Департамент образования",
        "Департамент образования администрации муниципального образования город Краснодар",
        city,
        head_position="Директор департамента",
    )
    world.places["centre"] = _add(
        world,
        OrganisationKind.METHOD_CENTRE,
        "Научно-методический центр",
        "Муниципальное учреждение «Краснодарский научно-методический центр»",
        city,
        head_position="Директор",
    )
    world.places["institute"] = _add(
        world,
        OrganisationKind.INSTITUTE,
        "Институт развития образования",
        "Институт развития образования Краснодарского края",
        city,
        head_position="Ректор",
    )


def _service(world: World, place: Municipality) -> Organisation:
    return _add(
        world,
        OrganisationKind.METHOD_SERVICE,
        f"ТМС, {place.name}",
        f"Территориальная методическая служба, {place.name}",
        place,
        head_position="Руководитель",
    )


def _school(world: World, place: Municipality, number: int) -> Organisation:
    kind = KINDS[number % len(KINDS)]
    where = f"{place.centre_kind} {place.centre}"
    suffix = "" if place.name == CITY else f", {place.centre}"
    return _add(
        world,
        kind,
        SHORT[kind].format(n=number) + suffix,
        LONG[kind].format(n=number, place=where),
        place,
        head_position=HEADS[kind],
    )


def _agreements(world: World) -> None:
    for number, service in enumerate(world.services, 1):
        signed = world.ago(700 - number * 9).date()
        agreement = Agreement(
            number=f"{number:02}-С",
            signed_on=signed,
            ends_on=signed + timedelta(days=365 * 3),
            municipality=service.municipality,
            organisation=world.places["centre"],
            partner=service,
        )
        network.make_agreement(agreement, by=world.operator, at=world.ago(690 - number * 9))


def person(name: Name, email: str, *, position: str = "") -> User:
    """Make an invented person whose address is confirmed; all have the one demo password."""
    user = User.objects.create(
        email=email,
        password=_password_hash(),
        last_name=name.last,
        first_name=name.first,
        middle_name=name.middle,
        position=position,
    )
    EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@cache
def _password_hash() -> str:
    """Hash the demo password once: Argon2 is slow on purpose."""
    return make_password(settings.DEMO_ACCOUNTS[0].password)


def join(world: World, user: User, organisation: Organisation, role: Role) -> Membership:
    """Give a person a role in an organisation."""
    return Membership.objects.create(
        person=user, organisation=organisation, role=role, since=world.ago(600), invited_by=world.operator
    )


def _accounts(world: World) -> None:
    for account in settings.DEMO_ACCOUNTS:
        name = Name(account.last_name, account.first_name, account.middle_name)
        user = person(name, account.email, position=account.position)
        join(world, user, world.places[account.place], account.role)
        if account.is_guarded:
            TOTP.activate(user, account.totp_secret)
        world.people[account.code] = user
    head = world.people["applicant"]
    values = {"head_name": head.full_name, "head_position": head.position}
    network.edit_organisation(world.places["school"], values=values, by=world.operator, at=world.ago(600))
    # One person, several roles: the methodist is also a tutor, the expert of one contest.
    join(world, world.people["methodist"], world.places["centre"], Role.TUTOR)
    join(world, world.people["coordinator"], world.places["service"], Role.EXPERT)


def _experts(world: World) -> None:
    world.experts = [world.people["expert"]]
    for number, service in enumerate([*world.services[1:], world.places["institute"]], 1):
        for _ in range(1 + number % 2):
            user = person(
                world.cast.name(), f"expert{len(world.experts)}@innoset.example", position="Методист"
            )
            join(world, user, service, Role.EXPERT)
            world.experts.append(user)


def _council(world: World) -> Council:
    council = Council.objects.create(title="Координационный совет", organisation=world.places["centre"])
    parts = (("chair", Seat.Part.CHAIR), ("secretary", Seat.Part.SECRETARY), ("council", Seat.Part.MEMBER))
    for code, part in parts:
        Seat.objects.create(council=council, person=world.people[code], part=part)
    for number in range(COUNCIL_SIZE - len(parts)):
        user = person(
            world.cast.name(),
            f"council{number}@innoset.example",
            position=("Директор школы", "Заведующий детским садом", "Методист")[number % 3],
        )
        join(world, user, world.places["centre"], Role.COUNCIL)
        TOTP.activate(user, settings.DEMO_ACCOUNTS[0].totp_secret)
        Seat.objects.create(council=council, person=user, part=Seat.Part.MEMBER)
    return council


def staff_of(world: World, school: Organisation) -> User:
    """Return the head of a school, who fills its application; made when first needed."""
    known = (
        Membership.objects.filter(organisation=school, role=Role.HEAD, until=None)
        .select_related("person")
        .first()
    )
    if known:
        return known.person
    last, first, middle = school.head_name.split(" ", 2)
    user = person(
        Name(last, first, middle),
        f"head-{school.number.lower()}@innoset.example",
        position=school.head_position,
    )
    join(world, user, school, Role.HEAD)
    return user


def status_order(world: World, issuer: str, number: str, signed_on: date) -> Order:
    """Return a confirmed order of a past year, entered by one person and confirmed by another."""
    at = datetime.combine(signed_on, world.at.timetz()) + timedelta(days=3)
    order = Order.objects.create(
        issuer=issuer, title="О присвоении статуса инновационной площадки", created_at=at, place="Краснодар"
    )
    documents.enter_order(order, number=number, signed_on=signed_on, by=world.people["organiser"], at=at)
    documents.confirm_order(order, pdf=b"", docx=b"", by=world.people["approver"], at=at)
    return order


def fill_statuses(world: World) -> None:
    """Grant statuses until the network has its 87 sites, 13 of them regional; one has fifteen years behind it."""
    taken = set(_active_sites())
    free = [school for school in world.schools if school.pk not in taken and school != world.places["school"]]
    # The awards of a December long enough ago for all that the sites have lived through since.
    year = world.ago(AWARDED_SINCE).year
    plan = [("kip", REGIONAL_SITES), ("msip", NETWORK_SITES), ("mlsv", LEADER_SITES)]
    plan.append(("mip", SITES - len(taken) - sum(count for _, count in plan)))
    titles = _titles()
    for code, count in plan:
        kind = StatusKind.objects.get(code=code)
        # A leader is one for a year: begun last December, it would be over in the last days of this one.
        on = world.ago(LEADERS_SINCE).date() if kind.term_years == 1 else date(year - 1, 12, 22)
        order = status_order(world, _issuer(world, code), ORDER_NUMBERS[code], on)
        for _ in range(count):
            _grant(world, free.pop(0), kind, theme=next(titles), order=order, on=on)
    _fifteen_years(world)


def _active_sites() -> list[int]:
    found = Organisation.objects.filter(statuses__state="active").distinct()
    return list(found.order_by("id").values_list("id", flat=True))


def _issuer(world: World, code: str) -> str:
    if code == "kip":
        return "Министерство образования и науки Краснодарского края"
    return world.places["department"].name


def _titles() -> Any:
    plain = [*MORE_TITLES, *(theme.title for theme in THEMES)]
    turn = 0
    while True:
        for title in plain:
            yield (
                title
                if turn == 0
                else f"{title}: {('продолжение', 'сетевая модель', 'новый этап')[turn % 3]}"
            )
        turn += 1


def _grant(
    world: World, school: Organisation, kind: StatusKind, *, theme: str, order: Order, on: date
) -> None:
    at = datetime.combine(on, world.at.timetz()) + timedelta(days=4)
    network.grant_status(
        school, kind=kind, theme=theme, order=order, starts_on=on, by=world.people["approver"], at=at
    )


def _fifteen_years(world: World) -> None:
    """Give a network site five regional terms of three years, one after another; the fifth ran out just now."""
    kip = StatusKind.objects.get(code="kip")
    site = Organisation.objects.filter(statuses__kind__code="msip").order_by("id")[0]
    world.places["long_site"] = site
    after = world.ago(TERM_OVER_SINCE - 1).date()
    before: Status | None = None
    for number in range(LONG_TERMS, 0, -1):
        # The last of February is no day of every year.
        on = after.replace(year=after.year - number * kip.term_years, day=min(after.day, 28))
        order = status_order(world, _issuer(world, "kip"), f"{LONG_ORDER + on.year}", on)
        theme = f"{site.short_name}: {LONG_THEMES[LONG_TERMS - number]}"
        _grant(world, site, kip, theme=theme, order=order, on=on)
        status = site.statuses.get(order=order)
        status.renews = before
        status.save(update_fields=["renews"])
        if number > 1:
            done = datetime.combine(status.ends_on, world.at.timetz()) + timedelta(days=1)
            network.complete_status(status, on=status.ends_on, by=world.people["approver"], at=done)
        before = status
