"""Announcing a notice inside a deed, and sending the outbox."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F

from innoset.foundation.files.models import StoredFile
from innoset.foundation.files.queries import content_for, objection_to_opening
from innoset.foundation.notify.models import Letter, Message
from innoset.foundation.notify.notices import Notice

ATTEMPTS = 8
# How long a worker may take over one letter before another tries.
LEASE = timedelta(minutes=10)


def announce(
    notice: Notice,
    *,
    to: Iterable[Any],
    at: datetime,
    about: str,
    url: str = "",
    facts: Mapping[str, object] | None = None,
    files: Sequence[StoredFile] = (),
    only_in_letter: str = "",
) -> None:
    """Tell people of a deed, once each: a message in the cabinet and, if so declared, a letter.

    `about` tells one occasion from another (say `application:12:sent:3`): the same occasion
    announced again to the same person makes no second letter. `only_in_letter` ends the letter and
    stands nowhere else: links that are of use outside the cabinet.
    """
    words = {key: str(value) for key, value in (facts or {}).items()}
    title, text = notice.title.format(**words), notice.text.format(**words)
    for person in dict.fromkeys(to):
        Message.objects.create(
            recipient=person, notice=notice.key, title=title, text=text, url=url, created_at=at
        )
        if notice.by_post and person.email:
            letter = f"{text}\n\n{only_in_letter}" if only_in_letter else text
            post(
                notice,
                address=person.email,
                title=title,
                text=letter,
                at=at,
                about=about,
                url=url,
                files=files,
            )


def post(
    notice: Notice,
    *,
    address: str,
    title: str,
    text: str,
    at: datetime,
    about: str,
    url: str = "",
    files: Sequence[StoredFile] = (),
) -> None:
    """Put one letter into the outbox, once an occasion and address."""
    link = f"\n\n{settings.SITE_URL}{url}" if url else ""
    letter, fresh = Letter.objects.get_or_create(
        key=f"{notice.key}:{about}:{address}"[:200],
        defaults={
            "notice": notice.key,
            "address": address,
            "subject": " ".join(title.split())[:300],
            "body": f"{text}{link}\n\n{settings.SITE_NAME}. Отвечать на это письмо не нужно.",
            "created_at": at,
            "due_at": at,
        },
    )
    if fresh and files:
        letter.files.set(files)


def mark_read(person: Any, *, at: datetime) -> None:
    """Mark all messages of a person as read."""
    Message.objects.filter(recipient=person, read_at=None).update(read_at=at)


def send_due(*, at: datetime, limit: int = 100) -> int:
    """Send letters whose time has come; return how many went out. A failed one waits longer each time."""
    sent = 0
    for key in (
        Letter.objects.filter(state=Letter.State.WAITING, due_at__lte=at)
        .order_by("due_at", "id")
        .values_list("pk", flat=True)[:limit]
    ):
        sent += _send(key, at=at)
    return sent


def _send(key: int, *, at: datetime) -> bool:
    """Claim the letter, post it outside any transaction, write down how it went.

    A slow mail server must not hold the database. A worker that dies in between leaves the letter
    waiting: it goes out again after the lease, under the same Message-ID.
    """
    claim = Letter.objects.filter(pk=key, state=Letter.State.WAITING, due_at__lte=at)
    if not claim.update(attempts=F("attempts") + 1, due_at=at + LEASE):
        return False
    letter = Letter.objects.get(pk=key)
    try:
        _as_mail(letter).send()
    except (OSError, ValueError) as error:
        letter.last_error = f"{type(error).__name__}: {error}"[:500]
        letter.due_at = at + timedelta(minutes=2**letter.attempts)
        if letter.attempts >= ATTEMPTS:
            letter.state = Letter.State.FAILED
    else:
        letter.state, letter.sent_at, letter.last_error = Letter.State.SENT, at, ""
    letter.save(update_fields=["state", "sent_at", "last_error", "due_at"])
    return letter.state == Letter.State.SENT


def _as_mail(letter: Letter) -> EmailMessage:
    # One Message-ID a letter: a repeated delivery can be recognised as the same letter.
    domain = urlsplit(settings.SITE_URL).hostname or "innoset"
    mail = EmailMessage(
        subject=letter.subject,
        body=letter.body,
        to=[letter.address],
        headers={"Message-ID": f"<letter-{letter.pk}@{domain}>", "Auto-Submitted": "auto-generated"},
    )
    for stored in letter.files.order_by("pk"):
        if objection := objection_to_opening(stored):
            mail.body += f"\n\nНе приложено. {objection}"
        else:
            mail.attach(stored.name, content_for(stored), stored.media_type)
    return mail
