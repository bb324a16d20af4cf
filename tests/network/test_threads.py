"""Messages between organisations: who reads, who writes, what is written once, who is told."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from innoset.accounts.models import User
from innoset.foundation.errors import Refusal
from innoset.foundation.files.actions import Given
from innoset.foundation.files.kinds import PDF
from innoset.foundation.notify.models import Letter, Message
from innoset.network.actions import threads as actions
from innoset.network.models import Organisation, Post, Thread, ThreadReading
from innoset.network.queries import threads as queries
from innoset.network.states import Role, ThreadKind
from tests import world

pytestmark = pytest.mark.django_db

AT = world.AT


@pytest.fixture
def school() -> Organisation:
    return world.organisation("Школа № 1")


@pytest.fixture
def centre() -> Organisation:
    return world.organisation("Центр")


@pytest.fixture
def director(school: Organisation) -> User:
    return world.member(school, Role.HEAD, "Луговая Анна Игоревна")


@pytest.fixture
def organiser(centre: Organisation) -> User:
    return world.member(centre, Role.ORGANISER, "Полянский Олег Ильич")


def opened(by: User, own: Organisation, to: Organisation, **fields: Any) -> Thread:
    told = {"text": "Как оформить этапы?", "key": "k1", **fields}
    thread = Thread(subject=told.pop("subject", "Этапы проекта"), kind=told.pop("kind", ThreadKind.MESSAGE))
    return actions.open_thread(thread, organisation=own, addressee=to, by=by, at=told.pop("at", AT), **told)


def told_of(person: User) -> list[tuple[str, str]]:
    return [(one.title, one.url) for one in Message.objects.filter(recipient=person).order_by("pk")]


def test_a_thread_has_two_sides_a_number_and_the_first_message(school, centre, director, organiser) -> None:
    given = Given(b"%PDF-1.7 plan", "План.pdf", PDF)
    thread = opened(director, school, centre, kind=ThreadKind.CONSULTATION, given=[given])
    post = thread.posts.get()
    assert (thread.number, thread.kind, thread.last_at) == ("2026-0001", "consultation", AT)
    assert [(side.organisation, side.is_opener) for side in thread.sides.all()] == [
        (school, True),
        (centre, False),
    ]
    assert (post.organisation, post.author, post.text) == (school, director, "Как оформить этапы?")
    assert [(one.name, one.created_by) for one in post.files.all()] == [("План.pdf", director)]
    assert told_of(organiser) == [("Сообщение от организации «Школа № 1»", "/cabinet/messages/2026-0001/")]
    assert told_of(director) == []


def test_only_those_who_speak_for_a_side_read_it(school, centre, director, organiser) -> None:
    thread = opened(director, school, centre)
    expert = world.member(centre, Role.EXPERT)
    coordinator = world.organisation(municipality=school.municipality)
    near = world.member(coordinator, Role.COORDINATOR)
    operator = world.person(is_superuser=True)
    readers = [director, organiser, expert, near, operator, world.member(world.organisation())]
    assert [list(queries.threads_visible_to(one)) for one in readers] == [[thread], [thread], [], [], [], []]
    for stranger in (expert, near, operator):
        with pytest.raises(PermissionDenied):
            actions.write_post(thread, text="Я тоже скажу", by=stranger, at=AT)
        with pytest.raises(PermissionDenied):
            actions.close_thread(thread, by=stranger, at=AT)


def test_a_form_sent_twice_writes_once(school, centre, director, organiser) -> None:
    first, second = opened(director, school, centre), opened(director, school, centre)
    other = opened(director, school, centre, key="k2")
    assert (first.pk, other.number) == (second.pk, "2026-0002")
    posts = [actions.write_post(first, text="Ответ", key="a", by=organiser, at=AT) for _ in range(2)]
    assert (posts[0].pk, first.posts.count(), Post.objects.count()) == (posts[1].pk, 2, 3)


def test_without_a_key_nothing_tells_two_forms_apart(school, centre, director, organiser) -> None:
    assert opened(director, school, centre, key="").pk != opened(director, school, centre, key="").pk


def test_a_reader_is_told_once_till_they_have_read(school, centre, director, organiser) -> None:
    thread = opened(director, school, centre)
    later = [AT + timedelta(minutes=n) for n in range(1, 9)]
    actions.write_post(thread, text="И ещё", by=director, at=later[0])
    assert (len(told_of(organiser)), Letter.objects.count()) == (1, 1)
    actions.mark_read(thread, by=organiser, at=later[1])
    actions.write_post(thread, text="И третье", by=director, at=later[2])
    assert (len(told_of(organiser)), Letter.objects.count()) == (2, 2)
    actions.write_post(thread, text="Отвечаю", by=organiser, at=later[3])
    actions.write_post(thread, text="Спасибо", by=director, at=later[4])
    assert (len(told_of(organiser)), len(told_of(director))) == (3, 1)


def test_what_is_new_waits_for_each_reader_apart(school, centre, director, organiser) -> None:
    colleague = world.member(school, Role.EDITOR)
    thread = opened(director, school, centre)
    unread = [[*queries.unread_threads_of(one)] for one in (director, colleague, organiser)]
    assert unread == [[], [thread], [thread]]
    actions.mark_read(thread, by=organiser, at=AT + timedelta(minutes=1))
    actions.mark_read(thread, by=director, at=AT + timedelta(minutes=1))
    assert [[*queries.unread_threads_of(one)] for one in (colleague, organiser)] == [[thread], []]
    assert set(ThreadReading.objects.values_list("person", flat=True)) == {director.pk, organiser.pk}


def test_a_thread_is_unanswered_while_the_last_word_is_the_other_sides(
    school, centre, director, organiser
) -> None:
    thread = opened(director, school, centre)
    waits: list[list[list[Thread]]] = []
    for deed in (
        lambda at: at,
        lambda at: actions.write_post(thread, text="Ответ", by=organiser, at=at),
        lambda at: actions.write_post(thread, text="Ещё", by=director, at=at),
        lambda at: actions.close_thread(thread, by=director, at=at),
    ):
        deed(AT + timedelta(minutes=len(waits) + 1))
        waits.append([[*queries.unanswered_threads_of(one)] for one in (director, organiser)])
    assert waits == [[[], [thread]], [[thread], []], [[], [thread]], [[], []]]


@pytest.mark.parametrize(
    ("fields", "field", "text"),
    [
        ({"text": "  "}, "text", "Напишите сообщение. Файл без слов непонятен тому, кто его получит."),
        ({"text": "я" * 5001}, "text", "Сократите сообщение: можно не больше 5000 знаков."),
        ({"subject": " "}, "subject", "Напишите, о чём письмо, в поле «Тема»."),
        (
            {"given": [Given(b"x", "a.pdf", PDF)] * 6},
            "files",
            "К сообщению можно приложить не больше 5 файлов.",
        ),
    ],
)
def test_what_does_not_do_is_refused_and_nothing_is_kept(fields, field, text) -> None:
    school, centre = world.organisation(), world.organisation()
    world.member(centre, Role.ORGANISER)
    with pytest.raises(Refusal) as no:
        opened(world.member(school), school, centre, **fields)
    assert (no.value.field, no.value.text, Thread.objects.count()) == (field, text, 0)


def test_nobody_writes_for_others_to_themselves_or_into_the_void(school, centre, director) -> None:
    mute = world.organisation("Школа № 9", phone="8 (861) 255-00-00")
    said = []
    for own, to in ((centre, school), (school, school), (school, mute)):
        with pytest.raises(Refusal) as no:
            opened(director, own, to)
        said.append((no.value.field, no.value.text))
    assert said == [
        ("organisation", "От имени этой организации пишут её сотрудники. Выберите свою."),
        ("addressee", "Это ваша же организация. Выберите другую."),
        (
            "addressee",
            "В организации «Школа № 9» сайтом пока никто не пользуется, и сообщение никто не прочтёт. Позвоните: 8 (861) 255-00-00.",
        ),
    ]
    with pytest.raises(PermissionDenied):
        opened(world.member(centre, Role.EXPERT), centre, school)


def test_a_closed_thread_is_written_in_only_after_it_is_opened_again(
    school, centre, director, organiser
) -> None:
    thread = opened(director, school, centre)
    actions.close_thread(thread, by=organiser, at=AT)
    with pytest.raises(Refusal) as no:
        actions.write_post(thread, text="Ещё вопрос", by=director, at=AT)
    assert no.value.text == "Переписка закрыта. Откройте её снова, и сообщение можно будет отправить."
    actions.reopen_thread(thread, by=director, at=AT)
    assert actions.write_post(thread, text="Ещё вопрос", by=director, at=AT).organisation == school


def test_numbers_go_on_by_year_of_moscow(school, centre, director, organiser) -> None:
    ends = datetime.fromisoformat("2026-12-31T20:59:00+00:00")
    numbers = [
        opened(director, school, centre, key=str(n), at=ends + timedelta(minutes=n)).number for n in range(3)
    ]
    assert numbers == ["2026-0001", "2027-0001", "2027-0002"]


def test_the_first_to_write_to_are_the_centre_and_ones_own_service(
    school, centre, director, organiser
) -> None:
    service = world.organisation("ТМС", kind="method_service", municipality=school.municipality)
    world.organisation("Чужая ТМС", kind="method_service")
    assert queries.first_addressees_of(director) == [service, centre]
    assert centre not in queries.addressees_for(organiser)
