"""The last look before sending: errors apart from hints, every answer, who confirms, the ticks, the button."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse

from innoset.contests.actions import confirmations as confirming
from innoset.contests.actions import late_copies, sendings
from innoset.contests.models import Application, Attachment, LateCopy, Submission
from innoset.contests.pure.confirming import Stand
from innoset.contests.queries import applications as queries
from innoset.contests.queries import confirmations, deadlines
from innoset.contests.queries.attachments import objection_among
from innoset.contests.states import ConfirmationWay
from innoset.foundation import clock
from innoset.foundation.errors import Refusal
from innoset.foundation.files.queries import pages_of
from innoset.projects import queries as projects
from innoset.projects.pure.forms import Field, errors, hints
from innoset.projects.pure.links import shown as readable
from innoset.projects.pure.understanding import open_values
from innoset.web.cabinet.applications import application_or_404, crumbs, page_of
from innoset.web.cabinet.terms import late_address
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

GUARANTEES = "guarantees"


class SendForm(Form):
    """The key of this sending, one tick for the guarantees, one for each consent, the head's code."""

    key = forms.CharField(widget=forms.HiddenInput, max_length=sendings.LONGEST_KEY)
    code = forms.CharField(
        label="Код из письма",
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code"}),
        error_messages={"required": "Введите код из письма: 6 цифр."},
    )

    def __init__(
        self, *args: Any, statements: Sequence[queries.Statement], asks_code: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.guarantees = [one for one in statements if one.is_guarantee]
        self.consents = [one for one in statements if not one.is_guarantee]
        if not asks_code:
            del self.fields["code"]
        if self.guarantees:
            self._add(GUARANTEES, "Подтверждаю всё перечисленное", "Прочитайте гарантии и отметьте их.")
        for one in self.consents:
            refusal = f"Отметьте: «{one.title}». Без этого заявку отправить нельзя."
            self._add(one.code, one.title, refusal, required=not one.is_optional)

    def _add(self, name: str, label: str, refusal: str, *, required: bool = True) -> None:
        tick = forms.BooleanField(label=label, required=required, error_messages={"required": refusal})
        self.fields[name] = tick

    def ticked(self) -> set[str]:
        """Return the codes of the statements that were agreed to; one tick gives all the guarantees."""
        agreed = {one.code for one in self.consents if self.cleaned_data.get(one.code)}
        return agreed | (
            {one.code for one in self.guarantees} if self.cleaned_data.get(GUARANTEES) else set()
        )

    def typed(self) -> dict[str, Any]:
        """Return what the form carried, for showing it again as it was."""
        return {name: self.data.get(name, "") for name in self.fields if name in self.data}

    def promised(self) -> list[str]:
        """Return the guarantees in words."""
        return [one.title for one in self.guarantees]

    def tick_of_guarantees(self) -> forms.BoundField | None:
        """Return the one tick under the list of guarantees."""
        return self[GUARANTEES] if self.guarantees else None

    def rows(self) -> list[tuple[queries.Statement, forms.BoundField]]:
        """Return each consent with its tick."""
        return [(one, self[one.code]) for one in self.consents]


def check(request: HttpRequest, number: str) -> HttpResponse:
    """Show everything once more with the errors and the hints, and send."""
    application, at = application_or_404(request, number), arrived_at(request)
    is_late = deadlines.is_late(application, at)
    if request.method != "POST" and not is_late and queries.objection_to_change(application, at):
        return redirect(page_of(application))
    standing = confirmations.standing_of(application, arrived_at(request))
    form = _form(application, standing, request, request.POST or None, {"key": sendings.new_key()})
    page = partial(_check_page, request, application, form)
    if "ask" in request.POST:
        return _ask(request, application, form)
    if not form.is_valid():
        return _receipt_of_key(application, form) or page()
    return attempt(
        request,
        *_deed(application, form, is_late=is_late),
        key=form.cleaned_data["key"],
        consents=form.ticked(),
        address=request.META.get("REMOTE_ADDR") or None,
        then=partial(_after, form=form, page=page),
        form=form,
        on_refusal=page,
    )


def _form(
    application: Application, standing: confirmations.Standing, request: HttpRequest, data: Any, initial: Any
) -> SendForm:
    asked = standing.confirmation if standing.stand == Stand.ASKED else None
    is_mine = asked is not None and asked.asked_of_id == request.user.pk
    # What comes late is kept as it is: nothing can be confirmed any more.
    is_open = not confirmations.objection_to_confirming(application, arrived_at(request))
    asks = is_mine and is_open and confirmations.signs_simply(request.user)
    statements = queries.statements_of(application)
    return SendForm(data, statements=statements, asks_code=asks, initial=initial)


def _deed(
    application: Application, form: SendForm, *, is_late: bool
) -> tuple[Callable[..., Any], Application]:
    """Choose the deed: what is late is kept; with a code the head confirms and sends in one."""
    if is_late:
        return late_copies.keep_late_copy, application
    if code := form.cleaned_data.get("code"):
        return partial(confirming.confirm_and_send, code=code), application
    return partial(sendings.submit, processed_at=clock.now()), application


def _after(done: Submission | LateCopy | Refusal, *, form: SendForm, page: Callable[[], HttpResponse]) -> Any:
    """Go on to the receipt; a wrong code stands at its field."""
    if isinstance(done, Refusal):
        form.add_error("code", done.text)
        return page()
    return late_address(done) if isinstance(done, LateCopy) else _receipt_address(done)


def _ask(request: HttpRequest, application: Application, form: SendForm) -> HttpResponse:
    """Ask for the confirmation from the same page; what was ticked stays ticked."""

    def again() -> HttpResponse:
        standing = confirmations.standing_of(application, arrived_at(request))
        return _check_page(request, application, _form(application, standing, request, None, form.typed()))

    def then(made: Any) -> Any:
        is_code = made.way == ConfirmationWay.CODE
        return again() if is_code else reverse("cabinet:confirm", args=[application.number])

    return attempt(
        request,
        confirming.ask_confirmation,
        application,
        way=request.POST["ask"],
        then=then,
        on_refusal=again,
    )


def _receipt_of_key(application: Application, form: SendForm) -> HttpResponse | None:
    """Answer a repeated sending by its receipt, or its late copy, whatever else came with the key."""
    key = form.data.get("key", "") if form.is_bound else ""
    sent = queries.sending_with_key(application, key) if key else None
    late = application.late_copies.filter(key=key).first() if key and not sent else None
    if late:
        return redirect(late_address(late))
    return redirect(_receipt_address(sent)) if sent else None


def _receipt_address(submission: Submission) -> str:
    return reverse("cabinet:receipt", args=[submission.application.number, submission.number])


def _check_page(request: HttpRequest, application: Application, form: SendForm) -> HttpResponse:
    texts, files = projects.values_of(application.project.passport), queries.attachments_of(application)
    findings, places = queries.findings_of(application, texts), _places(application)
    deadline = deadlines.deadline_of(application)
    context = {
        "application": application,
        "form": form,
        "sections": _sections(application, places, texts),
        "errors": [
            *_of_files(application, files),
            *((one.message, places[one.key]) for one in errors(findings)),
        ],
        "hints": [(one.message, places[one.key]) for one in hints(findings)],
        "files": [(one, pages_of(one.file)) for one in files],
        "until": deadline.ends_at if deadline else None,
        "rule": deadline.in_words() if deadline else "",
        "is_late": deadlines.is_late(application, arrived_at(request)),
        "last": queries.submissions_of(application).first(),
        "crumbs": crumbs(application, "Проверить и отправить"),
    }
    return render(request, "cabinet/check.html", context | confirming_context(request, application))


def confirming_context(request: HttpRequest, application: Application) -> dict[str, Any]:
    """Return what the part on the head's confirmation shows, on this page and on its own."""
    standing = confirmations.standing_of(application, arrived_at(request))
    asked = standing.confirmation
    return {
        "stand": str(standing.stand),
        "confirmation": asked,
        "how": confirmations.in_words(asked) if asked else "",
        "ways": confirmations.ways_to_offer(application),
        "is_head": any(head.pk == request.user.pk for head in confirmations.heads_of(application)),
        "is_mine": asked is not None and asked.asked_of_id == request.user.pk,
        "agreed": confirmations.signs_simply(request.user),
    }


def _of_files(application: Application, files: Sequence[Attachment]) -> list[tuple[str, str]]:
    """Return what stops the sending among the files, with the page where it is mended."""
    objection = objection_among(files)
    return [(objection, reverse("cabinet:attachments", args=[application.number]))] if objection else []


def _places(application: Application) -> dict[str, str]:
    """Return where each field can be changed."""
    sections = {
        section.code: reverse("cabinet:section", args=[application.number, section.code])
        for section in projects.form_of(application.project.passport).sections
    }
    fields = projects.fields_in(application.project.passport)
    return {one.key: f"{sections[one.section]}#id_{one.key}" for one in fields}


def _sections(
    application: Application, places: dict[str, str], texts: Mapping[str, str]
) -> list[tuple[str, list[dict[str, str]]]]:
    """Return the whole form as rows of a summary, each with the way to change it."""
    passport = application.project.passport
    values = open_values(projects.form_of(passport), texts)
    fields = projects.fields_in(passport)
    return [
        (
            section.title,
            [_row(one, values.get(one.key, ""), places) for one in fields if one.section == section.code],
        )
        for section in projects.form_of(passport).sections
    ]


def _row(one: Field, text: str, places: dict[str, str]) -> dict[str, str]:
    return {"title": f"{one.printed_number}. {one.name}", "value": readable(text), "url": places[one.key]}


routes = [path("applications/<str:number>/check/", check, name="check")]
