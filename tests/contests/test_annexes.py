"""What a blind round is shown of attached files: their covered words, never the files."""

from typing import Any

import pytest

from innoset.contests import jobs
from innoset.contests.actions import expertise
from innoset.contests.models import Application, Contest
from innoset.contests.pure.annexes import BROKEN
from innoset.contests.pure.blinding import UNREAD
from innoset.contests.states import ApplicationState
from innoset.foundation.files.actions import keep
from innoset.review.models import Dossier
from tests import world
from tests.contests.expertise_scene import EARLY
from tests.pure.contests.test_annexes import WORD, word

pytestmark = pytest.mark.django_db


def with_files(contest: Contest, *files: tuple[bytes, str]) -> Application:
    application = world.application(contest, state=ApplicationState.ADMITTED)
    for number, (data, media_type) in enumerate(files):
        file = keep(data, name=f"Птицелов-{number}.docx", media_type=media_type, at=world.AT)
        application.attachments.create(
            file=file, title="Приказ", added_at=world.AT, added_by=application.created_by
        )
    return application


def dossier_of(contest: Contest) -> Dossier:
    here = expertise.start_expertise(contest, reason=EARLY, by=contest.created_by, at=world.AT)
    return here.dossiers.get()


def annexes_in(dossier: Dossier) -> list[tuple[str, str]]:
    return [(row["label"], row["text"]) for row in dossier.content if row["key"].startswith("annex")]


def test_covered_words_stand_in_place_of_the_files() -> None:
    contest = world.contest(is_blind=True)
    given = with_files(contest, (b"PK\x03\x04", WORD[0]), (word("Проект ведёт Птицелов П. И."), WORD[0]))
    given.organisation.head_name = "Птицелов Пётр Ильич"
    given.organisation.save()
    assert (jobs.read_attachments.func(), jobs.read_attachments.func()) == (2, 0)
    made = dossier_of(contest)
    assert annexes_in(made) == [
        ("Приложение 1", BROKEN),
        ("Приложение 2", "Проект ведёт [имя]\nЭтап Итог"),
    ]
    assert list(made.files.all()) == []


def test_a_file_that_was_not_read_in_time_says_so() -> None:
    contest = world.contest(is_blind=True)
    with_files(contest, (word("Проект"), WORD[0]))
    assert annexes_in(dossier_of(contest)) == [("Приложение 1", UNREAD)]


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"is_blind": False, "defence_is_blind": False}, 1),
        ({"is_blind": False, "defence_is_blind": True}, 0),
        ({"is_blind": False, "defence_is_blind": True, "has_defence": False}, 1),
    ],
    ids=["open", "blind at the defence", "no defence"],
)
def test_files_themselves_go_only_where_no_stage_hides_the_author(fields: dict[str, Any], shown: int) -> None:
    contest = world.contest(defence_rubric=world.rubric("Защита", weights=(1,)), **fields)
    with_files(contest, (word("Проект"), WORD[0]))
    assert dossier_of(contest).files.count() == shown


def test_each_stage_is_blind_by_its_own_rule() -> None:
    contest = world.contest(is_blind=False, defence_is_blind=True, experts_are_named=True)
    with_files(contest)
    here = expertise.start_expertise(contest, reason=EARLY, by=contest.created_by, at=world.AT)
    assert (here.is_blind, here.experts_are_named) == (False, True)
