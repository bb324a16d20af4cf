"""Reads of projects: which form a passport follows and what is written in it."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import BooleanField, ExpressionWrapper, F, Q, QuerySet, Window
from django.db.models.functions import Lag, Lead

from innoset.network.queries import organisation_ids_of
from innoset.network.states import Role
from innoset.projects.models import Answer, AnswerRevision, Editing, Passport, PassportVersion, Project
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Field, Form, Kind, fields_of
from innoset.projects.pure.people import names_in


def form_of(passport: Passport) -> Form:
    """Return the form that the passport follows."""
    return form_by_code(passport.form_code)


def fields_in(passport: Passport) -> tuple[Field, ...]:
    """Return the fields of the passport's form with as many stages as the passport has."""
    return fields_of(form_of(passport), stages=passport.stages)


def every_field_of(passport: Passport) -> tuple[Field, ...]:
    """Return the fields of the passport's form with as many stages as it can ever have."""
    form = form_of(passport)
    return fields_of(form, stages=form.stages.most if form.stages else 0)


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


WITHIN = timedelta(seconds=60)
"""Whoever has not said for so long that they are in a field has left it."""
SITTING = timedelta(minutes=10)
"""Savings of one person that follow each other sooner are one sitting."""


def editors_of(passport: Passport, *, but: Any, at: datetime) -> list[Editing]:
    """Return who else is writing in the passport now, and in which field."""
    found = passport.editings.filter(seen_at__gt=at - WITHIN).exclude(key="").exclude(person=but)
    return list(found.select_related("person").order_by("person__last_name", "id"))


def history_of(passport: Passport, key: str = "", *, every: bool = False) -> QuerySet[AnswerRevision]:
    """Return the saved texts, the newest first, each with the one `before` it in its field.

    Of a sitting only the last text is there unless `every` one is wanted; texts that did not become
    the answer always are.
    """
    mine = passport.revisions.filter(key=key) if key else passport.revisions.all()
    chosen = mine if every else mine.filter(Q(version=None) | Q(pk__in=_last_of_sittings(mine)))
    is_aside = ExpressionWrapper(Q(version=None), output_field=BooleanField())
    before = Window(Lag("text"), partition_by=[F("key"), is_aside], order_by=F("id").asc())
    return chosen.annotate(before=before).select_related("saved_by").order_by("-id")


def _last_of_sittings(mine: QuerySet[AnswerRevision]) -> QuerySet[Any, Any]:
    def following(name: str) -> Window:
        return Window(Lead(name), partition_by=F("key"), order_by=F("id").asc())

    told = mine.exclude(version=None).annotate(
        next_at=following("saved_at"), next_by=following("saved_by"), next_origin=following("origin")
    )
    same = Q(next_by=F("saved_by"), next_origin=F("origin"), next_at__lt=F("saved_at") + SITTING)
    return told.filter(Q(next_at=None) | ~same).order_by().values("pk")


def set_aside_by(passport: Passport, key: str, person: Any) -> AnswerRevision | None:
    """Return the last text of a person that did not become the answer of a field."""
    return passport.revisions.filter(key=key, version=None, saved_by=person).first()
