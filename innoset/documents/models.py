"""Tables of official papers and of the normative base."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.documents.states import (
    ACT_KIND_LABELS,
    ACT_LEVEL_LABELS,
    ORDER_LABELS,
    RELATION_LABELS,
    ActKind,
    ActLevel,
    OrderState,
    RelationKind,
)
from innoset.foundation.files.models import StoredFile


class Order(models.Model):
    """An order (приказ): issuer, number, date. Granting follows only a confirmed one."""

    class Privacy:
        open = (
            "id",
            "issuer",
            "place",
            "title",
            "data",
            "number",
            "signed_on",
            "state",
            "entered_at",
            "confirmed_at",
            "created_at",
            "docx",
            "pdf",
            "acts",
        )
        personal = ("signatory", "entered_by", "confirmed_by")

    issuer = models.CharField(max_length=300)
    place = models.CharField(max_length=100, blank=True)
    title = models.CharField(max_length=500)
    signatory = models.CharField(max_length=200, blank=True)
    data = models.JSONField(default=dict)
    number = models.CharField(max_length=40, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=20, default=OrderState.DRAFT, choices=list(ORDER_LABELS.items()))
    created_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True, blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    docx = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # On the ground of which acts the order is issued: its preamble cites them.
    acts: "models.ManyToManyField[NormativeAct, models.Model]" = models.ManyToManyField(
        "NormativeAct", blank=True, related_name="orders"
    )

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(name="order_state_is_known", condition=Q(state__in=list(OrderState))),
            models.CheckConstraint(
                name="entered_order_has_number_date_and_person",
                condition=Q(state="draft")
                | (~Q(number="") & Q(signed_on__isnull=False, entered_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="order_is_confirmed_by_a_second_person",
                condition=~Q(state="confirmed")
                | (
                    Q(confirmed_by__isnull=False, confirmed_at__isnull=False)
                    & ~Q(confirmed_by=F("entered_by"))
                ),
            ),
        )

    def __str__(self) -> str:
        return f"{self.issuer}, {self.requisites}" if self.number else f"Проект: {self.title}"

    @property
    def requisites(self) -> str:
        """Return «от 27.12.2025 № 321» or an empty string for a draft."""
        return f"от {self.signed_on:%d.%m.%Y} № {self.number}" if self.number and self.signed_on else ""


class Minutes(models.Model):
    """Minutes (протокол) of a sitting, as they were printed."""

    class Privacy:
        open = ("id", "number", "held_on", "title", "data", "sha256", "created_at", "docx", "pdf")

    number = models.CharField(max_length=40)
    held_on = models.DateField()
    title = models.CharField(max_length=500)
    data = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    docx = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    pdf = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-held_on", "-id")
        verbose_name_plural = "minutes"

    def __str__(self) -> str:
        return f"Протокол № {self.number} от {self.held_on:%d.%m.%Y}"


class Paper(models.Model):
    """One printed paper with a number and a hash that anybody may check at its address."""

    class Privacy:
        open = ("id", "kind", "number", "sha256", "issued_at", "subject", "pdf", "docx", "revoked_at")
        personal = ("title", "data")

    class Kind(models.TextChoices):
        RECEIPT = "receipt", "Расписка"
        DIPLOMA = "diploma", "Диплом"
        LETTER = "letter", "Письмо"

    kind = models.CharField(max_length=20, choices=Kind)
    number = models.CharField(max_length=60)
    title = models.CharField(max_length=500)
    data = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    issued_at = models.DateTimeField()
    subject = models.CharField(max_length=120, blank=True)
    pdf = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    docx = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.UniqueConstraint(fields=("number", "sha256"), name="paper_is_known_by_number_and_hash"),
        )
        indexes = (models.Index(fields=("subject", "kind"), name="paper_by_subject"),)

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    @property
    def mark(self) -> str:
        """Return the first sixteen characters of the hash: what the check address carries."""
        return self.sha256[:16]


class NormativeAct(models.Model):
    """A normative act of the base: by whom, when, under which number, and whether it is in force."""

    class Privacy:
        open = (
            "id",
            "level",
            "kind",
            "issuer",
            "signed_on",
            "number",
            "title",
            "in_force",
            "ended_on",
            "note",
            "created_at",
        )

    level = models.CharField("уровень", max_length=20, choices=list(ACT_LEVEL_LABELS.items()))
    kind = models.CharField("вид", max_length=20, choices=list(ACT_KIND_LABELS.items()))
    issuer = models.CharField("кто издал", max_length=300)
    signed_on = models.DateField("дата", null=True, blank=True)
    number = models.CharField("номер", max_length=60, blank=True)
    title = models.CharField("название", max_length=1000)
    in_force = models.BooleanField("действует", null=True, default=True)
    """None: nobody has checked yet, and nobody is told that it has lost its force."""
    ended_on = models.DateField("утратил силу", null=True, blank=True)
    note = models.CharField("пояснение", max_length=500, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("level", "-signed_on", "id")
        constraints = (
            models.CheckConstraint(name="act_level_is_known", condition=Q(level__in=list(ActLevel))),
            models.CheckConstraint(name="act_kind_is_known", condition=Q(kind__in=list(ActKind))),
            models.CheckConstraint(
                name="act_in_force_has_not_ended", condition=Q(in_force=False) | Q(ended_on=None)
            ),
        )

    def __str__(self) -> str:
        return self.title


class ActRelation(models.Model):
    """That one act changes or replaces another."""

    class Privacy:
        open = ("id", "act", "kind", "target")

    act = models.ForeignKey(NormativeAct, on_delete=models.CASCADE, related_name="relations")
    kind = models.CharField(max_length=20, choices=list(RELATION_LABELS.items()))
    target = models.ForeignKey(NormativeAct, on_delete=models.CASCADE, related_name="back_relations")

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="act_relation_is_known", condition=Q(kind__in=list(RelationKind))),
            models.CheckConstraint(name="act_does_not_relate_to_itself", condition=~Q(act=F("target"))),
            models.UniqueConstraint(fields=("act", "kind", "target"), name="act_relation_is_said_once"),
        )

    def __str__(self) -> str:
        return f"{self.act} {self.get_kind_display()} {self.target}"


class ActDistinction(models.Model):
    """A person's word that two look-alikes are two acts: both stay, with a note.

    It holds for the requisites that the person saw; when either is mended, the pair is asked about anew.
    """

    class Privacy:
        open = ("id", "first", "second", "seen", "note", "decided_at")
        personal = ("decided_by",)

    first = models.ForeignKey(NormativeAct, on_delete=models.CASCADE, related_name="+")
    second = models.ForeignKey(NormativeAct, on_delete=models.CASCADE, related_name="+")
    seen = models.CharField("реквизиты, по которым решено", max_length=500)
    note = models.CharField("пояснение", max_length=500)
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-decided_at", "-id")
        constraints = (
            models.CheckConstraint(name="distinct_acts_stand_in_order", condition=Q(first__lt=F("second"))),
            models.UniqueConstraint(fields=("first", "second"), name="acts_are_told_apart_once"),
        )

    def __str__(self) -> str:
        return f"{self.first} и {self.second}: разные документы"
