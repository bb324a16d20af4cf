"""Last year's words in this year's form: every text in the right field or handed back, none lost."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.projects.pure.catalogue import FORMS
from innoset.projects.pure.field_maps import ACROSS, plan
from innoset.projects.pure.forms import Form, fields_of
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.programme_form import PROGRAMME
from innoset.projects.pure.report_form import REPORT

FULL = {field.key: f"Ответ на {field.key}" for field in fields_of(PASSPORT, stages=4)}


def relabelled(form: Form, version: str, labels: dict[str, str], renumbered: dict[str, str]) -> Form:
    """Make the next version of a form: some labels worded anew, some fields under other keys."""
    fields = [
        replace(field, key=renumbered.get(field.key, field.key), label=labels.get(field.key, field.label))
        for field in form.fields
    ]
    return replace(form, version=version, fields=tuple(fields))


def test_the_same_form_is_carried_over_whole_with_its_stages() -> None:
    made = plan(PASSPORT, FULL, PASSPORT)
    assert (made.values, made.left, made.stages) == (FULL, (), 4)


def test_a_renewed_form_is_matched_by_the_question_not_by_the_number() -> None:
    swapped = relabelled(PASSPORT, "2", {}, {"9": "10", "10": "9"})
    made = plan(PASSPORT, FULL, swapped)
    assert (made.values, made.left) == (FULL | {"9": FULL["10"], "10": FULL["9"]}, ())


def test_a_reworded_question_in_its_place_keeps_its_answer_and_another_question_does_not_get_it() -> None:
    labels = {"10": "Практическая ценность и значимость", "12": "Бюджет и источники средств"}
    made = plan(PASSPORT, FULL, relabelled(PASSPORT, "2", labels, {}))
    without = {key: text for key, text in FULL.items() if key != "12"}
    assert (made.values, [(field.key, text) for field, text in made.left]) == (without, [("12", FULL["12"])])


def test_a_passport_starts_a_programme_and_tells_what_has_no_place() -> None:
    values = {"4": "Цель", "5": "Задачи", "7": "Законы", "12": "Перспективы", "16.1": "Класс"}
    made = plan(PASSPORT, values, PROGRAMME)
    assert made.values == {"1.2": "Законы", "2.1": "Задачи\nПерспективы", "2.2": "Цель"}
    assert ([field.key for field, _ in made.left], made.stages) == (["16.1"], 0)


def test_a_report_gives_a_passport_its_supervisor_and_statuses() -> None:
    values = {"I.1": "Школа", "I.8": "МИП, 2024", "I.9": "нет"}
    made = plan(REPORT, values, PASSPORT)
    assert (made.values, made.stages) == ({"3": "нет", "15": "МИП, 2024"}, 3)
    assert [(field.key, text) for field, text in made.left] == [("I.1", "Школа")]


def test_forms_that_have_nothing_in_common_hand_everything_back() -> None:
    made = plan(REPORT, {"I.1": "Школа"}, PROGRAMME)
    assert (made.rows, [field.key for field, _ in made.left]) == ((), ["I.1"])


@pytest.mark.parametrize("pair", ACROSS)
def test_a_map_names_only_fields_that_exist(pair: tuple[str, str]) -> None:
    by_code = {form.code: {field.key for field in fields_of(form)} for form in FORMS}
    source, target = (by_code[code] for code in pair)
    assert (set(ACROSS[pair]) - target, {key for keys in ACROSS[pair].values() for key in keys} - source) == (
        set(),
        set(),
    )


@given(
    source=st.sampled_from(FORMS),
    target=st.sampled_from(FORMS),
    texts=st.dictionaries(st.integers(0, 40), st.text("аб \n", max_size=6)),
)
def test_no_text_is_ever_lost(source: Form, target: Form, texts: dict[int, str]) -> None:
    fields = fields_of(source)
    values = {fields[place % len(fields)].key: text for place, text in texts.items()}
    made = plan(source, values, target)
    placed = [field.key for row in made.rows for field in row.sources]
    written = {key for key, text in values.items() if text.strip()}
    assert set(placed) | {field.key for field, _ in made.left} == written
