"""The minutes of a meeting outside contests: from the tables to the printed paper."""

from typing import Any

from innoset.contests.models import Meeting, MeetingItem, Seat
from innoset.contests.papers.minutes import council_in_genitive
from innoset.contests.pure.voting import Votes
from innoset.contests.queries.council import quorum_of, seats_of
from innoset.contests.queries.meetings import agenda_of
from innoset.documents.pure import minutes as paper
from innoset.foundation.russian import in_dative, moscow

NAMES = (2, 3)
"""Words in a full name: anything else that stands for the speaker is printed as it is."""


def minutes_of(meeting: Meeting) -> paper.Minutes:
    """Compose the minutes of what is resolved so far."""
    council, seats = meeting.council, list(seats_of(meeting.council))
    there = set(meeting.present.values_list("pk", flat=True))
    return paper.Minutes(
        organiser=(council.organisation.name,),
        council=council_in_genitive(council.title),
        number=meeting.number,
        held_on=moscow(meeting.held_at).date(),
        place=meeting.place or council.organisation.municipality.centre,
        chair=_name_of(seats, Seat.Part.CHAIR),
        secretary=_name_of(seats, Seat.Part.SECRETARY),
        members_in_all=len(seats),
        quorum=quorum_of(council),
        present=tuple(_member(seat) for seat in seats if seat.person_id in there),
        absent=tuple(_member(seat) for seat in seats if seat.person_id not in there),
        items=tuple(_item(item) for item in agenda_of(meeting)),
    )


def snapshot(meeting: Meeting) -> dict[str, Any]:
    """Return the facts that the minutes were printed from."""
    return {
        "council": meeting.council_id,
        "present": sorted(meeting.present.values_list("pk", flat=True)),
        "items": [
            {
                "question": item.question,
                "resolved": item.resolved,
                "votes": [item.votes_for, item.votes_against, item.votes_abstained],
                "errand": item.errand_id,
            }
            for item in agenda_of(meeting)
        ],
    }


def votes_of(item: MeetingItem) -> Votes | None:
    """Return how the hands went; None where nobody voted."""
    if item.votes_for is None:
        return None
    return Votes(item.votes_for, item.votes_against or 0, item.votes_abstained or 0)


def _name_of(seats: list[Seat], part: str) -> str:
    return next((seat.person.full_name for seat in seats if seat.part == part), "")


def _member(seat: Seat) -> paper.Member:
    position = seat.person.position
    return paper.Member(
        name=seat.person.full_name,
        role=seat.get_part_display().lower(),
        post=f"{position[:1].lower()}{position[1:]}",
    )


def _item(item: MeetingItem) -> paper.Item:
    votes = votes_of(item)
    return paper.Item(
        title=item.question,
        heard=_heard(item),
        resolved=tuple(_resolved(item, votes)),
        vote=paper.Vote(votes.in_favour, votes.against, votes.abstained) if votes else None,
    )


def _heard(item: MeetingItem) -> tuple[paper.Speech, ...]:
    speaker = item.speaker.strip()
    if not speaker:
        return ()
    what = f"{_uncapitalised(item.question).rstrip('.')}."
    if len(speaker.split()) in NAMES:
        return (paper.Speech(speaker, what),)
    return (paper.Speech("", f"{speaker} – {what}"),)


def _resolved(item: MeetingItem, votes: Votes | None) -> list[str]:
    if not item.resolved:
        return []
    if votes is not None and not votes.carries:
        return ["Решение не принято: «за» не больше, чем «против»."]
    lines = [line.strip() for line in item.resolved.splitlines() if line.strip()]
    if item.errand is not None:
        term = f" Срок: до {item.errand.due_on:%d.%m.%Y}." if item.errand.due_on else ""
        title = item.errand.title.rstrip(".")
        lines.append(f"Поручить {in_dative(item.errand.assignee.full_name)}: {_uncapitalised(title)}.{term}")
    return lines


def _uncapitalised(text: str) -> str:
    """Begin with a small letter, unless the text begins with an abbreviation."""
    return text if text[1:2].isupper() else f"{text[:1].lower()}{text[1:]}"
