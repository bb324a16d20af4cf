# ruff: noqa: PLR2004  # reason: the numbers are how often people write so, each used once
"""A made-up Russian: real words in real forms, by a small grammar and with the statistics of real texts.

Words follow Zipf's law, each text has its subject and its pet words, and set phrases come up
in texts that have nothing to do with each other: that is where chance matches come from.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import accumulate, islice
from random import Random
from typing import Any, Final

from tools.bench.reuse.lexicon import ADJECTIVES, ADVERBS, CLAUSES, NOUNS, PREFIXES, PREPOSITIONS, VERBS

CASES: Final = ("nomn", "gent", "datv", "accs", "ablt", "loct")
_SUBJECT_WORDS: Final = {"NOUN": 70, "ADJF": 40, "INFN": 30}
_PET_WORDS: Final = {"NOUN": 12, "ADJF": 6, "INFN": 5}
_SET_PHRASES: Final = 3000


@dataclass(frozen=True, slots=True)
class Word:
    """A dictionary word and its forms by their marks; `gender` of a noun."""

    lemma: str
    part: str
    gender: str
    forms: dict[tuple[str, ...], str]

    def form(self, *marks: str) -> str:
        """Return the form with these marks; the dictionary one where the word lacks it."""
        return self.forms.get(marks, self.lemma)


@cache
def analyser() -> Any:
    """Return the analyser of forms."""
    import pymorphy3  # reason: slow to load, and only the bench of reuse needs it here

    return pymorphy3.MorphAnalyzer(lang="ru")


_SHAPES: Final[dict[str, Callable[[Any], tuple[str, ...]]]] = {
    "NOUN": lambda tag: (tag.number, tag.case),
    "ADJF": lambda tag: (tag.gender or "plur", tag.case),
    "INFN": lambda tag: (tag.tense, tag.person, tag.gender or tag.number) if tag.POS == "VERB" else (),
}


@cache
def word(lemma: str, part: str) -> Word | None:
    """Return the word with its forms, or None if the dictionary knows no such part of speech."""
    parse = next((one for one in analyser().parse(lemma) if part == one.tag.POS), None)
    if parse is None or not parse.is_known:
        return None
    shape = _SHAPES[part]
    forms: dict[tuple[str, ...], str] = {}
    for one in parse.lexeme:
        forms.setdefault(shape(one.tag), one.word)
    return Word(lemma, part, parse.tag.gender or "plur", forms)


def _tail(part: str, prefixes: Sequence[str]) -> Iterator[str]:
    """Yield rarer words of the dictionary, those that begin with these letters."""
    for prefix in prefixes:
        for written, tag, lemma, _, _ in analyser().dictionary.iter_known_words(prefix):
            if written == lemma and part == tag.POS and tag.grammemes.isdisjoint(_ODD):
                yield written


_ODD: Final = frozenset(
    {"Name", "Surn", "Patr", "Geox", "Abbr", "Orgn", "Trad", "Init", "Fixd", "Arch", "Infr"}
)


def _known(part: str, first: str, prefixes: Sequence[str], random: Random) -> list[Word]:
    common = first.split()
    rare = sorted(set(_tail(part, prefixes)) - set(common))
    random.shuffle(rare)
    found = (word(lemma, part) for lemma in [*common, *rare])
    return [one for one in found if one is not None]


@dataclass(frozen=True, slots=True)
class Stock:
    """Words to choose from, with how often each comes up."""

    words: list[Word]
    weights: list[float]

    def draw(self, random: Random, count: int = 1) -> list[Word]:
        """Draw words by their frequency."""
        return random.choices(self.words, cum_weights=self.weights, k=count)


def _by_rank(words: list[Word]) -> Stock:
    """Give the words frequencies by the law of Zipf and Mandelbrot."""
    return Stock(words, list(accumulate(1 / (rank + 10.0) for rank in range(len(words)))))


@dataclass(slots=True)
class Language:
    """What all texts share: the words and the set phrases."""

    seed: int
    prefixes: Sequence[str] = PREFIXES
    stocks: dict[str, Stock] = field(init=False)
    phrases: list[str] = field(init=False)
    phrase_weights: list[float] = field(init=False)

    def __post_init__(self) -> None:
        random = _random(f"language-{self.seed}")
        lists = {"NOUN": NOUNS, "ADJF": ADJECTIVES, "INFN": VERBS}
        self.stocks = {
            part: _by_rank(_known(part, first, self.prefixes, random)) for part, first in lists.items()
        }
        writer = Writer(self, random)
        self.phrases = [
            writer.noun_phrase("gent", length=random.choice((2, 3, 3, 4))) for _ in range(_SET_PHRASES)
        ]
        self.phrase_weights = list(accumulate(1 / (rank + 20.0) for rank in range(_SET_PHRASES)))

    def text(self, name: str, words: int) -> str:
        """Return a text of about so many words on a subject of its own; the same for the same name."""
        random = _random(f"{self.seed}-{name}")
        writer = Writer(self, random, *self._own(random))
        return writer.text(words)

    def _own(self, random: Random) -> tuple[dict[str, list[Word]], dict[str, list[Word]]]:
        subject_random = _random(f"{self.seed}-subject-{random.randrange(60)}")
        subject = {
            part: subject_random.sample(self.stocks[part].words, min(count, len(self.stocks[part].words)))
            for part, count in _SUBJECT_WORDS.items()
        }
        pets = {
            part: random.sample(self.stocks[part].words, min(count, len(self.stocks[part].words)))
            for part, count in _PET_WORDS.items()
        }
        return subject, pets


def _random(name: str) -> Random:
    return Random(name)  # noqa: S311  # reason: the same text for the same name, not a secret


@dataclass(slots=True)
class Writer:
    """Writes one text: words of the language, of its subject, its pet words."""

    language: Language
    random: Random
    subject: dict[str, list[Word]] = field(default_factory=dict)
    pets: dict[str, list[Word]] = field(default_factory=dict)

    def text(self, words: int) -> str:
        """Write sentences in paragraphs until there are enough words."""
        paragraphs: list[str] = []
        written = 0
        while written < words:
            paragraph = " ".join(self.sentence() for _ in range(self.random.randint(3, 8)))
            written += paragraph.count(" ") + 1
            paragraphs.append(paragraph)
        return "\n".join(paragraphs)

    def sentence(self) -> str:
        """Write a sentence of one to three clauses."""
        clauses = [self.clause() for _ in range(self.random.choice((1, 1, 1, 2, 2, 3)))]
        joined = clauses[0]
        for clause in clauses[1:]:
            joined += self.random.choice(CLAUSES) + clause
        return joined[0].upper() + joined[1:] + self.random.choice((".", ".", ".", ".", ";", "!"))

    def clause(self) -> str:
        """Write who does what, where and how."""
        random = self.random
        is_many = random.random() < 0.4
        subject = self.word("NOUN")
        parts = [
            self._named(subject, "plur" if is_many else "sing", "nomn"),
            self._did(subject, is_many=is_many),
        ]
        if random.random() < 0.25:
            parts.insert(1, random.choice(ADVERBS))
        if random.random() < 0.8:
            parts.append(self.noun_phrase("accs", length=random.choice((1, 2, 2, 3))))
        for _ in range(random.choice((0, 1, 1, 2))):
            preposition, case = random.choice(PREPOSITIONS)
            phrase = f"{preposition} {self.noun_phrase(case, length=random.choice((1, 2, 2, 3)))}"
            parts.insert(random.choice((0, len(parts), len(parts))), phrase)
        return " ".join(parts)

    def noun_phrase(self, case: str, *, length: int) -> str:
        """Write a noun with what explains it; now and then a set phrase that everybody uses."""
        random = self.random
        if self.subject and case == "gent" and random.random() < 0.2:
            return random.choices(self.language.phrases, cum_weights=self.language.phrase_weights)[0]
        number = "plur" if random.random() < 0.35 else "sing"
        head = self._named(self.word("NOUN"), number, case, adjectives=length > 1)
        return head if length < 3 else f"{head} {self.noun_phrase('gent', length=length - 2)}"

    def word(self, part: str) -> Word:
        """Choose a word: of the language, of the subject, or a pet one."""
        chance = self.random.random()
        if self.subject and chance < 0.3:
            return self.random.choice(self.subject[part])
        if self.pets and chance < 0.42:
            return self.random.choice(self.pets[part])
        return self.language.stocks[part].draw(self.random)[0]

    def _named(self, noun: Word, number: str, case: str, *, adjectives: bool = True) -> str:
        name = noun.form(number, case)
        if not adjectives or self.random.random() < 0.45:
            return name
        gender = "plur" if number == "plur" else noun.gender
        return f"{self.word('ADJF').form(gender, case)} {name}"

    def _did(self, subject: Word, *, is_many: bool) -> str:
        verb = self.word("INFN")
        if ("pres", "3per", "sing") in verb.forms and self.random.random() < 0.5:
            return verb.form("pres", "3per", "plur" if is_many else "sing")
        return verb.form("past", None, "plur" if is_many else subject.gender)  # type: ignore[arg-type]  # reason: the library says None for no person


def sentences(text: str, count: int) -> list[str]:
    """Return the first sentences of a text."""
    return list(islice(text.replace("\n", " ").split(". "), count))
