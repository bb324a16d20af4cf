"""The graph of a day: who is what, what is left of it by a wish, how it has grown."""

from dataclasses import replace
from datetime import date

import pytest

from innoset.analytics.pure.graph import (
    Edge,
    Graph,
    Node,
    Place,
    Tie,
    Tier,
    Wish,
    agreed_places,
    degrees,
    growth,
    narrowed,
    tie_counts,
    tier_of,
)

HOME = Place("03000001", "город Приречный", 45.0, 39.0)
AWAY = Place("03000002", "Заречный район", 45.5, 39.5)
GRAPH = Graph(
    date(2026, 11, 22),
    (HOME, AWAY),
    (
        Node("23-1", "Центр", HOME.code, Tier.CENTRE),
        Node("23-2", "Служба", AWAY.code, Tier.SERVICE),
        Node("23-3", "Школа Ёлочка", HOME.code, Tier.MSIP, ("msip",), ("municipal",), ("МСИП",)),
        Node("23-4", "Сад 4", HOME.code, Tier.MIP, ("mip",), ("municipal",), ("МИП",)),
        Node("23-5", "Школа 5", AWAY.code, Tier.KIP, ("kip",), ("regional",), ("КИП",)),
    ),
    (
        Edge(Tie.AGREEMENT, "23-1", "23-2"),
        Edge(Tie.MENTORSHIP, "23-3", "23-4"),
        Edge(Tie.JOINT, "23-3", "23-5"),
        Edge(Tie.ACCOMPANIMENT, "23-1", "23-3"),
        Edge(Tie.ACCOMPANIMENT, "23-1", "23-5"),
    ),
)


def left(wish: Wish) -> tuple[list[str], list[tuple[str, str]]]:
    part = narrowed(GRAPH, wish)
    return [node.number for node in part.nodes], [(edge.source, edge.target) for edge in part.edges]


@pytest.mark.parametrize(
    ("kind", "statuses", "tier"),
    [
        ("institute", ("kip",), Tier.INSTITUTE),
        ("method_centre", (), Tier.CENTRE),
        ("method_service", ("mip",), Tier.SERVICE),
        ("school", ("mip", "krc"), Tier.CENTRE),
        ("school", ("mip", "kip"), Tier.KIP),
        ("school", ("mip", "mlsv", "msip"), Tier.MSIP),
        ("kindergarten", ("mlsv", "mip"), Tier.MLSV),
        ("school", ("mip",), Tier.MIP),
        ("school", ("fip",), Tier.OTHER),
        ("school", (), Tier.PARTNER),
    ],
)
def test_the_first_status_that_counts_gives_the_mark(
    kind: str, statuses: tuple[str, ...], tier: Tier
) -> None:
    assert tier_of(kind, statuses) == tier


def test_nothing_asked_for_is_everything() -> None:
    assert narrowed(GRAPH, Wish()) == GRAPH


@pytest.mark.parametrize(
    ("wish", "numbers", "ties"),
    [
        (Wish(level="regional"), ["23-1", "23-2", "23-5"], [("23-1", "23-2"), ("23-1", "23-5")]),
        (Wish(status="mip"), ["23-1", "23-2", "23-4"], [("23-1", "23-2")]),
        (
            Wish(ties=frozenset({Tie.MENTORSHIP})),
            ["23-1", "23-2", "23-3", "23-4", "23-5"],
            [("23-3", "23-4")],
        ),
        (
            Wish(place=AWAY.code),
            ["23-1", "23-2", "23-3", "23-5"],
            [("23-1", "23-2"), ("23-3", "23-5"), ("23-1", "23-5")],
        ),
        # The centre lies in the municipality, yet what it has with others is not shown.
        (
            Wish(place=HOME.code),
            ["23-1", "23-3", "23-4", "23-5"],
            [("23-3", "23-4"), ("23-3", "23-5"), ("23-1", "23-3")],
        ),
        (Wish(words="  елочка "), ["23-1", "23-3", "23-4", "23-5"], [
            ("23-3", "23-4"), ("23-3", "23-5"), ("23-1", "23-3"), ("23-1", "23-5"),
        ]),
        (Wish(words="заречный школа"), ["23-1", "23-3", "23-5"], [
            ("23-3", "23-5"), ("23-1", "23-3"), ("23-1", "23-5"),
        ]),
        (Wish(words="никого"), [], []),
    ],
    ids=["level", "status", "ties", "place", "home", "words", "two words", "nobody"],
)  # fmt: skip
def test_a_wish_leaves_a_part(wish: Wish, numbers: list[str], ties: list[tuple[str, str]]) -> None:
    assert left(wish) == (numbers, ties)


def test_who_was_found_is_marked() -> None:
    assert narrowed(GRAPH, Wish(words="сад")).found == {"23-4"}
    assert narrowed(GRAPH, Wish(words="сад", status="kip")).found == frozenset()


def test_counts() -> None:
    assert degrees(GRAPH) == {"23-1": 3, "23-2": 1, "23-3": 3, "23-4": 1, "23-5": 2}
    assert tie_counts(GRAPH) == [
        (Tie.AGREEMENT, "Соглашение", 1),
        (Tie.MENTORSHIP, "МСИП ведёт МИП", 1),
        (Tie.ACCOMPANIMENT, "Сопровождение", 2),
        (Tie.JOINT, "Совместное мероприятие", 1),
    ]
    assert agreed_places(GRAPH) == {AWAY.code: 1}
    assert GRAPH.sites == 3


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("Крымский район", "Крымский"),
        ("город-курорт Анапа", "Анапа"),
        ("город Армавир", "Армавир"),
        ("Абинский муниципальный округ", "Абинский"),
        ("Сириус", "Сириус"),
    ],
)
def test_a_municipality_has_a_short_name(name: str, short: str) -> None:
    assert replace(HOME, name=name).short == short


@pytest.mark.parametrize(
    ("before", "now", "words"),
    [
        (0, 0, "Площадок пока нет."),
        (0, 1, "На конец 2025 года площадок не было, теперь 1 площадка."),
        (5, 5, "Площадок столько же, сколько на конец 2025 года: 5."),
        (6, 5, "Площадок стало меньше, чем на конец 2025 года: 6 → 5."),
        (80, 87, "Площадок стало больше на 9 % за год: 80 → 87."),
        (1000, 1001, "Площадок стало чуть больше за год: 1000 → 1001."),
        (41, 82, "Площадок стало больше в 2 раза за год: 41 → 82."),
        (41, 87, "Площадок стало больше в 2,1 раза за год: 41 → 87."),
        (1, 7, "Площадок стало больше в 7 раз за год: 1 → 7."),
    ],
)
def test_growth_is_said_plainly(before: int, now: int, words: str) -> None:
    assert growth(before, now, 2026) == words
