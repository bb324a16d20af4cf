"""Through whom ways run: against a count of all shortest ways by hand, and in plain words."""

from collections import deque
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.analytics.pure.centrality import Cohesion, Passage, cohesion
from innoset.analytics.pure.graph import Edge, Graph, Node, Tie, Tier

DAY = date(2026, 11, 22)


def graph(size: int, pairs: list[tuple[int, int]], tier: Tier = Tier.MIP) -> Graph:
    nodes = tuple(Node(f"23-{turn:02}", f"Школа {turn}", "03", tier) for turn in range(size))
    edges = tuple(Edge(Tie.JOINT, f"23-{a:02}", f"23-{b:02}") for a, b in pairs)
    return Graph(DAY, (), nodes, edges)


def ways(near: dict[int, set[int]], start: int, end: int) -> list[list[int]]:
    """Return all shortest ways by looking at everything, breadth first."""
    found: list[list[int]] = []
    queue = deque([[start]])
    while queue:
        way = queue.popleft()
        if found and len(way) > len(found[0]):
            break
        if way[-1] == end:
            found.append(way)
            continue
        queue.extend([*way, one] for one in sorted(near[way[-1]]) if one not in way)
    return found


def by_hand(size: int, pairs: list[tuple[int, int]]) -> dict[str, float]:
    near: dict[int, set[int]] = {turn: set() for turn in range(size)}
    for a, b in pairs:
        if a != b:
            near[a].add(b)
            near[b].add(a)
    shares, connected = dict.fromkeys(range(size), 0.0), 0
    for start, end in combinations(range(size), 2):
        found = ways(near, start, end)
        connected += bool(found)
        for way in found:
            for one in way[1:-1]:
                shares[one] += 1 / len(found)
    return {f"23-{one:02}": round(share / connected, 9) for one, share in shares.items() if share}


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 5)), max_size=10))
def test_shares_are_those_counted_by_hand(pairs: list[tuple[int, int]]) -> None:
    made = cohesion(graph(6, pairs))
    assert {one.node.number: round(one.share, 9) for one in made.passages} == by_hand(6, pairs)


def test_a_chain_breaks_in_the_middle() -> None:
    made = cohesion(graph(6, [(0, 1), (1, 2), (2, 3), (3, 3), (2, 1)]))
    nodes = graph(6, []).nodes
    assert made == Cohesion(1, 4, 4, 2, (Passage(nodes[1], 2 / 6, 1), Passage(nodes[2], 2 / 6, 1)))
    assert made.passages[0].words == (
        "Через эту площадку проходит 33 % кратчайших путей сети. Без неё связь с сетью потеряет 1 организация."
    )
    assert made.words == "Сеть цельная: 4 организации связаны между собой."


def test_whoever_can_be_gone_round_is_said_so() -> None:
    ring = [(0, 1), (1, 2), (2, 3), (3, 0)]
    first = cohesion(graph(4, ring, Tier.SERVICE)).passages[0]
    assert first.words == (
        "Через эту организацию проходит 8 % кратчайших путей сети. Если её связи прервутся, остальные найдут обход."
    )


def test_parts_are_counted_and_small_shares_are_not_nought() -> None:
    star = [(0, turn) for turn in range(1, 60)]
    made = cohesion(graph(63, [*star, (60, 61), (61, 62)], Tier.CENTRE))
    assert made.words.replace("\xa0", " ") == (
        "Сеть распадается на 2 части: в самой большой 60 из 63 связанных организаций."
    )
    assert [one.words for one in made.passages] == [
        "Через эту организацию проходит 97 % кратчайших путей сети. Без неё связь с сетью потеряют 58 организаций.",
        "Через эту организацию проходит меньше 1 % кратчайших путей сети. Без неё связь с сетью потеряет 1 организация.",
    ]


@pytest.mark.parametrize("pairs", [[], [(1, 1)]], ids=["no ties", "a tie with oneself"])
def test_a_network_without_ties_says_so(pairs: list[tuple[int, int]]) -> None:
    made = cohesion(graph(3, pairs))
    assert (made, made.words) == (Cohesion(0, 0, 0, 3, ()), "Связей на этот день нет.")
