"""Conflicts of interest over real rows: the planted set, and each tie with its sentence."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from innoset.foundation.errors import Refusal
from innoset.network.models import Organisation
from innoset.network.states import Role
from innoset.review import queries
from innoset.review.models import EarlyConflict, Interest
from innoset.review.pure.conflicts import Finding, Kind
from innoset.review.queries.conflicts import conflict_of
from innoset.review.states import InterestPart, OwnMunicipality
from tests import world
from tests.review.scene import given, scene
from tools.bench.conflicts import lines_of, outcome_of, plant

pytestmark = pytest.mark.django_db
SIMPLE = frozenset({Kind.ORGANISATION, Kind.MUNICIPALITY, Kind.DECLARED})


def test_two_hundred_planted_conflicts_are_found_among_decoys(django_assert_num_queries: Any) -> None:
    planted = plant(1)
    with django_assert_num_queries(8):
        outcome = outcome_of(planted)
    assert outcome.planted == 210
    assert outcome.recall >= 0.98
    assert outcome.precision >= 0.90
    assert (outcome.missed, outcome.wrong) == ({"team": 3}, {"team": 5})
    assert next(lines_of(outcome)).startswith("Заложено конфликтов: 210 на ")


def test_the_register_and_declarations_alone_would_lose_most_of_them() -> None:
    outcome = outcome_of(plant(1), kinds=SIMPLE)
    assert outcome.recall < 0.4


def test_a_former_place_of_work_bars_for_three_years_and_is_shown_for_ever() -> None:
    here = scene(experts=2, dossiers=1)
    first, second = (one.pk for one in here.experts)
    work = here.dossiers[0]
    for expert, until in ((here.experts[0], "2025-08-31"), (here.experts[1], "2022-08-31")):
        ended = datetime.fromisoformat(f"{until}T09:00:00+00:00")
        world.membership(expert, work.organisation, since=ended - timedelta(days=99), until=ended)
    assert queries.conflicts_of(here.round, [first, second]) == {
        (first, work.pk): Finding(Kind.FORMER, "Работала в этой организации до 31.08.2025"),
        (second, work.pk): Finding(Kind.FORMER, "Работал в этой организации до 31.08.2022, давно", False),
    }
    given(here, expert=1)
    with pytest.raises(Refusal, match=r"Агеева А\. О\.: работала в этой организации до 31\.08\.2025\."):
        given(here, expert=0)


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        (OwnMunicipality.BARRED, [True]),
        (OwnMunicipality.AT_MOST_ONE, [False]),
        (OwnMunicipality.FREE, []),
    ],
)
def test_the_own_municipality_bars_only_where_the_round_says_so(rule: str, found: list[bool]) -> None:
    here = scene(experts=1, dossiers=1, own_municipality=rule)
    place = here.dossiers[0].organisation.municipality
    world.membership(here.experts[0], world.organisation(municipality=place))
    ties = queries.conflicts_of(here.round, [here.experts[0].pk]).values()
    assert [tie.is_barring for tie in ties] == found
    barred = queries.barred_in(here.round, [here.experts[0].pk])
    assert list(barred.values()) == [f"Свой муниципалитет: {place.name}"] * (found == [True])


def test_who_works_at_the_founder_may_not_judge() -> None:
    here = scene(experts=2, dossiers=1)
    founder = world.organisation("Управление образования")
    Organisation.objects.filter(pk=here.dossiers[0].organisation_id).update(founder=founder)
    world.membership(here.experts[0], founder)
    world.membership(here.experts[1], founder, until=world.AT)
    ties = queries.ties_of(here.round, [one.pk for one in here.experts])
    work, (first, second) = here.dossiers[0].pk, here.experts
    assert ties == {
        (first.pk, work): (
            Finding(Kind.FOUNDER, "Работает у учредителя этой организации: Управление образования"),
        ),
        (second.pk, work): (
            Finding(
                Kind.FOUNDER,
                "Работал у учредителя этой организации до 21.11.2026: Управление образования",
                False,
            ),
        ),
    }


def test_a_name_in_the_passport_bars_and_initials_only_warn() -> None:
    here = scene(experts=2, dossiers=1)
    for name in ("АГЕЕВА  Анна Олеговна", "Белов Б. И."):
        Interest.objects.create(dossier=here.dossiers[0], name=name, part=InterestPart.AUTHOR)
    work, (first, second) = here.dossiers[0].pk, here.experts
    assert queries.conflicts_of(here.round, [first.pk, second.pk]) == {
        (first.pk, work): Finding(Kind.TEAM, "Имеет отношение к проекту: автор — АГЕЕВА  Анна Олеговна"),
        (second.pk, work): Finding(
            Kind.TEAM, "Возможно, имеет отношение к проекту: автор — Белов Б. И.", False
        ),
    }
    assert conflict_of(here.round, here.dossiers[0], second.pk) == ""


def test_a_conflict_declared_early_holds_as_one_declared_later() -> None:
    here = scene(experts=1, dossiers=1)
    same = world.dossier(here.dossiers[0].organisation)
    here.round.dossiers.add(same)
    key = here.experts[0].pk
    EarlyConflict.objects.create(
        dossier=here.dossiers[0], person=here.experts[0], ground="works_here", declared_at=world.AT
    )
    reason = "Заявлено: работаю в этой организации"
    assert queries.barred_in(here.round, [key]) == {
        (key, here.dossiers[0].pk): reason,
        (key, same.pk): reason,
    }


def test_a_tutor_named_for_the_work_may_not_judge_it() -> None:
    here = scene(experts=1, dossiers=1)
    expert = here.experts[0]
    Interest.objects.create(
        dossier=here.dossiers[0], person=expert, name=expert.full_name, part=InterestPart.TUTOR
    )
    assert queries.conflicts_of(here.round, [expert.pk]) == {
        (expert.pk, here.dossiers[0].pk): Finding(
            Kind.TUTOR, "Имеет отношение к проекту: тьютор — Агеева Анна Олеговна"
        )
    }


def test_a_membership_without_end_in_a_closed_organisation_says_nothing() -> None:
    here = scene(experts=1, dossiers=1)
    world.membership(here.experts[0], here.dossiers[0].organisation, Role.EDITOR)
    Organisation.objects.filter(pk=here.dossiers[0].organisation_id).update(is_active=False)
    assert queries.conflicts_of(here.round, [here.experts[0].pk]) == {}
