"""What acts are called, and what their dates and numbers look like."""

import re
from typing import Final

from innoset.documents.pure.kinds import ActKind

K = ActKind

# These own a date and a number of their own.
STRONG: Final = (
    (
        K.LAW,
        r"(?:федеральн\w{2,3} )?(?:конституционн\w{2,3} )?(?:закон(?:а|у|ом|е|ы|ов)?|кодекс(?:а|у|ом|е)?)",
    ),
    (K.LAW, r"ф[кз]?з"),
    (K.DECREE, r"указ(?:а|у|ом|е|ы|ов|ами)?"),
    (K.RESOLUTION, r"постановлени(?:е|я|ю|ем|и|й|ями)"),
    (K.DIRECTIVE, r"распоряжени(?:е|я|ю|ем|и|й|ями)"),
    (K.ORDER, r"приказ(?:а|у|ом|е|ы|ов|ами)?"),
    (K.LETTER, r"письм(?:о|а|у|ом|е)"),
    (K.OTHER, r"(?:резолюци(?:я|и|ю|ей)|решени(?:е|я|ем|ю)|протокол(?:а|у|ом|е)?|поручени(?:е|я|ем|й))"),
)
_SORTS: Final = "государственн|национальн|федеральн|региональн|целев|комплексн|краев|приоритетн|муниципальн"
_STANDARDS: Final = (
    r"федеральн\w{2,3} государственн\w{2,3} образовательн\w{2,3} стандарт|профессиональн\w{2,3} стандарт"
)
# These are what other acts approve; alone they are acts only at the beginning of an item.
WEAK: Final = (
    (K.CONCEPT, r"концепци(?:я|и|ю|ей)"),
    (K.STRATEGY, r"стратеги(?:я|и|ю|ей)"),
    (
        K.PROGRAMME,
        rf"(?:паспорт )?(?:(?:{_SORTS})\w{{2,3}} ){{0,3}}(?:программ(?:а|ы|у|ой|е)|проект(?:а|у|ом|е)?)",
    ),
    (
        K.STANDARD,
        rf"(?:фгос|(?:{_STANDARDS})\w{{0,2}}|сан ?пин|сп(?= ?\d)|гост(?: р)?(?= ?\d))",
    ),
    (
        K.REGULATION,
        r"(?:положени(?:е|я|ем|и)|устав(?:а|ом|е)?|поряд(?:ок|ка|ком|ке)|правил(?:а|ами)?|регламент\w{0,2})",
    ),
    (K.OTHER, r"(?:конституци(?:я|и|ю|ей)|конвенци(?:я|и|ю|ей)|декларац\w{2}|доктрин\w)"),
)
# A name by itself: nobody writes when and by whom the Constitution was adopted.
SELF_EVIDENT: Final = re.compile(r"(?:конституци|конвенци|декларац|доктрин)\w+", re.IGNORECASE)


def _heads(words: tuple[tuple[ActKind, str], ...]) -> tuple[re.Pattern[str], dict[str, ActKind]]:
    named = {f"k{place}": kind for place, (kind, _) in enumerate(words)}
    either = "|".join(f"(?P<k{place}>{pattern})" for place, (_, pattern) in enumerate(words))
    return re.compile(rf"(?<![\w-])(?:{either})(?![\w-])", re.IGNORECASE), named


STRONG_HEAD, STRONG_KINDS = _heads(STRONG)
WEAK_HEAD, WEAK_KINDS = _heads(WEAK)

MONTH: Final = r"(?:январ[ья]|феврал[ья]|марта?|апрел[ья]|ма[йя]|июн[ья]|июл[ья]|августа?|сентябр[ья]|октябр[ья]|ноябр[ья]|декабр[ья])"
_YEAR_END: Final = r"(?: ?(?:года|г\.|г)(?!\w))?"
DATE: Final = re.compile(
    rf"(?<![\d.])(?:(?P<day>\d{{1,2}}) ?[./] ?(?P<month>\d{{1,2}}) ?[./] ?(?P<year>\d{{4}}|\d\d)(?!\d)"
    rf"|[«\"“]? ?(?P<wday>\d{{1,2}}) ?[»\"”]? {{0,4}}(?P<word>{MONTH}) {{0,4}}(?P<wyear>\d{{4}}|\d\d(?= ?г))(?!\d)"
    rf"|(?P<iso>(?:19|20)\d\d-\d\d-\d\d)(?!\d)){_YEAR_END}",
    re.IGNORECASE,
)
INCOMPLETE: Final = re.compile(
    rf"(?<=от )[\s«»\"_.]{{0,12}}(?:{MONTH}|\d\d(?=\.))?[\s_.]{{0,8}}(?:19|20)\d\d(?!\d|[-–—]\d){_YEAR_END}",
    re.IGNORECASE,
)
_TAIL: Final = r"(?: ?[-–—‑] ?(?:ф[кз]?з|кз|оз|рп?|н|пп?|од?|вн|з)(?!\w)| (?:ф[кз]?з|кз)(?!\w))?"
NUMBER: Final = re.compile(
    rf"(?:(?:№|(?<![\w])N[oо°º]?\.?(?= ?\w)|#) ?(?P<signed>[А-ЯЁA-Z]{{0,3}}-?\d[\wА-Яа-яё]*(?:[-/.–—‑][\wА-Яа-яё]+){{0,5}}{_TAIL})"
    r"|(?<![\w-])(?P<bare>\d{1,5} ?[-–—‑] ?(?:ф[кз]?з|кз|рп?|н)(?!\w))"
    r"|(?<![\w-])ФК?З ?[-–—‑] ?(?P<turned>\d{1,4})(?!\w))",
    re.IGNORECASE,
)
CODE: Final = re.compile(
    r"(?:сан ?пин|сп|гост(?: р)?) ?(?P<code>\d[\d.]*(?:/\d+)?[-–—‑]\d{2,4})", re.IGNORECASE
)
# Numbers after these words belong to a school or to a part of a paper, not to an act.
NOT_OF_ACT: Final = re.compile(
    r"(?:школ\w*|сош|оош|нош|[мбака]*д?оу|сад\w*|гимнази\w*|лице\w*|приложени\w*|кабинет\w*|форм\w|пункт\w*"
    r"|стать\w*|ст\.|п\.|центр\w*|црр|д/с|интернат\w*|этап\w*|таблиц\w*|рисун\w*|рег(?:истрационный)?\.?)"
    r"[ «\"]*(?:им(?:ени|\.)[^№\n]{1,40})?$",
    re.IGNORECASE,
)
# Dates and numbers of later editions and of registrations say nothing of the act itself.
ASIDE: Final = re.compile(
    r"\([^()]{0,40}(?:\bред\b|редакци|изменени|\bизм\b|зарегистр|вступ)[^()]{0,200}\)"
    rf"|,? ?(?:в |действующ\w+ )?(?:ред\.|редакции) ?(?:от )?{DATE.pattern.replace('(?P<', '(?P<a_')}(?: ?№ ?[\w-]+)?"
    rf"|,? ?с (?:последними )?изменениями(?: и дополнениями)?,? ?(?:на|от|внес\w+)? ?{DATE.pattern.replace('(?P<', '(?P<b_')}"
    r"|,? ?зарегистрирован\w* [^;\n«]{0,160}?(?=[;»]|$)",
    re.IGNORECASE | re.MULTILINE,
)
