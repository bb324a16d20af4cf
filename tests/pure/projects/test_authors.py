"""People of a cell, however they are written; all of them are invented."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.projects.pure.authors import Author, people_in

PHONE, MAIL = "+7 900 000-00-01", "vera@example.ru"


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("нет", []),
        ("-", []),
        ("", []),
        (
            "Соколова Вера Петровна, начальник управления образования,8-900-000-00-01 vera@example.ru",
            [Author("Соколова Вера Петровна", "начальник управления образования", "", (PHONE,), (MAIL,))],
        ),
        (
            "Соколова Вера Петровна, методист8-900-000-00-01vera@example.ru\nОрлов Пётр Ильич; учитель",
            [
                Author("Соколова Вера Петровна", "методист", "", (PHONE,), (MAIL,)),
                Author("Орлов Пётр Ильич", "учитель"),
            ],
        ),
        (
            "Соколова Вера Петровна методист Орлов Пётр Ильич учитель",
            [Author("Соколова Вера Петровна", "методист"), Author("Орлов Пётр Ильич", "учитель")],
        ),
        (
            "методист Соколова Вера Петровна; директор Орлов Пётр Ильич",
            [Author("Соколова Вера Петровна", "методист"), Author("Орлов Пётр Ильич", "директор")],
        ),
        (
            "1. Ли Вера, учитель\n2. Ким Анна, методист (тел. 2-34-56)",
            [Author("Ли Вера", "учитель"), Author("Ким Анна", "методист", "", ("2-34-56",))],
        ),
        (
            "В. П. Белых, директор, П.И. Орлов, канд. с.-х. наук",
            [Author("Белых В. П.", "директор"), Author("Орлов П. И.", "", "канд. с.-х. наук")],
        ),
        ("Вера Петровна Соколова, к.п.н., доцент", [Author("Соколова Вера Петровна", "", "к.п.н., доцент")]),
        (
            "СОКОЛОВА-БЕЛЫХ ВЕРА ПЕТРОВНА – профессор",
            [Author("Соколова-Белых Вера Петровна", "", "профессор")],
        ),
        ("Мамедов Али Гасан оглы, учитель", [Author("Мамедов Али Гасан оглы", "учитель")]),
        (
            "Научный руководитель – Орлов Пётр Ильич, доктор географических наук",
            [Author("Орлов Пётр Ильич", "", "доктор географических наук")],
        ),
        ("коллектив авторов", [Author("", "коллектив авторов", doubts=("Имя не распознано.",))]),
        (
            "Орлов Пётр Ильич, учитель, тел. 123, orlov@",
            [
                Author(
                    "Орлов Пётр Ильич",
                    "учитель",
                    "",
                    ("123",),
                    ("orlov@",),
                    (
                        "Телефон «123» записан с ошибкой.",
                        "Адрес электронной почты «orlov@» записан с ошибкой.",
                    ),
                )
            ],
        ),
    ],
)
def test_people_of_a_cell(text: str, people: list[Author]) -> None:
    found = people_in(text)
    bare = [Author(one.name, one.position, one.degree, one.phones, one.emails, one.doubts) for one in found]
    assert bare == people


def test_each_keeps_their_part_of_the_cell() -> None:
    cell = "Соколова Вера Петровна, методист;\nдиректор Орлов П. И., 2-34-56"
    assert [one.text for one in people_in(cell)] == [
        "Соколова Вера Петровна, методист",
        "директор Орлов П. И., 2-34-56",
    ]


PEOPLE = st.lists(
    st.tuples(
        st.sampled_from(
            ["Соколова Вера Петровна", "Орлов Пётр Ильич", "Белых Анна Юрьевна", "Ким Олег Львович"]
        ),
        st.sampled_from(["учитель", "заместитель директора", "методист высшей категории"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda one: one[0],
)


@given(PEOPLE, st.sampled_from(["\n", "; ", ";\n", ", "]))
def test_nobody_is_lost(people: list[tuple[str, str]], joint: str) -> None:
    found = people_in(joint.join(f"{name}, {post}" for name, post in people))
    assert [(one.name, one.position) for one in found] == people


@given(st.text(alphabet="АБВабв .,;\n8-()@a1", max_size=120))
def test_any_text_may_be_asked(text: str) -> None:
    assert all(isinstance(one.name, str) for one in people_in(text))
