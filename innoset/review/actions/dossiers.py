"""Opening a dossier and a round. Called inside the deed of whoever wants something judged."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from innoset.foundation.files.models import StoredFile
from innoset.network.models import Organisation
from innoset.review.models import Direction, Dossier, Interest, Round, RoundRubric, Rubric
from innoset.review.pure.pages import pages_of
from innoset.review.states import RoundKind


def open_dossier(
    *,
    code: str,
    title: str,
    content: Sequence[dict[str, Any]],
    stages: Sequence[dict[str, Any]],
    group: str,
    organisation: Organisation,
    files: Iterable[StoredFile] = (),
    interests: Sequence[Interest] = (),
    directions: Iterable[Direction] = (),
    at: datetime,
) -> Dossier:
    """Freeze what experts will read, under the hash of its canonical form; keep who stands behind it."""
    frozen = {"title": title, "content": list(content), "stages": list(stages), "group": group}
    dossier = Dossier.objects.create(
        code=code,
        **frozen,
        sha256=digest_of(frozen),
        organisation=organisation,
        pages=pages_of(content),
        opened_at=at,
    )
    dossier.files.set(files)
    dossier.directions.set(directions)
    _keep_interests(dossier, interests)
    return dossier


def _keep_interests(dossier: Dossier, interests: Sequence[Interest]) -> None:
    for one in interests:
        one.dossier = dossier
    Interest.objects.bulk_create(interests)


def digest_of(frozen: dict[str, Any]) -> str:
    """Return the SHA-256 of the canonical form: sorted keys, no blanks, UTF-8."""
    text = json.dumps(frozen, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def make_round(
    *,
    title: str,
    kind: RoundKind,
    organiser: Organisation,
    rubric: Rubric,
    dossiers: Iterable[Dossier],
    opens_at: datetime,
    closes_at: datetime,
    sheets_per_dossier: int,
    is_blind: bool = True,
    groups: Mapping[str, Rubric] | None = None,
    experts_are_named: bool = False,
) -> Round:
    """Prepare a round over the dossiers; it waits for its panel and is not open to experts yet.

    `groups` are the groups of dossiers that are judged by criteria of their own.
    """
    made = Round.objects.create(
        title=title,
        kind=kind,
        organiser=organiser,
        rubric=rubric,
        opens_at=opens_at,
        closes_at=closes_at,
        sheets_per_dossier=sheets_per_dossier,
        is_blind=is_blind,
        experts_are_named=experts_are_named,
    )
    made.dossiers.set(dossiers)
    RoundRubric.objects.bulk_create(
        RoundRubric(round=made, group=group, rubric=own) for group, own in (groups or {}).items()
    )
    return made
