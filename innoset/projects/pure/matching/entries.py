"""Questions of a document: where a label stands and what follows it."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from innoset.projects.pure.matching.cutting import LONGEST_LABEL, after_label, lone_dash, splits, whole_label
from innoset.projects.pure.matching.entry import Entry, Recognised
from innoset.projects.pure.matching.headings import Headings
from innoset.projects.pure.matching.labels import LIKELY, SURE, stage_head
from innoset.projects.pure.matching.similarity import number_of
from innoset.projects.pure.matching.units import Line, Row, Unit

_TIE: Final = 0.03
_GROUPED: Final = 3  # a merged group, a label, an answer


class Entries(Headings):
    """Turns rows and lines into entries."""

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
        if len(cells) > at + 2 and self.names_child(seen, cells[at + 1]):
            yield self.question(row, cells[: at + 1], at, seen)
            yield from self.of_row(Row("", row.cells[at + 1 :]))
            return
        yield self.question(row, cells, at, seen)

    def names_child(self, seen: Recognised, text: str) -> bool:
        """Tell whether a cell is the label of a field below the one that stands left of it."""
        claims = self.labels.claims(text) if seen.claims and seen.score >= LIKELY else ()
        return bool(claims and claims[0].score >= SURE and claims[0].key.startswith(f"{seen.claims[0].key}."))

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
        whole = self.labels.claims(bare) if len(bare) <= LONGEST_LABEL else ()
        best = Recognised(bare, "", number, whole)
        if alone and best.score >= SURE and (cut := lone_dash(bare)):
            return Recognised(*cut, number, whole)
        if not bare or (best.score >= LIKELY and not alone):
            return best
        for label, rest in splits(bare) if best.score < 1.0 else ():
            claims = self.labels.claims(label)
            least = best.score - (_TIE if rest and best.label is bare else 0.0)
            if not claims or claims[0].score < SURE or claims[0].score <= least:
                continue
            end = whole_label(self.labels, claims[0].key, claims[0].score, bare, len(label))
            best = Recognised(
                bare[:end], rest if end == len(label) else after_label(bare[end:]), number, claims
            )
        return best
