"""Requisites of acts compared and cited, and what a writer is told about them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.documents.pure.issuers import family_of, in_genitive, issuer_in, level_of
from innoset.documents.pure.requisites import (
    Contradiction,
    Requisites,
    citation,
    citation_in_genitive,
    contradictions,
    differ_in,
    likeness,
    number_key,
    suspicions,
)
from innoset.documents.pure.verdicts import Known, Remark, clashes_inside, counterpart, remarks
from innoset.documents.states import ActKind as K
from innoset.documents.states import ActLevel as L

RF = "Российской Федерации"
SCHOOLS = f"Министерство просвещения {RF}"
KRAI = "Министерство образования, науки и молодёжной политики Краснодарского края"
KRAI_OLD = "Министерство образования и науки Краснодарского края"
FORUM = "О внесении изменений в приказ от 13 февраля 2015 года № 563 «Об утверждении Положения о Форуме»"


def order(
    number: str = "", day: date | None = None, title: str = "", issuer: str = "", kind: K = K.ORDER
) -> Requisites:
    """Make an order of a ministry."""
    return Requisites(L.FEDERAL, kind, issuer, day, number, title)


@pytest.mark.parametrize(
    ("act", "text"),
    [
        (
            order("21н", date(2019, 3, 22), "Об утверждении Порядка", SCHOOLS),
            "приказ Министерства просвещения Российской Федерации от 22 марта 2019 г. № 21н «Об утверждении Порядка»",
        ),
        (
            Requisites(
                L.FEDERAL,
                K.LAW,
                "Российская Федерация",
                date(2012, 12, 29),
                "273-ФЗ",
                f"Об образовании в {RF}",
            ),
            f"Федеральный закон от 29 декабря 2012 г. № 273-ФЗ «Об образовании в {RF}»",
        ),
        (
            Requisites(L.FEDERAL, K.LAW, "Российская Федерация", date(2000, 12, 25), "2-ФКЗ", "О гимне"),
            "Федеральный конституционный закон от 25 декабря 2000 г. № 2-ФКЗ «О гимне»",
        ),
        (
            Requisites(
                L.REGIONAL,
                K.LAW,
                "Краснодарский край",
                date(2013, 7, 16),
                "2770-КЗ",
                "Об образовании в Краснодарском крае",
            ),
            "Закон Краснодарского края от 16 июля 2013 г. № 2770-КЗ «Об образовании в Краснодарском крае»",
        ),
        (
            order("204", date(2018, 5, 7), "О целях", f"Президент {RF}", K.DECREE),
            f"Указ Президента {RF} от 7 мая 2018 г. № 204 «О целях»",
        ),
        (
            order(
                "28",
                None,
                "О правилах «Школа»",
                f"Главный государственный санитарный врач {RF}",
                K.RESOLUTION,
            ),
            f"постановление Главного государственного санитарного врача {RF} № 28 «О правилах „Школа“»",
        ),
        (Requisites(L.LOCAL, K.REGULATION, "", None, "", "Устав школы № 5"), "Устав школы № 5"),
        (
            Requisites(
                L.FEDERAL, K.CONCEPT, f"Правительство {RF}", date(2022, 3, 31), "678-р", "Концепция развития"
            ),
            f"Концепция развития (Правительство {RF}, от 31 марта 2022 г. № 678-р)",
        ),
        (order("7", None, "", "МБОУ СОШ № 5"), "приказ МБОУ СОШ № 5 № 7"),
    ],
)
def test_citations(act: Requisites, text: str) -> None:
    assert citation(act) == text


@pytest.mark.parametrize(
    ("name", "genitive"),
    [
        ("Управление образования Лесного района", "Управления образования Лесного района"),
        ("управление образования", "управления образования"),
        ("Муниципальное казённое учреждение «Центр»", "Муниципального казённого учреждения «Центр»"),
        ("Городская дума", "Городской думы"),
        ("Научно-методический совет", "Научно-методического совета"),
        ("Краснодарский край", "Краснодарского края"),
        ("ГБОУ ИРО Краснодарского края", "ГБОУ ИРО Краснодарского края"),
        ("Совет", "Совета"),
        ("Новая школа", "Новой школы"),
        ("Лесной", "Лесной"),
        ("Учёный научный", "Учёный научный"),
        ("", ""),
    ],
)
def test_issuers_in_the_genitive(name: str, genitive: str) -> None:
    assert in_genitive(name) == genitive


@pytest.mark.parametrize(
    ("text", "day", "name", "level"),
    [
        ("МОНиМП КК", None, KRAI, L.REGIONAL),
        ("министерства образования, науки и молодежной политики края", None, KRAI, L.REGIONAL),
        ("МОН КК", None, KRAI_OLD, L.REGIONAL),
        ("Минобрнауки РФ", date(2013, 7, 23), f"Министерство образования и науки {RF}", L.FEDERAL),
        ("Минобрнауки РФ", date(2019, 3, 22), f"Министерство науки и высшего образования {RF}", L.FEDERAL),
        ("Минобрнауки", None, f"Министерство науки и высшего образования {RF}", L.FEDERAL),
        (
            "Министерства науки и высшего образования",
            date(2018, 1, 1),
            f"Министерство науки и высшего образования {RF}",
            L.FEDERAL,
        ),
        ("Минпросвещения", None, SCHOOLS, L.FEDERAL),
        ("ГБОУ ИРО Краснодарского края", None, "ГБОУ ИРО Краснодарского края", L.INSTITUTE),
        ("администрации Лесного района", None, None, L.MUNICIPAL),
        ("МБОУ СОШ № 5", None, None, L.LOCAL),
        ("министра обороны", None, None, L.FEDERAL),
        ("законодательства края", None, None, L.REGIONAL),
        ("собрания", None, None, None),
    ],
)
def test_bodies_are_recognised(text: str, day: date | None, name: str | None, level: L | None) -> None:
    found = issuer_in(text, day)
    assert (found.name if found else None, level_of(text)) == (name, level)


def test_heirs_are_one_family() -> None:
    assert family_of(KRAI) == family_of("МОН КК") == "krai"
    assert family_of("Совет школы № 5") == "совет школы 5"
    assert family_of("") == ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("273-ФЗ", "273 – фз"), ("№ 21н", "21H"), ("47/1", "47/1"), ("Р-145", "P-145")],
)
def test_numbers_are_compared_by_what_they_say(one: str, other: str) -> None:
    assert number_key(one) == number_key(other)


def test_titles_are_alike_by_their_words() -> None:
    assert likeness("Об утверждении порядка", "об  утверждении Порядков") == 1.0
    assert likeness("Об утверждении порядка", "") == 0.0
    assert likeness("О целях", "О задачах") == 0.0
    assert likeness(FORUM, FORUM.replace("13 февраля 2015 года", "13.02.2015")) == 1.0


DAY, OTHER_DAY = date(2016, 3, 25), date(2015, 9, 16)


@pytest.mark.parametrize(
    ("one", "other", "about"),
    [
        (order("1616", DAY, FORUM, KRAI), order("4719", DAY, FORUM, KRAI), "number"),
        (order("4719", DAY, FORUM, KRAI), order("4719", OTHER_DAY, FORUM, KRAI_OLD), "date"),
        (order("1616", DAY, FORUM), order("4719", DAY, FORUM, KRAI), "number"),
        (order("4718", DAY, "Об изменениях", KRAI), order("4719", DAY, "Об очном этапе", KRAI), ""),
        (order("1616", DAY, FORUM, KRAI), order("1616", DAY, FORUM, KRAI), ""),
        (order("1616", DAY, FORUM, KRAI), order("4719", OTHER_DAY, FORUM, KRAI), ""),
        (order("1616", DAY, FORUM, KRAI), order("4719", DAY, FORUM, SCHOOLS), ""),
        (order("1616", DAY, FORUM), order("4719", DAY, FORUM, kind=K.LETTER), ""),
        (order("1616", DAY, FORUM), order("", DAY, FORUM), ""),
        (order("1616", DAY, FORUM), order("4719", None, FORUM), ""),
    ],
)
def test_when_two_notes_of_one_act_clash(one: Requisites, other: Requisites, about: str) -> None:
    assert differ_in(one, other) == differ_in(other, one) == about


def test_contradictions_of_a_row() -> None:
    row = [
        order("4719", OTHER_DAY, "Об очном этапе", KRAI),
        order("1616", DAY, FORUM, KRAI),
        order("286", date(2021, 5, 31), "Об утверждении стандарта начального общего образования"),
        order("4719", DAY, FORUM, KRAI),
        order("287", date(2021, 5, 31), "Об утверждении стандарта основного общего образования"),
        order("5", date(2020, 1, 1), "О плане работы"),
        order("5", date(2021, 1, 1), "О плане работы"),
        order("", None, FORUM),
    ]
    assert contradictions(row) == (Contradiction(1, 3, "number"), Contradiction(5, 6, "date"))


@given(
    st.permutations(
        [order("1616", DAY, FORUM, KRAI), order("4719", DAY, FORUM, KRAI), order("1", DAY, "О другом")]
    )
)
def test_the_order_of_the_row_does_not_matter(row: list[Requisites]) -> None:
    assert [one.about for one in contradictions(row)] == ["number"]


def test_what_a_person_should_look_at() -> None:
    near = "Об утверждении стандарта {} общего образования"
    row = [
        order("286", DAY, near.format("начального")),
        order("287", DAY, near.format("основного")),
        order("288", DAY, "О плане работы"),
        order("11", date(2020, 1, 1), "О плане работы"),
        order("11", date(2021, 1, 1), "О плане работы"),
        order("12", DAY, near.format("начального"), kind=K.LETTER),
        order("13", DAY, near.format("начального"), SCHOOLS),
        order("14", date(2024, 1, 1), near.format("начального"), KRAI),
        order("", DAY, near.format("начального")),
        order("15", None, near.format("начального")),
    ]
    assert suspicions(row) == (
        Contradiction(0, 1, "day"),
        Contradiction(0, 7, "title"),
        Contradiction(1, 6, "day"),
        Contradiction(2, 3, "title"),
        Contradiction(2, 4, "title"),
    )


@pytest.mark.parametrize(
    ("act", "text"),
    [
        (
            order("1100", date(2023, 4, 18), "Об утверждении порядка", KRAI),
            (
                "приказа Министерства образования, науки и молодёжной политики Краснодарского края "
                "от 18 апреля 2023 г. № 1100 «Об утверждении порядка»"
            ),
        ),
        (
            Requisites(L.FEDERAL, K.LAW, RF, date(2012, 12, 29), "273-ФЗ", "Об образовании"),
            "Федерального закона от 29 декабря 2012 г. № 273-ФЗ «Об образовании»",
        ),
        (
            Requisites(
                L.REGIONAL, K.LAW, "Краснодарский край", date(2013, 7, 16), "2770-КЗ", "Об образовании"
            ),
            "закона Краснодарского края от 16 июля 2013 г. № 2770-КЗ «Об образовании»",
        ),
        (
            Requisites(L.LOCAL, K.REGULATION, "Управление", date(2024, 5, 1), "", "Положение о сети"),
            "документа «Положение о сети» (Управление, от 1 мая 2024 г.)",
        ),
    ],
)
def test_citations_after_on_the_ground_of(act: Requisites, text: str) -> None:
    assert citation_in_genitive(act) == text


NEW = order(
    "21н", date(2019, 3, 22), "Об утверждении Порядка формирования инфраструктуры", "Минобрнауки России"
)
OLD = order(
    "611", date(2013, 7, 23), "Об утверждении Порядка формирования инфраструктуры", "Минобрнауки России"
)
BASE = (
    Known(1, NEW),
    Known(2, OLD, in_force=False, replaced_by=(NEW,)),
    Known(3, order("4719", DAY, FORUM, KRAI), in_force=None),
    Known(4, order("1324", date(2013, 12, 10), "О показателях самообследования"), in_force=False),
    Known(5, order("273-ФЗ", date(2012, 12, 29), "Об образовании", kind=K.LAW)),
    Known(
        6,
        order("582", date(2013, 7, 10), "О сайте школы", kind=K.RESOLUTION),
        in_force=False,
        replaced_by=(
            order("1802", date(2021, 10, 20), "О сайте", kind=K.RESOLUTION),
            order("831", date(2020, 8, 14), "О сайте"),
        ),
    ),
    Known(
        7,
        order("", None, "Концепция развития школ", kind=K.CONCEPT),
        in_force=False,
        replaced_by=(order("", None, "Стратегия школ", kind=K.STRATEGY),),
    ),
    Known(8, order("", None, "Стратегия развития школ", kind=K.STRATEGY), in_force=False),
    Known(9, order("9", DAY, "О правилах школ", kind=K.RESOLUTION), in_force=False),
)


@pytest.mark.parametrize(
    ("named", "date_text", "told"),
    [
        (NEW, "22.03.2019", []),
        (
            order("21н", None, "Об утверждении Порядка формирования инфраструктуры"),
            " марта  2019г.",
            [("act_date_incomplete", "Дата приказа № 21н неполная: «марта 2019г». В базе 22.03.2019.")],
        ),
        (
            order("77", None, "О новом"),
            "2019 г.",
            [("act_date_incomplete", "Дата приказа № 77 неполная: «2019 г». Допишите день, месяц и год.")],
        ),
        (
            order("", None, "О новом"),
            "2019 г.",
            [("act_date_incomplete", "Дата приказа неполная: «2019 г». Допишите день, месяц и год.")],
        ),
        (
            order("1616", DAY, FORUM, "МОН КК"),
            "25.03.2016",
            [
                (
                    "act_number_differs",
                    "Приказ от 25.03.2016: в вашем тексте № 1616, в базе № 4719. Проверьте номер.",
                )
            ],
        ),
        (
            order("21н", date(2018, 3, 22), "Об утверждении Порядка формирования инфраструктуры"),
            "22.03.2018",
            [
                (
                    "act_date_differs",
                    "Приказ № 21н: в вашем тексте дата 22.03.2018, в базе 22.03.2019. Проверьте дату.",
                )
            ],
        ),
        (
            order("611", date(2013, 7, 23)),
            "23.07.2013",
            [("act_not_in_force", "Приказ № 611 утратил силу, его заменил приказ от 22.03.2019 № 21н.")],
        ),
        (
            order("1324", None),
            "",
            [("act_not_in_force", "Приказ № 1324 утратил силу. Проверьте, нужен ли он в тексте.")],
        ),
        (
            order("582", date(2013, 7, 10), kind=K.RESOLUTION),
            "10.07.2013",
            [
                (
                    "act_not_in_force",
                    (
                        "Постановление № 582 утратило силу, его заменили постановление от 20.10.2021 № 1802"
                        " и приказ от 14.08.2020 № 831."
                    ),
                )
            ],
        ),
        (
            order("", None, "Концепция развития школ", kind=K.CONCEPT),
            "",
            [
                (
                    "act_not_in_force",
                    "Концепция «Концепция развития школ» утратила силу, её заменила стратегия «Стратегия школ».",
                )
            ],
        ),
        (
            order("", None, "Стратегия развития школ", kind=K.STRATEGY),
            "",
            [
                (
                    "act_not_in_force",
                    "Стратегия «Стратегия развития школ» утратила силу. Проверьте, нужна ли она в тексте.",
                )
            ],
        ),
        (
            order("9", DAY, kind=K.RESOLUTION),
            "",
            [("act_not_in_force", "Постановление № 9 утратило силу. Проверьте, нужно ли оно в тексте.")],
        ),
        (order("273-ФЗ", None, "О совсем другом", kind=K.LAW), "", []),
        (order("611", None, "О совсем другом деле"), "", []),
        (order("611", date(2020, 1, 1), "О другом деле"), "", []),
        (order("5", date(2020, 1, 1), "О своём"), "01.01.2020", []),
    ],
)
def test_what_the_writer_is_told(named: Requisites, date_text: str, told: list[tuple[str, str]]) -> None:
    assert remarks(named, date_text, BASE) == tuple(Remark(*one) for one in told)


def test_the_surest_act_of_the_base_is_meant() -> None:
    assert (
        counterpart(order("4719", DAY, FORUM, KRAI), (Known(1, order("1616", DAY, FORUM)), BASE[2]))
        == BASE[2]
    )
    assert counterpart(order("273-ФЗ", None, kind=K.LAW), BASE) == BASE[4]
    assert counterpart(order("1", DAY, "О своём"), BASE) is None
    assert counterpart(NEW, ()) is None


def test_one_act_under_two_numbers_in_one_text() -> None:
    acts = [order("1616", DAY, FORUM), order("4719", DAY, FORUM), order("1", DAY, "О другом")]
    dates = [
        order("5", DAY, "О плане", kind=K.RESOLUTION),
        order("5", OTHER_DAY, "О плане", kind=K.RESOLUTION),
    ]
    assert [one.message for one in clashes_inside(acts + dates)] == [
        "Приказ от 25.03.2016 записан под двумя номерами: № 1616 и № 4719. Проверьте, какой верный.",
        "Постановление № 5 записано с двумя датами: 25.03.2016 и 16.09.2015. Проверьте, какая верная.",
    ]
