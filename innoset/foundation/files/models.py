"""Tables of stored files and of those that are still arriving."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.foundation.files.states import SCAN_LABELS, Scan


class StoredFile(models.Model):
    """One file that somebody gave or the system made. Its content never changes: replace = new row."""

    class Privacy:
        open = ("id", "sha256", "size", "media_type", "created_at", "scan", "scanned_at")
        personal = ("name", "created_by")

    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField()
    media_type = models.CharField(max_length=120)
    name = models.CharField(max_length=255)
    scan = models.CharField(max_length=20, default=Scan.OFF, choices=list(SCAN_LABELS.items()))
    scanned_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-id",)
        constraints = (models.CheckConstraint(name="scan_is_known", condition=Q(scan__in=list(Scan))),)

    def __str__(self) -> str:
        return self.name


class Upload(models.Model):
    """A file that arrives in pieces: how much is here, for what, and what became of it."""

    class Privacy:
        open = ("id", "about", "size", "received", "created_at", "touched_at", "finished_at")
        personal = ("name", "title", "file", "created_by")
        secret = ("token",)

    token = models.CharField(max_length=64, unique=True)
    # Address of what the file is for, as the ledger writes it: «contests.Application:12».
    about = models.CharField(max_length=120)
    name = models.CharField(max_length=255)
    title = models.CharField(max_length=200, blank=True)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    created_at = models.DateTimeField()
    touched_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="upload_receives_no_more_than_its_size", condition=Q(received__lte=F("size"))
            ),
        )

    def __str__(self) -> str:
        return self.name
