"""Deeds of the plan of assignment: reckoning it, putting it into force, replacing those who have gone."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import joined
from innoset.review.actions.assignments import require_unfinished, take_off, tell_given
from innoset.review.models import Alternate, Assignment, AssignmentPlan, Round
from innoset.review.pure import assignment as planning
from innoset.review.pure.assignment import Cell, Plan, Problem
from innoset.review.pure.plan_figures import changes, figures_of
from innoset.review.queries.assignments import (
    PARTS,
    Facts,
    checksum,
    digests_of,
    facts_of,
    problem_from,
    stand_ins_of,
)
from innoset.review.states import LIVE, PlanMode

MOST_SEED = 999
STAND_IN = "Запасной эксперт этого дела: занял освободившееся место"


@action("review.make_plan")
def make_plan(
    review_round: Round,
    *,
    mode: str = PlanMode.ADD,
    seed: int = 0,
    beside: Round | None = None,
    by: Any,
    at: datetime,
) -> AssignmentPlan:
    """Reckon a plan and keep it with its reasons and its proof; nothing is assigned by it yet.

    `beside` is the round of last year to compare with. A plan that nobody carried out makes room for this one.
    """
    require_unfinished(review_round)
    if mode not in set(PlanMode):
        raise Refusal("Такого вида плана нет. Выберите вид из списка.", field="mode")
    return _make(review_round, PlanMode(mode), seed % (MOST_SEED + 1), beside, by=by, at=at)


@action("review.apply_plan")
def apply_plan(plan: AssignmentPlan, *, by: Any, at: datetime) -> AssignmentPlan:
    """Assign as the plan says; one whose grounds have changed since is refused."""
    review_round = Round.objects.select_for_update().get(pk=plan.round_id)
    require_unfinished(review_round)
    if plan.applied_at is not None:
        raise Refusal("Этот план уже назначен. Чтобы изменить назначения, составьте новый план.")
    if stale := stale_parts(plan, facts_of(review_round)):
        raise Refusal(
            f"С тех пор как план составлен, изменились {joined(stale)}. По нему ничего не назначено."
        )
    _carry_out(plan, review_round, by=by, at=at)
    return plan


@action("review.replace_experts")
def replace_experts(review_round: Round, *, by: Any, at: datetime) -> AssignmentPlan:
    """Fill the places of those who have gone: alternates first, then as few changes as can be.

    What an expert has begun never moves. The plan that did it is kept.
    """
    require_unfinished(review_round)
    plan = _make(review_round, PlanMode.REPLACE, 0, None, by=by, at=at)
    if not plan.fresh and not plan.certificate["gone"]:
        raise Refusal(
            "Заменить некем: свободных экспертов без конфликта нет. Пригласите ещё экспертов в комиссию."
        )
    _carry_out(plan, review_round, by=by, at=at)
    return plan


def stale_parts(plan: AssignmentPlan, facts: Facts) -> list[str]:
    """Name what has changed since the plan was reckoned."""
    known, now = plan.parameters["digests"], digests_of(facts)
    return [title for name, title in PARTS.items() if known[name] != now[name]]


def _make(
    review_round: Round, mode: PlanMode, seed: int, beside: Round | None, *, by: Any, at: datetime
) -> AssignmentPlan:
    facts = facts_of(review_round)
    problem = problem_from(facts, mode=mode, seed=seed)
    stand_ins = {pair for pairs in stand_ins_of(facts).values() for pair in pairs}
    solved = planning.plan(problem)
    digests = digests_of(facts)
    review_round.plans.filter(applied_at=None).delete()
    made = AssignmentPlan.objects.create(
        round=review_round,
        made_at=at,
        made_by=by,
        seed=seed,
        parameters=_parameters(facts, problem, digests, mode),
        certificate=_certificate(facts, problem, solved, beside),
        pairs=_pairs(problem, solved, stand_ins if mode == PlanMode.REPLACE else set()),
        sha256=checksum(digests, mode, seed),
    )
    ledger.note(mode=str(mode), seed=seed, plan=made.pk, sha256=made.sha256, lacking=solved.lacking)
    return made


def _parameters(facts: Facts, problem: Problem, digests: dict[str, str], mode: PlanMode) -> dict[str, Any]:
    experts = facts.experts
    return {
        "mode": str(mode),
        "digests": digests,
        "experts": experts,
        # In hundredths, by dossier, in the order of the experts: the table shows them.
        "affinity": {
            str(work.key): [round(100 * problem.affinity[one, work.key]) for one in experts]
            for work in problem.works
            if problem.affinity
        },
    }


def _pairs(problem: Problem, solved: Plan, stand_ins: Collection[Cell]) -> list[dict[str, Any]]:
    def told(expert: int, work: int, reason: str, *, is_locked: bool, position: int) -> dict[str, Any]:
        return {
            "expert": expert,
            "dossier": work,
            "reason": reason,
            "affinity": problem.affinity.get((expert, work)),
            "is_locked": is_locked,
            "position": position,
        }

    given = [
        told(
            one.expert,
            one.work,
            STAND_IN if (one.expert, one.work) in stand_ins else one.reason,
            is_locked=one.is_locked,
            position=0,
        )
        for one in solved.pairs
    ]
    ready = [
        told(one.expert, one.work, one.reason, is_locked=False, position=one.position)
        for one in solved.alternates
    ]
    return given + ready


def _certificate(facts: Facts, problem: Problem, solved: Plan, beside: Round | None) -> dict[str, Any]:
    after = [(one.expert, one.work) for one in solved.pairs]
    panel = set(facts.experts)
    before = [pair for pair in facts.live if pair[0] in panel]
    fresh, gone = changes(before, after)
    return {
        **solved.certificate.as_json(),
        "fresh": fresh,
        "gone": gone,
        "lacking": solved.lacking,
        "shortages": [asdict(one) for one in solved.shortages],
        "clashes": [asdict(one) for one in solved.clashes],
        "islands": [asdict(one) for one in solved.islands],
        "loads": [asdict(one) for one in solved.loads],
        "figures": figures_of(problem, after, facts.barred).as_json(),
        "now": figures_of(problem, before, facts.barred).as_json(),
        "beside": _figures_beside(beside),
    }


def _figures_beside(beside: Round | None) -> dict[str, Any] | None:
    """Return the figures of another round as it was assigned, reckoned in the same way."""
    if beside is None:
        return None
    facts = facts_of(beside)
    return figures_of(problem_from(facts), list(facts.live), facts.barred).as_json()


def _carry_out(plan: AssignmentPlan, review_round: Round, *, by: Any, at: datetime) -> None:
    gone = {(expert, work) for expert, work in plan.certificate["gone"]}
    for one in _live(review_round):
        if (one.expert_id, one.dossier_id) in gone:
            take_off(one, "", at=at)
    _give(plan, review_round, by=by, at=at)
    _keep_alternates(plan, review_round)
    plan.applied_at = at
    plan.save(update_fields=["applied_at"])
    ledger.note(plan=plan.pk, given=plan.certificate["fresh"], taken=sorted(gone), lacking=plan.lacking)


def _live(review_round: Round) -> Any:
    held = Assignment.objects.filter(round=review_round, state__in=LIVE)
    return held.select_related("dossier", "expert", "round")


def _give(plan: AssignmentPlan, review_round: Round, *, by: Any, at: datetime) -> None:
    given = Assignment.objects.bulk_create(
        Assignment(
            round=review_round,
            dossier_id=one["dossier"],
            expert_id=one["expert"],
            reason=one["reason"][:500],
            plan=plan,
            assigned_at=at,
            assigned_by=by,
        )
        for one in plan.fresh
    )
    tell_given(review_round, given, at=at)


def _keep_alternates(plan: AssignmentPlan, review_round: Round) -> None:
    Alternate.objects.filter(round=review_round).delete()
    Alternate.objects.bulk_create(
        Alternate(
            round=review_round,
            dossier_id=one["dossier"],
            expert_id=one["expert"],
            position=one["position"],
            reason=one["reason"][:300],
        )
        for one in plan.alternates
    )
