"""«Мои данные»: what is kept of me; take it away, correct it, withdraw a consent."""

from functools import partial
from typing import cast

from django import forms
from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_POST, require_safe

from innoset.accounts import actions, queries
from innoset.accounts.models import ConsentText, User
from innoset.accounts.reference.expert_secrecy import EXPERT_SECRECY
from innoset.accounts.reference.simple_signature import SIMPLE_SIGNATURE
from innoset.network.queries import holds, memberships_of
from innoset.network.states import Role
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


class PersonForm(Form):
    """What a person may correct of themself."""

    last_name = forms.CharField(
        label="Фамилия", max_length=100, widget=forms.TextInput(attrs={"autocomplete": "family-name"})
    )
    first_name = forms.CharField(
        label="Имя", max_length=100, widget=forms.TextInput(attrs={"autocomplete": "given-name"})
    )
    middle_name = forms.CharField(
        label="Отчество",
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "additional-name"}),
    )
    position = forms.CharField(label="Должность", max_length=200, required=False)
    phone = forms.CharField(
        label="Рабочий телефон",
        max_length=40,
        required=False,
        help_text="Его видят только организаторы. На сайте телефон не публикуют.",
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


def profile(request: HttpRequest) -> HttpResponse:
    """Show my data and let me correct them."""
    me = cast("User", request.user)
    initial = {name: getattr(me, name) for name in actions.EDITABLE}
    form = PersonForm(request.POST or None, initial=initial)
    given = list(queries.consents_visible_to(me))
    live = {consent.text_id for consent in given if consent.withdrawn_at is None}
    context = {
        "form": form,
        "me": me,
        "consents": given,
        "offered": _offered(me).exclude(pk__in=live),
        "memberships": memberships_of(me),
    }
    page = partial(render, request, "cabinet/profile.html", context)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_person,
        me,
        values=form.cleaned_data,
        said="Данные сохранены.",
        then="cabinet:profile",
        form=form,
        on_refusal=page,
    )


def _offered(me: User) -> QuerySet[ConsentText]:
    """Return the texts that concern the person: a panel is joined elsewhere, only a head signs by a code."""
    current = ConsentText.objects.filter(is_current=True).exclude(code=EXPERT_SECRECY.code)
    return current if holds(me, Role.HEAD) else current.exclude(code=SIMPLE_SIGNATURE.code)


@require_safe
def download(request: HttpRequest) -> HttpResponse:
    """Give me a file with all that is kept of me."""
    me = cast("User", request.user)
    data = queries.own_data_of(me) | {
        "роли": [
            {"организация": m.organisation.name, "роль": m.get_role_display(), "с": m.since}
            for m in memberships_of(me)
        ]
    }
    response = JsonResponse(
        data, encoder=DjangoJSONEncoder, json_dumps_params={"ensure_ascii": False, "indent": 2}
    )
    response["Content-Disposition"] = 'attachment; filename="my-data.json"'
    return response


@require_POST
def give(request: HttpRequest, code: str) -> HttpResponse:
    """Give a consent."""
    text = get_object_or_404(ConsentText, code=code, is_current=True)
    address = request.META.get("REMOTE_ADDR")
    return attempt(
        request,
        actions.give_consent,
        cast("User", request.user),
        text=text,
        address=address,
        said="Согласие записано.",
        then="cabinet:profile",
    )


@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Withdraw a consent."""
    consent = get_object_or_404(queries.consents_visible_to(cast("User", request.user)), pk=pk)
    return attempt(
        request,
        actions.withdraw_consent,
        consent,
        said="Согласие отозвано. Запись о том, когда оно действовало, сохранена.",
        then="cabinet:profile",
    )


routes = [
    path("profile/", profile, name="profile"),
    path("profile/my-data.json", download, name="profile_download"),
    path("profile/consents/<slug:code>/give/", give, name="consent_give"),
    path("profile/consents/<int:pk>/withdraw/", withdraw, name="consent_withdraw"),
]
