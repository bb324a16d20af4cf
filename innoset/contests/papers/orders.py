"""The order on the results of a contest: from the tables to the printed paper."""

from collections.abc import Collection, Iterable
from datetime import date, datetime, timedelta

from django.utils import timezone

from innoset.contests.models import Contest, Resolution, Sitting
from innoset.contests.papers.minutes import Printed, contest_title, council_in_genitive
from innoset.contests.states import Decision, SittingState
from innoset.documents.models import NormativeAct, Order
from innoset.documents.pure import order as paper
from innoset.documents.pure.requisites import citation_in_genitive
from innoset.documents.queries import listed_acts, requisites_of
from innoset.foundation.russian import counted, date_in_words, quoted
from innoset.network.models import Organisation
from innoset.network.states import OrganisationKind


def closed_sitting_of(contest: Contest) -> Sitting | None:
    """Return the sitting whose minutes the order rests on."""
    return (
        contest.sittings.filter(state=SittingState.CLOSED)
        .select_related("minutes", "council")
        .order_by("-closed_at")
        .first()
    )


def issuer_of(contest: Contest) -> Organisation:
    """Return whose order it is: the authority of the municipality, or the organiser where there is none."""
    authority = Organisation.objects.filter(
        municipality=contest.organiser.municipality, kind=OrganisationKind.AUTHORITY, is_active=True
    ).order_by("id")
    return authority.first() or contest.organiser


def term_of(contest: Contest, signed_on: date) -> tuple[date, date]:
    """Return the first and the last day of a status that is granted on this day."""
    years = contest.status_kind.term_years
    try:
        ends = signed_on.replace(year=signed_on.year + years)
    except ValueError:  # 29 February
        ends = signed_on.replace(year=signed_on.year + years, day=28)
    return signed_on, ends - timedelta(days=1)


def printed(document: paper.Order, *, at: datetime) -> Printed:
    """Print the order in both forms."""
    return Printed(pdf=paper.pdf(document, at=at), docx=paper.docx(document, at=at))


def order_of(
    contest: Contest, *, sitting: Sitting, order: Order | None = None, acts: Collection[NormativeAct] = ()
) -> paper.Order:
    """Compose the order: a draft with blanks, or, given its number and date, the final one.

    It rests on the given acts; the final one, on those that its draft has named.
    """
    named = acts_of(order) if order else acts
    issuer = issuer_of(contest)
    resolutions = list(
        sitting.resolutions.select_related(
            "application__organisation__municipality", "application__project", "application__nomination"
        ).order_by("place", "id")
    )
    signed_on = order.signed_on if order else None
    assert sitting.minutes is not None  # noqa: S101  # reason: a closed sitting has minutes by a constraint
    return paper.Order(
        issuer=(issuer.name,),
        place=issuer.municipality.centre,
        contest=contest_title(contest),
        grounds=f"В соответствии с положением о конкурсе {quoted(contest_title(contest))}",
        council=council_in_genitive(sitting.council.title),
        minutes_number=sitting.minutes.number,
        minutes_on=timezone.localtime(sitting.held_at).date(),
        post=issuer.head_position or "Руководитель",
        signatory=issuer.head_name,
        awarded=tuple(_awarded(contest, resolutions, signed_on)),
        declined=tuple(_declined(resolutions)),
        number=order.number if order else "",
        signed_on=signed_on,
        acts=tuple(citation_in_genitive(requisites_of(act)) for act in named),
    )


def acts_of(order: Order) -> list[NormativeAct]:
    """Return the acts that an order rests on, as its preamble lists them: from the highest level, by date."""
    return list(listed_acts().filter(orders=order))


def _awarded(
    contest: Contest, resolutions: Iterable[Resolution], signed_on: date | None
) -> list[paper.Awarded]:
    return [
        paper.Awarded(
            organisation=one.application.organisation.name,
            theme=one.application.project.title,
            status=contest.status_kind.abbreviation,
            term=_term_in_words(contest, signed_on),
            municipality=one.application.organisation.municipality.name,
            nomination=one.application.nomination.title if one.application.nomination else "",
        )
        for one in resolutions
        if one.decision == Decision.GRANT
    ]


def _term_in_words(contest: Contest, signed_on: date | None) -> str:
    if signed_on is None:
        return f"{counted(contest.status_kind.term_years, 'год', 'года', 'лет')} со дня приказа"
    starts, ends = term_of(contest, signed_on)
    return f"с {date_in_words(starts)} по {date_in_words(ends)}"


def _declined(resolutions: Iterable[Resolution]) -> list[paper.Declined]:
    return [
        paper.Declined(
            organisation=one.application.organisation.name,
            theme=one.application.project.title,
            reason=one.reason or "по итогам рейтинга",
            municipality=one.application.organisation.municipality.name,
            nomination=one.application.nomination.title if one.application.nomination else "",
        )
        for one in resolutions
        if one.decision == Decision.DECLINE
    ]
