"""The network for colleagues: who accompanies whom, who is left alone; a coordinator sees the own place only."""

from typing import Any

import pytest
from bs4 import BeautifulSoup

from innoset.network.states import Role
from tests import world
from tests.analytics import network_scene as scene
from tests.analytics.network_scene import Scene

pytestmark = pytest.mark.django_db
ADDRESS = "/office/picture/"


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, at: Any) -> Scene:
    # The pages ask the clock at the edge; here it shows the day of the scene.
    monkeypatch.setattr("innoset.web.ui.arrival.clock.now", lambda: at)
    built = scene.build()
    scene.joint(built.leader, built.service, confirmed_at=None)
    return built


def seen(where: Any, role: Role, address: str = ADDRESS) -> tuple[list[list[str]], list[list[str]], int]:
    """Return the lines of who accompanies and of who is alone, and how many ties are drawn."""
    answer = world.signed_in(world.member(where, role)).get(address)
    assert answer.status_code == 200
    found = BeautifulSoup(answer.content.decode(), "html.parser")
    tables = {one.caption.get_text(strip=True): one for one in found.select("table")}

    def rows(caption: str) -> list[list[str]]:
        lines = tables[caption].select("tbody tr") if caption in tables else []
        return [[cell.get_text(" ", strip=True) for cell in line.select("td")] for line in lines]

    ties = sum(int(one) for path in found.select("[data-n]") for one in str(path["data-n"]).split())
    return rows("Сопровождение площадок"), rows("Что их свяжет"), ties


ALONE = [
    "Школа 6",
    "город Краснодар",
    (
        "Назначить сетевого методиста или тьютора. "
        "Муниципалитет без соглашения: провести мероприятие вместе с площадкой сети."
    ),
]


def test_who_works_with_the_whole_network_sees_all_of_it(made: Scene) -> None:
    people, alone, ties = seen(made.centre, Role.ORGANISER)
    assert people == [["Берёзкина Ольга", "Сетевой методист", "Центр", "Школа 4"]]
    assert (alone, ties) == ([ALONE], 5)


@pytest.mark.parametrize(
    ("place", "alone"), [("leader", [ALONE]), ("service", [])], ids=["own", "of another municipality"]
)
def test_a_coordinator_sees_what_everybody_does_and_the_lonely_of_the_own_place(
    made: Scene, place: str, alone: list[list[str]]
) -> None:
    assert seen(getattr(made, place), Role.COORDINATOR) == ([], alone, 4)


def test_others_see_what_everybody_does(made: Scene) -> None:
    assert seen(made.lonely, Role.EXPERT) == ([], [], 4)


def test_people_are_in_the_sheets_of_colleagues_only(made: Scene) -> None:
    told = {}
    for role in (Role.ORGANISER, Role.COORDINATOR):
        client = world.signed_in(world.member(made.centre, role))
        told[role] = "Берёзкина" in client.get(f"{ADDRESS}take/csv/").content.decode()
    assert told == {Role.ORGANISER: True, Role.COORDINATOR: False}


def test_a_network_where_all_are_tied_says_so(made: Scene) -> None:
    scene.accompanied(made.methodist, made.lonely.statuses.get())
    client = world.signed_in(world.member(made.centre, Role.ORGANISER))
    assert "У каждой организации есть хотя бы одна связь." in client.get(ADDRESS).content.decode()
