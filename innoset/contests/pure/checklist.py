"""The technical check: what is looked at, what a machine can propose, which outcome fits the marks."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

CONFORMS, MINOR, MEND, REFUSED = "conforms", "minor", "mend", "refused"
LONGEST_LIST = 6


@dataclass(frozen=True, slots=True)
class Item:
    """One requirement of the checklist."""

    code: str
    title: str
    hint: str


ITEMS = (
    Item("form", "Форма заполнена полностью", "Во всех обязательных полях есть ответ."),
    Item("guarantees", "Даны гарантии и согласия", "Отмечены утверждения формы и согласия конкурса."),
    Item(
        "signature",
        "Заявку подтвердил руководитель",
        "Есть подтверждение, отправил руководитель организации или приложен лист с его подписью.",
    ),
    Item("annexes", "Приложения открываются и читаются", "Откройте каждый файл."),
    Item("eligible", "Организация может участвовать", "Вид организации и муниципалитет подходят конкурсу."),
    Item("volume", "Объём не больше допустимого", "Ни одно поле не длиннее предела формы."),
    Item(
        "anonymity",
        "В тексте нет телефонов и адресов электронной почты",
        "Эксперты читают заявку, не зная автора.",
    ),
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A line of a filled checklist."""

    code: str
    title: str
    is_met: bool
    note: str = ""

    def as_row(self) -> dict[str, object]:
        """Return the line as it is kept."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Facts:
    """What the machine knows of an application that was sent."""

    empty: tuple[str, ...]
    too_long: tuple[str, ...]
    contacts: tuple[str, ...]
    consents_asked: int
    consents_given: int
    sent_by_head: bool
    annexes: int
    unreadable: tuple[str, ...]
    objection: str
    is_blind: bool
    # What is still to be looked at in the head's confirmation; None where the contest asks for none.
    confirmation: str | None = None


def proposed(facts: Facts) -> tuple[Mark, ...]:
    """Return the checklist as the machine would fill it; a person looks and decides."""
    notes = _notes(facts)
    return tuple(Mark(item.code, item.title, not notes[item.code], notes[item.code]) for item in ITEMS)


def _notes(facts: Facts) -> dict[str, str]:
    absent = facts.consents_asked - facts.consents_given
    return {
        "form": _listed("Не заполнено: ", facts.empty),
        "guarantees": f"Не хватает согласий: {absent}." if absent > 0 else "",
        "signature": _of_signature(facts),
        "annexes": _listed("Не открываются: ", facts.unreadable),
        "eligible": facts.objection,
        "volume": _listed("Длиннее предела: ", facts.too_long),
        "anonymity": _listed("Найдены контакты: ", facts.contacts) if facts.is_blind else "",
    }


def _of_signature(facts: Facts) -> str:
    if facts.confirmation is not None:
        return facts.confirmation
    by_staff = "Отправил сотрудник: проверьте, есть ли в приложениях лист с подписью руководителя."
    return "" if facts.sent_by_head else by_staff


def _listed(lead: str, names: Sequence[str]) -> str:
    if not names:
        return ""
    more = len(names) - LONGEST_LIST
    shown = ", ".join(names[:LONGEST_LIST])
    return f"{lead}{shown} и ещё {more}." if more > 0 else f"{lead}{shown}."


@dataclass(frozen=True, slots=True)
class Objection:
    """Why an outcome does not go with what was marked: a sentence and the field it belongs to."""

    text: str
    field: str


def objection_to(
    outcome: str, marks: Sequence[Mark], comment: str, mend_by: datetime | None, *, at: datetime
) -> Objection | None:
    """Return what stops this outcome, or None when all fits together."""
    unmet = [mark for mark in marks if not mark.is_met]
    if outcome == CONFORMS and unmet:
        text = f"Не выполнено требований: {len(unmet)}. Выберите другой исход или поставьте отметки."
        return Objection(text, "outcome")
    if outcome != CONFORMS and not unmet and not comment.strip():
        text = "Отметьте, какое требование не выполнено, или напишите об этом в пояснении."
        return Objection(text, "comment")
    if outcome == REFUSED and not comment.strip():
        return Objection("Напишите, почему заявка не допущена: это прочтёт заявитель.", "comment")
    if outcome == MEND:
        return _objection_to_term(mend_by, at)
    return None


def _objection_to_term(mend_by: datetime | None, at: datetime) -> Objection | None:
    if mend_by is None:
        return Objection("Укажите, до какого дня и часа исправить заявку.", "mend_by")
    if mend_by <= at:
        return Objection("Срок исправления уже прошёл. Укажите день и час в будущем.", "mend_by")
    return None
