"""From the log of a decision to its ranking: the same events give the same bytes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any, Final

from innoset.contests.pure.chain import Broken, Event, broken_link, canonical
from innoset.contests.pure.standing import RAW, STAGES, Fair, Placed, Rules, Work, ranked
from innoset.review.pure import ranking

RULES: Final = "rules_entered"
WORK: Final = "work_entered"
CALIBRATION: Final = "calibration_entered"
PLANNED: Final = "sitting_planned"
PRESENCE: Final = "presence_marked"
OPENED: Final = "sitting_opened"
RECUSED: Final = "member_recused"
LINE: Final = "line_set"
BALLOT: Final = "ballot_counted"
RESOLVED: Final = "resolved"
CLOSED: Final = "sitting_closed"
SNAPSHOT: Final = "ranking_sealed"
MINUTES: Final = "minutes_made"
PUBLISHED: Final = "published"
UPHELD: Final = "appeal_upheld"
DISMISSED: Final = "appeal_dismissed"

KIND_LABELS: Final = {
    RULES: "Правила конкурса",
    WORK: "Оценки заявки",
    CALIBRATION: "Поправка на строгость экспертов",
    PLANNED: "Заседание назначено",
    PRESENCE: "Отмечены присутствующие",
    OPENED: "Заседание открыто",
    RECUSED: "Самоотвод",
    LINE: "Черта передвинута",
    BALLOT: "Голоса подсчитаны",
    RESOLVED: "Решение по заявке",
    CLOSED: "Заседание закрыто",
    SNAPSHOT: "Рейтинг закреплён",
    MINUTES: "Протокол составлен",
    PUBLISHED: "Итоги опубликованы",
    UPHELD: "Апелляция удовлетворена",
    DISMISSED: "Апелляция отклонена",
}
# What may still follow when the results are out: nothing of it but an upheld appeal moves a place.
AFTER_PUBLICATION: Final = frozenset({UPHELD, DISMISSED, SNAPSHOT})
HUNDREDTH: Final = Decimal("0.01")
SHOWN: Final = Decimal("0.0001")


@dataclass(slots=True)
class Decided:
    """All that the events so far say."""

    rules: Mapping[str, Any] = field(default_factory=dict)
    works: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    fair: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    upheld: dict[str, Decimal] = field(default_factory=dict)
    line: int | None = None
    resolved: dict[str, Mapping[str, Any]] = field(default_factory=dict)
    is_published: bool = False


def replay(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Return the ranking that the events give: a row a work, best first, as JSON values."""
    decided = fold(events)
    placed = ranked(works_of(decided), rules_of(decided))
    return [row_of(one, decided.resolved.get(one.candidate.number, {})) for one in placed]


def replayed(events: Iterable[Event]) -> bytes:
    """Return the ranking byte for byte."""
    return canonical(replay(events))


def fold(events: Iterable[Event]) -> Decided:
    """Take the events in one after another; raise KeyError at a kind that the log does not know."""
    decided = Decided()
    for event in events:
        _TAKEN_IN[event.kind](decided, event.data)
    return decided


def verify(events: Sequence[Event]) -> Broken | None:
    """Return the first event that breaks the chain or the rules of the log; None when all is well."""
    return broken_link(events) or _against_the_rules(events)


def _against_the_rules(events: Iterable[Event]) -> Broken | None:
    is_published = False
    for event in events:
        if event.kind not in _TAKEN_IN:
            return Broken(event.number, f"Событие {event.number}: такого вида событий журнал не знает.")
        if is_published and event.kind not in AFTER_PUBLICATION:
            return Broken(
                event.number,
                f"Событие {event.number} ({KIND_LABELS[event.kind].lower()}) стоит после публикации итогов: "
                "тогда место меняет только удовлетворённая апелляция.",
            )
        is_published = is_published or event.kind == PUBLISHED
    return None


def rules_of(decided: Decided) -> Rules:
    """Return the rules that places are given by, with the line of the council."""
    rules = decided.rules
    return Rules(
        threshold=_decimal(rules.get("threshold")),
        line=decided.line,
        quota=rules.get("quota"),
        group_quotas=tuple((title, quota) for title, quota in rules.get("group_quotas", ())),
        municipality_quota=rules.get("municipality_quota"),
        basis=rules.get("basis", RAW),
    )


def rules_entry(rules: Rules) -> dict[str, Any]:
    """Return the rules as the log keeps them; the line has events of its own."""
    return {
        "basis": rules.basis,
        "threshold": None if rules.threshold is None else plain(rules.threshold),
        "quota": rules.quota,
        "group_quotas": [list(pair) for pair in rules.group_quotas],
        "municipality_quota": rules.municipality_quota,
    }


def works_of(decided: Decided) -> list[Work]:
    """Return the works as their sheets, the calibration and upheld appeals leave them."""
    return [_work(data, decided) for data in decided.works.values()]


def _work(data: Mapping[str, Any], decided: Decided) -> Work:
    number = data["number"]
    fair = {stage: _fair(rows[number]) for stage, rows in decided.fair.items() if number in rows}
    return Work(
        number=number,
        group=data["group"],
        municipality=data["municipality"],
        stages={stage: _standing(data["stages"][stage]) for stage in STAGES if stage in data["stages"]},
        fair=fair,
        upheld=decided.upheld.get(number),
    )


def _standing(data: Mapping[str, Any]) -> ranking.Standing:
    """Reckon one work of a round anew from its sheets, by the rule that the round counted by."""
    judged = ranking.Judged(
        dossier_id=0,
        code="",
        totals=tuple(Decimal(sheet["total"]) for sheet in data["sheets"]),
        tie_breaks=tuple(Decimal(sheet["tie_break"]) for sheet in data["sheets"]),
        sheets_due=len(data["sheets"]),
    )
    rule = ranking.Rule(data["usual"], Decimal(data["maximum"]), Decimal(data["share"]))
    return ranking.standings([judged], rule)[0]


def _fair(points: Sequence[str]) -> Fair:
    return Fair(*map(Decimal, points))


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def plain(value: Decimal) -> str:
    """Return a number in its one spelling, without an exponent or idle noughts: 40, 52.5."""
    text = format(value, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text


def shown(value: Decimal | None) -> str | None:
    """Return points as the ranking prints them."""
    return None if value is None else format(value.quantize(SHOWN, ROUND_HALF_EVEN), "f")


def row_of(one: Placed, resolved: Mapping[str, Any]) -> dict[str, Any]:
    """Return one line of the ranking as JSON values."""
    candidate = one.candidate
    return {
        "place": one.place,
        "number": candidate.number,
        "total": shown(candidate.total),
        "remote": shown(candidate.remote),
        "defence": shown(candidate.defence),
        "tie_break": shown(candidate.tie_break),
        "above": one.is_above_line,
        "why": one.why_below,
        "decision": resolved.get("decision", ""),
        "votes": resolved.get("votes"),
        "reason": resolved.get("reason", ""),
    }


# ── What each event says ────────────────────────────────────────────────────


def _rules(decided: Decided, data: Mapping[str, Any]) -> None:
    decided.rules = data


def _work_entered(decided: Decided, data: Mapping[str, Any]) -> None:
    decided.works[data["number"]] = data


def _calibration(decided: Decided, data: Mapping[str, Any]) -> None:
    decided.fair[data["stage"]] = data["points"]


def _planned(decided: Decided, data: Mapping[str, Any]) -> None:
    """Begin anew: a sitting draws its own line and resolves for itself."""
    del data
    decided.line, decided.resolved = None, {}


def _line(decided: Decided, data: Mapping[str, Any]) -> None:
    decided.line = data["line"]


def _resolved(decided: Decided, data: Mapping[str, Any]) -> None:
    decided.resolved[data["application"]] = data


def _published(decided: Decided, data: Mapping[str, Any]) -> None:
    del data
    decided.is_published = True


def _upheld(decided: Decided, data: Mapping[str, Any]) -> None:
    decided.upheld[data["application"]] = Decimal(data["after"]).quantize(HUNDREDTH, ROUND_HALF_EVEN)


def _noted(decided: Decided, data: Mapping[str, Any]) -> None:
    """Leave the ranking as it is: the event tells how it came about."""
    del decided, data


_TAKEN_IN: Final[Mapping[str, Callable[[Decided, Mapping[str, Any]], None]]] = {
    **dict.fromkeys(KIND_LABELS, _noted),
    RULES: _rules,
    WORK: _work_entered,
    CALIBRATION: _calibration,
    PLANNED: _planned,
    LINE: _line,
    RESOLVED: _resolved,
    PUBLISHED: _published,
    UPHELD: _upheld,
}
