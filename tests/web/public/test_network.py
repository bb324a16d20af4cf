"""The network for everybody: picture, list, matrix, map and coverage tell the same, and name no person."""

import gzip
import io
import re
from typing import Any
from urllib.parse import unquote
from xml.etree.ElementTree import fromstring

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.network.models import StatusEvent
from tests import world
from tests.analytics import network_scene as scene
from tests.analytics.network_scene import Scene

pytestmark = pytest.mark.django_db
PAGES = ("/network/", "/network/?view=list", "/network/?view=matrix", "/network/map/", "/network/coverage/")


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch, at: Any) -> Scene:
    # The pages ask the clock at the edge; here it shows the day of the scene.
    monkeypatch.setattr("innoset.web.ui.arrival.clock.now", lambda: at)
    return scene.build()


def page(address: str) -> BeautifulSoup:
    answer = Client().get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content.decode(), "html.parser")


def words(node: Any) -> str:
    return " ".join(node.get_text(" ", strip=True).split())


def table(found: BeautifulSoup, caption: str) -> list[list[str]]:
    one = next(table for table in found.select("table") if words(table.caption) == caption)
    return [[words(cell) for cell in row.select("th, td")] for row in one.select("tbody tr")]


def numbers_on(svg: Any) -> list[str]:
    return sorted(re.findall(r"/organisations/([^/]+)/", unquote(str(svg))))


def test_the_picture_the_list_and_the_matrix_tell_the_same(made: Scene) -> None:
    picture, listed, crossed = (page(address) for address in PAGES[:3])
    drawing = picture.select_one(".drawing svg")
    assert drawing is not None
    everybody = ["С-1", "С-2", "С-3", "С-4", "С-5", "С-6", "С-7"]
    assert numbers_on(drawing) == everybody
    assert numbers_on(listed.select("main section ul a")) == everybody
    assert sum(int(one) for path in drawing.select("[data-n]") for one in str(path["data-n"]).split()) == 4
    cells = [int(cell or 0) for _, *row in table(crossed, "Кто с кем связан") for cell in row]
    assert sum(cells) == 8
    signs = [words(one) for one in picture.select(".network-signs li")]
    assert signs == [
        "Институт развития образования: 1",
        "Методический или ресурсный центр: 1",
        "Территориальная методическая служба: 1",
        "МСИП: 1",
        "КИП: 1",
        "МИП: 1",
        "Участник без статуса: 1",
        "Соглашение: 1",
        "МСИП ведёт МИП: 1",
        "Сопровождение: 1",
        "Совместное мероприятие: 1",
    ]
    for found in (picture, listed, crossed):
        assert table(found, "То же по муниципалитетам") == [
            ["город Краснодар", "2", "0", "1", "1", "0", "0", "0", "0", "1", "3"],
            ["Крымский район", "1", "1", "0", "0", "0", "1", "0", "1", "0", "3"],
        ]
    near = [words(one) for one in listed.select("main li li")]
    assert near[:3] == ["Служба: Соглашение", "Школа 4: Сопровождение", "Центр: Сопровождение"]


def test_growth_and_years(made: Scene) -> None:
    assert "Площадок столько же, сколько на конец 2025 года: 3." in words(page("/network/"))
    before = page("/network/?year=2025")
    assert "На конец 2024 года площадок не было, теперь 3 площадки." in words(before)
    years = [(words(one), one.get("aria-current")) for one in before.select("year-slider a")]
    assert years == [("2025", "page"), ("2026", None)]
    assert [one["href"] for one in page("/network/?view=list&q=Школа").select("year-slider a")] == [
        "?view=list&q=%D0%A8%D0%BA%D0%BE%D0%BB%D0%B0&year=2025",
        "?view=list&q=%D0%A8%D0%BA%D0%BE%D0%BB%D0%B0&year=2026",
    ]


@pytest.mark.parametrize("asked", ["1999", "9999", "год", "²", ""])
def test_a_year_that_is_not_there_is_the_last(made: Scene, asked: str) -> None:
    assert words(page(f"/network/?year={asked}").select_one("year-slider [aria-current]")) == "2026"


@pytest.mark.parametrize(
    ("asked", "numbers"),
    [
        ("q=школа+5", ["С-4", "С-5"]),
        ("level=regional", ["С-1", "С-2", "С-3", "С-6"]),
        ("status=mip&tie=agreement", ["С-1", "С-2", "С-3", "С-5"]),
        ("place=03625000", ["С-1", "С-3", "С-4", "С-5", "С-7"]),
    ],
)
def test_a_part_is_shown_when_asked_for(made: Scene, asked: str, numbers: list[str]) -> None:
    asked = asked.replace("03625000", made.away.oktmo)
    assert numbers_on(page(f"/network/?{asked}").select_one(".drawing svg")) == numbers


def test_a_municipality_is_shown_by_names_with_the_way_back(made: Scene) -> None:
    found = page(f"/network/?place={made.away.oktmo}&year=2026")
    names = [words(one) for one in found.select(".drawing text.name")]
    assert names == ["Центр", "Служба", "Школа 4 (Краснодар)", "Школа 5", "Сад 7"]
    assert ("/network/?year=2026", "Вся сеть") in [
        (one["href"], words(one)) for one in found.select("main a")
    ]


def test_a_wrong_question_is_said_and_everything_is_shown(made: Scene) -> None:
    found = page("/network/?level=heavenly&view=dream")
    assert [words(one) for one in found.select(".error")] == [
        "Ошибка: В поле «Уровень» нет такого ответа. Выберите ответ из списка."
    ]
    assert len(numbers_on(found.select_one(".drawing svg"))) == 7
    assert "Показывать нечего" in words(page("/network/?q=никого-такого"))


def test_nobody_is_named_to_strangers(made: Scene) -> None:
    files = ("take/svg/", "take/csv/", "take/xlsx/", "map/svg/")
    for address in (*PAGES, *(f"/network/{one}" for one in files)):
        answer = Client().get(address)
        assert (answer.status_code, "Берёзкина" in answer.content.decode("utf-8", "replace")) == (200, False)


def test_the_map_and_its_table_tell_the_same(made: Scene) -> None:
    for measure, city, away in (
        ("sites", "2", "1"), ("kip", "1", "0"), ("schools", "2 из 2", "1 из 2"),
        ("agreements", "0", "1"), ("events", "1", "0"),
    ):  # fmt: skip
        found = page(f"/network/map/?measure={measure}")
        drawn = {words(one.title).partition(":")[0]: words(one.title) for one in found.select(".drawing a")}
        place = ["sites", "kip", "schools", "agreements", "events"].index(measure) + 1
        rows = {row[0].removesuffix(" вне сети"): row[place] for row in table(found, "То же таблицей")}
        assert {name: f"{name}: {value}" for name, value in rows.items()} == drawn
        assert (rows["город Краснодар"], rows["Крымский район"], len(rows)) == (city, away, 44)
        assert [one["data-n"] for one in found.select(".drawing [data-n]")] == ["1"]
    assert "В сети 1 из 44 муниципалитетов (2 %)." in words(found)


def test_the_map_is_sorted_as_asked(made: Scene) -> None:
    by_name = [row[0] for row in table(page("/network/map/?sort=nonsense"), "То же таблицей")]
    by_sites = [row[0] for row in table(page("/network/map/?sort=sites"), "То же таблицей")]
    assert (by_name[0], by_sites[:2]) == ("Абинский район вне сети", ["город Краснодар", "Крымский район"])
    heads = page("/network/map/?sort=sites").select("th[aria-sort]")
    assert [(words(one), one["aria-sort"]) for one in heads] == [("Площадки", "descending")]


def test_coverage_is_told_with_its_whole_and_its_method(made: Scene) -> None:
    found = page("/network/coverage/")
    assert [words(one.b) for one in found.select(".stat")] == ["1 из 44", "3 из 4"]
    rows = {row[0]: row[1:] for row in table(found, "Школы со статусом")}
    assert (rows["Крымский район"], rows["город Краснодар"], rows["Абинский район"]) == (
        ["1 из 2", "50 %", "1", "есть"],
        ["2 из 2", "100 %", "цель достигнута", "центр сети"],
        ["—", "—", "—", "нет"],
    )
    told = words(found)
    assert (
        "Сеть цельная: 5 организаций связаны между собой. Ни с кем не связано: 2 организации."
        in told.replace("\xa0", " ")
    )
    assert next(words(one) for one in found.select("main ol li")) == (
        "Школа 4 . Через эту площадку проходит 50 % кратчайших путей сети. "
        "Без неё связь с сетью потеряют 2 организации."
    )
    assert "посредничество по Фримену" in told


def test_ties_are_taken_away_as_sheets(made: Scene) -> None:
    head = ["Связь", "От кого", "Номер", "Муниципалитет", "К кому", "Номер", "Муниципалитет", "Подробнее"]
    line = ["МСИП ведёт МИП", "Школа 4", "С-4", "город Краснодар", "Школа 5", "С-5", "Крымский район", ""]
    book = Client().get("/network/take/xlsx/?tie=mentorship").content
    from python_calamine import CalamineWorkbook  # reason: slow to load, and few need it

    rows = CalamineWorkbook.from_filelike(io.BytesIO(book)).get_sheet_by_name("Связи").to_python()
    assert rows == [head, line]
    text = Client().get("/network/take/csv/?tie=mentorship").content.decode("utf-8-sig")
    assert [one.split(";") for one in text.splitlines()] == [head, line]


def test_pictures_are_taken_away_with_colours_and_words_inside(made: Scene) -> None:
    for address in ("/network/take/", "/network/map/"):
        drawn = Client().get(f"{address}svg/")
        assert (drawn["Content-Type"], b"var(--" in drawn.content) == ("image/svg+xml", False)
        assert fromstring(drawn.content.decode()).tag.endswith("svg")  # noqa: S314  # reason: our own drawing
        assert Client().get(f"{address}png/").content[:8] == b"\x89PNG\r\n\x1a\n"
        assert Client().get(f"{address}exe/").status_code == 404


@pytest.mark.parametrize("address", PAGES)
def test_pages_are_light_and_ask_as_much_for_any_number_of_rows(made: Scene, address: str) -> None:
    counts = []
    for turn in range(2):
        with CaptureQueriesContext(connection) as asked:
            answer = Client().get(address)
        counts.append(len(asked))
        for number in range(4):
            status = scene.held(world.organisation(f"Школа {turn}{number}", municipality=made.away), "mip")
            scene.joint(status.organisation, made.leader)
    assert counts[0] == counts[1]
    assert counts[0] <= 15
    assert len(gzip.compress(answer.content)) <= 45 * 1024


def test_an_empty_network_says_so(made: Scene) -> None:
    StatusEvent.objects.all().delete()
    assert "Площадок пока нет." in words(page("/network/"))
    assert "0 из 4" in words(page("/network/coverage/"))
