"""Tables of the coordination council."""

from uuid import uuid4

from django.conf import settings
from django.db import models
from django.db.models import Q

from innoset.contests.models.applications import Application
from innoset.contests.models.contests import Contest
from innoset.contests.states import (
    CHOICE_LABELS,
    DECISION_LABELS,
    SITTING_LABELS,
    Choice,
    Decision,
    SittingState,
)
from innoset.documents.models import Minutes
from innoset.network.models import Organisation


class Council(models.Model):
    """A coordination council: who sits in it and how many make a quorum."""

    class Privacy:
        open = ("id", "title", "organisation", "quorum_share", "is_active")

    title = models.CharField(max_length=300)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="councils")
    # More than this share of the seats must be present.
    quorum_share = models.DecimalField(max_digits=4, decimal_places=3, default="0.5")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.title


class Seat(models.Model):
    """A person's seat in a council."""

    class Privacy:
        open = ("id", "council", "part", "is_active")
        personal = ("person",)

    class Part(models.TextChoices):
        CHAIR = "chair", "Председатель"
        SECRETARY = "secretary", "Секретарь"
        MEMBER = "member", "Член совета"

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="council_seats"
    )
    part = models.CharField(max_length=20, choices=Part, default=Part.MEMBER)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("council", "person"), name="person_sits_once_in_a_council"),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.get_part_display()}"


class Sitting(models.Model):
    """A sitting of a council on one contest."""

    class Privacy:
        open = (
            "id",
            "contest",
            "council",
            "number",
            "held_at",
            "place",
            "state",
            "cut_line",
            "minutes",
            "opened_at",
            "closed_at",
            "is_secret",
        )

    contest = models.ForeignKey(Contest, on_delete=models.PROTECT, related_name="sittings")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="sittings")
    number = models.CharField("номер протокола", max_length=40)
    held_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True)
    # How many first places of the ranking are above the line; null = by the threshold alone.
    cut_line = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(
        max_length=20, default=SittingState.PLANNED, choices=list(SITTING_LABELS.items())
    )
    # Members vote from their own places without anybody learning how.
    is_secret = models.BooleanField(default=False)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    minutes = models.OneToOneField(
        Minutes, null=True, blank=True, on_delete=models.PROTECT, related_name="sitting"
    )

    class Meta:
        ordering = ("-held_at", "-id")
        constraints = (
            models.CheckConstraint(name="sitting_state_is_known", condition=Q(state__in=list(SittingState))),
            models.CheckConstraint(
                name="closed_sitting_has_minutes",
                condition=~Q(state="closed") | Q(minutes__isnull=False, closed_at__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("contest",), condition=~Q(state="closed"), name="one_sitting_at_a_time_on_a_contest"
            ),
        )

    def __str__(self) -> str:
        return f"Заседание № {self.number}"


class Presence(models.Model):
    """Whether a member was at the sitting."""

    class Privacy:
        open = ("id", "sitting", "seat", "is_present")

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="presences")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="presences")
    is_present = models.BooleanField(default=False)

    class Meta:
        ordering = ("seat_id",)
        constraints = (
            models.UniqueConstraint(fields=("sitting", "seat"), name="seat_is_marked_once_a_sitting"),
        )

    def __str__(self) -> str:
        return f"{self.seat}: {'присутствует' if self.is_present else 'отсутствует'}"


class Recusal(models.Model):
    """A member does not vote on an application."""

    class Privacy:
        open = ("id", "sitting", "seat", "application", "declared_at")
        personal = ("reason",)

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="recusals")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="recusals")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="recusals")
    reason = models.CharField(max_length=300)
    declared_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("sitting", "seat", "application"), name="member_recuses_once_on_an_application"
            ),
        )

    def __str__(self) -> str:
        return f"{self.seat}: {self.application}"


class Resolution(models.Model):
    """The council's decision on one application."""

    class Privacy:
        open = (
            "id",
            "sitting",
            "application",
            "decision",
            "place",
            "votes_for",
            "votes_against",
            "votes_abstained",
            "reason",
            "is_departure",
            "resolved_at",
        )

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="resolutions")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="resolutions")
    decision = models.CharField(max_length=20, choices=list(DECISION_LABELS.items()))
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    votes_for = models.PositiveSmallIntegerField(default=0)
    votes_against = models.PositiveSmallIntegerField(default=0)
    votes_abstained = models.PositiveSmallIntegerField(default=0)
    # The decision departs from the order of places or from the line: then it has a reason.
    is_departure = models.BooleanField(default=False)
    reason = models.TextField(blank=True)
    resolved_at = models.DateTimeField()

    class Meta:
        ordering = ("place", "id")
        constraints = (
            models.UniqueConstraint(fields=("sitting", "application"), name="one_resolution_an_application"),
            models.CheckConstraint(
                name="resolution_decision_is_known", condition=Q(decision__in=list(Decision))
            ),
            models.CheckConstraint(
                name="departure_has_a_reason", condition=Q(is_departure=False) | ~Q(reason="")
            ),
        )

    def __str__(self) -> str:
        return f"{self.application}: {self.get_decision_display()}"


class Ballot(models.Model):
    """A vote on one application, taken from the places of the members."""

    class Privacy:
        open = ("id", "sitting", "application", "is_secret", "opened_at", "closed_at")

    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="ballots")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="ballots")
    is_secret = models.BooleanField(default=False)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("sitting", "application"), name="application_is_balloted_once_a_sitting"
            ),
        )

    def __str__(self) -> str:
        return f"{self.sitting}: {self.application}"


class BallotMark(models.Model):
    """That a member has voted; nobody votes twice."""

    class Privacy:
        open = ("id", "ballot", "seat")

    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="marks")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("ballot", "seat"), name="member_votes_once"),)

    def __str__(self) -> str:
        return f"{self.ballot}: {self.seat}"


class Vote(models.Model):
    """How one vote went; of a secret ballot nobody can tell whose it was.

    The key is random, so that not even the order of the rows tells who voted when.
    """

    class Privacy:
        open = ("id", "ballot", "choice")
        personal = ("seat",)

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    ballot = models.ForeignKey(Ballot, on_delete=models.CASCADE, related_name="votes")
    seat = models.ForeignKey(Seat, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=20, choices=list(CHOICE_LABELS.items()))

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="vote_choice_is_known", condition=Q(choice__in=list(Choice))),
        )

    def __str__(self) -> str:
        return self.get_choice_display()
