"""Questions of a document: where a label stands and what follows it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from innoset.projects.pure.matching.labels import (
    LIKELY,
    SURE,
    Claim,
    Labels,
    StageHead,
    stage_head,
)
from innoset.projects.pure.matching.similarity import number_of, same_word, words_of
from innoset.projects.pure.matching.units import Line, Row, Unit

_LONGEST_LABEL: Final = 420
_FIRST_WORDS: Final = 60
_MOST_CUTS: Final = 500
_TIE: Final = 0.001
_GROUPED: Final = 3  # a merged group, a label, an answer
_LEAST_LABEL: Final = 5
_ALIGNED: Final = 0.9
_MOST_LABEL_LINES: Final = 6
_SEPARATOR: Final = re.compile(r"\s*[:\t]\s*|\s+[–—-]+\s+|\.\s+")
_LEADING: Final = re.compile(r"^\s*(?:[:.]+\s*)?(?:[–—-]\s+)?")
_BULLET: Final = re.compile(r"^\s*[·•▪●○◦*–—-]\s")
_GLUED_NUMBER: Final = re.compile(r"(?<=[.;!?»\")\]\w])\s+(?=\d{1,2}(?:\.\d{1,2})?\s*\.?\s*[А-ЯЁ])")
_SENTENCE_AFTER: Final = re.compile(r"^\s*[а-яё]")


@dataclass(slots=True)
class Entry:
    """A label with what follows it; an entry without claims is plain text."""

    raw: str
    label: str = ""
    number: str = ""
    value: str = ""
    extra: str = ""
    claims: tuple[Claim, ...] = ()
    stage: StageHead | None = None
    is_row: bool = False
    marked: bool = False
    bold: bool = False
    continued: bool = False
    key: str = ""
    score: float = 0.0
    at: int = 0

    @property
    def is_question(self) -> bool:
        """Tell whether a label was seen at all."""
        return bool(self.claims or self.stage)


@dataclass(frozen=True, slots=True)
class Recognised:
    """What a text begins with: a label or a stage head, and the rest after it."""

    label: str
    rest: str
    number: str
    claims: tuple[Claim, ...] = ()
    stage: StageHead | None = None

    @property
    def score(self) -> float:
        """Return how sure it is."""
        return 1.0 if self.stage else (self.claims[0].score if self.claims else 0.0)


class Entries:
    """Turns rows and lines into entries."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels

    def of(self, units: list[Unit]) -> list[Entry]:
        """Return the entries of a document in reading order."""
        found: list[Entry] = []
        place = 0
        while place < len(units):
            unit = units[place]
            if isinstance(unit, Row):
                found.extend(replace(entry, at=unit.at) for entry in self.of_row(unit))
                place += 1
                continue
            end = place
            while end < len(units) and isinstance(units[end], Line):
                end += 1
            found.extend(self.of_lines([one for one in units[place:end] if isinstance(one, Line)]))
            place = end
        return found

    # --- rows ------------------------------------------------------------------------------------

    def of_row(self, row: Row) -> Iterator[Entry]:
        """Yield the entry of a table row; two when a merged stage head stands beside its first part."""
        cells = [cell.strip() for cell in row.cells]
        if row.continued and len(cells) == 1:
            yield Entry(raw=row.text, value=cells[0], is_row=True, continued=True)
            return
        at, seen = self.label_cell(cells)
        if seen.stage and len(cells) > at + 2 and self.names_part(cells[at + 1]):
            yield self.stage_row(row, seen, "", "")
            yield from self.of_row(Row("", row.cells[at + 1 :]))
            return
        yield self.question(row, cells, at, seen)

    def names_part(self, text: str) -> bool:
        """Tell whether a cell is the label of a part of a stage."""
        claims = self.labels.claims(text)
        return bool(claims and claims[0].part and claims[0].score >= SURE)

    def question(self, row: Row, cells: list[str], at: int, seen: Recognised) -> Entry:
        """Return the entry of a row whose label cell is known."""
        rest = [cell for cell in cells[at + 1 :] if cell]
        before = [cell for cell in cells[:at] if cell]
        value, extra = "\n".join(rest), "\n".join(before)
        alone = len(cells) == at + 1
        if seen.stage:
            return self.stage_row(row, seen, value, extra)
        if not rest and seen.rest and alone:
            value = seen.rest
        elif seen.rest:
            extra = "\n".join(part for part in (extra, seen.rest) if part)
        return Entry(
            raw=row.text,
            label=seen.label,
            number=row.number or seen.number,
            value=value,
            extra=extra,
            claims=seen.claims,
            is_row=True,
            marked=True,
        )

    def stage_row(self, row: Row, seen: Recognised, value: str, extra: str) -> Entry:
        """Return the entry of «I этап: …»; its name may stand in the label and in the answer."""
        stage = seen.stage
        name = "\n".join(part for part in (stage.name if stage else "", value) if part)
        return Entry(
            raw=row.text, label=seen.label, number=row.number or seen.number, value=name,
            extra=extra, stage=stage, is_row=True, marked=True,
        )  # fmt: skip

    def label_cell(self, cells: list[str]) -> tuple[int, Recognised]:
        """Return which cell is the label: the first, or the second after a merged group."""
        first = self.recognise(cells[0], alone=len(cells) == 1)
        if first.score >= LIKELY or len(cells) < _GROUPED:
            return 0, first
        second = self.recognise(cells[1], alone=False)
        if second.score >= SURE:
            return 1, second
        return 0, first

    def recognise(self, text: str, *, alone: bool) -> Recognised:
        """Return the label a cell holds; whatever follows it in the cell is the rest."""
        number, bare = number_of(text)
        if stage := stage_head(text, damaged=True):
            return Recognised(text, "", number, stage=stage)
        whole = self.labels.claims(bare) if len(bare) <= _LONGEST_LABEL else ()
        best = Recognised(bare, "", number, whole)
        if not bare or (best.score >= LIKELY and not alone):
            return best
        for label, rest in _splits(bare):
            claims = self.labels.claims(label)
            if claims and claims[0].score >= SURE and claims[0].score > best.score - bool(rest) * _TIE:
                best = Recognised(label, rest, number, claims)
        return best

    # --- lines -----------------------------------------------------------------------------------

    def of_lines(self, lines: list[Line]) -> list[Entry]:
        """Return headings with the plain text between them."""
        parts = self.split_glued(lines)
        texts, bolds = [part.text for part in parts], [part.bold for part in parts]
        found: list[Entry] = []
        place = 0
        while place < len(texts):
            entry, used = self.heading(texts, bolds, place)
            entry = entry or self.plain(texts[place])
            entry.bold, entry.at = bolds[place], parts[place].at
            found.append(entry)
            place += used
        return found

    def plain(self, text: str) -> Entry:
        """Return a line that is no heading of the form, with the number printed before it."""
        return Entry(raw=text, value=text, number=number_of(text)[0])

    def split_glued(self, lines: list[Line]) -> list[Line]:
        """Return physical lines; a numbered label glued into a sentence begins a line of its own."""
        texts = [Line(text, line.bold, line.at) for line in lines for text in line.text.split("\n")]
        parts: list[Line] = []
        for place, line in enumerate(texts):
            after = " ".join(one.text for one in texts[place + 1 : place + _MOST_LABEL_LINES])
            parts.extend(Line(part, line.bold, line.at) for part in self.unglued(line.text, after))
        return parts

    def unglued(self, text: str, after: str) -> Iterator[str]:
        """Yield the pieces of a line cut before «8. Обоснование …» when the label is that number's."""
        start = 0
        for cut in islice(_GLUED_NUMBER.finditer(text), _MOST_CUTS):
            number, bare = number_of(text[cut.end() : cut.end() + _LONGEST_LABEL])
            if self.aligned(number, f"{bare} {after}"):
                yield text[start : cut.start()]
                start = cut.end()
        yield text[start:]

    def aligned(self, number: str, text: str) -> tuple[Claim, int] | None:
        """Return the field printed under this number if the text begins with its label, and the length."""
        best: tuple[Claim, int] | None = None
        first = words_of(text[:_FIRST_WORDS])[:1]
        for variant in self.labels.variants:
            if self.labels.numbers.get(variant.key) != number or len(variant.letters) < _LEAST_LABEL:
                continue
            if not first or not same_word(first[0], variant.words[0]):
                continue
            for label in _beginnings(text, len(variant.words)):
                words = words_of(label)
                score = self.labels.score(words, "".join(words), variant)
                if score >= _ALIGNED and (best is None or score >= best[0].score):
                    best = (Claim(variant.key, score), len(label))
        return best

    def heading(self, texts: list[str], bolds: list[bool], place: int) -> tuple[Entry | None, int]:
        """Return the heading that begins at a line, None for plain text, and how many lines it took."""
        text = texts[place].strip()
        if not text or _BULLET.match(text):
            return None, 1
        number, bare = number_of(text)
        stage = stage_head(text)
        if stage and _is_stage_line(text, stage, marked=bool(number) or bolds[place]):
            return Entry(raw=text, label=text, number=number, value=stage.name, stage=stage, marked=True), 1
        if number and (entry := self.numbered(texts, place, number, bare)):
            return entry
        return self.worded(texts, bolds, place)

    def numbered(self, texts: list[str], place: int, number: str, bare: str) -> tuple[Entry, int] | None:
        """Return a heading whose printed number and words agree; it may run over several lines."""
        tail = texts[place + 1 : place + _MOST_LABEL_LINES]
        joined = " ".join([bare, *(one.strip() for one in tail)])
        found = self.aligned(number, joined)
        if found is None:
            return None
        claim, length = found
        length += len(joined[length:]) - len(joined[length:].lstrip(')]»".,:;'))
        used, taken = 1, len(bare)
        while taken < length and used <= len(tail):
            taken += 1 + len(tail[used - 1].strip())
            used += 1
        rest = _LEADING.sub("", joined[length:taken])
        raw = "\n".join(texts[place : place + used])
        return Entry(
            raw=raw, label=joined[:length], number=number, value=rest, claims=(claim,), marked=True
        ), used

    def worded(self, texts: list[str], bolds: list[bool], place: int) -> tuple[Entry | None, int]:
        """Return a heading known by its words alone: a whole line or the words before a colon."""
        text = texts[place].strip()
        number, bare = number_of(text)
        marked = bool(number) or bolds[place] or bare.endswith(":")
        if not self.labels.may_begin(bare):
            return None, 1
        best, used = self.whole_lines(texts, place, bare, marked=marked)
        for label, rest in _splits(bare) if best is None else ():
            strict = 0.93 if not (number or bolds[place]) else SURE
            claims = self.trusted(label, strict, marked=number != "" or bolds[place])
            if claims and (best is None or claims[0].score > best.score):
                best = Recognised(label, rest, number, claims)
        if best is None:
            return None, 1
        raw = "\n".join(texts[place : place + used])
        return Entry(
            raw=raw, label=best.label, number=number, value=best.rest, claims=best.claims, marked=marked
        ), used

    def whole_lines(
        self, texts: list[str], place: int, bare: str, *, marked: bool
    ) -> tuple[Recognised | None, int]:
        """Return a label that fills one line or several whole lines."""
        best: Recognised | None = None
        used, joined = 1, ""
        for count, text in enumerate(texts[place : place + 4], 1):
            joined = f"{joined} {text.strip()}" if joined else bare
            if len(joined) > _LONGEST_LABEL or (count > 1 and not text.strip()):
                break
            claims = self.trusted(joined, 0.8 if marked else 0.9, marked=marked)
            if claims and (best is None or claims[0].score > best.score + 0.02):
                best, used = Recognised(joined, "", "", claims), count
        return best, used

    def trusted(self, label: str, least: float, *, marked: bool) -> tuple[Claim, ...]:
        """Return the claims of a line if sure enough; one bare word needs a mark to be a label."""
        words = words_of(label)
        if not words or len(label) > _LONGEST_LABEL:
            return ()
        claims = self.labels.claims(label)
        if not claims or claims[0].score < least:
            return ()
        short = len(words) == 1 and claims[0].part is None and claims[0].score < 1.0
        return () if short and not marked else claims


def _beginnings(text: str, words: int) -> set[str]:
    """Return the beginnings of a text that have about as many words as a label."""
    ends = [hit.end() for hit in re.finditer(r"[\w/]+", text[:_LONGEST_LABEL])]
    return {text[: ends[at - 1]] for at in range(words - 1, words + 3) if 0 < at <= len(ends)}


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """Yield the ways to cut a label from its answer: at line ends and at separators."""
    head = text[: _LONGEST_LABEL + 60]
    for hit in [*re.finditer(r"\s*\n\s*", head)][:4]:
        yield text[: hit.start()], text[hit.end() :].strip()
    for hit in [*_SEPARATOR.finditer(head)][:6]:
        yield text[: hit.start()], _LEADING.sub("", text[hit.end() :]).strip()


def _is_stage_line(text: str, stage: StageHead, *, marked: bool) -> bool:
    """Tell a heading «I этап: Вводный» from a sentence that begins with «I этап работы …»."""
    if marked or not stage.name:
        return True
    before = text[: text.rfind(stage.name)].rstrip(" ")
    return before.endswith((":", ".", "–", "—", "-", "(")) or not _SENTENCE_AFTER.match(stage.name)
