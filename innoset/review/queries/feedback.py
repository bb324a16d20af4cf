"""What municipalities have said of the works defended, and who may say it."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from innoset.network.models import Municipality
from innoset.network.queries import municipality_ids_of
from innoset.network.states import Role
from innoset.review.models import DefenceFeedback, DefenceSlot, Dossier, PanelSeat, Round
from innoset.review.states import RoundKind, RoundState, SeatState, SlotState


@dataclass(frozen=True, slots=True)
class Voice:
    """One answer as it is shown: whose municipality, how useful, what is wanted, what is said."""

    municipality: str
    usefulness: int | None
    wants_visit: bool
    text: str


@dataclass(frozen=True, slots=True)
class Echo:
    """What is said of one work, and what it comes to."""

    voices: tuple[Voice, ...]

    @property
    def mean(self) -> float | None:
        """Return the mean usefulness; nothing when nobody has given any."""
        given = [one.usefulness for one in self.voices if one.usefulness is not None]
        return sum(given) / len(given) if given else None

    @property
    def visitors(self) -> tuple[str, ...]:
        """Return the municipalities that would like to come."""
        return tuple(sorted({one.municipality for one in self.voices if one.wants_visit}))


def rounds_open_to_feedback(person: Any) -> QuerySet[Round]:
    """Return the defences with something held whose works the person may speak of."""
    held = DefenceSlot.objects.filter(state=SlotState.DONE).values("round")
    found = Round.objects.filter(pk__in=held, kind=RoundKind.DEFENCE)
    if municipality_ids_of(person, Role.COORDINATOR):
        return found.exclude(state=RoundState.PREPARING)
    return found.filter(pk__in=_observed(person)).exclude(state=RoundState.PREPARING)


def _observed(person: Any) -> QuerySet[PanelSeat, Any]:
    return PanelSeat.objects.filter(
        person=person.pk, role=PanelSeat.Part.OBSERVER, state=SeatState.ACCEPTED
    ).values("round")


def speaks_for(review_round: Round, person: Any) -> list[int]:
    """Return the municipalities for which the person may speak of this defence."""
    own = set(municipality_ids_of(person, Role.COORDINATOR))
    if _observed(person).filter(round=review_round).exists():
        own |= set(municipality_ids_of(person, *Role))
    return sorted(own)


def municipalities_for(review_round: Round, person: Any) -> QuerySet[Municipality]:
    """Return the same as rows, by name."""
    return Municipality.objects.filter(pk__in=speaks_for(review_round, person)).order_by("name", "pk")


def defended_in(review_round: Round) -> list[DefenceSlot]:
    """Return the defences that took place, in the order in which they were held."""
    held = review_round.slots.filter(state=SlotState.DONE).select_related(
        "dossier__organisation__municipality"
    )
    return list(held.order_by("starts_at", "position", "pk"))


def own_feedback(review_round: Round, person: Any) -> dict[int, DefenceFeedback]:
    """Return what the person has said already, by dossier."""
    found = DefenceFeedback.objects.filter(round=review_round, author=person.pk)
    return {one.dossier_id: one for one in found.select_related("municipality")}


def echoes_of(review_round: Round) -> dict[int, Echo]:
    """Return what is said of each work of the defence, in one query."""
    return _echoes(DefenceFeedback.objects.filter(round=review_round))


def echo_on(dossier: Dossier) -> Echo:
    """Return what is said of one work."""
    return _echoes(DefenceFeedback.objects.filter(Q(dossier=dossier))).get(dossier.pk, Echo(()))


def _echoes(feedback: QuerySet[DefenceFeedback]) -> dict[int, Echo]:
    voices: dict[int, list[Voice]] = defaultdict(list)
    for one in feedback.select_related("municipality").order_by("municipality__name", "id"):
        voices[one.dossier_id].append(Voice(one.municipality.name, one.usefulness, one.wants_visit, one.text))
    return {dossier: Echo(tuple(said)) for dossier, said in voices.items()}


def best_first(slots: Sequence[DefenceSlot], echoes: dict[int, Echo]) -> list[tuple[DefenceSlot, Echo]]:
    """Return the works with what is said of them, the most useful first, the silent last."""
    rows = [(slot, echoes.get(slot.dossier_id, Echo(()))) for slot in slots]
    return sorted(rows, key=lambda row: -(row[1].mean or 0))
