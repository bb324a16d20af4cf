"""A yearly report in the cabinet: filling, saving as one types, figures, papers, what is refused."""

import io

import pytest
from django.urls import reverse
from pypdf import PdfReader

from innoset.network.models import Dissemination
from innoset.network.states import Role
from innoset.projects.actions import remarks, report_checks, reports
from innoset.projects.models import ReportTask
from innoset.projects.queries.report_figures import figures_of
from innoset.web.cabinet.shown import Shown, mark_of
from tests import world
from tests.projects import report_scene as scenes
from tests.world import AT

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> scenes.Scene:
    return scenes.scene()


def url(name: str, *args: object) -> str:
    return reverse(f"cabinet:{name}", args=args)


def body(response) -> str:
    return response.content.decode()


def seen(version: int, text: str) -> str:
    return str(Shown(version, mark_of(text)))


def test_every_page_of_a_report(scene, django_assert_max_num_queries):
    report = scenes.opened(scene)
    client = world.signed_in(scene.editor)
    with django_assert_max_num_queries(60):
        page = body(client.get(url("report", report.number)))
    assert ("11 из 12" in page, "Заполните поле 2" in page) == (True, True)
    section = body(client.get(url("report_section", report.number, "report")))
    assert ("Заполнено по данным сайта" in section, "Участники мероприятий и стажировок: 40" in section) == (
        True,
        True,
    )
    shown = {
        one.key: f"{one.title}: {one.value}" in body(client.get(url("report_figure", report.number, one.key)))
        for one in figures_of(report)
    }
    assert set(shown.values()) == {True}
    assert "Заполнить отчёт" in body(client.get(url("reports")))
    for name, kind, start in (("report_paper", "pdf", b"%PDF-"), ("report_paper", "docx", b"PK")):
        assert client.get(url(name, report.number, kind)).content.startswith(start)
    booklet = PdfReader(io.BytesIO(client.get(url("report_booklet", report.number)).content))
    size = booklet.pages[0].mediabox
    assert (len(booklet.pages), size.width > size.height) == (2, True)
    assert "Школа наставников сельского района" in " ".join(booklet.pages[0].extract_text().split())
    missing = (("report_figure", "none"), ("report_section", "none"), ("report_paper", "exe"))
    codes = [client.get(url(name, report.number, last)).status_code for name, last in missing]
    assert codes == [404] * 3


def test_saving_as_one_types(scene):
    report = scenes.opened(scene)
    client, here = world.signed_in(scene.editor), url("report_answer", report.number)
    first = client.post(here, {"field": "II.2", "II.2": "Мой текст", "seen-II.2": seen(0, "")})
    assert (first.status_code, first.json()["version"]) == (200, seen(1, "Мой текст"))
    clash = world.signed_in(scene.head).post(here, {"field": "II.2", "II.2": "Её", "seen-II.2": seen(0, "")})
    told = clash.json()
    assert (clash.status_code, told["theirs"]["text"], told["kept"]) == (409, "Мой текст", True)
    texts = body(client.get(told["compare"]))
    assert "Не попал в отчёт: поле в это время изменил другой человек" in texts
    reports_text = client.post(here, {"field": "77", "77": "?"})
    assert (reports_text.status_code, reports_text.json()["kept"]) == (422, False)


def test_a_section_without_scripts(scene):
    report = scenes.opened(scene)
    client, here = world.signed_in(scene.editor), url("report_section", report.number, "report")
    reports.save_field(report, key="II.2", text="Коллега", seen=0, by=scene.head, at=AT)
    typed = {"II.2": "Мой", "seen-II.2": seen(0, "")}
    clash = client.post(here, typed)
    assert (clash.status_code, "Текст коллеги" in body(clash), "Мой</textarea>" in body(clash)) == (
        409,
        True,
        True,
    )
    settled = client.post(here, {"II.2": "Мой", "seen-II.2": seen(1, "Коллега"), "keep-II.2": "both"})
    assert (settled.status_code, settled["Location"]) == (302, url("report_tasks", report.number))
    assert report.answers.get(key="II.2").text == "Коллега\n\nМой"
    counted = report.answers.get(key="II.3").text
    own = {"II.3": "Мероприятия: 9\nСвоё", "seen-II.3": seen(1, counted)}
    client.post(here, {**own, "stay": "1"})
    assert "на сайте теперь 2" in body(client.get(here))
    client.post(here, {"II.3": "Мероприятия: 9\nСвоё", "seen-II.3": seen(2, own["II.3"]), "restore": "II.3"})
    assert report.answers.get(key="II.3").text == counted
    typed_before = report.revisions.get(key="II.3", version=2)
    client.post(url("report_text_restore", report.number), {"revision": typed_before.pk, "seen": "3"})
    assert report.answers.get(key="II.3").text == "Мероприятия: 9\nСвоё"


def test_what_the_site_counts_now_fills_the_fields_that_nobody_changed(scene):
    report = scenes.opened(scene)
    Dissemination.objects.filter(people=40).update(people=41)
    client = world.signed_in(scene.editor)
    said = body(client.post(url("report_restore", report.number), follow=True))
    assert ("Обновлено полей: 2" in said, "41" in report.answers.get(key="II.3").text) == (True, True)


def test_tasks_keep_what_was_typed_when_something_is_missing(scene):
    report = scenes.opened(scene)
    task = ReportTask.objects.create(report=report, text="Провести семинар")
    client, here = world.signed_in(scene.editor), url("report_tasks", report.number)
    typed = {f"state-{task.pk}": "moved", f"note-{task.pk}": "", "planned": "Первая\nВторая"}
    refused = client.post(here, typed)
    assert (
        refused.status_code,
        "почему не выполнена задача" in body(refused),
        "Первая\nВторая" in body(refused),
    ) == (
        422,
        True,
        True,
    )
    client.post(here, {**typed, f"note-{task.pk}": "Перенесли на май"})
    assert list(report.tasks.values_list("text", "state", "is_next")) == [
        ("Провести семинар", "moved", False),
        ("Первая", "unknown", True),
        ("Вторая", "unknown", True),
    ]


def test_an_unfinished_report_says_what_is_missing_and_a_sent_one_is_closed(scene):
    report = scenes.opened(scene)
    client = world.signed_in(scene.editor)
    refused = client.post(url("report_submit", report.number))
    assert (refused.status_code, "Отчёт пока нельзя сдать" in body(refused)) == (422, True)
    scenes.filled(scene, report)
    assert "Отчёт сдан" in body(client.post(url("report_submit", report.number), follow=True))
    assert client.get(url("report_section", report.number, "report")).status_code == 302
    late = client.post(url("report_section", report.number, "report"), {"II.2": "Поздно", "seen-II.2": "0:"})
    assert (late.status_code, "Поздно</textarea>" in body(late), "сдан и проверяется" in body(late)) == (
        422,
        True,
        True,
    )


def test_a_remark_is_answered(scene):
    report = scenes.sent(scene)
    made = remarks.remark_on_report(report, key="II.2", text="?", is_required=True, by=scene.curator, at=AT)
    report_checks.send_back(report, note="Ответьте", by=scene.organiser, at=AT)
    client, here = world.signed_in(scene.editor), url("remark_answer", made.pk)
    assert client.post(here, {"answer": " "}).status_code == 422
    client.post(here, {"answer": "Исправили"})
    made.refresh_from_db()
    page = body(client.get(url("report", report.number)))
    assert (made.answer, "Исправьте и сдайте снова" in page, "Изменить ответ" in page) == (
        "Исправили",
        True,
        True,
    )


def test_another_organisation_finds_nothing(scene):
    report = scenes.opened(scene)
    for person in (world.member(world.organisation(), Role.HEAD), scene.coordinator, scene.curator):
        client = world.signed_in(person)
        found = [
            client.get(url("report", report.number)).status_code,
            client.get(url("report_section", report.number, "report")).status_code,
            client.post(url("report_answer", report.number), {"field": "II.2", "II.2": "x"}).status_code,
            client.post(url("report_submit", report.number)).status_code,
            client.get(url("report_booklet", report.number)).status_code,
        ]
        assert found == [404] * 5
    assert not report.answers.filter(text="x").exists()
