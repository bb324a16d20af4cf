"""Tables of experts: what they are good at."""

from django.conf import settings
from django.db import models


class Direction(models.Model):
    """A subject direction: what works are about and experts know; a line of a dictionary."""

    class Privacy:
        open = ("id", "code", "title", "position", "is_active")

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField("название", max_length=200)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.title


class ExpertProfile(models.Model):
    """The passport of an expert: what they know, when they were trained, whether they take work now."""

    class Privacy:
        open = ("id", "directions", "updated_at")
        personal = ("person", "trained_on", "training", "about", "paused_until")

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="expert_profile"
    )
    directions = models.ManyToManyField(Direction, blank=True, related_name="experts")
    trained_on = models.DateField("обучен", null=True, blank=True)
    training = models.CharField("где и чему обучен", max_length=300, blank=True)
    about = models.TextField("об опыте", blank=True)
    # Takes no work till this day.
    paused_until = models.DateField(null=True, blank=True)
    updated_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"Паспорт эксперта: {self.person}"
