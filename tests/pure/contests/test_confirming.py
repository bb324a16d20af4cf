"""Which confirmation fits what is there now, and how it is named."""

from datetime import UTC, datetime, timedelta

import pytest

from innoset.contests.pure.confirming import (
    Fact,
    Signed,
    Stand,
    code_of,
    differences,
    fits,
    in_words,
    note_for_check,
    standing,
)

AT = datetime(2026, 11, 21, 9, tzinfo=UTC)
LATER = AT + timedelta(hours=24)
WAYS = ("code", "scan")
SIGNED = Signed(
    name="Петрова Анна Николаевна",
    organisation="МБОУ СОШ № 5",
    inn="2312345678",
    serial="0A",
    valid_from="01.09.2026",
    valid_to="01.09.2027",
    signed_at="",
    trust="signature",
    notes=("Цепочка сертификатов не проверялась.",),
)


def fact(state: str, seal: str = "a", way: str = "code") -> Fact:
    return Fact(way, state, seal, LATER)


@pytest.mark.parametrize(
    ("one", "does"),
    [
        (fact("given"), True),
        (fact("asked"), False),
        (fact("void"), False),
        (fact("refused"), False),
        (fact("given", "b"), False),
        (fact("given", way="signature"), False),
    ],
)
def test_only_a_word_for_this_content_in_an_accepted_way_fits(one: Fact, does: bool) -> None:
    assert fits(one, "a", WAYS) is does


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        ([], (Stand.ABSENT, None)),
        ([fact("void")], (Stand.ABSENT, None)),
        ([fact("asked")], (Stand.ASKED, 0)),
        ([fact("asked", "b")], (Stand.STALE, 0)),
        ([fact("given", "b")], (Stand.STALE, 0)),
        ([fact("given", way="signature")], (Stand.STALE, 0)),
        ([fact("refused")], (Stand.REFUSED, 0)),
        ([fact("refused", "b")], (Stand.STALE, 0)),
        ([fact("asked", "b"), fact("given")], (Stand.GIVEN, 1)),
    ],
)
def test_how_it_stands(facts: list[Fact], expected: tuple[Stand, int | None]) -> None:
    assert standing(facts, "a", WAYS, AT) == expected


def test_nothing_is_needed_where_no_way_is_chosen_and_a_code_runs_out() -> None:
    assert standing([fact("asked")], "a", (), AT) == (Stand.NOT_NEEDED, None)
    assert standing([fact("asked")], "a", WAYS, LATER) == (Stand.EXPIRED, 0)
    assert standing([Fact("scan", "asked", "a")], "a", WAYS, LATER) == (Stand.ASKED, 0)


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("123456", "123456"),
        (" 123 456\t", "123456"),
        ("123-456", "123456"),
        ("12345", ""),
        ("１２３４５６", ""),
        ("", ""),
    ],
)
def test_a_code_as_people_type_it(typed: str, code: str) -> None:
    assert code_of(typed) == code


@pytest.mark.parametrize(
    ("signed", "expected"),
    [
        (("ПЁТРОВА  Анна Николаевна", "мбоу «СОШ № 5»", ""), ()),
        (("Петрова Анна Николаевна", "Другое имя", "2312345678"), ()),
        (
            ("", "", ""),
            ("Подписал не руководитель из карточки организации: в сертификате нет имени.",),
        ),
        (
            ("Петрова Анна Николаевна", "МБОУ СОШ № 9", "231234567890"),
            ("В сертификате другая организация: МБОУ СОШ № 9.",),
        ),
        (
            ("Петрова Анна Николаевна", "МБОУ СОШ № 5", "2399999999"),
            ("ИНН в сертификате 2399999999, у организации 2312345678.",),
        ),
    ],
)
def test_where_a_certificate_departs_from_the_organisation(
    signed: tuple[str, str, str], expected: tuple[str, ...]
) -> None:
    names = ("Муниципальное учреждение", "МБОУ СОШ № 5")
    assert differences(signed, "Петрова Анна Николаевна", names, "2312345678") == expected


def test_an_organisation_without_a_named_head_is_not_compared() -> None:
    assert differences(("Кто угодно", "", ""), "", (), "") == ()


def test_a_signature_is_kept_as_a_row_and_read_back() -> None:
    assert (Signed.of(SIGNED.as_row()), Signed.of({})) == (SIGNED, None)


def test_a_line_for_the_receipt() -> None:
    when = "21 ноября 2026 г., 12:00:00 МСК"
    assert in_words("code", "Петрова А. Н.", AT, None) == (
        f"простая электронная подпись: код из письма. Петрова А. Н. Подтверждено {when}"
    )
    assert in_words("scan", "Соколова Вера Петровна, методист", AT, None) == (
        f"скан подписанной страницы. Соколова Вера Петровна, методист. Загружено {when}"
    )
    assert in_words("signature", "", AT, SIGNED) == (
        "файл электронной подписи. Сертификат № 0A, Петрова Анна Николаевна. "
        f"Цепочка сертификатов не проверялась. Загружено {when}"
    )


def test_what_a_person_must_still_look_at() -> None:
    other = Signed(**{**SIGNED.as_row(), "notes": ("Цепочка сертификатов не проверялась.", "Другой ИНН.")})
    kept = Signed(**{**SIGNED.as_row(), "trust": "none", "notes": ("Не проверена: нет модуля.",)})
    assert [note_for_check("code", None), note_for_check("signature", SIGNED)] == ["", ""]
    assert note_for_check("scan", None) == "Приложен скан: откройте его и проверьте подпись и печать."
    assert note_for_check("signature", other) == "Другой ИНН."
    assert note_for_check("signature", kept) == "Не проверена: нет модуля."
