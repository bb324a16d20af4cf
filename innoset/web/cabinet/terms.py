"""What the page of an application says of its deadline: the rule, how it stands to it, what is offered."""

from dataclasses import dataclass, field
from datetime import datetime

from django.urls import reverse

from innoset.contests.models import Application, Extension, LateCopy, Submission
from innoset.contests.queries import applications as queries
from innoset.contests.queries import confirmations, deadlines
from innoset.contests.states import ApplicationState


@dataclass(frozen=True, slots=True)
class Term:
    """The deadline of an application as its page shows it."""

    rule: str = ""
    is_open: bool = False
    is_late: bool = False
    is_ready_unsent: bool = False
    extensions: list[Extension] = field(default_factory=list)
    late: list[tuple[int, LateCopy]] = field(default_factory=list)
    signature_until: datetime | None = None


def term_of(application: Application, last: Submission | None, at: datetime) -> Term:
    """Return everything about the deadline that the page of the application shows."""
    deadline = deadlines.deadline_of(application)
    is_open = not queries.objection_to_change(application, at)
    is_draft = application.state in (ApplicationState.DRAFT, ApplicationState.RETURNED)
    return Term(
        rule=deadline.in_words() if deadline else "",
        is_open=is_open,
        is_late=is_draft and deadlines.is_late(application, at),
        is_ready_unsent=is_open and is_draft and bool(deadlines.complete_among([application])),
        extensions=[
            one
            for one in application.contest.extensions.all()
            if one.application_id in (None, application.pk)
        ],
        late=list(enumerate(deadlines.late_copies_of_application(application), start=1)),
        signature_until=confirmations.waits_until(application) if last and last.is_automatic else None,
    )


def late_address(copy: LateCopy) -> str:
    """Return the page of a late copy; its place among those of the application stands for its number."""
    place = copy.application.late_copies.filter(pk__lte=copy.pk).count()
    return reverse("cabinet:late_copy", args=[copy.application.number, place])
