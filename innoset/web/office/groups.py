"""Working groups of the network."""

from functools import partial
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.accounts.models import User
from innoset.foundation.russian import moscow
from innoset.network import queries
from innoset.network.actions import groups as actions
from innoset.network.models import Organisation, WorkingGroup
from innoset.network.queries import groups as people
from innoset.network.queries.accompaniment import people_to_ask
from innoset.network.states import Role
from innoset.web.office.asking import Ask, asked, door_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


@require_safe
def groups(request: HttpRequest) -> HttpResponse:
    """List the working groups that a person keeps or is in."""
    context = {
        "groups": people.groups_visible_to(request.user),
        "may_make": _places(request.user).exists(),
        "door": door_of(request.user),
    }
    return render(request, "office/groups.html", context)


def _places(person: Any) -> Any:
    every = Organisation.objects.filter(is_active=True)
    if queries.is_registry_keeper(person):
        return every
    return every.filter(municipality__in=queries.municipality_ids_of(person, Role.COORDINATOR))


class GroupForm(Form):
    """A new group."""

    organisation = forms.ModelChoiceField(label="При организации", queryset=Organisation.objects.none())
    title = forms.CharField(label="Название", max_length=200)
    purpose = forms.CharField(
        label="Задача", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    since = forms.DateField(label="С какого дня", widget=forms.DateInput())


class GroupEditForm(Form):
    """What may be changed of a group; a last day ends it."""

    title = forms.CharField(label="Название", max_length=200)
    purpose = forms.CharField(
        label="Задача", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    until = forms.DateField(
        label="Последний день",
        widget=forms.DateInput(),
        required=False,
        help_text="Впишите, только если группа закончила работу: все выйдут из неё в этот день.",
    )


class JoinForm(Form):
    """Whom to take into the group."""

    person = forms.ModelChoiceField(label="Человек", queryset=User.objects.none())
    is_leader = forms.BooleanField(label="Руководитель группы", required=False)


def make(request: HttpRequest) -> HttpResponse:
    """Found a group."""
    form = GroupForm(request.POST or None, initial={"since": moscow(arrived_at(request)).date()})
    chosen = cast("forms.ModelChoiceField[Organisation]", form.fields["organisation"])
    chosen.queryset = _places(request.user)
    back = reverse("office:groups")
    return asked(
        request,
        Ask("Новая рабочая группа", back, button="Создать", crumbs=[("Рабочие группы", back)]),
        form,
        actions.make_group,
        lambda facts: (WorkingGroup(**facts), {}),
        said="Группа создана. Включите в неё людей.",
        then=lambda made: reverse("office:group", args=[made.pk]),
    )


def _found(request: HttpRequest, pk: int) -> WorkingGroup:
    return get_object_or_404(people.groups_visible_to(request.user), pk=pk)


def group(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a group and take people into it."""
    found = _found(request, pk)
    form = JoinForm(request.POST or None)
    near = people_to_ask(request.user).order_by("last_name", "first_name", "pk")
    cast("forms.ModelChoiceField[User]", form.fields["person"]).queryset = near
    crumbs = [("Рабочие группы", reverse("office:groups")), (found.title, "")]
    context = {
        "group": found,
        "members": people.members_in(found),
        "form": form,
        "crumbs": crumbs,
        "door": door_of(request.user),
    }
    page = partial(render, request, "office/group.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.join_group,
        found,
        **form.cleaned_data,
        said="Состав группы изменён.",
        then=reverse("office:group", args=[pk]),
        form=form,
        on_refusal=page,
    )


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what a group is for, or end it."""
    found = _found(request, pk)
    initial = {name: getattr(found, name) for name in GroupEditForm.base_fields}
    back = reverse("office:group", args=[pk])
    return asked(
        request,
        Ask("Изменить группу", back, over=found.title),
        GroupEditForm(request.POST or None, initial=initial),
        actions.edit_group,
        lambda facts: (found, facts),
        said="Группа изменена.",
        then=back,
    )


@require_POST
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Let somebody out of a group."""
    found = _found(request, pk)
    key = request.POST.get("member", "")
    member = get_object_or_404(people.members_in(found), pk=key if key.isdigit() else 0)
    return attempt(
        request,
        actions.leave_group,
        found,
        person=member.person,
        said="Человек вышел из группы.",
        then=reverse("office:group", args=[pk]),
    )


routes = [
    path("groups/", groups, name="groups"),
    path("groups/new/", make, name="group_new"),
    path("groups/<int:pk>/", group, name="group"),
    path("groups/<int:pk>/edit/", edit, name="group_edit"),
    path("groups/<int:pk>/leave/", leave, name="group_leave"),
]
