"""Predicates that several deeds of contests share: what a person is to a contest.

The subject may be a contest or anything that knows its contest (an application, a sitting, a council
in preparation).
"""

from typing import Any

from innoset.contests.models import Contest, Seat, Sitting
from innoset.foundation.policy import is_superuser, predicate
from innoset.network.queries import holds
from innoset.network.states import Role


def contest_of(subject: Any) -> Contest:
    """Return the contest that the subject belongs to."""
    if isinstance(subject, Contest):
        return subject
    contest: Contest = subject.contest
    return contest


@predicate
def organises(user: Any, subject: Any) -> bool:
    """An organiser of the organisation that runs the contest."""
    return holds(user, Role.ORGANISER, organisation=contest_of(subject).organiser_id)


@predicate
def approves(user: Any, subject: Any) -> bool:
    """Whoever confirms orders in the municipality of the organiser."""
    return holds(user, Role.APPROVER, municipality=contest_of(subject).organiser.municipality_id)


@predicate
def leads_sitting(user: Any, sitting: Sitting) -> bool:
    """The chair or the secretary of the council that sits."""
    return Seat.objects.filter(
        council=sitting.council_id,
        person=user.pk,
        is_active=True,
        part__in=[Seat.Part.CHAIR, Seat.Part.SECRETARY],
    ).exists()


runs_contest = organises | is_superuser
