"""The registry: verified identifiers, numbers, who changes what; agreements."""

from datetime import date, datetime
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied

from innoset.foundation.errors import Refusal
from innoset.network import actions, queries
from innoset.network.models import Agreement, Organisation
from innoset.network.states import Role
from tests import world

pytestmark = pytest.mark.django_db
IDS = {"inn": "2340018182", "kpp": "234001001", "ogrn": "1062340003010"}


@pytest.fixture
def place() -> Any:
    return world.municipality()


@pytest.fixture
def organiser() -> Any:
    return world.member(world.organisation("КНМЦ"), Role.ORGANISER)


def new(place: Any, **fields: Any) -> Any:
    return Organisation(name="Школа", short_name="Школа", kind="school", municipality=place, **fields)


def test_numbers_go_on_from_the_last(place: Any, organiser: Any, at: datetime) -> None:
    world.organisation(number="23-0146")
    world.organisation(number="ОСОБЫЙ")
    made = [actions.add_organisation(new(place), by=organiser, at=at).number for _ in range(2)]
    assert made == ["23-0147", "23-0148"]


def test_identifiers_are_kept_bare(place: Any, organiser: Any, at: datetime) -> None:
    made = actions.add_organisation(
        new(place, inn=" 23 4001 8182", kpp="234001001", ogrn="1062340003010 "), by=organiser, at=at
    )
    assert (made.inn, made.kpp, made.ogrn) == tuple(IDS.values())


@pytest.mark.parametrize("field", IDS)
def test_a_misprint_is_refused_on_its_field(place: Any, organiser: Any, at: datetime, field: Any) -> None:
    with pytest.raises(Refusal) as no:
        actions.add_organisation(new(place, **IDS | {field: "12"}), by=organiser, at=at)
    assert no.value.field == field


@pytest.mark.parametrize(("twin", "field"), [(IDS | {"ogrn": ""}, "inn"), ({"ogrn": IDS["ogrn"]}, "ogrn")])
def test_nothing_is_doubled(place: Any, organiser: Any, at: datetime, twin: Any, field: Any) -> None:
    actions.add_organisation(new(place, **IDS), by=organiser, at=at)
    with pytest.raises(Refusal, match="уже есть в реестре") as no:
        actions.add_organisation(new(place, **twin), by=organiser, at=at)
    assert no.value.field == field


def test_editing_does_not_steal_anothers_number(place: Any, organiser: Any, at: datetime) -> None:
    actions.add_organisation(new(place, **IDS), by=organiser, at=at)
    other = world.organisation(inn="2309055993", kpp="230901001")
    for values in ({"ogrn": IDS["ogrn"]}, {"inn": IDS["inn"], "kpp": IDS["kpp"]}):
        with pytest.raises(Refusal, match="уже есть"):
            actions.edit_organisation(
                Organisation.objects.get(pk=other.pk), values=values, by=organiser, at=at
            )
    assert actions.edit_organisation(other, values={"inn": "2309055993"}, by=organiser, at=at) == []


def test_the_staff_tells_how_to_reach_them_and_the_coordinator_who_they_are(place: Any, at: datetime) -> None:
    school = world.organisation(municipality=place)
    head = world.member(school, Role.HEAD)
    coordinator = world.member(world.organisation(municipality=place), Role.COORDINATOR)
    assert actions.edit_organisation(school, values={"phone": "2-10-10"}, by=head, at=at) == ["phone"]
    with pytest.raises(PermissionDenied):
        actions.edit_organisation(school, values={"short_name": "Иная"}, by=head, at=at)
    assert actions.edit_organisation(school, values={"short_name": "Иная"}, by=coordinator, at=at) == [
        "short_name"
    ]
    with pytest.raises(PermissionDenied):
        actions.edit_organisation(world.organisation(), values={"phone": "1"}, by=coordinator, at=at)
    with pytest.raises(PermissionDenied):
        actions.close_organisation(school, is_active=False, reason="x", by=coordinator, at=at)


def test_closing_needs_a_reason_and_takes_the_rights_away(place: Any, organiser: Any, at: datetime) -> None:
    school = world.organisation(municipality=place)
    head = world.member(school, Role.HEAD)
    with pytest.raises(Refusal) as no:
        actions.close_organisation(school, is_active=False, reason=" ", by=organiser, at=at)
    assert no.value.field == "reason"
    actions.close_organisation(school, is_active=False, reason="Реорганизована", by=organiser, at=at)
    assert queries.holds(head, Role.HEAD) is False


SEES = {
    Role.ORGANISER: {"свой", "сосед", "чужой"},
    Role.APPROVER: {"свой", "сосед", "чужой"},
    Role.CURATOR: {"свой", "сосед", "чужой"},
    Role.COORDINATOR: {"свой", "сосед"},
    Role.METHODIST: {"свой", "сосед"},
    Role.HEAD: {"свой"},
    Role.EXPERT: {"свой"},
}


@pytest.mark.parametrize("role", SEES)
def test_who_sees_which_organisations(place: Any, role: Any) -> None:
    own = world.organisation("свой", municipality=place)
    world.organisation("сосед", municipality=place)
    world.organisation("чужой")
    person = world.member(own, role)
    seen = queries.organisations_visible_to(person).values_list("short_name", flat=True)
    assert set(seen) == SEES[role]
    editable = queries.organisations_editable_by(person)
    assert not set(editable) - set(queries.organisations_visible_to(person))


def test_a_methodist_of_whoever_runs_contests_helps_everybody(place: Any) -> None:
    centre = world.organisation("центр", municipality=place)
    world.organisation("чужой")
    methodist = world.member(centre, Role.METHODIST)
    assert queries.organisations_visible_to(methodist).count() == 1
    world.member(centre, Role.ORGANISER)
    assert queries.organisations_visible_to(methodist).count() == 2


def agreement(place: Any, ours: Any, partner: Any, **fields: Any) -> Any:
    given = {"number": "7", "signed_on": date(2026, 1, 1), "ends_on": date(2027, 1, 1)}
    return Agreement(municipality=place, organisation=ours, partner=partner, **{**given, **fields})


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"signed_on": date(2026, 11, 22), "ends_on": None}, "signed_on"),
        ({"ends_on": date(2026, 1, 1)}, "ends_on"),
    ],
)
def test_dates_of_an_agreement_are_checked(
    place: Any, organiser: Any, at: datetime, fields: Any, field: Any
) -> None:
    made = agreement(place, world.organisation(), world.organisation(), **fields)
    with pytest.raises(Refusal) as no:
        actions.make_agreement(made, by=organiser, at=at)
    assert no.value.field == field


def test_an_agreement_joins_two_and_is_known_by_number_and_date(
    place: Any, organiser: Any, at: datetime
) -> None:
    ours, partner = world.organisation(), world.organisation(municipality=place)
    with pytest.raises(Refusal) as no:
        actions.make_agreement(agreement(place, ours, ours), by=organiser, at=at)
    assert no.value.field == "partner"
    made = actions.make_agreement(agreement(place, ours, partner), by=organiser, at=at)
    with pytest.raises(Refusal) as no:
        actions.make_agreement(agreement(place, ours, partner), by=organiser, at=at)
    assert no.value.field == "number"
    actions.edit_agreement(made, values={"note": "Продлено", "ends_on": None}, by=organiser, at=at)
    made.refresh_from_db()
    assert (made.note, made.ends_on) == ("Продлено", None)
    with pytest.raises(PermissionDenied):
        actions.edit_agreement(made, values={}, by=world.member(partner, Role.COORDINATOR), at=at)


def test_who_reads_agreements(place: Any, organiser: Any, at: datetime) -> None:
    partner = world.organisation(municipality=place)
    made = actions.make_agreement(agreement(place, world.organisation(), partner), by=organiser, at=at)
    readers = [
        organiser,
        world.member(partner),
        world.member(world.organisation(municipality=place), Role.COORDINATOR),
    ]
    assert [list(queries.agreements_visible_to(reader)) for reader in readers] == [[made]] * 3
    assert list(queries.agreements_visible_to(world.member(world.organisation(), Role.COORDINATOR))) == []


def test_a_stranger_has_no_memberships() -> None:
    nobody = AnonymousUser()
    assert (queries.memberships_of(nobody), queries.holds(nobody, Role.HEAD)) == ([], False)
    assert list(queries.organisations_visible_to(nobody)) == []
