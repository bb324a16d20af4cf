"""Reads of projects: which form a passport follows and what is written in it."""

from typing import Any

from django.db.models import QuerySet

from innoset.network.queries import organisation_ids_of
from innoset.network.states import Role
from innoset.projects.models import Answer, Passport, PassportVersion, Project
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Field, Form, Kind, fields_of
from innoset.projects.pure.people import names_in


def form_of(passport: Passport) -> Form:
    """Return the form that the passport follows."""
    return form_by_code(passport.form_code)


def fields_in(passport: Passport) -> tuple[Field, ...]:
    """Return the fields of the passport's form with as many stages as the passport has."""
    return fields_of(form_of(passport), stages=passport.stages)


def answers_of(passport: Passport) -> dict[str, Answer]:
    """Return the answers by key; those of stages that were taken away are left out."""
    kept = {answer.key: answer for answer in passport.answers.select_related("saved_by")}
    return {field.key: kept[field.key] for field in fields_in(passport) if field.key in kept}


def values_of(passport: Passport) -> dict[str, str]:
    """Return the texts by key, only those that are not empty."""
    return {key: answer.text for key, answer in answers_of(passport).items() if answer.text}


def last_version_of(passport: Passport) -> PassportVersion | None:
    """Return the version that was frozen last."""
    return passport.versions.order_by("-number").first()


def projects_visible_to(person: Any) -> QuerySet[Project]:
    """Return the projects of the organisations where the person writes."""
    mine = organisation_ids_of(person, Role.HEAD, Role.EDITOR)
    return Project.objects.filter(organisation__in=mine).select_related("organisation", "passport")


def people_of(version: PassportVersion | None) -> tuple[str, ...]:
    """Return the names of the authors in a frozen version."""
    if version is None:
        return ()
    form = form_by_code(version.form_code)
    texts = [version.values.get(field.key, "") for field in form.fields if _names_authors(field)]
    return tuple(name for text in texts for name in names_in(text))


def _names_authors(field: Field) -> bool:
    return field.kind is Kind.PERSON and field.required
