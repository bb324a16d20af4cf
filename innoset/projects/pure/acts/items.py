"""Where one act ends and the next begins: the cutting of a text into pieces, an act in each."""

import re
from dataclasses import dataclass
from itertools import pairwise

from innoset.documents.pure.kinds import ActKind
from innoset.projects.pure.acts.words import (
    SELF_EVIDENT,
    STRONG_HEAD,
    STRONG_KINDS,
    WEAK_HEAD,
    WEAK_KINDS,
)

_REACH = 1_500
"""How far back an open quotation mark is looked for."""
_MARK = r"(?:[·•▪●○◦*–—-]|\d{1,3}[.)](?!\d)|[а-я]\))"
_JOINT = re.compile(r"(?:^|[;,.:]|(?<!\w)и|а также)\s*$")
_BOUND_TO_GO_ON = re.compile(
    r"(?<!\w)(?:в|к|об утверждении|о введении|о внесении|о|об|и|на|по|из|с)\s*$", re.IGNORECASE
)
_APPROVAL = re.compile(r"(?<!\w)утв\.$", re.IGNORECASE)
_CAPTION = re.compile(
    r"(?:федеральн|региональн|краев|муниципальн|институциональн|локальн|школьн)\w* (?:уров\w+|акт\w+|документ\w+)"
    r"[^\n:]{0,60}:",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Head:
    """The word that names a kind of act, and where it stands."""

    kind: ActKind
    start: int
    end: int
    is_strong: bool


def heads_in(text: str) -> tuple[Head, ...]:
    """Return the words that name acts, in their order."""
    flat = text.replace("\n", " ")
    strong = [_head(found, STRONG_KINDS, is_strong=True) for found in STRONG_HEAD.finditer(flat)]
    weak = [_head(found, WEAK_KINDS, is_strong=False) for found in WEAK_HEAD.finditer(flat)]
    return tuple(sorted([*strong, *weak], key=lambda head: head.start))


def _head(found: re.Match[str], kinds: dict[str, ActKind], *, is_strong: bool) -> Head:
    return Head(kinds[found.lastgroup or ""], found.start(), found.end(), is_strong)


def pieces_of(text: str, heads: tuple[Head, ...]) -> tuple[tuple[int, int], ...]:
    """Return where the pieces begin and end."""
    cuts = {0, len(text), *(found.end() for found in re.finditer(r";|\n[ \t]*\n", text))}
    cuts |= {found.end() for found in _CAPTION.finditer(text)}
    cuts |= {found.start() + 1 for found in re.finditer(rf"\n(?=[ \t]*{_MARK})", text)}
    cuts |= {head.start for head in heads if _begins(text, head)}
    ordered = sorted(cuts)
    return tuple(pair for pair in pairwise(ordered) if text[pair[0] : pair[1]].strip())


def _begins(text: str, head: Head) -> bool:
    """Tell whether the word opens a piece of its own rather than stands inside a title."""
    before = text[max(0, head.start - _REACH) : head.start].rstrip(" ")
    if before.endswith("\n"):
        return _begins_line(text, head, before)
    joint = _JOINT.search(before)
    if joint is None:
        return not before and head.start < _REACH
    is_named = head.is_strong or text[head.start].isupper()
    lead = before[: joint.start() + 1]
    return is_named and not _APPROVAL.search(lead) and not _is_inside(lead)


def _begins_line(text: str, head: Head, before: str) -> bool:
    ended = before.rstrip()
    if _BOUND_TO_GO_ON.search(ended[-30:]):
        return False
    return text[head.start].isupper() or bool(re.search(r"[;.,:»\"”)]$", ended))


def _is_inside(before: str) -> bool:
    """Tell whether a bracket or a quotation mark was left open; one just closed ends a title for certain."""
    line = before[before.rfind("\n") + 1 :]
    if line.count("(") > line.count(")"):
        return True
    if re.search(r"[»\"”“]\)?\s*[;,.:]?$", line):
        return False
    opened = re.findall(r"[«„]|(?<=[\s(])[\"“](?=\S)", line)
    closed = re.findall(r"[»”]|(?<=\S)[\"“](?=[\s.,;)]|$)", line)
    return len(opened) > len(closed)


def opening_head(text: str, piece: tuple[int, int], heads: dict[int, Head]) -> Head | None:
    """Return the weak word with which the piece begins, when it begins with a capital one."""
    start, end = piece
    lead = re.compile(rf"\s*{_MARK}?\s*").match(text, start, end)
    at = lead.end() if lead else start
    found = heads.get(at)
    return found if found and at < end and (text[at].isupper() or SELF_EVIDENT.match(text, at)) else None
