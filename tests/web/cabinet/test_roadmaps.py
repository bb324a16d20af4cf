"""Pages of projects and roadmaps, through a browser without scripts, at both doors."""

import io
import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from innoset.exchange.papers import book
from innoset.exchange.pure.reading import read_table
from innoset.foundation import clock
from innoset.foundation.russian import MOSCOW
from innoset.network.states import Role
from innoset.projects.actions import measures, passports, roadmaps
from innoset.projects.models import Project, Roadmap, RoadmapItem
from innoset.projects.queries import roadmaps as queries
from tests import world
from tests.web.cabinet.pages import form_of, soup, words

pytestmark = pytest.mark.django_db
MOST_BYTES = 15 * 1024


class Scene:
    """A school with a project that was sent, its roadmap, and the people around."""

    def __init__(self) -> None:
        self.today = clock.now().astimezone(MOSCOW).date()
        self.school = world.organisation("СОШ № 900")
        self.editor = world.member(self.school)
        service = world.organisation("ТМС", municipality=self.school.municipality)
        self.coordinator = world.member(service, Role.COORDINATOR)
        answers = world.values() | {"12": "", "13": "вебинар для соседей\nсборник сценариев"}
        self.project = world.project(self.school, by=self.editor, answers=answers)
        Project.objects.update(number="2026-0500")
        self.project.refresh_from_db()
        passports.freeze(self.project.passport, by=self.editor, at=world.AT)
        self.writer, self.office = world.signed_in(self.editor), world.signed_in(self.coordinator)

    def begin(self, *titles: str, days: int = 30) -> Roadmap:
        """Begin the roadmap with measures."""
        made = roadmaps.start_roadmap(self.project, by=self.editor, at=world.AT)
        for title in titles:
            values = {
                "title": title,
                "stage": "Этап 1",
                "ends_on": self.today + timedelta(days=days),
                "responsible": "Ивняк О. П.",
            }
            measures.add_measure(made, values=values, by=self.editor, at=world.AT)
        return made

    def url(self, part: str = "", *rest: object, door: str = "cabinet") -> str:
        """Return an address of the roadmap."""
        return reverse(f"{door}:roadmap{part}", args=["2026-0500", *rest])


@pytest.fixture
def scene() -> Scene:
    """A project whose passport was sent once."""
    return Scene()


def table_in(data: bytes) -> list[list[str]]:
    """Return the cells of the first table of a Word document."""
    from docx import Document  # reason: a slow module

    return [[cell.text for cell in row.cells] for row in Document(io.BytesIO(data)).tables[0].rows]


def said(response: Any) -> str:
    """Return the words of the page after the form has been sent."""
    assert response.status_code == 200
    return words(response)


def test_a_roadmap_from_nothing_to_approved(scene: Scene) -> None:
    writer, office = scene.writer, scene.office
    text = said(writer.get(reverse("cabinet:projects")))
    assert "2026-0500 Школа наставников сельского района СОШ № 900" in text
    page = reverse("cabinet:project", args=["2026-0500"])
    assert "Начать дорожную карту" in said(writer.get(page))
    assert "Мероприятий пока нет" in said(writer.post(scene.url("_start"), follow=True))
    assert office.get(scene.url(door="office")).status_code == 404
    new = writer.get(scene.url("_new"))
    stages = [str(one["value"])[:7] for one in soup(new).select("datalist option")]
    assert stages == ["Этап 1.", "Этап 2.", "Этап 3."]
    empty = said(writer.post(scene.url("_new"), form_of(new, "title")))
    assert "Заполните поле «Мероприятие»." in empty
    assert "Заполните поле «Срок»." in empty
    sent = form_of(new, "title") | {"title": "Семинар", "ends_on": "2027-03-01", "stage": "Этап 1"}
    assert "Мероприятие добавлено." in said(writer.post(scene.url("_new"), sent, follow=True))
    refused = said(writer.post(scene.url("_step", "send"), follow=True))
    assert "Укажите ответственного: «Семинар»." in refused
    item = RoadmapItem.objects.get()
    edit = scene.url("_item", item.pk)
    change = form_of(writer.get(edit), "title") | {"responsible": "Ивняк О. П."}
    assert "Мероприятие сохранено." in said(writer.post(edit, change, follow=True))
    assert "Отправлено на утверждение." in said(writer.post(scene.url("_step", "send"), follow=True))
    assert "Вернуть с замечанием" in said(office.get(scene.url(door="office")))
    back = scene.url("_return", door="office")
    assert "Заполните поле «Что исправить»." in said(office.post(back, {"note": ""}))
    office.post(back, {"note": "Нет результата"})
    assert "Возвращено с замечанием Нет результата" in said(writer.get(scene.url()))
    writer.post(scene.url("_step", "send"))
    writer.post(scene.url("_step", "recall"))
    writer.post(scene.url("_step", "send"))
    done = said(office.post(scene.url("_step", "approve", door="office"), follow=True))
    assert "Утверждено." in done
    assert "Утверждена" in done
    assert writer.post(scene.url("_step", "jump")).status_code == 404
    assert "Дорожная карта Утверждена" in said(office.get(reverse("office:project", args=["2026-0500"])))


def test_a_correction_asks_why_and_the_history_tells(scene: Scene) -> None:
    made = scene.begin("Семинар")
    item = made.items.get()
    roadmaps.send_roadmap(made, by=scene.editor, at=world.AT)
    roadmaps.approve_roadmap(made, by=scene.coordinator, at=world.AT)
    edit, mark = scene.url("_item", item.pk), scene.url("_mark", item.pk)
    sent = form_of(scene.writer.get(edit), "title") | {"ends_on": "2027-04-01"}
    text = said(scene.writer.post(edit, sent))
    assert "Заполните поле «Причина изменения»." in text
    scene.writer.post(edit, sent | {"reason": "Карантин"})
    wrong = form_of(scene.writer.get(mark), "done_percent") | {"done_percent": "50", "done_on": "2026-01-01"}
    assert "Есть дата выполнения, но выполнено меньше 100 %." in said(scene.writer.post(mark, wrong))
    marked = scene.writer.post(mark, wrong | {"done_on": "", "actual_note": "Две встречи"}, follow=True)
    assert "50 %" in said(marked)
    drop = scene.url("_drop", item.pk)
    gone = said(
        scene.writer.post(drop, form_of(scene.writer.get(drop), "seen") | {"reason": "Отмена"}, follow=True)
    )
    assert "Снято с карты: 1 Семинар снято" in gone
    restore = form_of(scene.writer.get(drop), "seen") | {"reason": "Снова нужно"}
    assert "Мероприятие возвращено." in said(scene.writer.post(drop, restore, follow=True))
    told = said(scene.office.get(scene.url("_history", door="office")))
    old = f"{scene.today + timedelta(days=30):%d.%m.%Y}"
    assert f"Срок: было: {old} → стало: 01.04.2027 Карантин" in told
    assert [word in told for word in ("Снято Отмена", "Возвращено Снова нужно", "50")] == [True, True, False]


def test_two_windows_lose_nothing(scene: Scene) -> None:
    item = scene.begin("Семинар").items.get()
    edit = scene.url("_item", item.pk)
    mine, theirs = form_of(scene.writer.get(edit), "title"), form_of(scene.writer.get(edit), "title")
    scene.writer.post(edit, theirs | {"title": "Большой семинар"})
    page = scene.writer.post(edit, mine | {"title": "Малый семинар"})
    text = said(page)
    assert measures.STALE in text
    assert "В карте сейчас Мероприятие Большой семинар" in text
    again = form_of(page, "title")
    assert (again["title"], again["seen"]) == ("Малый семинар", "2")
    scene.writer.post(edit, again)
    assert RoadmapItem.objects.get().title == "Малый семинар"


def test_the_picture_is_light_and_says_everything_in_words(scene: Scene) -> None:
    titles = [f"Провести семинар для наставников номер {number}" for number in range(30)]
    scene.begin(*titles, days=-3)
    page = scene.writer.get(scene.url())
    svg = re.search(rb"<svg class=\"plot\".*?</svg>", page.content, re.DOTALL)
    assert svg is not None
    assert len(svg[0]) <= MOST_BYTES
    text = words(page)
    assert "Выполнено 0 из 30 мероприятий. Просрочено 30, дольше всех" in text
    assert text.count("! 3 дня") == text.count("Просрочено на 3 дня") == 30


def test_queries_do_not_grow_with_measures(scene: Scene) -> None:
    scene.begin("Раз")
    pages = (scene.url(), reverse("cabinet:project", args=["2026-0500"]), reverse("cabinet:projects"))
    one = [queries_of(scene.writer, page) for page in pages]
    scene.begin("Два", "Три", "Четыре")
    assert [queries_of(scene.writer, page) for page in pages] == one
    office = (scene.url(door="office"), reverse("office:projects"))
    roadmaps.send_roadmap(Roadmap.objects.get(), by=scene.editor, at=world.AT)
    assert [queries_of(scene.office, page) for page in office] == [11, 8]


def queries_of(client: Client, url: str) -> int:
    """Count the queries of a page."""
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_lines_of_the_passport_become_measures(scene: Scene) -> None:
    scene.begin()
    page = scene.writer.get(scene.url("_lines"))
    assert "Вебинар для соседей Поле 13" in words(page)
    nothing = said(scene.writer.post(scene.url("_lines"), {}))
    assert "Отметьте хотя бы одну строку." in nothing
    assert RoadmapItem.objects.count() == 0
    scene.writer.post(scene.url("_lines"), form_of(page, "line"))
    assert list(RoadmapItem.objects.values_list("title", flat=True)) == [
        "Вебинар для соседей",
        "Сборник сценариев",
    ]
    assert "Новых строк нет" in said(scene.writer.get(scene.url("_lines")))


def test_files_go_out_and_come_back(scene: Scene) -> None:
    scene.begin("=Семинар", "Слёт")
    out = scene.writer.get(scene.url("_xlsx"))
    cells = read_table(out.content)
    assert [(line[0], line[2], line[7]) for line in cells] == [
        ("Код", "Мероприятие", "Выполнено, %"),
        ("М1", "=Семинар", "0"),
        ("М2", "Слёт", "0"),
    ]
    word = table_in(scene.writer.get(scene.url("_docx")).content)
    assert word[2][:2] == ["1", "=Семинар"]
    cells[2][7] = "40"
    cells += [["", "Этап 2", "Новое", "", "", "до 1 марта 2027 г."], ["", "", "Без срока"]]
    file = SimpleUploadedFile("карта.xlsx", book(("Лист", cells[0], cells[1:])))
    preview = scene.writer.post(scene.url("_load"), {"file": file}, follow=True)
    text = said(preview)
    assert "Новое: 1 Изменится: 1 Без изменений: 1 Ошибка: 1" in text
    assert "Столбец «Срок» пуст: впишите срок, например 15.12.2026." in text
    kept = Roadmap.objects.get().imports.get()
    table = scene.url("_table", kept.pk)
    assert "Внесено: новых 1, изменено 1." in said(scene.writer.post(table, follow=True))
    assert [(one.title, one.done_percent) for one in queries.items_of(kept.roadmap)] == [
        ("=Семинар", 0),
        ("Слёт", 40),
        ("Новое", 0),
    ]
    assert "Внесено" in said(scene.writer.get(table))
    assert scene.writer.get(scene.url("_original", kept.pk)).status_code == 200
    assert scene.office.get(scene.url("_original", kept.pk, door="office")).status_code == 404
    broken = SimpleUploadedFile("карта.xlsx", b"PK\x03\x04 broken")
    assert "Файл повреждён" in said(scene.writer.post(scene.url("_load"), {"file": broken}))


def test_versions_are_compared_word_by_word(scene: Scene) -> None:
    url = reverse("cabinet:project_versions", args=["2026-0500"])
    assert "Сравнивать пока нечего" in said(scene.writer.get(url))
    answer = scene.project.passport.answers.get(key="12")
    answer.text = "Ежегодный набор"
    answer.save()
    passports.freeze(scene.project.passport, by=scene.editor, at=world.AT)
    for client, door in ((scene.writer, "cabinet"), (scene.office, "office")):
        text = said(client.get(reverse(f"{door}:project_versions", args=["2026-0500"])))
        assert "Изменено: 1 поле." in text
        assert "12. Перспективы добавлено: Ежегодный набор" in text
    assert "Тексты одинаковы" in said(scene.writer.get(f"{url}?from=2&to=2"))
    assert [scene.writer.get(f"{url}?from={asked}").status_code for asked in ("9", "x")] == [404, 404]


def test_a_neighbour_sees_nothing(scene: Scene) -> None:
    """Neither another school nor another municipality's coordinator gets any page, nor does a draft leave home."""
    made = scene.begin("Семинар")
    roadmaps.send_roadmap(made, by=scene.editor, at=world.AT)
    stranger = world.signed_in(world.member(world.organisation()))
    far = world.signed_in(world.member(world.organisation("ТМС"), Role.COORDINATOR))
    item = made.items.get().pk
    pages = ["", "_history", "_new", "_xlsx", "_docx", "_load", "_lines"]
    urls = [scene.url(part, door=door) for part in pages for door in ("cabinet", "office")]
    urls += [scene.url(part, item) for part in ("_item", "_mark", "_drop")]
    urls += [
        reverse(f"{door}:{name}", args=["2026-0500"])
        for door in ("cabinet", "office")
        for name in ("project", "project_versions")
    ]
    found = {client.get(url).status_code for client in (stranger, far) for url in urls}
    assert found == {404}
    assert scene.office.get(scene.url("_new", door="office")).status_code == 404
    unsent = world.project(scene.school, by=scene.editor)
    assert list(queries.projects_overseen_by(scene.coordinator)) == [scene.project]
    assert unsent.pk != scene.project.pk


def test_the_plan_of_a_centre(scene: Scene) -> None:
    centre = world.organisation("Научно-методический центр", kind="method_centre")
    client = world.signed_in(world.member(centre, Role.METHODIST))
    url = reverse("office:plans_of_centres")
    page = client.get(url)
    filled = form_of(page, "organisation") | {"organisation": str(centre.pk), "year": "2026"}
    assert "План работы на 2026 год" in said(client.post(url, filled, follow=True))
    assert "План на 2026 год уже есть." in said(client.post(url, filled))
    plan = Roadmap.objects.get()
    number = queries.plan_number(plan)
    new = reverse("office:plan_new", args=[number])
    for title, planned in (("Семинары", "4"), ("Ещё семинары", "6")):
        values = {
            "title": title,
            "ends_on": "2026-12-20",
            "unit": "семинар",
            "planned": planned,
            "stage": "Поддержка",
        }
        client.post(new, values)
    first = plan.items.first()
    assert first is not None
    mark = reverse("office:plan_mark", args=[number, first.pk])
    client.post(mark, form_of(client.get(mark), "actual") | {"actual": "3"})
    text = said(client.get(reverse("office:plan", args=[number])))
    assert "План выполнен по 0 из 2 строк с числами. Ещё не отмечено: 1." in text
    assert "Итого по разделу семинар 10 3 30 %" in text
    assert "Всего за год семинар 10 3 30 % не отмечено: 1" in text
    following = roadmaps.start_plan(centre, year=2027, by=plan.created_by, at=world.AT)
    copied = client.post(
        reverse("office:plan_step", args=[queries.plan_number(following), "copy"]), follow=True
    )
    assert "Перенесено: 2 строки." in said(copied)
    word = table_in(client.get(reverse("office:plan_docx", args=[number])).content)
    assert word[-1][4:] == ["семинар", "10", "3", "30\u00a0%"]
    assert scene.writer.get(reverse("office:plan", args=[number])).status_code == 404
    assert client.get(reverse("office:plan", args=["нет"])).status_code == 404
    assert "План работы на 2027 год" in said(client.get(url))
