"""Those who have gone are replaced with the least change; what is begun never moves."""

from dataclasses import replace
from datetime import datetime

import pytest

from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter
from innoset.review import actions
from innoset.review.models import Alternate, Assignment, PanelSeat
from innoset.review.pure.assignment import plan as solved
from innoset.review.queries.assignments import problem_of
from innoset.review.states import LIVE, PlanMode, RoundState
from tests import world
from tests.review.scene import Scene, opened, planned, scene, seated

pytestmark = pytest.mark.django_db

Cells = set[tuple[int, int]]


def live(here: Scene) -> Cells:
    found = Assignment.objects.filter(round=here.round, state__in=LIVE)
    return set(found.values_list("expert", "dossier"))


def assigned(*, alternates: int, experts: int = 8, dossiers: int = 12) -> Scene:
    here = scene(experts=0, dossiers=dossiers, alternates=alternates)
    here.experts += [seated(here.round) for _ in range(experts)]
    planned(here.round, by=here.organiser)
    return here


def five_recuse(here: Scene) -> Cells:
    """Let five experts recuse, each from a dossier of its own."""
    gone: Cells = set()
    for one in Assignment.objects.filter(round=here.round).select_related("expert").order_by("pk"):
        if (
            len(gone) < 5
            and one.expert_id not in {who for who, _ in gone}
            and one.dossier_id not in {w for _, w in gone}
        ):
            actions.declare(one, ground="coauthor", by=one.expert, at=world.AT)
            gone.add((one.expert_id, one.dossier_id))
    assert len(gone) == 5
    return gone


def replaced(here: Scene) -> None:
    actions.replace_experts(here.round, by=here.organiser, at=world.AT)


@pytest.mark.parametrize("alternates", [0, 2])
def test_after_five_refusals_every_other_pair_stays_and_every_dossier_is_served(alternates: int) -> None:
    here = assigned(alternates=alternates)
    before = live(here)
    gone = five_recuse(here)
    replaced(here)
    after = live(here)
    assert gone & after == set()
    assert (len(before), len(after), len(before & after)) == (24, 24, 19)
    assert {one.pk: sum(work == one.pk for _, work in after) for one in here.dossiers} == {
        one.pk: 2 for one in here.dossiers
    }


def test_a_plan_that_does_not_keep_what_was_moves_much_more() -> None:
    here = assigned(alternates=0)
    before = live(here) - five_recuse(here)
    free = replace(
        problem_of(here.round, mode=PlanMode.REPLACE), preferred=frozenset(), is_repair=False, seed=11
    )
    kept = before & {(one.expert, one.work) for one in solved(free).pairs}
    assert len(kept) / len(before) < 0.95


def test_alternates_are_asked_first_in_their_order() -> None:
    here = assigned(alternates=2)
    gone = five_recuse(here)
    first = {
        work: Alternate.objects.get(round=here.round, dossier=work, position=1).expert_id for _, work in gone
    }
    replaced(here)
    assert {(who, work) for work, who in first.items()} <= live(here)


def test_a_full_panel_moves_others_as_little_as_it_can_and_never_what_is_begun() -> None:
    here = scene(experts=3, dossiers=3, sheets_per_dossier=1, alternates=0)
    first, second, third = here.experts
    begun = opened(here, expert=0, dossier=0)
    waiting = actions.assign(
        here.round, dossier=here.dossiers[1], expert=second, by=here.organiser, at=world.AT
    )
    leaving = actions.assign(
        here.round, dossier=here.dossiers[2], expert=third, by=here.organiser, at=world.AT
    )
    here.round.seats.update(most=1)
    here.round.seats.filter(person=second).update(most=2)
    actions.declare(leaving, ground="coauthor", by=third, at=world.AT)
    replaced(here)
    assert live(here) == {
        (first.pk, begun.assignment.dossier_id),
        (second.pk, waiting.dossier_id),
        (second.pk, leaving.dossier_id),
    }


def test_whoever_declines_the_panel_is_replaced_and_the_new_experts_are_told(at: datetime) -> None:
    here = assigned(alternates=0, experts=5, dossiers=5)
    seat = PanelSeat.objects.filter(round=here.round).order_by("pk")[0]
    held = {work for who, work in live(here) if who == seat.person_id}
    before = live(here)
    actions.answer_invitation(seat, accept=False, by=seat.person, at=at)
    Letter.objects.all().delete()
    replaced(here)
    after = live(here)
    fresh = after - before
    assert {work for _, work in fresh} == held
    assert before - after == {(seat.person_id, work) for work in held}
    assert Letter.objects.filter(notice="review.assigned").count() == len({who for who, _ in fresh})


def test_the_plan_that_replaced_is_kept_and_its_pairs_say_why() -> None:
    here = assigned(alternates=2)
    five_recuse(here)
    made = actions.replace_experts(here.round, by=here.organiser, at=world.AT)
    assert (made.parameters["mode"], made.applied_at, len(made.fresh), made.lacking) == (
        "replace",
        world.AT,
        5,
        0,
    )
    reasons = set(Assignment.objects.filter(plan=made).values_list("reason", flat=True))
    assert reasons == {"Запасной эксперт этого дела: занял освободившееся место"}


def test_when_there_is_nobody_the_cure_is_told() -> None:
    here = assigned(alternates=0, experts=2, dossiers=2)
    one = Assignment.objects.filter(round=here.round).order_by("pk")[0]
    actions.declare(one, ground="coauthor", by=one.expert, at=world.AT)
    before = live(here)
    with pytest.raises(Refusal, match="Пригласите ещё экспертов в комиссию"):
        replaced(here)
    assert live(here) == before


def test_a_closed_round_is_refused() -> None:
    here = scene(state=RoundState.CLOSED)
    with pytest.raises(Refusal, match="Тур завершён"):
        replaced(here)
