"""Identifiers: published numbers pass, every single misprint is caught, refusals say what to do."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from innoset.foundation import identifiers
from innoset.foundation.identifiers import IdentifierError


def digits(length):
    return st.text(alphabet="0123456789", min_size=length, max_size=length)


# ── Oracles: the rules as the tax service words them, digit by digit ─────────


def remainder(text, weights):
    return sum(int(text[place]) * weight for place, weight in enumerate(weights)) % 11 % 10


def oracle_inn(text):
    if len(text) == 10:
        return int(text[9]) == remainder(text, [2, 4, 10, 3, 5, 9, 4, 6, 8])
    return int(text[10]) == remainder(text, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) and int(text[11]) == remainder(
        text, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]
    )


def oracle_ogrn(text):
    body, check = int(text[:-1]), int(text[-1])
    return str(body % (11 if len(text) == 13 else 13))[-1] == str(check)


def oracle_oktmo(text):
    first = sum(int(digit) * (place % 10 + 1) for place, digit in enumerate(text)) % 11
    if first < 10:
        return first
    second = sum(int(digit) * ((place + 2) % 10 + 1) for place, digit in enumerate(text)) % 11
    return second % 10


def passes(check, text):
    try:
        return check(text) == text
    except IdentifierError:
        return False


@given(digits(10) | digits(12))
def test_inn_agrees_with_the_rule(text):
    assert passes(identifiers.inn, text) == (oracle_inn(text) and bool(int(text)))


@given(digits(13) | digits(15))
def test_ogrn_agrees_with_the_rule(text):
    assert passes(identifiers.ogrn, text) == (oracle_ogrn(text) and bool(int(text)))


@given(digits(8) | digits(11))
def test_oktmo_agrees_with_the_rule(text):
    assert identifiers.oktmo_check_digit(text) == oracle_oktmo(text)


def completed(body, check):
    """Append the check digits that make the number right."""
    tail = next((tail for tail in range(100) if check(f"{body}{tail}")), None)
    assume(tail is not None)
    return f"{body}{tail}"


@given(digits(9).filter(int), st.integers(0, 9), st.integers(1, 9))
def test_a_right_inn_passes_and_one_wrong_digit_almost_never_does(body, place, shift):
    right = completed(body, lambda text: len(text) == 10 and oracle_inn(text))
    assert identifiers.inn(right) == right
    wrong = right[:place] + str((int(right[place]) + shift) % 10) + right[place + 1 :]
    assert passes(identifiers.inn, wrong) == (oracle_inn(wrong) and bool(int(wrong)))


# ── Examples ────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("text", ["2340018182", " 2340 018182\n", "500100732259"])
def test_inn_of_organisations_and_people(text):
    assert identifiers.inn(text) == "".join(text.split())


@pytest.mark.parametrize("text", ["1062340003010", "304500116000157"])
def test_ogrn_of_organisations_and_entrepreneurs(text):
    assert identifiers.ogrn(text) == text


@pytest.mark.parametrize("text", ["230901001", "2309ав001".replace("ав", "AB"), "2309 ab 001"])
def test_kpp_may_have_two_letters(text):
    assert identifiers.kpp(text) == "".join(text.split()).upper()


def test_oktmo_with_and_without_its_check_digit():
    assert [identifiers.oktmo(text) for text in ("03612000", "03612000-5", "03612000 - 5", "03701000101")] == [
        "03612000", "03612000", "03612000", "03701000101",
    ]  # fmt: skip
    assert [identifiers.oktmo_check_digit(text) for text in ("03612000", "03701000")] == [5, 0]


@pytest.mark.parametrize(
    ("check", "text", "sentence"),
    [
        (identifiers.inn, "", "Введите ИНН: 10 цифр у организации или 12 у человека."),
        (
            identifiers.inn,
            "12345",
            "ИНН «12345» записан неверно: сейчас цифр 5, а нужно 10 цифр у организации или 12 у человека.",
        ),
        (
            identifiers.inn,
            "23400I8182",
            "ИНН «23400I8182» записан неверно: в нём бывают только цифры. Уберите остальные знаки.",
        ),
        (
            identifiers.inn,
            "٢٣٤٠٠١٨١٨٢",
            "ИНН «٢٣٤٠٠١٨١٨٢» записан неверно: в нём бывают только цифры. Уберите остальные знаки.",
        ),
        (
            identifiers.inn,
            "2340018183",
            "ИНН «2340018183» содержит опечатку: не сходится контрольная цифра. Сверьте его с документом.",
        ),
        (
            identifiers.inn,
            "0000000000",
            "ИНН «0000000000» содержит опечатку: не сходится контрольная цифра. Сверьте его с документом.",
        ),
        (
            identifiers.organisation_inn,
            "500100732259",
            "ИНН организации «500100732259» записан неверно: сейчас цифр 12, а нужно 10 цифр.",
        ),
        (
            identifiers.ogrn,
            "1062340003011",
            "ОГРН «1062340003011» содержит опечатку: не сходится контрольная цифра. Сверьте его с документом.",
        ),
        (
            identifiers.organisation_ogrn,
            "304500116000157",
            "ОГРН организации «304500116000157» записан неверно: сейчас цифр 15, а нужно 13 цифр.",
        ),
        (identifiers.kpp, " ", "Введите КПП: 9 знаков, например 230901001."),
        (
            identifiers.kpp,
            "23090А001",
            (
                "КПП «23090А001» записан неверно: нужны 9 цифр, на пятом и шестом месте возможны прописные "
                "латинские буквы. Например: 230901001."
            ),
        ),
        (
            identifiers.oktmo,
            "03612000-6",
            "ОКТМО «03612000-6» содержит опечатку: не сходится контрольная цифра. Сверьте его с документом.",
        ),
        (
            identifiers.oktmo,
            "-5",
            "ОКТМО «-5» записан неверно: в нём бывают только цифры. Уберите остальные знаки.",
        ),
        (
            identifiers.oktmo,
            "9" * 60,
            (
                f"ОКТМО «{'9' * 40}…» записан неверно: сейчас цифр 60, "
                "а нужно 8 цифр у муниципального образования или 11 у населённого пункта."
            ),
        ),
    ],
)
def test_a_refusal_says_what_is_wrong_and_what_to_do(check, text, sentence):
    with pytest.raises(IdentifierError) as refusal:
        check(text)
    assert str(refusal.value) == sentence


def test_the_organisation_forms_pass_the_right_numbers():
    assert identifiers.organisation_inn("2340018182") == "2340018182"
    assert identifiers.organisation_ogrn("1062340003010") == "1062340003010"


def answer_to(check, text):
    try:
        return check(text)
    except IdentifierError as refusal:
        return str(refusal)


@given(st.text(), st.sampled_from([identifiers.inn, identifiers.ogrn, identifiers.kpp, identifiers.oktmo]))
def test_any_text_is_either_returned_clean_or_refused_in_a_sentence(text, check):
    answer = answer_to(check, text)
    assert answer.endswith(".") or (answer.isascii() and answer.isalnum())
