"""What every test may count on: a fixed moment, no network, no clock, no silent template."""

import gc
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from tests.plugins.laid import Laid
from tests.plugins.templates import StrictTemplates

pytest_plugins = ["tests.plugins.browser"]

TESTS = Path(__file__).parent
PURE = TESTS / "pure"
SAMPLES = TESTS.parents[1] / "shared" / "samples"

settings.register_profile(
    "house",
    deadline=None,  # two cores are shared with a database and a browser
    max_examples=60,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("house")


ASKS_THE_DATABASE = {"db", "transactional_db", "django_db_reset_sequences", "live_server"}


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the second engine run only what an engine can change."""
    parser.addoption("--database-only", action="store_true", help="leave out tests that ask no database")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep the database out of the pure tests, mark the journeys, leave out what has run already."""
    for item in items:
        if item.path.is_relative_to(PURE) and item.get_closest_marker("django_db"):
            raise pytest.UsageError(f"{item.nodeid}: a pure test may not ask for the database")
        if item.path.is_relative_to(TESTS / "browser"):
            item.add_marker("browser")
    if config.getoption("--database-only"):
        free = [item for item in items if not _needs_an_engine(item)]
        config.hook.pytest_deselected(items=free)
        items[:] = [item for item in items if _needs_an_engine(item)]


def pytest_collection_finish(session: pytest.Session) -> None:
    """Let the collector of garbage pass over what was loaded for good: it looked through it at every turn."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


def _needs_an_engine(item: pytest.Item) -> bool:
    """Tell whether an engine could make a difference: the test asks for one, or says when it is skipped.

    Without the mark of the database a test cannot reach it at all: the plugin forbids it.
    """
    if item.get_closest_marker("one_engine"):
        return False
    asked = {"django_db", "skipif"}
    wanted = set(getattr(item, "fixturenames", ()))
    return bool(wanted & ASKS_THE_DATABASE) or any(item.get_closest_marker(name) for name in asked)


@pytest.fixture(scope="session")
def django_db_keepdb(request: pytest.FixtureRequest, django_db_modify_db_settings: None) -> bool:
    """Begin with the database that an earlier run has laid, if nothing that lays it has changed."""
    return bool(request.config.getoption("reuse_db")) or Laid.of(request.config).lend()


@pytest.fixture(scope="session")
def django_db_setup(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> None:
    """Keep the database as it was laid for the runs to come."""
    with django_db_blocker.unblock():
        Laid.of(request.config).keep()


@pytest.fixture
def at() -> datetime:
    """The moment at which everything in a test happens: Saturday noon in Krasnodar."""
    return datetime(2026, 11, 21, 9, 0, tzinfo=UTC)


@pytest.fixture
def samples() -> Path:
    """The folder of real documents beside the repository; the test is skipped where there is none."""
    if not SAMPLES.is_dir():
        pytest.skip("no ../shared/samples beside this checkout")
    return SAMPLES


@pytest.fixture(scope="session", autouse=True)
def strict_templates() -> Iterator[None]:
    """Make a template of ours that asks for an unknown variable fail the test."""
    with StrictTemplates():
        yield
