"""The team that a passport names."""

from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.teams import Named, team_in


def test_people_of_the_passport_come_without_contacts():
    values = {
        "1": "Сидоров Иван Ильич в названии не считается",
        "2": "1. Соколова Вера Петровна, заместитель директора, 8-900-000-00-00, a@b.example\n"
        "2. Лугов Денис Андреевич, методист\nСоколова Вера Петровна",
        "3": "Орлов Пётр Ильич, доктор педагогических наук, профессор",
    }
    assert team_in(PASSPORT, values) == (
        Named("Соколова Вера Петровна", is_author=True, position="заместитель директора"),
        Named("Лугов Денис Андреевич", is_author=True, position="методист"),
        Named("Орлов Пётр Ильич", is_author=False, degree="доктор педагогических наук, профессор"),
    )


def test_nobody_is_named():
    assert team_in(PASSPORT, {"2": "коллектив авторов", "3": "нет"}) == ()
    assert team_in(PASSPORT, {}) == ()
