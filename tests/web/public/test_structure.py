"""How the network is governed, as anybody sees it."""

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.contests.models import Council, Seat
from innoset.network.models import WorkingGroup, WorkingGroupMember
from innoset.network.states import Role
from tests import world
from tests.network.accompanying_scene import TODAY, Scene, scene

pytestmark = pytest.mark.django_db


def grown(here: Scene) -> None:
    council = Council.objects.create(title="Координационный совет", organisation=here.centre)
    Seat.objects.create(council=council, person=world.person("Степнова Елена Борисовна"), part="chair")
    group = WorkingGroup.objects.create(
        title="Фестиваль", organisation=here.centre, since=TODAY, created_at=world.AT
    )
    WorkingGroupMember.objects.create(group=group, person=here.tutor, since=TODAY, is_leader=True)
    left = world.person("Ушедший Глеб Ильич")
    WorkingGroupMember.objects.create(group=group, person=left, since=TODAY, until=TODAY)


def test_who_runs_the_network_reads_names_and_parts_without_contacts() -> None:
    here = scene()
    here.keeper.phone, here.keeper.position = "+7 900 000-00-00", "Начальник отдела"
    here.keeper.save()
    world.membership(here.keeper, here.centre, Role.TUTOR)
    grown(here)
    page = BeautifulSoup(world.signed_in(here.keeper).get("/structure/").content, "html.parser")
    page = page.main.get_text(" ")
    people = [here.keeper, here.curator, here.coordinator, here.far_coordinator, here.tutor]
    assert [one.full_name in page for one in people] == [True] * 5
    told = ("Степнова Елена Борисовна", "Организатор конкурсов, тьютор", "Начальник отдела", "Фестиваль")
    assert [word in page for word in told] == [True] * 4
    secret = [*(one.email for one in people), "900 000-00-00", "Ушедший", here.head.full_name]
    assert [word for word in secret if word in page] == []


def test_everybody_else_reads_how_many_do_what(client: Client) -> None:
    here = scene()
    grown(here)
    named = [here.keeper, here.curator, here.coordinator, here.far_coordinator, here.tutor]
    words = [word for one in named for word in (one.last_name, one.full_name)] + ["Степнова"]
    for browser in (client, world.signed_in(here.coordinator), world.signed_in(here.head)):
        soup = BeautifulSoup(browser.get("/structure/").content, "html.parser")
        assert soup.main is not None
        text = " ".join(soup.main.get_text(" ").split())
        assert [word for word in words if word in text] == []
        assert ("Председатель 1 человек" in text, "Руководитель 1 человек" in text) == (True, True)


def test_a_larger_network_asks_no_more(client: Client) -> None:
    counts = []
    for _ in range(2):
        grown(scene())
        with CaptureQueriesContext(connection) as asked:
            client.get("/structure/")
        counts.append(len(asked))
    assert counts[0] == counts[1]
