"""The table of turns taken."""

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
