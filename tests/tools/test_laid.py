"""The laid database is lent only while everything that lays it stays as it was."""

from pathlib import Path

import pytest

from tests.plugins.laid import key_of

LAYERS = (
    "innoset/network/migrations/0001_initial.py",
    "innoset/network/reference/statuses.py",
    "innoset/network/states.py",
    "innoset/foundation/db/append_only.py",
    "requirements/app.lock",
)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A small tree with a file of each kind that lays a database."""
    for name in LAYERS:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name)
    return tmp_path


@pytest.mark.parametrize("name", LAYERS)
def test_whatever_lays_it_changes_the_key(copy: Path, name: str) -> None:
    before = key_of(copy)
    (copy / name).write_text("иначе")
    assert key_of(copy) != before


def test_a_new_migration_changes_the_key_and_a_page_does_not(copy: Path) -> None:
    before = key_of(copy)
    (copy / "innoset" / "web.py").write_text("страница")
    assert key_of(copy) == before
    (copy / "innoset/network/migrations/0002_more.py").write_text("ещё")
    assert key_of(copy) != before
