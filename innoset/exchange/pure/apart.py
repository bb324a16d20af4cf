"""What the process apart is asked: a file in, its table out or the reason why not, as JSON."""

import codecs
from typing import Any, Final

# The process opens no file while it reads, so what the reading asks for is loaded before.
import python_calamine as _  # noqa: F401, TID253  # reason: this module is imported by the process apart

from innoset.exchange.pure.reading import UnreadableError, read_table

_CODECS: Final = tuple(codecs.lookup(name) for name in ("cp437", "utf-8-sig", "cp1251"))


def read_table_apart(data: bytes) -> dict[str, Any]:
    """Return the rows of the first sheet; no rows and a sentence where there is no table."""
    try:
        return {"rows": read_table(data), "reason": ""}
    except UnreadableError as error:
        return {"rows": [], "reason": str(error)}
