"""Conflicts and assignment by hand."""

from datetime import datetime
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter
from innoset.network.states import Role
from innoset.review import actions, queries
from innoset.review.models import Assignment, PanelSeat
from innoset.review.pure.conflicts import Finding, Kind
from innoset.review.queries.panels import places_of
from innoset.review.states import AssignmentState, RoundState
from tests import world
from tests.review.scene import finished, given, opened, scene, seated

pytestmark = pytest.mark.django_db


def test_a_dossier_is_given_by_hand_and_the_expert_is_told(at: datetime) -> None:
    here = scene()
    made = given(here)
    assert (made.state, made.reason, made.assigned_by, made.assigned_at) == (
        AssignmentState.ASSIGNED,
        "Назначено организатором вручную",
        here.organiser,
        at,
    )
    letter = Letter.objects.get(notice="review.assigned")
    assert letter.address == here.experts[0].email
    assert f"Дела: {here.dossiers[0].code}.\n" in letter.body


def test_before_the_round_opens_nobody_is_told(at: datetime) -> None:
    here = scene(state=RoundState.PREPARING)
    given(here)
    assert not Letter.objects.exists()
    assert not queries.assignments_of(here.experts[0]).exists()


def test_conflicts_come_from_the_register(django_assert_num_queries: Any) -> None:
    here = scene(experts=2, dossiers=3)
    first, second = here.experts
    world.membership(first, here.dossiers[0].organisation, Role.TUTOR)
    neighbour = world.organisation(municipality=here.dossiers[1].organisation.municipality)
    world.membership(first, neighbour, Role.EDITOR)
    ended = world.membership(second, here.dossiers[2].organisation, Role.EDITOR, until=world.AT)
    assert ended.until is not None
    with django_assert_num_queries(6):
        found = queries.conflicts_of(here.round, [first.pk, second.pk])
    place = neighbour.municipality.name
    assert found == {
        (first.pk, here.dossiers[0].pk): Finding(Kind.TUTOR, "Тьютор этой организации"),
        (first.pk, here.dossiers[1].pk): Finding(Kind.MUNICIPALITY, f"Свой муниципалитет: {place}"),
        (second.pk, here.dossiers[2].pk): Finding(Kind.FORMER, "Работал в этой организации до 21.11.2026"),
    }


def test_declared_conflicts_hold_for_the_organisation_where_the_ground_speaks_of_it() -> None:
    here = scene(experts=1, dossiers=1)
    same = world.dossier(here.dossiers[0].organisation)
    here.round.dossiers.add(same)
    assignment = given(here)
    actions.declare(assignment, ground="relative", by=here.experts[0], at=world.AT)
    reason = "Заявлено: там работает родственник"
    key = here.experts[0].pk
    assert queries.barred_in(here.round, [key]) == {
        (key, here.dossiers[0].pk): reason,
        (key, same.pk): reason,
    }


def test_a_declared_part_in_a_project_holds_for_this_dossier_only() -> None:
    here = scene(experts=1, dossiers=1)
    same = world.dossier(here.dossiers[0].organisation)
    here.round.dossiers.add(same)
    actions.declare(given(here), ground="coauthor", by=here.experts[0], at=world.AT)
    assert list(queries.conflicts_of(here.round, [here.experts[0].pk])) == [
        (here.experts[0].pk, here.dossiers[0].pk)
    ]


def test_a_conflict_bars_assignment_by_hand() -> None:
    here = scene()
    world.membership(here.experts[0], here.dossiers[0].organisation, Role.EDITOR)
    with pytest.raises(Refusal, match=r"Агеева А\. О\.: работает в этой организации"):
        given(here)


def test_a_full_load_bars_assignment_by_hand() -> None:
    here = scene(experts=0)
    here.experts.append(seated(here.round, most=1))
    given(here, dossier=0)
    with pytest.raises(Refusal, match="не больше дел, чем 1"):
        given(here, dossier=1)


def test_the_same_dossier_is_not_given_twice() -> None:
    here = scene()
    given(here)
    with pytest.raises(Refusal, match="уже у этого эксперта"):
        given(here)


def test_a_foreign_dossier_and_a_closed_round_are_refused(at: datetime) -> None:
    here, closed = scene(), scene(state=RoundState.CLOSED)
    here.dossiers.append(world.dossier())
    with pytest.raises(Refusal, match="нет"):
        given(here, dossier=2)
    with pytest.raises(Refusal, match="Тур завершён"):
        given(closed)


def test_a_stranger_may_not_assign(at: datetime) -> None:
    here = scene()
    with pytest.raises(PermissionDenied):
        actions.assign(
            here.round, dossier=here.dossiers[0], expert=here.experts[0], by=here.experts[0], at=at
        )


def test_matrix_changes_are_made_together_or_not_at_all(at: datetime) -> None:
    here = scene(experts=2, dossiers=2)
    first, second = (one.pk for one in here.experts)
    one, two = (dossier.pk for dossier in here.dossiers)
    given(here, expert=0, dossier=0)
    changed = actions.change_assignments(
        here.round, give=[(second, one), (first, one)], take=[], by=here.organiser, at=at
    )
    assert changed == (1, 0)
    world.membership(here.experts[1], here.dossiers[1].organisation, Role.EDITOR)
    with pytest.raises(Refusal):
        actions.change_assignments(
            here.round, give=[(first, two), (second, two)], take=[(first, one)], by=here.organiser, at=at
        )
    live = Assignment.objects.filter(state=AssignmentState.ASSIGNED).values_list("expert", "dossier")
    assert set(live) == {(first, one), (second, one)}
    assert actions.change_assignments(here.round, give=[], take=[(first, one)], by=here.organiser, at=at) == (
        0,
        1,
    )
    with pytest.raises(Refusal, match="Этого дела в туре нет"):
        actions.change_assignments(here.round, give=[(first, 0)], take=[], by=here.organiser, at=at)


def test_taking_off_a_sheet_with_marks_needs_a_reason(at: datetime) -> None:
    here = scene()
    sheet = finished(here, 4, 4)
    with pytest.raises(Refusal, match="уже ставил баллы") as no:
        actions.unassign(sheet.assignment, by=here.organiser, at=at)
    assert no.value.field == "reason"
    actions.unassign(sheet.assignment, reason="Эксперт болен", by=here.organiser, at=at)
    sheet.assignment.refresh_from_db()
    assert (sheet.assignment.state, sheet.assignment.reason) == (
        AssignmentState.REMOVED,
        "Снято: Эксперт болен",
    )
    assert [row.sheets_done for row in queries.standing_of(here.round)] == [0, 0]


def test_a_taken_off_dossier_may_be_given_again_with_its_marks(at: datetime) -> None:
    here = scene()
    sheet = opened(here)
    actions.unassign(sheet.assignment, by=here.organiser, at=at)
    again = given(here)
    assert (again.pk, again.state) == (sheet.assignment_id, AssignmentState.ASSIGNED)
    actions.declare(again, by=here.experts[0], at=at)
    assert again.sheet == sheet


def test_a_person_s_place_is_where_they_are_an_expert() -> None:
    here = scene(experts=1)
    person = here.experts[0]
    own = person.memberships.get()
    world.membership(person, world.organisation(), Role.EDITOR)
    assert places_of([person.pk]) == {person.pk: own}
    assert PanelSeat.objects.get(person=person).round == here.round
