"""Everything that can be done to a project and its passport."""

from innoset.projects.actions import answers, measures, passports, roadmaps, tables, teams, words

__all__ = ["answers", "measures", "passports", "roadmaps", "tables", "teams", "words"]
