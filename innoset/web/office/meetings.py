"""The council's meetings outside contests: agenda, presence, resolutions, minutes."""

from functools import partial
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.contests.actions import meetings as actions
from innoset.contests.models import Council, Meeting, MeetingItem
from innoset.contests.papers import meetings as papers
from innoset.contests.queries import council as councils
from innoset.contests.queries import meetings as queries
from innoset.contests.states import MeetingState
from innoset.documents.pure import minutes as paper
from innoset.foundation.files.kinds import PDF
from innoset.web.office.asking import Ask, asked
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.attempt import attempt
from innoset.web.ui.download import bytes_as_file, hand_out
from innoset.web.ui.forms import Form, MomentField
from innoset.web.ui.listing import Listing


class MeetingForm(Form):
    """When and where a council meets."""

    council = forms.ModelChoiceField(label="Совет", queryset=Council.objects.none())
    number = forms.CharField(label="Номер протокола", max_length=40)
    held_at = MomentField(label="Время заседания")
    place = forms.CharField(label="Место", max_length=200, required=False)


class MoveForm(Form):
    """A new time or place."""

    held_at = MomentField(label="Время заседания")
    place = forms.CharField(label="Место", max_length=200, required=False)


class QuestionForm(Form):
    """A question of the agenda, as the form that the meeting's page carries."""

    question = forms.CharField(
        label="Вопрос",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Начните с «О» или «Об»",
    )
    speaker = forms.CharField(label="Кто докладывает", max_length=200, required=False)


@require_safe
def meetings(request: HttpRequest) -> HttpResponse:
    """List the meetings."""
    listing = Listing(
        request,
        queries.meetings_visible_to(request.user),
        per_page=25,
        words=("заседание", "заседания", "заседаний"),
    )
    may_plan = queries.councils_led_by(request.user).exists()
    return render(request, "office/meetings.html", {"listing": listing, "may_plan": may_plan})


def plan(request: HttpRequest) -> HttpResponse:
    """Appoint a meeting."""
    form = MeetingForm(request.POST or None, initial={"number": "1"})
    led = queries.councils_led_by(request.user)
    cast("forms.ModelChoiceField[Council]", form.fields["council"]).queryset = led
    back = reverse("office:meetings")
    ask = Ask(
        "Назначить заседание совета",
        back,
        button="Назначить",
        lead="Заседание вне конкурса: о работе сети, её людях и площадках.",
        crumbs=[("Заседания", back)],
    )
    return asked(
        request,
        ask,
        form,
        actions.plan_meeting,
        lambda facts: (Meeting(**facts), {}),
        said="Заседание назначено. Добавьте вопросы в повестку.",
        then=_page_of,
    )


def _page_of(meeting: Meeting) -> str:
    return reverse("office:meeting", args=[meeting.pk])


def _found(request: HttpRequest, pk: int) -> Meeting:
    return get_object_or_404(queries.meetings_visible_to(request.user), pk=pk)


def meeting(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a meeting: who is there, the agenda, the minutes; and take a new question."""
    found = _found(request, pk)
    form = QuestionForm(request.POST or None)
    page = partial(_page, request, found, form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.add_question,
        MeetingItem(meeting=found, **form.cleaned_data),
        said="Вопрос добавлен в повестку.",
        then=_page_of(found),
        form=form,
        on_refusal=page,
    )


def _page(request: HttpRequest, found: Meeting, form: Form) -> HttpResponse:
    present = {seat.pk for seat in queries.present_at(found)}
    seats = [(seat, seat.pk in present) for seat in councils.seats_of(found.council)]
    context = {
        "meeting": found,
        "items": queries.agenda_of(found),
        "seats": seats,
        "there": len(present),
        "quorum": councils.quorum_of(found.council),
        "is_planned": found.state == MeetingState.PLANNED,
        "is_open": found.state == MeetingState.OPEN,
        "is_closed": found.state == MeetingState.CLOSED,
        "form": form,
        "crumbs": [("Заседания", reverse("office:meetings")), (f"№ {found.number}", "")],
    }
    return render(request, "office/meeting.html", context)


def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Change the time or the place."""
    found = _found(request, pk)
    form = MoveForm(request.POST or None, initial={"held_at": found.held_at, "place": found.place})
    return asked(
        request,
        Ask("Перенести заседание", _page_of(found), button="Перенести", over=found.council.title),
        form,
        actions.move_meeting,
        lambda facts: (found, facts),
        said="Время и место изменены, члены совета узнают об этом.",
        then=_page_of(found),
    )


@require_POST
def presence(request: HttpRequest, pk: int) -> HttpResponse:
    """Save who is there."""
    present = {int(value) for value in request.POST.getlist("present") if value.isdigit()}
    return _do(request, pk, actions.mark_present, said="Состав присутствующих сохранён.", present=present)


@require_POST
def open_(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the meeting."""
    return _do(request, pk, actions.open_meeting, said="Заседание открыто. Записывайте решения.")


@require_POST
def close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the meeting and print the minutes."""
    return _do(request, pk, actions.close_meeting, said="Заседание закрыто, протокол составлен.")


def _do(request: HttpRequest, pk: int, deed: Any, *, said: str, **facts: Any) -> HttpResponse:
    found = _found(request, pk)
    return attempt(request, deed, found, said=said, then=_page_of(found), **facts)


@require_safe
def minutes(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Hand out the minutes; of a meeting that is not closed yet, a draft in PDF."""
    found = _found(request, pk)
    if form not in ("pdf", "docx"):
        raise Http404
    if found.minutes is not None:
        return hand_out(getattr(found.minutes, form), to=request.user)
    if form == "docx" or found.state == MeetingState.PLANNED:
        raise Http404
    data = paper.pdf(papers.minutes_of(found), at=arrived_at(request))
    return bytes_as_file(data, name=f"Проект протокола {found.number}", media_type=PDF)


routes = [
    path("meetings/", meetings, name="meetings"),
    path("meetings/new/", plan, name="meeting_new"),
    path("meetings/<int:pk>/", meeting, name="meeting"),
    path("meetings/<int:pk>/move/", move, name="meeting_move"),
    path("meetings/<int:pk>/presence/", presence, name="meeting_presence"),
    path("meetings/<int:pk>/open/", open_, name="meeting_open"),
    path("meetings/<int:pk>/close/", close, name="meeting_close"),
    path("meetings/<int:pk>/minutes.<str:form>", minutes, name="meeting_minutes"),
]
