"""Layouts that differ in what Word and OpenDocument put between the words."""

from innoset.projects.pure.passport_form import PASSPORT
from tests.pure.projects.layouts import SIGNATURE, STATEMENTS, Sample, ending, filled, layout, title, triples
from tests.pure.projects.word_files import (
    R,
    cell,
    control,
    docx,
    odt,
    odt_para,
    odt_table,
    para,
    paras,
    relations,
    row,
    run,
    table,
    text_box,
)

# --- what Word puts between the words ------------------------------------------------------------


@layout
def automatic_numbers() -> Sample:
    rows = [row(cell(para("", numbered=True)), label, text) for _, label, text in triples()]
    return Sample(filled(rows))


@layout
def content_controls() -> Sample:
    rows = []
    for number, label, text in triples():
        if number == "3":
            hint = control(run("Место для ввода текста."), hint=True)
            rows.append(row(number, label, cell(para(inner=hint))))
        elif number in {"4", "8"}:
            rows.append(row(number, label, cell(para(inner=control(run(text))))))
        elif number == "9":
            rows.append(row(number, label, control(cell(text))))
        elif number == "10":
            rows.append(control(row(number, label, text)))
        else:
            rows.append(row(number, label, text))
    return Sample(filled(rows), changed={"3": ""})


@layout
def tracked_changes() -> Sample:
    rows = []
    for number, label, text in triples():
        if number == "4":
            words = text.split(" ")
            inner = (
                run(words[0])
                + '<w:del w:id="1"><w:r><w:delText>устаревшее</w:delText></w:r></w:del>'
                + f'<w:ins w:id="2">{run(" " + " ".join(words[1:]))}</w:ins>'
                + f'<w:moveFrom w:id="3">{run("перенесено")}</w:moveFrom>'
            )
            rows.append(row(number, label, cell(para(inner=inner))))
        elif number == "10":
            mark = '<w:p><w:pPr><w:rPr><w:del w:id="4"/></w:rPr></w:pPr>' + run(text[:20]) + "</w:p>"
            rows.append(row(number, label, cell(mark + para(text[20:]))))
        else:
            rows.append(row(number, label, text))
        if number == "5":
            rows.append(
                row("6", "Удалённая строка", "удалена", properties='<w:trPr><w:del w:id="9"/></w:trPr>')
            )
    return Sample(filled(rows))


@layout
def links_notes_boxes_heads() -> Sample:
    rows = []
    for number, label, text in triples():
        if number == "16.2":
            link = f'<w:hyperlink r:id="rId1">{run(text)}</w:hyperlink>'
            rows.append(row(number, label, cell(para(inner=link))))
        elif number == "8":
            note = (
                run(text)
                + '<w:r><w:footnoteReference w:id="2"/></w:r><w:r><w:commentReference w:id="0"/></w:r>'
            )
            rows.append(row(number, label, cell(para(inner=note))))
        elif number == "12":
            rows.append(
                row(
                    number,
                    label,
                    cell(
                        para(inner=text_box("Документ подписан электронной подписью 01.02.2024") + run(text))
                    ),
                )
            )
        else:
            rows.append(row(number, label, text))
    parts: dict[str, str | bytes] = {
        "word/_rels/document.xml.rels": relations(("hyperlink", "https://example.ru/", True)),
        "word/footnotes.xml": f'<w:footnotes xmlns:w="{R.replace("officeDocument/2006/relationships", "wordprocessingml/2006/main")}">'
        f'<w:footnote w:id="2">{para("По данным управления образования")}</w:footnote></w:footnotes>',
        "word/header1.xml": f"<hdr>{'Колонтитул 31.12.2020'}</hdr>",
    }
    leftovers = ("Документ подписан электронной подписью 01.02.2024",)
    return Sample(filled(rows, parts=parts), leftovers=leftovers)


@layout
def stamp_and_incoming_number() -> Sample:
    before = para("УТВЕРЖДАЮ") + para("Приказ № 15 от 02.09.2024") + para("Вх. № 77 от 16.09.2024")
    stamp = table(
        [
            [
                "ДОКУМЕНТ ПОДПИСАН ЭЛЕКТРОННОЙ ПОДПИСЬЮ\nСертификат 00AB12\nВладелец Гаврилова Л.Н.\nДействителен с 01.03.2024 по 25.05.2025"
            ]
        ]
    )
    tail = para("Подписано цифровой подписью Дата: 2024.12.24 10:57:34 +03'00'") + para(
        "Входящий № 9 от 20.09.2024"
    )
    return Sample(
        docx(before, title(), table(triples()), ending(), stamp, tail),
        leftovers=("УТВЕРЖДАЮ", "Вх. № 77 от 16.09.2024", "Сертификат 00AB12", "Входящий № 9 от 20.09.2024"),
    )


@layout
def signature_in_table() -> Sample:
    block = table([["Директор", "____________", "Л.Н. Гаврилова"], ["М.П.", "", "«14» сентября 2024 г."]])
    frame = "".join(para(line) for line in STATEMENTS)
    return Sample(docx(title(), table(triples()), frame, block))


@layout
def signature_not_filled() -> Sample:
    frame = "".join(
        para(line)
        for line in (*STATEMENTS, "Директор ______________ Л.Н. Гаврилова", "М.П.  «___»____________2024 г.")
    )
    return Sample(docx(title(), table(triples()), frame), signed_on=None)


# --- paragraphs ----------------------------------------------------------------------------------


@layout
def plain_paragraphs() -> Sample:
    blocks = [para(f"{number}. {label}") + (paras(text) if text else "") for number, label, text in triples()]
    return Sample(docx(title(), *blocks, ending()))


@layout
def plain_paragraphs_with_colon() -> Sample:
    blocks = [paras(f"{number}. {label.rstrip(':')}: {text}") for number, label, text in triples()]
    return Sample(docx(title(), *blocks, ending()))


@layout
def plain_paragraphs_bold_without_numbers() -> Sample:
    blocks = [para(label, bold=True) + (paras(text) if text else "") for _, label, text in triples()]
    return Sample(docx(title(), *blocks, ending()))


@layout
def plain_paragraphs_out_of_order() -> Sample:
    rows = triples()
    moved = [one for one in rows if one[0].startswith("16")] + [
        one for one in rows if not one[0].startswith("16")
    ]
    blocks = [
        para(f"{number}. {label}", bold=True) + (paras(text) if text else "") for number, label, text in moved
    ]
    return Sample(docx(title(), *blocks, ending()))


# --- OpenDocument --------------------------------------------------------------------------------


@layout
def odt_three_columns() -> Sample:
    tail = "".join(odt_para(line) for line in (*STATEMENTS, *SIGNATURE))
    return Sample(odt(odt_para(PASSPORT.title), odt_table(triples()), tail))


@layout
def odt_two_columns() -> Sample:
    tail = "".join(odt_para(line) for line in (*STATEMENTS, *SIGNATURE))
    return Sample(odt(odt_para(PASSPORT.title), odt_table([one[1:] for one in triples(4)]), tail), stages=4)


@layout
def odt_paragraphs() -> Sample:
    blocks = [
        odt_para(f"{number}. {label}") + "".join(odt_para(line) for line in text.split("\n") if text)
        for number, label, text in triples()
    ]
    tail = "".join(odt_para(line) for line in (*STATEMENTS, *SIGNATURE))
    return Sample(odt(odt_para(PASSPORT.title), *blocks, tail))
