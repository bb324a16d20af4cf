"""The roadmaps of the demo network's projects, and the yearly plans of its centre."""

from datetime import date, timedelta
from typing import Any, Final

from innoset.exchange.demo.network import World, staff_of
from innoset.foundation.russian import MOSCOW
from innoset.projects.actions import measures, roadmaps
from innoset.projects.models import Project, Roadmap, RoadmapItem
from innoset.projects.queries.roadmaps import items_of

APPROVED, SENT = 4, 1
STAGES: Final = ("Этап 1. Подготовительный", "Этап 2. Основной", "Этап 3. Итоговый")
# Stage, what is done, from and till in days from today, what comes of it.
MEASURES: Final = (
    (0, "Собрать рабочую группу проекта", -300, -270, "Приказ о рабочей группе"),
    (0, "Изучить затруднения педагогов", -280, -230, "Справка по итогам анкеты"),
    (0, "Составить программу семинаров", -240, -190, "Программа на год"),
    (1, "Провести установочный семинар", -185, -160, "Не меньше двадцати участников"),
    (1, "Открыть школу наставников", -150, -60, "Восемь пар «наставник и педагог»"),
    (1, "Собрать банк занятий", -120, -34, "Двенадцать сценариев"),
    (1, "Показать открытые занятия соседям", -70, -12, "Четыре занятия, две площадки в гостях"),
    (1, "Провести промежуточный замер", -20, 5, "Сравнение с началом проекта"),
    (2, "Подготовить сборник материалов", 10, 90, "Сборник на сайте школы"),
    (2, "Принять стажёров из других муниципалитетов", 40, 150, "Две стажировки"),
    (2, "Подвести итоги и написать отчёт", 120, 200, "Отчёт принят"),
)
LATER: Final = 330
"""By so many days the roadmap that still waits begins later than the others."""
LATE: Final = (5, 6)
"""What the first two schools have not finished in time."""
# Section, what, unit, how many are planned, share done by now.
PLAN: Final = (
    ("Методическая поддержка", "Семинары для команд площадок", "семинар", 12, 1.0),
    ("Методическая поддержка", "Консультации площадок", "консультация", 120, 0.9),
    ("Методическая поддержка", "Стажировки на базе площадок", "стажировка", 8, 0.75),
    ("Экспертиза", "Обучение экспертов", "человек", 40, 1.1),
    ("Экспертиза", "Экспертиза паспортов проектов", "паспорт", 60, 1.0),
    ("Распространение опыта", "Открытые мероприятия", "мероприятие", 20, 0.85),
    ("Распространение опыта", "Публикации о работе площадок", "публикация", 15, None),
)


def fill(world: World) -> None:
    """Fill the room of roadmaps."""
    chosen = Project.objects.filter(status__isnull=False).select_related("organisation", "passport")
    own = list(chosen.filter(organisation=world.places["school"]).order_by("pk")[:1])
    others = chosen.exclude(organisation=world.places["school"]).order_by("pk")
    for place, project in enumerate([*own, *others[: APPROVED + SENT - len(own)]]):
        _roadmap(world, project, place)
    _plans(world)


def _roadmap(world: World, project: Project, place: int) -> None:
    is_new = place >= APPROVED
    writer, began = staff_of(world, project.organisation), world.ago(6 if is_new else 305)
    roadmap = roadmaps.start_roadmap(project, by=writer, at=began)
    today = world.at.astimezone(MOSCOW).date()
    shift = LATER if is_new else 0
    for stage, title, starts, ends, result in MEASURES:
        values: dict[str, Any] = {
            "stage": STAGES[stage],
            "title": title,
            "starts_on": today + timedelta(days=starts + shift),
            "ends_on": today + timedelta(days=ends + shift),
            "responsible": str(writer.short_name),
            "result": result,
        }
        measures.add_measure(roadmap, values=values, by=writer, at=began)
    roadmaps.send_roadmap(roadmap, by=writer, at=world.ago(4 if is_new else 303))
    if is_new:
        return
    roadmaps.approve_roadmap(roadmap, by=world.people["organiser"], at=world.ago(300))
    _progress(world, roadmap, by=writer, today=today, late=LATE if place < len(LATE) else ())
    if place == 0:
        _correct(world, roadmap, by=writer)


def _progress(world: World, roadmap: Roadmap, *, by: Any, today: date, late: tuple[int, ...]) -> None:
    """Mark what was done in time, and half of what was not."""
    for number, item in enumerate(items_of(roadmap)):
        if item.ends_on >= today and (item.starts_on is None or item.starts_on > today):
            continue
        is_done = item.ends_on < today and number not in late
        values = {
            "done_percent": 100 if is_done else 50,
            "done_on": item.ends_on - timedelta(days=2) if is_done else None,
        }
        at = world.ago(max((today - item.ends_on).days - 1, 0)) if is_done else world.ago(3)
        measures.mark_measure(roadmap, item=item, seen=item.version, values=values, by=by, at=at)


def _correct(world: World, roadmap: Roadmap, *, by: Any) -> None:
    """Put off one deadline, so that the history has something to tell."""
    item: RoadmapItem = items_of(roadmap)[8]
    values = {"ends_on": item.ends_on + timedelta(days=21)}
    measures.correct_measure(
        roadmap,
        item=item,
        seen=item.version,
        values=values,
        reason="Материалы соседних площадок придут позже",
        by=by,
        at=world.ago(20),
    )


def _plans(world: World) -> None:
    """Write the centre's plan of this year, with its fact, and begin the next one from it."""
    planner, year = world.people["methodist"], world.at.year
    centre = world.places["centre"]
    plan = roadmaps.start_plan(centre, year=year, by=planner, at=world.ago(320))
    for number, (section, title, unit, planned, share) in enumerate(PLAN):
        values: dict[str, Any] = {
            "stage": section,
            "title": title,
            "unit": unit,
            "planned": planned,
            "starts_on": date(year, 1, 12),
            "ends_on": date(year, 12, 20 - number),
            "responsible": planner.short_name,
        }
        item = measures.add_measure(plan, values=values, by=planner, at=world.ago(320))
        if share is not None:
            fact = {"actual": round(planned * share), "done_percent": min(round(100 * share), 100)}
            measures.mark_measure(plan, item=item, seen=1, values=fact, by=planner, at=world.ago(2))
    roadmaps.send_roadmap(plan, by=planner, at=world.ago(318))
    roadmaps.approve_roadmap(plan, by=world.people["organiser"], at=world.ago(316))
    following = roadmaps.start_plan(centre, year=year + 1, by=planner, at=world.ago(1))
    roadmaps.copy_plan(following, by=planner, at=world.ago(1))
