"""The log of decisions and the signed rankings that are reckoned from it. Called from inside deeds."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.conf import settings

from innoset.contests.models import Appeal, Contest, DecisionEvent, RankingSnapshot, Sitting
from innoset.contests.pure import replay, snapshots
from innoset.contests.pure.chain import added, canonical, moment
from innoset.contests.pure.standing import CALIBRATED
from innoset.contests.queries import decisions as queries
from innoset.contests.queries.standing import field_of
from innoset.documents.models import Order
from innoset.documents.pure import envelope
from innoset.foundation.errors import Refusal


def record(contest: Contest, kind: str, data: Mapping[str, Any], *, by: Any, at: datetime) -> DecisionEvent:
    """Add one event to the log of a contest; `data` holds JSON values only, numbers of points as text."""
    [event] = record_all(contest, [(kind, data)], by=by, at=at)
    return event


def record_all(
    contest: Contest, entries: Iterable[tuple[str, Mapping[str, Any]]], *, by: Any, at: datetime
) -> list[DecisionEvent]:
    """Add events one after another; the contest stays locked, so that nobody adds between them."""
    Contest.objects.select_for_update(of=("self",)).only("pk").get(pk=contest.pk)
    last = queries.last_event_of(contest)
    rows = []
    for kind, data in entries:
        last = added(last, contest.code, kind, data, at=moment(at), by=by.pk)
        rows.append(
            DecisionEvent(
                contest=contest,
                number=last.number,
                kind=kind,
                data=data,
                happened_at=at,
                by=by,
                sha256=last.sha256,
                previous_sha256=last.previous,
            )
        )
    return DecisionEvent.objects.bulk_create(rows)


def enter(contest: Contest, *, by: Any, at: datetime) -> None:
    """Write down once what places are given from: the rules and every finished sheet; then the calibration.

    What is in the log already is never written over: marks that differ from it are refused by name. Only a
    calibration that was reckoned anew enters again.
    """
    events, field = queries.events_of(contest), field_of(contest)
    decided = replay.fold(events)
    if decided.works and (fault := queries.marks_mismatch(contest, events, field)):
        raise Refusal(f"Рейтинг разошёлся с журналом решений: {fault}. Обратитесь к администратору сайта.")
    if field.rules.basis == CALIBRATED and queries.stale_stages(contest, field):
        raise Refusal(
            "Оценки изменились после расчёта поправки, а места считают с ней. Рассчитайте её заново."
        )
    fresh: list[tuple[str, Mapping[str, Any]]] = []
    if not decided.works:
        fresh.append((replay.RULES, replay.rules_entry(field.rules)))
        fresh += [(replay.WORK, entry) for entry in queries.work_entries(contest, field).values()]
    fresh += [
        (replay.CALIBRATION, entry)
        for entry in queries.calibration_entries(field)
        if decided.fair.get(entry["stage"]) != entry["points"]
    ]
    if fresh:
        record_all(contest, fresh, by=by, at=at)


def take_snapshot(
    contest: Contest, *, sitting: Sitting | None = None, appeal: Appeal | None = None, by: Any, at: datetime
) -> RankingSnapshot:
    """Keep the ranking as it is now, with its log, under a signed checksum.

    The first one belongs to a sitting; a later one follows from the decision on an appeal and from nothing else.
    """
    events = queries.events_of(contest)
    if fault := queries.mismatch(contest, events):
        raise Refusal(f"Рейтинг разошёлся с журналом решений: {fault}. Обратитесь к администратору сайта.")
    previous = RankingSnapshot.objects.filter(contest=contest).order_by("-number").first()
    number = previous.number + 1 if previous else 1
    facts = {
        "contest": {"code": contest.code, "title": contest.title},
        "number": number,
        "sitting": sitting.number if sitting else None,
        "appeal": {"application": appeal.application.number, "number": appeal.number} if appeal else None,
        "previous": previous.sha256 if previous and appeal else None,
        "made_at": moment(at),
    }
    data = snapshots.composed(events, facts)
    if previous and appeal and (fault := snapshots.objection_to_following(previous.data, data)):
        raise Refusal(fault)
    return _sealed(contest, data, number, sitting=sitting, appeal=appeal, previous=previous, by=by, at=at)


def _sealed(
    contest: Contest, data: dict[str, Any], number: int, *, previous: RankingSnapshot | None, **facts: Any
) -> RankingSnapshot:
    content = canonical(data)
    by, at, appeal = facts["by"], facts["at"], facts["appeal"]
    snapshot = RankingSnapshot.objects.create(
        contest=contest,
        sitting=facts["sitting"],
        appeal=appeal,
        previous=previous if appeal else None,
        number=number,
        data=data,
        sha256=sha256(content).hexdigest(),
        signature=envelope.signature_of(content, settings.SECRET_KEY, envelope.RANKINGS),
        made_at=at,
        made_by=by,
    )
    record(contest, replay.SNAPSHOT, {"number": number, "sha256": snapshot.sha256}, by=by, at=at)
    return snapshot


def confirm_snapshot(snapshot: RankingSnapshot, *, by: Any, at: datetime) -> None:
    """Confirm a ranking as the second person: whoever made it may not."""
    if snapshot.made_by_id == by.pk:
        raise Refusal("Рейтинг подтверждает другой человек: вы сами его закрепили.")
    snapshot.confirmed_at, snapshot.confirmed_by = at, by
    snapshot.save(update_fields=["confirmed_at", "confirmed_by"])


def catch_up(sitting: Sitting, *, by: Any, at: datetime) -> None:
    """Write down a sitting that was planned before there was a log: its line and its resolutions."""
    planned = DecisionEvent.objects.filter(
        contest=sitting.contest, kind=replay.PLANNED, data__sitting=sitting.number
    )
    if planned.exists():
        return
    facts = {"sitting": sitting.number, "council": sitting.council_id, "is_secret": sitting.is_secret}
    resolutions = sitting.resolutions.select_related("application").order_by("place", "id")
    entries: list[tuple[str, Mapping[str, Any]]] = [
        (replay.PLANNED, facts),
        (replay.LINE, {"sitting": sitting.number, "line": sitting.cut_line}),
        *queries.resolution_entries(resolutions),
    ]
    record_all(sitting.contest, entries, by=by, at=at)


def confirm_ranking(contest: Contest, sitting: Sitting, order: Order, *, by: Any, at: datetime) -> None:
    """Confirm the ranking that an order rests on and write down that the results are out."""
    found = RankingSnapshot.objects.filter(sitting=sitting).defer("data").order_by("-number")
    snapshot = found.first() or _late_snapshot(contest, sitting, by=order.entered_by, at=at)
    confirm_snapshot(snapshot, by=by, at=at)
    facts = {"order": order.requisites, "ranking": snapshot.number, "sha256": snapshot.sha256}
    record(contest, replay.PUBLISHED, facts, by=by, at=at)


def _late_snapshot(contest: Contest, sitting: Sitting, *, by: Any, at: datetime) -> RankingSnapshot:
    """Seal the ranking of a sitting that was closed before rankings were sealed."""
    enter(contest, by=by, at=at)
    catch_up(sitting, by=by, at=at)
    return take_snapshot(contest, sitting=sitting, by=by, at=at)
