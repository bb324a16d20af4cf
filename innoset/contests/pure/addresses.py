"""The address of a contest's page: its title in Latin letters and the year."""

import re
from collections.abc import Collection

MOST = 60
_LETTERS = dict(
    zip("абвгдеёзийклмнопрстуфыэ", "abvgdeeziyklmnoprstufye", strict=True)
) | {
    "ж": "zh", "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "sch", "ъ": "", "ь": "", "ю": "yu", "я": "ya",
}  # fmt: skip


def in_latin(text: str) -> str:
    """Return the text in small Latin letters, the words parted by hyphens."""
    letters = "".join(_LETTERS.get(letter, letter) for letter in text.lower())
    return re.sub(r"[^a-z0-9]+", "-", letters).strip("-")


def address_of(title: str, year: int, taken: Collection[str] = ()) -> str:
    """Return a free address: «Конкурс проектов», 2026 → `konkurs-proektov-2026`, then `…-2026-2`."""
    number = 1
    while True:
        tail = f"-{year}" if number == 1 else f"-{year}-{number}"
        address = f"{_shortened(in_latin(title) or 'konkurs', MOST - len(tail))}{tail}"
        if address not in taken:
            return address
        number += 1


def _shortened(address: str, most: int) -> str:
    """Cut whole words off the end until the address fits."""
    return address if len(address) <= most else address[: most + 1].rsplit("-", 1)[0][:most]
