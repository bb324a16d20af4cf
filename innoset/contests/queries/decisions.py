"""Reads of the decision log: its events, what it should say of each work, whether it still fits."""

from collections.abc import Iterable, Sequence
from typing import Any

from innoset.contests.models import Contest, DecisionEvent, RankingSnapshot, Resolution, Sitting
from innoset.contests.pure import replay
from innoset.contests.pure.chain import Event, canonical, moment
from innoset.contests.pure.replay import plain
from innoset.contests.queries.fairness import is_stale, method_of
from innoset.contests.queries.standing import Field, field_of, rounds_of
from innoset.review.models import Round, Score
from innoset.review.pure.ranking import Judged
from innoset.review.queries import ranking as review


def event_of(row: DecisionEvent, code: str) -> Event:
    """Return a row of the log as the pure core knows it."""
    return Event(
        contest=code,
        number=row.number,
        kind=row.kind,
        data=row.data,
        at=moment(row.happened_at),
        by=row.by_id,
        previous=row.previous_sha256,
        sha256=row.sha256,
    )


def events_of(contest: Contest) -> list[Event]:
    """Return the log of a contest from its first event on."""
    rows = DecisionEvent.objects.filter(contest=contest).order_by("number")
    return [event_of(row, contest.code) for row in rows]


def last_event_of(contest: Contest) -> Event | None:
    """Return the head of the log."""
    row = DecisionEvent.objects.filter(contest=contest).order_by("-number").first()
    return event_of(row, contest.code) if row else None


def last_snapshot_of(contest: Contest) -> RankingSnapshot | None:
    """Return the ranking that holds now, without all that it was reckoned from."""
    return RankingSnapshot.objects.filter(contest=contest).defer("data").order_by("-number").first()


def work_entries(contest: Contest, field: Field) -> dict[str, dict[str, Any]]:
    """Return what the log keeps of every work: whose sheet brought what in which round, without names."""
    rounds = rounds_of(contest)
    judged = review.judged_of(list(rounds.values())) if rounds else {}
    sheets = {stage: _sheets_of(one, judged[one.pk]) for stage, one in rounds.items()}
    dossiers = {number: one.dossier_id for number, one in field.applications.items()}
    return {
        work.number: {
            "number": work.number,
            "group": work.group,
            "municipality": work.municipality,
            "stages": {
                stage: of[key] for stage, of in sheets.items() if (key := dossiers[work.number]) in of
            },
        }
        for work in field.works
    }


def _sheets_of(review_round: Round, judged: Sequence[Judged]) -> dict[int | None, dict[str, Any]]:
    rule, marks = review.counting_of(review_round), _marks_of(review_round)
    finished = review.finished_of(review_round)
    return {
        one.dossier_id: {
            "usual": rule.sheets,
            "maximum": plain(rule.maximum),
            "share": plain(rule.share),
            "sheets": [
                {"total": plain(total), "tie_break": plain(tie), "marks": marks.get(assignment.pk, [])}
                for assignment, total, tie in zip(
                    finished.get(one.dossier_id, []), one.totals, one.tie_breaks, strict=True
                )
            ],
        }
        for one in judged
    }


def _marks_of(review_round: Round) -> dict[int, list[list[int | None]]]:
    """Return the marks of each sheet by criterion, None where the criterion did not apply."""
    scores = Score.objects.filter(sheet__assignment__round=review_round).order_by("criterion__number", "pk")
    found: dict[int, list[list[int | None]]] = {}
    for assignment, number, value in scores.values_list("sheet__assignment_id", "criterion__number", "value"):
        found.setdefault(assignment, []).append([number, value])
    return found


def calibration_entries(field: Field) -> list[dict[str, Any]]:
    """Return what the log keeps of each calibration: how, from what, and the points and interval of every work."""
    points: dict[str, dict[str, list[str]]] = {}
    for work in field.works:
        for stage, fair in work.fair.items():
            points.setdefault(stage, {})[work.number] = [
                plain(points) for points in (fair.points, fair.low, fair.high)
            ]
    return [
        {"stage": stage, **method_of(kept), "points": points[stage]}
        for stage, kept in field.calibrations.items()
        if stage in points
    ]


def stale_stages(contest: Contest, field: Field) -> list[str]:
    """Return the stages whose marks have changed since they were calibrated."""
    rounds = rounds_of(contest)
    return [stage for stage, kept in field.calibrations.items() if is_stale(kept, rounds[stage])]


def resolution_entries(resolutions: Iterable[Resolution]) -> list[tuple[str, dict[str, Any]]]:
    """Return what the log keeps of resolutions."""
    return [
        (
            replay.RESOLVED,
            {
                "application": one.application.number,
                "decision": str(one.decision),
                "votes": {
                    "for": one.votes_for,
                    "against": one.votes_against,
                    "abstained": one.votes_abstained,
                },
                "is_departure": one.is_departure,
                "reason": one.reason,
            },
        )
        for one in resolutions
    ]


def mismatch(contest: Contest, events: Sequence[Event]) -> str:
    """Name the first thing in which the tables have left the log, down to the places; else an empty string."""
    sitting = last_sitting_of(contest)
    field = field_of(contest, sitting)
    found = marks_mismatch(contest, events, field)
    return found or _first_otherwise(replay.replay(events), ranking_now(field, sitting))


def marks_mismatch(contest: Contest, events: Sequence[Event], here: Field) -> str:
    """Name the first mark, rule or appeal in which the tables have left the log."""
    decided = replay.fold(events)
    entries = work_entries(contest, here)
    for number, entry in entries.items():
        if decided.works.get(number) != entry:
            return f"заявка {number}: оценки в базе не те, что вошли в журнал"
    gone = sorted(set(decided.works) - set(entries))
    if gone:
        return f"заявка {gone[0]}: в журнале есть, а в рейтинге её больше нет"
    if decided.rules != replay.rules_entry(here.rules):
        return "правила конкурса в базе не те, что вошли в журнал"
    if {work.number: work.upheld for work in here.works if work.upheld is not None} != decided.upheld:
        return "итоги апелляций в базе не те, что вошли в журнал"
    return ""


def _first_otherwise(told: Sequence[dict[str, Any]], now: Sequence[dict[str, Any]]) -> str:
    for old, fresh in zip(told, now, strict=False):
        if canonical(old) != canonical(fresh):
            return f"место {old['place']}, заявка {old['number']}: по журналу и по базе выходит разное"
    return "" if len(told) == len(now) else "в рейтинге другое число заявок, чем в журнале"


def ranking_now(field: Field, sitting: Sitting | None) -> list[dict[str, Any]]:
    """Return the ranking as the tables give it, in the spelling of the log."""
    resolutions = sitting.resolutions.select_related("application").order_by("id") if sitting else []
    resolved = {entry["application"]: entry for _, entry in resolution_entries(resolutions)}
    return [replay.row_of(row.placed, resolved.get(row.application.number, {})) for row in field.rows()]


def last_sitting_of(contest: Contest) -> Sitting | None:
    """Return the sitting whose line and resolutions hold."""
    return contest.sittings.order_by("-id").first()
