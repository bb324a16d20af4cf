"""Where a figure comes from, and what an indicator is counted for."""

from enum import StrEnum


class Source(StrEnum):
    """Where the values of an indicator come from."""

    COUNTED = "counted"
    ENTERED = "entered"
    IMPORTED = "imported"


SOURCE_LABELS = {
    Source.COUNTED: "Считает сайт",
    Source.ENTERED: "Вносят вручную",
    Source.IMPORTED: "Загружают из файла",
}


class Scope(StrEnum):
    """What an indicator is counted for."""

    ORGANISATION = "organisation"
    MUNICIPALITY = "municipality"
    NETWORK = "network"


SCOPE_LABELS = {
    Scope.ORGANISATION: "По организациям",
    Scope.MUNICIPALITY: "По муниципалитетам",
    Scope.NETWORK: "По всей сети",
}
