"""Remarks of curators on the passport of a project."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_http_methods

from innoset.projects.actions import remarks as actions
from innoset.projects.models import Project
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import fields_of
from innoset.projects.queries import last_version_of
from innoset.projects.queries.remarks import projects_remarked_by
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


class PassportRemarkForm(Form):
    """A remark on a field of the passport, or on the whole."""

    key = forms.ChoiceField(label="К какому полю", required=False)
    text = forms.CharField(label="Замечание", max_length=4000, widget=forms.Textarea(attrs={"rows": 4}))
    is_required = forms.BooleanField(label="На это замечание нужно ответить обязательно", required=False)


@require_http_methods(["GET", "HEAD", "POST"])
def remark(request: HttpRequest, number: str) -> HttpResponse:
    """Remark on the passport as it was sent last."""
    found = projects_remarked_by(request.user).select_related("passport", "organisation", "status")
    project = get_object_or_404(found, number=number)
    form = PassportRemarkForm(request.POST if request.method == "POST" else None)
    form.fields["key"].choices = [("", "Ко всему паспорту"), *_choices(project)]  # type: ignore[attr-defined]  # a ChoiceField
    here = reverse("office:project", args=[number])
    context = {
        "form": form,
        "title": "Замечание к паспорту",
        "lead": str(project),
        "button": "Отправить замечание",
        "back": here,
        "crumbs": [(str(project), here), ("Замечание к паспорту", "")],
    }
    page = partial(render, request, "office/act_edit.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.remark_on_passport,
        project,
        **form.cleaned_data,
        said="Замечание отправлено.",
        then=here,
        form=form,
        on_refusal=page,
    )


def _choices(project: Project) -> list[tuple[str, str]]:
    version = last_version_of(project.passport)
    if version is None:
        return []
    fields = fields_of(form_by_code(version.form_code), stages=version.stages)
    return [(one.key, f"{one.printed_number}. {one.name}") for one in fields]


routes = [path("projects/<str:number>/remark/", remark, name="project_remark")]
