"""Votes that members of the council give from their own places, openly or in secret."""

from datetime import datetime
from typing import Any
from uuid import uuid4

from innoset.contests.actions import council, decisions
from innoset.contests.models import Application, Ballot, BallotMark, Resolution, Sitting, Vote
from innoset.contests.pure import replay
from innoset.contests.pure.voting import Outcome
from innoset.contests.queries import ballots as queries
from innoset.contests.queries.standing import FinalRow, final_standing
from innoset.contests.states import Choice, Decision, SittingState
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal


@action("contests.open_ballot")
def open_ballot(sitting: Sitting, *, application: Application, by: Any, at: datetime) -> Ballot:
    """Let the members vote on an application; a ballot that did not take place may be held again."""
    if sitting.state != SittingState.OPEN:
        raise Refusal("Голосуют на открытом заседании. Сначала откройте его.")
    if sitting.resolutions.filter(application=application).exists():
        raise Refusal("По этой заявке решение уже принято.")
    if not queries.voters_of(sitting, application):
        raise Refusal("Голосовать некому: у всех присутствующих самоотвод.")
    before = sitting.ballots.filter(application=application).first()
    if before and (before.closed_at is None or queries.outcome_of(before).is_valid):
        raise Refusal("По этой заявке уже голосуют или проголосовали. Обновите страницу.")
    if before:
        before.delete()
    ballot = Ballot.objects.create(
        sitting=sitting, application=application, is_secret=sitting.is_secret, opened_at=at
    )
    ledger.note(application=application.number, is_secret=ballot.is_secret)
    return ballot


@action("contests.vote")
def vote(ballot: Ballot, *, choice: Choice, by: Any, at: datetime) -> None:
    """Take the vote of a member, once. Of a secret one nothing is kept that leads back to the member."""
    seat = queries.seat_of(ballot, by)
    if ballot.closed_at:
        raise Refusal("Голосование уже закрыто: голос не принят.")
    if seat is None:
        raise Refusal(
            "По этой заявке вы не голосуете: вас нет среди присутствующих или записан ваш самоотвод."
        )
    if ballot.marks.filter(seat=seat).exists():
        raise Refusal("Ваш голос уже учтён. Второй раз проголосовать нельзя.")
    BallotMark.objects.create(ballot=ballot, seat=seat)
    if ballot.is_secret:
        _drop_in(ballot, Choice(choice))
    else:
        Vote.objects.create(ballot=ballot, seat=seat, choice=Choice(choice))
        ledger.note(choice=str(choice))
    ledger.note(application=ballot.application.number)


def _drop_in(ballot: Ballot, choice: Choice) -> None:
    """Add a vote and write all of them anew under fresh random keys, in the order of the keys.

    Otherwise the order in which the database keeps its rows would tell whose vote came when.
    """
    choices = [*Vote.objects.filter(ballot=ballot).values_list("choice", flat=True), choice]
    Vote.objects.filter(ballot=ballot).delete()
    keys = [uuid4() for _ in choices]
    shuffled = sorted(zip(keys, choices, strict=True), key=lambda pair: pair[0].hex)
    Vote.objects.bulk_create(Vote(id=key, ballot=ballot, choice=one) for key, one in shuffled)


@action("contests.close_ballot")
def close_ballot(ballot: Ballot, *, reason: str = "", by: Any, at: datetime) -> Outcome:
    """Count the votes; a result that follows the order, or departs from it with a reason, is the resolution.

    Without the reason the result stands and waits for it.
    """
    sitting = ballot.sitting
    if ballot.closed_at:
        raise Refusal("Голосование уже закрыто. Обновите страницу.")
    ballot.closed_at = at
    ballot.save(update_fields=["closed_at"])
    found = queries.outcome_of(ballot)
    decisions.record(sitting.contest, replay.BALLOT, queries.entry_of(ballot, found), by=by, at=at)
    ledger.note(application=ballot.application.number, words=found.words)
    if found.is_valid and (reason.strip() or not _row_of(ballot).is_departed_from_by(_decision(found))):
        _resolve(ballot, found, reason, by=by, at=at)
    return found


@action("contests.resolve_by_ballot")
def resolve_by_ballot(ballot: Ballot, *, reason: str, by: Any, at: datetime) -> Resolution:
    """Record what the members voted for, with the reason for departing from the order."""
    found = queries.outcome_of(ballot)
    if ballot.closed_at is None or not found.is_valid:
        raise Refusal("Результата голосования ещё нет.")
    if ballot.sitting.state != SittingState.OPEN:
        raise Refusal("Заседание закрыто: решения больше не меняют.")
    ledger.note(application=ballot.application.number)
    return _resolve(ballot, found, reason, by=by, at=at)


def _decision(found: Outcome) -> Decision:
    return Decision.GRANT if found.is_granted else Decision.DECLINE


def _row_of(ballot: Ballot) -> FinalRow:
    rows = final_standing(ballot.sitting.contest, ballot.sitting)
    return next(row for row in rows if row.application.pk == ballot.application_id)


def _resolve(ballot: Ballot, found: Outcome, reason: str, *, by: Any, at: datetime) -> Resolution:
    [resolution] = council.resolve_rows(
        ballot.sitting,
        [(_row_of(ballot), _decision(found), found.votes)],
        reason=reason.strip(),
        by=by,
        at=at,
    )
    return resolution
