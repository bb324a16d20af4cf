"""Work without a network: out, filled, back; nothing of the author, nothing covered in silence."""

import io
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.files.uploadedfile import SimpleUploadedFile
from pypdf import PdfReader

from innoset.review import actions
from innoset.review.models import Score, ScoreSheet
from innoset.review.states import RoundState
from tests import world
from tests.review.scene import Scene, expert, finished, given, opened, scene

pytestmark = pytest.mark.django_db


def _cells(data: bytes) -> list[list[Any]]:
    from python_calamine import CalamineWorkbook  # reason: slow to load, and few need it

    return CalamineWorkbook.from_filelike(io.BytesIO(data)).get_sheet_by_name("Баллы").to_python()


def _filled(data: bytes, answers: dict[tuple[str, int], tuple[object, str]]) -> SimpleUploadedFile:
    """Fill the table as a person does and return it as an upload."""
    from xlsxwriter import Workbook  # reason: slow to load, and few need it

    rows = _cells(data)
    target = io.BytesIO()
    with Workbook(target, {"strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Баллы")
        for number, row in enumerate(rows):
            key = (row[0], int(row[2])) if number else ("", 0)
            if key in answers:
                row[4], row[5] = answers[key]
            sheet.write_row(number, 0, row)
    return SimpleUploadedFile("баллы.xlsx", target.getvalue())


def _two_sheets() -> tuple[Scene, Any, list[str]]:
    here = scene(experts=1)
    for number in range(2):
        opened(here, dossier=number)
    return here, world.signed_in(here.experts[0]), [one.code for one in here.dossiers]


def _rows(page: Any, caption: str) -> list[str]:
    soup = BeautifulSoup(page.content, "html.parser")
    table = next(
        one for one in soup.select("table") if one.caption and one.caption.get_text().startswith(caption)
    )
    return [" ".join(row.get_text(" ").split()) for row in table.select("tbody tr")]


def _held(page: Any) -> str:
    return str(BeautifulSoup(page.content, "html.parser").select_one("input[name=held]")["value"])  # type: ignore[index]  # it is on the page


def test_a_filled_table_is_shown_first_and_written_when_confirmed() -> None:
    _, browser, codes = _two_sheets()
    table = browser.get("/desk/pack/1/table/").content
    file = _filled(
        table, {(codes[0], 1): (2, "Мало"), (codes[0], 2): ("семь", ""), (codes[1], 0): ("", "Вывод")}
    )
    page = browser.post("/desk/pack/1/upload/", {"file": file})
    assert _rows(page, "Что исправить") == [
        f"3 {codes[0]} К2 «семь» — такого балла у К2 нет. Допустимо: 0, 1, 2, 3, 4, 5."
    ]
    assert _rows(page, "Перенесём: 2") == [f"{codes[0]} К1 — 2 Мало", f"{codes[1]} Общий вывод — — Вывод"]
    assert not Score.objects.exists()
    done = browser.post("/desk/pack/1/bring/", {"held": _held(page)}, follow=True)
    assert "Перенесено: 2 строки." in done.content.decode()
    assert list(Score.objects.values_list("value", "comment")) == [(2, "Мало")]
    assert list(ScoreSheet.objects.order_by("pk").values_list("comment", flat=True)) == ["", "Вывод"]
    again = browser.post("/desk/pack/1/bring/", {"held": _held(page)}, follow=True)
    assert "Переносить нечего" in again.content.decode()


def test_what_is_newer_in_the_system_stands_side_by_side_and_is_covered_only_when_ticked() -> None:
    here, browser, codes = _two_sheets()
    file = _filled(browser.get("/desk/pack/1/table/").content, {(codes[0], 1): (2, "Старое")})
    sheet = ScoreSheet.objects.get(assignment__dossier__code=codes[0])
    criterion = here.rubric.criteria.get(number=1)
    later = world.AT + timedelta(minutes=1)
    actions.score(sheet, criterion=criterion, value=5, by=here.experts[0], at=later)
    page = browser.post("/desk/pack/1/upload/", {"file": file})
    assert _rows(page, "В системе уже есть более новое: 1") == [
        f"{codes[0]} К1 5 2 Старое взять из таблицы : {codes[0]}, К1"
    ]
    left = browser.post("/desk/pack/1/bring/", {"held": _held(page)}, follow=True)
    assert "Переносить нечего" in left.content.decode()
    assert Score.objects.get().value == 5
    browser.post("/desk/pack/1/bring/", {"held": _held(page), "replace": f"{codes[0]}:1"})
    assert (Score.objects.get().value, Score.objects.get().comment) == (2, "Старое")


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "Загруженный файл пуст"),
        (b"not a table", "Это не таблица XLSX"),
        (b"PK\x03\x04 broken", "Таблица не читается"),
        (b"x" * (5 * 2**20 + 1), "Файл больше 5 МБ"),
    ],
)
def test_what_is_no_table_is_refused_in_words(data: bytes, words: str) -> None:
    _, browser, _ = _two_sheets()
    page = browser.post("/desk/pack/1/upload/", {"file": SimpleUploadedFile("a.xlsx", data)})
    soup = BeautifulSoup(page.content, "html.parser")
    assert words.lower() in soup.get_text().lower() or "пуст" in soup.get_text()
    assert soup.title is not None
    assert soup.title.get_text().startswith("Ошибка: ")


def test_a_preview_of_somebody_else_or_of_long_ago_is_refused() -> None:
    _, browser, codes = _two_sheets()
    file = _filled(browser.get("/desk/pack/1/table/").content, {(codes[0], 1): (2, "Мало")})
    held = _held(browser.post("/desk/pack/1/upload/", {"file": file}))
    other = scene(experts=1)
    opened(other)
    page = world.signed_in(other.experts[0]).post("/desk/pack/1/bring/", {"held": held})
    assert "Предпросмотр устарел" in page.content.decode()
    assert not Score.objects.exists()


def test_the_texts_hold_only_what_is_open_to_the_expert_and_nothing_of_the_author() -> None:
    here = scene(experts=1, dossiers=3)
    opened(here, dossier=0)
    given(here, dossier=1)
    owner = here.dossiers[0].organisation
    printed = world.signed_in(here.experts[0]).get("/desk/pack/1/texts/")
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(printed.content)).pages)
    assert (printed.headers["Content-Type"], here.dossiers[0].code in text, "Ответ 6" in text) == (
        "application/pdf", True, True,
    )  # fmt: skip
    assert [code for code in (one.code for one in here.dossiers[1:]) if code in text] == []
    assert [name for name in (owner.short_name, owner.municipality.name) if name in text] == []
    assert owner.short_name.encode() not in printed.content


def test_finished_sheets_are_not_in_the_table_and_a_closed_round_offers_none() -> None:
    here = scene(experts=1)
    finished(here, 4, 4, dossier=0)
    opened(here, dossier=1)
    browser = world.signed_in(here.experts[0])
    rows = _cells(browser.get("/desk/pack/1/table/").content)
    assert {row[0] for row in rows[1:]} == {here.dossiers[1].code}
    here.round.state = RoundState.CLOSED
    here.round.save()
    assert "Открытых дел пока нет" in browser.get("/desk/pack/").content.decode()
    assert browser.get("/desk/pack/1/table/").status_code == 404
    assert world.signed_in(expert()).get("/desk/pack/1/texts/").status_code == 404
