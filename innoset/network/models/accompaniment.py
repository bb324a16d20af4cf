"""Tables of the people who accompany sites, of what they advise and of what they are asked to do."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.network.models.organisations import Organisation
from innoset.network.models.statuses import Status
from innoset.network.states import PART_LABELS, Part


class Accompaniment(models.Model):
    """That a person accompanies a site: as its network methodist, tutor or curator.

    A site has one methodist at a time, and as many tutors and curators as it needs.
    """

    class Privacy:
        open = ("id", "status", "part", "direction", "since", "until")
        personal = ("person",)

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="accompaniments"
    )
    status = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="accompaniments")
    part = models.CharField(max_length=20, choices=list(PART_LABELS.items()))
    direction = models.CharField("направление", max_length=200, blank=True)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="accompaniment_part_is_known", condition=Q(part__in=list(Part))),
            models.CheckConstraint(
                name="accompaniment_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(
                fields=("person", "status", "part"),
                condition=Q(until=None),
                name="person_accompanies_a_site_once_in_a_part",
            ),
            models.UniqueConstraint(
                fields=("status",),
                condition=Q(until=None, part="methodist"),
                name="site_has_one_methodist_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.get_part_display()}: {self.status}"


class Consultation(models.Model):
    """One consultation that was given: when, on what, to whom, with what advice."""

    class Privacy:
        open = (
            "id",
            "status",
            "organisation",
            "on",
            "topic",
            "minutes",
            "people",
            "is_remote",
            "recorded_at",
        )
        personal = ("given_by", "participants", "advice")

    # The site that was advised; empty when the organisation has no status yet.
    status = models.ForeignKey(
        Status, null=True, blank=True, on_delete=models.PROTECT, related_name="consultations"
    )
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="consultations")
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="given_consultations"
    )
    on = models.DateField()
    topic = models.CharField("тема", max_length=300)
    participants = models.TextField("участники", blank=True)
    people = models.PositiveSmallIntegerField("сколько участников", default=1)
    minutes = models.PositiveSmallIntegerField("сколько минут", null=True, blank=True)
    is_remote = models.BooleanField("дистанционно", default=False)
    advice = models.TextField("что посоветовали", blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("-on", "-id")

    def __str__(self) -> str:
        return f"{self.on:%d.%m.%Y} {self.topic}"


class WorkingGroup(models.Model):
    """A working group of the network: what for, and who is in it."""

    class Privacy:
        open = ("id", "title", "purpose", "organisation", "since", "until", "created_at")

    title = models.CharField("название", max_length=200)
    purpose = models.TextField("задача", blank=True)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="working_groups")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title


class WorkingGroupMember(models.Model):
    """A person in a working group."""

    class Privacy:
        open = ("id", "group", "is_leader", "since", "until")
        personal = ("person",)

    group = models.ForeignKey(WorkingGroup, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="working_groups"
    )
    is_leader = models.BooleanField(default=False)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-is_leader", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("group", "person"), condition=Q(until=None), name="person_is_once_in_a_working_group"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.group}"


class Errand(models.Model):
    """Something that somebody is asked to do by a day (поручение)."""

    class Privacy:
        open = (
            "id",
            "title",
            "organisation",
            "status",
            "due_on",
            "source",
            "made_at",
            "done_at",
            "dropped_at",
        )
        personal = ("assignee", "made_by", "outcome")

    title = models.CharField("что сделать", max_length=300)
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="errands")
    # About whom: empty when about nobody in particular.
    organisation = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="errands"
    )
    status = models.ForeignKey(
        Status, null=True, blank=True, on_delete=models.PROTECT, related_name="errands"
    )
    due_on = models.DateField("срок", null=True, blank=True)
    # Where it comes from, in words: «Решение совета от 12.11.2026, вопрос 2»; empty = by hand.
    source = models.CharField(max_length=200, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)
    dropped_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField("что вышло", max_length=500, blank=True)

    class Meta:
        ordering = (F("due_on").asc(nulls_last=True), "id")
        constraints = (
            models.CheckConstraint(
                name="errand_is_done_or_dropped", condition=Q(done_at=None) | Q(dropped_at=None)
            ),
        )

    def __str__(self) -> str:
        return self.title
