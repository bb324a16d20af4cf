"""The moment of the first byte: told by the database, reckoned back, never believed further than half an hour."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from innoset.foundation import clock
from innoset.web.ui import arrival
from innoset.web.ui.arrival import ArrivalMiddleware, arrived_at, moment_of_first_byte

NOW = datetime(2026, 12, 5, 14, 0, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("held", "header", "before"),
    [
        (0.0, "", 0),
        (2.5, "", 2.5),
        (3600.0, "", 1800),
        (1.0, "spent=4.0", 5),
        (1.0, f"t={NOW.timestamp() - 4000:.3f}; spent=4.0", 5),
        (1.0, "spent=999999", 1800),
        (1.0, f"t={NOW.timestamp() - 7:.3f}", 7),
        (1.0, f"t={NOW.timestamp() - 7200:.3f}", 1800),
        (1.0, f"t={NOW.timestamp() + 60:.3f}", 1),
        (1.0, f"t={NOW.timestamp() - 0.5:.3f}", 1),
        (1.0, "t=завтра", 1),
        (1.0, "t=1e9", 1),
        (1.0, "t=17958744001230000", 1),
        (1.0, "start=17", 1),
    ],
)
def test_first_byte_is_reckoned_back_within_bounds(held: float, header: str, before: float) -> None:
    assert moment_of_first_byte(NOW, held, header) == NOW - before * SECOND


def request_with(header: str) -> HttpRequest:
    return RequestFactory().get("/", headers={"X-Request-Start": header})


@pytest.mark.django_db
@pytest.mark.parametrize(("trusted", "before"), [(False, 0), (True, 600)])
def test_header_counts_only_behind_a_trusted_proxy(settings: object, trusted: bool, before: int) -> None:
    settings.TRUST_PROXY = trusted  # type: ignore[attr-defined]  # a fixture of pytest-django
    came = arrived_at(request_with("spent=600"))
    assert before * SECOND <= clock.now() - came < (before + 5) * SECOND


@pytest.mark.django_db
def test_stamp_of_the_middleware_counts_and_the_database_is_asked_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[datetime] = []

    def view(request: HttpRequest) -> HttpResponse:
        monotonic = arrival.time.monotonic
        monkeypatch.setattr(arrival.time, "monotonic", lambda: monotonic() + 90)
        seen.extend((arrived_at(request), arrived_at(request)))
        return HttpResponse()

    with CaptureQueriesContext(connection) as queries:
        ArrivalMiddleware(view)(RequestFactory().get("/"))
    assert len(queries) == 1
    assert seen[0] == seen[1]
    assert 90 * SECOND <= clock.now() - seen[0] < 95 * SECOND


@pytest.mark.django_db
def test_the_database_tells_the_time_in_utc() -> None:
    before = datetime.now(UTC)  # noqa: TID251  # reason: here the two clocks are on one machine
    told = clock.now()
    assert (told.tzinfo, abs(told - before) < 2 * SECOND) == (UTC, True)


@pytest.mark.django_db(transaction=True)
def test_the_time_is_that_of_the_question_and_not_of_the_transaction() -> None:
    with transaction.atomic():
        first = clock.now()
        arrival.time.sleep(0.02)
        assert clock.now() - first >= timedelta(milliseconds=15)
