"""Passport from Word: give the file, compare, tick, carry over. Nothing is overwritten without a tick."""

from dataclasses import dataclass
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.contests.actions import filling
from innoset.contests.models import Application
from innoset.contests.queries import applications as queries
from innoset.foundation.russian import counted
from innoset.projects import queries as projects
from innoset.projects.models import WordImport
from innoset.projects.pure.forms import Field, clean, fields_of
from innoset.projects.pure.reading import DOUBTFUL
from innoset.web.cabinet.applications import application_or_404, crumbs, page_of
from innoset.web.cabinet.attachments import not_too_large
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import hand_out
from innoset.web.ui.forms import Form


class WordForm(Form):
    """A Word file."""

    file = forms.FileField(
        label="Файл паспорта",
        help_text="Подойдут DOCX и ODT, не больше 20 МБ. Таблица может быть любой: поля узнаются по названиям.",
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read into memory."""
        return not_too_large(self.cleaned_data["file"])


@dataclass(frozen=True, slots=True)
class Slot:
    """One field: what the file says, what the passport says, and whether to carry it over."""

    field: Field
    text: str
    present: str
    is_doubtful: bool
    is_ticked: bool

    @property
    def is_same(self) -> bool:
        """Tell whether the passport already says this."""
        return clean(self.text) == self.present

    @property
    def replaces(self) -> bool:
        """Tell whether carrying it over would replace another text."""
        return bool(self.present) and not self.is_same


def word(request: HttpRequest, number: str) -> HttpResponse:
    """Take a Word file and read it."""
    application = application_or_404(request, number)
    if queries.objection_to_change(application, arrived_at(request)) and request.method != "POST":
        return redirect(page_of(application))
    form = WordForm(request.POST or None, request.FILES or None)
    past = list(enumerate(application.project.passport.word_imports.select_related("file").order_by("id"), 1))
    context = {
        "application": application,
        "form": form,
        "past": past[::-1],
        "crumbs": crumbs(application, "Из файла"),
    }
    page = partial(render, request, "cabinet/word.html", context)
    if not form.is_valid():
        return page()
    file = form.cleaned_data["file"]
    given = {"data": file.read(), "name": file.name or "паспорт.docx"}
    return attempt(
        request, filling.read_word, application, **given, then=_address, form=form, on_refusal=page
    )


def _address(word_import: WordImport) -> str:
    passport = word_import.passport
    place = passport.word_imports.filter(pk__lte=word_import.pk).count()
    return reverse("cabinet:word_import", args=[passport.project.application.number, place])


def _import_or_404(application: Application, place: int) -> WordImport:
    every = application.project.passport.word_imports.select_related("file").order_by("id")
    for found in every[place - 1 : place] if place > 0 else []:
        return found
    raise Http404


def word_import(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """Show the document beside the fields, and carry over what is ticked."""
    application = application_or_404(request, number)
    found = _import_or_404(application, place)
    page = partial(_page, request, application, found, place)
    if request.method != "POST":
        return page()
    leftovers = _placed(request.POST, len(found.reading["leftovers"]))
    return attempt(
        request,
        filling.carry_word,
        application,
        word_import=found,
        keys=request.POST.getlist("take"),
        leftovers=leftovers,
        said=lambda changed: f"Перенесено: {counted(changed, 'поле', 'поля', 'полей')}. Проверьте их.",
        then=page_of(application),
        on_refusal=page,
    )


def _placed(posted: QueryDict, count: int) -> dict[int, str]:
    """Return to which field each leftover goes; those left alone are not named."""
    chosen = {number: posted.get(f"leftover-{number}", "") for number in range(count)}
    return {number: key for number, key in chosen.items() if key}


def _page(request: HttpRequest, application: Application, found: WordImport, place: int) -> HttpResponse:
    slots = _slots(request, found)
    filled = [slot for slot in slots if slot.text]
    context = {
        "application": application,
        "word_import": found,
        "place": place,
        "slots": [slot for slot in filled if not slot.is_same],
        "same": [slot for slot in filled if slot.is_same],
        "missing": [slot for slot in slots if not slot.text],
        "doubtful": sum(slot.is_doubtful for slot in filled),
        "recognised": f"{len(filled)} из {len(slots)}",
        "document": found.reading.get("document", []),
        "leftovers": _leftovers(request, found),
        "choices": [(slot.field.key, f"{slot.field.printed_number}. {slot.field.name}") for slot in slots],
        "crumbs": crumbs(application, "Из файла"),
    }
    return render(request, "cabinet/word_import.html", context)


def _slots(request: HttpRequest, found: WordImport) -> list[Slot]:
    passport, reading = found.passport, found.reading
    form = projects.form_of(passport)
    stages = max(passport.stages, len(reading["stages"])) if form.stages else 0
    present = {answer.key: answer.text for answer in passport.answers.all()}
    asked = set(request.POST.getlist("take")) if request.method == "POST" else None
    return [
        _slot(field, reading, present.get(field.key, ""), asked) for field in fields_of(form, stages=stages)
    ]


def _slot(field: Field, reading: dict[str, dict[str, object]], present: str, asked: set[str] | None) -> Slot:
    text = str(reading["fields"].get(field.key, ""))
    sure = float(str(reading["confidence"].get(field.key, 0)))
    ticked = not present if asked is None else field.key in asked
    return Slot(field, text, present, is_doubtful=bool(text) and sure < DOUBTFUL, is_ticked=ticked)


def _leftovers(request: HttpRequest, found: WordImport) -> list[tuple[str, str, str]]:
    """Return each leftover with the name of its choice and what was chosen."""
    before = found.applied.get("leftovers_to", {})
    return [
        (f"leftover-{number}", text, request.POST.get(f"leftover-{number}", before.get(str(number), "")))
        for number, text in enumerate(found.reading["leftovers"])
    ]


@require_safe
def original(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """Hand out the file as it was given."""
    application = application_or_404(request, number)
    return hand_out(_import_or_404(application, place).file, to=request.user)


routes = [
    path("applications/<str:number>/word/", word, name="word"),
    path("applications/<str:number>/word/<int:place>/", word_import, name="word_import"),
    path("applications/<str:number>/word/<int:place>/file/", original, name="word_original"),
]
