"""The team of a project and its partners from elsewhere."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.errors import Refusal
from innoset.foundation.workflow import WrongState
from innoset.network.states import Part, Role
from innoset.projects.actions import teams as actions
from innoset.projects.models import Partnership, Project, TeamMember
from innoset.projects.queries import teams as queries
from innoset.projects.states import PartnershipState, TeamPart
from tests import world
from tests.network.accompanying_scene import TODAY, Scene, companion, scene

pytestmark = pytest.mark.django_db
S = PartnershipState
AUTHORS = "Берёзкина Ольга Ильинична, директор, +7 900 000-00-00\nЛугов Денис Андреевич, методист"
SUPERVISOR = "Орлов Пётр Ильич, доктор педагогических наук"


@pytest.fixture
def here() -> Scene:
    return scene()


@pytest.fixture
def project(here: Scene) -> Project:
    answers = {"1": "Школа наставников", "2": AUTHORS, "3": SUPERVISOR}
    return world.project(here.here, by=here.head, answers=answers)


def invited(here: Scene, project: Project, *, at: datetime, by: Any = None, **given: Any) -> Partnership:
    facts = {"project": project, "organisation": here.there, "purpose": "Опробовать программу"}
    return actions.invite_partner(Partnership(**{**facts, **given}), by=by or here.head, at=at)


def notices(*people: Any) -> list[list[str]]:
    return [list(one.messages.order_by("pk").values_list("notice", flat=True)) for one in people]


def test_the_team_comes_from_the_passport(here: Scene, project: Project, at: datetime) -> None:
    added = actions.propose_team(project, by=here.head, at=at)
    assert [
        (one.name, one.part, one.position, one.degree, one.person) for one in queries.team_of(project)
    ] == [
        ("Орлов Пётр Ильич", TeamPart.SUPERVISOR, "", "доктор педагогических наук", None),
        ("Берёзкина Ольга Ильинична", TeamPart.AUTHOR, "директор", "", here.head),
        ("Лугов Денис Андреевич", TeamPart.AUTHOR, "методист", "", None),
    ]
    assert (len(added), queries.proposed_team(project)) == (3, [])
    with pytest.raises(Refusal, match="нет новых людей"):
        actions.propose_team(project, by=here.head, at=at)


def test_members_come_change_and_leave(here: Scene, project: Project, at: datetime) -> None:
    by: dict[str, Any] = {"by": here.head, "at": at}
    new = TeamMember(project=project, name=" Лугов  Денис Андреевич ", part=TeamPart.LEADER, since=TODAY)
    member = actions.add_team_member(new, **by)
    actions.edit_team_member(member, values={"position": "Методист", "part": TeamPart.MEMBER}, **by)
    member.refresh_from_db()
    assert (member.name, member.position, member.part) == ("Лугов Денис Андреевич", "Методист", "member")
    actions.end_team_member(member, **by)
    assert (list(queries.team_of(project)), list(queries.team_of(project, every=True))) == ([], [member])
    for deed in (
        lambda: actions.end_team_member(member, **by),
        lambda: actions.edit_team_member(member, values={"name": "Другой Человек"}, **by),
    ):
        with pytest.raises(Refusal, match=r"уже не в команде с 21\.11\.2026"):
            deed()
    again = TeamMember(project=project, name="Лугов Денис Андреевич", part=TeamPart.MEMBER, since=TODAY)
    assert actions.add_team_member(again, **by).pk


def test_a_member_that_cannot_be_is_refused(here: Scene, project: Project, at: datetime) -> None:
    known = {"project": project, "name": "Лугов Денис Андреевич", "since": TODAY}
    actions.add_team_member(TeamMember(**known), by=here.head, at=at)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({}, "name"),
        ({"name": "Лугов"}, "name"),
        ({"name": "Новый Иван Ильич", "since": TODAY + timedelta(days=1)}, "since"),
        ({"name": "Новый Иван Ильич", "person": here.tutor}, "person"),
    ]
    found = []
    for given, _ in wrong:
        with pytest.raises(Refusal) as no:
            actions.add_team_member(TeamMember(**{**known, **given}), by=here.head, at=at)
        found.append(no.value.field)
    assert found == [field for _, field in wrong]
    for by in (here.coordinator, here.far_coordinator, here.methodist):
        with pytest.raises(PermissionDenied):
            actions.propose_team(project, by=by, at=at)


def test_an_invitation_is_accepted_and_the_work_ends(here: Scene, project: Project, at: datetime) -> None:
    far_head = world.member(here.there, Role.HEAD)
    asked = invited(here, project, at=at)
    assert notices(far_head, here.far_coordinator, here.head) == [
        ["projects.partner_invited"],
        ["projects.partner_invited"],
        [],
    ]
    assert [
        list(queries.partnerships_waiting_for(one)) for one in (far_head, here.far_coordinator, here.head)
    ] == [
        [asked],
        [asked],
        [],
    ]
    actions.accept_partnership(asked, answer="Согласны.", by=far_head, at=at)
    assert (asked.state, asked.answered_by, list(queries.partners_of(project))) == (
        S.ACCEPTED,
        far_head,
        [asked],
    )
    with pytest.raises(WrongState):
        actions.decline_partnership(asked, answer="Передумали", by=far_head, at=at)
    with pytest.raises(Refusal) as no:
        actions.end_partnership(asked, answer="", by=here.head, at=at)
    assert no.value.field == "answer"
    actions.end_partnership(asked, answer="Всё сделали.", by=here.head, at=at)
    asked.refresh_from_db()
    assert (asked.state, asked.ended_on, list(queries.partners_of(project))) == (S.ENDED, TODAY, [])
    assert notices(far_head, here.head) == [
        ["projects.partner_invited", "projects.partner_ended"],
        ["projects.partner_accepted"],
    ]
    assert invited(here, project, at=at).pk


def test_a_coordinator_declines_with_a_reason(here: Scene, project: Project, at: datetime) -> None:
    asked = invited(here, project, at=at)
    with pytest.raises(Refusal) as no:
        actions.decline_partnership(asked, answer=" ", by=here.far_coordinator, at=at)
    assert no.value.field == "answer"
    for by in (here.coordinator, here.head, here.methodist):
        with pytest.raises(PermissionDenied):
            actions.accept_partnership(asked, by=by, at=at)
    actions.decline_partnership(asked, answer="Заняты.", by=here.far_coordinator, at=at)
    assert (asked.state, asked.answer, notices(here.head)) == (
        S.DECLINED,
        "Заняты.",
        [["projects.partner_declined"]],
    )


def test_an_unanswered_invitation_is_withdrawn(here: Scene, project: Project, at: datetime) -> None:
    asked = invited(here, project, at=at)
    with pytest.raises(PermissionDenied):
        actions.withdraw_partnership(asked, by=here.far_coordinator, at=at)
    actions.withdraw_partnership(asked, by=here.head, at=at)
    assert (asked.state, notices(here.far_coordinator)[0][-1]) == (S.WITHDRAWN, "projects.partner_withdrawn")
    with pytest.raises(WrongState):
        actions.accept_partnership(asked, by=here.far_coordinator, at=at)


def test_an_invitation_that_cannot_be_is_refused(here: Scene, project: Project, at: datetime) -> None:
    closed = world.organisation("Закрытая школа", is_active=False)
    invited(here, project, at=at)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"organisation": here.here}, "organisation"),
        ({"organisation": closed}, "organisation"),
        ({"organisation": here.centre, "purpose": " "}, "purpose"),
        ({}, "organisation"),
    ]
    found = []
    for given, _ in wrong:
        with pytest.raises(Refusal) as no:
            invited(here, project, at=at, **given)
        found.append(no.value.field)
    assert found == [field for _, field in wrong]
    possible = set(queries.possible_partners(project))
    assert possible & {here.here, here.there, closed} == set()
    for by in (here.coordinator, here.far_coordinator):
        with pytest.raises(PermissionDenied):
            invited(here, project, at=at, by=by, organisation=here.centre)


def test_partnerships_keep_to_the_walls(here: Scene, project: Project, at: datetime) -> None:
    asked = invited(here, project, at=at)
    project.status = here.site
    project.save()
    companion(here.curator, here.site, Part.SCIENTIFIC_CURATOR, since=date(2026, 3, 1))
    third = world.member(world.organisation(), Role.COORDINATOR)
    readers = [here.keeper, here.head, here.coordinator, here.far_coordinator, here.curator]
    assert [list(queries.partnerships_visible_to(one)) for one in readers] == [[asked]] * 5
    assert [list(queries.partnerships_visible_to(one)) for one in (third, here.methodist)] == [[], []]
