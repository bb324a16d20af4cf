"""Tables of what becomes of organisations: names, mergers, splits; and of what few may see of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.documents.models import Order
from innoset.foundation.files.models import StoredFile
from innoset.network.models.organisations import Organisation
from innoset.network.states import REORGANISATION_LABELS, ReorganisationKind


class OrganisationName(models.Model):
    """What an organisation was called before: papers of those years name it so."""

    class Privacy:
        open = ("id", "organisation", "name", "short_name", "since", "until")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="former_names")
    name = models.CharField("полное наименование", max_length=500)
    short_name = models.CharField("краткое наименование", max_length=200)
    # Empty = from the beginning.
    since = models.DateField(null=True, blank=True)
    # The day on which the next name came into force.
    until = models.DateField()

    class Meta:
        ordering = ("organisation", "-until")
        constraints = (
            models.CheckConstraint(
                name="former_name_ends_after_it_begins",
                condition=Q(since=None) | Q(until__gt=F("since")),
            ),
            models.UniqueConstraint(fields=("organisation", "until"), name="one_name_ends_on_a_day"),
        )

    def __str__(self) -> str:
        return f"{self.short_name} (до {self.until:%d.%m.%Y})"


class Reorganisation(models.Model):
    """A renaming, merger, accession, split, separation or closing, with its ground."""

    class Privacy:
        open = ("id", "kind", "on", "ground", "order", "file", "note", "recorded_at")
        personal = ("by",)

    kind = models.CharField(max_length=20, choices=list(REORGANISATION_LABELS.items()))
    on = models.DateField("с какого дня")
    ground = models.CharField("основание", max_length=300)
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=500, blank=True)
    recorded_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-on", "-id")
        constraints = (
            models.CheckConstraint(
                name="reorganisation_kind_is_known", condition=Q(kind__in=list(ReorganisationKind))
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} с {self.on:%d.%m.%Y}"


class ReorganisationSide(models.Model):
    """An organisation that a reorganisation ends, goes on with, or begins."""

    class Privacy:
        open = ("id", "reorganisation", "organisation", "side")

    class Side(models.TextChoices):
        BEFORE = "before", "Была"
        AFTER = "after", "Стала"

    reorganisation = models.ForeignKey(Reorganisation, on_delete=models.CASCADE, related_name="sides")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reorganisations")
    side = models.CharField(max_length=10, choices=Side)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("reorganisation", "organisation", "side"), name="organisation_stands_once_on_a_side"
            ),
        )

    def __str__(self) -> str:
        return f"{self.reorganisation}: {self.get_side_display()} {self.organisation}"


class PilotMark(models.Model):
    """That a school takes part in a pilot for its high or low results. Few may see it."""

    class Privacy:
        open = ("id", "since", "until")
        personal = ("organisation", "results", "note", "set_by")

    class Results(models.TextChoices):
        HIGH = "high", "Высокие результаты"
        LOW = "low", "Низкие результаты"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="pilot_marks")
    results = models.CharField(max_length=10, choices=Results)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)
    set_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("organisation",), condition=Q(until=None), name="organisation_has_one_live_pilot_mark"
            ),
        )

    def __str__(self) -> str:
        return self.get_results_display()
