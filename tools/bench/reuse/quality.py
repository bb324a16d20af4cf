"""How well hidden passages are found, beside a winnowing baseline in the same run."""

import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from innoset.review.pure.reuse import ReuseIndex
from tools.bench.reuse.baseline import Baseline
from tools.bench.reuse.language import Language
from tools.bench.reuse.measures import Area, Quality, Rulers, quality, recalls, truth
from tools.bench.reuse.plans import Set, generated, in_form

FORM: Final = "form"
Hit = tuple[str, int, int, int, int]
COPIED_WORDS: Final = 30
FOUND_FROM: Final = 0.5
"""A planted copy counts as found when half of its words are."""


@dataclass(frozen=True, slots=True)
class Result:
    """One generated set: the measures of the product and of the baseline, recall by kind, time."""

    seed: int
    own: Quality
    baseline: Quality
    by_kind: Mapping[str, float]
    milliseconds: float

    @property
    def ratio(self) -> float:
        """Return how many times better than the baseline."""
        return self.own.plagdet / self.baseline.plagdet if self.baseline.plagdet else float("inf")


def measured(seed: int, given: Set) -> Result:
    """Search the set with both."""
    rulers = Rulers({**given.bank, **given.suspicious})
    cases = truth(given, rulers)
    index = index_of(given)
    began = time.process_time()
    own = _areas(given, rulers, lambda text: hits_of(index, text))
    spent = time.process_time() - began
    baseline = Baseline(given.template, given.bank)
    theirs = _areas(given, rulers, baseline.find)
    by_kind: defaultdict[str, list[float]] = defaultdict(list)
    for case, found in zip(given.cases, recalls(cases, own), strict=True):
        by_kind[case.kind].append(found)
    return Result(
        seed,
        quality(cases, own),
        quality(cases, theirs),
        {kind: sum(found) / len(found) for kind, found in sorted(by_kind.items())},
        1000 * spent / len(given.suspicious),
    )


def index_of(given: Set, *, template: str | None = None) -> ReuseIndex:
    """Put the bank into an index; another template, even an empty one, may be given instead."""
    index = ReuseIndex({FORM: given.template if template is None else template})
    for key, text in given.bank.items():
        index.add(key, text, FORM)
    return index


def hits_of(index: ReuseIndex, text: str) -> list[Hit]:
    """Return the passages as the measures want them."""
    found = index.find(text, FORM).passages
    return [(one.source, one.start, one.end, one.source_start, one.source_end) for one in found]


def _areas(given: Set, rulers: Rulers, find: Callable[[str], Iterable[Hit]]) -> list[Area]:
    return [
        Area(key, source, rulers.words(key, start, end), rulers.words(source, begin, finish))
        for key, text in given.suspicious.items()
        for source, start, end, begin, finish in find(text)
    ]


def foreign(language: Language, given: Set, count: int) -> int:
    """Return how many passages are found in documents that copied nothing."""
    index = index_of(given)
    texts = (in_form(given.template, language.text(f"foreign-{number}", 3000)) for number in range(count))
    return sum(len(hits_of(index, text)) for text in texts)


def without_template(given: Set) -> int:
    """Return how many false passages there are when neither the form nor what all say is taken out."""
    index = index_of(given, template="")
    index.common = False
    known = {(one.document, one.source) for one in given.cases}
    return sum(
        (key, source) not in known
        for key, text in list(given.suspicious.items())[:1]
        for source in {hit[0] for hit in hits_of(index, text)}
    )


def copies_found(language: Language, given: Set, count: int) -> float:
    """Return the share of planted exact copies of thirty words that are found."""
    index, random = index_of(given), Random("copies")  # noqa: S311  # reason: the same places every time
    found = 0
    for number in range(count):
        source = random.choice(sorted(given.bank))
        answer = random.choice(
            [
                one
                for one in given.bank[source].split("\n")
                if len(one.split()) > COPIED_WORDS + 1 and not one[0].isdigit()
            ]
        )
        words = answer.split()
        first = random.randrange(len(words) - COPIED_WORDS)
        copy = " ".join(words[first : first + COPIED_WORDS])
        host = language.text(f"host-{number}", 1000)
        middle = host.index("\n") + 1
        text = f"{host[:middle]}{copy}\n{host[middle:]}"
        covered = [
            min(end, middle + len(copy)) - max(start, middle)
            for key, start, end, _, _ in hits_of(index, text)
            if key == source
        ]
        found += max(covered, default=0) >= FOUND_FROM * len(copy)
    return found / count


def sets(seeds: Iterable[int]) -> Iterable[tuple[int, Language, Set]]:
    """Make up the sets one by one."""
    for seed in seeds:
        language = Language(seed)
        yield seed, language, generated(language, "set")
