"""Criteria that a nomination has for itself: given, changed, taken along by the round, copied with the contest."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from innoset.contests.actions import criteria as actions
from innoset.contests.actions import expertise
from innoset.contests.actions.contests import copy_contest
from innoset.contests.models import Contest, Nomination
from innoset.contests.papers.defence import checksum_of, defence_minutes_of
from innoset.contests.pure.rubrics import most_of
from innoset.contests.queries.contests import criteria_of, gaps
from innoset.contests.states import ApplicationState, ContestState
from innoset.foundation.errors import Refusal
from innoset.network.states import Role
from innoset.review.models import Criterion, Rubric
from innoset.review.queries import rubric_of, rubrics_of
from tests import world
from tests.review.scene import at_office

pytestmark = pytest.mark.django_db


def _contest(**fields: Any) -> tuple[Contest, Nomination]:
    contest = world.contest(**fields)
    return contest, contest.nominations.create(title="Инновационный продукт", position=1)


def _given(contest: Contest, nomination: Nomination, at: datetime, tour: str = "remote") -> Rubric:
    return actions.give_own_criteria(contest, tour=tour, nomination=nomination, by=contest.created_by, at=at)


def test_a_nomination_gets_a_copy_and_changes_it_alone(at: datetime) -> None:
    contest, nomination = _contest()
    own = _given(contest, nomination, at)
    common = criteria_of(contest.remote_rubric)
    assert criteria_of(own) == common
    changed = [
        replace(common[0], title="Товарный вид", may_not_apply=True, comment_always=True, comment_at_least=5)
    ]
    actions.set_criteria(
        contest, tour="remote", nomination=nomination, criteria=changed, by=contest.created_by, at=at
    )
    assert (criteria_of(own), criteria_of(contest.remote_rubric)) == (changed, common)
    with pytest.raises(Refusal, match="уже есть свои критерии"):
        _given(contest, nomination, at)
    actions.drop_own_criteria(contest, tour="remote", nomination=nomination, by=contest.created_by, at=at)
    nomination.refresh_from_db()
    assert (nomination.remote_rubric, Criterion.objects.filter(title="Товарный вид").exists()) == (
        None,
        False,
    )
    with pytest.raises(Refusal, match="Сначала заведите свои"):
        actions.drop_own_criteria(contest, tour="remote", nomination=nomination, by=contest.created_by, at=at)


def test_a_stranger_and_a_contest_with_applications_get_none(at: datetime) -> None:
    contest, nomination = _contest()
    with pytest.raises(PermissionDenied):
        actions.give_own_criteria(contest, tour="remote", nomination=nomination, by=world.person(), at=at)
    with pytest.raises(PermissionDenied):
        actions.drop_own_criteria(contest, tour="remote", nomination=nomination, by=world.person(), at=at)
    world.application(contest)
    with pytest.raises(Refusal, match="менять нельзя"):
        _given(contest, nomination, at)


def test_a_threshold_above_the_scale_and_an_empty_set_are_named(at: datetime) -> None:
    contest, nomination = _contest(state=ContestState.DRAFT)
    own = _given(contest, nomination, at)
    high = replace(criteria_of(own)[0], comment_at_least=6)
    with pytest.raises(Refusal, match="Порог пояснения к высокой оценке критерия 1") as no:
        actions.set_criteria(
            contest, tour="remote", nomination=nomination, criteria=[high], by=contest.created_by, at=at
        )
    assert no.value.field == "comment_at_least"
    actions.set_criteria(
        contest, tour="remote", nomination=nomination, criteria=[], by=contest.created_by, at=at
    )
    words = "Добавьте хотя бы один критерий номинации «Инновационный продукт»."
    assert words in {gap.text for gap in gaps(contest)}


def test_a_round_takes_the_criteria_of_nominations_along(at: datetime) -> None:
    contest, nomination = _contest()
    own = _given(contest, nomination, at)
    for one in contest.nominations.all():
        world.application(contest, state=ApplicationState.ADMITTED, nomination=one)
    made = expertise.start_expertise(contest, reason="Все подали", by=contest.created_by, at=at)
    assert rubrics_of(made) == {"Инновационный продукт": own}
    judged = {one.group: rubric_of(made, one) for one in made.dossiers.all()}
    assert judged == {"Инновационный проект": contest.remote_rubric, "Инновационный продукт": own}


def test_a_copied_contest_copies_them_too(at: datetime) -> None:
    contest, nomination = _contest()
    own = _given(contest, nomination, at)
    fresh = copy_contest(contest, by=contest.created_by, at=at)
    copied = fresh.nominations.get(title=nomination.title).remote_rubric
    assert copied is not None
    assert (copied.pk != own.pk, criteria_of(copied) == criteria_of(own)) == (True, True)
    assert fresh.nominations.get(title="Инновационный проект").remote_rubric is None


def test_the_office_gives_changes_and_takes_them_back() -> None:
    contest, nomination = _contest()
    office = at_office(contest.created_by)
    every = reverse("office:contest_criteria", args=[contest.code])
    own = reverse("office:criteria_own", args=[contest.code, "remote-2"])
    page = BeautifulSoup(office.post(own, follow=True).content, "html.parser")
    assert "Номинации оценивают по-разному" in page.get_text()
    assert "Заочная экспертиза. Номинация «Инновационный продукт»: до 15" in page.get_text()
    data = {"title": "Товарный вид", "weight": "2", "level_0": "нет", "level_1": "отчасти", "level_2": "да",
            "may_not_apply": "on", "comment_always": "on", "comment_at_least": "2"}  # fmt: skip
    office.post(reverse("office:criterion", args=[contest.code, "remote-2", 1]), data)
    nomination.refresh_from_db()
    first = criteria_of(nomination.remote_rubric)[0]
    assert (first.title, first.may_not_apply, first.comment_always, first.comment_at_least) == (
        "Товарный вид", True, True, 2,
    )  # fmt: skip
    assert "может быть не применим" in office.get(every).content.decode()
    office.post(reverse("office:criterion_remove", args=[contest.code, "remote-2", 1]))
    assert len(criteria_of(nomination.remote_rubric)) == 2
    office.post(reverse("office:criterion_restore", args=[contest.code]))
    assert len(criteria_of(nomination.remote_rubric)) == 3
    office.post(own, {"drop": "1"})
    nomination.refresh_from_db()
    assert nomination.remote_rubric is None
    for wrong in ("remote", "remote-9", "remote-x", "other-1"):
        assert office.post(reverse("office:criteria_own", args=[contest.code, wrong])).status_code == 404


def test_visitors_read_the_criteria_of_each_nomination(at: datetime) -> None:
    contest, nomination = _contest(has_defence=False)
    own = _given(contest, nomination, at)
    _renamed(own, "Товарный вид")
    page = BeautifulSoup(Client().get(reverse("public:contest", args=[contest.code])).content, "html.parser")
    titles = [one.get_text(" ", strip=True) for one in page.select("section h3")]
    most = f"до {most_of(criteria_of(own)):.0f}"
    assert titles == [
        f"Заочная экспертиза: {most}",
        f"Заочная экспертиза, номинация «Инновационный продукт»: {most}",
    ]
    assert "Товарный вид" in [one.get_text(strip=True) for one in page.select("details.more summary")]


def test_an_applicant_reads_which_criteria_of_the_nomination_look_at_a_field(at: datetime) -> None:
    contest, nomination = _contest(state=ContestState.OPEN)
    own = _given(contest, nomination, at)
    own.criteria.update(fields=[])
    own.criteria.filter(number=1).update(number=7, fields=["6"])
    staff = world.member(world.organisation(), Role.EDITOR)
    mine = world.application(contest, staff.memberships.get().organisation, nomination=nomination)
    client = Client()
    client.force_login(staff)
    page = client.get(reverse("cabinet:section", args=[mine.number, "idea"])).content.decode()
    assert ("Эксперты смотрят: К7" in page, "Эксперты смотрят: К1" in page) == (True, False)


def test_minutes_of_a_defence_name_the_criteria_of_nominations(at: datetime) -> None:
    contest, nomination = _contest()
    own = _given(contest, nomination, at)
    _renamed(own, "Товарный вид")
    for one in contest.nominations.all():
        world.application(contest, state=ApplicationState.ADMITTED, nomination=one)
    made = expertise.start_expertise(contest, reason="Все подали", by=contest.created_by, at=at)
    for number, dossier in enumerate(made.dossiers.all(), start=1):
        made.slots.create(dossier=dossier, position=number, starts_at=at, minutes=15)
    minutes = defence_minutes_of(contest, made)
    assert [(one.nomination, one.criteria[0], one.maximum) for one in minutes.own] == [
        ("Инновационный продукт", ("Товарный вид", minutes.criteria[0][1]), minutes.maximum)
    ]
    assert minutes.criteria[0][0] != "Товарный вид"
    without = replace(minutes, own=())
    assert checksum_of(minutes) != checksum_of(without)


def _renamed(rubric: Rubric, title: str) -> None:
    rubric.criteria.filter(number=1).update(title=title)
