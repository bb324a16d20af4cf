"""Tables of the open defence."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from innoset.network.models import Municipality
from innoset.review.models.dossiers import Dossier
from innoset.review.models.rounds import Round
from innoset.review.states import PHASE_LABELS, SLOT_LABELS, Phase, SlotState


class DefenceSlot(models.Model):
    """When and where a dossier is defended before the panel."""

    class Privacy:
        open = (
            "id",
            "round",
            "dossier",
            "position",
            "starts_at",
            "minutes",
            "room",
            "link",
            "state",
            "began_at",
            "ended_at",
            "revealed_at",
            "planned_at",
            "not_before",
            "not_after",
        )

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="slots")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="slots")
    position = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=15)
    room = models.CharField(max_length=200, blank=True)
    link = models.URLField(blank=True)
    began_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # When the big screen showed the marks of this defence.
    revealed_at = models.DateTimeField(null=True, blank=True)
    # The time that was given before the day ran late; null = it was never moved.
    planned_at = models.DateTimeField(null=True, blank=True)
    # The hours of Moscow between which the speakers can come.
    not_before = models.TimeField(null=True, blank=True)
    not_after = models.TimeField(null=True, blank=True)
    state = models.CharField(max_length=20, choices=list(SLOT_LABELS.items()), default=SlotState.PLANNED)

    class Meta:
        ordering = ("starts_at", "position")
        constraints = (
            models.UniqueConstraint(fields=("round", "dossier"), name="dossier_is_defended_once_in_a_round"),
        )

    def __str__(self) -> str:
        return f"{self.dossier} {self.starts_at:%d.%m.%Y %H:%M}"


class LiveBoard(models.Model):
    """What the big screen of a defence shows now: who speaks, which phase, since when."""

    class Privacy:
        open = (
            "id",
            "round",
            "slot",
            "phase",
            "phase_began_at",
            "phase_seconds",
            "paused_at",
            "version",
            "steps",
        )

    round = models.OneToOneField(Round, on_delete=models.CASCADE, related_name="board")
    slot = models.ForeignKey(DefenceSlot, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    phase = models.CharField(max_length=20, choices=list(PHASE_LABELS.items()), default=Phase.WAITING)
    phase_began_at = models.DateTimeField(null=True, blank=True)
    # How long the phase may last; nought = no limit.
    phase_seconds = models.PositiveIntegerField(default=0)
    # Since when the time stands still; null = it runs.
    paused_at = models.DateTimeField(null=True, blank=True)
    # Grows with every change: a screen asks only for what is newer.
    version = models.PositiveIntegerField(default=0)
    # What each of the last steps changed, so that it can be taken back: the newest last.
    steps = models.JSONField(default=list)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="board_phase_is_known", condition=Q(phase__in=list(Phase))),
        )

    def __str__(self) -> str:
        return f"{self.round}: {self.get_phase_display()}"


class DefenceFeedback(models.Model):
    """What a municipality says of a defended work afterwards: would it be of use at home."""

    class Privacy:
        open = (
            "id",
            "round",
            "dossier",
            "municipality",
            "usefulness",
            "wants_visit",
            "text",
            "written_at",
        )
        personal = ("author",)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="feedback")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="feedback")
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # 1 … 5: how useful it would be in the municipality.
    usefulness = models.PositiveSmallIntegerField(null=True, blank=True)
    wants_visit = models.BooleanField(default=False)
    text = models.TextField(blank=True)
    written_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        verbose_name_plural = "defence feedback"
        constraints = (
            models.UniqueConstraint(
                fields=("round", "dossier", "author"), name="feedback_is_given_once_on_a_dossier"
            ),
            models.CheckConstraint(
                name="usefulness_is_one_to_five",
                condition=Q(usefulness=None) | Q(usefulness__gte=1, usefulness__lte=5),
            ),
        )

    def __str__(self) -> str:
        return f"{self.municipality}: {self.dossier}"
