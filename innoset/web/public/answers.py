"""The page behind the links of an invitation to a panel: it answers with one tap, and does nothing else.

Opening it changes nothing: programs that check letters open every link.
"""

from contextlib import suppress
from functools import partial

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from innoset.foundation.errors import Refusal
from innoset.foundation.workflow import WrongState
from innoset.review import actions
from innoset.review.models import PanelSeat
from innoset.review.queries.invitations import seat_by_token
from innoset.review.states import SeatState
from innoset.web.answering import NO, YES, AnswerForm, frame_of
from innoset.web.ui.arrival import arrived_at

ANSWERED = {YES: SeatState.ACCEPTED, NO: SeatState.DECLINED}


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def answer(request: HttpRequest, token: str, word: str) -> HttpResponse:
    """Show one button; pressing it answers for whom the letter was written to."""
    seat = seat_by_token(token)
    if seat is None or word not in ANSWERED:
        raise Http404
    form = AnswerForm({**request.POST.dict(), "answer": word} if request.method == "POST" else None)
    context = frame_of(request, seat) | {"form": form, "is_yes": word == YES, "token": token}
    context["is_done"] = seat.state == ANSWERED[word]
    page = partial(render, request, "public/answer.html", context)
    if context["is_late"]:
        return render(request, "public/answer.html", context, status=410)
    if context["is_done"] or not form.is_valid() or not _answer(request, seat, form):
        return page()
    return redirect(request.path)


def _answer(request: HttpRequest, seat: PanelSeat, form: AnswerForm) -> bool:
    """Answer as the invited person: the link came to their address and lets nobody do anything else."""
    try:
        # Two taps at once give the same answer twice: the second has nothing to say.
        with suppress(WrongState):
            actions.answer_invitation(seat, **form.told(request), by=seat.person, at=arrived_at(request))
    except Refusal as no:
        form.add_error(no.field if no.field in form.fields else None, no.text)
        return False
    return True


routes = [path("answer/<str:token>/<slug:word>/", answer, name="answer")]
