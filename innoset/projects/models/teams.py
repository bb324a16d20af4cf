"""Tables of who works on a project and who joins it from elsewhere."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from innoset.network.models import Organisation
from innoset.projects.models.passports import Project
from innoset.projects.states import PARTNERSHIP_LABELS, TEAM_LABELS, PartnershipState, TeamPart


class TeamMember(models.Model):
    """A person in the team of a project, with an account or without."""

    class Privacy:
        open = ("id", "project", "part", "since", "until")
        personal = ("person", "name", "position", "degree")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="team")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="project_teams",
    )
    name = models.CharField("фамилия, имя, отчество", max_length=200)
    position = models.CharField("должность", max_length=200, blank=True)
    degree = models.CharField("учёная степень, звание", max_length=200, blank=True)
    part = models.CharField(max_length=20, choices=list(TEAM_LABELS.items()), default=TeamPart.AUTHOR)
    since = models.DateField()
    until = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("part", "id")
        constraints = (
            models.CheckConstraint(name="team_part_is_known", condition=Q(part__in=list(TeamPart))),
            models.CheckConstraint(
                name="team_member_leaves_after_joining", condition=Q(until=None) | Q(until__gte=F("since"))
            ),
            models.UniqueConstraint(
                fields=("project", "name", "part"),
                condition=Q(until=None),
                name="person_is_once_in_a_team_in_a_part",
            ),
        )

    def __str__(self) -> str:
        return f"{self.name}, {self.get_part_display()}"


class Partnership(models.Model):
    """An organisation that a project invites, and its answer."""

    class Privacy:
        open = (
            "id",
            "project",
            "organisation",
            "state",
            "purpose",
            "answer",
            "invited_at",
            "answered_at",
            "ended_on",
        )
        personal = ("invited_by", "answered_by")

    project = models.ForeignKey(Project, on_delete=models.CASCADE, related_name="partnerships")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="partnerships")
    state = models.CharField(
        max_length=20, choices=list(PARTNERSHIP_LABELS.items()), default=PartnershipState.INVITED
    )
    purpose = models.CharField("что делать вместе", max_length=500)
    answer = models.CharField("ответ", max_length=500, blank=True)
    invited_at = models.DateTimeField()
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ("-id",)
        constraints = (
            models.CheckConstraint(
                name="partnership_state_is_known", condition=Q(state__in=list(PartnershipState))
            ),
            models.CheckConstraint(
                name="answered_partnership_says_who_and_when",
                condition=Q(state__in=["invited", "withdrawn"])
                | Q(answered_at__isnull=False, answered_by__isnull=False),
            ),
            models.UniqueConstraint(
                fields=("project", "organisation"),
                condition=Q(state__in=["invited", "accepted"]),
                name="project_asks_a_partner_once_at_a_time",
            ),
        )

    def __str__(self) -> str:
        return f"{self.project}: {self.organisation}"
