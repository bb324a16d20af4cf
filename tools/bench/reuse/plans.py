"""A generated set: documents in a common form, and others in which passages of them are hidden."""

import re
from dataclasses import dataclass
from itertools import pairwise
from random import Random
from typing import Final

from tools.bench.reuse.disguises import DISGUISES, disguised
from tools.bench.reuse.language import Language

KINDS: Final = ("CPY", *DISGUISES)
LENGTHS: Final = (30, 50, 80, 120, 200, 300)
FIELDS: Final = 8


@dataclass(frozen=True, slots=True)
class Case:
    """One hidden passage: from–to in characters of the document and of its source."""

    document: str
    start: int
    end: int
    source: str
    source_start: int
    source_end: int
    kind: str
    words: int


@dataclass(frozen=True, slots=True)
class Set:
    """What is searched, what is searched for, and what ought to be found."""

    template: str
    bank: dict[str, str]
    suspicious: dict[str, str]
    cases: list[Case]


def template_of(language: Language) -> str:
    """Return a form: numbered questions with hints, the same in every document."""
    hints = (language.text(f"form-{number}", 45).replace("\n", " ") for number in range(1, FIELDS + 1))
    return "\n".join(f"{number}. {hint}" for number, hint in enumerate(hints, start=1))


def generated(
    language: Language, name: str, *, bank: int = 211, suspicious: int = 100, words: int = 3000
) -> Set:
    """Make up a set."""
    random = Random(f"{language.seed}-{name}")  # noqa: S311  # reason: the same set for the same name
    form = template_of(language)
    plain = {f"bank-{number}": language.text(f"{name}-bank-{number}", words) for number in range(bank)}
    known = {key: in_form(form, text) for key, text in plain.items()}
    documents: dict[str, str] = {}
    cases: list[Case] = []
    for number in range(suspicious):
        key = f"suspicious-{number}"
        host = in_form(form, language.text(f"{name}-{key}", words))
        documents[key], hidden = _hidden(key, host, known, random, language)
        cases += hidden
    return Set(form, known, documents, cases)


def in_form(form: str, text: str) -> str:
    """Return the text as the answers to the questions of a form."""
    paragraphs = text.split("\n")
    share = -(-len(paragraphs) // FIELDS)
    answers = ["\n".join(paragraphs[n * share : (n + 1) * share]) for n in range(FIELDS)]
    return "\n".join(
        f"{question}\n{answer}" for question, answer in zip(form.split("\n"), answers, strict=True)
    )


def _hidden(
    key: str, host: str, known: dict[str, str], random: Random, language: Language
) -> tuple[str, list[Case]]:
    """Put one or two passages between paragraphs of a document."""
    paragraphs = host.split("\n")
    spots = sorted(random.sample(range(2, len(paragraphs) - 1), random.choice((1, 2))))
    text, cases = "\n".join(paragraphs[: spots[0]]), []
    for spot, following in pairwise([*spots, len(paragraphs)]):
        source = random.choice(sorted(known))
        kind, words = random.choice(KINDS), random.choice(LENGTHS)
        begin, end = _place(known[source], words, random)
        passage = disguised(known[source][begin:end], kind, random, language)
        start = len(text) + 1
        text = f"{text}\n{passage}"
        cases.append(Case(key, start, len(text), source, begin, end, kind, words))
        text = "\n".join([text, *paragraphs[spot:following]])
    return text, cases


def _place(text: str, words: int, random: Random) -> tuple[int, int]:
    """Choose so many words in a row between two questions of the form: the form is nobody's text."""
    answers = [
        found.span() for found in re.finditer(r"^(?!\d+\. ).+$(?:\n(?!\d+\. ).+$)*", text, re.MULTILINE)
    ]
    roomy = [
        (start, places)
        for start, end in answers
        if len(places := [found.span() for found in re.finditer(r"\S+", text[start:end])]) > words
    ]
    start, places = random.choice(roomy)
    first = random.randrange(len(places) - words)
    return start + places[first][0], start + places[first + words - 1][1]
