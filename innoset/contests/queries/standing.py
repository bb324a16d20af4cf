"""The final standing of a contest: both stages side by side."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from innoset.contests.models import Application, Contest, Sitting
from innoset.contests.pure import standing
from innoset.contests.states import ApplicationState, Decision
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
    place: int
    remote: Standing | None
    defence: Standing | None
    total: Decimal
    spread: Decimal | None
    is_disagreement: bool
    is_above_line: bool
    why_below: str

    def is_departed_from_by(self, decision: str) -> bool:
        """Tell whether a decision is not what the rules would give: then it needs a reason."""
        return self.is_above_line != (decision == Decision.GRANT)


def rules_of(contest: Contest, rows: Iterable[Application], sitting: Sitting | None = None) -> standing.Rules:
    """Return the thresholds and quotas of a contest, with the line that the council has set."""
    nominations = {row.nomination.title: row.nomination.quota for row in rows if row.nomination}
    return standing.Rules(
        threshold=contest.final_threshold,
        line=sitting.cut_line if sitting else None,
        quota=contest.quota,
        group_quotas=tuple((title, quota) for title, quota in nominations.items() if quota is not None),
        municipality_quota=contest.municipality_quota,
    )


def final_standing(contest: Contest, sitting: Sitting | None = None) -> list[FinalRow]:
    """Return the applications before the council, best first, with what the rules would give each."""
    applications = _before_council(contest)
    rounds = [one for one in (contest.remote_round, contest.defence_round) if one]
    found = review.standings_of(rounds) if rounds else {}
    remote = _by_dossier(found.get(contest.remote_round_id or 0, []))
    defence = _by_dossier(found.get(contest.defence_round_id or 0, []))
    candidates = [
        _candidate(application, remote.get(application.dossier_id), defence.get(application.dossier_id))
        for application in applications.values()
    ]
    return [
        _row(placed, applications[placed.candidate.application], remote, defence)
        for placed in standing.place(candidates, rules_of(contest, applications.values(), sitting))
    ]


def _before_council(contest: Contest) -> dict[int, Application]:
    found = (
        Application.objects.filter(contest=contest, state__in=BEFORE_COUNCIL)
        .select_related("organisation__municipality", "nomination", "project", "contest")
        .order_by("number")
    )
    if contest.defence_round_id:
        found = found.exclude(state=ApplicationState.IN_REVIEW)
    return {application.pk: application for application in found}


def _by_dossier(rows: Iterable[Standing]) -> dict[int | None, Standing]:
    return {row.dossier_id: row for row in rows}


def _candidate(
    application: Application, remote: Standing | None, defence: Standing | None
) -> standing.Candidate:
    return standing.Candidate(
        application=application.pk,
        number=application.number,
        group=application.nomination.title if application.nomination else "",
        municipality=application.organisation.municipality.name,
        remote=remote.mean if remote else None,
        defence=defence.mean if defence else None,
        tie_break=remote.tie_break if remote else Decimal(0),
        spread=remote.spread if remote else None,
        is_disagreement=bool((remote and remote.is_disagreement) or (defence and defence.is_disagreement)),
        sheets=(remote.sheets_done if remote else 0) + (defence.sheets_done if defence else 0),
    )


def _row(
    placed: standing.Placed,
    application: Application,
    remote: dict[int | None, Standing],
    defence: dict[int | None, Standing],
) -> FinalRow:
    return FinalRow(
        application=application,
        place=placed.place,
        remote=remote.get(application.dossier_id),
        defence=defence.get(application.dossier_id),
        total=placed.candidate.total,
        spread=placed.candidate.spread,
        is_disagreement=placed.candidate.is_disagreement,
        is_above_line=placed.is_above_line,
        why_below=placed.why_below,
    )
