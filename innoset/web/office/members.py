"""Who works for an organisation: inviting people and letting them go."""

from functools import partial
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from innoset.network import actions, queries
from innoset.network.models import Invitation, Membership
from innoset.network.states import ROLE_LABELS, Role
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


class InviteForm(Form):
    """Whom to invite and as whom."""

    email = forms.EmailField(
        label="Электронная почта", help_text="На неё придёт ссылка. Она действует 14 дней."
    )
    full_name = forms.CharField(label="Фамилия, имя, отчество", max_length=200, required=False)
    role = forms.ChoiceField(label="Роль")

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["role"]).choices = [
            (role.value, ROLE_LABELS[role]) for role in roles
        ]


def invite(request: HttpRequest, number: str) -> HttpResponse:
    """Invite a person into an organisation."""
    found = get_object_or_404(queries.organisations_visible_to(request.user), number=number)
    form = InviteForm(request.POST or None, roles=queries.roles_to_offer(request.user, found))
    page = partial(render, request, "office/invite.html", {"form": form, "organisation": found})
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.invite,
        Invitation(organisation=found, **form.cleaned_data),
        said=f"Приглашение отправлено на {form.cleaned_data['email']}.",
        then=reverse("office:organisation", args=[number]),
        form=form,
        on_refusal=page,
    )


@require_POST
def resend(request: HttpRequest, pk: int) -> HttpResponse:
    """Send a new link."""
    found = get_object_or_404(queries.invitations_visible_to(request.user), pk=pk)
    return attempt(
        request,
        actions.resend_invitation,
        found,
        said=f"Новая ссылка отправлена на {found.email}. Прежняя больше не действует.",
        then=reverse("office:organisation", args=[found.organisation.number]),
    )


@require_POST
def revoke(request: HttpRequest, pk: int) -> HttpResponse:
    """Take an invitation back."""
    found = get_object_or_404(queries.invitations_visible_to(request.user), pk=pk)
    return attempt(
        request,
        actions.revoke_invitation,
        found,
        said="Приглашение отозвано.",
        then=reverse("office:organisation", args=[found.organisation.number]),
    )


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask once, then end a membership."""
    visible = queries.organisations_visible_to(request.user).values("pk")
    live = Membership.objects.filter(organisation__in=visible, until=None)
    found = get_object_or_404(live.select_related("organisation", "person"), pk=pk)
    if request.method != "POST":
        return render(request, "office/membership_end.html", {"membership": found})
    return attempt(
        request,
        actions.end_membership,
        found,
        said="Участие прекращено.",
        then=reverse("office:organisation", args=[found.organisation.number]),
    )


routes = [
    path("organisations/<str:number>/invite/", invite, name="invite"),
    path("invitations/<int:pk>/resend/", resend, name="invitation_resend"),
    path("invitations/<int:pk>/revoke/", revoke, name="invitation_revoke"),
    path("memberships/<int:pk>/end/", end, name="membership_end"),
]
