"""The table of stored files."""

from django.conf import settings
from django.db import models


class StoredFile(models.Model):
    """One file that somebody gave or the system made. Its content never changes: replace = new row."""

    class Privacy:
        open = ("id", "sha256", "size", "media_type", "created_at")
        personal = ("name", "created_by")

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    name = models.CharField(max_length=255)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return self.name
