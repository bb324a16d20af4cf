"""What the virus scanner said of a file."""

from enum import StrEnum


class Scan(StrEnum):
    """Whether a file was looked at by the virus scanner, and what came of it."""

    OFF = "off"
    WAITING = "waiting"
    CLEAN = "clean"
    INFECTED = "infected"


SCAN_LABELS = {
    Scan.OFF: "Не проверен на вирусы",
    Scan.WAITING: "Ждёт проверки на вирусы",
    Scan.CLEAN: "Проверен на вирусы",
    Scan.INFECTED: "Найден вирус",
}
