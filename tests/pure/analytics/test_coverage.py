"""Coverage with its numerator and denominator, and what would tie the lonely ones."""

from dataclasses import replace
from datetime import date

import pytest

from innoset.analytics.pure.coverage import Apart, Counted, Coverage, PlaceCoverage, Share, apart, coverage
from innoset.analytics.pure.graph import Edge, Graph, Node, Place, Tie, Tier

HOME = Place("03000001", "город Приречный", 45.0, 39.0)
AWAY = Place("03000002", "Заречный район", 45.5, 39.5)
FAR = Place("03000003", "Дальний район", 46.5, 40.5)
GONE = Place("03000009", "Бывший район", 46.0, 40.0, is_current=False)
CENTRE = Node("23-1", "Центр", HOME.code, Tier.CENTRE)
SERVICE = Node("23-2", "Служба", AWAY.code, Tier.SERVICE)
LEADER = Node("23-3", "Школа 3", HOME.code, Tier.MSIP, ("msip", "kip"))
SITE = Node("23-4", "Школа 4", AWAY.code, Tier.MIP, ("mip",))
LONELY = Node("23-5", "Школа 5", FAR.code, Tier.KIP, ("kip",))
GRAPH = Graph(
    date(2026, 11, 22),
    (HOME, AWAY, FAR, GONE),
    (CENTRE, SERVICE, LEADER, SITE, LONELY),
    (Edge(Tie.AGREEMENT, "23-1", "23-2"),),
)


@pytest.mark.parametrize(
    ("share", "told"),
    [
        (Share(7, 74), ("7 из 74", "9 %", 9)),
        (Share(0, 3), ("0 из 3", "0 %", 0)),
        (Share(0, 0), ("—", "—", 0)),
        (Share(1240), ("1 240", "—", 1240)),
    ],
)
def test_a_share_is_told_with_its_whole(share: Share, told: tuple[str, str, int]) -> None:
    assert (str(share).replace("\xa0", " "), share.percent, share.size) == told


def test_what_is_covered() -> None:
    made = coverage(GRAPH, {HOME.code: Counted(10, 1, 4), AWAY.code: Counted(2, 2), GONE.code: Counted(1, 1)})
    rows = (
        PlaceCoverage(HOME, False, True, Share(1, 10), 1, {"msip": 1, "kip": 1}, 0, 4),
        PlaceCoverage(AWAY, True, False, Share(2, 2), 1, {"mip": 1}, 1, 0),
        PlaceCoverage(FAR, False, False, Share(0, 0), 1, {"kip": 1}, 0, 0),
        PlaceCoverage(GONE, False, False, Share(1, 1), 0, {}, 0, 0),
    )
    # What has become another municipality is counted among neither part nor whole of municipalities.
    assert made == Coverage(GRAPH.day, Share(1, 3), Share(4, 13), rows)
    assert [row.left for row in rows] == ["9", "цель достигнута", "—", "цель достигнута"]


def test_whoever_has_no_tie_is_told_what_would_make_one() -> None:
    assert apart(GRAPH) == [
        Apart(LEADER, "город Приречный", (
            "Назначить сетевого методиста или тьютора.",
            "Муниципалитет без соглашения: провести мероприятие вместе с площадкой сети.",
        )),
        Apart(SITE, "Заречный район", (
            "Закрепить за МСИП в других муниципалитетах: Школа 3.",
            "Назначить сетевого методиста или тьютора.",
            "Провести совместное мероприятие и внести его на сайт.",
        )),
        Apart(LONELY, "Дальний район", (
            "Назначить сетевого методиста или тьютора.",
            "Муниципалитет без соглашения: провести мероприятие вместе с площадкой сети.",
        )),
    ]  # fmt: skip


def test_a_leader_near_by_is_named_first_and_a_service_needs_an_agreement() -> None:
    near = replace(LEADER, number="23-6", title="Школа 6", place=AWAY.code)
    graph = replace(GRAPH, nodes=(SERVICE, LEADER, near, SITE), edges=())
    found = {one.node.number: one.advice[0] for one in apart(graph)}
    assert (found["23-2"], found["23-4"]) == (
        "Заключить соглашение с центром сети.",
        "Закрепить за МСИП в том же муниципалитете: Школа 6.",
    )


def test_where_everybody_is_tied_nobody_is_told() -> None:
    edges = tuple(Edge(Tie.JOINT, "23-1", node.number) for node in GRAPH.nodes[1:])
    assert apart(replace(GRAPH, edges=edges)) == []
