"""The blind copy: what experts read, with everything that tells whose work it is taken out.

Fields about people and addresses are dropped; in all other texts the names of the organisation, its
head, the authors and the municipality, and every phone, e-mail and link, give way to a mark.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from innoset.contests.pure.disguise import (
    Mask,
    contact_masks,
    municipality_masks,
    organisation_masks,
    person_masks,
    prepared,
)
from innoset.projects.pure.forms import Field, Form, Kind, Values, fields_of, stages_of
from innoset.projects.pure.people import names_in

UNREAD: Final = "Текст этого файла не показан: его не успели прочитать до начала экспертизы."
_MARK: Final = r"\[[а-я ]+\]"
DROPPED_KINDS: Final = frozenset({Kind.PERSON, Kind.URL})
# In the yearly report these items are the requisites of the organisation.
DROPPED_KEYS: Final = {"kip_report": frozenset({"I.1", "I.2", "I.3"})}


@dataclass(frozen=True, slots=True)
class Author:
    """Whose work it is: what must not be seen in the blind copy."""

    organisation: str
    short_name: str = ""
    municipality: str = ""
    centre: str = ""
    people: tuple[str, ...] = ()
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlindCopy:
    """The title, the rows and the stages, ready for a dossier."""

    title: str
    content: list[dict[str, Any]]
    stages: list[dict[str, Any]]


def blind_copy(
    form: Form,
    values: Values,
    author: Author,
    *,
    title: str,
    stages: int,
    annexes: Sequence[tuple[str, str]] = (),
) -> BlindCopy:
    """Return the copy in which nothing tells whose work it is.

    Of every attached file (its words, or why there are none) only the covered words go in.
    """
    masks = masks_of(form, values, author)
    rows = [_row(field, values, masks) for field in fields_of(form, stages=stages) if is_shown(form, field)]
    return BlindCopy(
        title=blind(title, masks),
        content=[*rows, *(_annex(number, *one, masks) for number, one in enumerate(annexes, 1))],
        stages=[
            {
                "name": blind(stage.name, masks),
                "start": str(stage.start) if stage.start else None,
                "end": str(stage.end) if stage.end else None,
            }
            for stage in stages_of(form, values)[:stages]
            if not stage.is_empty
        ],
    )


def is_shown(form: Form, field: Field) -> bool:
    """Tell whether experts of a blind round may see the field at all."""
    dropped = DROPPED_KEYS.get(form.code, frozenset())
    return field.public and field.kind not in DROPPED_KINDS and field.key not in dropped


def _row(field: Field, values: Values, masks: tuple[Mask, ...]) -> dict[str, Any]:
    text = values.get(field.key, "")
    return {
        "key": field.key,
        "number": field.printed_number,
        "label": field.label,
        "text": blind(text, masks),
        "is_group": field.kind is Kind.HEADING and not text,
    }


def _annex(number: int, text: str, note: str, masks: tuple[Mask, ...]) -> dict[str, Any]:
    return {
        "key": f"annex{number}",
        "number": "",
        "label": f"Приложение {number}",
        "text": blind(text, masks) or note or UNREAD,
        "is_group": False,
    }


def blind(text: str, masks: Iterable[Mask]) -> str:
    """Return the text with every trace covered."""
    covered = prepared(text)
    for mask in masks:
        covered = mask.pattern.sub(mask.word, covered)
    return _tidied(covered)


def _tidied(covered: str) -> str:
    """Say a mark once where several traces stood in a row, and leave no quotation mark without its pair."""
    once = re.sub(rf"({_MARK})(?:[\s,;]+\1)+", r"\1", covered)
    closed = re.sub(rf"(?<![«\"])({_MARK})[»\"]", r"\1", once)
    return re.sub(rf"«({_MARK})(?!»)", r"\1", closed)


def masks_of(form: Form, values: Values, author: Author) -> tuple[Mask, ...]:
    """Return what to cover, the longest and surest first."""
    return (
        *contact_masks(),
        *organisation_masks((author.organisation, author.short_name, *author.others)),
        *person_masks((*author.people, *_people_named(form, values))),
        *municipality_masks((author.municipality, author.centre)),
    )


def _people_named(form: Form, values: Values) -> Iterator[str]:
    """Yield the people whom the form itself names: authors, supervisor, developers."""
    for field in fields_of(form, stages=0):
        if field.kind is Kind.PERSON or not field.public:
            yield from names_in(values.get(field.key, ""))
