"""The minutes of an open defence: from the tables to the printed paper."""

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from datetime import datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any

from innoset.contests.models import Application, Contest
from innoset.contests.papers.minutes import Printed, contest_title
from innoset.contests.queries.expertise import defended_in
from innoset.documents.pure import defence_minutes as paper
from innoset.foundation.russian import decimal, initials, moscow
from innoset.review.models import Assignment, DefenceSlot, PanelSeat, Round
from innoset.review.pure import scoring
from innoset.review.pure.letters import letters_of
from innoset.review.queries.live import outside_of, slots_in_order
from innoset.review.queries.panels import experts_of, panel_of
from innoset.review.queries.ranking import finished_of
from innoset.review.queries.sheets import rubrics_of, rules_of
from innoset.review.states import LIVE, SeatState, SlotState

ASIDE = "конфликт интересов"


def printed(minutes: paper.DefenceMinutes, *, at: datetime) -> Printed:
    """Print the minutes in both forms."""
    return Printed(pdf=paper.pdf(minutes, at=at), docx=paper.docx(minutes, at=at))


def defence_minutes_of(contest: Contest, review_round: Round) -> paper.DefenceMinutes:
    """Compose the minutes of what has been heard so far; the checksum is over everything they say."""
    slots, finished = slots_in_order(review_round), finished_of(review_round)
    applications, outside = defended_in(contest), outside_of(review_round)
    people = {seat.person_id: initials(seat.person.full_name) for seat in experts_of(review_round)}
    names = _names(review_round, finished, people)
    due = _due(review_round)
    rules = rules_of(review_round.rubric)
    groups = {slot.dossier.group for slot in slots}
    own = {group: rules_of(one) for group, one in rubrics_of(review_round).items() if group in groups}
    made = paper.DefenceMinutes(
        organiser=(contest.organiser.name,),
        contest=contest_title(contest),
        held_on=moscow(
            min((one.began_at or one.starts_at for one in slots), default=review_round.opens_at)
        ).date(),
        place=next((one.room for one in slots if one.room), ""),
        experts=tuple(people.values()),
        observers=tuple(initials(seat.person.full_name) for seat in _observers(review_round)),
        criteria=_criteria(rules),
        maximum=float(scoring.maximum(rules)),
        own=tuple(
            paper.OwnCriteria(group, _criteria(theirs), float(scoring.maximum(theirs)))
            for group, theirs in sorted(own.items())
        ),
        heard=tuple(
            _heard(
                slot,
                applications.get(slot.dossier_id),
                marks=[(names[one.expert_id], one.sheet.total) for one in finished.get(slot.dossier_id, [])],
                aside=[people[key] for key in outside.get(slot.dossier_id, ()) if key in people],
                due=due.get(slot.dossier_id, 0),
            )
            for slot in slots
        ),
        are_named=review_round.experts_are_named,
    )
    return replace(made, checksum=checksum_of(made))


def _criteria(rules: Sequence[scoring.Rule]) -> tuple[tuple[str, str], ...]:
    return tuple((rule.title, f"до {decimal(float(rule.top), 0)}") for rule in rules)


def checksum_of(minutes: paper.DefenceMinutes) -> str:
    """Return the checksum of what the minutes say."""
    said = asdict(replace(minutes, checksum=""))
    if not minutes.own:
        # Minutes printed before nominations had criteria of their own keep their sums.
        del said["own"]
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return sha256(text.encode()).hexdigest()


def _names(
    review_round: Round, finished: dict[int, list[Assignment]], people: dict[int, str]
) -> dict[int, str]:
    """Return under what each juror stands: a name if the round says so, else a letter."""
    letters = letters_of({one.expert_id for given in finished.values() for one in given})
    if not review_round.experts_are_named:
        return letters
    return {key: people.get(key, letter) for key, letter in letters.items()}


def _observers(review_round: Round) -> list[PanelSeat]:
    return list(panel_of(review_round).filter(role=PanelSeat.Part.OBSERVER, state=SeatState.ACCEPTED))


def _due(review_round: Round) -> dict[int, int]:
    due: dict[int, int] = {}
    for dossier in Assignment.objects.filter(round=review_round, state__in=LIVE).values_list(
        "dossier", flat=True
    ):
        due[dossier] = due.get(dossier, 0) + 1
    return due


def _heard(
    slot: DefenceSlot,
    application: Application | None,
    *,
    marks: list[tuple[str, Any]],
    aside: list[str],
    due: int,
) -> paper.Heard:
    totals = [Decimal(total or 0) for _, total in marks]
    return paper.Heard(
        application=application.shown_number if application else slot.dossier.code,
        organisation=slot.dossier.organisation.short_name,
        theme=slot.dossier.title,
        planned=_hour(slot.planned_at or slot.starts_at),
        began=_hour(slot.began_at),
        ended=_hour(slot.ended_at),
        marks=tuple(sorted((who, float(total or 0)) for who, total in marks)),
        mean=float(sum(totals, Decimal(0)) / len(totals)) if totals else None,
        aside=tuple((who, ASIDE) for who in sorted(aside)),
        missing=max(0, due - len(marks)) if slot.state == SlotState.DONE else 0,
        was_held=slot.state == SlotState.DONE,
    )


def _hour(at: datetime | None) -> str:
    return f"{moscow(at):%d.%m %H:%M}" if at else ""
