"""Money as people type and read it: rubles on the screen, kopecks in the table."""

import re
from typing import Final

from innoset.foundation.russian import counted

MOST: Final = 10**13
"""A hundred milliard rubles: more than any school has won, so a sum beyond it is a slip of the hand."""
_SUM = re.compile(r"(\d{1,3}(?: \d{3})+|\d+)(?:[.,](\d{1,2}))?")
_CURRENCY = re.compile(r"\s*(?:₽|р\.?|руб\.?|рублей|рубля|рубль)\s*$", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_MILLION: Final = 1_000_000
_THOUSAND: Final = 1_000


def kopecks_of(text: str) -> int | None:
    """Return the sum in kopecks: «1 250 000», «1250000,50», «12 000 руб.»; None when it is not a sum."""
    plain = _SPACES.sub(" ", _CURRENCY.sub("", text)).strip()
    found = _SUM.fullmatch(plain)
    if found is None:
        return None
    whole, part = found[1].replace(" ", ""), (found[2] or "").ljust(2, "0")
    return int(whole) * 100 + int(part)


def rubles(kopecks: int) -> str:
    """Return «1 250 000 ₽», with kopecks only where there are some; spaces do not break."""
    whole, part = divmod(kopecks, 100)
    tail = f",{part:02}" if part else ""
    return f"{whole:,}".replace(",", "\u00a0") + f"{tail}\u00a0₽"


def typed(kopecks: int | None) -> str:
    """Return the sum as it stands in a field to be changed."""
    return "" if kopecks is None else rubles(kopecks).removesuffix("\u00a0₽").replace("\u00a0", " ")


def roughly(kopecks: int) -> str:
    """Say a sum by its size: «более 60 млн ₽», «60 млн ₽» when exact, the whole sum when it is small."""
    for unit, word in ((_MILLION, "млн"), (_THOUSAND, "тыс.")):
        whole, rest = divmod(kopecks, unit * 100)
        if whole >= 1:
            return f"{'более ' if rest else ''}{whole}\u00a0{word}\u00a0₽"
    return rubles(kopecks)


def won_in_words(organisations: int, kopecks: int) -> str:
    """Say «7 организаций, более 60 млн ₽»."""
    return f"{counted(organisations, 'организация', 'организации', 'организаций')}, {roughly(kopecks)}"
