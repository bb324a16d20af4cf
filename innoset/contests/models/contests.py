"""Tables of a contest: what it is, when, for whom, by which criteria."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.accounts.models import ConsentText
from innoset.contests.states import (
    BASIS_LABELS,
    CONTEST_LABELS,
    STAGE_LABELS,
    ContestState,
    RankingBasis,
    StageKind,
)
from innoset.documents.models import Order
from innoset.foundation.files.models import StoredFile
from innoset.network.models import Municipality, Organisation, StatusKind
from innoset.review.models import Direction, Round, Rubric


class Contest(models.Model):
    """A contest of innovation projects, products or reports."""

    class Privacy:
        open = (
            "id",
            "code",
            "prefix",
            "title",
            "edition",
            "school_year",
            "summary",
            "organiser",
            "municipality",
            "form_code",
            "status_kind",
            "organisation_kinds",
            "consents",
            "regulation",
            "remote_rubric",
            "defence_rubric",
            "remote_round",
            "defence_round",
            "sheets_per_application",
            "remote_threshold",
            "final_threshold",
            "quota",
            "municipality_quota",
            "applications_per_organisation",
            "has_defence",
            "is_blind",
            "state",
            "created_at",
            "published_at",
            "results_at",
            "copied_from",
            "order",
            "cancel_reason",
            "confirmation_ways",
            "confirmation_hours",
            "grace_minutes",
            "word_template",
            "defence_is_blind",
            "experts_are_named",
            "shares_comments",
            "shares_profile",
            "appeal_days",
            "ranking_basis",
        )
        personal = ("created_by",)

    code = models.SlugField("адрес на сайте", max_length=60, unique=True)
    prefix = models.CharField("начало номера заявки", max_length=6, default="ИП")
    title = models.CharField("название", max_length=300)
    edition = models.PositiveSmallIntegerField("выпуск", null=True, blank=True)
    school_year = models.PositiveSmallIntegerField("учебный год (его начало)")
    summary = models.TextField("о конкурсе", blank=True)
    organiser = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="contests")
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="contests"
    )
    form_code = models.CharField("форма", max_length=40, default="passport")
    status_kind = models.ForeignKey(StatusKind, on_delete=models.PROTECT, related_name="contests")
    # Kinds of organisations that may take part; empty = all.
    organisation_kinds = models.JSONField(default=list, blank=True)
    consents = models.ManyToManyField(ConsentText, blank=True, related_name="contests")
    regulation = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    remote_rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="+")
    defence_rubric = models.ForeignKey(
        Rubric, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    remote_round = models.OneToOneField(
        Round, null=True, blank=True, on_delete=models.PROTECT, related_name="remote_contest"
    )
    defence_round = models.OneToOneField(
        Round, null=True, blank=True, on_delete=models.PROTECT, related_name="defence_contest"
    )
    sheets_per_application = models.PositiveSmallIntegerField("экспертов на заявку", default=3)
    remote_threshold = models.DecimalField(
        "проходной балл заочного этапа", max_digits=6, decimal_places=2, null=True, blank=True
    )
    final_threshold = models.DecimalField(
        "проходной итоговый балл", max_digits=6, decimal_places=2, null=True, blank=True
    )
    quota = models.PositiveSmallIntegerField("наибольшее число статусов", null=True, blank=True)
    municipality_quota = models.PositiveSmallIntegerField(
        "не более статусов одному муниципалитету", null=True, blank=True
    )
    applications_per_organisation = models.PositiveSmallIntegerField("заявок от организации", default=1)
    has_defence = models.BooleanField("с открытой защитой", default=True)
    is_blind = models.BooleanField("эксперты не видят автора", default=True)
    defence_is_blind = models.BooleanField("на защите эксперты не видят автора", default=False)
    experts_are_named = models.BooleanField("после итогов участник узнаёт экспертов", default=False)
    shares_comments = models.BooleanField("участник получает замечания экспертов", default=True)
    shares_profile = models.BooleanField("участник видит свои баллы среди всех", default=False)
    # How many days after the results an appeal may be filed; nought = no appeals.
    appeal_days = models.PositiveSmallIntegerField("дней на апелляцию", default=3)
    ranking_basis = models.CharField(
        "места считают по", max_length=20, default=RankingBasis.RAW, choices=list(BASIS_LABELS.items())
    )
    # In which ways a head may confirm an application (ConfirmationWay); empty = no confirmation is asked.
    confirmation_ways = models.JSONField(default=list, blank=True)
    # An application sent by itself in time waits so long for the head.
    confirmation_hours = models.PositiveSmallIntegerField("часов на подпись после срока", default=48)
    # One grace for all, stated openly.
    grace_minutes = models.PositiveSmallIntegerField("допуск после срока, минут", default=10)
    # The official Word form as the organiser has edited it; the product's own when there is none.
    word_template = models.ForeignKey(
        StoredFile, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    state = models.CharField(max_length=20, default=ContestState.DRAFT, choices=list(CONTEST_LABELS.items()))
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    published_at = models.DateTimeField(null=True, blank=True)
    results_at = models.DateTimeField(null=True, blank=True)
    order = models.ForeignKey(Order, null=True, blank=True, on_delete=models.PROTECT, related_name="contests")
    cancel_reason = models.CharField("почему отменён", max_length=500, blank=True)
    copied_from = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies"
    )

    class Meta:
        ordering = ("-school_year", "-id")
        constraints = (
            models.CheckConstraint(name="contest_state_is_known", condition=Q(state__in=list(ContestState))),
            models.CheckConstraint(
                name="ranking_basis_is_known", condition=Q(ranking_basis__in=list(RankingBasis))
            ),
            models.CheckConstraint(
                name="published_contest_has_time",
                condition=Q(state__in=["draft", "cancelled"]) | Q(published_at__isnull=False),
            ),
            models.CheckConstraint(
                name="finished_contest_has_results_time_and_order",
                condition=~Q(state="finished") | Q(results_at__isnull=False, order__isnull=False),
            ),
        )

    def __str__(self) -> str:
        return self.title


class ContestStage(models.Model):
    """A stage of the calendar, with exact times."""

    class Privacy:
        open = ("id", "contest", "kind", "title", "starts_at", "ends_at")

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="stages")
    kind = models.CharField(max_length=20, choices=list(STAGE_LABELS.items()))
    title = models.CharField(max_length=200, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        ordering = ("starts_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("contest", "kind"), name="contest_has_one_stage_of_a_kind"),
            models.CheckConstraint(name="stage_kind_is_known", condition=Q(kind__in=list(StageKind))),
            models.CheckConstraint(
                name="stage_ends_after_it_starts", condition=Q(ends_at__gt=F("starts_at"))
            ),
        )

    def __str__(self) -> str:
        return self.title or self.get_kind_display()


class Nomination(models.Model):
    """A nomination of a contest, with its own quota if it has one."""

    class Privacy:
        open = (
            "id",
            "contest",
            "title",
            "quota",
            "position",
            "directions",
            "remote_rubric",
            "defence_rubric",
        )

    contest = models.ForeignKey(Contest, on_delete=models.CASCADE, related_name="nominations")
    title = models.CharField(max_length=200)
    quota = models.PositiveSmallIntegerField(null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    directions = models.ManyToManyField(Direction, blank=True, related_name="nominations")
    # Own criteria; null = those of the contest.
    remote_rubric = models.ForeignKey(
        Rubric, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    defence_rubric = models.ForeignKey(
        Rubric, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("contest", "title"), name="nomination_title_is_unique_in_contest"
            ),
        )

    def __str__(self) -> str:
        return self.title
