"""Carrying a Word file into a passport: read it apart, keep it, take what was ticked."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.conf import settings

from innoset.foundation import sandbox
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files.kinds import kind_of
from innoset.projects import queries
from innoset.projects.actions import answers
from innoset.projects.models import Passport, WordImport
from innoset.projects.pure.apart import read_apart
from innoset.projects.pure.forms import clean
from innoset.projects.pure.reading import Outcome, Reading
from innoset.projects.pure.word_in import Refused
from innoset.projects.pure.word_in.older import older_kind, refusal_of
from innoset.projects.states import Origin

LIMITS: Final = sandbox.LIMITS
"""What one reading may take; a whole passport takes a fifth of a second and 40 MB."""
_GONE: Final = "Такого куска в файле нет. Обновите страницу."

_BY_HAND: Final = "откройте файл в Word, сохраните как .docx и загрузите ещё раз."


@dataclass(frozen=True, slots=True)
class WordFile:
    """A file that a person gave, with what was read from it."""

    data: bytes
    name: str
    reading: dict[str, Any]


def reading_of(data: bytes, name: str, form_code: str) -> dict[str, Any]:
    """Return what a process of its own reads from a file; a bad file gets a reason with the cure.

    It takes a fifth of a second, and an old format seconds: no lock may be held meanwhile.
    """
    try:
        kind = older_kind(data, name)
        docx = data if kind is None else _turned(data, kind)
        reading: dict[str, Any] = sandbox.run(read_apart, docx, name, form_code, limits=LIMITS)
    except (Refused, sandbox.NoAnswer) as no:
        return Reading(Outcome.REFUSED, str(no)).as_json()
    return _of_old(reading, kind) if kind else reading


def _of_old(reading: dict[str, Any], kind: str) -> dict[str, Any]:
    """Return the reading of a turned file: the turning may have lost the form, and Word may not."""
    if reading["outcome"] == Outcome.OK:
        return reading | {"converted": kind}
    return reading | {"reason": f"{reading['reason']} Если форма в нём есть, {_BY_HAND}"}


def _turned(data: bytes, kind: str) -> bytes:
    program = sandbox.office(settings.OFFICE_PROGRAM)
    if program is None:
        raise refusal_of(kind)
    try:
        return program.docx_of(data, kind)
    except sandbox.NoAnswer:
        raise refusal_of(kind) from None


def read_file(data: bytes, name: str, form_code: str) -> WordFile:
    """Read a file of this form; refuse what is empty, broken, hostile or something else."""
    if not data:
        raise Refusal(f"Файл «{name}» пустой. Выберите другой файл.", field="file")
    reading = reading_of(data, name, form_code)
    if reading["outcome"] != Outcome.OK:
        raise Refusal(str(reading["reason"]), field="file")
    return WordFile(data, name, reading)


@action("projects.keep_word")
def keep_word(passport: Passport, *, file: WordFile, by: Any, at: datetime) -> WordImport:
    """Keep a Word file and what was read from it; nothing in the passport changes yet."""
    stored = files.keep(file.data, name=file.name, media_type=kind_of(file.data), at=at, by=by)
    return WordImport.objects.create(
        passport=passport, file=stored, reading=file.reading, created_at=at, created_by=by
    )


@action("projects.place_leftover")
def place_leftover(
    word_import: WordImport, *, number: int, key: str, ticks: Collection[str], by: Any, at: datetime
) -> None:
    """Put a piece that no field took into a field of the import, or with an empty key back.

    The passport does not change yet; the ticks of the page are kept with it.
    """
    if not 0 <= number < len(word_import.reading["leftovers"]):
        raise Refusal(_GONE)
    placed = dict(word_import.applied.get("placed", {}))
    placed.pop(str(number), None)
    if key:
        placed[str(number)] = _field_of_import(word_import, key)
    word_import.applied = {**word_import.applied, "placed": placed, "ticks": sorted(ticks)}
    word_import.save(update_fields=["applied"])
    ledger.note(leftover=number, key=key)


def _field_of_import(word_import: WordImport, key: str) -> str:
    if key not in {field.key for field in queries.every_field_of(word_import.passport)}:
        raise Refusal("Такого поля в форме нет. Выберите поле из списка.")
    return key


@action("projects.apply_word")
def apply_word(
    word_import: WordImport, *, keys: Collection[str], leftovers: Mapping[int, str], by: Any, at: datetime
) -> int:
    """Carry the ticked fields and the placed leftovers into the passport; return how many changed.

    What a tick replaces stays in the history of the field and in the import.
    """
    reading, passport = word_import.reading, _grown(word_import, {*keys, *leftovers.values()})
    was: dict[str, str] = {}
    wanted = {key: text for key, text in reading["fields"].items() if key in keys and text}
    changed = {key for key, text in wanted.items() if _carry(passport, key, text, was, by=by, at=at)}
    for number, key in sorted(leftovers.items()):
        if _append(passport, key, reading["leftovers"][number], by=by, at=at):
            changed.add(key)
    if signed := reading.get("signed_on"):
        Passport.objects.filter(pk=passport.pk).update(signed_on=date.fromisoformat(signed))
    word_import.applied = {
        "keys": sorted({*word_import.applied.get("keys", []), *wanted}),
        "leftovers_to": {
            **word_import.applied.get("leftovers_to", {}),
            **{str(number): key for number, key in sorted(leftovers.items())},
        },
        "was": {**word_import.applied.get("was", {}), **was},
    }
    word_import.applied_at = at
    word_import.save(update_fields=["applied", "applied_at"])
    ledger.note(keys=sorted(wanted), leftovers=len(leftovers), changed=len(changed))
    return len(changed)


def _grown(word_import: WordImport, keys: Collection[str]) -> Passport:
    """Lock the passport and give it the stages that the fields speak of."""
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
    answers.write(passport, field, text, by=by, at=at, origin=Origin.WORD)
    return True


def _append(passport: Passport, key: str, text: str, *, by: Any, at: datetime) -> bool:
    field = answers.field_or_refuse(passport, key)
    before = passport.answers.filter(key=key).values_list("text", flat=True).first() or ""
    if clean(text) in before:
        return False
    joined = f"{before}\n{text}" if before else text
    answers.write(passport, field, joined, by=by, at=at, origin=Origin.WORD)
    return True
