"""What comes after the deadline: kept whole, and let in only by an order."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.urls import reverse

from innoset.contests.actions.sendings import LONGEST_KEY, Parcel, Waybill, parcel_of, record, refuse_unready
from innoset.contests.models import Application, LateCopy, Submission
from innoset.contests.notices import deadlines as notices
from innoset.contests.pure.deadlines import sentence
from innoset.contests.queries import applications as queries
from innoset.contests.queries import deadlines
from innoset.contests.states import APPLICATION, APPLICATION_LABELS, ApplicationState, ContestState
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.actions import announce
from innoset.foundation.russian import moment_in_words


@action("contests.keep_late_copy")
def keep_late_copy(
    application: Application,
    *,
    key: str,
    consents: Collection[str],
    address: str | None,
    by: Any,
    at: datetime,
) -> LateCopy:
    """Keep what came after the deadline, with its seal and its moment; nothing is sent by that.

    The same key, or the same content, gives the same copy.
    """
    if not 0 < len(key) <= LONGEST_KEY:
        raise Refusal("Откройте страницу «Проверить и отправить» заново и отправьте заявку с неё.")
    if earlier := application.late_copies.filter(key=key).first():
        return earlier
    deadline = deadlines.deadline_of(application)
    if deadline is None or not deadlines.is_late(application, at):
        raise Refusal("Срок этой заявки изменился. Откройте страницу заново и отправьте её.")
    refuse_unready(application, consents)
    if same := application.late_copies.filter(sha256=queries.seal_of(application)).first():
        return same
    parcel = parcel_of(application, by=by, at=at)
    kept = LateCopy.objects.create(
        application=application,
        version=parcel.version,
        key=key,
        sha256=parcel.sha256,
        consents=sorted(consents),
        arrived_at=at,
        deadline_at=deadline.ends_at,
        sent_by=by,
        address=address,
    )
    kept.files.set(parcel.files)
    ledger.note(late=True, deadline=deadline.ends_at.isoformat(), sha256=parcel.sha256)
    _tell_of_late(kept)
    return kept


def _tell_of_late(kept: LateCopy) -> None:
    application, at = kept.application, kept.arrived_at
    about = f"late:{kept.pk}"
    facts = queries.facts_of(application) | {
        "deadline": moment_in_words(kept.deadline_at),
        "moment": moment_in_words(at, seconds=True),
        "sha256": kept.sha256,
    }
    place = application.late_copies.filter(pk__lte=kept.pk).count()
    mine = reverse("cabinet:late_copy", args=[application.number, place])
    announce(notices.LATE, to=queries.team_of(application), at=at, about=about, url=mine, facts=facts)
    theirs = reverse("office:contest_deadline", args=[application.contest.code])
    organisers = queries.organisers_of(application.contest)
    announce(notices.LATE_ARRIVED, to=organisers, at=at, about=about, url=theirs, facts=facts)


@action("contests.accept_late_copy")
def accept_late_copy(copy: LateCopy, *, reason: str, order_number: str, by: Any, at: datetime) -> Submission:
    """Let a late copy in by an order: it becomes a sending like any other, and stays marked."""
    application = Application.objects.select_for_update(of=("self",)).get(pk=copy.application_id)
    _require_acceptable(copy, application)
    if not reason.strip():
        raise Refusal("Напишите, почему отправка принята после срока: это войдёт в протокол.", field="reason")
    if not order_number.strip():
        raise Refusal("Укажите номер приказа, по которому отправка принята.", field="order_number")
    parcel = Parcel(copy.version, list(copy.files.order_by("id")), copy.sha256)
    waybill = Waybill(f"late-{copy.pk}", copy.consents, copy.address, arrived_at=copy.arrived_at)
    copy.submission = record(application, parcel, waybill, by=copy.sent_by, at=at)
    copy.reason, copy.order_number = sentence(reason[:490]), order_number.strip()[:60]
    copy.accepted_at, copy.accepted_by = at, by
    copy.save(update_fields=["submission", "reason", "order_number", "accepted_at", "accepted_by"])
    ledger.note(application=application.number, reason=copy.reason, order_number=copy.order_number)
    _tell_of_accepted(copy, application, at)
    return copy.submission


def _require_acceptable(copy: LateCopy, application: Application) -> None:
    if copy.accepted_at is not None:
        raise Refusal("Эта отправка уже принята.")
    if application.contest.state != ContestState.OPEN:
        raise Refusal("Экспертиза уже началась: опоздавшие отправки больше не принимают.")
    if not APPLICATION.allows("submit", application.state):
        label = APPLICATION_LABELS[ApplicationState(application.state)]
        raise Refusal(f"Принять отправку нельзя: состояние заявки — «{label}».")
    last = queries.submissions_of(application).first()
    if last is not None and last.came_at >= copy.arrived_at:
        raise Refusal("После этой отправки организация прислала новую версию, и она уже принята.")


def _tell_of_accepted(copy: LateCopy, application: Application, at: datetime) -> None:
    moment = moment_in_words(copy.arrived_at, seconds=True)
    announce(
        notices.LATE_ACCEPTED,
        to=queries.team_of(application),
        at=at,
        about=f"late:{copy.pk}:accepted",
        url=reverse("cabinet:application", args=[application.number]),
        facts=queries.facts_of(application)
        | {"moment": moment, "reason": copy.reason, "order": copy.order_number},
    )
