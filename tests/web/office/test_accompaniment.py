"""Companions, the log of consultations, errands and groups in the office."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook  # noqa: TID253  # reason: the test reads what was written

from innoset.network.models import Accompaniment, Consultation, Errand, WorkingGroup
from innoset.network.states import Part, Role
from tests import world
from tests.network.accompanying_scene import TODAY, Scene, companion, scene, status_of
from tests.web.office.builder import past_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Scene:
    return scene()


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return answer.content.decode()


def test_a_coordinator_names_a_methodist_and_is_told_why_not(here: Scene) -> None:
    client = past_second_factor(here.coordinator)
    page = text_of(client, f"/office/accompaniment/new/?status={here.site.number}")
    assert [
        name in page for name in ("Родникова Ирина", "Полевая Анна", "Горский Антон", "МБОУ СОШ № 9")
    ] == [
        True,
        True,
        False,
        False,
    ]
    given = {
        "status": here.site.pk,
        "part": Part.METHODIST,
        "person": here.tutor.pk,
        "direction": "Наставничество",
        "since": TODAY.isoformat(),
    }
    refused = client.post("/office/accompaniment/new/", given).content.decode()
    assert (
        "У этого человека нет роли для части «Сетевой методист»" in refused,
        "Наставничество" in refused,
    ) == (
        True,
        True,
    )
    done = client.post("/office/accompaniment/new/", given | {"person": here.methodist.pk})
    one = Accompaniment.objects.get()
    assert (done.status_code, one.person, one.part, one.direction) == (
        302,
        here.methodist,
        Part.METHODIST,
        "Наставничество",
    )
    listed = text_of(client, "/office/accompaniment/?part=methodist&state=live&q=наставников")
    assert ("1 запись" in listed, "Прекратить" in listed) == (True, True)
    client.post(f"/office/accompaniment/{one.pk}/end/", {"on": TODAY.isoformat()})
    one.refresh_from_db()
    assert one.until == TODAY


def test_another_municipality_sees_nothing(here: Scene) -> None:
    one = companion(here.methodist, here.site)
    log = _advice(here)
    errand = Errand.objects.create(
        title="Тайное", assignee=here.methodist, organisation=here.here, made_by=here.keeper, made_at=world.AT
    )
    group = WorkingGroup.objects.create(
        title="Своя", organisation=here.here, since=TODAY, created_at=world.AT
    )
    client = past_second_factor(here.far_coordinator)
    lists = ("accompaniment/", "consultations/", "errands/?tab=all", "groups/")
    words = ("Школа наставников", "План открытых занятий", "Тайное", "Своя")
    assert [
        word in text_of(client, f"/office/{address}") for address, word in zip(lists, words, strict=True)
    ] == [False] * 4
    pages = (
        f"accompaniment/{one.pk}/end/",
        f"consultations/{log.pk}/",
        f"consultations/{log.pk}/edit/",
        f"errands/{errand.pk}/",
        f"groups/{group.pk}/",
        f"groups/{group.pk}/edit/",
    )
    assert [client.get(f"/office/{page}").status_code for page in pages] == [404] * 6
    mine = past_second_factor(here.coordinator)
    assert [mine.get(f"/office/{page}").status_code for page in pages] == [200, 200, 404, 200, 200, 200]


def _advice(here: Scene, **given: Any) -> Consultation:
    facts = {
        "status": here.site,
        "organisation": here.here,
        "given_by": here.methodist,
        "on": TODAY,
        "topic": "План открытых занятий",
        "participants": "Берёзкина Ольга Ильинична",
        "advice": "=Начать с одного занятия",
        "recorded_at": world.AT,
    }
    return Consultation.objects.create(**{**facts, **given})


def test_a_consultation_is_written_down_and_taken_away(here: Scene) -> None:
    companion(here.methodist, here.site)
    client = world.signed_in(here.methodist)
    given = {
        "status": here.site.pk,
        "on": "2026-11-20",
        "topic": "План открытых занятий",
        "participants": "Берёзкина Ольга Ильинична",
        "people": "2",
        "minutes": "",
        "advice": "=Начать с одного занятия",
    }
    refused = client.post("/office/consultations/new/", given | {"status": ""}).content.decode()
    assert ("Выберите ответ в поле «Площадка»" in refused, "Начать с одного" in refused) == (True, True)
    assert client.post("/office/consultations/new/", given).status_code == 302
    _advice(here, on=TODAY - timedelta(days=60), topic="Давняя")
    address = "/office/consultations/log.xlsx?since=2026-11-01&until=2026-11-30"
    rows = (
        CalamineWorkbook.from_filelike(io.BytesIO(client.get(address).content))
        .get_sheet_by_index(0)
        .to_python()
    )
    assert rows[1:] == [
        [
            "20.11.2026",
            "МБОУ СОШ № 7",
            "МИП",
            "План открытых занятий",
            "Родникова Ирина Юрьевна",
            "Берёзкина Ольга Ильинична",
            "2",
            "",
            "Очно",
            "'=Начать с одного занятия",
        ]
    ]
    listed = text_of(client, f"/office/consultations/?organisation={here.here.pk}&until=2026-10-30")
    assert ("Давняя" in listed, "План открытых занятий" in listed) == (True, False)
    one = Consultation.objects.get(topic="Давняя")
    client.post(f"/office/consultations/{one.pk}/edit/", given | {"topic": "Исправленная"})
    assert "Исправленная" in text_of(world.signed_in(here.head), f"/office/consultations/{one.pk}/")


def test_a_methodists_own_page_says_what_sites_need(here: Scene) -> None:
    companion(here.methodist, here.site, since=TODAY - timedelta(days=200), direction="Наставничество")
    companion(here.methodist, here.site, Part.CENTRE_CURATOR)
    Errand.objects.create(
        title="Собрать предложения",
        assignee=here.methodist,
        due_on=TODAY - timedelta(days=365),
        made_by=here.keeper,
        made_at=world.AT,
    )
    page = text_of(world.signed_in(here.methodist), "/office/accompaniment/mine/")
    # Terms and silences are reckoned from the day of the visit; what does not depend on it is asked for.
    assert [
        page.count(word)
        for word in ("Собрать предложения", 'class="state bad"', "Сетевой методист, Куратор ИМЦ")
    ] == [
        1,
        1,
        1,
    ]
    assert "Проведите консультацию: МБОУ СОШ № 7" in page


def test_lists_ask_as_often_for_three_rows_as_for_one(here: Scene) -> None:
    client = past_second_factor(here.keeper)
    addresses = ("accompaniment/", "consultations/", "errands/?tab=all", "groups/", "accompaniment/mine/")
    asked = []
    for _ in range(2):
        for person in (world.person(), world.person()):
            companion(person, here.site, Part.TUTOR)
            companion(here.keeper, _another(here), Part.CENTRE_CURATOR)
            _advice(here, topic=f"Тема {person.pk}")
            Errand.objects.create(title="Дело", assignee=person, made_by=here.keeper, made_at=world.AT)
            WorkingGroup.objects.create(
                title=f"Группа {person.pk}", organisation=here.here, since=TODAY, created_at=world.AT
            )
        counts = []
        for address in addresses:
            text_of(client, f"/office/{address}")
            with CaptureQueriesContext(
                connection,
            ) as queries:
                text_of(client, f"/office/{address}")
            counts.append(len(queries))
        asked.append(counts)
    assert asked[0] == asked[1]


def _another(here: Scene) -> Any:
    return status_of(here.here, theme=f"Тема {Accompaniment.objects.count()}", order=here.site.order)


def test_an_errand_goes_from_hand_to_hand(here: Scene) -> None:
    client = past_second_factor(here.coordinator)
    given = {
        "title": "Собрать предложения",
        "assignee": here.head.pk,
        "due_on": "2020-01-01",
        "organisation": "",
    }
    refused = client.post("/office/errands/new/", given).content.decode()
    assert ("Срок поручения уже прошёл" in refused, "Собрать предложения" in refused) == (True, True)
    client.post("/office/errands/new/", given | {"due_on": ""})
    errand = Errand.objects.get()
    head = world.signed_in(here.head)
    assert "Отметить выполнение" in text_of(head, f"/office/errands/{errand.pk}/")
    assert "Что вышло" in head.post(f"/office/errands/{errand.pk}/", {"outcome": ""}).content.decode()
    head.post(f"/office/errands/{errand.pk}/", {"outcome": "Собраны."})
    errand.refresh_from_db()
    assert (errand.outcome, errand.done_at is not None) == ("Собраны.", True)
    assert "Выполнено" in text_of(client, "/office/errands/?tab=over")
    other = Errand.objects.create(
        title="Лишнее", assignee=here.head, made_by=here.coordinator, made_at=world.AT
    )
    refused = client.post(f"/office/errands/{other.pk}/", {"drop": "1", "reason": ""}).content.decode()
    assert "Заполните поле «Причина»" in refused
    client.post(f"/office/errands/{other.pk}/", {"drop": "1", "reason": "План изменился"})
    other.refresh_from_db()
    assert (other.outcome, other.dropped_at is not None) == ("План изменился", True)


def test_a_group_is_made_filled_and_emptied(here: Scene) -> None:
    client = past_second_factor(here.coordinator)
    client.post(
        "/office/groups/new/",
        {"organisation": here.here.pk, "title": "Фестиваль", "purpose": "", "since": "2026-11-01"},
    )
    group = WorkingGroup.objects.get()
    url = f"/office/groups/{group.pk}/"
    client.post(url, {"person": here.methodist.pk, "is_leader": "on"})
    assert "Руководитель" in text_of(client, url)
    assert client.post(url, {"person": here.far_coordinator.pk}).status_code == 200
    member = group.members.get()
    client.post(f"{url}leave/", {"member": member.pk})
    client.post(f"{url}edit/", {"title": "Фестиваль практик", "purpose": "Программа", "until": "2026-11-02"})
    group.refresh_from_db()
    assert (group.title, str(group.until), group.members.filter(until=None).count()) == (
        "Фестиваль практик",
        "2026-11-02",
        0,
    )
    assert world.signed_in(world.member(world.organisation(), Role.HEAD)).get(url).status_code == 404
