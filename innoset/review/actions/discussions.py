"""Deeds of a discussion: opening, speaking, changing a mark with a reason, closing."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.urls import reverse

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice
from innoset.review import notices
from innoset.review.actions.marks import GONE, Because, Given, put
from innoset.review.actions.sheets import require_full
from innoset.review.models import Discussion, DiscussionPost, Dossier, Round, ScoreSheet
from innoset.review.pure import scoring
from innoset.review.pure.scoring import NOTHING, Mark
from innoset.review.queries.discussions import Topic, discussion_of, finished_sheets, topics_of
from innoset.review.queries.rounds import organisers_of
from innoset.review.queries.sheets import marks_of, rubric_of, rules_for
from innoset.review.states import RoundState

TEXT, REASON = 5000, 500


@action("review.open_discussion")
def open_discussion(review_round: Round, *, dossier: Dossier, by: Any, at: datetime) -> Discussion:
    """Let the experts of a dossier see one another's marks and speak, once all its sheets are finished."""
    _require_going_on(review_round)
    _require_ready(next((one for one in topics_of(review_round) if one.dossier.pk == dossier.pk), None))
    talk = Discussion.objects.create(round=review_round, dossier=dossier, opened_at=at, opened_by=by)
    ledger.note(dossier=dossier.code)
    _tell(notices.DISCUSSION_OPENED, talk, experts_of(talk), at=at, about=f"discussion:{talk.pk}:opened")
    return talk


def _require_ready(topic: Topic | None) -> None:
    if topic is None:
        raise Refusal("Этого дела в туре нет. Обновите страницу.")
    if topic.talk is not None:
        raise Refusal(f"Обсуждение дела {topic.dossier.code} уже было открыто.")
    if not topic.may_open:
        raise Refusal(
            f"Обсуждать дело {topic.dossier.code} рано: завершено листов {topic.done} из {topic.due}. "
            "Нужны все листы и не меньше двух."
        )


def _require_going_on(review_round: Round) -> None:
    if review_round.state != RoundState.OPEN:
        raise Refusal("Тур сейчас закрыт: обсуждать и менять баллы нельзя. Спросите организатора.")


@action("review.post_remark")
def post_remark(talk: Discussion, *, text: str, by: Any, at: datetime) -> DiscussionPost:
    """Say something to the other experts of the dossier; they learn of it once a day at most."""
    _require_open(talk)
    made = DiscussionPost.objects.create(
        discussion=talk,
        author=by,
        text=_said(text, TEXT, "text", "Напишите, что вы хотите сказать."),
        posted_at=at,
    )
    others = [one for one in experts_of(talk) if one.pk != by.pk]
    _tell(notices.REMARK_POSTED, talk, others, at=at, about=f"discussion:{talk.pk}:{at:%Y-%m-%d}")
    return made


def _require_open(talk: Discussion) -> None:
    _require_going_on(talk.round)
    if talk.closed_at is not None:
        raise Refusal("Обсуждение закончено: добавить к нему ничего нельзя.")


def _said(text: str, most: int, field: str, wanted: str) -> str:
    text = text.strip()
    if not text:
        raise Refusal(wanted, field=field)
    if len(text) > most:
        raise Refusal(f"Сократите текст до {most} знаков: сейчас их {len(text)}.", field=field)
    return text


@action("review.revise_marks")
def revise_marks(sheet: ScoreSheet, *, marks: Mapping[int, Mark], reason: str, by: Any, at: datetime) -> int:
    """Change marks of a finished sheet in a discussion; each leaves what was, what is and why."""
    talk = discussion_of(sheet.assignment)
    if talk is None:
        raise Refusal("Обсуждения этого дела нет. Чтобы изменить балл, откройте лист снова.")
    _require_open(talk)
    before, changed = marks_of(sheet), 0
    because = Because(_said(reason, REASON, "reason", "Напишите, почему вы меняете балл."), talk)
    criteria = {one.pk: one for one in rubric_of(talk.round, talk.dossier).criteria.all()}
    for key, mark in marks.items():
        if key not in criteria:
            raise Refusal(GONE)
        if mark.is_answered and mark.shown != before.get(key, NOTHING).shown:
            put(sheet, criteria[key], _given(mark), because=because, at=at)
            changed += 1
    if not changed:
        raise Refusal("Ни один балл не изменён. Выберите другой балл хотя бы по одному критерию.")
    _recount(sheet)
    ledger.note(changed=changed, reason=because.reason, total=str(sheet.total))
    return changed


def _given(mark: Mark) -> Given:
    return Given(mark.value, mark.comment or None, mark.is_not_applicable)


def _recount(sheet: ScoreSheet) -> None:
    rules, marks = rules_for(sheet), marks_of(ScoreSheet.objects.get(pk=sheet.pk))
    require_full(rules, marks)
    sheet.total = scoring.total(rules, marks)
    sheet.save(update_fields=["total"])


@action("review.close_discussion")
def close_discussion(talk: Discussion, *, summary: str, by: Any, at: datetime) -> None:
    """End the talk with what it came to; from now on no mark of the dossier changes."""
    _require_open(talk)
    talk.summary = _said(summary, TEXT, "summary", "Напишите, к чему пришли эксперты.")
    talk.closed_at = at
    talk.save(update_fields=["summary", "closed_at"])
    ledger.note(dossier=talk.dossier.code)
    told = [*experts_of(talk), *(one for one in organisers_of(talk.round) if one.pk != by.pk)]
    _tell(notices.DISCUSSION_CLOSED, talk, told, at=at, about=f"discussion:{talk.pk}:closed")


def experts_of(talk: Discussion) -> list[User]:
    """Return the experts who take part."""
    return [sheet.assignment.expert for sheet in finished_sheets(talk.round, talk.dossier)]


def _tell(notice: Notice, talk: Discussion, to: Collection[User], *, at: datetime, about: str) -> None:
    announce(
        notice,
        to=list(to),
        at=at,
        about=about,
        url=reverse("desk:discussion", args=[talk.round.kind, talk.dossier.code]),
        facts={"code": talk.dossier.code, "round": talk.round.title},
    )
