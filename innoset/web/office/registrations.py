"""Requests of organisations to join."""

from functools import partial

import django_filters
import django_tables2 as tables
from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.network import actions, queries
from innoset.network.actions.joining import JOINING_ROLES
from innoset.network.states import REGISTRATION_LABELS, ROLE_LABELS, Role
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form
from innoset.web.ui.listing import Listing, Table


class RegistrationFilter(django_filters.FilterSet):  # type: ignore[misc]  # the library has no types
    """What the requests are searched by."""

    state = django_filters.ChoiceFilter(
        label="Состояние", choices=list(REGISTRATION_LABELS.items()), empty_label="Любое"
    )


class RegistrationTable(Table):
    """The requests as a list."""

    short_name = tables.TemplateColumn(
        template_name="office/_registration_cell.html", verbose_name="Организация", order_by="short_name"
    )
    municipality = tables.Column(verbose_name="Муниципалитет", order_by="municipality__name")
    created_at = tables.TemplateColumn("{% load ui %}{{ value|moment }}", verbose_name="Подано")
    state = tables.TemplateColumn(template_name="office/_registration_state.html", verbose_name="Состояние")

    class Meta(Table.Meta):
        fields = ("short_name", "municipality", "created_at", "state")


@require_safe
def registrations(request: HttpRequest) -> HttpResponse:
    """List the requests that the person may decide on."""
    listing = Listing(
        request,
        queries.registrations_visible_to(request.user),
        filterset=RegistrationFilter,
        table=RegistrationTable,
        words=("заявление", "заявления", "заявлений"),
    )
    return render(request, "office/registrations.html", {"listing": listing})


class ConfirmForm(Form):
    """As whom the applicant comes in."""

    role = forms.ChoiceField(
        label="Роль заявителя",
        choices=[(role.value, ROLE_LABELS[role]) for role in JOINING_ROLES],
        initial=Role.HEAD.value,
        widget=forms.RadioSelect,
    )


class DeclineForm(Form):
    """Why not."""

    reason = forms.CharField(
        label="Причина отказа",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Её прочтёт заявитель. Напишите, что исправить.",
    )


def registration(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a request; confirm or decline it."""
    found = get_object_or_404(queries.registrations_visible_to(request.user), pk=pk)
    declining = request.POST.get("deed") == "decline"
    posted = request.POST or None
    confirm = ConfirmForm(None if declining else posted)
    decline = DeclineForm(posted if declining else None)
    form: Form = decline if declining else confirm
    context = {
        "registration": found,
        "confirm": confirm,
        "decline": decline,
        "form": form,
        "known": queries.matching_organisation(inn=found.inn, kpp=found.kpp, ogrn=found.ogrn),
    }
    page = partial(render, request, "office/registration.html", context)
    if not form.is_valid():
        return page()
    deed, said = (
        (actions.decline_registration, "Заявление отклонено, заявитель получит письмо.")
        if declining
        else (actions.confirm_registration, "Организация подключена, заявитель получит письмо.")
    )
    return attempt(
        request,
        deed,
        found,
        **form.cleaned_data,
        said=said,
        then="office:registrations",
        form=form,
        on_refusal=page,
    )


routes = [
    path("registrations/", registrations, name="registrations"),
    path("registrations/<int:pk>/", registration, name="registration"),
]
