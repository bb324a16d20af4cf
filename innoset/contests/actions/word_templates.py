"""The contest's own Word form: taken, checked by filling and reading it back, put away."""

from datetime import datetime
from typing import Any

from innoset.contests.models import Contest
from innoset.contests.states import ContestState
from innoset.foundation import sandbox
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files.kinds import DOCX

# By name: the libraries behind it are only needed in the process apart.
CHECK = "innoset.projects.pure.template_apart:check_apart"


def set_word_template(contest: Contest, *, data: bytes, name: str, by: Any, at: datetime) -> None:
    """Take a template that was edited in Word, if every field of the form reads back from it.

    The check takes most of a second, so it ends before the deed takes its lock.
    """
    faults = sandbox.run(CHECK, data, contest.form_code)
    if faults:
        raise Refusal(" ".join(faults), field="file")
    keep_word_template(contest, data=data, name=name, by=by, at=at)


@action("contests.set_word_template")
def keep_word_template(contest: Contest, *, data: bytes, name: str, by: Any, at: datetime) -> None:
    """Make a checked file the Word form of the contest."""
    _refuse_over(contest)
    contest.word_template = files.keep(data, name=name, media_type=DOCX, at=at, by=by)
    contest.save(update_fields=["word_template"])
    ledger.note(file=contest.word_template.name, sha256=contest.word_template.sha256)


@action("contests.drop_word_template")
def drop_word_template(contest: Contest, *, by: Any, at: datetime) -> None:
    """Return to the official form of the product."""
    _refuse_over(contest)
    ledger.note(file=contest.word_template.name if contest.word_template else "")
    contest.word_template = None
    contest.save(update_fields=["word_template"])


def _refuse_over(contest: Contest) -> None:
    if contest.state in (ContestState.FINISHED, ContestState.CANCELLED):
        raise Refusal("Конкурс завершён или отменён: его форму уже не меняют.")
