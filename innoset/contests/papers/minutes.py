"""The minutes of a sitting: from the tables to the printed paper."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.utils import timezone

from innoset.contests.models import Presence, RankingSnapshot, Resolution, Seat, Sitting
from innoset.contests.papers.methods import method_facts
from innoset.contests.papers.receptions import reception_facts
from innoset.contests.pure.standing import CALIBRATED, Placed, places_by_basis
from innoset.contests.queries.confirmations import confirmed_lines
from innoset.contests.queries.council import quorum_of
from innoset.contests.queries.standing import Field, FinalRow, field_of, final_standing
from innoset.contests.states import Decision
from innoset.documents.pure import minutes as paper
from innoset.foundation.russian import decimal, quoted, roman


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper in both of its forms."""

    pdf: bytes
    docx: bytes


def printed(document: paper.Minutes, *, at: datetime) -> Printed:
    """Print the minutes in both forms."""
    return Printed(pdf=paper.pdf(document, at=at), docx=paper.docx(document, at=at))


def council_in_genitive(title: str) -> str:
    """Return «координационного совета …» for «Координационный совет …»; other titles go in quotes."""
    head, _, rest = title.partition("оординационный совет")
    if head in ("К", "к"):
        return f"координационного совета{rest}"
    return f"совета {quoted(title)}"


def contest_title(contest: Any) -> str:
    """Return the name with its edition: «XXIII муниципальный конкурс …»."""
    return (
        f"{roman(contest.edition)} {contest.title[0].lower()}{contest.title[1:]}"
        if contest.edition
        else contest.title
    )


def minutes_of(sitting: Sitting, ranking: RankingSnapshot | None = None) -> paper.Minutes:
    """Compose the minutes of what has been resolved so far; the ranking is sealed only with the sitting."""
    contest = sitting.contest
    field = field_of(contest, sitting)
    rows = field.rows()
    resolutions = {one.application_id: one for one in sitting.resolutions.order_by("place", "id")}
    presences = list(
        sitting.presences.select_related("seat__person").order_by(
            "seat__part", "seat__person__last_name", "id"
        )
    )
    return paper.Minutes(
        organiser=(contest.organiser.name,),
        council=council_in_genitive(sitting.council.title),
        number=sitting.number,
        held_on=timezone.localtime(sitting.held_at).date(),
        place=sitting.place or contest.organiser.municipality.centre,
        chair=_name_of(presences, Seat.Part.CHAIR),
        secretary=_name_of(presences, Seat.Part.SECRETARY),
        members_in_all=len(presences),
        quorum=quorum_of(sitting.council),
        present=tuple(_member(one.seat) for one in presences if one.is_present),
        absent=tuple(_member(one.seat) for one in presences if not one.is_present),
        contest=contest_title(contest),
        items=tuple(_items(sitting, rows, resolutions)),
        rankings=tuple(_rankings(field, resolutions)),
        reception=reception_facts(contest),
        methods=method_facts(sitting, field),
        ranking_sha256=ranking.sha256 if ranking else "",
    )


def _name_of(presences: list[Presence], part: str) -> str:
    return next((one.seat.person.full_name for one in presences if one.seat.part == part), "")


def _member(seat: Seat) -> paper.Member:
    return paper.Member(
        name=seat.person.full_name,
        role=seat.get_part_display().lower(),
        post=f"{seat.person.position[:1].lower()}{seat.person.position[1:]}",
    )


def _items(sitting: Sitting, rows: list[FinalRow], resolutions: dict[int, Resolution]) -> list[paper.Item]:
    secretary = next(
        (
            seat.person.full_name
            for seat in sitting.council.seats.filter(part=Seat.Part.SECRETARY, is_active=True)
        ),
        "",
    )
    title = contest_title(sitting.contest)
    heard = (
        paper.Speech(
            secretary,
            f"о результатах экспертизы заявок, поданных на конкурс {quoted(title)}: всего в рейтинге {len(rows)}.",
        ),
    )
    first = paper.Item(
        title=f"Об итогах экспертизы заявок конкурса {quoted(title)}",
        heard=heard,
        resolved=("Принять рейтинг заявок (приложение) к сведению.",),
    )
    recusals = _recusals(sitting)
    secret = set(sitting.ballots.filter(is_secret=True).values_list("application_id", flat=True))
    confirmed = confirmed_lines(row.application for row in rows)
    return [
        first,
        *(
            replace(
                _item(sitting, row, resolutions.get(key), is_secret=key in secret),
                recusals=tuple(recusals.get(key, ())),
                confirmed=confirmed.get(key, ""),
            )
            for row in rows
            for key in [row.application.pk]
        ),
    ]


def _recusals(sitting: Sitting) -> dict[int, list[paper.Recusal]]:
    found: dict[int, list[paper.Recusal]] = {}
    for one in sitting.recusals.select_related("seat__person").order_by("id"):
        found.setdefault(one.application_id, []).append(paper.Recusal(one.seat.person.full_name, one.reason))
    return found


def _item(sitting: Sitting, row: FinalRow, resolution: Resolution | None, *, is_secret: bool) -> paper.Item:
    application, kind = row.application, sitting.contest.status_kind
    who = f"{application.organisation.short_name}, {quoted(application.project.title)}"
    votes = resolution and (resolution.votes_for, resolution.votes_against, resolution.votes_abstained)
    return paper.Item(
        title=f"О заявке {application.shown_number}",
        heard=(paper.Speech("", f"{who}: место {row.place}, итоговый балл {_number(row.total)}."),),
        resolved=(_resolved(resolution, kind.abbreviation),) if resolution else (),
        vote=paper.Vote(*votes, is_secret=is_secret) if votes else None,
    )


def _resolved(resolution: Resolution, status: str) -> str:
    words = (
        f"Присвоить статус {status}."
        if resolution.decision == Decision.GRANT
        else f"Статус {status} не присваивать."
    )
    return f"{words} Причина: {resolution.reason}" if resolution.reason else words


def _number(value: Any) -> str:
    return f"{value:.2f}".replace(".", ",")


def _rankings(field: Field, resolutions: dict[int, Resolution]) -> list[paper.Ranking]:
    """Return one list over all nominations: places are given across the whole contest."""
    fair = places_by_basis(field.works, field.rules)[CALIBRATED]
    ranked = tuple(
        _ranked(row, resolutions.get(row.application.pk), fair[row.application.number])
        for row in field.rows()
    )
    threshold = field.rules.threshold
    return [paper.Ranking("", ranked, float(threshold) if threshold is not None else None)]


def _ranked(row: FinalRow, resolution: Resolution | None, fair: Placed) -> paper.Ranked:
    marks = (row.remote.sheets_done if row.remote else 0) + (row.defence.sheets_done if row.defence else 0)
    return paper.Ranked(
        place=row.place,
        application=row.application.shown_number,
        organisation=row.application.organisation.short_name,
        theme=row.application.project.title,
        marks=marks,
        mean=float(row.total),
        spread=float(row.spread or 0),
        decision=resolution.get_decision_display() if resolution else "",
        has_disagreement=row.is_disagreement,
        departure=resolution.reason if resolution and resolution.is_departure else "",
        fair=_fair(row, fair),
    )


def _fair(row: FinalRow, fair: Placed) -> str:
    interval = row.work.interval
    if interval is None:
        return ""
    return f"{decimal(interval.middle, 1)} ± {decimal(interval.half, 1)}\nместо {fair.place}"


def snapshot(sitting: Sitting) -> dict[str, Any]:
    """Return the facts that the minutes were printed from, for replaying the ranking later."""
    return {
        "contest": sitting.contest.code,
        "line": sitting.cut_line,
        "rows": [
            {
                "number": row.application.number,
                "place": row.place,
                "total": str(row.total),
                "above": row.is_above_line,
                "why_below": row.why_below,
            }
            for row in final_standing(sitting.contest, sitting)
        ],
        "resolutions": [
            {
                "number": one.application.number,
                "decision": one.decision,
                "for": one.votes_for,
                "against": one.votes_against,
                "abstained": one.votes_abstained,
                "reason": one.reason,
            }
            for one in sitting.resolutions.select_related("application").order_by("place", "id")
        ],
    }
