"""Tables of criteria."""

from django.db import models
from django.db.models import Q


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
            "comment_at_least",
            "comment_always",
            "may_not_apply",
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
    # A score this high or higher needs one too.
    comment_at_least = models.PositiveSmallIntegerField(null=True, blank=True)
    comment_always = models.BooleanField(default=False)
    # «Не применимо» may be answered; such a criterion leaves the total, it is never nought.
    may_not_apply = models.BooleanField(default=False)
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
