"""Ten identical sends at once: one application is sent, ten equal receipts come back."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import close_old_connections, connection, transaction
from django.test import Client
from django.urls import reverse

from innoset.contests.actions import sendings
from innoset.contests.models import Application, Submission
from innoset.contests.states import ApplicationState
from innoset.documents.models import Paper
from innoset.foundation.audit import ledger
from innoset.foundation.notify.models import Letter
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)

TIMES = 10
EVERY = ("terms", "publicity", "rights")


def storm(deed: Callable[[], object]) -> list[object]:
    """Do the deed in ten threads at the same moment and return what each got."""
    gate = Barrier(TIMES)

    def one() -> object:
        close_old_connections()
        try:
            gate.wait()
            return deed()
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        return [waiting.result() for waiting in [pool.submit(one) for _ in range(TIMES)]]


def outcome(receipts: list[object]) -> dict[str, int]:
    """Count what the storm left behind."""
    return {
        "answers": len(receipts),
        "different receipts": len(set(receipts)),
        "applications sent": Application.objects.filter(state=ApplicationState.SUBMITTED).count(),
        "submissions": Submission.objects.count(),
        "papers": Paper.objects.filter(kind=Paper.Kind.RECEIPT).count(),
        "letters": Letter.objects.count(),
    }


ONCE = {
    "answers": 10,
    "different receipts": 1,
    "applications sent": 1,
    "submissions": 1,
    "papers": 1,
    "letters": 1,
}


def test_ten_identical_sends_make_one_sending_and_ten_equal_receipts(at: datetime) -> None:
    draft = world.application()
    key = sendings.new_key()

    def send() -> object:
        mine = Application.objects.get(pk=draft.pk)
        sent = sendings.submit(
            mine, key=key, consents=EVERY, address=world.ADDRESS, by=draft.created_by, at=at
        )
        return sent.receipt.number, sent.receipt.sha256, sent.receipt.pdf_id, sent.sent_at

    assert outcome(storm(send)) == ONCE


def test_without_the_key_the_same_storm_sends_more_than_once(at: datetime) -> None:
    """The negative control: this is what the key is for, and the count above notices it."""
    draft = world.application()

    def send_without_asking_for_the_key() -> object:
        mine = Application.objects.get(pk=draft.pk)
        with transaction.atomic(), ledger.deed():
            mine.refresh_from_db(from_queryset=Application.objects.select_for_update(of=("self",)))
            waybill = sendings.Waybill(uuid4().hex, EVERY, world.ADDRESS, arrived_at=at)
            parcel = sendings.parcel_of(mine, by=draft.created_by, at=at)
            sent = sendings.record(mine, parcel, waybill, by=draft.created_by, at=at)
        return sent.receipt.number, sent.receipt.sha256, sent.receipt.pdf_id, sent.sent_at

    left = outcome(storm(send_without_asking_for_the_key))
    assert left != ONCE
    assert (left["submissions"], left["different receipts"], left["papers"]) == (10, 10, 10)


def test_ten_identical_posts_lead_to_one_receipt() -> None:
    draft = world.application()
    draft.contest.stages.filter(kind="submission").update(
        starts_at=datetime(2001, 1, 1, tzinfo=UTC), ends_at=datetime(2101, 1, 1, tzinfo=UTC)
    )
    browser = world.signed_in(draft.created_by)
    session = browser.cookies["sessionid"].value
    url = reverse("cabinet:check", args=[draft.number])
    data = {"key": sendings.new_key(), "guarantees": "on"}

    def post() -> object:
        client = Client()
        client.cookies["sessionid"] = session
        response = client.post(url, data)
        return response.status_code, response.headers.get("Location")

    receipts = storm(post)
    assert outcome(receipts) == ONCE
    assert set(receipts) == {(302, reverse("cabinet:receipt", args=[draft.number, 1]))}
