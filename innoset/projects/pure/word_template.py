"""The official form as a Word file with marks that a methodist may edit: fonts, order, words around.

A mark is `{{ поле_4 }}`; the rows of a stage stand between `{%tr for этап in этапы %}` and
`{%tr endfor %}`. The marks are of docxtpl (Jinja in Word). A template comes from outside, so it is
filled in a sandbox of the language and, by the callers, in a process of its own.
"""

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final

from docxtpl import DocxTemplate, Listing  # noqa: TID253  # reason: only loaded to fill a template, apart
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from innoset.projects.pure.forms import Form, Part, Signature, Values, clean, fields_of
from innoset.projects.pure.reading import read
from innoset.projects.pure.word_in.blocks import Refused
from innoset.projects.pure.word_in.package import open_package
from innoset.projects.pure.word_out import BLANK_DATE, Marks, packed, write_marked

_STAGE_MARKS: Final = {
    Part.NAME: "название",
    Part.PERIOD: "сроки",
    Part.TASKS: "задачи",
    Part.RESULT: "результат",
}
_SIGNING: Final = ("должность", "руководитель", "дата_подписи")
_MOST_TOLD: Final = 6
_SAMPLE: Final = "Проверочный ответ на вопрос"


@dataclass(frozen=True, slots=True)
class Filled:
    """A filled template, or why it could not be filled: sentences with the cure."""

    data: bytes = b""
    faults: tuple[str, ...] = ()


def mark_of(key: str) -> str:
    """Return the name by which a template calls a field."""
    return f"поле_{key.replace('.', '_')}"


def starting_template(form: Form) -> bytes:
    """Return the official form with marks in place of answers, ready to be edited in Word."""
    marks = {field.key: f"{{{{ {mark_of(field.key)} }}}}" for field in form.fields}
    stage = {part: f"{{{{ этап.{name} }}}}" for part, name in _STAGE_MARKS.items()}
    signing = Signature(*(f"{{{{ {name} }}}}" for name in _SIGNING))
    return write_marked(form, Marks(marks, stage, signing))


def fill(template: bytes, form: Form, values: Values, *, stages: int, signature: Signature) -> Filled:
    """Put the values into a template; a fault of the template is told, never raised."""
    try:
        open_package(template)
        document = DocxTemplate(io.BytesIO(template))
        document.render(_context(form, values, stages, signature), _language(), autoescape=True)
        out = io.BytesIO()
        document.save(out)
    except Refused as refused:
        return Filled(faults=(str(refused),))
    except TemplateError as error:
        return Filled(faults=(_in_words(error),))
    except Exception:  # noqa: BLE001  # reason: the edge of a foreign file: whatever is wrong in it gets a sentence
        return Filled(faults=("Шаблон не заполняется. Скачайте образец ещё раз и повторите правки в нём.",))
    return Filled(packed(out.getvalue()))


def faults_of(template: bytes, form: Form) -> tuple[str, ...]:
    """Return what is wrong with a template: it is filled with a sample and read back."""
    stages = form.usual_stages + 1 if form.stages else 0
    sample = {field.key: f"{_SAMPLE} {field.key}." for field in fields_of(form, stages=stages)}
    if form.stages:
        sample |= {f"{form.stages.head}.{one}.1": f"Май {2030 + one} г." for one in range(1, stages + 1)}
    filled = fill(template, form, sample, stages=stages, signature=Signature())
    if filled.faults:
        return filled.faults
    reading = read(filled.data, "шаблон.docx", form)
    if not reading.is_ok:
        return (f"Заполненный шаблон не читается обратно. {reading.reason}",)
    wrong = [
        field
        for field in fields_of(form, stages=stages)
        if reading.fields.get(field.key, "") != sample[field.key]
    ]
    told = tuple(
        f"Поле {field.printed_number} «{field.name}» не читается из заполненного шаблона. "
        f"Верните его строку с меткой {{{{ {_mark_for(field.key, form)} }}}}."
        for field in wrong[:_MOST_TOLD]
    )
    rest = len(wrong) - len(told)
    return (*told, f"И ещё полей: {rest}.") if rest > 0 else told


def _mark_for(key: str, form: Form) -> str:
    for field in fields_of(form):
        if field.key == key and field.part is not None:
            return f"этап.{_STAGE_MARKS[field.part]}"
    return mark_of(key)


def _context(form: Form, values: Values, stages: int, signature: Signature) -> dict[str, Any]:
    context: dict[str, Any] = {
        mark_of(field.key): _placed(values.get(field.key, "")) for field in form.fields
    }
    context["этапы"] = list(_stages(form, values, stages))
    signing = (
        signature.position or "Руководитель организации",
        signature.name or "(фамилия, инициалы)",
        signature.signed_on or BLANK_DATE,
    )
    return context | {name: _placed(text) for name, text in zip(_SIGNING, signing, strict=True)}


def _stages(form: Form, values: Values, count: int) -> Iterator[dict[str, Any]]:
    known = fields_of(form, stages=count)
    for number in range(1, count + 1):
        parts = {field.part: field for field in known if field.stage == number and field.part}
        made: dict[str, Any] = {}
        for part, field in parts.items():
            name = _STAGE_MARKS[part]
            made |= {
                name: _placed(values.get(field.key, "")),
                f"номер_{name}": field.printed_number,
                f"вопрос_{name}": field.label,
            }
        yield made


def _placed(text: str) -> "Listing | str":
    """Return a text that keeps its lines: one paragraph each, as in the form that the product writes."""
    kept = clean(text)
    return Listing(kept.replace("\n", "\a")) if kept else ""


def _language() -> ImmutableSandboxedEnvironment:
    """Make a language in which a template can only place what it is given."""
    environment = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=True)
    environment.globals.clear()
    environment.filters.clear()
    environment.tests.clear()
    return environment


def _in_words(error: TemplateError) -> str:
    said = str(error.message or "")
    if unknown := re.search(
        r"'(?:[^']* object' has no attribute ')?([^']+)' is undefined|attribute '([^']+)'", said
    ):
        name = unknown[1] or unknown[2]
        return f"В шаблоне есть метка «{name}», а такого поля в форме нет. Исправьте метку или удалите её."
    return "В шаблоне сломана метка. Проверьте, что каждая метка стоит в двойных фигурных скобках целиком."
