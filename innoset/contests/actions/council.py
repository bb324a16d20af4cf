"""What the coordination council does: sits, votes, resolves, signs the minutes."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from innoset.contests.actions import decisions
from innoset.contests.models import (
    Application,
    Council,
    Presence,
    RankingSnapshot,
    Recusal,
    Resolution,
    Seat,
    Sitting,
)
from innoset.contests.notices import council as notices
from innoset.contests.papers import minutes as minutes_paper
from innoset.contests.pure import replay
from innoset.contests.pure.voting import Votes, objection
from innoset.contests.queries import council as queries
from innoset.contests.queries.decisions import resolution_entries
from innoset.contests.queries.standing import FinalRow, final_standing
from innoset.contests.states import (
    APPLICATION,
    SITTING,
    ApplicationState,
    ContestState,
    Decision,
    SittingState,
)
from innoset.documents import actions as documents
from innoset.documents.models import Minutes
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal


@action("contests.make_council")
def make_council(council: Council, *, by: Any, at: datetime) -> Council:
    """Found a council in an organisation; its title says whose it is."""
    if not council.title.strip():
        raise Refusal("Назовите совет, например «Координационный совет».", field="title")
    council.save()
    return council


@action("contests.seat_member")
def seat_member(council: Council, *, person: Any, part: str, by: Any, at: datetime) -> Seat:
    """Give a person a seat; there is one chair and one secretary."""
    if part != Seat.Part.MEMBER:
        council.seats.filter(part=part, is_active=True).exclude(person=person).update(part=Seat.Part.MEMBER)
    seat, _ = Seat.objects.update_or_create(
        council=council, person=person, defaults={"part": part, "is_active": True}
    )
    ledger.note(person=person.pk, part=part)
    return seat


@action("contests.unseat_member")
def unseat_member(council: Council, *, person: Any, by: Any, at: datetime) -> None:
    """Take the seat away; past minutes keep the name."""
    council.seats.filter(person=person).update(is_active=False)
    ledger.note(person=person.pk)


@action("contests.plan_sitting")
def plan_sitting(sitting: Sitting, *, by: Any, at: datetime) -> Sitting:
    """Appoint a sitting on a contest that has come to the council."""
    if sitting.contest.state != ContestState.COUNCIL:
        raise Refusal("Заседание назначают, когда экспертиза закончена. Сначала передайте конкурс совету.")
    if sitting.contest.sittings.exclude(state=SittingState.CLOSED).exists():
        raise Refusal("По этому конкурсу уже назначено заседание. Проведите его или измените время.")
    if not sitting.number.strip():
        raise Refusal("Укажите номер протокола.", field="number")
    sitting.save()
    Presence.objects.bulk_create(
        Presence(sitting=sitting, seat=seat) for seat in queries.seats_of(sitting.council)
    )
    decisions.enter(sitting.contest, by=by, at=at)
    facts = {"sitting": sitting.number, "council": sitting.council_id, "is_secret": sitting.is_secret}
    decisions.record(sitting.contest, replay.PLANNED, facts, by=by, at=at)
    notices.sitting_planned(sitting, at=at)
    return sitting


@action("contests.mark_presence")
def mark_presence(sitting: Sitting, *, present: Collection[int], by: Any, at: datetime) -> None:
    """Mark who of the members is there; after the first vote the list is closed."""
    _require(sitting, SittingState.PLANNED, SittingState.OPEN)
    if sitting.resolutions.exists() or sitting.ballots.exists():
        raise Refusal("Голосование уже началось. Состав присутствующих не меняют.")
    for seat in queries.seats_of(sitting.council):
        Presence.objects.update_or_create(
            sitting=sitting, seat=seat, defaults={"is_present": seat.pk in present}
        )
    facts = {"sitting": sitting.number, "present": sorted(present)}
    decisions.record(sitting.contest, replay.PRESENCE, facts, by=by, at=at)
    ledger.note(present=sorted(present))


@action("contests.open_sitting")
def open_sitting(sitting: Sitting, *, by: Any, at: datetime) -> None:
    """Open the sitting; without a quorum it may not begin."""
    move = SITTING.move("open", sitting.state)
    there, needed = len(queries.present_seats(sitting)), queries.quorum_of(sitting.council)
    if there < needed:
        raise Refusal(
            f"Кворума нет: присутствует {there}, нужно не менее {needed}. Отметьте присутствующих или перенесите заседание."
        )
    sitting.state, sitting.opened_at = move.target, at
    sitting.save(update_fields=["state", "opened_at"])
    facts = {"sitting": sitting.number, "there": there, "quorum": needed}
    decisions.record(sitting.contest, replay.OPENED, facts, by=by, at=at)


@action("contests.record_recusal")
def record_recusal(
    sitting: Sitting, *, seat: Seat, application: Application, reason: str, by: Any, at: datetime
) -> Recusal:
    """Record that a member takes no part in deciding on an application."""
    _require(sitting, SittingState.PLANNED, SittingState.OPEN)
    if not reason.strip():
        raise Refusal("Укажите причину самоотвода одной фразой.", field="reason")
    if sitting.resolutions.filter(application=application).exists():
        raise Refusal("По этой заявке решение уже принято. Сначала отмените решение.", field="application")
    if sitting.ballots.filter(application=application).exists():
        raise Refusal(
            "По этой заявке уже голосуют. Самоотвод записывают до голосования.", field="application"
        )
    recusal, _ = Recusal.objects.update_or_create(
        sitting=sitting,
        seat=seat,
        application=application,
        defaults={"reason": reason.strip(), "declared_at": at},
    )
    facts = {"sitting": sitting.number, "seat": seat.pk, "application": application.number}
    decisions.record(sitting.contest, replay.RECUSED, facts, by=by, at=at)
    ledger.note(seat=seat.pk, application=application.number)
    return recusal


@action("contests.set_line")
def set_line(sitting: Sitting, *, line: int | None, by: Any, at: datetime) -> None:
    """Move the cut line to below this many first places; None leaves the threshold alone."""
    _require(sitting, SittingState.PLANNED, SittingState.OPEN)
    ledger.note(before=sitting.cut_line, after=line)
    sitting.cut_line = line
    sitting.save(update_fields=["cut_line"])
    facts = {"sitting": sitting.number, "line": line}
    decisions.record(sitting.contest, replay.LINE, facts, by=by, at=at)


@action("contests.resolve")
def resolve(
    sitting: Sitting,
    *,
    application: Application,
    decision: Decision,
    votes: Votes,
    reason: str = "",
    by: Any,
    at: datetime,
) -> Resolution:
    """Record the council's decision on one application; a departure from the order needs a reason."""
    _require(sitting, SittingState.OPEN)
    row = next(
        (row for row in final_standing(sitting.contest, sitting) if row.application.pk == application.pk),
        None,
    )
    if row is None:
        raise Refusal("Этой заявки нет в рейтинге. Обновите страницу.")
    if sitting.ballots.filter(application=application, closed_at=None).exists():
        raise Refusal("По этой заявке члены совета голосуют со своих мест. Сначала закройте голосование.")
    _require_open_votes(sitting)
    wrong = objection(
        votes, voters=queries.voters_on(sitting, application), is_grant=decision == Decision.GRANT
    )
    if wrong:
        raise Refusal(wrong, field="votes_for")
    ledger.note(application=application.number, decision=decision)
    [resolution] = resolve_rows(
        sitting, [(row, Decision(decision), votes)], reason=reason.strip(), by=by, at=at
    )
    return resolution


def _require_open_votes(sitting: Sitting) -> None:
    """Nobody enters a secret vote for others."""
    if sitting.is_secret:
        raise Refusal(
            "Голосование тайное: откройте его, и каждый проголосует со своего места. Вписать голоса нельзя."
        )


def resolve_rows(
    sitting: Sitting,
    found: Sequence[tuple[FinalRow, Decision, Votes]],
    *,
    reason: str = "",
    by: Any,
    at: datetime,
) -> list[Resolution]:
    """Write resolutions down, in the table and in the log; a departure from the order needs a reason."""
    written = [
        _written(sitting, row, decision, votes, reason=reason, at=at) for row, decision, votes in found
    ]
    decisions.record_all(sitting.contest, resolution_entries(written), by=by, at=at)
    return written


def _written(
    sitting: Sitting, row: FinalRow, decision: Decision, votes: Votes, *, reason: str, at: datetime
) -> Resolution:
    is_departure = row.is_departed_from_by(decision)
    if is_departure and not reason:
        raise Refusal(
            "Решение отступает от рейтинга. Напишите причину: она войдёт в протокол.", field="reason"
        )
    resolution, _ = Resolution.objects.update_or_create(
        sitting=sitting,
        application=row.application,
        defaults={
            "decision": decision,
            "place": row.place,
            "votes_for": votes.in_favour,
            "votes_against": votes.against,
            "votes_abstained": votes.abstained,
            "is_departure": is_departure,
            "reason": reason,
            "resolved_at": at,
        },
    )
    return resolution


@action("contests.resolve_by_rules")
def resolve_by_rules(sitting: Sitting, *, by: Any, at: datetime) -> int:
    """Record unanimous decisions by the order of places for all that have none yet; return how many."""
    _require(sitting, SittingState.OPEN)
    _require_open_votes(sitting)
    if sitting.ballots.filter(closed_at=None).exists():
        raise Refusal("Одно голосование ещё идёт. Сначала закройте его.")
    if open_ones := queries.balloted_without_resolution(sitting):
        raise Refusal(
            f"По заявкам {', '.join(open_ones[:5])} члены совета уже голосовали. Запишите решения по ним отдельно."
        )
    rows = queries.unresolved(sitting)
    voters = queries.voters_by_application(sitting)
    found = [(row, *_by_rules(row, voters(row.application.pk))) for row in rows]
    resolve_rows(sitting, found, by=by, at=at)
    ledger.note(count=len(rows))
    return len(rows)


def _by_rules(row: FinalRow, voters: int) -> tuple[Decision, Votes]:
    if row.is_above_line:
        return Decision.GRANT, Votes(voters)
    return Decision.DECLINE, Votes(0, voters)


@action("contests.close_sitting")
def close_sitting(sitting: Sitting, *, by: Any, at: datetime) -> None:
    """Close the sitting: print the minutes, and let each application go where it was resolved."""
    move = SITTING.move("close", sitting.state)
    _require_all_resolved(sitting)
    contest = sitting.contest
    decisions.enter(contest, by=by, at=at)
    decisions.catch_up(sitting, by=by, at=at)
    decisions.record(contest, replay.CLOSED, {"sitting": sitting.number}, by=by, at=at)
    ranking = decisions.take_snapshot(contest, sitting=sitting, by=by, at=at)
    sitting.minutes = _minutes(sitting, ranking, by=by, at=at)
    sitting.state, sitting.closed_at = move.target, at
    sitting.save(update_fields=["state", "closed_at", "minutes"])
    facts = {"sitting": sitting.number, "sha256": sitting.minutes.sha256}
    decisions.record(contest, replay.MINUTES, facts, by=by, at=at)
    _carry_out(sitting)
    ledger.note(minutes=sitting.minutes.sha256, ranking=ranking.sha256)


def _minutes(sitting: Sitting, ranking: RankingSnapshot, *, by: Any, at: datetime) -> Minutes:
    document = minutes_paper.minutes_of(sitting, ranking)
    printed = minutes_paper.printed(document, at=at)
    return documents.register_minutes(
        number=sitting.number,
        held_on=document.held_on,
        title=f"Протокол заседания {document.council}",
        data={**minutes_paper.snapshot(sitting), "ranking": ranking.sha256},
        pdf=printed.pdf,
        docx=printed.docx,
        at=at,
        by=by,
    )


def _require_all_resolved(sitting: Sitting) -> None:
    if sitting.ballots.filter(closed_at=None).exists():
        raise Refusal("Одно голосование ещё идёт. Закройте его, затем закройте заседание.")
    left = queries.unresolved(sitting)
    if left:
        numbers = ", ".join(row.application.number for row in left[:5])
        raise Refusal(
            f"Нет решения по заявкам: {numbers}. Примите решение по каждой, затем закройте заседание."
        )
    rows = final_standing(sitting.contest, sitting)
    stale = queries.departures_of(rows, sitting.resolutions.filter(reason=""))
    if stale:
        raise Refusal(
            "После решения передвинули черту, и решения без причины отступают от рейтинга. Примите их заново."
        )


def _carry_out(sitting: Sitting) -> None:
    for resolution in sitting.resolutions.select_related("application").order_by("place", "id"):
        application = resolution.application
        name = "propose" if resolution.decision == Decision.GRANT else "reject"
        application.state = APPLICATION.move(name, ApplicationState(application.state)).target
        application.save(update_fields=["state"])


def _require(sitting: Sitting, *states: SittingState) -> None:
    if sitting.state not in states:
        raise Refusal("Сейчас это сделать нельзя: проверьте, открыто ли заседание, и обновите страницу.")
