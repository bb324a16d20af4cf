"""One question of a council's agenda: its words, what was resolved, the errand born of it."""

from functools import partial
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST

from innoset.accounts.models import User
from innoset.contests.actions import meetings as actions
from innoset.contests.models import Meeting, MeetingItem
from innoset.contests.pure.voting import Votes
from innoset.contests.queries import meetings as queries
from innoset.contests.states import MeetingState
from innoset.network.models import Organisation
from innoset.web.office.asking import Ask, asked
from innoset.web.office.meetings import QuestionForm
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form

VOTES = ("votes_for", "votes_against", "votes_abstained")


class ResolutionForm(Form):
    """What was resolved and how the hands went."""

    resolved = forms.CharField(
        label="Решили", max_length=5000, widget=forms.Textarea(), help_text="Каждое решение с новой строки"
    )
    votes_for = forms.IntegerField(label="За", min_value=0, required=False)
    votes_against = forms.IntegerField(label="Против", min_value=0, required=False)
    votes_abstained = forms.IntegerField(
        label="Воздержались",
        min_value=0,
        required=False,
        help_text="Если по вопросу не голосовали, оставьте все три поля пустыми",
    )

    @property
    def votes(self) -> Votes | None:
        """Return the votes, if there were any."""
        given = [self.cleaned_data[name] for name in VOTES]
        if all(one is None for one in given):
            return None
        return Votes(*(one or 0 for one in given))


class ItemForm(QuestionForm):
    """A question with the organisation that it is about."""

    organisation = forms.ModelChoiceField(
        label="Об организации", queryset=Organisation.objects.filter(is_active=True), required=False
    )


class ItemErrandForm(Form):
    """Who does what was resolved, by when."""

    assignee = forms.ModelChoiceField(label="Кому", queryset=User.objects.none())
    title = forms.CharField(label="Что сделать", max_length=300)
    due_on = forms.DateField(label="Срок", widget=forms.DateInput(), required=False)


def _found(request: HttpRequest, pk: int, place: int) -> tuple[Meeting, MeetingItem]:
    meeting = get_object_or_404(queries.meetings_visible_to(request.user), pk=pk)
    return meeting, get_object_or_404(queries.agenda_of(meeting), position=place)


def _url(item: MeetingItem) -> str:
    return reverse("office:meeting_question", args=[item.meeting_id, item.position])


def question(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Show a question and write down what was resolved on it."""
    meeting, item = _found(request, pk, place)
    initial: dict[str, Any] = {name: getattr(item, name) for name in ("resolved", *VOTES)}
    if not item.resolved:
        initial |= {"votes_for": len(queries.present_at(meeting)), "votes_against": 0, "votes_abstained": 0}
    form = ResolutionForm(request.POST or None, initial=initial)
    page = partial(_page, request, meeting, item, form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.record_resolution,
        item,
        resolved=form.cleaned_data["resolved"],
        votes=form.votes,
        said=f"Решение по вопросу {item.position} записано.",
        then=_url(item),
        form=form,
        on_refusal=page,
    )


def _page(request: HttpRequest, meeting: Meeting, item: MeetingItem, form: Form) -> HttpResponse:
    context = {
        "meeting": meeting,
        "item": item,
        "form": form,
        "is_open": meeting.state == MeetingState.OPEN,
        "is_closed": meeting.state == MeetingState.CLOSED,
        "crumbs": [
            ("Заседания", reverse("office:meetings")),
            (f"№ {meeting.number}", reverse("office:meeting", args=[meeting.pk])),
            (f"Вопрос {item.position}", ""),
        ],
    }
    return render(request, "office/meeting_question.html", context)


def edit(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Change the words of a question."""
    meeting, item = _found(request, pk, place)
    initial = {name: getattr(item, name) for name in actions.EDITABLE}
    return asked(
        request,
        Ask("Изменить вопрос", _url(item), over=f"{meeting.council.title}, заседание № {meeting.number}"),
        ItemForm(request.POST or None, initial=initial),
        actions.edit_question,
        lambda facts: (item, {"values": facts}),
        said="Вопрос изменён.",
        then=_url(item),
    )


@require_POST
def drop(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Take a question off the agenda."""
    _, item = _found(request, pk, place)
    url = reverse("office:meeting", args=[pk])
    return attempt(request, actions.drop_question, item, said="Вопрос убран из повестки.", then=url)


def ask(request: HttpRequest, pk: int, place: int) -> HttpResponse:
    """Give an errand by what was resolved."""
    _, item = _found(request, pk, place)
    form = ItemErrandForm(request.POST or None)
    people = queries.people_for_item(item).order_by("last_name", "first_name", "pk")
    cast("forms.ModelChoiceField[User]", form.fields["assignee"]).queryset = people
    return asked(
        request,
        Ask("Поручение по решению", _url(item), button="Дать поручение", over=item.question),
        form,
        actions.ask_by_resolution,
        lambda facts: (item, facts),
        said="Поручение дано и войдёт в протокол.",
        then=_url(item),
    )


routes = [
    path("meetings/<int:pk>/questions/<int:place>/", question, name="meeting_question"),
    path("meetings/<int:pk>/questions/<int:place>/edit/", edit, name="meeting_question_edit"),
    path("meetings/<int:pk>/questions/<int:place>/drop/", drop, name="meeting_question_drop"),
    path("meetings/<int:pk>/questions/<int:place>/errand/", ask, name="meeting_question_errand"),
]
