"""Work without a network: texts and a table to take along, and the filled table on its way back."""

from dataclasses import astuple
from functools import partial
from typing import Any

from django import forms
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.documents.pure import pack_paper
from innoset.documents.pure.application_paper import Row
from innoset.documents.pure.pack_paper import PackedWork, PackPaper
from innoset.foundation.errors import Refusal
from innoset.foundation.files.kinds import PDF, XLSX
from innoset.foundation.russian import counted
from innoset.review import actions
from innoset.review.actions.packs import read_pack
from innoset.review.models import Dossier, Round
from innoset.review.pure.packs import PackLine, Verdict, Weighed, weigh
from innoset.review.pure.packs.book import workbook
from innoset.review.queries.packs import book_lines, known_to, packed_rounds, packed_sheets
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import bytes_as_file
from innoset.web.ui.forms import Form

SALT = "innoset.desk.pack"
A_DAY = 24 * 60 * 60
LATE = "Предпросмотр устарел. Загрузите таблицу ещё раз."


class PackForm(Form):
    """The filled table."""

    file = forms.FileField(label="Заполненная таблица", help_text="Файл XLSX, до 5 МБ")


@require_safe
def pack(request: HttpRequest) -> HttpResponse:
    """Offer the texts and the table of every round that goes on."""
    return _page(request, None)


def _page(request: HttpRequest, form: PackForm | None, number: int = 0) -> HttpResponse:
    rounds = [
        (place, one, form if form is not None and place == number else PackForm())
        for place, one in enumerate(packed_rounds(request.user), 1)
    ]
    return render(request, "desk/pack.html", {"rounds": rounds, "form": form})


def _round_or_404(request: HttpRequest, number: int) -> Round:
    found = dict(enumerate(packed_rounds(request.user), 1)).get(number)
    if found is None:
        raise Http404
    return found


@require_safe
def texts(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the texts of all works whose text is open to the person."""
    here = _round_or_404(request, number)
    works = [_packed(sheet.assignment.dossier) for sheet in packed_sheets(request.user, here)]
    printed = pack_paper.pdf(PackPaper(here.title, works), at=arrived_at(request))
    return bytes_as_file(printed, name="тексты.pdf", media_type=PDF)


def _packed(dossier: Dossier) -> PackedWork:
    rows = tuple(
        Row(str(row["number"]), str(row["label"]).rstrip(":"), str(row["text"]), bool(row["is_group"]))
        for row in dossier.content
    )
    return PackedWork(dossier.code, dossier.title, dossier.group, rows)


@require_safe
def table(request: HttpRequest, number: int) -> HttpResponse:
    """Hand out the table to fill."""
    lines = list(book_lines(request.user, _round_or_404(request, number)))
    return bytes_as_file(workbook(lines), name="баллы.xlsx", media_type=XLSX)


@require_POST
def upload(request: HttpRequest, number: int) -> HttpResponse:
    """Read the filled table and show what it would change; nothing is written yet."""
    here = _round_or_404(request, number)
    form = PackForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, form, number)
    try:
        lines = read_pack(form.cleaned_data["file"].read())
    except Refusal as no:
        form.add_error("file", no.text)
        return _page(request, form, number)
    return _preview(request, here, number, lines)


def _preview(request: HttpRequest, here: Round, number: int, lines: list[PackLine]) -> HttpResponse:
    weighed = weigh(lines, known_to(request.user, here))
    held = signing.dumps([astuple(line) for line in lines], salt=_salt(request), compress=True)
    context = {
        "round": here,
        "number": number,
        "held": held,
        "fresh": _having(weighed, Verdict.NEW),
        "newer": _having(weighed, Verdict.NEWER),
        "bad": _having(weighed, Verdict.BAD),
        "same": len(_having(weighed, Verdict.SAME)),
    }
    return render(request, "desk/pack_preview.html", context)


def _having(weighed: list[Weighed], verdict: Verdict) -> list[Weighed]:
    return [one for one in weighed if one.verdict == verdict]


def _salt(request: HttpRequest) -> str:
    return f"{SALT}.{request.user.pk}"


@require_POST
def bring(request: HttpRequest, number: int) -> HttpResponse:
    """Write what was confirmed; what became newer meanwhile stays."""
    here = _round_or_404(request, number)
    try:
        held: list[Any] = signing.loads(request.POST.get("held", ""), salt=_salt(request), max_age=A_DAY)
    except signing.BadSignature:
        form = PackForm({}, {})
        form.errors["file"] = form.error_class([LATE])
        return _page(request, form, number)
    return attempt(
        request,
        actions.import_marks,
        here,
        lines=[PackLine(*line) for line in held],
        replace=request.POST.getlist("replace"),
        said=lambda done: (
            f"Перенесено: {counted(done, 'строка', 'строки', 'строк')}. Проверьте и завершите листы."
        ),
        then=reverse("desk:home"),
        on_refusal=partial(redirect, "desk:pack"),
    )


routes = [
    path("pack/", pack, name="pack"),
    path("pack/<int:number>/texts/", texts, name="pack_texts"),
    path("pack/<int:number>/table/", table, name="pack_table"),
    path("pack/<int:number>/upload/", upload, name="pack_upload"),
    path("pack/<int:number>/bring/", bring, name="pack_bring"),
]
