"""Weighing one page: bytes on the wire, requests, queries, processor time beside a bare view."""

import re
import time
from collections.abc import Iterator
from statistics import median
from typing import Any, Final

from django.db import connection
from django.http.response import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext

from innoset.accounts.models import User
from tools.bench.addresses import FLOOR
from tools.bench.verdicts import Weight, resources_of

TURNS: Final = 5
"""How many times a page and the bare view take turns; the middle one counts."""

OK: Final = 200
STATUS_LINE: Final = len("HTTP/1.1 200 OK\r\n\r\n")
_IN_STYLES: Final = re.compile(r"url\(\s*['\"]?([^'\")#]+)")


class NotShown(Exception):
    """The page did not answer as a page."""


def browser_of(person: User | None) -> Client:
    """Return a browser that takes compressed answers, signed in as the person."""
    client = Client(raise_request_exception=False, SERVER_NAME="localhost", HTTP_ACCEPT_ENCODING="gzip")
    if person is not None:
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def weigh(browser: Client, address: str) -> Weight:
    """Ask for the page as a browser with an empty cache does, then again and again for the time."""
    html = _fetched(browser, address)
    plain = _plain(browser, address)
    found = _with_styles(browser, address, resources_of(plain))
    size = _wire(html) + sum(_wire(_fetched(browser, one)) for one in found)
    with CaptureQueriesContext(connection) as queries:
        browser.get(address)
    return Weight(size, 1 + len(found), len(queries), _ratio(browser, address))


def _fetched(browser: Client, address: str) -> HttpResponseBase:
    response = browser.get(address)
    if response.status_code != OK:
        raise NotShown(f"ответ {response.status_code}")
    return response


def _plain(browser: Client, address: str) -> str:
    return browser.get(address, HTTP_ACCEPT_ENCODING="identity").content.decode()


def _with_styles(browser: Client, page: str, found: list[str]) -> list[str]:
    """Add what the style sheets fetch themselves; refuse anything that is not ours."""
    for address in found:
        if re.match(r"(?:[a-z]+:)?//", address):
            raise NotShown(f"чужой адрес {address}")
    every = dict.fromkeys(found)
    for address in found:
        if address.endswith(".css"):
            text = b"".join(_body(browser.get(address, HTTP_ACCEPT_ENCODING="identity"))).decode()
            links = (link for link in _IN_STYLES.findall(text) if not link.startswith("data:"))
            every |= dict.fromkeys(f"{address.rpartition('/')[0]}/{link}" for link in links)
    every.pop(page, None)
    return list(every)


def _body(response: HttpResponseBase) -> Iterator[bytes]:
    content: Any = response.streaming_content if response.streaming else [response.content]  # type: ignore[attr-defined]  # each kind has its own
    yield from content
    response.close()


def _wire(response: HttpResponseBase) -> int:
    """Return how many bytes the answer takes with its headers."""
    headers = sum(len(f"{name}: {value}\r\n".encode()) for name, value in response.items())
    return STATUS_LINE + headers + sum(len(part) for part in _body(response))


def _ratio(browser: Client, address: str) -> float:
    """Return the page's processor time in times of the bare view's; both take turns, so a busy machine is fair."""
    stranger = browser_of(None)
    pairs = [(_spent(browser, address), _spent(stranger, f"/{FLOOR}")) for _ in range(TURNS)]
    return median(page for page, _ in pairs) / median(floor for _, floor in pairs)


def floor_in_ms() -> float:
    """Return what the bare view takes here, in milliseconds of processor time."""
    stranger = browser_of(None)
    return 1000 * median(_spent(stranger, f"/{FLOOR}") for _ in range(4 * TURNS))


def _spent(browser: Client, address: str) -> float:
    began = time.process_time()
    browser.get(address)
    return time.process_time() - began
