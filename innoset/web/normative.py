"""What the office and the street door share of the normative base: how it is searched and shown."""

from dataclasses import dataclass

import django_filters
from django.db.models import QuerySet

from innoset.documents import queries
from innoset.documents.models import NormativeAct
from innoset.documents.pure.requisites import citation
from innoset.documents.states import ACT_KIND_LABELS, ACT_LEVEL_LABELS
from innoset.foundation.russian import capitalised

FORCE = {"yes": True, "no": False, "unknown": None}
FORCE_LABELS = (("yes", "Действует"), ("no", "Утратил силу"), ("unknown", "Не проверено"))
WORDS = ("документ", "документа", "документов")


class ActFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What the base is searched by."""

    q = django_filters.CharFilter(label="Слова, номер или кто издал", method="by_words")
    level = django_filters.ChoiceFilter(
        label="Уровень", choices=list(ACT_LEVEL_LABELS.items()), empty_label="Любой"
    )
    kind = django_filters.ChoiceFilter(
        label="Вид", choices=list(ACT_KIND_LABELS.items()), empty_label="Любой"
    )
    force = django_filters.ChoiceFilter(
        label="Действие", choices=FORCE_LABELS, empty_label="Любое", method="by_force"
    )

    def by_words(self, found: QuerySet[NormativeAct], name: str, value: str) -> QuerySet[NormativeAct]:
        """Keep those with every word."""
        del name
        return queries.acts_matching(found, value)

    def by_force(self, found: QuerySet[NormativeAct], name: str, value: str) -> QuerySet[NormativeAct]:
        """Keep those in force, out of force, or not checked."""
        del name
        return found.filter(in_force=FORCE[value])


def cited(act: NormativeAct) -> str:
    """Return the act as documents cite it, with a capital letter."""
    return capitalised(citation(queries.requisites_of(act)))


@dataclass(frozen=True, slots=True)
class Shown:
    """An act as a line of a list: its citation and what came instead of it."""

    act: NormativeAct
    citation: str
    replaced_by: tuple["Shown", ...] = ()

    @classmethod
    def of(cls, act: NormativeAct) -> "Shown":
        """Return the line of an act that `listed_acts` gave."""
        relations = getattr(act, "replaced_by", ())
        return cls(act, cited(act), tuple(cls(one.act, cited(one.act)) for one in relations))


@dataclass(frozen=True, slots=True)
class ShownChain:
    """The acts around an act, group by group, only those that there are."""

    groups: tuple[tuple[str, tuple[Shown, ...]], ...]

    @classmethod
    def of(cls, act: NormativeAct) -> "ShownChain":
        """Return what the act changes and what changes it; what replaces what is told by `line_of`."""
        chain = queries.chain_of(act)
        named = (
            ("Что изменяет", chain.amends),
            ("Чем изменён", chain.amended_by),
        )
        return cls(tuple((title, tuple(Shown.of(one) for one in acts)) for title, acts in named if acts))


@dataclass(frozen=True, slots=True)
class Link:
    """One step of the chain of replacements; the act itself is the current one."""

    shown: Shown
    is_here: bool


def line_of(act: NormativeAct) -> tuple[Link, ...]:
    """Return the acts that came before this one, itself, and those that came instead, the oldest first."""
    chain = queries.chain_of(act)
    if not chain.before and not chain.after:
        return ()
    row = (*reversed(chain.before), act, *chain.after)
    return tuple(Link(Shown.of(one), one.pk == act.pk) for one in row)
