"""The team of a project: who works on it, taken from the passport or by hand."""

from functools import partial

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from innoset.foundation.russian import counted, moscow
from innoset.projects.actions import teams as actions
from innoset.projects.models import Project, TeamMember
from innoset.projects.queries import projects_visible_to
from innoset.projects.queries import teams as queries
from innoset.projects.states import TEAM_LABELS
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


class MemberForm(Form):
    """A person of the team; no contacts are asked for."""

    name = forms.CharField(label="Фамилия, имя, отчество", max_length=200)
    part = forms.ChoiceField(label="Роль в команде", choices=list(TEAM_LABELS.items()), initial="author")
    position = forms.CharField(label="Должность", max_length=200, required=False)
    degree = forms.CharField(label="Учёная степень, звание", max_length=200, required=False)


def _project(request: HttpRequest, number: str) -> Project:
    return get_object_or_404(projects_visible_to(request.user), number=number)


def team(request: HttpRequest, number: str) -> HttpResponse:
    """Show the team and take somebody into it."""
    project = _project(request, number)
    form = MemberForm(request.POST or None)
    context = {
        "project": project,
        "team": queries.team_of(project, every=True),
        "proposed": queries.proposed_team(project),
        "form": form,
        "crumbs": _crumbs(project, "Команда"),
    }
    page = partial(render, request, "cabinet/team.html", context)
    if not form.is_valid():
        return page()
    person = queries.staff_by_name(project.organisation).get(form.cleaned_data["name"])
    since = moscow(arrived_at(request)).date()
    return attempt(
        request,
        actions.add_team_member,
        TeamMember(project=project, person=person, since=since, **form.cleaned_data),
        said="Человек включён в команду.",
        then=_team_url(project),
        form=form,
        on_refusal=page,
    )


def _crumbs(project: Project, last: str) -> list[tuple[str, str]]:
    return [(project.title or "Проект", reverse("cabinet:project", args=[project.number])), (last, "")]


def _team_url(project: Project) -> str:
    return reverse("cabinet:team", args=[project.number])


@require_POST
def propose(request: HttpRequest, number: str) -> HttpResponse:
    """Take the people of the passport into the team."""
    project = _project(request, number)
    return attempt(
        request,
        actions.propose_team,
        project,
        said=lambda added: (
            f"Из паспорта в команду перенесли {counted(len(added), 'человека', 'человек', 'человек')}."
        ),
        then=_team_url(project),
    )


def edit(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Change how a member is called and what they are."""
    project = _project(request, number)
    member = get_object_or_404(queries.team_of(project), pk=pk)
    initial = {name: getattr(member, name) for name in MemberForm.base_fields}
    form = MemberForm(request.POST or None, initial=initial)
    context = {"project": project, "member": member, "form": form, "crumbs": _crumbs(project, "Команда")}
    page = partial(render, request, "cabinet/team_member.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_team_member,
        member,
        values=form.cleaned_data,
        said="Запись изменена.",
        then=_team_url(project),
        form=form,
        on_refusal=page,
    )


@require_POST
def end(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    """Let somebody out of the team."""
    project = _project(request, number)
    member = get_object_or_404(queries.team_of(project, every=True), pk=pk)
    url = _team_url(project)
    return attempt(request, actions.end_team_member, member, said="Человек вышел из команды.", then=url)


routes = [
    path("projects/<str:number>/team/", team, name="team"),
    path("projects/<str:number>/team/propose/", propose, name="team_propose"),
    path("projects/<str:number>/team/<int:pk>/", edit, name="team_member"),
    path("projects/<str:number>/team/<int:pk>/end/", end, name="team_member_end"),
]
