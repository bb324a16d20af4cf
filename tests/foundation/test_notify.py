"""Notices: once an occasion, sent by the worker, tried again when the post is down."""

from datetime import timedelta

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.utils import timezone

from innoset.foundation.files import actions as files
from innoset.foundation.notify import actions
from innoset.foundation.notify.jobs import send_letters
from innoset.foundation.notify.models import Letter, Message
from innoset.foundation.notify.notices import EVERY, Notice, declare
from tests import world

pytestmark = pytest.mark.django_db
AT = world.AT
NOTICE = Notice(key="tests.sample", audience="все", title="Дело {name}\nготово", text="Откройте {name}.")


class Broken(EmailBackend):
    """A post office that is closed."""

    def send_messages(self, messages: object) -> int:
        raise ConnectionRefusedError("closed")


def announce(**given: object) -> None:
    actions.announce(NOTICE, **{"at": AT, "about": "one", "facts": {"name": "А"}, **given})


def test_a_person_gets_a_message_and_one_letter_an_occasion() -> None:
    person = world.person()
    announce(to=[person, person], url="/cabinet/")
    announce(to=[person])
    message = Message.objects.latest("pk")
    assert (message.title, message.text, message.read_at) == ("Дело А\nготово", "Откройте А.", None)
    letter = Letter.objects.get()
    assert (letter.address, letter.subject, letter.state) == (person.email, "Дело А готово", "waiting")
    assert "/cabinet/" in letter.body
    announce(to=[person], about="two")
    assert Letter.objects.count() == 2


def test_a_letter_goes_out_once_with_its_files_and_a_number_of_its_own() -> None:
    paper = files.keep(b"%PDF-1.7", name="Диплом.pdf", media_type="application/pdf", at=AT)
    announce(to=[world.person()], files=[paper])
    assert (actions.send_due(at=AT), actions.send_due(at=AT)) == (1, 0)
    letter = Letter.objects.get()
    assert (letter.state, letter.sent_at, letter.attempts) == ("sent", AT, 1)
    assert [(one.subject, one.attachments[0][:2]) for one in mail.outbox] == [
        ("Дело А готово", ("Диплом.pdf", b"%PDF-1.7"))
    ]
    assert mail.outbox[0].extra_headers["Message-ID"] == f"<letter-{letter.pk}@localhost>"


def test_a_closed_post_office_is_tried_later_and_later_and_then_given_up(settings: object) -> None:
    announce(to=[world.person()])
    settings.EMAIL_BACKEND = f"{__name__}.Broken"  # type: ignore[attr-defined]  # pytest-django's fixture
    at, gaps = AT, []
    for _ in range(actions.ATTEMPTS):
        assert actions.send_due(at=at) == 0
        letter = Letter.objects.get()
        gaps.append(letter.due_at - at)
        at = letter.due_at
    assert gaps == [timedelta(minutes=2**attempt) for attempt in range(1, actions.ATTEMPTS + 1)]
    assert (letter.state, letter.last_error) == ("failed", "ConnectionRefusedError: closed")
    assert actions.send_due(at=at) == 0


def test_a_letter_claimed_by_a_worker_that_died_goes_out_after_the_lease() -> None:
    announce(to=[world.person()])
    Letter.objects.update(attempts=1, due_at=AT + actions.LEASE)
    assert actions.send_due(at=AT) == 0
    assert actions.send_due(at=AT + actions.LEASE) == 1


def test_the_worker_sends_what_waits_by_the_wall_clock() -> None:
    announce(to=[world.person()], at=timezone.now())  # noqa: TID251  # reason: the worker reads the clock
    assert send_letters.func() == 1


def test_read_messages_are_marked_for_their_reader_alone() -> None:
    reader, other = world.person(), world.person()
    announce(to=[reader, other])
    actions.mark_read(reader, at=AT)
    assert list(Message.objects.order_by("pk").values_list("read_at", flat=True)) == [AT, None]


def test_two_notices_with_one_key_are_a_mistake_of_the_programmer() -> None:
    known = next(iter(EVERY.values()))
    with pytest.raises(ValueError, match="declared twice"):
        declare(known)
