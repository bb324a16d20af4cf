"""Errands and working groups."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter, Message
from innoset.network.actions import errands, groups
from innoset.network.models import Errand, WorkingGroup
from innoset.network.queries import accompaniment as queries
from innoset.network.queries import groups as group_queries
from innoset.network.states import Part
from tests import world
from tests.network.accompanying_scene import TODAY, Scene, companion, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Scene:
    return scene()


def give(by: Any, to: Any, *, at: datetime, **given: Any) -> Errand:
    facts = {
        "title": "Собрать предложения",
        "assignee": to,
        "made_by": by,
        "due_on": TODAY + timedelta(days=3),
    }
    return errands.give_errand(Errand(**{**facts, **given}), by=by, at=at)


def notices(person: Any) -> list[str]:
    return list(person.messages.order_by("pk").values_list("notice", flat=True))


def test_an_errand_is_given_and_done(here: Scene, at: datetime) -> None:
    made = give(here.coordinator, here.methodist, at=at, status=here.site)
    assert (made.organisation, list(queries.errands_of(here.methodist))) == (here.here, [made])
    errands.do_errand(made, outcome=" Собраны, двенадцать. ", by=here.methodist, at=at)
    made.refresh_from_db()
    assert (made.outcome, made.done_at, list(queries.errands_of(here.methodist))) == (
        "Собраны, двенадцать.",
        at,
        [],
    )
    assert (notices(here.methodist), notices(here.coordinator)) == (
        ["network.errand_given"],
        ["network.errand_done"],
    )
    for deed, words in (
        (errands.do_errand, {"outcome": "Ещё раз"}),
        (errands.drop_errand, {"reason": "Нет"}),
    ):
        by = here.methodist if "outcome" in words else here.coordinator
        with pytest.raises(Refusal, match=r"Поручение уже выполнено 21\.11\.2026"):
            deed(made, **words, by=by, at=at)


def test_an_errand_is_dropped_with_a_reason(here: Scene, at: datetime) -> None:
    made = give(here.coordinator, here.methodist, at=at)
    with pytest.raises(Refusal) as no:
        errands.drop_errand(made, reason=" ", by=here.coordinator, at=at)
    assert no.value.field == "reason"
    with pytest.raises(PermissionDenied):
        errands.drop_errand(made, reason="Не хочу", by=here.methodist, at=at)
    errands.drop_errand(made, reason="План изменился.", by=here.keeper, at=at)
    assert (made.outcome, notices(here.methodist)[-1]) == ("План изменился.", "network.errand_dropped")
    with pytest.raises(Refusal, match=r"Поручение снято 21\.11\.2026"):
        errands.do_errand(made, outcome="Сделано", by=here.methodist, at=at)


def test_whom_a_person_may_ask(here: Scene, at: datetime) -> None:
    companion(here.methodist, here.site)
    may = {
        "coordinator": [here.methodist, here.tutor, here.head],
        "methodist": [here.head, here.methodist],
        "keeper": [here.far_coordinator, here.curator, here.head],
    }
    for by, people in may.items():
        for person in people:
            give(getattr(here, by), person, at=at)
    may_not = [
        (here.far_coordinator, here.methodist),
        (here.coordinator, here.far_coordinator),
        (here.methodist, here.coordinator),
        (here.head, here.coordinator),
    ]
    for by, person in may_not:
        with pytest.raises(PermissionDenied):
            give(by, person, at=at)
    with pytest.raises(PermissionDenied):
        errands.give_errand(
            Errand(title="Чужое", assignee=here.head, made_by=here.keeper), by=here.coordinator, at=at
        )
    assert Errand.objects.count() == 8


def test_an_errand_that_cannot_be_is_refused(here: Scene, at: datetime) -> None:
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"title": " "}, "title"),
        ({"due_on": TODAY - timedelta(days=1)}, "due_on"),
        ({"organisation": here.there}, "organisation"),
        ({"status": here.far_site}, "organisation"),
    ]
    found = []
    for given, _ in wrong:
        with pytest.raises(Refusal) as no:
            give(here.coordinator, here.methodist, at=at, **given)
        found.append(no.value.field)
    assert found == [field for _, field in wrong]
    made = give(here.coordinator, here.methodist, at=at)
    with pytest.raises(Refusal) as no:
        errands.do_errand(made, outcome="", by=here.methodist, at=at)
    assert no.value.field == "outcome"
    for other in (here.coordinator, here.keeper):
        with pytest.raises(PermissionDenied):
            errands.do_errand(made, outcome="За него", by=other, at=at)


def test_errands_keep_to_the_walls(here: Scene, at: datetime) -> None:
    near = give(here.keeper, here.methodist, at=at, organisation=here.here)
    far = give(here.keeper, here.far_coordinator, at=at, organisation=here.there)
    seen = {
        person: sorted(one.pk for one in queries.errands_visible_to(person))
        for person in (here.keeper, here.methodist, here.coordinator, here.far_coordinator, here.head)
    }
    assert seen == {
        here.keeper: [near.pk, far.pk],
        here.methodist: [near.pk],
        here.coordinator: [near.pk],
        here.far_coordinator: [far.pk],
        here.head: [],
    }


def test_reminders_come_once(here: Scene, at: datetime) -> None:
    """Twice the same job makes no second letter; what is done or dropped is left in peace."""
    tomorrow = give(here.coordinator, here.methodist, at=at, due_on=TODAY + timedelta(days=1))
    late = give(here.coordinator, here.tutor, at=at - timedelta(days=9), due_on=TODAY - timedelta(days=2))
    done = give(here.coordinator, here.tutor, at=at - timedelta(days=9), due_on=TODAY - timedelta(days=2))
    errands.do_errand(done, outcome="Готово", by=here.tutor, at=at)
    give(here.coordinator, here.tutor, at=at, due_on=None)
    assert [errands.remind_of_errands(at=at + timedelta(hours=hour)) for hour in (0, 1, 5)] == [2, 0, 0]
    told = Message.objects.filter(notice__in=["network.errand_due", "network.errand_overdue"])
    assert sorted(told.values_list("recipient", "notice", "url")) == sorted(
        [
            (here.methodist.pk, "network.errand_due", f"/office/errands/{tomorrow.pk}/"),
            (here.tutor.pk, "network.errand_overdue", f"/office/errands/{late.pk}/"),
        ]
    )
    next_day = at + timedelta(days=2)
    assert [errands.remind_of_errands(at=next_day), errands.remind_of_errands(at=next_day)] == [1, 0]
    assert Letter.objects.filter(notice__in=["network.errand_due", "network.errand_overdue"]).count() == 3


def test_a_working_group_gathers_and_ends(here: Scene, at: datetime) -> None:
    group = groups.make_group(
        WorkingGroup(title="Фестиваль", organisation=here.here, since=date(2026, 9, 1)),
        by=here.coordinator,
        at=at,
    )
    groups.join_group(group, person=here.methodist, is_leader=True, by=here.coordinator, at=at)
    groups.join_group(group, person=here.tutor, by=here.coordinator, at=at)
    groups.join_group(group, person=here.tutor, is_leader=True, by=here.coordinator, at=at)
    assert list(group_queries.members_in(group).values_list("person", "is_leader")) == [
        (here.tutor.pk, True),
        (here.methodist.pk, False),
    ]
    assert (notices(here.tutor), notices(here.methodist)) == (["network.group_joined"],) * 2
    groups.leave_group(group, person=here.methodist, by=here.tutor, at=at)
    with pytest.raises(Refusal, match="в группе уже нет"):
        groups.leave_group(group, person=here.methodist, by=here.tutor, at=at)
    facts = {"title": "Фестиваль", "purpose": "Программа", "until": TODAY}
    groups.edit_group(group, **facts, by=here.coordinator, at=at)
    assert (group.until, list(group_queries.members_in(group))) == (TODAY, [])
    with pytest.raises(Refusal, match=r"Группа закончила работу 21\.11\.2026"):
        groups.join_group(group, person=here.methodist, by=here.coordinator, at=at)


def test_groups_keep_to_the_walls(here: Scene, at: datetime) -> None:
    group = groups.make_group(
        WorkingGroup(title="Фестиваль", organisation=here.here, since=TODAY), by=here.keeper, at=at
    )
    groups.join_group(group, person=here.curator, by=here.keeper, at=at)
    assert [
        list(group_queries.groups_visible_to(one))
        for one in (here.keeper, here.coordinator, here.curator, here.far_coordinator, here.head)
    ] == [[group], [group], [group], [], []]
    for by in (here.far_coordinator, here.curator, here.head):
        with pytest.raises(PermissionDenied):
            groups.edit_group(group, title="Моя", purpose="", until=None, by=by, at=at)
    with pytest.raises(Refusal, match="не можете включить"):
        groups.join_group(group, person=here.far_coordinator, by=here.coordinator, at=at)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"title": " "}, "title"),
        ({"title": "Фестиваль"}, "title"),
        ({"title": "Завтра", "since": TODAY + timedelta(days=1)}, "since"),
        ({"title": "Вчера", "until": TODAY - timedelta(days=1)}, "until"),
    ]
    found = []
    for given, _ in wrong:
        facts = {"organisation": here.here, "since": TODAY, **given}
        with pytest.raises(Refusal) as no:
            groups.make_group(WorkingGroup(**facts), by=here.coordinator, at=at)
        found.append(no.value.field)
    assert found == [field for _, field in wrong]


def test_parts_have_their_people(here: Scene) -> None:
    near = here.here.municipality_id
    found = {part: set(queries.people_for_part(part, municipality=near)) for part in Part}
    assert found == {
        Part.METHODIST: {here.methodist},
        Part.TUTOR: {here.tutor},
        Part.CENTRE_CURATOR: {here.coordinator, here.methodist, here.tutor},
        Part.SCIENTIFIC_CURATOR: {here.curator},
    }
    assert world.person() not in queries.people_for_part(Part.METHODIST)
