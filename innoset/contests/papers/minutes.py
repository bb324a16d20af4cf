"""The minutes of a sitting: from the tables to the printed paper."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from innoset.contests.models import Presence, Resolution, Seat, Sitting
from innoset.contests.papers.receptions import reception_facts
from innoset.contests.queries.council import quorum_of
from innoset.contests.queries.standing import FinalRow, final_standing
from innoset.contests.states import Decision
from innoset.documents.pure import minutes as paper
from innoset.foundation.russian import quoted, roman


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


def minutes_of(sitting: Sitting) -> paper.Minutes:
    """Compose the minutes of what has been resolved so far."""
    contest = sitting.contest
    rows = final_standing(contest, sitting)
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
        rankings=tuple(_rankings(rows, resolutions, contest.final_threshold)),
        reception=reception_facts(contest),
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
    return [first, *(_item(sitting, row, resolutions.get(row.application.pk)) for row in rows)]


def _item(sitting: Sitting, row: FinalRow, resolution: Resolution | None) -> paper.Item:
    application, kind = row.application, sitting.contest.status_kind
    who = f"{application.organisation.short_name}, {quoted(application.project.title)}"
    recusals = sitting.recusals.filter(application=application).select_related("seat__person").order_by("id")
    return paper.Item(
        title=f"О заявке {application.shown_number}",
        heard=(paper.Speech("", f"{who}: место {row.place}, итоговый балл {_number(row.total)}."),),
        recusals=tuple(paper.Recusal(one.seat.person.full_name, one.reason) for one in recusals),
        resolved=(_resolved(resolution, kind.abbreviation),) if resolution else (),
        vote=(
            paper.Vote(resolution.votes_for, resolution.votes_against, resolution.votes_abstained)
            if resolution
            else None
        ),
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


def _rankings(
    rows: list[FinalRow], resolutions: dict[int, Resolution], threshold: Any
) -> list[paper.Ranking]:
    """Return one list over all nominations: places are given across the whole contest."""
    ranked = tuple(_ranked(row, resolutions.get(row.application.pk)) for row in rows)
    return [paper.Ranking("", ranked, float(threshold) if threshold is not None else None)]


def _ranked(row: FinalRow, resolution: Resolution | None) -> paper.Ranked:
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
    )


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
