"""Putting every entry of a document into its slot, or on the tray of leftovers."""

import re
from dataclasses import dataclass, field
from typing import Final

from innoset.projects.pure.forms import Part, clean
from innoset.projects.pure.matching.entries import Entries
from innoset.projects.pure.matching.entry import Entry
from innoset.projects.pure.matching.judge import PART_NUMBER
from innoset.projects.pure.matching.labels import Claim, Labels
from innoset.projects.pure.matching.settling import Settling
from innoset.projects.pure.matching.similarity import letters_ratio, number_of
from innoset.projects.pure.matching.tracing import Slot, Trace
from innoset.projects.pure.matching.units import Unit

_LONGEST_HEADING: Final = 160
_SAME_LABEL: Final = 0.9
_PAGE_NUMBER: Final = re.compile(r"^\s*[–—-]?\s*\d{1,3}\s*[–—-]?\s*$")
_BETTER: Final = 0.03


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
    trace: Trace = field(default_factory=Trace)


class Assembly:
    """One pass over the entries of a document, top to bottom."""

    def __init__(self, labels: Labels) -> None:
        self.labels = labels
        self.settling = Settling(labels)
        self.head = self.settling.head
        self.last_number = max((int(one) for one in labels.numbers.values() if one.isdigit()), default=0)
        self.found: dict[str, list[Slot]] = {}
        self.stages: dict[int, StageSlots] = {}
        self.current: StageSlots | None = None
        self.expecting_stage = False
        self.last: Slot | None = None
        self.strangers: list[Slot] = []
        self.out = Matched()

    def match(self, entries: list[Entry]) -> Matched:
        """Return every entry in its place."""
        for entry in self.settling.settled(entries):
            self.place(entry)
        self.finish()
        return self.out

    def place(self, entry: Entry) -> None:
        """Put one entry where it belongs."""
        part, plain = self.settling.part_claim(entry), self.settling.sure(entry)
        if entry.stage and self.settling.form.stages:
            self.open_stage(entry)
        elif part and part.part and self.takes_part(entry, part.part):
            self.fill_part(entry, part.part, part.score)
        elif plain:
            self.fill(entry, plain)
        elif entry.continued:
            self.append(entry)
        else:
            self.unknown(entry)

    # --- stages ----------------------------------------------------------------------------------

    def open_stage(self, entry: Entry) -> None:
        """Begin a stage; a repeated ordinal counts as the next one."""
        ordinal = entry.stage.ordinal if entry.stage else 0
        printed = re.fullmatch(rf"{re.escape(self.head)}\.(\d)", entry.number)
        following = max(self.stages, default=0) + 1
        if printed and int(printed[1]) == following:
            ordinal = following
        known = self.stages.get(ordinal)
        if known and known.name:
            ordinal = following
        self.current = self.stages.setdefault(ordinal, StageSlots(ordinal))
        self.last = self.current.name = self.asked(entry, 1.0)
        self.expecting_stage = False

    def takes_part(self, entry: Entry, part: Part) -> bool:
        """Tell whether a part of a stage may stand here."""
        return self.current is not None or self.expecting_stage or self.stage_number(entry, part) > 0

    def stage_number(self, entry: Entry, part: Part) -> int:
        """Return the stage that «11.2.1» names if the rest of the number agrees with the words, else 0."""
        hit = re.fullmatch(rf"{re.escape(self.head)}\.(\d)\.{PART_NUMBER[part]}", entry.number)
        return int(hit[1]) if hit else 0

    def fill_part(self, entry: Entry, part: Part, score: float) -> None:
        """Fill a part; «Сроки» after other parts begin the next stage; of two the surer one stays."""
        stage = self.stage_for(entry, part)
        held = stage.parts.get(part)
        if held and score < held.score + _BETTER:
            self.unknown(entry)
            return
        if held:
            self.out.leftovers.append(clean(f"{held.label}\n{held.text}"))
        stage.parts[part] = self.last = self.asked(entry, score)

    def stage_for(self, entry: Entry, part: Part) -> StageSlots:
        """Return the stage a part goes to: the numbered one, the current, or the next if its head was lost."""
        number = self.stage_number(entry, part)
        here = self.current
        if here is None:
            number = number or 1
        elif part is Part.PERIOD and part in here.parts and len(here.parts) > 1:
            number = max(number, max(self.stages) + 1)
        else:
            number = max(number, here.number)
        self.current = self.stages.setdefault(number, StageSlots(number))
        return self.current

    # --- other fields ----------------------------------------------------------------------------

    def fill(self, entry: Entry, claim: Claim) -> None:
        """Fill a field outside the stages; the stages end here."""
        self.current = None
        self.expecting_stage = claim.key == self.head
        slots = self.found.setdefault(claim.key, [])
        if slots and slots[-1] is self.last and self.repeats(entry, slots[-1]):
            if entry.value:
                self.append(entry, entry.value)
            return
        self.last = self.asked(entry, claim.score)
        slots.append(self.last)

    def repeats(self, entry: Entry, slot: Slot) -> bool:
        """Tell whether a row goes on under the same label, as after a page break."""
        return letters_ratio(entry.label.lower(), slot.label.lower()) > _SAME_LABEL

    def append(self, entry: Entry, text: str | None = None) -> None:
        """Add words to the answer above; outside of an answer they have no place."""
        beside_table = self.last and self.last.is_row and not entry.is_row
        if self.last is None or beside_table:
            self.tray(entry.raw, entry.at)
        else:
            if text is None:
                text = entry.value if entry.continued or not entry.is_question else entry.raw
            self.last.text = f"{self.last.text}\n{text}" if self.last.text or not text else text
            self.out.trace.mark(entry.at, text, "value", self.last)
            self.tray(entry.extra, entry.at)

    def asked(self, entry: Entry, score: float) -> Slot:
        """Return a slot with the answer of an entry, and remember where its words stood."""
        slot = Slot(entry.label, entry.value, score, is_row=entry.is_row)
        self.out.trace.mark(entry.at, f"{entry.number} {_without(entry.value, entry.label)}", "label", slot)
        self.out.trace.mark(entry.at, entry.value, "value", slot)
        self.tray(entry.extra, entry.at)
        return slot

    def unknown(self, entry: Entry) -> None:
        """Keep a row or a heading that the form does not know; other lines belong to the answer above."""
        numbers_page = self.last and self.last.text and _PAGE_NUMBER.match(entry.raw)
        if entry.is_row or numbers_page:
            self.tray(entry.raw, entry.at)
        elif self.is_foreign_heading(entry):
            self.tray(entry.raw, entry.at)
            self.last = Slot(entry.raw, "", 0.0)
            self.strangers.append(self.last)
        else:
            self.append(entry)

    def is_foreign_heading(self, entry: Entry) -> bool:
        """Tell a heading that the form does not know, by how the known ones look."""
        manners = self.settling.manners
        if not entry.raw.strip() or len(entry.raw) > _LONGEST_HEADING:
            return False
        if manners.bold_headings and entry.bold:
            return True
        if not manners.numbered_headings or not entry.number:
            return False
        root, _, rest = entry.number.partition(".")
        beyond = root.isdigit() and int(root) > self.last_number
        return (beyond or (bool(rest) and root in self.labels.order)) and self.reads_as_heading(entry)

    def reads_as_heading(self, entry: Entry) -> bool:
        """Tell a heading from an item of a list: it begins with a capital, has no stop, follows no item."""
        words = number_of(entry.raw)[1].strip()
        lines = self.last.text.split("\n") if self.last else []
        listed = [int(number) for line in lines if (number := number_of(line)[0]).isdigit()]
        goes_on = entry.number.isdigit() and int(entry.number) - 1 in listed
        return words[:1].isupper() and not words.endswith((";", ",", ".")) and not goes_on

    def tray(self, text: str, at: int) -> None:
        """Keep a text without a place."""
        if cleaned := clean(text):
            self.out.leftovers.append(cleaned)
            self.out.trace.mark(at, cleaned, "leftover")

    def finish(self) -> None:
        """Choose the best of doubled rows and put the stages in order."""
        self.out.doubled = self.settling.doubled
        strangers = (clean(stranger.text) for stranger in self.strangers)
        self.out.leftovers += [text for text in strangers if text]
        for key, slots in self.found.items():
            best = max(slots, key=lambda slot: (round(slot.score, 1), bool(slot.text.strip())))
            self.out.slots[key] = best
            for slot in slots:
                if slot is not best:
                    self.out.doubled += slot.score >= _SAME_LABEL
                    self.out.leftovers.append(clean(f"{slot.label}\n{slot.text}"))
        self.out.stages = [self.stages[number] for number in sorted(self.stages)]


def _without(name: str, label: str) -> str:
    """Return a label without the answer that stands in it: «I этап: Вводный»."""
    return label[: -len(name)].rstrip() if name and label.endswith(name) else label


def match(labels: Labels, units: list[Unit]) -> Matched:
    """Return the fields of a form found among the units of a document."""
    return Assembly(labels).match(Entries(labels).of(units))
