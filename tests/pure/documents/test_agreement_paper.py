"""The text of an agreement: with blanks and with everything known."""

from datetime import UTC, date, datetime

from innoset.documents.pure import official
from innoset.documents.pure.agreement_paper import Agreement, Party, docx, paper, pdf, sheet

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
OURS = Party(
    "Методический центр", "Директор", "Лесная Анна Петровна", "2310000000", "1022300000000",
    "город Лесной, улица Школьная, дом 5", "office@innoset.example",
)  # fmt: skip
BARE = Agreement("Соглашение", "город Лесной", OURS, Party("ТМС, Горный район"), "Горный район")
WHOLE = Agreement(
    "Договор", "город Лесной", OURS, Party("ТМС, Горный район", head="Речной Пётр Ильич"), "Горный район",
    "обмен опытом.", "12-С", date(2026, 11, 20), date(2029, 11, 19), "Соглашение № 1 от 09.01.2023",
)  # fmt: skip


def lines(one: Agreement) -> list[str]:
    return official.text(paper(one)).replace("\u00a0", " ").splitlines()


def test_a_draft_leaves_blanks() -> None:
    said = lines(BARE)
    assert paper(BARE).title == "Соглашение о сетевом взаимодействии"
    for line in (
        "№ ________",
        "город Лесной «___» ____________ 20___ г.",
        "Сторона 1: Методический центр. От его имени действует: директор, Лесная Анна Петровна.",
        "Сторона 2: ТМС, Горный район.",
        "Стороны заключили настоящее соглашение о следующем.",
        "1.2. Направление совместной работы: развитие инновационной деятельности в образовании.",
        "3.1. Соглашение вступает в силу со дня подписания и действует бессрочно.",
        "Электронная почта: office@innoset.example",
    ):
        assert line in said
    assert [line for line in said if line.startswith(("1.3.", "3.2."))] == []


def test_what_is_known_stands_in_its_place() -> None:
    said = lines(WHOLE)
    assert paper(WHOLE).title == "Договор о сетевом взаимодействии № 12-С"
    for line in (
        "№ 12-С",
        "город Лесной 20 ноября 2026 г.",
        "Сторона 2: ТМС, Горный район. От его имени действует: Речной Пётр Ильич.",
        "Стороны заключили настоящий договор о следующем.",
        "1.2. Направление совместной работы: обмен опытом.",
        "1.3. Стороны продолжают работу по документу: Соглашение № 1 от 09.01.2023.",
        "3.1. Договор вступает в силу со дня подписания и действует по 19 ноября 2029 г. включительно.",
        "4.2. Каждая сторона вправе отказаться от договора, письменно предупредив другую за 30 дней.",
    ):
        assert line in said


def test_it_is_printed_in_both_forms() -> None:
    assert (pdf(BARE, at=AT)[:5], docx(BARE, at=AT)[:2]) == (b"%PDF-", b"PK")
    assert sheet(BARE).title == "Соглашение о сетевом взаимодействии"
