"""Tables of what is judged, and of who stands behind it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from innoset.foundation.files.models import StoredFile
from innoset.network.models import Organisation
from innoset.review.models.experts import Direction
from innoset.review.states import INTEREST_LABELS, InterestPart


class Dossier(models.Model):
    """What experts read: a frozen copy, which never knows where it came from.

    `organisation` is for finding conflicts only and is never shown to an expert of a blind round.
    """

    class Privacy:
        open = (
            "id",
            "code",
            "title",
            "content",
            "sha256",
            "group",
            "opened_at",
            "files",
            "stages",
            "directions",
            "pages",
        )
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
    # Subject directions, for matching with those of the experts.
    directions = models.ManyToManyField(Direction, blank=True, related_name="dossiers")
    # How long it is in pages of 1,800 characters: what the load of an expert is counted from.
    pages = models.PositiveSmallIntegerField(default=0)
    files = models.ManyToManyField(StoredFile, blank=True, related_name="+")

    class Meta:
        ordering = ("code",)

    def __str__(self) -> str:
        return self.code


class Interest(models.Model):
    """Who stands behind a dossier. For finding conflicts only; no expert ever sees it."""

    class Privacy:
        open = ("id", "dossier", "part")
        personal = ("person", "name")

    dossier = models.ForeignKey(Dossier, on_delete=models.CASCADE, related_name="interests")
    # Empty when the passport names somebody who has no account.
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="interests"
    )
    name = models.CharField(max_length=200)
    part = models.CharField(max_length=20, choices=list(INTEREST_LABELS.items()))

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="interest_part_is_known", condition=Q(part__in=list(InterestPart))),
            models.UniqueConstraint(
                fields=("dossier", "name", "part"), name="interest_is_named_once_in_a_dossier"
            ),
        )

    def __str__(self) -> str:
        return f"{self.dossier}: {self.get_part_display()}"
