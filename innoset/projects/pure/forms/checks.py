"""What is wrong or doubtful in a filled form, in words for the applicant."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from innoset.foundation.russian import counted
from innoset.projects.pure.forms.shape import Field, Form, Kind, Part, Values, fields_for
from innoset.projects.pure.forms.stages import Stage, stages_of
from innoset.projects.pure.meaning import Meaning, meaning_of, says_none

_EMAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]*\w")
_PHONE = re.compile(
    r"(?<![\d/.№-])(?<!№ )(?:\+7|8|7)?[\s(-]{0,3}\d{3,5}[\s)-]{1,3}\d{1,3}[\s-]?\d{2}[\s-]?\d{2}(?!\d)"
)
_URL = re.compile(r"(?:https?://|www\.)\S+", re.IGNORECASE)


class Level(StrEnum):
    """An error stops the sending, a hint does not."""

    ERROR = "error"
    HINT = "hint"


@dataclass(frozen=True, slots=True)
class Finding:
    """One remark: the field it belongs to, a stable code, a sentence with the cure."""

    key: str
    level: Level
    code: str
    message: str


def check(form: Form, values: Values) -> tuple[Finding, ...]:
    """Return every error and hint in the order of the form."""
    found = [finding for field in fields_for(form, values) for finding in _of_field(field, values)]
    return (*found, *_of_stages(form, values))


def errors(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return only what stops the sending."""
    return tuple(one for one in findings if one.level is Level.ERROR)


def hints(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return only advice."""
    return tuple(one for one in findings if one.level is Level.HINT)


def title_of(field: Field) -> str:
    """Return how messages call the field: its official number and short name."""
    return f"{field.printed_number} «{field.name}»"


def _of_field(field: Field, values: Values) -> Iterator[Finding]:
    text = values.get(field.key, "").strip()
    if text:
        yield from _lengths(field, text)
        yield from _content(field, text)
    elif field.required:
        yield Finding(field.key, Level.ERROR, "empty", f"Заполните поле {title_of(field)}.")


def _lengths(field: Field, text: str) -> Iterator[Finding]:
    size = len(text)
    if field.hard and size > field.hard:
        message = (
            f"Сократите поле {title_of(field)} на {_count(size - field.hard)}: "
            f"сейчас {_count(size)}, можно не больше {_count(field.hard)}."
        )
        yield Finding(field.key, Level.ERROR, "too_long", message)
    elif field.soft and size > field.soft:
        message = (
            f"Поле {title_of(field)} длиннее обычного: {_count(size)}. Эксперты ждут до {_count(field.soft)}."
        )
        yield Finding(field.key, Level.HINT, "long", message)
    elif field.min and size < field.min and not says_none(text):
        message = f"Поле {title_of(field)} очень короткое: {_count(size)}. Напишите подробнее."
        yield Finding(field.key, Level.HINT, "short", message)


def _content(field: Field, text: str) -> Iterator[Finding]:
    if field.public and field.part is not Part.PERIOD:
        yield from _contacts(field, text)
    if field.required and meaning_of(text) is Meaning.DASH:
        message = f"В поле {title_of(field)} стоит только прочерк. Напишите ответ или «нет»."
        yield Finding(field.key, Level.HINT, "dash", message)
    if field.kind is Kind.YES_NO and re.fullmatch(r"да\W*", text, re.IGNORECASE):
        message = f"В поле {title_of(field)} после «да» назовите тему."
        yield Finding(field.key, Level.HINT, "yes_without_theme", message)
    if field.kind is Kind.URL and not _URL.search(text) and not says_none(text):
        message = f"В поле {title_of(field)} нет ссылки. Начните её с «http://» или «https://»."
        yield Finding(field.key, Level.HINT, "no_link", message)


def _contacts(field: Field, text: str) -> Iterator[Finding]:
    """Warn of contacts: experts judge without knowing whose work it is."""
    without_links = _URL.sub(" ", text)
    if _EMAIL.search(without_links):
        message = (
            f"В поле {title_of(field)} найден адрес электронной почты. "
            "Это поле читают эксперты: перенесите адрес в контакты."
        )
        yield Finding(field.key, Level.HINT, "email_found", message)
    if _PHONE.search(without_links):
        message = (
            f"В поле {title_of(field)} найден телефон. "
            "Это поле читают эксперты: перенесите телефон в контакты."
        )
        yield Finding(field.key, Level.HINT, "phone_found", message)


def _of_stages(form: Form, values: Values) -> Iterator[Finding]:
    previous: Stage | None = None
    for stage in stages_of(form, values):
        if stage.is_empty or form.stages is None:
            continue
        key = f"{form.stages.head}.{stage.number}.1"
        yield from _period(key, stage)
        if previous and (finding := _order(key, previous, stage)):
            yield finding
        previous = stage if stage.start or stage.end else previous


def _period(key: str, stage: Stage) -> Iterator[Finding]:
    if stage.period and not (stage.start or stage.end):
        message = (
            f"Из срока этапа {stage.number} не понятны месяцы. "
            "Напишите, например: «Сентябрь–декабрь 2024 г.»."
        )
        yield Finding(key, Level.HINT, "period_unclear", message)


def _order(key: str, previous: Stage, stage: Stage) -> Finding | None:
    if not (stage.start and (previous.end or previous.start)):
        return None
    if previous.start and stage.start < previous.start:
        message = f"Этап {stage.number} начинается раньше этапа {previous.number}. Проверьте порядок."
        return Finding(key, Level.HINT, "stages_out_of_order", message)
    if previous.end and stage.start <= previous.end:
        message = f"Этапы {previous.number} и {stage.number} пересекаются. Проверьте сроки."
        return Finding(key, Level.HINT, "stages_overlap", message)
    return None


def _count(number: int) -> str:
    return counted(number, "знак", "знака", "знаков")
