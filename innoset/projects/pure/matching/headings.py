"""Headings among the lines of a document, with the plain text between them."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from innoset.projects.pure.matching.cutting import (
    LONGEST_LABEL,
    after_label,
    beginnings,
    closing,
    lone_dash,
    splits,
    whole_label,
)
from innoset.projects.pure.matching.entry import Entry, Recognised
from innoset.projects.pure.matching.labels import SURE, Claim, Labels, StageHead, stage_head
from innoset.projects.pure.matching.similarity import number_of, same_word, unspaced, words_of
from innoset.projects.pure.matching.units import Line

_FIRST_WORDS: Final = 60
_MOST_CUTS: Final = 500
_LEAST_LABEL: Final = 5
_ALIGNED: Final = 0.9
_MOST_LABEL_LINES: Final = 6
_BETTER: Final = 0.004
_CLOSES: Final = 0.04
_TIE: Final = 0.03
_SHORT_HEAD: Final = 16
_LONE_NUMBER: Final = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2}){0,2}\s*[.)]?\s*$")
_BULLET: Final = re.compile(r"^\s*[·•▪●○◦*–—-]\s")
_LISTED: Final = re.compile(r"\n\s*(?:[·•▪●○◦*–—-]\s|\d{1,2}[.)]\s)")
_SPACED: Final = re.compile(r"^\W*[\d.)\s]*(?:[^\W\d_][ \u00a0]){3,}")
_GLUED_NUMBER: Final = re.compile(r"(?<=[.;!?»\")\]\w])\s+(?=\d{1,2}(?:\.\d{1,2})?\s*\.?\s*[А-ЯЁ])")
_SENTENCE_AFTER: Final = re.compile(r"^\s*[а-яё]")


class Headings:
    """Turns lines into entries."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels

    def of_lines(self, lines: list[Line]) -> list[Entry]:
        """Return headings with the plain text between them."""
        parts = self.split_glued(lines)
        texts, bolds = [part.text for part in parts], [part.bold for part in parts]
        found: list[Entry] = []
        place = 0
        while place < len(texts):
            entry, used = self.under_number(texts, bolds, place) or self.heading(texts, bolds, place)
            entry = entry or self.plain(texts[place])
            entry.bold, entry.at = bolds[place], parts[place].at
            found.append(entry)
            place += used
        return found

    def under_number(self, texts: list[str], bolds: list[bool], place: int) -> tuple[Entry, int] | None:
        """Return the heading whose own number stands on the line before it."""
        if place + 1 == len(texts) or not _LONE_NUMBER.match(texts[place]):
            return None
        number = number_of(texts[place].strip() + " ")[0]
        entry, used = self.heading(texts, bolds, place + 1)
        if entry is None or entry.number:
            return None
        official = {self.labels.numbers.get(claim.key) for claim in entry.claims[:1]}
        if number not in official and not (entry.stage or (entry.claims and entry.claims[0].part)):
            return None
        entry.number = number
        return entry, used + 1

    def plain(self, text: str) -> Entry:
        """Return a line that is no heading of the form, with the number printed before it."""
        return Entry(raw=text, value=text, number=number_of(text)[0])

    def split_glued(self, lines: list[Line]) -> list[Line]:
        """Return physical lines; a numbered label glued into a sentence begins a line of its own."""
        texts = [Line(_closed(text), line.bold, line.at) for line in lines for text in line.text.split("\n")]
        parts: list[Line] = []
        for place, line in enumerate(texts):
            after = "\n".join(one.text for one in texts[place + 1 : place + _MOST_LABEL_LINES])
            parts.extend(Line(part, line.bold, line.at) for part in self.unglued(line.text, after))
        return parts

    def unglued(self, text: str, after: str) -> Iterator[str]:
        """Yield the pieces of a line cut before «8. Обоснование …» when the label is that number's."""
        start = 0
        for cut in islice(_GLUED_NUMBER.finditer(text), _MOST_CUTS):
            number, bare = number_of(text[cut.end() : cut.end() + LONGEST_LABEL])
            if self.aligned(number, f"{bare}\n{after}"):
                yield text[start : cut.start()]
                start = cut.end()
        yield text[start:]

    def aligned(self, number: str, text: str) -> tuple[Claim, int] | None:
        """Return the field printed under this number if the text begins with its label, and the length."""
        best: tuple[Claim, int] | None = None
        top = 0.0
        text = _LISTED.split(text, maxsplit=1)[0]
        first = words_of(text[:_FIRST_WORDS])[:1]
        for variant in self.labels.variants:
            if self.labels.numbers.get(variant.key) != number or len(variant.letters) < _LEAST_LABEL:
                continue
            if not first or not same_word(first[0], variant.words[0]):
                continue
            for label, closes in beginnings(text, len(variant.words)):
                words = words_of(label)
                score = self.labels.score(words, "".join(words), variant)
                rank = score + (_CLOSES if closes else 0.0)
                if score >= _ALIGNED and rank > top + _BETTER:
                    top, best = rank, (Claim(variant.key, score), len(label))
        return best

    def heading(self, texts: list[str], bolds: list[bool], place: int) -> tuple[Entry | None, int]:
        """Return the heading that begins at a line, None for plain text, and how many lines it took."""
        text = texts[place].strip()
        if not text or _BULLET.match(text):
            return None, 1
        number, bare = number_of(text)
        short = len(text) < _SHORT_HEAD and (number != "" or bolds[place] or text.endswith(":"))
        stage = stage_head(text, damaged=short)
        if stage and _is_stage_line(text, stage, marked=bool(number) or bolds[place]):
            return Entry(raw=text, label=text, number=number, value=stage.name, stage=stage, marked=True), 1
        if number and (entry := self.numbered(texts, place, number, bare)):
            return entry
        return self.worded(texts, bolds, place)

    def numbered(self, texts: list[str], place: int, number: str, bare: str) -> tuple[Entry, int] | None:
        """Return a heading whose printed number and words agree; it may run over several lines."""
        tail = texts[place + 1 : place + _MOST_LABEL_LINES]
        joined = "\n".join([bare, *(one.strip() for one in tail)])
        found = self.aligned(number, joined)
        if found is None:
            return None
        claim, length = found
        length = closing(joined, whole_label(self.labels, claim.key, claim.score, joined, length))
        used, taken = 1, len(bare)
        while taken < length and used <= len(tail):
            taken += 1 + len(tail[used - 1].strip())
            used += 1
        rest = after_label(joined[length:taken])
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
        if used == 1:
            best = self.cut(bare, best, number, marked=number != "" or bolds[place])
        if best is None:
            return None, 1
        raw = "\n".join(texts[place : place + used])
        return Entry(
            raw=raw, label=best.label, number=number, value=best.rest, claims=best.claims, marked=marked
        ), used

    def cut(self, bare: str, whole: Recognised | None, number: str, *, marked: bool) -> Recognised | None:
        """Return the label before an answer on the same line, unless the whole line is a better one."""
        best = whole
        if whole and (dash := lone_dash(bare)):
            return Recognised(*dash, number, whole.claims)
        for label, rest in splits(bare) if whole is None or whole.score < 1.0 else ():
            claims = self.trusted(label, SURE if marked else 0.93, marked=marked)
            least = best.score - _TIE * (best is whole) if best else 0.0
            if not claims or not rest or claims[0].score <= least:
                continue
            end = whole_label(self.labels, claims[0].key, claims[0].score, bare, len(label))
            best = Recognised(
                bare[:end], rest if end == len(label) else after_label(bare[end:]), number, claims
            )
        return best

    def whole_lines(
        self, texts: list[str], place: int, bare: str, *, marked: bool
    ) -> tuple[Recognised | None, int]:
        """Return a label that fills one line or several whole lines."""
        best: Recognised | None = None
        used, joined = 1, ""
        for count, text in enumerate(texts[place : place + 4], 1):
            joined = f"{joined} {text.strip()}" if joined else bare
            if len(joined) > LONGEST_LABEL or (count > 1 and not text.strip()):
                break
            claims = self.trusted(joined, 0.8 if marked else 0.9, marked=marked)
            if claims and (best is None or claims[0].score > best.score + 0.02):
                best, used = Recognised(joined, "", "", claims), count
        return best, used

    def trusted(self, label: str, least: float, *, marked: bool) -> tuple[Claim, ...]:
        """Return the claims of a line if sure enough; one bare word needs a mark to be a label."""
        claims = self.labels.claims(label) if len(label) <= LONGEST_LABEL else ()
        if not claims or claims[0].score < least:
            return ()
        words = words_of(label)
        short = len(words) == 1 and claims[0].part is None and claims[0].score < 1.0
        return () if short and not marked else claims


def _closed(text: str) -> str:
    """Return a line that begins with letters set apart as ordinary words."""
    return unspaced(text) if _SPACED.match(text) else text


def _is_stage_line(text: str, stage: StageHead, *, marked: bool) -> bool:
    """Tell a heading «I этап: Вводный» from a sentence that begins with «I этап работы …»."""
    if marked or not stage.name:
        return True
    before = text[: text.rfind(stage.name)].rstrip(" ")
    return before.endswith((":", ".", "–", "—", "-", "(")) or not _SENTENCE_AFTER.match(stage.name)
