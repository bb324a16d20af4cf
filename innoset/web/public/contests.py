"""The contests that everybody may see: the list, one contest, its papers."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from innoset.contests.models import Contest, Nomination, RankingSnapshot
from innoset.contests.papers.rankings import verdict_on
from innoset.contests.papers.word_forms import word_form
from innoset.contests.pure import calendar
from innoset.contests.pure.rubrics import CriterionPlan, most_of
from innoset.contests.queries import contests as queries
from innoset.contests.queries import deadlines, results
from innoset.contests.queries.decisions import last_snapshot_of
from innoset.contests.states import CONTEST_LABELS, ContestState, StageKind
from innoset.documents.models import Order
from innoset.documents.pure.envelope import RANKINGS, public_key
from innoset.documents.states import OrderState
from innoset.foundation.files.kinds import DOCX
from innoset.foundation.russian import roman
from innoset.network.states import KIND_LABELS
from innoset.projects.pure.catalogue import form_by_code
from innoset.projects.pure.forms import blank
from innoset.review.models import Criterion
from innoset.web.ui.arrival import arrived_at
from innoset.web.ui.download import bytes_as_file, hand_out

SHOWN_WINNERS = 12
STATE_KINDS = {
    ContestState.OPEN: "good",
    ContestState.EXPERTISE: "work",
    ContestState.DEFENCE: "work",
    ContestState.COUNCIL: "work",
    ContestState.FINISHED: "done",
    ContestState.CANCELLED: "bad",
}


@dataclass(frozen=True, slots=True)
class Reception:
    """Whether applications are taken now, and the moment that people count down to."""

    is_open: bool = False
    is_ahead: bool = False
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    rule: str = ""


def reception_of(contest: Contest, at: datetime) -> Reception:
    """Tell how the reception of a contest stands at a moment."""
    stage, deadline = queries.stage_of(contest, StageKind.SUBMISSION), deadlines.deadline_of_contest(contest)
    if stage is None or deadline is None or contest.state != ContestState.OPEN:
        return Reception()
    return Reception(
        is_open=stage.starts_at <= at < deadline.ends_at,
        is_ahead=at < stage.starts_at,
        starts_at=stage.starts_at,
        ends_at=deadline.ends_at,
        rule=deadline.in_words(),
    )


def name_of(contest: Contest) -> str:
    """Return the edition and the school year: «XXI выпуск, 2026–2027 учебный год»."""
    edition = f"{roman(contest.edition)} выпуск, " if contest.edition else ""
    return f"{edition}{contest.school_year}–{contest.school_year + 1} учебный год"


@login_not_required
@require_safe
def contests(request: HttpRequest) -> HttpResponse:
    """List the contests: those that take applications first, then running ones, then the finished."""
    now = arrived_at(request)
    found = list(queries.with_stages(queries.published_contests()))
    shown = [(one, name_of(one), reception_of(one, now), _label(one, now)) for one in found]
    over = {ContestState.FINISHED, ContestState.CANCELLED}
    context = {
        "open": [row for row in shown if row[2].is_open or row[2].is_ahead],
        "running": [
            row for row in shown if not (row[2].is_open or row[2].is_ahead) and row[0].state not in over
        ],
        "over": [row for row in shown if row[0].state in over],
    }
    return render(request, "public/contests.html", context)


def _label(contest: Contest, at: datetime) -> tuple[str, str]:
    """Name the state as visitors understand it."""
    reception = reception_of(contest, at)
    if reception.is_ahead:
        return "Скоро начнётся", "info"
    if contest.state == ContestState.OPEN and not reception.is_open:
        return "Приём завершён", "work"
    state = ContestState(contest.state)
    return CONTEST_LABELS[state], STATE_KINDS[state]


def _found(code: str) -> Contest:
    shown = queries.with_stages(queries.published_contests()).select_related(
        "municipality", "regulation", "order__pdf"
    )
    return get_object_or_404(shown, code=code)


@login_not_required
@require_safe
def contest(request: HttpRequest, code: str) -> HttpResponse:
    """Show one contest: terms, criteria, papers; afterwards its results."""
    found = _found(code)
    now = arrived_at(request)
    nominations = list(found.nominations.all())
    tours, own_tours = _tours(found, nominations)
    most = sum((one.most for one in tours), Decimal(0))
    is_over = found.state == ContestState.FINISHED
    context = {
        "contest": found,
        "name": name_of(found),
        "label": _label(found, now),
        "reception": reception_of(found, now),
        "extensions": [one for one in found.extensions.all() if one.application_id is None],
        "steps": calendar.steps(deadlines.plan_as_it_goes(found), now),
        "nominations": nominations,
        "kinds": [KIND_LABELS[kind] for kind in KIND_LABELS if kind in found.organisation_kinds],
        "tours": [*tours, *own_tours],
        "most": most,
        "form_title": form_by_code(found.form_code).title,
        "order": _public_order(found),
        "outcome": results.outcome_of(found, most) if is_over else None,
        "minutes": results.minutes_sitting_of(found) if is_over else None,
        "ranking": last_snapshot_of(found) if is_over else None,
        "past": [] if is_over else results.past_awards_of(found)[:SHOWN_WINNERS],
        "crumbs": [("Главная", "/"), ("Конкурсы", reverse("public:contests")), (found.title, "")],
    }
    return render(request, "public/contest.html", context)


@login_not_required
@require_safe
def ranking(request: HttpRequest, code: str) -> HttpResponse:
    """Check before everybody's eyes that the ranking is what two persons signed and follows from its log."""
    found = _found(code)
    snapshots = RankingSnapshot.objects.filter(contest=found, contest__state=ContestState.FINISHED)
    shown = [
        (one, verdict_on(one)) for one in snapshots.select_related("appeal__application").order_by("-number")
    ]
    if not shown:
        raise Http404
    context = {
        "contest": found,
        "shown": shown,
        "key": public_key(settings.SECRET_KEY, RANKINGS),
        "crumbs": [
            ("Главная", "/"),
            ("Конкурсы", reverse("public:contests")),
            (found.title, reverse("public:contest", args=[code])),
            ("Проверка рейтинга", ""),
        ],
    }
    return render(request, "public/contest_ranking.html", context)


@dataclass(frozen=True, slots=True)
class Tour:
    """A tour as the page shows it: whose criteria, which, what is the most."""

    title: str
    criteria: list[CriterionPlan]
    threshold: Decimal | None = None

    @property
    def most(self) -> Decimal:
        """Return the most points of a sheet."""
        return most_of(self.criteria)

    @property
    def bars(self) -> list[tuple[str, float]]:
        """Return the rows of the picture."""
        return [(one.title, float(one.most)) for one in self.criteria]


def _tours(contest: Contest, nominations: Sequence[Nomination]) -> tuple[list[Tour], list[Tour]]:
    """Return the tours with the common criteria, and those of nominations with their own; one query."""
    kinds = [("Заочная экспертиза", "remote_rubric_id", contest.remote_threshold)]
    kinds += [("Открытая защита", "defence_rubric_id", None)] if contest.has_defence else []
    asked = {getattr(one, field) for one in (contest, *nominations) for _, field, _ in kinds} - {None}
    plans: dict[int, list[CriterionPlan]] = {}
    for criterion in Criterion.objects.filter(rubric__in=asked).order_by("rubric", "number"):
        plans.setdefault(criterion.rubric_id, []).append(queries.plan_of_criterion(criterion))
    common = [
        Tour(title, plans.get(getattr(contest, field), []), threshold) for title, field, threshold in kinds
    ]
    own = [
        Tour(f"{title}, номинация «{one}»", plans.get(getattr(one, field), []), threshold)
        for one in nominations
        for title, field, threshold in kinds
        if getattr(one, field)
    ]
    return [one for one in common if one.criteria], [one for one in own if one.criteria]


def _public_order(contest: Contest) -> Order | None:
    """Return the order once a second person has confirmed it."""
    order = contest.order
    return order if order is not None and order.state == OrderState.CONFIRMED else None


@login_not_required
@require_safe
def paper(request: HttpRequest, code: str, name: str) -> HttpResponse:
    """Hand out a public paper of the contest: the blank form, the regulation, the order.

    The minutes name the members of the council, who gave no consent to that: only their number and
    date are public.
    """
    found = _found(code)
    if name == "form":
        form = form_by_code(found.form_code)
        data = word_form(found, form.code, blank(form), stages=form.usual_stages)
        return bytes_as_file(data, name=f"{form.title}.docx", media_type=DOCX)
    if name == "regulation":
        return hand_out(found.regulation, to=request.user)
    if name != "order" or found.state != ContestState.FINISHED:
        raise Http404
    order = _public_order(found)
    return hand_out(order.pdf if order else None, in_place=True)


routes = [
    path("contests/", contests, name="contests"),
    path("contests/<slug:code>/", contest, name="contest"),
    path("contests/<slug:code>/ranking/", ranking, name="contest_ranking"),
    path("contests/<slug:code>/papers/<slug:name>/", paper, name="contest_paper"),
]
