"""An appeal as the office leads it: the second panel, the decision, the status by a later order."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from innoset.contests.models import Appeal, Award, Contest
from innoset.contests.states import ApplicationState
from innoset.review import actions as review
from tests import world
from tests.contests.appeal_scene import OUT, SAID, WHY, approver_of, at_panel, filed, loser, read_anew, told
from tests.review.scene import expert
from tests.web.cabinet.pages import words

pytestmark = pytest.mark.django_db


def url(appeal: Appeal, name: str = "appeal") -> str:
    return reverse(f"office:{name}", args=[appeal.application.contest.code, appeal.application.number])


def office_of(contest: Contest) -> Any:
    return world.signed_in(contest.created_by)


def test_from_the_list_to_the_second_panel() -> None:
    contest = told(5, 2)
    appeal, client = filed(loser(contest)), office_of(contest)
    listed = words(client.get(reverse("office:appeals", args=[contest.code])))
    assert f"{appeal.application.shown_number} {appeal.application.organisation.short_name}" in listed
    shown = words(client.get(url(appeal)))
    assert SAID in shown
    past = {"closes_at_0": "01.01.2001", "closes_at_1": "12:00"}
    assert "Срок второй комиссии должен быть позже этой минуты." in words(
        client.post(url(appeal, "appeal_panel"), past)
    )
    day = timezone.localdate() + timedelta(days=400)
    client.post(url(appeal, "appeal_panel"), {"closes_at_0": f"{day:%d.%m.%Y}", "closes_at_1": "12:00"})
    appeal.refresh_from_db()
    assert (appeal.state, appeal.round is not None) == ("in_review", True)
    person = expert("Рябова Инна Олеговна")
    assert person.full_name in words(client.get(url(appeal)))
    client.post(url(appeal, "appeal_invite"), {"person": [person.pk]})
    assert appeal.round is not None
    seat = appeal.round.seats.get()
    early = client.post(url(appeal, "appeal_open"), follow=True)
    assert "Пригласите ещё." in words(early)
    review.answer_invitation(seat, accept=True, by=person, at=OUT)
    assert "Работу получили 1 эксперт." in words(client.post(url(appeal, "appeal_open"), follow=True))
    assert appeal.round.assignments.get().expert == person


def test_a_decision_needs_its_reason_and_says_what_follows() -> None:
    contest = told(5, 2)
    appeal, client = read_anew(at_panel(filed(loser(contest))), 5), office_of(contest)
    assert "Первая комиссия: 6,00, вторая: 15,00 ." in words(client.get(url(appeal)))
    short = client.post(url(appeal, "appeal_decision"), {"outcome": "uphold", "decision": "Да"})
    assert "Напишите, почему решение пересмотрено: хотя бы 30 знаков." in words(short)
    said = client.post(url(appeal, "appeal_decision"), {"outcome": "uphold", "decision": WHY}, follow=True)
    assert "Апелляция удовлетворена. Заявителю отправлено письмо." in words(said)
    appeal.refresh_from_db()
    assert (appeal.state, appeal.application.state) == ("upheld", ApplicationState.PROPOSED)
    order = world.order()
    refused = client.post(url(appeal, "appeal_award"), {"order": order.pk})
    assert (refused.status_code, Award.objects.filter(application=appeal.application).count()) == (403, 0)
    second = world.signed_in(approver_of(contest))
    second.post(url(appeal, "appeal_award"), {"order": order.pk})
    assert Award.objects.get(application=appeal.application).order == order


def test_dismissed_at_once() -> None:
    contest = told(5, 2)
    appeal = filed(loser(contest))
    office_of(contest).post(url(appeal, "appeal_decision"), {"outcome": "dismiss", "decision": WHY})
    appeal.refresh_from_db()
    assert (appeal.state, appeal.decision) == ("dismissed", WHY)


def test_others_find_neither_the_list_nor_the_appeal() -> None:
    contest = told(5, 2)
    appeal = filed(loser(contest))
    stranger = world.signed_in(world.person())
    codes = [
        stranger.get(address).status_code
        for address in (url(appeal), reverse("office:appeals", args=[contest.code]))
    ]
    assert codes == [404, 404]
