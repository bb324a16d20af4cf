"""The house composes downward: imports by the linter's contracts, foreign keys by this test."""

import subprocess
import sys
import tomllib
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.db import models

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]


def ranks() -> dict[str, int]:
    """The floor of every room, counted from the ground, as the import contract has it."""
    [floors] = [contract["layers"] for contract in CONFIG["contracts"] if contract["id"] == "floors"]
    return {
        room.strip(" ()"): rank for rank, floor in enumerate(reversed(floors)) for room in floor.split("|")
    }


def room_of(model: type[models.Model]) -> str:
    """The room that a table lives in: `innoset.foundation.audit.models` is of `foundation`."""
    return model.__module__.split(".")[1]


def ours() -> list[type[models.Model]]:
    """Every table of the house."""
    return [model for model in apps.get_models() if model.__module__.startswith("innoset.")]


def points_up(model: type[models.Model], field: models.Field) -> bool:
    """Tell whether a relation climbs, or reaches a neighbour on the same floor."""
    target = field.related_model
    if target is None or not target.__module__.startswith("innoset."):
        return False
    if target._meta.label == settings.AUTH_USER_MODEL or room_of(target) == room_of(model):
        return False
    return ranks()[room_of(target)] >= ranks()[room_of(model)]


def test_foreign_keys_point_down():
    climbing = [
        f"{model._meta.label}.{field.name}"
        for model in ours()
        for field in (*model._meta.local_fields, *model._meta.local_many_to_many)
        if points_up(model, field)
    ]
    assert climbing == []


def test_every_room_with_tables_has_a_floor():
    assert {room_of(model) for model in ours()} - set(ranks()) == set()


def test_the_rule_would_catch_a_climbing_key():
    rank = ranks()
    assert rank["foundation"] < rank["accounts"] < rank["review"] < rank["projects"] < rank["contests"]
    assert rank["contests"] < rank["web"] < rank["conf"]


def test_imports_keep_to_the_contracts():
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([linter, "--no-logo"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
