"""Texts of applications for the search of reuse: kept, queued, compared. No state ever changes by it."""

from datetime import datetime
from typing import Any

from innoset.contests.models import Application, Contest
from innoset.contests.queries import reuse as queries
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.review.actions import reuse as review
from innoset.review.models import ReuseText


def keep_text_of(application: Application, *, at: datetime) -> ReuseText:
    """Keep the text that was sent, for this and later contests to be compared with."""
    assert application.version is not None  # noqa: S101  # reason: only what was sent is kept
    return review.keep_text(
        key=queries.key_of(application),
        title=application.project.title or f"Заявка {application.shown_number}",
        text=queries.text_of(application),
        template=application.version.form_code,
        organisation=application.organisation,
        family=queries.family_of(application),
        year=application.contest.school_year,
        url=f"/office/contests/{application.contest.code}/applications/{application.number}/",
        at=at,
    )


def keep_texts(*, at: datetime) -> int:
    """Keep the texts that are not kept yet, a few at a time; return how many."""
    found = list(queries.unkept()[: queries.AT_ONCE])
    review.queue([keep_text_of(one, at=at).key for one in found], at=at)
    return len(found)


@action("contests.compare_texts")
def compare_texts(contest: Contest, *, by: Any, at: datetime) -> int:
    """Put every sent application of the contest into the queue for comparison, those compared before too."""
    found = list(queries.compared_in(contest))
    if not found:
        raise Refusal("Сравнивать нечего: в этом конкурсе ещё нет отправленных заявок.")
    keys = [keep_text_of(one, at=at).key for one in found]
    review.queue(keys, at=at)
    ledger.note(applications=len(found))
    return len(found)


def compare_waiting(*, at: datetime) -> int:
    """Compare what stands in the queue, a few at a time; return how many were compared."""
    texts = queries.waiting()
    if not texts:
        return 0
    return len(review.compare(texts, templates=queries.templates(), at=at))


def arrange() -> str:
    """Arrange the index anew over all kept texts; return the checksum of their set."""
    return review.rebuild(templates=queries.templates())
