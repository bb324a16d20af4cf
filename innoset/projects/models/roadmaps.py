"""Tables of roadmaps and plans: measures, who answers for them, by when, what has come of them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.foundation.files.models import StoredFile
from innoset.network.models import Dissemination, Organisation
from innoset.projects.models.passports import Project
from innoset.projects.states import ROADMAP_KIND_LABELS, ROADMAP_LABELS, RoadmapState


class Roadmap(models.Model):
    """The roadmap of a project, or the yearly plan of a centre (plan and fact)."""

    class Privacy:
        open = (
            "id",
            "kind",
            "project",
            "organisation",
            "year",
            "title",
            "state",
            "created_at",
            "sent_at",
            "approved_at",
            "return_note",
        )
        personal = ("created_by", "approved_by")

    kind = models.CharField(max_length=20, choices=list(ROADMAP_KIND_LABELS.items()))
    project = models.OneToOneField(
        Project, null=True, blank=True, on_delete=models.PROTECT, related_name="roadmap"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="roadmaps")
    # Of a plan: the calendar year.
    year = models.PositiveSmallIntegerField(null=True, blank=True)
    title = models.CharField("название", max_length=300)
    state = models.CharField(max_length=20, choices=list(ROADMAP_LABELS.items()), default=RoadmapState.DRAFT)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    return_note = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(name="roadmap_state_is_known", condition=Q(state__in=list(RoadmapState))),
            models.CheckConstraint(
                name="roadmap_is_of_a_project_or_of_a_year",
                condition=Q(kind="roadmap", project__isnull=False, year=None)
                | Q(kind="plan", project=None, year__isnull=False),
            ),
            models.CheckConstraint(
                name="approved_roadmap_says_who_and_when",
                condition=~Q(state="approved") | Q(approved_at__isnull=False, approved_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("organisation", "year"),
                condition=Q(kind="plan"),
                name="organisation_has_one_plan_a_year",
            ),
        )

    def __str__(self) -> str:
        return self.title


class RoadmapItem(models.Model):
    """One measure: stage, what, who answers, by when, which result, how much is done."""

    class Privacy:
        open = (
            "id",
            "roadmap",
            "stage",
            "position",
            "title",
            "starts_on",
            "ends_on",
            "result",
            "done_percent",
            "done_on",
            "unit",
            "planned",
            "actual",
            "actual_note",
            "dissemination",
            "origin",
            "dropped_at",
            "drop_reason",
            "version",
            "warned_of",
            "overdue_told_of",
        )
        personal = ("responsible", "responsible_person")

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="items")
    stage = models.CharField("этап или раздел", max_length=200, blank=True)
    position = models.PositiveSmallIntegerField(default=0)
    title = models.CharField("мероприятие", max_length=500)
    # As the paper names them; `responsible_person` where the person has an account.
    responsible = models.CharField("ответственный", max_length=300, blank=True)
    responsible_person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="roadmap_items",
    )
    starts_on = models.DateField("начало", null=True, blank=True)
    ends_on = models.DateField("срок")
    result = models.CharField("ожидаемый результат", max_length=500, blank=True)
    done_percent = models.PositiveSmallIntegerField("выполнено, %", default=0)
    done_on = models.DateField("выполнено", null=True, blank=True)
    # Plan and fact in numbers: «семинаров», 4, 3.
    unit = models.CharField("единица", max_length=60, blank=True)
    planned = models.PositiveIntegerField("план", null=True, blank=True)
    actual = models.PositiveIntegerField("факт", null=True, blank=True)
    actual_note = models.CharField("что сделано", max_length=500, blank=True)
    # What was held or published: the same row that reports count.
    dissemination = models.ForeignKey(
        Dissemination, null=True, blank=True, on_delete=models.SET_NULL, related_name="roadmap_items"
    )
    # «passport:13:2»: the line of the passport that it was made from.
    origin = models.CharField(max_length=60, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    drop_reason = models.CharField(max_length=500, blank=True)
    version = models.PositiveIntegerField(default=1)
    # The deadlines about which people were told: each one once, a moved one anew.
    warned_of = models.DateField(null=True, blank=True)
    overdue_told_of = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("position", "id")
        constraints = (
            models.CheckConstraint(name="item_is_done_by_a_share", condition=Q(done_percent__lte=100)),
            models.CheckConstraint(
                name="done_item_has_a_date",
                condition=(Q(done_percent=100) & Q(done_on__isnull=False))
                | (Q(done_percent__lt=100) & Q(done_on=None)),
            ),
            models.CheckConstraint(
                name="item_ends_after_it_begins", condition=Q(starts_on=None) | Q(ends_on__gte=F("starts_on"))
            ),
            models.UniqueConstraint(
                fields=("roadmap", "origin"), condition=~Q(origin=""), name="line_becomes_one_item"
            ),
        )

    def __str__(self) -> str:
        return self.title


class RoadmapChange(models.Model):
    """A correction of an approved roadmap: what it was, what it became, why. Never changed."""

    class Privacy:
        open = ("id", "roadmap", "item", "at", "reason")
        personal = ("before", "after", "by")

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="changes")
    item = models.ForeignKey(RoadmapItem, on_delete=models.CASCADE, related_name="changes")
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField("причина", max_length=500)
    # {"ends_on": "2026-12-01", …}: only the columns that differ; before = {} for a new item.
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.at:%d.%m.%Y} {self.item}"


class RoadmapImport(models.Model):
    """A table that was read into a roadmap: the file is kept, each row has its verdict, nothing is written yet."""

    class Privacy:
        open = ("id", "roadmap", "counts", "created_at", "applied_at")
        personal = ("file", "rows", "created_by")

    roadmap = models.ForeignKey(Roadmap, on_delete=models.CASCADE, related_name="imports")
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+")
    # [{"line": 2, "verdict": "new"|"changed"|"same"|"bad", "reasons": […], "number": 3, "values": {…}}, …]
    rows = models.JSONField(default=list)
    counts = models.JSONField(default=dict)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    applied_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)

    def __str__(self) -> str:
        return f"{self.file} → {self.roadmap}"
