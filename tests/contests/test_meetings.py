"""The council outside contests: agenda, quorum, votes, errands, minutes."""

import io
from datetime import datetime, timedelta
from typing import Any

import docx  # noqa: TID253  # reason: the test reads what was written
import pypdf
import pytest
from django.core.exceptions import PermissionDenied

from innoset.contests.actions import meetings as actions
from innoset.contests.models import Council, Meeting, MeetingItem, Seat
from innoset.contests.pure.voting import Votes
from innoset.contests.queries import meetings as queries
from innoset.contests.states import MeetingState
from innoset.foundation.errors import Refusal
from innoset.foundation.files.queries import content_for
from innoset.foundation.workflow import WrongState
from innoset.network.models import Errand
from innoset.network.states import OrganisationKind, Role
from tests import world

pytestmark = pytest.mark.django_db
NAMES = (
    "Степнова Елена Борисовна",
    "Дубравина Вера Сергеевна",
    "Ясенев Николай Львович",
    "Лозовой Пётр Ильич",
)


class Scene:
    """A council of four, its organiser, a methodist whom it may ask."""

    def __init__(self) -> None:
        centre = world.organisation("МБУ ЦРО", kind=OrganisationKind.METHOD_CENTRE)
        self.council = Council.objects.create(title="Координационный совет", organisation=centre)
        parts = (Seat.Part.CHAIR, Seat.Part.SECRETARY, Seat.Part.MEMBER, Seat.Part.MEMBER)
        self.seats = [
            Seat.objects.create(council=self.council, person=world.person(name), part=part)
            for name, part in zip(NAMES, parts, strict=True)
        ]
        self.chair, self.secretary, self.member = [seat.person for seat in self.seats[:3]]
        self.organiser = world.member(centre, Role.ORGANISER)
        self.methodist = world.member(centre, Role.METHODIST, "Родникова Ирина Юрьевна")
        self.school = world.organisation("МБОУ СОШ № 7")


@pytest.fixture
def here() -> Scene:
    return Scene()


def planned(here: Scene, *, at: datetime, by: Any = None, **given: Any) -> Meeting:
    facts = {"council": here.council, "number": "4", "held_at": at, "place": "Зал"}
    return actions.plan_meeting(Meeting(**{**facts, **given}), by=by or here.secretary, at=at)


def asked(meeting: Meeting, question: str, *, by: Any, at: datetime, **given: Any) -> MeetingItem:
    return actions.add_question(MeetingItem(meeting=meeting, question=question, **given), by=by, at=at)


def opened(here: Scene, *questions: str, at: datetime, there: int = 3) -> Meeting:
    meeting = planned(here, at=at)
    for question in questions or ("О плане мероприятий",):
        asked(meeting, question, by=here.secretary, at=at)
    present = [seat.pk for seat in here.seats[:there]]
    actions.mark_present(meeting, present=present, by=here.secretary, at=at)
    actions.open_meeting(meeting, by=here.secretary, at=at)
    return meeting


def test_from_the_agenda_to_the_minutes(here: Scene, at: datetime) -> None:
    meeting = opened(here, "О плане мероприятий", "Об опыте СОШ № 7", "О новом названии", at=at)
    first, second, third = queries.agenda_of(meeting)
    by: dict[str, Any] = {"by": here.secretary, "at": at}
    actions.edit_question(first, values={"speaker": "Зарубин Виктор Олегович"}, **by)
    actions.record_resolution(
        first, resolved="Утвердить план.\nОпубликовать его.", votes=Votes(2, 0, 1), **by
    )
    errand = actions.ask_by_resolution(
        first, assignee=here.methodist, title="Опубликовать план", due_on=at.date() + timedelta(days=9), **by
    )
    actions.record_resolution(second, resolved="Принять к сведению.", **by)
    actions.record_resolution(third, resolved="Переименовать.", votes=Votes(1, 2), **by)
    actions.close_meeting(meeting, **by)
    assert (meeting.state, errand.source, errand.assignee, list(Errand.objects.all())) == (
        MeetingState.CLOSED,
        "Решение совета от 21.11.2026, вопрос 1",
        here.methodist,
        [errand],
    )
    assert meeting.minutes is not None
    words = _words(meeting)
    for expected in (
        "протокол",
        "заседания координационного совета",
        "21 ноября 2026 г.",
        "из 4 членов совета на заседании присутствуют 3. кворум (не менее 3) имеется, заседание правомочно.",
        "слушали: зарубин в. о. – о плане мероприятий",
        "1.1. утвердить план.",
        "1.2. опубликовать его.",
        "1.3. поручить родниковой ирине юрьевне: опубликовать план. срок: до 30.11.2026.",
        "голосовали: «за» – 2, «против» – нет, «воздержались» – 1.",
        "2.1. принять к сведению.",
        "3.1. решение не принято: «за» не больше, чем «против».",
    ):
        assert (expected, expected in words["docx"]) == (expected, True)
        squeezed = "".join(expected.split())
        assert (expected, squeezed in "".join(words["pdf"].split())) == (expected, True)
    assert "переименовать" not in words["docx"]


def _words(meeting: Meeting) -> dict[str, str]:
    assert meeting.minutes is not None
    paper = docx.Document(io.BytesIO(content_for(meeting.minutes.docx)))
    cells = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    lines = [*(paragraph.text for paragraph in paper.paragraphs), *cells]
    pages = pypdf.PdfReader(io.BytesIO(content_for(meeting.minutes.pdf))).pages
    found = {"docx": " ".join(lines), "pdf": " ".join(page.extract_text() for page in pages)}
    plain = {
        name: text.replace("\xa0", " ").replace("\u2011", "-").casefold() for name, text in found.items()
    }
    return {name: " ".join(text.split()) for name, text in plain.items()}


def test_without_a_quorum_or_an_agenda_it_does_not_open(here: Scene, at: datetime) -> None:
    by: dict[str, Any] = {"by": here.chair, "at": at}
    meeting = planned(here, at=at)
    actions.mark_present(meeting, present=[seat.pk for seat in here.seats[:2]], **by)
    with pytest.raises(Refusal, match="Кворума нет: присутствует 2, нужно не менее 3"):
        actions.open_meeting(meeting, **by)
    actions.mark_present(meeting, present=[seat.pk for seat in here.seats[:3]], **by)
    with pytest.raises(Refusal, match="Повестка пуста"):
        actions.open_meeting(meeting, **by)
    asked(meeting, "О плане", **by)
    actions.open_meeting(meeting, **by)
    assert (meeting.state, queries.has_quorum(meeting)) == (MeetingState.OPEN, True)
    with pytest.raises(WrongState):
        actions.open_meeting(meeting, **by)
    with pytest.raises(Refusal, match="Сейчас это сделать нельзя"):
        actions.move_meeting(meeting, held_at=at, place="Дома", **by)


def test_votes_are_those_of_the_present(here: Scene, at: datetime) -> None:
    meeting = opened(here, at=at)
    (item,) = queries.agenda_of(meeting)
    by: dict[str, Any] = {"by": here.secretary, "at": at}
    with pytest.raises(Refusal, match=r"Голосов должно быть 3.*Указано 4") as no:
        actions.record_resolution(item, resolved="Утвердить.", votes=Votes(4), **by)
    assert no.value.field == "votes_for"
    with pytest.raises(Refusal, match="Напишите, что решили"):
        actions.record_resolution(item, resolved=" ", **by)
    with pytest.raises(Refusal, match="Нет решения по вопросам: 1"):
        actions.close_meeting(meeting, **by)
    errand = {"assignee": here.methodist, "title": "Сделать", "due_on": None}
    with pytest.raises(Refusal, match="Сначала запишите решение"):
        actions.ask_by_resolution(item, **errand, **by)
    actions.record_resolution(item, resolved="Утвердить.", votes=Votes(1, 1, 1), **by)
    with pytest.raises(Refusal, match="Сначала запишите решение"):
        actions.ask_by_resolution(item, **errand, **by)
    actions.record_resolution(item, resolved="Утвердить.", votes=Votes(3), **by)
    with pytest.raises(Refusal, match="Состав присутствующих не меняют"):
        actions.mark_present(meeting, present=[], **by)
    with pytest.raises(Refusal) as no:
        actions.ask_by_resolution(item, **{**errand, "assignee": world.person()}, **by)
    assert no.value.field == "assignee"
    actions.ask_by_resolution(item, **errand, **by)
    for deed in (
        lambda: actions.ask_by_resolution(item, **errand, **by),
        lambda: actions.record_resolution(item, resolved="Иначе.", **by),
    ):
        with pytest.raises(Refusal, match="уже дано поручение"):
            deed()


def test_questions_move_up_when_one_is_dropped(here: Scene, at: datetime) -> None:
    meeting = planned(here, at=at)
    by: dict[str, Any] = {"by": here.organiser, "at": at}
    items = [asked(meeting, f"О вопросе {number}", **by) for number in range(1, 5)]
    actions.drop_question(items[1], **by)
    assert list(queries.agenda_of(meeting).values_list("position", "question")) == [
        (1, "О вопросе 1"),
        (2, "О вопросе 3"),
        (3, "О вопросе 4"),
    ]
    with pytest.raises(Refusal) as no:
        actions.edit_question(items[0], values={"question": " "}, **by)
    assert no.value.field == "question"


def test_a_resolved_question_stays_as_it_is(here: Scene, at: datetime) -> None:
    meeting = opened(here, at=at)
    (item,) = queries.agenda_of(meeting)
    by: dict[str, Any] = {"by": here.secretary, "at": at}
    actions.record_resolution(item, resolved="Утвердить.", **by)
    for deed in (
        lambda: actions.edit_question(item, values={"question": "О другом"}, **by),
        lambda: actions.drop_question(item, **by),
    ):
        with pytest.raises(Refusal, match="решение уже записано"):
            deed()


def test_a_meeting_is_planned_and_moved(here: Scene, at: datetime) -> None:
    meeting = planned(here, at=at)
    for given, field in (({"number": " "}, "number"), ({}, "number")):
        with pytest.raises(Refusal) as no:
            planned(here, at=at, **given)
        assert no.value.field == field
    actions.move_meeting(meeting, held_at=at + timedelta(days=2), place="Онлайн", by=here.chair, at=at)
    actions.move_meeting(meeting, held_at=at + timedelta(days=2), place="Онлайн", by=here.chair, at=at)
    assert [
        list(person.messages.order_by("pk").values_list("notice", flat=True))
        for person in (here.member, here.methodist)
    ] == [
        ["contests.meeting_planned", "contests.meeting_moved"],
        [],
    ]
    here.council.is_active = False
    here.council.save()
    with pytest.raises(Refusal) as no:
        planned(here, at=at, number="5")
    assert no.value.field == "council"


def test_who_runs_and_who_reads(here: Scene, at: datetime) -> None:
    meeting = planned(here, at=at)
    stranger = Scene()
    readers = [here.chair, here.secretary, here.member, here.organiser]
    others = [here.methodist, stranger.organiser, stranger.chair, world.person()]
    assert [list(queries.meetings_visible_to(one)) for one in readers] == [[meeting]] * 4
    assert [list(queries.meetings_visible_to(one)) for one in others] == [[]] * 4
    for by in (here.member, here.methodist, stranger.organiser, stranger.chair):
        with pytest.raises(PermissionDenied):
            asked(meeting, "О своём", by=by, at=at)
    assert [list(queries.councils_led_by(one)) for one in (here.chair, here.organiser, here.member)] == [
        [here.council],
        [here.council],
        [],
    ]
    item = asked(meeting, "О школе", by=here.chair, at=at, organisation=here.school)
    head = world.member(here.school, Role.HEAD)
    assert (
        head in queries.people_for_item(item),
        world.member(world.organisation(), Role.HEAD) in queries.people_for_item(item),
    ) == (True, False)
