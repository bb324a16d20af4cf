"""Lists of values: columns by name, each mistake with its cure, unknown is not nought."""

from hypothesis import given
from hypothesis import strategies as st

from innoset.analytics.pure import value_rows as pure

KNOWN = pure.Known(
    {"визиты": "site-visits", "site visits": "site-visits"}, {"крымский район": 5}, {"23 0001": 9}
)
HEAD = [
    "Показатель",
    "Период с",
    "Период по",
    "Муниципалитет",
    "Организация",
    "Значение",
    "Часть периода",
    "Источник",
]


def row(*cells):
    return pure.rows_of([HEAD, list(cells)], KNOWN)[0]


def values(**given):
    return {**dict.fromkeys(pure.COLUMNS, ""), **given}


def test_a_good_row():
    made = row("Визиты", "01.01.2021", "2021-12-31", "", "", "17 000,50", "нет", "Счётчик")
    assert (made.line, made.reasons, made.values) == (
        2,
        (),
        values(
            indicator="site-visits",
            starts_on="2021-01-01",
            ends_on="2021-12-31",
            value="17000.50",
            source_note="Счётчик",
        ),
    )


def test_holders_are_found_by_their_names():
    place = row("site-visits", "01.01.2021", "31.12.2021", "Крымский район", "", "1", "да", "x")
    organisation = row("Визиты", "01.01.2021", "31.12.2021", "", "23-0001", "н/д", "", "x")
    assert (place.values["municipality"], place.values["is_partial"], place.reasons) == ("5", "да", ())
    assert (organisation.values["organisation"], organisation.values["value"], organisation.reasons) == (
        "9",
        "",
        (),
    )


def test_every_mistake_is_named_with_its_cure():
    made = row("", "вчера", "31.12.2021", "Тула", "нет такой", "более 10", "может быть", "")
    assert made.reasons == (
        "Столбец «Показатель»: он пуст. Впишите название или код показателя.",
        "Столбец «Период с»: «вчера» — не дата. Впишите день, месяц и год, например 01.01.2021.",
        "Столбец «Муниципалитет»: «Тула» не найден. Впишите название или номер, как на сайте.",
        "Столбец «Организация»: «нет такой» не найден. Впишите название или номер, как на сайте.",
        "Столбец «Значение»: «более 10» — не число. Впишите только число, а вместо слова «более» поставьте «да» в столбце «Не меньше».",
        "Столбец «Часть периода»: «может быть» не подходит. Впишите «да» или «нет».",
        "Столбец «Источник»: он пуст. Впишите, откуда взято значение.",
    )


def test_more_mistakes():
    made = row("Удача", "01.01.2021", "31.12.2021", "Крымский район", "23-0001", "-5", "", "я" * 301)
    assert made.reasons == (
        "Столбец «Показатель»: «Удача» не найден. Впишите название, как на сайте.",
        "Столбец «Значение»: «-5» не подходит. Впишите число от нуля, не длиннее 13 знаков.",
        "Столбец «Источник»: текст длиннее 300 знаков. Сократите его.",
        "Заполнены и муниципалитет, и организация. Оставьте что-то одно.",
    )
    exact = row("Визиты", "01.01.2021", "31.12.2021", "", "", "1,234", "", "x")
    assert exact.reasons == ("Столбец «Значение»: «1,234»: оставьте после запятой не больше двух знаков.",)


def test_twins_are_found_and_bad_rows_have_none():
    good = ["Визиты", "01.01.2021", "31.12.2021", "", "", "1", "", "x"]
    bad = ["", *good[1:]]
    made = pure.rows_of([["Список"], HEAD, good, [], good, bad, bad], KNOWN)
    assert [(one.line, len(one.reasons)) for one in made] == [(3, 0), (5, 1), (6, 1), (7, 1)]
    assert made[1].reasons == ("Строка повторяет строку 3. Оставьте одну из них.",)


def test_a_short_row_lacks_what_is_not_there():
    assert row("Визиты").reasons == (
        "Столбец «Период с»: «» — не дата. Впишите день, месяц и год, например 01.01.2021.",
        "Столбец «Период по»: «» — не дата. Впишите день, месяц и год, например 01.01.2021.",
        "Столбец «Источник»: он пуст. Впишите, откуда взято значение.",
    )


def test_columns_that_cannot_be_done_without():
    assert pure.lacking_columns(pure.header_of([["Показатель", "Показатель"]])[1]) == [
        "Период с",
        "Период по",
        "Источник",
        "Значение",
    ]
    assert pure.lacking_columns(pure.header_of([HEAD])[1]) == []


@given(st.text(max_size=40))
def test_no_text_of_a_number_breaks_the_reading(text):
    made = row("Визиты", "01.01.2021", "31.12.2021", "", "", text, "", "x")
    assert bool(made.reasons) or pure._number(made.values["value"], KNOWN) == made.values["value"]
