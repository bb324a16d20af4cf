"""Reads for starting an application from an earlier one: which there are and what they would give."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from innoset.contests.models import Application
from innoset.projects import queries as projects
from innoset.projects.models import Answer
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.field_maps import Plan, plan


def sources_of(application: Application) -> QuerySet[Application]:
    """Return the other applications of the same organisation that have something written, newest first."""
    written = Answer.objects.filter(passport__project=OuterRef("project")).exclude(text="")
    return (
        Application.objects.filter(Q(Exists(written)) | Q(version__isnull=False))
        .filter(organisation=application.organisation_id)
        .exclude(pk=application.pk)
        .select_related("contest", "project__passport", "version", "nomination")
        .order_by("-created_at", "-id")
    )


def plan_of(application: Application, source: Application) -> Plan:
    """Lay what was sent last (or, if nothing was, what is written) out in the application's form."""
    target = projects.form_of(application.project.passport)
    if source.version is not None:
        return plan(form_by_code(source.version.form_code), source.version.values, target)
    passport = source.project.passport
    return plan(projects.form_of(passport), projects.values_of(passport), target)
