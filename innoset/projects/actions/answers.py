"""Saving the texts of a passport, field by field."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.projects import queries
from innoset.projects.actions import revisions
from innoset.projects.models import Answer, AnswerRevision, Passport, Project
from innoset.projects.pure.changes import who_changed
from innoset.projects.pure.forms import Field, clean
from innoset.projects.states import Origin

TITLE = "1"
"""The key of the field that names the project."""
TITLED_FORM = "passport"
"""The form whose field names the project."""
LONGEST_TITLE = 500
MOST_SIGNS = 200_000
"""No answer of a person is longer; what is, came by mistake or from a machine."""


class Clash(Refusal):
    """Two people wrote the same field: `answer` is what the colleague saved, `mine` what was sent now."""

    def __init__(self, field: Field, answer: Answer, mine: str, *, by: Any, at: datetime) -> None:
        self.said = who_changed(
            field.printed_number,
            answer.saved_by.full_name if answer.saved_by else "",
            is_self=answer.saved_by is not None and answer.saved_by == by,
            changed_at=answer.saved_at,
            now=at,
        )
        super().__init__(f"{self.said} Сравните тексты и выберите, какой оставить.", field=field.key)
        self.answer = answer
        self.mine = mine


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a text: the version it became, or the clash because of which it waits in the history."""

    version: int
    text: str
    saved_at: datetime
    clash: Clash | None = None


@dataclass(frozen=True, slots=True)
class Saving:
    """A text on its way into a field: whose, when, whence, what its page had shown."""

    text: str
    by: Any
    at: datetime
    origin: Origin = Origin.TYPED
    seen: int | None = None
    replay: str = ""

    def key_in(self, field: Field) -> str:
        """Return the mark by which the same saving is known when it comes again."""
        return revisions.replay_key(self.replay, self.by, field.key, self.text) if self.replay else ""


@action("projects.save_answer")
def save_answer(
    passport: Passport,
    *,
    key: str,
    text: str,
    by: Any,
    at: datetime,
    seen: int | None = None,
    replay: str = "",
    origin: Origin = Origin.TYPED,
) -> Outcome:
    """Save the text of one field. `seen` is the version that the page showed (0: none yet).

    When somebody has changed the field since, the text goes to the history and the outcome holds a
    Clash: raised, it would take the text along. The same `replay` is saved once.
    """
    field = field_or_refuse(passport, key)
    saving = Saving(text, by, at, origin=origin, seen=seen, replay=replay)
    outcome = _settle(passport, field, saving)
    fact = {"clash": True} if outcome.clash else {"version": outcome.version}
    ledger.note(key=key, length=len(outcome.text), **fact)
    return outcome


def field_or_refuse(passport: Passport, key: str) -> Field:
    for field in queries.fields_in(passport):
        if field.key == key:
            return field
    raise Refusal("Такого поля в форме нет: возможно, этап уже убрали. Обновите страницу.")


def write(
    passport: Passport,
    field: Field,
    text: str,
    *,
    by: Any,
    at: datetime,
    origin: Origin = Origin.TYPED,
) -> Outcome:
    """Write a text whatever stands in the field; what stood there is in the history."""
    return _settle(passport, field, Saving(text, by, at, origin=origin))


def _settle(passport: Passport, field: Field, saving: Saving) -> Outcome:
    kept = clean(saving.text)
    _refuse_endless(field, kept)
    answer = passport.answers.select_related("saved_by").filter(key=field.key).first()
    if answer is not None and answer.text == kept:
        return Outcome(answer.version, kept, answer.saved_at)
    earlier = revisions.with_replay_key(passport, saving.key_in(field))
    if earlier is not None and earlier.version is not None:
        return Outcome(earlier.version, earlier.text, earlier.saved_at)
    if answer is not None and (earlier or saving.seen not in (None, answer.version)):
        return _late(passport, field, answer, saving, is_kept=earlier is not None)
    return _replace(passport, field, answer, kept, saving)


def _late(passport: Passport, field: Field, answer: Answer, saving: Saving, *, is_kept: bool) -> Outcome:
    """Settle a text that comes after a colleague's: a clash, unless it has been the answer already."""
    kept = clean(saving.text)
    before = revisions.saved_as(passport, field.key, kept, saving.seen) if not is_kept else None
    if before is not None and before.version is not None:
        return Outcome(before.version, kept, before.saved_at)
    if not is_kept:
        revisions.set_aside(passport, field.key, kept, saving.key_in(field), by=saving.by, at=saving.at)
    clash = Clash(field, answer, kept, by=saving.by, at=saving.at)
    return Outcome(answer.version, kept, answer.saved_at, clash)


def _refuse_endless(field: Field, kept: str) -> None:
    if len(kept) > MOST_SIGNS:
        raise Refusal(
            f"Поле {field.printed_number} «{field.name}» не сохранено: текст длиннее 200 000 знаков. "
            "Сократите его или приложите файлом.",
            field=field.key,
        )


def _replace(passport: Passport, field: Field, answer: Answer | None, kept: str, saving: Saving) -> Outcome:
    if answer is None:
        answer = Answer(passport=passport, key=field.key, version=0)
    else:
        revisions.remember(answer)
    answer.text, answer.version = kept, answer.version + 1
    answer.saved_at, answer.saved_by = saving.at, saving.by
    answer.save()
    revisions.record(answer, origin=saving.origin, replay_key=saving.key_in(field))
    if _names_project(passport, field):
        name_project(passport, kept)
    return Outcome(answer.version, kept, saving.at)


def name_project(passport: Passport, text: str) -> None:
    title = " ".join(text.split())[:LONGEST_TITLE]
    Project.objects.filter(pk=passport.project_id).update(title=title)


def _names_project(passport: Passport, field: Field) -> bool:
    """Tell whether the field is the title; once sent, the title waits for the next sending."""
    return field.key == TITLE and passport.form_code == TITLED_FORM and not passport.versions.exists()


def put(
    passport: Passport, field: Field, text: str, *, by: Any, at: datetime, origin: Origin = Origin.TYPED
) -> None:
    if text or passport.answers.filter(key=field.key).exists():
        write(passport, field, text, by=by, at=at, origin=origin)


@action("projects.set_aside_answers")
def set_aside_answers(passport: Passport, *, texts: Mapping[str, str], by: Any, at: datetime) -> list[str]:
    """Keep in the history the texts that came when nothing could be changed; return their keys."""
    known = {field.key for field in queries.every_field_of(passport)}
    standing = {answer.key: answer.text for answer in passport.answers.filter(key__in=texts)}
    kept = {key: clean(text) for key, text in texts.items() if key in known}
    worth = {k: t for k, t in kept.items() if t != standing.get(k, "") and len(t) <= MOST_SIGNS}
    for key, text in worth.items():
        revisions.set_aside(passport, key, text, by=by, at=at, origin=Origin.SET_ASIDE)
    ledger.note(keys=sorted(worth))
    return sorted(worth)


@action("projects.restore_answer")
def restore_answer(
    passport: Passport, *, revision: AnswerRevision, seen: int, by: Any, at: datetime
) -> Outcome:
    """Make a text of the history the answer again, byte for byte; what it replaces stays in the history."""
    if revision.passport_id != passport.pk:
        raise Refusal("Этот текст принадлежит другому паспорту.")
    field = field_or_refuse(passport, revision.key)
    answer = passport.answers.select_related("saved_by").filter(key=field.key).first()
    if answer is not None and seen != answer.version and answer.text != revision.text:
        clash = Clash(field, answer, revision.text, by=by, at=at)
        raise Refusal(f"{clash.said} Посмотрите новый текст и решите ещё раз.", field=field.key)
    outcome = _replace_if_other(passport, field, answer, revision.text, by=by, at=at)
    ledger.note(key=field.key, version=outcome.version, revision=revision.pk)
    return outcome


def _replace_if_other(
    passport: Passport, field: Field, answer: Answer | None, text: str, *, by: Any, at: datetime
) -> Outcome:
    if answer is not None and answer.text == text:
        return Outcome(answer.version, text, answer.saved_at)
    return _replace(passport, field, answer, text, Saving(text, by, at, origin=Origin.RESTORED))
