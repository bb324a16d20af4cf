"""The network without a picture tells the same: nobody twice, nobody left out, every tie counted."""

from datetime import date

from innoset.analytics.pure.graph import Edge, Graph, Node, Place, Tie, Tier, degrees
from innoset.analytics.pure.tables import (
    Branch,
    Leaf,
    Matrix,
    Neighbour,
    PlaceRow,
    by_place,
    lines,
    matrix,
    tree,
)
from tools.bench.network_instances import network

HOME = Place("03000001", "город Приречный", 45.0, 39.0)
AWAY = Place("03000002", "Заречный район", 45.5, 39.5)
EMPTY = Place("03000003", "Пустой район", 45.5, 39.9)
CENTRE = Node("23-1", "Центр", HOME.code, Tier.CENTRE)
SERVICE = Node("23-2", "Служба", AWAY.code, Tier.SERVICE)
LEADER = Node("23-3", "Школа 3", HOME.code, Tier.MSIP, ("msip", "kip"), ("municipal",), ("МСИП", "КИП"))
SITE = Node("23-4", "Школа 4", HOME.code, Tier.MIP, ("mip",), ("municipal",), ("МИП",))
GRAPH = Graph(
    date(2026, 11, 22),
    (AWAY, HOME, EMPTY),
    (CENTRE, SERVICE, LEADER, SITE),
    (
        Edge(Tie.AGREEMENT, "23-1", "23-2", "Соглашение № 1 от 01.02.2026"),
        Edge(Tie.MENTORSHIP, "23-3", "23-4"),
        Edge(Tie.JOINT, "23-3", "23-4", "Семинар, 03.03.2026"),
        Edge(Tie.JOINT, "23-4", "23-3", "Форум", "Соколова Вера"),
    ),
)
LARGE = network(300, 900)


def test_the_tree_names_everybody_with_neighbours() -> None:
    said = "МСИП ведёт МИП, Совместное мероприятие (2)"
    assert tree(GRAPH) == [
        Branch(None, (Leaf(CENTRE, "Методический или ресурсный центр", (Neighbour(SERVICE, "Соглашение"),)),)),
        Branch(AWAY, (Leaf(SERVICE, "Территориальная методическая служба", (Neighbour(CENTRE, "Соглашение"),)),)),
        Branch(HOME, (
            Leaf(LEADER, "МСИП, КИП", (Neighbour(SITE, said),)),
            Leaf(SITE, "МИП", (Neighbour(LEADER, said),)),
        )),
    ]  # fmt: skip


def test_a_large_tree_leaves_nobody_out() -> None:
    numbers = [leaf.node.number for branch in tree(LARGE) for leaf in branch.leaves]
    assert sorted(numbers) == sorted(node.number for node in LARGE.nodes)


def test_a_tree_without_centres_begins_with_a_municipality() -> None:
    assert [branch.place for branch in tree(Graph(GRAPH.day, GRAPH.places, (SITE,), ()))] == [HOME]


def test_municipalities_in_lines() -> None:
    assert by_place(GRAPH) == [
        PlaceRow(AWAY, 0, (1, 0, 0, 0, 0, 0, 0), 0, 1),
        PlaceRow(HOME, 2, (0, 1, 0, 0, 1, 0, 0), 3, 1),
    ]


def test_a_matrix_by_municipality_and_by_organisation() -> None:
    assert matrix(GRAPH) == Matrix(
        ("Центр", "Заречный", "Приречный"),
        (("Центр", (0, 1, 0)), ("Заречный", (1, 0, 0)), ("Приречный", (0, 0, 3))),
    )
    assert matrix(GRAPH, HOME.code) == Matrix(
        ("Центр", "Служба", "Школа 3", "Школа 4"),
        (
            ("Центр", (0, 1, 0, 0)),
            ("Служба", (1, 0, 0, 0)),
            ("Школа 3", (0, 0, 0, 3)),
            ("Школа 4", (0, 0, 3, 0)),
        ),
    )


def test_a_matrix_counts_every_tie_from_both_sides() -> None:
    made = matrix(LARGE, LARGE.nodes[0].place)
    assert sum(sum(cells) for _, cells in made.rows) == 2 * len(LARGE.edges)
    assert len(made.heads) == len(degrees(LARGE))


def test_every_tie_is_a_line() -> None:
    assert lines(GRAPH) == [
        ("Соглашение", "Центр", "23-1", "город Приречный", "Служба", "23-2", "Заречный район", "Соглашение № 1 от 01.02.2026"),
        ("МСИП ведёт МИП", "Школа 3", "23-3", "город Приречный", "Школа 4", "23-4", "город Приречный", ""),
        ("Совместное мероприятие", "Школа 3", "23-3", "город Приречный", "Школа 4", "23-4", "город Приречный", "Семинар, 03.03.2026"),
        ("Совместное мероприятие", "Школа 4", "23-4", "город Приречный", "Школа 3", "23-3", "город Приречный", "Форум, Соколова Вера"),
    ]  # fmt: skip
