"""Tables of turns taken and of how the site answered."""

from django.db import models


class Slot(models.Model):
    """One turn of a periodic job. Whoever writes the row first runs the turn."""

    class Privacy:
        open = ("id", "name", "due_at", "claimed_at")

    name = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    claimed_at = models.DateTimeField()

    class Meta:
        ordering = ("-due_at", "name")
        constraints = (models.UniqueConstraint(fields=("name", "due_at"), name="slot_is_claimed_once"),)

    def __str__(self) -> str:
        return f"{self.name} {self.due_at:%Y-%m-%d %H:%M}"


class Probe(models.Model):
    """One look at the site by the worker: whether it answered. A missing look is an answer too."""

    class Privacy:
        open = ("id", "at", "is_up", "milliseconds", "note")

    at = models.DateTimeField(unique=True)
    is_up = models.BooleanField()
    milliseconds = models.PositiveIntegerField(default=0)
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-at",)

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {'+' if self.is_up else '-'}"
