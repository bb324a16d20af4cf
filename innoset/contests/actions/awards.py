"""From the minutes to the granted status: the order, its two persons, diplomas, letters, results."""

from collections.abc import Collection
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from innoset.contests.actions import decisions
from innoset.contests.models import Application, Award, Contest, Resolution, Sitting
from innoset.contests.notices import council as notices
from innoset.contests.papers import diplomas, orders
from innoset.contests.states import APPLICATION, CONTEST, ApplicationState, ContestState, Decision
from innoset.documents import actions as documents
from innoset.documents.models import NormativeAct, Order
from innoset.documents.queries import citation_of
from innoset.documents.states import OrderState
from innoset.foundation.actions import action
from innoset.foundation.audit import ledger
from innoset.foundation.audit.ledger import address_of
from innoset.foundation.errors import Refusal
from innoset.network import actions as network
from innoset.projects.actions import passports


@action("contests.draft_order")
def draft_order(contest: Contest, *, acts: Collection[NormativeAct] = (), by: Any, at: datetime) -> Order:
    """Draw up the draft order from the minutes; drawing it up again replaces a draft not yet signed.

    Its preamble cites the acts; one that is known to have lost its force is refused.
    """
    sitting = _closed_sitting(contest)
    if contest.order and contest.order.state != OrderState.DRAFT:
        raise Refusal(
            "Реквизиты приказа уже внесены. Верните приказ на исправление, затем составьте проект заново."
        )
    _refuse_dead(acts)
    document = orders.order_of(contest, sitting=sitting, acts=acts)
    printed = orders.printed(document, at=at)
    contest.order = documents.draft_order(
        issuer=document.issuer[0],
        place=document.place,
        title=f"Об итогах конкурса «{document.contest}»",
        signatory=document.signatory,
        data={"minutes": sitting.minutes_id, "contest": contest.code},
        pdf=printed.pdf,
        docx=printed.docx,
        at=at,
        by=by,
        acts=acts,
    )
    contest.save(update_fields=["order"])
    return contest.order


@action("contests.enter_order")
def enter_order(contest: Contest, *, number: str, signed_on: date | None, by: Any, at: datetime) -> None:
    """Enter the number and date of the signed order and ask the second person to confirm."""
    order = _order(contest)
    sitting = _closed_sitting(contest)
    if signed_on and sitting.minutes and signed_on < sitting.minutes.held_on:
        raise Refusal(
            f"Приказ не может быть раньше протокола ({sitting.minutes.held_on:%d.%m.%Y}). Проверьте дату.",
            field="signed_on",
        )
    documents.enter_order(order, number=number, signed_on=signed_on, by=by, at=at)
    ledger.note(order=order.requisites)
    notices.order_entered(contest, order, at=at)


@action("contests.return_order")
def return_order(contest: Contest, *, by: Any, at: datetime) -> None:
    """Send an order with wrong requisites back to whoever entered them."""
    order = _order(contest)
    entered_by = order.entered_by
    ledger.note(order=order.requisites)
    documents.return_order(order)
    if entered_by:
        notices.order_returned(contest, entered_by, at=at)


@action("contests.confirm_order")
def confirm_order(contest: Contest, *, by: Any, at: datetime) -> list[Award]:
    """Confirm the order as a second person: grant statuses, issue diplomas and letters, publish results."""
    move = CONTEST.move("finish", contest.state)
    order, sitting = _order(contest), _closed_sitting(contest)
    printed = orders.printed(orders.order_of(contest, sitting=sitting, order=order), at=at)
    documents.confirm_order(order, pdf=printed.pdf, docx=printed.docx, by=by, at=at)
    decisions.confirm_ranking(contest, sitting, order, by=by, at=at)
    totals = _totals(sitting)
    awards = [
        _carry_out(one, order, total=totals[one.application.number], by=by, at=at)
        for one in _resolutions(sitting)
    ]
    contest.state, contest.results_at = move.target, at
    contest.save(update_fields=["state", "results_at"])
    granted = [award for award in awards if award]
    ledger.note(order=order.requisites, granted=[award.application.number for award in granted])
    return granted


def _totals(sitting: Sitting) -> dict[str, Decimal]:
    """Return the points that the minutes were printed with, by application."""
    rows = sitting.minutes.data["rows"] if sitting.minutes else []
    return {row["number"]: Decimal(row["total"]) for row in rows}


def _carry_out(
    resolution: Resolution, order: Order, *, total: Decimal, by: Any, at: datetime
) -> Award | None:
    application = resolution.application
    if resolution.decision != Decision.GRANT:
        letter = diplomas.issue_result_letter(
            application, status=None, order=order, total=total, reason=resolution.reason, by=by, at=at
        )
        notices.not_awarded(application, letter, at=at)
        return None
    return grant_award(application, order, place=resolution.place, total=total, by=by, at=at)


def grant_award(
    application: Application, order: Order, *, place: int | None, total: Decimal, by: Any, at: datetime
) -> Award:
    """Grant the status by a confirmed order, with the diploma and the letter."""
    assert order.signed_on is not None  # noqa: S101  # reason: a confirmed order has a date by a constraint
    starts, ends = orders.term_of(application.contest, order.signed_on)
    status = network.grant_status(
        application.organisation,
        kind=application.contest.status_kind,
        theme=application.project.title,
        order=order,
        starts_on=starts,
        ends_on=ends,
        origin=address_of(application),
        by=by,
        at=at,
    )
    passports.attach_status(application.project, status=status, by=by, at=at)
    application.state = APPLICATION.move("award", ApplicationState(application.state)).target
    application.save(update_fields=["state"])
    diploma = diplomas.issue_diploma(application, status, order, by=by, at=at)
    letter = diplomas.issue_result_letter(
        application, status=status, order=order, total=total, reason="", by=by, at=at
    )
    notices.awarded(application, status, diploma, letter, at=at)
    return Award.objects.create(
        application=application,
        status=status,
        order=order,
        diploma=diploma,
        letter=letter,
        place=place,
        granted_at=at,
    )


def _resolutions(sitting: Sitting) -> list[Resolution]:
    found = sitting.resolutions.select_related(
        "application__organisation__municipality",
        "application__project",
        "application__nomination",
        "application__version",
        "application__dossier",
        "application__contest__organiser__municipality",
        "application__contest__status_kind",
        "application__contest__created_by",
    )
    return list(found.order_by("place", "id"))


def _closed_sitting(contest: Contest) -> Sitting:
    sitting = orders.closed_sitting_of(contest)
    if contest.state != ContestState.COUNCIL or sitting is None:
        raise Refusal("Приказ составляют по протоколу. Сначала закройте заседание совета.")
    return sitting


def _refuse_dead(acts: Collection[NormativeAct]) -> None:
    for act in acts:
        if act.in_force is False:
            raise Refusal(
                f"Документ утратил силу: {citation_of(act)}. Снимите его или выберите то, чем он заменён.",
                field="acts",
            )


def _order(contest: Contest) -> Order:
    if contest.order is None:
        raise Refusal("Проекта приказа ещё нет. Сначала составьте его.")
    return Order.objects.select_for_update(of=("self",)).get(pk=contest.order.pk)
