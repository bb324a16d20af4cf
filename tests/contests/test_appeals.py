"""An appeal from its filing to the status: only its decision moves a place that was told."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction

from innoset.contests.actions import appeals
from innoset.contests.models import Appeal, Application, Contest, RankingSnapshot
from innoset.contests.queries import appeals as queries
from innoset.contests.queries.standing import final_standing
from innoset.contests.states import AppealState, ApplicationState
from innoset.foundation.errors import Refusal
from innoset.foundation.notify.models import Message
from innoset.foundation.workflow import WrongState
from innoset.network.models import Status
from innoset.review.states import RoundState
from tests import world
from tests.contests.appeal_scene import (
    OUT,
    SAID,
    WHY,
    approver_of,
    at_panel,
    author,
    filed,
    loser,
    read_anew,
    told,
)

pytestmark = pytest.mark.django_db


def places(contest: Contest) -> list[tuple[str, int, Decimal]]:
    return [(row.application.number, row.place, row.total) for row in final_standing(contest)]


def told_to(application: Application) -> list[str]:
    mine = Message.objects.filter(recipient=author(application)).order_by("id")
    return [one.title for one in mine]


@pytest.fixture
def contest() -> Contest:
    return told(5, 4, 2)


def test_upheld_it_moves_the_place_and_leads_to_a_status(contest: Contest) -> None:
    application = loser(contest)
    before = places(contest)
    appeal = read_anew(at_panel(filed(application)), 5)
    assert places(contest) == before
    by = contest.created_by
    appeals.uphold_appeal(appeal, decision=WHY, by=by, at=OUT)
    assert (appeal.state, appeal.total_before, appeal.total_after) == ("upheld", Decimal(6), Decimal(15))
    assert [(number, place) for number, place, _ in places(contest)] != [
        (number, place) for number, place, _ in before
    ]
    first, second = RankingSnapshot.objects.order_by("number")
    assert (second.previous, second.appeal, first.appeal) == (first, appeal, None)
    application.refresh_from_db()
    assert application.state == ApplicationState.PROPOSED
    order, second_person = world.order(), approver_of(contest)
    with pytest.raises(PermissionDenied):
        appeals.award_after_appeal(appeal, order=order, by=by, at=OUT)
    made = appeals.award_after_appeal(appeal, order=order, by=second_person, at=OUT)
    assert (made.application, made.order, made.status.organisation) == (
        application,
        order,
        application.organisation,
    )
    assert Status.objects.count() == 3
    assert told_to(application)[-4:] == [
        f"Апелляцию по заявке {application.shown_number} читает вторая комиссия",
        f"Апелляция по заявке {application.shown_number} удовлетворена",
        f"Присвоен статус: {contest.status_kind.title}",
        f"Присвоен статус {contest.status_kind.abbreviation}",
    ]


def test_upheld_without_room_it_moves_the_place_only() -> None:
    contest = told(5, 4, 3, quota=1)
    application = contest.applications.order_by("dossier__code")[2]
    assert [place for number, place, _ in places(contest) if number == application.number] == [3]
    appeal = read_anew(at_panel(filed(application)), 5)
    appeals.uphold_appeal(appeal, decision=WHY, by=contest.created_by, at=OUT)
    application.refresh_from_db()
    assert [place for number, place, _ in places(contest) if number == application.number] == [2]
    assert (application.state, RankingSnapshot.objects.count()) == (ApplicationState.REJECTED, 2)


def test_dismissed_it_leaves_everything(contest: Contest) -> None:
    application = loser(contest)
    before = places(contest)
    appeal = read_anew(at_panel(filed(application)), 2)
    by = contest.created_by
    with pytest.raises(Refusal, match="поставила не больше первой: было 6,00, стало 6,00"):
        appeals.uphold_appeal(appeal, decision=WHY, by=by, at=OUT)
    appeals.dismiss_appeal(appeal, decision=f"{WHY} Нет.", by=by, at=OUT)
    application.refresh_from_db()
    assert appeal.round is not None
    appeal.round.refresh_from_db()
    assert (appeal.state, application.state, places(contest)) == ("dismissed", "rejected", before)
    assert (RankingSnapshot.objects.count(), appeal.round.state) == (1, RoundState.CLOSED)
    assert queries.objection_to_appeal(application, OUT).startswith("Решение по вашей апелляции уже принято")


def test_it_may_be_dismissed_at_once_and_withdrawn_before(contest: Contest) -> None:
    application, by = loser(contest), contest.created_by
    first = filed(application)
    appeals.withdraw_appeal(first, by=author(application), at=OUT)
    second = filed(application)
    appeals.dismiss_appeal(second, decision="Довод не относится ни к одному критерию.", by=by, at=OUT)
    states = list(application.appeals.order_by("number").values_list("number", "state"))
    assert states == [(1, "withdrawn"), (2, "dismissed")]
    with pytest.raises(WrongState):
        appeals.withdraw_appeal(second, by=author(application), at=OUT)


def test_when_it_is_taken(contest: Contest) -> None:
    application = loser(contest)
    until = queries.appeal_until(application)
    assert until is not None
    assert queries.objection_to_appeal(application, until - timedelta(seconds=1)) == ""
    with pytest.raises(Refusal, match="Срок апелляции прошёл"):
        filed(application, at=until)
    filed(application)
    with pytest.raises(Refusal, match="Ваша апелляция уже рассматривается"):
        filed(application)
    winner = contest.applications.filter(state=ApplicationState.AWARDED).order_by("number")[0]
    with pytest.raises(Refusal, match="Апелляцию подают, когда объявлен результат"):
        filed(winner)
    Contest.objects.filter(pk=contest.pk).update(appeal_days=0)
    assert "апелляции не предусмотрены" in queries.objection_to_appeal(
        loser(Contest.objects.get(pk=contest.pk)), OUT
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Не согласны", "Напишите, с чем вы не согласны: хотя бы 30 знаков."),
        ("а" * 5001, "Сократите текст до 5000 знаков: сейчас их 5001."),
    ],
    ids=["short", "long"],
)
def test_its_text_says_something(contest: Contest, text: str, said: str) -> None:
    application = loser(contest)
    with pytest.raises(Refusal) as no:
        appeals.file_appeal(application, text=text, by=author(application), at=OUT)
    assert (no.value.text, no.value.field) == (said, "text")


def test_nobody_of_the_first_panel_sits_in_the_second(contest: Contest) -> None:
    application, by = loser(contest), contest.created_by
    appeal = filed(application)
    made = appeals.send_appeal_to_panel(appeal, closes_at=OUT + timedelta(days=3), by=by, at=OUT)
    assert application.dossier is not None
    first = application.dossier.assignments.get().expert
    assert first not in [one.person for one in queries.fresh_experts(appeal)]
    with pytest.raises(Refusal, match=f"Уже оценивали эту работу: {first.short_name}"):
        appeals.invite_to_appeal(appeal, people=[first], by=by, at=OUT)
    with pytest.raises(Refusal, match="Согласились и не связаны с работой: 0"):
        appeals.open_appeal_panel(appeal, by=by, at=OUT)
    with pytest.raises(Refusal, match="Вторая комиссия ещё не закончила"):
        appeals.uphold_appeal(appeal, decision=WHY, by=by, at=OUT)
    assert list(made.seats.all()) == []


def test_strangers_neither_file_nor_decide(contest: Contest) -> None:
    application, stranger = loser(contest), world.person()
    with pytest.raises(PermissionDenied):
        appeals.file_appeal(application, text=SAID, by=stranger, at=OUT)
    appeal = filed(application)
    for deed in (appeals.dismiss_appeal, appeals.uphold_appeal):
        with pytest.raises(PermissionDenied):
            deed(appeal, decision=WHY, by=stranger, at=OUT)
    with pytest.raises(PermissionDenied):
        appeals.dismiss_appeal(appeal, decision=WHY, by=author(application), at=OUT)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "upheld", "decision": WHY},
        {"state": "dismissed"},
        {"state": "lost"},
    ],
    ids=["upheld without a panel", "dismissed without a reason", "unknown"],
)
def test_the_database_repeats_the_rules(contest: Contest, wrong: dict[str, Any]) -> None:
    appeal = filed(loser(contest))
    with pytest.raises(IntegrityError), transaction.atomic():
        Appeal.objects.filter(pk=appeal.pk).update(**wrong)
    appeal.refresh_from_db()
    assert appeal.state == AppealState.FILED
