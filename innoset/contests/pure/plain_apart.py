"""Takes the words out of a Word file of any length; meant for a process apart (`APART` of `plain`)."""

from typing import Any

from innoset.projects.pure.word_in import read_document
from innoset.projects.pure.word_in.blocks import Refused, lines_of_blocks


def words_of(data: bytes) -> dict[str, Any]:
    """Return `{"text": …}`: the lines of the document, tables included; None if it cannot be read."""
    try:
        return {"text": "\n".join(lines_of_blocks(read_document(data).blocks))}
    except Refused:
        return {"text": None}
