"""What the computer has understood of the values of a form, in short lines beside the words themselves."""

from collections.abc import Callable, Iterator
from typing import Final

from innoset.documents.pure.requisites import citation
from innoset.foundation.calendar import parse_period
from innoset.foundation.russian import counted, joined
from innoset.projects.pure.acts import NamedAct, acts_in
from innoset.projects.pure.authors import Author, people_in
from innoset.projects.pure.contacts import EMAIL, contacts_in, without_contacts
from innoset.projects.pure.forms import Field, Finding, Form, Kind, Level, Values, fields_for
from innoset.projects.pure.links import links_in, shown
from innoset.projects.pure.lists import tasks_in
from innoset.projects.pure.meaning import Meaning, meaning_of

ACT_FIELDS: Final = {"passport": frozenset({"7"}), "krc_programme": frozenset({"1.2", "4.5"})}
"""In which fields of each form normative acts are named."""
CLOSED: Final = "Контакты видят только организаторы"


def names_acts(form: Form, field: Field) -> bool:
    """Tell whether the field is where normative acts are named."""
    return field.key in ACT_FIELDS.get(form.code, frozenset())


def acts_of(form: Form, values: Values) -> tuple[tuple[str, tuple[NamedAct, ...]], ...]:
    """Return the acts that the values name, by the field."""
    fields = [field for field in fields_for(form, values) if names_acts(form, field)]
    named = ((field.key, acts_in(values.get(field.key, ""))) for field in fields)
    return tuple((key, acts) for key, acts in named if acts)


def understood(form: Form, values: Values) -> dict[str, tuple[str, ...]]:
    """Return the lines by field, only where there is something to say."""
    found = {
        field.key: tuple(_lines(form, field, values.get(field.key, ""))) for field in fields_for(form, values)
    }
    return {key: lines for key, lines in found.items() if lines}


def _lines(form: Form, field: Field, text: str) -> Iterator[str]:
    meaning = meaning_of(text)
    if meaning is Meaning.EMPTY:
        return
    if meaning is not Meaning.TEXT:
        yield "Прочерк: ответа нет." if meaning is Meaning.DASH else "Ответ: нет."
        return
    if names_acts(form, field):
        yield from (_act(act) for act in acts_in(text))
    elif reader := _READERS.get(field.kind):
        yield from reader(text)
    yield from (f"Ссылка: {shown(link)}" for link in links_in(text) if shown(link) != link)


def _act(act: NamedAct) -> str:
    said = citation(act.requisites)
    return f"{said} (дата неполная: {act.date_text.rstrip('.')})" if act.is_date_incomplete else said


def _people(text: str) -> Iterator[str]:
    for author in people_in(text):
        yield from _person(author)


def _person(author: Author) -> Iterator[str]:
    told = ", ".join(part for part in (author.position, author.degree) if part)
    yield " — ".join(part for part in (author.name, told) if part) or author.text
    if contacts := (*author.phones, *author.emails):
        yield f"{CLOSED}: {', '.join(contacts)}."
    yield from author.doubts


def _items(text: str) -> Iterator[str]:
    items = tasks_in(text)
    if len(items) > 1:
        yield f"Распознано: {counted(len(items), 'пункт', 'пункта', 'пунктов')}."


def _period(text: str) -> Iterator[str]:
    if (period := parse_period(text)) and period.spoken:
        yield f"Срок: {period.spoken}"


_READERS: Final[dict[Kind, Callable[[str], Iterator[str]]]] = {
    Kind.PERSON: _people,
    Kind.LIST: _items,
    Kind.PERIOD: _period,
}


# ── What is said to the applicant ───────────────────────────────────────────


def contact_hints(form: Form, values: Values) -> tuple[Finding, ...]:
    """Return what becomes of the contacts in the cells about people, and which of them are damaged."""
    fields = [field for field in fields_for(form, values) if field.kind is Kind.PERSON]
    return tuple(hint for field in fields for hint in _hints(field, values.get(field.key, "")))


def _hints(field: Field, text: str) -> Iterator[Finding]:
    found = contacts_in(text)
    if found:
        message = f"{CLOSED}: {joined(one.shown for one in found)}. Эксперты и посетители их не увидят."
        yield Finding(field.key, Level.HINT, "contacts_closed", message)
    for one in found:
        if not one.is_valid:
            what = "Адрес электронной почты" if one.kind == EMAIL else "Телефон"
            message = f"{what} «{one.text}» записан с ошибкой. Проверьте его в поле «{field.name}»."
            yield Finding(field.key, Level.HINT, "contact_damaged", message)


def open_values(form: Form, values: Values) -> dict[str, str]:
    """Return the values with the contacts of people taken out, for whoever is not an organiser."""
    people = {field.key for field in fields_for(form, values) if field.kind is Kind.PERSON}
    return {key: without_contacts(text)[0] if key in people else text for key, text in values.items()}
