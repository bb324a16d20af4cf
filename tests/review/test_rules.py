"""The rules by which a round gives dossiers to experts."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.review import actions
from innoset.review.actions import AssignmentRules
from innoset.review.states import RoundState
from tests.review.scene import defence, scene

pytestmark = pytest.mark.django_db


def rules(**changed: Any) -> AssignmentRules:
    given: dict[str, Any] = {"sheets_per_dossier": 2, "minutes_per_page": 4, "own_municipality": "barred"}
    return AssignmentRules(**{**given, **changed})


def test_the_rules_change_and_the_log_keeps_what_was(at: datetime) -> None:
    here = scene(experts=4)
    asked = rules(sheets_per_dossier=3, municipality_cap=1, greatest_probability=Decimal("0.8"))
    actions.set_rules(here.round, rules=asked, by=here.organiser, at=at)
    here.round.refresh_from_db()
    assert (here.round.sheets_per_dossier, here.round.municipality_cap, here.round.greatest_probability) == (
        3,
        1,
        Decimal("0.8"),
    )
    assert Entry.objects.get(deed="review.set_rules").changes == {
        "sheets_per_dossier": [2, 3],
        "municipality_cap": [None, 1],
        "greatest_probability": [None, "0.8"],
    }


@pytest.mark.parametrize(
    ("changed", "field", "words"),
    [
        ({"sheets_per_dossier": 0}, "sheets_per_dossier", "«Экспертов на одно дело» число от 1 до 9"),
        ({"sheets_per_dossier": 10}, "sheets_per_dossier", "«Экспертов на одно дело» число от 1 до 9"),
        ({"minutes_per_page": 121}, "minutes_per_page", "«Минут на страницу» число от 1 до 120"),
        ({"alternates": 6}, "alternates", "«Запасных экспертов» число от 0 до 5"),
        ({"municipality_cap": 0}, "municipality_cap", "«Экспертов одного муниципалитета» число от 1 до 9"),
        ({"own_municipality": ""}, "own_municipality", "нет такого ответа"),
        ({"greatest_probability": Decimal(0)}, "greatest_probability", "число от 1 до 100"),
        ({"greatest_probability": Decimal("1.01")}, "greatest_probability", "число от 1 до 100"),
        ({"greatest_probability": Decimal("0.4")}, "greatest_probability", "не бывает меньше 50 %"),
    ],
)
def test_what_cannot_be_kept_is_refused(
    changed: dict[str, Any], field: str, words: str, at: datetime
) -> None:
    here = scene(experts=4)
    with pytest.raises(Refusal, match=words) as no:
        actions.set_rules(here.round, rules=rules(**changed), by=here.organiser, at=at)
    assert no.value.field == field


def test_before_the_panel_is_there_and_at_a_defence_lots_are_not_checked_against_it(at: datetime) -> None:
    asked = rules(greatest_probability=Decimal("0.1"))
    for here in (scene(experts=1), defence(experts=4)):
        actions.set_rules(here.round, rules=asked, by=here.organiser, at=at)
        here.round.refresh_from_db()
        assert here.round.greatest_probability == Decimal("0.1")


def test_a_closed_round_and_a_stranger_are_refused(at: datetime) -> None:
    closed, here = scene(state=RoundState.CLOSED), scene()
    with pytest.raises(Refusal, match="Тур завершён"):
        actions.set_rules(closed.round, rules=rules(), by=closed.organiser, at=at)
    with pytest.raises(PermissionDenied):
        actions.set_rules(here.round, rules=rules(), by=here.experts[0], at=at)
