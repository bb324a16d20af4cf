"""The deadline of a contest: where it stands, more time, the grace, what came late."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.contests.actions import deadlines as actions
from innoset.contests.actions import late_copies
from innoset.contests.actions.contests import LONGEST_GRACE, edit_contest
from innoset.contests.actions.deadlines import Ground
from innoset.contests.models import Application, Contest, LateCopy
from innoset.contests.papers.receipts import printed_application
from innoset.contests.queries import deadlines as queries
from innoset.contests.queries.contests import has_applications
from innoset.contests.queries.deadlines import Measured
from innoset.documents.pure import application_paper
from innoset.foundation.files.kinds import PDF
from innoset.foundation.jobs.pure.outages import Outage
from innoset.foundation.russian import MOSCOW
from innoset.web.office.contest_frame import contest_or_404, crumbs_of
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import bytes_as_file
from innoset.web.ui.forms import Form, MomentField

TITLE = "Срок приёма"


class GraceForm(Form):
    """One grace for all."""

    grace_minutes = forms.IntegerField(
        label="Допуск после срока, минут", min_value=0, max_value=LONGEST_GRACE
    )


class ExtendForm(Form):
    """Until when, why, by which order; for all, or for one application."""

    until = MomentField(label="Новый срок")
    reason = forms.CharField(
        label="Причина",
        max_length=500,
        widget=forms.Textarea,
        help_text="Её прочтут участники, она войдёт в протокол.",
    )
    number = forms.CharField(
        label="Номер заявки",
        required=False,
        max_length=30,
        help_text="Оставьте пустым, чтобы продлить срок всем. Одной заявке срок продлевают только приказом.",
    )
    order_number = forms.CharField(label="Номер приказа", required=False, max_length=60)
    order_date = forms.DateField(label="Дата приказа", required=False, widget=forms.DateInput)

    def ground(self) -> Ground:
        """Return why and by which order."""
        data = self.cleaned_data
        return Ground(data["reason"], data["order_number"], data["order_date"])


class AcceptForm(Form):
    """Why a late copy is let in, and by which order."""

    reason = forms.CharField(
        label="Почему отправка принята", max_length=500, widget=forms.Textarea, help_text="Войдёт в протокол."
    )
    order_number = forms.CharField(label="Номер приказа", max_length=60)


def _page_of(contest: Contest) -> str:
    return reverse("office:contest_deadline", args=[contest.code])


@require_safe
def deadline(request: HttpRequest, code: str) -> HttpResponse:
    """Show the clock, the deadline, the grace, the outages, who has not sent, what came late."""
    contest, at = contest_or_404(request, code), arrived_at(request)
    waiting = list(queries.unsent_of(contest))
    unsent = [one for one in waiting if one.submitted_at is None]
    context = {
        "contest": contest,
        "now": at,
        "reception": queries.reception_of(contest),
        "measured": queries.measured_before(contest, at),
        "drafts": len(unsent),
        "complete": len(queries.complete_among(unsent)),
        "asked": sum(one.auto_send for one in waiting),
        "grace_form": GraceForm(initial={"grace_minutes": contest.grace_minutes}),
        "is_fixed": bool(waiting) or has_applications(contest),
        "crumbs": crumbs_of(contest, (TITLE, "")),
    }
    return render(request, "office/contest_deadline.html", context)


@require_POST
def grace(request: HttpRequest, code: str) -> HttpResponse:
    """Set the grace while nobody has begun an application."""
    contest = contest_or_404(request, code)
    form = GraceForm(request.POST)
    if not form.is_valid():
        context = {"form": form, "contest": contest, "crumbs": crumbs_of(contest, (TITLE, _page_of(contest)))}
        return render(request, "office/contest_grace.html", context)
    return attempt(
        request, edit_contest, contest, changes=form.cleaned_data, said="Допуск изменён.", then=_page_of
    )


def extend(request: HttpRequest, code: str) -> HttpResponse:
    """Give more time to all, or to the application whose number is given."""
    contest = contest_or_404(request, code)
    form = ExtendForm(request.POST or None)
    crumbs = crumbs_of(contest, (TITLE, _page_of(contest)), ("Продлить срок", ""))
    page = partial(
        render,
        request,
        "office/contest_extend.html",
        {
            "form": form,
            "contest": contest,
            "deadline": queries.deadline_of_contest(contest),
            "crumbs": crumbs,
        },
    )
    if not form.is_valid():
        return page()
    number = form.cleaned_data["number"].strip()
    one = _found(contest, number) if number else None
    if number and one is None:
        form.add_error("number", "Заявки с таким номером на этом конкурсе нет. Проверьте номер.")
        return page()
    given = {"until": form.cleaned_data["until"], "ground": form.ground(), "form": form, "on_refusal": page}
    if one is not None:
        said = f"Заявке {one.shown_number} срок продлён. Её команде отправлены письма."
        return attempt(request, actions.extend_for_one, one, said=said, then=_page_of(contest), **given)
    said = "Срок продлён всем. Письма отправлены, на странице конкурса стоит объявление."
    return attempt(request, actions.extend_for_all, contest, said=said, then=_page_of(contest), **given)


def _found(contest: Contest, number: str) -> Application | None:
    """Find an application by its number, with the prefix of the contest or without."""
    bare = number.upper().removeprefix(f"{contest.prefix.upper()}-")
    return (
        contest.applications.filter(number=bare).select_related("contest", "organisation", "project").first()
    )


@require_POST
def extend_after_outage(request: HttpRequest, code: str) -> HttpResponse:
    """Give everybody as much time as the site was measured to be away, in one click."""
    contest, at = contest_or_404(request, code), arrived_at(request)
    measured, now = queries.measured_before(contest, at), queries.deadline_of_contest(contest)
    if now is None or not measured.is_worth_extending:
        return redirect(_page_of(contest))
    return attempt(
        request,
        actions.extend_for_all,
        contest,
        until=new_end(now.ends_at, measured, at),
        ground=Ground(reason_of(measured)),
        outage_minutes=measured.minutes,
        said="Срок продлён всем. Письма отправлены, на странице конкурса стоит объявление.",
        then=_page_of(contest),
    )


def new_end(ends_at: datetime, measured: Measured, at: datetime) -> datetime:
    """Return the new deadline: the lost minutes count from the old one, or from now if that is past."""
    next_minute = at.replace(second=0, microsecond=0) + timedelta(minutes=1)
    return (ends_at if at <= ends_at else next_minute) + timedelta(minutes=measured.to_add)


def reason_of(measured: Measured) -> str:
    """Say how long the site did not answer, and when."""
    spans = ", ".join(_span(one) for one in measured.found)
    return (
        f"Сайт не отвечал {measured.minutes} мин в последние часы приёма: {spans} (измеряется раз в минуту)."
    )


def _span(one: Outage) -> str:
    starts, ends = one.starts_at.astimezone(MOSCOW), one.ends_at.astimezone(MOSCOW)
    return f"{starts:%d.%m.%Y с %H:%M} до {ends:%H:%M} МСК"


# ── What came late ──────────────────────────────────────────────────────────


def _late_or_404(contest: Contest, number: str, place: int) -> LateCopy:
    one = get_object_or_404(contest.applications, number=number)
    found = list(queries.late_copies_of(contest).filter(application=one).order_by("id"))
    if not 0 < place <= len(found):
        raise Http404
    return found[place - 1]


def late(request: HttpRequest, code: str, number: str, place: int) -> HttpResponse:
    """Show a late copy, and let it in by an order."""
    contest = contest_or_404(request, code)
    copy, form = _late_or_404(contest, number, place), AcceptForm(request.POST or None)
    page: Callable[[], HttpResponse] = partial(
        render,
        request,
        "office/late_copy.html",
        {
            "contest": contest,
            "copy": copy,
            "place": place,
            "form": form,
            "crumbs": _late_crumbs(contest, copy),
        },
    )
    if not form.is_valid():
        return page()
    return attempt(
        request,
        late_copies.accept_late_copy,
        copy,
        **form.cleaned_data,
        said="Отправка принята. Команде отправлены расписка и письмо.",
        then=_page_of(contest),
        form=form,
        on_refusal=page,
    )


def _late_crumbs(contest: Contest, copy: LateCopy) -> list[tuple[str, Any]]:
    return crumbs_of(contest, (TITLE, _page_of(contest)), (copy.application.shown_number, ""))


@require_safe
def late_pdf(request: HttpRequest, code: str, number: str, place: int) -> HttpResponse:
    """Hand out what came late, printed."""
    copy = _late_or_404(contest_or_404(request, code), number, place)
    data = application_paper.pdf(printed_application(copy.application, copy.version), at=copy.arrived_at)
    return bytes_as_file(
        data, name=f"Опоздавшая отправка {copy.application.shown_number}.pdf", media_type=PDF
    )


routes = [
    path("contests/<slug:code>/deadline/", deadline, name="contest_deadline"),
    path("contests/<slug:code>/deadline/grace/", grace, name="contest_grace"),
    path("contests/<slug:code>/deadline/extend/", extend, name="contest_extend"),
    path("contests/<slug:code>/deadline/outage/", extend_after_outage, name="contest_extend_outage"),
    path("contests/<slug:code>/deadline/late/<str:number>/<int:place>/", late, name="late_copy"),
    path("contests/<slug:code>/deadline/late/<str:number>/<int:place>/pdf/", late_pdf, name="late_pdf"),
]
