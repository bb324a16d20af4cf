"""Grants and honours: written in the cabinet in rubles, kept in kopecks, added up for everybody."""

import io
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.foundation.errors import Refusal
from innoset.network.actions import honours as actions
from innoset.network.models import Achievement, Grant
from innoset.network.queries.honours import Winnings, grants_visible_to, winnings_by_year, winnings_of
from innoset.network.states import Reach, Role
from tests import world

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + b"0" * 99


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


@pytest.fixture
def school() -> Any:
    return world.organisation("Школа № 5", municipality=world.municipality("Лесной район"))


@pytest.fixture
def head(school: Any) -> Any:
    return world.member(school, Role.HEAD)


@pytest.fixture
def cabinet(head: Any) -> Client:
    return world.signed_in(head)


def grant(owner: Any, **fields: Any) -> Grant:
    return Grant(
        organisation=owner, **{"programme": "Школа открытий", "year": 2025, "amount": 500_000_00, **fields}
    )


def test_a_sum_is_typed_in_rubles_and_kept_in_kopecks(cabinet: Client, school: Any) -> None:
    given = {"organisation": school.pk, "programme": "Школа открытий", "year": "2025"}
    page = text_of(cabinet.post("/cabinet/winnings/grants/new/", given | {"amount": "миллион"}))
    assert ("Введите в поле «Сумма, рублей» число" in page, 'value="миллион"' in page) == (True, True)
    proof = SimpleUploadedFile("Приказ.pdf", PDF)
    assert (
        cabinet.post(
            "/cabinet/winnings/grants/new/", given | {"amount": "1 250 000,50", "file": proof}
        ).status_code
        == 302
    )
    made = Grant.objects.get()
    assert (made.amount, made.file.name) == (125_000_050, "Приказ.pdf")
    assert "1 250 000,50 ₽" in text_of(cabinet.get("/cabinet/winnings/"))
    here = f"/cabinet/winnings/grants/{made.pk}/"
    assert 'value="1 250 000,50"' in text_of(cabinet.get(here))
    assert cabinet.get(f"{here}file/").content == PDF
    cabinet.post(here, given | {"amount": "", "source": "Министерство"})
    made.refresh_from_db()
    assert (made.amount, made.source, made.file.name) == (None, "Министерство", "Приказ.pdf")
    assert "уже внесён" in text_of(cabinet.post("/cabinet/winnings/grants/new/", given))
    cabinet.post(f"{here}remove/")
    assert list(Grant.objects.all()) == []


def test_an_honour_is_written_changed_and_shown_to_everybody(cabinet: Client, school: Any) -> None:
    given = {
        "organisation": school.pk, "contest": "Школа года", "reach": "regional", "result": "Победитель",
        "year": "2025", "team": "Лесная Анна Петровна",
    }  # fmt: skip
    cabinet.post("/cabinet/winnings/honours/new/", given)
    made = Achievement.objects.get()
    cabinet.post(f"/cabinet/winnings/honours/{made.pk}/", given | {"result": "I место"})
    page = text_of(Client().get("/winnings/?q=ШКОЛА"))
    assert ("I место" in page, "Лесная Анна" in page) == (True, False)
    assert "уже внесена" in text_of(cabinet.post("/cabinet/winnings/honours/new/", given))
    stranger = world.signed_in(world.member(world.organisation(), Role.HEAD))
    for address in (f"honours/{made.pk}/", f"honours/{made.pk}/file/"):
        assert stranger.get(f"/cabinet/winnings/{address}").status_code == 404
    assert stranger.post(f"/cabinet/winnings/honours/{made.pk}/remove/").status_code == 404
    assert "Школа года" not in text_of(stranger.get("/office/honours/"))
    cabinet.post(f"/cabinet/winnings/honours/{made.pk}/remove/")
    assert list(Achievement.objects.all()) == []


def test_what_is_refused_and_who_writes(school: Any, head: Any, at: Any) -> None:
    for fields, field in (
        ({"year": 2005}, "year"),
        ({"year": 2027}, "year"),
        ({"amount": 0}, "amount"),
        ({"amount": 10**13 + 1}, "amount"),
    ):
        with pytest.raises(Refusal) as no:
            actions.record_grant(grant(school, **fields), by=head, at=at)
        assert no.value.field == field
    near = world.member(world.organisation(municipality=school.municipality), Role.COORDINATOR)
    far = world.member(world.organisation(), Role.COORDINATOR)
    tutor = world.member(school, Role.TUTOR)
    honour = Achievement(organisation=school, contest="К", reach=Reach.FEDERAL, result="I место", year=2025)
    for by in (far, tutor):
        for deed, thing in ((actions.record_grant, grant(school)), (actions.record_achievement, honour)):
            with pytest.raises(PermissionDenied):
                deed(thing, by=by, at=at)
    made = actions.record_grant(grant(school), by=near, at=at)
    for by in (far, tutor):
        with pytest.raises(PermissionDenied):
            actions.edit_grant(made, values={"amount": 1}, by=by, at=at)
        with pytest.raises(PermissionDenied):
            actions.remove_grant(made, by=by, at=at)
    assert [list(grants_visible_to(by)) for by in (head, near, far)] == [[made], [made], []]


def test_totals_count_an_organisation_once(school: Any, at: Any) -> None:
    organiser = world.member(world.organisation(), Role.ORGANISER)
    rows = (
        grant(school), grant(school, programme="Новая среда"), grant(school, year=2024),
        grant(world.organisation(), amount=None), grant(world.organisation(), amount=7),
    )  # fmt: skip
    for row in rows:
        actions.record_grant(row, by=organiser, at=at)
    assert winnings_of(Grant.objects.all()) == Winnings(3, 150_000_007, 5, 1)
    assert [(one.year, one.won) for one in winnings_by_year(Grant.objects.all())] == [
        (2025, Winnings(3, 100_000_007, 4, 1)),
        (2024, Winnings(1, 50_000_000, 1, 0)),
    ]
    assert "3 организации, более 1 млн ₽" in text_of(Client().get("/winnings/"))


def test_what_the_office_takes_away(school: Any, at: Any) -> None:
    from python_calamine import CalamineWorkbook  # slow to load

    coordinator = world.member(world.organisation(municipality=school.municipality), Role.COORDINATOR)
    actions.record_grant(grant(school), by=coordinator, at=at)
    actions.record_grant(
        grant(world.organisation(), programme="Чужая"),
        by=world.member(world.organisation(), Role.ORGANISER),
        at=at,
    )
    office = world.signed_in(coordinator)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert "1 организация, 500 тыс. ₽" in text_of(office.get("/office/grants/?year=2025"))
        return len(queries)

    asked()
    assert asked() == asked()
    data = io.BytesIO(office.get("/office/winnings/grants.xlsx?q=открытий").content)
    rows = CalamineWorkbook.from_filelike(data).get_sheet_by_index(0).to_python()
    assert [row[:5] for row in rows[1:]] == [["2025", "Школа открытий", "", "500 000", "Школа № 5"]]
    assert office.get("/office/winnings/honours.xlsx").status_code == 200
    assert office.get("/office/winnings/medals.xlsx").status_code == 404
