"""Partners of projects: whom we have invited, who invites us, and the answers."""

from functools import partial
from typing import Any, cast

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.foundation.policy import may
from innoset.network.models import Organisation
from innoset.network.queries import organisation_ids_of
from innoset.network.states import Role
from innoset.projects.actions import teams as actions
from innoset.projects.models import Partnership
from innoset.projects.queries import projects_visible_to
from innoset.projects.queries import teams as queries
from innoset.projects.states import PartnershipState
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

S = PartnershipState


@require_safe
def partnerships(request: HttpRequest) -> HttpResponse:
    """List what waits for an answer, whom we work with, and what is past."""
    waiting = list(queries.partnerships_waiting_for(request.user))
    every = queries.partnerships_visible_to(request.user).exclude(pk__in=[one.pk for one in waiting])
    own = set(organisation_ids_of(request.user, Role.HEAD, Role.EDITOR))
    context = {
        "waiting": waiting,
        "live": _rows(every.filter(state__in=[S.INVITED, S.ACCEPTED]), own),
        "past": _rows(every.exclude(state__in=[S.INVITED, S.ACCEPTED])[:50], own),
    }
    return render(request, "cabinet/partnerships.html", context)


def _rows(found: QuerySet[Partnership], own: set[int]) -> list[tuple[Partnership, str]]:
    """Say for each which side is ours; a coordinator may have neither."""
    return [(one, _our_part(one, own)) for one in found]


def _our_part(one: Partnership, own: set[int]) -> str:
    if one.project.organisation_id in own:
        return "Наш проект"
    return "Мы партнёр" if one.organisation_id in own else ""


class PartnerField(forms.ModelChoiceField):  # type: ignore[type-arg]  # the library's field is generic in stubs alone
    """A choice of organisations with their municipalities."""

    def label_from_instance(self, obj: Any) -> str:
        """Name the municipality too: schools of different places are called alike."""
        return f"{obj.short_name} ({obj.municipality.name})"


class InviteForm(Form):
    """Whom to invite into the project and what for."""

    organisation = PartnerField(label="Организация", queryset=Organisation.objects.none())
    purpose = forms.CharField(
        label="Что делать вместе",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Например: «Опробовать программу наставничества на вашей площадке»",
    )


def invite(request: HttpRequest, number: str) -> HttpResponse:
    """Invite an organisation into a project."""
    project = get_object_or_404(projects_visible_to(request.user), number=number)
    form = InviteForm(request.POST or None)
    possible = queries.possible_partners(project).order_by("municipality__name", "short_name", "pk")
    cast("PartnerField", form.fields["organisation"]).queryset = possible
    back = reverse("cabinet:project", args=[number])
    context = {
        "project": project,
        "form": form,
        "crumbs": [(project.title or "Проект", back), ("Пригласить партнёра", "")],
    }
    page = partial(render, request, "cabinet/partner_invite.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.invite_partner,
        Partnership(project=project, **form.cleaned_data),
        said="Приглашение отправлено. Ответ придёт уведомлением.",
        then=lambda made: reverse("cabinet:partnership", args=[made.pk]),
        form=form,
        on_refusal=page,
    )


class AnswerForm(Form):
    """Words for the other side."""

    answer = forms.CharField(
        label="Несколько слов другой стороне",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="При отказе и при завершении обязательно напишите причину",
    )


DEEDS: dict[str, tuple[Any, str]] = {
    "accept": (actions.accept_partnership, "Вы партнёр проекта. Другая сторона узнает об этом."),
    "decline": (actions.decline_partnership, "Отказ отправлен с вашей причиной."),
    "end": (actions.end_partnership, "Сотрудничество завершено."),
}


def partnership(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one invitation; the invited side answers, both may end the work together."""
    found = get_object_or_404(queries.partnerships_visible_to(request.user), pk=pk)
    deed, said = DEEDS.get(request.POST.get("deed", ""), (None, ""))
    form = AnswerForm(request.POST if deed else None)
    context = {
        "partnership": found,
        "form": form,
        "crumbs": [("Партнёры", reverse("cabinet:partnerships")), (found.organisation.short_name, "")],
        "may_answer": found.state == S.INVITED and may(request.user, "projects.accept_partnership", found),
        "may_withdraw": found.state == S.INVITED
        and may(request.user, "projects.withdraw_partnership", found),
        "may_end": found.state == S.ACCEPTED and may(request.user, "projects.end_partnership", found),
    }
    page = partial(render, request, "cabinet/partnership.html", context)
    if not form.is_valid():
        return page()
    url = reverse("cabinet:partnership", args=[pk])
    return attempt(request, deed, found, **form.cleaned_data, said=said, then=url, form=form, on_refusal=page)


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    found = get_object_or_404(queries.partnerships_visible_to(request.user), pk=pk)
    url = reverse("cabinet:partnership", args=[pk])
    return attempt(request, actions.withdraw_partnership, found, said="Приглашение отозвано.", then=url)


routes = [
    path("partnerships/", partnerships, name="partnerships"),
    path("partnerships/<int:pk>/", partnership, name="partnership"),
    path("partnerships/<int:pk>/withdraw/", withdraw, name="partnership_withdraw"),
    path("projects/<str:number>/partners/new/", invite, name="partner_invite"),
]
