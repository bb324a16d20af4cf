"""The office's pages of agreements: from the draft to the paper, the registry, who may what."""

import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.network.models import Agreement, Municipality
from innoset.network.states import Role
from innoset.web.second_factor import KEY
from tests import world

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n" + b"0" * 99


def come_in(person: Any) -> Client:
    """Sign in past the second factor, which has its own tests."""
    client: Client = world.signed_in(person)
    session = client.session
    session[KEY] = True
    session.save()
    return client


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def rows_of(book: bytes) -> Any:
    from python_calamine import CalamineWorkbook  # slow to load

    return CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_index(0).to_python()


@pytest.fixture
def centre() -> Any:
    Municipality.objects.update(is_in_network=False)
    return world.organisation("Методический центр", municipality=world.municipality(is_in_network=False))


@pytest.fixture
def service() -> Any:
    return world.organisation("ТМС, Лесной район", municipality=world.municipality("Лесной район"))


@pytest.fixture
def office(centre: Any) -> Client:
    return come_in(world.member(centre, Role.ORGANISER))


def begun(office: Client, centre: Any, service: Any) -> Agreement:
    given = {"kind": "accord", "municipality": service.municipality_id, "organisation": centre.pk}
    answer = office.post("/office/agreements/draft/", given | {"partner": service.pk, "subject": "опыт"})
    made = Agreement.objects.latest("pk")
    assert answer.headers["Location"] == f"/office/agreements/{made.pk}/"
    return made


def test_from_the_draft_to_the_paper(office: Client, centre: Any, service: Any) -> None:
    made = begun(office, centre, service)
    page = text_of(office.get("/office/agreements/"))
    assert ("<b>0 из 1</b>" in page, "Без соглашения: 1" in page, "Лесной район." in page) == (True,) * 3
    here = f"/office/agreements/{made.pk}/"
    assert "Отправить партнёру" in text_of(office.get(here))
    office.post(f"{here}send/")
    partner = come_in(world.member(service, Role.COORDINATOR))
    page = text_of(partner.get(here))
    assert ("Приложить файл" in page, "Вернуть в проекты" in page) == (True, False)
    for kind, start in (("docx", b"PK"), ("pdf", b"%PDF")):
        assert partner.get(f"{here}text.{kind}").content.startswith(start)
    assert partner.get(f"{here}text.odt").status_code == 404
    assert "Выберите файл" in text_of(partner.post(f"{here}copy/", {"token": "1"}))
    wrong = {"file": SimpleUploadedFile("a.exe", b"MZ" + b"0" * 99)}
    assert "a.exe" in text_of(partner.post(f"{here}copy/", wrong))
    assert Agreement.objects.get().file is None
    given = {"file": SimpleUploadedFile("Подписано.pdf", PDF)}
    assert partner.post(f"{here}copy/", given).status_code == 302
    assert partner.get(f"{here}file/").content == PDF
    asked = {"number": "12-С", "signed_on": "2026-11-30", "ends_on": ""}
    assert partner.post(f"{here}sign/", asked | {"signed_on": "2025-01-01"}).status_code == 403
    office.post(f"{here}sign/", asked | {"signed_on": "2025-01-01", "ends_on": "2099-01-01"})
    made.refresh_from_db()
    assert (made.state, made.number, made.signed_on, made.ends_on) == (
        "signed", "12-С", date(2025, 1, 1), date(2099, 1, 1),
    )  # fmt: skip
    assert "<b>1 из 1</b>" in text_of(office.get("/office/agreements/"))
    office.post(f"{here}renew/")
    renewal = Agreement.objects.latest("pk")
    assert renewal.renews == made
    assert f"/office/agreements/{renewal.pk}/" in text_of(office.get(here))
    office.post(f"/office/agreements/{renewal.pk}/drop/")
    assert "Заполните поле «Причина»" in text_of(office.post(f"{here}end/", {"ended_on": "2026-01-01"}))
    office.post(f"{here}end/", {"ended_on": "2026-01-01", "reason": "По просьбе района"})
    assert "Причина: По просьбе района" in text_of(office.get(here))


def test_strangers_see_nothing_of_another_place(office: Client, centre: Any, service: Any) -> None:
    made = begun(office, centre, service)
    stranger = come_in(world.member(world.organisation(), Role.COORDINATOR))
    here = f"/office/agreements/{made.pk}/"
    for address in ("", "text.docx", "file/", "edit/", "sign/", "copy/", "end/"):
        assert stranger.get(here + address).status_code == 404
    for address in ("send/", "drop/", "renew/", "take-back/"):
        assert stranger.post(here + address).status_code == 404
    assert "ТМС, Лесной район" not in text_of(stranger.get("/office/agreements/"))


def test_the_registry_and_the_states_of_the_list(office: Client, centre: Any, service: Any) -> None:
    begun(office, centre, service)
    sides = {"municipality": service.municipality, "organisation": centre, "partner": service}
    for number, ends_on, more in (
        ("1", date(2026, 1, 1), {}),
        ("2", None, {}),
        ("3", None, {"state": "ended", "ended_on": date(2025, 5, 1)}),
    ):
        Agreement.objects.create(number=number, signed_on=date(2025, 1, 1), ends_on=ends_on, **sides, **more)
    found = {}
    for state in ("draft", "sent", "live", "expiring", "over", "ended", ""):
        answer = office.get(f"/office/agreements/registry.xlsx?state={state}")
        found[state] = sorted((str(row[1]), row[4]) for row in rows_of(answer.content)[1:])
    assert found == {
        "draft": [("", "Проект")],
        "sent": [],
        "live": [("2", "Подписано")],
        "expiring": [],
        "over": [("1", "Срок вышел")],
        "ended": [("3", "Расторгнуто")],
        "": [("", "Проект"), ("1", "Срок вышел"), ("2", "Подписано"), ("3", "Расторгнуто")],
    }
    assert "Соглашение № 1" in text_of(office.get("/office/agreements/?state=over"))


def test_a_longer_list_asks_no_more(office: Client, centre: Any, service: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            office.get("/office/agreements/")
        return len(queries)

    begun(office, centre, service)
    office.get("/office/agreements/")
    one = asked()
    for _ in range(3):
        begun(office, centre, service)
    assert asked() == one
