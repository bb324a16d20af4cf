"""The network of a day is read whole and exactly, with queries that do not grow with the rows."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innoset.analytics.pure.coverage import Share
from innoset.analytics.pure.graph import Tier
from innoset.analytics.queries import network as queries
from innoset.network.models import Mentorship, Municipality, Status
from innoset.network.states import AgreementState, FactKind, OrganisationKind, Part, Role, StatusState
from tests import world
from tests.analytics import network_scene as scene
from tests.analytics.network_scene import BEGIN, DAY, Scene

pytestmark = pytest.mark.django_db
AGREEMENT = ("agreement", "С-1", "С-3", "Соглашение № 7-С от 01.03.2025", "")
MENTORSHIP = ("mentorship", "С-4", "С-5", "", "")
METHODIST = ("accompaniment", "С-1", "С-4", "Сетевой методист", "")
SEMINAR = ("joint", "С-4", "С-7", "", "")


@pytest.fixture
def made() -> Scene:
    return scene.build()


def ties(day: date = DAY, **more: Any) -> list[tuple[str, ...]]:
    found = queries.graph_on(day, **more).edges
    return [(str(one.tie), one.source, one.target, one.detail, one.people) for one in found]


def test_who_takes_part(made: Scene) -> None:
    graph = queries.graph_on(DAY)
    assert [(one.number, one.tier, one.statuses, one.levels, one.labels, one.is_school) for one in graph.nodes] == [
        ("С-1", Tier.CENTRE, (), (), (), False),
        ("С-2", Tier.INSTITUTE, (), (), (), False),
        ("С-3", Tier.SERVICE, (), (), (), False),
        ("С-4", Tier.MSIP, ("msip",), ("municipal",), ("МСИП",), True),
        ("С-5", Tier.MIP, ("mip",), ("municipal",), ("МИП",), True),
        ("С-6", Tier.KIP, ("kip",), ("regional",), ("КИП",), True),
        ("С-7", Tier.PARTNER, (), (), (), False),
    ]  # fmt: skip
    assert (len(graph.places), {node.place for node in graph.nodes}) == (
        44,
        {made.city.oktmo, made.away.oktmo},
    )


def test_what_ties_them(made: Scene) -> None:
    assert ties() == [AGREEMENT, MENTORSHIP, METHODIST, SEMINAR]


def test_colleagues_are_told_who_and_what(made: Scene) -> None:
    assert ties(is_open=False)[2:] == [
        (*METHODIST[:4], "Берёзкина Ольга"),
        (*SEMINAR[:3], "Семинар наставников, 05.04.2026", ""),
    ]


def test_a_day_before_has_its_own_network(made: Scene) -> None:
    before = BEGIN - timedelta(days=1)
    assert ([node.number for node in queries.graph_on(before).nodes], ties(before)) == (
        ["С-1", "С-2", "С-3"],
        [],
    )
    # The event belongs to its own year, and to no day before it.
    assert ties(date(2026, 4, 4)) == ties(date(2025, 12, 31)) == [AGREEMENT, MENTORSHIP, METHODIST]
    assert ties(date(2027, 1, 1)) == [AGREEMENT, MENTORSHIP, METHODIST]


def test_a_paused_an_ended_and_a_mistaken_status_give_no_mark(made: Scene) -> None:
    scene.fact(made.leading, FactKind.PAUSED, date(2026, 5, 1))
    scene.fact(made.led, FactKind.TERMINATED, date(2026, 6, 1))
    Status.objects.filter(organisation=made.lonely).update(state=StatusState.ANNULLED, ended_on=DAY)
    graph = queries.graph_on(DAY)
    assert {node.number for node in graph.nodes if node.statuses} == set()
    assert [str(edge.tie) for edge in graph.edges] == ["agreement", "joint"]
    assert queries.graph_on(date(2026, 4, 30)).sites == 2


def test_a_status_that_was_passed_on_is_its_heirs(made: Scene) -> None:
    scene.fact(made.leading, FactKind.PASSED, date(2026, 7, 1), holder=made.guest)
    assert ties()[1] == ("mentorship", "С-7", "С-5", "", "")
    assert ties(date(2026, 6, 30))[1] == MENTORSHIP


@pytest.mark.parametrize(
    ("fields", "is_there"),
    [
        ({"ends_on": DAY}, True),
        ({"ends_on": DAY - timedelta(days=1)}, False),
        ({"signed_on": DAY + timedelta(days=1)}, False),
        ({"state": AgreementState.ENDED, "ended_on": DAY + timedelta(days=1)}, True),
        ({"state": AgreementState.ENDED, "ended_on": DAY}, False),
        ({"state": AgreementState.SENT}, False),
    ],
    ids=["last day", "over", "ahead", "ended later", "ended", "not signed"],
)
def test_an_agreement_ties_while_it_is_in_force(made: Scene, fields: dict[str, Any], is_there: bool) -> None:
    scene.agreed(made.institute, made.service, "8-С", **fields)
    assert (("С-2", "С-3") in [one[1:3] for one in ties()]) is is_there


def test_a_mentorship_ties_while_it_lasts_and_only_two(made: Scene) -> None:
    Mentorship.objects.update(until=DAY - timedelta(days=1))
    other = scene.held(made.leader, "mip")
    Mentorship.objects.create(mentor=made.leading, site=other, since=BEGIN)
    assert MENTORSHIP not in ties()
    assert MENTORSHIP in ties(DAY - timedelta(days=1))


def test_a_companion_comes_from_the_place_that_fits_the_part(made: Scene) -> None:
    curator = world.person("Ясенева Анна Ильинична")
    since = world.AT - timedelta(days=700)
    world.membership(curator, made.site, Role.EDITOR, since=since)
    world.membership(curator, made.guest, Role.EDITOR, since=since)
    world.membership(curator, made.institute, Role.CURATOR, since=since)
    scene.accompanied(curator, made.led, Part.SCIENTIFIC_CURATOR)
    tutor = world.person("Липин Олег Юрьевич")
    world.membership(tutor, made.guest, Role.EDITOR, since=since)
    scene.accompanied(tutor, made.led, Part.TUTOR)
    # Nobody accompanies from the site itself, from nowhere, from a place left, or before coming there.
    own, nowhere, gone, new = (world.person(f"Кленов Пётр {one}") for one in "АБВГ")
    world.membership(own, made.led.organisation, Role.TUTOR, since=since)
    world.membership(gone, made.centre, Role.TUTOR, since=since, until=world.AT - timedelta(days=9))
    world.membership(new, made.centre, Role.TUTOR, since=world.AT + timedelta(days=9))
    for person in (own, nowhere, gone, new):
        scene.accompanied(person, made.led, Part.TUTOR)
    found = [one[1:4] for one in ties() if one[0] == "accompaniment"]
    assert found == [
        METHODIST[1:4],
        ("С-2", "С-5", "Научный куратор ИРО"),
        ("С-7", "С-5", "Тьютор"),
    ]


def test_an_event_with_a_municipality_ties_to_its_service(made: Scene) -> None:
    scene.joint(made.leader, places=(made.away, made.city), on=date(2026, 9, 1))
    scene.joint(made.leader, made.leader, on=date(2026, 9, 2))
    assert [one[1:3] for one in ties() if one[0] == "joint"] == [("С-4", "С-7"), ("С-4", "С-3")]


def test_everybody_is_shown_only_what_somebody_has_seen_or_published(made: Scene) -> None:
    scene.joint(made.leader, made.service, confirmed_at=None)
    scene.joint(made.site, made.service, confirmed_at=None, is_published=True)
    open_ends = [one[1:3] for one in ties() if one[0] == "joint"]
    every = [one[1:3] for one in ties(is_open=False) if one[0] == "joint"]
    assert open_ends == [("С-4", "С-7"), ("С-5", "С-3")]
    assert every == [("С-4", "С-7"), ("С-4", "С-3"), ("С-5", "С-3")]


def test_a_municipality_of_former_times_stays_for_its_organisations(made: Scene) -> None:
    old = world.municipality("Бывший район", valid_from=date(2014, 1, 1), valid_to=date(2025, 1, 1))
    former = world.organisation("Школа 9", number="С-9", municipality=old)
    scene.held(former, "mip")
    graph = queries.graph_on(DAY)
    assert [place.name for place in graph.places if not place.is_current] == ["Бывший район"]
    assert queries.coverage_of(DAY).municipalities == Share(1, 44)


def test_coverage(made: Scene) -> None:
    covered = queries.coverage_of(DAY)
    rows = {one.place.code: one for one in covered.places}
    away, city = rows[made.away.oktmo], rows[made.city.oktmo]
    assert (covered.municipalities, covered.schools) == (Share(1, 44), Share(3, 4))
    assert (away.is_in_network, away.schools, away.sites, away.agreements, away.events) == (
        True, Share(1, 2), 1, 1, 0,
    )  # fmt: skip
    assert (city.is_in_network, city.is_home, city.schools, city.statuses, city.events) == (
        False, True, Share(2, 2), {"msip": 1, "kip": 1}, 1,
    )  # fmt: skip


def test_a_school_closed_since_is_counted_on_both_sides(made: Scene) -> None:
    made.site.is_active = False
    made.site.save(update_fields=["is_active"])
    made.lonely.is_active = False
    made.lonely.save(update_fields=["is_active"])
    assert queries.coverage_of(DAY).schools == Share(3, 3)


def test_years_begin_with_the_first_fact_or_agreement_and_are_not_endless(made: Scene) -> None:
    assert queries.years_of_network(DAY) == [2025, 2026]
    scene.held(made.guest, "mip", date(2019, 1, 1), date(2020, 1, 1))
    assert queries.years_of_network(DAY, queries.ledger()) == list(range(2019, 2027))
    scene.agreed(made.institute, made.service, "0", signed_on=date(2001, 1, 1))
    assert queries.years_of_network(DAY) == list(range(2015, 2027))
    assert [queries.last_day_of(year, DAY) for year in (2025, 2026)] == [date(2025, 12, 31), DAY]


def test_an_empty_network_has_this_year() -> None:
    assert queries.years_of_network(DAY) == [2026]
    assert (queries.graph_on(DAY).nodes, queries.ledger().sites(DAY)) == ((), 0)


def test_queries_do_not_grow_with_the_rows(made: Scene) -> None:
    counts = []
    for turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            queries.coverage_of(DAY, is_open=False)
        counts.append(len(asked))
        for number in range(3):
            place = Municipality.objects.order_by("oktmo")[number]
            add = world.organisation(
                f"Служба {turn}{number}", municipality=place, kind=OrganisationKind.METHOD_SERVICE
            )
            scene.agreed(made.centre, add, f"{turn}{number}")
            status = scene.held(world.organisation(municipality=place), "mip")
            Mentorship.objects.create(mentor=made.leading, site=status, since=BEGIN)
            scene.accompanied(made.methodist, status)
            scene.joint(status.organisation, add, places=(place,))
    assert counts[0] == counts[1]
    assert counts[0] <= 12
