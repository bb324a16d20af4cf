"""The map of the region from coordinates alone: a circle a municipality, sized and shaded by a figure."""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from innoset.analytics.pure.coverage import Share
from innoset.analytics.pure.diagram.svg import Picture, link, number, text, width_of
from innoset.analytics.pure.graph import Place
from innoset.foundation.russian import thousands

WIDTH: Final = 1000
MARGIN: Final = 90
LARGEST: Final = 26.0
SMALLEST: Final = 5.0
LINE: Final = 15.0
_SIZE: Final = 12.0
_STEPS: Final = 4


@dataclass(frozen=True, slots=True)
class Spot:
    """What is shown of a municipality: its figure (None = nobody counted), and whether it is in the network."""

    place: Place
    value: Share
    is_in_network: bool


@dataclass(frozen=True, slots=True)
class Circle:
    """A municipality on the sheet."""

    spot: Spot
    x: float
    y: float
    radius: float
    shade: int


@dataclass(frozen=True, slots=True)
class Label:
    """A name on the sheet and the box that it takes."""

    words: str
    x: float
    y: float
    left: float
    top: float
    width: float
    anchor: str

    def overlaps(self, other: "Label") -> bool:
        """Tell whether two names run over each other."""
        return not (
            self.left + self.width <= other.left
            or other.left + other.width <= self.left
            or self.top + LINE <= other.top
            or other.top + LINE <= self.top
        )


@dataclass(frozen=True, slots=True)
class Sheet:
    """The map, laid out."""

    height: int
    circles: tuple[Circle, ...]
    labels: tuple[Label | None, ...]
    ties: tuple[tuple[Circle, Circle, int], ...]


def lay_out(spots: Sequence[Spot], ties: Iterable[tuple[str, str]] = ()) -> Sheet:
    """Lay out the municipalities and the ties between them; the same figures give the same sheet."""
    if not spots:
        return Sheet(2 * MARGIN, (), (), ())
    project, height = _projection([spot.place for spot in spots])
    most = max((spot.value.size for spot in spots), default=0)
    circles = tuple(_circle(spot, project(spot.place), most) for spot in spots)
    by_code = {circle.spot.place.code: circle for circle in circles}
    counts: dict[tuple[str, str], int] = {}
    for first, second in ties:
        if first in by_code and second in by_code and first != second:
            pair = (first, second)
            counts[pair] = counts.get(pair, 0) + 1
    lines = tuple((by_code[first], by_code[second], many) for (first, second), many in sorted(counts.items()))
    return Sheet(height, circles, _labels(circles, height), lines)


def _projection(places: Sequence[Place]) -> tuple[Callable[[Place], tuple[float, float]], int]:
    """Return the equirectangular projection that fills the sheet, true to scale in the middle of the region."""
    west, east = min(one.longitude for one in places), max(one.longitude for one in places)
    south, north = min(one.latitude for one in places), max(one.latitude for one in places)
    narrowing = math.cos(math.radians((south + north) / 2))
    scale = (WIDTH - 2 * MARGIN) / max((east - west) * narrowing, (north - south) * 0.9, 0.1)
    aside = (WIDTH - (east - west) * narrowing * scale) / 2

    def project(place: Place) -> tuple[float, float]:
        x = aside + (place.longitude - west) * narrowing * scale
        return round(x, 1), round(MARGIN / 2 + (north - place.latitude) * scale, 1)

    return project, math.ceil(MARGIN + (north - south) * scale)


def _circle(spot: Spot, middle: tuple[float, float], most: int) -> Circle:
    size = spot.value.size
    radius = SMALLEST + (LARGEST - SMALLEST) * math.sqrt(size / most) if most and size else SMALLEST
    share = spot.value.share if spot.value.total is not None else (size / most if most else 0.0)
    shade = math.ceil(share * _STEPS) if share else 0
    return Circle(spot, middle[0], middle[1], round(radius, 1), shade)


_SIDES: Final = ((1, 0), (-1, 0), (0, 1), (0, -1), (0.8, 0.8), (0.8, -0.8), (-0.8, 0.8), (-0.8, -0.8))
_REACHES: Final = (4.0, 12.0, 22.0)


def _labels(circles: Sequence[Circle], height: int) -> tuple[Label | None, ...]:
    """Name the circles, the greatest first; a name that fits nowhere is left to the table."""
    placed: dict[int, Label] = {}
    order = sorted(range(len(circles)), key=lambda one: (-circles[one].radius, circles[one].spot.place.code))
    for one in order:
        free = (
            label
            for reach in _REACHES
            for side in _SIDES
            if _is_free(label := _label(circles[one], side, reach), circles, placed.values(), height)
        )
        chosen = next(free, None)
        if chosen is not None:
            placed[one] = chosen
    return tuple(placed.get(one) for one in range(len(circles)))


def _label(circle: Circle, side: tuple[float, float], reach: float) -> Label:
    words = (
        f"{circle.spot.place.short} · {circle.spot.value}"
        if circle.spot.is_in_network
        else circle.spot.place.short
    )
    wide = round(width_of(words, _SIZE), 1)
    x = circle.x + side[0] * (circle.radius + reach)
    y = circle.y + side[1] * (circle.radius + reach + LINE / 2)
    anchor = "middle" if not side[0] else ("start" if side[0] > 0 else "end")
    left = {"middle": x - wide / 2, "start": x, "end": x - wide}[anchor]
    return Label(words, round(x, 1), round(y + 4, 1), left, y - LINE / 2, wide, anchor)


def _is_free(label: Label, circles: Iterable[Circle], placed: Iterable[Label], height: int) -> bool:
    if label.left < 2 or label.left + label.width > WIDTH - 2 or label.top < 0 or label.top + LINE > height:  # noqa: PLR2004  # reason: a hair from the edge
        return False
    return not any(_touches(label, circle) for circle in circles) and not any(
        label.overlaps(other) for other in placed
    )


def _touches(label: Label, circle: Circle) -> bool:
    x = min(max(circle.x, label.left), label.left + label.width)
    y = min(max(circle.y, label.top), label.top + LINE)
    return math.hypot(circle.x - x, circle.y - y) < circle.radius + 1


def map_picture(sheet: Sheet, *, title: str, address: Callable[[Place], str]) -> Picture:
    """Draw the map; `address` leads from a municipality to its own picture."""
    lines = [
        f'<path class="e-agreement w1" data-n="{many}" '
        f'd="M{number(first.x)} {number(first.y)}L{number(second.x)} {number(second.y)}"/>'
        for first, second, many in sheet.ties
    ]
    # The smaller lie above the greater, so that every circle is seen.
    order = sorted(
        zip(sheet.circles, sheet.labels, strict=True),
        key=lambda pair: (-pair[0].radius, pair[0].spot.place.code),
    )
    body = [_drawn(circle, label, address(circle.spot.place)) for circle, label in order]
    return Picture(0, 0, WIDTH, sheet.height, "".join(lines + body), title)


def _drawn(circle: Circle, label: Label | None, address: str) -> str:
    kind = f"ring s{circle.shade}" if circle.spot.is_in_network else "hollow"
    base = f'cx="{number(circle.x)}" cy="{number(circle.y)}" r="{number(circle.radius)}"'
    # What is half transparent lies on a plain sheet, so that a line under it does not show through.
    disc = f'<circle class="disc" {base}/><circle class="{kind}" {base}/>'
    words = "" if label is None else _written(label, is_soft=not circle.spot.is_in_network)
    name = f"{circle.spot.place.name}: {circle.spot.value}"
    return link(address, disc + words, name)


def _written(label: Label, *, is_soft: bool) -> str:
    return text(
        label.x,
        label.y,
        label.words,
        kind="name soft small" if is_soft else "name small",
        anchor="" if label.anchor == "start" else label.anchor,
    )


def scale_of(spots: Sequence[Spot]) -> list[tuple[int, str]]:
    """Return what the shades mean: the step and its words."""
    shares = any(spot.value.total is not None for spot in spots)
    most = 100 if shares else max((spot.value.size for spot in spots), default=0)
    unit = " %" if shares else ""
    steps = []
    for step in range(1, _STEPS + 1):
        low, high = math.floor(most * (step - 1) / _STEPS) + 1, math.floor(most * step / _STEPS)
        if low <= high:
            steps.append(
                (step, f"{thousands(low)}–{thousands(high)}{unit}" if low < high else f"{low}{unit}")
            )
    return [(0, f"0{unit}"), *steps]
