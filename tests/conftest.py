"""What every test may count on: a fixed moment, no network, no clock, no silent template."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

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


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep the database out of the pure tests, and mark the journeys."""
    for item in items:
        if item.path.is_relative_to(PURE) and item.get_closest_marker("django_db"):
            raise pytest.UsageError(f"{item.nodeid}: a pure test may not ask for the database")
        if item.path.is_relative_to(TESTS / "browser"):
            item.add_marker("browser")


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
