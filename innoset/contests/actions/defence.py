"""Deeds of the day of the defence that the teams have to learn of."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from innoset.contests.models import Application, Contest
from innoset.contests.notices import defence as notices
from innoset.contests.queries.applications import team_of
from innoset.contests.queries.expertise import defended_in
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice
from innoset.foundation.russian import moment_in_words
from innoset.review import actions as review
from innoset.review.models import DefenceSlot, Round


@action("contests.shift_defence")
def shift_defence(contest: Contest, *, minutes: int, by: Any, at: datetime) -> Sequence[DefenceSlot]:
    """Move everybody who has not spoken yet, and write to each team: what it was, what it is."""
    before = dict(_round(contest).slots.values_list("pk", "starts_at"))
    moved = review.shift_slots(_round(contest), minutes=minutes, by=by, at=at)
    applications = defended_in(contest)
    for slot in moved:
        if slot.dossier_id in applications:
            _tell(
                notices.MOVED,
                applications[slot.dossier_id],
                slot,
                at=at,
                before=moment_in_words(before[slot.pk]),
            )
    ledger.note(minutes=minutes, moved=len(moved))
    return moved


@action("contests.postpone_speaker")
def postpone_speaker(contest: Contest, *, version: int, by: Any, at: datetime) -> DefenceSlot:
    """Put the speaker who was called and is not here at the end of the day, and write to the team."""
    slot = review.miss_speaker(_round(contest), version=version, by=by, at=at)
    application = defended_in(contest).get(slot.dossier_id)
    if application is not None:
        _tell(notices.POSTPONED, application, slot, at=at)
    ledger.note(slot=slot.dossier.code)
    return slot


def _round(contest: Contest) -> Round:
    if contest.defence_round is None:
        raise Refusal("Открытая защита этого конкурса ещё не началась.")
    return contest.defence_round


def _tell(notice: Notice, application: Application, slot: DefenceSlot, *, at: datetime, **facts: str) -> None:
    announce(
        notice,
        to=team_of(application),
        at=at,
        about=f"application:{application.pk}:{slot.starts_at:%Y%m%d%H%M}",
        url=f"/cabinet/applications/{application.number}/",
        facts={
            "number": application.shown_number,
            "when": moment_in_words(slot.starts_at),
            "room": slot.room or "прежнее",
            **facts,
        },
    )
