"""Votes that members of the council give from their own places, openly or in secret."""

from collections.abc import Collection, Mapping
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


@action("contests.open_ballots")
def open_ballots(
    sitting: Sitting, *, applications: Collection[Application], by: Any, at: datetime
) -> list[Ballot]:
    """Let the members vote on applications; a ballot that did not take place may be held again."""
    if sitting.state != SittingState.OPEN:
        raise Refusal("Голосуют на открытом заседании. Сначала откройте его.")
    made = [_opened(sitting, application, at=at) for application in applications]
    ledger.note(applications=[one.number for one in applications], is_secret=sitting.is_secret)
    return made


def _opened(sitting: Sitting, application: Application, *, at: datetime) -> Ballot:
    number = application.number
    if sitting.resolutions.filter(application=application).exists():
        raise Refusal(f"По заявке {number} решение уже принято.")
    if not queries.voters_of(sitting, application):
        raise Refusal(f"По заявке {number} голосовать некому: у всех присутствующих самоотвод.")
    before = sitting.ballots.filter(application=application).first()
    if before and (before.closed_at is None or queries.outcome_of(before).is_valid):
        raise Refusal(f"По заявке {number} уже голосуют или проголосовали. Обновите страницу.")
    if before:
        before.delete()
    return Ballot.objects.create(
        sitting=sitting, application=application, is_secret=sitting.is_secret, opened_at=at
    )


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
    ledger.note(application=ballot.application.number)
    if ballot.is_secret:
        _drop_in(ballot, Choice(choice))
    else:
        Vote.objects.create(ballot=ballot, seat=seat, choice=Choice(choice))
        ledger.note(choice=str(choice))


def _drop_in(ballot: Ballot, choice: Choice) -> None:
    """Add a vote and write all of them anew under fresh random keys, in the order of the keys.

    Otherwise the order in which the database keeps its rows would tell whose vote came when.
    """
    choices = [*Vote.objects.filter(ballot=ballot).values_list("choice", flat=True), choice]
    Vote.objects.filter(ballot=ballot).delete()
    keys = sorted((uuid4() for _ in choices), key=lambda key: key.hex)
    # Whose key is the least is left to chance as well.
    shuffled = sorted(choices, key=lambda _: uuid4().hex)
    Vote.objects.bulk_create(
        Vote(id=key, ballot=ballot, choice=one) for key, one in zip(keys, shuffled, strict=True)
    )


@action("contests.close_ballots")
def close_ballots(
    sitting: Sitting, *, ballots: Collection[Ballot], by: Any, at: datetime
) -> dict[str, Outcome]:
    """Count the votes, by number of application; a result that follows the order is the resolution.

    One that departs from the order stands and waits for its reason; one with too few votes may be held again.
    """
    rows = {row.application.pk: row for row in final_standing(sitting.contest, sitting)}
    counted = {one.application.number: _counted(one, rows, by=by, at=at) for one in ballots}
    if not counted:
        raise Refusal("Открытых голосований нет. Обновите страницу.")
    ledger.note(counted={number: found.words for number, found in counted.items()})
    return counted


def _counted(ballot: Ballot, rows: Mapping[int, FinalRow], *, by: Any, at: datetime) -> Outcome:
    if ballot.closed_at:
        raise Refusal("Голосование уже закрыто. Обновите страницу.")
    ballot.closed_at = at
    ballot.save(update_fields=["closed_at"])
    found, row = queries.outcome_of(ballot), rows[ballot.application_id]
    contest = ballot.sitting.contest
    decisions.record(contest, replay.BALLOT, queries.entry_of(ballot, found), by=by, at=at)
    if found.is_valid and not row.is_departed_from_by(_decision(found)):
        council.resolve_rows(ballot.sitting, [(row, _decision(found), found.votes)], by=by, at=at)
    return found


def _decision(found: Outcome) -> Decision:
    return Decision.GRANT if found.is_granted else Decision.DECLINE


@action("contests.resolve_by_ballot")
def resolve_by_ballot(ballot: Ballot, *, reason: str, by: Any, at: datetime) -> Resolution:
    """Record what the members voted for, with the reason for departing from the order."""
    found, sitting = queries.outcome_of(ballot), ballot.sitting
    if ballot.closed_at is None or not found.is_valid:
        raise Refusal("Результата голосования ещё нет.")
    if sitting.state != SittingState.OPEN:
        raise Refusal("Заседание закрыто: решения больше не меняют.")
    rows = final_standing(sitting.contest, sitting)
    row = next(row for row in rows if row.application.pk == ballot.application_id)
    ledger.note(application=ballot.application.number)
    [resolution] = council.resolve_rows(
        sitting, [(row, _decision(found), found.votes)], reason=reason.strip(), by=by, at=at
    )
    return resolution
