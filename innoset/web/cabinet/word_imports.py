"""Passport from Word: give the file, compare, tick, carry over. Nothing is overwritten without a tick."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.contests.actions import word_files
from innoset.contests.models import Application
from innoset.contests.queries import applications as queries
from innoset.foundation import sandbox
from innoset.foundation.russian import counted
from innoset.projects.models import WordImport
from innoset.web.cabinet.applications import application_or_404, crumbs, page_of
from innoset.web.cabinet.attachments import not_too_large
from innoset.web.cabinet.word_slots import sheet_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import hand_out
from innoset.web.ui.forms import Form

_OLD = ", старые .doc и .rtf тоже" if sandbox.office(settings.OFFICE_PROGRAM) else ""
TAKEN = f"Подойдут DOCX и ODT{_OLD}, не больше 20 МБ. Таблица может быть любой: поля узнаются по названиям."


class WordForm(Form):
    """A Word file."""

    file = forms.FileField(
        label="Файл паспорта",
        help_text=TAKEN,
    )

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read into memory."""
        return not_too_large(self.cleaned_data["file"])


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
        request, word_files.read_word, application, **given, then=address_of, form=form, on_refusal=page
    )


def address_of(word_import: WordImport) -> str:
    """Return the address of what was read from a file."""
    passport = word_import.passport
    place = passport.word_imports.filter(pk__lte=word_import.pk).count()
    return reverse("cabinet:word_import", args=[passport.project.application.number, place])


def _import_or_404(application: Application, place: int) -> WordImport:
    every = application.project.passport.word_imports.select_related("file").order_by("id")
    for found in every[place - 1 : place] if place > 0 else []:
        return found
    raise Http404


def word_import(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """Show the document beside the fields; put a leftover into a field; carry over what is ticked."""
    application = application_or_404(request, number)
    found = _import_or_404(application, place)
    page = partial(_page, request, application, found, place)
    if request.method != "POST":
        return page()
    if "move" in request.POST or "back" in request.POST:
        return _place(request, application, found, page)
    return attempt(
        request,
        word_files.carry_word,
        application,
        word_import=found,
        keys=request.POST.getlist("take"),
        leftovers=_placed(found) | _chosen(request.POST, found),
        said=lambda changed: f"Перенесено: {counted(changed, 'поле', 'поля', 'полей')}. Проверьте их.",
        then=lambda _: _after(application),
        on_refusal=page,
    )


def _place(
    request: HttpRequest, application: Application, found: WordImport, page: Callable[[], HttpResponse]
) -> HttpResponse:
    """Put one leftover into a field, or take it back, and come back to it."""
    number, _, key = request.POST.get("move", request.POST.get("back", "")).partition(":")
    if "move" in request.POST and not key:
        key = request.POST.get(f"leftover-{number}", "")
        if not key:
            messages.error(request, "Выберите в списке поле, в которое перенести кусок.")
            return page()
    return attempt(
        request,
        word_files.place_leftover,
        application,
        word_import=found,
        number=int(number) if number.isdecimal() else -1,
        key=key,
        ticks=request.POST.getlist("take"),
        then=f"{address_of(found)}#leftover-{number}",
        on_refusal=page,
    )


def _placed(found: WordImport) -> dict[int, str]:
    """Return the leftovers that lie in a field and are not carried over yet."""
    return {int(number): key for number, key in found.applied.get("placed", {}).items()}


def _chosen(posted: QueryDict, found: WordImport) -> dict[int, str]:
    """Return the fields that were chosen in the lists; what was left alone is not named."""
    numbers = range(len(found.reading["leftovers"]))
    chosen = {number: posted.get(f"leftover-{number}", "") for number in numbers}
    return {number: key for number, key in chosen.items() if key}


def _after(application: Application) -> str:
    """Return where to go on: to the last look when nothing is missing, else to the list of sections."""
    if queries.errors_of(application):
        return page_of(application)
    return reverse("cabinet:check", args=[application.number])


def _page(request: HttpRequest, application: Application, found: WordImport, place: int) -> HttpResponse:
    is_posted = request.method == "POST"
    sheet = sheet_of(
        found,
        ticks=request.POST.getlist("take") if is_posted else None,
        chosen=_chosen(request.POST, found) if is_posted else {},
    )
    context = {
        "application": application,
        "word_import": found,
        "place": place,
        "sheet": sheet,
        "recognised": f"{len(sheet.filled)} из {len(sheet.slots)}",
        "crumbs": crumbs(application, "Из файла"),
    }
    return render(request, "cabinet/word_import.html", context)


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
