"""Invented things for the gallery, one of each kind and state."""

from datetime import datetime, timedelta
from types import SimpleNamespace as Thing
from typing import Any

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest

from innoset.web.ui.charts import Spread, spread_plot
from innoset.web.ui.forms import Form, MomentField
from innoset.web.ui.listing import Listing, Table, Tick

LEVELS = [("0", "Нет", ""), ("1", "Пересказ известного", ""), ("2", "Своя модель", "С проверкой на практике")]
KINDS = [("school", "Школа"), ("nursery", "Детский сад"), ("centre", "Центр дополнительного образования")]


class Sample(Form):
    """One field of every kind."""

    title = forms.CharField(
        label="Название проекта", max_length=120, help_text="Так оно будет стоять в приказе"
    )
    idea = forms.CharField(
        label="Основная идея",
        max_length=3000,
        widget=forms.Textarea,
        help_text="Что вы меняете и за счёт чего",
    )
    email = forms.EmailField(label="Электронная почта", required=False)
    kind = forms.ChoiceField(label="Вид организации", choices=[("", "Выберите"), *KINDS])
    level = forms.ChoiceField(label="Новизна", choices=[row[:2] for row in LEVELS], widget=forms.RadioSelect)
    goals = forms.MultipleChoiceField(
        label="На кого рассчитан", choices=KINDS, required=False, widget=forms.CheckboxSelectMultiple
    )
    closes_at = MomentField(label="Приём до")
    file = forms.FileField(label="Паспорт проекта", required=False, help_text="DOCX или ODT, до 20 МБ")
    agreed = forms.BooleanField(label="Согласен на обработку персональных данных")


class KindFilter(django_filters.FilterSet):  # type: ignore[misc]  # django_filters has no types
    """A filter of one box."""

    word = django_filters.CharFilter(field_name="model", lookup_expr="icontains", label="Слово")


class KindTable(Table):
    """A table of things that every installation has: the kinds of its records."""

    tick = Tick()
    name = tables.Column(verbose_name="Что хранится", orderable=False)
    app_label = tables.Column(verbose_name="Раздел")
    model = tables.Column(verbose_name="Запись", attrs={"td": {"class": "low"}, "th": {"class": "low"}})
    id = tables.Column(verbose_name="Номер", attrs={"td": {"class": "num"}, "th": {"class": "num"}})


def kinds(request: HttpRequest) -> Listing[ContentType]:
    """Return a list to draw."""
    return Listing(
        request,
        ContentType.objects.order_by("app_label", "model"),
        filterset=KindFilter,
        table=KindTable,
        per_page=5,
        words=("вид", "вида", "видов"),
    )


def nothing(request: HttpRequest) -> Listing[ContentType]:
    """Return a list with nothing in it."""
    return Listing(request, ContentType.objects.none(), table=KindTable)


def wrong_form() -> Sample:
    """Return the form as it looks after a hurried try."""
    data = {"title": "Школа " * 30, "idea": "", "email": "почта", "kind": "", "closes_at_0": "2026-12-05"}
    return Sample(data, auto_id="id_wrong_%s")


def _steps(at: datetime) -> list[Thing]:
    return [
        Thing(title="Приём заявок", note="1–21 ноября", text="Подано 118 заявок", when="past"),
        Thing(title="Проверка формы", note="до 25 ноября", text="Проверяет оргкомитет", when="past"),
        Thing(
            title="Экспертиза",
            note=f"до {at + timedelta(days=12):%d.%m.%Y}",
            text="Каждую читают трое",
            when="now",
        ),
        Thing(title="Защита", note="10 декабря", text="", when="next"),
        Thing(title="Совет и приказ", note="18 декабря", text="", when="next"),
    ]


def _tasks() -> list[Thing]:
    return [
        Thing(title="Кто подаёт", hint="Поля 1–3", url="#tasklist", state="Готово", kind="done"),
        Thing(title="Замысел", hint="Поля 4–6", url="#tasklist", state="Заполняется", kind="work"),
        Thing(title="Обоснование", hint="Поля 7–10", url="#tasklist", state="Не начато", kind=""),
        Thing(title="Этапы", hint="Нет срока в поле 11.2", url="#tasklist", state="Есть ошибка", kind="bad"),
        Thing(title="Отправка", hint="Откроется, когда всё заполнено", url="", state="Пока закрыто", kind=""),
    ]


def _plot() -> Any:
    rows = [
        Spread("ИП-2026-0147", (82, 88, 91), 87.0, 82.5, 91.5),
        Spread("ИП-2026-0012", (70, 84, 86), 80.0, 71.0, 89.0),
        Spread("ИП-2026-0033", (61, 75, 79), 71.7, 62.0, 81.0),
        Spread("ИП-2026-0101", (55, 58, 64), 59.0, 54.0, 64.0),
    ]
    return spread_plot(rows, cut_after=2)


def samples(request: HttpRequest, at: datetime) -> dict[str, Any]:
    """Return all that the gallery shows."""
    return {
        "listing": kinds(request),
        "nothing": nothing(request),
        "sample": Sample(auto_id="id_plain_%s"),
        "wrong": wrong_form(),
        "levels": LEVELS,
        "kinds": KINDS,
        "steps": _steps(at),
        "tasks": _tasks(),
        "rows": [
            Thing(
                title="6. Основная идея",
                value="Школьная мастерская, где учат учителей.\nДва дня в месяц.",
                url="#summary",
            ),
            Thing(title="7. Цель", value="", url="#summary"),
            Thing(title="Номер", value="ИП-2026-0147", url=""),
        ],
        "tabs": [
            Thing(title="Все", url="?", current=True, count=118),
            Thing(title="Ждут проверки", url="?state=sent", current=False, count=9),
            Thing(title="Ответы", url="?state=answers", current=False, count=None),
        ],
        "funnel": [
            Thing(title="черновики", count=41, url="#data"),
            Thing(title="отправлены", count=118, url="#data"),
            Thing(title="проверка формы", count=9, url="#data"),
            Thing(title="у экспертов", count=86, url="#data"),
            Thing(title="совет", count=0, url="#data"),
        ],
        "weights": [("Новизна", 20.0), ("Проработанность", 15.0), ("Ресурсы", 7.5)],
        "plot": _plot(),
        "soon": at + timedelta(hours=5, minutes=20),
        "later": at + timedelta(days=14, hours=4),
        "hash": "9f2c7a41d06be85312c4f7709ab3e6d15e80c2b794d1a36f08e57bc29d4a6013",
    }
