"""What is announced after the council: the order, the results."""

from datetime import datetime
from typing import Any

from innoset.contests.models import Application, Contest, Sitting
from innoset.contests.queries.applications import team_of
from innoset.documents.models import Order, Paper
from innoset.foundation.notify.actions import announce
from innoset.foundation.notify.notices import Notice, declare
from innoset.foundation.russian import moment_in_words
from innoset.network.models import Status
from innoset.network.queries import live_memberships
from innoset.network.states import Role

SITTING_PLANNED = declare(
    Notice(
        key="contests.sitting_planned",
        audience="члены координационного совета",
        title="Заседание совета {when}",
        text="Совет решает по итогам конкурса «{contest}».{place} Рейтинг и заявки открыты заранее. "
        "Если вы связаны с заявкой, скажите секретарю о самоотводе.",
    )
)
ORDER_ENTERED = declare(
    Notice(
        key="contests.order_entered",
        audience="утверждающий приказы",
        title="Подтвердите приказ {requisites}",
        text="Внесены номер и дата приказа по конкурсу «{contest}». Сверьте их с подписанным листом и подтвердите. "
        "После подтверждения статусы будут присвоены, а итоги опубликованы.",
    )
)
ORDER_RETURNED = declare(
    Notice(
        key="contests.order_returned",
        audience="кто внёс реквизиты приказа",
        title="Приказ возвращён на исправление",
        text="Номер или дата приказа по конкурсу «{contest}» не совпали с подписанным листом. Внесите их заново.",
    )
)
AWARDED = declare(
    Notice(
        key="contests.awarded",
        audience="команда заявки",
        title="Присвоен статус {status}",
        text="Организации «{organisation}» присвоен статус {status} (заявка {number}, приказ {requisites}). "
        "Диплом и письмо с замечаниями экспертов приложены и лежат на странице заявки.",
    )
)
NOT_AWARDED = declare(
    Notice(
        key="contests.not_awarded",
        audience="команда заявки",
        title="Итоги конкурса по заявке {number}",
        text="По заявке {number} статус не присвоен. Письмо с замечаниями экспертов приложено и лежит на странице заявки.",
    )
)


def sitting_planned(sitting: Sitting, *, at: datetime) -> None:
    """Call the members to the sitting."""
    seats = sitting.council.seats.filter(is_active=True).select_related("person").order_by("id")
    announce(
        SITTING_PLANNED,
        to=[seat.person for seat in seats],
        at=at,
        about=f"sitting:{sitting.pk}",
        url=f"/office/contests/{sitting.contest.code}/council/",
        facts={
            "contest": sitting.contest.title,
            "when": moment_in_words(sitting.held_at),
            "place": f" Место: {sitting.place}." if sitting.place else "",
        },
    )


def order_entered(contest: Contest, order: Order, *, at: datetime) -> None:
    """Ask the approvers of the municipality to confirm."""
    approvers = live_memberships().filter(
        role=Role.APPROVER, organisation__municipality=contest.organiser.municipality
    )
    announce(
        ORDER_ENTERED,
        to=[one.person for one in approvers.select_related("person").order_by("id")],
        at=at,
        about=f"contest:{contest.pk}:{order.pk}:{at.isoformat()}",
        url=f"/office/contests/{contest.code}/order/",
        facts={"requisites": order.requisites, "contest": contest.title},
    )


def order_returned(contest: Contest, person: Any, *, at: datetime) -> None:
    """Tell whoever entered the requisites that they were wrong."""
    announce(
        ORDER_RETURNED,
        to=[person],
        at=at,
        about=f"contest:{contest.pk}:{at.isoformat()}",
        url=f"/office/contests/{contest.code}/order/",
        facts={"contest": contest.title},
    )


def awarded(application: Application, status: Status, diploma: Paper, letter: Paper, *, at: datetime) -> None:
    """Tell the team of the status, with the diploma and the letter."""
    announce(
        AWARDED,
        to=team_of(application),
        at=at,
        about=f"application:{application.pk}:awarded",
        url=f"/cabinet/applications/{application.number}/",
        facts={
            "status": status.kind.abbreviation,
            "organisation": application.organisation.short_name,
            "number": application.shown_number,
            "requisites": status.order.requisites,
        },
        files=[paper.pdf for paper in (diploma, letter) if paper.pdf],
    )


def not_awarded(application: Application, letter: Paper, *, at: datetime) -> None:
    """Tell the team that no status was granted, with the experts' comments."""
    announce(
        NOT_AWARDED,
        to=team_of(application),
        at=at,
        about=f"application:{application.pk}:not_awarded",
        url=f"/cabinet/applications/{application.number}/",
        facts={"number": application.shown_number},
        files=[letter.pdf] if letter.pdf else [],
    )
