"""Importing a list of organisations: read and previewed first, written only when confirmed."""

from collections import Counter
from datetime import datetime
from typing import Any

from innoset.accounts.models import User
from innoset.exchange.models import ImportBatch
from innoset.exchange.pure.columns import COLUMNS, find_header
from innoset.exchange.pure.reading import UnreadableError, read_table
from innoset.exchange.pure.rows import Row, normalise
from innoset.exchange.queries import Registry, changes_of, municipalities_by_oktmo, places_on
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files.actions import keep
from innoset.foundation.files.kinds import CSV, XLSX
from innoset.foundation.russian import MOSCOW
from innoset.network import actions as network
from innoset.network.models import Organisation

NEW, UPDATE, SAME, BAD = "new", "update", "same", "bad"


@action("exchange.read_list")
def read_list(batch: ImportBatch, *, data: bytes, name: str, by: User, at: datetime) -> ImportBatch:
    """Read a list and judge every row; the registry is not touched, the file is kept."""
    try:
        table = read_table(data)
    except UnreadableError as error:
        raise Refusal(str(error), field="file") from error
    header = find_header(table)
    if header.missing:
        lacking = ", ".join(f"«{title}»" for title in header.missing)
        raise Refusal(
            f"В файле не нашлись столбцы: {lacking}. Назовите столбцы так или возьмите наш образец.",
            field="file",
        )
    rows = normalise(table, header, places_on(at.astimezone(MOSCOW).date()))
    if not rows:
        raise Refusal("Под названиями столбцов нет ни одной строки. Заполните список.", field="file")
    registry = Registry()
    batch.rows = [_verdict(row, registry) for row in rows]
    batch.counts = dict(Counter(row["verdict"] for row in batch.rows))
    batch.file = keep(data, name=name, media_type=XLSX if data[:2] == b"PK" else CSV, at=at, by=by)
    batch.created_at, batch.created_by = at, by
    batch.save()
    ledger.note(counts=batch.counts)
    return batch


@action("exchange.apply_list")
def apply_list(batch: ImportBatch, *, by: User, at: datetime) -> dict[str, int]:
    """Write the good rows into the registry, all or nothing; rows are judged anew against it."""
    if batch.applied_at is not None:
        raise Refusal("Этот список уже внесён в реестр. Чтобы внести изменения, загрузите файл ещё раз.")
    registry = Registry()
    places = municipalities_by_oktmo(at.astimezone(MOSCOW).date())
    done: Counter[str] = Counter()
    for row in batch.rows:
        if row["verdict"] != BAD:
            done[_apply(row, registry, places, by=by, at=at)] += 1
    batch.applied_at = at
    counts = {**done, BAD: batch.counts.get(BAD, 0)}
    batch.counts = counts
    batch.save(update_fields=["applied_at", "counts"])
    ledger.note(counts=counts)
    return counts


def _verdict(row: Row, registry: Registry) -> dict[str, Any]:
    values, lacking = _founded(row, registry)
    reasons = [*row.reasons, *lacking]
    known = None if reasons else registry.find(values)
    changes = changes_of(known, values) if known else {}
    verdict = BAD if reasons else NEW if known is None else UPDATE if changes else SAME
    return {
        "line": row.line,
        "verdict": verdict,
        "reasons": reasons,
        "values": values,
        "cells": list(row.cells),
        "changes": sorted(changes),
        "number": known.number if known else "",
    }


def _founded(row: Row, registry: Registry) -> tuple[dict[str, str], list[str]]:
    """Return the values with the founder's number in the registry, or why there is none."""
    text = row.values.get("founder", "")
    if not text:
        return row.values, []
    founder = registry.founder(text)
    if founder is None:
        cure = "Впишите ИНН учредителя. Если его нет в реестре, сначала внесите его."
        return row.values, [f"Столбец «Учредитель»: «{text[:80]}» не нашлось или нашлось несколько. {cure}"]
    return {**row.values, "founder": founder.number}, []


def _apply(row: dict[str, Any], registry: Registry, places: Any, *, by: User, at: datetime) -> str:
    given = {column.name: row["values"].get(column.name, "") for column in COLUMNS}
    known = registry.find(given)
    try:
        if known is None:
            founder = registry.founder(given["founder"]) if given["founder"] else None
            facts = given | {"municipality": places[given["municipality"]], "founder": founder}
            network.add_organisation(Organisation(**facts), by=by, at=at)
            return NEW
        changes: dict[str, Any] = dict(changes_of(known, given))
        if not changes:
            return SAME
        if "municipality" in changes:
            changes["municipality"] = places[changes["municipality"]]
        if "founder" in changes:
            changes["founder"] = registry.founder(changes["founder"])
        network.edit_organisation(known, values=changes, by=by, at=at)
    except Refusal as no:
        raise Refusal(f"Строка {row['line']}: {no.text} Ничего не внесено: исправьте строку.") from no
    return UPDATE
