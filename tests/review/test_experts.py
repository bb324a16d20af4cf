"""The pool of experts: passports, the dictionary, how each has worked."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.errors import Refusal
from innoset.network.states import Role
from innoset.review import actions
from innoset.review.actions import Passport
from innoset.review.models import Direction, EarlyConflict, ExpertProfile
from innoset.review.pure.expert_record import Record
from innoset.review.queries import experts as queries
from tests import world
from tests.review.scene import expert, finished, given, scene

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 21)


def direction(code: str = "health") -> Direction:
    """Return a line of the dictionary as it is seeded."""
    return Direction.objects.get(code=code)


def test_an_expert_keeps_the_own_passport(at: datetime) -> None:
    person = expert()
    says = Passport(
        (direction(),), date(2025, 3, 1), " Курсы, 36 часов ", " Двадцать лет ", date(2026, 12, 1)
    )
    actions.edit_passport(queries.profile_of(person), says=says, by=person, at=at)
    kept = queries.profile_of(person)
    assert list(kept.directions.all()) == [direction()]
    assert (kept.trained_on, kept.training, kept.about, kept.paused_until, kept.updated_at) == (
        date(2025, 3, 1),
        "Курсы, 36 часов",
        "Двадцать лет",
        date(2026, 12, 1),
        at,
    )
    actions.edit_passport(kept, says=Passport(), by=person, at=at)
    again = ExpertProfile.objects.get()
    assert (again.person, again.training, again.directions.count()) == (person, "", 0)


def test_an_organiser_may_change_a_passport_and_a_stranger_may_not(at: datetime) -> None:
    person = expert()
    organiser = world.member(world.organisation(), Role.ORGANISER)
    actions.edit_passport(queries.profile_of(person), says=Passport(training="Курсы"), by=organiser, at=at)
    with pytest.raises(PermissionDenied):
        actions.edit_passport(queries.profile_of(person), says=Passport(), by=expert(), at=at)
    assert queries.profile_of(person).training == "Курсы"


def test_training_is_not_in_the_future(at: datetime) -> None:
    person = expert()
    with pytest.raises(Refusal, match="ещё не наступила") as no:
        actions.edit_passport(
            queries.profile_of(person), says=Passport(trained_on=date(2026, 11, 22)), by=person, at=at
        )
    assert no.value.field == "trained_on"


def test_the_dictionary_is_seeded_and_kept_by_organisers(at: datetime) -> None:
    organiser = world.member(world.organisation(), Role.ORGANISER)
    assert Direction.objects.count() == 15
    added = actions.add_direction(Direction(title="Сельская школа"), by=organiser, at=at)
    assert (added.code, added.position) == ("own-16", 16)
    actions.edit_direction(added, title=" Сельские школы ", is_active=False, by=organiser, at=at)
    assert added not in queries.directions()
    for title, words in (("  ", "Заполните поле"), ("начальная ШКОЛА", "уже есть")):
        with pytest.raises(Refusal, match=words):
            actions.edit_direction(added, title=title, is_active=True, by=organiser, at=at)
    with pytest.raises(Refusal, match="уже есть"):
        actions.add_direction(Direction(title="Начальная школа"), by=organiser, at=at)
    with pytest.raises(PermissionDenied):
        actions.add_direction(Direction(title="Право"), by=expert(), at=at)


def test_the_pool_is_for_organisers_and_is_filtered() -> None:
    here = scene(experts=2)
    busy, free = here.experts
    given(here)
    paused = expert("Зимин Захар Ильич")
    for person, until in ((free, None), (paused, date(2026, 12, 1))):
        profile = ExpertProfile.objects.create(person=person, paused_until=until, updated_at=world.AT)
        profile.directions.add(direction())
    everybody = queries.experts_visible_to(here.organiser, TODAY)
    assert list(everybody) == [busy, free, paused]
    assert [vars(one)["is_paused"] for one in everybody] == [False, False, True]
    assert not queries.experts_visible_to(busy, TODAY).exists()
    assert list(queries.knowing(everybody, direction())) == [free, paused]
    assert list(queries.free_now(everybody, TODAY)) == [free]
    place = busy.memberships.get().organisation.municipality_id
    assert list(queries.in_municipality(everybody, place)) == [busy]
    assert queries.busy_of([busy.pk, free.pk]) == {
        busy.pk: queries.Busy(1, 1),
        free.pk: queries.Busy(0, 1),
    }


def test_a_record_tells_of_terms_and_of_agreement() -> None:
    here = scene(experts=2, dossiers=3)
    here.round.dossiers.update(pages=5)
    for dossier, (own, other) in enumerate(((5, 4), (4, 2))):
        finished(here, own, own, expert=0, dossier=dossier)
        finished(here, other, other, expert=1, dossier=dossier)
    given(here, expert=0, dossier=2)
    later = here.round.closes_at + timedelta(days=1)
    mild = queries.record_of_expert(here.experts[0], later)
    assert (mild.finished, mild.overdue, mild.minutes, mild.compared) == (2, 1, 40, 2)
    assert (mild.in_time, mild.days_before, mild.in_time_percent) == (2 / 3, 14.0, 67)
    strict = queries.record_of_expert(here.experts[1], later)
    assert strict.in_time_percent == 100
    found = [
        round(number or 0, 6)
        for one in (mild, strict)
        for number in (one.apart, one.lean, one.apart_percent, one.lean_percent, one.stricter_percent)
    ]
    assert found == [0.3, 0.3, 30, 30, -30, 0.3, -0.3, 30, -30, 30]


def test_of_a_newcomer_nothing_is_said() -> None:
    record = queries.record_of_expert(expert(), world.AT)
    assert record == Record(0, 0, 0, None, None, 0, None, None)
    assert (record.in_time_percent, record.apart_percent, record.lean_percent, record.stricter_percent) == (
        None,
    ) * 4


def test_the_history_counts_rounds_and_recusals() -> None:
    here = scene(experts=1)
    person = here.experts[0]
    finished(here, 4, 4)
    actions.declare(given(here, dossier=1), ground="coauthor", by=person, at=world.AT)
    EarlyConflict.objects.create(dossier=world.dossier(), person=person, ground="other", declared_at=world.AT)
    assert [(one.seat.round, one.given, one.finished, one.recused) for one in queries.history_of(person)] == [
        (here.round, 1, 1, 1)
    ]
    assert queries.recusals_of(person) == 2
    assert [one.organisation for one in queries.homes_of(person)] == [person.memberships.get().organisation]
