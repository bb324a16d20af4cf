"""The minutes of an open defence, printed from what stands in the tables now."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.http import require_safe

from innoset.contests.papers import defence as papers
from innoset.documents.pure import defence_minutes as paper
from innoset.foundation.files.kinds import DOCX, PDF
from innoset.foundation.policy import may
from innoset.review.states import SlotState
from innoset.web.office.live import conducted_or_404
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.download import bytes_as_file

_PRESSES = {"pdf": (paper.pdf, PDF), "docx": (paper.docx, DOCX)}


@require_safe
def minutes(request: HttpRequest, code: str, form: str) -> HttpResponse:
    """Print the minutes; before the first speech there is nothing to print."""
    contest = conducted_or_404(request, code)
    if form not in _PRESSES:
        raise Http404
    if not may(request.user, "contests.see_defence_minutes", contest):
        raise PermissionDenied
    here = contest.defence_round
    if here is None or not here.slots.filter(state=SlotState.DONE).exists():
        messages.warning(request, "Протокол можно скачать после первого выступления.")
        return redirect("office:live", code)
    press, media_type = _PRESSES[form]
    data = press(papers.defence_minutes_of(contest, here), at=arrived_at(request))
    return bytes_as_file(data, name=f"Протокол защиты {contest.code}", media_type=media_type)


routes = [path("contests/<slug:code>/live/minutes.<str:form>", minutes, name="live_minutes")]
