"""Tables of messages between organisations: a thread, its sides, what was written."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from innoset.foundation.files.models import StoredFile
from innoset.network.models.organisations import Organisation
from innoset.network.states import THREAD_LABELS, ThreadKind


class Thread(models.Model):
    """A conversation between organisations; a consultation is one, too."""

    class Privacy:
        open = ("id", "number", "kind", "opened_at", "closed_at", "last_at")
        personal = ("subject", "opened_by")

    number = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=20, choices=list(THREAD_LABELS.items()), default=ThreadKind.MESSAGE)
    subject = models.CharField("тема", max_length=200)
    opened_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    last_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-last_at", "-id")
        constraints = (
            models.CheckConstraint(name="thread_kind_is_known", condition=Q(kind__in=list(ThreadKind))),
        )

    def __str__(self) -> str:
        return self.subject


class ThreadSide(models.Model):
    """An organisation that takes part in a thread. Nobody else may read it."""

    class Privacy:
        open = ("id", "thread", "organisation", "is_opener")

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="sides")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="thread_sides")
    is_opener = models.BooleanField(default=False)

    class Meta:
        ordering = ("-is_opener", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("thread", "organisation"), name="organisation_is_once_in_a_thread"
            ),
        )

    def __str__(self) -> str:
        return f"{self.thread}: {self.organisation}"


class Post(models.Model):
    """One message of a thread."""

    class Privacy:
        open = ("id", "thread", "organisation", "at")
        personal = ("author", "text", "files")
        secret = ("replay_key",)

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="posts")
    # On whose behalf it was written.
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    text = models.TextField()
    files = models.ManyToManyField(StoredFile, blank=True, related_name="+")
    at = models.DateTimeField()
    # A form sent twice writes once.
    replay_key = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("thread", "replay_key"), condition=~Q(replay_key=""), name="post_is_written_once"
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]


class ThreadReading(models.Model):
    """Up to when a person has read a thread."""

    class Privacy:
        open = ("id", "thread", "read_at")
        personal = ("person",)

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="readings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("thread", "person"), name="person_reads_a_thread_in_one_row"),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.thread}"
