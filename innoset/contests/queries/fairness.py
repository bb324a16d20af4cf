"""What calibration gives the works of a contest, in points."""

from collections.abc import Mapping
from typing import Any

from innoset.contests.models import Contest
from innoset.contests.pure.standing import Fair
from innoset.review.models import Round


def fair_points(contest: Contest, rounds: Mapping[str, Round]) -> dict[str, dict[int, Fair]]:
    """Return the calibrated points by stage and dossier; a stage that was not calibrated is left out."""
    del contest, rounds
    return {}


def methods_of(rounds: Mapping[str, Round]) -> dict[str, dict[str, Any]]:
    """Return how each stage was calibrated and under which checksum."""
    del rounds
    return {}
