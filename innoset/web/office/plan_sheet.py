"""A plan of assignment, laid out for its page: pairs with reasons, loads, the proof, the comparison."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from innoset.accounts.models import User
from innoset.foundation.russian import counted, decimal, joined
from innoset.review.models import AssignmentPlan, Dossier
from innoset.review.states import PLAN_MODE_LABELS, PlanMode
from innoset.web.office.plan_proof import proof_of

DOSSIERS = ("дело", "дела", "дел")
HOUR = 60


@dataclass(frozen=True, slots=True)
class Reason:
    """Somebody who gets a dossier by the plan, or stands ready for it, and why."""

    name: str
    why: str
    affinity: str
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A dossier with those who come and those who go."""

    dossier: Dossier
    people: list[Reason]


@dataclass(frozen=True, slots=True)
class Compared:
    """A line of the table beside last year: what is measured, now, by the plan, last year."""

    title: str
    now: str
    plan: str
    beside: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """What the page of a plan shows."""

    plan: AssignmentPlan
    mode: str
    rows: list[Row]
    ready: list[Row]
    loads: list[tuple[str, int]]
    proof: list[str]
    warnings: list[str]
    clashes: list[tuple[str, str]]
    shortages: list[dict[str, Any]]
    compared: list[Compared]
    has_beside: bool
    gone: int

    @property
    def following(self) -> int:
        """Return the number of the next lay-out."""
        return self.plan.seed + 1


def sheet_of(plan: AssignmentPlan) -> Sheet:
    """Lay the plan out with two queries more."""
    told = plan.certificate
    people = {one["expert"] for one in plan.pairs} | {load["expert"] for load in told["loads"]}
    people |= {expert for expert, _ in told["gone"]}
    names = {one.pk: one.short_name for one in User.objects.filter(pk__in=people)}
    works = {one.pk: one for one in plan.round.dossiers.defer("content", "stages")}
    return Sheet(
        plan=plan,
        mode=PLAN_MODE_LABELS[PlanMode(plan.parameters["mode"])],
        rows=_rows(_changed(plan, names), works),
        ready=_rows(((one["dossier"], _reason(one, names)) for one in plan.alternates), works),
        loads=[_load(one, names) for one in told["loads"]],
        proof=list(proof_of(plan, {key: one.code for key, one in works.items()})),
        warnings=list(_warnings(plan, names, works)),
        clashes=[(one["words"], one["cure"]) for one in told["clashes"]],
        shortages=told["shortages"],
        compared=list(_compared(told)),
        has_beside=told["beside"] is not None,
        gone=len(told["gone"]),
    )


def _changed(plan: AssignmentPlan, names: dict[int, str]) -> Iterator[tuple[int, Reason]]:
    for one in plan.fresh:
        yield one["dossier"], _reason(one, names)
    for expert, work in plan.certificate["gone"]:
        yield work, Reason(names.get(expert, ""), "Дело передают другому эксперту", "", mark="снять")


def _reason(one: dict[str, Any], names: dict[int, str]) -> Reason:
    affinity = "" if one["affinity"] is None else decimal(one["affinity"])
    mark = f"запасной {one['position']}" if one["position"] else ""
    return Reason(names.get(one["expert"], ""), one["reason"], affinity, mark)


def _rows(pairs: Any, works: dict[int, Dossier]) -> list[Row]:
    found: dict[int, list[Reason]] = defaultdict(list)
    for work, reason in pairs:
        found[work].append(reason)
    return [Row(works[key], found[key]) for key in sorted(found, key=lambda key: works[key].code)]


def _load(one: dict[str, Any], names: dict[int, str]) -> tuple[str, int]:
    most = f" из {one['most']}" if one["most"] is not None else ""
    return f"{names.get(one['expert'], '')}, {counted(one['count'], *DOSSIERS)}{most}", one["minutes"]


def hours(minutes: int) -> str:
    """Say a load: «40 мин», «2 ч 05 мин»."""
    whole, rest = divmod(minutes, HOUR)
    return f"{whole} ч {rest:02d} мин" if whole else f"{rest} мин"


def _warnings(plan: AssignmentPlan, names: dict[int, str], works: dict[int, Dossier]) -> Iterator[str]:
    islands = sorted(plan.certificate["islands"], key=lambda one: len(one["works"]))
    for island in islands[:-1]:
        people = joined([names.get(key, "") for key in island["experts"]])
        codes = joined([works[key].code for key in island["works"] if key in works])
        yield (
            f"{people} и дела {codes} не связаны с остальными общими экспертами: их баллы нельзя сравнить "
            "с баллами остальных. Дайте одному из этих экспертов дело другой группы."
        )


_LINES = (
    ("pairs", "Назначений"),
    ("worst", "Соответствие у дела, обеспеченного хуже всех"),
    ("mean", "Соответствие в среднем"),
    ("minutes", "Нагрузка эксперта: наименьшая и наибольшая"),
    ("conflicts", "Пар с конфликтом интересов по нынешним сведениям"),
    ("elsewhere", "Экспертов из другого муниципалитета"),
)


def _compared(told: dict[str, Any]) -> Iterator[Compared]:
    for key, title in _LINES:
        yield Compared(title, *(_said(told[name], key) for name in ("now", "figures", "beside")))


def _said(figures: dict[str, Any] | None, key: str) -> str:
    if figures is None:
        return ""
    if key == "minutes":
        return f"{hours(figures['least_minutes'])} — {hours(figures['most_minutes'])}"
    value = figures[key]
    if value is None:
        return "—"
    if key == "elsewhere":
        return f"{round(100 * value)} %"
    return decimal(value) if key in {"worst", "mean"} else str(value)
