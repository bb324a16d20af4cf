"""The paper of a yearly report and the booklet of a site: what they say, and that they always fit."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime

from pypdf import PdfReader

from innoset.documents.pure import booklet, official, report_paper
from innoset.documents.pure.booklet import Booklet, StageLine
from innoset.documents.pure.report_paper import Answer, FigureLine, Part, ReportPaper, TaskLine

AT = datetime(2026, 11, 21, 9, 0, tzinfo=UTC)
REPORT = ReportPaper(
    heading="Отчёт краевой инновационной площадки",
    organisation="Школа № 7",
    starts_on=date(2025, 1, 1),
    ends_on=date(2025, 12, 31),
    parts=(
        Part("I. Сведения", (Answer("1", "Название", "Школа № 7"), Answer("7", "Ссылка", "")), is_table=True),
        Part("II. Отчёт", (Answer("1", "Тема", "Первая строка\n\nВторая строка"),), is_table=False),
    ),
    tasks=(TaskLine("Провести семинар", "Выполнена", "12 мая"),),
    planned=("Издать сборник",),
    figures=(FigureLine("Участники", 1_214, 5),),
    number="kip-2025-001",
    version=2,
    sent_at=AT,
    accepted_at=AT,
    post="Директор",
    signatory="Берёзкина Ольга Викторовна",
    digest="ab" * 32,
)
SAID = """\
Отчёт краевой инновационной площадки

Школа № 7

за период с 01.01.2025 по 31.12.2025

I. Сведения

№: 1
Раздел: Название
Содержание: Школа № 7
№: 7
Раздел: Ссылка
Содержание: Не заполнено

II. Отчёт

1. Тема

Первая строка

Вторая строка

Задачи отчётного года

Задача: Провести семинар
Что стало: Выполнена
Пояснение: 12 мая

Задачи на следующий год

№: 1
Задача: Издать сборник

Показатели года, как их посчитал сайт

Показатель: Участники
Значение: 1 214
Записей: 5

21 ноября 2026 г.

Директор
О. В. Берёзкина

Номер отчёта: kip-2025-001
Сдан: 21 ноября 2026 г., 12:00 МСК, версия 2
Принят: 21 ноября 2026 г., 12:00 МСК

Контрольная сумма версии (SHA-256): """


def test_the_report_says_exactly_this() -> None:
    said = official.text(report_paper.paper(REPORT)).replace("\xa0", " ")
    assert said == SAID + " ".join(["abab"] * 16) + "\n"


def test_a_draft_says_that_it_is_one_and_has_no_sum() -> None:
    draft = ReportPaper(
        heading="Отчёт",
        organisation="Школа",
        starts_on=date(2025, 1, 1),
        ends_on=date(2025, 12, 31),
        parts=(),
        mark="ЧЕРНОВИК",
    )
    paper = report_paper.paper(draft)
    assert (paper.mark, official.text(paper).count("\n\n"), "Контрольная" in official.text(paper)) == (
        "ЧЕРНОВИК",
        5,
        False,
    )


def test_both_coats_of_the_report() -> None:
    pdf, word = report_paper.pdf(REPORT, at=AT), report_paper.docx(REPORT, at=AT)
    assert (pdf, word[:2]) == (report_paper.pdf(REPORT, at=AT), b"PK")
    assert "Провести семинар" in PdfReader(io.BytesIO(pdf)).pages[0].extract_text()


BOOKLET = Booklet(
    status="Краевая инновационная площадка",
    theme="Школа наставников",
    organisation="Школа № 7",
    municipality="Приречный район",
    address="улица Школьная, 1",
    head="Берёзкина О. В.",
    phone="+7 000 000-00-00",
    aim="Наша цель.",
    stages=(StageLine("Весна", "Готовимся"),),
    results=("Мероприятия: 6",),
    novelty="Новое",
    year=2025,
    link="https://innoset.example/organisations/23-0001/",
)


def test_the_booklet_is_two_wide_pages_whatever_is_in_it() -> None:
    long = "Очень длинное предложение о проекте, его задачах и людях. " * 400
    unbroken = "слово " * 900
    for one in (
        BOOKLET,
        Booklet(status="МИП", theme="Тема", organisation="Школа"),
        replace(
            BOOKLET,
            aim=long,
            tasks=unbroken,
            novelty=long,
            value=long,
            results=(long,) * 9,
            stages=(StageLine("x", long),) * 9,
        ),
    ):
        pages = PdfReader(io.BytesIO(booklet.pdf(one, at=AT))).pages
        sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in pages]
        assert sizes == [(842, 595), (842, 595)]


def test_the_booklet_says_exactly_this() -> None:
    data = booklet.sheet(BOOKLET).data
    assert data == {
        "status": "Краевая инновационная площадка",
        "theme": "«Школа наставников»",
        "organisation": "Школа № 7",
        "municipality": "Приречный район",
        "year": "2025 г.",
        "contacts": [
            {"label": "Адрес", "text": "улица Школьная, 1"},
            {"label": "Руководитель", "text": "Берёзкина О. В."},
            {"label": "Телефон", "text": "+7 000 000-00-00"},
        ],
        "flap": [{"title": "Новизна", "text": "Новое"}],
        "aims": [{"title": "Цель", "text": "Наша цель."}],
        "stages": [{"term": "Весна", "text": "Готовимся"}],
        "results": ["Мероприятия: 6"],
        "has_link": True,
    }


def test_what_is_long_ends_with_a_sentence_or_a_word() -> None:
    sentences, words = "Предложение. " * 200, "слово " * 400
    data = booklet.sheet(replace(BOOKLET, aim=sentences, tasks=words)).data
    aim, tasks = (one["text"] for one in data["aims"])  # type: ignore[index, union-attr]  # JSON of our own
    assert (
        aim.endswith("Предложение."),
        len(aim) <= 1_400,
        tasks.endswith("слово…"),
        len(tasks) <= 1_401,
    ) == (
        True,
        True,
        True,
        True,
    )
