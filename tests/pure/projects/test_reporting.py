"""A report as data: figures and their rows, what the site writes, who is reminded when."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import fields_of
from innoset.projects.pure.reporting.content import digest_of, number_of
from innoset.projects.pure.reporting.facts import Facts, HeldStatus, Requisites, Shared, Task
from innoset.projects.pure.reporting.figures import Departure, Figure, Row, departures
from innoset.projects.pure.reporting.prefill import FIGURED, WRITERS, Proposal, proposals
from innoset.projects.pure.reporting.steps import Schedule, Step, steps_due

EVENTS = Figure("events", "Мероприятия", (Row(1, "Семинар"), Row(2, "Урок")))
PEOPLE = Figure("people", "Участники", (Row(1, "Семинар", "", 1_200), Row(2, "Урок", "", 34)), unknown=1)
MEASURES = (
    Figure("measures", "Мероприятия карты", (Row(1, "а"), Row(2, "б"), Row(3, "в"))),
    Figure("measures_done", "Выполненные мероприятия карты", (Row(1, "а"),)),
)


def test_a_figure_is_what_its_rows_add_up_to():
    assert (EVENTS.value, EVENTS.is_sum, PEOPLE.value, PEOPLE.is_sum) == (2, False, 1_234, True)
    assert PEOPLE.line == "Участники: 1\xa0234"
    assert EVENTS.as_json() == {"key": "events", "title": "Мероприятия", "value": 2, "rows": [1, 2]}


@given(st.lists(st.integers(0, 5_000), max_size=9), st.lists(st.integers(0, 5_000), max_size=9))
def test_a_line_departs_exactly_when_the_count_has_changed(before, now):
    was = Figure("people", "Участники", tuple(Row(n, "", "", one) for n, one in enumerate(before)))
    current = Figure("people", "Участники", tuple(Row(n, "", "", one) for n, one in enumerate(now)))
    found = departures(f"Показатели:\n{was.line}\nСвои слова", [current, EVENTS])
    assert found == (() if was.value == current.value else (Departure(current, was.value),))


FACTS = Facts(
    form_code="kip_report",
    requisites=Requisites(
        "Школа № 7",
        "Управление",
        "улица Школьная",
        "Берёзкина О. В.",
        "1-00",
        "a@example.test",
        "https://a.test",
    ),
    theme="Тема статуса",
    title="Школа наставников",
    authors=("Соколова В. П.", "Лугов Д. А."),
    supervisor="Орлов П. И.",
    status=HeldStatus("КИП", "Тема", "", date(2024, 1, 1), date(2026, 1, 1), is_live=True),
    statuses=(
        HeldStatus("КИП", "Тема", "приказ № 1", date(2024, 1, 1), date(2026, 1, 1), is_live=True),
        HeldStatus("МИП", "Старая", "", date(2020, 1, 1), date(2022, 1, 1), is_live=False),
    ),
    passport={"4": "Цель проекта", "5": "Задачи проекта", "9": "Новое"},
    before={"II.2": "Анкеты"},
    tasks=(Task("Первая", "Выполнена", "в срок"), Task("Вторая", "Перенесена"), Task("Третья")),
    next_tasks=(Task("На будущее"),),
    figures=(EVENTS, PEOPLE, *MEASURES),
    shared=(
        Shared("Семинар", "Опыт", date(2025, 3, 1), "Краевой", "Краснодар", 40, "https://b.test"),
        Shared("Публикация", "Статья", date(2025, 4, 1), is_meeting=False),
    ),
    companions=("Куратор – Седова И. Л.",),
    partners=("СОШ № 1: семинар",),
    agreements=("Договор № 3",),
)


def test_what_the_site_writes_in_a_regional_report():
    assert proposals(FACTS) == {
        "I.1": Proposal("Школа № 7"),
        "I.2": Proposal("Управление"),
        "I.3": Proposal("улица Школьная"),
        "I.4": Proposal("Берёзкина О. В."),
        "I.5": Proposal("1-00, a@example.test"),
        "I.6": Proposal("Проект «Школа наставников»\nРазработчики: Соколова В. П.; Лугов Д. А."),
        "I.7": Proposal("https://a.test"),
        "I.8": Proposal(
            "Действуют:\nКИП, тема «Тема», приказ № 1, с 01.01.2024 по 01.01.2026\n"
            "Были ранее:\nМИП, тема «Старая», с 01.01.2020 по 01.01.2022"
        ),
        "I.9": Proposal("Орлов П. И."),
        "II.1": Proposal(
            "Тема. Школа наставников\nЦель. Цель проекта\nЗадачи. Задачи проекта\nИнновационность. Новое\n"
            "Задачи отчётного года:\nПервая – выполнена: в срок\nВторая – перенесена\nТретья"
        ),
        "II.2": Proposal("Анкеты", is_carried=True),
        "II.3": Proposal(
            "Показатели года:\nМероприятия: 2\nУчастники: 1\xa0234 (ещё у 1 число участников не указано)\n"
            "Мероприятия карты: 3\nВыполненные мероприятия карты: 1\n"
            "Дорожная карта года выполнена на 33 %: 1 из 3."
        ),
        "II.4": Proposal(
            "Мероприятия:\n01.03.2025 – Семинар «Опыт», уровень: краевой, Краснодар, участников: 40, https://b.test\n"
            "Публикации и продукты:\n01.04.2025 – Публикация «Статья»\n"
            "Партнёры проекта:\nСОШ № 1: семинар\nСоглашения:\nДоговор № 3\n"
            "Площадку сопровождают:\nКуратор – Седова И. Л."
        ),
    }


def test_what_the_site_writes_in_a_municipal_report():
    made = proposals(
        Facts(**{**_columns(FACTS), "form_code": "site_report", "before": {"1.6": "https://old.test"}})
    )
    assert {key: made[key].text for key in ("1.4", "1.5", "1.6", "2.2", "2.5", "2.6")} == {
        "1.4": "КИП, тема «Тема», с 01.01.2024 по 01.01.2026",
        "1.5": "Разработчики: Соколова В. П.; Лугов Д. А.",
        "1.6": "https://old.test",
        "2.2": "Задачи года:\nПервая – выполнена: в срок\nВторая – перенесена\nТретья\n"
        "Дорожная карта года выполнена на 33 %: 1 из 3.",
        "2.5": "Партнёры проекта:\nСОШ № 1: семинар\nСоглашения:\nДоговор № 3\n"
        "Площадку сопровождают:\nКуратор – Седова И. Л.",
        "2.6": "На будущее",
    }
    assert (made["1.6"].is_carried, "2.4" in made, made.keys() <= WRITERS["site_report"].keys()) == (
        True,
        True,
        True,
    )


def _columns(facts: Facts) -> dict[str, object]:
    return {name: getattr(facts, name) for name in Facts.__dataclass_fields__}


def test_about_what_it_does_not_know_the_site_writes_nothing():
    bare = Facts(form_code="kip_report", requisites=Requisites("Школа"), theme="")
    assert set(proposals(bare)) == {"I.1"}
    carried = Facts(
        form_code="kip_report", requisites=Requisites("Школа"), theme="Т", before={"I.9": "Орлов П. И."}
    )
    assert proposals(carried)["I.9"] == Proposal("Орлов П. И.", is_carried=True)
    site = Facts(form_code="site_report", requisites=Requisites("Школа"), theme="Т")
    assert proposals(site)["1.4"] == Proposal("Т")
    assert (bare.figure("events"), FACTS.figure("events")) == (None, EVENTS)


@pytest.mark.parametrize("code", WRITERS)
def test_every_writer_has_its_field(code):
    keys = {field.key for field in fields_of(form_by_code(code))}
    assert (set(WRITERS[code]), FIGURED[code] in keys) == (keys, True)


DUE = date(2026, 2, 15)
TERM = Schedule(DUE, head_after=2, coordinator_after=5)


@pytest.mark.parametrize(
    ("day", "opened", "taken", "steps"),
    [
        (-8, -30, set(), ()),
        (-7, -30, set(), (Step.WEEK,)),
        (-3, -30, set(), (Step.WEEK,)),
        (-1, -30, {"week"}, (Step.DAY,)),
        (0, -30, set(), (Step.DAY,)),
        (-1, -30, {"day"}, ()),
        (-3, -5, set(), ()),
        (1, -30, {"week", "day"}, (Step.AUTHOR,)),
        (2, -30, {"author"}, (Step.HEAD,)),
        (5, -30, {"author", "head"}, (Step.COORDINATOR,)),
        (40, -30, set(), (Step.AUTHOR, Step.HEAD, Step.COORDINATOR)),
        (40, 3, set(), (Step.COORDINATOR,)),
        (40, -30, {"author", "head", "coordinator"}, ()),
    ],
)
def test_who_is_reminded_when(day, opened, taken, steps):
    today, begun = DUE + timedelta(days=day), DUE + timedelta(days=opened)
    assert steps_due(TERM, today=today, opened_on=begun, taken=taken) == steps


@given(st.lists(st.integers(-40, 40), max_size=30), st.integers(1, 9), st.integers(1, 20))
def test_no_step_is_taken_twice_however_often_the_job_runs(days, head, coordinator):
    schedule, taken = Schedule(DUE, head, coordinator), []
    for day in sorted(days):
        today = DUE + timedelta(days=day)
        taken += steps_due(schedule, today=today, opened_on=DUE - timedelta(days=30), taken=set(taken))
    assert len(taken) == len(set(taken))
    assert ({Step.AUTHOR, Step.HEAD, Step.COORDINATOR} <= set(taken)) == any(
        day >= max(1, head, coordinator) for day in days
    )


def test_the_sum_is_of_the_content_and_not_of_its_order():
    one = digest_of({"fields": {"a": "1", "b": "2"}}, [{"key": "x", "value": 1}])
    assert one == digest_of({"fields": {"b": "2", "a": "1"}}, [{"value": 1, "key": "x"}])
    assert one != digest_of({"fields": {"a": "1", "b": "3"}}, [{"key": "x", "value": 1}])
    assert [number_of("kip-2025", 7), number_of("x" * 24 + "-tail", 12)] == [
        "kip-2025-007",
        "x" * 24 + "-012",
    ]
