"""The history of answers: what is kept of every text, and what is cleared away after a month.

These are parts of other deeds, and housekeeping that no person does: no policy, no audit entry of
their own.
"""

import hashlib
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef

from innoset.projects.models import Answer, AnswerRevision, Editing, Passport
from innoset.projects.states import Origin

KEPT = timedelta(days=30)
"""How long every text can be brought back."""


def replay_key(replay: str, by: Any, key: str, text: str) -> str:
    """Return the mark of one saving: another person, field or text under the same key is another saving."""
    return hashlib.sha256("\n".join([replay, str(by.pk), key, text]).encode()).hexdigest()


def with_replay_key(passport: Passport, key: str) -> AnswerRevision | None:
    """Return what came of the saving with this mark, if it has been here."""
    return passport.revisions.filter(replay_key=key).first() if key else None


def saved_as(passport: Passport, key: str, text: str, seen: int | None) -> AnswerRevision | None:
    """Return the saving by which this very text was the answer on the page, or became it right after.

    So a page that never heard that its text was saved, and sends it again, is no clash.
    """
    versions = [] if seen is None else [seen, seen + 1]
    return passport.revisions.filter(key=key, version__in=versions, text=text).first()


def record(answer: Answer, *, origin: Origin, replay_key: str = "") -> None:
    """Write into the history what the field says now."""
    AnswerRevision.objects.create(
        passport_id=answer.passport_id,
        key=answer.key,
        version=answer.version,
        text=answer.text,
        origin=origin,
        replay_key=replay_key,
        saved_at=answer.saved_at,
        saved_by=answer.saved_by,
    )


def remember(answer: Answer) -> None:
    """See to it that a text about to be replaced is in the history, however it got into the field."""
    known = AnswerRevision.objects.filter(
        passport_id=answer.passport_id, key=answer.key, version=answer.version
    )
    if not known.exists():
        record(answer, origin=Origin.TYPED)


def set_aside(
    passport: Passport,
    key: str,
    text: str,
    replay_key: str = "",
    *,
    by: Any,
    at: datetime,
    origin: Origin = Origin.CLASHED,
) -> None:
    """Keep a text that did not become the answer; the same text of the same person is kept once."""
    mine = passport.revisions.filter(key=key, version=None, saved_by=by).order_by("-id")
    last = mine.first()
    if last is not None and last.text == text and not replay_key:
        return
    AnswerRevision.objects.create(
        passport=passport,
        key=key,
        version=None,
        text=text,
        origin=origin,
        replay_key=replay_key,
        saved_at=at,
        saved_by=by,
    )


def forget_old(*, before: datetime) -> int:
    """Delete the texts saved before the moment, but never the one a field says now; return how many."""
    newer = AnswerRevision.objects.filter(
        passport=OuterRef("passport"), key=OuterRef("key"), version__gt=OuterRef("version")
    )
    old = AnswerRevision.objects.filter(saved_at__lt=before)
    aside, _ = old.filter(version=None).delete()
    replaced, _ = old.filter(Exists(newer)).delete()
    Editing.objects.filter(seen_at__lt=before).delete()
    return aside + replaced
