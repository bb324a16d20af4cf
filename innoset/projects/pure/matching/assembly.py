"""Putting every entry of a document into its slot, or on the tray of leftovers."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from innoset.projects.pure.forms import Part, clean
from innoset.projects.pure.matching.entries import Entries, Entry
from innoset.projects.pure.matching.labels import LIKELY, POSSIBLE, Claim, Labels
from innoset.projects.pure.matching.similarity import letters_ratio
from innoset.projects.pure.matching.units import Line, Row, Unit

_PART_NUMBER: Final = {Part.PERIOD: "1", Part.TASKS: "2", Part.RESULT: "3"}
_PART_ORDER: Final = (Part.PERIOD, Part.TASKS, Part.RESULT)
_SURE_PART: Final = 0.74
_CLOSE: Final = 0.06
_BY_ORDER: Final = 0.55


@dataclass(slots=True)
class Slot:
    """What a field got, and how sure it is."""

    entry: Entry
    text: str
    score: float


@dataclass(slots=True)
class StageSlots:
    """The parts of one stage as found."""

    number: int
    name: Slot | None = None
    parts: dict[Part, Slot] = field(default_factory=dict)


@dataclass(slots=True)
class Matched:
    """The outcome: slots by field key, stages in order, texts without a place."""

    slots: dict[str, Slot] = field(default_factory=dict)
    stages: list[StageSlots] = field(default_factory=list)
    leftovers: list[str] = field(default_factory=list)
    doubled: int = 0


class Assembly:
    """One pass over the entries of a document, top to bottom."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        form = self.form = labels.form
        self.head = form.stages.head if form.stages else ""
        self.found: dict[str, list[Slot]] = {}
        self.stages: dict[int, StageSlots] = {}
        self.current: StageSlots | None = None
        self.expecting_stage = False
        self.last: Slot | None = None
        self.out = Matched()

    def match(self, entries: list[Entry]) -> Matched:
        """Return every entry in its place."""
        entries = list(self.expanded(entries))
        self.settle_by_order(entries)
        self.choose_among_lines(entries)
        for entry in entries:
            self.place(entry)
        self.finish()
        return self.out

    # --- before the pass -------------------------------------------------------------------------

    def expanded(self, entries: list[Entry]) -> Iterator[Entry]:
        """Yield entries; an answer that holds the sub-questions as text is opened."""
        has_stages = any(one.stage for one in entries)
        seen = {claim.key for one in entries if (claim := self.sure(one))}
        for place, entry in enumerate(entries):
            claim = self.sure(entry)
            following = entries[place + 1] if place + 1 < len(entries) else None
            if claim and claim.key == self.head and not has_stages:
                yield from self.opened(entry, stages=True)
            elif entry.stage and entry.is_row and not (following and self.part_claim(following)):
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

    def children(self, key: str) -> frozenset[str]:
        """Return the keys of the sub-fields printed under a field."""
        return frozenset(one for one in self.labels.order if one.startswith(f"{key}."))

    def opened(self, entry: Entry, *, stages: bool) -> Iterator[Entry]:
        """Yield an entry and the sub-questions written as lines of its answer, if two or more are there."""
        lines = Entries(self.labels).of_lines([Line(entry.value)])
        claim = self.sure(entry)
        wanted = self.children(claim.key) if claim else frozenset()
        inside = [
            bool(one.stage or self.part_claim(one)) if stages
            else bool(one.claims and one.claims[0].key in wanted)
            for one in lines
        ]  # fmt: skip
        if sum(inside) < 2:
            yield entry
            return
        first = inside.index(True)
        entry.value = "\n".join(one.raw for one in lines[:first])
        yield entry
        for one, is_question in zip(lines[first:], inside[first:], strict=True):
            yield one if is_question else Entry(raw=one.raw, value=one.raw)

    def sure(self, entry: Entry) -> Claim | None:
        """Return the one clear claim on a field outside the stages."""
        plain = [claim for claim in entry.claims if claim.part is None]
        if entry.key:
            return Claim(entry.key, entry.score)
        if not plain or plain[0].score < LIKELY:
            return None
        if len(plain) > 1 and plain[0].score < 0.97 and plain[0].score - plain[1].score < _CLOSE:
            agreed = [one for one in plain[:2] if self.labels.numbers[one.key] == entry.number]
            return agreed[0] if agreed else None
        return plain[0]

    def part_claim(self, entry: Entry) -> Claim | None:
        """Return the claim on a part of a stage if it is at least as good as any other."""
        parts = [claim for claim in entry.claims if claim.part]
        if entry.stage or not parts or parts[0].score < _SURE_PART:
            return None
        return parts[0] if parts[0].score >= entry.claims[0].score - 0.02 else None

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
                    self.out.doubled += self.is_second_form(entry, entries[ranked[0][1]])
                    entries[place] = Entry(raw=entry.raw, value=entry.raw)

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
        return bool(claim and claim.score >= 0.95 and entry.number == best.number and entry.marked)

    # --- the pass --------------------------------------------------------------------------------

    def place(self, entry: Entry) -> None:
        """Put one entry where it belongs."""
        part, plain = self.part_claim(entry), self.sure(entry)
        if entry.stage and self.form.stages:
            self.open_stage(entry)
        elif part and part.part and self.takes_part(entry, part):
            self.fill_part(entry, part.part, part.score)
        elif plain:
            self.fill(entry, plain)
        elif entry.is_row and not entry.continued:
            self.unknown(entry)
        else:
            self.append(entry)

    def open_stage(self, entry: Entry) -> None:
        """Begin a stage; a repeated ordinal counts as the next one."""
        ordinal = entry.stage.ordinal if entry.stage else 0
        known = self.stages.get(ordinal)
        if known and (known.name or not entry.stage):
            ordinal = max(self.stages) + 1
        self.current = self.stages.setdefault(ordinal, StageSlots(ordinal))
        self.last = self.current.name = Slot(entry, entry.value, 1.0)
        self.expecting_stage = False
        self.tray(entry.extra)

    def takes_part(self, entry: Entry, claim: Claim) -> bool:
        """Tell whether a part of a stage may stand here."""
        pieces = entry.number.split(".")
        numbered = (
            len(pieces) == 3
            and pieces[0] == self.head
            and pieces[2] == _PART_NUMBER.get(claim.part or Part.NAME)
        )
        return self.current is not None or self.expecting_stage or numbered

    def fill_part(self, entry: Entry, part: Part, score: float) -> None:
        """Fill a part; a part that comes again after later ones begins the next stage."""
        pieces = entry.number.split(".")
        if len(pieces) == 3 and pieces[0] == self.head and self.current is None:
            number = int(pieces[1])
            self.current = self.stages.setdefault(number, StageSlots(number))
        if self.current is None:
            self.current = self.stages.setdefault(1, StageSlots(1))
        if part in self.current.parts:
            if not self.restarts(part):
                self.unknown(entry)
                return
            number = max(self.stages) + 1
            self.current = self.stages.setdefault(number, StageSlots(number))
        self.last = self.current.parts[part] = Slot(entry, entry.value, score)
        self.tray(entry.extra)

    def restarts(self, part: Part) -> bool:
        """Tell whether a repeated part begins a stage whose head was lost."""
        filled = self.current.parts if self.current else {}
        return part is Part.PERIOD and len(filled) == len(_PART_ORDER)

    def fill(self, entry: Entry, claim: Claim) -> None:
        """Fill a field outside the stages; the stages end here."""
        self.current = None
        self.expecting_stage = claim.key == self.head
        slot = Slot(entry, entry.value, claim.score)
        slots = self.found.setdefault(claim.key, [])
        if (
            slots
            and slots[-1] is self.last
            and letters_ratio(entry.label.lower(), slots[-1].entry.label.lower()) > 0.9
        ):
            self.append(entry)
            return
        slots.append(slot)
        self.last = slot
        self.tray(entry.extra)

    def append(self, entry: Entry) -> None:
        """Add words to the answer above; before the first question they have no place."""
        beside_table = self.last and self.last.entry.is_row and not entry.is_row
        if self.last is None or beside_table:
            self.tray(entry.raw)
        else:
            self.last.text = f"{self.last.text}\n{entry.value}" if self.last.text else entry.value
            self.tray(entry.extra)

    def unknown(self, entry: Entry) -> None:
        """Keep a row that is no question of the form; a lone cell may answer the label above it."""
        alone = entry.is_row and entry.label.strip() != "" and entry.value == "" and "\t" not in entry.raw
        if (
            alone
            and self.last
            and self.last.entry.is_row
            and not self.last.text
            and self.answers_above(entry)
        ):
            self.last.text = entry.raw
        else:
            self.tray(entry.raw)

    def answers_above(self, entry: Entry) -> bool:
        """Tell whether the label above had a row for itself, so that this row is its answer."""
        above = self.last.entry.raw if self.last else ""
        return self.last is not None and above.strip() == above and entry.raw.strip() != ""

    def tray(self, text: str) -> None:
        """Keep a text without a place."""
        if cleaned := clean(text):
            self.out.leftovers.append(cleaned)

    # --- after the pass --------------------------------------------------------------------------

    def finish(self) -> None:
        """Choose the best of doubled rows and renumber the stages without gaps."""
        for key, slots in self.found.items():
            best = max(slots, key=lambda slot: (round(slot.score, 1), bool(slot.text.strip())))
            self.out.slots[key] = best
            for slot in slots:
                if slot is not best:
                    self.out.doubled += slot.score >= 0.9
                    self.tray(f"{slot.entry.label}\n{slot.text}")
        self.out.stages = [self.stages[number] for number in sorted(self.stages)]


def match(labels: Labels, units: list[Unit]) -> Matched:
    """Return the fields of a form found among the units of a document."""
    return Assembly(labels).match(Entries(labels).of(units))


__all__ = ["Matched", "Row", "Slot", "StageSlots", "match"]
