"""Tables of what was decided: the log that replays it, the signed rankings, the appeals."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.contests.models.applications import Application
from innoset.contests.models.contests import Contest
from innoset.contests.models.council import Sitting
from innoset.contests.states import APPEAL_LABELS, AppealState
from innoset.review.models import Round


class DecisionEvent(models.Model):
    """One step of a decision. The steps in their order give the ranking again; each holds the one before."""

    class Privacy:
        open = ("id", "contest", "number", "kind", "data", "happened_at", "sha256", "previous_sha256")
        personal = ("by",)

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="decision_events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=40)
    data = models.JSONField(default=dict)
    happened_at = models.DateTimeField()
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    sha256 = models.CharField(max_length=64)
    previous_sha256 = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ("contest_id", "number")
        constraints = (
            models.UniqueConstraint(fields=("contest", "number"), name="decision_event_number_is_unique"),
        )

    def __str__(self) -> str:
        return f"{self.contest}: {self.number}. {self.kind}"


class Appeal(models.Model):
    """An applicant's objection to a result; a second panel looks at it, and only its decision moves places."""

    class Privacy:
        open = (
            "id",
            "application",
            "number",
            "state",
            "filed_at",
            "round",
            "decision",
            "decided_at",
            "total_before",
            "total_after",
        )
        personal = ("text", "filed_by", "decided_by")

    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="appeals")
    number = models.PositiveSmallIntegerField()
    text = models.TextField()
    state = models.CharField(max_length=20, default=AppealState.FILED, choices=list(APPEAL_LABELS.items()))
    filed_at = models.DateTimeField()
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    # The second panel: none of its experts judged the work before.
    round = models.OneToOneField(
        Round, null=True, blank=True, on_delete=models.PROTECT, related_name="appeal"
    )
    decision = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    total_before = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)
    total_after = models.DecimalField(max_digits=8, decimal_places=2, null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(name="appeal_state_is_known", condition=Q(state__in=list(AppealState))),
            models.UniqueConstraint(fields=("application", "number"), name="appeal_number_is_unique"),
            models.UniqueConstraint(
                fields=("application",),
                condition=Q(state__in=["filed", "in_review"]),
                name="one_open_appeal_an_application",
            ),
            models.CheckConstraint(
                name="decided_appeal_has_reason_time_and_person",
                condition=~Q(state__in=["upheld", "dismissed"])
                | (~Q(decision="") & Q(decided_at__isnull=False, decided_by__isnull=False)),
            ),
            models.CheckConstraint(
                name="upheld_appeal_has_a_panel_and_a_total",
                condition=~Q(state="upheld") | Q(round__isnull=False, total_after__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"Апелляция {self.number}: {self.application}"


class RankingSnapshot(models.Model):
    """A ranking as it was confirmed: all that it was reckoned from, under a signed checksum. Never changes."""

    class Privacy:
        open = (
            "id",
            "contest",
            "sitting",
            "appeal",
            "previous",
            "number",
            "data",
            "sha256",
            "signature",
            "made_at",
            "confirmed_at",
        )
        personal = ("made_by", "confirmed_by")

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="rankings")
    sitting = models.ForeignKey(
        Sitting, null=True, blank=True, on_delete=models.PROTECT, related_name="rankings"
    )
    # The decision because of which it differs from the one before.
    appeal = models.OneToOneField(
        Appeal, null=True, blank=True, on_delete=models.PROTECT, related_name="ranking"
    )
    previous = models.OneToOneField(
        "self", null=True, blank=True, on_delete=models.PROTECT, related_name="following"
    )
    number = models.PositiveSmallIntegerField()
    data = models.JSONField(default=dict)
    sha256 = models.CharField(max_length=64)
    signature = models.CharField(max_length=200)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    # The second person.
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta:
        ordering = ("contest_id", "-number")
        constraints = (
            models.UniqueConstraint(fields=("contest", "number"), name="ranking_number_is_unique_in_contest"),
            models.CheckConstraint(
                name="later_ranking_has_an_appeal", condition=Q(previous=None) | Q(appeal__isnull=False)
            ),
            models.CheckConstraint(
                name="ranking_is_confirmed_by_another",
                condition=Q(confirmed_by=None) | Q(made_by=None) | ~Q(confirmed_by=F("made_by")),
            ),
            models.CheckConstraint(
                name="confirmed_ranking_has_a_time",
                condition=Q(confirmed_by=None) | Q(confirmed_at__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return f"Рейтинг {self.number}: {self.contest}"
