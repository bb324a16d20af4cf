"""Tables of what sites share and of what they are honoured for."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.foundation.files.models import StoredFile
from innoset.network.models.organisations import Municipality, Organisation
from innoset.network.models.statuses import Status
from innoset.network.states import DISSEMINATION_LABELS, REACH_LABELS, DisseminationKind, Reach


class Dissemination(models.Model):
    """One act of sharing: an event, a publication, a product. Reports count these rows and nothing else.

    Rows that another part of the site feeds carry its key in `origin` and are changed there only.
    """

    class Privacy:
        open = (
            "id",
            "organisation",
            "status",
            "kind",
            "title",
            "on",
            "ends_on",
            "reach",
            "place",
            "people",
            "url",
            "file",
            "is_published",
            "municipalities",
            "partners",
            "origin",
            "recorded_at",
            "confirmed_at",
        )
        personal = ("authors", "recorded_by", "confirmed_by")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="disseminations")
    # Within which status; empty = outside any.
    status = models.ForeignKey(
        Status, null=True, blank=True, on_delete=models.PROTECT, related_name="disseminations"
    )
    kind = models.CharField("вид", max_length=20, choices=list(DISSEMINATION_LABELS.items()))
    title = models.CharField("название", max_length=500)
    on = models.DateField("дата")
    ends_on = models.DateField("по какой день", null=True, blank=True)
    reach = models.CharField(
        "уровень", max_length=20, choices=list(REACH_LABELS.items()), default=Reach.MUNICIPAL
    )
    place = models.CharField("место", max_length=300, blank=True)
    # Null = nobody has counted; never nought by default.
    people = models.PositiveIntegerField("сколько участников", null=True, blank=True)
    authors = models.CharField("кто выступал или написал", max_length=500, blank=True)
    # Proof: an address or a file.
    url = models.URLField("ссылка", max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    # A product or a publication that anybody can take.
    is_published = models.BooleanField("опубликовано", default=False)
    # Whose people took part, for joint events of the network.
    municipalities = models.ManyToManyField(Municipality, blank=True, related_name="disseminations")
    partners = models.ManyToManyField(Organisation, blank=True, related_name="joint_disseminations")
    # «events:2026-014»: fed by another part of the site, once.
    origin = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # A coordinator or a methodist has seen the proof.
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-on", "-id")
        constraints = (
            models.CheckConstraint(
                name="dissemination_kind_is_known", condition=Q(kind__in=list(DisseminationKind))
            ),
            models.CheckConstraint(
                name="dissemination_ends_after_it_begins", condition=Q(ends_on=None) | Q(ends_on__gte=F("on"))
            ),
            models.UniqueConstraint(
                fields=("origin",), condition=~Q(origin=""), name="dissemination_is_fed_once"
            ),
        )
        indexes = (models.Index(fields=("organisation", "on"), name="dissemination_by_day"),)

    def __str__(self) -> str:
        return self.title


class Grant(models.Model):
    """Money that an organisation won for its innovation, in kopecks."""

    class Privacy:
        open = ("id", "organisation", "programme", "source", "amount", "year", "url", "file", "recorded_at")
        personal = ("recorded_by",)

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="grants")
    programme = models.CharField("программа", max_length=300)
    source = models.CharField("кто дал", max_length=300, blank=True)
    # Kopecks; null = the sum is not known.
    amount = models.PositiveBigIntegerField("сумма, копеек", null=True, blank=True)
    year = models.PositiveSmallIntegerField("год")
    url = models.URLField("ссылка", max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-year", "-id")
        constraints = (
            models.UniqueConstraint(
                fields=("organisation", "programme", "year"), name="grant_is_written_down_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.programme}, {self.year}"


class Achievement(models.Model):
    """A place, a prize or a title that an organisation, its team or a municipality has won."""

    class Privacy:
        open = (
            "id",
            "organisation",
            "contest",
            "nomination",
            "reach",
            "result",
            "year",
            "url",
            "file",
            "recorded_at",
        )
        personal = ("team", "recorded_by")

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="achievements")
    contest = models.CharField("конкурс", max_length=300)
    nomination = models.CharField("номинация", max_length=300, blank=True)
    reach = models.CharField(
        "уровень", max_length=20, choices=list(REACH_LABELS.items()), default=Reach.REGIONAL
    )
    result = models.CharField("результат", max_length=200)
    team = models.CharField("команда", max_length=500, blank=True)
    year = models.PositiveSmallIntegerField("год")
    url = models.URLField("ссылка", max_length=500, blank=True)
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("-year", "-id")

    def __str__(self) -> str:
        return f"{self.contest}: {self.result}"
