"""Takes the words out of a Word file of any length; meant for a process apart (`APART` of `plain`)."""

import codecs
from typing import Any, Final

from innoset.projects.pure.word_in import read_document
from innoset.projects.pure.word_in.blocks import Refused, lines_of_blocks

# The process opens no file while it works, so the encodings of an archive are loaded before.
_CODECS: Final = tuple(
    codecs.lookup(name) for name in ("cp437", "utf-8", "utf-16-le", "utf-16-be", "ascii", "cp1251", "latin-1")
)


def words_of(data: bytes) -> dict[str, Any]:
    """Return `{"text": …}`: the lines of the document, tables included; None if it cannot be read."""
    try:
        return {"text": "\n".join(lines_of_blocks(read_document(data).blocks))}
    except Refused:
        return {"text": None}
