"""What happens to printed labels and numbers on the way through many hands."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import TypeAlias

_LATIN = str.maketrans("асеорхуАВСЕНКМОРТХ", "aceopxyABCEHKMOPTX")
_CONFUSED = str.maketrans("иншцпоб", "ннщцлоб")
_LONG_ENOUGH = 6

Damage: TypeAlias = Callable[[Random, str], str]


def misprinted(chance: Random, label: str) -> str:
    """Drop, swap or double one letter of a long word, never the first."""
    words = list(re.finditer(r"[А-Яа-яё]{6,}", label))
    if not words:
        return label
    word = chance.choice(words)
    at = chance.randrange(word.start() + 1, word.end() - 2)
    return chance.choice((
        label[:at] + label[at + 1 :],
        label[:at] + label[at + 1] + label[at] + label[at + 2 :],
        label[:at] + label[at] + label[at:],
    ))  # fmt: skip


def much_misprinted(chance: Random, label: str) -> str:
    """Misprint several words."""
    for _ in range(max(1, len(label) // 25)):
        label = misprinted(chance, label)
    return label


def mixed_alphabets(chance: Random, label: str) -> str:
    """Put Latin letters where they look the same."""
    return "".join(one.translate(_LATIN) if chance.random() < 0.5 else one for one in label)


def scanned(chance: Random, label: str) -> str:
    """Confuse letters as a scanner does."""
    return "".join(
        one.translate(_CONFUSED) if place and chance.random() < 0.12 else one
        for place, one in enumerate(label)
    )


def upper(_: Random, label: str) -> str:
    return label.upper()


def spaced(_: Random, label: str) -> str:
    """Set the letters apart, words by three spaces."""
    return "   ".join(" ".join(word) for word in label.split())


def spaced_evenly(_: Random, label: str) -> str:
    """Set the letters apart with no wider gap between the words."""
    return " ".join(label)


def hyphenated(chance: Random, label: str) -> str:
    """Break a word at a line end."""
    words = list(re.finditer(r"[А-Яа-яё]{7,}", label))
    if not words:
        return label
    word = chance.choice(words)
    at = (word.start() + word.end()) // 2
    return f"{label[:at]}-{chance.choice((chr(10), '', ' ', chr(10)))}{label[at:]}"


def softly_hyphenated(_: Random, label: str) -> str:
    return re.sub(r"(?<=[а-я]{3})(?=[а-я]{3})", "\u00ad", label)


def broken(chance: Random, label: str) -> str:
    """Break the line between two words."""
    spaces = [hit.start() for hit in re.finditer(" ", label)]
    if not spaces:
        return label
    at = chance.choice(spaces)
    return f"{label[:at]}\n{label[at + 1 :]}"


def shortened(chance: Random, label: str) -> str:
    """Lose the brackets and perhaps the last words of a long label."""
    bare = re.sub(r"\s*\([^)]*\)", "", label)
    words = bare.split()
    if len(words) > _LONG_ENOUGH:
        words = words[: -chance.randint(1, 2)]
    return " ".join(words)


def without_a_word(chance: Random, label: str) -> str:
    """Lose one word that is neither the first nor the second."""
    words = label.split()
    if len(words) < 4:
        return label
    del words[chance.randrange(2, len(words))]
    return " ".join(words)


def padded(chance: Random, label: str) -> str:
    """Put blanks and signs around and between."""
    return f" {chance.choice(('', '« ', '- '))}{label.replace(' ', chance.choice(('  ', chr(0xA0), ' ')))} {chance.choice((':', '.', ' :', '*', ''))}"


def without_spaces(chance: Random, label: str) -> str:
    """Lose one or two spaces."""
    for _ in range(2):
        spaces = [hit.start() for hit in re.finditer(" ", label)]
        if len(spaces) > 1:
            at = chance.choice(spaces)
            label = label[:at] + label[at + 1 :]
    return label


MILD: tuple[Damage, ...] = (
    misprinted,
    mixed_alphabets,
    upper,
    hyphenated,
    softly_hyphenated,
    broken,
    shortened,
    padded,
)
ALL: tuple[Damage, ...] = (
    *MILD,
    much_misprinted,
    scanned,
    spaced,
    spaced_evenly,
    without_a_word,
    without_spaces,
)
ONE_LINE: tuple[Damage, ...] = (
    misprinted,
    mixed_alphabets,
    upper,
    softly_hyphenated,
    shortened,
    spaced,
    without_a_word,
    much_misprinted,
)


@dataclass(frozen=True)
class Wear:
    """How worn the print of one document is."""

    share: float = 0.0
    damages: tuple[Damage, ...] = ALL
    numbers: str = "official"
    everywhere: Damage | None = None

    def label(self, chance: Random, label: str) -> str:
        """Return a label as it stands in the worn document."""
        if self.everywhere:
            label = self.everywhere(chance, label)
        return chance.choice(self.damages)(chance, label) if chance.random() < self.share else label

    def number(self, chance: Random, number: str, place: int) -> str:
        """Return the number as it stands in the worn document."""
        if self.numbers == "lost":
            return ""
        if self.numbers == "partly":
            return "" if chance.random() < 0.4 else number
        if self.numbers == "running":
            return str(place)
        if self.numbers == "shifted":
            return re.sub(r"^\d+", lambda hit: str(int(hit[0]) + 1), number)
        if self.numbers == "random":
            return str(chance.randint(1, 30))
        return f"{number}." if self.numbers == "dotted" else number


FRESH = Wear()
WEARS: tuple[Wear, ...] = (
    FRESH,
    Wear(0.2, numbers="partly"),
    Wear(0.5, numbers="lost"),
    Wear(0.3, MILD, "running"),
    Wear(0.3, numbers="shifted"),
    Wear(0.0, everywhere=upper, numbers="dotted"),
    Wear(0.4, (misprinted, much_misprinted), "random", everywhere=mixed_alphabets),
    Wear(0.0, everywhere=spaced, numbers="lost"),
    Wear(1.0, MILD, "dotted"),
    Wear(1.0, ALL, "partly"),
)
