"""Check digits of the identifiers that Russian organisations carry.

Each function takes what a person typed and returns the bare digits, or raises
IdentifierError with a sentence that names the identifier, the fault and the cure.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Final


class IdentifierError(ValueError):
    """The identifier is wrong; the text is a sentence for the person who typed it."""


def inn(text: str) -> str:
    """Return the ИНН of an organisation (10 digits) or of a person (12 digits)."""
    digits = _digits(text, "ИНН", (10, 12), "10 цифр у организации или 12 у человека")
    if digits[_INN_BODY[len(digits)] :] != _inn_tail(digits):
        raise _misprint("ИНН", digits)
    return digits


def organisation_inn(text: str) -> str:
    """Return the ИНН of an organisation: exactly 10 digits."""
    _digits(text, "ИНН организации", (10,), "10 цифр")
    return inn(text)


def ogrn(text: str) -> str:
    """Return the ОГРН of an organisation (13 digits) or of an entrepreneur (15 digits)."""
    digits = _digits(text, "ОГРН", (13, 15), "13 цифр у организации или 15 у предпринимателя")
    if int(digits[:-1]) % (len(digits) - 2) % 10 != int(digits[-1]):
        raise _misprint("ОГРН", digits)
    return digits


def organisation_ogrn(text: str) -> str:
    """Return the ОГРН of an organisation: exactly 13 digits."""
    _digits(text, "ОГРН организации", (13,), "13 цифр")
    return ogrn(text)


def kpp(text: str) -> str:
    """Return the КПП: 9 characters, letters only in the fifth and the sixth place; no check digit."""
    code = _bare(text).upper()
    if not code:
        raise _empty("КПП", "9 знаков, например 230901001")
    if not _KPP.fullmatch(code):
        raise IdentifierError(
            f"КПП «{_shown(text)}» записан неверно: нужны 9 цифр, "
            "на пятом и шестом месте возможны прописные латинские буквы. Например: 230901001."
        )
    return code


def oktmo(text: str) -> str:
    """Return the ОКТМО of 8 or 11 digits; a check digit after a hyphen is verified and dropped."""
    code, _, check = text.strip().rpartition("-") if _CHECKED_OKTMO.search(text) else (text, "", "")
    digits = _digits(
        code, "ОКТМО", (8, 11), "8 цифр у муниципального образования или 11 у населённого пункта"
    )
    if check and int(check) != oktmo_check_digit(digits):
        raise _misprint("ОКТМО", f"{digits}-{check}")
    return digits


def oktmo_check_digit(digits: str) -> int:
    """Count the classifier's check digit of an ОКТМО."""
    for first in (1, 3):
        remainder = _weighted(digits, ((place + first - 1) % 10 + 1 for place in range(len(digits)))) % 11
        if remainder != _NO_DIGIT:
            return remainder
    return 0


_INN_BODY: Final = {10: 9, 12: 10}
_INN_WEIGHTS: Final = (3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8)
_KPP: Final = re.compile(r"[0-9]{4}[0-9A-Z]{2}[0-9]{3}")
_CHECKED_OKTMO: Final = re.compile(r"[0-9]\s*-\s*[0-9]\s*$")
_NO_DIGIT: Final = 10
_LONGEST_QUOTE: Final = 40


def _inn_tail(digits: str) -> str:
    """Count the check digits, each over all digits before it."""
    tail = digits[: _INN_BODY[len(digits)]]
    while len(tail) < len(digits):
        tail += str(_weighted(tail, _INN_WEIGHTS[-len(tail) :]) % 11 % 10)
    return tail[_INN_BODY[len(digits)] :]


def _weighted(digits: str, weights: Iterable[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))


def _digits(text: str, name: str, lengths: Sequence[int], norm: str) -> str:
    """Return the bare digits if there is a right number of them."""
    bare = _bare(text)
    if not bare:
        raise _empty(name, norm)
    if not (bare.isascii() and bare.isdigit()):
        raise IdentifierError(
            f"{name} «{_shown(text)}» записан неверно: в нём бывают только цифры. Уберите остальные знаки."
        )
    if len(bare) not in lengths:
        raise IdentifierError(
            f"{name} «{_shown(text)}» записан неверно: сейчас цифр {len(bare)}, а нужно {norm}."
        )
    if not bare.strip("0"):
        raise _misprint(name, bare)
    return bare


def _bare(text: str) -> str:
    return "".join(text.split())


def _shown(text: str) -> str:
    """Quote what was typed, cut when it is long."""
    bare = " ".join(text.split())
    return bare if len(bare) <= _LONGEST_QUOTE else f"{bare[:_LONGEST_QUOTE]}…"


def _empty(name: str, norm: str) -> IdentifierError:
    return IdentifierError(f"Введите {name}: {norm}.")


def _misprint(name: str, digits: str) -> IdentifierError:
    return IdentifierError(
        f"{name} «{digits}» содержит опечатку: не сходится контрольная цифра. Сверьте его с документом."
    )
