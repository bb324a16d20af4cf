"""Names of dossiers that tell experts nothing of whose they are."""

# No letters that are misheard, misread or unsayable.
LETTERS = "АБВГДЕЖИКЛМНПРСТУФХЦЧШЭЮЯ"


def series(contest: int) -> str:
    """Return the letters of a contest, its own ones for ever: А, Б, … Я, АА, АБ …"""
    letters = ""
    while contest > 0:
        contest, rest = divmod(contest - 1, len(LETTERS))
        letters = LETTERS[rest] + letters
    return letters


def code(contest: int, position: int) -> str:
    """Return the name of the dossier that was sent as the n-th: «А-017»."""
    return f"{series(contest)}-{position:03d}"
