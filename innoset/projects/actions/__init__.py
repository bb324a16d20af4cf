"""Everything that can be done to a project and its passport."""

from innoset.projects.actions import answers, passports, words

__all__ = ["answers", "passports", "words"]
