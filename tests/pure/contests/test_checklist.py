"""The checklist of the technical check: what the machine proposes, which outcome fits."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from innoset.contests.pure.checklist import ITEMS, Facts, Mark, Objection, objection_to, proposed
from innoset.contests.states import CheckOutcome

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
LATER = AT + timedelta(days=5)
CLEAN = Facts(
    empty=(),
    too_long=(),
    contacts=(),
    consents_asked=2,
    consents_given=2,
    sent_by_head=True,
    annexes=1,
    unreadable=(),
    objection="",
    is_blind=True,
)
MET = tuple(Mark(item.code, item.title, is_met=True) for item in ITEMS)
UNMET = (replace(MET[0], is_met=False, note="Нет поля 8."), *MET[1:])


def test_nothing_wrong_ticks_everything() -> None:
    assert proposed(CLEAN) == MET


@pytest.mark.parametrize(
    ("facts", "code", "note"),
    [
        (replace(CLEAN, empty=("4 «Цели»", "9 «Новизна»")), "form", "Не заполнено: 4 «Цели», 9 «Новизна»."),
        (replace(CLEAN, consents_given=1), "guarantees", "Не хватает согласий: 1."),
        (
            replace(CLEAN, sent_by_head=False),
            "signature",
            "Отправил сотрудник: проверьте, есть ли в приложениях лист с подписью руководителя.",
        ),
        (replace(CLEAN, unreadable=("план.pdf",)), "annexes", "Не открываются: план.pdf."),
        (replace(CLEAN, objection="Только для школ."), "eligible", "Только для школ."),
        (replace(CLEAN, too_long=("6 «Идея»",)), "volume", "Длиннее предела: 6 «Идея»."),
        (replace(CLEAN, contacts=("6 «Идея»",)), "anonymity", "Найдены контакты: 6 «Идея»."),
    ],
)
def test_each_fault_lifts_its_own_tick(facts: Facts, code: str, note: str) -> None:
    assert [(mark.code, mark.note) for mark in proposed(facts) if not mark.is_met] == [(code, note)]


def test_contacts_do_not_matter_where_experts_know_the_author() -> None:
    assert proposed(replace(CLEAN, contacts=("6",), is_blind=False)) == MET


def test_a_long_list_is_cut_with_its_count() -> None:
    (mark, *_) = proposed(replace(CLEAN, empty=tuple("123456789")))
    assert mark.note == "Не заполнено: 1, 2, 3, 4, 5, 6 и ещё 3."


def test_a_mark_as_it_is_kept() -> None:
    assert UNMET[0].as_row() == {
        "code": "form",
        "title": "Форма заполнена полностью",
        "is_met": False,
        "note": "Нет поля 8.",
    }


@pytest.mark.parametrize(
    ("outcome", "marks", "comment", "mend_by"),
    [
        (CheckOutcome.CONFORMS, MET, "", None),
        (CheckOutcome.MINOR, UNMET, "", None),
        (CheckOutcome.MINOR, MET, "Опечатка в названии.", None),
        (CheckOutcome.MEND, UNMET, "", LATER),
        (CheckOutcome.REFUSED, UNMET, "Подана после срока.", None),
    ],
)
def test_outcomes_that_fit(
    outcome: str, marks: tuple[Mark, ...], comment: str, mend_by: datetime | None
) -> None:
    assert objection_to(outcome, marks, comment, mend_by, at=AT) is None


@pytest.mark.parametrize(
    ("outcome", "marks", "comment", "mend_by", "objection"),
    [
        (
            CheckOutcome.CONFORMS,
            UNMET,
            "",
            None,
            Objection("Не выполнено требований: 1. Выберите другой исход или поставьте отметки.", "outcome"),
        ),
        (
            CheckOutcome.MINOR,
            MET,
            " ",
            None,
            Objection(
                "Отметьте, какое требование не выполнено, или напишите об этом в пояснении.", "comment"
            ),
        ),
        (
            CheckOutcome.REFUSED,
            UNMET,
            "",
            None,
            Objection("Напишите, почему заявка не допущена: это прочтёт заявитель.", "comment"),
        ),
        (
            CheckOutcome.MEND,
            UNMET,
            "",
            None,
            Objection("Укажите, до какого дня и часа исправить заявку.", "mend_by"),
        ),
        (
            CheckOutcome.MEND,
            UNMET,
            "",
            AT,
            Objection("Срок исправления уже прошёл. Укажите день и час в будущем.", "mend_by"),
        ),
    ],
)
def test_outcomes_that_do_not_fit(
    outcome: str, marks: tuple[Mark, ...], comment: str, mend_by: datetime | None, objection: Objection
) -> None:
    assert objection_to(outcome, marks, comment, mend_by, at=AT) == objection
