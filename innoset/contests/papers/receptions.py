"""How applications were taken, as the minutes say it: the rule and every departure from it."""

from collections.abc import Iterator

from innoset.contests.models import Contest, Extension, LateCopy
from innoset.contests.pure.deadlines import minutes_in_words
from innoset.contests.queries.deadlines import Reception, reception_of
from innoset.documents.pure.blocks import Fact
from innoset.foundation.russian import counted, date_in_digits, moment_in_words

SENDINGS = ("отправка", "отправки", "отправок")


def reception_facts(contest: Contest) -> tuple[Fact, ...]:
    """Return the deadline, the grace, the extensions and what came late, for the council to see."""
    reception = reception_of(contest)
    return tuple(_facts(contest, reception)) if reception else ()


def _facts(contest: Contest, reception: Reception) -> Iterator[Fact]:
    grace = contest.grace_minutes
    yield Fact("Объявленный срок", moment_in_words(reception.told_at_first))
    yield Fact("Допуск на сбои связи", f"{minutes_in_words(grace)}, для всех" if grace else "нет")
    extensions = "\n".join(_extension(one) for one in reception.extensions)
    yield Fact("Продления", extensions or "не было")
    yield Fact("Отправлено", counted(reception.sent, *SENDINGS))
    yield Fact("В том числе в допуске", counted(reception.in_grace, *SENDINGS))
    if reception.automatic:
        yield Fact("Автоматически в срок", counted(reception.automatic, *SENDINGS))
    yield Fact("Принято после срока", "\n".join(_accepted(one) for one in reception.accepted) or "не было")
    refused = len(reception.late) - len(reception.accepted)
    if refused:
        yield Fact("Пришло после срока и не принято", counted(refused, *SENDINGS))


def _extension(one: Extension) -> str:
    whom = f"заявке {one.application.shown_number}" if one.application else "всем"
    # The reason written after an outage says itself how long it was.
    is_untold = one.outage_minutes and "Сайт не отвечал" not in one.reason
    outage = f" Сайт не отвечал {minutes_in_words(one.outage_minutes)}." if is_untold else ""
    return f"{whom} до {moment_in_words(one.until)}: {one.reason.rstrip('.')}.{_order(one)}{outage}"


def _order(one: Extension) -> str:
    if not one.order_number:
        return ""
    day = f" от {date_in_digits(one.order_date)}" if one.order_date else ""
    return f" Приказ № {one.order_number}{day}."


def _accepted(one: LateCopy) -> str:
    return (
        f"{one.application.shown_number}, пришла {moment_in_words(one.arrived_at, seconds=True)}: "
        f"{one.reason.rstrip('.')}. Приказ № {one.order_number}."
    )
