"""What the virus scanner's answers change. No person does this, so it passes no policy."""

import logging
from datetime import datetime

from django.db import transaction

from innoset.foundation.audit.ledger import address_of
from innoset.foundation.files import notices, queries, scanner, storage
from innoset.foundation.files.models import StoredFile
from innoset.foundation.files.states import Scan
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import moment_in_words

log = logging.getLogger(__name__)

AT_ONCE = 50
"""Files of one turn; the next turn goes on."""
MOST_FAILURES = 3
"""A scanner that fails on so many files of one turn is not asked further: they wait for the next."""


def scan_waiting(*, at: datetime) -> int:
    """Have the waiting files judged; return how many were. A file without a verdict stays closed."""
    judged = failed = 0
    waiting = list(queries.waiting_for_scan()[:AT_ONCE]) if scanner.is_present() else []
    for stored in waiting:
        try:
            verdict = scanner.verdict_on(storage.read(stored))
        except scanner.ScannerAway as error:
            log.warning("the virus scanner is away: %s", error)
            break
        except (scanner.NoVerdict, OSError) as error:
            log.warning("no verdict on file %s: %s", stored.pk, error)
            failed += 1
            _pass_over(stored, at=at)
        else:
            judged += _judge(stored, verdict, at=at)
        if failed >= MOST_FAILURES:
            break
    return judged


def _pass_over(stored: StoredFile, *, at: datetime) -> None:
    """Let the others go first, so that one file does not hold them back."""
    StoredFile.objects.filter(pk=stored.pk, scan=Scan.WAITING).update(scanned_at=at)


def _judge(stored: StoredFile, verdict: scanner.Verdict, *, at: datetime) -> int:
    """Write the verdict down once, and tell whoever gave a file with a virus."""
    with transaction.atomic():
        fresh = StoredFile.objects.filter(pk=stored.pk, scan=Scan.WAITING)
        changed = fresh.update(scan=Scan(verdict.value), scanned_at=at)
        if changed and verdict == scanner.Verdict.INFECTED:
            _tell(stored, at=at)
    return changed


def _tell(stored: StoredFile, *, at: datetime) -> None:
    announce(
        notices.INFECTED,
        to=[stored.created_by] if stored.created_by is not None else [],
        at=at,
        about=address_of(stored),
        facts={"name": stored.name, "moment": moment_in_words(stored.created_at)},
    )
