"""Tables that people take away: for Excel or as text; nothing in a cell can act as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence
from typing import Final

from django.http import Http404, HttpResponse

from innoset.exchange.papers import book
from innoset.foundation.files.kinds import CSV, XLSX
from innoset.web.ui.download import bytes_as_file

FORMULA_STARTS: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")
BOM: Final = "\ufeff"
"""Without it Excel takes Russian letters for rubbish."""


def hand_out(
    kind: str, *, name: str, head: Sequence[str], lines: Iterable[Sequence[str]], sheet: str = "Заявки"
) -> HttpResponse:
    """Answer with the table as `xlsx` or `csv`; another kind is no page."""
    safe = [[harmless(cell) for cell in line] for line in lines]
    if kind == "xlsx":
        return bytes_as_file(book((sheet, head, safe)), name=f"{name}.xlsx", media_type=XLSX)
    if kind == "csv":
        return bytes_as_file(as_csv(head, safe), name=f"{name}.csv", media_type=CSV)
    raise Http404


def harmless(cell: str) -> str:
    """Put an apostrophe before what a spreadsheet would take for a formula."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def as_csv(head: Sequence[str], lines: Iterable[Sequence[str]]) -> bytes:
    """Write the table as Russian Excel reads it: semicolons, marked UTF-8."""
    target = io.StringIO()
    writer = csv.writer(target, delimiter=";")
    writer.writerow(head)
    writer.writerows(lines)
    return (BOM + target.getvalue()).encode()
