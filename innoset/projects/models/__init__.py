"""Tables of projects: passports, teams, roadmaps, reports."""

from innoset.projects.models.passports import (
    Answer,
    AnswerRevision,
    Editing,
    Passport,
    PassportVersion,
    Project,
    WordImport,
)
from innoset.projects.models.reports import (
    Remark,
    Report,
    ReportAnswer,
    ReportCampaign,
    ReportNudge,
    ReportRevision,
    ReportTask,
    ReportVersion,
)
from innoset.projects.models.roadmaps import Roadmap, RoadmapChange, RoadmapImport, RoadmapItem
from innoset.projects.models.teams import Partnership, TeamMember

__all__ = [
    "Answer",
    "AnswerRevision",
    "Editing",
    "Partnership",
    "Passport",
    "PassportVersion",
    "Project",
    "Remark",
    "Report",
    "ReportAnswer",
    "ReportCampaign",
    "ReportNudge",
    "ReportRevision",
    "ReportTask",
    "ReportVersion",
    "Roadmap",
    "RoadmapChange",
    "RoadmapImport",
    "RoadmapItem",
    "TeamMember",
    "WordImport",
]
