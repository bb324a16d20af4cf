"""The log of a decision: its chain, the ranking it gives, what breaks it."""

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.contests.pure import replay, snapshots
from innoset.contests.pure.chain import Broken, Event, added, as_json, canonical, digest, event_of, moment
from innoset.contests.pure.replay import replayed, verify
from innoset.contests.pure.standing import Rules

AT = "2026-11-21T09:00:00.000000+00:00"


def sheets(*totals: str, tie: str = "10", usual: int | None = 3) -> dict[str, Any]:
    return {
        "usual": usual,
        "maximum": "100",
        "share": "0.25",
        "sheets": [{"total": total, "tie_break": tie, "marks": [[1, 5]]} for total in totals],
    }


def work(number: int, *totals: str, **stages: Any) -> dict[str, Any]:
    return {
        "number": f"2026-{number:04}",
        "group": "Школы",
        "municipality": "Анапа",
        "stages": {"remote": sheets(*totals), **stages},
    }


def log(*steps: tuple[str, dict[str, Any]]) -> list[Event]:
    events: list[Event] = []
    for kind, data in steps:
        events.append(added(events[-1] if events else None, "mip-2026", kind, data, at=AT, by=7))
    return events


RULES = replay.rules_entry(Rules(threshold=Decimal(60), quota=2, group_quotas=(("Школы", 5),)))
ENTERED = (
    (replay.RULES, RULES),
    (replay.WORK, work(1, "80", "90", "70")),
    (replay.WORK, work(2, "90", "90", "90")),
    (replay.WORK, work(3, "20", "30", "40")),
)
VOTES = {"for": 5, "against": 0, "abstained": 0}
WHOLE = (
    *ENTERED,
    (replay.PLANNED, {"sitting": "7"}),
    (replay.LINE, {"line": 1}),
    (replay.RESOLVED, {"application": "2026-0002", "decision": "grant", "votes": VOTES, "reason": ""}),
    (replay.CLOSED, {"sitting": "7"}),
    (replay.PUBLISHED, {"order": "№ 5"}),
)


def places(events: list[Event]) -> list[tuple[str, str, bool, str]]:
    return [(row["number"], row["total"], row["above"], row["why"]) for row in replay.replay(events)]


def test_the_same_events_give_these_very_bytes() -> None:
    assert replayed(log(*WHOLE)).decode() == (
        '[{"above":true,"decision":"grant","defence":null,"number":"2026-0002","place":1,"reason":"",'
        '"remote":"90.0000","tie_break":"10.0000","total":"90.0000",'
        '"votes":{"abstained":0,"against":0,"for":5},"why":""},'
        '{"above":false,"decision":"","defence":null,"number":"2026-0001","place":2,"reason":"",'
        '"remote":"80.0000","tie_break":"10.0000","total":"80.0000","votes":null,"why":"ниже черты"},'
        '{"above":false,"decision":"","defence":null,"number":"2026-0003","place":3,"reason":"",'
        '"remote":"30.0000","tie_break":"10.0000","total":"30.0000","votes":null,"why":"ниже проходного балла"}]'
    )


def test_the_checksum_of_a_log_never_changes_with_the_program() -> None:
    assert log(*WHOLE)[-1].sha256 == "ef6ec37e42c10ab89e652d7604aab75b23af3bf59448ff12bcf3994ee5cc72fe"


def test_each_basis_ranks_by_its_own_number() -> None:
    steps = [
        (replay.WORK, work(1, "80", "90", "70")),
        (replay.WORK, work(2, "81", "81", "81")),
        (replay.WORK, work(3, "100", "79", "79", defence=sheets("5", usual=None))),
        (
            replay.CALIBRATION,
            {"stage": "remote", "points": {"2026-0001": ["95", "90", "99"], "2026-0002": ["70", "60", "80"]}},
        ),
    ]
    by = {
        basis: [row["number"][-1] for row in replay.replay(log((replay.RULES, {"basis": basis}), *steps))]
        for basis in ("raw", "calibrated", "median")
    }
    assert by == {"raw": ["3", "2", "1"], "calibrated": ["1", "3", "2"], "median": ["3", "2", "1"]}


def test_a_fourth_sheet_after_a_disagreement_makes_it_the_median() -> None:
    assert places(log((replay.WORK, work(1, "10", "90", "80", "70"))))[0][1] == "75.0000"


def test_a_new_sitting_draws_its_own_line() -> None:
    again = log(*ENTERED, (replay.PLANNED, {}), (replay.LINE, {"line": 0}), (replay.PLANNED, {}))
    assert places(again) == places(log(*ENTERED))


def test_only_an_upheld_appeal_moves_a_place_once_the_results_are_out() -> None:
    upheld = (replay.UPHELD, {"application": "2026-0001", "appeal": 1, "after": "95.004"})
    after = log(*WHOLE, upheld)
    assert verify(after) is None
    assert places(after)[0] == ("2026-0001", "95.0000", True, "")
    dismissed = log(*WHOLE, (replay.DISMISSED, {"application": "2026-0001", "appeal": 1}))
    assert (verify(dismissed), replayed(dismissed)) == (None, replayed(log(*WHOLE)))
    late = (replay.WORK, work(1, "100", "100", "100"))
    assert verify(log(*WHOLE, late)) == Broken(
        10,
        "Событие 10 (оценки заявки) стоит после публикации итогов: "
        "тогда место меняет только удовлетворённая апелляция.",
    )


def test_a_kind_that_nobody_knows_breaks_the_log() -> None:
    assert verify(log(("guessed", {}))) == Broken(1, "Событие 1: такого вида событий журнал не знает.")
    with pytest.raises(KeyError):
        replayed(log(("guessed", {})))


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("40", "40"),
        ("40.00", "40"),
        ("52.50", "52.5"),
        ("0.250", "0.25"),
        ("1E+2", "100"),
        ("0", "0"),
        ("100", "100"),
    ],
)
def test_a_number_has_one_spelling(value: str, text: str) -> None:
    assert replay.plain(Decimal(value)) == text


# ── The chain ───────────────────────────────────────────────────────────────


def test_a_whole_log_has_nothing_wrong() -> None:
    assert verify(log(*WHOLE)) is None
    assert verify([]) is None
    assert replayed([]) == b"[]"


def test_one_changed_number_breaks_the_log_at_its_event_and_changes_the_ranking() -> None:
    events = log(*WHOLE)
    forged = replace(events[1], data=work(1, "80", "90", "99"))
    assert verify([events[0], forged, *events[2:]]) == Broken(
        2, "Событие 2 изменено после записи: контрольная сумма не сходится."
    )
    assert replayed([events[0], forged, *events[2:]]) != replayed(events)


def test_a_forged_event_with_a_fresh_checksum_breaks_the_link_after_it() -> None:
    events = log(*WHOLE)
    forged = added(events[0], "mip-2026", replay.WORK, work(1, "99", "99", "99"), at=AT, by=7)
    assert verify([events[0], forged, *events[2:]]) == Broken(
        3, "Событие 3 не продолжает предыдущее: запись заменили или удалили."
    )


def test_a_missing_event_is_named() -> None:
    events = log(*WHOLE)
    assert verify(events[:3] + events[4:]) == Broken(4, "События 4 нет: за ним сразу идёт событие 5.")


@given(st.integers(0, len(WHOLE) - 1), st.sampled_from(["kind", "at", "by", "data", "contest", "number"]))
def test_whatever_is_changed_in_whichever_event_is_found_there(place: int, name: str) -> None:
    events = log(*WHOLE)
    others: dict[str, Any] = {
        "kind": "line",
        "at": "2026",
        "by": 8,
        "data": {"x": 1},
        "contest": "mip-2027",
        "number": 99,
    }
    events[place] = replace(events[place], **{name: others[name]})
    found = verify(events)
    assert found is not None
    assert found.number == place + 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(),
        lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
        max_leaves=12,
    )
)
def test_the_canonical_spelling_survives_a_file_and_tells_values_apart(content: Any) -> None:
    assert canonical(json.loads(canonical(content))) == canonical(content)
    assert digest(content) == digest(json.loads(json.dumps(content)))
    assert digest([content]) != digest(content)


def test_an_event_survives_a_file() -> None:
    [event] = log((replay.LINE, {"line": 3}))
    assert event_of(json.loads(canonical(as_json(event)))) == event


def test_a_moment_is_written_in_one_zone() -> None:
    assert moment(datetime.fromisoformat("2026-11-21T12:00:00+03:00")) == AT


# ── Snapshots ───────────────────────────────────────────────────────────────

FACTS = {"contest": {"code": "mip-2026"}, "number": 1, "appeal": None}


def test_a_snapshot_carries_what_it_follows_from() -> None:
    data = snapshots.composed(log(*WHOLE), FACTS)
    assert snapshots.fault_in(data) == ""
    assert data["ranking"] == replay.replay(log(*WHOLE))
    assert snapshots.events_in(data) == log(*WHOLE)


def test_a_snapshot_names_what_does_not_follow() -> None:
    data = snapshots.composed(log(*WHOLE), FACTS)
    swapped = [{**data["ranking"][0], "total": "99.0000"}, *data["ranking"][1:]]
    assert snapshots.fault_in({**data, "ranking": swapped}) == (
        "Место 1 пересчитывается иначе: по журналу это заявка 2026-0002 с итогом 90.0000."
    )
    assert snapshots.fault_in({**data, "ranking": data["ranking"][:2]}) == (
        "По журналу в рейтинге 3 заявки, а записано 2."
    )
    broken = [*data["events"]]
    broken[1] = {**broken[1], "data": {**broken[1]["data"], "group": "Сады"}}
    assert snapshots.fault_in({**data, "events": broken}) == (
        "Событие 2 изменено после записи: контрольная сумма не сходится."
    )
    incomplete = "Журнал внутри файла неполон: по нему нельзя пересчитать места."
    assert snapshots.fault_in({"ranking": []}) == incomplete
    lame = snapshots.composed(log(), FACTS) | {"events": [as_json(one) for one in log((replay.WORK, {}))]}
    assert snapshots.fault_in(lame) == incomplete


def following(*steps: tuple[str, dict[str, Any]], appeal: dict[str, Any] | None) -> str:
    previous = snapshots.composed(log(*WHOLE), FACTS)
    data = snapshots.composed(log(*WHOLE, *steps), {**FACTS, "number": 2, "appeal": appeal})
    return snapshots.objection_to_following(previous, data)


LINKED = {"application": "2026-0001", "number": 1}
DECIDED = (replay.UPHELD, {"application": "2026-0001", "appeal": 1, "after": "95.00"})


def test_a_ranking_follows_another_only_by_its_linked_appeal() -> None:
    assert following(DECIDED, appeal=LINKED) == ""
    missing = "Место меняет только удовлетворённая апелляция: решения по ней в журнале нет."
    assert following(appeal=LINKED) == missing
    assert following(DECIDED, appeal={"application": "2026-0003", "number": 1}) == missing
    assert following(DECIDED, appeal={"application": "2026-0001", "number": 2}) == missing
    assert following(DECIDED, appeal=None) == missing
    assert following(DECIDED, (replay.LINE, {"line": 3}), appeal=LINKED) == (
        "После подписанного рейтинга в журнале событие 11, которое не связано с апелляцией."
    )


def test_a_ranking_never_follows_a_log_that_was_rewritten() -> None:
    previous = snapshots.composed(log(*WHOLE), FACTS)
    other = log(*WHOLE[:1], *WHOLE[2:], DECIDED)
    data = snapshots.composed(other, {**FACTS, "appeal": LINKED})
    assert snapshots.objection_to_following(previous, data) == (
        "Журнал решений разошёлся с подписанным рейтингом: прежние события изменены."
    )
