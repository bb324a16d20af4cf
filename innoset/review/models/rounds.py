"""Tables of rounds and of their panels."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from innoset.network.models import Organisation
from innoset.review.models.criteria import Rubric
from innoset.review.models.dossiers import Dossier
from innoset.review.states import (
    OWN_MUNICIPALITY_LABELS,
    ROUND_KIND_LABELS,
    ROUND_LABELS,
    SEAT_LABELS,
    WISH_LABELS,
    OwnMunicipality,
    RoundKind,
    RoundState,
    SeatState,
    Wish,
)


class Round(models.Model):
    """One tour of expertise: dossiers, a panel, a rubric, a term."""

    class Privacy:
        open = (
            "id",
            "title",
            "kind",
            "organiser",
            "rubric",
            "dossiers",
            "opens_at",
            "closes_at",
            "sheets_per_dossier",
            "disagreement_share",
            "is_blind",
            "state",
            "place",
            "minutes_per_page",
            "own_municipality",
            "municipality_cap",
            "alternates",
            "greatest_probability",
            "answer_by",
            "bids_until",
            "experts_are_named",
        )

    title = models.CharField(max_length=300)
    kind = models.CharField(max_length=20, choices=list(ROUND_KIND_LABELS.items()), default=RoundKind.REMOTE)
    # Whose organisers run the round.
    organiser = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="rounds")
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="rounds")
    dossiers = models.ManyToManyField(Dossier, blank=True, related_name="rounds")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    sheets_per_dossier = models.PositiveSmallIntegerField(default=2)
    # (max − min) above this share of the maximum is a disagreement.
    disagreement_share = models.DecimalField(max_digits=4, decimal_places=3, default="0.25")
    is_blind = models.BooleanField(default=True)
    # How long an expert reads a page and judges it: loads are kept in minutes.
    minutes_per_page = models.PositiveSmallIntegerField(default=4)
    own_municipality = models.CharField(
        max_length=20, choices=list(OWN_MUNICIPALITY_LABELS.items()), default=OwnMunicipality.BARRED
    )
    # At most so many experts of one municipality on a dossier; null = no such rule.
    municipality_cap = models.PositiveSmallIntegerField(null=True, blank=True)
    alternates = models.PositiveSmallIntegerField(default=2)
    # No pair is more probable than this when lots are drawn; null = no lots.
    greatest_probability = models.DecimalField(max_digits=4, decimal_places=3, null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    bids_until = models.DateTimeField(null=True, blank=True)
    # After the results applicants learn who judged their work.
    experts_are_named = models.BooleanField(default=False)
    place = models.CharField(max_length=200, blank=True)
    state = models.CharField(max_length=20, choices=list(ROUND_LABELS.items()), default=RoundState.PREPARING)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="round_state_is_known", condition=Q(state__in=list(RoundState))),
            models.CheckConstraint(
                name="round_closes_after_it_opens", condition=Q(closes_at__gt=models.F("opens_at"))
            ),
            models.CheckConstraint(
                name="round_probability_is_a_share",
                condition=Q(greatest_probability=None)
                | Q(greatest_probability__gt=0, greatest_probability__lte=1),
            ),
            models.CheckConstraint(name="round_wants_a_sheet", condition=Q(sheets_per_dossier__gte=1)),
        )

    def __str__(self) -> str:
        return self.title


class RoundRubric(models.Model):
    """The criteria of one group of dossiers of a round, where they differ from the round's own."""

    class Privacy:
        open = ("id", "round", "group", "rubric")

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="group_rubrics")
    group = models.CharField(max_length=200)
    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="group_rounds")

    class Meta:
        ordering = ("group",)
        constraints = (
            models.UniqueConstraint(fields=("round", "group"), name="group_has_one_rubric_in_a_round"),
        )

    def __str__(self) -> str:
        return f"{self.group}: {self.rubric}"


class PanelSeat(models.Model):
    """A person on the panel of a round: an expert who scores, or an observer who only reads."""

    class Privacy:
        open = (
            "id",
            "round",
            "role",
            "state",
            "invited_at",
            "answered_at",
            "most",
            "least_minutes",
            "most_minutes",
            "answer_by",
            "consented_at",
        )
        personal = ("person", "reason")

    class Part(models.TextChoices):
        EXPERT = "expert", "Эксперт"
        OBSERVER = "observer", "Наблюдатель"

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="panel_seats")
    role = models.CharField(max_length=20, choices=Part, default=Part.EXPERT)
    state = models.CharField(max_length=20, choices=list(SEAT_LABELS.items()), default=SeatState.INVITED)
    # How many dossiers the expert takes at most; null = no own limit.
    most = models.PositiveSmallIntegerField(null=True, blank=True)
    # The load in minutes; null = no own limit.
    least_minutes = models.PositiveIntegerField(null=True, blank=True)
    most_minutes = models.PositiveIntegerField(null=True, blank=True)
    answer_by = models.DateTimeField(null=True, blank=True)
    consented_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    invited_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("round", "person"), name="person_sits_once_on_a_panel"),
            models.CheckConstraint(
                name="answered_seat_has_time", condition=Q(state="invited") | Q(answered_at__isnull=False)
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.round}"


class Bid(models.Model):
    """What an expert would like to judge, told before the assignment."""

    class Privacy:
        open = ("id", "round", "dossier", "wish", "made_at")
        personal = ("person",)

    round = models.ForeignKey(Round, on_delete=models.CASCADE, related_name="bids")
    dossier = models.ForeignKey(Dossier, on_delete=models.PROTECT, related_name="bids")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="bids")
    wish = models.CharField(max_length=20, choices=list(WISH_LABELS.items()))
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="bid_wish_is_known", condition=Q(wish__in=list(Wish))),
            models.UniqueConstraint(
                fields=("round", "dossier", "person"), name="expert_bids_once_on_a_dossier"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person} → {self.dossier}: {self.get_wish_display()}"
