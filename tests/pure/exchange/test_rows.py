"""Columns are known by many names, rows are made regular, bad ones say what to mend."""

from typing import Any

import pytest

from innoset.exchange.pure.columns import find_header, folded
from innoset.exchange.pure.rows import normalise, place_key
from innoset.network.reference.municipalities import PLACES

PLACE_KEYS = {place_key(place.name): place.oktmo for place in PLACES}
HEAD = ["Название", "Тип", "Район", "ИНН", "КПП", "ОГРН", "Почта", "Сайт"]
GOOD = [
    "МБОУ СОШ № 7", "СОШ", "Выселковский р-н", "2340018182", "234001001", "1062340003010",
    "School@Example.test", "school7.example",
]  # fmt: skip


def rows_of(*rows: Any, head: Any = HEAD) -> Any:
    table = [head, *rows]
    return normalise(table, find_header(table), PLACE_KEYS)


def test_the_header_is_found_under_a_title() -> None:
    table = [
        ["Список школ"],
        [],
        ["№ п/п", "Полное  НАИМЕНОВАНИЕ", "Вид организации", "М.О.", "И Н Н", "ОГРН"],
    ]
    header = find_header(table)
    assert header.line == 2
    assert header.places == {"name": 1, "kind": 2, "ogrn": 5}
    assert header.missing == ("Муниципалитет",)
    assert header.unknown == ("№ п/п", "М.О.", "И Н Н")


def test_what_is_missing_is_named() -> None:
    assert find_header([["a", "b"]]).missing == (
        "Краткое наименование",
        "Вид",
        "Муниципалитет",
        "ИНН и КПП, или ОГРН",
    )


def test_a_good_row() -> None:
    (row,) = rows_of(GOOD)
    assert row.reasons == ()
    assert row.line == 2
    assert row.key == "2340018182-234001001"
    assert row.values == {
        "short_name": "МБОУ СОШ № 7",
        "name": "МБОУ СОШ № 7",
        "kind": "school",
        "municipality": "03612000",
        "inn": "2340018182",
        "kpp": "234001001",
        "ogrn": "1062340003010",
        "email": "school@example.test",
        "site": "https://school7.example",
    }


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        (0, "", "Нет названия: заполните столбец «Краткое наименование»."),
        (0, "я" * 201, "Столбец «Краткое наименование» длиннее 200 знаков: сократите его."),
        (1, "", "Столбец «Вид» пуст: впишите вид организации, например «школа»."),
        (1, "завод", ("Столбец «Вид»: «завод» неизвестен. Впишите одно из слов: школа, детский сад, "
         "допобразование, колледж, имц, тмс, управление образования, институт, иное.")),
        (2, "", "Столбец «Муниципалитет» пуст: впишите район или город."),
        (2, "Заречье", "Столбец «Муниципалитет»: «Заречье» не найден. Впишите название, как на сайте."),
        (3, "2340018183", ("ИНН организации «2340018183» содержит опечатку: "
         "не сходится контрольная цифра. Сверьте его с документом.")),
        (6, "почта", "Столбец «Электронная почта»: «почта» не похож на адрес. Нужен вид имя@пример.рф."),
        (7, "нет сайта", "Столбец «Сайт»: «нет сайта» не похож на адрес сайта. Исправьте или очистите его."),
    ],
)  # fmt: skip
def test_a_bad_row_says_what_to_mend(column: Any, value: Any, reason: Any) -> None:
    row = [*GOOD]
    row[column] = value
    (found,) = rows_of(row)
    # One identifier is named with or without its owner; the sentence is the same.
    assert [text.replace("ИНН «", "ИНН организации «") for text in found.reasons] == [reason]


def test_nothing_to_tell_it_by() -> None:
    (found,) = rows_of([*GOOD[:3], "2340018182", "", "", "", ""])
    assert found.reasons == ("Нечем отличить организацию от других: заполните ИНН и КПП, или ОГРН.",)


def test_a_twin_in_the_list_names_the_first() -> None:
    first, second = rows_of(GOOD, ["Школа 7", *GOOD[1:]])
    assert (first.reasons, second.line, second.reasons) == (
        (),
        3,
        ("Строка повторяет строку 2: та же организация. Оставьте одну из них.",),
    )


def test_a_leading_zero_lost_by_a_spreadsheet_comes_back() -> None:
    (found,) = rows_of([*GOOD[:3], "2340018182", "34001001", *GOOD[5:]])
    assert found.values["kpp"] == "034001001"


def test_a_short_row_and_an_empty_one() -> None:
    (found,) = rows_of(["МБОУ СОШ № 7"], ["", ""])
    assert (found.line, found.cells) == (2, ("МБОУ СОШ № 7",))


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_every_municipality_is_known_as_people_write_it(place: Any) -> None:
    bare = place.name.removesuffix(" район").removeprefix("город-курорт ").removeprefix("город ")
    spellings = [place.name, place.name.upper(), bare, f"МО {place.name}", place.name.replace("район", "р-н")]
    if place.kind == "city":
        spellings += [f"г. {bare}", f"г.{bare}", f"ГО {bare}", f"городской округ {bare}"]
    else:
        spellings += [f"{place.name.replace('е', 'ё')}", f"муниципальный {place.name}"]
    assert {PLACE_KEYS.get(place_key(name)) for name in spellings} == {place.oktmo}


def test_folding() -> None:
    assert folded("  Кущёвский  р-н. ") == "кущевский р н"
