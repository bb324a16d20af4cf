"""A trial of the search of reuse on files: what it prints, what it refuses."""

import json
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from innoset.contests.management.commands import find_reuse
from innoset.contests.pure import plain
from tests.pure.review.essay import BEES, MUSEUM

COPIED = BEES.strip().split("\n\n")[1]


def said(*args: object) -> str:
    out = StringIO()
    call_command("find_reuse", *map(str, args), stdout=out)
    return out.getvalue()


def refused(*args: object) -> str:
    out = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command("find_reuse", *map(str, args), stdout=out)
    assert stopped.value.code == find_reuse.UNREADABLE
    return out.getvalue().strip()


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    path = tmp_path / "mine.txt"
    path.write_text(f"Своё начало.\n{COPIED}\nСвой конец.")
    return path


def test_passages_are_told_by_the_characters_of_both_files(mine: Path, tmp_path: Path) -> None:
    (tmp_path / "bees.txt").write_bytes(BEES.encode("cp1251"))
    (tmp_path / "museum.txt").write_text(MUSEUM)
    told: dict[str, Any] = json.loads(said(mine, tmp_path, "--json"))
    [one] = told["passages"]
    assert (told["compared"], one["source"]) == (2, str(tmp_path / "bees.txt"))
    assert mine.read_text()[one["start"] : one["end"]] == COPIED.rstrip(".")
    assert BEES[one["source_start"] : one["source_end"]] == COPIED.rstrip(".")
    assert one["text"] == one["source_text"] == " ".join(COPIED.rstrip(".").split())
    plain_words = said(mine, tmp_path / "bees.txt")
    assert plain_words.startswith("Найдено мест: 1. В них ")
    assert "Там: Матка живёт до пяти лет" in plain_words


def test_a_page_is_read_at_its_own_characters(mine: Path, tmp_path: Path) -> None:
    marked = COPIED.replace("Матка живёт", "<b>Мат</b>ка&nbsp;жив&#1105;т").replace("Снимать", "Сни&shy;мать")
    page = f"<!DOCTYPE html><head><title>Пчёлы</title></head><script>var x = 'рой';</script><p>{marked}</p><!-- конец -->"
    (tmp_path / "page.html").write_text(page)
    [one] = json.loads(said(mine, tmp_path / "page.html", "--json"))["passages"]
    assert page[one["source_start"] : one["source_end"]] == marked.removeprefix("<b>").rstrip(".")
    assert (one["letters"], one["matched"]) == (0, one["words"])


def test_a_word_file_is_read(mine: Path, tmp_path: Path) -> None:
    import docx  # reason: slow to load, and one test needs it

    document = docx.Document()
    document.add_table(1, 1).cell(0, 0).text = COPIED.replace("\n", " ")
    document.save(str(tmp_path / "bees.docx"))
    [one] = json.loads(said(mine, tmp_path / "bees.docx", "--json"))["passages"]
    assert one["source_text"] == " ".join(COPIED.rstrip(".").split())


def test_files_that_cannot_be_read_are_named(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken.docx").write_bytes(b"PK\x03\x04")
    (tmp_path / "photo.jpg").write_bytes(b"\xff")
    (tmp_path / "binary.txt").write_bytes(b"\x00\x01\x98")
    nothing = "Файл «no.txt» не открывается. Проверьте имя и папку."
    assert refused(mine, tmp_path / "no.txt") == nothing
    assert json.loads(refused(mine, tmp_path / "no.txt", "--json")) == {"refusal": nothing}
    assert refused(mine, tmp_path / "broken.docx") == (
        "Файл «broken.docx» повреждён. Откройте его в Word и сохраните как DOCX."
    )
    assert refused(mine, tmp_path / "photo.jpg") == (
        "Файл «photo.jpg» не того вида. Нужен текст, HTML, DOCX или ODT."
    )
    assert refused(mine, tmp_path / "binary.txt") == (
        "Файл «binary.txt» не похож на текст. Сохраните его в кодировке UTF-8."
    )
    assert refused(mine, mine) == "Сравнивать не с чем. Укажите хотя бы один другой файл."
    monkeypatch.setattr(find_reuse, "MOST_BYTES", 10)
    assert refused(mine, mine) == "Файл «mine.txt» больше 30 МБ. Разделите его на части."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "cp1251"])
def test_texts_come_in_many_encodings(encoding: str) -> None:
    if encoding == "utf-16-le-bom":
        data = b"\xff\xfe" + "Пчёлы".encode("utf-16-le")
    else:
        data = "Пчёлы".encode(encoding)
    assert plain.decoded(data) == "Пчёлы"


def test_a_page_says_its_encoding_or_is_mistaken() -> None:
    page = '<meta charset="koi8-r">Пчёлы'
    assert plain.decoded(page.encode("koi8-r")) == page
    wrong = '<meta charset="nonsense">Пчёлы'
    assert plain.decoded(wrong.encode()) == wrong
    assert plain.decoded(BytesIO(b"\x98\x00").getvalue()) is None


def test_nothing_of_a_page_moves() -> None:
    page = "<style>p {}</style><p>При<i>вет</i>, мир &amp; труд &#1; <br/>конец"
    read = plain.of_page(page)
    assert len(read) == len(page)
    assert [page.index(word) for word in ("мир", "труд", "конец")] == [
        read.index(word) for word in ("мир", "труд", "конец")
    ]
    assert "{" not in read
