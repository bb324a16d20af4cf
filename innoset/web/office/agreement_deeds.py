"""What is done to an agreement: drafted, sent, signed, renewed, ended."""

from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from innoset.network import actions
from innoset.network.actions import agreements as deeds
from innoset.network.models import Agreement, Municipality, Organisation
from innoset.web import acting
from innoset.web.office.agreements import agreement_or_404, crumbs_of, page_of
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form
from innoset.web.ui.given import GivenFile

LIST = "office:agreements"


class DraftForm(Form):
    """Between whom, about what, for how long."""

    kind = forms.ChoiceField(label="Вид", choices=Agreement.Kind.choices)
    municipality = forms.ModelChoiceField(
        label="Муниципалитет", queryset=Municipality.objects.filter(valid_to=None)
    )
    organisation = forms.ModelChoiceField(
        label="Наша сторона", queryset=Organisation.objects.filter(is_active=True)
    )
    partner = forms.ModelChoiceField(label="С кем", queryset=Organisation.objects.filter(is_active=True))
    subject = forms.CharField(
        label="О чём",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Войдёт в текст: «Направление совместной работы: …»",
    )
    ends_on = forms.DateField(
        label="Действует до", widget=forms.DateInput(), required=False, help_text="Пусто — бессрочно"
    )
    note = forms.CharField(label="Примечание", max_length=500, required=False)


class AgreementForm(DraftForm):
    """An agreement that was signed before the site knew of it."""

    number = forms.CharField(label="Номер", max_length=40)
    signed_on = forms.DateField(label="Дата подписания", widget=forms.DateInput())
    field_order = ("kind", "number", "signed_on", "ends_on")


class SignForm(Form):
    """What stands on the signed paper, and the paper itself."""

    number = forms.CharField(label="Номер", max_length=40, help_text="Как на подписанном листе, без знака №")
    signed_on = forms.DateField(label="Дата подписания", widget=forms.DateInput())
    ends_on = forms.DateField(
        label="Действует до", widget=forms.DateInput(), required=False, help_text="Пусто — бессрочно"
    )
    file = GivenFile(label="Подписанный файл", required=False)


class CopyForm(Form):
    """The signed paper."""

    file = GivenFile(label="Подписанный файл")


class EndForm(Form):
    """From which day the agreement is over, and why."""

    ended_on = forms.DateField(
        label="С какого дня расторгнуто", widget=forms.DateInput(), help_text="Первый день без соглашения"
    )
    reason = forms.CharField(
        label="Причина",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Её увидят обе стороны",
    )


def _page(
    request: HttpRequest, form: Form, agreement: Agreement | None, *, title: str, button: str, **more: Any
) -> HttpResponse:
    back = page_of(agreement) if agreement else reverse(LIST)
    context = {"form": form, "title": title, "button": button, "back": back}
    context |= {"crumbs": crumbs_of(agreement, title), "lead": more.get("lead", "")}
    return render(request, "office/agreement_edit.html", context)


def draft(request: HttpRequest) -> HttpResponse:
    """Begin an agreement."""
    mine = acting.membership_of(request)
    form = DraftForm(request.POST or None, initial={"organisation": mine.organisation_id if mine else None})
    page = partial(
        _page,
        request,
        form,
        None,
        title="Новое соглашение",
        button="Сохранить проект",
        lead="Из проекта соберётся текст. Отправьте его партнёру, подпишите, внесите номер и дату.",
    )
    if not form.is_valid():
        return page()
    return attempt(
        request,
        deeds.draft_agreement,
        Agreement(**form.cleaned_data),
        said="Проект сохранён. Проверьте текст и отправьте партнёру.",
        then=page_of,
        form=form,
        on_refusal=page,
    )


def make(request: HttpRequest) -> HttpResponse:
    """Write down an agreement that is signed already."""
    form = AgreementForm(request.POST or None)
    page = partial(_page, request, form, None, title="Подписанное соглашение", button="Сохранить")
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.make_agreement,
        Agreement(**form.cleaned_data),
        said="Соглашение внесено.",
        then=page_of,
        form=form,
        on_refusal=page,
    )


def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Change an agreement: a draft has neither number nor date yet."""
    found = agreement_or_404(request, pk)
    kind = AgreementForm if found.number else DraftForm
    form = kind(request.POST or None, initial={name: getattr(found, name) for name in kind.base_fields})
    page = partial(_page, request, form, found, title="Изменить", button="Сохранить")
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.edit_agreement,
        found,
        values=form.cleaned_data,
        said="Соглашение сохранено.",
        then=page_of(found),
        form=form,
        on_refusal=page,
    )


def sign(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that both sides have signed."""
    found = agreement_or_404(request, pk)
    form = SignForm(request.POST or None, request.FILES or None, initial={"ends_on": found.ends_on})
    lead = f"Партнёр уже приложил файл: {found.file.name}. Новый файл заменит его." if found.file else ""
    page = partial(_page, request, form, found, title="Внести подписание", button="Подписано", lead=lead)
    if not form.is_valid():
        return page()
    values = dict(form.cleaned_data)
    return attempt(
        request,
        deeds.sign_agreement,
        found,
        given=values.pop("file"),
        **values,
        said="Соглашение подписано. Муниципалитет появился в охвате сети.",
        then=page_of(found),
        form=form,
        on_refusal=page,
    )


def copy(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the signed paper."""
    found = agreement_or_404(request, pk)
    form = CopyForm(request.POST or None, request.FILES or None)
    page = partial(_page, request, form, found, title="Подписанный файл", button="Приложить")
    if not form.is_valid():
        return page()
    return attempt(
        request,
        deeds.give_signed_copy,
        found,
        given=form.cleaned_data["file"],
        said="Файл приложен.",
        then=page_of(found),
        form=form,
        on_refusal=page,
    )


def end(request: HttpRequest, pk: int) -> HttpResponse:
    """Write down that an agreement was ended before its term."""
    found = agreement_or_404(request, pk)
    form = EndForm(request.POST or None)
    page = partial(_page, request, form, found, title="Расторжение", button="Отметить расторжение")
    if not form.is_valid():
        return page()
    return attempt(
        request,
        deeds.end_agreement,
        found,
        **form.cleaned_data,
        said="Отмечено, что соглашение расторгнуто.",
        then=page_of(found),
        form=form,
        on_refusal=page,
    )


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the text to the partner."""
    return _do(request, pk, deeds.send_agreement, "Соглашение отправлено партнёру. Ему ушло уведомление.")


@require_POST
def take_back(request: HttpRequest, pk: int) -> HttpResponse:
    """Make a sent text a draft again."""
    return _do(request, pk, deeds.take_back_agreement, "Соглашение снова проект.")


@require_POST
def drop(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove a draft."""
    return attempt(
        request, deeds.drop_agreement, agreement_or_404(request, pk), said="Проект удалён.", then=LIST
    )


@require_POST
def renew(request: HttpRequest, pk: int) -> HttpResponse:
    """Begin the agreement that goes on from this one."""
    return attempt(
        request,
        deeds.renew_agreement,
        agreement_or_404(request, pk),
        said="Проект продления готов. Проверьте срок и отправьте партнёру.",
        then=page_of,
    )


def _do(request: HttpRequest, pk: int, deed: Any, said: str) -> HttpResponse:
    found = agreement_or_404(request, pk)
    return attempt(request, deed, found, said=said, then=page_of(found))


_HERE = "agreements/<int:pk>/"
routes = [
    path("agreements/draft/", draft, name="agreement_draft"),
    path("agreements/new/", make, name="agreement_new"),
    path(f"{_HERE}edit/", edit, name="agreement_edit"),
    path(f"{_HERE}sign/", sign, name="agreement_sign"),
    path(f"{_HERE}copy/", copy, name="agreement_copy"),
    path(f"{_HERE}end/", end, name="agreement_end"),
    path(f"{_HERE}send/", send, name="agreement_send"),
    path(f"{_HERE}take-back/", take_back, name="agreement_take_back"),
    path(f"{_HERE}drop/", drop, name="agreement_drop"),
    path(f"{_HERE}renew/", renew, name="agreement_renew"),
]
