"""Loading values of indicators: file, preview with a reason a row, confirmation."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.analytics import actions
from innoset.analytics.models import Indicator, ValueImport
from innoset.analytics.pure.indicators import UNKNOWN
from innoset.analytics.pure.value_rows import COLUMNS
from innoset.analytics.queries.indicators import imports_visible_to
from innoset.analytics.states import Source
from innoset.exchange.papers import book
from innoset.exchange.pure.reading import MAX_BYTES
from innoset.foundation import sandbox
from innoset.foundation.errors import Refusal
from innoset.foundation.files.kinds import XLSX
from innoset.foundation.policy import may
from innoset.network.models import Municipality
from innoset.web.office.indicators import crumbs
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import bytes_as_file
from innoset.web.ui.forms import Form
from innoset.web.ui.listing import Listing

PER_PAGE = 100
VERDICTS = {"bad": "С ошибками", "new": "Новые", "update": "Исправления", "same": "Без изменений"}
LOAD = "Загрузка значений"
UNREADABLE = "Файл не удалось прочитать. Сохраните таблицу ещё раз как XLSX или CSV и загрузите снова."
# Named, not imported: its reader of books is loaded by the process apart alone.
READER = "innoset.exchange.pure.apart:read_table_apart"


class UploadForm(Form):
    """The list of values."""

    file = forms.FileField(label="Список значений", help_text="XLSX или CSV, до 5 МБ и 5000 строк")

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read into memory."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(f"Файл больше {MAX_BYTES // 2**20} МБ. Разделите список на части.")
        return file


def imports(request: HttpRequest) -> HttpResponse:
    """Show earlier lists; take a new one and open its preview."""
    if not may(request.user, "analytics.read_values"):
        raise PermissionDenied
    form = UploadForm(request.POST or None, request.FILES or None)
    listing = Listing(request, imports_visible_to(request.user), words=("список", "списка", "списков"))
    context = {"form": form, "listing": listing, "crumbs": crumbs((LOAD, ""))}
    page = partial(render, request, "office/indicator_imports.html", context)
    if not form.is_valid():
        return page()
    file = form.cleaned_data["file"]
    data = file.read()
    try:
        table = _table(data)
    except Refusal as no:
        form.add_error("file", no.text)
        return page()
    return attempt(
        request,
        actions.read_values,
        ValueImport(),
        table=table,
        data=data,
        name=file.name,
        then=lambda batch: reverse("office:indicator_import", args=[batch.pk]),
        form=form,
        on_refusal=page,
    )


def _table(data: bytes) -> list[list[str]]:
    """Read the table in a process of its own; raise Refusal with the reason."""
    try:
        said = sandbox.run(READER, data)
    except sandbox.NoAnswer as nothing:
        raise Refusal(UNREADABLE, field="file") from nothing
    if said["reason"]:
        raise Refusal(said["reason"], field="file")
    rows: list[list[str]] = said["rows"]
    return rows


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what each row would do; write the good ones when confirmed."""
    batch = get_object_or_404(imports_visible_to(request.user), pk=pk)
    if request.method == "POST":
        return attempt(
            request,
            actions.apply_values,
            batch,
            said=lambda done: f"Внесено: новых {done.get('new', 0)}, исправлено {done.get('update', 0)}.",
            then=reverse("office:indicator_import", args=[pk]),
        )
    chosen = request.GET.get("show", "")
    rows = [row for row in batch.rows if chosen in ("", row["verdict"])]
    titles = dict(Indicator.objects.values_list("code", "title"))
    context = {
        "batch": batch,
        "tabs": _tabs(batch, chosen),
        "page": Paginator([_shown(row, titles) for row in rows], PER_PAGE).get_page(request.GET.get("page")),
        "good": batch.counts.get("new", 0) + batch.counts.get("update", 0),
        "crumbs": crumbs((LOAD, reverse("office:indicator_imports")), (str(batch.file), "")),
    }
    return render(request, "office/indicator_import.html", context)


def _tabs(batch: ValueImport, chosen: str) -> list[dict[str, Any]]:
    titles = {"": "Все", **VERDICTS}
    counts = {"": len(batch.rows), **{key: batch.counts.get(key, 0) for key in VERDICTS}}
    return [
        {
            "title": title,
            "url": f"?show={key}" if key else "?",
            "count": counts[key],
            "current": key == chosen,
        }
        for key, title in titles.items()
    ]


def _shown(row: dict[str, Any], titles: dict[str, str]) -> dict[str, Any]:
    values = row["values"]
    figure = f"{values['numerator']} из {values['denominator']}" if values["denominator"] else values["value"]
    return row | {
        "title": VERDICTS[row["verdict"]],
        "name": titles.get(values["indicator"], " · ".join(cell for cell in row["cells"] if cell)),
        "period": f"{values['starts_on']} — {values['ends_on']}" if values["starts_on"] else "",
        "figure": figure or UNKNOWN,
        "before": {"": "", "None": UNKNOWN}.get(row["before"], row["before"]),
    }


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Give an empty list with our columns, and the names to choose from."""
    del request
    titles = [names[0] for names in COLUMNS.values()]
    example = ["Визиты на сайт", "01.01.2021", "31.12.2021", "", "", "17000", "", "", "нет", "нет", "Счётчик посещений"]  # fmt: skip
    known = Indicator.objects.filter(is_active=True).exclude(source=Source.COUNTED)
    indicators = [(one.title, one.code, one.definition) for one in known]
    places = [(place.name,) for place in Municipality.objects.filter(valid_to=None)]
    data = book(
        ("Значения", titles, [example]),
        ("Показатели", ["Показатель", "Код", "Что и как считают"], indicators),
        ("Муниципалитеты", ["Название"], places),
    )
    return bytes_as_file(data, name="Образец значений.xlsx", media_type=XLSX)


routes = [
    path("indicators/imports/", imports, name="indicator_imports"),
    path("indicators/imports/template.xlsx", template, name="indicator_import_template"),
    path("indicators/imports/<int:pk>/", preview, name="indicator_import"),
]
