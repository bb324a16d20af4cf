"""Teams of projects and their partners, by the pages."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.network.states import Role
from innoset.projects.models import Partnership, Project, TeamMember
from innoset.projects.states import PartnershipState
from tests import world
from tests.network.accompanying_scene import Scene, scene

pytestmark = pytest.mark.django_db
S = PartnershipState


@pytest.fixture
def here() -> Scene:
    return scene()


@pytest.fixture
def project(here: Scene) -> Project:
    answers = {"1": "Школа наставников", "2": "Берёзкина Ольга Ильинична, директор", "3": "нет"}
    made = world.project(here.here, by=here.head, answers=answers)
    made.number = "2026-0901"
    made.save()
    return made


def text_of(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_partner_is_invited_and_answers(here: Scene, project: Project) -> None:
    head, far = world.signed_in(here.head), world.signed_in(here.far_coordinator)
    new = f"/cabinet/projects/{project.number}/partners/new/"
    refused = head.post(new, {"organisation": here.there.pk, "purpose": ""}).content.decode()
    assert "Заполните поле «Что делать вместе»" in refused
    head.post(new, {"organisation": here.there.pk, "purpose": "Опробовать программу"})
    one = Partnership.objects.get()
    url = f"/cabinet/partnerships/{one.pk}/"
    assert "Отозвать приглашение" in text_of(head, url)
    waiting = text_of(far, "/cabinet/partnerships/")
    assert ("Ждут вашего ответа" in waiting, "Школа наставников" in waiting) == (True, True)
    refused = far.post(url, {"deed": "decline", "answer": " "}).content.decode()
    assert ("Напишите причину" in refused, "Отказаться" in refused) == (True, True)
    far.post(url, {"deed": "accept", "answer": "Согласны"})
    one.refresh_from_db()
    assert (one.state, one.answer) == (S.ACCEPTED, "Согласны")
    assert here.there.short_name in text_of(head, f"/cabinet/projects/{project.number}/")
    head.post(url, {"deed": "end", "answer": "Всё сделали"})
    one.refresh_from_db()
    assert (one.state, "Прежние" in text_of(head, "/cabinet/partnerships/")) == (S.ENDED, True)


def test_an_invitation_is_withdrawn_and_walls_stand(here: Scene, project: Project) -> None:
    one = _asked(here, project)
    url = f"/cabinet/partnerships/{one.pk}/"
    third = world.signed_in(world.member(world.organisation(), Role.HEAD))
    assert [
        third.get(address).status_code for address in (url, f"/cabinet/projects/{project.number}/team/")
    ] == [
        404,
        404,
    ]
    assert world.signed_in(here.far_coordinator).post(f"{url}withdraw/").status_code == 403
    assert "Школа наставников" not in text_of(third, "/cabinet/partnerships/")
    world.signed_in(here.head).post(f"{url}withdraw/")
    one.refresh_from_db()
    assert one.state == S.WITHDRAWN


def _asked(here: Scene, project: Project, **given: Any) -> Partnership:
    facts = {"organisation": here.there, "invited_at": world.AT, "invited_by": here.head, "purpose": "Вместе"}
    return Partnership.objects.create(project=project, **{**facts, **given})


def test_the_team_is_taken_from_the_passport_and_by_hand(here: Scene, project: Project) -> None:
    head, url = world.signed_in(here.head), f"/cabinet/projects/{project.number}/team/"
    assert "Перенести из паспорта" in text_of(head, url)
    head.post(f"{url}propose/")
    one = TeamMember.objects.get()
    assert (one.name, one.person, one.position) == ("Берёзкина Ольга Ильинична", here.head, "директор")
    given = {"name": "Лугов", "part": "leader", "position": "Методист", "degree": ""}
    assert "Напишите фамилию, имя и отчество" in head.post(url, given).content.decode()
    head.post(url, given | {"name": "Лугов Денис Андреевич"})
    other = TeamMember.objects.get(part="leader")
    head.post(f"{url}{other.pk}/", given | {"name": "Лугов Денис Андреевич", "position": "Педагог"})
    head.post(f"{url}{other.pk}/end/")
    other.refresh_from_db()
    assert (other.position, other.until is not None) == ("Педагог", True)
    page = text_of(head, f"/cabinet/projects/{project.number}/")
    assert ("Берёзкина Ольга Ильинична" in page, "Лугов Денис" in page) == (True, False)


def test_the_list_asks_as_often_for_three_as_for_one(here: Scene, project: Project) -> None:
    client, counts = world.signed_in(here.head), []
    for _ in range(2):
        _asked(here, project, organisation=world.organisation())
        _asked(here, project, organisation=world.organisation(), state=S.WITHDRAWN)
        _asked(here, world.project(here.there), organisation=here.here)
        text_of(client, "/cabinet/partnerships/")
        with CaptureQueriesContext(connection) as asked:
            text_of(client, "/cabinet/partnerships/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
