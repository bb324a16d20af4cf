"""What a report counts: every figure with the rows behind it."""

from collections.abc import Callable, Iterable
from typing import Final

from django.db.models import Q, QuerySet

from innoset.foundation.russian import date_in_digits
from innoset.network.models import Consultation, Dissemination
from innoset.network.queries.dissemination import disseminations_in
from innoset.network.states import MEETINGS, DisseminationKind
from innoset.projects.models import Report, ReportTask, RoadmapItem
from innoset.projects.pure.reporting.figures import Figure, Row
from innoset.projects.states import PartnershipState, TaskState

MORE: Final[list[Callable[[Report], list[Figure]]]] = []
"""Counters of the floors above, which the reports cannot ask by name."""

_EVENTS: Final = frozenset(MEETINGS - {DisseminationKind.INTERNSHIP})
_COUNTED: Final = (
    ("events", "Мероприятия", _EVENTS),
    ("internships", "Стажировки", frozenset({DisseminationKind.INTERNSHIP})),
    ("publications", "Публикации", frozenset({DisseminationKind.PUBLICATION})),
    (
        "media",
        "Материалы в средствах массовой информации",
        frozenset({DisseminationKind.MEDIA}),
    ),
    ("products", "Инновационные продукты", frozenset({DisseminationKind.PRODUCT})),
)


def counted_above(counter: Callable[[Report], list[Figure]]) -> Callable[[Report], list[Figure]]:
    """Register a counter of a floor above: its figures stand in every report."""
    MORE.append(counter)
    return counter


def figures_of(report: Report) -> tuple[Figure, ...]:
    """Return every figure of the report as the site counts it now."""
    shared = list(shared_in(report))
    figures = [
        Figure(key, title, tuple(_row(one) for one in shared if one.kind in kinds))
        for key, title, kinds in _COUNTED
    ]
    figures.insert(1, _people(shared))
    more = [figure for counter in MORE for figure in counter(report)]
    return (*figures, *_measures(report), *_tasks(report), *_support(report), *more)


def figure_of(report: Report, key: str) -> Figure | None:
    """Return one figure."""
    return next((one for one in figures_of(report) if one.key == key), None)


def shared_in(report: Report) -> QuerySet[Dissemination]:
    """Return what the site shared in the period: within the status, or outside any other one."""
    found = disseminations_in(report.organisation, report.starts_on, report.ends_on)
    return found.filter(Q(status=None) | Q(status=report.status_id)).order_by("on", "pk")


def _row(one: Dissemination, amount: int = 1) -> Row:
    told = (date_in_digits(one.on), one.get_kind_display(), one.place)
    return Row(one.pk, one.title, ", ".join(filter(None, told)), amount)


def _people(shared: Iterable[Dissemination]) -> Figure:
    held = [one for one in shared if one.kind in MEETINGS]
    rows = tuple(_row(one, one.people) for one in held if one.people is not None)
    return Figure("people", "Участники мероприятий и стажировок", rows, unknown=len(held) - len(rows))


def _measures(report: Report) -> list[Figure]:
    found = RoadmapItem.objects.filter(
        roadmap__project=report.project_id or 0,
        dropped_at=None,
        ends_on__gte=report.starts_on,
        ends_on__lte=report.ends_on,
    )
    items = list(found.order_by("ends_on", "pk"))
    done = [one for one in items if one.done_on is not None]
    return [
        Figure("measures", "Мероприятия дорожной карты на год", tuple(map(_measure, items))),
        Figure("measures_done", "Выполненные мероприятия дорожной карты", tuple(map(_measure, done))),
    ]


def _measure(one: RoadmapItem) -> Row:
    return Row(one.pk, one.title, f"срок {date_in_digits(one.ends_on)}, выполнено {one.done_percent} %")


def _tasks(report: Report) -> list[Figure]:
    tasks = list(report.tasks.filter(is_next=False))
    done = [one for one in tasks if one.state == TaskState.DONE]
    return [
        Figure("tasks", "Задачи года", tuple(map(_task, tasks))),
        Figure("tasks_done", "Выполненные задачи года", tuple(map(_task, done))),
    ]


def _task(one: ReportTask) -> Row:
    return Row(one.pk, one.text, one.get_state_display())


def _support(report: Report) -> list[Figure]:
    period = {"on__gte": report.starts_on, "on__lte": report.ends_on}
    given = Consultation.objects.filter(status=report.status_id, **period).order_by("on", "pk")
    partners = report.project.partnerships.filter(state=PartnershipState.ACCEPTED) if report.project else None
    held = partners.select_related("organisation").order_by("pk") if partners is not None else ()
    return [
        Figure(
            "consultations",
            "Полученные консультации",
            tuple(Row(one.pk, one.topic, date_in_digits(one.on)) for one in given),
        ),
        Figure(
            "partners",
            "Партнёры проекта",
            tuple(Row(one.pk, one.organisation.short_name, one.purpose) for one in held),
        ),
    ]
