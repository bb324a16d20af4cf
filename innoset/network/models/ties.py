"""Tables of ties between sites: who leads whom, and what they do together."""

from django.db import models
from django.db.models import F, Q

from innoset.network.models.organisations import Organisation
from innoset.network.models.statuses import Status


class Mentorship(models.Model):
    """That a network site (МСИП) leads a site (МИП). One leads many; nobody leads itself."""

    class Privacy:
        open = ("id", "mentor", "site", "since", "until", "note")

    mentor = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="led_sites")
    site = models.ForeignKey(Status, on_delete=models.PROTECT, related_name="mentorships")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(name="site_does_not_lead_itself", condition=~Q(mentor=F("site"))),
            models.CheckConstraint(
                name="mentorship_ends_after_it_begins", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(
                fields=("site",), condition=Q(until=None), name="site_has_one_mentor_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return f"{self.mentor.organisation} ведёт {self.site.organisation}"


class Agglomeration(models.Model):
    """A group of sites with one theme, such as «Бережливое образование»."""

    class Privacy:
        open = ("id", "code", "title", "theme", "lead", "since", "until", "created_at")

    code = models.SlugField(max_length=60, unique=True)
    title = models.CharField("название", max_length=200)
    theme = models.TextField("тема", blank=True)
    lead = models.ForeignKey(
        Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="led_agglomerations"
    )
    since = models.DateField()
    until = models.DateField(null=True, blank=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ("title", "id")

    def __str__(self) -> str:
        return self.title


class AgglomerationMember(models.Model):
    """That an organisation belongs to an agglomeration, from when till when."""

    class Privacy:
        open = ("id", "agglomeration", "organisation", "since", "until")

    agglomeration = models.ForeignKey(Agglomeration, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="agglomerations")
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(
                fields=("agglomeration", "organisation"),
                condition=Q(until=None),
                name="organisation_is_once_in_an_agglomeration",
            ),
            models.CheckConstraint(
                name="agglomeration_member_leaves_after_joining",
                condition=Q(until=None) | Q(until__gte=F("since")),
            ),
        )

    def __str__(self) -> str:
        return f"{self.organisation}, {self.agglomeration}"
