"""Mentorships, agglomerations, pilot schools, and what the worker does to terms by itself."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.exchange import papers
from innoset.foundation import clock
from innoset.foundation.errors import Refusal
from innoset.foundation.jobs.models import Slot
from innoset.foundation.notify.models import Letter, Message
from innoset.foundation.russian import MOSCOW
from innoset.network import actions, queries
from innoset.network.actions.reminders import remind_of_end, wake
from innoset.network.jobs import look_at_terms
from innoset.network.models import (
    Accompaniment,
    Agglomeration,
    AgglomerationMember,
    Membership,
    Mentorship,
    Organisation,
    PilotMark,
    Reorganisation,
    Status,
    StatusKind,
)
from innoset.network.queries import ties
from innoset.network.queries.reminders import ending_soon, paused_too_long
from innoset.network.states import Role, StatusState
from tests import world

pytestmark = pytest.mark.django_db
DAY = date(2026, 6, 1)


@pytest.fixture
def keeper() -> Any:
    return world.member(world.organisation("Департамент"), Role.ORGANISER)


def granted(code: str, by: Any, at: datetime, where: Organisation | None = None, **given: Any) -> Status:
    facts: dict[str, Any] = {
        "kind": StatusKind.objects.get(code=code),
        "theme": "Школа наставников",
        "order": world.order(),
        "starts_on": date(2026, 1, 1),
    }
    return actions.grant_status(where or world.organisation(), **{**facts, **given}, by=by, at=at)


def refused(deed: Any, *args: Any, **given: Any) -> str:
    with pytest.raises(Refusal) as no:
        deed(*args, **given)
    return f"{no.value.field}: {no.value.text}"


def test_a_network_site_leads_many_but_never_itself(keeper: Any, at: datetime) -> None:
    how = {"by": keeper, "at": at}
    mentor, other = granted("msip", keeper, at), granted("msip", keeper, at)
    first, second, own = (
        granted("mip", keeper, at),
        granted("mip", keeper, at),
        granted("mip", keeper, at, mentor.organisation),
    )
    paused = granted("mip", keeper, at)
    actions.pause_status(paused, on=date(2026, 5, 1), note="Ремонт", **how)
    for site in (first, second):
        actions.start_mentorship(Mentorship(mentor=mentor, site=site, since=DAY), **how)
    pairs = [
        (mentor, own, DAY),
        (first, second, DAY),
        (mentor, other, DAY),
        (other, first, DAY),
        (other, paused, DAY),
        (other, own, date(2025, 1, 1)),
        (other, own, date(2027, 1, 1)),
    ]
    assert [
        refused(actions.start_mentorship, Mentorship(mentor=m, site=s, since=on), **how).split(". ")[0]
        for m, s, on in pairs
    ] == [
        "site: Организация не может вести сама себя",
        "mentor: Вести других может только МСИП",
        "site: МСИП ведёт только МИП",
        f"site: Эту площадку уже ведёт «{mentor.organisation}»",
        f"since: Статус {paused.said_number} не действует на 01.06.2026",
        f"since: Статус {other.said_number} не действует на 01.01.2025",
        "since: Этот день ещё не наступил",
    ]
    assert [tie.site for tie in ties.mentorships_on(DAY)] == [first, second]
    tie = Mentorship.objects.get(site=first)
    assert refused(actions.end_mentorship, tie, on=date(2026, 5, 1), **how).startswith("on:")
    actions.end_mentorship(tie, on=date(2026, 7, 1), **how)
    assert refused(actions.end_mentorship, tie, on=date(2026, 7, 2), **how).startswith("None:")
    assert [tie.site for tie in ties.mentorships_on(date(2026, 7, 1))] == [second]
    assert first in ties.free_sites(date(2026, 7, 1))
    head = world.member(mentor.organisation, Role.HEAD)
    with pytest.raises(PermissionDenied):
        actions.start_mentorship(Mentorship(mentor=mentor, site=first, since=DAY), by=head, at=at)


def test_an_agglomeration_counts_everybody_once(keeper: Any, at: datetime) -> None:
    how = {"by": keeper, "at": at}
    made = Agglomeration(title=" Бережливое образование ", theme="Порядок", since=DAY)
    actions.make_agglomeration(made, **how)
    sites = [granted("msip", keeper, at) for _ in range(3)]
    granted("mip", keeper, at, sites[0].organisation)
    bare = world.organisation()
    for one in [*(site.organisation for site in sites), bare]:
        actions.add_member(made, organisation=one, since=DAY, **how)
    roll = ties.roll_of(made, date(2026, 7, 1))
    assert (made.title, len(roll.places), roll.with_status) == ("Бережливое образование", 4, 3)
    assert sorted(len(place.statuses) for place in roll.places) == [0, 1, 1, 2]
    closed = world.organisation(is_active=False)
    twin = Agglomeration(title="бережливое образование", since=DAY)
    twin.title = "Бережливое образование"
    assert [
        refused(actions.add_member, made, organisation=bare, since=DAY, **how).split(":")[0],
        refused(actions.add_member, made, organisation=closed, since=DAY, **how).split(":")[0],
        refused(actions.add_member, made, organisation=closed, since=date(2027, 1, 1), **how).split(":")[0],
        refused(
            actions.add_member, made, organisation=world.organisation(), since=date(2026, 1, 1), **how
        ).split(":")[0],
        refused(actions.make_agglomeration, twin, **how).split(":")[0],
        refused(actions.make_agglomeration, Agglomeration(title=" ", since=DAY), **how).split(":")[0],
    ] == ["organisation", "organisation", "since", "since", "title", "title"]
    member = AgglomerationMember.objects.get(organisation=bare)
    assert refused(actions.end_member, member, on=date(2026, 1, 1), **how).startswith("on:")
    actions.end_member(member, on=date(2026, 7, 1), **how)
    assert len(ties.roll_of(made, date(2026, 7, 1)).places) == 3
    change: dict[str, Any] = {"title": "Бережливая школа", "theme": "", "lead": bare}
    assert refused(actions.edit_agglomeration, made, **{**change, "title": " "}, **how).startswith("title:")
    assert refused(actions.edit_agglomeration, made, **change, until=date(2026, 1, 1), **how).startswith(
        "until:"
    )
    actions.edit_agglomeration(made, **change, until=date(2026, 8, 1), **how)
    assert refused(actions.add_member, made, organisation=bare, since=DAY, **how).startswith("None:")
    assert [one.title for one in ties.agglomerations_on(date(2026, 7, 31))] == ["Бережливая школа"]
    assert list(ties.agglomerations_on(date(2026, 8, 1))) == []


def test_a_merger_ends_what_would_tie_one_to_itself(keeper: Any, at: datetime) -> None:
    how = {"by": keeper, "at": at}
    mentor, site = granted("msip", keeper, at), granted("mip", keeper, at)
    actions.start_mentorship(Mentorship(mentor=mentor, site=site, since=DAY), **how)
    made = actions.make_agglomeration(Agglomeration(title="Бережливое образование", since=DAY), **how)
    actions.add_member(made, organisation=site.organisation, since=DAY, **how)
    on = date(2026, 9, 1)
    joined = Reorganisation(kind="accession", on=on, ground="Постановление № 5")
    change = actions.Change(before=[site.organisation], after=[mentor.organisation])
    actions.reorganise(joined, change=change, **how)
    assert list(Mentorship.objects.values_list("until", "note")) == [(on, "Организации объединились")]
    assert sorted(AgglomerationMember.objects.values_list("organisation", "until")) == sorted(
        [(site.organisation_id, on), (mentor.organisation_id, None)]
    )


def test_few_see_the_pilot_schools(keeper: Any, at: datetime) -> None:
    here, there = world.municipality(), world.municipality()
    school, far = (
        world.organisation("Школа 1", municipality=here),
        world.organisation("Школа 2", municipality=there),
    )
    service = world.organisation(municipality=here)
    coordinator = world.member(service, Role.COORDINATOR)
    methodist = world.member(Membership.objects.get(person=keeper).organisation, Role.METHODIST)
    mark = PilotMark(organisation=school, results="low", since=DAY, note="Соглашение № 3")
    actions.mark_pilot(mark, by=coordinator, at=at)
    actions.mark_pilot(PilotMark(organisation=far, results="high", since=DAY), by=keeper, at=at)
    blind = [
        world.member(school, role)
        for role in Role
        if role not in {Role.COORDINATOR, Role.METHODIST, Role.ORGANISER}
    ]
    seen = {
        who.pk: [m.organisation.short_name for m in ties.pilots_visible_to(who)]
        for who in (keeper, methodist, coordinator, *blind)
    }
    assert seen == {
        keeper.pk: ["Школа 1", "Школа 2"],
        methodist.pk: ["Школа 1", "Школа 2"],
        coordinator.pk: ["Школа 1"],
        **{who.pk: [] for who in blind},
    }
    assert "Школа 1" not in [one.short_name for one in ties.schools_to_mark(keeper)]
    for who, where in ((coordinator, far), (blind[0], school)):
        with pytest.raises(PermissionDenied):
            actions.mark_pilot(PilotMark(organisation=where, results="low", since=DAY), by=who, at=at)
    again = PilotMark(organisation=school, results="high", since=DAY)
    assert refused(actions.mark_pilot, again, by=keeper, at=at).startswith("organisation:")
    early = PilotMark(organisation=service, results="high", since=date(2027, 1, 1))
    assert refused(actions.mark_pilot, early, by=keeper, at=at).startswith("since:")
    assert refused(actions.unmark_pilot, mark, on=date(2027, 1, 1), by=keeper, at=at).startswith("on:")
    actions.unmark_pilot(mark, on=date(2026, 9, 1), by=coordinator, at=at)
    assert refused(actions.unmark_pilot, mark, on=date(2026, 9, 1), by=keeper, at=at).startswith("None:")
    assert papers.registry(queries.organisations_visible_to(keeper)).find("Соглашение".encode()) == -1
    assert list(queries.matching_words(queries.directory(), "Соглашение")) == []


def test_the_end_is_reminded_of_once_a_threshold(keeper: Any, at: datetime) -> None:
    status = granted("kip", keeper, at, ends_on=date(2027, 2, 19))
    head = world.member(status.organisation, Role.HEAD)
    place = world.organisation(municipality=status.organisation.municipality)
    coordinator = world.member(place, Role.COORDINATOR)
    world.member(status.organisation, Role.TUTOR)
    Message.objects.all().delete()
    days = [at + timedelta(days=number) for number in range(95)]
    told = [(moment.date(), remind_of_end(one, at=moment)) for moment in days for one in ending_soon(moment)]
    assert [day for day, is_new in told if is_new] == [
        date(2026, 11, 21),
        date(2027, 1, 20),
        date(2027, 2, 12),
    ]
    assert sorted(Message.objects.values_list("recipient", "title")) == sorted(
        [
            (who.pk, "Срок статуса заканчивается 19.02.2027: Краевая инновационная площадка")
            for who in (head, coordinator)
        ]
        * 3
    )
    assert "До конца срока: 90 дней" in Message.objects.order_by("pk")[0].text
    letters = Letter.objects.count()
    assert [remind_of_end(status, at=moment) for moment in days].count(True) == 0
    assert (Message.objects.count(), Letter.objects.count()) == (6, letters)
    Slot.objects.filter(name__startswith="status ends:").delete()
    assert [remind_of_end(status, at=moment) for moment in days].count(True) == 3
    assert Message.objects.count() == 12
    assert [
        remind_of_end(status, at=at - timedelta(days=5)),
        remind_of_end(status, at=at + timedelta(days=99)),
    ] == [
        False,
        False,
    ]


def test_an_extension_is_reminded_of_anew(keeper: Any, at: datetime) -> None:
    status = granted("kip", keeper, at, ends_on=date(2026, 12, 1))
    assert remind_of_end(status, at=at) is True
    actions.extend_status(status, order=world.order(), ends_on=date(2026, 12, 20), by=keeper, at=at)
    assert [remind_of_end(status, at=at), remind_of_end(status, at=at)] == [True, False]


def test_a_pause_with_a_last_day_ends_by_itself(keeper: Any, at: datetime) -> None:
    status = granted("kip", keeper, at)
    actions.pause_status(
        status, on=date(2026, 11, 1), until=date(2026, 11, 25), note="Ремонт", by=keeper, at=at
    )
    status.refresh_from_db()
    later = at + timedelta(days=5)
    assert (status.state, list(paused_too_long(at)), list(paused_too_long(later))) == (
        StatusState.PAUSED,
        [],
        [status],
    )
    assert [wake(status, at=later), wake(status, at=later)] == [True, False]
    status.refresh_from_db()
    assert (status.state, list(paused_too_long(later))) == (StatusState.ACTIVE, [])


def test_the_job_run_twice_tells_once(keeper: Any) -> None:
    now = clock.now()
    today = now.astimezone(MOSCOW).date()
    term: dict[str, Any] = {"starts_on": today - timedelta(days=100), "ends_on": today + timedelta(days=20)}
    status = granted("kip", keeper, now, **term)
    methodist = world.person()
    Accompaniment.objects.create(person=methodist, status=status, part="tutor", since=today)
    before, until = now - timedelta(days=9), today - timedelta(days=3)
    pause_on = before.astimezone(MOSCOW).date()
    actions.pause_status(status, on=pause_on, until=until, note="Ремонт", by=keeper, at=before)
    assert [look_at_terms.call(), look_at_terms.call()] == [1, 0]
    status.refresh_from_db()
    assert status.state == StatusState.ACTIVE
    assert list(Message.objects.values_list("recipient", flat=True)) == [methodist.pk]
