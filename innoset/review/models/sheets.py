"""Tables of marks, of what was said of them, and of what was reckoned from them."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from innoset.review.models.assignments import Assignment
from innoset.review.models.criteria import Criterion
from innoset.review.models.dossiers import Dossier
from innoset.review.models.rounds import Round
from innoset.review.states import SHEET_LABELS, SheetState


class ScoreSheet(models.Model):
    """An expert's sheet for one dossier in one round."""

    class Privacy:
        open = (
            "id",
            "assignment",
            "state",
            "comment",
            "comment_sequence",
            "total",
            "opened_at",
            "finished_at",
            "first_finished_at",
        )

    assignment = models.OneToOneField(Assignment, on_delete=models.CASCADE, related_name="sheet")
    state = models.CharField(max_length=20, choices=list(SHEET_LABELS.items()), default=SheetState.OPEN)
    comment = models.TextField("общий вывод", blank=True)
    # As `Score.sequence`, of the conclusion.
    comment_sequence = models.PositiveBigIntegerField(default=0)
    total = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    opened_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    # From then on every change of a mark leaves a trace, whatever becomes of the sheet.
    first_finished_at = models.DateTimeField(null=True, blank=True)

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
        open = (
            "id",
            "sheet",
            "criterion",
            "value",
            "comment",
            "saved_at",
            "is_not_applicable",
            "sequence",
            "comment_sequence",
        )

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="scores")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="scores")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.TextField(blank=True)
    is_not_applicable = models.BooleanField(default=False)
    # Grows with every mark that the expert's computer sends; one that comes late never covers a newer one.
    sequence = models.PositiveBigIntegerField(default=0)
    # The same for the comment: it travels on its own.
    comment_sequence = models.PositiveBigIntegerField(default=0)
    saved_at = models.DateTimeField()

    class Meta:
        ordering = ("criterion__number",)
        constraints = (
            models.CheckConstraint(
                name="what_does_not_apply_has_no_score",
                condition=Q(is_not_applicable=False) | Q(value=None),
            ),
            models.UniqueConstraint(
                fields=("sheet", "criterion"), name="criterion_is_scored_once_on_a_sheet"
            ),
        )

    def __str__(self) -> str:
        return f"{self.criterion}: {self.value}"


class Discussion(models.Model):
    """The talk of the experts of one dossier after all its sheets are finished."""

    class Privacy:
        open = ("id", "round", "dossier", "opened_at", "closed_at", "summary")
        personal = ("opened_by",)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="discussions")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="discussions")
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    closed_at = models.DateTimeField(null=True, blank=True)
    summary = models.TextField(blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("round", "dossier"), name="dossier_is_discussed_once_in_a_round"),
        )

    def __str__(self) -> str:
        return f"Обсуждение: {self.dossier}"


class DiscussionPost(models.Model):
    """One remark of a discussion; the others see its author as a letter."""

    class Privacy:
        open = ("id", "discussion", "text", "posted_at")
        personal = ("author",)

    discussion = models.ForeignKey(Discussion, on_delete=models.CASCADE, related_name="posts")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    posted_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text[:60]


class ScoreChange(models.Model):
    """A mark that was changed after the sheet had once been finished: what was, what is, why."""

    class Privacy:
        open = ("id", "sheet", "criterion", "before", "after", "reason", "changed_at", "discussion")

    sheet = models.ForeignKey(ScoreSheet, on_delete=models.CASCADE, related_name="changes")
    criterion = models.ForeignKey(Criterion, on_delete=models.PROTECT, related_name="+")
    # As it is printed: «3», «не применимо», empty when there was none.
    before = models.CharField(max_length=20, blank=True)
    after = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    discussion = models.ForeignKey(
        Discussion, null=True, blank=True, on_delete=models.SET_NULL, related_name="changes"
    )
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.criterion}: {self.before} → {self.after}"


class Calibration(models.Model):
    """A calibration of a round as it was reckoned: from which marks, how, with what result."""

    class Privacy:
        open = (
            "id",
            "round",
            "method",
            "parameters",
            "data_sha256",
            "result",
            "result_sha256",
            "made_at",
        )
        personal = ("made_by",)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="calibrations")
    method = models.CharField(max_length=20)
    parameters = models.JSONField(default=dict)
    # The checksum of the marks that it was reckoned from: another one means that it is stale.
    data_sha256 = models.CharField(max_length=64)
    result = models.JSONField(default=dict)
    result_sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.round}: {self.method}, {self.made_at:%d.%m.%Y %H:%M}"
