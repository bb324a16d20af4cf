"""What is announced of the council's meetings outside contests."""

from datetime import datetime

from innoset.contests.models import Meeting
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice, declare
from innoset.foundation.russian import moment_in_words

MEETING_PLANNED = declare(
    Notice(
        key="contests.meeting_planned",
        audience="члены координационного совета",
        title="Заседание совета {when}",
        text="{council} собирается по вопросам работы сети.{place} Повестка — на странице заседания.",
    )
)
MEETING_MOVED = declare(
    Notice(
        key="contests.meeting_moved",
        audience="члены координационного совета",
        title="Заседание совета перенесено на {when}",
        text="Изменилось время или место заседания: {when}.{place}",
    )
)


def tell_members(notice: Notice, meeting: Meeting, *, at: datetime) -> None:
    """Call the members to the meeting, or tell them of its new time."""
    seats = meeting.council.seats.filter(is_active=True).select_related("person").order_by("id")
    announce(
        notice,
        to=[seat.person for seat in seats],
        at=at,
        about=f"meeting:{meeting.pk}:{meeting.held_at.isoformat()}:{meeting.place}",
        url=f"/office/meetings/{meeting.pk}/",
        facts={
            "council": meeting.council.title,
            "when": moment_in_words(meeting.held_at),
            "place": f" Место: {meeting.place}." if meeting.place else "",
        },
    )
