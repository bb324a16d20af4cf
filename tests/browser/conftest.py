"""The demo year in a database that a real server reads, and the way into it."""

from collections.abc import Callable
from datetime import UTC, datetime
from importlib import import_module
from time import time

import pytest
from django.apps import apps
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page

from innoset.accounts.models import User
from innoset.exchange.demo.build import build
from innoset.exchange.demo.network import World
from innoset.network.models import Municipality
from tests import world as small_world

REFERENCE = (
    ("innoset.network.migrations.0002_municipalities_and_statuses", "fill"),
    ("innoset.accounts.migrations.0002_consent_texts", "publish"),
    ("innoset.accounts.migrations.0005_simple_signature", "publish"),
    ("innoset.accounts.migrations.0006_expert_secrecy", "publish"),
    ("innoset.review.migrations.0003_directions", "fill"),
    ("innoset.documents.migrations.0004_acts_of_the_base", "fill"),
    ("innoset.analytics.migrations.0002_dictionaries_of_indicators", "fill"),
)


@pytest.fixture
def reference(transactional_db: None) -> None:
    """The rows that come with the tables; the journey before this one has emptied them.

    Django's own way, the serialized rollback, remembers them on a connection that a journey no longer
    sees once the browser runs an event loop in the same thread.
    """
    if not Municipality.objects.exists():
        for module, step in REFERENCE:
            getattr(import_module(module), step)(apps, None)


@pytest.fixture
def demo(reference: None, real_now: datetime) -> World:
    """The whole demo year as it stands now."""
    return build(at=real_now)


@pytest.fixture
def real_now() -> datetime:
    """The moment on the wall clock: the server of a journey reads it, so the journey must too."""
    return datetime.fromtimestamp(time(), tz=UTC)


@pytest.fixture
def let_in(live_server) -> Callable[[Page, User], Client]:
    """Sign a person in, in the browser and in a quick client alike."""

    def sign_in(page: Page, person: User) -> Client:
        client = small_world.signed_in(person)
        page.context.add_cookies(
            [
                {
                    "name": settings.SESSION_COOKIE_NAME,
                    "value": client.cookies[settings.SESSION_COOKIE_NAME].value,
                    "url": live_server.url,
                }
            ]
        )
        return client

    return sign_in
