"""Normative acts in a text: their names and numbers, and what is quoted from them. Nobody's own words."""

import re
from typing import Final

_SORT: Final = r"(?:федеральн[а-я]{2,3}\s+)?(?:закон|кодекс|указ|постановлени|распоряжени|приказ|письм|конституци|концепци|стратеги|доктрин|стандарт)"
_DATE: Final = r"от\s+«?\d{1,2}»?[.\s]\s?(?:\d{2}|[а-я]{3,8})[.\s]\s?\d{4}(?:\s?г(?:ода|\.)?)?"
_NUMBER: Final = r"(?:№|N)\s?[\w/-]+"
_TITLE: Final = r"[«\"„“][^»\"”“]{3,400}[»\"”“]»?"
_ACTS: Final = (
    # Приказ Министерства просвещения … от 31 мая 2021 г. № 287 «Об утверждении …»
    re.compile(
        rf"\b{_SORT}[а-я]{{0,4}}\b[^.;\n«»]{{0,160}}?\s{_DATE}(?:,?\s{{0,3}}{_NUMBER})?(?:\s{{0,3}}{_TITLE})?",
        re.IGNORECASE,
    ),
    re.compile(rf"\b{_SORT}[а-я]{{0,4}}\b[^.;\n«»]{{0,80}}?\s{_NUMBER}(?:\s{{0,3}}{_TITLE})?", re.IGNORECASE),
    # The title of an act begins with «О» or «Об».
    re.compile(r"[«\"„“](?:О|Об|Обо)\s[^»\"”“]{10,400}[»\"”“]»?"),
    re.compile(
        rf"\b(?:национальн|федеральн|региональн)[а-я]{{2,3}}\s+проект[а-я]{{0,3}}\s+{_TITLE}", re.IGNORECASE
    ),
    re.compile(
        r"\b(?:федеральн[а-я]{2,3}\s+государственн[а-я]{2,3}\s+образовательн[а-я]{2,3}\s+стандарт[а-я]{0,3}|ФГОС)"
        r"(?:\s+(?:дошкольн|начальн|основн|средн)[а-я]{2,3})?(?:\s+общего)?(?:\s+образования)?",
        re.IGNORECASE,
    ),
)
_SPOKEN: Final = re.compile(r"[«„“](?P<words>[^»”]{40,2000})[»”]")
# «Статья 20 закона гласит: «…»»: what stands in the quotation marks is the act's.
_SPEAKER: Final = re.compile(
    rf"(?:\b{_SORT}|\bФГОС|\bстать[яеию]|\bпункт|\bч\.\s?\d|\bп\.\s?\d)", re.IGNORECASE
)
_NEAR: Final = 160


def quoted(text: str) -> list[tuple[int, int]]:
    """Return from–to of every name of an act and of every quotation from one."""
    named = [found.span() for act in _ACTS for found in act.finditer(text)]
    spoken = [
        found.span("words")
        for found in _SPOKEN.finditer(text)
        if _SPEAKER.search(text, max(found.start() - _NEAR, 0), found.start())
    ]
    return sorted([*named, *spoken])
