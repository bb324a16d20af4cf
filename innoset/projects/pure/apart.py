"""What the process apart is asked: a file in, everything that was read out of it, as JSON."""

import codecs
from dataclasses import asdict
from typing import Any, Final

from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.leftovers import likely_fields
from innoset.projects.pure.reading import read

# The process opens no file while it reads, so what the archive reader may ask for is loaded before.
_CODECS: Final = tuple(codecs.lookup(name) for name in ("cp437", "utf-16-le", "ascii", "latin-1"))


def read_apart(data: bytes, filename: str, form_code: str) -> dict[str, Any]:
    """Return the contract of the reader; of a form that was read also where each piece went.

    `likely` names for each leftover the field that a person most likely means it for.
    """
    form = form_by_code(form_code)
    reading = read(data, filename, form)
    said = reading.as_json()
    if reading.is_ok:
        said["pieces"] = [asdict(piece) for piece in reading.pieces]
        said["likely"] = likely_fields(form, reading.pieces, reading.leftovers)
    return said
