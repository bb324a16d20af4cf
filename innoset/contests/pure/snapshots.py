"""A ranking as it was confirmed, with all that it was reckoned from: anybody can reckon it again."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from innoset.contests.pure import replay
from innoset.contests.pure.chain import Event, as_json, canonical, event_of
from innoset.foundation.russian import counted

FORMAT: Final = 1
_LATER: Final = frozenset({replay.PUBLISHED, replay.MINUTES, *replay.AFTER_PUBLICATION})


def composed(events: Sequence[Event], facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a snapshot keeps: the facts, the log so far, the ranking that it gives."""
    return {
        "format": FORMAT,
        **facts,
        "events": [as_json(event) for event in events],
        "ranking": replay.replay(events),
    }


def events_in(data: Mapping[str, Any]) -> list[Event]:
    """Return the log that a snapshot carries; raise KeyError or TypeError when it is none."""
    return [event_of(content) for content in data["events"]]


def fault_in(data: Mapping[str, Any]) -> str:
    """Say what in a snapshot does not follow from its own log; an empty string when all does."""
    try:
        events = events_in(data)
        broken = replay.verify(events)
        if broken:
            return broken.why
        again = replay.replay(events)
    except (KeyError, TypeError, ValueError, ArithmeticError):
        return "Журнал внутри файла неполон: по нему нельзя пересчитать места."
    return _first_difference(again, data.get("ranking", []))


def _first_difference(again: Sequence[Any], told: Sequence[Any]) -> str:
    if canonical(again) == canonical(told):
        return ""
    for fresh, old in zip(again, told, strict=False):
        if canonical(fresh) != canonical(old):
            return f"Место {fresh['place']} пересчитывается иначе: по журналу это заявка {fresh['number']} с итогом {fresh['total']}."
    return (
        f"По журналу в рейтинге {counted(len(again), 'заявка', 'заявки', 'заявок')}, а записано {len(told)}."
    )


def objection_to_following(previous: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """Say why a ranking may not take the place of a confirmed one; an empty string when it may.

    It may when the log only went on, and what it went on with is the decision on the linked appeal.
    """
    before, after = previous["events"], data["events"]
    if after[: len(before)] != before:
        return "Журнал решений разошёлся с подписанным рейтингом: прежние события изменены."
    fresh = after[len(before) :]
    alien = [event for event in fresh if event["kind"] not in _LATER]
    if alien:
        return f"После подписанного рейтинга в журнале событие {alien[0]['number']}, которое не связано с апелляцией."
    appeal = data.get("appeal") or {}
    if not any(_decides(event, appeal) for event in fresh):
        return "Место меняет только удовлетворённая апелляция: решения по ней в журнале нет."
    return ""


def _decides(event: Mapping[str, Any], appeal: Mapping[str, Any]) -> bool:
    told = event["data"]
    return bool(
        event["kind"] == replay.UPHELD
        and told.get("application") == appeal.get("application")
        and told.get("appeal") == appeal.get("number")
    )
