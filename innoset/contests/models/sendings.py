"""Tables of sendings: what the head confirmed, what was sent, what came late, who got more time."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.contests.models.applications import Application
from innoset.contests.models.contests import Contest
from innoset.contests.states import CONFIRMATION_LABELS, WAY_LABELS, ConfirmationState, ConfirmationWay
from innoset.documents.models import Paper
from innoset.foundation.files.models import StoredFile
from innoset.projects.models import PassportVersion


class Confirmation(models.Model):
    """The head's word for one content of an application: asked, given in one of three ways, or void."""

    class Privacy:
        open = (
            "id",
            "application",
            "version",
            "way",
            "state",
            "sha256",
            "pdf_sha256",
            "asked_at",
            "confirmed_at",
            "expires_at",
            "attempts",
        )
        personal = (
            "pdf",
            "signature",
            "scan",
            "signer",
            "asked_by",
            "asked_of",
            "confirmed_by",
            "address",
            "note",
        )
        secret = ("code",)

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="confirmations")
    version = models.ForeignKey(PassportVersion, on_delete=models.PROTECT, related_name="confirmations")
    way = models.CharField(max_length=20, choices=list(WAY_LABELS.items()))
    state = models.CharField(
        max_length=20, default=ConfirmationState.ASKED, choices=list(CONFIRMATION_LABELS.items())
    )
    # The seal of what is confirmed: texts and files. Another seal needs another confirmation.
    sha256 = models.CharField(max_length=64)
    # The frozen PDF that is signed, and its checksum.
    pdf = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    pdf_sha256 = models.CharField(max_length=64)
    # The code of the simple e-signature, hashed; empty for the other ways.
    code = models.CharField(max_length=200, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    expires_at = models.DateTimeField(null=True, blank=True)
    signature = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    scan = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # What the signature's certificate says and how far it was verified: `pure.confirming.Signer` as a row.
    signer = models.JSONField(default=dict, blank=True)
    note = models.CharField(max_length=500, blank=True)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # Whose code it is: the code was sent to this head and fits nobody else.
    asked_of = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    address = models.GenericIPAddressField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="confirmation_state_is_known", condition=Q(state__in=list(ConfirmationState))
            ),
            models.CheckConstraint(
                name="confirmation_way_is_known", condition=Q(way__in=list(ConfirmationWay))
            ),
            models.CheckConstraint(
                name="given_confirmation_has_time_and_person",
                condition=~Q(state="given") | Q(confirmed_at__isnull=False, confirmed_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("application",),
                condition=Q(state="asked"),
                name="one_confirmation_is_asked_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.application}: {self.get_way_display()}"


class Submission(models.Model):
    """One sending: which version, when, its key against doubling, its receipt."""

    class Privacy:
        open = (
            "id",
            "application",
            "version",
            "number",
            "sent_at",
            "arrived_at",
            "deadline_at",
            "is_automatic",
            "confirmation",
            "sha256",
            "receipt",
            "files",
        )
        personal = ("sent_by", "address")
        secret = ("key",)

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="submissions")
    version = models.ForeignKey(PassportVersion, on_delete=models.PROTECT, related_name="submissions")
    number = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=64)
    sent_at = models.DateTimeField()
    # When the first byte of the request came: this moment is held against the deadline.
    arrived_at = models.DateTimeField(null=True, blank=True)
    # The deadline that it was held against, without the grace.
    deadline_at = models.DateTimeField(null=True, blank=True)
    is_automatic = models.BooleanField(default=False)
    confirmation = models.ForeignKey(
        Confirmation, null=True, blank=True, on_delete=models.PROTECT, related_name="submissions"
    )
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = models.GenericIPAddressField(null=True, blank=True)
    sha256 = models.CharField(max_length=64)
    receipt = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="+")
    files = models.ManyToManyField(StoredFile, blank=True, related_name="+")

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("application", "key"), name="key_sends_an_application_once"),
            models.UniqueConstraint(fields=("application", "number"), name="sending_number_is_unique"),
        )

    def __str__(self) -> str:
        return f"{self.application}, отправка {self.number}"

    @property
    def came_at(self) -> datetime:
        """Return the moment that counts: that of the first byte."""
        return self.arrived_at or self.sent_at

    @property
    def is_in_grace(self) -> bool:
        """Tell whether a person sent it after the deadline and within the grace, which counts as in time."""
        late = self.deadline_at is not None and self.came_at >= self.deadline_at
        return late and not self.is_automatic


class LateCopy(models.Model):
    """What an organisation tried to send after the deadline: kept whole, so that it can be let in."""

    class Privacy:
        open = (
            "id",
            "application",
            "version",
            "key",
            "sha256",
            "arrived_at",
            "deadline_at",
            "files",
            "consents",
            "accepted_at",
            "reason",
            "order_number",
            "submission",
        )
        personal = ("sent_by", "accepted_by", "address")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="late_copies")
    version = models.ForeignKey(PassportVersion, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=64)
    sha256 = models.CharField(max_length=64)
    files = models.ManyToManyField(StoredFile, blank=True, related_name="+")
    consents = models.JSONField(default=list, blank=True)
    arrived_at = models.DateTimeField()
    # The deadline that it missed, without the grace.
    deadline_at = models.DateTimeField()
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    address = models.GenericIPAddressField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    reason = models.CharField(max_length=500, blank=True)
    order_number = models.CharField(max_length=60, blank=True)
    # What it became when it was let in.
    submission = models.OneToOneField(
        Submission, null=True, blank=True, on_delete=models.PROTECT, related_name="late_copy"
    )

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("application", "key"), name="key_makes_one_late_copy"),
            models.CheckConstraint(
                name="accepted_late_copy_has_person_and_reason",
                condition=Q(accepted_at=None) | (Q(accepted_by__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="accepted_late_copy_has_order_and_sending",
                condition=Q(accepted_at=None) | (~Q(order_number="") & Q(submission__isnull=False)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.application}, опоздала"

    @property
    def contest(self) -> Contest:
        """Return the contest, for whoever asks who may let the copy in."""
        return self.application.contest


class Extension(models.Model):
    """A later deadline: for all or for one application, with its reason and order, for the minutes."""

    class Privacy:
        open = (
            "id",
            "contest",
            "application",
            "until",
            "was",
            "reason",
            "order_number",
            "order_date",
            "outage_minutes",
            "made_at",
        )
        personal = ("made_by",)

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="extensions")
    # None: for all.
    application = models.ForeignKey(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="extensions"
    )
    until = models.DateTimeField()
    was = models.DateTimeField()
    reason = models.CharField(max_length=500)
    order_number = models.CharField(max_length=60, blank=True)
    order_date = models.DateField(null=True, blank=True)
    # How long the site did not answer before the deadline, when that is the reason.
    outage_minutes = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="extension_is_later", condition=Q(until__gt=F("was"))),
            models.CheckConstraint(
                name="extension_for_one_has_an_order",
                condition=Q(application=None) | ~Q(order_number=""),
            ),
        )

    def __str__(self) -> str:
        return f"{self.contest}: до {self.until:%d.%m.%Y %H:%M}"
