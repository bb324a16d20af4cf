"""Russian grammar: examples a proof-reader would ask for, and properties against slow oracles."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.foundation import russian
from innoset.foundation.russian import NBSP, Case, Gender

WORDS = ("заявка", "заявки", "заявок")
letters = st.text(alphabet="абвгдеёжзийклмнопрстуфхцчшщъыьэюя ", max_size=20)


# ── Counting ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("number", "said"),
    [
        (0, "0 заявок"), (1, "1 заявка"), (2, "2 заявки"), (4, "4 заявки"), (5, "5 заявок"), (11, "11 заявок"),
        (12, "12 заявок"), (14, "14 заявок"), (21, "21 заявка"), (22, "22 заявки"), (101, "101 заявка"),
        (111, "111 заявок"), (112, "112 заявок"), (1240, f"1{NBSP}240 заявок"), (-3, "−3 заявки"),
    ],
)  # fmt: skip
def test_a_noun_agrees_with_its_number(number, said):
    assert russian.counted(number, *WORDS) == said


@given(st.integers())
def test_plural_follows_the_rule_of_the_language(number):
    last, tens = abs(number) % 10, abs(number) % 100
    teens = tens in {11, 12, 13, 14}
    rule = WORDS[0] if last == 1 and not teens else WORDS[1] if last in {2, 3, 4} and not teens else WORDS[2]
    assert russian.plural(number, *WORDS) == rule


@given(st.integers())
def test_thousands_lose_no_digit(number):
    said = russian.thousands(number)
    assert int(said.replace(NBSP, "").replace("−", "-")) == number
    assert all(len(group) == 3 for group in said.split(NBSP)[1:])


@pytest.mark.parametrize(
    ("number", "digits", "said"),
    [
        (4.5, 2, "4,50"),
        (70, 0, "70"),
        (92.3333, 2, "92,33"),
        (-1.5, 1, "−1,5"),
        (-0.001, 2, "0,00"),
        (0, 0, "0"),
    ],
)
def test_decimals_have_a_comma(number, digits, said):
    assert russian.decimal(number, digits) == said


@given(st.integers(min_value=1, max_value=3999))
def test_roman_numerals_are_those_of_a_schoolbook_and_can_be_read(number):
    slow = "I" * number
    for many, one in (
        ("IIIII", "V"), ("VV", "X"), ("XXXXX", "L"), ("LL", "C"), ("CCCCC", "D"), ("DD", "M"),
        ("DCCCC", "CM"), ("CCCC", "CD"), ("LXXXX", "XC"), ("XXXX", "XL"), ("VIIII", "IX"), ("IIII", "IV"),
    ):  # fmt: skip
        slow = slow.replace(many, one)
    assert russian.roman(number) == slow
    assert russian.from_roman(f" {slow.lower()} ") == number


@pytest.mark.parametrize("number", [0, -1, 4000])
def test_roman_numerals_have_bounds(number):
    with pytest.raises(ValueError, match=r"^Римскими цифрами записывают числа от 1 до 3999\.$"):
        russian.roman(number)


@pytest.mark.parametrize("text", ["", "IIII", "VX", "14", "XIV века", "ХIV"])
def test_what_is_no_roman_numeral_is_refused(text):
    with pytest.raises(ValueError, match=r"^«.*» не похоже на римское число\. Пример: XIV\.$"):
        russian.from_roman(text)


@pytest.mark.parametrize(
    ("number", "gender", "said"),
    [
        (0, Gender.MASCULINE, "ноль"),
        (1, Gender.FEMININE, "одна"),
        (2, Gender.NEUTER, "два"),
        (1, Gender.NEUTER, "одно"),
        (21, Gender.MASCULINE, "двадцать один"),
        (12, Gender.FEMININE, "двенадцать"),
        (2001, Gender.FEMININE, "две тысячи одна"),
        (1_021_002, Gender.MASCULINE, "один миллион двадцать одна тысяча два"),
        (5_000_000_000, Gender.MASCULINE, "пять миллиардов"),
        (-115, Gender.MASCULINE, "минус сто пятнадцать"),
    ],
)
def test_numbers_in_words(number, gender, said):
    assert russian.number_in_words(number, gender) == said


VALUES = {word: value for value, word in enumerate(russian._UNITS + russian._TEENS) if word}
VALUES |= {word: 10 * value for value, word in enumerate(russian._TENS) if word}
VALUES |= {word: 100 * value for value, word in enumerate(russian._HUNDREDS) if word}
VALUES |= {"одна": 1, "одно": 1, "две": 2}
POWERS = {form: power.size for power in russian._POWERS for form in power.forms}


def read_words(text):
    """Add up what the words say: the oracle reads, the code writes."""
    whole = part = 0
    for word in text.removeprefix("минус ").split():
        if word in POWERS:
            whole, part = whole + part * POWERS[word], 0
        else:
            part += VALUES[word]
    return (whole + part) * (-1 if text.startswith("минус") else 1)


@given(st.integers(min_value=1 - 10**12, max_value=10**12 - 1).filter(bool), st.sampled_from(Gender))
def test_words_of_a_number_say_that_number(number, gender):
    assert read_words(russian.number_in_words(number, gender)) == number


@pytest.mark.parametrize("number", [10**12, -(10**12)])
def test_too_great_a_number_is_refused(number):
    with pytest.raises(ValueError, match=r"^Словами записываем числа меньше триллиона\.$"):
        russian.number_in_words(number)


# ── Dates ───────────────────────────────────────────────────────────────────


def test_a_day_and_a_month():
    day = date(2021, 9, 14)
    assert russian.date_in_words(day) == "14 сентября 2021 г."
    assert russian.date_in_digits(day) == "14.09.2021"
    assert russian.date_in_digits(date(987, 1, 2)) == "02.01.0987"
    assert russian.month_in_words(day) == "сентябрь 2021 г."


@given(st.dates())
def test_a_date_in_words_can_be_read_back(day):
    number, month, year, abbreviation = russian.date_in_words(day).split()
    assert (date(int(year), russian.MONTHS_GENITIVE.index(month) + 1, int(number)), abbreviation) == (
        day,
        "г.",
    )


def test_a_moment_is_told_by_the_moscow_clock():
    at = datetime(2026, 12, 31, 21, 30, 5, tzinfo=UTC)
    assert russian.moment_in_words(at) == "1 января 2027 г., 00:30 МСК"
    assert russian.moment_in_words(at, seconds=True) == "1 января 2027 г., 00:30:05 МСК"


def test_a_moment_without_a_zone_is_refused():
    naive = (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(days=1)).replace(tzinfo=None)
    with pytest.raises(ValueError, match=r"^У времени не указан часовой пояс\.$"):
        russian.moment_in_words(naive)


# ── Lists, quotes, spaces ───────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("items", "said"),
    [([], ""), (["а"], "а"), (["а", "б"], "а и б"), (["а", "б", "в"], "а, б и в"), ([""], "")],
)
def test_lists_are_joined_as_in_speech(items, said):
    assert russian.joined(items) == said


def test_the_last_conjunction_may_be_another():
    assert russian.joined(iter(["очно", "заочно"]), last="или") == "очно или заочно"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Росток", "«Росток»"),
        ("«Росток»", "«Росток»"),
        ('"Росток"', "«Росток»"),
        (" “Росток” ", "«Росток»"),
        ('МБОУ "СОШ № 3"', "«МБОУ „СОШ № 3“»"),
        ("МБОУ «СОШ № 3»", "«МБОУ „СОШ № 3“»"),
        ("«А» и «Б»", "«„А“ и „Б“»"),
        ('Сад ("Росток") и лес', "«Сад („Росток“) и лес»"),
        ("", "«»"),
    ],
)
def test_quotes_are_nested_properly(text, said):
    assert russian.quoted(text) == said


@given(letters)
def test_quoting_twice_changes_nothing(text):
    assert russian.quoted(russian.quoted(text)) == russian.quoted(text)


def test_the_first_letter_is_raised_and_the_rest_kept():
    assert [russian.capitalised(text) for text in ("", "школа № 5 МИП")] == ["", "Школа № 5 МИП"]


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("приказ № 5 от 14 сентября 2021 г.", "приказ №~5 от 14~сентября 2021~г."),
        ("А. Н. Петрова", "А.~Н.~Петрова"),
        ("Петрова А. Н. и др.", "Петрова~А.~Н. и др."),
        ("г. Краснодар, ст. Ключевая, п. 4", "г.~Краснодар, ст.~Ключевая, п.~4"),
        ("план – это всё", "план~– это всё"),
        ("50 % и 17:00 МСК", "50~% и 17:00~МСК"),
    ],
)
def test_what_must_not_part_is_bound(text, bound):
    assert russian.bound(text).replace(NBSP, "~") == bound


def test_one_letter_words_are_glued_to_the_next():
    assert russian.glued("в школе и с сада к саду").replace(NBSP, "~") == "в~школе и~с~сада к~саду"


@given(st.text())
def test_gluing_changes_nothing_but_spaces(text):
    assert russian.glued(text).replace(NBSP, " ") == text.replace(NBSP, " ")


# ── People ──────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("full_name", "in_lists", "in_signatures"),
    [
        ("Петрова Анна Николаевна", "Петрова А. Н.", "А. Н. Петрова"),
        ("  Петрова   Анна ", "Петрова А.", "А. Петрова"),
        ("Ким", "Ким", "Ким"),
        ("", "", ""),
        ("Иванова Анна-Мария Олеговна", "Иванова А.-М. О.", "А.-М. О. Иванова"),
        ("Мамедов Али Вагиф оглы", "Мамедов А. В. оглы", "А. В. оглы Мамедов"),
        ("Петрова А.Н.", "Петрова А. Н.", "А. Н. Петрова"),
    ],
)
def test_initials(full_name, in_lists, in_signatures):
    assert (russian.initials(full_name), russian.signature(full_name)) == (in_lists, in_signatures)


@pytest.mark.parametrize(
    ("full_name", "gender"),
    [
        ("Петрова Анна Николаевна", Gender.FEMININE),
        ("Черных Пётр Саввич", Gender.MASCULINE),
        ("Сусь Марья Ильинична", Gender.FEMININE),
        ("Дурново Никита Лукич", Gender.MASCULINE),
        ("Мамедов Али Вагиф оглы", Gender.MASCULINE),
        ("Мамедова Лейла Вагиф кызы", Gender.FEMININE),
        ("Петрова Анна", Gender.FEMININE),
        ("Белый Павел", Gender.MASCULINE),
        ("Ким Анна", Gender.UNKNOWN),
        ("Гарсиа Мария Хосе", Gender.UNKNOWN),
        ("", Gender.UNKNOWN),
    ],
)
def test_gender(full_name, gender):
    assert russian.gender_of(full_name) is gender


@pytest.mark.parametrize(
    ("full_name", "verb"),
    [("Петрова Анна Николаевна", "отправила"), ("Черных Пётр Саввич", "отправил"), ("Ким Ян", "отправил(а)")],
)
def test_a_verb_agrees_with_the_person(full_name, verb):
    assert russian.by_gender(full_name, "отправил", "отправила", "отправил(а)") == verb


@pytest.mark.parametrize(
    ("full_name", "genitive", "dative"),
    [
        ("Петрова Анна Николаевна", "Петровой Анны Николаевны", "Петровой Анне Николаевне"),
        ("Петров Илья Ильич", "Петрова Ильи Ильича", "Петрову Илье Ильичу"),
        ("Шевченко Ольга Петровна", "Шевченко Ольги Петровны", "Шевченко Ольге Петровне"),
        ("Черных Пётр Саввич", "Черных Петра Саввича", "Черных Петру Саввичу"),
        ("Ткач Лев Игоревич", "Ткача Льва Игоревича", "Ткачу Льву Игоревичу"),
        ("Ткач Нелли Игоревна", "Ткач Нелли Игоревны", "Ткач Нелли Игоревне"),
        ("Коваль Фёкла Никитична", "Коваль Фёклы Никитичны", "Коваль Фёкле Никитичне"),
        ("Лисица Юлия Олеговна", "Лисицы Юлии Олеговны", "Лисице Юлии Олеговне"),
        ("Белый Павел Кузьмич", "Белого Павла Кузьмича", "Белому Павлу Кузьмичу"),
        ("Живаго Юрий Андреевич", "Живаго Юрия Андреевича", "Живаго Юрию Андреевичу"),
        ("Хачатрян Карине Гагиковна", "Хачатрян Карине Гагиковны", "Хачатрян Карине Гагиковне"),
        ("Мамедов Али Вагиф оглы", "Мамедова Али Вагиф оглы", "Мамедову Али Вагиф оглы"),
        (
            "Римская-Корсакова Любовь Львовна",
            "Римской-Корсаковой Любови Львовны",
            "Римской-Корсаковой Любови Львовне",
        ),
        ("Ким  Анна", "Ким Анна", "Ким Анна"),
        ("Петрова А. Н.", "Петровой А. Н.", "Петровой А. Н."),
    ],
)
def test_names_are_inflected(full_name, genitive, dative):
    assert (russian.in_genitive(full_name), russian.in_dative(full_name)) == (genitive, dative)


def test_a_typed_form_wins():
    assert (
        russian.in_dative("Заяц Игорь Юрьевич", override="  Зайцу Игорю  Юрьевичу") == "Зайцу Игорю Юрьевичу"
    )
    assert russian.in_dative("Ли Ян", override="  ") == "Ли Ян"


@given(st.lists(letters.filter(str.strip), min_size=1, max_size=4).map(" ".join), st.sampled_from(Case))
def test_no_case_loses_a_word(full_name, case):
    assert len(russian.in_case(full_name, case).split()) == len(full_name.split())


def test_the_nominative_is_the_name_itself():
    assert russian.in_case("Петрова Анна Николаевна", Case.NOMINATIVE) == "Петрова Анна Николаевна"
