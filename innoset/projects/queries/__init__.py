"""Reads of projects: passports and their versions, roadmaps, teams, reports, remarks."""

from innoset.projects.queries.passports import (
    SITTING,
    WITHIN,
    answers_of,
    editors_of,
    every_field_of,
    fields_in,
    form_of,
    history_of,
    last_version_of,
    people_of,
    projects_visible_to,
    set_aside_by,
    values_of,
)

__all__ = [
    "SITTING",
    "WITHIN",
    "answers_of",
    "editors_of",
    "every_field_of",
    "fields_in",
    "form_of",
    "history_of",
    "last_version_of",
    "people_of",
    "projects_visible_to",
    "set_aside_by",
    "values_of",
]
