"""Deeds of assignment by hand, and back."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.review import notices
from innoset.review.actions.rounds import tell_assigned
from innoset.review.models import Alternate, Assignment, Dossier, PanelSeat, Round
from innoset.review.queries.conflicts import conflict_of
from innoset.review.queries.panels import experts_of
from innoset.review.states import ASSIGNMENT, LIVE, AssignmentState, RoundKind, RoundState

BY_HAND = "Назначено организатором вручную"
Pairs = Collection[tuple[int, int]]
"""Pairs of (expert, dossier)."""


@action("review.assign")
def assign(review_round: Round, *, dossier: Dossier, expert: User, by: Any, at: datetime) -> Assignment:
    """Give a dossier to an expert by hand; a conflict, a full load or a second time is refused."""
    made = _give(review_round, dossier, expert.pk, by=by, at=at)
    tell_given(review_round, [made], at=at)
    return made


@action("review.change_assignments")
def change_assignments(
    review_round: Round, *, give: Pairs, take: Pairs, by: Any, at: datetime
) -> tuple[int, int]:
    """Make all the changes of the matrix or none; return how many were given and how many taken."""
    dossiers = {dossier.pk: dossier for dossier in review_round.dossiers.select_related("organisation")}
    live = Assignment.objects.filter(round=review_round, state__in=LIVE).select_related("dossier", "expert")
    held = {(one.expert_id, one.dossier_id): one for one in live}
    taken = [held[pair] for pair in take if pair in held]
    for assignment in taken:
        take_off(assignment, "", at=at)
    wanted = [pair for pair in give if pair not in held]
    given = [_give(review_round, dossiers.get(work), expert, by=by, at=at) for expert, work in wanted]
    tell_given(review_round, given, at=at)
    ledger.note(given=sorted(wanted), taken=sorted(pair for pair in take if pair in held))
    return len(given), len(taken)


@action("review.unassign")
def unassign(assignment: Assignment, *, reason: str = "", by: Any, at: datetime) -> None:
    """Take a dossier from an expert; marks already put stop counting, so they need a reason."""
    take_off(assignment, reason.strip(), at=at)
    ledger.note(expert=assignment.expert_id, dossier=assignment.dossier_id, reason=reason.strip())


def tell_given(review_round: Round, given: Collection[Assignment], *, at: datetime) -> None:
    """Tell each expert of an open round which dossiers are theirs now."""
    # Before the round opens nobody is told: the plan may still change many times.
    if review_round.state == RoundState.OPEN and given:
        keys = [one.pk for one in given]
        tell_assigned(
            review_round,
            list(Assignment.objects.filter(pk__in=keys).select_related("dossier", "expert")),
            at=at,
        )


def _give(review_round: Round, dossier: Dossier | None, expert: int, *, by: Any, at: datetime) -> Assignment:
    require_unfinished(review_round)
    if dossier is None or not review_round.dossiers.filter(pk=dossier.pk).exists():
        raise Refusal("Этого дела в туре нет. Обновите страницу.")
    _require_able(review_round, dossier, expert)
    Alternate.objects.filter(round=review_round, dossier=dossier, expert=expert).delete()
    before = Assignment.objects.filter(round=review_round, dossier=dossier, expert=expert).first()
    if before is None:
        return Assignment.objects.create(
            round=review_round,
            dossier=dossier,
            expert_id=expert,
            reason=BY_HAND,
            assigned_at=at,
            assigned_by=by,
        )
    if before.state in LIVE:
        raise Refusal(f"Дело {dossier.code} уже у этого эксперта.")
    before.state = AssignmentState(ASSIGNMENT.move("give_again", before.state).target)
    before.reason, before.assigned_at, before.assigned_by = BY_HAND, at, by
    before.save(update_fields=["state", "reason", "assigned_at", "assigned_by"])
    return before


def require_unfinished(review_round: Round) -> None:
    """Refuse to change the assignments of a round that is over."""
    if review_round.state == RoundState.CLOSED:
        raise Refusal("Тур завершён. Чтобы менять назначения, сначала откройте тур снова.")


def _require_able(review_round: Round, dossier: Dossier, expert: int) -> None:
    seat = experts_of(review_round).filter(person=expert).first()
    if seat is None:
        raise Refusal("Этот человек не согласился быть экспертом тура. Сначала пригласите его.")
    if conflict := conflict_of(review_round, dossier, expert):
        raise Refusal(
            f"Дело {dossier.code} нельзя дать эксперту {seat.person.short_name}: {conflict[:1].lower()}{conflict[1:]}."
        )
    if review_round.kind != RoundKind.DEFENCE and _is_full(review_round, seat):
        raise Refusal(f"Эксперт {seat.person.short_name} берёт не больше дел, чем {seat.most}.")


def _is_full(review_round: Round, seat: PanelSeat) -> bool:
    held = Assignment.objects.filter(round=review_round, expert=seat.person, state__in=LIVE)
    return seat.most is not None and held.count() >= seat.most


def take_off(assignment: Assignment, reason: str, *, at: datetime) -> None:
    """Take the dossier off the expert, who is told while the round is open."""
    require_unfinished(assignment.round)
    is_begun = assignment.state == AssignmentState.CLEARED and assignment.sheet.scores.exists()
    if is_begun and not reason:
        raise Refusal(
            f"По делу {assignment.dossier.code} эксперт уже ставил баллы. Укажите, почему лист снимается.",
            field="reason",
        )
    assignment.state = AssignmentState(ASSIGNMENT.move("remove", assignment.state).target)
    assignment.reason = f"Снято: {reason or 'организатор изменил назначения'}"[:300]
    assignment.save(update_fields=["state", "reason"])
    if assignment.round.state == RoundState.OPEN:
        announce(
            notices.UNASSIGNED,
            to=[assignment.expert],
            at=at,
            about=f"assignment:{assignment.pk}:{at:%Y%m%d%H%M%S}",
            facts={
                "code": assignment.dossier.code,
                "round": assignment.round.title,
                "reason": reason.rstrip(".") or "организатор изменил назначения",
            },
        )
