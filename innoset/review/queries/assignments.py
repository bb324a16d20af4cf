"""What a plan of assignment depends on: the rules, the panel, the dossiers, what ties and suits them."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

from django.db.models import Sum, Value
from django.db.models.functions import Coalesce, Length

from innoset.review.models import (
    Alternate,
    Assignment,
    Bid,
    Dossier,
    ExpertProfile,
    PanelSeat,
    Round,
    ScoreSheet,
)
from innoset.review.pure import affinity as suiting
from innoset.review.pure.affinity import Affinity, Judge, Topic, affinities
from innoset.review.pure.assignment import Cell, Conflict, Expert, Problem, Work
from innoset.review.pure.stand_ins import Capacity, lacking, stand_ins
from innoset.review.pure.words import stems
from innoset.review.queries.conflicts import barred_in
from innoset.review.queries.panels import experts_of, places_of
from innoset.review.states import (
    LIVE,
    WISH_LABELS,
    AssignmentState,
    OwnMunicipality,
    PlanMode,
    RoundKind,
    SheetState,
    Wish,
)

# A sheet with so many signs of comments tells what its expert knows; so many of the newest are read.
_TELLING, _NEWEST = 200, 10
# Affinity goes by twentieths: finer is noise, and ties leave room for even loads.
_STEPS: Final = 20
_LEVELS: Final = {Wish.UNWANTED: 0, Wish.POSSIBLE: 1, Wish.WANTED: 2}
_SPENT: Final = "Отведён или снят с этого дела"

PARTS: Final = {
    "rules": "правила тура",
    "panel": "состав комиссии или пределы нагрузки",
    "dossiers": "дела тура",
    "conflicts": "конфликты интересов",
    "given": "назначения",
    "wishes": "пожелания экспертов",
    "passports": "паспорта и опыт экспертов",
}
"""The parts of which the facts consist, as they are named to people."""


@dataclass(frozen=True)
class Facts:
    """Everything that a plan of the round is reckoned from, but the texts."""

    round: Round
    seats: tuple[PanelSeat, ...]
    dossiers: tuple[Dossier, ...]
    barred: dict[Cell, str]
    live: dict[Cell, AssignmentState]
    spent: frozenset[Cell]
    homes: dict[int, str]
    profiles: dict[int, ExpertProfile]
    wishes: dict[Cell, Wish]
    experience: dict[int, tuple[int, ...]]

    @property
    def experts(self) -> list[int]:
        """Return the experts who have agreed."""
        return [seat.person_id for seat in self.seats]


def facts_of(review_round: Round) -> Facts:
    """Gather the facts in a constant number of queries."""
    seats = tuple(experts_of(review_round))
    experts = [seat.person_id for seat in seats]
    live, spent = _given(review_round)
    profiles = ExpertProfile.objects.filter(person__in=experts).prefetch_related("directions")
    bids = Bid.objects.filter(round=review_round, person__in=experts)
    return Facts(
        round=review_round,
        seats=seats,
        dossiers=tuple(_dossiers(review_round)),
        barred=barred_in(review_round, experts),
        live=live,
        spent=spent,
        homes={key: str(one.organisation.municipality_id) for key, one in places_of(experts).items()},
        profiles={one.person_id: one for one in profiles},
        wishes={(one.person_id, one.dossier_id): Wish(one.wish) for one in bids},
        experience=_experience(review_round, experts),
    )


def _dossiers(review_round: Round) -> Iterable[Dossier]:
    found = review_round.dossiers.defer("content", "stages").select_related("organisation")
    return found.prefetch_related("directions").order_by("code")


def _given(review_round: Round) -> tuple[dict[Cell, AssignmentState], frozenset[Cell]]:
    rows = list(Assignment.objects.filter(round=review_round).values_list("expert", "dossier", "state"))
    live = {(expert, work): AssignmentState(state) for expert, work, state in rows if state in LIVE}
    return live, frozenset((expert, work) for expert, work, state in rows if state not in LIVE)


def _experience(review_round: Round, experts: list[int]) -> dict[int, tuple[int, ...]]:
    """Return the newest dossiers of other rounds that each expert judged with telling comments."""
    nothing = Value(0)
    sheets = (
        ScoreSheet.objects.filter(assignment__expert__in=experts, state=SheetState.FINISHED)
        .exclude(assignment__round=review_round)
        .annotate(said=Coalesce(Sum(Length("scores__comment")), nothing) + Length("comment"))
        .filter(said__gte=_TELLING)
        .order_by("-finished_at", "-pk")
    )
    found: dict[int, list[int]] = defaultdict(list)
    for expert, work in sheets.values_list("assignment__expert", "assignment__dossier"):
        found[expert].append(work)
    return {expert: tuple(islice(dict.fromkeys(works), _NEWEST)) for expert, works in found.items()}


def digests_of(facts: Facts) -> dict[str, str]:
    """Return a checksum of each part of the facts: another one means that a plan is stale."""
    review_round = facts.round
    parts: dict[str, Any] = {
        "rules": [str(getattr(review_round, name)) for name in _RULES],
        "panel": [[one.person_id, one.most, one.least_minutes, one.most_minutes] for one in facts.seats],
        "dossiers": [
            [one.pk, one.sha256, one.pages, sorted(line.pk for line in one.directions.all())]
            for one in facts.dossiers
        ],
        "conflicts": sorted([*pair, reason] for pair, reason in facts.barred.items()),
        "given": [sorted([*pair, state] for pair, state in facts.live.items()), sorted(facts.spent)],
        "wishes": sorted([*pair, wish] for pair, wish in facts.wishes.items()),
        "passports": [
            sorted([key, one.updated_at.isoformat()] for key, one in facts.profiles.items()),
            sorted(facts.homes.items()),
            sorted(facts.experience.items()),
        ],
    }
    return {name: _digest(part) for name, part in parts.items()}


_RULES: Final = (
    "kind",
    "sheets_per_dossier",
    "minutes_per_page",
    "own_municipality",
    "municipality_cap",
    "alternates",
    "greatest_probability",
)


def _digest(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, ensure_ascii=False).encode()).hexdigest()


def checksum(digests: dict[str, str], mode: str, seed: int) -> str:
    """Return the checksum of a whole problem."""
    return _digest([sorted(digests.items()), mode, seed])


def problem_of(review_round: Round, *, mode: PlanMode = PlanMode.ADD, seed: int = 0) -> Problem:
    """Return what the plan of assignment has to solve; what experts have begun always stays."""
    return problem_from(facts_of(review_round), mode=mode, seed=seed)


def problem_from(facts: Facts, *, mode: PlanMode = PlanMode.ADD, seed: int = 0) -> Problem:
    """Put the facts as a problem."""
    review_round = facts.round
    is_remote = review_round.kind != RoundKind.DEFENCE
    locked = _locked(facts, mode)
    barred = {**facts.barred, **dict.fromkeys(facts.spent, _SPENT)}
    suits = affinity_of(facts)
    own = OwnMunicipality(review_round.own_municipality)
    is_drawn = mode != PlanMode.REPLACE and is_remote and review_round.greatest_probability is not None
    return Problem(
        experts=tuple(_expert(seat, facts, is_remote=is_remote) for seat in facts.seats),
        works=tuple(_work(one, facts, barred) for one in facts.dossiers),
        conflicts=tuple(Conflict(*pair, reason) for pair, reason in barred.items() if pair not in locked),
        locked=locked,
        seed=seed,
        affinity={pair: one.value for pair, one in suits.items()},
        affinity_words={pair: one.why for pair, one in suits.items()},
        preferred=_preferred(facts, mode, locked, barred),
        is_repair=mode == PlanMode.REPLACE,
        group_most=review_round.municipality_cap if is_remote else None,
        own_most=1 if is_remote and own == OwnMunicipality.AT_MOST_ONE else None,
        least_elsewhere=1 if is_remote and own == OwnMunicipality.AT_MOST_ONE else 0,
        alternates=review_round.alternates if is_remote else 0,
        greatest_probability=float(review_round.greatest_probability or 1) if is_drawn else None,
        wants_connection=is_remote,
    )


def _locked(facts: Facts, mode: PlanMode) -> frozenset[Cell]:
    experts = set(facts.experts)
    held = {pair: state for pair, state in facts.live.items() if pair[0] in experts}
    if mode == PlanMode.ADD:
        return frozenset(held)
    return frozenset(pair for pair, state in held.items() if state != AssignmentState.ASSIGNED)


def _preferred(
    facts: Facts, mode: PlanMode, locked: frozenset[Cell], barred: dict[Cell, str]
) -> frozenset[Cell]:
    kept = {pair for pair in facts.live if pair not in locked and pair not in barred}
    if mode == PlanMode.REPLACE:
        kept |= {pair for pairs in stand_ins_of(facts).values() for pair in pairs}
    return frozenset(kept)


def stand_ins_of(facts: Facts) -> dict[int, list[Cell]]:
    """Return for each dossier that lacks experts the alternates who take the places."""
    lacks = lacking(facts.live, facts.spent, facts.round.sheets_per_dossier)
    if not lacks:
        return {}
    ready = Alternate.objects.filter(round=facts.round, dossier__in=lacks).order_by("position", "pk")
    return stand_ins(
        lacks,
        [(one.expert_id, one.dossier_id) for one in ready],
        barred={*facts.barred, *facts.spent},
        live=facts.live,
        capacities=capacities_of(facts.seats),
        minutes={one.pk: minutes_of(one, facts.round) for one in facts.dossiers},
    )


def capacities_of(seats: Iterable[PanelSeat]) -> dict[int, Capacity]:
    """Return how much each expert takes at most."""
    return {seat.person_id: Capacity(seat.most, seat.most_minutes) for seat in seats}


def minutes_of(dossier: Dossier, review_round: Round) -> int:
    """Return how long the dossier takes an expert by the norm of the round."""
    return max(1, dossier.pages) * review_round.minutes_per_page


def _expert(seat: PanelSeat, facts: Facts, *, is_remote: bool) -> Expert:
    home = facts.homes.get(seat.person_id, "")
    if not is_remote:
        return Expert(seat.person_id, group=home)
    return Expert(
        seat.person_id,
        most=seat.most,
        most_minutes=seat.most_minutes,
        least_minutes=seat.least_minutes or 0,
        group=home,
    )


def _work(dossier: Dossier, facts: Facts, barred: dict[Cell, str]) -> Work:
    return Work(
        key=dossier.pk,
        code=dossier.code,
        wanted=_wanted(dossier.pk, facts, barred),
        minutes=minutes_of(dossier, facts.round),
        group=str(dossier.organisation.municipality_id),
    )


def _wanted(dossier: int, facts: Facts, barred: dict[Cell, str]) -> int:
    """Return how many experts a dossier needs: at a defence all who may, else as the round says.

    Whoever has left the panel with a finished sheet still counts.
    """
    usual, experts = facts.round.sheets_per_dossier, set(facts.experts)
    outside = sum(work == dossier and expert not in experts for expert, work in facts.live)
    if facts.round.kind == RoundKind.DEFENCE:
        usual = max(usual, sum((expert, dossier) not in barred for expert in experts))
    return max(0, usual - outside)


def affinity_of(facts: Facts) -> dict[Cell, Affinity]:
    """Return how well each expert of the panel suits each dossier; at a defence everybody scores everything."""
    if facts.round.kind == RoundKind.DEFENCE:
        return {}
    words = _words_of({*(one.pk for one in facts.dossiers), *_judged(facts)})
    topics = [Topic(one.pk, _titles(one), words.get(one.pk, ())) for one in facts.dossiers]
    judges = [_judge(key, facts, words) for key in facts.experts]
    found = affinities(judges, topics)
    return {pair: Affinity(round(one.value * _STEPS) / _STEPS, one.why) for pair, one in found.items()}


def _judged(facts: Facts) -> set[int]:
    return {work for works in facts.experience.values() for work in works}


def _words_of(dossiers: set[int]) -> dict[int, tuple[str, ...]]:
    rows = Dossier.objects.filter(pk__in=dossiers).values_list("pk", "title", "content")
    return {key: tuple(stems("\n".join([title, *_answers(content)]))) for key, title, content in rows}


def _answers(content: list[dict[str, Any]]) -> list[str]:
    return [str(one.get("text", "")) for one in content]


def _titles(one: Dossier | ExpertProfile) -> frozenset[str]:
    return frozenset(line.title for line in one.directions.all())


def _judge(expert: int, facts: Facts, words: dict[int, tuple[str, ...]]) -> Judge:
    profile = facts.profiles.get(expert)
    told = f"{profile.about}\n{profile.training}" if profile else ""
    judged = [word for work in facts.experience.get(expert, ()) for word in words.get(work, ())]
    return Judge(
        key=expert,
        directions=_titles(profile) if profile else frozenset(),
        words=(*stems(told), *judged),
        wishes={
            work: suiting.Wish(_LEVELS[wish], WISH_LABELS[wish])
            for (person, work), wish in facts.wishes.items()
            if person == expert
        },
    )
