"""The history of fields: what is kept, what comes back, what goes after a month, who writes where."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.projects import queries
from innoset.projects.actions import answers, presence, revisions
from innoset.projects.models import Answer, AnswerRevision, Editing, Passport
from innoset.projects.pure.forms import clean
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def passport() -> Passport:
    """A passport of a school in which nothing is written."""
    return world.project(world.organisation()).passport


def save(passport: Passport, text: str, at: datetime, key: str = "6", **more: Any) -> answers.Outcome:
    """Save a text as the person who began the project."""
    by = more.pop("by", passport.project.created_by)
    return answers.save_answer(passport, key=key, text=text, by=by, at=at, **more)


def story(passport: Passport) -> list[tuple[str, str, str, int | None]]:
    """Return the whole history, the oldest first."""
    return list(passport.revisions.order_by("id").values_list("key", "text", "origin", "version"))


# ── What is kept ────────────────────────────────────────────────────────────


def test_every_saved_text_is_kept(passport: Passport, at: datetime) -> None:
    for minute, text in enumerate(("Идея", "Идея и план", "Идея и план", "")):
        save(passport, text, at + timedelta(minutes=minute))
    assert story(passport) == [
        ("6", "Идея", "typed", 1),
        ("6", "Идея и план", "typed", 2),
        ("6", "", "typed", 3),
    ]
    last = passport.revisions.first()
    assert last is not None
    assert (last.saved_by, last.saved_at) == (passport.project.created_by, at + timedelta(minutes=3))


def test_text_older_than_the_history_is_kept_when_it_goes(passport: Passport, at: datetime) -> None:
    before = at - timedelta(days=50)
    Answer.objects.create(passport=passport, key="6", text="Старое", version=4, saved_at=before)
    save(passport, "Новое", at, seen=4)
    assert story(passport) == [("6", "Старое", "typed", 4), ("6", "Новое", "typed", 5)]


def test_same_parcel_is_saved_once_whatever_happened_since(passport: Passport, at: datetime) -> None:
    first = save(passport, "Идея", at, seen=0, replay="a1")
    save(passport, "Идея и план", at + timedelta(minutes=1), seen=1, replay="a2")
    again = save(passport, "Идея", at + timedelta(minutes=2), seen=0, replay="a1")
    assert again == first == answers.Outcome(1, "Идея", at)
    assert queries.values_of(passport) == {"6": "Идея и план"}
    assert len(story(passport)) == 2


def test_same_parcel_clashes_once_and_says_the_same(passport: Passport, at: datetime) -> None:
    colleague = world.member(passport.project.organisation, name="Ремель Ольга Львовна")
    save(passport, "Её текст", at, seen=0, by=colleague)
    told = [save(passport, "Мой текст", at, seen=0, replay="b1") for _ in range(3)]
    assert [one.clash.said for one in told if one.clash] == ["Поле 6 изменила Ремель О. Л. в 12:00."] * 3
    assert story(passport) == [("6", "Её текст", "typed", 1), ("6", "Мой текст", "clashed", None)]


def test_clashed_parcel_stays_clashed_after_the_choice(passport: Passport, at: datetime) -> None:
    colleague = world.member(passport.project.organisation)
    save(passport, "Её текст", at, seen=0, by=colleague)
    save(passport, "Мой текст", at, seen=0, replay="b1")
    save(passport, "Оба", at, seen=1, replay="b2")
    assert save(passport, "Мой текст", at, seen=2, replay="b1").clash is not None
    assert queries.values_of(passport) == {"6": "Оба"}


def test_same_key_with_another_text_is_another_parcel(passport: Passport, at: datetime) -> None:
    save(passport, "Идея", at, seen=0, replay="a1")
    assert save(passport, "Другая", at, seen=1, replay="a1").version == 2
    assert save(passport, "Закон", at, key="7", seen=0, replay="a1").version == 1


def test_same_late_text_without_a_key_is_kept_once(passport: Passport, at: datetime) -> None:
    save(passport, "Её текст", at, seen=0, by=world.member(passport.project.organisation))
    for _ in range(3):
        assert save(passport, "Мой текст", at, seen=0).clash is not None
    assert len(story(passport)) == 2


def test_text_that_was_the_answer_on_the_page_never_clashes(passport: Passport, at: datetime) -> None:
    save(passport, "Мой текст", at, seen=0)
    save(passport, "Её текст", at, seen=1, by=world.member(passport.project.organisation))
    told = [save(passport, "Мой текст", at, seen=seen) for seen in (0, 1)]
    assert told == [answers.Outcome(1, "Мой текст", at)] * 2
    assert queries.values_of(passport) == {"6": "Её текст"}


def test_clash_with_oneself_says_so(passport: Passport, at: datetime) -> None:
    save(passport, "В одном окне", at, seen=0)
    clash = save(passport, "В другом окне", at, seen=0).clash
    assert clash is not None
    assert clash.said == "Поле 6 вы изменили в другом окне в 12:00."


def test_clash_without_a_known_author_is_told_plainly(passport: Passport, at: datetime) -> None:
    Answer.objects.create(passport=passport, key="6", text="Чей-то", saved_at=at)
    clash = save(passport, "Мой", at, seen=0).clash
    assert clash is not None
    assert clash.said == "Поле 6 изменил другой человек в 12:00."


def test_late_texts_are_set_aside_once_and_only_where_they_differ(passport: Passport, at: datetime) -> None:
    save(passport, "Идея", at)
    texts = {
        "6": "Идея",
        "7": "Закон ",
        "99": "нет поля",
        "4": "",
        "11.9.2": "убранный этап",
        "5": "а" * 200_001,
    }
    for _ in range(2):
        kept = answers.set_aside_answers(passport, texts=texts, by=passport.project.created_by, at=at)
    assert kept == ["11.9.2", "7"]
    assert story(passport) == [
        ("6", "Идея", "typed", 1),
        ("7", "Закон", "set_aside", None),
        ("11.9.2", "убранный этап", "set_aside", None),
    ]
    assert queries.values_of(passport) == {"6": "Идея"}
    with pytest.raises(PermissionDenied):
        answers.set_aside_answers(passport, texts=texts, by=world.person(), at=at)


# ── What comes back ─────────────────────────────────────────────────────────


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(max_size=200).map(clean).filter(bool))
def test_restored_text_is_the_same_to_the_byte(passport: Passport, at: datetime, text: str) -> None:
    AnswerRevision.objects.filter(passport=passport).delete()
    Answer.objects.filter(passport=passport).delete()
    save(passport, text, at)
    kept = passport.revisions.get()
    save(passport, "вместо него", at)
    seen = Answer.objects.get(passport=passport).version
    answers.restore_answer(passport, revision=kept, seen=seen, by=passport.project.created_by, at=at)
    assert Answer.objects.get(passport=passport).text.encode() == kept.text.encode()


def test_restoring_is_undone_by_restoring(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    save(passport, "Первый", at)
    save(passport, "Второй", at)
    second, first = passport.revisions.all()
    made = answers.restore_answer(passport, revision=first, seen=2, by=editor, at=at)
    assert made == answers.Outcome(3, "Первый", at)
    answers.restore_answer(passport, revision=second, seen=3, by=editor, at=at)
    assert queries.values_of(passport) == {"6": "Второй"}
    assert [origin for _, _, origin, _ in story(passport)] == ["typed", "typed", "restored", "restored"]
    entry = Entry.objects.filter(deed="projects.restore_answer").first()
    assert entry is not None
    assert entry.changes == {"key": "6", "version": 4, "revision": second.pk}


def test_text_that_stands_there_is_restored_without_a_trace(passport: Passport, at: datetime) -> None:
    save(passport, "Идея", at)
    only = passport.revisions.get()
    made = answers.restore_answer(passport, revision=only, seen=0, by=passport.project.created_by, at=at)
    assert (made.version, len(story(passport))) == (1, 1)


def test_restoring_over_a_new_text_is_refused(passport: Passport, at: datetime) -> None:
    colleague = world.member(passport.project.organisation, name="Ремель Ольга Львовна")
    save(passport, "Первый", at)
    first = passport.revisions.get()
    save(passport, "Второй", at)
    save(passport, "Её", at, by=colleague)
    with pytest.raises(Refusal) as caught:
        answers.restore_answer(passport, revision=first, seen=2, by=passport.project.created_by, at=at)
    assert (caught.value.text, caught.value.field) == (
        "Поле 6 изменила Ремель О. Л. в 12:00. Посмотрите новый текст и решите ещё раз.",
        "6",
    )
    assert queries.values_of(passport) == {"6": "Её"}


def test_text_of_another_passport_and_by_a_stranger_is_not_restored(passport: Passport, at: datetime) -> None:
    save(passport, "Идея", at)
    only, other = passport.revisions.get(), world.project(world.organisation()).passport
    with pytest.raises(Refusal, match="другому паспорту"):
        answers.restore_answer(other, revision=only, seen=0, by=other.project.created_by, at=at)
    with pytest.raises(PermissionDenied):
        answers.restore_answer(passport, revision=only, seen=1, by=other.project.created_by, at=at)


# ── What is shown ───────────────────────────────────────────────────────────


def shown(passport: Passport, key: str = "", *, every: bool = False) -> list[tuple[str, str | None]]:
    """Return the texts of the history with the one before each."""
    return [(one.text, one.before) for one in queries.history_of(passport, key, every=every)]


def test_of_a_sitting_the_last_text_is_shown(passport: Passport, at: datetime) -> None:
    colleague = world.member(passport.project.organisation)
    for seconds, text in enumerate(("И", "Ид", "Иде", "Идея")):
        save(passport, text, at + timedelta(seconds=seconds))
    save(passport, "Её идея", at + timedelta(minutes=1), by=colleague)
    save(passport, "Вечером", at + timedelta(hours=8), by=colleague)
    save(passport, "Закон", at + timedelta(hours=9), key="7")
    assert shown(passport, "6") == [("Вечером", "Её идея"), ("Её идея", "Идея"), ("Идея", None)]
    assert [text for text, _ in shown(passport)] == ["Закон", "Вечером", "Её идея", "Идея"]
    every = ["Вечером", "Её идея", "Идея", "Иде", "Ид", "И"]
    assert shown(passport, "6", every=True) == list(zip(every, [*every[1:], None], strict=True))


def test_texts_set_aside_are_always_shown_and_part_nothing(passport: Passport, at: datetime) -> None:
    save(passport, "Первый", at)
    save(passport, "Опоздал", at, seen=0, by=world.member(passport.project.organisation))
    save(passport, "Второй", at + timedelta(minutes=1))
    assert shown(passport) == [("Второй", None), ("Опоздал", None)]


# ── What goes ───────────────────────────────────────────────────────────────


def test_after_a_month_all_goes_but_what_the_fields_say(passport: Passport, at: datetime) -> None:
    colleague = world.member(passport.project.organisation)
    save(passport, "Старый", at - timedelta(days=40))
    save(passport, "Месяц назад", at - timedelta(days=31))
    save(passport, "Опоздал", at - timedelta(days=31), seen=0, by=colleague)
    save(passport, "Закон", at - timedelta(days=90), key="7")
    save(passport, "Свежий", at - timedelta(days=29))
    presence.tell_where(passport, key="6", by=colleague, at=at - timedelta(days=31))
    assert revisions.forget_old(before=at - revisions.KEPT) == 3
    assert story(passport) == [("7", "Закон", "typed", 1), ("6", "Свежий", "typed", 3)]
    assert Editing.objects.count() == 0
    assert revisions.forget_old(before=at - revisions.KEPT) == 0


# ── Who writes where ────────────────────────────────────────────────────────


def test_those_who_write_now_are_told_to_others(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    colleague = world.member(passport.project.organisation, name="Ремель Ольга Львовна")
    gone = world.member(passport.project.organisation, name="Орлова Анна Ильинична")
    presence.tell_where(passport, key="4", by=gone, at=at - timedelta(seconds=61))
    presence.tell_where(passport, key="6", by=colleague, at=at - timedelta(seconds=59))
    presence.tell_where(passport, key="8", by=colleague, at=at - timedelta(seconds=30))
    presence.tell_where(passport, key="7", by=editor, at=at)

    def others(person: Any) -> list[tuple[str, str]]:
        return [(one.person.short_name, one.key) for one in queries.editors_of(passport, but=person, at=at)]

    assert others(editor) == [("Ремель О. Л.", "8")]
    assert others(colleague) == [("Соколова В. П.", "7")]
    presence.tell_where(passport, key="", by=colleague, at=at)
    assert others(editor) == []


def test_a_stranger_is_nowhere(passport: Passport, at: datetime) -> None:
    with pytest.raises(PermissionDenied):
        presence.tell_where(passport, key="6", by=world.member(world.organisation()), at=at)
    assert Editing.objects.count() == 0


def test_reading_takes_the_same_queries_for_one_and_for_many(passport: Passport, at: datetime) -> None:
    def reads() -> int:
        with CaptureQueriesContext(connection) as caught:
            [one.person.short_name for one in queries.editors_of(passport, but=None, at=at)]
            [one.saved_by and one.saved_by.short_name for one in queries.history_of(passport)]
        return len(caught)

    for count in (1, 3):
        for _ in range(count):
            person = world.member(passport.project.organisation)
            presence.tell_where(passport, key="6", by=person, at=at)
            save(passport, f"Текст {person.pk}", at, by=person)
        assert reads() == 2
