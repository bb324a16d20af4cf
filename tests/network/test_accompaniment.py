"""Who accompanies a site, what they log, and who may read it."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from innoset.accounts.models import User
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Message
from innoset.network.actions import accompaniment as actions
from innoset.network.models import Accompaniment, Consultation
from innoset.network.policy import accompanies
from innoset.network.queries import accompaniment as queries
from innoset.network.states import OrganisationKind, Part, Role, StatusState
from tests import world
from tests.network.accompanying_scene import TODAY, Scene, companion, scene, status_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def here() -> Scene:
    return scene()


def name(
    here: Scene, person: Any, part: Part = Part.METHODIST, *, by: Any, at: datetime, **given: Any
) -> Any:
    facts = {"person": person, "status": here.site, "part": part, "since": TODAY}
    return actions.name_companion(Accompaniment(**{**facts, **given}), by=by, at=at)


def test_a_methodist_and_tutors_are_named_and_let_go(here: Scene, at: datetime) -> None:
    first = name(here, here.methodist, by=here.coordinator, at=at, direction="Наставничество")
    other = world.member(world.organisation("ТМС вторая", municipality=here.here.municipality), Role.TUTOR)
    name(here, here.tutor, Part.TUTOR, by=here.coordinator, at=at)
    name(here, other, Part.TUTOR, by=here.keeper, at=at)
    name(here, here.curator, Part.SCIENTIFIC_CURATOR, by=here.keeper, at=at)
    assert [(one.person, one.part) for one in queries.companions_of(here.site, TODAY)] == [
        (here.methodist, Part.METHODIST),
        (here.tutor, Part.TUTOR),
        (other, Part.TUTOR),
        (here.curator, Part.SCIENTIFIC_CURATOR),
    ]
    told = Message.objects.filter(notice="network.companion_named", recipient=here.head)
    assert (told.count(), here.methodist.messages.get().title) == (4, "Сопровождение площадки: МБОУ СОШ № 7")
    actions.end_accompaniment(first, on=TODAY, by=here.coordinator, at=at)
    assert [one.part for one in queries.companions_of(here.site, TODAY + timedelta(days=1))] == [
        Part.TUTOR,
        Part.TUTOR,
        Part.SCIENTIFIC_CURATOR,
    ]
    assert not accompanies(here.methodist, here.site)
    with pytest.raises(Refusal, match=r"Сопровождение уже прекращено 21\.11\.2026"):
        actions.end_accompaniment(first, on=TODAY, by=here.coordinator, at=at)


def test_a_site_has_one_methodist(here: Scene, at: datetime) -> None:
    companion(here.methodist, here.site)
    other = world.member(world.organisation("ТМС", municipality=here.here.municipality), Role.METHODIST)
    with pytest.raises(Refusal, match="У площадки уже есть сетевой методист: Родникова Ирина Юрьевна"):
        name(here, other, by=here.coordinator, at=at)
    with pytest.raises(Refusal, match="уже сопровождает площадку в этой роли"):
        name(here, here.methodist, by=here.coordinator, at=at)


def test_without_the_deed_the_database_keeps_one_methodist(here: Scene) -> None:
    """The harm that the refusal prevents, stopped a floor lower too; a second tutor is no harm."""
    companion(here.methodist, here.site)
    companion(here.tutor, here.site, Part.TUTOR)
    companion(here.methodist, here.site, Part.TUTOR)
    with pytest.raises(IntegrityError), transaction.atomic():
        companion(here.tutor, here.site, Part.METHODIST)


def test_refusals_name_the_field_and_the_cure(here: Scene, at: datetime) -> None:
    by = {"by": here.keeper, "at": at}
    cases: list[tuple[Any, Part, dict[str, Any], str | None]] = [
        (here.tutor, Part.METHODIST, {}, "person"),
        (here.methodist, Part.SCIENTIFIC_CURATOR, {}, "person"),
        (here.head, Part.CENTRE_CURATOR, {}, "person"),
        (here.methodist, Part.METHODIST, {"since": TODAY + timedelta(days=1)}, "since"),
        (here.methodist, Part.METHODIST, {"since": date(2025, 12, 31)}, "since"),
        (here.methodist, Part.METHODIST, {"status": _over(here)}, "status"),
        (_insider(here), Part.METHODIST, {}, "person"),
    ]
    found = []
    for person, part, given, _ in cases:
        with pytest.raises(Refusal) as no:
            name(here, person, part, **by, **given)
        found.append(no.value.field)
    assert found == [field for *_, field in cases]
    assert Accompaniment.objects.count() == 0
    one = companion(here.methodist, here.site)
    for on in (date(2026, 2, 28), TODAY + timedelta(days=1)):
        with pytest.raises(Refusal, match=r"не раньше 01\.03\.2026 и не позже сегодняшнего"):
            actions.end_accompaniment(one, on=on, **by)


def _over(here: Scene) -> Any:
    ended = {"state": StatusState.COMPLETED, "ended_on": date(2026, 6, 1)}
    return status_of(here.here, theme="Прежняя тема", order=world.order(number="322"), **ended)


def _insider(here: Scene) -> Any:
    person = world.member(here.here, Role.EDITOR, "Лугов Денис Андреевич")
    world.membership(person, world.organisation("ТМС"), Role.METHODIST)
    return person


def test_walls_of_naming(here: Scene, at: datetime) -> None:
    """A coordinator names people of the own municipality to own sites, and never the institute's curators."""
    for person, part, by in (
        (here.methodist, Part.METHODIST, here.far_coordinator),
        (here.methodist, Part.METHODIST, here.head),
        (here.curator, Part.SCIENTIFIC_CURATOR, here.coordinator),
    ):
        with pytest.raises(PermissionDenied):
            name(here, person, part, by=by, at=at)
    stranger = world.member(world.organisation("ТМС"), Role.METHODIST)
    with pytest.raises(Refusal, match="нет роли для части"):
        name(here, stranger, by=here.coordinator, at=at)
    assert name(here, stranger, by=here.keeper, at=at).person == stranger
    centre_person = world.member(
        world.organisation("ИМЦ", kind=OrganisationKind.METHOD_CENTRE, municipality=here.here.municipality),
        Role.OBSERVER,
    )
    assert name(here, centre_person, Part.CENTRE_CURATOR, by=here.coordinator, at=at).pk


def advice(here: Scene, by: Any, **given: Any) -> Consultation:
    facts = {
        "status": here.site,
        "organisation": here.here,
        "given_by": by,
        "on": TODAY,
        "topic": "План открытых занятий",
        "participants": "Берёзкина Ольга Ильинична",
        "advice": "Начать с одного занятия.",
    }
    return Consultation(**{**facts, **given})


def test_a_consultation_is_logged_read_and_corrected(here: Scene, at: datetime) -> None:
    companion(here.tutor, here.site, Part.TUTOR)
    companion(here.curator, here.site, Part.SCIENTIFIC_CURATOR)
    made = actions.record_consultation(advice(here, here.tutor, minutes=45), by=here.tutor, at=at)
    readers = [here.tutor, here.curator, here.head, here.coordinator, here.keeper]
    strangers = [here.far_coordinator, here.methodist, world.person()]
    assert [list(queries.consultations_visible_to(one)) for one in readers] == [[made]] * 5
    assert [list(queries.consultations_visible_to(one)) for one in strangers] == [[], [], []]
    actions.edit_consultation(made, values={"advice": "Начать с двух.", "people": 3}, by=here.tutor, at=at)
    made.refresh_from_db()
    assert (made.advice, made.people, made.topic) == ("Начать с двух.", 3, "План открытых занятий")
    for other in (here.coordinator, here.keeper):
        with pytest.raises(PermissionDenied):
            actions.edit_consultation(made, values={"advice": "Иначе"}, by=other, at=at)


def test_nobody_logs_elsewhere_or_in_anothers_name(here: Scene, at: datetime) -> None:
    companion(here.tutor, here.site, Part.TUTOR)
    far = {"status": here.far_site, "organisation": here.there}
    for consultation, by in (
        (advice(here, here.tutor, **far), here.tutor),
        (advice(here, here.tutor), here.coordinator),
        (advice(here, here.methodist), here.methodist),
        (advice(here, here.tutor, status=None), here.tutor),
        (advice(here, here.far_coordinator), here.far_coordinator),
    ):
        with pytest.raises(PermissionDenied):
            actions.record_consultation(consultation, by=by, at=at)
    made = actions.record_consultation(
        advice(here, here.coordinator, status=None), by=here.coordinator, at=at
    )
    assert list(Consultation.objects.all()) == [made]


def test_a_consultation_that_cannot_be_is_refused(here: Scene, at: datetime) -> None:
    companion(here.tutor, here.site, Part.TUTOR)
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"topic": " "}, "topic"),
        ({"on": TODAY + timedelta(days=1)}, "on"),
        ({"people": 0}, "people"),
        ({"minutes": 1441}, "minutes"),
        ({"organisation": here.there}, "status"),
    ]
    found = []
    for given, _ in wrong:
        with pytest.raises(Refusal) as no:
            actions.record_consultation(advice(here, here.tutor, **given), by=here.tutor, at=at)
        found.append(no.value.field)
    assert found == [field for _, field in wrong]
    actions.record_consultation(advice(here, here.tutor), by=here.tutor, at=at)
    with pytest.raises(Refusal, match="в этот день уже записана"):
        actions.record_consultation(advice(here, here.tutor), by=here.tutor, at=at)


def test_lists_of_companions_keep_to_the_walls(here: Scene) -> None:
    near, far = companion(here.methodist, here.site), companion(here.methodist, here.far_site)
    companion(here.tutor, here.site, Part.TUTOR, until=date(2026, 9, 1))
    seen = {
        person: sorted(one.pk for one in queries.accompaniments_visible_to(person).filter(until=None))
        for person in (
            here.keeper,
            here.methodist,
            here.coordinator,
            here.head,
            here.far_coordinator,
            here.tutor,
        )
    }
    assert seen == {
        here.keeper: [near.pk, far.pk],
        here.methodist: [near.pk, far.pk],
        here.coordinator: [near.pk],
        here.head: [near.pk],
        here.far_coordinator: [far.pk],
        here.tutor: [],
    }
    assert set(queries.accompanied_by(here.methodist)) == {here.site, here.far_site}
    assert list(queries.accompanied_by(here.methodist, Part.TUTOR)) == []
    assert list(queries.accompanied_by(here.tutor)) == []
    assert (accompanies(here.methodist, near), accompanies(here.tutor, here.site)) == (True, False)
    assert not queries.is_companion(here.methodist, None)


def test_whoever_left_keeps_the_row_and_loses_the_rights(here: Scene, at: datetime) -> None:
    one = companion(here.tutor, here.site, Part.TUTOR)
    made = actions.record_consultation(advice(here, one.person), by=here.tutor, at=at)
    assert (list(queries.accompanied_by(here.tutor)), queries.is_companion(here.tutor, here.site)) == (
        [here.site],
        True,
    )
    here.tutor.memberships.update(until=at)
    gone = User.objects.get(pk=here.tutor.pk)
    assert (list(queries.accompanied_by(gone)), queries.is_companion(gone, here.site)) == ([], False)
    assert list(queries.companions_of(here.site, TODAY)) == [one]
    with pytest.raises(PermissionDenied):
        actions.record_consultation(advice(here, gone, topic="Ещё одна"), by=gone, at=at)
    assert list(Consultation.objects.all()) == [made]
