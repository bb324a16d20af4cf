"""What the council does outside contests: agenda, presence, resolutions, errands, minutes."""

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import F, Max

from innoset.contests.models import Meeting, MeetingItem
from innoset.contests.notices import meetings as notices
from innoset.contests.papers import meetings as papers
from innoset.contests.papers.minutes import printed
from innoset.contests.pure.voting import Votes
from innoset.contests.queries import meetings as queries
from innoset.contests.queries.council import quorum_of, seats_of
from innoset.contests.states import MEETING, MeetingState
from innoset.documents import actions as documents
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import moscow
from innoset.network.actions.errands import put_errand
from innoset.network.models import Errand

EDITABLE = ("question", "speaker", "organisation")
_FAR = 10_000


@action("contests.plan_meeting")
def plan_meeting(meeting: Meeting, *, by: Any, at: datetime) -> Meeting:
    """Appoint a meeting of a council; its members are told."""
    if not meeting.council.is_active:
        raise Refusal("Этот совет больше не работает. Выберите другой.", field="council")
    meeting.number = meeting.number.strip()
    if not meeting.number:
        raise Refusal("Укажите номер протокола.", field="number")
    if meeting.council.meetings.filter(number=meeting.number).exists():
        raise Refusal(
            f"Протокол № {meeting.number} у этого совета уже есть. Укажите другой номер.", field="number"
        )
    meeting.created_at, meeting.created_by, meeting.state = at, by, MeetingState(MEETING.start)
    meeting.save()
    notices.tell_members(notices.MEETING_PLANNED, meeting, at=at)
    return meeting


@action("contests.move_meeting")
def move_meeting(meeting: Meeting, *, held_at: datetime, place: str, by: Any, at: datetime) -> None:
    """Change when and where the council meets, until it does; its members are told."""
    _require(meeting, MeetingState.PLANNED)
    if (meeting.held_at, meeting.place) == (held_at, place.strip()):
        return
    ledger.note(before=[meeting.held_at.isoformat(), meeting.place], after=[held_at.isoformat(), place])
    meeting.held_at, meeting.place = held_at, place.strip()
    meeting.save(update_fields=["held_at", "place"])
    notices.tell_members(notices.MEETING_MOVED, meeting, at=at)


@action("contests.add_question")
def add_question(item: MeetingItem, *, by: Any, at: datetime) -> MeetingItem:
    """Put a question at the end of the agenda."""
    _require(item.meeting, MeetingState.PLANNED, MeetingState.OPEN)
    _refuse_unasked(item)
    # The meeting is everybody's lock: two who add at once get two places.
    Meeting.objects.select_for_update().get(pk=item.meeting_id)
    item.position = (item.meeting.items.aggregate(last=Max("position"))["last"] or 0) + 1
    item.save()
    return item


@action("contests.edit_question")
def edit_question(item: MeetingItem, *, values: Mapping[str, Any], by: Any, at: datetime) -> None:
    """Change the words of a question until the council has resolved on it."""
    _require_open_question(item)
    for name in EDITABLE:
        if name in values:
            setattr(item, name, values[name])
    _refuse_unasked(item)
    item.save(update_fields=EDITABLE)


@action("contests.drop_question")
def drop_question(item: MeetingItem, *, by: Any, at: datetime) -> None:
    """Take a question off the agenda; those after it move up."""
    _require_open_question(item)
    meeting, place = item.meeting, item.position
    ledger.note(question=item.question, place=place)
    meeting.items.filter(pk=item.pk).delete()
    after = meeting.items.filter(position__gt=place)
    # In two steps: no two questions may stand at one place, even for a moment.
    after.update(position=F("position") + _FAR)
    meeting.items.filter(position__gt=_FAR).update(position=F("position") - _FAR - 1)


@action("contests.mark_present")
def mark_present(meeting: Meeting, *, present: Collection[int], by: Any, at: datetime) -> None:
    """Mark which seats are taken; after the first vote the list is closed."""
    _require(meeting, MeetingState.PLANNED, MeetingState.OPEN)
    if meeting.items.exclude(votes_for=None).exists():
        raise Refusal("Голосование уже было. Состав присутствующих не меняют.")
    people = [seat.person for seat in seats_of(meeting.council) if seat.pk in present]
    meeting.present.set(people)
    ledger.note(present=sorted(person.pk for person in people))


@action("contests.open_meeting")
def open_meeting(meeting: Meeting, *, by: Any, at: datetime) -> None:
    """Open the meeting; without a quorum or an agenda it may not begin."""
    move = MEETING.move("open", meeting.state)
    there, needed = len(queries.present_at(meeting)), quorum_of(meeting.council)
    if there < needed:
        raise Refusal(
            f"Кворума нет: присутствует {there}, нужно не менее {needed}. Отметьте присутствующих или перенесите заседание."
        )
    if not meeting.items.exists():
        raise Refusal("Повестка пуста. Добавьте хотя бы один вопрос.")
    meeting.state = move.target
    meeting.save(update_fields=["state"])


@action("contests.record_resolution")
def record_resolution(
    item: MeetingItem, *, resolved: str, votes: Votes | None = None, by: Any, at: datetime
) -> None:
    """Write down what was resolved on a question and how the hands went, if they did."""
    _require(item.meeting, MeetingState.OPEN)
    if item.errand_id is not None:
        raise Refusal("По этому решению уже дано поручение. Сначала снимите поручение.")
    if not resolved.strip():
        raise Refusal("Напишите, что решили. Каждое решение — с новой строки.", field="resolved")
    there = len(queries.present_at(item.meeting))
    if votes is not None and votes.cast != there:
        raise Refusal(
            f"Голосов должно быть {there}: столько членов совета присутствует. Указано {votes.cast}.",
            field="votes_for",
        )
    item.resolved = resolved.strip()
    item.votes_for, item.votes_against, item.votes_abstained = (
        (votes.in_favour, votes.against, votes.abstained) if votes else (None, None, None)
    )
    item.save(update_fields=["resolved", "votes_for", "votes_against", "votes_abstained"])
    ledger.note(position=item.position, votes=votes.cast if votes else None)


@action("contests.ask_by_resolution")
def ask_by_resolution(
    item: MeetingItem, *, assignee: Any, title: str, due_on: date | None, by: Any, at: datetime
) -> Errand:
    """Make an errand of what was resolved; it stands in the minutes and with whoever has to do it."""
    _require(item.meeting, MeetingState.OPEN)
    votes = papers.votes_of(item)
    if not item.resolved or (votes is not None and not votes.carries):
        raise Refusal("Поручение дают по принятому решению. Сначала запишите решение.")
    if item.errand_id is not None:
        raise Refusal("По этому решению уже дано поручение.")
    if not queries.people_for_item(item).filter(pk=assignee.pk).exists():
        raise Refusal("Этому человеку совет поручений не даёт. Выберите из списка.", field="assignee")
    held_on = moscow(item.meeting.held_at).date()
    errand = Errand(
        title=title,
        assignee=assignee,
        organisation=item.organisation,
        due_on=due_on,
        source=f"Решение совета от {held_on:%d.%m.%Y}, вопрос {item.position}",
        made_by=by,
    )
    item.errand = put_errand(errand, at=at)
    item.save(update_fields=["errand"])
    return errand


@action("contests.close_meeting")
def close_meeting(meeting: Meeting, *, by: Any, at: datetime) -> None:
    """Close the meeting and print its minutes, which nobody changes afterwards."""
    move = MEETING.move("close", meeting.state)
    if left := queries.unresolved_in(meeting):
        places = ", ".join(map(str, left))
        raise Refusal(f"Нет решения по вопросам: {places}. Запишите решение по каждому.")
    document = papers.minutes_of(meeting)
    paper = printed(document, at=at)
    meeting.minutes = documents.register_minutes(
        number=meeting.number,
        held_on=document.held_on,
        title=f"Протокол заседания {document.council}",
        data=papers.snapshot(meeting),
        pdf=paper.pdf,
        docx=paper.docx,
        at=at,
        by=by,
    )
    meeting.state, meeting.closed_at = move.target, at
    meeting.save(update_fields=["state", "closed_at", "minutes"])
    ledger.note(minutes=meeting.minutes.sha256)


def _refuse_unasked(item: MeetingItem) -> None:
    item.question = item.question.strip()
    if not item.question:
        raise Refusal("Напишите вопрос повестки.", field="question")


def _require_open_question(item: MeetingItem) -> None:
    _require(item.meeting, MeetingState.PLANNED, MeetingState.OPEN)
    if item.resolved:
        raise Refusal("По этому вопросу решение уже записано. Менять и убирать его нельзя.")


def _require(meeting: Meeting, *states: MeetingState) -> None:
    if meeting.state not in states:
        raise Refusal("Сейчас это сделать нельзя: проверьте, идёт ли заседание, и обновите страницу.")
