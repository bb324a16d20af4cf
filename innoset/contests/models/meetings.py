"""Tables of the council's meetings outside contests: agenda, what was resolved, who does it by when."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from innoset.contests.models.council import Council
from innoset.contests.states import MEETING_LABELS, MeetingState
from innoset.documents.models import Minutes
from innoset.network.models import Errand, Organisation


class Meeting(models.Model):
    """A meeting of a council on the life of the network, apart from any contest."""

    class Privacy:
        open = ("id", "council", "number", "held_at", "place", "state", "minutes", "created_at", "closed_at")
        personal = ("present", "created_by")

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="meetings")
    number = models.CharField("номер протокола", max_length=40)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(
        max_length=20, default=MeetingState.PLANNED, choices=list(MEETING_LABELS.items())
    )
    present = models.ManyToManyField(settings.AUTH_USER_MODEL, blank=True, related_name="council_meetings")
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    minutes = models.OneToOneField(
        Minutes, null=True, blank=True, on_delete=models.PROTECT, related_name="meeting"
    )

    class Meta:
        ordering = ("-held_at", "-id")
        constraints = (
            models.CheckConstraint(name="meeting_state_is_known", condition=Q(state__in=list(MeetingState))),
            models.CheckConstraint(
                name="closed_meeting_has_minutes",
                condition=~Q(state="closed") | Q(minutes__isnull=False, closed_at__isnull=False),
            ),
            models.UniqueConstraint(fields=("council", "number"), name="meeting_number_is_unique_in_council"),
        )

    def __str__(self) -> str:
        return f"{self.council}, заседание № {self.number}"


class MeetingItem(models.Model):
    """One question of the agenda and what was resolved on it."""

    class Privacy:
        open = (
            "id",
            "meeting",
            "position",
            "question",
            "organisation",
            "resolved",
            "votes_for",
            "votes_against",
            "votes_abstained",
            "errand",
        )
        personal = ("speaker",)

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    question = models.CharField("вопрос", max_length=500)
    speaker = models.CharField("докладчик", max_length=200, blank=True)
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    resolved = models.TextField("решили", blank=True)
    votes_for = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField(null=True, blank=True)
    errand = models.ForeignKey(
        Errand, null=True, blank=True, on_delete=models.PROTECT, related_name="meeting_items"
    )

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("meeting", "position"), name="question_has_its_place_on_the_agenda"
            ),
        )

    def __str__(self) -> str:
        return self.question
