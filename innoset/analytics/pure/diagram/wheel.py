"""The wheel: the whole network on one sheet."""

import math
from collections import defaultdict
from collections.abc import Callable, Mapping
from typing import Final

from innoset.analytics.pure.diagram.geometry import (
    FIRST_ROW,
    ROOM,
    TURN,
    Bundle,
    Point,
    Sector,
    Wheel,
    at,
    lay_out,
)
from innoset.analytics.pure.diagram.svg import (
    Picture,
    link,
    number,
    shortened,
    stamp,
    stamped,
    text,
    width_class,
    width_of,
)
from innoset.analytics.pure.graph import HUBS, TIE_LABELS, TIER_LABELS, Graph, Node, Tie, Tier
from innoset.foundation.russian import counted

NAMED: Final = 400
"""Up to so many organisations each mark says its name under the pointer; beyond that the sheet would be too heavy."""
_HUB_LABEL: Final = 250.0
_LINE: Final = 18.0


def wheel_picture(graph: Graph, *, card: Callable[[Node], str], zoom: Callable[[str], str]) -> Picture:
    """Draw the network; `card` gives the address of an organisation's card, `zoom` of a municipality's picture."""
    wheel = lay_out(graph)
    body = "".join(
        [
            *_stamps(wheel, graph),
            *(_field(sector, wheel.rim) for sector in wheel.sectors),
            *_lines(wheel, graph),
            *_marks(wheel, graph, card),
            *(_name(sector, wheel.rim + 12, zoom) for sector in wheel.sectors),
            *_hub_names(wheel, graph),
        ]
    )
    half = math.ceil(wheel.rim) + ROOM
    is_dense = len(graph.nodes) > NAMED
    return Picture(-half, -half, 2 * half, 2 * half, body, title_of(graph), is_dense)


def title_of(graph: Graph) -> str:
    """Say what the picture shows."""
    organisations = counted(len(graph.nodes), "организация", "организации", "организаций")
    ties = counted(len(graph.edges), "связь", "связи", "связей")
    return f"Схема сетевого взаимодействия на {graph.day:%d.%m.%Y}: {organisations}, {ties}"


def _field(sector: Sector, outer: float) -> str:
    """Shade the slice of a municipality, so that one sees where it ends."""
    start, end = sector.start + 0.004, sector.end - 0.004
    inner = FIRST_ROW - 14
    corners = [at(start, inner), at(start, outer), at(end, outer), at(end, inner)]
    large = 1 if end - start > TURN / 2 else 0
    a, b, c, d = (f"{number(one.x)} {number(one.y)}" for one in corners)
    return (
        f'<path class="sector" d="M{a}L{b}A{number(outer)} {number(outer)} 0 {large} 1 {c}'
        f'L{d}A{number(inner)} {number(inner)} 0 {large} 0 {a}z"/>'
    )


def _lines(wheel: Wheel, graph: Graph) -> list[str]:
    """Draw the ties: every class of lines is one path, and `data-n` counts the ties of each of its strokes."""
    groups: dict[tuple[Tie, str], list[Bundle]] = defaultdict(list)
    for bundle in wheel.bundles:
        groups[bundle.tie, width_class(bundle.many)].append(bundle)
    order = list(Tie)
    chosen = sorted(groups.items(), key=lambda item: (-order.index(item[0][0]), item[0][1]))
    if len(graph.nodes) > NAMED:
        return [
            f'<path class="e-{tie} {wide}" data-n="{" ".join(str(one.many) for one in bundles)}" '
            f'd="{"".join(_stroke(one) for one in bundles)}"/>'
            for (tie, wide), bundles in chosen
        ]
    names = _names(wheel, graph)
    return [
        f'<path class="e-{tie} {wide}" data-n="{one.many}" d="{_stroke(one)}">'
        f"<title>{_said(one, names)}</title></path>"
        for (tie, wide), bundles in chosen
        for one in bundles
    ]


def _stroke(bundle: Bundle) -> str:
    """Write the way of a bundle in whole steps: a line may be half a step off, a sheet should stay light."""
    x, y = round(bundle.source.x), round(bundle.source.y)
    end = f"{round(bundle.target.x) - x} {round(bundle.target.y) - y}"
    if bundle.bend is None:
        return f"M{x} {y}l{end}".replace(" -", "-")
    return f"M{x} {y}q{round(bundle.bend.x) - x} {round(bundle.bend.y) - y} {end}".replace(" -", "-")


def _names(wheel: Wheel, graph: Graph) -> Mapping[str, str]:
    gates = {f"gate:{sector.place.code}": sector.place.short for sector in wheel.sectors}
    return {**{node.number: node.title for node in graph.nodes}, **gates}


def _said(bundle: Bundle, names: Mapping[str, str]) -> str:
    first, second = (_plain(names[end]) for end in bundle.ends)
    many = f": {bundle.many}" if bundle.many > 1 else ""
    return f"{first} — {second}. {TIE_LABELS[bundle.tie]}{many}"


def _plain(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;")


def _marks(wheel: Wheel, graph: Graph, card: Callable[[Node], str]) -> list[str]:
    """Draw every organisation once, those of one kind together."""
    groups: dict[Tier, list[str]] = defaultdict(list)
    named = len(graph.nodes) <= NAMED
    for node in graph.nodes:
        spot = wheel.spots[node.number]
        groups[node.tier].append(
            link(card(node), stamped(node.tier, spot.x, spot.y), described(node) if named else "")
        )
    rings = [
        f'<circle class="find" cx="{number(spot.x)}" cy="{number(spot.y)}" r="{number(wheel.radius + 4)}"/>'
        for one in sorted(graph.found)
        if (spot := wheel.spots[one])
    ]
    return [f'<g class="t-{tier}">{"".join(groups[tier])}</g>' for tier in Tier if groups[tier]] + rings


def described(node: Node) -> str:
    """Say what an organisation is: its name and its statuses."""
    what = ", ".join(node.labels) or TIER_LABELS[node.tier]
    return f"{node.title}. {what}"


def _stamps(wheel: Wheel, graph: Graph) -> list[str]:
    shown = {node.tier for node in graph.nodes}
    marks = "".join(stamp(tier, _radius(tier, wheel)) for tier in Tier if tier in shown)
    return [f"<defs>{marks}</defs>"]


def _radius(tier: Tier, wheel: Wheel) -> float:
    if tier in HUBS:
        return 15.0
    return max(wheel.radius, 6.0) if tier is Tier.SERVICE else wheel.radius


def _name(sector: Sector, radius: float, zoom: Callable[[str], str]) -> str:
    """Write the municipality's name along its slice, never upside down."""
    many = sum(1 for node in sector.members if node.statuses)
    tail = f" · {many}" if many else ""
    words = shortened(sector.place.short, ROOM - 18 - width_of(tail)) + tail
    spot, angle = at(sector.middle, radius), math.degrees(sector.middle) - 90
    is_left = sector.middle % TURN > TURN / 2
    turn = angle + 180 if is_left else angle
    label = text(
        0,
        4.5,
        words,
        kind="name",
        anchor="end" if is_left else "",
        turn=f"translate({number(spot.x)} {number(spot.y)})rotate({number(turn % 360)})",
    )
    return link(zoom(sector.place.code), label, f"{sector.place.name}: показать подробно")


def _hub_names(wheel: Wheel, graph: Graph) -> list[str]:
    """Name the centres where the names do not run over each other."""
    taken: list[Point] = []
    result = []
    for node in graph.nodes:
        if node.tier not in HUBS:
            continue
        spot = wheel.spots[node.number]
        below = Point(spot.x, spot.y + 30 if spot.y >= 0 else spot.y - 20)
        if any(abs(one.x - below.x) < _HUB_LABEL and abs(one.y - below.y) < _LINE for one in taken):
            continue
        taken.append(below)
        result.append(
            text(below.x, below.y, shortened(node.title, _HUB_LABEL), kind="big hub", anchor="middle")
        )
    return result
