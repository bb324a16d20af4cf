"""Who stands behind an application, as the search for conflicts is told."""

import pytest

from innoset.contests.actions import expertise as actions
from innoset.contests.models import Application
from innoset.contests.queries.interests import interests_of
from innoset.contests.states import ApplicationState
from innoset.network.states import Role
from innoset.review.models import Direction
from innoset.review.states import InterestPart
from tests import world

pytestmark = pytest.mark.django_db
P = InterestPart


def rows(application: Application) -> list[tuple[str, str, str]]:
    """Return name, part and whose account it is."""
    return [(one.name, one.part, one.person.email if one.person else "") for one in interests_of(application)]


def test_roles_and_the_passport_tell_who_stands_behind_a_work() -> None:
    school = world.organisation(head_name="Лебедев Лев Ильич")
    head = world.member(school, Role.HEAD, "Лебедев Лев Ильич")
    editor = world.member(school, Role.EDITOR, "Берёзкина Алёна Петровна")
    tutor = world.member(school, Role.TUTOR, "Тимофеев Тихон Юрьевич")
    methodist = world.member(school, Role.METHODIST, "Мохова Мария Львовна")
    world.member(school, Role.EXPERT, "Эдуардов Эраст Ильич")
    world.membership(world.person("Бывший Борис Ильич"), school, until=world.AT)
    answers = world.values() | {
        "2": "Березкина Алена Петровна, методист\nСоколова В. П., учитель",
        "3": "Орлов Пётр Ильич, профессор",
    }
    application = world.application(
        owner=school, state=ApplicationState.ADMITTED, created_by=editor, answers=answers
    )
    assert rows(application) == [
        ("Лебедев Лев Ильич", P.HEAD, head.email),
        ("Берёзкина Алёна Петровна", P.STAFF, editor.email),
        ("Тимофеев Тихон Юрьевич", P.TUTOR, tutor.email),
        ("Мохова Мария Львовна", P.METHODIST, methodist.email),
        ("Березкина Алена Петровна", P.AUTHOR, editor.email),
        ("Соколова В. П.", P.AUTHOR, ""),
        ("Орлов Пётр Ильич", P.SUPERVISOR, ""),
    ]


def test_a_draft_knows_only_the_staff() -> None:
    application = world.application()
    assert [one.part for one in interests_of(application)] == [P.STAFF]


def test_opening_a_dossier_keeps_who_stands_behind_it_and_what_it_is_about() -> None:
    contest = world.contest()
    nomination = contest.nominations.get()
    nomination.directions.set(Direction.objects.filter(code__in=["preschool", "health"]))
    answers = world.values() | {"2": "Соколова Вера Петровна", "3": "нет"}
    world.application(contest, state=ApplicationState.ADMITTED, answers=answers)
    made = actions.start_expertise(contest, reason="Все прислали", by=contest.created_by, at=world.AT)
    dossier = made.dossiers.get()
    assert [direction.code for direction in dossier.directions.all()] == ["preschool", "health"]
    assert list(dossier.interests.values_list("name", "part")) == [
        ("Соколова Вера Петровна", P.STAFF),
        ("Соколова Вера Петровна", P.AUTHOR),
    ]
    assert "Соколова" not in str(dossier.content)
