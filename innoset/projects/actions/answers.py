"""Saving the texts of a passport, field by field."""

from datetime import datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.projects import queries
from innoset.projects.models import Answer, Passport, Project
from innoset.projects.pure.forms import Field, clean

TITLE = "1"
"""The key of the field that names the project."""
TITLED_FORM = "passport"
"""The form whose field names the project."""
LONGEST_TITLE = 500
MOST_SIGNS = 200_000
"""No answer of a person is longer; what is, came by mistake or from a machine."""


class Clash(Refusal):
    """Two people wrote the same field: `answer` is what the colleague saved, `mine` what was sent now."""

    def __init__(self, field: Field, answer: Answer | None, mine: str) -> None:
        who = answer.saved_by.short_name if answer and answer.saved_by else "другой сотрудник"
        super().__init__(
            f"Поле {field.printed_number} «{field.name}» изменил другой человек ({who}). "
            "Сравните тексты и выберите, какой оставить.",
            field=field.key,
        )
        self.answer = answer
        self.mine = mine


@action("projects.save_answer")
def save_answer(
    passport: Passport, *, key: str, text: str, by: Any, at: datetime, seen: int | None = None
) -> Answer:
    """Save the text of one field. `seen` is the version that the page showed (0: none yet).

    Raise Clash when somebody has changed the field since; the same text twice is no change.
    """
    field = field_or_refuse(passport, key)
    answer = write(passport, field, text, by=by, at=at, seen=seen)
    ledger.note(key=key, version=answer.version, length=len(answer.text))
    return answer


def field_or_refuse(passport: Passport, key: str) -> Field:
    for field in queries.fields_in(passport):
        if field.key == key:
            return field
    raise Refusal("Такого поля в форме нет: возможно, этап уже убрали. Обновите страницу.")


def write(
    passport: Passport, field: Field, text: str, *, by: Any, at: datetime, seen: int | None = None
) -> Answer:
    kept = clean(text)
    if len(kept) > MOST_SIGNS:
        raise Refusal(
            f"Поле {field.printed_number} «{field.name}» не сохранено: текст длиннее 200 000 знаков. "
            "Сократите его или приложите файлом.",
            field=field.key,
        )
    answer = passport.answers.select_related("saved_by").filter(key=field.key).first()
    if answer is not None and answer.text == kept:
        return answer
    if seen is not None and seen != (answer.version if answer else 0):
        raise Clash(field, answer, kept)
    if answer is None:
        answer = Answer(passport=passport, key=field.key, version=0)
    answer.text, answer.version, answer.saved_at, answer.saved_by = kept, answer.version + 1, at, by
    answer.save()
    if _names_project(passport, field):
        name_project(passport, kept)
    return answer


def name_project(passport: Passport, text: str) -> None:
    title = " ".join(text.split())[:LONGEST_TITLE]
    Project.objects.filter(pk=passport.project_id).update(title=title)


def _names_project(passport: Passport, field: Field) -> bool:
    """Tell whether the field is the title; once sent, the title waits for the next sending."""
    return field.key == TITLE and passport.form_code == TITLED_FORM and not passport.versions.exists()


def put(passport: Passport, field: Field, text: str, *, by: Any, at: datetime) -> None:
    if text or passport.answers.filter(key=field.key).exists():
        write(passport, field, text, by=by, at=at)
