"""Deeds of the pool: passports of experts, the dictionary of directions."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.foundation.russian import moscow
from innoset.review.models import Direction, ExpertProfile


@dataclass(frozen=True, slots=True)
class Passport:
    """What a passport says: subjects, training, experience, a break in the work."""

    directions: tuple[Direction, ...] = ()
    trained_on: date | None = None
    training: str = ""
    about: str = ""
    paused_until: date | None = None


@action("review.edit_passport")
def edit_passport(profile: ExpertProfile, *, says: Passport, by: Any, at: datetime) -> ExpertProfile:
    """Write the passport down; the first time it is made."""
    if says.trained_on and says.trained_on > moscow(at).date():
        raise Refusal("Дата обучения ещё не наступила. Проверьте день и год.", field="trained_on")
    profile.trained_on, profile.training = says.trained_on, says.training.strip()
    profile.about, profile.paused_until = says.about.strip(), says.paused_until
    profile.updated_at = at
    profile.save()
    profile.directions.set(says.directions)
    ledger.note(person=profile.person_id, directions=_codes(says.directions))
    return profile


def _codes(directions: Iterable[Direction]) -> list[str]:
    return sorted(direction.code for direction in directions)


@action("review.add_direction")
def add_direction(direction: Direction, *, by: Any, at: datetime) -> Direction:
    """Add a line to the dictionary, at its end."""
    _require_title(direction, direction.title)
    last = Direction.objects.order_by("-position").values_list("position", flat=True).first()
    direction.position = (last or 0) + 1
    direction.code = f"own-{direction.position}"
    direction.save()
    ledger.note(title=direction.title)
    return direction


@action("review.edit_direction")
def edit_direction(direction: Direction, *, title: str, is_active: bool, by: Any, at: datetime) -> None:
    """Change a line of the dictionary; what is marked with it stays so."""
    _require_title(direction, title)
    ledger.note(before=[direction.title, direction.is_active], after=[title.strip(), is_active])
    direction.title, direction.is_active = title.strip(), is_active
    direction.save(update_fields=["title", "is_active"])


def _require_title(direction: Direction, title: str) -> None:
    if not title.strip():
        raise Refusal("Заполните поле «Название».", field="title")
    others = Direction.objects.exclude(pk=direction.pk).values_list("title", flat=True)
    if title.strip().casefold() in {known.casefold() for known in others}:
        raise Refusal("Такое направление в словаре уже есть.", field="title")
