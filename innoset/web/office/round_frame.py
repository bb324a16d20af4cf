"""What every page about a round of experts shares: finding it, its tabs, the way to it."""

from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse

from innoset.contests.models import Application, Contest
from innoset.contests.queries import expertise as queries
from innoset.contests.queries.contests import with_calendar
from innoset.review.models import Round
from innoset.review.states import ROUND_KIND_LABELS, RoundKind
from innoset.web.office.contest_frame import crumbs_of

TABS = (
    ("Ход тура", "round"),
    ("Комиссия", "panel"),
    ("Назначения", "assignments"),
    ("Рейтинг", "ranking"),
    ("Обсуждения", "discussions"),
    ("В цифрах", "round_figures"),
)


@dataclass(frozen=True, slots=True)
class Tab:
    """One tab of the round."""

    title: str
    url: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A contest and one of its rounds."""

    contest: Contest
    round: Round

    @property
    def title(self) -> str:
        """Return what the round is called."""
        return ROUND_KIND_LABELS[RoundKind(self.round.kind)]

    def url(self, page: str = "round") -> str:
        """Return the address of a page of this round."""
        return reverse(f"office:{page}", args=[self.contest.code, self.round.kind])

    def tabs(self, here: str) -> list[Tab]:
        """Return the tabs, the present one marked."""
        tabs = [Tab(title, self.url(name), name == here) for title, name in TABS]
        if self.round.kind == RoundKind.DEFENCE:
            url = reverse("office:schedule", args=[self.contest.code])
            tabs.append(Tab("Расписание", url, here == "schedule"))
            tabs.append(Tab("Пульт", reverse("office:live", args=[self.contest.code]), current=False))
        return tabs

    def context(self, here: str, **more: Any) -> dict[str, Any]:
        """Return what the page's frame shows, and what the page adds."""
        crumbs = crumbs_of(
            self.contest,
            ("Экспертиза", reverse("office:expertise", args=[self.contest.code])),
            (self.title, ""),
        )
        return {
            "place": self,
            "contest": self.contest,
            "round": self.round,
            "crumbs": crumbs,
            "tabs": self.tabs(here),
            **more,
        }

    def applications(self) -> dict[int, Application]:
        """Return whose each dossier is, for those who may know."""
        found = self.contest.applications.filter(dossier__rounds=self.round).select_related(
            "contest", "organisation__municipality", "nomination", "project"
        )
        return {one.dossier_id: one for one in found if one.dossier_id}


def run_contest_or_404(request: HttpRequest, code: str) -> Contest:
    """Return a contest whose expertise the person runs."""
    found = with_calendar(queries.contests_run_by(request.user)).select_related(
        "remote_round__rubric", "defence_round__rubric", "remote_rubric", "defence_rubric"
    )
    return get_object_or_404(found, code=code)


def place_or_404(request: HttpRequest, code: str, kind: str) -> Place:
    """Return a round that the person runs."""
    contest = run_contest_or_404(request, code)
    found = queries.round_of(contest, kind) if kind in set(RoundKind) else None
    if found is None:
        raise Http404
    return Place(contest, found)
