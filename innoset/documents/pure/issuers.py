"""Bodies that issue acts: the name that documents use, whatever a text calls them."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Final

from innoset.documents.pure.kinds import ActLevel

_NEW_MINISTRIES: Final = date(2018, 5, 15)
"""Until then one federal ministry held both schools and science; its short name went to its heir."""


@dataclass(frozen=True, slots=True)
class Issuer:
    """A body: its name, the name in the genitive, its level, what it is recognised by."""

    name: str
    genitive: str
    level: ActLevel
    pattern: re.Pattern[str]
    family: str = ""
    """Bodies with one family are heirs of each other: documents mix their names."""


def _issuer(name: str, genitive: str, level: ActLevel, pattern: str, family: str = "") -> Issuer:
    return Issuer(name, genitive, level, re.compile(pattern, re.IGNORECASE), family)


_F, _R, _I = ActLevel.FEDERAL, ActLevel.REGIONAL, ActLevel.INSTITUTE
_RF: Final = "Российской Федерации"
_KK: Final = "Краснодарского края"
_OF_KRAI: Final = r"(?:краснодарского|кубан\w*|\bкк\b|края|краев\w+)"
_MINISTRY: Final = r"мин(?:истерств\w*|\.)?\s*"

INSTITUTE: Final = _issuer(
    f"ГБОУ ИРО {_KK}", f"ГБОУ ИРО {_KK}", _I, r"(?<!\w)ИРО(?!\w)|институт\w*\W+развития\s+образования"
)
KRAI_MINISTRY: Final = _issuer(
    f"Министерство образования, науки и молодёжной политики {_KK}",
    f"Министерства образования, науки и молодёжной политики {_KK}",
    _R,
    rf"(?<!\w)МОН\s?и?\s?МП(?!\w)|{_MINISTRY}образования,?\s*науки\s*и\s*молод[её]жной",
    "krai",
)
KRAI_OLD_MINISTRY: Final = _issuer(
    f"Министерство образования и науки {_KK}",
    f"Министерства образования и науки {_KK}",
    _R,
    rf"(?<!\w)МО\s?и?\s?Н\s+(?:КК|Краснодар)|{_MINISTRY}(?:образования\s+и\s+науки|обрнауки)\s+{_OF_KRAI}"
    rf"|минобр(?:азования|науки)?\s+{_OF_KRAI}",
    "krai",
)
OLD_MINISTRY: Final = _issuer(
    f"Министерство образования и науки {_RF}",
    f"Министерства образования и науки {_RF}",
    _F,
    rf"{_MINISTRY}образования\s+и\s+науки|(?<!\w)МО\s?и\s?Н(?!\w)",
    "education",
)
SCIENCE: Final = _issuer(
    f"Министерство науки и высшего образования {_RF}",
    f"Министерства науки и высшего образования {_RF}",
    _F,
    rf"{_MINISTRY}науки\s+и\s+высшего|минобрнауки",
    "education",
)
SCHOOLS: Final = _issuer(
    f"Министерство просвещения {_RF}",
    f"Министерства просвещения {_RF}",
    _F,
    rf"{_MINISTRY}просвещения|минпрос\w*",
    "education",
)
# The narrower names come first: «ИРО Краснодарского края» is no ministry of the krai.
KNOWN: Final = (
    INSTITUTE,
    KRAI_MINISTRY,
    KRAI_OLD_MINISTRY,
    SCHOOLS,
    _issuer(
        "Федеральная служба по надзору в сфере образования и науки",
        "Федеральной службы по надзору в сфере образования и науки",
        _F,
        r"рособрнадзор\w*|федеральн\w+\s+служб\w+\s+по\s+надзору\s+в\s+сфере\s+образования",
    ),
    SCIENCE,
    OLD_MINISTRY,
    _issuer(
        f"Министерство труда и социальной защиты {_RF}",
        f"Министерства труда и социальной защиты {_RF}",
        _F,
        rf"{_MINISTRY}труда\s|минтруд\w*",
    ),
    _issuer(
        f"Министерство здравоохранения и социального развития {_RF}",
        f"Министерства здравоохранения и социального развития {_RF}",
        _F,
        rf"минздравсоц\w*|{_MINISTRY}здравоохранения\s+и\s+социального",
    ),
    _issuer(
        f"Главный государственный санитарный врач {_RF}",
        f"Главного государственного санитарного врача {_RF}",
        _F,
        r"(?:главн\w+\s+)?(?:государственн\w+\s+)?санитарн\w+\s+врач\w*",
    ),
    _issuer(
        f"Глава администрации (губернатор) {_KK}",
        f"главы администрации (губернатора) {_KK}",
        _R,
        rf"губернатор\w*|глав\w+\s+администрации\s+{_OF_KRAI}|администраци\w+\s+{_OF_KRAI}",
    ),
    _issuer(
        f"Законодательное Собрание {_KK}",
        f"Законодательного Собрания {_KK}",
        _R,
        r"законодательн\w+\s+собрани\w+|(?<!\w)ЗСК(?!\w)",
    ),
    _issuer(f"Президент {_RF}", f"Президента {_RF}", _F, r"президент\w*"),
    _issuer(f"Правительство {_RF}", f"Правительства {_RF}", _F, r"правительств\w*"),
)
_HINTS: Final = (
    (
        ActLevel.LOCAL,
        r"школ|СОШ|ООШ|гимнази|лице[йя]|[МБАК]{1,2}(?:Д?ОУ|У\s)|детск\w+\s+сад|педагогическ\w+\s+совет",
    ),
    (
        ActLevel.MUNICIPAL,
        r"муниципальн|администраци|управлени\w*\s+образовани|департамент|район|город|\bИМЦ\b|КНМЦ",
    ),
    (ActLevel.REGIONAL, r"краснодарск|\bкрая\b|\bКК\b|области|республик"),
    (ActLevel.FEDERAL, r"росси|\bРФ\b|федеральн|(?:государственн\w+\s+)?дум[аы]|минист|президиум"),
)


def issuer_in(text: str, signed_on: date | None = None) -> Issuer | None:
    """Return the known body that the text names, by the names that were used on that day."""
    found = next((issuer for issuer in KNOWN if issuer.pattern.search(text)), None)
    is_short = found is SCIENCE and "высшего" not in text.casefold()
    return OLD_MINISTRY if is_short and signed_on and signed_on < _NEW_MINISTRIES else found


def family_of(name: str) -> str:
    """Return what two names of one body share; an empty string when no body is named."""
    if known := issuer_in(name):
        return known.family or known.name
    return " ".join(re.findall(r"\w+", name.casefold()))


def level_of(name: str) -> ActLevel | None:
    """Tell the level by the name of the body, or None when it says nothing."""
    if known := issuer_in(name):
        return known.level
    return next((level for level, pattern in _HINTS if re.search(pattern, name, re.IGNORECASE)), None)


# ── The genitive, for citations ─────────────────────────────────────────────

_NOUNS: Final = {
    "администрация": "администрации",
    "глава": "главы",
    "дума": "думы",
    "комитет": "комитета",
    "совет": "совета",
    "департамент": "департамента",
    "институт": "института",
    "центр": "центра",
    "отдел": "отдела",
    "управление": "управления",
    "министерство": "министерства",
    "учреждение": "учреждения",
    "собрание": "собрания",
    "служба": "службы",
    "агентство": "агентства",
    "правительство": "правительства",
    "губернатор": "губернатора",
    "школа": "школы",
    "край": "края",
    "федерация": "федерации",
}
_ENDINGS: Final = (("ное", "ного"), ("кое", "кого"), ("вое", "вого"), ("ный", "ного"), ("кий", "кого"), ("вой", "вого"), ("ная", "ной"), ("кая", "кой"), ("ая", "ой"))  # fmt: skip


def in_genitive(name: str) -> str:
    """Return the name as it stands after «приказ»: known bodies by the list, others by their first words."""
    for issuer in KNOWN:
        if issuer.name.casefold() == name.casefold():
            return issuer.genitive
    words = name.split(" ")
    bent: list[str] = []
    for place, word in enumerate(words):
        noun = _NOUNS.get(word.casefold())
        if noun:
            return " ".join([*bent, _like(word, noun), *words[place + 1 :]])
        ending = next((pair for pair in _ENDINGS if word.casefold().endswith(pair[0])), None)
        if ending is None:
            return name
        bent.append(word[: -len(ending[0])] + ending[1])
    return name


def _like(word: str, bent: str) -> str:
    return bent.capitalize() if word[:1].isupper() else bent
