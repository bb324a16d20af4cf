"""An organisation asks to join."""

from functools import partial
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from innoset.accounts import queries as people
from innoset.accounts.models import User
from innoset.network import actions, queries
from innoset.network.models import Municipality, Registration
from innoset.network.states import KIND_LABELS
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


class JoinForm(Form):
    """What is asked of an organisation that wants to join."""

    position = forms.CharField(label="Ваша должность", max_length=200)
    name = forms.CharField(
        label="Полное наименование организации",
        help_text="Как в уставе",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    short_name = forms.CharField(
        label="Краткое наименование", help_text="Например: МБОУ СОШ № 7", max_length=200
    )
    kind = forms.ChoiceField(label="Вид организации", choices=[("", "Выберите"), *KIND_LABELS.items()])
    municipality = forms.ModelChoiceField(
        label="Муниципалитет", queryset=Municipality.objects.none(), empty_label="Выберите"
    )
    inn = forms.CharField(
        label="ИНН", help_text="10 цифр", widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    kpp = forms.CharField(label="КПП", help_text="9 знаков")
    ogrn = forms.CharField(
        label="ОГРН", help_text="13 цифр", widget=forms.TextInput(attrs={"inputmode": "numeric"})
    )
    agreed = forms.BooleanField(label="Я даю согласие на обработку моих персональных данных")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        choice = cast("forms.ModelChoiceField[Municipality]", self.fields["municipality"])
        choice.queryset = queries.municipalities_on(today)


def join(request: HttpRequest) -> HttpResponse:
    """Ask to connect an organisation."""
    form = JoinForm(request.POST or None, initial={"position": getattr(request.user, "position", "")})
    page = partial(render, request, "cabinet/join.html", {"form": form})
    if not form.is_valid():
        return page()
    facts = {name: value for name, value in form.cleaned_data.items() if name != "agreed"}
    me = cast("User", request.user)
    return attempt(
        request,
        actions.request_registration,
        Registration(applicant=me, **facts),
        consent=people.current_text(people.PERSONAL_DATA),
        address=request.META.get("REMOTE_ADDR"),
        said="Заявление отправлено. Координатор проверит его, ответ придёт на почту.",
        then="cabinet:home",
        form=form,
        on_refusal=page,
    )


routes = [path("join/", join, name="join")]
