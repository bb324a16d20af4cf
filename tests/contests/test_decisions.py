"""The log of decisions: it replays to the same places, it only grows, it names what was changed."""

import os
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from innoset.contests.actions import council, decisions
from innoset.contests.models import Appeal, Contest, DecisionEvent, RankingSnapshot, Resolution, Sitting
from innoset.contests.papers.rankings import own_keys, signed_file, verdict_on
from innoset.contests.pure import replay
from innoset.contests.pure.chain import Broken, canonical, digest
from innoset.contests.queries import decisions as queries
from innoset.contests.queries.standing import field_of, final_standing
from innoset.documents.pure import envelope
from innoset.foundation.errors import Refusal
from innoset.review.models import Calibration, Score, ScoreSheet
from innoset.review.queries.calibrations import footprint_of
from innoset.review.states import RoundKind
from tests.contests import councils
from tests.contests.councils import AT

pytestmark = pytest.mark.django_db
COUNCILS = int(os.environ.get("COUNCILS", "12"))
"""The bench holds a hundred."""


def now(contest: Contest) -> bytes:
    """Return the ranking as the tables give it, without the log."""
    contest = Contest.objects.get(pk=contest.pk)
    sitting = queries.last_sitting_of(contest)
    return canonical(queries.ranking_now(field_of(contest, sitting), sitting))


@pytest.mark.parametrize("seed", range(COUNCILS))
def test_scripted_councils_replay_to_the_same_places_byte_for_byte(seed: int) -> None:
    here = councils.scene(seed, works=4)
    councils.sit(here)
    events = queries.events_of(here.contest)
    assert replay.verify(events) is None
    assert replay.replayed(events) == now(here.contest)
    [sealed] = RankingSnapshot.objects.filter(contest=here.contest)
    assert canonical(sealed.data["ranking"]) == replay.replayed(events)
    forged = [replace(one, data=_changed(one.data)) if one.kind == replay.WORK else one for one in events]
    assert replay.replayed(forged) != now(here.contest)


def _changed(data: Mapping[str, Any]) -> dict[str, Any]:
    remote = data["stages"]["remote"]
    sheets = [{**one, "total": "100.00"} for one in remote["sheets"]]
    return {**data, "stages": {**data["stages"], "remote": {**remote, "sheets": sheets}}}


def test_the_log_tells_the_whole_way_of_a_decision() -> None:
    here = councils.scene(works=2, has_defence=False, ranking_basis="raw", final_threshold=None, quota=None)
    sitting = councils.opened(here)
    council.set_line(sitting, line=2, by=here.secretary, at=AT)
    council.resolve_by_rules(sitting, by=here.secretary, at=AT)
    council.close_sitting(sitting, by=here.secretary, at=AT)
    councils.publish(here)
    kinds = list(DecisionEvent.objects.order_by("number").values_list("kind", flat=True))
    assert kinds == [
        replay.RULES,
        *[replay.WORK] * 2,
        replay.PLANNED,
        replay.PRESENCE,
        replay.OPENED,
        replay.LINE,
        *[replay.RESOLVED] * 2,
        replay.CLOSED,
        replay.SNAPSHOT,
        replay.MINUTES,
        replay.PUBLISHED,
    ]
    assert replay.verify(queries.events_of(here.contest)) is None


@pytest.mark.parametrize("verb", ["update", "delete"])
def test_an_event_is_never_changed_nor_deleted(verb: str) -> None:
    here = councils.scene(works=1)
    councils.planned(here)
    rows = DecisionEvent.objects.filter(contest=here.contest)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(kind="x") if verb == "update" else rows.delete()
    assert rows.count() == 3


# ── What is changed behind the log's back ───────────────────────────────────


def test_a_total_changed_in_the_database_stops_the_sitting_by_the_number_of_the_work() -> None:
    here = councils.scene(works=3, has_defence=False)
    sitting = councils.opened(here)
    council.resolve_by_rules(sitting, by=here.secretary, at=AT)
    row = final_standing(here.contest, sitting)[1]
    sheet = ScoreSheet.objects.filter(assignment__dossier=row.application.dossier).earliest("pk")
    ScoreSheet.objects.filter(pk=sheet.pk).update(total=(sheet.total or 0) + Decimal("0.01"))
    with pytest.raises(Refusal, match=f"заявка {row.application.number}: оценки в базе не те"):
        council.close_sitting(sitting, by=here.secretary, at=AT)
    assert Sitting.objects.get().state == "open"


def test_a_single_mark_changed_after_the_results_is_named() -> None:
    here = councils.scene(works=2, has_defence=False)
    councils.sit(here)
    assert queries.mismatch(here.contest, queries.events_of(here.contest)) == ""
    mark = Score.objects.filter(sheet__assignment__round=here.contest.remote_round).latest("pk")
    Score.objects.filter(pk=mark.pk).update(value=(mark.value or 0) + 1)
    number = mark.sheet.assignment.dossier.application.number
    found = queries.mismatch(here.contest, queries.events_of(here.contest))
    assert found == f"заявка {number}: оценки в базе не те, что вошли в журнал"


def test_a_changed_vote_and_a_changed_rule_are_named() -> None:
    here = councils.scene(works=2, has_defence=False)
    councils.sit(here)
    events = queries.events_of(here.contest)
    Contest.objects.update(final_threshold=99)
    assert (
        queries.mismatch(Contest.objects.get(), events) == "правила конкурса в базе не те, что вошли в журнал"
    )
    Contest.objects.update(final_threshold=here.contest.final_threshold)
    first = Resolution.objects.earliest("place")
    Resolution.objects.filter(pk=first.pk).update(votes_abstained=9)
    assert queries.mismatch(Contest.objects.get(), events) == (
        f"место 1, заявка {first.application.number}: по журналу и по базе выходит разное"
    )


def test_a_changed_ranking_no_longer_passes_the_check() -> None:
    here = councils.scene(works=2)
    councils.sit(here)
    sealed = RankingSnapshot.objects.get()
    assert (verdict_on(sealed).fault, verdict_on(sealed).is_sound) == ("", True)
    assert envelope.opened(signed_file(sealed), own_keys()) == canonical(sealed.data)
    sealed.data["ranking"][0]["total"] = "100.0000"
    assert verdict_on(sealed).fault == "Контрольная сумма не сходится: рейтинг изменили после подписания."
    sealed.sha256 = digest(sealed.data)
    assert verdict_on(sealed).fault == "Подпись не сходится: рейтинг подписал не этот сайт."


# ── Two persons ─────────────────────────────────────────────────────────────


def test_whoever_sealed_the_ranking_does_not_confirm_it() -> None:
    here = councils.scene(works=2)
    councils.sit(here)
    sealed = RankingSnapshot.objects.get()
    assert sealed.made_by == here.secretary
    with pytest.raises(Refusal, match="Рейтинг подтверждает другой человек"):
        decisions.confirm_snapshot(sealed, by=here.secretary, at=AT)
    with pytest.raises(IntegrityError), transaction.atomic():
        RankingSnapshot.objects.update(confirmed_by=here.secretary, confirmed_at=AT)
    councils.publish(here)
    assert RankingSnapshot.objects.values_list("confirmed_by", "confirmed_at").get() == (here.approver.pk, AT)


def test_a_sitting_closed_before_there_was_a_log_is_sealed_with_the_order() -> None:
    here = councils.scene(works=2, has_defence=False, ranking_basis="raw")
    councils.sit(here)
    other = councils.scene(2, works=2, has_defence=False, ranking_basis="raw")
    old = RankingSnapshot.objects.get()
    old.delete()
    sitting = here.sitting
    with transaction.atomic():
        decisions.catch_up(sitting, by=here.organiser, at=AT)
    before = DecisionEvent.objects.filter(contest=here.contest).count()
    councils.publish(here)
    made = RankingSnapshot.objects.get(contest=here.contest)
    assert (made.made_by, made.confirmed_by) == (here.organiser, here.approver)
    assert verdict_on(made).is_sound
    assert DecisionEvent.objects.filter(contest=here.contest).count() == before + 2
    assert not DecisionEvent.objects.filter(contest=other.contest).exists()


# ── Appeals ─────────────────────────────────────────────────────────────────


def published() -> councils.Scene:
    here = councils.scene(
        works=4,
        has_defence=False,
        ranking_basis="raw",
        final_threshold=None,
        quota=None,
        municipality_quota=None,
    )
    councils.sit(here)
    councils.publish(here)
    return here


def test_an_upheld_appeal_moves_the_place_and_the_next_ranking_follows_from_it() -> None:
    here = published()
    last = final_standing(here.contest)[-1].application
    councils.appealed(here, last, "99.50")
    row = next(one for one in final_standing(here.contest) if one.application.pk == last.pk)
    assert (row.place, row.total) == (1, Decimal("99.50"))
    first, second = RankingSnapshot.objects.order_by("number")
    assert second.appeal is not None
    assert (second.previous, second.appeal.application, second.number) == (first, last, 2)
    assert verdict_on(second).is_sound
    events = queries.events_of(here.contest)
    assert (replay.verify(events), replay.replayed(events)) == (None, now(here.contest))


def test_a_place_moved_without_the_decision_on_an_appeal_is_refused() -> None:
    here = published()
    last = final_standing(here.contest)[-1].application
    before = replay.replayed(queries.events_of(here.contest))
    councils.appealed(here, last, "99.50")
    other = final_standing(here.contest)[-1].application
    silent = Appeal.objects.get(application=last)
    silent.pk, silent.application, silent.round = (
        None,
        other,
        councils.round_of(here.contest, RoundKind.APPEAL),
    )
    silent.save(force_insert=True)
    with pytest.raises(Refusal, match="итоги апелляций в базе не те, что вошли в журнал"):
        decisions.take_snapshot(here.contest, appeal=silent, by=here.organiser, at=AT)
    assert RankingSnapshot.objects.count() == 2
    assert replay.replayed(queries.events_of(here.contest)) != before


def test_the_table_itself_wants_an_appeal_behind_a_later_ranking() -> None:
    here = published()
    first = RankingSnapshot.objects.get()
    with pytest.raises(IntegrityError), transaction.atomic():
        RankingSnapshot.objects.create(
            contest=here.contest, previous=first, number=2, data={}, sha256="0", signature="0", made_at=AT
        )


# ── Calibration ─────────────────────────────────────────────────────────────


def calibrated(here: councils.Scene, points: dict[str, float]) -> Calibration:
    rows = [{"work": code, "fair": fair, "low": fair - 5, "high": fair + 5} for code, fair in points.items()]
    assert here.contest.remote_round is not None
    footprint = footprint_of(here.contest.remote_round)
    return Calibration.objects.create(
        round=here.contest.remote_round,
        method="additive",
        parameters={"footprint": footprint},
        data_sha256="a" * 64,
        result={"rows": rows},
        result_sha256="b" * 64,
        made_at=AT,
    )


def test_places_follow_the_calibration_where_the_rules_say_so_and_replay() -> None:
    here = councils.scene(works=3, has_defence=False, ranking_basis="calibrated", municipality_quota=None)
    raw = final_standing(here.contest)
    codes = [row.application.dossier.code for row in raw if row.application.dossier]
    calibrated(here, dict(zip(codes, (10.5, 20.25, 30.125), strict=True)))
    councils.sit(here)
    assert [row.application for row in final_standing(here.contest)] == [row.application for row in raw][::-1]
    events = queries.events_of(here.contest)
    assert (replay.verify(events), replay.replayed(events)) == (None, now(here.contest))
    [kept] = [one.data for one in events if one.kind == replay.CALIBRATION]
    assert (kept["method"], kept["result_sha256"]) == ("additive", "b" * 64)


def test_a_stale_calibration_is_not_entered() -> None:
    here = councils.scene(works=2, has_defence=False, ranking_basis="calibrated")
    kept = calibrated(here, {"x": 1.0})
    Calibration.objects.filter(pk=kept.pk).update(parameters={"footprint": []})
    with pytest.raises(Refusal, match="Оценки изменились после расчёта поправки"):
        councils.planned(here)


def test_the_broken_event_of_a_log_is_named() -> None:
    here = councils.scene(works=2)
    councils.planned(here)
    events = queries.events_of(here.contest)
    events[1] = replace(events[1], data={**events[1].data, "group": "Другая"})
    assert replay.verify(events) == Broken(
        2, "Событие 2 изменено после записи: контрольная сумма не сходится."
    )
