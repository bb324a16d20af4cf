"""Files that go with an application: choose, look, take out, put back."""

from functools import partial
from typing import Any

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.contests.actions import attachments as actions
from innoset.contests.models import Application, Attachment
from innoset.contests.queries import applications as queries
from innoset.contests.queries.attachments import infected_of, unfinished_of
from innoset.foundation.files.kinds import ATTACHMENTS
from innoset.web.cabinet.applications import application_or_404, crumbs, page_of
from innoset.web.cabinet.uploads import said_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import hand_out
from innoset.web.ui.forms import Form

LIMITS = (
    f"Один файл — не больше {settings.FILES_MAX_BYTES // 2**20} МБ, всего не больше "
    f"{settings.FILES_MOST_PER_APPLICATION}. Подойдут {', '.join(ATTACHMENTS.values())}. Название любое."
)


def not_too_large(file: Any) -> Any:
    """Return the uploaded file, or refuse it in words by its size alone."""
    if file.size > settings.FILES_MAX_BYTES:
        most = settings.FILES_MAX_BYTES // 2**20
        raise forms.ValidationError(f"Файл «{file.name}» больше {most} МБ. Уменьшите его и выберите снова.")
    return file


class FileForm(Form):
    """One file and what it is."""

    file = forms.FileField(label="Файл", help_text=LIMITS)
    title = forms.CharField(label="Что это за файл", max_length=200, required=False)

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read into memory."""
        return not_too_large(self.cleaned_data["file"])

    def parcel(self) -> dict[str, object]:
        """Return what the deed needs."""
        file = self.cleaned_data["file"]
        return {"data": file.read(), "name": file.name or "файл", "title": self.cleaned_data["title"]}


def attachments(request: HttpRequest, number: str) -> HttpResponse:
    """Show the files of the application and take one more."""
    application = application_or_404(request, number)
    if queries.objection_to_change(application, arrived_at(request)) and request.method != "POST":
        return redirect(page_of(application))
    form = FileForm(request.POST or None, request.FILES or None)
    every = list(application.attachments.select_related("file").order_by("id"))
    context = {
        "application": application,
        "form": form,
        "files": [(place, one) for place, one in enumerate(every, start=1) if one.removed_at is None],
        "removed": [(place, one) for place, one in enumerate(every, start=1) if one.removed_at],
        "limit": settings.FILES_MAX_BYTES,
        "unfinished": unfinished_of(application, request.user),
        "infected": infected_of(application),
        "crumbs": crumbs(application, "Файлы"),
    }
    page = partial(render, request, "cabinet/attachments.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.attach_file,
        application,
        **form.parcel(),
        said=lambda added: said_of(added.file),
        then=reverse("cabinet:attachments", args=[application.number]),
        form=form,
        on_refusal=page,
    )


def _attachment_or_404(application: Application, place: int) -> Attachment:
    every = application.attachments.select_related("file").order_by("id")
    found = every[place - 1 : place] if place > 0 else []
    for attachment in found:
        return attachment
    raise Http404


@require_safe
def attachment(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """Hand out a file of the application."""
    application = application_or_404(request, number)
    return hand_out(_attachment_or_404(application, place).file, to=request.user)


@require_POST
def remove(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """Take a file out; it can be put back from the same page."""
    application = application_or_404(request, number)
    then = reverse("cabinet:attachments", args=[application.number])
    return attempt(
        request,
        actions.remove_file,
        _attachment_or_404(application, place),
        said="Файл убран.",
        then=then,
    )


@require_POST
def restore(request: HttpRequest, number: str, place: int) -> HttpResponse:
    """Put a file back."""
    application = application_or_404(request, number)
    then = reverse("cabinet:attachments", args=[application.number])
    return attempt(
        request,
        actions.restore_file,
        _attachment_or_404(application, place),
        said="Файл возвращён.",
        then=then,
    )


routes = [
    path("applications/<str:number>/files/", attachments, name="attachments"),
    path("applications/<str:number>/files/<int:place>/", attachment, name="attachment"),
    path("applications/<str:number>/files/<int:place>/remove/", remove, name="attachment_remove"),
    path("applications/<str:number>/files/<int:place>/restore/", restore, name="attachment_restore"),
]
