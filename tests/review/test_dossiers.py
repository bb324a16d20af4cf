"""Opening dossiers and rounds."""

from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest
from django.apps import apps

from innoset.foundation.files.actions import keep
from innoset.review import actions
from innoset.review.actions.dossiers import digest_of
from innoset.review.models import Dossier
from innoset.review.states import RoundKind, RoundState
from tests import world

pytestmark = pytest.mark.django_db

CONTENT = [{"key": "6", "number": "6", "label": "Идея", "text": "Текст", "is_group": False}]


def test_a_dossier_is_frozen_under_its_hash(at: datetime) -> None:
    owner = world.organisation()
    file = keep(b"%PDF-1.4", name="Приложение.pdf", media_type="application/pdf", at=at)
    made = actions.open_dossier(
        code="А-001",
        title="Школа",
        content=CONTENT,
        stages=[],
        group="Проект",
        organisation=owner,
        files=[file],
        at=at,
    )
    frozen = {"title": "Школа", "content": CONTENT, "stages": [], "group": "Проект"}
    assert made.sha256 == digest_of(frozen)
    assert (made.organisation, made.opened_at, list(made.files.all())) == (owner, at, [file])
    assert made.pages == 1


def test_old_dossiers_get_their_pages_by_the_migration() -> None:
    short, long, known = (
        world.dossier(),
        world.dossier(content=[{"text": "я" * 3601}]),
        world.dossier(pages=7),
    )
    count: Any = import_module("innoset.review.migrations.0007_pages_of_old_dossiers").count
    count(apps, None)
    pages = [Dossier.objects.get(pk=one.pk).pages for one in (short, long, known)]
    assert pages == [1, 3, 7]


def test_the_hash_tells_any_change_but_not_the_order_of_keys() -> None:
    assert digest_of({"a": 1, "b": "ё"}) == digest_of({"b": "ё", "a": 1})
    assert digest_of({"a": 1}) != digest_of({"a": 2})


def test_a_round_waits_for_its_panel(at: datetime) -> None:
    owner, rubric, dossier = world.organisation(), world.rubric(), world.dossier()
    made = actions.make_round(
        title="Заочная экспертиза",
        kind=RoundKind.REMOTE,
        organiser=owner,
        rubric=rubric,
        dossiers=[dossier],
        opens_at=at,
        closes_at=at + timedelta(days=1),
        sheets_per_dossier=3,
    )
    assert (made.state, made.is_blind, list(made.dossiers.all())) == (RoundState.PREPARING, True, [dossier])
