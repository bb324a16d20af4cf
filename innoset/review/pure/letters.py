"""Letters under which experts stand wherever their names may not be shown."""

from collections.abc import Collection

ALPHABET = "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"


def letters_of(experts: Collection[int]) -> dict[int, str]:
    """Name the experts А, Б, В … in the order of their keys; after the alphabet А2, Б2 …"""
    ordered = sorted(set(experts))
    turns = (divmod(number, len(ALPHABET)) for number in range(len(ordered)))
    names = [ALPHABET[letter] + (str(turn + 1) if turn else "") for turn, letter in turns]
    return dict(zip(ordered, names, strict=True))
