"""Tables of indicators, of their values, of the index and of self-analysis."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.analytics.states import SCOPE_LABELS, SOURCE_LABELS, Scope, Source
from innoset.foundation.files.models import StoredFile
from innoset.network.models import Municipality, Organisation, Status


class Indicator(models.Model):
    """What is measured: its definition, its unit, where its values come from, what is aimed at."""

    class Privacy:
        open = (
            "id",
            "code",
            "title",
            "definition",
            "unit",
            "scope",
            "source",
            "counter",
            "is_share",
            "target",
            "target_on",
            "position",
            "is_public",
            "is_active",
        )

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField("название", max_length=200)
    definition = models.TextField("что и как считают")
    # The word after the figure: «посетителей», «₽», «%».
    unit = models.CharField("единица", max_length=60)
    scope = models.CharField(max_length=20, choices=list(SCOPE_LABELS.items()))
    source = models.CharField(max_length=20, choices=list(SOURCE_LABELS.items()))
    # The name of the reckoning for what the site counts itself; empty otherwise.
    counter = models.CharField(max_length=60, blank=True)
    # A share is always shown with its numerator and its denominator.
    is_share = models.BooleanField(default=False)
    target = models.DecimalField("цель", max_digits=16, decimal_places=2, null=True, blank=True)
    target_on = models.DateField("к какому дню", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    is_public = models.BooleanField("виден всем", default=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(name="indicator_source_is_known", condition=Q(source__in=list(Source))),
            models.CheckConstraint(name="indicator_scope_is_known", condition=Q(scope__in=list(Scope))),
            models.CheckConstraint(
                name="counted_indicator_has_a_counter",
                condition=Q(source="counted", counter__gt="") | (~Q(source="counted") & Q(counter="")),
            ),
        )

    def __str__(self) -> str:
        return self.title


class Measurement(models.Model):
    """The value of an indicator for somebody over a period. A new value takes the place of the old; both stay."""

    class Privacy:
        open = (
            "id",
            "indicator",
            "organisation",
            "municipality",
            "starts_on",
            "ends_on",
            "value",
            "numerator",
            "denominator",
            "is_partial",
            "is_floor",
            "source_note",
            "recorded_at",
            "replaced_at",
        )
        personal = ("recorded_by",)

    indicator = models.ForeignKey(Indicator, on_delete=models.PROTECT, related_name="measurements")
    # Both empty = the whole network.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="measurements"
    )
    municipality = models.ForeignKey(
        Municipality, null=True, blank=True, on_delete=models.PROTECT, related_name="measurements"
    )
    starts_on = models.DateField("период с")
    ends_on = models.DateField("период по")
    # Null = it is known that nobody knows; never nought by default.
    value = models.DecimalField("значение", max_digits=16, decimal_places=2, null=True, blank=True)
    numerator = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    denominator = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    # The period is not over: the value is not to be set beside whole ones.
    is_partial = models.BooleanField("за часть периода", default=False)
    # «Более 350»: the exact number was not told, so the value is not to be set beside exact ones.
    is_floor = models.BooleanField("не меньше", default=False)
    source_note = models.CharField("откуда значение", max_length=300, blank=True)
    recorded_at = models.DateTimeField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    replaced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("indicator", "starts_on", "id")
        constraints = (
            models.CheckConstraint(
                name="measurement_ends_after_it_begins", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="measurement_is_of_one_holder", condition=Q(organisation=None) | Q(municipality=None)
            ),
            models.CheckConstraint(
                name="measurement_denominator_is_not_nought",
                condition=Q(denominator=None) | ~Q(denominator=0),
            ),
            models.UniqueConstraint(
                fields=("indicator", "organisation", "starts_on", "ends_on"),
                condition=Q(replaced_at=None, organisation__isnull=False),
                name="one_live_measurement_per_organisation_and_period",
            ),
            models.UniqueConstraint(
                fields=("indicator", "municipality", "starts_on", "ends_on"),
                condition=Q(replaced_at=None, municipality__isnull=False),
                name="one_live_measurement_per_municipality_and_period",
            ),
            models.UniqueConstraint(
                fields=("indicator", "starts_on", "ends_on"),
                condition=Q(replaced_at=None, organisation=None, municipality=None),
                name="one_live_measurement_of_the_network_per_period",
            ),
        )

    def __str__(self) -> str:
        return f"{self.indicator}, {self.starts_on:%d.%m.%Y}–{self.ends_on:%d.%m.%Y}: {self.value}"


class IndexFormula(models.Model):
    """A published version of the efficiency index of a site: its parts and their weights."""

    class Privacy:
        open = ("id", "version", "title", "parts", "published_at", "note")
        personal = ("published_by",)

    version = models.PositiveSmallIntegerField(unique=True)
    title = models.CharField(max_length=200)
    # [{"code": "events", "title": …, "weight": "0.25", "full": 4, "definition": …}, …]; weights sum up to 1
    parts = models.JSONField(default=list)
    published_at = models.DateTimeField()
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-version",)

    def __str__(self) -> str:
        return f"{self.title}, редакция {self.version}"


class AnalysisQuestion(models.Model):
    """A statement of the self-analysis that a site agrees with on a scale of 0 … 4."""

    class Privacy:
        open = ("id", "code", "group", "text", "anchors", "position", "is_active")

    code = models.SlugField(max_length=60, unique=True)
    group = models.CharField(max_length=200)
    text = models.CharField(max_length=500)
    # Five lines: what 0, 1, 2, 3 and 4 mean.
    anchors = models.JSONField(default=list)
    position = models.PositiveSmallIntegerField(default=0)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ("position", "id")

    def __str__(self) -> str:
        return self.text


class Analysis(models.Model):
    """The analysis of a site over a school year: its own, and an expert's beside it."""

    class Privacy:
        open = ("id", "status", "school_year", "view", "sent_at", "created_at")
        personal = ("person", "summary")

    class View(models.TextChoices):
        OWN = "own", "Самоанализ"
        EXPERT = "expert", "Анализ эксперта"

    status = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="analyses")
    school_year = models.PositiveSmallIntegerField()
    view = models.CharField(max_length=20, choices=View)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    summary = models.TextField("вывод", blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-school_year", "status", "view")
        constraints = (
            models.UniqueConstraint(
                fields=("status", "school_year", "view"), name="site_is_analysed_once_a_year_in_a_view"
            ),
        )

    def __str__(self) -> str:
        return f"{self.status}, {self.school_year}, {self.get_view_display()}"


class AnalysisAnswer(models.Model):
    """The mark on one statement, with what proves it."""

    class Privacy:
        open = ("id", "analysis", "question", "value")
        personal = ("comment",)

    analysis = models.ForeignKey(Analysis, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(AnalysisQuestion, on_delete=models.PROTECT, related_name="+")
    value = models.PositiveSmallIntegerField(null=True, blank=True)
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("question__position", "id")
        constraints = (
            models.UniqueConstraint(fields=("analysis", "question"), name="statement_is_marked_once"),
            models.CheckConstraint(
                name="analysis_mark_is_on_the_scale", condition=Q(value=None) | Q(value__lte=4)
            ),
        )

    def __str__(self) -> str:
        return f"{self.question}: {self.value}"


class ValueImport(models.Model):
    """Values read from XLSX or CSV: the file is kept, each row has its verdict, nothing is written before."""

    class Privacy:
        open = ("id", "created_at", "applied_at", "counts")
        personal = ("file", "rows", "created_by")

    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    # [{"line": 2, "verdict": "new"|"update"|"same"|"bad", "reasons": [...], "values": {...}}, …]
    rows = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return str(self.file)
