"""Statuses: granted by a confirmed order, ended with a ground, kept with their history."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Message
from innoset.foundation.workflow import WrongState
from innoset.network import actions, queries
from innoset.network.actions.statuses import end_of_term
from innoset.network.models import EndingGround, Status, StatusEvent, StatusKind
from innoset.network.states import Role, StatusState
from tests import world

pytestmark = pytest.mark.django_db
THEME = "Школа наставников"


@pytest.fixture
def approver() -> Any:
    return world.member(world.organisation("Департамент"), Role.APPROVER)


@pytest.fixture
def school() -> Any:
    return world.organisation("МБОУ СОШ № 7")


@pytest.fixture
def granted(school: Any, approver: Any, at: datetime) -> Any:
    return grant(school, by=approver, at=at)


def grant(school: Any, *, by: Any, at: datetime, **given: Any) -> Any:
    facts = {
        "kind": StatusKind.objects.get(code="kip"),
        "theme": THEME,
        "order": given.pop("order", None) or world.order(),
        "starts_on": date(2026, 1, 1),
    }
    return actions.grant_status(school, **{**facts, **given}, by=by, at=at)


def history(status: Any) -> Any:
    return list(StatusEvent.objects.filter(status=status).values_list("on", "event", "note"))


def test_a_status_lasts_for_the_term_of_its_kind(
    granted: Any, school: Any, approver: Any, at: datetime
) -> None:
    assert (granted.organisation, granted.ends_on, granted.state) == (
        school,
        date(2028, 12, 31),
        StatusState.ACTIVE,
    )
    assert history(granted) == [
        (date(2026, 1, 1), "Присвоен", "Приказ от 21.11.2026 № 321, Управление образования")
    ]
    entry = Entry.objects.get(deed="network.grant_status")
    assert (entry.actor, entry.subject, entry.changes["kind"]) == (
        approver.pk,
        f"network.Organisation:{school.pk}",
        "kip",
    )


def test_the_staff_is_told_and_nobody_else(school: Any, approver: Any, at: datetime) -> None:
    head, editor = world.member(school, Role.HEAD), world.member(school)
    world.member(school, Role.TUTOR)
    grant(school, by=approver, at=at)
    assert sorted(Message.objects.values_list("recipient", "title")) == sorted(
        (who.pk, "Присвоен статус: Краевая инновационная площадка") for who in (head, editor)
    )


@pytest.mark.parametrize(
    ("starts_on", "years", "last"),
    [
        (date(2026, 9, 1), 3, date(2029, 8, 31)),
        (date(2026, 1, 1), 1, date(2026, 12, 31)),
        (date(2024, 2, 29), 1, date(2025, 2, 28)),
        (date(2024, 2, 29), 4, date(2028, 2, 28)),
    ],
)
def test_end_of_term(starts_on: Any, years: Any, last: Any) -> None:
    assert end_of_term(starts_on, years) == last


def test_an_unconfirmed_order_grants_nothing(school: Any, approver: Any, at: datetime) -> None:
    with pytest.raises(Refusal) as no:
        grant(school, by=approver, at=at, order=world.order(confirmed=False))
    assert (no.value.text, no.value.field) == (
        "Приказ ещё не подтверждён вторым человеком. Сначала подтвердите приказ.",
        "order",
    )
    assert list(Status.objects.all()) == []


def test_what_else_is_refused(granted: Any, school: Any, approver: Any, at: datetime) -> None:
    closed = world.organisation(is_active=False)
    retired = world.status_kind("retired", is_active=False)
    said = []
    for place, given in (
        (school, {"order": granted.order}),
        (school, {}),
        (school, {"theme": " "}),
        (school, {"ends_on": date(2025, 1, 1), "theme": "Иная"}),
        (school, {"kind": retired}),
        (closed, {}),
    ):
        with pytest.raises(Refusal) as no:
            grant(place, by=approver, at=at, **given)
        said.append((no.value.text.split(".")[0].split(":")[0], no.value.field))
    assert said == [
        ("По приказу от 21", None),
        ("У организации «МБОУ СОШ № 7» уже действует статус «КИП» с этой темой", None),
        ("Введите тему, по которой присвоен статус", "theme"),
        ("Статус должен заканчиваться позже, чем начинается", "ends_on"),
        ("Статус «МИП — Муниципальная инновационная площадка» больше не присваивают", "kind"),
        (f"Организация «{closed}» исключена из реестра", None),
    ]
    assert list(Status.objects.all()) == [granted]


@pytest.mark.parametrize("role", [Role.HEAD, Role.COORDINATOR, Role.EXPERT, Role.COUNCIL])
def test_others_may_not_grant(school: Any, at: datetime, role: Any) -> None:
    with pytest.raises(PermissionDenied):
        grant(school, by=world.member(school, role), at=at)
    assert list(Status.objects.all()) == []


def test_completing_early_needs_a_reason(granted: Any, approver: Any, at: datetime) -> None:
    with pytest.raises(Refusal) as no:
        actions.complete_status(granted, by=approver, at=at)
    assert no.value.field == "note"
    actions.complete_status(granted, note="Проведено открытое мероприятие", by=approver, at=at)
    granted.refresh_from_db()
    assert (granted.state, granted.ended_on) == (StatusState.COMPLETED, date(2026, 11, 21))
    assert history(granted)[1:] == [(date(2026, 11, 21), "Завершён", "Проведено открытое мероприятие")]


def test_completing_after_the_term_needs_none(granted: Any, approver: Any, at: datetime) -> None:
    later = at + timedelta(days=900)
    actions.complete_status(granted, by=approver, at=later)
    granted.refresh_from_db()
    assert (granted.state, granted.ended_on) == (StatusState.COMPLETED, date(2029, 5, 9))


def test_terminating_takes_a_ground_of_the_dictionary(granted: Any, approver: Any, at: datetime) -> None:
    ground = EndingGround.objects.get(code="no-report")
    actions.terminate_status(granted, ground=ground, on=date(2026, 6, 1), by=approver, at=at)
    granted.refresh_from_db()
    assert (granted.state, granted.ended_on, granted.ground) == (
        StatusState.TERMINATED,
        date(2026, 6, 1),
        ground,
    )
    assert history(granted)[1:] == [
        (date(2026, 6, 1), "Прекращён досрочно", "Не представлен ежегодный отчёт")
    ]


def test_a_ground_of_other_kinds_is_refused(granted: Any, approver: Any, at: datetime) -> None:
    ground = EndingGround.objects.get(code="no-report")
    ground.kinds.add(StatusKind.objects.get(code="mip"))
    with pytest.raises(Refusal) as no:
        actions.terminate_status(granted, ground=ground, by=approver, at=at)
    assert no.value.field == "ground"


@pytest.mark.parametrize("on", [date(2025, 12, 31), date(2026, 11, 22)])
def test_a_status_ends_within_its_life_so_far(granted: Any, approver: Any, at: datetime, on: Any) -> None:
    with pytest.raises(Refusal) as no:
        actions.terminate_status(granted, ground=EndingGround.objects.all()[0], on=on, by=approver, at=at)
    assert no.value.field == "on"


def test_an_ended_status_does_not_end_twice(granted: Any, approver: Any, at: datetime) -> None:
    ground = EndingGround.objects.all()[0]
    actions.terminate_status(granted, ground=ground, by=approver, at=at)
    with pytest.raises(WrongState):
        actions.complete_status(granted, note="ещё раз", by=approver, at=at)


def test_restoring_within_the_term(granted: Any, approver: Any, at: datetime) -> None:
    actions.terminate_status(granted, ground=EndingGround.objects.all()[0], by=approver, at=at)
    with pytest.raises(Refusal) as no:
        actions.restore_status(granted, note=" ", by=approver, at=at)
    assert no.value.field == "note"
    actions.restore_status(granted, note="Отчёт найден", by=approver, at=at)
    granted.refresh_from_db()
    assert (granted.state, granted.ended_on, granted.ground, granted.ending_note) == (
        StatusState.ACTIVE,
        None,
        None,
        "",
    )
    assert [event for _, event, _ in history(granted)] == ["Присвоен", "Прекращён досрочно", "Восстановлен"]


def test_nothing_is_restored_after_the_term(granted: Any, approver: Any, at: datetime) -> None:
    actions.terminate_status(granted, ground=EndingGround.objects.all()[0], by=approver, at=at)
    with pytest.raises(Refusal) as no:
        actions.restore_status(granted, note="Поздно", by=approver, at=at + timedelta(days=1000))
    assert no.value.text == (
        "Срок статуса вышел 31.12.2028, восстановить его нельзя. Присвойте новый статус по новому приказу."
    )


def test_levels_count_an_organisation_once(school: Any, approver: Any, at: datetime) -> None:
    grant(school, by=approver, at=at)
    grant(school, by=approver, at=at, theme="Вторая тема")
    grant(world.organisation(), by=approver, at=at, kind=StatusKind.objects.get(code="mip"))
    grant(world.organisation(), by=approver, at=at, starts_on=date(2020, 1, 1), theme="Срок давно вышел")
    assert queries.level_counts(date(2026, 11, 21)) == [
        queries.LevelCount("municipal", "Муниципальный", statuses=1, organisations=1),
        queries.LevelCount("regional", "Краевой", statuses=2, organisations=1),
    ]


def test_the_dictionary_is_edited_by_organisers(approver: Any, at: datetime) -> None:
    kind = StatusKind.objects.get(code="mip")
    organiser = world.member(world.organisation(), Role.ORGANISER)
    with pytest.raises(PermissionDenied):
        actions.edit_status_kind(kind, title="Иное", term_years=2, is_active=True, by=approver, at=at)
    with pytest.raises(Refusal):
        actions.edit_status_kind(kind, title="Иное", term_years=0, is_active=True, by=organiser, at=at)
    actions.edit_status_kind(kind, title="Площадка", term_years=2, is_active=False, by=organiser, at=at)
    kind.refresh_from_db()
    assert (kind.title, kind.term_years, kind.is_active) == ("Площадка", 2, False)
    ground = EndingGround.objects.all()[0]
    actions.edit_ending_ground(ground, title="Новое", is_active=False, by=organiser, at=at)
    ground.refresh_from_db()
    assert (ground.title, ground.is_active) == ("Новое", False)
