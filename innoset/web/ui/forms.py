"""Forms that look and speak as the house does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django import forms
from django.core.validators import MaxLengthValidator
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting
from django.utils.safestring import SafeString

from innoset.foundation.russian import counted

DASHES: Final = "---------"
SIGNS: Final = ("знак", "знака", "знаков")


class KitRenderer(TemplatesSetting):
    """Draws `{{ form }}` and `{{ form.field.as_field_group }}` with the kit's components."""

    form_template_name = "ui/form.html"
    field_template_name = "ui/field.html"


class WordyMaxLength(MaxLengthValidator):
    """Says by how much a text is too long, instead of cutting it."""

    def __init__(self, limit: int, label: str) -> None:
        super().__init__(limit)
        self.label = label

    def __call__(self, value: Any) -> None:
        """Refuse a text longer than the limit."""
        over = len(value) - int(self.limit_value)
        if over > 0:
            raise forms.ValidationError(
                f"Сократите поле «{self.label}» на {counted(over, *SIGNS)}: "
                f"можно не больше {counted(int(self.limit_value), 'знака', 'знаков', 'знаков')}.",
                code="max_length",
            )


class Form(forms.Form):
    """A plain form whose complaints name the field and the cure, and which never cuts a paste."""

    default_renderer = KitRenderer
    use_required_attribute = False

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            polish(name, field)


def polish(name: str, field: forms.Field) -> None:
    """Give a field its sentences, native date inputs, and a limit that counts instead of cutting."""
    label = str(field.label or name)
    stock = _stock_messages(type(field)) if type(field) in _SIMPLE else {}
    for code, text in _sentences(label, field).items():
        if field.error_messages.get(code) == stock.get(code) or code == "required":
            field.error_messages[code] = text
    if isinstance(field, forms.CharField) and field.max_length:
        _count_instead_of_cutting(field, label)
    if type(field.widget) is forms.DateInput:
        field.widget = forms.DateInput(format="%Y-%m-%d", attrs={**field.widget.attrs, "type": "date"})
    if type(field.widget) is forms.TimeInput:
        field.widget = forms.TimeInput(format="%H:%M", attrs={**field.widget.attrs, "type": "time"})
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs.setdefault("rows", 5)
    if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
        field.empty_label = "Выберите" if field.required else "Не выбрано"


_SIMPLE: Final = (
    forms.CharField,
    forms.EmailField,
    forms.IntegerField,
    forms.DecimalField,
    forms.DateField,
    forms.TimeField,
    forms.FileField,
    forms.ChoiceField,
    forms.BooleanField,
    forms.URLField,
)


def _stock_messages(kind: type[forms.Field]) -> dict[str, Any]:
    """Return what a field of this kind says by itself."""
    said: dict[str, Any] = {}
    for base in reversed(kind.__mro__):
        said |= getattr(base, "default_error_messages", {})
    return said


def _sentences(label: str, field: forms.Field) -> dict[str, str]:
    choosing = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    required = f"Выберите ответ в поле «{label}»." if choosing else f"Заполните поле «{label}»."
    by_type: dict[type[forms.Field], str] = {
        forms.EmailField: f"Проверьте поле «{label}»: нужен адрес вида имя@пример.рф.",
        forms.URLField: f"Проверьте поле «{label}»: нужен адрес страницы, который начинается с https://.",
        forms.DecimalField: f"Введите в поле «{label}» число цифрами, например 12,5.",
        forms.IntegerField: f"Введите в поле «{label}» целое число цифрами, например 12.",
        forms.DateField: f"Введите в поле «{label}» день, месяц и год, например 21.11.2026.",
        forms.TimeField: f"Введите в поле «{label}» часы и минуты, например 17:00.",
    }
    if isinstance(field, forms.FileField):
        return {
            "required": f"Выберите файл в поле «{label}».",
            "empty": f"Файл в поле «{label}» пуст. Выберите другой файл.",
            "missing": f"Файл в поле «{label}» не дошёл. Выберите его ещё раз.",
            "invalid": f"Файл в поле «{label}» не дошёл. Выберите его ещё раз.",
        }
    if isinstance(field, forms.BooleanField):
        return {"required": f"Отметьте «{label}», чтобы продолжить."}
    if choosing:
        wrong = f"В поле «{label}» нет такого ответа. Выберите ответ из списка."
        return {"required": required, "invalid_choice": wrong}
    invalid = next((text for kind, text in by_type.items() if type(field) is kind), None)
    return {"required": required} | ({"invalid": invalid} if invalid else {})


def _count_instead_of_cutting(field: forms.CharField, label: str) -> None:
    limit = int(field.max_length or 0)
    field.validators = [v for v in field.validators if not isinstance(v, MaxLengthValidator)]
    field.validators.append(WordyMaxLength(limit, label))
    field.widget.attrs.pop("maxlength", None)
    if isinstance(field.widget, forms.Textarea):
        field.widget.attrs["data-limit"] = limit


class MomentField(forms.SplitDateTimeField):
    """A day and a time by the Moscow clock."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.SplitDateTimeWidget(
            date_format="%Y-%m-%d",
            time_format="%H:%M",
            date_attrs={"type": "date", "aria-label": "День"},
            time_attrs={"type": "time", "aria-label": "Время по московским часам"},
        )
        label = str(kwargs.get("label", ""))
        texts = {
            "invalid_date": f"Введите в поле «{label}» день, месяц и год.",
            "invalid_time": f"Введите в поле «{label}» часы и минуты, например 17:00.",
        }
        super().__init__(**{"widget": widget, "error_messages": texts, **kwargs})


@dataclass(frozen=True, slots=True)
class Problem:
    """A line of the error summary: the sentence, and the place on the page that it is about."""

    text: str
    target: str


def problems_of(forms_: Any) -> list[Problem]:
    """List what is wrong with a form, a formset or several of them, in the order of the page."""
    if not forms_:
        return [] if not isinstance(forms_, forms.BaseForm) else list(_problems(forms_))
    many = isinstance(forms_, Sequence | forms.BaseFormSet) and not isinstance(forms_, str)
    return [problem for form in (forms_ if many else [forms_]) for problem in _problems(form)]


def _problems(form: Any) -> Iterator[Problem]:
    if not form.is_bound or not form.errors:
        return
    for text in form.non_field_errors():
        yield Problem(str(text), "")
    for name, texts in form.errors.items():
        if name in form.fields:
            yield from (Problem(str(text), Frame.of(form[name]).id) for text in texts)


@dataclass(frozen=True, slots=True)
class Frame:
    """What is drawn round a control: its label, hint, errors, and the ids that tie them together."""

    id: str
    label: str = ""
    hint: str = ""
    errors: tuple[str, ...] = ()
    optional: bool = False
    group: bool = False
    hidden: bool = False
    tick: bool = False
    describedby: str = ""
    limit: str = ""
    control: SafeString | str = ""

    @classmethod
    def of(cls, field: BoundField, *, label: str = "", hint: str = "", optional: bool = False) -> "Frame":
        """Read the frame off a bound field of a Django form."""
        errors = tuple(str(text) for text in field.errors)
        id_ = field.auto_id or str(field.name)
        text = hint or str(field.help_text or "")
        described = _described(id_, text, errors)
        group = bool(field.use_fieldset)
        return cls(
            id=id_,
            label=label or str(field.label),
            hint=text,
            errors=errors,
            optional=optional or (not field.field.required and not _is_tick(field)),
            group=group,
            hidden=field.is_hidden,
            tick=_is_tick(field),
            describedby=described,
            limit=str(field.field.widget.attrs.get("data-limit", "")),
            control=field.as_widget(attrs={} if group or not described else {"aria-describedby": described}),
        )


def _is_tick(field: BoundField) -> bool:
    return isinstance(field.field.widget, forms.CheckboxInput)


def _described(id_: str, hint: str, errors: Sequence[str]) -> str:
    return " ".join([f"{id_}_helptext"] * bool(hint) + [f"{id_}_error"] * bool(errors))
