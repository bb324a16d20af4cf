"""A municipal winner goes up: put forward, released, accepted with its data or declined in words."""

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.accounts.models import User
from innoset.contests.actions import advancements as actions
from innoset.contests.models import Advancement, Application, Contest
from innoset.contests.queries import advancements as queries
from innoset.contests.states import AdvancementState, ApplicationState, ContestState
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Message
from innoset.foundation.workflow import WrongState
from innoset.network.models import Organisation
from innoset.network.states import OrganisationKind, Role
from innoset.projects.models import AnswerRevision
from innoset.projects.queries import values_of
from tests import world

pytestmark = pytest.mark.django_db

AT = world.AT
S = AdvancementState


class Scene:
    """A municipality with a winner, an open contest above it, and everybody about."""

    def __init__(self) -> None:
        self.place = world.municipality()
        self.service = world.organisation(
            "ТМС", kind=OrganisationKind.METHOD_SERVICE, municipality=self.place
        )
        self.coordinator = world.member(self.service, Role.COORDINATOR, "Полевая Анна Игоревна")
        self.school = world.organisation("Школа № 1", municipality=self.place)
        self.author = world.member(self.school, Role.EDITOR, "Лугов Денис Андреевич")
        self.municipal = world.contest(ContestState.FINISHED, organiser=self.service, municipality=self.place)
        self.winner = world.application(
            self.municipal, self.school, ApplicationState.AWARDED, created_by=self.author
        )
        self.upper = world.contest(title="Краевой конкурс", applications_per_organisation=1)
        self.above = self.upper.created_by

    def put(self, by: User | None = None, **fields: Any) -> Advancement:
        told = {"contest": self.upper, "reason": "Лучшая работа района", **fields}
        return actions.put_forward(self.winner, by=by or self.coordinator, at=AT, **told)


def told_of(person: User) -> list[str]:
    return list(Message.objects.filter(recipient=person).order_by("pk").values_list("title", flat=True))


@pytest.fixture
def scene() -> Scene:
    return Scene()


def test_the_upper_level_sees_only_what_was_released(scene: Scene) -> None:
    one, seen = scene.put(), []
    for deed in (None, actions.release, actions.withdraw):
        if deed:
            deed(one, by=scene.coordinator, at=AT)
        seen.append([one in queries.advancements_above(scene.above), *_below(scene, one)])
    assert seen == [[False, True, False], [True, True, False], [False, True, False]]
    assert told_of(scene.above) == [
        "Муниципалитет выдвигает победителя: Школа № 1",
        "Муниципалитет отозвал победителя: Школа № 1",
    ]


def _below(scene: Scene, one: Advancement) -> list[bool]:
    neighbour = world.member(world.organisation(), Role.COORDINATOR)
    return [one in queries.advancements_of_place(who) for who in (scene.coordinator, neighbour)]


def test_accepting_begins_an_application_with_the_same_data(scene: Scene) -> None:
    one = scene.put()
    actions.release(one, by=scene.coordinator, at=AT)
    raised = actions.accept(one, by=scene.above, at=AT)
    one.refresh_from_db()
    assert (one.state, one.raised, one.answered_by) == (S.ACCEPTED, raised, scene.above)
    assert (raised.contest, raised.organisation, raised.state) == (scene.upper, scene.school, "draft")
    assert (raised.created_by, raised.copied_from, raised.nomination) == (
        scene.author,
        scene.winner,
        scene.upper.nominations.get(),
    )
    sent = scene.winner.version
    assert sent is not None
    assert values_of(raised.project.passport) == {key: text for key, text in sent.values.items() if text}
    raised.project.refresh_from_db()
    assert raised.project.title == "Школа наставников сельского района"
    assert set(
        AnswerRevision.objects.filter(passport=raised.project.passport).values_list("origin", flat=True)
    ) == {"copied"}
    title = "Вашу работу приняли на конкурс «Краевой конкурс»"
    assert (told_of(scene.author), told_of(scene.coordinator)) == ([title], [title])


def test_declining_says_why_and_the_winner_may_be_put_forward_again(scene: Scene) -> None:
    one = scene.put()
    actions.release(one, by=scene.coordinator, at=AT)
    with pytest.raises(Refusal) as no:
        actions.decline(one, reason=" ", by=scene.above, at=AT)
    assert (no.value.field, no.value.text) == (
        "reason",
        "Напишите, почему работу не берут: школа прочтёт это.",
    )
    actions.decline(one, reason="Нет  этапа внедрения", by=scene.above, at=AT)
    assert (one.state, one.answer, one.raised) == (S.DECLINED, "Нет этапа внедрения", None)
    assert told_of(scene.author) == ["Работу не приняли на конкурс «Краевой конкурс»"]
    again = scene.put(reason="Дополнили")
    assert (again.pk, again.state, again.answer, again.released_at) == (one.pk, S.PROPOSED, "", None)
    assert one not in queries.advancements_above(scene.above)


@pytest.mark.parametrize("way", ["coordinator", "organiser"])
def test_who_stands_for_the_winner_puts_it_forward(way: str, scene: Scene) -> None:
    by = {"coordinator": scene.coordinator, "organiser": scene.municipal.created_by}[way]
    assert [*queries.winners_near(by)] == [scene.winner]
    assert scene.put(by).proposed_by == by


def test_nobody_else_does_anything(scene: Scene) -> None:
    one = scene.put()
    strangers = [scene.author, scene.above, world.member(world.organisation(), Role.COORDINATOR)]
    for who in strangers:
        assert list(queries.winners_near(who)) == []
        for deed in (actions.release, actions.withdraw):
            with pytest.raises(PermissionDenied):
                deed(one, by=who, at=AT)
        with pytest.raises(PermissionDenied):
            scene.put(who)
    for who in (scene.author, scene.coordinator, world.contest().created_by):
        with pytest.raises(PermissionDenied):
            actions.accept(one, by=who, at=AT)
        with pytest.raises(PermissionDenied):
            actions.decline(one, reason="Нет", by=who, at=AT)
    one.refresh_from_db()
    assert one.state == S.PROPOSED


def test_above_nothing_is_done_before_the_release_nor_after_the_withdrawal(scene: Scene) -> None:
    one = scene.put()
    for deed in (None, actions.release, actions.withdraw):
        if deed is not None:
            deed(one, by=scene.coordinator, at=AT)
        if one.state == S.RELEASED:
            continue
        with pytest.raises(WrongState):
            actions.accept(one, by=scene.above, at=AT)
        with pytest.raises(WrongState):
            actions.decline(one, reason="Нет", by=scene.above, at=AT)
    assert Application.objects.filter(contest=scene.upper).count() == 0


def _late(scene: Scene) -> Contest:
    return world.contest(ContestState.EXPERTISE, title="Закрытый")


def _near(scene: Scene) -> Contest:
    return world.contest(municipality=scene.place, title="Свой")


def _already(scene: Scene) -> Contest:
    world.application(scene.upper, scene.school)
    return scene.upper


@pytest.mark.parametrize(
    ("target", "text"),
    [
        (_late, "Этот конкурс не принимает победителей муниципальных конкурсов. Выберите из списка."),
        (_near, "Этот конкурс не принимает победителей муниципальных конкурсов. Выберите из списка."),
        (_already, "У вашей организации уже есть заявка на этот конкурс."),
    ],
)
def test_a_contest_that_does_not_take_it_is_refused(target: Any, text: str, scene: Scene) -> None:
    with pytest.raises(Refusal) as no:
        scene.put(contest=target(scene))
    assert (no.value.field, no.value.text, Advancement.objects.count()) == ("contest", text, 0)


def test_only_a_winner_of_a_municipal_contest_goes_up_and_only_once(scene: Scene) -> None:
    said = []
    regional = world.application(world.contest(ContestState.FINISHED), scene.school, ApplicationState.AWARDED)
    loser = world.application(scene.municipal, scene.school, ApplicationState.REJECTED)
    scene.put()
    for one in (regional, loser, scene.winner):
        with pytest.raises(Refusal) as no:
            actions.put_forward(one, contest=scene.upper, reason="", by=_admin(), at=AT)
        said.append(no.value.text)
    assert said == [
        "Выдвигают победителей муниципальных конкурсов.",
        "Выдвинуть можно только победителя: дождитесь приказа об итогах.",
        "Эту работу на этот конкурс уже выдвинули.",
    ]


def _admin() -> User:
    return world.person(is_superuser=True)


def test_an_institutes_contest_is_above_any_municipality(scene: Scene) -> None:
    institute: Organisation = world.organisation(kind=OrganisationKind.INSTITUTE)
    contest = world.contest(organiser=institute, municipality=institute.municipality)
    assert set(queries.upper_contests_at(AT)) == {scene.upper, contest}
