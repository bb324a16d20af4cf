"""Tables of who is what where, and of how people come in."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from innoset.network.models.organisations import Municipality, Organisation
from innoset.network.states import KIND_LABELS, REGISTRATION_LABELS, ROLE_LABELS, RegistrationState, Role


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
