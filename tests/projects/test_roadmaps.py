"""Roadmaps and plans: written, sent, approved, corrected with a reason; nothing of two people is lost."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Message
from innoset.foundation.workflow import WrongState
from innoset.network.models import Accompaniment, Dissemination, Status
from innoset.network.states import Part, Role
from innoset.projects import jobs
from innoset.projects.actions import measures, roadmaps, tables
from innoset.projects.models import Roadmap, RoadmapChange, RoadmapItem
from innoset.projects.queries import roadmaps as queries
from innoset.projects.states import RoadmapState
from tests import world

pytestmark = pytest.mark.django_db
DAY = world.AT.date()
LINES = "1. Вебинар для наставников, март 2027 г.\n2. Сборник сценариев."


class Scene:
    """A school with a project and a roadmap, and everybody who has to do with it."""

    def __init__(self) -> None:
        self.school = world.organisation()
        self.editor = world.member(self.school)
        place = self.school.municipality
        service = world.organisation("ТМС", municipality=place)
        self.coordinator = world.member(service, Role.COORDINATOR, "Рощина Анна Львовна")
        self.stranger = world.member(world.organisation(), Role.COORDINATOR)
        answers = world.values() | {"12": "", "13": LINES}
        self.project = world.project(self.school, by=self.editor, answers=answers)
        self.project.number = "2026-0500"
        self.project.save()
        self.roadmap = roadmaps.start_roadmap(self.project, by=self.editor, at=world.AT)

    def add(self, title: str = "Семинар", days: int = 30, **values: Any) -> RoadmapItem:
        """Add a measure."""
        given = {"title": title, "ends_on": DAY + timedelta(days=days), "responsible": "Рощина А. Л."}
        reason = values.pop("reason", "")
        return measures.add_measure(
            self.roadmap, values=given | values, reason=reason, by=self.editor, at=world.AT
        )

    def approve(self) -> None:
        """Send and approve the roadmap."""
        roadmaps.send_roadmap(self.roadmap, by=self.editor, at=world.AT)
        roadmaps.approve_roadmap(self.roadmap, by=self.coordinator, at=world.AT)

    def told(self) -> list[tuple[str, str]]:
        """Return who was told what."""
        found = Message.objects.order_by("pk").values_list("recipient__email", "notice")
        return [(email, notice) for email, notice in found]


@pytest.fixture
def scene() -> Scene:
    """A roadmap that nobody has written in yet."""
    return Scene()


# ── Life ────────────────────────────────────────────────────────────────────


def test_a_roadmap_begins_once_and_goes_its_way(scene: Scene) -> None:
    assert roadmaps.start_roadmap(scene.project, by=scene.editor, at=world.AT) == scene.roadmap
    with pytest.raises(Refusal) as no:
        roadmaps.send_roadmap(scene.roadmap, by=scene.editor, at=world.AT)
    assert no.value.text == "В карте нет ни одного мероприятия. Добавьте их и отправьте."
    scene.add(responsible="")
    with pytest.raises(Refusal) as no:
        roadmaps.send_roadmap(scene.roadmap, by=scene.editor, at=world.AT)
    assert no.value.text == "Укажите ответственного: «Семинар»."
    item = RoadmapItem.objects.get()
    measures.correct_measure(
        scene.roadmap, item=item, seen=1, values={"responsible": "Ивняк О. П."}, by=scene.editor, at=world.AT
    )
    roadmaps.send_roadmap(scene.roadmap, by=scene.editor, at=world.AT)
    with pytest.raises(Refusal) as no:
        scene.add("Второй")
    assert no.value.text == measures.WAITS
    roadmaps.recall_roadmap(scene.roadmap, by=scene.editor, at=world.AT)
    roadmaps.send_roadmap(scene.roadmap, by=scene.editor, at=world.AT)
    with pytest.raises(Refusal):
        roadmaps.return_roadmap(scene.roadmap, note=" ", by=scene.coordinator, at=world.AT)
    roadmaps.return_roadmap(scene.roadmap, note="Нет результата", by=scene.coordinator, at=world.AT)
    assert (scene.roadmap.state, scene.roadmap.return_note) == (RoadmapState.DRAFT, "Нет результата")
    scene.approve()
    kept = Roadmap.objects.get()
    assert (kept.state, kept.approved_by, kept.approved_at) == ("approved", scene.coordinator, world.AT)
    with pytest.raises(WrongState):
        roadmaps.approve_roadmap(scene.roadmap, by=scene.coordinator, at=world.AT)
    to, back = scene.coordinator.email, scene.editor.email
    assert scene.told() == [
        (to, "projects.roadmap_sent"),
        (to, "projects.roadmap_sent"),
        (back, "projects.roadmap_returned"),
        (to, "projects.roadmap_sent"),
        (back, "projects.roadmap_approved"),
    ]


def test_who_approves(scene: Scene) -> None:
    """The coordinator of the place, the site's methodist, an organiser; never the writer or a neighbour."""
    order = world.order()
    status = Status.objects.create(
        organisation=scene.school, kind=world.status_kind(), theme="Наставники", order=order,
        starts_on=DAY, ends_on=DAY + timedelta(days=900), created_at=world.AT,
    )  # fmt: skip
    scene.project.status = status
    scene.project.save()
    methodist = world.member(world.organisation(), Role.METHODIST)
    organiser = world.member(world.organisation(), Role.ORGANISER)
    tutor = world.member(world.organisation(), Role.TUTOR)
    Accompaniment.objects.create(person=methodist, status=status, part=Part.METHODIST, since=DAY)
    Accompaniment.objects.create(person=tutor, status=status, part=Part.TUTOR, since=DAY)
    both = scene.coordinator
    scene.add()
    for person in (scene.editor, scene.stranger, tutor):
        roadmaps.send_roadmap(scene.roadmap, by=scene.editor, at=world.AT)
        with pytest.raises(PermissionDenied):
            roadmaps.approve_roadmap(scene.roadmap, by=person, at=world.AT)
        roadmaps.recall_roadmap(scene.roadmap, by=scene.editor, at=world.AT)
    for person in (both, methodist, organiser):
        roadmaps.send_roadmap(scene.roadmap, by=scene.editor, at=world.AT)
        roadmaps.approve_roadmap(scene.roadmap, by=person, at=world.AT)
        Roadmap.objects.update(state=RoadmapState.DRAFT)
    seen = {
        name: list(queries.roadmaps_visible_to(person))
        for name, person in (
            ("own", scene.editor),
            ("near", both),
            ("methodist", methodist),
            ("far", scene.stranger),
        )
    }
    assert seen == {"own": [scene.roadmap], "near": [scene.roadmap], "methodist": [scene.roadmap], "far": []}
    membership = world.membership(both, scene.school, Role.EDITOR)
    roadmaps.send_roadmap(scene.roadmap, by=scene.editor, at=world.AT)
    both = type(both).objects.get(pk=both.pk)
    with pytest.raises(PermissionDenied):
        roadmaps.approve_roadmap(scene.roadmap, by=both, at=world.AT)
    assert (membership.role, list(queries.roadmaps_waiting_for(methodist))) == ("editor", [scene.roadmap])
    assert list(queries.roadmaps_waiting_for(organiser)) == [scene.roadmap]
    assert methodist in queries.approvers_of(scene.roadmap)


# ── Corrections ─────────────────────────────────────────────────────────────


def test_a_correction_of_an_approved_roadmap_needs_a_reason_and_is_kept(scene: Scene) -> None:
    item = scene.add()
    measures.correct_measure(
        scene.roadmap, item=item, seen=1, values={"title": "Большой семинар"}, by=scene.editor, at=world.AT
    )
    assert RoadmapChange.objects.count() == 0
    scene.approve()
    change = {"title": "Большой семинар", "ends_on": DAY + timedelta(days=60), "done_percent": 70}
    item.refresh_from_db()
    given: dict[str, Any] = {"item": item, "seen": 2, "values": change, "by": scene.editor, "at": world.AT}
    with pytest.raises(Refusal) as no:
        measures.correct_measure(scene.roadmap, **given)
    assert (no.value.text, no.value.field) == (measures.NO_REASON, "reason")
    measures.correct_measure(scene.roadmap, **given, reason="Карантин")
    item.refresh_from_db()
    marks = {"done_percent": 100, "actual_note": "Провели", "title": "Мимо"}
    measures.mark_measure(scene.roadmap, item=item, seen=3, values=marks, by=scene.editor, at=world.AT)
    item.refresh_from_db()
    added = scene.add("Ещё один", reason="Попросили соседи")
    measures.drop_measure(scene.roadmap, item=added, seen=1, reason="Отменили", by=scene.editor, at=world.AT)
    added.refresh_from_db()
    measures.restore_measure(
        scene.roadmap, item=added, seen=2, reason="Вернули", by=scene.editor, at=world.AT
    )
    told = [(one.reason, one.before, one.after) for one in RoadmapChange.objects.all()]
    assert told == [
        ("Карантин", {"ends_on": "2026-12-21"}, {"ends_on": "2027-01-20"}),
        (
            "Попросили соседи",
            {},
            {
                "title": "Ещё один",
                "responsible": "Рощина А. Л.",
                "ends_on": "2026-12-21",
                "done_percent": 0,
            },
        ),
        ("Отменили", {"dropped": False}, {"dropped": True}),
        ("Вернули", {"dropped": True}, {"dropped": False}),
    ]
    assert (item.title, item.done_percent, item.done_on, item.actual_note, item.version) == (
        "Большой семинар", 100, DAY, "Провели", 4,
    )  # fmt: skip


def test_a_mark_is_proved_by_a_record_of_ones_own(scene: Scene) -> None:
    item = scene.add()
    given = {
        "kind": "seminar",
        "title": "Семинар",
        "on": DAY,
        "recorded_at": world.AT,
        "recorded_by": scene.editor,
    }
    own = Dissemination.objects.create(organisation=scene.school, **given)
    alien = Dissemination.objects.create(organisation=world.organisation(), **given)
    deed: dict[str, Any] = {"item": item, "seen": 1, "by": scene.editor, "at": world.AT}
    with pytest.raises(Refusal) as no:
        measures.mark_measure(scene.roadmap, values={"dissemination": alien}, **deed)
    assert (no.value.field, no.value.text) == (
        "dissemination",
        "Это запись другой организации. Выберите свою.",
    )
    measures.mark_measure(scene.roadmap, values={"dissemination": own}, **deed)
    assert list(own.roadmap_items.all()) == [item]
    assert list(queries.proofs_for(scene.roadmap)) == [own]


def test_two_people_lose_nothing(scene: Scene) -> None:
    item = scene.add()
    mine, theirs = RoadmapItem.objects.get(), RoadmapItem.objects.get()
    measures.mark_measure(
        scene.roadmap, item=theirs, seen=1, values={"done_percent": 40}, by=scene.editor, at=world.AT
    )
    deed: dict[str, Any] = {"item": mine, "by": scene.editor, "at": world.AT}
    for call in (
        lambda: measures.correct_measure(scene.roadmap, seen=1, values={"title": "Другое"}, **deed),
        lambda: measures.mark_measure(scene.roadmap, seen=1, values={"done_percent": 10}, **deed),
        lambda: measures.drop_measure(scene.roadmap, seen=1, **deed),
    ):
        with pytest.raises(Refusal) as no:
            call()
        assert no.value.text == measures.STALE
    item.refresh_from_db()
    assert (item.title, item.done_percent, item.version) == ("Семинар", 40, 2)
    # The guard off: whoever comes last wins, and the mark of the other is gone.
    RoadmapItem.objects.filter(pk=mine.pk).update(done_percent=mine.done_percent, title="Другое")
    item.refresh_from_db()
    assert (item.title, item.done_percent) == ("Другое", 0)
    measures.drop_measure(scene.roadmap, seen=2, **deed)
    with pytest.raises(Refusal) as no:
        measures.drop_measure(scene.roadmap, seen=3, **deed)
    assert (no.value.text, RoadmapItem.objects.count()) == (measures.GONE, 0)


@pytest.mark.parametrize(
    ("values", "field", "text"),
    [
        ({"title": "  "}, "title", "Заполните поле «Мероприятие»."),
        ({"ends_on": None}, "ends_on", "Заполните поле «Срок»."),
        ({"ends_on": date(26, 12, 1)}, "ends_on", "Проверьте год: 26. Нужен год с 2000 по 2099."),
        ({"starts_on": date(2027, 5, 1)}, "starts_on", "Начало позже срока. Поменяйте даты местами."),
        ({"done_percent": 101}, "done_percent", "Выполнено может быть от 0 до 100 %."),
        (
            {"done_percent": 50, "done_on": DAY},
            "done_on",
            "Есть дата выполнения, но выполнено меньше 100 %. Исправьте одно из двух.",
        ),
        (
            {"done_percent": 100, "done_on": date(2026, 11, 22)},
            "done_on",
            "Дата выполнения ещё не наступила. Исправьте её.",
        ),
    ],
)
def test_what_cannot_be_is_refused(scene: Scene, values: dict[str, Any], field: str, text: str) -> None:
    with pytest.raises(Refusal) as no:
        scene.add(**values)
    assert (no.value.field, no.value.text, RoadmapItem.objects.count()) == (field, text, 0)


# ── Where measures come from ────────────────────────────────────────────────


def test_a_line_of_the_passport_becomes_a_measure_once(scene: Scene) -> None:
    lines = queries.candidates_of(scene.roadmap, DAY)
    origins = [one.origin for one in lines]
    taken = roadmaps.take_lines(scene.roadmap, origins=origins, by=scene.editor, at=world.AT)
    assert [(one.title, one.starts_on, one.ends_on) for one in taken] == [
        ("Вебинар для наставников, март 2027 г.", None, date(2027, 3, 31)),
        ("Сборник сценариев", None, date(2027, 12, 31)),
    ]
    assert queries.candidates_of(scene.roadmap, DAY) == ()
    with pytest.raises(Refusal) as no:
        roadmaps.take_lines(scene.roadmap, origins=origins, by=scene.editor, at=world.AT)
    assert no.value.text.startswith("Отметьте хотя бы одну строку.")
    with pytest.raises(IntegrityError), transaction.atomic():
        RoadmapItem.objects.create(roadmap=scene.roadmap, title="Ещё раз", ends_on=DAY, origin=origins[0])


CELLS = [
    ["Дорожная карта проекта"],
    ["Код", "Мероприятие", "Ответственный", "Срок", "Выполнено"],
    ["М1", "Семинар", "Рощина А. Л.", "21.12.2026", "60 %"],
    ["", "Вебинар", "Ивняк О. П.", "до 15 января 2027 г.", ""],
    ["", "Без срока", "Кто-то", "в течение года", ""],
]


def file_of(cells: list[list[str]]) -> tables.TableFile:
    """Return a table as the page gives it to the deed."""
    return tables.TableFile(b"PK\x03\x04 table", "карта.xlsx", cells)


def test_a_table_is_previewed_and_written_whole_or_not_at_all(scene: Scene) -> None:
    item = scene.add()
    kept = tables.keep_table(scene.roadmap, file=file_of(CELLS), by=scene.editor, at=world.AT)
    assert (kept.counts, RoadmapItem.objects.count()) == ({"changed": 1, "new": 1, "bad": 1}, 1)
    scene.approve()
    given: dict[str, Any] = {"table": kept, "by": scene.editor, "at": world.AT}
    with pytest.raises(Refusal) as no:
        tables.apply_table(scene.roadmap, **given)
    assert no.value.text == f"Строка 4: {measures.NO_REASON} Ничего не внесено."
    item.refresh_from_db()
    assert (RoadmapItem.objects.count(), item.done_percent) == (1, 0)
    done = tables.apply_table(scene.roadmap, **given, reason="Уточнили план")
    assert done == {"changed": 1, "new": 1}
    rows = [(one.title, one.ends_on, one.done_percent) for one in queries.items_of(scene.roadmap)]
    assert rows == [("Семинар", date(2026, 12, 21), 60), ("Вебинар", date(2027, 1, 15), 0)]
    assert list(RoadmapChange.objects.values_list("reason", flat=True)) == ["Уточнили план"]
    with pytest.raises(Refusal) as no:
        tables.apply_table(scene.roadmap, **given)
    assert no.value.text.startswith("Эта таблица уже внесена.")
    again = tables.keep_table(scene.roadmap, file=file_of(CELLS), by=scene.editor, at=world.AT)
    assert again.counts == {"same": 2, "bad": 1}
    measures.drop_measure(
        scene.roadmap, item=item, seen=RoadmapItem.objects.get(pk=item.pk).version, reason="Не нужен",
        by=scene.editor, at=world.AT,
    )  # fmt: skip
    with pytest.raises(Refusal) as no:
        tables.apply_table(scene.roadmap, table=again, by=scene.editor, at=world.AT)
    assert no.value.text == f"Строка 3: {measures.GONE} Ничего не внесено."


@pytest.mark.parametrize(
    ("cells", "text"),
    [
        ([["Название", "Когда"]], "В файле не нашлись столбцы: «Мероприятие». "),
        ([["Мероприятие", "Срок"]], "Под названиями столбцов нет ни одного мероприятия. "),
        ([["Мероприятие", "Срок"], *([["А", "1.12.2026"]] * 301)], "В таблице больше 300 мероприятий. "),
    ],
)
def test_a_table_that_is_none_is_refused(scene: Scene, cells: list[list[str]], text: str) -> None:
    with pytest.raises(Refusal) as no:
        tables.keep_table(scene.roadmap, file=file_of(cells), by=scene.editor, at=world.AT)
    assert (no.value.text.startswith(text), no.value.field) == (True, "file")


def test_a_plan_is_copied_from_last_year(scene: Scene) -> None:
    centre = world.organisation("Научно-методический центр", kind="method_centre")
    methodist = world.member(centre, Role.METHODIST)
    assert list(queries.centres_planned_by(methodist)) == [centre]
    old = roadmaps.start_plan(centre, year=2027, by=methodist, at=world.AT)
    values = {"title": "Семинары", "ends_on": date(2028, 2, 29), "unit": "семинар", "planned": 4, "actual": 3}
    first = measures.add_measure(old, values=values, by=methodist, at=world.AT)
    gone = measures.add_measure(old, values=values | {"title": "Лишнее"}, by=methodist, at=world.AT)
    measures.drop_measure(old, item=gone, seen=1, by=methodist, at=world.AT)
    new = roadmaps.start_plan(centre, year=2028, by=methodist, at=world.AT)
    assert (roadmaps.copy_plan(new, by=methodist, at=world.AT), first.actual) == (1, 3)
    assert roadmaps.copy_plan(new, by=methodist, at=world.AT) == 0
    made = new.items.get()
    assert (made.title, made.ends_on, made.unit, made.planned, made.actual) == (
        "Семинары", date(2029, 2, 28), "семинар", 4, None,
    )  # fmt: skip
    with pytest.raises(Refusal) as no:
        roadmaps.copy_plan(old, by=methodist, at=world.AT)
    assert no.value.text.startswith("Плана прошлого года на сайте нет.")
    with pytest.raises(Refusal) as no:
        roadmaps.start_plan(centre, year=2028, by=methodist, at=world.AT)
    assert no.value.text == "План на 2028 год уже есть. Откройте его в списке."
    with pytest.raises(Refusal):
        roadmaps.start_plan(centre, year=28, by=methodist, at=world.AT)
    with pytest.raises(PermissionDenied):
        roadmaps.start_plan(centre, year=2030, by=scene.editor, at=world.AT)
    organiser = world.member(world.organisation(), Role.ORGANISER)
    roadmaps.send_roadmap(new, by=methodist, at=world.AT)
    with pytest.raises(PermissionDenied):
        roadmaps.approve_roadmap(new, by=scene.coordinator, at=world.AT)
    roadmaps.approve_roadmap(new, by=organiser, at=world.AT)
    number = queries.plan_number(new)
    assert (queries.plan_by_number(methodist, number), queries.plan_by_number(scene.editor, number)) == (
        new,
        None,
    )
    assert queries.plan_by_number(methodist, "план") is None


# ── Reminders ───────────────────────────────────────────────────────────────


NEAR = "{}. Скоро срок, мероприятий: 1.\n\n— Скоро: срок 28.11.2026\n\nКогда всё готово, отметьте выполнение."
LATE = (
    "{}. Срок прошёл, мероприятий: 1.\n\n— Прошло: срок 20.11.2026\n\n"
    "Отметьте выполнение или перенесите срок и напишите причину."
)


def test_each_deadline_is_told_once(scene: Scene) -> None:
    near, late = scene.add("Скоро", 7), scene.add("Прошло", -1)
    scene.add("Нескоро", 8)
    scene.add("Готово", -5, done_percent=100)
    scene.approve()
    Message.objects.all().delete()
    assert [warned(0), warned(0)] == [2, 0]
    assert list(Message.objects.order_by("pk").values_list("notice", "text")) == [
        (
            "projects.measures_near",
            NEAR.format(scene.roadmap.title),
        ),
        (
            "projects.measures_overdue",
            LATE.format(scene.roadmap.title),
        ),
    ]
    measures.correct_measure(
        scene.roadmap, item=late, seen=1, values={"ends_on": DAY + timedelta(days=3)}, reason="Перенос",
        by=scene.editor, at=world.AT,
    )  # fmt: skip
    assert warned(0) == 1
    assert [warned(8), warned(8)] == [3, 0]
    # The guard off: the same day tells everything again.
    RoadmapItem.objects.update(warned_of=None, overdue_told_of=None)
    assert (warned(8), near.pk > 0) == (3, True)


def warned(days: int) -> int:
    """Warn so many days later; return how many measures people were told of."""
    at = world.AT + timedelta(days=days)
    return sum(roadmaps.warn_of(one, at=at) for one in queries.roadmaps_to_warn(at.date()))


def test_the_job_looks_at_every_roadmap(scene: Scene) -> None:
    scene.add("Давно", -300)
    scene.approve()
    assert [jobs.warn_of_measures.func(), jobs.warn_of_measures.func()] == [1, 0]
