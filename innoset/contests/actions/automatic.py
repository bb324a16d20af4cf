"""Sending by itself at the deadline, for whoever asked for it; and saying in words why it could not be."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse

from innoset.contests.actions.sendings import Waybill, parcel_of, record, refuse_unready
from innoset.contests.models import Application, Submission
from innoset.contests.notices import deadlines as notices
from innoset.contests.pure.deadlines import Deadline, Verdict, key_of_automatic
from innoset.contests.queries import applications as queries
from innoset.contests.queries import deadlines
from innoset.contests.states import ContestState
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import moment_in_words
from innoset.network.queries import holds

GONE = "Сотрудник, который просил отправить заявку, больше не работает в организации."
AUTO = ("auto_send", "auto_consents", "auto_asked_at", "auto_asked_by", "auto_note")


@action("contests.ask_automatic")
def ask_automatic(application: Application, *, consents: Collection[str], by: Any, at: datetime) -> None:
    """Ask that the application be sent at the deadline if it is complete; every statement is ticked now."""
    queries.refuse_closed(application, at)
    for statement in queries.statements_of(application):
        if not statement.is_optional and statement.code not in consents:
            raise Refusal(f"Отметьте: «{statement.title}».", field=statement.code)
    application.auto_send, application.auto_consents = True, sorted(consents)
    application.auto_asked_at, application.auto_asked_by, application.auto_note = at, by, ""
    application.save(update_fields=AUTO)
    ledger.note(consents=application.auto_consents)


@action("contests.stop_automatic")
def stop_automatic(application: Application, *, by: Any, at: datetime) -> None:
    """Take the wish back: the application is sent by a person or not at all."""
    del by, at
    application.auto_send, application.auto_consents = False, []
    application.auto_asked_at = application.auto_asked_by = None
    application.save(update_fields=AUTO)


@action("contests.send_automatically")
def send_automatically(application: Application, *, by: Any, at: datetime) -> Submission | None:
    """Send what is written once the deadline has come, or write down and tell why it was not sent.

    Done once: afterwards nothing is asked for any more, however often or late the worker comes.
    """
    deadline = deadlines.deadline_of(application)
    if not application.auto_send or deadline is None or at < deadline.ends_at:
        return None
    if _is_sent_already(application):
        application.auto_send = False
        application.save(update_fields=["auto_send"])
        return None
    if why := _objection(application, by):
        ledger.note(not_sent=why)
        _note_failure(application, why, deadline, at)
        return None
    application.auto_send = False
    application.save(update_fields=["auto_send"])
    waybill = Waybill(
        key_of_automatic(deadline.ends_at),
        application.auto_consents,
        address=None,
        arrived_at=deadline.ends_at,
        is_automatic=True,
    )
    # The head may confirm what was sent by itself for some hours yet, so nothing is asked of them here.
    return record(application, parcel_of(application, by=by, at=at), waybill, by=by, at=at)


def give_up(application: Application, *, at: datetime) -> None:
    """Write down that nobody may send it any more: whoever asked has no account now."""
    with transaction.atomic():
        application.refresh_from_db(from_queryset=Application.objects.select_for_update(of=("self",)))
        deadline = deadlines.deadline_of(application)
        if application.auto_send and deadline is not None:
            _note_failure(application, GONE, deadline, at)


def _is_sent_already(application: Application) -> bool:
    last = queries.submissions_of(application).first()
    return last is not None and not queries.has_unsent_edits(application, last)


def _objection(application: Application, asker: Any) -> str:
    """Say why it cannot be sent; an empty string when it can."""
    if application.contest.state != ContestState.OPEN:
        return "Конкурс больше не принимает заявки."
    if not holds(asker, *queries.WRITERS, organisation=application.organisation_id):
        return GONE
    try:
        refuse_unready(application, application.auto_consents)
    except Refusal as no:
        return no.text
    return ""


def _note_failure(application: Application, why: str, deadline: Deadline, at: datetime) -> None:
    application.auto_send, application.auto_note = False, why[:500]
    application.save(update_fields=["auto_send", "auto_note"])
    is_grace = deadline.verdict(at) is Verdict.IN_GRACE
    cure = (
        f"Исправьте и отправьте её сами: принимаем до {moment_in_words(deadline.closes_at)}."
        if is_grace
        else "Черновик сохранён, его можно прочитать и скачать. О сроке спросите организатора конкурса."
    )
    announce(
        notices.NOT_SENT,
        to=queries.team_of(application),
        at=at,
        about=f"application:{application.pk}:{key_of_automatic(deadline.ends_at)}",
        url=reverse("cabinet:application", args=[application.number]),
        facts=queries.facts_of(application) | {"why": application.auto_note, "cure": cure},
    )
