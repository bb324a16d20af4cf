"""The index of texts: what is put in, what is found again."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from innoset.review.pure.reuse.common import without_common
from innoset.review.pure.reuse.own import Own, own_words
from innoset.review.pure.reuse.searching import THRESHOLD, Found, found_in, threshold
from innoset.review.pure.reuse.shelf import Label, Shelf, shelve


@dataclass(frozen=True, slots=True)
class Text:
    """A text, and the form it was written into: the name of it among the templates."""

    text: str
    template: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """A passage that stands in another text too; places are characters of the two texts as they were given."""

    source: str
    start: int
    end: int
    source_start: int
    source_end: int
    score: float
    # Telling words: how many stand here, how many of them are the source's.
    words: int
    matched: int
    # Marks of disguise: words with swapped letters or hidden signs; places where the order is another.
    letters: int
    moved: int
    # The numbers of the matched words among the author's own, for counting words once.
    places: tuple[int, ...] = field(repr=False, default=())


@dataclass(frozen=True, slots=True)
class Findings:
    """What was found of a text, and how many own words it has."""

    passages: tuple[Passage, ...]
    own_words: int
    compared: int

    def share(self, counts: Callable[[Passage], bool] = lambda _: True) -> float:
        """Return which share of the own words stands in the passages that count; each word counts once."""
        places = {place for one in self.passages if counts(one) for place in one.places}
        return len(places) / self.own_words if self.own_words else 0.0


@dataclass(slots=True)
class ReuseIndex:
    """Texts that others are compared with: arranged ones on shelves, and newer ones added since.

    `quotes` and `common` off count quotations from acts, and what very many texts say, as own words.
    `text_of` gives the text of a key on a shelf; what is added by `add` is remembered here.
    """

    templates: Mapping[str, str] = field(default_factory=dict)
    shelves: list[Shelf] = field(default_factory=list)
    text_of: Callable[[str], Text] | None = None
    base: float = THRESHOLD
    quotes: bool = True
    common: bool = True
    _added: list[tuple[Label, Own]] = field(default_factory=list, init=False)
    _texts: dict[str, Text] = field(default_factory=dict, init=False)
    _newest: Shelf | None = field(default=None, init=False)

    def add(self, key: str, text: str, template: str = "", *, family: str = "", sha256: str = "") -> None:
        """Put one more text in."""
        self._added.append((Label(key, family, sha256), self._own(Text(text, template))))
        self._texts[key] = Text(text, template)
        self._newest = None

    def find(
        self, text: str, template: str = "", *, exclude: str = "", without: Collection[str] = ()
    ) -> Findings:
        """Return the passages of the text in all the others but those of the excluded family and keys."""
        own, shelves = self._own(Text(text, template)), self._shelves()
        excluded = [
            np.array([_is_out(label, exclude, without) for label in shelf.labels], bool) for shelf in shelves
        ]
        compared = sum(int((~one).sum()) for one in excluded)
        found = found_in(shelves, own.ids, excluded, self.base) if len(own.ids) else []
        if self.common:
            found = without_common(found, compared, threshold(compared, self.base))
        sources = {one.label.key: self._own(self._text(one.label.key)) for one in found}
        passages = tuple(_passage(one, own, sources[one.label.key]) for one in found)
        return Findings(passages, len(own.ids), compared)

    def _own(self, one: Text) -> Own:
        return own_words(one.text, template=self.templates.get(one.template, ""), quotes=self.quotes)

    def _text(self, key: str) -> Text:
        known = self._texts.get(key)
        if known is not None:
            return known
        if self.text_of is None:
            raise KeyError(key)
        return self.text_of(key)

    def _shelves(self) -> list[Shelf]:
        if self._newest is None:
            self._newest = shelve((label, own.ids) for label, own in self._added)
        return [*self.shelves, self._newest]


def _is_out(label: Label, family: str, without: Collection[str]) -> bool:
    """Tell whether a text is left out; one without a key was taken off its shelf."""
    return not label.key or label.key in without or bool(family and label.family == family)


def _passage(found: Found, own: Own, source: Own) -> Passage:
    span = found.span
    start, end = own.characters(span.start, span.end - 1)
    source_start, source_end = source.characters(span.source_start, span.source_end - 1)
    return Passage(
        source=found.label.key,
        start=start,
        end=end,
        source_start=source_start,
        source_end=source_end,
        score=round(span.score, 2),
        words=span.end - span.start,
        matched=len(span.pairs),
        letters=own.disguised(span.start, span.end - 1),
        moved=sum(after < before for before, after in pairwise(span.pairs.values())),
        places=tuple(span.pairs),
    )
