"""Everything that can be done to figures and to the analysis of a site."""

from innoset.analytics.actions.analyses import return_analysis, save_analysis, send_analysis
from innoset.analytics.actions.formulas import publish_formula
from innoset.analytics.actions.imports import apply_values, read_values
from innoset.analytics.actions.indicators import add_indicator, edit_indicator
from innoset.analytics.actions.values import record_value

__all__ = [
    "add_indicator",
    "apply_values",
    "edit_indicator",
    "publish_formula",
    "read_values",
    "record_value",
    "return_analysis",
    "save_analysis",
    "send_analysis",
]
