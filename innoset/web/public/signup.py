"""How a person joins: texts of consents, and the page that an invitation leads to."""

from functools import partial

from allauth.account.internal.flows.login import record_authentication
from django import forms
from django.contrib import messages
from django.contrib.auth import login, password_validation
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path

from innoset.accounts import queries as people
from innoset.accounts.models import ConsentText, User
from innoset.foundation.errors import Refusal
from innoset.network import actions, queries
from innoset.network.actions.memberships import require_valid
from innoset.network.models import Invitation
from innoset.web import acting
from innoset.web.public.demo import BACKEND
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


class NewcomerForm(Form):
    """Name and password of an invited person, and the consent, apart from everything else."""

    last_name = forms.CharField(label="Фамилия", max_length=100)
    first_name = forms.CharField(label="Имя", max_length=100)
    middle_name = forms.CharField(label="Отчество", max_length=100, required=False)
    position = forms.CharField(label="Должность", max_length=200, required=False)
    password = forms.CharField(
        label="Придумайте пароль",
        help_text="Не короче 8 знаков. Не берите простые слова, имя и адрес.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        strip=False,
    )
    agreed = forms.BooleanField(label="Я даю согласие на обработку моих персональных данных")

    def clean_password(self) -> str:
        """Refuse a password that is easy to guess."""
        password = str(self.cleaned_data["password"])
        try:
            password_validation.validate_password(password)
        except ValidationError as error:
            raise forms.ValidationError(error.messages) from error
        return password


@login_not_required
def consent(request: HttpRequest, code: str) -> HttpResponse:
    """Show the text that people agree to."""
    text = get_object_or_404(ConsentText, code=code, is_current=True)
    return render(request, "public/consent.html", {"text": text})


@login_not_required
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Accept an invitation: a known person signs in, a newcomer gives a name and a password."""
    invited = queries.invitation_by_token(token)
    if invited is None:
        raise Http404
    try:
        require_valid(invited, at=arrived_at(request))
    except Refusal as no:
        return render(request, "public/invitation_refused.html", {"reason": no.text}, status=410)
    if User.objects.filter(email__iexact=invited.email).exists():
        return _known(request, invited)
    return _newcomer(request, invited)


def _known(request: HttpRequest, invited: Invitation) -> HttpResponse:
    context = {"invitation": invited, "form": None, "is_theirs": _is_theirs(request, invited)}
    if request.method != "POST" or not context["is_theirs"]:
        return render(request, "public/invitation.html", context)
    return attempt(
        request, actions.accept_invitation, invited, said="Приглашение принято.", then=acting.home_of
    )


def _is_theirs(request: HttpRequest, invited: Invitation) -> bool:
    return request.user.is_authenticated and request.user.email.casefold() == invited.email.casefold()


def _newcomer(request: HttpRequest, invited: Invitation) -> HttpResponse:
    last, first, middle = [*invited.full_name.split(), "", "", ""][:3]
    form = NewcomerForm(
        request.POST or None, initial={"last_name": last, "first_name": first, "middle_name": middle}
    )
    page = partial(render, request, "public/invitation.html", {"invitation": invited, "form": form})
    if not form.is_valid():
        return page()
    person = User(email=invited.email, **{name: form.cleaned_data[name] for name in _NAMES})
    try:
        _let_in(request, person, invited, password=form.cleaned_data["password"])
    except Refusal as no:
        form.add_error(no.field if no.field in form.fields else None, no.text)
        return page()
    messages.success(request, "Добро пожаловать! Учётная запись готова.")
    return redirect(acting.home_of(acting.membership_of(request)))


_NAMES = ("last_name", "first_name", "middle_name", "position")


def _let_in(request: HttpRequest, person: User, invited: Invitation, *, password: str) -> None:
    at = arrived_at(request)
    actions.join_by_invitation(
        invited,
        person=person,
        password=password,
        consent=people.current_text(people.PERSONAL_DATA),
        address=request.META.get("REMOTE_ADDR"),
        by=person,
        at=at,
    )
    login(request, person, backend=BACKEND)
    record_authentication(request, person, method="invitation", reauthenticated=True)


routes = [
    path("consent/<slug:code>/", consent, name="consent"),
    path("invitation/<str:token>/", invitation, name="invitation"),
]
