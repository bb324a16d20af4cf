"""The final standing of a contest: both stages side by side, by every way of counting."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Subquery

from innoset.contests.models import Appeal, Application, Contest, Sitting
from innoset.contests.pure import standing
from innoset.contests.pure.standing import Fair, Placed, Rules, Work
from innoset.contests.queries.fairness import calibrations_of, fair_points
from innoset.contests.states import AppealState, ApplicationState, Decision
from innoset.review.models import Calibration, Round
from innoset.review.pure.ranking import Standing
from innoset.review.queries import ranking as review

# Who comes before the council, and what became of them afterwards.
BEFORE_COUNCIL = (
    ApplicationState.IN_REVIEW,
    ApplicationState.TO_DEFENCE,
    ApplicationState.PROPOSED,
    ApplicationState.REJECTED,
    ApplicationState.AWARDED,
)


@dataclass(frozen=True, slots=True)
class FinalRow:
    """One line of the decision table."""

    application: Application
    work: Work
    placed: Placed

    @property
    def place(self) -> int:
        """Return the place by the rules of the contest."""
        return self.placed.place

    @property
    def remote(self) -> Standing | None:
        """Return what the first round of experts has left."""
        return self.work.stages.get("remote")

    @property
    def defence(self) -> Standing | None:
        """Return what the defence has left."""
        return self.work.stages.get("defence")

    @property
    def total(self) -> Decimal:
        """Return the points that the place was given for."""
        return self.placed.candidate.total

    @property
    def spread(self) -> Decimal | None:
        """Return how far the experts of the first round lie apart."""
        return self.remote.spread if self.remote else None

    @property
    def is_disagreement(self) -> bool:
        """Tell whether the experts of any round lie too far apart."""
        return self.work.is_disagreement

    @property
    def is_above_line(self) -> bool:
        """Tell whether the rules would give the status."""
        return self.placed.is_above_line

    @property
    def why_below(self) -> str:
        """Return which rule would not."""
        return self.placed.why_below

    def is_departed_from_by(self, decision: str) -> bool:
        """Tell whether a decision is not what the rules would give: then it needs a reason."""
        return self.is_above_line != (decision == Decision.GRANT)


@dataclass(frozen=True, slots=True)
class Field:
    """All that places are given from, read once: the works, whose they are, the rules."""

    applications: Mapping[str, Application]
    works: tuple[Work, ...]
    rules: Rules
    calibrations: Mapping[str, Calibration]

    def rows(self, rules: Rules | None = None) -> list[FinalRow]:
        """Return the lines of the table, best first, by the rules in force or by others."""
        of = {work.number: work for work in self.works}
        return [
            FinalRow(self.applications[one.candidate.number], of[one.candidate.number], one)
            for one in standing.ranked(self.works, rules or self.rules)
        ]


def rules_of(contest: Contest, rows: Iterable[Application], sitting: Sitting | None = None) -> Rules:
    """Return the thresholds and quotas of a contest, with the line that the council has set."""
    nominations = {row.nomination.title: row.nomination.quota for row in rows if row.nomination}
    return Rules(
        threshold=contest.final_threshold,
        line=sitting.cut_line if sitting else None,
        quota=contest.quota,
        group_quotas=tuple(
            (title, quota) for title, quota in sorted(nominations.items()) if quota is not None
        ),
        municipality_quota=contest.municipality_quota,
        basis=contest.ranking_basis,
    )


def final_standing(contest: Contest, sitting: Sitting | None = None) -> list[FinalRow]:
    """Return the applications before the council, best first, with what the rules would give each."""
    return field_of(contest, sitting).rows()


def field_of(contest: Contest, sitting: Sitting | None = None) -> Field:
    """Read what places are given from, in a constant number of queries."""
    applications = before_council(contest)
    rounds = rounds_of(contest)
    found = review.standings_of(list(rounds.values())) if rounds else {}
    standings = {stage: found[one.pk] for stage, one in rounds.items()}
    until = contest.results_at or (sitting.closed_at if sitting else None)
    calibrations = calibrations_of(rounds, until) if rounds else {}
    by_dossier = {stage: {row.dossier_id: row for row in rows} for stage, rows in standings.items()}
    fair = fair_points(calibrations, standings)
    works = tuple(work_of(one, by_dossier, fair) for one in applications.values())
    return Field(applications, works, rules_of(contest, applications.values(), sitting), calibrations)


def rounds_of(contest: Contest) -> dict[str, Round]:
    """Return the rounds of a contest by the stage that they are."""
    rounds = {"remote": contest.remote_round, "defence": contest.defence_round}
    return {stage: one for stage, one in rounds.items() if one is not None}


def before_council(contest: Contest) -> dict[str, Application]:
    """Return the applications that come before the council, by number."""
    upheld = Appeal.objects.filter(application=OuterRef("pk"), state=AppealState.UPHELD).order_by("-number")
    found = (
        Application.objects.filter(contest=contest, state__in=BEFORE_COUNCIL)
        .annotate(upheld=Subquery(upheld.values("total_after")[:1]))
        .select_related("organisation__municipality", "nomination", "project", "contest")
        .order_by("number")
    )
    if contest.defence_round_id:
        found = found.exclude(state=ApplicationState.IN_REVIEW)
    return {application.number: application for application in found}


def work_of(
    application: Application,
    standings: Mapping[str, Mapping[int, Standing]],
    fair: Mapping[str, Mapping[int, Fair]],
) -> Work:
    """Compose what is known of one application; a second panel stands in place of the first (`upheld`)."""
    dossier = application.dossier_id or 0
    return Work(
        number=application.number,
        group=application.nomination.title if application.nomination else "",
        municipality=application.organisation.municipality.name,
        stages={stage: rows[dossier] for stage, rows in standings.items() if dossier in rows},
        fair={stage: rows[dossier] for stage, rows in fair.items() if dossier in rows},
        upheld=application.upheld,  # type: ignore[attr-defined]  # annotated by before_council
    )
