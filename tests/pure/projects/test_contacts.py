"""Phones and addresses: found, written in one way, taken out of what everybody may read."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.projects.pure.contacts import (
    EMAIL,
    PHONE,
    Contact,
    contacts_in,
    covered,
    phone,
    without_contacts,
)


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("8-900-000-00-01", "+7 900 000-00-01"),
        ("+7 (900) 000-00-01", "+7 900 000-00-01"),
        ("89000000001", "+7 900 000-00-01"),
        ("900 000 00 01", "+7 900 000-00-01"),
        ("8 (86100) 2-34-56", "+7 861 002-34-56"),
        ("2-34-56", "2-34-56"),
        ("234-56-78", "234-56-78"),
        ("+380 90 000 00 01", ""),
        ("8-900-000-00", ""),
        ("100 000 00 01", ""),
        ("123", ""),
    ],
)
def test_a_phone_is_written_in_one_way(written: str, value: str) -> None:
    assert phone(written) == value


@pytest.mark.parametrize(
    ("text", "shown", "left"),
    [
        ("методист,8-900-000-00-01 a@example.ru", ["+7 900 000-00-01", "a@example.ru"], "методист"),
        ("методист8-900-000-00-01a@example.ru", ["+7 900 000-00-01", "a@example.ru"], "методист"),
        ("почта:Vera.S@Example.RU;", ["vera.s@example.ru"], ""),
        ("директорvera@example.ru", ["vera@example.ru"], "директор"),
        ("учитель (тел.: 8 (900) 000-00-01)", ["+7 900 000-00-01"], "учитель"),
        ("учитель, тел.: 12-3, vera@", ["12-3", "vera@"], "учитель"),
        ("vera@example, учитель", ["vera@example"], "учитель"),
        ("вера@школа.рф", ["вера@школа.рф"], ""),
        ("Первая строка\n\n\n8-900-000-00-01\n\n\nВторая", ["+7 900 000-00-01"], "Первая строка\n\nВторая"),
        ("телефон 2-34-56, 2-34-57", ["2-34-56", "2-34-57"], ""),
        ("директор, 8-900-000-00", ["8-900-000-00"], "директор"),
        ("+7(900)000-00-01 или (86100) 2-34-56", ["+7 900 000-00-01", "+7 861 002-34-56"], "или"),
        ("сумма 8 900 000 000 рублей и 900 000 000", [], None),
        ("№ 5, 2021-2022 учебный год, 14.09.2021, 2021-09-14", [], None),
        ("ИНН 2340018182, сумма 1 000 000 рублей, 8-9 классы", [], None),
        ("", [], None),
    ],
)
def test_contacts_leave_the_open_part(text: str, shown: list[str], left: str | None) -> None:
    open_part, found = without_contacts(text)
    assert ([one.shown for one in found], open_part) == (shown, text if left is None else left)


def test_a_contact_keeps_its_words_and_place() -> None:
    text = "Соколова В. П., 8 900 000-00-01, vera@"
    assert contacts_in(text) == (
        Contact(PHONE, "8 900 000-00-01", "+7 900 000-00-01", True, 16, 31),
        Contact(EMAIL, "vera@", "", False, 33, 38),
    )


def test_in_running_text_a_mark_stands_where_a_contact_was() -> None:
    text = "Пишите на vera@example.ru, звоните 8-900-000-00-01."
    assert covered(text) == "Пишите на [электронная почта], звоните [телефон]."
    assert covered("Без контактов") == "Без контактов"


NAMES = st.sampled_from(["Соколова Вера Петровна", "Орлов П. И.", "В. П. Белых"])
PHONES = st.from_regex(r"\A(?:\+7|8)[ -]?\(?9\d\d\)?[ -]?\d\d\d-?\d\d-?\d\d\Z")
EMAILS = st.from_regex(r"\A[a-z][a-z0-9]{1,8}(?:[._][a-z0-9]{1,5})?@[a-z]{2,8}\.(?:ru|com|org)\Z")
JOINTS = st.sampled_from([", ", "; ", " ", "\n", " тел. ", ", телефон: "])


@given(NAMES, PHONES, EMAILS, JOINTS, JOINTS)
def test_no_contact_stays_in_the_open_part(name: str, number: str, mail: str, one: str, other: str) -> None:
    left, found = without_contacts(f"{name}{one}{number}{other}{mail}")
    assert [contact.is_valid for contact in found] == [True, True]
    assert "@" not in left
    assert not any(sign.isdigit() for sign in left)
    assert left.replace("тел.", "").strip(" ,;").startswith(name[:5])


@given(st.text(max_size=200))
def test_any_text_may_be_asked(text: str) -> None:
    left, found = without_contacts(text)
    assert all(text[one.start : one.end] == one.text for one in found)
    assert found or left == text
