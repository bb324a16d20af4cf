"""Everything that can be done to a project and its passport."""

from innoset.projects.actions import answers, passports, teams, words

__all__ = ["answers", "passports", "teams", "words"]
