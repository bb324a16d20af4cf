"""What was ever saved in the fields of an application: to read, to compare, to bring back."""

import re
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from innoset.contests.actions import filling
from innoset.contests.models import Application
from innoset.contests.queries import applications as queries
from innoset.projects import queries as projects
from innoset.projects.actions.answers import Outcome
from innoset.projects.models import Answer, AnswerRevision
from innoset.projects.pure.changes import both, changes_between
from innoset.projects.pure.forms import Field, Piece
from innoset.web.cabinet.answers import KEEPS
from innoset.web.cabinet.applications import application_or_404, crumbs
from innoset.web.cabinet.shown import Shown
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt

ROWS = 10


@dataclass(frozen=True, slots=True)
class Saved:
    """One line of the history: the text, what it changed, whether it is what the field says now."""

    revision: AnswerRevision
    field: Field | None
    present: Answer | None

    @property
    def is_present(self) -> bool:
        """Tell whether the field says this now."""
        return self.present is not None and self.present.text == self.revision.text

    @property
    def is_aside(self) -> bool:
        """Tell whether the text never became the answer."""
        return self.revision.version is None

    @property
    def before(self) -> str:
        """Return what the text is compared with: the one before it, for a text set aside the present one."""
        if self.is_aside:
            return self.present.text if self.present else ""
        return getattr(self.revision, "before", None) or ""

    @property
    def is_first(self) -> bool:
        """Tell whether there is nothing to compare the text with, so that it is shown as it is."""
        return not self.before

    @property
    def changes(self) -> tuple[Piece, ...]:
        """Return what this saving changed."""
        whole = (Piece("same", self.revision.text),) if self.revision.text else ()
        return whole if self.is_first else changes_between(self.before, self.revision.text)

    @property
    def seen(self) -> int:
        """Return the version of the field that the page shows."""
        return self.present.version if self.present else 0


@require_safe
def history(request: HttpRequest, number: str) -> HttpResponse:
    """Show what was saved in all fields or in one, the newest first."""
    application = application_or_404(request, number)
    passport = application.project.passport
    fields = {one.key: one for one in projects.fields_in(passport)}
    asked, every = request.GET.get("field", ""), "every" in request.GET
    key = asked if asked in {one.key for one in projects.every_field_of(passport)} else ""
    found = projects.history_of(passport, key, every=every)
    page = Paginator(found, ROWS).get_page(request.GET.get("page"))
    answers = projects.answers_of(passport)
    rows = [Saved(one, fields.get(one.key), answers.get(one.key)) for one in page]
    context = {
        "application": application,
        "rows": rows,
        "page": page,
        "field": fields.get(key),
        "fields": [(one.key, f"{one.printed_number}. {one.name}") for one in fields.values()],
        "every": every,
        "may_change": not queries.objection_to_change(application, arrived_at(request)),
        "crumbs": crumbs(application, "История"),
    }
    return render(request, "cabinet/history.html", context)


@require_POST
def restore(request: HttpRequest, number: str) -> HttpResponse:
    """Bring one text back; what it replaces stays in the history, so this can be undone the same way."""
    application = application_or_404(request, number)
    wanted = request.POST.get("revision", "")
    mine = application.project.passport.revisions
    revision = get_object_or_404(mine, pk=wanted if re.fullmatch("[0-9]{1,18}", wanted) else 0)
    seen = Shown.parsed(request.POST.get("seen", ""))
    return attempt(
        request,
        filling.restore_answer,
        application,
        revision=revision,
        seen=seen.version,
        said="Текст возвращён. Тот, что был на его месте, остался в истории.",
        then=_history_of(application, revision.key),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """Show my text that came late beside the colleague's, and let choose between them."""
    application = application_or_404(request, number)
    passport = application.project.passport
    field = next((one for one in projects.fields_in(passport) if one.key == key), None)
    theirs = projects.answers_of(passport).get(key)
    mine = projects.set_aside_by(passport, key, request.user)
    if field is None:
        raise Http404
    if theirs is None or mine is None:
        return redirect(_history_of(application, key))
    if request.method == "POST":
        return _choose(request, application, mine, theirs)
    return render(request, "cabinet/compare.html", _pair(application, field, mine, theirs))


def _pair(application: Application, field: Field, mine: AnswerRevision, theirs: Answer) -> dict[str, Any]:
    return {
        "application": application,
        "field": field,
        "mine": mine,
        "theirs": theirs,
        "shown": str(Shown.of(theirs)),
        "changes": changes_between(theirs.text, mine.text),
        "keeps": KEEPS,
        "back": reverse("cabinet:section", args=[application.number, field.section]),
        "crumbs": crumbs(application, f"Поле {field.printed_number}: два текста"),
    }


def _choose(
    request: HttpRequest, application: Application, mine: AnswerRevision, theirs: Answer
) -> HttpResponse:
    """Save what was chosen; the text that was not chosen stays in the history."""
    field = next(one for one in projects.fields_in(mine.passport) if one.key == mine.key)
    section = reverse("cabinet:section", args=[application.number, field.section])
    keep = request.POST.get("keep", "")
    if keep not in ("mine", "both"):
        messages.success(request, "Остался текст коллеги. Ваш текст сохранён в истории.")
        return redirect(section)
    seen = Shown.parsed(request.POST.get("seen", ""))
    text = mine.text if keep == "mine" else both(theirs.text, mine.text)
    return attempt(
        request,
        filling.answer,
        application,
        key=mine.key,
        text=text,
        seen=seen.version,
        then=partial(_chosen, request, section),
    )


def _chosen(request: HttpRequest, section: str, outcome: Outcome) -> HttpResponse:
    if outcome.clash is not None:
        messages.error(request, f"{outcome.clash.said} Сравните тексты ещё раз.")
        return redirect(request.path)
    messages.success(request, "Сохранено. Другой текст остался в истории.")
    return redirect(section)


def _history_of(application: Application, key: str) -> str:
    return f"{reverse('cabinet:history', args=[application.number])}?field={key}"


routes = [
    path("applications/<str:number>/history/", history, name="history"),
    path("applications/<str:number>/history/restore/", restore, name="restore_answer"),
    path("applications/<str:number>/compare/<str:key>/", compare, name="compare"),
]
