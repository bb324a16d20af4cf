"""What the minutes of a defence say."""

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from innoset.documents.pure import official
from innoset.documents.pure.defence_minutes import DefenceMinutes, Heard, OwnCriteria, docx, paper, pdf

HEARD = Heard(
    application="ИП-2026-0001",
    organisation="МБОУ СОШ № 1",
    theme="Школа наставников",
    planned="21.11 10:00",
    began="21.11 10:00",
    ended="21.11 10:15",
    marks=(("А", 21.0), ("Б", 20.5)),
    mean=20.75,
)
MINUTES = DefenceMinutes(
    organiser=("МБУ ЦРО",),
    contest="Инновационный поиск",
    held_on=date(2026, 11, 21),
    place="Актовый зал",
    experts=("Агеева А. О.", "Белов Б. И."),
    observers=(),
    criteria=(("Качество защиты", "до 25"),),
    maximum=25.0,
    heard=(HEARD,),
    checksum="0123456789abcdef",
)


def said(minutes: DefenceMinutes) -> str:
    return " ".join(official.text(paper(minutes)).replace("\u00a0", " ").split())


def test_a_day_in_order_says_nothing_of_disorder() -> None:
    text = said(MINUTES)
    assert "ОТСТУПЛЕНИЯ" not in text
    assert "НЕ УЧАСТВОВАЛИ" not in text
    for part in (
        "Заслушано 1 выступление.",
        "балл листа не больше 25.",
        "Качество защиты — до 25.",
        "обозначены буквами",
        "А – 21; Б – 20,50",
        "20,75",
        "0123 4567 89ab cdef",
    ):
        assert part in text, part


def test_a_nomination_with_its_own_criteria_is_told_apart() -> None:
    own = OwnCriteria("Инновационный продукт", (("Товарный вид", "до 10"),), 10.0)
    text = said(replace(MINUTES, own=(own,)))
    common = "1. Качество защиты — до 25."
    assert (
        f"{common} Номинация «Инновационный продукт»: свои критерии, балл листа не больше 10. 1. Товарный вид — до 10."
        in text
    )


def test_late_absent_unfinished_and_aside_are_told() -> None:
    late = replace(HEARD, began="21.11 10:20", missing=2, aside=(("Белов Б. И.", "конфликт интересов"),))
    away = replace(HEARD, application="ИП-2026-0002", began="", ended="", marks=(), mean=None, was_held=False)
    text = said(replace(MINUTES, heard=(late, away), are_named=True, place=""))
    for part in (
        "Заслушано 1 выступление. Не выступили: 1.",
        "ИП-2026-0001: по расписанию 21.11 10:00, начали 21.11 10:20.",
        "Не выступили: ИП-2026-0002.",
        "Листы не завершены: ИП-2026-0001: 2.",
        "Белов Б. И. (конфликт интересов).",
    ):
        assert part in text, part
    assert "обозначены буквами" not in text
    assert "Актовый зал" not in text


@pytest.mark.parametrize(
    ("change", "said_of"),
    [
        ({"began": "21.11 10:20"}, "Другое время начала:"),
        ({"was_held": False}, "Не выступили:"),
        ({"missing": 1}, "Листы не завершены:"),
    ],
)
def test_each_disorder_is_told_by_itself(change: dict[str, Any], said_of: str) -> None:
    text = said(replace(MINUTES, heard=(replace(HEARD, **change),)))
    leads = ("Другое время начала:", "Не выступили: ИП", "Листы не завершены:")
    assert [lead for lead in leads if lead in text] == [lead for lead in leads if lead.startswith(said_of)]


def test_they_are_printed_in_both_forms() -> None:
    at = datetime(2026, 11, 21, 9, tzinfo=UTC)
    assert (pdf(MINUTES, at=at)[:4], docx(MINUTES, at=at)[:2]) == (b"%PDF", b"PK")
