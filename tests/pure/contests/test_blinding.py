"""The blind copy: no trace of the author survives, and nothing else is lost."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.contests.pure.blinding import Author, blind, blind_copy, masks_of
from innoset.projects.pure.catalogue import FORMS, form_by_code
from innoset.projects.pure.forms import Kind, blank, fields_of

PASSPORT = form_by_code("passport")
FULL = (
    "Муниципальное бюджетное общеобразовательное учреждение «Средняя общеобразовательная школа № 7 "
    "имени героя труда И. И. Ветрова» муниципального образования Приречный район"
)
AUTHOR = Author(
    organisation=FULL,
    short_name="МБОУ СОШ № 7",
    municipality="Приречный район",
    centre="Белозёрная",
    people=("Ковалёва Ирина Сергеевна",),
)
VALUES = {
    "1": "Школа наставников",
    "2": "Соколова Вера Петровна, заместитель директора\nВ. П. Белых, учитель",
    "3": "Орлов-Степной Пётр Ильич, доктор наук",
}
MASKS = masks_of(PASSPORT, VALUES, AUTHOR)

CANARIES = (
    FULL,
    "МБОУ СОШ № 7",
    "МБОУ СОШ №7",
    "МБОУ «СОШ № 7»",
    "СОШ № 7",
    "СОШ-7",
    "СОШ 7",
    "школа № 7",
    "школе №7",
    "средней школы № 7",
    "Средняя общеобразовательная школа № 7 имени героя труда И. И. Ветрова",
    "Ковалёва Ирина Сергеевна",
    "Ковалева",
    "Ковалёвой И. С.",
    "И.С. Ковалёвой",
    "Ирины Сергеевны",
    "Соколова",
    "Соколовой Веры Петровны",
    "Вере Петровне",
    "Белых В.П.",
    "Орлова-Степного",
    "Приречный район",
    "Приречного района",
    "в Приречном",
    "Белозёрной",
    "8 (861) 222-33-44",
    "+7 918 123-45-67",
    "89181234567",
    "тел. 22-33-44",
    "school7@prirechny.example.ru",
    "https://school7.example.ru/page?id=1",
    "www.school7.example.ru",
    "school7-prirechny.ru",
    "vk.com/school7prirechny",
    "@school7tg",
    "ИНН 2301234567",
)
FILLER = (
    "Обучить двадцать наставников.",
    "В 2021-2022 учебном году 12 школ и 7 садов провели 345 уроков.",
    "Приказ от 12.03.2024 № 215 «О наставничестве».",
    "Краснодарский край, белая бумага, 7 дней в школе.",
    "• вторая задача;\n• третья задача.",
)


def squeezed(text: str) -> str:
    """Return the text as a curious reader compares it."""
    return re.sub(r"[\W_]+", "", text.lower().replace("ё", "е"))


def variants(canary: str) -> st.SearchStrategy[str]:
    """Write a canary as people do: other case, other spaces, ё or е, invisible signs."""
    changes = (
        str.upper,
        str.title,
        lambda text: text,
        lambda text: text.replace(" ", "\xa0"),
        lambda text: text.replace(" ", "  "),
        lambda text: text.replace("ё", "е"),
        lambda text: text.replace("о", "о\u200b"),
    )
    return st.sampled_from(changes).map(lambda change: change(canary))


canaries = st.sampled_from(CANARIES).flatmap(lambda canary: st.tuples(st.just(canary), variants(canary)))
glue = st.sampled_from((" ", ", ", "\n", " — ", " (", ". "))


@given(before=st.sampled_from(FILLER), after=st.sampled_from(FILLER), told=canaries, left=glue, right=glue)
def test_canaries_never_survive(
    before: str, after: str, told: tuple[str, str], left: str, right: str
) -> None:
    canary, written = told
    covered = blind(f"{before}{left}{written}{right}{after}", MASKS)
    assert squeezed(canary) not in squeezed(covered)


@given(texts=st.lists(st.sampled_from(FILLER), min_size=1), separator=glue)
def test_innocent_text_stays_as_it_was(texts: list[str], separator: str) -> None:
    text = separator.join(texts)
    assert blind(text, MASKS) == text


@given(text=st.text())
def test_any_text_can_be_covered_and_covering_twice_changes_nothing(text: str) -> None:
    covered = blind(text, MASKS)
    assert blind(covered, MASKS) == covered


@pytest.mark.parametrize(
    ("text", "covered"),
    [
        ("Уроки в МБОУ «СОШ № 7» и гимназии № 17", "Уроки в [организация] и гимназии № 17"),
        ("Директор Ковалёва И. С. сказала", "Директор [имя] сказала"),
        ("Автор — Вера Петровна Соколова.", "Автор — [имя]."),
        ("школы Приречного района", "школы [муниципалитет] района"),
        ("Пишите: vera@example.ru, 8 (861) 222-33-44", "Пишите: [электронная почта], [телефон]"),
        ("«Школа № 7», школа № 77, школа № 7.5", "[организация], школа № 77, школа № 7.5"),
        ("Открыта школа 7 дней в неделю", "Открыта школа 7 дней в неделю"),
        ("Соколов среди птиц больше", "[имя] среди птиц больше"),
    ],
)
def test_marks_stand_where_the_traces_were(text: str, covered: str) -> None:
    assert blind(text, MASKS) == covered


def test_kindergarten_with_a_name_is_covered_in_any_case() -> None:
    author = Author(organisation="МБДОУ детский сад «Солнышко»", people=())
    masks = masks_of(PASSPORT, {}, author)
    assert blind("В саду «Солнышко» и с «Солнышком»", masks) == "В саду «[организация]» и с «[организация]»"


def test_name_of_a_sort_alone_is_no_trace() -> None:
    author = Author(organisation="МБОУ «Средняя общеобразовательная школа»", people=())
    text = "Средняя общеобразовательная школа меняется"
    assert blind(text, masks_of(PASSPORT, {}, author)) == text


def test_fields_about_people_are_not_in_the_copy() -> None:
    for form in FORMS:
        values = {key: f"текст {key}" for key in blank(form)}
        copy = blind_copy(form, values, AUTHOR, title="Тема", stages=form.usual_stages)
        shown = {row["key"] for row in copy.content}
        dropped = {
            field.key
            for field in fields_of(form)
            if not field.public or field.kind in (Kind.PERSON, Kind.URL)
        }
        assert shown & dropped == set(), form.code


def test_copy_of_a_passport_is_whole() -> None:
    values = dict.fromkeys(blank(PASSPORT, stages=2), "") | {
        "1": "Наставники СОШ № 7",
        "2": "Соколова Вера Петровна",
        "6": "Идея Соколовой",
        "11.1": "Начало",
        "11.1.1": "Сентябрь–декабрь 2024 г.",
    }
    copy = blind_copy(PASSPORT, values, AUTHOR, title="Наставники СОШ № 7", stages=2)
    rows = {row["key"]: row for row in copy.content}
    assert copy.title == "Наставники [организация]"
    assert rows["1"] == {
        "key": "1",
        "number": "1",
        "label": "Наименование инновационного проекта (программы) (тема)",
        "text": "Наставники [организация]",
        "is_group": False,
    }
    assert (rows["6"]["text"], rows["11"]["is_group"]) == ("Идея [имя]", True)
    assert copy.stages == [{"name": "Начало", "start": "2024-09", "end": "2024-12"}]
    assert [key for key in rows if key.startswith("11.")] == [
        "11.1", "11.1.1", "11.1.2", "11.1.3", "11.2", "11.2.1", "11.2.2", "11.2.3",
    ]  # fmt: skip
