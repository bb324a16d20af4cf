"""Titles of acts: in quotation marks of any sort, nested, unpaired, or without them."""

import re

_OPENING = '«„“"'
_ABOUT = re.compile(r"(?:О|Об|Обо)\s+[а-яё]")
_JUNK = re.compile(r"[\s,.:;()–—-]*(?:(?:г\.?|года)(?!\w)[\s,.:)–—-]*)?")
_SENTENCE_END = re.compile(r"(?<![\s.(][а-яa-z])(?<!\d)\.\s+(?=[А-ЯЁA-Z«])")
_LONGEST = 2_000
"""No title is longer; a quotation mark that never closes must not cost a walk through the whole text."""
_EDGES = " \t\n,.;:–—-"


def title_at(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the title that begins here, after commas and dashes, and where it ends; empty when there is none."""
    junk = _JUNK.match(text, start, end)
    at = junk.end() if junk else start
    if at < end and text[at] in _OPENING:
        stop = _closing(text, at, end)
        return neat(text[at:stop]), stop
    if _ABOUT.match(text, at, end):
        end = min(end, at + _LONGEST)
        found = _SENTENCE_END.search(text, at, end)
        stop = found.start() if found else end
        return neat(text[at:stop]), stop
    return "", start


def title_before(text: str, start: int, end: int) -> tuple[str, int]:
    """Return the title that stands between the kind and the requisites, and where it begins."""
    found = re.compile(r"[«„“\"]|(?<=\s)(?:О|Об|Обо)\s+[а-яё]").search(text, start, end)
    if found is None:
        return "", end
    stop = _closing(text, found.start(), end) if found[0] in _OPENING else end
    return neat(text[found.start() : stop]), found.start()


def _closing(text: str, start: int, end: int) -> int:
    """Return where the quotation that opens here ends; the end of the piece when it never does."""
    depth, end = 0, min(end, start + _LONGEST)
    for at in range(start, end):
        depth += _step(text, at, start)
        if depth == 0 and at > start:
            return at + 1
    return end


def _step(text: str, at: int, start: int) -> int:
    sign = text[at]
    if sign in "«„":
        return 1
    if sign in "»”":
        return -1
    if sign not in '"“':
        return 0
    before, after = text[at - 1 : at] if at > start else " ", text[at + 1 : at + 2]
    return 1 if (before.isspace() or before in '(«„"') and after.strip() else -1


def closes_more(text: str) -> bool:
    """Tell whether more quotation marks close than open here."""
    return sum(_step(text, at, 0) for at in range(len(text))) < 0


def neat(title: str) -> str:
    """Return the title on one line without its outer quotation marks and stray signs at the edges."""
    plain = " ".join(title.split()).strip(_EDGES)
    if plain[:1] in _OPENING and plain[:1]:
        plain = plain[1:]
        spare = sum(plain.count(sign) for sign in "»”") - sum(plain.count(sign) for sign in "«„")
        if (plain[-1:] in "»”" and spare > 0) or (
            plain[-1:] in '"“' and (plain.count('"') + plain.count("“")) % 2 and plain.count("„") == 0
        ):
            plain = plain[:-1]
    return plain.strip(_EDGES)
