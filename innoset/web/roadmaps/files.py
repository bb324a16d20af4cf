"""A roadmap as files: out for Excel and Word, in from a table with a preview of every row."""

from functools import partial
from typing import Any, Final

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from innoset.documents.pure import roadmap_paper as paper
from innoset.exchange.papers import book
from innoset.exchange.pure.apart import read_table_apart
from innoset.exchange.pure.reading import MAX_BYTES
from innoset.foundation import sandbox
from innoset.foundation.errors import Refusal
from innoset.foundation.files.kinds import DOCX, XLSX
from innoset.foundation.russian import date_in_words, initials, moscow
from innoset.projects.actions import tables as actions
from innoset.projects.models import RoadmapItem
from innoset.projects.pure.roadmap.columns import COLUMNS, TITLES
from innoset.projects.pure.roadmap.plan_fact import share_of
from innoset.projects.pure.roadmap.rows import MOST_ROWS, VERDICT_LABELS, code_of
from innoset.projects.queries import roadmaps as queries
from innoset.web.roadmaps.frame import Frame, today, writer_only
from innoset.web.roadmaps.pages import grouped, shown_items
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import bytes_as_file, hand_out
from innoset.web.ui.forms import Form

KINDS: Final = {"new": "good", "changed": "work", "same": "", "bad": "bad"}


@require_safe
def xlsx(request: HttpRequest, frame: Frame) -> HttpResponse:
    """Give the measures as a spreadsheet that can come back mended."""
    del request
    live = [one for one in queries.items_of(frame.roadmap) if one.dropped_at is None]
    lines = [[_cell(one, column.name) for column in COLUMNS] for one in live]
    data = book(("Мероприятия", [column.title for column in COLUMNS], lines))
    return bytes_as_file(data, name=f"{frame.roadmap.title}.xlsx", media_type=XLSX)


def _cell(item: RoadmapItem, name: str) -> str | int:
    if name == "number":
        return code_of(item.position)
    value = getattr(item, name)
    if name in ("starts_on", "ends_on", "done_on"):
        return f"{value:%d.%m.%Y}" if value else ""
    return value if isinstance(value, int) else str(value or "")


@require_safe
def docx(request: HttpRequest, frame: Frame) -> HttpResponse:
    """Give the roadmap as a Word document."""
    data = paper.docx(_paper(request, frame), at=arrived_at(request))
    return bytes_as_file(data, name=f"{frame.roadmap.title}.docx", media_type=DOCX)


def _paper(request: HttpRequest, frame: Frame) -> paper.RoadmapPaper:
    roadmap, day = frame.roadmap, today(request)
    rows = shown_items([one for one in queries.items_of(roadmap) if one.dropped_at is None], day)
    cells = _plan_cells if frame.is_plan else _measure_cells
    parts = [(stage, [cells(row) for row in found]) for stage, found in grouped(rows)]
    if frame.is_plan:
        parts.append(("Всего за год", _totals([row["item"] for row in rows])))
    return paper.RoadmapPaper(
        organisation=(roadmap.organisation.name,),
        subject=f"на {roadmap.year} год" if frame.is_plan else str(roadmap.project),
        parts=tuple(paper.Part(stage, tuple(found)) for stage, found in parts),
        printed_on=day,
        is_plan=frame.is_plan,
        approval=_approval(frame),
        head=roadmap.organisation.head_name,
        head_post=roadmap.organisation.head_position or "Руководитель",
    )


def _approval(frame: Frame) -> tuple[str, ...]:
    roadmap = frame.roadmap
    if not frame.is_approved or roadmap.approved_at is None or roadmap.approved_by is None:
        return ()
    return (
        "УТВЕРЖДЕНО",
        initials(roadmap.approved_by.full_name),
        date_in_words(moscow(roadmap.approved_at).date()),
    )


def _totals(items: list[RoadmapItem]) -> list[tuple[str, ...]]:
    found = queries.totals_of(items)
    return [("", "", "", "", one.unit or "—", str(one.planned), one.fact, one.share) for one in found]


def _term(item: RoadmapItem) -> str:
    end = f"{item.ends_on:%d.%m.%Y}"
    return f"{item.starts_on:%d.%m.%Y} – {end}" if item.starts_on else f"до {end}"


def _measure_cells(row: dict[str, Any]) -> tuple[str, ...]:
    item: RoadmapItem = row["item"]
    done = f"{item.done_percent} %" if item.done_percent else ""
    state = ", ".join(filter(None, (row["standing"], done if 0 < item.done_percent < 100 else "")))  # noqa: PLR2004  # reason: whole is said by the word
    late = f"\nна {row['late']}" if row["late"] else ""
    return str(item.position), item.title, _term(item), item.responsible, item.result, f"{state}{late}"


def _plan_cells(row: dict[str, Any]) -> tuple[str, ...]:
    item: RoadmapItem = row["item"]
    numbers = (str(value) if value is not None else "—" for value in (item.planned, item.actual))
    return (
        str(item.position),
        item.title,
        _term(item),
        item.responsible,
        item.unit,
        *numbers,
        share_of(item.actual, item.planned),
    )


class TableForm(Form):
    """A table of measures."""

    file = forms.FileField(label="Таблица", help_text=f"XLSX или CSV, до 5 МБ и {MOST_ROWS} мероприятий")

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read into memory."""
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(f"Файл больше {MAX_BYTES // 2**20} МБ. Оставьте в нём одну таблицу.")
        return file


@writer_only
def load(request: HttpRequest, frame: Frame) -> HttpResponse:
    """Take a table, read it in a process apart, open its preview."""
    form = TableForm(request.POST or None, request.FILES or None)
    past = queries.imports_of(frame.roadmap)
    context = frame.context(request, "Из таблицы") | {"form": form, "past": past, "columns": COLUMNS[1:]}
    shown = partial(render, request, "roadmaps/load.html", context)
    if not form.is_valid():
        return shown()
    file = form.cleaned_data["file"]
    data = file.read()
    try:
        given = actions.TableFile(data, file.name or "карта.xlsx", _cells(data))
    except Refusal as no:
        form.add_error("file", no.text)
        return shown()
    return attempt(
        request,
        actions.keep_table,
        frame.roadmap,
        file=given,
        then=lambda made: frame.url("table", made.pk),
        form=form,
        on_refusal=shown,
    )


def _cells(data: bytes) -> list[list[str]]:
    said = sandbox.run(read_table_apart, data)
    if said["reason"]:
        raise Refusal(said["reason"], field="file")
    cells: list[list[str]] = said["rows"]
    return cells


class ApplyForm(Form):
    """Why an approved roadmap is changed by a table."""

    reason = forms.CharField(label="Причина изменений", max_length=500)


@writer_only
def table(request: HttpRequest, frame: Frame, table: int) -> HttpResponse:
    """Show what each row would do; write the good ones when confirmed."""
    found = get_object_or_404(frame.roadmap.imports.select_related("file"), pk=table)
    form = ApplyForm(request.POST or None) if frame.is_approved else None
    counts = found.counts
    context = frame.context(request, "Проверка таблицы") | {
        "table": found,
        "form": form,
        "rows": Paginator([_shown(row) for row in found.rows], 100).get_page(request.GET.get("page")),
        "good": counts.get("new", 0) + counts.get("changed", 0),
        "counts": [(label, counts.get(key, 0), KINDS[key]) for key, label in VERDICT_LABELS.items()],
    }
    shown = partial(render, request, "roadmaps/table.html", context)
    if request.method != "POST" or (form is not None and not form.is_valid()):
        return shown()
    return attempt(
        request,
        actions.apply_table,
        frame.roadmap,
        table=found,
        reason=form.cleaned_data["reason"] if form is not None else "",
        said=lambda done: f"Внесено: новых {done.get('new', 0)}, изменено {done.get('changed', 0)}.",
        then=frame.url(),
        form=form,
        on_refusal=shown if form is not None else None,
    )


def _shown(row: dict[str, Any]) -> dict[str, Any]:
    values = row["values"]
    return row | {
        "title": values.get("title", ""),
        "ends_on": ".".join(reversed(values.get("ends_on", "").split("-"))),
        "label": VERDICT_LABELS[row["verdict"]],
        "kind": KINDS[row["verdict"]],
        "changed": ", ".join(TITLES[name].lower() for name in row["changes"]),
    }


@require_safe
@writer_only
def original(request: HttpRequest, frame: Frame, table: int) -> HttpResponse:
    """Hand out the table as it was given."""
    found = get_object_or_404(frame.roadmap.imports.select_related("file"), pk=table)
    return hand_out(found.file, to=request.user)
