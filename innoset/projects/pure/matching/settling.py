"""Putting entries right before they are placed: damaged labels, opened answers, doubled lines."""

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import Final

from innoset.projects.pure.forms import Part
from innoset.projects.pure.matching.entries import Entries
from innoset.projects.pure.matching.entry import Entry
from innoset.projects.pure.matching.judge import (
    PART_NUMBER,
    PART_ORDER,
    SURE_PART,
    Judge,
    Manners,
)
from innoset.projects.pure.matching.labels import POSSIBLE, Claim, StageHead
from innoset.projects.pure.matching.similarity import letters_ratio, words_of
from innoset.projects.pure.matching.units import Line

_BY_ORDER: Final = 0.55
_ALIKE_PART: Final = 0.62
_ENOUGH: Final = 3
_OPENED: Final = 2
_EXACT: Final = 0.95
_MOST: Final = 0.7
_FEW: Final = 0.15
_LONGEST_STAGE_WORD: Final = 9


class Settling(Judge):
    """Everything that is decided by looking at an entry together with its neighbours."""

    doubled = 0
    manners = Manners()

    def settled(self, entries: list[Entry]) -> list[Entry]:
        """Return the entries ready to be placed one after another."""
        entries = list(self.expanded(entries))
        entries = list(self.without_echoes(entries))
        self.manners = self.manners_of(entries)
        if self.manners.answers_below:
            entries = list(self.with_answers_below(entries))
        self.calm_bold(entries)
        self.settle_by_order(entries)
        self.settle_stage_heads(entries)
        self.settle_parts(entries)
        self.choose_among_lines(entries)
        return entries

    def is_question(self, entry: Entry) -> bool:
        """Tell whether an entry asks something the form knows."""
        return bool(entry.stage or self.sure(entry) or self.part_claim(entry))

    def without_echoes(self, entries: list[Entry]) -> Iterator[Entry]:
        """Yield entries; under a bare question a row that begins with its words is its answer."""
        above: Entry | None = None
        for entry in entries:
            asked = self.claim_of(entry)
            if above and asked and entry.is_row and asked == self.claim_of(above):
                yield Entry(raw=entry.raw, value=entry.raw, is_row=True, at=entry.at)
                above = None
            else:
                yield entry
                above = entry if entry.is_row and not entry.value else None

    def claim_of(self, entry: Entry) -> tuple[str, Part | None] | None:
        """Return the field or the part of a stage that an entry asks for, whatever the score."""
        claim = self.part_claim(entry) or self.sure(entry)
        return (claim.key, claim.part) if claim else None

    def manners_of(self, entries: list[Entry]) -> Manners:
        """Return how the known questions of a document are set."""
        lines = [one for one in entries if self.sure(one) and not one.is_row]
        rows = [one for one in entries if one.is_row and self.is_question(one)]
        bold, numbered = sum(one.bold for one in lines), sum(bool(one.number) for one in lines)
        bare = sum(not one.value for one in rows)
        answers = [one for one in entries if _is_text(one) and not self.is_question(one)]
        stands_out = sum(one.bold for one in answers) <= max(1, _FEW * len(answers))
        return Manners(
            bold_headings=len(lines) >= _ENOUGH and bold >= _MOST * len(lines) and stands_out,
            numbered_headings=len(lines) >= _ENOUGH and numbered >= _MOST * len(lines),
            answers_below=len(rows) >= _ENOUGH and bare >= _MOST * len(rows),
        )

    def calm_bold(self, entries: list[Entry]) -> None:
        """Take bold lines with nothing plain after them for an answer: a heading has something under it."""
        has_text_below = False
        for entry in reversed(entries):
            if not _is_text(entry) or self.is_question(entry):
                has_text_below = has_text_below and not entry.raw.strip()
            elif not entry.bold:
                has_text_below = True
            elif not has_text_below:
                entry.bold = False

    def with_answers_below(self, entries: list[Entry]) -> Iterator[Entry]:
        """Yield questions with the row under them as the answer.

        An odd run of unknown rows begins with the answer; in an even run each pair is a foreign
        question with its own answer.
        """
        place = 0
        while place < len(entries):
            entry = entries[place]
            end = place + 1
            while end < len(entries) and entries[end].is_row and not self.is_question(entries[end]):
                end += 1
            run = entries[place + 1 : end]
            if entry.is_row and self.is_question(entry) and not entry.value and len(run) % 2:
                entry.value = run[0].raw
                run = run[1:]
            yield entry
            yield from run
            place = end

    def expanded(self, entries: list[Entry]) -> Iterator[Entry]:
        """Yield entries; an answer that holds the sub-questions as text is opened."""
        has_stages = any(one.stage for one in entries)
        seen = {claim.key for one in entries if (claim := self.sure(one))}
        for place, entry in enumerate(entries):
            claim = self.sure(entry)
            following = entries[place + 1] if place + 1 < len(entries) else None
            if (claim and claim.key == self.head and not has_stages) or (
                entry.stage and entry.is_row and not (following and self.part_claim(following))
            ):
                yield from self.opened(entry, stages=True)
            elif (
                claim
                and claim.part is None
                and not self.children(claim.key) & seen
                and self.children(claim.key)
            ):
                yield from self.opened(entry, stages=False)
            else:
                yield entry

    def opened(self, entry: Entry, *, stages: bool) -> Iterator[Entry]:
        """Yield an entry and the sub-questions written as lines of its answer, if two or more are there."""
        lines = Entries(self.labels).of_lines([Line(entry.value, at=entry.at)])
        claim = self.sure(entry)
        wanted = self.children(claim.key) if claim else frozenset()
        inside = [
            bool(one.stage or self.part_claim(one)) if stages
            else bool(one.claims and one.claims[0].key in wanted)
            for one in lines
        ]  # fmt: skip
        if sum(inside) < _OPENED:
            yield entry
            return
        first = inside.index(True)
        entry.value = "\n".join(one.raw for one in lines[:first])
        yield entry
        for one, is_question in zip(lines[first:], inside[first:], strict=True):
            yield one if is_question else Entry(raw=one.raw, value=one.raw, at=one.at)

    def settle_by_order(self, entries: list[Entry]) -> None:
        """Give a damaged label the one field missing between its sure neighbours."""
        order = list(self.labels.order)
        sure = [self.sure(one) for one in entries]
        taken = {claim.key for claim in sure if claim}
        for place, entry in enumerate(entries):
            if sure[place] or entry.stage or not entry.is_row or self.part_claim(entry):
                continue
            before = next((claim.key for claim in reversed(sure[:place]) if claim), None)
            after = next((claim.key for claim in sure[place + 1 :] if claim), None)
            start = order.index(before) + 1 if before else 0
            between = order[start : order.index(after) if after else len(order)]
            if len(between) == 1 and between[0] not in taken and self.fits(entry, between[0], entries, place):
                entry.key, entry.score = between[0], POSSIBLE
                taken.add(between[0])

    def settle_stage_heads(self, entries: list[Entry]) -> None:
        """Take an unknown short row before «Сроки» for a stage whose head is damaged."""
        if not self.form.stages:
            return
        seen = 0
        for place, (entry, following) in enumerate(pairwise(entries)):
            seen = entry.stage.ordinal if entry.stage else seen
            part = self.part_claim(following)
            unknown = entry.is_row and not entry.stage and not self.sure(entry) and not self.part_claim(entry)
            after_head = place and entries[place - 1].stage
            if (
                unknown
                and not after_head
                and part
                and part.part is Part.PERIOD
                and self.looks_like_head(entry)
            ):
                entry.stage = StageHead(seen + 1, "")
                seen += 1

    def looks_like_head(self, entry: Entry) -> bool:
        """Tell whether a row may be «II этап:» by its number or by its few letters."""
        letters = "".join(words_of(entry.label))
        numbered = re.fullmatch(rf"{re.escape(self.head)}\.\d", entry.number) is not None
        return numbered or (0 < len(letters) <= _LONGEST_STAGE_WORD and letters_ratio(letters, "этап") > 0)

    def settle_parts(self, entries: list[Entry]) -> None:
        """Give a damaged part of a stage its place between the parts around it."""
        for place, entry in enumerate(entries):
            if not entry.is_row or entry.stage or self.sure(entry) or self.part_claim(entry):
                continue
            before = self.part_claim(entries[place - 1]) if place else None
            follower = entries[place + 1] if place + 1 < len(entries) else None
            after = self.part_claim(follower) if follower else None
            part = _between(
                before.part if before else None, after.part if after else None, entries[place - 1]
            )
            if part and self.part_likeness(entry, part) >= _ALIKE_PART:
                entry.claims = (Claim(f".{PART_NUMBER[part]}", SURE_PART, part),)

    def part_likeness(self, entry: Entry, part: Part) -> float:
        """Return how alike a label is to the official one of a part."""
        letters = "".join(words_of(entry.label))
        return max(
            (letters_ratio(letters, one.letters) for one in self.labels.variants if one.part is part),
            default=0.0,
        )

    def fits(self, entry: Entry, key: str, entries: list[Entry], place: int) -> bool:
        """Tell whether a damaged or lost label may be this field's: its words or its number agree."""
        claim = next((one for one in entry.claims if one.key == key and one.part is None), None)
        number = entry.number == self.labels.numbers[key]
        around = [
            one.number for one in (*entries[max(0, place - 1) : place], *entries[place + 1 : place + 2])
        ]
        trusted = number and all(around)
        if not entry.label and entry.value:
            return trusted
        return claim is not None and (claim.score >= _BY_ORDER or trusted)

    def choose_among_lines(self, entries: list[Entry]) -> None:
        """Of several lines that look like one label keep the best; the others are words of an answer."""
        rivals: dict[str, list[tuple[float, int]]] = {}
        for place, entry in enumerate(entries):
            claim = self.sure(entry)
            if claim and not self.part_claim(entry):
                rivals.setdefault(claim.key, []).append((self.rank(entry, claim), place))
        for key, places in rivals.items():
            ranked = sorted(places, key=lambda one: (-one[0], self.disorder(key, one[1], rivals)))
            for _, place in ranked[1:]:
                entry = entries[place]
                if not entry.is_row:
                    self.doubled += self.is_second_form(entry, entries[ranked[0][1]])
                    entries[place] = Entry(
                        raw=entry.raw, value=entry.raw, number=entry.number, bold=entry.bold, at=entry.at
                    )

    def rank(self, entry: Entry, claim: Claim) -> float:
        """Return how much an entry looks like the question itself."""
        numbered = entry.number == self.labels.numbers[claim.key]
        return round(claim.score, 1) + 0.3 * numbered + 0.5 * entry.is_row + 0.1 * entry.marked

    def disorder(self, key: str, place: int, rivals: dict[str, list[tuple[float, int]]]) -> int:
        """Return how many sure questions stand on the wrong side of this place."""
        order = self.labels.order
        alone = [(one, places[0][1]) for one, places in rivals.items() if len(places) == 1]
        return sum((order[one] < order[key]) != (at < place) for one, at in alone)

    def is_second_form(self, entry: Entry, best: Entry) -> bool:
        """Tell whether a doubled question has its own number and words: a second form in the file."""
        claim = self.sure(entry)
        return bool(claim and claim.score >= _EXACT and entry.number == best.number)


def _is_text(entry: Entry) -> bool:
    return not entry.is_row and bool(entry.raw.strip())


def _between(before: Part | None, after: Part | None, above: Entry) -> Part | None:
    """Return the part that must stand between two others, after a stage head or before its end."""
    places = {part: place for place, part in enumerate(PART_ORDER)}
    if before and places[before] + 1 < len(PART_ORDER):
        following = PART_ORDER[places[before] + 1]
        if after is None or after is Part.PERIOD or places[after] == places[before] + 2:
            return following
    if above.stage and after is Part.TASKS:
        return Part.PERIOD
    return None
