"""Forms: every complaint names its field and the cure, and nothing is cut."""

from datetime import UTC, datetime
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.contrib.contenttypes.models import ContentType
from django.core.files.uploadedfile import SimpleUploadedFile

from innoset.web.ui.forms import Form, Frame, MomentField, Problem, problems_of


class Everything(Form):
    """One field of each kind."""

    title = forms.CharField(label="Название", max_length=10)
    text = forms.CharField(
        label="Текст", max_length=20, widget=forms.Textarea, help_text="Коротко", required=False
    )
    mail = forms.EmailField(label="Почта", required=False)
    number = forms.IntegerField(label="Число", required=False)
    share = forms.DecimalField(label="Доля", required=False)
    on = forms.DateField(label="День", required=False)
    kind = forms.ChoiceField(label="Вид", choices=[("a", "А"), ("b", "Б")], widget=forms.RadioSelect)
    until = MomentField(label="Срок", required=False)
    file = forms.FileField(label="Файл", required=False)
    agreed = forms.BooleanField(label="Согласен")
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


GOOD = {"title": "Школа", "kind": "a", "agreed": "on"}


def said_by(form: Form) -> dict[str, list[str]]:
    return {name: [str(text) for text in texts] for name, texts in form.errors.items()}


def complaints(**data: Any) -> dict[str, list[str]]:
    return said_by(Everything({**GOOD, **data}))


def test_good_answers_pass() -> None:
    form = Everything({**GOOD, "until_0": "2026-12-05", "until_1": "17:00", "on": "05.12.2026"})
    assert form.errors == {}
    assert form.cleaned_data["until"] == datetime(2026, 12, 5, 14, 0, tzinfo=UTC)


def test_empty_form_says_what_to_do() -> None:
    assert said_by(Everything({})) == {
        "title": ["Заполните поле «Название»."],
        "kind": ["Выберите ответ в поле «Вид»."],
        "agreed": ["Отметьте «Согласен», чтобы продолжить."],
    }


@pytest.mark.parametrize(
    ("field", "value", "text"),
    [
        ("title", "Двенадцать букв", "Сократите поле «Название» на 5 знаков: можно не больше 10 знаков."),
        ("mail", "почта", "Проверьте поле «Почта»: нужен адрес вида имя@пример.рф."),
        ("number", "пять", "Введите в поле «Число» целое число цифрами, например 12."),
        ("share", "половина", "Введите в поле «Доля» число цифрами, например 12,5."),
        ("on", "вчера", "Введите в поле «День» день, месяц и год, например 21.11.2026."),
        ("kind", "в", "В поле «Вид» нет такого ответа. Выберите ответ из списка."),
    ],
)
def test_wrong_answer_is_named_with_its_cure(field: str, value: str, text: str) -> None:
    assert complaints(**{field: value}) == {field: [text]}


class Choosing(Form):
    """A choice from a table, compulsory and not."""

    kind = forms.ModelChoiceField(ContentType.objects.none(), label="Вид")
    other = forms.ModelChoiceField(ContentType.objects.none(), label="Иной", required=False)
    named = forms.ModelChoiceField(ContentType.objects.none(), label="Свой", empty_label="Любой")


def test_empty_choice_is_a_word() -> None:
    fields = Choosing().fields
    assert [fields[name].empty_label for name in fields] == ["Выберите", "Не выбрано", "Любой"]  # type: ignore[attr-defined]  # all are choices


def test_half_a_moment_is_named() -> None:
    assert complaints(until_0="2026-12-05") == {
        "until": ["Введите в поле «Срок» часы и минуты, например 17:00."]
    }
    assert complaints(until_1="17:00") == {"until": ["Введите в поле «Срок» день, месяц и год."]}
    assert complaints(until_0="завтра", until_1="17:00") == {
        "until": ["Введите в поле «Срок» день, месяц и год."]
    }


def test_empty_file_is_named() -> None:
    form = Everything(GOOD, {"file": SimpleUploadedFile("план.pdf", b"")})
    assert form.errors == {"file": ["Файл в поле «Файл» пуст. Выберите другой файл."]}


def test_browser_neither_cuts_nor_insists() -> None:
    page = BeautifulSoup(str(Everything()), "html.parser")
    assert page.select("[maxlength], [required]") == []


def test_optional_fields_are_marked_and_required_are_not() -> None:
    page = BeautifulSoup(str(Everything()), "html.parser")
    marked = [
        tag.get_text(" ", strip=True) for tag in page.select("label, legend") if tag.select(".optional")
    ]
    assert marked == [
        f"{name} (необязательно)" for name in ("Текст", "Почта", "Число", "Доля", "День", "Срок", "Файл")
    ]


def test_groups_are_fieldsets_and_hidden_fields_have_no_frame() -> None:
    page = BeautifulSoup(str(Everything()), "html.parser")
    assert [legend.get_text(" ", strip=True) for legend in page.select("fieldset > legend")] == [
        "Вид",
        "Срок (необязательно)",
    ]
    assert page.select_one("input[name=secret]").find_parent(class_="field") is None  # type: ignore[union-attr]  # it is there


def test_control_is_tied_to_its_hint_and_error() -> None:
    frame = Frame.of(Everything({**GOOD, "text": "т" * 30})["text"])
    control = BeautifulSoup(str(frame.control), "html.parser").textarea
    assert frame.limit == "20"
    assert control is not None
    assert control["aria-describedby"] == "id_text_helptext id_text_error"
    assert control["aria-invalid"] == "true"
    assert control.get_text(strip=True) == "т" * 30


def test_summary_leads_to_the_controls() -> None:
    form = Everything({"kind": "в", "agreed": "on"})
    form.add_error(None, "Такая школа уже есть.")
    assert problems_of(form) == [
        Problem("Такая школа уже есть.", ""),
        Problem("Заполните поле «Название».", "id_title"),
        Problem("В поле «Вид» нет такого ответа. Выберите ответ из списка.", "id_kind"),
    ]


def test_summary_takes_several_forms_or_none() -> None:
    assert problems_of(None) == []
    assert problems_of(Everything()) == []
    assert problems_of([Everything({**GOOD, "title": ""}), Everything(GOOD)]) == [
        Problem("Заполните поле «Название».", "id_title")
    ]
