"""Phones and e-mail addresses in a text: found, checked, written in one way, and taken out of the open part."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

PHONE, EMAIL = "phone", "email"
_CODE: Final = 10
"""Digits of a number with the code of its place, without the country."""
_LOCAL: Final = frozenset({5, 6, 7})
_EMAIL: Final = re.compile(r"[A-Za-zА-Яа-яЁё0-9.!#$%&'*+/=?^_`{|}~-]{0,64}@[\w.-]{0,120}")
_VALID_EMAIL: Final = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*"
    r"@(?:[A-Za-zА-Яа-я0-9](?:[A-Za-zА-Яа-я0-9-]{0,61}[A-Za-zА-Яа-я0-9])?\.)+(?:[A-Za-z]{2,24}|рф|РФ|рус)"
)
# What was typed before an address without a space: words, or a whole phone.
_GLUED: Final = re.compile(r"[0-9-]*[А-Яа-яЁё]+(?=[A-Za-z0-9])|\+?(?:\d-?){10,11}(?=[A-Za-z])")
_SEP: Final = r"[ \u00a0–—-]?"
# Between the digits stand blanks, brackets and dashes; years, sums and registers have other company.
_NUMBER: Final = re.compile(
    rf"(?<![\d№./-])(?<!№ )(?:(?:\+ ?7|[78]){_SEP}\(?\d{{3,5}}\)?{_SEP}\d{{1,3}}{_SEP}\d{{2}}{_SEP}\d{{2}}"
    rf"|\(\d{{3,5}}\) ?\d{{1,3}}{_SEP}\d{{2}}{_SEP}\d{{2}}"
    r"|[3489]\d\d[ –—-]\d{3}[ –—-]\d\d[ –—-]?\d\d"
    r"|(?:\d|\d{3})-\d\d-\d\d"
    r"|(?:\+ ?\d|8) ?[-(]\d[\d() –—-]{6,14}\d)(?![\d/]|-\d)"
)
_NAMED: Final = re.compile(
    r"(?<![а-яё])(?:тел|сот|моб|факс)[а-яё]*\.?\s*(?:/факс)?\s*[:№]?\s*(?P<number>[+(]?\d[\d ()–—-]{1,22}\d)",
    re.IGNORECASE,
)
_LABEL: Final = re.compile(
    r"(?:[,;]\s*)?(?<![а-яёa-z])(?:контактн\w+ (?:телефон\w*|данн\w+)|телефон\w*(?:/факс)?|тел\.?|сот(?:овый)?\.?|моб(?:ильный)?\.?|факс"
    r"|адрес электронной почты|электронн\w+ (?:почт\w+|адрес\w*)|эл\. ?(?:почта|адрес)|почта|e-?mail|т\.)\s*[:.–—-]*\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Contact:
    """One phone or address: as it is written, as it should be, and where it stands."""

    kind: str
    text: str
    value: str
    is_valid: bool
    start: int
    end: int

    @property
    def shown(self) -> str:
        """Return it in the one way, or as it was written when it is damaged."""
        return self.value if self.is_valid else self.text


def contacts_in(text: str) -> tuple[Contact, ...]:
    """Return the contacts in the order of the text; a damaged one is kept as it is and marked."""
    return tuple(sorted(_every(text), key=lambda one: one.start))


def without_contacts(text: str) -> tuple[str, tuple[Contact, ...]]:
    """Return what everybody may read, and what only the organisers may."""
    found = contacts_in(text)
    left, at = "", 0
    for one in found:
        left += _unlabelled(text[at : one.start])
        at = one.end
    return (_tidy(left + text[at:]), found) if found else (text, ())


def covered(text: str) -> str:
    """Return running text with a mark in the place of every contact: what was there is not hidden silently."""
    left, at = "", 0
    for one in contacts_in(text):
        left += text[at : one.start] + ("[телефон]" if one.kind == PHONE else "[электронная почта]")
        at = one.end
    return left + text[at:]


def _every(text: str) -> Iterator[Contact]:
    addresses = [*_addresses(text)]
    yield from addresses
    blank = list(text)
    for one in addresses:
        blank[one.start : one.end] = "\n" * (one.end - one.start)
    yield from _phones("".join(blank), text)


def _addresses(text: str) -> Iterator[Contact]:
    for found in _EMAIL.finditer(text):
        written = found[0].rstrip(".-")
        start = found.start()
        while glued := _GLUED.match(written):
            start, written = start + glued.end(), written[glued.end() :]
        is_valid = bool(_VALID_EMAIL.fullmatch(written))
        value = written.lower() if is_valid else ""
        yield Contact(EMAIL, written, value, is_valid, start, start + len(written))


def _phones(blank: str, text: str) -> Iterator[Contact]:
    taken: list[range] = []
    for pattern, group in ((_NUMBER, 0), (_NAMED, "number")):
        for found in pattern.finditer(blank):
            start, end = found.span(group)
            start += len(blank[start:end]) - len(blank[start:end].lstrip(" \u00a0–—-"))
            if not any(start in one or end - 1 in one for one in taken):
                taken.append(range(start, end))
                yield _phone(text[start:end], start)


def _phone(written: str, start: int) -> Contact:
    value = phone(written)
    return Contact(PHONE, written, value, bool(value), start, start + len(written))


def phone(written: str) -> str:
    """Return «+7 861 234-56-78», a short local number «2-34-56», or an empty string for a damaged one."""
    digits = re.sub(r"\D", "", written)
    if len(digits) == _CODE + 1 and digits[0] in "78":
        digits = digits[1:]
    elif written.lstrip().startswith("+"):
        return ""
    if len(digits) == _CODE and digits[0] in "34589":
        return f"+7 {digits[:3]} {digits[3:6]}-{digits[6:8]}-{digits[8:]}"
    if len(digits) in _LOCAL:
        return f"{digits[:-4]}-{digits[-4:-2]}-{digits[-2:]}"
    return ""


def _unlabelled(text: str) -> str:
    """Drop «тел.:» and the like, which name nothing once the number has gone."""
    return _LABEL.sub("", text)


def _tidy(text: str) -> str:
    lines = (re.sub(r"[ \t\u00a0]{2,}", " ", line) for line in text.split("\n"))
    neat = (re.sub(r"\s+([,;.)])", r"\1", re.sub(r"\(\s*[,;]*\s*\)", "", line)) for line in lines)
    once = (re.sub(r"([,;])(?:\s*[,;])+", r"\1", line).strip(" \t,;") for line in neat)
    return re.sub(r"\n{3,}", "\n\n", "\n".join(once)).strip()
