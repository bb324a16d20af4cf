"""Which subjects the works of a nomination are about: experts are matched by them."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from innoset.contests.actions.contests import OVER
from innoset.contests.models import Contest
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.errors import Refusal
from innoset.review.models import Direction, Dossier


@action("contests.set_directions")
def set_directions(
    contest: Contest, *, directions: Mapping[int, Iterable[Direction]], by: Any, at: datetime
) -> None:
    """Give each nomination, by its key, its subjects; works that experts already have follow."""
    if contest.state in OVER:
        raise Refusal("Конкурс уже закрыт: его сведения больше не меняются.")
    for nomination in contest.nominations.filter(pk__in=directions):
        given = list(directions[nomination.pk])
        nomination.directions.set(given)
        for dossier in Dossier.objects.filter(application__nomination=nomination).order_by("pk"):
            dossier.directions.set(given)
    ledger.note(directions={str(key): [one.code for one in given] for key, given in directions.items()})
