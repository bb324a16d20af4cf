"""The plan of assignment: reckoned, kept, put into force or refused as stale."""

from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter
from innoset.network.states import Role
from innoset.review import actions
from innoset.review.models import Alternate, Assignment, AssignmentPlan, Bid, ExpertProfile, PanelSeat
from innoset.review.queries.assignments import problem_of
from innoset.review.states import AssignmentState, PlanMode, RoundState, Wish
from tests import world
from tests.review.scene import Scene, defence, finished, given, opened, planned, scene, seated

pytestmark = pytest.mark.django_db


def pairs(rows: Any) -> set[tuple[int, int]]:
    return {(one["expert"], one["dossier"]) for one in rows}


def live(here: Scene) -> set[tuple[int, int]]:
    found = Assignment.objects.filter(round=here.round, state__in=("assigned", "cleared"))
    return set(found.values_list("expert", "dossier"))


def made(here: Scene, **asked: Any) -> AssignmentPlan:
    return actions.make_plan(here.round, by=here.organiser, at=world.AT, **asked)


# ── Reckoning ───────────────────────────────────────────────────────────────


def test_a_plan_is_kept_and_assigns_nothing(at: datetime) -> None:
    here = scene(experts=3, dossiers=3)
    world.membership(here.experts[0], here.dossiers[0].organisation, Role.EDITOR)
    before = given(here, expert=1, dossier=1)
    plan = made(here, seed=7)
    assert (plan.round, plan.made_at, plan.made_by, plan.seed, plan.applied_at, len(plan.sha256)) == (
        here.round,
        at,
        here.organiser,
        7,
        None,
        64,
    )
    assert live(here) == {(before.expert_id, before.dossier_id)}
    assert (len(plan.given), len(plan.fresh), plan.lacking) == (6, 5, 0)
    assert (here.experts[0].pk, here.dossiers[0].pk) not in pairs(plan.given)
    assert [load["count"] for load in plan.certificate["loads"]] == [2, 2, 2]
    assert all(one["reason"] for one in plan.given)


def test_the_same_problem_and_seed_give_the_same_plan() -> None:
    here = scene(experts=3, dossiers=4)
    first, again, other = made(here, seed=1), made(here, seed=1), made(here, seed=2)
    assert (first.sha256, first.pairs) == (again.sha256, again.pairs)
    assert first.sha256 != other.sha256
    assert list(here.round.plans.all()) == [other]


def test_whom_the_plan_cannot_serve_it_names() -> None:
    here = scene(experts=1, dossiers=1)
    plan = made(here)
    shortages = [(one["code"], one["lacks"]) for one in plan.certificate["shortages"]]
    assert (shortages, plan.lacking) == ([(here.dossiers[0].code, 1)], 1)


def test_a_closed_round_and_an_unknown_mode_are_refused() -> None:
    closed, here = scene(state=RoundState.CLOSED), scene()
    with pytest.raises(Refusal, match="Тур завершён"):
        made(closed)
    with pytest.raises(Refusal, match="Такого вида плана нет"):
        made(here, mode="всё")


def test_what_suits_better_is_planned_and_explained() -> None:
    here = scene(experts=2, dossiers=2, sheets_per_dossier=1)
    for expert, dossier in zip(here.experts, here.dossiers, strict=True):
        Bid.objects.create(
            round=here.round, dossier=dossier, person=expert, wish=Wish.WANTED, made_at=world.AT
        )
    plan = made(here)
    assert pairs(plan.given) == {
        (expert.pk, dossier.pk) for expert, dossier in zip(here.experts, here.dossiers, strict=True)
    }
    assert [one["affinity"] for one in plan.given] == [0.75, 0.75]
    assert plan.parameters["affinity"] == {
        str(here.dossiers[0].pk): [75, 50],
        str(here.dossiers[1].pk): [50, 75],
    }
    assert plan.certificate["figures"] == {
        "pairs": 2,
        "worst": 0.75,
        "worst_code": here.dossiers[0].code,
        "mean": 0.75,
        "least_minutes": 4,
        "most_minutes": 4,
        "conflicts": 0,
        "elsewhere": 1.0,
    }


def test_the_experience_of_an_expert_is_what_was_judged_with_telling_comments() -> None:
    before = scene(experts=1, dossiers=2)
    text = [{"key": "6", "text": "Робототехника и программирование в сельской школе"}]
    for dossier in before.dossiers:
        dossier.content = text
        dossier.save(update_fields=["content"])
    silent, telling = finished(before, 4, 4, dossier=0), finished(before, 4, 4, dossier=1)
    telling.comment = "Очень подробное заключение. " * 10
    telling.save(update_fields=["comment"])
    here = scene(experts=0, dossiers=2)
    here.dossiers[0].content = text
    here.dossiers[0].save(update_fields=["content"])
    PanelSeat.objects.create(
        round=here.round,
        person=before.experts[0],
        state="accepted",
        invited_at=world.AT,
        answered_at=world.AT,
    )
    suits = problem_of(here.round).affinity
    key = before.experts[0].pk
    assert suits == {(key, here.dossiers[0].pk): 0.75, (key, here.dossiers[1].pk): 0.25}
    telling.delete()
    assert silent.assignment.expert_id == key
    assert set(problem_of(here.round).affinity.values()) == {0.5}


def test_directions_of_the_passport_count() -> None:
    here = scene(experts=2, dossiers=1)
    line = here.dossiers[0].directions.create(code="chess", title="Шахматы")
    profile = ExpertProfile.objects.create(person=here.experts[0], updated_at=world.AT)
    profile.directions.add(line)
    other = ExpertProfile.objects.create(person=here.experts[1], updated_at=world.AT)
    other.directions.create(code="choir", title="Хор")
    key = here.dossiers[0].pk
    problem = problem_of(here.round)
    assert problem.affinity == {(here.experts[0].pk, key): 1.0, (here.experts[1].pk, key): 0.0}
    assert problem.affinity_words[here.experts[0].pk, key] == "Общие направления: «Шахматы»"


# ── The rules of the round ──────────────────────────────────────────────────


def test_the_rules_of_the_round_stand_in_the_problem() -> None:
    here = scene(
        experts=1,
        dossiers=1,
        minutes_per_page=5,
        own_municipality="at_most_one",
        municipality_cap=2,
        alternates=1,
        greatest_probability="0.500",
    )
    here.round.seats.update(most=3, least_minutes=10, most_minutes=200)
    here.round.dossiers.update(pages=12)
    problem = problem_of(here.round, seed=3)
    place = str(here.dossiers[0].organisation.municipality_id)
    home = str(here.experts[0].memberships.get().organisation.municipality_id)
    expert, work = problem.experts[0], problem.works[0]
    assert (expert.most, expert.least_minutes, expert.most_minutes, expert.group) == (3, 10, 200, home)
    assert (work.wanted, work.minutes, work.group) == (2, 60, place)
    assert (problem.group_most, problem.own_most, problem.least_elsewhere, problem.alternates) == (2, 1, 1, 1)
    assert (problem.greatest_probability, problem.seed, problem.wants_connection) == (0.5, 3, True)


def test_at_a_defence_everybody_without_a_conflict_scores(at: datetime) -> None:
    here = defence(experts=4, dossiers=2, greatest_probability="0.500", municipality_cap=1)
    world.membership(here.experts[3], here.dossiers[0].organisation, Role.EDITOR)
    here.round.seats.filter(person=here.experts[0]).update(most=1)
    plan = planned(here.round, by=here.organiser)
    assert (len(plan.given), plan.lacking, plan.alternates) == (7, 0, [])


def test_the_problem_leaves_what_is_given_alone() -> None:
    here = scene(experts=1, dossiers=1)
    given(here)
    world.membership(here.experts[0], here.dossiers[0].organisation, Role.EDITOR)
    problem = problem_of(here.round)
    assert (problem.conflicts, len(problem.locked)) == ((), 1)


def test_anew_moves_what_nobody_has_begun() -> None:
    here = scene(experts=2, dossiers=2)
    begun, waiting = opened(here, expert=0, dossier=0), given(here, expert=1, dossier=1)
    problem = problem_of(here.round, mode=PlanMode.ANEW)
    assert problem.locked == {(begun.assignment.expert_id, begun.assignment.dossier_id)}
    assert problem.preferred == {(waiting.expert_id, waiting.dossier_id)}


def test_who_has_gone_with_a_finished_sheet_still_counts() -> None:
    here = scene(experts=2, dossiers=1)
    finished(here, 4, 4)
    here.round.seats.filter(person=here.experts[0]).update(state="declined")
    problem = problem_of(here.round)
    assert ([work.wanted for work in problem.works], problem.locked) == ([1], frozenset())


def test_the_problem_is_gathered_in_a_constant_number_of_queries() -> None:
    asked = []
    for many in (2, 4):
        here = scene(experts=many, dossiers=many)
        for number in range(many):
            given(here, expert=number, dossier=number)
            ExpertProfile.objects.create(person=here.experts[number], updated_at=world.AT)
        with CaptureQueriesContext(connection) as seen:
            problem_of(here.round)
        asked.append(len(seen))
    assert asked[0] == asked[1] <= 17


# ── Putting into force ──────────────────────────────────────────────────────


def test_the_plan_gives_everybody_their_share(at: datetime) -> None:
    here = scene(experts=4, dossiers=3)
    plan = planned(here.round, by=here.organiser)
    rows = Assignment.objects.filter(round=here.round)
    assert live(here) == pairs(plan.given)
    assert {(one.plan, one.assigned_by, one.assigned_at) for one in rows} == {(plan, here.organiser, at)}
    assert {one.reason for one in rows} == {one["reason"] for one in plan.given}
    assert plan.applied_at == at
    told = Letter.objects.filter(notice="review.assigned")
    assert told.count() == len({one.expert_id for one in rows})
    ready = Alternate.objects.filter(round=here.round).values_list("expert", "dossier", "position")
    assert set(ready) == {(one["expert"], one["dossier"], one["position"]) for one in plan.alternates}


def test_a_plan_is_carried_out_once() -> None:
    here = scene()
    plan = planned(here.round, by=here.organiser)
    with pytest.raises(Refusal, match="Этот план уже назначен"):
        actions.apply_plan(plan, by=here.organiser, at=world.AT)


def test_who_was_taken_off_or_recused_is_not_planned_again(at: datetime) -> None:
    here = scene(experts=2, dossiers=1)
    off = given(here, expert=0)
    actions.unassign(off, by=here.organiser, at=at)
    actions.declare(given(here, expert=1), ground="works_here", by=here.experts[1], at=at)
    assert made(here).fresh == []


def test_a_plan_made_anew_takes_off_and_tells(at: datetime) -> None:
    here = scene(experts=2, dossiers=2, sheets_per_dossier=1)
    given(here, expert=0, dossier=0)
    given(here, expert=0, dossier=1)
    plan = planned(here.round, by=here.organiser, mode=PlanMode.ANEW)
    assert ([load["count"] for load in plan.certificate["loads"]], len(live(here))) == ([1, 1], 2)
    taken = Assignment.objects.get(round=here.round, state=AssignmentState.REMOVED)
    assert (taken.expert, taken.reason) == (here.experts[0], "Снято: организатор изменил назначения")
    assert Letter.objects.filter(notice="review.unassigned").count() == 1


def _another_seat(here: Scene) -> None:
    seated(here.round)


def _another_conflict(here: Scene) -> None:
    world.membership(here.experts[0], here.dossiers[0].organisation, Role.EDITOR)


def _another_wish(here: Scene) -> None:
    Bid.objects.create(
        round=here.round, dossier=here.dossiers[0], person=here.experts[0], wish=Wish.WANTED, made_at=world.AT
    )


def _given_by_hand(here: Scene) -> None:
    given(here)


def _other_rules(here: Scene) -> None:
    here.round.sheets_per_dossier = 1
    here.round.save(update_fields=["sheets_per_dossier"])


def _another_dossier(here: Scene) -> None:
    here.round.dossiers.add(world.dossier())


def _another_passport(here: Scene) -> None:
    ExpertProfile.objects.create(person=here.experts[0], updated_at=world.AT)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (_another_seat, "состав комиссии или пределы нагрузки и паспорта и опыт экспертов"),
        (_another_conflict, "конфликты интересов"),
        (_another_wish, "пожелания экспертов"),
        (_given_by_hand, "назначения"),
        (_other_rules, "правила тура"),
        (_another_dossier, "дела тура"),
        (_another_passport, "паспорта и опыт экспертов"),
    ],
)
def test_a_stale_plan_is_refused_and_says_what_has_changed(change: Any, words: str) -> None:
    here = scene()
    plan = made(here)
    change(here)
    before = live(here)
    with pytest.raises(Refusal) as no:
        actions.apply_plan(plan, by=here.organiser, at=world.AT)
    assert no.value.text == (
        f"С тех пор как план составлен, изменились {words}. По нему ничего не назначено."
    )
    assert live(here) == before


# ── Beside last year ────────────────────────────────────────────────────────


def test_a_plan_stands_beside_the_round_of_last_year() -> None:
    last, here = scene(experts=2, dossiers=2), scene(experts=2, dossiers=2)
    given(last, expert=0, dossier=0)
    given(last, expert=0, dossier=1)
    world.membership(last.experts[0], last.dossiers[0].organisation, Role.EDITOR)
    plan = made(here, beside=last.round)
    assert plan.certificate["beside"] == {
        "pairs": 2,
        "worst": 0.25,
        "worst_code": last.dossiers[0].code,
        "mean": 0.25,
        "least_minutes": 0,
        "most_minutes": 8,
        "conflicts": 1,
        "elsewhere": 1.0,
    }
    assert made(here).certificate["beside"] is None


# ── Lots against collusion ──────────────────────────────────────────────────


def test_lots_are_drawn_by_the_number_of_the_lay_out_and_a_draw_can_be_repeated() -> None:
    here = scene(experts=4, dossiers=4, greatest_probability="0.600", alternates=0)
    draws = [made(here, seed=seed) for seed in range(6)]
    assert len({frozenset(pairs(one.given)) for one in draws}) > 1
    assert [goal["key"] for goal in draws[0].certificate["goals"]][-1] == "expected"
    assert pairs(made(here, seed=3).given) == pairs(draws[3].given)


def test_without_lots_equal_data_give_an_equal_plan() -> None:
    here = scene(experts=4, dossiers=4, alternates=0)
    assert pairs(made(here).given) == pairs(made(here).given)
