"""Forms typed by somebody else: oddities of tables, of lines and of signatures, each on its own."""

from collections.abc import Callable

import pytest

from innoset.projects.pure.reading import Outcome, Reading, read
from tests.pure.projects.layouts import STAGES, STATEMENTS, answers, ending, title, triples
from tests.pure.projects.word_files import cell, control, document_xml, docx, para, paras, row, table

ROWS = triples()
OUTSIDE = [one for one in ROWS if not one[0].startswith("11.")]
SIGNED = "2024-09-14"


def framed(*body: str) -> bytes:
    return docx(title(), *body, ending())


def lines(rows: list[tuple[str, str, str]], label: str = "{0}. {1}", *, bold: bool = False) -> str:
    return "".join(
        para(label.format(number, text), bold=bold) + (paras(answer) if answer else "")
        for number, text, answer in rows
    )


def with_stages(*head: str, row_of: Callable[[int, tuple[str | None, ...]], tuple[str, ...]]) -> bytes:
    """Return the form with the stages in a table of their own between its halves."""
    cut = next(place for place, one in enumerate(OUTSIDE) if one[0] == "11") + 1
    body = [row_of(number, stage) for number, stage in enumerate(STAGES[:3], 1)]
    return framed(table(OUTSIDE[:cut]), para(), table([head, *body]), para(), table(OUTSIDE[cut:]))


def parts(stage: tuple[str | None, ...]) -> tuple[str, str, str]:
    return str(stage[1]), str(stage[2]), str(stage[3])


FILES: dict[str, bytes] = {
    "a control around everything": docx(control(title() + table(ROWS) + ending())),
    "a control around the table": framed(control(table(ROWS))),
    "inserted rows": framed(
        table([row(*one, properties='<w:trPr><w:ins w:id="1"/></w:trPr>') for one in ROWS])
    ),
    "the strict dialect": docx(
        parts={
            "word/document.xml": document_xml(title(), table(ROWS), ending()).replace(
                "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
                "http://purl.oclc.org/ooxml/wordprocessingml/main",
            )
        }
    ),
    "an empty column before": framed(table([("", *one) for one in ROWS])),
    "an empty column after": framed(table([(*one, "") for one in ROWS])),
    "empty rows between": framed(table([line for one in ROWS for line in (one, ("", "", ""))])),
    "numbers with a sign": framed(table([(f"№{one[0]}", *one[1:]) for one in ROWS])),
    "numbers with a bracket": framed(table([(f"{one[0]})", *one[1:]) for one in ROWS])),
    "numbers between blank lines": framed(table([(f"\n{one[0]}\n", *one[1:]) for one in ROWS])),
    "columns that are counted": framed(table([("1", "2", "3"), *ROWS])),
    "the head row again and again": framed(
        table(
            [
                line
                for place, one in enumerate(ROWS)
                for line in ([("№", "Наименование поля", "Содержание")] if place % 8 == 0 else []) + [one]
            ]
        )
    ),
    "stars after the labels": framed(table([(one[0], one[1].rstrip(":") + "*", one[2]) for one in ROWS])),
    "quoted labels": framed(table([(one[0], f"«{one[1]}»", one[2]) for one in ROWS])),
    "solid spaces": framed(table([(one[0], one[1].replace(" ", "\u00a0"), one[2]) for one in ROWS])),
    "a group merged down": framed(
        table(
            [
                *(row(number, cell(label, span=2), text) for number, label, text in ROWS if number[:2] != "16"),
                *(
                    row(
                        cell("" if place else "16", merge="continue" if place else "restart"),
                        cell("" if place else "Ресурсное обеспечение инновации", merge="continue" if place else "restart"),
                        *one[1:],
                    )
                    for place, one in enumerate(one for one in ROWS if one[0].startswith("16."))
                ),
            ]
        )
    ),
    "lines with blank ones between": framed(
        *(
            para(f"{number}. {label}") + para() + (paras(text) if text else "") + para()
            for number, label, text in ROWS
        )
    ),
    "a label and an answer in one paragraph": framed(*(para(f"{n}. {label}\n{text}") for n, label, text in ROWS)),
    "lines with tabs": framed(*(para(f"{n}\t{label}\t{text}") for n, label, text in ROWS)),
    "lines with dashes": framed(*(para(f"{n}. {label.rstrip(':')} – {text}") for n, label, text in ROWS)),
    "a number on a line of its own": framed(lines(ROWS, "{0}\n{1}")),
    "a label over two paragraphs": framed(
        *(
            paras(f"{n}. {' '.join(label.split()[:3])}\n{' '.join(label.split()[3:])}".strip())
            + (paras(text) if text else "")
            for n, label, text in ROWS
        )
    ),
    "stages with other words in the head": with_stages(
        "№ п/п", "Этап", "Сроки реализации", "Основные задачи", "Ожидаемый результат",
        row_of=lambda number, stage: (f"{number}.", str(stage[0]), *parts(stage)),
    ),
    "stages by date": with_stages(
        "Сроки", "Этап", "Задачи этапа", "Планируемый результат",
        row_of=lambda number, stage: (parts(stage)[0], f"{number} этап. {stage[0]}", *parts(stage)[1:]),
    ),
    "stages by roman numbers": with_stages(
        "Этапы", "Период реализации", "Задачи", "Результат",
        row_of=lambda number, stage: (f"{'I' * number}. {stage[0]}", *parts(stage)),
    ),
    "stages by words": with_stages(
        "Этап", "Срок", "Задачи", "Результаты",
        row_of=lambda number, stage: (f"{('Первый', 'Второй', 'Третий')[number - 1]} этап – {stage[0]}", *parts(stage)),
    ),
}  # fmt: skip


def told(reading: Reading) -> tuple[object, ...]:
    return reading.outcome, reading.fields, str(reading.signed_on), reading.leftovers


@pytest.mark.parametrize("name", FILES)
def test_file_of_another_hand_is_read_whole(name: str) -> None:
    assert told(read(FILES[name])) == (Outcome.OK, answers(), SIGNED, ())


def test_column_that_the_form_does_not_know_is_left_over() -> None:
    data = with_stages(
        "Этап", "Сроки", "Задачи", "Ответственный", "Результат",
        row_of=lambda number, stage: (f"{number} этап: {stage[0]}", *parts(stage)[:2], f"завуч {number}", parts(stage)[2]),
    )  # fmt: skip
    found = tuple(f"Ответственный\nзавуч {number}" for number in (1, 2, 3))
    assert told(read(data)) == (Outcome.OK, answers(), SIGNED, found)


def test_plan_of_events_is_no_table_of_stages() -> None:
    plan = table([("Мероприятие", "Срок", "Результат"), ("Семинар", "Май 2023 г.", "Буклет")])
    rows = [
        row(n, label, cell(plan + para())) if n == "13" else row(n, label, text) for n, label, text in ROWS
    ]
    reading = read(framed(table(rows)))
    assert reading.fields == answers() | {"13": "Мероприятие\tСрок\tРезультат\nСеминар\tМай 2023 г.\tБуклет"}


SIGNATURES: dict[tuple[str, ...], str | None] = {
    ("Руководитель организации ____________ /Берёзкина О.В./", "«14» сентября 2024 года"): SIGNED,
    ("Директор", "Берёзкина О.В. ____________", "14 сентября 2024 г.", "М.П."): SIGNED,
    ("Руководитель ОО          О.В. Берёзкина", "14.09.2024"): SIGNED,
    ("Дата составления: 14.09.2024", "Подпись ______"): SIGNED,
    ("Директор МБОУ СОШ № 5 ____ Берёзкина О.В.   «14»  09  2024 г.",): SIGNED,
    ("Заведующий МБДОУ ДС № 3       И.И. Ясная", "« 14 »  сентября  2024 г."): SIGNED,
    ("Директор ____ Берёзкина", "М.П. «14» сентября 2024 г.", "СОГЛАСОВАНО", "Начальник ______ Ясный «20» сентября 2024 г."): SIGNED,
    ("Регистрационный номер 5, 20.09.2024", "Директор ____ Берёзкина", "М.П. «14» сентября 2024 г."): SIGNED,
    ("Директор ____ Берёзкина", "М.П. «14» сентября 2024 г.", "Исп. Ясная, тел. 8(86100)12345 от 20.09.2024"): SIGNED,
    ("Директор ____ Берёзкина «___» _________ 2024 г.", "Приказ № 5 от 01.09.2024"): None,
    ("Директор ____ Берёзкина", "М.П.", "Документ подписан электронной подписью", "Дата подписи: 20.09.2024"): None,
    ("Директор ____ Берёзкина", "М.П. «___» ____ 20__ г.", "СОГЛАСОВАНО", "Начальник ______ Ясный «20» сентября 2024 г."): None,
    ("ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ", "Владелец: Берёзкина", "Сертификат: 12", "Дата: 14.09.2024", "Директор ____ Берёзкина", "М.П. «___»________2024 г."): None,
    ("Директор ____ Берёзкина", "М.П.", "Дата: 2024.12.24 10:57:34 +03'00'"): None,
    ("Директор ____ Берёзкина", "М.П.", "Действителен с 14.09.2024 по 14.09.2025"): None,
    ("Директор ____ Берёзкина", "М.П.", "Дата подписания: 24.12.2024 10:57"): None,
    ("Директор ____ Берёзкина", "М.П. 2024 г."): None,
}  # fmt: skip


@pytest.mark.parametrize(("block", "day"), SIGNATURES.items())
def test_day_of_signing_is_the_form_s_own(block: tuple[str, ...], day: str | None) -> None:
    reading = read(docx(title(), table(ROWS), *(para(line) for line in (*STATEMENTS, *block))))
    assert (reading.fields, reading.signed_on and reading.signed_on.isoformat()) == (answers(), day)


OTHERS = [(number, label, f"другое: {text}" if text else "") for number, label, text in ROWS]
BLANK = [(number, label, "") for number, label, _ in ROWS]


@pytest.mark.parametrize(
    "data",
    [
        framed(table(ROWS), table(OTHERS)),
        framed(table(ROWS), title(), table(BLANK)),
        framed(table(BLANK), title(), table(ROWS)),
        framed(table([one[1:] for one in ROWS]), title(), table([one[1:] for one in OTHERS])),
        framed(lines(ROWS), title(), lines(OTHERS)),
        framed(lines(ROWS, "{1}", bold=True), title(), lines(OTHERS, "{1}", bold=True)),
        framed(table(ROWS), title(), lines(OTHERS)),
        framed(*(para(f"{one[1].rstrip(':')}: {one[2]}") for one in (*ROWS, *OTHERS))),
    ],
    ids=[
        "filled",
        "then blank",
        "blank first",
        "no numbers",
        "lines",
        "bold lines",
        "table and lines",
        "colons",
    ],
)
def test_two_forms_in_one_file_are_refused(data: bytes) -> None:
    reading = read(data)
    assert (reading.outcome, reading.reason) == (
        Outcome.REFUSED,
        "В файле две формы. Оставьте одну и загрузите файл ещё раз.",
    )
