"""Tables of places and organisations."""

from django.db import models
from django.db.models import F, Q

from innoset.network.states import KIND_LABELS, OrganisationKind


class Municipality(models.Model):
    """A municipality at a time: ОКТМО and kind change, so rows have validity dates."""

    class Privacy:
        open = (
            "id",
            "oktmo",
            "check_digit",
            "name",
            "kind",
            "centre",
            "centre_kind",
            "latitude",
            "longitude",
            "valid_from",
            "valid_to",
            "is_in_network",
        )

    class Kind(models.TextChoices):
        DISTRICT = "district", "Муниципальный район"
        CITY = "city", "Городской округ"
        OKRUG = "okrug", "Муниципальный округ"

    oktmo = models.CharField("ОКТМО", max_length=8)
    check_digit = models.CharField(max_length=1)
    name = models.CharField("название", max_length=120)
    kind = models.CharField(max_length=20, choices=Kind)
    centre = models.CharField("центр", max_length=120)
    centre_kind = models.CharField(max_length=60)
    latitude = models.DecimalField(max_digits=7, decimal_places=4)
    longitude = models.DecimalField(max_digits=7, decimal_places=4)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True, blank=True)
    is_in_network = models.BooleanField(default=False)

    class Meta:
        ordering = ("name",)
        verbose_name_plural = "municipalities"
        constraints = (
            models.UniqueConstraint(fields=("oktmo", "valid_from"), name="oktmo_is_unique_at_a_time"),
            models.CheckConstraint(
                name="municipality_ends_after_it_begins",
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")),
            ),
        )

    def __str__(self) -> str:
        return self.name


class Organisation(models.Model):
    """A school, kindergarten, methodical service or any other participant."""

    class Privacy:
        open = (
            "id",
            "number",
            "name",
            "short_name",
            "kind",
            "inn",
            "kpp",
            "ogrn",
            "municipality",
            "address",
            "email",
            "phone",
            "site",
            "is_active",
            "created_at",
            "is_verified",
            "founder",
        )
        personal = ("head_name", "head_position")

    number = models.CharField("номер в реестре", max_length=20, unique=True)
    name = models.CharField("полное наименование", max_length=500)
    short_name = models.CharField("краткое наименование", max_length=200)
    kind = models.CharField("вид", max_length=20, choices=list(KIND_LABELS.items()))
    inn = models.CharField("ИНН", max_length=10, blank=True)
    kpp = models.CharField("КПП", max_length=9, blank=True)
    ogrn = models.CharField("ОГРН", max_length=13, blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="organisations")
    address = models.CharField("адрес", max_length=400, blank=True)
    email = models.EmailField("электронная почта организации", blank=True)
    phone = models.CharField("телефон организации", max_length=60, blank=True)
    site = models.URLField("сайт", blank=True)
    head_name = models.CharField("руководитель", max_length=200, blank=True)
    head_position = models.CharField("должность руководителя", max_length=100, blank=True)
    # The authority that founded it: an expert who works there has an interest in it.
    founder = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="founded"
    )
    is_verified = models.BooleanField(default=True)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("short_name", "id")
        constraints = (
            models.CheckConstraint(
                name="organisation_kind_is_known", condition=Q(kind__in=list(OrganisationKind))
            ),
            models.UniqueConstraint(
                fields=("inn", "kpp"), condition=~Q(inn=""), name="organisation_is_unique_by_inn_and_kpp"
            ),
            models.UniqueConstraint(
                fields=("ogrn",), condition=~Q(ogrn=""), name="organisation_is_unique_by_ogrn"
            ),
        )

    def __str__(self) -> str:
        return self.short_name
