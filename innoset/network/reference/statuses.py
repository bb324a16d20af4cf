"""The dictionary of statuses as it is at the first start; organisers change it later."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of status."""

    code: str
    abbreviation: str
    title: str
    level: str
    term_years: int


KINDS: Final = (
    Kind("mip", "МИП", "Муниципальная инновационная площадка", "municipal", 3),
    Kind("msip", "МСИП", "Муниципальная сетевая инновационная площадка", "municipal", 3),
    Kind("mlsv", "МЛСВ", "Муниципальный лидер сетевого взаимодействия", "municipal", 1),
    Kind("kip", "КИП", "Краевая инновационная площадка", "regional", 3),
    Kind("krc", "КРЦ", "Краевой ресурсный центр", "regional", 3),
    Kind("mrc", "МРЦ", "Межрегиональный ресурсный центр", "interregional", 3),
    Kind("fip", "ФИП", "Федеральная инновационная площадка", "federal", 5),
)

GROUNDS: Final = (
    ("no-report", "Не представлен ежегодный отчёт"),
    ("negative-expertise", "Отчёт получил отрицательное экспертное заключение"),
    ("law-violation", "Нарушено законодательство"),
    ("own-request", "Организация отказалась от статуса сама"),
    ("reorganisation", "Организация ликвидирована или реорганизована"),
    ("term-over", "Истёк срок, а работа не представлена"),
)
