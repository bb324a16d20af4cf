"""Looking at the site: what is written down when it answers, when it does not, when it is too slow."""

import threading
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from django.test import Client

from innoset.foundation.jobs import actions, jobs
from innoset.foundation.jobs.models import Probe, Slot
from innoset.foundation.jobs.probing import look_at

MINUTE = timedelta(minutes=1)


class Site(BaseHTTPRequestHandler):
    """A site with good pages, broken ones and slow ones."""

    def do_GET(self) -> None:
        if "slow" in self.path:
            time.sleep(0.6)
        self.send_response(503 if "broken" in self.path else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[str]:
    """The address of a running site."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


def test_a_site_is_up_when_it_answers_well_and_in_time(site: str) -> None:
    good, broken, slow = (look_at(f"{site}/{page}", patience=0.3) for page in ("good", "broken", "slow"))
    assert (good.is_up, good.note) == (True, "")
    assert (broken.is_up, broken.note) == (False, "HTTPError: HTTP Error 503: Service Unavailable")
    assert (slow.is_up, "timed out" in slow.note) == (False, True)


@pytest.mark.parametrize("url", ["http://127.0.0.1:9/", "http://host.invalid.localhost:1/", "nonsense"])
def test_where_nobody_answers_the_site_is_down(url: str) -> None:
    seen = look_at(url, patience=0.5)
    assert (seen.is_up, bool(seen.note)) == (False, True)


@pytest.mark.django_db
def test_each_look_is_written_down(site: str, settings: object) -> None:
    for page in ("good", "broken"):
        settings.PROBE_URL = f"{site}/{page}"  # type: ignore[attr-defined]  # a fixture of pytest-django
        jobs.look_at_site.call()
    assert list(Probe.objects.order_by("at").values_list("is_up", flat=True)) == [True, False]


@pytest.mark.django_db
def test_old_looks_are_forgotten_and_the_others_kept(at: datetime) -> None:
    for days in (1, 99, 101):
        actions.record_look(at=at - timedelta(days=days), is_up=True, milliseconds=5)
    assert actions.forget_looks(before=at - actions.LOOKS_KEPT) == 1
    assert Probe.objects.count() == 2


@pytest.mark.django_db
def test_a_turn_is_claimed_once(at: datetime) -> None:
    assert [actions.claim("warning-3:1", due_at=at, at=at + n * MINUTE) for n in range(3)] == [
        True,
        False,
        False,
    ]
    assert actions.claim("warning-3:1", due_at=at + MINUTE, at=at)
    assert Slot.objects.count() == 2


@pytest.mark.django_db
def test_the_page_for_probes_asks_the_database_and_nobody_for_a_name() -> None:
    response = Client().get("/livez/")
    assert (response.status_code, response["Content-Type"]) == (200, "text/plain")
    assert response.content.decode().endswith(" UTC\n")
