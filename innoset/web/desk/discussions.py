"""The talk about a dossier as its experts see it: marks under letters, remarks, changing one's own mark."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from innoset.review import actions
from innoset.review.models import Criterion, Discussion, ScoreSheet
from innoset.review.pure.scoring import NOTHING, Mark
from innoset.review.queries.discussions import (
    Voice,
    changes_of,
    criteria_of,
    discussions_of,
    posts_of,
    voices_of,
)
from innoset.review.queries.sheets import marks_of
from innoset.web.desk.forms import NOT_APPLICABLE, name_of, options_of
from innoset.web.desk.places import may_write, sheet_or_404, url_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form, polish


class RemarkForm(Form):
    """What one says to the others."""

    text = forms.CharField(label="Ваше мнение", max_length=5000, widget=forms.Textarea(attrs={"rows": 3}))


class RevisionForm(Form):
    """New marks, and why."""

    reason = forms.CharField(
        label="Почему меняете балл",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Увидят эксперты дела, организатор и совет.",
    )

    def __init__(self, data: Any = None, *, criteria: list[Criterion], marks: dict[int, Mark]) -> None:
        super().__init__(data)
        self.criteria = criteria
        for one in criteria:
            field = forms.ChoiceField(
                label=f"К{one.number}. {one.title}",
                choices=[(key, key if key != NOT_APPLICABLE else text) for key, text in options_of(one)],
                initial=NOT_APPLICABLE
                if (mark := marks.get(one.pk, NOTHING)).is_not_applicable
                else mark.value,
            )
            polish(name_of(one), field)
            self.fields[name_of(one)] = field
        self.order_fields([name for name in self.fields if name != "reason"])

    def marks(self) -> dict[int, Mark]:
        """Return the marks as they were chosen."""
        return {one.pk: _mark(self.cleaned_data[name_of(one)]) for one in self.criteria}

    @property
    def mark_fields(self) -> list[Any]:
        """Return the bound fields of the marks."""
        return [self[name_of(one)] for one in self.criteria]


def _mark(answer: str) -> Mark:
    return Mark(int(answer) if answer.isdigit() else None, is_not_applicable=answer == NOT_APPLICABLE)


def _talk_or_404(request: HttpRequest, kind: str, code: str) -> tuple[Discussion, ScoreSheet]:
    found = discussions_of(request.user).filter(round__kind=kind, dossier__code=code)
    own = sheet_or_404(request, kind, code)
    return get_object_or_404(found, round=own.assignment.round_id), own


def _page(
    request: HttpRequest,
    talk: Discussion,
    own: ScoreSheet,
    *,
    remark: RemarkForm | None = None,
    revision: RevisionForm | None = None,
) -> HttpResponse:
    criteria, voices = criteria_of(talk), voices_of(talk)
    columns = [(_name(voice, own), voice) for voice in voices]
    context = {
        "talk": talk,
        "own": own,
        "back": url_of(own.assignment),
        "columns": columns,
        "rows": [
            (one, [(name, voice.marks.get(one.pk, NOTHING)) for name, voice in columns]) for one in criteria
        ],
        "posts": posts_of(talk, voices, request.user),
        "changes": [(_whose(one.sheet_id, voices, own), one) for one in changes_of(talk.round, talk.dossier)],
        "is_open": talk.closed_at is None and may_write(talk.round),
        "remark": remark or RemarkForm(),
        "revision": revision or RevisionForm(criteria=criteria, marks=marks_of(own)),
        "form": remark or revision,
    }
    return render(request, "desk/discussion.html", context)


def _name(voice: Voice, own: ScoreSheet) -> str:
    return "Вы" if voice.sheet.pk == own.pk else f"Эксперт {voice.letter}"


def _whose(sheet: int, voices: list[Voice], own: ScoreSheet) -> str:
    return next((_name(voice, own) for voice in voices if voice.sheet.pk == sheet), "Эксперт")


@require_safe
def discussion(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Show the marks of all experts of the dossier, which nobody sees before, and what they say."""
    talk, own = _talk_or_404(request, kind, code)
    return _page(request, talk, own)


@require_POST
def remark(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Say something to the others."""
    talk, own = _talk_or_404(request, kind, code)
    form = RemarkForm(request.POST)
    page = partial(_page, request, talk, own, remark=form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.post_remark,
        talk,
        text=form.cleaned_data["text"],
        said="Ваше мнение добавлено.",
        then=url_of(own.assignment, "discussion"),
        form=form,
        on_refusal=page,
    )


@require_POST
def revise(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Change one's own marks, with a reason."""
    talk, own = _talk_or_404(request, kind, code)
    form = RevisionForm(request.POST, criteria=criteria_of(talk), marks=marks_of(own))
    page = partial(_page, request, talk, own, revision=form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.revise_marks,
        own,
        marks=form.marks(),
        reason=form.cleaned_data["reason"],
        said="Балл изменён. Прежний балл и причина записаны.",
        then=url_of(own.assignment, "discussion"),
        form=form,
        on_refusal=page,
    )


_TALK = "dossiers/<slug:kind>/<str:code>/discussion/"
routes = [
    path(_TALK, discussion, name="discussion"),
    path(f"{_TALK}remark/", remark, name="remark"),
    path(f"{_TALK}revise/", revise, name="revise"),
]
