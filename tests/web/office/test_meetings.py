"""The council's meetings outside contests, by the pages."""

from typing import Any

import pytest
from django.test import Client

from innoset.contests.models import Council, Meeting, Seat
from innoset.contests.states import MeetingState
from innoset.network.models import Errand, Organisation
from innoset.network.states import Role
from tests import world
from tests.web.office.builder import past_second_factor

pytestmark = pytest.mark.django_db


@pytest.fixture
def council(centre: Organisation) -> Council:
    made = Council.objects.create(title="Координационный совет", organisation=centre)
    for name, part in (("Степнова Елена Борисовна", "chair"), ("Дубравина Вера Сергеевна", "secretary")):
        Seat.objects.create(council=made, person=world.person(name), part=part)
    return made


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def planned(office: Client, council: Council) -> str:
    given = {
        "council": council.pk,
        "number": "4",
        "held_at_0": "2026-11-21",
        "held_at_1": "14:00",
        "place": "Зал",
    }
    answer = office.post("/office/meetings/new/", given)
    assert answer.status_code == 302
    return answer.headers["Location"]


def test_a_meeting_from_the_plan_to_the_minutes(
    office: Client, council: Council, centre: Organisation
) -> None:
    methodist = world.member(centre, Role.METHODIST, "Родникова Ирина Юрьевна")
    url = planned(office, council)
    office.post(url, {"question": "О плане мероприятий", "speaker": "Зарубин Виктор Олегович"})
    office.post(url, {"question": "О лишнем"})
    office.post(f"{url}questions/2/drop/")
    assert "Кворума нет" in office.post(f"{url}open/", follow=True).content.decode()
    office.post(f"{url}presence/", {"present": [seat.pk for seat in council.seats.all()]})
    office.post(f"{url}open/")
    wrong = {"resolved": "Утвердить план.", "votes_for": "5", "votes_against": "", "votes_abstained": ""}
    refused = office.post(f"{url}questions/1/", wrong).content.decode()
    assert ("Голосов должно быть 2" in refused, "Утвердить план." in refused) == (True, True)
    office.post(f"{url}questions/1/", wrong | {"votes_for": "2"})
    asked = {"assignee": methodist.pk, "title": "Опубликовать план", "due_on": "2100-01-01"}
    office.post(f"{url}questions/1/errand/", asked)
    assert Errand.objects.get().source == "Решение совета от 21.11.2026, вопрос 1"
    assert office.get(f"{url}minutes.pdf").content[:5] == b"%PDF-"
    assert office.get(f"{url}minutes.docx").status_code == 404
    office.post(f"{url}close/")
    page = text_of(office, url)
    assert [word in page for word in ("Протокол, PDF", "Утвердить план.", "за 2", "Добавить вопрос")] == [
        True,
        True,
        True,
        False,
    ]
    kinds: list[Any] = [office.get(f"{url}minutes.{kind}")["Content-Type"] for kind in ("pdf", "docx")]
    assert kinds == [
        "application/pdf",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ]
    assert office.get(f"{url}minutes.odt").status_code == 404


def test_a_meeting_is_moved_and_a_question_changed(office: Client, council: Council) -> None:
    url = planned(office, council)
    assert (
        "уже есть"
        in office.post(
            "/office/meetings/new/",
            {"council": council.pk, "number": "4", "held_at_0": "2026-11-22", "held_at_1": "14:00"},
        ).content.decode()
    )
    office.post(f"{url}move/", {"held_at_0": "2026-11-23", "held_at_1": "10:00", "place": "Малый зал"})
    office.post(url, {"question": "О плане"})
    office.post(
        f"{url}questions/1/edit/", {"question": "О плане и отчёте", "speaker": "", "organisation": ""}
    )
    page = text_of(office, url)
    assert ("Малый зал" in page, "О плане и отчёте" in page) == (True, True)
    assert "Решения записывают, когда заседание открыто" in text_of(office, f"{url}questions/1/")
    assert "№ 4" in text_of(office, "/office/meetings/")


def test_who_enters(office: Client, council: Council) -> None:
    url = planned(office, council)
    secretary = past_second_factor(council.seats.get(part="secretary").person)
    stranger = past_second_factor(world.member(world.organisation(), Role.COORDINATOR))
    assert (secretary.get(url).status_code, stranger.get(url).status_code) == (200, 404)
    assert (
        "№ 4" in text_of(stranger, "/office/meetings/"),
        "Назначить" in text_of(stranger, "/office/meetings/"),
    ) == (
        False,
        False,
    )
    assert stranger.post(f"{url}open/").status_code == 404
    member = world.person("Ясенев Николай Львович")
    Seat.objects.create(council=council, person=member)
    assert past_second_factor(member).post(f"{url}presence/", {"present": []}).status_code == 403
    assert Meeting.objects.get().state == MeetingState.PLANNED
