"""The running text of a file: plain, of a web page. Places in it are places in the file itself."""

import codecs
import html
import re
from typing import Final

APART: Final = "innoset.contests.pure.plain_apart:words_of"
WEB: Final = (".html", ".htm", ".xhtml")
WORD: Final = (".docx", ".odt")
PLAIN: Final = (".txt", ".md", "")

_MARKUP: Final = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|noscript|template|head)\b.*?(?:</\1\s*>|\Z)|<[!?/a-zA-Z][^>]*>",
    re.DOTALL | re.IGNORECASE,
)
_INLINE: Final = re.compile(
    r"</?(?:a|abbr|b|em|font|i|mark|nobr|s|small|span|strong|sub|sup|u|wbr)\b", re.IGNORECASE
)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][\da-fA-F]{1,6}|[a-zA-Z][a-zA-Z\d]{1,30});")
_CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]{3,20})", re.IGNORECASE)
_HEAD: Final = 4096
# It stands in words unseen: a place is filled by it without cutting the word in two.
_FILL: Final = "\u00ad"


def decoded(data: bytes) -> str | None:
    """Return the text of a file in any of the encodings that Russian texts come in, or None."""
    for mark, encoding in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (codecs.BOM_UTF16_LE, "utf-16"),
        (codecs.BOM_UTF16_BE, "utf-16"),
    ):
        if data.startswith(mark):
            return _in(encoding, data)
    said = _CHARSET.search(data[:_HEAD])
    for encoding in (said.group(1).decode() if said else "utf-8", "utf-8", "cp1251"):
        text = _in(encoding, data)
        if text is not None and "\0" not in text:
            return text
    return None


def _in(encoding: str, data: bytes) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def of_page(page: str) -> str:
    """Return the page with everything but its words blanked out; no character moves."""
    blank = _MARKUP.sub(lambda tag: (_FILL if _INLINE.match(tag.group()) else " ") * len(tag.group()), page)
    return _ENTITY.sub(lambda sign: _filled(sign.group()), blank)


def _filled(entity: str) -> str:
    """Return the sign that the entity stands for, filled up to the length that it has in the file."""
    sign = html.unescape(entity)[:1] or " "
    return sign + (_FILL if sign.isalpha() or sign == _FILL else " ") * (len(entity) - 1)
