"""The table of the audit log."""

from django.db import models


class Entry(models.Model):
    """One deed. No foreign keys: the log must outlive what it tells of."""

    class Privacy:
        open = ("id", "at", "deed", "subject")
        personal = ("actor", "actor_name", "changes")

    at = models.DateTimeField()
    actor = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    deed = models.CharField(max_length=100)
    subject = models.CharField(max_length=120)
    changes = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("subject", "id"), name="audit_entry_by_subject"),
            models.Index(fields=("actor", "id"), name="audit_entry_by_actor"),
        )

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.deed} {self.subject}"
