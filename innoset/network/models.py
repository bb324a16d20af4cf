"""Tables of the network."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.documents.models import Order
from innoset.network.states import (
    KIND_LABELS,
    REGISTRATION_LABELS,
    ROLE_LABELS,
    STATUS_LABELS,
    OrganisationKind,
    RegistrationState,
    Role,
    StatusState,
)


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


class Membership(models.Model):
    """What a person is in an organisation, from when till when. One person may have several."""

    class Privacy:
        open = ("id", "organisation", "role", "direction")
        personal = ("person", "since", "until", "invited_by")

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=list(ROLE_LABELS.items()))
    direction = models.CharField("направление", max_length=200, blank=True)
    since = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="membership_role_is_known", condition=Q(role__in=list(Role))),
            models.UniqueConstraint(
                fields=("person", "organisation", "role"),
                condition=Q(until=None),
                name="one_live_membership_per_person_place_and_role",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}: {self.get_role_display()}, {self.organisation}"


class Invitation(models.Model):
    """An invitation by e-mail to become somebody in an organisation."""

    class Privacy:
        open = ("id", "organisation", "role", "created_at", "expires_at", "accepted_at", "revoked_at")
        personal = ("email", "full_name", "invited_by", "accepted_by")
        secret = ("token_hash",)

    email = models.EmailField()
    full_name = models.CharField(max_length=200, blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="invitations")
    role = models.CharField(max_length=20, choices=list(ROLE_LABELS.items()))
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.email}: {self.get_role_display()}, {self.organisation}"


class Registration(models.Model):
    """An organisation's request to join; a coordinator of its municipality confirms it."""

    class Privacy:
        open = (
            "id",
            "name",
            "short_name",
            "kind",
            "inn",
            "kpp",
            "ogrn",
            "municipality",
            "state",
            "created_at",
            "decided_at",
            "decision",
            "organisation",
        )
        personal = ("applicant", "position", "decided_by")

    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="registrations"
    )
    position = models.CharField("должность", max_length=200)
    name = models.CharField("полное наименование", max_length=500)
    short_name = models.CharField("краткое наименование", max_length=200)
    kind = models.CharField("вид", max_length=20, choices=list(KIND_LABELS.items()))
    inn = models.CharField("ИНН", max_length=10)
    kpp = models.CharField("КПП", max_length=9)
    ogrn = models.CharField("ОГРН", max_length=13)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(
        max_length=20, default=RegistrationState.NEW, choices=list(REGISTRATION_LABELS.items())
    )
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    decision = models.CharField("причина", max_length=500, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="registrations"
    )

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="decided_registration_says_who_and_when",
                condition=Q(state="new") | Q(decided_at__isnull=False, decided_by__isnull=False),
            ),
            models.CheckConstraint(
                name="confirmed_registration_has_organisation",
                condition=~Q(state="confirmed") | Q(organisation__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.short_name


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


class Agreement(models.Model):
    """An agreement of the network with a municipality's methodical service."""

    class Privacy:
        open = (
            "id",
            "kind",
            "number",
            "signed_on",
            "ends_on",
            "municipality",
            "organisation",
            "partner",
            "note",
        )

    class Kind(models.TextChoices):
        ACCORD = "accord", "Соглашение"
        CONTRACT = "contract", "Договор"

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ACCORD)
    number = models.CharField(max_length=40)
    signed_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="agreements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    partner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partner_agreements")
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-signed_on", "-id")
        constraints = (
            models.CheckConstraint(
                name="agreement_joins_two_organisations", condition=~Q(organisation=F("partner"))
            ),
            models.UniqueConstraint(
                fields=("number", "signed_on"), name="agreement_is_unique_by_number_and_date"
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} № {self.number} от {self.signed_on:%d.%m.%Y}"
