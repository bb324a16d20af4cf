"""Tables of imports."""

from django.conf import settings
from django.db import models

from innoset.foundation.files.models import StoredFile


class ImportBatch(models.Model):
    """A list read from XLSX or CSV: the file is kept, each row has its verdict, nothing is written before."""

    class Privacy:
        open = ("id", "kind", "created_at", "applied_at", "counts")
        personal = ("file", "rows", "created_by")

    class Kind(models.TextChoices):
        ORGANISATIONS = "organisations", "Организации"

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ORGANISATIONS)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    # [{"line": 2, "verdict": "new"|"update"|"same"|"bad", "reasons": [...], "values": {...}}, …]
    rows = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        verbose_name_plural = "import batches"

    def __str__(self) -> str:
        return f"{self.get_kind_display()}: {self.file}"
