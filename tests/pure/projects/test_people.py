"""Names out of the lines of a form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.projects.pure.people import names_in


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Соколова Вера Петровна, заместитель директора", ("Соколова Вера Петровна",)),
        ("1. Соколова Вера Петровна\n2) Орлов П. И., учитель", ("Соколова Вера Петровна", "Орлов П. И.")),
        ("- В. П. Белых, учитель; Ли Вера", ("Белых В. П.", "Ли Вера")),
        ("Иванова-Петрова Анна Юрьевна (методист)", ("Иванова-Петрова Анна Юрьевна",)),
        ("Мамедов Али Гасан оглы, учитель", ("Мамедов Али Гасан оглы",)),
        ("Директор Соколова Вера Петровна — автор", ("Соколова Вера Петровна",)),
        ("Соколова Вера Петровна\nСоколова Вера Петровна", ("Соколова Вера Петровна",)),
        ("Директор школы Белых В.П.", ("Белых В.П.",)),
        ("Авторы: Соколова Вера Петровна", ("Соколова Вера Петровна",)),
        ("Управление образования", ()),
        ("коллектив авторов, нет", ()),
        ("", ()),
    ],
)
def test_names_are_found(text: str, names: tuple[str, ...]) -> None:
    assert names_in(text) == names


@given(text=st.text())
def test_any_text_may_be_asked(text: str) -> None:
    assert all(name in " ".join(text.split()) or "." in name for name in names_in(text))
