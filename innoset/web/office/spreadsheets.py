"""Tables that people of the office take away: as every door hands them out."""

from innoset.web.spreadsheets import BOM, FORMULA_STARTS, as_csv, hand_out, harmless

__all__ = ["BOM", "FORMULA_STARTS", "as_csv", "hand_out", "harmless"]
