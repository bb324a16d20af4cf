"""The mark of a pilot school: few may set it, few may see it."""

from datetime import date, datetime

from innoset.accounts.models import User
from innoset.foundation.actions import action
from innoset.foundation.errors import Refusal
from innoset.network.actions.facts import day_of
from innoset.network.models import PilotMark


@action("network.mark_pilot")
def mark_pilot(mark: PilotMark, *, by: User, at: datetime) -> PilotMark:
    """Mark a school as one of the pilot for its high or low results."""
    if mark.since > day_of(at):
        raise Refusal("Этот день ещё не наступил. Введите сегодняшний день или раньше.", field="since")
    if PilotMark.objects.filter(organisation=mark.organisation, until=None).exists():
        raise Refusal("Эта школа уже отмечена. Сначала снимите прежнюю отметку.", field="organisation")
    mark.set_by = by
    mark.save()
    return mark


@action("network.unmark_pilot")
def unmark_pilot(mark: PilotMark, *, on: date, by: User, at: datetime) -> None:
    """Take the mark off from a day; that it was there stays known to those who may know."""
    del by
    if mark.until is not None:
        raise Refusal("Отметка уже снята.")
    if not mark.since <= on <= day_of(at):
        raise Refusal(f"Введите день от {mark.since:%d.%m.%Y} до сегодняшнего.", field="on")
    mark.until = on
    mark.save(update_fields=["until"])
