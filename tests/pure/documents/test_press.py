"""The press under hostile and extreme texts: nothing typed acts, nothing is lost, nothing overflows."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from innoset.documents.pure import (
    application_paper,
    characters,
    diploma,
    letter,
    minutes,
    official,
    order,
    receipt,
    roadmap_paper,
    typesetting,
)
from innoset.documents.pure.blocks import Column, Grid, Line, PageBreak, Paper, Prose
from tests.pure.documents import samples
from tests.pure.documents.reading import pdf_text, plain, reader, squeezed

HOSTILE = (
    '#set page(fill: red) #eval("1+1") $x^2$ *b* _c_ @ref <lab> // /* */ \\u{41} \\ `raw` ~ -- --- ... '
    "\"q\" 'a' = + - [x] {y} #{1+1} {{ z }} &amp; <b>жирно</b> %s {0}"
)
UNPRINTABLE = "а😀б漢в\x00г\x1bд\ud800е\u202eж\ue000з\uffffи"
SHOWN = "а□б□вгдежзи"
LONG_NAME = "Муниципальное автономное дошкольное образовательное учреждение " * 25
LONG_WORD = "Сверхдлинноеслово" * 20

MM = 72 / 25.4


def with_text(text):
    """Put one text into every kind of paper, wherever people type."""
    item = replace(samples.MINUTES.items[0], title=text, resolved=(text,))
    ranked = replace(samples.MINUTES.rankings[0].rows[0], theme=text, departure=text)
    ranking = replace(samples.MINUTES.rankings[0], nomination=text, rows=(ranked,))
    frame = replace(samples.FRAME, sender=(text,), to=replace(samples.FRAME.to, organisation=text))
    return [
        (receipt, replace(samples.RECEIPT, title=text, organisation=text, files=(text,), organiser=text)),
        (application_paper, replace(samples.APPLICATION, rows=(application_paper.Row("1", text, text),))),
        (letter, replace(samples.GRANTED, frame=frame, general=(text,))),
        (letter, replace(samples.TO_MEND, checks=(letter.Check(text, is_met=False, remark=text),))),
        (minutes, replace(samples.MINUTES, items=(item,), rankings=(ranking,))),
        (order, replace(samples.ORDER, awarded=(order.Awarded(text, text, text, text),), points=(text,))),
        (diploma, replace(samples.DIPLOMA, organisation=text, theme=text)),
        (roadmap_paper, replace(samples.ROADMAP, subject=text, parts=(roadmap_paper.Part(text, ()),))),
    ]


KINDS = [module.__name__.rpartition(".")[2] for module, _ in with_text("")]
every_kind = pytest.mark.parametrize("kind", range(len(KINDS)), ids=KINDS)


@every_kind
def test_nothing_typed_acts_as_a_command(kind):
    module, paper = with_text(HOSTILE)[kind]
    assert squeezed(HOSTILE) in squeezed(pdf_text(module.pdf(paper, at=samples.AT)))


@every_kind
def test_what_no_font_can_show_becomes_a_box(kind):
    module, paper = with_text(UNPRINTABLE)[kind]
    assert SHOWN in squeezed(pdf_text(module.pdf(paper, at=samples.AT)))


@every_kind
def test_signs_that_do_not_combine_become_boxes(kind):
    module, paper = with_text("знакж\u20d9конец")[kind]
    assert "знакж□конец" in squeezed(pdf_text(module.pdf(paper, at=samples.AT)))


@every_kind
def test_long_names_are_printed_whole(kind):
    module, paper = with_text(LONG_NAME + LONG_WORD)[kind]
    pages = [page.extract_text() for page in reader(module.pdf(paper, at=samples.AT)).pages]
    printed = squeezed("".join(pages))
    assert [part for part in (squeezed(LONG_NAME)[:200], LONG_WORD[-100:]) if part not in printed] == []


@every_kind
def test_an_empty_text_is_no_trouble(kind):
    module, paper = with_text("")[kind]
    assert pdf_text(module.pdf(paper, at=samples.AT)) != "\n"


def places_of(data):
    """List where every piece of text begins, in millimetres from the lower left corner."""
    places = []

    def note(text, matrix, text_matrix, _font, _size):
        if text.strip():
            x, y = text_matrix[4], text_matrix[5]
            places.append(
                (
                    (matrix[0] * x + matrix[2] * y + matrix[4]) / MM,
                    (matrix[1] * x + matrix[3] * y + matrix[5]) / MM,
                )
            )

    for page in reader(data).pages:
        page.extract_text(visitor_text=note)
    return places


@pytest.mark.parametrize("text", [LONG_NAME, LONG_WORD, LONG_NAME * 2, "а\n" * 30])
def test_a_diploma_is_one_page_inside_its_frame(text):
    people = tuple(diploma.Recipient(f"Петрова Анна{'а' * 20} Николаевна", "директору") for _ in range(12))
    paper = replace(samples.DIPLOMA, organisation=text, theme=text, people=people, issuer=(text[:600],) * 2)
    data = diploma.pdf(paper, at=samples.AT)
    assert len(reader(data).pages) == 1
    outside = [(x, y) for x, y in places_of(data) if not (20 < x < 277 and 18 < y < 192)]
    assert outside == []


def test_a_diploma_names_many_people_in_one_paragraph():
    people = tuple(diploma.Recipient("Петрова Анна Николаевна", "директору") for _ in range(4))
    assert diploma.sheet(replace(samples.DIPLOMA, people=people)).data["people"] == [
        "; ".join(["Петровой Анне Николаевне, директору"] * 4)
    ]


def test_a_diploma_without_a_contest_or_a_term():
    data = dict(diploma.sheet(samples.BARE_DIPLOMA).data)
    assert (data["granted"], data["term"], data["theme"]) == ("Присвоен статус", "", "")


@settings(max_examples=25)
@given(st.text(max_size=60))
def test_any_text_can_be_printed(text):
    paper = Paper(
        text, (Line(text), Prose(text, text), Grid((Column(text), Column("Б")), ((text, text), (text,))))
    )
    assert len(reader(official.pdf(paper, at=samples.AT)).pages) == 1
    assert len(official.docx(paper, at=samples.AT)) > 0


@given(st.text())
def test_tidying_is_done_once_and_loses_no_letter(text):
    tidy = characters.tidy(text)
    assert characters.tidy(tidy) == tidy
    assert "".join(filter(str.isalnum, tidy)) == "".join(filter(str.isalnum, characters.tidy(f" {text} ")))


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("и\u0306", "й"),
        ("а\r\nб\rв\u2028г\x0bд", "а\nб\nв\nг\nд"),
        ("а\tб", "а б"),
        ("\ufeffа\u202eб\u200f", "аб"),
        ("α ≥ β → ½ № €", "α ≥ β → ½ № €"),
    ],
)
def test_tidying(text, tidy):
    assert characters.tidy(text) == tidy


def test_a_crowd_of_rare_signs_is_boxed_without_trying_each():
    crowd = "".join(chr(0x4E00 + step) for step in range(300))
    assert typesetting._unprintable(characters.rare(crowd)) == set(crowd)


def test_greek_and_mathematics_are_printed_by_the_spare_fonts():
    assert "α ≥ β → ∑" in pdf_text(official.pdf(Paper("Т", (Line("α ≥ β → ∑"),)), at=samples.AT))


def test_only_a_long_run_is_made_breakable():
    assert characters.breakable("обычные слова") == "обычные слова"
    assert characters.breakable("ж" * 41) == "\u200b".join(["жжжжжжжж"] * 5 + ["ж"])


def test_a_digest_is_cut_into_fours():
    assert [characters.in_fours(text) for text in ("", "ab12", "ab12c")] == [(), ("ab12",), ("ab12", "c")]


# ── The press itself ────────────────────────────────────────────────────────


def test_the_press_serves_many_at_once():
    with ThreadPoolExecutor(8) as pool:
        printed = set(pool.map(lambda _: receipt.pdf(samples.RECEIPT, at=samples.AT), range(24)))
    assert printed == {receipt.pdf(samples.RECEIPT, at=samples.AT)}


def test_the_zone_of_the_moment_changes_nothing():
    elsewhere = samples.AT.astimezone(timezone(timedelta(hours=10)))
    assert receipt.pdf(samples.RECEIPT, at=elsewhere) == receipt.pdf(samples.RECEIPT, at=samples.AT)
    assert order.docx(samples.ORDER, at=elsewhere) == order.docx(samples.ORDER, at=samples.AT)


def test_another_moment_is_another_file():
    later = samples.AT + timedelta(seconds=1)
    assert receipt.pdf(samples.RECEIPT, at=later) != receipt.pdf(samples.RECEIPT, at=samples.AT)


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match=r"^У времени не указан часовой пояс\.$"):
        receipt.pdf(samples.RECEIPT, at=datetime(2026, 1, 1))
    with pytest.raises(ValueError, match=r"^У времени не указан часовой пояс\.$"):
        order.docx(samples.ORDER, at=datetime(2026, 1, 1))


@pytest.mark.parametrize(
    ("sheet", "page"),
    [(receipt.sheet(samples.RECEIPT), 1), (order.sheet(samples.ORDER), 1), (order.sheet(samples.ORDER), 3)],
)
def test_a_preview_is_a_picture(sheet, page):
    assert typesetting.png(sheet, page=page, ppi=20)[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_preview_of_a_page_that_is_not_there_is_refused():
    with pytest.raises(IndexError):
        typesetting.png(receipt.sheet(samples.RECEIPT), page=2)


def test_a_fault_of_a_layout_is_not_hidden():
    import typst

    with pytest.raises(typst.TypstError):
        typesetting.pdf(typesetting.Sheet("receipt", "Без данных", {}), at=samples.AT)


def test_a_qr_code_is_a_vector_without_margin():
    code = typesetting.qr_svg("https://innoset.example/p/1")
    assert code.startswith('<?xml version="1.0" encoding="utf-8"?>\n<svg ')
    assert typesetting.qr_svg("https://innoset.example/p/2") != code


def test_the_long_table_repeats_its_heading_and_turns_its_page():
    rows = tuple((str(place), "Школа") for place in range(1, 120))
    grid = Grid((Column("№ строки"), Column("Организация")), rows)
    data = official.pdf(Paper("Список", (Line("Начало"), PageBreak(is_wide=True), grid)), at=samples.AT)
    pages = [plain(page.extract_text()) for page in reader(data).pages]
    sizes = [tuple(round(float(side) / MM) for side in page.mediabox[2:]) for page in reader(data).pages]
    assert pages[0] == "Начало"
    assert [page.split(" ", 1)[0] for page in pages[1:]] == [str(place) for place in range(2, len(pages) + 1)]
    assert all("№ строки Организация" in page for page in pages[1:])
    assert sizes == [(210, 297)] + [(297, 210)] * (len(pages) - 1)
