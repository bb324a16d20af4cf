"""Tables of the expertise."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from innoset.foundation.files.models import StoredFile
from innoset.network.models import Organisation
from innoset.review.states import (
    ASSIGNMENT_LABELS,
    CONFLICT_GROUNDS,
    ROUND_KIND_LABELS,
    ROUND_LABELS,
    SEAT_LABELS,
    SHEET_LABELS,
    SLOT_LABELS,
    AssignmentState,
    RoundKind,
    RoundState,
    SeatState,
    SheetState,
    SlotState,
)


class Rubric(models.Model):
    """A set of criteria; from the first score on it is frozen."""

    class Privacy:
        open = ("id", "title", "is_frozen")

    title = models.CharField(max_length=200)
    is_frozen = models.BooleanField(default=False)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title


class Criterion(models.Model):
    """One criterion: a scale of worded levels times a weight."""

    class Privacy:
        open = (
            "id",
            "rubric",
            "number",
            "title",
            "hint",
            "weight",
            "levels",
            "comment_at_most",
            "fields",
            "breaks_ties",
        )

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="criteria")
    number = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=300)
    hint = models.TextField(blank=True)
    weight = models.DecimalField(max_digits=6, decimal_places=2)
    # [{"value": 0, "text": "не отвечает"}, …], values ascending from 0
    levels = models.JSONField(default=list)
    # A score this low or lower needs a comment; null = never compulsory.
    comment_at_most = models.PositiveSmallIntegerField(null=True, blank=True)
    # Keys of the form's fields that the criterion is about.
    fields = models.JSONField(default=list)
    breaks_ties = models.BooleanField(default=False)

    class Meta:
        ordering = ("number",)
        verbose_name_plural = "criteria"
        constraints = (
            models.UniqueConstraint(fields=("rubric", "number"), name="criterion_number_is_unique_in_rubric"),
            models.CheckConstraint(name="criterion_weight_is_positive", condition=Q(weight__gt=0)),
        )

    def __str__(self) -> str:
        return f"К{self.number}. {self.title}"


class Dossier(models.Model):
    """What experts read: a frozen copy, which never knows where it came from.

    `organisation` is for finding conflicts only and is never shown to an expert of a blind round.
    """

    class Privacy:
        open = ("id", "code", "title", "content", "sha256", "group", "opened_at", "files", "stages")
        personal = ("organisation",)

    code = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=500)
    # [{"key": "6", "number": "6", "label": "…", "text": "…", "is_group": false}, …]
    content = models.JSONField(default=list)
    # [{"name": …, "start": "YYYY-MM"|null, "end": …}, …] for the picture of terms
    stages = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    group = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="dossiers")
    opened_at = models.DateTimeField()
    files = models.ManyToManyField(StoredFile, blank=True, related_name="+")

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class Round(models.Model):
    """One tour of expertise: dossiers, a panel, a rubric, a term."""

    class Privacy:
        open = (
            "id",
            "title",
            "kind",
            "organiser",
            "rubric",
            "dossiers",
            "opens_at",
            "closes_at",
            "sheets_per_dossier",
            "disagreement_share",
            "is_blind",
            "state",
            "place",
        )

    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=list(ROUND_KIND_LABELS.items()), default=RoundKind.REMOTE)
    # Whose organisers run the round.
    organiser = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rounds")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="rounds")
    dossiers = models.ManyToManyField(Dossier, blank=True, related_name="rounds")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    sheets_per_dossier = models.PositiveSmallIntegerField(default=2)
    # (max − min) above this share of the maximum is a disagreement.
    disagreement_share = models.DecimalField(max_digits=4, decimal_places=3, default="0.25")
    is_blind = models.BooleanField(default=True)
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=list(ROUND_LABELS.items()), default=RoundState.PREPARING)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="round_state_is_known", condition=Q(state__in=list(RoundState))),
            models.CheckConstraint(
                name="round_closes_after_it_opens", condition=Q(closes_at__gt=models.F("opens_at"))
            ),
            models.CheckConstraint(name="round_wants_a_sheet", condition=Q(sheets_per_dossier__gte=1)),
        )

    def __str__(self) -> str:
        return self.title


class PanelSeat(models.Model):
    """A person on the panel of a round: an expert who scores, or an observer who only reads."""

    class Privacy:
        open = ("id", "round", "role", "state", "invited_at", "answered_at", "most")
        personal = ("person", "reason")

    class Part(models.TextChoices):
        EXPERT = "expert", "Эксперт"
        OBSERVER = "observer", "Наблюдатель"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panel_seats")
    role = models.CharField(max_length=20, choices=Part, default=Part.EXPERT)
    state = models.CharField(max_length=20, choices=list(SEAT_LABELS.items()), default=SeatState.INVITED)
    # How many dossiers the expert takes at most; null = no own limit.
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("round", "person"), name="person_sits_once_on_a_panel"),
            models.CheckConstraint(
                name="answered_seat_has_time", condition=Q(state="invited") | Q(answered_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.round}"


class Assignment(models.Model):
    """One dossier given to one expert in one round."""

    class Privacy:
        open = ("id", "round", "dossier", "state", "assigned_at", "reason")
        personal = ("expert", "assigned_by")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="assignments")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="assignments")
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments")
    state = models.CharField(
        max_length=20, choices=list(ASSIGNMENT_LABELS.items()), default=AssignmentState.ASSIGNED
    )
    reason = models.CharField(max_length=300, blank=True)
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


class ScoreSheet(models.Model):
    """An expert's sheet for one dossier in one round."""

    class Privacy:
        open = ("id", "assignment", "state", "comment", "total", "opened_at", "finished_at")

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="sheet")
    state = models.CharField(max_length=20, choices=list(SHEET_LABELS.items()), default=SheetState.OPEN)
    comment = models.TextField("общий вывод", blank=True)
    total = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                name="finished_sheet_has_total_and_time",
                condition=Q(state="open", finished_at=None)
                | Q(state="finished", total__isnull=False, finished_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"Лист: {self.assignment}"


class Score(models.Model):
    """One mark; saved on its own."""

    class Privacy:
        open = ("id", "sheet", "criterion", "value", "comment", "saved_at")

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("criterion__number",)
        constraints = (
            models.UniqueConstraint(
                fields=("sheet", "criterion"), name="criterion_is_scored_once_on_a_sheet"
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"


class DefenceSlot(models.Model):
    """When and where a dossier is defended before the panel."""

    class Privacy:
        open = ("id", "round", "dossier", "position", "starts_at", "minutes", "room", "link", "state")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="slots")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="slots")
    position = models.PositiveSmallIntegerField()
    starts_at = models.DateTimeField()
    minutes = models.PositiveSmallIntegerField(default=15)
    room = models.CharField(max_length=200, blank=True)
    link = models.URLField(blank=True)
    state = models.CharField(max_length=20, choices=list(SLOT_LABELS.items()), default=SlotState.PLANNED)

    class Meta:
        ordering = ("starts_at", "position")
        constraints = (
            models.UniqueConstraint(fields=("round", "dossier"), name="dossier_is_defended_once_in_a_round"),
        )

    def __str__(self) -> str:
        return f"{self.dossier} {self.starts_at:%d.%m.%Y %H:%M}"
