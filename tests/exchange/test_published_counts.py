"""The demo network reproduces what was published about the real one; what was not published stays unknown."""

from datetime import datetime

import pytest

from innoset.accounts.models import User
from innoset.analytics.models import Analysis, Measurement
from innoset.exchange.demo import agreements, dissemination, indicators, network, statuses
from innoset.exchange.demo.cast import Cast
from innoset.foundation.russian import MOSCOW
from tests.exchange import published

pytestmark = pytest.mark.django_db


def small_year(at: datetime) -> network.World:
    """The demo year without its contests: sites over time, agreements, evidence with grants, figures."""
    operator = User.objects.create_superuser(
        "operator@example.test", last_name="Системный", first_name="Оператор"
    )
    world = network.World(at=at, cast=Cast(), operator=operator)
    network.build(world)
    network.fill_statuses(world)
    for room in (statuses, agreements, dissemination, indicators):
        room.fill(world)
    return world


def test_published_counts_of_the_network(at):
    small_year(at)
    assert published.sites_on(at.astimezone(MOSCOW).date()) == published.SITES
    assert published.entered() == published.ENTERED
    unknown = Measurement.objects.get(indicator__code="mip-kindergartens")
    assert (unknown.value, unknown.numerator, unknown.denominator) == (None, None, 3)
    sent = [(one.view, one.sent_at is not None) for one in Analysis.objects.order_by("pk")]
    assert sent == [("own", True), ("own", True), ("own", False), ("expert", True)]
