"""Saving one mark or comment by itself, as `<mark-queue>` sends them: JSON in order of their sequence."""

from decimal import Decimal

from django.http import Http404, HttpRequest, JsonResponse
from django.urls import path
from django.views.decorators.http import require_POST

from innoset.foundation.errors import Refusal
from innoset.foundation.russian import MOSCOW, decimal
from innoset.review import actions
from innoset.review.models import Criterion, ScoreSheet
from innoset.review.pure import scoring
from innoset.review.queries.sheets import marks_of, rubric_of, rules_for
from innoset.web.desk.forms import NOT_APPLICABLE
from innoset.web.desk.places import sheet_or_404
from innoset.web.ui.arrival import arrived_at

LONGEST_NUMBER = 16


@require_POST
def mark(request: HttpRequest, kind: str, code: str) -> JsonResponse:
    """Save one mark or one comment as soon as it is put; an older one than is there changes nothing."""
    found = sheet_or_404(request, kind, code)
    try:
        is_newest = _save_one(request, found, request.POST.get("field", ""))
    except Refusal as no:
        return JsonResponse({"error": no.text}, status=422)
    rules, marks = rules_for(found), marks_of(found)
    return JsonResponse(
        {
            "at": f"{arrived_at(request).astimezone(MOSCOW):%H:%M:%S}",
            "newest": is_newest,
            "total": points_in_words(scoring.total(rules, marks)),
            "marks": {f"k{rule.number}": _answer(marks.get(rule.key, scoring.NOTHING)) for rule in rules},
            "lacks": len(scoring.gaps(rules, marks)),
        }
    )


def points_in_words(points: Decimal) -> str:
    """Return «58» or «58,5»."""
    text = decimal(float(points), 2)
    return text.rstrip("0").rstrip(",") if "," in text else text


def _answer(mark: scoring.Mark) -> int | str | None:
    return NOT_APPLICABLE if mark.is_not_applicable else mark.value


def _save_one(request: HttpRequest, found: ScoreSheet, field: str) -> bool:
    """Save it and tell whether it is what stands there now."""
    text, at, sequence = request.POST.get(field, ""), arrived_at(request), _sequence(request)
    if field == "comment":
        actions.save_sheet(found, marks={}, comment=text, sequence=sequence, by=request.user, at=at)
        return found.comment_sequence <= sequence or not sequence
    criterion = _criterion(found, field)
    if field.endswith("_comment"):
        made = actions.score(
            found, criterion=criterion, comment=text, sequence=sequence, by=request.user, at=at
        )
        return not sequence or made.comment_sequence == sequence
    made = actions.score(
        found,
        criterion=criterion,
        value=None if text == NOT_APPLICABLE else int(text) if _is_number(text) else -1,
        is_not_applicable=text == NOT_APPLICABLE,
        sequence=sequence,
        by=request.user,
        at=at,
    )
    return not sequence or made.sequence == sequence


def _criterion(found: ScoreSheet, field: str) -> Criterion:
    number = field.removeprefix("k").removesuffix("_comment")
    rubric = rubric_of(found.assignment.round, found.assignment.dossier)
    for one in rubric.criteria.all():
        if str(one.number) == number:
            return one
    raise Http404


def _sequence(request: HttpRequest) -> int:
    text = request.POST.get("sequence", "")
    return int(text) if _is_number(text) else 0


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER


routes = [path("dossiers/<slug:kind>/<str:code>/mark/", mark, name="mark")]
