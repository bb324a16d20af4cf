"""The formats before .docx: told by content, refused with the cure where no program can turn them."""

import re
from typing import Final

from innoset.projects.pure.word_in.blocks import Refused

DOC: Final = "doc"
RTF: Final = "rtf"

_CURE: Final = "Откройте в Word и сохраните как .docx"
_MARKS: Final = {DOC: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", RTF: b"{\\rtf1"}
_SENTENCES: Final = {
    DOC: f"Это старый формат .doc. {_CURE}.",
    RTF: f"Это формат .rtf. {_CURE}.",
}
_MACROS: Final = tuple(name.encode("utf-16-le") for name in ("_VBA_PROJECT", "VBA/dir", "Macros"))
_BODY: Final = "WordDocument".encode("utf-16-le")
# What an office program would fetch or start by itself: linked pictures and objects, far templates, data.
_FETCHED: Final = re.compile(
    rb"\\obj(?:data|autlink|link|update|ocx)\b|\\\*\\template\s+(?:[a-z]{2,}:/|\\\\\\\\)"
    rb"|\b(?:INCLUDEPICTURE|INCLUDETEXT|DDEAUTO|DDE)\b",
    re.IGNORECASE,
)


def older_kind(data: bytes, filename: str) -> str | None:
    """Return "doc" or "rtf" when the name and the content agree, None when it is no such file.

    Raise `Refused` for a file that says one thing and is another, or that would run or fetch something.
    """
    suffix = filename.rpartition(".")[2].lower()
    kind = next((kind for kind, mark in _MARKS.items() if data.startswith(mark)), None)
    if kind is None:
        return None
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise Refused("Файл закрыт паролем. Снимите пароль в Word и сохраните как .docx.")
    if suffix != kind or (kind == DOC and _BODY not in data):
        raise refusal_of(kind)
    if kind == DOC and any(name in data for name in _MACROS):
        raise Refused("В файле есть макросы. Сохраните его в Word как обычный .docx, без макросов.")
    if _FETCHED.search(data):
        raise Refused(f"В файле есть вставленные или связанные объекты. {_CURE} без них.")
    return kind


def refusal_of(kind: str) -> Refused:
    """Return the sentence for a file that nothing here can turn into a .docx."""
    return Refused(_SENTENCES[kind])
