"""Loading values from a file: previewed first, written only when confirmed."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from innoset.accounts.models import User
from innoset.analytics.actions.values import check_value, record_value
from innoset.analytics.models import Measurement, ValueImport
from innoset.analytics.policy import coordinates_holder
from innoset.analytics.pure.value_rows import ValueRow, header_of, lacking_columns, rows_of
from innoset.analytics.queries.imports import Registry, key_of
from innoset.analytics.queries.indicators import decimal_or_none, is_same
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files.actions import keep
from innoset.foundation.files.kinds import CSV, XLSX
from innoset.foundation.russian import MOSCOW
from innoset.network.policy import keeps_registry

NEW, UPDATE, SAME, BAD = "new", "update", "same", "bad"
NOT_YOURS: Final = "Это значение вносите не вы: оно не вашего муниципалитета. Уберите строку."
GONE: Final = "показателя или организации больше нет на сайте. Ничего не внесено: загрузите файл ещё раз."


@action("analytics.read_values")
def read_values(
    batch: ValueImport, *, table: Sequence[Sequence[str]], data: bytes, name: str, by: User, at: datetime
) -> ValueImport:
    """Judge every row of a table that was read apart; nothing is written, the file is kept."""
    lacking = lacking_columns(header_of(table)[1])
    if lacking:
        titles = ", ".join(f"«{title}»" for title in lacking)
        raise Refusal(
            f"В файле не нашлись столбцы: {titles}. Назовите столбцы так или возьмите наш образец.",
            field="file",
        )
    registry = Registry()
    rows = rows_of(table, registry.known())
    if not rows:
        raise Refusal("Под названиями столбцов нет ни одной строки. Заполните список.", field="file")
    batch.rows = [_verdict(row, registry, by=by, at=at) for row in rows]
    batch.counts = dict(Counter(row["verdict"] for row in batch.rows))
    batch.file = keep(data, name=name, media_type=XLSX if data[:2] == b"PK" else CSV, at=at, by=by)
    batch.created_at, batch.created_by = at, by
    batch.save()
    ledger.note(counts=batch.counts)
    return batch


@action("analytics.apply_values")
def apply_values(batch: ValueImport, *, by: User, at: datetime) -> dict[str, int]:
    """Write the good rows, all or nothing; each is judged anew."""
    if batch.applied_at is not None:
        raise Refusal("Этот список уже внесён. Чтобы внести изменения, загрузите файл ещё раз.")
    registry, done = Registry(), Counter[str]()
    for row in batch.rows:
        if row["verdict"] != BAD:
            done[_apply(row, registry, by=by, at=at)] += 1
    counts = {**done, BAD: batch.counts.get(BAD, 0)}
    batch.applied_at, batch.counts = at, counts
    batch.save(update_fields=["applied_at", "counts"])
    ledger.note(counts=counts)
    return counts


def _verdict(row: ValueRow, registry: Registry, *, by: User, at: datetime) -> dict[str, Any]:
    reasons, verdict, before = list(row.reasons), BAD, ""
    if not reasons:
        measurement = _measurement(row.values, registry)
        reasons = _objections(measurement, by=by, at=at)
        live = registry.live.get(key_of(measurement))
        before = "" if live is None else str(live.value)
        if not reasons:
            verdict = _effect(live, measurement)
    return {
        "line": row.line,
        "verdict": verdict,
        "reasons": reasons,
        "values": row.values,
        "cells": list(row.cells),
        "before": before,
    }


def _effect(live: Measurement | None, measurement: Measurement) -> str:
    if live is None:
        return NEW
    return SAME if is_same(live, measurement) else UPDATE


def _objections(measurement: Measurement, *, by: User, at: datetime) -> list[str]:
    if not (keeps_registry(by) or coordinates_holder(by, measurement)):
        return [NOT_YOURS]
    try:
        check_value(measurement, today=at.astimezone(MOSCOW).date())
    except Refusal as no:
        return [no.text]
    return []


def _measurement(values: Mapping[str, str], registry: Registry) -> Measurement:
    organisation, place = values["organisation"], values["municipality"]
    return Measurement(
        indicator=registry.indicators[values["indicator"]],
        organisation=registry.organisations[int(organisation)] if organisation else None,
        municipality=registry.places[int(place)] if place else None,
        starts_on=date.fromisoformat(values["starts_on"]),
        ends_on=date.fromisoformat(values["ends_on"]),
        value=decimal_or_none(values["value"]),
        numerator=decimal_or_none(values["numerator"]),
        denominator=decimal_or_none(values["denominator"]),
        is_partial=bool(values["is_partial"]),
        is_floor=bool(values["is_floor"]),
        source_note=values["source_note"],
    )


def _apply(row: Mapping[str, Any], registry: Registry, *, by: User, at: datetime) -> str:
    try:
        measurement = _measurement(row["values"], registry)
        check_value(measurement, today=at.astimezone(MOSCOW).date())
        effect = _effect(registry.live.get(key_of(measurement)), measurement)
        if effect != SAME:
            record_value(measurement, by=by, at=at)
    except KeyError as gone:
        raise Refusal(f"Строка {row['line']}: {GONE}") from gone
    except Refusal as no:
        raise Refusal(f"Строка {row['line']}: {no.text} Ничего не внесено: исправьте строку.") from no
    return effect
