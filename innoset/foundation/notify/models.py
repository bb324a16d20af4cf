"""Tables of notices: what a person sees in the cabinet, and the outbox of letters."""

from django.conf import settings
from django.db import models
from django.db.models import Q


class Message(models.Model):
    """A notice in the cabinet of one person."""

    class Privacy:
        open = ("id", "notice", "created_at", "read_at", "url")
        personal = ("recipient", "title", "text")

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="messages")
    notice = models.CharField(max_length=80)
    title = models.CharField(max_length=300)
    text = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-created_at", "-id")
        indexes = (models.Index(fields=("recipient", "read_at"), name="message_by_recipient"),)

    def __str__(self) -> str:
        return self.title


class Letter(models.Model):
    """A letter of the outbox: written in the deed's transaction, sent by the worker, at most once a key."""

    class Privacy:
        open = ("id", "key", "notice", "created_at", "sent_at", "attempts", "due_at", "state", "files")
        personal = ("address", "subject", "body", "last_error")

    class State(models.TextChoices):
        WAITING = "waiting", "Ждёт отправки"
        SENT = "sent", "Отправлено"
        FAILED = "failed", "Не доставлено"

    key = models.CharField(max_length=200, unique=True)
    notice = models.CharField(max_length=80)
    address = models.EmailField()
    subject = models.CharField(max_length=300)
    body = models.TextField()
    files = models.ManyToManyField("files.StoredFile", blank=True, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("state", "due_at"), name="letter_by_state"),)
        constraints = (
            models.CheckConstraint(
                name="sent_letter_has_time",
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"{self.subject} → {self.address}"
