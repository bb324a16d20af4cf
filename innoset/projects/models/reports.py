"""Tables of yearly reports: the form being filled, what was sent, remarks and answers."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.foundation.files.models import StoredFile
from innoset.network.models import Organisation, Status, StatusKind
from innoset.projects.models.passports import PassportVersion, Project
from innoset.projects.states import (
    REPORT_LABELS,
    TASK_LABELS,
    TEXT_ORIGIN_LABELS,
    ReportState,
    TaskState,
    TextOrigin,
)
from innoset.review.models import Dossier


class ReportCampaign(models.Model):
    """Who reports for which period by when: one schedule for all statuses of a kind."""

    class Privacy:
        open = (
            "id",
            "code",
            "title",
            "form_code",
            "kinds",
            "organiser",
            "starts_on",
            "ends_on",
            "opens_on",
            "due_on",
            "head_after_days",
            "coordinator_after_days",
            "needs_review",
            "round_number",
            "created_at",
            "closed_at",
        )
        personal = ("created_by",)

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField("название", max_length=200)
    form_code = models.CharField("форма", max_length=40)
    kinds = models.ManyToManyField(StatusKind, related_name="report_campaigns")
    # To whom the reports go.
    organiser = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="report_campaigns")
    starts_on = models.DateField("период с")
    ends_on = models.DateField("период по")
    opens_on = models.DateField("открыть отчёты")
    due_on = models.DateField("сдать до")
    # Days after the term on which the head and then the coordinator are told.
    head_after_days = models.PositiveSmallIntegerField(default=1)
    coordinator_after_days = models.PositiveSmallIntegerField(default=5)
    needs_review = models.BooleanField("с экспертизой", default=False)
    # Key of the round of expertise, if there is one (review.Round).
    round_number = models.PositiveBigIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-due_on", "-id")
        constraints = (
            models.CheckConstraint(
                name="report_period_ends_after_it_begins", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="reports_are_due_after_they_open", condition=Q(due_on__gt=F("opens_on"))
            ),
        )

    def __str__(self) -> str:
        return self.title


class Report(models.Model):
    """The report of one status for one period."""

    class Privacy:
        open = (
            "id",
            "number",
            "campaign",
            "status",
            "organisation",
            "project",
            "form_code",
            "form_version",
            "starts_on",
            "ends_on",
            "due_on",
            "state",
            "opened_at",
            "submitted_at",
            "accepted_at",
            "return_note",
            "dossier",
        )
        personal = ("author", "submitted_by", "accepted_by")

    number = models.CharField(max_length=30, unique=True)
    campaign = models.ForeignKey(ReportCampaign, on_delete=models.PROTECT, related_name="reports")
    status = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="reports")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="reports")
    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="reports"
    )
    form_code = models.CharField(max_length=40)
    form_version = models.CharField(max_length=20)
    starts_on = models.DateField()
    ends_on = models.DateField()
    # The campaign's own, unless this one was given more time.
    due_on = models.DateField()
    state = models.CharField(max_length=20, choices=list(REPORT_LABELS.items()), default=ReportState.OPEN)
    # Who writes it: told first.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="own_reports"
    )
    opened_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_note = models.TextField("что исправить", blank=True)
    dossier = models.ForeignKey(Dossier, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("due_on", "organisation__short_name", "id")
        constraints = (
            models.CheckConstraint(name="report_state_is_known", condition=Q(state__in=list(ReportState))),
            models.CheckConstraint(
                name="submitted_report_says_who_and_when",
                condition=Q(state="open") | Q(submitted_at__isnull=False, submitted_by__isnull=False),
            ),
            models.CheckConstraint(
                name="accepted_report_says_who_and_when",
                condition=~Q(state="accepted") | Q(accepted_at__isnull=False, accepted_by__isnull=False),
            ),
            models.UniqueConstraint(fields=("campaign", "status"), name="status_reports_once_in_a_campaign"),
        )

    def __str__(self) -> str:
        return self.said_number

    @property
    def said_number(self) -> str:
        """Return the number as people say it: «КИП-2025-001»; `number` is for addresses."""
        place = self.number.rpartition("-")[2]
        return f"{self.status.kind.abbreviation}-{self.ends_on.year}-{place}"


class ReportAnswer(models.Model):
    """The text of one field of a report; `prefilled` is what the site proposed last."""

    class Privacy:
        open = ("id", "report", "key", "version", "origin", "saved_at")
        personal = ("text", "prefilled", "saved_by")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="answers")
    key = models.CharField(max_length=20)
    text = models.TextField(blank=True)
    prefilled = models.TextField(blank=True)
    origin = models.CharField(
        max_length=20, choices=list(TEXT_ORIGIN_LABELS.items()), default=TextOrigin.COUNTED
    )
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("report", "key"), name="report_field_is_answered_once"),
            models.CheckConstraint(name="text_origin_is_known", condition=Q(origin__in=list(TextOrigin))),
        )

    def __str__(self) -> str:
        return f"{self.report}: {self.key}"


class ReportRevision(models.Model):
    """A text that stood in a field of a report, or came too late to stand there: what can be brought back."""

    class Privacy:
        open = ("id", "report", "key", "version", "saved_at")
        personal = ("text", "saved_by")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="revisions")
    key = models.CharField(max_length=20)
    # The version that the text had; none for a text that never became the answer.
    version = models.PositiveIntegerField(null=True, blank=True)
    text = models.TextField(blank=True)
    saved_at = models.DateTimeField()
    saved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-id",)
        indexes = (models.Index(fields=("report", "key", "-id"), name="report_text_by_field"),)

    def __str__(self) -> str:
        return f"{self.report}: {self.key}, {self.saved_at:%d.%m.%Y}"


class ReportTask(models.Model):
    """A task of the period: planned in the last report, told of in this one, or planned for the next."""

    class Privacy:
        open = ("id", "report", "position", "is_next", "text", "state", "note", "carried_from")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="tasks")
    position = models.PositiveSmallIntegerField(default=0)
    # Planned for the next period; it is carried over when the next report opens.
    is_next = models.BooleanField(default=False)
    text = models.CharField("задача", max_length=500)
    state = models.CharField(max_length=20, choices=list(TASK_LABELS.items()), default=TaskState.UNKNOWN)
    note = models.CharField("что сделано или почему нет", max_length=500, blank=True)
    carried_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="carried_to"
    )

    class Meta:
        ordering = ("is_next", "position", "id")
        constraints = (
            models.CheckConstraint(name="task_state_is_known", condition=Q(state__in=list(TaskState))),
            models.UniqueConstraint(
                fields=("report", "carried_from"),
                condition=Q(carried_from__isnull=False),
                name="task_is_carried_over_once",
            ),
        )

    def __str__(self) -> str:
        return self.text


class ReportVersion(models.Model):
    """What was sent: texts, tasks and figures, frozen for ever, with the SHA-256 of the canonical content."""

    class Privacy:
        open = ("id", "report", "number", "figures", "sha256", "made_at", "docx", "pdf")
        personal = ("values", "made_by")

    report = models.ForeignKey(Report, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    values = models.JSONField()
    # [{"key": "events", "title": …, "value": 4, "rows": [17, 18, …]}, …]: what was counted and from what
    figures = models.JSONField(default=list)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    docx = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("report", "number"), name="version_number_is_unique_in_report"),
        )

    def __str__(self) -> str:
        return f"{self.report}, версия {self.number}"


class ReportNudge(models.Model):
    """That somebody was reminded of a report on a step of its schedule: each step happens once."""

    class Privacy:
        open = ("id", "report", "step", "at", "reached")

    report = models.ForeignKey(Report, on_delete=models.CASCADE, related_name="nudges")
    # «opened», «week», «day», «author», «head», «coordinator», «by-hand:2026-11-22»
    step = models.CharField(max_length=40)
    at = models.DateTimeField()
    # How many people it was sent to.
    reached = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("at", "id")
        constraints = (models.UniqueConstraint(fields=("report", "step"), name="report_takes_a_step_once"),)

    def __str__(self) -> str:
        return f"{self.report}: {self.step}"


class Remark(models.Model):
    """A curator's remark on a field of a passport or of a report, and the answer to it."""

    class Privacy:
        open = ("id", "project", "version", "report", "key", "at", "answered_at", "settled_at", "is_required")
        personal = ("author", "text", "answer", "answered_by", "settled_by")

    project = models.ForeignKey(
        Project, null=True, blank=True, on_delete=models.CASCADE, related_name="remarks"
    )
    # The version of the passport that was read.
    version = models.ForeignKey(
        PassportVersion, null=True, blank=True, on_delete=models.PROTECT, related_name="remarks"
    )
    report = models.ForeignKey(
        Report, null=True, blank=True, on_delete=models.CASCADE, related_name="remarks"
    )
    # The field; empty = on the whole.
    key = models.CharField(max_length=20, blank=True)
    text = models.TextField("замечание")
    # The report is not accepted until it is settled.
    is_required = models.BooleanField(default=False)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="remarks")
    at = models.DateTimeField()
    answer = models.TextField("ответ", blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("at", "id")
        constraints = (
            models.CheckConstraint(
                name="remark_is_on_a_passport_or_on_a_report",
                condition=Q(project__isnull=False, report=None) | Q(project=None, report__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.text[:60]
