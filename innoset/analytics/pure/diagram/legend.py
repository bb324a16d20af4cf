"""What the marks and the lines of the pictures mean."""

from collections import Counter
from dataclasses import dataclass

from innoset.analytics.pure.diagram.svg import mark
from innoset.analytics.pure.graph import TIE_LABELS, TIER_LABELS, Graph, Tie, Tier


@dataclass(frozen=True, slots=True)
class Sign:
    """A mark or a line with its words and how many there are; `body` is what to draw it with."""

    body: str
    words: str
    count: int


def signs_of(graph: Graph) -> list[Sign]:
    """Return the signs of what is on the picture, organisations first."""
    tiers = Counter(node.tier for node in graph.nodes)
    ties = Counter(edge.tie for edge in graph.edges)
    marks = [Sign(_mark(tier), TIER_LABELS[tier], tiers[tier]) for tier in Tier if tiers[tier]]
    return marks + [Sign(_line(tie), TIE_LABELS[tie], ties[tie]) for tie in Tie if ties[tie]]


def _mark(tier: Tier) -> str:
    return f'<g class="t-{tier}">{mark(tier, 20, 10, 7)}</g>'


def _line(tie: Tie) -> str:
    return f'<path class="e-{tie} w2" d="M1 10h38"/>'
