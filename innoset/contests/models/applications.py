"""Tables of applications: what was sent, how it was checked, what it won."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from innoset.contests.models.contests import Contest, Nomination
from innoset.contests.states import APPLICATION_LABELS, OUTCOME_LABELS, ApplicationState, CheckOutcome
from innoset.documents.models import Order, Paper
from innoset.foundation.files.models import StoredFile
from innoset.network.models import Organisation, Status
from innoset.projects.models import PassportVersion, Project
from innoset.review.models import Dossier


class Counter(models.Model):
    """The last application number of a year; locked while the next one is taken."""

    class Privacy:
        open = ("id", "year", "last")

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ("year",)

    def __str__(self) -> str:
        return f"{self.year}: {self.last}"


class Application(models.Model):
    """An organisation's application to a contest."""

    class Privacy:
        open = (
            "id",
            "number",
            "contest",
            "nomination",
            "organisation",
            "project",
            "state",
            "created_at",
            "submitted_at",
            "mend_by",
            "version",
            "dossier",
            "auto_send",
            "auto_consents",
            "auto_asked_at",
            "auto_note",
            "copied_from",
        )
        personal = ("created_by", "auto_asked_by")

    # Year and four digits, as people dictate it; shown with the contest's prefix: ИП-2026-0147.
    number = models.CharField(max_length=12, unique=True)
    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="applications")
    nomination = models.ForeignKey(
        Nomination, null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="applications")
    project = models.OneToOneField(Project, on_delete=models.PROTECT, related_name="application")
    state = models.CharField(
        max_length=20, default=ApplicationState.DRAFT, choices=list(APPLICATION_LABELS.items())
    )
    version = models.ForeignKey(
        PassportVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="applications"
    )
    dossier = models.OneToOneField(
        Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="application"
    )
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True, blank=True)
    mend_by = models.DateTimeField(null=True, blank=True)
    # «Отправить в срок, если всё заполнено»: who asked, and which statements they ticked.
    auto_send = models.BooleanField(default=False)
    auto_consents = models.JSONField(default=list, blank=True)
    auto_asked_at = models.DateTimeField(null=True, blank=True)
    auto_asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # Why it was not sent by itself, in words.
    auto_note = models.CharField(max_length=500, blank=True)
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies"
    )

    class Meta:
        ordering = ("number",)
        indexes = (models.Index(fields=("contest", "state"), name="application_by_contest_state"),)
        constraints = (
            models.CheckConstraint(
                name="application_state_is_known", condition=Q(state__in=list(ApplicationState))
            ),
            models.CheckConstraint(
                name="submitted_application_has_time_and_version",
                condition=Q(state__in=["draft", "withdrawn"])
                | Q(submitted_at__isnull=False, version__isnull=False),
            ),
            models.CheckConstraint(
                name="application_before_experts_has_dossier",
                condition=~Q(
                    state__in=["in_review", "to_defence", "declined", "proposed", "rejected", "awarded"]
                )
                | Q(dossier__isnull=False),
            ),
            models.CheckConstraint(
                name="returned_application_has_a_term",
                condition=~Q(state="returned") | Q(mend_by__isnull=False),
            ),
            models.CheckConstraint(
                name="automatic_sending_was_asked_by_a_person",
                condition=Q(auto_send=False) | Q(auto_asked_at__isnull=False, auto_asked_by__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"Заявка {self.number}"

    @property
    def shown_number(self) -> str:
        """Return the number as people see it: «ИП-2026-0147»."""
        return f"{self.contest.prefix}-{self.number}"


class Attachment(models.Model):
    """A file that goes with an application."""

    class Privacy:
        open = ("id", "application", "title", "added_at", "removed_at", "read_at", "read_note")
        personal = ("file", "added_by", "text")

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    title = models.CharField("название", max_length=200, blank=True)
    added_at = models.DateTimeField()
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    removed_at = models.DateTimeField(null=True, blank=True)
    # The words of the file: what a blind round is shown in its place. Why there are none, if so.
    text = models.TextField(blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title or str(self.file)


class FormalCheck(models.Model):
    """A technical check (техническая экспертиза) of a sent application."""

    class Privacy:
        open = ("id", "application", "outcome", "checklist", "comment", "mend_by", "checked_at", "letter")
        personal = ("checked_by",)

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="checks")
    outcome = models.CharField(max_length=20, choices=list(OUTCOME_LABELS.items()))
    # [{"code": "signature", "title": "…", "is_met": true, "note": ""}, …]
    checklist = models.JSONField(default=list)
    comment = models.TextField(blank=True)
    mend_by = models.DateTimeField(null=True, blank=True)
    checked_at = models.DateTimeField()
    checked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="check_outcome_is_known", condition=Q(outcome__in=list(CheckOutcome))
            ),
            models.CheckConstraint(
                name="check_that_returns_has_a_term", condition=~Q(outcome="mend") | Q(mend_by__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.application}: {self.get_outcome_display()}"


class Award(models.Model):
    """What an application won: a status by an order, with its diploma and letter."""

    class Privacy:
        open = ("id", "application", "status", "order", "diploma", "letter", "granted_at", "place")

    application = models.OneToOneField(Application, on_delete=models.PROTECT, related_name="award")
    status = models.OneToOneField(Status, on_delete=models.PROTECT, related_name="award")
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="awards")
    diploma = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    letter = models.ForeignKey(Paper, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    granted_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.application}: {self.status}"
