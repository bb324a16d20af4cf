"""The public check of papers: genuine or not found, and not a word more."""

from datetime import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from innoset.documents.actions import issue_paper
from innoset.documents.models import Paper
from innoset.documents.pure.proof import public_key

pytestmark = pytest.mark.django_db

SHA256 = "0123456789abcdef" * 4
SECRET = "Соколова Вера Петровна"


def paper(kind: str, at: datetime, **data: str) -> Paper:
    """Register a paper."""
    return issue_paper(
        kind=kind, number="ИП-2026-0147", title=SECRET, data=data, subject="", sha256=SHA256, at=at
    )


def words(number: str, mark: str) -> tuple[int, str]:
    """Return the status and the words of the page's main part."""
    response = Client().get(reverse("public:check", args=[number, mark]))
    page = BeautifulSoup(response.content, "html.parser")
    main = page.find("main")
    assert main is not None
    return response.status_code, " ".join(main.get_text(" ").split())


def test_receipt_tells_kind_number_and_time_and_nothing_else(at: datetime) -> None:
    found = paper(Paper.Kind.RECEIPT, at, organisation="МБОУ СОШ № 7", sender=SECRET)
    assert words(found.number, found.mark) == (
        200,
        (
            "Документ подлинный Номер и контрольная сумма совпадают с записью в Инносети. "
            "Вид Расписка Номер ИП-2026-0147 Выдан 21 ноября 2026, 12:00:00 МСК "
            "Сравните эти сведения с тем, что напечатано на документе."
        ),
    )


def test_address_copied_from_the_printed_paper_is_understood(at: datetime) -> None:
    """The press lets a long address break, and a copy of it carries those invisible places along."""
    found = paper(Paper.Kind.RECEIPT, at)
    copied = f"{found.mark[:4]}\u200b{found.mark[4:12]}\u200b {found.mark[12:]}"
    assert words(f"{found.number}\u200b", copied) == words(found.number, found.mark)


def test_diploma_tells_also_whose_it_is_for_what_and_by_which_order(at: datetime) -> None:
    found = paper(
        Paper.Kind.DIPLOMA,
        at,
        organisation="МБОУ СОШ № 7",
        theme="Школа наставников",
        status="Муниципальная инновационная площадка",
        order="от 27.12.2025 № 321",
        people=SECRET,
    )
    assert words(found.number, found.mark) == (
        200,
        (
            "Документ подлинный Номер и контрольная сумма совпадают с записью в Инносети. "
            "Вид Диплом Номер ИП-2026-0147 Выдан 21 ноября 2026, 12:00:00 МСК "
            "Организация МБОУ СОШ № 7 Тема Школа наставников Статус Муниципальная инновационная площадка "
            "Приказ от 27.12.2025 № 321 Сравните эти сведения с тем, что напечатано на документе."
        ),
    )


def test_wrong_mark_and_unknown_number_are_told_alike(at: datetime) -> None:
    found = paper(Paper.Kind.RECEIPT, at)
    answers = {
        words(number, mark)
        for number, mark in (
            (found.number, "f" * 16),
            (found.number, found.mark[:15]),
            (found.number, "0"),
            ("ИП-2026-9999", found.mark),
            ("нет", "нет"),
        )
    }
    assert answers == {
        (
            404,
            (
                "Документ не найден Документа с таким номером и такой контрольной суммой нет. "
                "Проверьте адрес: номер и шестнадцать знаков контрольной суммы напечатаны на документе. "
                "Если адрес верный, документ мог быть подделан."
            ),
        )
    }


def test_revoked_paper_says_so(at: datetime) -> None:
    found = paper(Paper.Kind.DIPLOMA, at)
    found.revoked_at = at
    found.save()
    status, text = words(found.number, found.mark)
    assert (status, text.split(" Вид ")[0]) == (
        200,
        "Документ отозван Такой документ был выдан, но больше не действует.",
    )


def test_check_needs_no_query_but_one(at: datetime, django_assert_num_queries: object) -> None:
    found = paper(Paper.Kind.RECEIPT, at)
    with django_assert_num_queries(1):  # type: ignore[operator]  # a fixture of pytest-django without types
        words(found.number, found.mark)


def test_the_key_for_checking_receipts_elsewhere_is_public(settings: Any) -> None:
    response = Client().get(reverse("public:receipt_key"))
    assert (response.status_code, response["Content-Type"], response.content.decode()) == (
        200,
        "text/plain; charset=utf-8",
        f"{public_key(settings.SECRET_KEY)}\n",
    )
