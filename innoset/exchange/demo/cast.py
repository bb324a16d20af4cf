"""Invented people and organisations, from a seed."""

from dataclasses import dataclass, field
from random import Random

from innoset.network.states import OrganisationKind

SURNAMES = [
    "Берегов",
    "Вишняк",
    "Гречаный",
    "Дубко",
    "Ежевик",
    "Журавец",
    "Зарубин",
    "Ивняк",
    "Калинец",
    "Лозовой",
    "Мельничук",
    "Нивин",
    "Озерко",
    "Перелог",
    "Рощин",
    "Садовник",
    "Тополев",
    "Уваров",
    "Хлебец",
    "Цветаль",
    "Черешнев",
    "Шелест",
    "Щедрин",
    "Яблонец",
    "Багрец",
    "Вербин",
    "Горицвет",
    "Долинец",
    "Заречко",
    "Камышан",
    "Ландышев",
    "Медуницын",
    "Незабудкин",
    "Орешко",
    "Подлесный",
    "Ракитин",
    "Снегирец",
    "Таволгин",
    "Ульев",
    "Фиалкин",
]
FEMALE = (
    "Анна",
    "Вера",
    "Галина",
    "Дарья",
    "Елена",
    "Жанна",
    "Зоя",
    "Инна",
    "Ксения",
    "Лариса",
    "Марина",
    "Нина",
    "Ольга",
    "Полина",
    "Раиса",
    "Светлана",
)
MALE = (
    "Андрей",
    "Борис",
    "Виктор",
    "Глеб",
    "Денис",
    "Егор",
    "Иван",
    "Кирилл",
    "Лев",
    "Максим",
    "Олег",
    "Павел",
    "Роман",
    "Степан",
)
FATHERS = (
    "Андре",
    "Борис",
    "Виктор",
    "Глеб",
    "Денис",
    "Егор",
    "Иван",
    "Кирилл",
    "Максим",
    "Олег",
    "Павл",
    "Роман",
    "Степан",
)


@dataclass(frozen=True, slots=True)
class Name:
    """A full name by its parts."""

    last: str
    first: str
    middle: str

    def __str__(self) -> str:
        return f"{self.last} {self.first} {self.middle}"


@dataclass
class Cast:
    """Gives names, identifiers and numbers that never repeat."""

    random: Random = field(default_factory=lambda: Random(20261121))  # noqa: S311  # reason: demo data wants a fixed seed
    serial: int = 0

    def name(self) -> Name:
        """Return a new full name."""
        self.serial += 1
        last = SURNAMES[self.serial % len(SURNAMES)]
        stem = self.random.choice(FATHERS)
        if self.random.random() < 0.75:  # noqa: PLR2004  # reason: as in schools, three of four are women
            return Name(_feminine(last), self.random.choice(FEMALE), _patronymic(stem, "на"))
        return Name(last, self.random.choice(MALE), _patronymic(stem, "ич"))

    def inn(self) -> str:
        """Return a new ten-digit ИНН with a right check digit."""
        self.serial += 1
        head = f"2399{self.serial:05d}"
        weights = (2, 4, 10, 3, 5, 9, 4, 6, 8)
        return head + str(sum(int(d) * w for d, w in zip(head, weights, strict=True)) % 11 % 10)

    def ogrn(self) -> str:
        """Return a new thirteen-digit ОГРН with a right check digit."""
        self.serial += 1
        head = f"10223{self.serial:07d}"
        return head + str(int(head) % 11 % 10)


def _feminine(last: str) -> str:
    if last.endswith(("ов", "ев", "ин")):
        return f"{last}а"
    if last.endswith(("ый", "ой")):
        return f"{last[:-2]}ая"
    return last


def _patronymic(stem: str, ending: str) -> str:
    if stem == "Андре":
        return "Андреевна" if ending == "на" else "Андреевич"
    return f"{stem}ов{'на' if ending == 'на' else 'ич'}"


KINDS = (
    OrganisationKind.SCHOOL,
    OrganisationKind.KINDERGARTEN,
    OrganisationKind.SCHOOL,
    OrganisationKind.SCHOOL,
    OrganisationKind.KINDERGARTEN,
    OrganisationKind.EXTRA,
)
SHORT = {
    OrganisationKind.SCHOOL: "СОШ № {n}",
    OrganisationKind.KINDERGARTEN: "Детский сад № {n}",
    OrganisationKind.EXTRA: "Дом творчества № {n}",
}
LONG = {
    OrganisationKind.SCHOOL: "Муниципальное общеобразовательное учреждение «Средняя общеобразовательная школа № {n}», {place}",
    OrganisationKind.KINDERGARTEN: "Муниципальное дошкольное образовательное учреждение «Детский сад № {n}», {place}",
    OrganisationKind.EXTRA: "Муниципальное учреждение дополнительного образования «Дом творчества № {n}», {place}",
}
HEADS = {
    OrganisationKind.SCHOOL: "Директор",
    OrganisationKind.KINDERGARTEN: "Заведующий",
    OrganisationKind.EXTRA: "Директор",
}
