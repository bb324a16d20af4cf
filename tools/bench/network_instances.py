"""Invented networks of any size: municipalities of the region, organisations, ties."""

import random
from dataclasses import replace
from datetime import date
from typing import Final

from innoset.analytics.pure.graph import HUBS, SITES, Edge, Graph, Node, Place, Tie, Tier
from innoset.network.reference.municipalities import PLACES

DAY: Final = date(2026, 11, 22)
_KINDS: Final = (
    (Tier.MSIP, "msip", "МСИП", 8),
    (Tier.KIP, "kip", "КИП", 10),
    (Tier.MLSV, "mlsv", "МЛСВ", 8),
    (Tier.MIP, "mip", "МИП", 60),
    (Tier.OTHER, "fip", "ФИП", 3),
    (Tier.PARTNER, "", "", 11),
)
_OWN_MENTOR, _OWN_JOINT = 0.85, 0.6


def network(organisations: int = 1000, ties: int = 3000, *, seed: int = 5) -> Graph:
    """Make a network with so many organisations and ties; the same seed makes the same one."""
    chance = random.Random(seed)  # noqa: S311  # reason: invented data, no secret
    places = tuple(Place(one.oktmo, one.name, float(one.latitude), float(one.longitude)) for one in PLACES)
    nodes = _nodes(places, organisations, chance)
    edges = _edges(nodes, ties, chance)
    return Graph(DAY, places, tuple(nodes), tuple(edges[:ties]))


def _nodes(places: tuple[Place, ...], many: int, chance: random.Random) -> list[Node]:
    city = next(place for place in places if place.name == "город Краснодар")
    nodes = [
        Node("23-0001", "Институт развития образования", city.code, Tier.INSTITUTE),
        Node(
            "23-0002", "Научно-методический центр", city.code, Tier.CENTRE, ("krc",), ("regional",), ("КРЦ",)
        ),
    ]
    for place in places:
        if place is not city:
            nodes.append(Node(_number(nodes), f"ТМС, {place.name}", place.code, Tier.SERVICE))
    sizes = [6.0 if place is city else 1 + turn % 4 / 2 for turn, place in enumerate(places)]
    while len(nodes) < many:
        place = chance.choices(places, sizes)[0]
        tier, code, label, _ = chance.choices(_KINDS, [kind[3] for kind in _KINDS])[0]
        title = f"МБОУ СОШ № {len(nodes) + 1}, {place.short}"
        node = Node(_number(nodes), title, place.code, tier, is_school=True)
        if code:
            node = replace(node, statuses=(code,), levels=("municipal",), labels=(label,))
        nodes.append(node)
    return nodes[:many]


def _number(nodes: list[Node]) -> str:
    return f"23-{len(nodes) + 1:04d}"


def _edges(nodes: list[Node], many: int, chance: random.Random) -> list[Edge]:
    """Tie every service by agreement, every МИП to a mentor, every site to a centre, and the rest by events."""
    centre = nodes[1].number
    leaders = [node for node in nodes if node.tier is Tier.MSIP]
    edges = [Edge(Tie.AGREEMENT, centre, node.number) for node in nodes if node.tier is Tier.SERVICE]
    for node in nodes:
        if node.tier is Tier.MIP and leaders:
            near = [one for one in leaders if one.place == node.place] or leaders
            mentor = chance.choice(near if chance.random() < _OWN_MENTOR else leaders)
            edges.append(Edge(Tie.MENTORSHIP, mentor.number, node.number))
    edges += [
        Edge(Tie.ACCOMPANIMENT, chance.choice((nodes[0].number, centre)), node.number)
        for node in nodes
        if node.tier in SITES
    ]
    rest = [node for node in nodes if node.tier not in HUBS]
    while len(edges) < many:
        first = chance.choice(rest)
        own = [one for one in rest if one.place == first.place]
        second = chance.choice(own if chance.random() < _OWN_JOINT else rest)
        if first is not second:
            edges.append(Edge(Tie.JOINT, first.number, second.number))
    return edges
