"""Importing a list of organisations: file, preview, confirmation."""

from functools import partial
from typing import Any

from django import forms
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.exchange import actions, papers, queries
from innoset.exchange.models import ImportBatch
from innoset.exchange.pure.columns import TITLES
from innoset.exchange.pure.reading import MAX_BYTES
from innoset.foundation.files.kinds import XLSX
from innoset.foundation.policy import may
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form
from innoset.web.ui.listing import Listing

PER_PAGE = 100
VERDICTS = {"bad": "С ошибками", "new": "Новые", "update": "Изменятся", "same": "Без изменений"}


class UploadForm(Form):
    """The list."""

    file = forms.FileField(label="Список организаций", help_text="XLSX или CSV, до 5 МБ и 5000 строк")


def imports(request: HttpRequest) -> HttpResponse:
    """Show earlier imports; take a new list and open its preview."""
    form = UploadForm(request.POST or None, request.FILES or None)
    listing = Listing(
        request, queries.batches_visible_to(request.user), words=("список", "списка", "списков")
    )
    page = partial(render, request, "office/imports.html", {"form": form, "listing": listing})
    if not may(request.user, "exchange.read_list"):
        raise PermissionDenied
    if not form.is_valid():
        return page()
    file = form.cleaned_data["file"]
    if file.size > MAX_BYTES:
        form.add_error("file", f"Файл больше {MAX_BYTES // 2**20} МБ. Разделите список на части.")
        return page()
    return attempt(
        request,
        actions.read_list,
        ImportBatch(),
        data=file.read(),
        name=file.name,
        then=lambda batch: reverse("office:import", args=[batch.pk]),
        form=form,
        on_refusal=page,
    )


def preview(request: HttpRequest, pk: int) -> HttpResponse:
    """Show what each row would do; write the good ones when confirmed."""
    batch = get_object_or_404(queries.batches_visible_to(request.user), pk=pk)
    if request.method == "POST":
        return attempt(
            request,
            actions.apply_list,
            batch,
            said=lambda done: f"Внесено: новых {done.get('new', 0)}, изменено {done.get('update', 0)}.",
            then=reverse("office:import", args=[pk]),
        )
    chosen = request.GET.get("show", "")
    rows = [row for row in batch.rows if chosen in ("", row["verdict"])]
    context = {
        "batch": batch,
        "tabs": _tabs(batch, chosen),
        "page": Paginator(_shown(rows), PER_PAGE).get_page(request.GET.get("page")),
        "good": batch.counts.get("new", 0) + batch.counts.get("update", 0),
    }
    return render(request, "office/import.html", context)


@require_safe
def bad_rows(request: HttpRequest, pk: int) -> HttpResponse:
    """Give the bad rows with their reasons."""
    batch = get_object_or_404(queries.batches_visible_to(request.user), pk=pk)
    return _book(papers.bad_rows(batch), "bad-rows.xlsx")


@require_safe
def template(request: HttpRequest) -> HttpResponse:
    """Give an empty list with our columns."""
    del request
    return _book(papers.template(), "organisations-template.xlsx")


def _book(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _tabs(batch: ImportBatch, chosen: str) -> list[dict[str, Any]]:
    every = {"title": "Все", "url": "?", "count": len(batch.rows), "current": not chosen}
    return [
        every,
        *(
            {
                "title": title,
                "url": f"?show={key}",
                "count": batch.counts.get(key, 0),
                "current": chosen == key,
            }
            for key, title in VERDICTS.items()
        ),
    ]


def _shown(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [
        row
        | {
            "title": VERDICTS[row["verdict"]],
            "name": row["values"].get("short_name", ""),
            "changed": ", ".join(TITLES[name].lower() for name in row["changes"]),
        }
        for row in rows
    ]


routes = [
    path("imports/", imports, name="imports"),
    path("imports/template.xlsx", template, name="import_template"),
    path("imports/<int:pk>/", preview, name="import"),
    path("imports/<int:pk>/bad.xlsx", bad_rows, name="import_bad"),
]
