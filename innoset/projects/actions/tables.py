"""Carrying a table into a roadmap: read apart and previewed first, written only when confirmed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files.kinds import CSV, XLSX
from innoset.projects.actions import measures
from innoset.projects.models import Roadmap, RoadmapImport, RoadmapItem
from innoset.projects.pure.roadmap.columns import find_header
from innoset.projects.pure.roadmap.rows import MOST_ROWS, Row, Verdict, judged
from innoset.projects.queries import roadmaps as queries

_DATES = ("starts_on", "ends_on", "done_on")


@dataclass(frozen=True, slots=True)
class TableFile:
    """A file that a person gave, with the cells that a process apart has read from it."""

    data: bytes
    name: str
    cells: Sequence[Sequence[str]]


@action("projects.keep_table")
def keep_table(roadmap: Roadmap, *, file: TableFile, by: Any, at: datetime) -> RoadmapImport:
    """Keep a table and the verdict of each row; the roadmap does not change yet."""
    header = find_header(file.cells)
    if header.missing:
        lacking = ", ".join(f"«{title}»" for title in header.missing)
        raise Refusal(
            f"В файле не нашлись столбцы: {lacking}. Назовите столбцы так или скачайте карту и дополните её.",
            field="file",
        )
    rows = judged(file.cells, header, queries.known_rows(roadmap))
    _require_some(rows)
    kind = XLSX if file.data[:2] == b"PK" else CSV
    made = RoadmapImport.objects.create(
        roadmap=roadmap,
        file=files.keep(file.data, name=file.name, media_type=kind, at=at, by=by),
        rows=[one.as_json() for one in rows],
        counts=dict(Counter(one.verdict.value for one in rows)),
        created_at=at,
        created_by=by,
    )
    ledger.note(counts=made.counts)
    return made


def _require_some(rows: Sequence[Row]) -> None:
    if not rows:
        raise Refusal("Под названиями столбцов нет ни одного мероприятия. Заполните таблицу.", field="file")
    if len(rows) > MOST_ROWS:
        raise Refusal(f"В таблице больше {MOST_ROWS} мероприятий. Разделите её на части.", field="file")


@action("projects.apply_table")
def apply_table(
    roadmap: Roadmap, *, table: RoadmapImport, by: Any, at: datetime, reason: str = ""
) -> dict[str, int]:
    """Write the good rows, all or nothing; they are judged anew against the roadmap of this moment."""
    kept = roadmap.imports.select_for_update(of=("self",)).get(pk=table.pk)
    if kept.applied_at is not None:
        raise Refusal("Эта таблица уже внесена. Чтобы внести изменения, загрузите файл ещё раз.")
    items = {one.position: one for one in roadmap.items.filter(dropped_at=None)}
    done: Counter[str] = Counter()
    for row in kept.rows:
        if row["verdict"] != Verdict.BAD:
            done[_apply(roadmap, row, items, reason, by=by, at=at)] += 1
    kept.counts = {**done, Verdict.BAD.value: kept.counts.get(Verdict.BAD.value, 0)}
    kept.applied_at = at
    kept.save(update_fields=["counts", "applied_at"])
    ledger.note(counts=kept.counts)
    return dict(done)


def _apply(
    roadmap: Roadmap,
    row: Mapping[str, Any],
    items: Mapping[int, RoadmapItem],
    reason: str,
    *,
    by: Any,
    at: datetime,
) -> str:
    values = _from_json(row["values"])
    try:
        if not row["number"]:
            measures.add_measure(roadmap, values=values, reason=reason, by=by, at=at)
            return Verdict.NEW.value
        return _change(roadmap, items.get(row["number"]), values, reason, by=by, at=at)
    except Refusal as no:
        raise Refusal(f"Строка {row['line']}: {no.text} Ничего не внесено.", field=_field(no)) from no


def _field(no: Refusal) -> str | None:
    """Return the field of the page that a refusal is about: of a row's own cells there are none."""
    return no.field if no.field == "reason" else None


def _from_json(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: date.fromisoformat(value) if name in _DATES else value for name, value in values.items()}


def _change(
    roadmap: Roadmap, item: RoadmapItem | None, values: dict[str, Any], reason: str, *, by: Any, at: datetime
) -> str:
    if item is None:
        raise Refusal(measures.GONE)
    said = queries.said_of(item)
    now = _from_json({name: said[name] for name in values if said[name] is not None})
    changes = {name: value for name, value in values.items() if now.get(name) != value}
    if not changes:
        return Verdict.SAME.value
    corrected = {name: value for name, value in changes.items() if name in queries.TOLD}
    if corrected:
        item = measures.correct_measure(
            roadmap, item=item, seen=item.version, values=corrected, reason=reason, by=by, at=at
        )
    marks = {name: value for name, value in changes.items() if name in queries.MARKS}
    if marks:
        measures.mark_measure(roadmap, item=item, seen=item.version, values=marks, by=by, at=at)
    return Verdict.CHANGED.value
