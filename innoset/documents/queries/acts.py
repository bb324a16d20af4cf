"""Reads of the normative base."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, F, Func, Prefetch, Q, QuerySet, Value, When
from django.db.models.functions import Lower, Replace

from innoset.documents.models import ActDistinction, ActRelation, NormativeAct
from innoset.documents.pure.requisites import (
    Requisites,
    citation,
    contradictions,
    differ_in,
    number_key,
    suspicions,
)
from innoset.documents.pure.verdicts import Known
from innoset.documents.states import ActKind, ActLevel, RelationKind


@dataclass(frozen=True, slots=True)
class Chain:
    """What came before an act and what came after it, the nearest first."""

    before: tuple[NormativeAct, ...]
    after: tuple[NormativeAct, ...]
    amends: tuple[NormativeAct, ...]
    amended_by: tuple[NormativeAct, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two entries that may be one act; what differs; where else the base has one of their numbers.

    `about` is «number» or «date» when they surely clash, «day» or «title» when a person should look.
    """

    first: NormativeAct
    second: NormativeAct
    about: str
    elsewhere: tuple[NormativeAct, ...] = ()
    distinction: ActDistinction | None = None

    @property
    def is_certain(self) -> bool:
        """Tell whether one of the two must be wrong, unless they are two acts of one title."""
        return self.about in ("number", "date")


def requisites_of(act: NormativeAct) -> Requisites:
    """Return by what an act is compared and cited."""
    return Requisites(
        ActLevel(act.level), ActKind(act.kind), act.issuer, act.signed_on, act.number, act.title
    )


def listed_acts() -> QuerySet[NormativeAct]:
    """Return the acts for a list, from the highest level down, the newest first, with what replaced them."""
    ranks = [When(level=level, then=Value(rank)) for rank, level in enumerate(ActLevel)]
    acts = NormativeAct.objects.prefetch_related(_replacements()).annotate(rank=Case(*ranks))
    return acts.order_by("rank", F("signed_on").desc(nulls_last=True), "id")


def _replacements() -> Prefetch[str]:
    replaced = ActRelation.objects.filter(kind=RelationKind.REPLACES).select_related("act").order_by("id")
    return Prefetch("back_relations", queryset=replaced, to_attr="replaced_by")


def acts_matching(acts: QuerySet[NormativeAct], words: str) -> QuerySet[NormativeAct]:
    """Return those whose title, issuer or number hold every word; ё is е, case aside."""
    for word in words.casefold().replace("ё", "е").replace("№", " ").split():
        acts = acts.annotate(
            folded_title=_folded("title"), folded_issuer=_folded("issuer"), folded_number=_folded("number")
        ).filter(
            Q(folded_title__contains=word) | Q(folded_issuer__contains=word) | Q(folded_number__contains=word)
        )
    return acts


def _folded(column: str) -> Func:
    return Replace(Lower(F(column)), Value("ё"), Value("е"))


def act_of(pk: int) -> NormativeAct | None:
    """Return one act of the base."""
    return listed_acts().filter(pk=pk).first()


def base() -> tuple[Known, ...]:
    """Return the whole base as texts are held against it; two queries."""
    return tuple(
        Known(
            key=act.pk,
            requisites=requisites_of(act),
            in_force=act.in_force,
            ended_on=act.ended_on,
            replaced_by=tuple(requisites_of(relation.act) for relation in act.replaced_by),  # type: ignore[attr-defined]  # prefetched
        )
        for act in listed_acts()
    )


def chain_of(act: NormativeAct) -> Chain:
    """Return the acts that this one goes back to and those that came instead of it."""
    relations = list(ActRelation.objects.select_related("act", "target").order_by("id"))
    replacing = [one for one in relations if one.kind == RelationKind.REPLACES]
    amending = [one for one in relations if one.kind == RelationKind.AMENDS]
    return Chain(
        before=_walk(act, [(one.act_id, one.target) for one in replacing]),
        after=_walk(act, [(one.target_id, one.act) for one in replacing]),
        amends=tuple(one.target for one in amending if one.act_id == act.pk),
        amended_by=tuple(one.act for one in amending if one.target_id == act.pk),
    )


def _walk(act: NormativeAct, steps: Sequence[tuple[int, NormativeAct]]) -> tuple[NormativeAct, ...]:
    """Return what lies along the steps from the act; each once, however the steps go round."""
    found: dict[int, NormativeAct] = {act.pk: act}
    queue = [act.pk]
    while queue:
        here = queue.pop(0)
        fresh = [there for start, there in steps if start == here and there.pk not in found]
        found |= {there.pk: there for there in fresh}
        queue += [there.pk for there in fresh]
    return tuple(found.values())[1:]


def contradictory_pairs() -> list[tuple[NormativeAct, NormativeAct, str]]:
    """Return the pairs that seem to be one act with two numbers or two dates, and what differs."""
    acts = list(NormativeAct.objects.order_by("id"))
    found = contradictions([requisites_of(act) for act in acts])
    return [(acts[one.first], acts[one.second], one.about) for one in found]


def clashes_of(act: NormativeAct) -> list[tuple[NormativeAct, str]]:
    """Return the acts that seem to be this one with another number or date, and what differs."""
    near = NormativeAct.objects.filter(Q(signed_on=act.signed_on) | Q(number=act.number), kind=act.kind)
    mine = requisites_of(act)
    told = [(one, differ_in(mine, requisites_of(one))) for one in near.exclude(pk=act.pk).order_by("id")]
    return [(one, about) for one, about in told if about]


def citation_of(act: NormativeAct) -> str:
    """Return the act as documents cite it."""
    return citation(requisites_of(act))


def conflicting_requisites() -> list[Conflict]:
    """Return the pairs that nobody has decided on yet, the certain ones first; nothing is ever merged."""
    return [one for one in every_conflict() if one.distinction is None]


def every_conflict() -> list[Conflict]:
    """Return the pairs that look like one act with different requisites, with what was decided on them."""
    acts = list(NormativeAct.objects.order_by("id"))
    rows = [requisites_of(act) for act in acts]
    families = _families()
    decided = {(one.first_id, one.second_id): one for one in ActDistinction.objects.all()}
    found = []
    for one in (*contradictions(rows), *suspicions(rows)):
        first, second = acts[one.first], acts[one.second]
        if one.about == "title" and families.get(first.pk, first.pk) == families.get(second.pk, second.pk):
            continue
        told = decided.get((first.pk, second.pk))
        if told is not None and told.seen != seen_of(first, second):
            told = None
        found.append(Conflict(first, second, one.about, _elsewhere(acts, first, second), told))
    return found


def seen_of(first: NormativeAct, second: NormativeAct) -> str:
    """Return the requisites of a pair as a decision on it remembers them."""
    return " и ".join(f"{requisites_of(act).short}, {act.title[:160]}" for act in (first, second))


def usable_as_grounds() -> QuerySet[NormativeAct]:
    """Return the acts that an order may rest on: those not known to have lost their force."""
    return NormativeAct.objects.exclude(in_force=False).order_by("level", "-signed_on", "id")


def _elsewhere(acts: Sequence[NormativeAct], *pair: NormativeAct) -> tuple[NormativeAct, ...]:
    numbers = {number_key(act.number) for act in pair}
    kind, level = pair[0].kind, pair[0].level
    return tuple(
        act
        for act in acts
        if act not in pair and act.kind == kind and act.level == level and number_key(act.number) in numbers
    )


def _families() -> dict[int, int]:
    """Return the first act of the chain of replacements that each act stands in."""
    root: dict[int, int] = {}
    relations = ActRelation.objects.filter(kind=RelationKind.REPLACES).order_by("id")
    for act, target in relations.values_list("act", "target"):
        old, new = root.get(act, act), root.get(target, target)
        root |= {act: old, target: new}
        root = {key: old if value == new else value for key, value in root.items()}
    return root
