"""Reads of ballots: who may vote, who has voted, what came out."""

from typing import Any

from django.db.models import QuerySet

from innoset.contests.models import Application, Ballot, Seat, Sitting
from innoset.contests.pure.voting import Outcome, outcome, tally
from innoset.contests.states import SittingState


def voters_of(sitting: Sitting, application: Application) -> list[Seat]:
    """Return the seats that vote on an application: present and not recused."""
    recused = sitting.recusals.filter(application=application).values("seat")
    present = sitting.presences.filter(is_present=True, seat__is_active=True).exclude(seat__in=recused)
    return [one.seat for one in present.select_related("seat__person").order_by("seat_id")]


def seat_of(ballot: Ballot, person: Any) -> Seat | None:
    """Return the seat from which a person votes in a ballot, if any."""
    voters = voters_of(ballot.sitting, ballot.application)
    return next((seat for seat in voters if seat.person_id == person.pk), None)


def outcome_of(ballot: Ballot) -> Outcome:
    """Count a ballot."""
    return outcome(
        tally(ballot.votes.order_by("id").values_list("choice", flat=True)),
        voters=len(voters_of(ballot.sitting, ballot.application)),
        share=ballot.sitting.council.quorum_share,
    )


def entry_of(ballot: Ballot, found: Outcome) -> dict[str, Any]:
    """Return what the log keeps of a counted ballot: of a secret one only the numbers."""
    votes = found.votes
    entry: dict[str, Any] = {
        "application": ballot.application.number,
        "is_secret": ballot.is_secret,
        "is_valid": found.is_valid,
        "votes": {"for": votes.in_favour, "against": votes.against, "abstained": votes.abstained},
        "voted": sorted(ballot.marks.order_by("seat_id").values_list("seat_id", flat=True)),
    }
    if not ballot.is_secret:
        pairs = ballot.votes.order_by("seat_id").values_list("seat_id", "choice")
        entry["choices"] = [[seat, choice] for seat, choice in pairs]
    return entry


def ballot_on(sitting: Sitting, application: Application) -> Ballot | None:
    """Return the ballot on an application, if it was opened."""
    return sitting.ballots.filter(application=application).first()


def ballots_open_to(person: Any, sitting: Sitting) -> QuerySet[Ballot]:
    """Return the ballots of a sitting that go on now, with what a member has to know."""
    going = Ballot.objects.filter(
        sitting=sitting,
        sitting__state=SittingState.OPEN,
        closed_at=None,
        sitting__council__seats__person=person,
        sitting__council__seats__is_active=True,
    )
    return going.select_related(
        "sitting__council", "sitting__contest", "application__organisation", "application__project",
        "application__contest",
    ).order_by("id")  # fmt: skip


def open_ballots_of(sitting: Sitting) -> QuerySet[Ballot]:
    """Return the ballots that go on now."""
    going = sitting.ballots.filter(closed_at=None).order_by("application__number")
    return going.select_related("application", "sitting__contest", "sitting__council")
