"""Tables of statuses: the dictionary, what is granted, and its history."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.documents.models import Order
from innoset.network.models.organisations import Organisation
from innoset.network.states import FACT_LABELS, STATUS_LABELS, FactKind, StatusState


class StatusKind(models.Model):
    """A line of the dictionary of statuses: МИП, МСИП, МЛСВ, КИП, ФИП, КРЦ …"""

    class Privacy:
        open = ("id", "code", "abbreviation", "title", "level", "term_years", "is_active", "position")

    class Level(models.TextChoices):
        MUNICIPAL = "municipal", "Муниципальный"
        REGIONAL = "regional", "Краевой"
        INTERREGIONAL = "interregional", "Межрегиональный"
        FEDERAL = "federal", "Федеральный"

    code = models.SlugField(max_length=20, unique=True)
    abbreviation = models.CharField("сокращение", max_length=20)
    title = models.CharField("название", max_length=200)
    level = models.CharField("уровень", max_length=20, choices=Level)
    term_years = models.PositiveSmallIntegerField("срок, лет")
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return f"{self.abbreviation} — {self.title}"


class EndingGround(models.Model):
    """A ground for ending a status before its term, from the dictionary."""

    class Privacy:
        open = ("id", "code", "title", "kinds", "is_active")

    code = models.SlugField(max_length=40, unique=True)
    title = models.CharField(max_length=300)
    kinds = models.ManyToManyField(StatusKind, blank=True, related_name="grounds")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title


class Status(models.Model):
    """A status: organisation + theme + order + term."""

    class Privacy:
        open = (
            "id",
            "number",
            "organisation",
            "kind",
            "theme",
            "order",
            "starts_on",
            "ends_on",
            "state",
            "ended_on",
            "ground",
            "ending_note",
            "origin",
            "created_at",
            "stage_note",
            "renews",
        )

    # «kip-2026-013»: what its page is called by.
    number = models.CharField(max_length=40, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="statuses")
    kind = models.ForeignKey(StatusKind, on_delete=models.PROTECT, related_name="statuses")
    theme = models.CharField(max_length=500)
    order = models.ForeignKey(Order, on_delete=models.PROTECT, related_name="statuses")
    starts_on = models.DateField()
    ends_on = models.DateField()
    state = models.CharField(max_length=20, default=StatusState.ACTIVE, choices=list(STATUS_LABELS.items()))
    ended_on = models.DateField(null=True, blank=True)
    ground = models.ForeignKey(
        EndingGround, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ending_note = models.CharField(max_length=500, blank=True)
    origin = models.CharField(max_length=120, blank=True)
    # Why a status was ended without an open event or a product.
    stage_note = models.CharField(max_length=500, blank=True)
    # The earlier status of the same kind that this one goes on from.
    renews = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewals"
    )
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("-starts_on", "-id")
        verbose_name_plural = "statuses"
        constraints = (
            models.CheckConstraint(name="status_state_is_known", condition=Q(state__in=list(StatusState))),
            models.CheckConstraint(
                name="status_ends_after_it_starts", condition=Q(ends_on__gt=F("starts_on"))
            ),
            models.CheckConstraint(
                name="ended_status_has_a_date",
                condition=Q(state__in=["active", "paused"], ended_on=None)
                | (~Q(state__in=["active", "paused"]) & Q(ended_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="terminated_status_has_a_ground",
                condition=~Q(state="terminated") | Q(ground__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("organisation", "kind", "theme", "order"), name="status_is_granted_once_by_an_order"
            ),
            models.UniqueConstraint(
                fields=("number",), condition=~Q(number=""), name="status_number_is_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind.abbreviation}: {self.theme}"

    @property
    def said_number(self) -> str:
        """Return the number as people say it: «КИП-2026-013»."""
        return f"{self.kind.abbreviation}-{self.number.partition('-')[2]}"


class StatusEvent(models.Model):
    """One fact of a status's ledger: what happened, from which day, by which order. Never changed.

    Facts are told in the order of their days, on one day in the order of writing. What is true on
    a day is folded from them alone (`network.pure.statuses`); the columns of `Status` repeat today's
    answer for lists.
    """

    class Privacy:
        open = (
            "id",
            "status",
            "kind",
            "on",
            "event",
            "note",
            "ends_on",
            "holder",
            "order",
            "ground",
            "annuls",
            "recorded_at",
        )
        personal = ("by",)

    status = models.ForeignKey(Status, on_delete=models.CASCADE, related_name="events")
    kind = models.CharField(max_length=20, choices=list(FACT_LABELS.items()), default=FactKind.GRANTED)
    on = models.DateField()
    # The words of the line, as they were when it was written.
    event = models.CharField(max_length=40)
    note = models.CharField(max_length=500, blank=True)
    # The last day of the term: of a grant and of an extension; of a pause, if one was named.
    ends_on = models.DateField(null=True, blank=True)
    # Whose the status is from this day: of a grant and of a passing to a successor.
    holder = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="status_events"
    )
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ground = models.ForeignKey(
        EndingGround, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    # The line that this one declares a mistake.
    annuls = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="annulled_by"
    )
    recorded_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("on", "id")
        constraints = (
            models.CheckConstraint(name="fact_kind_is_known", condition=Q(kind__in=list(FactKind))),
            models.CheckConstraint(
                name="annulment_names_its_fact",
                condition=Q(kind="annulled", annuls__isnull=False) | (~Q(kind="annulled") & Q(annuls=None)),
            ),
        )

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y} {self.event}"
