"""The sections of a municipality's cabinet: whatever a person sees anyway, kept to one municipality."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.urls import reverse

from innoset.network.models import Dissemination, Membership, Municipality, Organisation, Status
from innoset.network.queries import current_on, organisations_visible_to, statuses_visible_to
from innoset.network.queries.dissemination import disseminations_visible_to
from innoset.network.queries.places import members_visible_to
from innoset.projects.models import Project, Report
from innoset.projects.queries.reports import UNSENT, reports_visible_to
from innoset.projects.queries.roadmaps import projects_overseen_by


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a list: words, and where they lead."""

    text: str
    url: str = ""
    kind: str = ""


Found = QuerySet[Any]


def to(name: str, number: str) -> str:
    """Return where a thing is shown; a thing without a number has no page."""
    return reverse(name, args=[number]) if number else ""


@dataclass(frozen=True, slots=True)
class Part:
    """A section: its title and columns, what is in it, how a row is told."""

    title: str
    head: tuple[str, ...]
    words: tuple[str, str, str]
    found: Callable[[Any, Municipality, date], Found]
    line: Callable[[Any, date], tuple[Cell, ...]]
    empty: str = "Пока здесь ничего нет"


def _organisations(person: Any, place: Municipality, day: date) -> Found:
    now = Q(statuses__in=Status.objects.filter(current_on(day)).values("pk"))
    found = organisations_visible_to(person).filter(municipality=place, is_active=True)
    return found.annotate(sites=Count("statuses", filter=now, distinct=True)).order_by("short_name", "pk")


def _organisation(one: Organisation, day: date) -> tuple[Cell, ...]:
    del day
    sites = getattr(one, "sites", 0)
    return (
        Cell(one.short_name, reverse("office:organisation", args=[one.number])),
        Cell(one.get_kind_display()),
        Cell(str(sites) if sites else "нет"),
        Cell(one.phone or "не указан"),
        Cell("Написать", reverse("cabinet:thread_new", args=[one.number])),
    )


def _people(person: Any, place: Municipality, day: date) -> Found:
    del day
    return members_visible_to(person).filter(organisation__municipality=place)


def _member(one: Membership, day: date) -> tuple[Cell, ...]:
    del day
    return (
        Cell(one.person.full_name),
        Cell(one.get_role_display()),
        Cell(one.organisation.short_name, reverse("office:organisation", args=[one.organisation.number])),
        Cell(one.person.phone or "не указан"),
    )


def _projects(person: Any, place: Municipality, day: date) -> Found:
    del day
    return (
        projects_overseen_by(person).filter(organisation__municipality=place).order_by("-created_at", "-pk")
    )


def _project(one: Project, day: date) -> tuple[Cell, ...]:
    del day
    return (
        Cell(one.title or "Без названия", to("office:project", one.number)),
        Cell(one.organisation.short_name),
        Cell(one.status.kind.abbreviation if one.status else "без статуса"),
    )


def _statuses(person: Any, place: Municipality, day: date) -> Found:
    del day
    found = statuses_visible_to(person).filter(organisation__municipality=place)
    return found.order_by("ends_on", "pk")


def _status(one: Status, day: date) -> tuple[Cell, ...]:
    is_over = one.state == "active" and one.ends_on < day
    return (
        Cell(f"{one.kind.abbreviation}: {one.theme}", to("office:status", one.number)),
        Cell(one.organisation.short_name),
        Cell(f"{one.ends_on:%d.%m.%Y}"),
        Cell("Срок вышел" if is_over else one.get_state_display(), kind="bad" if is_over else ""),
    )


def _reports(person: Any, place: Municipality, day: date) -> Found:
    del day
    return reports_visible_to(person).filter(organisation__municipality=place).order_by("-due_on", "pk")


def _report(one: Report, day: date) -> tuple[Cell, ...]:
    is_late = one.state in UNSENT and one.campaign.closed_at is None and one.due_on < day
    return (
        Cell(one.campaign.title, to("office:report", one.number)),
        Cell(one.organisation.short_name),
        Cell(f"{one.due_on:%d.%m.%Y}"),
        Cell("Просрочен" if is_late else one.get_state_display(), kind="bad" if is_late else ""),
    )


def _events(person: Any, place: Municipality, day: date) -> Found:
    del day
    found = disseminations_visible_to(person).filter(organisation__municipality=place)
    return found.order_by("-on", "-pk")


def _event(one: Dissemination, day: date) -> tuple[Cell, ...]:
    del day
    return (
        Cell(one.title),
        Cell(one.get_kind_display()),
        Cell(one.organisation.short_name),
        Cell(f"{one.on:%d.%m.%Y}"),
        Cell("На сайте" if one.is_published else "Не опубликовано"),
    )


PARTS = {
    "organisations": Part(
        "Организации",
        ("Организация", "Вид", "Статусов", "Телефон", "Сообщение"),
        ("организация", "организации", "организаций"),
        _organisations,
        _organisation,
    ),
    "people": Part(
        "Люди",
        ("Имя", "Роль", "Организация", "Телефон"),
        ("человек", "человека", "человек"),
        _people,
        _member,
    ),
    "projects": Part(
        "Проекты",
        ("Проект", "Организация", "Статус"),
        ("проект", "проекта", "проектов"),
        _projects,
        _project,
        "Проект появится здесь, когда его заявку отправят или ему присвоят статус",
    ),
    "statuses": Part(
        "Статусы",
        ("Статус", "Организация", "До", "Состояние"),
        ("статус", "статуса", "статусов"),
        _statuses,
        _status,
    ),
    "reports": Part(
        "Отчёты",
        ("Отчёт", "Организация", "Сдать до", "Состояние"),
        ("отчёт", "отчёта", "отчётов"),
        _reports,
        _report,
    ),
    "events": Part(
        "Мероприятия и публикации",
        ("Что", "Вид", "Организация", "Когда", "На сайте"),
        ("запись", "записи", "записей"),
        _events,
        _event,
    ),
}
