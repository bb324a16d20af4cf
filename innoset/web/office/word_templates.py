"""The contest's own Word form: take the sample, edit it in Word, give it back, look at it filled."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.contests.actions import word_templates as actions
from innoset.contests.models import Contest
from innoset.contests.papers.word_forms import word_form
from innoset.foundation.files.kinds import DOCX
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import Signature, fields_of
from innoset.web.office.contest_frame import PARTS, contest_or_404, crumbs_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import bytes_as_file
from innoset.web.ui.forms import Form

EXAMPLE = "Здесь будет ответ организации."
SIGNED = Signature(position="Директор", name="Фамилия И. О.")


class TemplateForm(Form):
    """A template edited in Word."""

    file = forms.FileField(label="Ваш шаблон", help_text="DOCX, до 20 МБ. Метки в скобках оставьте на месте")


def word(request: HttpRequest, code: str) -> HttpResponse:
    """Show which Word form the contest has, and take another."""
    contest = contest_or_404(request, code)
    form = TemplateForm(request.POST or None, request.FILES or None)
    context = {"contest": contest, "title": PARTS["word"], "form": form, "crumbs": _crumbs(contest)}
    page = partial(render, request, "office/contest_word.html", context)
    if not form.is_valid():
        return page()
    file = form.cleaned_data["file"]
    return attempt(
        request,
        actions.set_word_template,
        contest,
        data=file.read(),
        name=file.name or "шаблон.docx",
        said="Шаблон принят: все поля заполняются и читаются обратно.",
        then=_here(contest),
        form=form,
        on_refusal=page,
    )


def _crumbs(contest: Contest) -> list[tuple[str, str]]:
    return crumbs_of(contest, (PARTS["word"], ""))


def _here(contest: Contest) -> str:
    return reverse("office:contest_word", args=[contest.code])


@require_POST
def drop(request: HttpRequest, code: str) -> HttpResponse:
    """Return to the official form."""
    contest = contest_or_404(request, code)
    said = "Шаблон убран. Заявки печатаются по официальной форме."
    return attempt(request, actions.drop_word_template, contest, said=said, then=_here(contest))


@require_safe
def sample(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the official form with marks, to be edited in Word."""
    # The libraries behind it are large, and this page is rarely opened.
    from innoset.projects.pure.word_template import starting_template  # noqa: PLC0415  # reason: reads large libraries

    contest = contest_or_404(request, code)
    form = form_by_code(contest.form_code)
    return bytes_as_file(starting_template(form), name=f"Шаблон. {form.title}.docx", media_type=DOCX)


@require_safe
def filled(request: HttpRequest, code: str) -> HttpResponse:
    """Hand out the contest's form filled with an example."""
    contest = contest_or_404(request, code)
    form = form_by_code(contest.form_code)
    values = {field.key: EXAMPLE for field in fields_of(form) if field.kind != "heading"}
    data = word_form(contest, form.code, values, stages=form.usual_stages, signature=SIGNED)
    return bytes_as_file(data, name=f"Пример. {form.title}.docx", media_type=DOCX)


routes = [
    path("contests/<slug:code>/word/", word, name="contest_word"),
    path("contests/<slug:code>/word/drop/", drop, name="contest_word_drop"),
    path("contests/<slug:code>/word/sample.docx", sample, name="contest_word_sample"),
    path("contests/<slug:code>/word/filled.docx", filled, name="contest_word_filled"),
]
