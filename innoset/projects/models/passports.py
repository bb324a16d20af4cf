"""Tables of projects and their passports."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from innoset.foundation.files.models import StoredFile
from innoset.network.models import Organisation, Status
from innoset.projects.states import ORIGIN_LABELS, Origin


class Project(models.Model):
    """An innovation project (or product, or report) of an organisation."""

    class Privacy:
        open = ("id", "number", "organisation", "title", "status", "created_at")
        personal = ("created_by",)

    # «2026-0147»: what its page is called by.
    number = models.CharField(max_length=20, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="projects")
    title = models.CharField(max_length=500, blank=True)
    status = models.ForeignKey(
        Status, null=True, blank=True, on_delete=models.PROTECT, related_name="projects"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(
                fields=("number",), condition=~Q(number=""), name="project_number_is_unique"
            ),
        )

    def __str__(self) -> str:
        return self.title or "Без названия"


class Passport(models.Model):
    """The form of a project that is being filled: which form, how many stages."""

    class Privacy:
        open = ("id", "project", "form_code", "form_version", "stages", "created_at", "signed_on")

    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="passport")
    form_code = models.CharField(max_length=40)
    form_version = models.CharField(max_length=20)
    stages = models.PositiveSmallIntegerField(default=3)
    signed_on = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return str(self.project)


class Answer(models.Model):
    """The text of one field, with a version of its own: two people in two fields never clash."""

    class Privacy:
        open = ("id", "passport", "key", "version", "saved_at")
        personal = ("text", "saved_by")

    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("passport", "key"), name="field_is_answered_once"),)

    def __str__(self) -> str:
        return f"{self.key}: {self.text[:40]}"


class AnswerRevision(models.Model):
    """One text that somebody saved in a field, kept for a month: what the history shows and restores."""

    class Privacy:
        open = ("id", "passport", "key", "version", "origin", "saved_at")
        personal = ("text", "saved_by")
        secret = ("replay_key",)

    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="revisions")
    key = models.CharField(max_length=20)
    # The version that the answer got; none for a text that came too late to become the answer.
    version = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    origin = models.CharField(max_length=20, default=Origin.TYPED, choices=list(ORIGIN_LABELS.items()))
    # A page that was offline sends its texts again; with the key the same text is saved once.
    replay_key = models.CharField(max_length=64, blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("passport", "key", "-id"), name="revision_by_field"),)
        constraints = (
            models.CheckConstraint(name="revision_origin_is_known", condition=Q(origin__in=list(Origin))),
            models.UniqueConstraint(
                fields=("passport", "replay_key"),
                condition=~Q(replay_key=""),
                name="replay_key_saves_once_in_passport",
            ),
        )

    def __str__(self) -> str:
        return f"{self.key}, {self.saved_at:%d.%m.%Y}"


class Editing(models.Model):
    """Who is writing in which field now; a row that is not renewed means nothing after a minute."""

    class Privacy:
        open = ("id", "passport", "key", "seen_at")
        personal = ("person",)

    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="editings")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=20, blank=True)
    seen_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("passport", "person"), name="person_edits_a_passport_once"),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.key}"


class PassportVersion(models.Model):
    """What was sent, frozen for ever, with the SHA-256 of its canonical content."""

    class Privacy:
        open = ("id", "passport", "number", "form_code", "form_version", "stages", "sha256", "made_at")
        personal = ("values", "made_by")

    passport = models.ForeignKey(Passport, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    form_code = models.CharField(max_length=40)
    form_version = models.CharField(max_length=20)
    stages = models.PositiveSmallIntegerField()
    values = models.JSONField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(
                fields=("passport", "number"), name="version_number_is_unique_in_passport"
            ),
        )

    def __str__(self) -> str:
        return f"{self.passport}, версия {self.number}"


class WordImport(models.Model):
    """A Word file that was read into a passport: the file is kept, the reading waits for ticks."""

    class Privacy:
        open = ("id", "passport", "created_at", "applied_at")
        personal = ("file", "reading", "created_by", "applied")

    passport = models.ForeignKey(Passport, on_delete=models.CASCADE, related_name="word_imports")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    reading = models.JSONField()
    # {"keys": ["1", "2", …], "leftovers_to": {"0": "6", …}} once a person has ticked them
    applied = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.file} → {self.passport}"
