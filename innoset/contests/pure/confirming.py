"""The head's confirmation: which one fits what is there now, what still hinders it, how it is named."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from textwrap import wrap
from typing import Any, Final, Self

from innoset.foundation.russian import moment_in_words

ASKED, GIVEN, REFUSED, VOID = "asked", "given", "refused", "void"
CODE, SIGNATURE, SCAN = "code", "signature", "scan"
LIFETIME: Final = timedelta(hours=24)
MOST_ATTEMPTS: Final = 5
DIGITS: Final = 6
# A second letter so soon would only confuse.
PAUSE: Final = timedelta(minutes=1)


class Stand(StrEnum):
    """How the confirmation of what is there now stands."""

    NOT_NEEDED = "not_needed"
    ABSENT = "absent"
    ASKED = "asked"
    EXPIRED = "expired"
    STALE = "stale"
    REFUSED = "refused"
    GIVEN = "given"


@dataclass(frozen=True, slots=True)
class Fact:
    """What matters of one confirmation; `sha256` is the seal of what it was asked for."""

    way: str
    state: str
    sha256: str
    expires_at: datetime | None = None


def fits(fact: Fact, seal: str, ways: Iterable[str]) -> bool:
    """Tell whether a confirmation is given, for exactly this content, in a way that is accepted."""
    return fact.state == GIVEN and fact.sha256 == seal and fact.way in set(ways)


def is_over(fact: Fact, at: datetime) -> bool:
    """Tell whether the time of its code has run out."""
    return fact.expires_at is not None and at >= fact.expires_at


def standing(facts: Sequence[Fact], seal: str, ways: Sequence[str], at: datetime) -> tuple[Stand, int | None]:
    """Say how the confirmation stands, and by which of the facts (newest first)."""
    if not ways:
        return Stand.NOT_NEEDED, None
    for place, fact in enumerate(facts):
        if fits(fact, seal, ways):
            return Stand.GIVEN, place
    return _newest(facts[0], seal, at) if facts else (Stand.ABSENT, None)


def _newest(fact: Fact, seal: str, at: datetime) -> tuple[Stand, int | None]:
    if fact.state == VOID:
        return Stand.ABSENT, None
    if fact.sha256 != seal or fact.state == GIVEN:
        return Stand.STALE, 0
    if fact.state == REFUSED:
        return Stand.REFUSED, 0
    return (Stand.EXPIRED if is_over(fact, at) else Stand.ASKED), 0


def code_of(text: str) -> str:
    """Return the digits of a code as it was typed, or an empty string when it is no code."""
    digits = re.sub(r"[\s–—-]", "", text)
    return digits if re.fullmatch(rf"[0-9]{{{DIGITS}}}", digits) else ""


@dataclass(frozen=True, slots=True)
class Signed:
    """What a file of a signature says and how far it was verified; kept with the confirmation."""

    name: str
    organisation: str
    inn: str
    serial: str
    valid_from: str
    valid_to: str
    signed_at: str
    trust: str
    notes: tuple[str, ...] = ()

    def as_row(self) -> dict[str, Any]:
        """Return it as it is kept."""
        return asdict(self)

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Self | None:
        """Read it back; None when nothing was kept."""
        return cls(**{**row, "notes": tuple(row["notes"])}) if row else None

    @property
    def serial_in_fours(self) -> str:
        """Return the number of the certificate so that people can compare it and lines can break."""
        return " ".join(wrap(self.serial, 4))

    @property
    def is_verified(self) -> bool:
        """Tell whether the signature was found to fit the document."""
        return self.trust != "none"


def differences(signed: tuple[str, str, str], head: str, names: Sequence[str], inn: str) -> tuple[str, ...]:
    """Say where the certificate (name, organisation, ИНН) departs from the organisation and its head."""
    name, organisation, number = signed
    found = []
    if head and _folded(name) != _folded(head):
        found.append(
            f"Подписал не руководитель из карточки организации: в сертификате {name or 'нет имени'}."
        )
    # A person's own ИНН is longer and says nothing of the organisation.
    if number and len(number) == len(inn) and number != inn:
        found.append(f"ИНН в сертификате {number}, у организации {inn}.")
    elif (
        organisation
        and (number or "-") != inn
        and _folded(organisation) not in {_folded(one) for one in names}
    ):
        found.append(f"В сертификате другая организация: {organisation}.")
    return tuple(found)


def _folded(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", " ", text).casefold().replace("ё", "е").split())


WAYS_IN_WORDS: Final = {
    CODE: "простая электронная подпись: код из письма",
    SIGNATURE: "файл электронной подписи",
    SCAN: "скан подписанной страницы",
}


def in_words(way: str, who: str, when: datetime, signed: Signed | None) -> str:
    """Say who confirmed, how and when, in a line for the receipt and the printed application."""
    words = f"{WAYS_IN_WORDS[way]}. "
    if signed is not None:
        words += f"Сертификат № {signed.serial_in_fours}, {signed.name or signed.organisation}. "
        words += " ".join(signed.notes) + (" " if signed.notes else "")
        return f"{words}Загружено {moment_in_words(when, seconds=True)}"
    verb = "Подтверждено" if way == CODE else "Загружено"
    return f"{words}{who.rstrip('.')}. {verb} {moment_in_words(when, seconds=True)}"


def note_for_check(way: str, signed: Signed | None) -> str:
    """Return what a person must still look at, or an empty string when the machine is satisfied."""
    if way == SCAN:
        return "Приложен скан: откройте его и проверьте подпись и печать."
    if signed is None:
        return ""
    if not signed.is_verified:
        return " ".join(signed.notes)
    return " ".join(one for one in signed.notes if not one.startswith("Цепочка"))
