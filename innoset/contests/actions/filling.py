"""Filling an application: fields and stages."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from innoset.accounts.actions import let_go
from innoset.accounts.models import HeldForm
from innoset.contests.models import Application
from innoset.contests.queries import applications as queries
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.projects.actions import answers, passports
from innoset.projects.actions.answers import Outcome
from innoset.projects.models import AnswerRevision


@action("contests.answer")
def answer(
    application: Application,
    *,
    key: str,
    text: str,
    by: Any,
    at: datetime,
    seen: int | None = None,
    replay: str = "",
) -> Outcome:
    """Save one field of the application's passport while the application may be changed.

    A clash does not raise: its text is in the history, and the outcome tells of it.
    """
    queries.refuse_closed(application, at)
    passport = application.project.passport
    return answers.save_answer(passport, key=key, text=text, seen=seen, replay=replay, by=by, at=at)


@action("contests.answer_section")
def answer_section(
    application: Application,
    *,
    texts: Mapping[str, tuple[str, int]],
    aside: Mapping[str, str] | None = None,
    by: Any,
    at: datetime,
) -> list[Refusal]:
    """Save several fields, each with the version that was seen; return why some were not saved.

    A field that cannot be saved does not hold back the others. What is put `aside`, because the
    person chose a colleague's text, stays in the history.
    """
    queries.refuse_closed(application, at)
    if aside:
        answers.set_aside_answers(application.project.passport, texts=aside, by=by, at=at)
    told = [_answer_one(application, key, *given, by=by, at=at) for key, given in texts.items()]
    refusals = [one for one in told if one is not None]
    ledger.note(saved=len(texts) - len(refusals), refused=[one.field for one in refusals])
    return refusals


def _answer_one(
    application: Application, key: str, text: str, seen: int, *, by: Any, at: datetime
) -> Refusal | None:
    passport = application.project.passport
    try:
        return answers.save_answer(passport, key=key, text=text, seen=seen, by=by, at=at).clash
    except Refusal as refusal:
        return refusal


@action("contests.take_held")
def take_held(
    application: Application,
    *,
    held: HeldForm,
    texts: Mapping[str, tuple[str, int]],
    aside: Mapping[str, str] | None = None,
    by: Any,
    at: datetime,
) -> list[Refusal]:
    """Save what came after its session had ended as `answer_section` does, and let go of the held form."""
    refusals = answer_section(application, texts=texts, aside=aside, by=by, at=at)
    let_go(held)
    return refusals


@action("contests.put_held_away")
def put_held_away(
    application: Application, *, held: HeldForm, texts: Mapping[str, str], by: Any, at: datetime
) -> None:
    """Put what came after its session had ended into the history only, and let go of the held form."""
    answers.set_aside_answers(application.project.passport, texts=texts, by=by, at=at)
    let_go(held)


@action("contests.set_aside")
def set_aside(application: Application, *, texts: Mapping[str, str], by: Any, at: datetime) -> list[str]:
    """Keep in the history the texts that came when the application could not be changed; return their keys."""
    return answers.set_aside_answers(application.project.passport, texts=texts, by=by, at=at)


@action("contests.restore_answer")
def restore_answer(
    application: Application, *, revision: AnswerRevision, seen: int, by: Any, at: datetime
) -> Outcome:
    """Bring a text of the history back into its field while the application may be changed."""
    queries.refuse_closed(application, at)
    return answers.restore_answer(application.project.passport, revision=revision, seen=seen, by=by, at=at)


@action("contests.change_stages")
def change_stages(application: Application, *, count: int, by: Any, at: datetime) -> None:
    """Give the application's passport another number of stages."""
    queries.refuse_closed(application, at)
    passports.set_stage_count(application.project.passport, count, by=by, at=at)
