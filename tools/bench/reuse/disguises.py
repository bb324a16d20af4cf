# ruff: noqa: PLR2004  # reason: the numbers are how often people write so, each used once
"""Seven ways to hide that a passage was copied."""

from collections.abc import Callable
from random import Random
from typing import Final

from tools.bench.reuse.language import Language, analyser

Sentences = list[list[str]]


def _shorter(sentences: Sentences, random: Random, _: Language) -> Sentences:
    share = _share(random)
    return [[word for word in words if random.random() > share] or words for words in sentences]


def _share(random: Random) -> float:
    """Return how many of the words are touched: from some to a good third, as the rules for such texts allow."""
    return random.uniform(0.15, 0.4)


def _longer(sentences: Sentences, random: Random, language: Language) -> Sentences:
    share = _share(random)
    return [
        [
            piece
            for word in words
            for piece in ([word, _other(language, random)] if random.random() < share else [word])
        ]
        for words in sentences
    ]


def _other(language: Language, random: Random) -> str:
    stock = language.stocks[random.choice(("NOUN", "ADJF", "INFN"))]
    chosen = stock.draw(random)[0]
    return random.choice(sorted(chosen.forms.values()))


def _bent(sentences: Sentences, random: Random, _: Language) -> Sentences:
    """Give words other forms, and put some beside their neighbours."""
    share = _share(random)
    bent = [
        [_another_form(word, random) if random.random() < share else word for word in words]
        for words in sentences
    ]
    return [_neighbours_swapped(words, random, share) for words in bent]


def _another_form(word: str, random: Random) -> str:
    bare = word.strip(",.;!")
    if not bare.isalpha():
        return word
    forms = sorted({one.word for one in analyser().parse(bare.lower())[0].lexeme})
    return word.replace(bare, random.choice(forms))


def _neighbours_swapped(words: list[str], random: Random, share: float) -> list[str]:
    words = list(words)
    for place in range(len(words) - 2):
        if random.random() < share:
            words[place], words[place + 2] = words[place + 2], words[place]
    return words


def _synonyms(sentences: Sentences, random: Random, language: Language) -> Sentences:
    share = _share(random)
    return [
        [_other(language, random) if len(word) > 3 and random.random() < share else word for word in words]
        for words in sentences
    ]


def _shuffled(sentences: Sentences, random: Random, _: Language) -> Sentences:
    return [_parts_moved(words, random) for words in sentences]


def _parts_moved(words: list[str], random: Random) -> list[str]:
    parts: list[list[str]] = []
    while words:
        size = random.choice((1, 2, 2, 3, 4))
        parts.append(words[:size])
        words = words[size:]
    random.shuffle(parts)
    return [word for part in parts for word in part]


def _glued(sentences: Sentences, random: Random, language: Language) -> Sentences:
    """Join every two sentences, and cut some in two, the second half first; mend the seams."""
    pairs = [sentences[n : n + 2] for n in range(0, len(sentences), 2)]
    result: Sentences = []
    for pair in pairs:
        whole = [word for words in reversed(pair) for word in words if random.random() > 0.1]
        middle = len(whole) // 2
        result += [whole] if random.random() < 0.5 else [whole[middle:], whole[:middle]]
    return _longer_by(result, random, language)


def _longer_by(sentences: Sentences, random: Random, language: Language) -> Sentences:
    return [
        [_other(language, random) if random.random() < 0.1 else word for word in words] for words in sentences
    ]


def _mixed(sentences: Sentences, random: Random, language: Language) -> Sentences:
    """Do three or four of these one after another: little is left as it was."""
    for one in random.sample((_shorter, _longer, _bent, _synonyms, _shuffled, _glued), random.choice((3, 4))):
        sentences = one(sentences, random, language)
    return sentences


DISGUISES: Final[dict[str, Callable[[Sentences, Random, Language], Sentences]]] = {
    "DEL": _shorter,
    "ADD": _longer,
    "LPR": _bent,
    "SYN": _synonyms,
    "SHF": _shuffled,
    "CCT": _glued,
    "MIX": _mixed,
}


def disguised(passage: str, kind: str, random: Random, language: Language) -> str:
    """Return the passage told otherwise; `CPY` leaves it as it is."""
    if kind == "CPY":
        return passage
    sentences = [sentence.split() for sentence in passage.replace("! ", ". ").split(". ")]
    told = DISGUISES[kind](sentences, random, language)
    return ". ".join(" ".join(words) for words in told)
