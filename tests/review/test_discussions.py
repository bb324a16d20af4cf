"""The talk about a dossier: when it opens, what it changes, what stays of it."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter, Message
from innoset.review import actions
from innoset.review.models import Discussion, DiscussionPost, ScoreChange, ScoreSheet
from innoset.review.pure.scoring import Mark
from innoset.review.queries.discussions import discussions_of, posts_of, topics_of, voices_of
from innoset.review.states import RoundState
from tests.review.scene import Scene, finished, opened, scene, seated

pytestmark = pytest.mark.django_db


def judged() -> Scene:
    """Make a round with a dossier judged by two experts."""
    here = scene(dossiers=1)
    finished(here, 4, 4, expert=0)
    finished(here, 1, 2, expert=1)
    return here


def talk_in(here: Scene, at: datetime) -> Discussion:
    return actions.open_discussion(here.round, dossier=here.dossiers[0], by=here.organiser, at=at)


def own(here: Scene, expert: int) -> ScoreSheet:
    return ScoreSheet.objects.get(assignment__expert=here.experts[expert])


def test_it_opens_only_when_every_sheet_is_finished(at: datetime) -> None:
    here = scene(dossiers=1)
    finished(here, 4, 4, expert=0)
    with pytest.raises(Refusal, match=r"завершено листов 1 из 1\. Нужны все листы и не меньше двух"):
        talk_in(here, at)
    sheet = opened(here, expert=1)
    with pytest.raises(Refusal, match="завершено листов 1 из 2"):
        talk_in(here, at)
    assert [(one.may_open, one.talk) for one in topics_of(here.round)] == [(False, None)]
    actions.save_sheet(
        sheet, marks={one.pk: Mark(3) for one in here.rubric.criteria.all()}, by=here.experts[1], at=at
    )
    actions.finish_sheet(sheet, by=here.experts[1], at=at)
    assert [one.may_open for one in topics_of(here.round)] == [True]
    talk = talk_in(here, at)
    assert set(Message.objects.filter(notice="review.discussion_opened").values_list("recipient", flat=True)) == {
        one.pk for one in here.experts
    }  # fmt: skip
    assert [list(discussions_of(one)) for one in here.experts] == [[talk], [talk]]
    with pytest.raises(Refusal, match="уже было открыто"):
        talk_in(here, at)


def test_only_the_organiser_opens_and_closes_and_only_experts_of_the_dossier_speak(at: datetime) -> None:
    here = judged()
    with pytest.raises(PermissionDenied):
        actions.open_discussion(here.round, dossier=here.dossiers[0], by=here.experts[0], at=at)
    talk = talk_in(here, at)
    stranger = seated(here.round, "Чужова Яна Ильинична")
    with pytest.raises(PermissionDenied):
        actions.post_remark(talk, text="Я тоже", by=stranger, at=at)
    with pytest.raises(PermissionDenied):
        actions.close_discussion(talk, summary="Всё", by=here.experts[0], at=at)
    with pytest.raises(PermissionDenied):
        actions.revise_marks(own(here, 0), marks={}, reason="Да", by=here.experts[1], at=at)


def test_remarks_stand_under_letters_and_the_others_learn_of_them(at: datetime) -> None:
    here = judged()
    talk = talk_in(here, at)
    for person, text in (
        (here.experts[0], " Хорошо "),
        (here.organiser, "Уточните"),
        (here.experts[1], "Слабо"),
    ):
        actions.post_remark(talk, text=text, by=person, at=at)
    voices = voices_of(talk)
    assert [(voice.letter, voice.person) for voice in voices] == [
        ("А", here.experts[0]),
        ("Б", here.experts[1]),
    ]
    assert [(who, post.text) for who, post in posts_of(talk, voices, here.experts[1])] == [
        ("Эксперт А", "Хорошо"),
        ("Организатор", "Уточните"),
        ("Вы", "Слабо"),
    ]
    # Each remark is a message in the cabinet, the first one of a day is a letter too.
    told = Message.objects.filter(notice="review.remark_posted").values_list("recipient", flat=True)
    assert sorted(told) == sorted(one.pk for one in here.experts * 2)
    letters = Letter.objects.filter(notice="review.remark_posted").values_list("address", flat=True)
    assert sorted(letters) == sorted(one.email for one in here.experts)
    for text, words in (
        ("  ", "Напишите, что вы хотите сказать"),
        ("а" * 5001, "до 5000 знаков: сейчас их 5001"),
    ):
        with pytest.raises(Refusal, match=words):
            actions.post_remark(talk, text=text, by=here.experts[0], at=at)
    assert DiscussionPost.objects.count() == 3


def test_a_changed_mark_leaves_what_was_what_is_and_why(at: datetime) -> None:
    here = judged()
    talk = talk_in(here, at)
    sheet, by, (one, two) = own(here, 1), here.experts[1], here.rubric.criteria.all()
    changed = actions.revise_marks(
        sheet, marks={one.pk: Mark(3), two.pk: Mark(2)}, reason=" Убедили ", by=by, at=at
    )
    change = ScoreChange.objects.get()
    assert (changed, change.before, change.after, change.reason, change.discussion, change.changed_at) == (
        1, "1", "3", "Убедили", talk, at,
    )  # fmt: skip
    sheet.refresh_from_db()
    assert (sheet.state, sheet.total, sheet.scores.get(criterion=one).comment) == (
        "finished", Decimal(13), "Пояснение.",
    )  # fmt: skip
    assert [topic.changes for topic in topics_of(here.round)] == [1]


@pytest.mark.parametrize(
    ("value", "reason", "words"),
    [
        (3, "  ", "Напишите, почему вы меняете балл"),
        (3, "а" * 501, "до 500 знаков"),
        (1, "Да", "Ни один балл не изменён"),
        (9, "Да", "нет такого балла"),
    ],
)
def test_a_change_without_a_reason_or_without_a_change_is_refused(
    at: datetime, value: int, reason: str, words: str
) -> None:
    here = judged()
    talk_in(here, at)
    one = here.rubric.criteria.get(number=1)
    with pytest.raises(Refusal, match=words):
        actions.revise_marks(
            own(here, 1), marks={one.pk: Mark(value)}, reason=reason, by=here.experts[1], at=at
        )
    assert not ScoreChange.objects.exists()


def test_who_has_seen_the_others_does_not_reopen_the_sheet(at: datetime) -> None:
    here = judged()
    one = here.rubric.criteria.get(number=1)
    change: dict[str, Any] = {"marks": {one.pk: Mark(3)}, "reason": "Да", "by": here.experts[0], "at": at}
    with pytest.raises(Refusal, match="Обсуждения этого дела нет"):
        actions.revise_marks(own(here, 0), **change)
    talk = talk_in(here, at)
    with pytest.raises(Refusal, match="Измените балл на странице обсуждения"):
        actions.reopen_sheet(own(here, 0), by=here.experts[0], at=at)
    actions.close_discussion(talk, summary="Сошлись на среднем.", by=here.organiser, at=at)
    for refused in (
        lambda: actions.reopen_sheet(own(here, 0), by=here.experts[0], at=at),
        lambda: actions.revise_marks(own(here, 0), **change),
        lambda: actions.post_remark(talk, text="Ещё", by=here.experts[0], at=at),
        lambda: actions.close_discussion(talk, summary="Ещё раз", by=here.organiser, at=at),
    ):
        with pytest.raises(Refusal, match=r"[Оо]бсуждение .*закончено"):
            refused()
    talk.refresh_from_db()
    assert (talk.summary, talk.closed_at) == ("Сошлись на среднем.", at)


def test_a_closed_round_discusses_nothing(at: datetime) -> None:
    here = judged()
    here.round.state = RoundState.CLOSED
    here.round.save()
    with pytest.raises(Refusal, match="Тур сейчас закрыт"):
        talk_in(here, at)
