"""The beginning of an application: from which organisation, in which nomination, from which Word file."""

from functools import partial
from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse

from innoset.contests.actions import word_files
from innoset.contests.models import Contest, Nomination
from innoset.contests.queries import applications as queries
from innoset.contests.states import ContestState
from innoset.network.models import Organisation
from innoset.web.cabinet.applications import crumbs, organisations_of, page_of
from innoset.web.cabinet.attachments import not_too_large
from innoset.web.cabinet.word_imports import TAKEN, address_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


class StartForm(Form):
    """From which organisation and in which nomination."""

    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label="Организация", empty_label=None
    )
    nomination = forms.ModelChoiceField(
        queryset=Nomination.objects.none(), label="Номинация", empty_label="Выберите номинацию"
    )
    file = forms.FileField(
        label="Файл с готовым паспортом",
        required=False,
        help_text=f"Мы сразу прочитаем его и покажем, что узнали. {TAKEN}",
    )

    def __init__(
        self, *args: Any, contest: Contest, organisations: list[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        mine = [one.pk for one in organisations]
        self._field("organisation").queryset = Organisation.objects.filter(pk__in=mine)
        self._field("nomination").queryset = contest.nominations.all()
        if not contest.nominations.exists():
            del self.fields["nomination"]

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read into memory."""
        file = self.cleaned_data["file"]
        return not_too_large(file) if file else None

    def parcel(self) -> dict[str, Any]:
        """Return what the deed needs."""
        given = {"nomination": None, **self.cleaned_data}
        file = given.pop("file")
        return given | ({"data": file.read(), "name": file.name or "паспорт.docx"} if file else {})

    def _field(self, name: str) -> Any:
        return self.fields[name]


def start(request: HttpRequest, code: str) -> HttpResponse:
    """Begin an application to a contest."""
    found = Contest.objects.exclude(state=ContestState.DRAFT).select_related("organiser")
    contest = get_object_or_404(found, code=code)
    mine = organisations_of(request)
    if not mine:
        raise Http404
    first = {"organisation": mine[0], "nomination": contest.nominations.first()}
    form = StartForm(
        request.POST or None, request.FILES or None, contest=contest, organisations=mine, initial=first
    )
    stage = queries.submission_of(contest)
    context = {"form": form, "contest": contest, "until": stage.ends_at if stage else None}
    context |= {"crumbs": crumbs(None, "Новая заявка")}
    page = partial(render, request, "cabinet/application_new.html", context)
    if not form.is_valid():
        return page()
    then = partial(_onward, request)
    return attempt(request, word_files.begin, contest, **form.parcel(), then=then, form=form, on_refusal=page)


def _onward(request: HttpRequest, begun: word_files.Begun) -> str:
    """Return the page of what was read; of the file again when it was refused; else of the application."""
    if begun.word_import:
        return address_of(begun.word_import)
    if begun.refusal:
        messages.error(request, f"Заявка начата, но файл не прочитан. {begun.refusal}")
        return reverse("cabinet:word", args=[begun.application.number])
    return page_of(begun.application)


routes = [path("applications/new/<slug:code>/", start, name="application_new")]
