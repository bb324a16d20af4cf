"""The talks of a round as its organiser runs them: opening, following, closing; every changed mark."""

from functools import partial

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_POST, require_safe

from innoset.review import actions
from innoset.review.models import Discussion
from innoset.review.pure.scoring import NOTHING
from innoset.review.queries import comparability
from innoset.review.queries.discussions import changes_of, criteria_of, posts_of, topics_of, voices_of
from innoset.review.states import RoundState
from innoset.web.office.round_frame import Place, place_or_404
from innoset.web.ui.attempt import attempt
from innoset.web.ui.forms import Form


class RemarkForm(Form):
    """What the organiser says to the experts."""

    text = forms.CharField(
        label="Написать экспертам", max_length=5000, widget=forms.Textarea(attrs={"rows": 3})
    )


class ClosingForm(Form):
    """What the talk came to."""

    summary = forms.CharField(
        label="Итог обсуждения",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="К чему пришли эксперты. Увидят эксперты дела и совет.",
    )


@require_safe
def discussions(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """List the dossiers: which may be discussed, which are, which were."""
    place = place_or_404(request, code, kind)
    topics = topics_of(place.round)
    context = place.context(
        "discussions",
        topics=topics,
        ready=sum(topic.may_open for topic in topics),
        warning=comparability(place.round, {topic.dossier.group for topic in topics}),
        is_open=place.round.state == RoundState.OPEN,
    )
    return render(request, "office/discussions.html", context)


@require_POST
def open_one(request: HttpRequest, code: str, kind: str, dossier: str) -> HttpResponse:
    """Open the talk about a dossier."""
    place = place_or_404(request, code, kind)
    return attempt(
        request,
        actions.open_discussion,
        place.round,
        dossier=get_object_or_404(place.round.dossiers, code=dossier),
        said=f"Обсуждение дела {dossier} открыто. Экспертам отправлены письма.",
        then=_url(place, dossier),
    )


def _url(place: Place, dossier: str) -> str:
    return reverse("office:discussion", args=[place.contest.code, place.round.kind, dossier])


def _talk_or_404(place: Place, dossier: str) -> Discussion:
    found = Discussion.objects.filter(round=place.round, dossier__code=dossier)
    talk = found.select_related("dossier", "round").first()
    if talk is None:
        raise Http404
    return talk


def _page(request: HttpRequest, place: Place, talk: Discussion, form: Form | None = None) -> HttpResponse:
    voices = voices_of(talk)
    columns = [(f"{voice.letter}. {voice.person.short_name}", voice) for voice in voices]
    context = place.context(
        "discussions",
        talk=talk,
        columns=columns,
        rows=[
            (one, [(name, voice.marks.get(one.pk, NOTHING)) for name, voice in columns])
            for one in criteria_of(talk)
        ],
        posts=posts_of(talk, voices),
        changes=[
            (one.sheet.assignment.expert.short_name, one) for one in changes_of(place.round, talk.dossier)
        ],
        is_open=talk.closed_at is None and place.round.state == RoundState.OPEN,
        remark=form if isinstance(form, RemarkForm) else RemarkForm(),
        closing=form if isinstance(form, ClosingForm) else ClosingForm(),
        form=form,
    )
    return render(request, "office/discussion.html", context)


@require_safe
def discussion(request: HttpRequest, code: str, kind: str, dossier: str) -> HttpResponse:
    """Show the marks, what was said and every change."""
    place = place_or_404(request, code, kind)
    return _page(request, place, _talk_or_404(place, dossier))


@require_POST
def remark(request: HttpRequest, code: str, kind: str, dossier: str) -> HttpResponse:
    """Write to the experts of the dossier."""
    place = place_or_404(request, code, kind)
    talk, form = _talk_or_404(place, dossier), RemarkForm(request.POST)
    page = partial(_page, request, place, talk, form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.post_remark,
        talk,
        text=form.cleaned_data["text"],
        said="Эксперты увидят ваши слова в обсуждении.",
        then=_url(place, dossier),
        form=form,
        on_refusal=page,
    )


@require_POST
def close(request: HttpRequest, code: str, kind: str, dossier: str) -> HttpResponse:
    """End the talk with what it came to."""
    place = place_or_404(request, code, kind)
    talk, form = _talk_or_404(place, dossier), ClosingForm(request.POST)
    page = partial(_page, request, place, talk, form)
    if not form.is_valid():
        return page()
    return attempt(
        request,
        actions.close_discussion,
        talk,
        summary=form.cleaned_data["summary"],
        said="Обсуждение закончено. Баллы по делу больше не меняются.",
        then=_url(place, dossier),
        form=form,
        on_refusal=page,
    )


_ALL = "contests/<slug:code>/rounds/<slug:kind>/discussions/"
_ONE = f"{_ALL}<str:dossier>/"
routes = [
    path(_ALL, discussions, name="discussions"),
    path(_ONE, discussion, name="discussion"),
    path(f"{_ONE}open/", open_one, name="discussion_open"),
    path(f"{_ONE}remark/", remark, name="discussion_remark"),
    path(f"{_ONE}close/", close, name="discussion_close"),
]
