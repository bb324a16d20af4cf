"""One act put together: its kind, issuer, level, requisites and title."""

import re
from dataclasses import dataclass, replace
from datetime import date

from innoset.documents.pure.issuers import issuer_in, level_of
from innoset.documents.pure.kinds import ActKind, ActLevel
from innoset.documents.pure.requisites import Requisites, number_key
from innoset.projects.pure.acts.items import Head
from innoset.projects.pure.acts.titles import neat, title_at, title_before
from innoset.projects.pure.acts.tokens import Anchor
from innoset.projects.pure.acts.words import SELF_EVIDENT

_LONGEST_ISSUER = 200
_LONGEST_NAME = 400
_REACH = 4_000
"""How far back a caption such as «Федеральный уровень» is looked for."""
_SHORTEST_TITLE = 8
_ABBREVIATIONS = re.compile(r"\((?:далее|[А-ЯЁ][А-ЯЁа-яё .-]{0,30})[^()]{0,60}\)")
_PREPOSITIONS = re.compile(r"^(?:от|за|в|к|и|с)(?!\w)|(?<!\w)(?:от|за|утв\w*\.?|утвержд\w+)$", re.IGNORECASE)
_APPROVED = re.compile(r"\s*(?:\(|,?\s*(?<!\w)утв(?:\.|ержд\w+)|,?\s*(?<!\w)принят\w+)")
_EVIDENCE = re.compile(r"[«\"„“]|(?<!\w)(?:РФ|края|развити\w+|Росси\w+|[МБКГАЧ]{1,4}Д?ОУ|СОШ|об?)(?!\w)")
_LATER_ISSUER = re.compile(r"[\s,]*(?:г\.?|года)?[\s,]*(?P<issuer>[^«\"„“\n;]{3,120}?)\s*(?=[«\"„“])")
_CAPTIONS = (
    (ActLevel.FEDERAL, "федеральн"),
    (ActLevel.REGIONAL, "региональн|краев"),
    (ActLevel.MUNICIPAL, "муниципальн"),
    (ActLevel.LOCAL, "институциональн|локальн|школьн"),
)
_NEEDS_NUMBER = frozenset({ActKind.OTHER})


@dataclass(frozen=True, slots=True)
class NamedAct:
    """One act that a text names: its requisites, the words themselves and their place."""

    level: ActLevel
    kind: ActKind
    issuer: str
    signed_on: date | None
    date_text: str
    number: str
    title: str
    start: int
    end: int
    text: str = ""
    is_nested: bool = False

    @property
    def is_date_incomplete(self) -> bool:
        """Tell whether a date is written but does not name a day."""
        return bool(self.date_text) and self.signed_on is None

    @property
    def requisites(self) -> Requisites:
        """Return what the act is compared and cited by."""
        return Requisites(self.level, self.kind, self.issuer, self.signed_on, self.number, self.title)


def numbered(plain: str, head: Head, anchor: Anchor, end: int) -> NamedAct:
    """Return the act that a word and its date or number name."""
    title, stop = title_at(plain, anchor.end, end)
    issued = (head.end, anchor.start)
    if not title:
        title, begins = title_before(plain, head.end, anchor.start)
        issued = (head.end, begins)
    body = _body(plain[slice(*issued)])
    if not title and (later := _LATER_ISSUER.match(plain, anchor.end, end)) and issuer_in(later["issuer"]):
        body = body or _body(later["issuer"])
        title, stop = title_at(plain, later.end(), end)
    return _act(plain, head, anchor, body, (title, max(stop, anchor.end)))


def completed(plain: str, act: NamedAct, late: Anchor) -> NamedAct:
    """Return the act with the date or the number that stands after its title."""
    gap = plain[act.end : late.start]
    if bool(act.number) == bool(late.number) or bool(act.date_text) == bool(late.date_text):
        return act
    if not re.fullmatch(r"[\s,]*(?:от)?\s*", gap):
        return act
    signed_on, date_text = act.signed_on or late.signed_on, act.date_text or late.date_text
    number = act.number or late.number
    return replace(act, signed_on=signed_on, date_text=date_text, number=number, end=late.end)


def by_title(plain: str, head: Head, end: int) -> NamedAct | None:
    """Return the act that only a word and a title in quotation marks name, or None."""
    quote = re.compile(r"[^«\"„“\n;,.()]{0,120}?(?=[«\"„“]\s*Об?о?\s)").match(plain, head.end, end)
    if quote is None or head.kind in _NEEDS_NUMBER:
        return None
    title, stop = title_at(plain, quote.end(), end)
    if len(title) < _SHORTEST_TITLE:
        return None
    return _act(plain, head, Anchor(head.start, head.end), _body(quote[0]), (title, stop))


def by_itself(plain: str, opening: Head, anchors: tuple[Anchor, ...], end: int) -> NamedAct | None:
    """Return the concept, strategy, charter or standard with which a piece begins, or None for prose."""
    anchor = anchors[0] if anchors else Anchor(end, end)
    phrase = _phrase(plain, opening, min(anchor.start, end))
    is_named = bool(anchors) or SELF_EVIDENT.match(phrase) or _EVIDENCE.search(phrase)
    if not is_named or len(phrase) > _LONGEST_NAME:
        return None
    title, stop = title_at(plain, anchor.end, end) if anchors else ("", end)
    is_code = opening.kind is ActKind.STANDARD and bool(title)
    stop = max(stop, anchor.end) if anchors else opening.start + len(phrase)
    return _act(plain, opening, anchor, "", (title if is_code else neat(phrase), min(stop, end)))


def approving(plain: str, opening: Head, head: Head, act: NamedAct) -> NamedAct:
    """Return the act as approving what the piece begins with: «Стратегия … (распоряжение … № 996-р)»."""
    phrase = _phrase(plain, opening, head.start)
    is_joined = _APPROVED.match(plain, opening.start + len(phrase), head.start + 1)
    if act.title and not is_joined:
        return act
    kind = opening.kind if act.kind is ActKind.OTHER else act.kind
    return replace(act, kind=kind, title=act.title or neat(phrase), start=opening.start)


def _phrase(plain: str, opening: Head, end: int) -> str:
    """Return the words from the kind up to the bracket or the word «утверждена»."""
    end = min(end, opening.end + 2 * _LONGEST_NAME)
    joint = _APPROVED.search(plain, opening.end, end)
    dated = re.compile(r"[\s,]+(?:от|№)\s*$").search(plain, opening.end, end)
    stops = [found.start() for found in (joint, dated) if found]
    return plain[opening.start : min(stops, default=end)].rstrip(" \n.,;")


def _act(plain: str, head: Head, anchor: Anchor, body: str, titled: tuple[str, int]) -> NamedAct:
    title, stop = titled
    known = issuer_in(body, anchor.signed_on) if body else None
    number = anchor.number
    level = known.level if known else _level(plain, head, body, (number, title))
    issuer = known.name if known else body
    if head.kind is ActKind.LAW:
        level, issuer = _of_law(body, number, title)
    return NamedAct(
        level, head.kind, issuer, anchor.signed_on, anchor.date_text, number, title, head.start, stop
    )


def _of_law(body: str, number: str, title: str) -> tuple[ActLevel, str]:
    of_krai = number_key(number).endswith("кз") or level_of(body) is ActLevel.REGIONAL
    if of_krai or (not number and "Краснодарском крае" in title):
        return ActLevel.REGIONAL, "Краснодарский край"
    return ActLevel.FEDERAL, "Российская Федерация"


def _level(plain: str, head: Head, body: str, known: tuple[str, str]) -> ActLevel:
    number, title = known
    if level := level_of(body):
        return level
    captions = [
        (found.start(), level)
        for level, stem in _CAPTIONS
        for found in re.finditer(
            rf"(?:{stem})\w* (?:уров|акт|документ)",
            plain[max(0, head.start - _REACH) : head.start],
            re.IGNORECASE,
        )
    ]
    if captions:
        return max(captions)[1]
    if head.kind in (ActKind.ORDER, ActKind.REGULATION, ActKind.LETTER) and not number_key(number).endswith(
        "н"
    ):
        return level_of(title) or ActLevel.LOCAL
    return level_of(title) or ActLevel.FEDERAL


def _body(text: str) -> str:
    """Return the name of the body as it stands before the date, without brackets and prepositions."""
    plain = " ".join(_ABBREVIATIONS.sub(" ", text).split()).strip(" ,.;:(–—-")
    while (bare := _PREPOSITIONS.sub("", plain).strip(" ,.;:()–—-")) != plain:
        plain = bare
    return plain if len(plain) <= _LONGEST_ISSUER else ""
