"""Tables of statuses: the dictionary, what is granted, and its history."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.documents.models import Order
from innoset.network.models.organisations import Organisation
from innoset.network.states import STATUS_LABELS, StatusState


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
        )

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
                condition=Q(state="active", ended_on=None) | (~Q(state="active") & Q(ended_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="terminated_status_has_a_ground",
                condition=~Q(state="terminated") | Q(ground__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("organisation", "kind", "theme", "order"), name="status_is_granted_once_by_an_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind.abbreviation}: {self.theme}"


class StatusEvent(models.Model):
    """One line of a status's history, as the public may read it."""

    class Privacy:
        open = ("id", "status", "on", "event", "note")
        personal = ("by",)

    status = models.ForeignKey(Status, on_delete=models.CASCADE, related_name="events")
    on = models.DateField()
    event = models.CharField(max_length=40)
    note = models.CharField(max_length=500, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("on", "id")

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y} {self.event}"
