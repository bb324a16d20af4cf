"""Tables of agreements: between whom, for how long, and where the signed paper is."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.foundation.files.models import StoredFile
from innoset.network.models.organisations import Municipality, Organisation
from innoset.network.states import AGREEMENT_LABELS, AgreementState


class Agreement(models.Model):
    """An agreement of the network with a municipality's methodical service, or any other partner."""

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
            "subject",
            "state",
            "file",
            "ended_on",
            "ending_note",
            "renews",
            "created_at",
        )
        personal = ("created_by",)

    class Kind(models.TextChoices):
        ACCORD = "accord", "Соглашение"
        CONTRACT = "contract", "Договор"

    kind = models.CharField(max_length=20, choices=Kind, default=Kind.ACCORD)
    # A draft has neither number nor date yet.
    number = models.CharField(max_length=40, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    municipality = models.ForeignKey(Municipality, on_delete=models.PROTECT, related_name="agreements")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agreements")
    partner = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partner_agreements")
    subject = models.CharField("предмет", max_length=500, blank=True)
    note = models.CharField(max_length=500, blank=True)
    state = models.CharField(
        max_length=20, choices=list(AGREEMENT_LABELS.items()), default=AgreementState.SIGNED
    )
    file = models.ForeignKey(StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True, blank=True)
    ending_note = models.CharField(max_length=500, blank=True)
    # The agreement whose term this one goes on from.
    renews = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="renewals"
    )
    created_at = models.DateTimeField(null=True, blank=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = (F("signed_on").desc(nulls_first=True), "-id")
        constraints = (
            models.CheckConstraint(
                name="agreement_joins_two_organisations", condition=~Q(organisation=F("partner"))
            ),
            models.CheckConstraint(
                name="agreement_state_is_known", condition=Q(state__in=list(AgreementState))
            ),
            models.CheckConstraint(
                name="signed_agreement_has_number_and_date",
                condition=Q(state__in=["draft", "sent"]) | (~Q(number="") & Q(signed_on__isnull=False)),
            ),
            models.CheckConstraint(
                name="agreement_ends_after_it_is_signed",
                condition=Q(ends_on=None) | Q(signed_on=None) | Q(ends_on__gt=F("signed_on")),
            ),
            models.CheckConstraint(
                name="ended_agreement_has_a_date",
                condition=~Q(state="ended") | Q(ended_on__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("number", "signed_on"),
                condition=~Q(number=""),
                name="agreement_is_unique_by_number_and_date",
            ),
        )

    def __str__(self) -> str:
        if not self.number or self.signed_on is None:
            return f"{self.get_kind_display()}, проект"
        return f"{self.get_kind_display()} № {self.number} от {self.signed_on:%d.%m.%Y}"
