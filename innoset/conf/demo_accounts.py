"""The invented people of the demo year: one a role, each with a known password."""

import base64
import hashlib
from dataclasses import dataclass

from innoset.network.states import GUARDED_ROLES, Role


@dataclass(frozen=True, slots=True)
class Account:
    """One demo account; `place` names the organisation of the demo year where the role is held."""

    code: str
    title: str
    email: str
    last_name: str
    first_name: str
    middle_name: str
    position: str
    role: Role
    place: str
    password: str = "innoset-2026"  # noqa: S105  # reason: a public demo password, refused in production

    @property
    def full_name(self) -> str:
        """Return «Воронцова Мария Павловна»."""
        return f"{self.last_name} {self.first_name} {self.middle_name}"

    @property
    def is_guarded(self) -> bool:
        """Tell whether the role needs a second factor."""
        return self.role in GUARDED_ROLES

    @property
    def totp_secret(self) -> str:
        """Return the fixed secret of the code generator, the same on every machine."""
        return base64.b32encode(hashlib.sha256(f"demo {self.code}".encode()).digest()[:20]).decode()


CENTRE, DEPARTMENT, SCHOOL, SERVICE, INSTITUTE = "centre", "department", "school", "service", "institute"

ACCOUNTS = (
    Account(
        "applicant", "Руководитель школы", "applicant@innoset.example",
        "Берёзкина", "Ольга", "Викторовна", "Директор", Role.HEAD, SCHOOL,
    ),
    Account(
        "editor", "Сотрудник школы", "editor@innoset.example",
        "Лугов", "Денис", "Андреевич", "Заместитель директора", Role.EDITOR, SCHOOL,
    ),
    Account(
        "expert", "Эксперт", "expert@innoset.example",
        "Ромашин", "Игорь", "Степанович", "Методист", Role.EXPERT, SERVICE,
    ),
    Account(
        "observer", "Наблюдатель", "observer@innoset.example",
        "Тихонравова", "Лидия", "Олеговна", "Специалист", Role.OBSERVER, SERVICE,
    ),
    Account(
        "coordinator", "Координатор муниципалитета", "coordinator@innoset.example",
        "Полевая", "Анна", "Игоревна", "Руководитель методической службы", Role.COORDINATOR, SERVICE,
    ),
    Account(
        "organiser", "Организатор конкурсов", "organiser@innoset.example",
        "Воронцова", "Мария", "Павловна", "Начальник отдела", Role.ORGANISER, CENTRE,
    ),
    Account(
        "approver", "Утверждающий приказы", "approver@innoset.example",
        "Кузнечихин", "Павел", "Романович", "Заместитель директора департамента", Role.APPROVER, DEPARTMENT,
    ),
    Account(
        "chair", "Председатель совета", "chair@innoset.example",
        "Степнова", "Елена", "Борисовна", "Директор центра", Role.CHAIR, CENTRE,
    ),
    Account(
        "secretary", "Секретарь совета", "secretary@innoset.example",
        "Дубравина", "Вера", "Сергеевна", "Методист", Role.SECRETARY, CENTRE,
    ),
    Account(
        "council", "Член координационного совета", "council@innoset.example",
        "Ясенев", "Николай", "Львович", "Заведующий кафедрой", Role.COUNCIL, INSTITUTE,
    ),
    Account(
        "methodist", "Сетевой методист", "methodist@innoset.example",
        "Родникова", "Ирина", "Юрьевна", "Методист", Role.METHODIST, CENTRE,
    ),
    Account(
        "curator", "Куратор института", "curator@innoset.example",
        "Горский", "Антон", "Фёдорович", "Научный сотрудник", Role.CURATOR, INSTITUTE,
    ),
)  # fmt: skip
