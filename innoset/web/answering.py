"""The answer to an invitation to a panel, as both doors ask it: on the desk and by the link of the letter."""

from typing import Any

from django import forms
from django.http import HttpRequest

from innoset.accounts.queries import EXPERT_SECRECY, current_text
from innoset.review.actions import Limits
from innoset.review.models import PanelSeat
from innoset.review.queries.desk import seats_of
from innoset.review.queries.invitations import answer_by, is_late
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.forms import Form

YES, NO = "yes", "no"
ANSWERS = ((YES, "Могу"), (NO, "Не могу"))
SAID = {
    YES: "Спасибо! Вы в комиссии. Дела появятся здесь, когда их назначат.",
    NO: "Мы передали организатору, что вы не сможете.",
}


class AnswerForm(Form):
    """Can or cannot, and on what terms."""

    answer = forms.ChoiceField(choices=ANSWERS, label="Ответ")
    most = forms.IntegerField(label="Возьму не больше дел", required=False)
    least_minutes = forms.IntegerField(label="Минут чтения не меньше", required=False)
    most_minutes = forms.IntegerField(label="Минут чтения не больше", required=False)
    reason = forms.CharField(label="Почему не можете", required=False, max_length=300)

    def told(self, request: HttpRequest) -> dict[str, Any]:
        """Return what the deed is told of."""
        sent = self.cleaned_data
        return {
            "accept": sent["answer"] == YES,
            "reason": sent["reason"],
            "limits": Limits(sent["most"], sent["least_minutes"], sent["most_minutes"]),
            "address": request.META.get("REMOTE_ADDR"),
        }


def frame_of(request: HttpRequest, seat: PanelSeat) -> dict[str, Any]:
    """Return what the page of the answer shows: the round and its terms, what is promised; nothing more."""
    return {
        "seat": seat,
        "answer_by": answer_by(seat),
        "is_late": is_late(seat, arrived_at(request)),
        "promise": current_text(EXPERT_SECRECY) if seat.role == PanelSeat.Part.EXPERT else None,
    }


def seats_on_desk(person: Any) -> dict[int, PanelSeat]:
    """Return the person's seats by the number under which the desk shows them."""
    return dict(enumerate(seats_of(person), 1))
