"""Carrying a Word file into a passport: keep it, read it, take what was ticked."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files.kinds import kind_of
from innoset.projects import queries
from innoset.projects.actions import answers
from innoset.projects.models import Passport, WordImport
from innoset.projects.pure.forms import clean
from innoset.projects.pure.reading import read
from innoset.projects.pure.word_in import lines_of_blocks, read_document


@action("projects.keep_word")
def keep_word(passport: Passport, *, data: bytes, name: str, by: Any, at: datetime) -> WordImport:
    """Keep a Word file and what was read from it; nothing in the passport changes yet."""
    if not data:
        raise Refusal(f"Файл «{name}» пустой. Выберите другой файл.", field="file")
    reading = read(data, name, queries.form_of(passport)).as_json()
    if reading["outcome"] != "ok":
        raise Refusal(str(reading["reason"]), field="file")
    reading["document"] = list(lines_of_blocks(read_document(data).blocks))
    stored = files.keep(data, name=name, media_type=kind_of(data), at=at, by=by)
    return WordImport.objects.create(
        passport=passport, file=stored, reading=reading, created_at=at, created_by=by
    )


@action("projects.apply_word")
def apply_word(
    word_import: WordImport, *, keys: Collection[str], leftovers: Mapping[int, str], by: Any, at: datetime
) -> int:
    """Carry the ticked fields and the placed leftovers into the passport; return how many changed.

    What a tick replaces is written into the import, so that nothing typed is lost.
    """
    reading, passport = word_import.reading, _grown(word_import, keys)
    was: dict[str, str] = {}
    wanted = {key: text for key, text in reading["fields"].items() if key in keys and text}
    changed = sum(_carry(passport, key, text, was, by=by, at=at) for key, text in wanted.items())
    for number, key in sorted(leftovers.items()):
        changed += _append(passport, key, reading["leftovers"][number], by=by, at=at)
    if signed := reading.get("signed_on"):
        Passport.objects.filter(pk=passport.pk).update(signed_on=date.fromisoformat(signed))
    word_import.applied = {
        "keys": sorted({*word_import.applied.get("keys", []), *wanted}),
        "leftovers_to": {str(number): key for number, key in sorted(leftovers.items())},
        "was": {**word_import.applied.get("was", {}), **was},
    }
    word_import.applied_at = at
    word_import.save(update_fields=["applied", "applied_at"])
    ledger.note(keys=sorted(wanted), leftovers=len(leftovers), changed=changed)
    return changed


def _grown(word_import: WordImport, keys: Collection[str]) -> Passport:
    """Lock the passport and give it the stages that the ticked fields speak of."""
    passport = Passport.objects.select_for_update().get(pk=word_import.passport_id)
    form = queries.form_of(passport)
    if form.stages is not None:
        head = f"{form.stages.head}."
        asked = [int(key.split(".")[1]) for key in keys if key.startswith(head)]
        wanted = min(max([passport.stages, *asked]), form.stages.most)
        if wanted != passport.stages:
            passport.stages = wanted
            passport.save(update_fields=["stages"])
    return passport


def _carry(passport: Passport, key: str, text: str, was: dict[str, str], *, by: Any, at: datetime) -> bool:
    field = answers.field_or_refuse(passport, key)
    before = passport.answers.filter(key=key).values_list("text", flat=True).first() or ""
    if before == clean(text):
        return False
    if before:
        was[key] = before
    answers.write(passport, field, text, by=by, at=at)
    return True


def _append(passport: Passport, key: str, text: str, *, by: Any, at: datetime) -> bool:
    field = answers.field_or_refuse(passport, key)
    before = passport.answers.filter(key=key).values_list("text", flat=True).first() or ""
    if clean(text) in before:
        return False
    answers.write(passport, field, f"{before}\n{text}" if before else text, by=by, at=at)
    return True
