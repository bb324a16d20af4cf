"""Every variant: a layout, a passport, wear, a hand and a format, all by a number."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from random import Random

from tests.pure.projects.variants import line_layouts, odt_hand, stage_layouts, word_hand
from tests.pure.projects.variants.content import Content, content
from tests.pure.projects.variants.damage import ONE_LINE, WEARS, Wear, mixed_alphabets, spaced, upper
from tests.pure.projects.variants.families import FAMILIES
from tests.pure.projects.variants.sheet import Sheet, unmarked
from tests.pure.projects.variants.word_hand import HANDS

OF_EACH = 7
assert line_layouts  # its layouts register themselves when imported
assert stage_layouts  # likewise
_WEARS_OF_LINES = (
    Wear(),
    Wear(0.3, ONE_LINE, "dotted"),
    Wear(0.2, ONE_LINE, "partly"),
    Wear(0.0, everywhere=upper),
    Wear(0.3, ONE_LINE),
    Wear(0.0, everywhere=mixed_alphabets, numbers="shifted"),
    Wear(0.0, everywhere=spaced),
)


@dataclass(frozen=True)
class Variant:
    """A file with all that must be read from it."""

    family: str
    name: str
    data: bytes
    content: Content
    leftovers: tuple[str, ...]


def variant(family: str, number: int) -> Variant:
    """Return the variant of a layout by its number."""
    seed = 1_000 * sorted(FAMILIES).index(family) + number
    chance = Random(seed)  # noqa: S311  # reason: a seeded variety, no secret
    wears = _WEARS_OF_LINES if family.startswith("paragraphs") else WEARS
    wear, hand = wears[number % len(wears)], chance.choice(HANDS)
    told = unmarked(content(seed)) if hand.lists else content(seed)
    sheet = Sheet(told, wear, hand, chance)
    nodes = list(FAMILIES[family](sheet))
    is_odt = number % 3 == 2
    data = (odt_hand if is_odt else word_hand).write(nodes, hand, seed)
    name = f"{family}-{number}-{hand.name}.{'odt' if is_odt else 'docx'}"
    return Variant(family, name, data, told, tuple(sheet.leftovers))


@lru_cache(maxsize=len(FAMILIES))
def of_family(family: str) -> tuple[Variant, ...]:
    """Return the variants of a layout."""
    return tuple(variant(family, number) for number in range(OF_EACH))


def variants() -> Iterator[Variant]:
    """Yield the whole set."""
    for family in FAMILIES:
        yield from of_family(family)
