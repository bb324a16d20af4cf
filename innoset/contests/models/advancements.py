"""Tables of what goes up: a winner of a municipal contest, put forward for a regional one."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.contests.models.applications import Application
from innoset.contests.models.contests import Contest
from innoset.contests.states import ADVANCEMENT_LABELS, AdvancementState


class Advancement(models.Model):
    """A municipal winner that its municipality puts forward. The upper level sees it once it is released."""

    class Privacy:
        open = (
            "id",
            "application",
            "contest",
            "state",
            "reason",
            "proposed_at",
            "released_at",
            "answered_at",
            "answer",
            "raised",
        )
        personal = ("proposed_by", "released_by", "answered_by")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="advancements")
    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="advancements")
    state = models.CharField(
        max_length=20, choices=list(ADVANCEMENT_LABELS.items()), default=AdvancementState.PROPOSED
    )
    reason = models.CharField("почему выдвигают", max_length=500, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    answer = models.CharField(max_length=500, blank=True)
    # The application to the upper contest that was begun with the same data.
    raised = models.OneToOneField(
        Application, null=True, blank=True, on_delete=models.PROTECT, related_name="raised_from"
    )

    class Meta:
        ordering = ("-proposed_at", "-id")
        constraints = (
            models.CheckConstraint(
                name="advancement_state_is_known", condition=Q(state__in=list(AdvancementState))
            ),
            models.CheckConstraint(
                name="released_advancement_says_who_and_when",
                condition=Q(state__in=["proposed", "withdrawn"])
                | Q(released_at__isnull=False, released_by__isnull=False),
            ),
            models.CheckConstraint(
                name="application_is_not_raised_from_itself",
                condition=Q(raised=None) | ~Q(raised=F("application")),
            ),
            models.UniqueConstraint(
                fields=("application", "contest"), name="application_is_put_forward_once"
            ),
        )

    def __str__(self) -> str:
        return f"{self.application} → {self.contest}"
