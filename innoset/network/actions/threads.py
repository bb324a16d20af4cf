"""Messages between organisations: a thread is opened, written in, closed."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from innoset.accounts.actions import let_go
from innoset.accounts.models import HeldForm
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.files.actions import Given
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import MOSCOW
from innoset.network import notices
from innoset.network.models import Municipality, Organisation, Post, Thread, ThreadReading, ThreadSide
from innoset.network.queries import threads as queries
from innoset.network.states import ThreadKind

LONGEST = 5000
MOST_FILES = 5


@action("network.open_thread")
def open_thread(
    thread: Thread,
    *,
    organisation: Organisation,
    addressee: Organisation,
    text: str,
    by: Any,
    at: datetime,
    given: Sequence[Given] = (),
    key: str = "",
    held: HeldForm | None = None,
) -> Thread:
    """Write to another organisation on behalf of one's own; the same form sent again opens nothing more."""
    _require_speaker(by, organisation)
    # One row is everybody's lock: two forms at once get two numbers, one form twice gets one thread.
    Municipality.objects.select_for_update().order_by("pk").first()
    if already := queries.post_with_key(key, organisation=organisation, author=by):
        return already.thread
    _require_reader(addressee, organisation)
    if not thread.subject.strip():
        raise Refusal("Напишите, о чём письмо, в поле «Тема».", field="subject")
    thread.kind = ThreadKind(thread.kind or ThreadKind.MESSAGE)
    thread.number, thread.opened_by, thread.opened_at, thread.last_at = _next_number(at), by, at, at
    thread.save()
    for side, is_opener in ((organisation, True), (addressee, False)):
        ThreadSide.objects.create(thread=thread, organisation=side, is_opener=is_opener)
    _write(thread, organisation, text=text, given=given, key=key, by=by, at=at)
    _forget(held)
    return thread


@action("network.write_post")
def write_post(
    thread: Thread,
    *,
    text: str,
    by: Any,
    at: datetime,
    given: Sequence[Given] = (),
    key: str = "",
    held: HeldForm | None = None,
) -> Post:
    """Answer on behalf of one's side of the thread; the same form sent again writes nothing more."""
    own = queries.own_sides(thread, by)[0]
    if already := queries.post_with_key(key, organisation=own, author=by):
        return already
    if thread.closed_at is not None:
        raise Refusal(
            "Переписка закрыта. Откройте её снова, и сообщение можно будет отправить.", field="text"
        )
    post = _write(thread, own, text=text, given=given, key=key, by=by, at=at)
    _forget(held)
    return post


@action("network.close_thread")
def close_thread(thread: Thread, *, by: Any, at: datetime) -> None:
    """Say that there is nothing more to write; either side may."""
    del by
    thread.closed_at = thread.closed_at or at
    thread.save(update_fields=["closed_at"])
    ledger.note(thread=thread.number)


@action("network.reopen_thread")
def reopen_thread(thread: Thread, *, by: Any, at: datetime) -> None:
    """Take the talk up again."""
    del by, at
    thread.closed_at = None
    thread.save(update_fields=["closed_at"])
    ledger.note(thread=thread.number)


def mark_read(thread: Thread, *, by: Any, at: datetime) -> None:
    """Remember that the person has seen everything written so far: a bookmark of theirs, nobody's deed."""
    if not queries.unread_threads_of(by).filter(pk=thread.pk).exists():
        return
    ThreadReading.objects.update_or_create(thread=thread, person=by, defaults={"read_at": at})


def _write(
    thread: Thread, own: Organisation, *, text: str, given: Sequence[Given], key: str, by: Any, at: datetime
) -> Post:
    """Put one message into the thread; those who have read all before it are told."""
    said = text.strip()
    if not said:
        raise Refusal("Напишите сообщение. Файл без слов непонятен тому, кто его получит.", field="text")
    if len(said) > LONGEST:
        raise Refusal(f"Сократите сообщение: можно не больше {LONGEST} знаков.", field="text")
    others = [one for one in _readers(thread, own) if one.pk != by.pk]
    told = queries.up_to_date(thread, others)
    post = Post.objects.create(thread=thread, organisation=own, author=by, text=said, at=at, replay_key=key)
    post.files.set(_kept(given, by=by, at=at))
    Thread.objects.filter(pk=thread.pk).update(last_at=at)
    ThreadReading.objects.update_or_create(thread=thread, person=by, defaults={"read_at": at})
    ledger.note(thread=thread.number, files=len(given))
    _tell(thread, post, told, at=at)
    return post


def _readers(thread: Thread, own: Organisation) -> list[Any]:
    sides = ThreadSide.objects.filter(thread=thread).exclude(organisation=own).select_related("organisation")
    return queries.speakers_of([side.organisation for side in sides])


def _kept(given: Sequence[Given], *, by: Any, at: datetime) -> list[Any]:
    if len(given) > MOST_FILES:
        raise Refusal(f"К сообщению можно приложить не больше {MOST_FILES} файлов.", field="files")
    return [files.keep_given(one, at=at, by=by) for one in given]


def _tell(thread: Thread, post: Post, people: Collection[Any], *, at: datetime) -> None:
    announce(
        notices.THREAD_WRITTEN,
        to=people,
        at=at,
        about=f"thread:{thread.number}:post:{post.pk}",
        url=f"/cabinet/messages/{thread.number}/",
        facts={"organisation": post.organisation.short_name, "subject": thread.subject},
    )


def _require_speaker(by: Any, organisation: Organisation) -> None:
    if organisation.pk not in queries.speaking_for(by):
        raise Refusal("От имени этой организации пишут её сотрудники. Выберите свою.", field="organisation")


def _require_reader(addressee: Organisation, own: Organisation) -> None:
    if addressee.pk == own.pk:
        raise Refusal("Это ваша же организация. Выберите другую.", field="addressee")
    if not queries.speakers_of([addressee]):
        phone = f" Позвоните: {addressee.phone}." if addressee.phone else ""
        raise Refusal(
            f"В организации «{addressee.short_name}» сайтом пока никто не пользуется, и сообщение никто не прочтёт.{phone}",
            field="addressee",
        )


def _next_number(at: datetime) -> str:
    year = at.astimezone(MOSCOW).year
    numbers = Thread.objects.filter(number__startswith=f"{year}-").values_list("number", flat=True)
    last = max((int(number.partition("-")[2]) for number in numbers), default=0)
    return f"{year}-{last + 1:04d}"


def _forget(held: HeldForm | None) -> None:
    if held is not None:
        let_go(held)
