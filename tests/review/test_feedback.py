"""What municipalities say of the works defended."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.accounts.models import User
from innoset.foundation.errors import Refusal
from innoset.network.states import Role
from innoset.review import actions
from innoset.review.models import DefenceFeedback
from innoset.review.queries.feedback import (
    Echo,
    Voice,
    best_first,
    defended_in,
    echo_on,
    echoes_of,
    municipalities_for,
    own_feedback,
    rounds_open_to_feedback,
    speaks_for,
)
from innoset.review.states import RoundState
from tests import world
from tests.review.scene import Scene, defence, scene, seated

pytestmark = pytest.mark.django_db


def held(at: datetime, dossiers: int = 2) -> Scene:
    """Make a defence whose first work has been heard."""
    here = defence(dossiers=dossiers)
    slots = actions.schedule_all(
        here.round, order=here.dossiers, starts_at=at, minutes=15, by=here.organiser, at=at
    )
    actions.mark_slot(slots[0], held=True, by=here.organiser, at=at)
    return here


def coordinator() -> User:
    return world.member(world.organisation(), Role.COORDINATOR, "Краева Карина Ильинична")


def say(here: Scene, by: User, at: datetime, work: int = 0, **fields: Any) -> DefenceFeedback:
    place = municipalities_for(here.round, by).first()
    given = {"municipality": place, "usefulness": 4, **fields}
    return actions.give_feedback(here.round, dossier=here.dossiers[work], **given, by=by, at=at)


def test_a_municipality_speaks_once_and_may_change_its_mind(at: datetime) -> None:
    here, person = held(at), coordinator()
    say(here, person, at, wants_visit=True, text=" Покажите у нас. ")
    say(here, person, at + timedelta(hours=1), usefulness=5, text="")
    (row,) = DefenceFeedback.objects.values(
        "dossier", "author", "municipality", "usefulness", "wants_visit", "text", "written_at"
    )
    assert row == {
        "dossier": here.dossiers[0].pk,
        "author": person.pk,
        "municipality": municipalities_for(here.round, person).get().pk,
        "usefulness": 5,
        "wants_visit": False,
        "text": "",
        "written_at": at + timedelta(hours=1),
    }
    assert list(own_feedback(here.round, person)) == [here.dossiers[0].pk]


def test_what_is_said_comes_together(at: datetime) -> None:
    here, one, two = held(at), coordinator(), coordinator()
    observer = seated(here.round, "Наблюдаева Нина Ильинична", part="observer")
    say(here, one, at, usefulness=4, wants_visit=True, text="Ждём в гости.")
    say(here, two, at, usefulness=1)
    say(here, observer, at, usefulness=None, wants_visit=True)
    places = [municipalities_for(here.round, person).get().name for person in (one, two, observer)]
    echo = Echo(
        tuple(
            sorted(
                (
                    Voice(places[0], 4, True, "Ждём в гости."),
                    Voice(places[1], 1, False, ""),
                    Voice(places[2], None, True, ""),
                ),
                key=lambda voice: voice.municipality,
            )
        )
    )
    assert echoes_of(here.round) == {here.dossiers[0].pk: echo}
    assert echo_on(here.dossiers[0]) == echo
    assert echo_on(here.dossiers[1]) == Echo(())
    assert (echo.mean, echo.visitors) == (2.5, tuple(sorted((places[0], places[2]))))
    assert best_first(defended_in(here.round), echoes_of(here.round)) == [
        (here.round.slots.get(dossier=here.dossiers[0]), echo)
    ]


def test_nobody_rates_the_works_of_home(at: datetime) -> None:
    here = held(at)
    own = world.organisation(municipality=here.dossiers[0].organisation.municipality)
    with pytest.raises(Refusal, match="Это работа вашего муниципалитета"):
        say(here, world.member(own, Role.COORDINATOR), at)


def test_nobody_speaks_for_another_municipality(at: datetime) -> None:
    here, person = held(at), coordinator()
    with pytest.raises(Refusal, match="только от своего") as no:
        say(here, person, at, municipality=world.municipality())
    assert no.value.field == "municipality"


@pytest.mark.parametrize(
    ("fields", "words", "field"),
    [
        ({"usefulness": 6}, "от 1 до 5", "usefulness"),
        ({"usefulness": 0}, "от 1 до 5", "usefulness"),
        ({"text": "а" * 2001}, "Сократите отзыв до 2000 знаков: сейчас их 2001", "text"),
        ({"usefulness": None, "text": " "}, "Выберите полезность, отметьте", "usefulness"),
    ],
)
def test_bad_feedback_is_refused(at: datetime, fields: dict[str, Any], words: str, field: str) -> None:
    with pytest.raises(Refusal, match=words) as no:
        say(held(at), coordinator(), at, **fields)
    assert no.value.field == field
    assert not DefenceFeedback.objects.exists()


def test_only_what_was_defended_is_spoken_of(at: datetime) -> None:
    here, remote = held(at), scene()
    with pytest.raises(Refusal, match="ещё не защитили"):
        say(here, coordinator(), at, work=1)
    with pytest.raises(Refusal, match="открытой защиты"):
        say(remote, coordinator(), at)


def test_only_coordinators_and_observers_speak(at: datetime) -> None:
    here = held(at)
    observer = seated(here.round, "Наблюдаева Нина Ильинична", part="observer")
    other = seated(defence().round, "Другова Дина Ильинична", part="observer")
    people = (coordinator(), observer, other, here.experts[0], here.organiser)
    assert [rounds_open_to_feedback(one).filter(pk=here.round.pk).exists() for one in people] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert [len(speaks_for(here.round, one)) for one in people] == [1, 1, 0, 0, 0]
    for person in people[2:]:
        with pytest.raises(PermissionDenied):
            say(here, person, at, municipality=world.municipality())
    here.round.state = RoundState.PREPARING
    here.round.save()
    assert not rounds_open_to_feedback(people[0]).exists()
