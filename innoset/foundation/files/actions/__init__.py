"""Everything that can be done to a file: keep it, take it in pieces, judge it."""

from innoset.foundation.files.actions import files, scans, uploads
from innoset.foundation.files.actions.files import Given, keep, keep_given, prepare

__all__ = ["Given", "files", "keep", "keep_given", "prepare", "scans", "uploads"]
