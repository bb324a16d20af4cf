"""What the first start fills in: municipalities, statuses, grounds."""

from importlib import import_module

import pytest
from django.apps import apps

from innoset.foundation.identifiers import oktmo, oktmo_check_digit
from innoset.network.models import EndingGround, Municipality, StatusKind
from innoset.network.reference.municipalities import PLACES

pytestmark = pytest.mark.django_db
NETWORK = [
    "Абинский", "Белоглинский", "Выселковский", "Кавказский", "Кореновский", "Крымский",
    "Лабинский", "Новопокровский", "Северский", "Темрюкский", "Туапсинский",
]  # fmt: skip


def test_the_krai_has_44_municipalities() -> None:
    kinds = Municipality.objects.values_list("kind", flat=True)
    assert (len(kinds), list(kinds).count("district"), list(kinds).count("city")) == (44, 37, 7)


def test_eleven_of_them_make_the_network() -> None:
    found = Municipality.objects.filter(is_in_network=True).values_list("name", flat=True)
    assert sorted(found) == [f"{name} район" for name in NETWORK]


def test_every_code_carries_its_check_digit() -> None:
    assert [p.name for p in PLACES if str(oktmo_check_digit(oktmo(p.oktmo))) != p.check_digit] == []


def test_places_lie_in_the_krai() -> None:
    outside = [
        place.name
        for place in Municipality.objects.all()
        if not (43 < place.latitude < 47 and 36 < place.longitude < 42)
    ]
    assert outside == []


def test_the_dictionary_of_statuses() -> None:
    lines = StatusKind.objects.values_list("abbreviation", "level", "term_years")
    assert list(lines) == [
        ("МИП", "municipal", 3),
        ("МСИП", "municipal", 3),
        ("МЛСВ", "municipal", 1),
        ("КИП", "regional", 3),
        ("КРЦ", "regional", 3),
        ("МРЦ", "interregional", 3),
        ("ФИП", "federal", 5),
    ]
    assert EndingGround.objects.count() == 6


def test_the_step_can_be_taken_back() -> None:
    step = import_module("innoset.network.migrations.0002_municipalities_and_statuses")
    step.empty(apps, None)
    assert [m.objects.count() for m in (Municipality, StatusKind, EndingGround)] == [0, 0, 0]
    step.fill(apps, None)
    assert [m.objects.count() for m in (Municipality, StatusKind, EndingGround)] == [44, 7, 6]
