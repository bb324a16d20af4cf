"""Many hands on one code at the same moment: the guesses are counted, the word is given once."""

from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import close_old_connections, connection, transaction

from innoset.accounts.models import ConsentText, User
from innoset.contests.actions import confirmations
from innoset.contests.models import Application, Confirmation
from innoset.contests.queries.confirmations import AGREEMENT
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Letter
from tests import world
from tests.contests.confirming_scene import application, ask, code_sent, head_of, wrong

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 10


@pytest.fixture
def draft() -> Application:
    # The journey before this one may have emptied the tables of the texts.
    if not ConsentText.objects.filter(code=AGREEMENT).exists():
        world.consent_text(AGREEMENT, title="Соглашение о простой электронной подписи")
    return application("code")


@pytest.fixture
def head(draft: Application) -> User:
    return head_of(draft, world.AT)


def storm(deed: Callable[[int], object]) -> "Counter[str]":
    """Do the deed in ten threads at the same moment; count what each got."""
    gate = Barrier(TIMES)

    def one(number: int) -> str:
        close_old_connections()
        try:
            gate.wait()
            return _head(str(deed(number)))
        except Refusal as no:
            return _head(no.text)
        finally:
            connection.close()

    with ThreadPoolExecutor(TIMES) as pool:
        return Counter(pool.map(one, range(TIMES)))


def _head(text: str) -> str:
    """Keep the first three words."""
    return " ".join(text.split()[:3])


def guess(draft: Application, code: str, head: User) -> Refusal | None:
    mine = Application.objects.get(pk=draft.pk)
    return confirmations.give_by_code(mine, code=code, by=head, at=world.AT)


def test_ten_guesses_at_once_are_not_more_than_five(draft: Application, head: User) -> None:
    ask(draft, "code", world.AT)
    bad = wrong(code_sent(head))
    said = storm(lambda _: guess(draft, bad, head))
    made = draft.confirmations.get()
    assert (made.attempts, made.state) == (5, "void")
    assert said["Заявку должен подтвердить"] == 5


def test_ten_guesses_that_take_their_count_back_are_ten(draft: Application, head: User) -> None:
    """The guard off: a refusal that is raised inside the deed undoes the count, and anybody may go on guessing."""
    ask(draft, "code", world.AT)
    bad = wrong(code_sent(head))

    def raising(_: int) -> None:
        with transaction.atomic():
            if no := guess(draft, bad, head):
                raise no

    said = storm(raising)
    made = draft.confirmations.get()
    assert (made.attempts, made.state, said["Код не подошёл."]) == (0, "asked", 10)


def test_the_right_code_ten_times_at_once_confirms_once(draft: Application, head: User) -> None:
    ask(draft, "code", world.AT)
    code = code_sent(head)
    assert storm(lambda _: guess(draft, code, head)) == {"None": 10}
    assert list(Confirmation.objects.values_list("state", "attempts")) == [("given", 0)]
    assert Letter.objects.filter(notice="contests.confirmation_given").count() == 1


def test_ten_requests_at_once_send_one_code(draft: Application, head: User) -> None:
    storm(lambda _: ask(Application.objects.get(pk=draft.pk), "code", world.AT, by=head))
    assert list(Confirmation.objects.values_list("state", flat=True)) == ["asked"]
    assert Letter.objects.filter(notice="contests.confirmation_code").count() == 1
