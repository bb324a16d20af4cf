"""Writing SVG: short numbers, escaped words, one style sheet for pages and another for files."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from innoset.analytics.pure.graph import Tie, Tier

# What the page takes from its theme, a file must carry with it: names of tokens and their printed values.
TOKENS: Final = {
    "paper": "#f6f5f0", "sheet": "#ffffff", "well": "#f1efe8", "ink": "#1a2226", "soft": "#4f5a5f",
    "line": "#dcd8cc", "edge": "#7c8184", "accent": "#0e5266", "accent-deep": "#083848",
    "good": "#1c6339", "warn": "#7a4d00", "bad": "#a2231d", "focus": "#c2500a",
}  # fmt: skip
FILL: Final[Mapping[Tier, str]] = {
    Tier.INSTITUTE: "accent-deep",
    Tier.CENTRE: "accent-deep",
    Tier.SERVICE: "accent",
    Tier.MSIP: "focus",
    Tier.KIP: "bad",
    Tier.MLSV: "warn",
    Tier.MIP: "good",
    Tier.OTHER: "soft",
    Tier.PARTNER: "sheet",
}
# How a mark is drawn round its middle, for a radius of one.
SHAPES: Final[Mapping[Tier, tuple[tuple[float, float], ...]]] = {
    Tier.INSTITUTE: ((-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)),
    Tier.SERVICE: ((0, -1.2), (1.2, 0), (0, 1.2), (-1.2, 0)),
    Tier.MSIP: ((0, -1.1), (1.1, 0.9), (-1.1, 0.9)),
    Tier.KIP: ((0, -1.1), (1.05, -0.3), (0.65, 0.95), (-0.65, 0.95), (-1.05, -0.3)),
    Tier.MLSV: ((-0.85, -0.85), (0.85, -0.85), (0.85, 0.85), (-0.85, 0.85)),
    Tier.OTHER: ((-1.1, -0.8), (1.1, -0.8), (0, 1.1)),
}
# Colour never tells alone: each tie has a line of its own.
STROKE: Final[Mapping[Tie, tuple[str, str]]] = {
    Tie.AGREEMENT: ("accent", ""),
    Tie.MENTORSHIP: ("focus", "12 3 2 3"),
    Tie.ACCOMPANIMENT: ("edge", "1 4"),
    Tie.JOINT: ("good", "7 4"),
}
WIDTHS: Final = ((10, 3.6), (4, 2.6), (2, 1.9), (1, 1.2))
"""How thick a line is, by how many ties it stands for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing: its size and what is in it, with classes instead of colours."""

    left: int
    top: int
    width: int
    height: int
    body: str
    title: str
    is_dense: bool = False

    def on_page(self) -> str:
        """Return it for a page: coloured by the theme, said in words beside it."""
        return (
            f'<svg class="{self._kind}" viewBox="{self._box}" aria-hidden="true" '
            f'focusable="false">{self.body}</svg>'
        )

    def as_file(self, site: str = "") -> str:
        """Return it as a file of its own: colours inside, links with the site's address."""
        body = self.body.replace('href="/', f'href="{escape(site)}/')
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" class="{self._kind}" viewBox="{self._box}" '
            f'width="{self.width}" height="{self.height}" role="img" aria-label={quoteattr(self.title)}>'
            f"<title>{escape(self.title)}</title><style>{printed_style()}</style>"
            f'<rect x="{self.left}" y="{self.top}" width="{self.width}" height="{self.height}" '
            f'fill="{TOKENS["sheet"]}"/>{body}</svg>'
        )

    @property
    def _kind(self) -> str:
        return "network dense" if self.is_dense else "network"

    @property
    def _box(self) -> str:
        return f"{self.left} {self.top} {self.width} {self.height}"


def page_style() -> str:
    """Return the rules of the pictures for a page: colours are tokens of the theme."""
    return _style(lambda token: f"var(--{token})", "var(--sans)", ".network")


def printed_style() -> str:
    """Return the same rules for a file: colours as printed."""
    return _style(lambda token: TOKENS[token], "'PT Sans', 'Segoe UI', Arial, sans-serif", "")


def _style(paint: Callable[[str], str], font: str, within: str) -> str:
    rules = [
        f"text{{font:13px {font};fill:{paint('ink')};{_halo(paint)}}}",
        f".soft{{fill:{paint('soft')}}}.big{{font-weight:700}}.small{{font-size:11px}}",
        f".sector{{fill:{paint('well')};stroke:none}}.find{{fill:none;stroke:{paint('ink')};stroke-width:2}}",
        "path{stroke-linecap:round}",
        *(f".t-{tier}{{fill:{paint(token)};{_outline(tier, paint)}}}" for tier, token in FILL.items()),
        *(_line(tie, paint) for tie in Tie),
        *(f".w{most}{{stroke-width:{width}}}" for most, width in WIDTHS),
        *(f".s{step}{{fill:{paint('accent')};fill-opacity:{share}}}" for step, share in SHADES),
        ".dense .w1{stroke-opacity:.3}.dense .e-agreement{stroke-opacity:.9;stroke-width:1.6}",
        f".disc{{fill:{paint('sheet')}}}",
        f".ring{{stroke:{paint('accent')};stroke-width:1.5}}",
        f".hollow{{fill:{paint('sheet')};stroke:{paint('edge')};stroke-width:1.5;stroke-dasharray:3 2}}",
    ]
    return "".join(_scoped(rule, within) for rule in rules)


SHADES: Final = ((0, 0.0), (1, 0.2), (2, 0.4), (3, 0.6), (4, 0.85))


def _halo(paint: Callable[[str], str]) -> str:
    """Let words be read over lines."""
    return f"stroke:{paint('sheet')};stroke-width:3px;stroke-linejoin:round;paint-order:stroke"


def _outline(tier: Tier, paint: Callable[[str], str]) -> str:
    return f"stroke:{paint('edge')};stroke-width:1.5" if tier is Tier.PARTNER else "stroke:none"


def _line(tie: Tie, paint: Callable[[str], str]) -> str:
    token, dashes = STROKE[tie]
    dash = f";stroke-dasharray:{dashes}" if dashes else ""
    return f".e-{tie}{{fill:none;stroke:{paint(token)};stroke-opacity:.7{dash}}}"


def _scoped(rules: str, within: str) -> str:
    if not within:
        return rules
    parts = [part for part in rules.split("}") if part]
    return "".join(
        ",".join(_within(one, within) for one in part.partition("{")[0].split(","))
        + f"{{{part.partition('{')[2]}}}"
        for part in parts
    )


def _within(selector: str, whole: str) -> str:
    """Let a rule hold inside pictures only; what is said of the picture itself is said of it."""
    return whole + selector if selector.startswith(".dense") else f"{whole} {selector}"


def number(value: float) -> str:
    """Write a coordinate with at most one digit after the point."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text == "-0" else text


def mark(tier: Tier, x: float, y: float, radius: float) -> str:
    """Return a mark drawn by its corners; those without corners are circles."""
    corners = SHAPES.get(tier)
    if corners is None:
        return f'<circle cx="{number(x)}" cy="{number(y)}" r="{number(radius)}"/>'
    first, *rest = [(dx * radius, dy * radius) for dx, dy in corners]
    path, at = f"M{number(x + first[0])} {number(y + first[1])}", first
    for corner in rest:
        path += f"l{number(corner[0] - at[0])} {number(corner[1] - at[1])}"
        at = corner
    return f'<path d="{path.replace(" -", "-")}z"/>'


def stamp(tier: Tier, radius: float) -> str:
    """Return a mark to be repeated by `stamped`: many of one kind then weigh little."""
    return f'<g id="n-{tier}">{mark(tier, 0, 0, radius)}</g>'


def stamped(tier: Tier, x: float, y: float) -> str:
    """Return the mark of this kind at a point."""
    return f'<use href="#n-{tier}" x="{number(x)}" y="{number(y)}"/>'


def text(x: float, y: float, words: str, *, kind: str = "", anchor: str = "", turn: str = "") -> str:
    """Return a line of words."""
    more = "".join(
        f' {name}="{value}"'
        for name, value in (("class", kind), ("text-anchor", anchor), ("transform", turn))
        if value
    )
    return f'<text x="{number(x)}" y="{number(y)}"{more}>{escape(words)}</text>'


def link(address: str, inside: str, name: str = "") -> str:
    """Return a link to a card; it is for the pointer, the list beside the picture is for the keyboard."""
    titled = f"<title>{escape(name)}</title>" if name else ""
    return f'<a href="{escape(address)}" tabindex="-1">{titled}{inside}</a>'


def width_of(words: str, size: float = 13) -> float:
    """Reckon how wide a line is at most; no font of the house is wider on the average."""
    return sum(_WIDE.get(sign, 0.57 if sign.islower() else 0.68) for sign in words) * size


_WIDE: Final = {
    **dict.fromkeys(" .,:;-–()«»'ijl", 0.36),
    **dict.fromkeys("шщмюыжфШЩМЮЫЖФ№@mwMW…—", 0.92),
}


def shortened(words: str, room: float, size: float = 13) -> str:
    """Return as much of the words as fits, with «…» for what is left out."""
    if width_of(words, size) <= room:
        return words
    kept = words
    while kept and width_of(kept + "…", size) > room:
        kept = kept[:-1]
    return kept.rstrip(" ,.-–") + "…" if kept else ""


def width_class(many: int) -> str:
    """Return the class of a line that stands for so many ties."""
    return f"w{next(most for most, _ in WIDTHS if many >= most)}"
