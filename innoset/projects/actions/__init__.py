"""Everything that can be done to a project and its passport."""

from innoset.projects.actions import (
    answers,
    campaigns,
    measures,
    nudges,
    passports,
    remarks,
    report_checks,
    report_reviews,
    reports,
    roadmaps,
    tables,
    teams,
    words,
)

__all__ = [
    "answers",
    "campaigns",
    "measures",
    "nudges",
    "passports",
    "remarks",
    "report_checks",
    "report_reviews",
    "reports",
    "roadmaps",
    "tables",
    "teams",
    "words",
]
