"""The office's pages of organisations, people, requests, imports, dictionaries and agreements."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.exchange.models import ImportBatch
from innoset.foundation.notify.models import Letter
from innoset.network import actions
from innoset.network.models import (
    Agreement,
    EndingGround,
    Invitation,
    Membership,
    Organisation,
    Registration,
    Status,
    StatusKind,
)
from innoset.network.states import RegistrationState, Role
from innoset.web.second_factor import KEY
from tests import world

pytestmark = pytest.mark.django_db


def come_in(person: Any) -> Any:
    """Sign in past the second factor, which has its own tests."""
    client = world.signed_in(person)
    session = client.session
    session[KEY] = True
    session.save()
    return client


@pytest.fixture
def centre() -> Any:
    return world.organisation("КНМЦ", number="23-0900")


@pytest.fixture
def organiser(centre: Any) -> Any:
    return world.member(centre, Role.ORGANISER, "Воронцова Мария Павловна")


@pytest.fixture
def office(organiser: Any) -> Any:
    return come_in(organiser)


@pytest.fixture
def school() -> Any:
    return world.organisation("МБОУ СОШ № 7", number="23-0907")


def grant(school: Any, organiser: Any, at: datetime, **given: Any) -> Any:
    facts = {
        "kind": StatusKind.objects.get(code="kip"),
        "theme": "Школа наставников",
        "order": world.order(),
        "starts_on": date(2026, 1, 1),
    }
    return actions.grant_status(school, **{**facts, **given}, by=organiser, at=at)


def request_of(place: Any = None) -> Any:
    return Registration.objects.create(
        applicant=world.person("Лугов Денис Андреевич"),
        position="Директор",
        name="Школа",
        short_name="Школа № 9",
        kind="school",
        inn="2340018182",
        kpp="234001001",
        ogrn="1062340003010",
        municipality=place or world.municipality(),
        created_at=world.AT,
    )


def text_of(answer: Any) -> Any:
    return answer.content.decode()


LISTS = (
    "organisations/",
    "registrations/",
    "imports/",
    "dictionaries/",
    "agreements/",
    "organisations/new/",
    "agreements/new/",
    "agreements/draft/",
)


@pytest.mark.parametrize("page", LISTS)
def test_every_list_opens(office: Client, page: Any) -> None:
    assert office.get(f"/office/{page}").status_code == 200


def test_whoever_may_add_an_organisation_is_offered_to(office: Any, school: Any) -> None:
    coordinator = world.member(world.organisation("ТМС"), Role.COORDINATOR)
    methodist = world.member(school, Role.METHODIST)
    offered = [
        [
            name in browser.get("/office/organisations/").content.decode()
            for name in ("Загрузить список", "Добавить")
        ]
        for browser in (office, come_in(coordinator), come_in(methodist))
    ]
    assert offered == [[True, True], [False, True], [False, False]]


def fill(many: Any) -> None:
    for number in range(many):
        place = world.organisation()
        person = world.member(place, Role.APPROVER)
        Status.objects.create(
            organisation=place,
            kind=StatusKind.objects.get(code="mip"),
            theme=f"Тема {number}",
            order=world.order(),
            starts_on=date(2026, 1, 1),
            ends_on=date(2030, 1, 1),
            created_at=world.AT,
        )
        request_of()
        Agreement.objects.create(
            number=str(place.pk),
            signed_on=date(2026, 1, 1),
            municipality=place.municipality,
            organisation=place,
            partner=world.organisation(),
        )
        del person


@pytest.mark.parametrize("page", LISTS[:5])
def test_queries_do_not_grow_with_the_rows(office: Client, page: Any) -> None:
    counts = []
    for many in (1, 2):
        fill(many)
        with CaptureQueriesContext(connection) as asked:
            office.get(f"/office/{page}")
        counts.append(len(asked))
    assert counts[0] == counts[1]
    assert counts[0] <= 15


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=тёмный лес", ["Сад «Темный лес»"]),
        ("q=ТЕМНЫЙ", ["Сад «Темный лес»"]),
        ("q=23-0907", ["МБОУ СОШ № 7"]),
        ("kind=kindergarten", ["Сад «Темный лес»"]),
        ("q=нет такой", []),
        ("kind=ерунда&municipality=x&status=0", ["МБОУ СОШ № 7", "КНМЦ", "Сад «Темный лес»"]),
    ],
)
def test_the_registry_is_searched(office: Client, school: Any, query: Any, found: Any) -> None:
    world.organisation("Сад «Темный лес»", kind="kindergarten")
    shown = [
        name
        for name in ("МБОУ СОШ № 7", "КНМЦ", "Сад «Темный лес»")
        if f">{name}</a>" in text_of(office.get(f"/office/organisations/?{query}"))
    ]
    assert shown == found


def test_status_filter_and_download(office: Client, organiser: Any, school: Any, at: datetime) -> None:
    grant(school, organiser, at)
    kind = StatusKind.objects.get(code="kip")
    page = text_of(office.get(f"/office/organisations/?status={kind.pk}"))
    assert "1 организация" in page
    answer = office.get(f"/office/organisations/download.xlsx?status={kind.pk}")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="organisations.xlsx"'
    assert answer.content[:2] == b"PK"


def test_a_coordinator_sees_their_own_municipality_only(school: Any) -> None:
    near = world.organisation("Ближняя", municipality=school.municipality)
    coordinator = world.member(near, Role.COORDINATOR)
    far = world.organisation("Дальняя", number="23-0999")
    client = come_in(coordinator)
    page = text_of(client.get("/office/organisations/"))
    assert ("Ближняя" in page, "МБОУ СОШ № 7" in page, "Дальняя" in page) == (True, True, False)
    assert client.get(f"/office/organisations/{far.number}/").status_code == 404
    assert client.get(f"/office/organisations/{far.number}/edit/").status_code == 404


def test_the_card_shows_people_and_statuses(
    office: Client, organiser: Any, school: Any, at: datetime
) -> None:
    grant(school, organiser, at)
    world.member(school, Role.HEAD, "Берёзкина Ольга Викторовна")
    page = text_of(office.get("/office/organisations/23-0907/"))
    for words in ("Берёзкина Ольга Викторовна", "Школа наставников", "Действует", "Пригласить"):
        assert words in page


def test_the_staff_changes_contacts_and_nothing_else(school: Any) -> None:
    client = come_in(world.member(school, Role.HEAD))
    page = text_of(client.get("/office/organisations/23-0907/edit/"))
    assert ('name="phone"' in page, 'name="inn"' in page) == (True, False)
    given = {"address": "Школьная, 1", "email": "", "phone": "2-10-10", "site": "", "inn": "2340018182"}
    assert client.post("/office/organisations/23-0907/edit/", given).status_code == 302
    school.refresh_from_db()
    assert (school.phone, school.inn) == ("2-10-10", "")


def test_a_wrong_number_stays_on_the_page(office: Client, school: Any) -> None:
    given = {
        "name": school.name, "short_name": "СОШ 7", "kind": "school", "inn": "2340018183",
        "municipality": school.municipality_id,
    }  # fmt: skip
    page = office.post("/office/organisations/23-0907/edit/", given)
    assert page.status_code == 200
    assert 'value="2340018183"' in text_of(page)
    assert "содержит опечатку" in text_of(page)
    school.refresh_from_db()
    assert school.short_name == "МБОУ СОШ № 7"
    assert office.post("/office/organisations/23-0907/edit/", given | {"inn": ""}).status_code == 302


def test_adding_by_hand_gives_the_next_number(office: Client, school: Any) -> None:
    given = {
        "name": "Лицей № 1",
        "short_name": "Лицей № 1",
        "kind": "school",
        "municipality": school.municipality_id,
    }
    answer = office.post("/office/organisations/new/", given | {"inn": "2340018182", "kpp": "234001001"})
    assert answer.headers["Location"] == "/office/organisations/23-0908/"
    twin = office.post("/office/organisations/new/", given | {"inn": "2340018182", "kpp": "234001001"})
    assert "Такая организация уже есть в реестре: 23-0908" in text_of(twin)


def test_closing_and_opening_again(office: Client, school: Any) -> None:
    address = "/office/organisations/23-0907/close/"
    assert "Исключить из реестра" in text_of(office.get(address))
    assert office.post(address, {"reason": ""}).status_code == 200
    office.post(address, {"reason": "Реорганизована"})
    assert not Organisation.objects.get(pk=school.pk).is_active
    office.post(address, {"reason": "Ошибка"})
    assert Organisation.objects.get(pk=school.pk).is_active


def test_inviting_resending_and_revoking(office: Client, school: Any) -> None:
    page = "/office/organisations/23-0907/invite/"
    assert "Утверждающий приказы" not in text_of(office.get(page))
    answer = office.post(page, {"email": "new@example.test", "role": "head", "full_name": "Лугов Денис"})
    assert answer.headers["Location"] == "/office/organisations/23-0907/"
    invitation = Invitation.objects.get()
    again = office.post(page, {"email": "new@example.test", "role": "head"})
    assert "уже отправлено такое приглашение" in text_of(again)
    office.post(f"/office/invitations/{invitation.pk}/resend/")
    assert Letter.objects.filter(address="new@example.test").count() == 2
    stranger = come_in(world.member(world.organisation(), Role.HEAD))
    assert stranger.post(f"/office/invitations/{invitation.pk}/revoke/").status_code == 404
    office.post(f"/office/invitations/{invitation.pk}/revoke/")
    invitation.refresh_from_db()
    assert invitation.revoked_at is not None


def test_ending_a_membership_is_asked_once(office: Client, school: Any) -> None:
    editor = world.member(school)
    mine = Membership.objects.get(person=editor)
    assert "больше не будет" in text_of(office.get(f"/office/memberships/{mine.pk}/end/"))
    office.post(f"/office/memberships/{mine.pk}/end/")
    mine.refresh_from_db()
    assert mine.until is not None
    assert office.get(f"/office/memberships/{mine.pk}/end/").status_code == 404


def test_a_status_by_hand(office: Client, school: Any) -> None:
    order = world.order()
    given = {
        "kind": StatusKind.objects.get(code="mip").pk,
        "theme": "Мастерская",
        "order": order.pk,
        "starts_on": "2026-09-01",
    }
    assert "Присвоить статус" in text_of(office.get("/office/organisations/23-0907/statuses/new/"))
    assert office.post("/office/organisations/23-0907/statuses/new/", given).status_code == 302
    status = Status.objects.get()
    assert (status.theme, status.ends_on) == ("Мастерская", date(2029, 8, 31))
    again = office.post("/office/organisations/23-0907/statuses/new/", given)
    assert "уже присвоен" in text_of(again)


def test_ending_and_restoring_a_status(office: Client, organiser: Any, school: Any, at: datetime) -> None:
    status = grant(school, organiser, at)
    page = f"/office/statuses/{status.number}"
    assert office.get(f"{page}/complete/").status_code == 200
    early = office.post(f"{page}/complete/", {"on": "2026-11-20"})
    assert "Срок статуса ещё не вышел" in text_of(early)
    ground = EndingGround.objects.get(code="no-report")
    office.post(f"{page}/terminate/", {"ground": ground.pk, "on": "2026-11-20"})
    status.refresh_from_db()
    assert (status.state, status.ground) == ("terminated", ground)
    office.post(f"{page}/restore/", {"note": "Отчёт найден"})
    status.refresh_from_db()
    assert status.state == "active"
    card = text_of(office.get("/office/organisations/23-0907/"))
    assert re.findall(r"<strong>(\w[^<]+)</strong>", card) == [
        "Присвоен",
        "Прекращён досрочно",
        "Восстановлен",
    ]


def test_confirming_a_request_on_screen(school: Any) -> None:
    coordinator = world.member(school, Role.COORDINATOR)
    asked = request_of(school.municipality)
    client = come_in(coordinator)
    assert "Школа № 9" in text_of(client.get("/office/registrations/"))
    page = f"/office/registrations/{asked.pk}/"
    assert "контрольные цифры сошлись" in text_of(client.get(page))
    refused = client.post(page, {"deed": "decline", "reason": ""})
    assert "Заполните поле «Причина отказа»." in text_of(refused)
    client.post(page, {"deed": "confirm", "role": "head"})
    asked.refresh_from_db()
    assert asked.state == RegistrationState.CONFIRMED
    assert "Открыть карточку" in text_of(client.get(page))
    stale = client.post(page, {"deed": "decline", "reason": "Поздно"}, follow=True)
    assert "что-то изменилось" in text_of(stale)


def test_a_foreign_request_is_not_there() -> None:
    asked = request_of()
    client = come_in(world.member(world.organisation(), Role.COORDINATOR))
    assert client.get(f"/office/registrations/{asked.pk}/").status_code == 404


CSV = "Название;Тип;Район;ИНН;КПП\nЛицей № 1;школа;Выселковский район;2340018182;234001001\nИная;школа;Заречье;;\n"


def test_importing_on_screen(office: Client) -> None:
    file = SimpleUploadedFile("список.csv", CSV.encode("cp1251"))
    answer = office.post("/office/imports/", {"file": file})
    batch = ImportBatch.objects.get()
    assert answer.headers["Location"] == f"/office/imports/{batch.pk}/"
    page = text_of(office.get(f"/office/imports/{batch.pk}/"))
    assert "Внести в реестр 1\u00a0организацию?" in page or "Внести в реестр 1 организацию?" in page
    assert "«Заречье» не найден" in page
    bad = text_of(office.get(f"/office/imports/{batch.pk}/?show=bad"))
    assert ("Лицей № 1" in bad, "Иная" in bad) == (False, True)
    assert office.get(f"/office/imports/{batch.pk}/bad.xlsx").content[:2] == b"PK"
    office.post(f"/office/imports/{batch.pk}/")
    assert Organisation.objects.filter(short_name="Лицей № 1").count() == 1
    done = text_of(office.get(f"/office/imports/{batch.pk}/"))
    assert "Список внесён" in done
    assert "Внести</button>" not in done


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"%PDF-\x00", "Это не таблица."), (b"x" * (5 * 2**20 + 1), "Файл больше 5 МБ."), (b"", "пуст")],
)
def test_a_file_that_is_no_list(office: Client, data: Any, said: Any) -> None:
    page = office.post("/office/imports/", {"file": SimpleUploadedFile("x.csv", data)})
    assert said in text_of(page)
    assert list(ImportBatch.objects.all()) == []


def test_imports_are_the_keepers_business(school: Any) -> None:
    client = come_in(world.member(school, Role.HEAD))
    assert client.get("/office/imports/").status_code == 403
    file = SimpleUploadedFile("список.csv", CSV.encode())
    assert client.post("/office/imports/", {"file": file}).status_code == 403
    assert list(ImportBatch.objects.all()) == []
    assert office_template(client)[:2] == b"PK"


def office_template(client: Client) -> Any:
    return client.get("/office/imports/template.xlsx").content


def test_dictionaries(office: Client, school: Any) -> None:
    page = office.post("/office/dictionaries/statuses/mip/", {"title": "Площадка", "term_years": "0"})
    assert page.status_code == 200
    office.post("/office/dictionaries/statuses/mip/", {"title": "Площадка", "term_years": "2"})
    kind = StatusKind.objects.get(code="mip")
    assert (kind.title, kind.term_years, kind.is_active) == ("Площадка", 2, False)
    office.post("/office/dictionaries/grounds/no-report/", {"title": "Нет отчёта", "is_active": "on"})
    assert EndingGround.objects.get(code="no-report").title == "Нет отчёта"
    client = come_in(world.member(school, Role.HEAD))
    assert (
        client.post("/office/dictionaries/statuses/mip/", {"title": "Х", "term_years": "2"}).status_code
        == 403
    )


def test_agreements(office: Client, centre: Any, school: Any) -> None:
    given = {
        "kind": "accord", "number": "7", "signed_on": "2025-09-01", "ends_on": "2026-08-31",
        "municipality": school.municipality_id, "organisation": centre.pk, "partner": centre.pk,
    }  # fmt: skip
    assert "две разные организации" in text_of(office.post("/office/agreements/new/", given))
    assert office.post("/office/agreements/new/", given | {"partner": school.pk}).status_code == 302
    page = text_of(office.get("/office/agreements/"))
    assert "Вышел срок у 1\u00a0соглашения" in page or "Вышел срок у 1 соглашения" in page
    made = Agreement.objects.get()
    longer = given | {"partner": school.pk, "ends_on": "2027-08-31"}
    office.post(f"/office/agreements/{made.pk}/edit/", longer)
    made.refresh_from_db()
    assert made.ends_on == date(2027, 8, 31)
    assert "Вышел срок" not in text_of(office.get("/office/agreements/"))
    assert "уже внесено" in text_of(office.post("/office/agreements/new/", longer))
