"""The head's confirmation: its page, the frozen PDF, the code, the file, the refusal."""

from functools import partial
from typing import Any, cast

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.accounts import actions as accounts
from innoset.accounts import queries as people
from innoset.accounts.models import ConsentText, User
from innoset.contests.actions import confirmations as actions
from innoset.contests.models import Application, Confirmation
from innoset.contests.queries import confirmations as queries
from innoset.contests.states import ConfirmationWay
from innoset.foundation.errors import Refusal
from innoset.foundation.files import actions as files
from innoset.foundation.signatures.gost import LARGEST
from innoset.web.cabinet.applications import application_or_404, crumbs, page_of
from innoset.web.cabinet.checking import confirming_context
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import hand_out
from innoset.web.ui.forms import Form


class CodeForm(Form):
    """The six digits."""

    code = forms.CharField(
        label="Код из письма",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
    )


class RefuseForm(Form):
    """Why the head does not confirm."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    reason = forms.CharField(
        label="Что исправить",
        max_length=actions.LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Это прочтут те, кто готовил заявку.",
    )


class ProofForm(Form):
    """A file of a signature, or a scan of the signed page."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=64)
    file = forms.FileField(label="Файл")

    def clean_file(self) -> Any:
        """Refuse a file that is too large before it is read into memory."""
        file = self.cleaned_data["file"]
        if file.size > settings.FILES_MAX_BYTES:
            most = settings.FILES_MAX_BYTES // 2**20
            raise forms.ValidationError(f"Файл «{file.name}» больше {most} МБ. Уменьшите его.")
        return file


def _page(
    request: HttpRequest,
    application: Application,
    *,
    code: Form | None = None,
    refuse: Form | None = None,
    proof: Form | None = None,
) -> HttpResponse:
    context = confirming_context(request, application)
    asked = context["confirmation"]
    seen = {"seen": asked.pdf_sha256 if asked else ""}
    context |= {
        "application": application,
        "code_form": code or CodeForm(),
        "refuse_form": refuse or RefuseForm(initial=seen),
        "proof_form": proof or ProofForm(initial=seen),
        "bound": [form for form in (code, refuse, proof) if form is not None],
        "agreement": people.current_text(queries.AGREEMENT),
        "signed": queries.signed_in(asked) if asked else None,
        "objection": queries.objection_to_confirming(application, arrived_at(request)),
        "signature_limit": LARGEST // 2**20,
        "scan_limit": settings.FILES_MAX_BYTES // 2**20,
        "crumbs": crumbs(application, "Подтверждение руководителя"),
    }
    return render(request, "cabinet/confirm.html", context)


def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Show how the confirmation stands; the head enters the code here."""
    application = application_or_404(request, number)
    if not queries.ways_of(application.contest):
        return redirect(page_of(application))
    if request.method != "POST":
        return _page(request, application)
    form = CodeForm(request.POST)
    page = partial(_page, request, application, code=form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.give_by_code,
        application,
        code=form.cleaned_data["code"],
        address=_address(request),
        said=lambda wrong: "" if wrong else "Заявка подтверждена. Теперь её можно отправить.",
        then=partial(_after_code, application=application, form=form, page=page),
        form=form,
        on_refusal=page,
    )


def _after_code(wrong: Refusal | None, *, application: Application, form: Form, page: Any) -> Any:
    """Go on to the sending; a wrong code stands at its field."""
    if wrong is None:
        return reverse("cabinet:check", args=[application.number])
    form.add_error("code", wrong.text)
    return page()


def _address(request: HttpRequest) -> str | None:
    return request.META.get("REMOTE_ADDR") or None


def _mine(application: Application) -> str:
    return reverse("cabinet:confirm", args=[application.number])


@require_POST
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Ask the head in one of the ways."""
    application = application_or_404(request, number)
    return attempt(
        request,
        actions.ask_confirmation,
        application,
        way=request.POST.get("ask", ""),
        then=_mine(application),
    )


@require_POST
def agree(request: HttpRequest, number: str) -> HttpResponse:
    """Accept the agreement on the simple e-signature."""
    application = application_or_404(request, number)
    text = get_object_or_404(ConsentText, code=queries.AGREEMENT, is_current=True)
    return attempt(
        request,
        accounts.give_consent,
        cast("User", request.user),
        text=text,
        address=_address(request),
        said="Соглашение принято. Теперь введите код из письма.",
        then=_mine(application),
    )


@require_POST
def refuse(request: HttpRequest, number: str) -> HttpResponse:
    """Decline to confirm, with a reason."""
    application = application_or_404(request, number)
    form = RefuseForm(request.POST)
    page = partial(_page, request, application, refuse=form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.refuse_confirmation,
        application,
        **form.cleaned_data,
        said="Вы не подтвердили заявку. Те, кто её готовил, получат письмо с причиной.",
        then=_mine(application),
        form=form,
        on_refusal=page,
    )


@require_POST
def annul(request: HttpRequest, number: str) -> HttpResponse:
    """Call off what waits for the head."""
    application = application_or_404(request, number)
    return attempt(
        request, actions.annul_confirmation, application, said="Запрос отменён.", then=_mine(application)
    )


@require_POST
def proof(request: HttpRequest, number: str) -> HttpResponse:
    """Take the file of a signature or the scan, whichever is asked for."""
    application = application_or_404(request, number)
    form = ProofForm(request.POST, request.FILES)
    page = partial(_page, request, application, proof=form)
    if not form.is_valid():
        return page()
    try:
        deed = _deed(application, form)
    except Refusal as no:
        form.add_error("file", no.text)
        return page()
    return attempt(
        request,
        deed,
        application,
        address=_address(request),
        said="Подтверждение принято. Теперь заявку можно отправить.",
        then=_mine(application),
        form=form,
        on_refusal=page,
    )


def _deed(application: Application, form: ProofForm) -> Any:
    """Choose the deed by what waits; a picture is drawn anew before any lock is taken."""
    file, asked = form.cleaned_data["file"], queries.asked_of(application)
    data, name = file.read(), file.name or "файл"
    if asked is not None and asked.way == ConfirmationWay.SCAN:
        given = files.prepare(data, name=name, limit=settings.FILES_MAX_BYTES)
        return partial(actions.give_by_scan, given=given, seen=form.cleaned_data["seen"])
    return partial(actions.give_by_signature, data=data, name=name)


def _confirmation_or_404(application: Application, mark: str) -> Confirmation:
    """Find a confirmation by the checksum of its PDF; the newest of equal ones."""
    found = queries.confirmations_of(application).filter(pdf_sha256=mark).first()
    if found is None:
        raise Http404
    return found


@require_safe
def document(request: HttpRequest, number: str, mark: str) -> HttpResponse:
    """Hand out the frozen PDF: the same bytes for ever."""
    found = _confirmation_or_404(application_or_404(request, number), mark)
    return hand_out(found.pdf, to=request.user, in_place=True)


@require_safe
def evidence(request: HttpRequest, number: str, mark: str) -> HttpResponse:
    """Hand out the file of the signature or the scan that came with a confirmation."""
    found = _confirmation_or_404(application_or_404(request, number), mark)
    return hand_out(found.signature or found.scan, to=request.user)


_HERE = "applications/<str:number>/confirm/"
routes = [
    path(_HERE, confirm, name="confirm"),
    path(f"{_HERE}ask/", ask, name="confirm_ask"),
    path(f"{_HERE}agree/", agree, name="confirm_agree"),
    path(f"{_HERE}refuse/", refuse, name="confirm_refuse"),
    path(f"{_HERE}annul/", annul, name="confirm_annul"),
    path(f"{_HERE}file/", proof, name="confirm_file"),
    path(f"{_HERE}<str:mark>.pdf", document, name="confirm_pdf"),
    path(f"{_HERE}<str:mark>/evidence/", evidence, name="confirm_evidence"),
]
