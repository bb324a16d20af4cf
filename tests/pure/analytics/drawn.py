"""Reading a drawing back: what is on it, where it stands, what runs over what or out of the sheet."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from xml.etree.ElementTree import Element, fromstring

from innoset.analytics.pure.diagram.svg import Picture, width_of

SVG = "{http://www.w3.org/2000/svg}"
LINE = 13.0


@dataclass(frozen=True)
class Words:
    """A line of words as a box turned round its beginning."""

    text: str
    x: float
    y: float
    angle: float
    width: float
    before: float

    def corners(self) -> list[tuple[float, float]]:
        turn = math.radians(self.angle)
        along, up = (math.cos(turn), math.sin(turn)), (math.sin(turn), -math.cos(turn))
        return [
            (self.x + along[0] * far + up[0] * high, self.y + along[1] * far + up[1] * high)
            for far in (-self.before, self.width - self.before)
            for high in (-4.0, LINE - 4.0)
        ]


def read(picture: Picture) -> Element:
    return fromstring(picture.as_file())  # noqa: S314  # reason: our own drawing


def ties_on(picture: Picture) -> Counter[str]:
    """Count the ties of each kind: every stroke of a path tells how many it stands for."""
    counts: Counter[str] = Counter()
    for path in read(picture).iter(f"{SVG}path"):
        if path.get("data-n"):
            numbers = [int(one) for one in path.get("data-n", "").split()]
            assert len(numbers) == path.get("d", "").count("M")
            counts[path.get("class", "").split()[0].removeprefix("e-")] += sum(numbers)
    return counts


def cards_on(picture: Picture, start: str) -> list[str]:
    """Return the addresses of the cards, once a link."""
    links = [one.get("href", "") for one in read(picture).iter(f"{SVG}a")]
    return sorted(one for one in links if one.startswith(start))


def words_on(picture: Picture) -> list[Words]:
    """Return every line of words with its box."""
    found = []
    for one in read(picture).iter(f"{SVG}text"):
        kind, text = one.get("class", ""), one.text or ""
        wide = width_of(text, 11 if "small" in kind else 13)
        before = {"middle": wide / 2, "end": wide}.get(one.get("text-anchor", ""), 0.0)
        x, y, angle = float(one.get("x", "0")), float(one.get("y", "0")), 0.0
        turned = re.fullmatch(r"translate\((\S+) (\S+)\)rotate\((\S+)\)", one.get("transform", ""))
        if turned:
            x, y, angle = (float(part) for part in turned.groups())
        found.append(Words(text, x, y, angle, wide, before))
    return found


def run_over(words: list[Words]) -> list[tuple[str, str]]:
    """Return the pairs of lines whose boxes overlap (their sides part them, or nothing does)."""
    boxes = [(one, one.corners()) for one in words]
    pairs = ((a, b) for turn, a in enumerate(boxes) for b in boxes[turn + 1 :])
    return [(a[0].text, b[0].text) for a, b in pairs if not _parted(a, b)]


def _parted(
    first: tuple[Words, list[tuple[float, float]]], second: tuple[Words, list[tuple[float, float]]]
) -> bool:
    for words, _ in (first, second):
        for angle in (words.angle, words.angle + 90):
            turn = math.radians(angle)
            axis = (math.cos(turn), math.sin(turn))
            spans = [[x * axis[0] + y * axis[1] for x, y in corners] for _, corners in (first, second)]
            if max(spans[0]) <= min(spans[1]) + 0.5 or max(spans[1]) <= min(spans[0]) + 0.5:
                return True
    return False


def outside(picture: Picture) -> list[str]:
    """Return what stands outside the sheet: words and marks."""
    right, bottom = picture.left + picture.width, picture.top + picture.height
    wrong = [
        one.text
        for one in words_on(picture)
        if any(not (picture.left <= x <= right and picture.top <= y <= bottom) for x, y in one.corners())
    ]
    for name, x_name, y_name in (("use", "x", "y"), ("circle", "cx", "cy")):
        for one in read(picture).iter(f"{SVG}{name}"):
            x, y = float(one.get(x_name, "0")), float(one.get(y_name, "0"))
            if not (picture.left <= x <= right and picture.top <= y <= bottom):
                wrong.append(f"{name} {x} {y}")
    return wrong
