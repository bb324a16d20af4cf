"""Tables of text reuse: what works are compared with, what was found."""

from django.db import models

from innoset.network.models import Organisation


class ReuseText(models.Model):
    """A text that new works are compared with: an application of any year, a product of the bank."""

    class Privacy:
        open = (
            "id",
            "key",
            "title",
            "organisation",
            "family",
            "year",
            "url",
            "template",
            "sha256",
            "kept_at",
        )
        personal = ("text",)

    # Whose text it is: «application:2026-0147», «product:…».
    key = models.CharField(max_length=120, unique=True)
    title = models.CharField(max_length=500)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Texts of one family are versions of each other: what they share is marked as the author's own.
    family = models.CharField(max_length=120, blank=True)
    year = models.PositiveSmallIntegerField()
    url = models.CharField(max_length=300, blank=True)
    # The form whose printed words are not the author's.
    template = models.CharField(max_length=40, blank=True)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    kept_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title


class ReuseReport(models.Model):
    """What was found again of a text: passages beside their sources. It decides nothing."""

    class Privacy:
        open = ("id", "text", "share", "own_share", "compared", "parameters", "made_at")
        personal = ("passages",)

    text = models.ForeignKey(ReuseText, on_delete=models.CASCADE, related_name="reports")
    # Of the author's own words: found elsewhere; and of these, in earlier works of the same organisation.
    share = models.DecimalField(max_digits=5, decimal_places=4)
    own_share = models.DecimalField(max_digits=5, decimal_places=4)
    # [{"source": key, "start": 0, "end": 0, "source_start": 0, "source_end": 0, "score": 0.0, …}, …]
    passages = models.JSONField(default=list)
    # With how many texts it was compared.
    compared = models.PositiveIntegerField()
    parameters = models.JSONField(default=dict)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.text}: {self.share}"
