"""Tables of assignment: the plan, who judges what, who stands ready, what was declared."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q

from innoset.review.models.dossiers import Dossier
from innoset.review.models.rounds import Round
from innoset.review.states import ASSIGNMENT_LABELS, CONFLICT_GROUNDS, AssignmentState


class AssignmentPlan(models.Model):
    """A plan of assignment as it was reckoned: from what, with which proof, whether it was put into force."""

    class Privacy:
        open = ("id", "round", "made_at", "seed", "parameters", "certificate", "applied_at", "sha256")
        personal = ("made_by", "pairs")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="plans")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    seed = models.PositiveBigIntegerField(default=0)
    # What the plan was asked for: loads, caps, weights of affinity.
    parameters = models.JSONField(default=dict)
    # Bounds and what was reached, level by level.
    certificate = models.JSONField(default=dict)
    # [{"expert": 1, "dossier": 2, "reason": "…", "affinity": 0.7, "is_locked": false, "position": 0}, …]
    # A position above nought is that of an alternate.
    pairs = models.JSONField(default=list)
    # The checksum of the problem: the same problem and seed give the same plan.
    sha256 = models.CharField(max_length=64)
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.round}: план от {self.made_at:%d.%m.%Y %H:%M}"

    @property
    def given(self) -> list[dict[str, Any]]:
        """Return the pairs of the plan without the alternates."""
        return [one for one in self.pairs if not one["position"]]

    @property
    def fresh(self) -> list[dict[str, Any]]:
        """Return the pairs that were not assigned when the plan was reckoned."""
        new = {(expert, work) for expert, work in self.certificate["fresh"]}
        return [one for one in self.given if (one["expert"], one["dossier"]) in new]

    @property
    def alternates(self) -> list[dict[str, Any]]:
        """Return who stands ready, the first asked first."""
        return [one for one in self.pairs if one["position"]]

    @property
    def lacking(self) -> int:
        """Return how many experts are missing altogether."""
        return int(self.certificate["lacking"])


class Assignment(models.Model):
    """One dossier given to one expert in one round."""

    class Privacy:
        open = ("id", "round", "dossier", "state", "assigned_at", "reason", "plan")
        personal = ("expert", "assigned_by")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="assignments")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assignments")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField(
        max_length=20, choices=list(ASSIGNMENT_LABELS.items()), default=AssignmentState.ASSIGNED
    )
    reason = models.CharField(max_length=500, blank=True)
    plan = models.ForeignKey(
        AssignmentPlan, null=True, blank=True, on_delete=models.SET_NULL, related_name="assignments"
    )
    assigned_at = models.DateTimeField()
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("round", "dossier", "expert"), name="dossier_is_given_once_to_an_expert"
            ),
            models.CheckConstraint(
                name="assignment_state_is_known", condition=Q(state__in=list(AssignmentState))
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier} → {self.expert}"


class Alternate(models.Model):
    """Who takes the dossier when one of its experts cannot."""

    class Privacy:
        open = ("id", "round", "dossier", "position", "reason")
        personal = ("expert",)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="alternates_given")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="alternates")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("dossier_id", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("round", "dossier", "expert"), name="expert_is_alternate_once_for_a_dossier"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier}: запасной {self.position}"


class ConflictDeclaration(models.Model):
    """What the expert declared before the text opened."""

    class Privacy:
        open = ("id", "assignment", "has_conflict", "ground", "declared_at")
        personal = ("note",)

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="declaration")
    has_conflict = models.BooleanField()
    ground = models.CharField(max_length=20, blank=True, choices=list(CONFLICT_GROUNDS.items()))
    note = models.CharField(max_length=500, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="declared_conflict_has_a_ground", condition=Q(has_conflict=False) | ~Q(ground="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.assignment}: {'конфликт' if self.has_conflict else 'конфликта нет'}"


class EarlyConflict(models.Model):
    """What an expert declared before the assignment, from the blind title alone; it bars the pair."""

    class Privacy:
        open = ("id", "dossier", "ground", "declared_at")
        personal = ("person", "note")

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="early_conflicts")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="early_conflicts"
    )
    ground = models.CharField(max_length=20, choices=list(CONFLICT_GROUNDS.items()))
    note = models.CharField(max_length=500, blank=True)
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("dossier", "person"), name="conflict_is_declared_early_once"),
        )

    def __str__(self) -> str:
        return f"{self.dossier}: {self.get_ground_display()}"
