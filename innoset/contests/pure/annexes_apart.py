"""Takes the words out of an attached file; meant for a process apart, which imports nothing any more.

Ask for it by name (`APART` of `annexes`): its libraries are heavy.
"""

import codecs
import io
import pkgutil
from importlib import import_module
from typing import Any, Final

import pypdf
from pypdf import PdfReader

from innoset.contests.pure.annexes import BROKEN, LONGEST, NO_KIND, NO_WORDS, PAGES, PDF, WORD
from innoset.projects.pure.word_in import read_document
from innoset.projects.pure.word_in.blocks import Refused, lines_of_blocks

# The process opens no file while it works, so what the libraries load on first use is loaded before.
_CODECS: Final = tuple(
    codecs.lookup(name)
    for name in (
        "cp437",
        "utf-16-le",
        "utf-16-be",
        "utf-8",
        "ascii",
        "latin-1",
        "cp1251",
        "cp1252",
        "mac-roman",
        "charmap",
    )
)
_PARTS: Final = tuple(
    import_module(one.name)
    for one in pkgutil.walk_packages(pypdf.__path__, "pypdf.")
    # These stand for libraries of which only one is installed.
    if "_crypt_providers." not in one.name
)


def words_of(data: bytes, media_type: str) -> dict[str, Any]:
    """Return `{"text": …, "note": …}`: the words of the file, or why there are none."""
    if media_type in WORD:
        return _told(_of_word(data))
    if media_type == PDF:
        return _told(_of_pdf(data))
    return {"text": "", "note": NO_KIND}


def _told(text: str | None) -> dict[str, Any]:
    if text is None:
        return {"text": "", "note": BROKEN}
    lines = (" ".join(line.split()) for line in text.splitlines())
    whole = "\n".join(line for line in lines if line)
    return {"text": whole[:LONGEST], "note": "" if whole else NO_WORDS}


def _of_word(data: bytes) -> str | None:
    try:
        return "\n".join(lines_of_blocks(read_document(data).blocks))
    except Refused:
        return None


def _of_pdf(data: bytes) -> str | None:
    try:
        reader = PdfReader(io.BytesIO(data))
        return "\n".join(page.extract_text() for page in reader.pages[:PAGES])
    except Exception:  # noqa: BLE001  # reason: the library raises anything at all over a broken file
        return None
