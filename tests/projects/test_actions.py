"""Filling a passport: versions, clashes, stages, freezing."""

from datetime import datetime

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.projects import queries
from innoset.projects.actions import answers, passports
from innoset.projects.models import Answer, Passport
from innoset.projects.pure.forms import digest
from tests import world

pytestmark = pytest.mark.django_db


@pytest.fixture
def passport() -> Passport:
    """A passport of a school in which nothing is written."""
    return world.project(world.organisation()).passport


def test_started_project_has_an_empty_passport_of_the_form(at: datetime) -> None:
    school = world.organisation()
    editor = world.member(school)
    project = passports.start_project(school, title="", form_code="passport", by=editor, at=at)
    passport = project.passport
    assert (passport.form_code, passport.form_version, passport.stages) == ("passport", "1", 3)
    assert queries.values_of(passport) == {}
    assert (project.organisation, project.created_by, project.created_at) == (school, editor, at)


def test_started_project_may_have_a_title(at: datetime) -> None:
    school = world.organisation()
    editor = world.member(school)
    project = passports.start_project(school, title="Школа друзей", form_code="passport", by=editor, at=at)
    assert queries.values_of(project.passport) == {"1": "Школа друзей"}


def test_form_without_a_title_lends_its_own(at: datetime) -> None:
    school = world.organisation()
    editor = world.member(school)
    project = passports.start_project(school, title="", form_code="kip_report", by=editor, at=at)
    assert (project.title, queries.values_of(project.passport)) == (
        "Отчёт краевой инновационной площадки",
        {},
    )


def test_outsider_starts_nothing(at: datetime) -> None:
    with pytest.raises(PermissionDenied):
        passports.start_project(
            world.organisation(), title="", form_code="passport", by=world.person(), at=at
        )


def test_every_saving_makes_the_next_version(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    versions = [
        answers.save_answer(passport, key="6", text=text, by=editor, at=at).version
        for text in ("Идея", "Идея и план", "Идея и план")
    ]
    assert versions == [1, 2, 2]
    kept = Answer.objects.get(passport=passport, key="6")
    assert (kept.text, kept.saved_by, kept.saved_at) == ("Идея и план", editor, at)


def test_text_is_cleaned_as_it_is_kept(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    answers.save_answer(passport, key="6", text=" строка \r\nвторая\x00 ", by=editor, at=at)
    assert queries.values_of(passport) == {"6": "строка\nвторая"}


def test_title_follows_the_first_field(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    answers.save_answer(passport, key="1", text="Школа\n наставников", by=editor, at=at)
    passport.project.refresh_from_db()
    assert passport.project.title == "Школа наставников"


def test_title_that_was_sent_changes_only_with_the_next_sending(passport: Passport, at: datetime) -> None:
    editor, titles = passport.project.created_by, []
    for text in ("Первое название", "Второе название"):
        answers.save_answer(passport, key="1", text=text, by=editor, at=at)
        passport.project.refresh_from_db()
        titles.append(passport.project.title)
        passports.freeze(passport, by=editor, at=at)
        passport.project.refresh_from_db()
        titles.append(passport.project.title)
    assert titles == ["Первое название", "Первое название", "Первое название", "Второе название"]


def test_two_people_in_two_fields_never_clash(passport: Passport, at: datetime) -> None:
    first, second = passport.project.created_by, world.member(passport.project.organisation)
    answers.save_answer(passport, key="6", text="Идея", seen=0, by=first, at=at)
    answers.save_answer(passport, key="7", text="Закон", seen=0, by=second, at=at)
    assert queries.values_of(passport) == {"6": "Идея", "7": "Закон"}


def test_clash_in_one_field_gives_both_texts_and_overwrites_nothing(passport: Passport, at: datetime) -> None:
    first = passport.project.created_by
    second = world.member(passport.project.organisation, name="Орлова Анна Ильинична")
    answers.save_answer(passport, key="6", text="Её текст", seen=0, by=second, at=at)
    clash = answers.save_answer(passport, key="6", text="Мой текст", seen=0, by=first, at=at).clash
    assert clash is not None
    assert (clash.answer.text, clash.answer.version, clash.mine, clash.field) == (
        "Её текст", 1, "Мой текст", "6",
    )  # fmt: skip
    assert clash.text == ("Поле 6 изменила Орлова А. И. в 12:00. Сравните тексты и выберите, какой оставить.")
    assert queries.values_of(passport) == {"6": "Её текст"}
    assert list(passport.revisions.values_list("text", "origin", "version", "saved_by")) == [
        ("Мой текст", "clashed", None, first.pk),
        ("Её текст", "typed", 1, second.pk),
    ]


def test_same_text_sent_again_with_an_old_version_is_no_clash(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    for _ in range(2):
        answer = answers.save_answer(passport, key="6", text="Идея", seen=0, by=editor, at=at)
    assert answer.version == 1


def test_text_of_a_machine_is_refused_with_the_cure(passport: Passport, at: datetime) -> None:
    with pytest.raises(Refusal) as caught:
        answers.save_answer(passport, key="6", text="а" * 200_001, by=passport.project.created_by, at=at)
    assert (caught.value.field, caught.value.text) == (
        "6",
        (
            "Поле 6 «Основная идея» не сохранено: текст длиннее 200 000 знаков. "
            "Сократите его или приложите файлом."
        ),
    )


@pytest.mark.parametrize("key", ["99", "11.4", "11.4.1", ""])
def test_unknown_field_is_refused(passport: Passport, at: datetime, key: str) -> None:
    with pytest.raises(Refusal, match="Такого поля в форме нет"):
        answers.save_answer(passport, key=key, text="текст", by=passport.project.created_by, at=at)


def test_outsider_writes_nothing(passport: Passport, at: datetime) -> None:
    with pytest.raises(PermissionDenied):
        answers.save_answer(passport, key="6", text="чужое", by=world.member(world.organisation()), at=at)
    assert queries.values_of(passport) == {}


def test_log_tells_what_was_written_without_the_text(passport: Passport, at: datetime) -> None:
    answers.save_answer(passport, key="6", text="Идея", by=passport.project.created_by, at=at)
    entry = Entry.objects.get(deed="projects.save_answer")
    assert entry.changes == {"key": "6", "version": 1, "length": 4}


def test_removed_stage_waits_with_its_texts(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    passports.set_stage_count(passport, 4, by=editor, at=at)
    answers.save_answer(passport, key="11.4", text="Четвёртый", by=editor, at=at)
    passports.set_stage_count(passport, 3, by=editor, at=at)
    assert queries.values_of(passport) == {}
    passports.set_stage_count(passport, 4, by=editor, at=at)
    assert queries.values_of(passport) == {"11.4": "Четвёртый"}


@pytest.mark.parametrize("count", [0, 11])
def test_stages_are_one_to_ten(passport: Passport, at: datetime, count: int) -> None:
    with pytest.raises(Refusal, match="Этапов может быть от 1 до 10"):
        passports.set_stage_count(passport, count, by=passport.project.created_by, at=at)


def test_form_without_stages_has_none(at: datetime) -> None:
    school = world.organisation()
    editor = world.member(school)
    project = passports.start_project(school, title="", form_code="kip_report", by=editor, at=at)
    with pytest.raises(Refusal, match="нет этапов"):
        passports.set_stage_count(project.passport, 2, by=editor, at=at)


def test_frozen_version_keeps_what_was_written(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    answers.save_answer(passport, key="6", text="Идея", by=editor, at=at)
    version = passports.freeze(passport, by=editor, at=at)
    assert (version.number, version.values, version.stages) == (1, {"6": "Идея"}, 3)
    assert version.sha256 == digest("passport", "1", {"6": "Идея"})


def test_unchanged_content_freezes_into_the_same_version(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    answers.save_answer(passport, key="6", text="Идея", by=editor, at=at)
    first = passports.freeze(passport, by=editor, at=at)
    assert passports.freeze(passport, by=editor, at=at) == first
    answers.save_answer(passport, key="6", text="Другая", by=editor, at=at)
    assert passports.freeze(passport, by=editor, at=at).number == 2


def test_return_to_a_version_restores_texts_and_stages(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    answers.save_answer(passport, key="6", text="Идея", by=editor, at=at)
    sent = passports.freeze(passport, by=editor, at=at)
    answers.save_answer(passport, key="6", text="Правка", by=editor, at=at)
    answers.save_answer(passport, key="7", text="Закон", by=editor, at=at)
    passports.set_stage_count(passport, 2, by=editor, at=at)
    passports.return_to(passport, version=sent, by=editor, at=at)
    assert (queries.values_of(passport), passport.stages) == ({"6": "Идея"}, 3)
    entry = Entry.objects.get(deed="projects.return_to")
    assert entry.changes == {"version": 1, "changed": ["6", "7"]}
    history = passport.revisions.order_by("id").values_list("key", "text", "origin", "version")
    assert list(history) == [
        ("6", "Идея", "typed", 1),
        ("6", "Правка", "typed", 2),
        ("7", "Закон", "typed", 1),
        ("6", "Идея", "returned", 3),
        ("7", "", "returned", 2),
    ]


def test_version_of_another_passport_is_refused(passport: Passport, at: datetime) -> None:
    other = world.project(world.organisation()).passport
    foreign = passports.freeze(other, by=other.project.created_by, at=at)
    with pytest.raises(Refusal, match="другому паспорту"):
        passports.return_to(passport, version=foreign, by=passport.project.created_by, at=at)


def test_people_of_a_version_are_its_authors(passport: Passport, at: datetime) -> None:
    editor = passport.project.created_by
    text = "Соколова Вера Петровна, заместитель директора\nОрлов П. И., учитель"
    answers.save_answer(passport, key="2", text=text, by=editor, at=at)
    answers.save_answer(passport, key="3", text="Белов Иван Ильич, профессор", by=editor, at=at)
    version = passports.freeze(passport, by=editor, at=at)
    assert queries.people_of(version) == ("Соколова Вера Петровна", "Орлов П. И.")
    assert queries.people_of(None) == ()


def test_projects_of_others_are_not_seen(passport: Passport) -> None:
    editor, stranger = passport.project.created_by, world.member(world.organisation())
    assert list(queries.projects_visible_to(editor)) == [passport.project]
    assert list(queries.projects_visible_to(stranger)) == []
