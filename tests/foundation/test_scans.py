"""The virus scanner: what it clears is open, what it has not judged is closed, whatever it does."""

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from innoset.foundation.files import actions, jobs, queries, scanner, storage
from innoset.foundation.files.actions.scans import scan_waiting
from innoset.foundation.files.kinds import PDF
from innoset.foundation.files.models import StoredFile
from innoset.foundation.files.queries import FileClosed
from innoset.foundation.files.scanner import NoVerdict, ScannerAway, Verdict, verdict_on
from innoset.foundation.files.states import Scan
from innoset.foundation.notify.actions import send_due
from innoset.foundation.notify.models import Letter, Message
from tests import world
from tests.foundation import clamd

AT = world.AT
CLEAN, BAD = b"%PDF-1.7 clean", b"%PDF-1.7 " + clamd.VIRUS
WAITS = "Файл ждёт проверки на вирусы. Обычно это несколько минут: откройте его позже."
CLOSED = "В файле найден вирус. Файл закрыт для всех."


@pytest.fixture
def listening(settings: Any, tmp_path: Path) -> Iterator[Any]:
    """Return a way to start a scanner of some manner; the one before is gone then."""
    with ExitStack() as stack:

        def start(manner: clamd.Manner = clamd.honest, *, on_port: bool = False) -> None:
            stack.close()
            where = None if on_port else tmp_path / "clamd.sock"
            if where is not None:
                where.unlink(missing_ok=True)
            settings.CLAMD_SOCKET = stack.enter_context(clamd.scanner(where, manner))

        yield start


def given(data: bytes = CLEAN, name: str = "Письмо.pdf", **fields: Any) -> StoredFile:
    return actions.keep(data, name=name, media_type=PDF, at=AT, **fields)


# ── The conversation ────────────────────────────────────────────────────────


@pytest.mark.parametrize("on_port", [False, True], ids=["socket", "port"])
@pytest.mark.parametrize(
    ("data", "verdict"),
    [
        (b"", Verdict.CLEAN),
        (CLEAN, Verdict.CLEAN),
        (BAD, Verdict.INFECTED),
        (b"0" * 999_999 + BAD, "infected"),
    ],
    ids=["nothing", "clean", "virus", "virus far inside"],
)
def test_scanner_is_understood(listening: Any, data: bytes, verdict: Verdict, on_port: bool) -> None:
    listening(on_port=on_port)
    assert verdict_on(data) == verdict


@pytest.mark.parametrize(
    "manner", [clamd.silent, clamd.curt, clamd.halting, clamd.confused, clamd.overfed, clamd.endless]
)
def test_anything_else_is_no_verdict(listening: Any, monkeypatch: Any, manner: clamd.Manner) -> None:
    monkeypatch.setattr(scanner, "ANSWER_SECONDS", 0.3)
    listening(manner)
    with pytest.raises(NoVerdict):
        verdict_on(CLEAN)


@pytest.mark.parametrize("address", ["/nowhere/clamd.sock", "127.0.0.1:1", "localhost:1"])
def test_nobody_there_is_said_at_once(settings: Any, address: str) -> None:
    settings.CLAMD_SOCKET = address
    with pytest.raises(ScannerAway):
        verdict_on(CLEAN)


# ── Who may open what ───────────────────────────────────────────────────────


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("scan", "giver", "stranger"),
    [
        (Scan.OFF, "", ""), (Scan.CLEAN, "", ""), (Scan.WAITING, "", WAITS), (Scan.INFECTED, CLOSED, CLOSED),
    ],
)  # fmt: skip
def test_file_is_open_to(scan: Scan, giver: str, stranger: str) -> None:
    person = world.person()
    stored = given(by=person)
    stored.scan = scan
    others = (world.person(), None)
    assert queries.objection_to_opening(stored, person) == giver
    assert [queries.objection_to_opening(stored, one) for one in others] == [stranger, stranger]


@pytest.mark.django_db
def test_file_of_nobody_waits_for_everybody() -> None:
    stored = given()
    stored.scan = Scan.WAITING
    with pytest.raises(FileClosed, match="ждёт проверки"):
        queries.content_for(stored, world.person())


@pytest.mark.django_db
def test_without_a_scanner_files_are_open_and_say_that_nobody_looked() -> None:
    stored = given()
    assert (stored.scan, stored.get_scan_display()) == (Scan.OFF, "Не проверен на вирусы")
    assert queries.content_for(stored) == CLEAN
    assert scan_waiting(at=AT) == 0


# ── The turn of the worker ──────────────────────────────────────────────────


@pytest.mark.django_db
def test_waiting_files_are_judged_once_and_the_giver_is_told(listening: Any) -> None:
    listening()
    person = world.person()
    good, bad = given(by=person), given(BAD, "Счёт.pdf", by=person)
    nobodys, printed = given(BAD, "Без имени.pdf"), given(name="Расписка.pdf", is_made_here=True)
    assert [one.scan for one in (good, bad, printed)] == [Scan.WAITING, Scan.WAITING, Scan.OFF]
    later = AT + timedelta(minutes=1)
    assert (scan_waiting(at=later), scan_waiting(at=later)) == (3, 0)
    found = StoredFile.objects.order_by("pk").values_list("pk", "scan", "scanned_at")
    assert list(found) == [
        (good.pk, "clean", later),
        (bad.pk, "infected", later),
        (nobodys.pk, "infected", later),
        (printed.pk, "off", None),
    ]
    told = Message.objects.get()
    assert (told.recipient, told.title) == (person, "В файле «Счёт.pdf» найден вирус")
    assert Letter.objects.get().subject == told.title


@pytest.mark.django_db
def test_while_the_scanner_is_away_files_stay_closed_and_later_open(settings: Any, listening: Any) -> None:
    settings.CLAMD_SOCKET = "/nowhere/clamd.sock"
    stored = given()
    assert jobs.scan_waiting.func() == 0
    stored.refresh_from_db()
    assert (stored.scan, stored.scanned_at) == (Scan.WAITING, None)
    with pytest.raises(FileClosed):
        queries.content_for(stored)
    listening()
    assert jobs.scan_waiting.func() == 1
    stored.refresh_from_db()
    assert queries.content_for(stored) == CLEAN


@pytest.mark.django_db
def test_scanner_turned_off_opens_nothing_that_waits(settings: Any, listening: Any) -> None:
    listening()
    stored = given(BAD)
    settings.CLAMD_SOCKET = ""
    assert scan_waiting(at=AT) == 0
    stored.refresh_from_db()
    assert queries.objection_to_opening(stored) == WAITS


@pytest.mark.django_db
@pytest.mark.parametrize("manner", [clamd.silent, clamd.curt, clamd.confused, clamd.overfed])
def test_without_a_verdict_a_file_stays_closed(
    listening: Any, monkeypatch: Any, manner: clamd.Manner
) -> None:
    monkeypatch.setattr(scanner, "ANSWER_SECONDS", 0.2)
    listening(manner)
    for number in range(5):
        given(CLEAN, f"{number}.pdf")
    assert scan_waiting(at=AT) == 0
    rows = StoredFile.objects.order_by("pk").values_list("scan", "scanned_at")
    # Three failures are enough for a turn; the two that were not asked about come first next time.
    assert list(rows) == [("waiting", AT)] * 3 + [("waiting", None)] * 2
    assert [one.name for one in queries.waiting_for_scan()[:2]] == ["3.pdf", "4.pdf"]


@pytest.mark.django_db
def test_file_gone_from_the_disk_holds_nobody_back(listening: Any) -> None:
    listening()
    lost, good = given(CLEAN + b"1"), given(CLEAN + b"2")
    storage.path_of(lost.sha256).unlink()
    assert scan_waiting(at=AT) == 1
    assert [one.scan for one in StoredFile.objects.order_by("pk")] == [Scan.WAITING, Scan.CLEAN]
    assert good.pk > lost.pk


@pytest.mark.django_db
def test_fail_open_would_be_seen(listening: Any, monkeypatch: Any) -> None:
    """The control: a client that takes any answer for a good one opens a file with a virus."""
    listening(clamd.confused)
    monkeypatch.setattr(scanner, "_understood", lambda _answer: Verdict.CLEAN)
    stored = given(BAD)
    scan_waiting(at=AT)
    stored.refresh_from_db()
    assert queries.content_for(stored) == BAD


@pytest.mark.django_db
def test_letter_never_carries_a_file_that_waits(mailoutbox: list[Any]) -> None:
    letter = Letter.objects.create(
        key="k", notice="n", address="a@example.test", subject="Тема", body="Текст", created_at=AT, due_at=AT
    )
    waiting = given()
    StoredFile.objects.filter(pk=waiting.pk).update(scan=Scan.WAITING)
    letter.files.set([waiting, given(b"%PDF-1.7 paper", "Бумага.pdf", is_made_here=True)])
    assert send_due(at=AT) == 1
    (mail,) = mailoutbox
    assert [one[0] for one in mail.attachments] == ["Бумага.pdf"]
    assert mail.body == f"Текст\n\nНе приложено. {WAITS}"
