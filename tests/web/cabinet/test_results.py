"""What an applicant finds on the page of its application after the results, and how it objects."""

from typing import Any

import pytest

from innoset.contests.models import Appeal, Contest
from tests import world
from tests.contests.appeal_scene import SAID, loser, told
from tests.web.cabinet.pages import FAR_OFF, LONG_AGO, address, browser, form_of, soup, words

pytestmark = pytest.mark.django_db


def over(**fields: Any) -> Contest:
    """A finished contest whose term of appeal outlasts the clock of these pages."""
    contest = told(5, 4, 3, 2, 1, **fields)
    Contest.objects.filter(pk=contest.pk).update(results_at=FAR_OFF)
    return Contest.objects.get(pk=contest.pk)


def test_comments_profile_and_experts_are_told_as_the_contest_says() -> None:
    contest = over(shares_profile=True, experts_are_named=True)
    one = loser(contest)
    page = browser(one).get(address("application", one))
    text = words(page)
    assert "Пояснение." in text
    assert "Работу оценивали: Агеева Анна Олеговна." in text
    assert "3,0 из 5 3,0 2,0–4,0" in text
    assert soup(page).find("svg", {"class": "plot"}) is not None


def test_a_contest_may_keep_all_of_it_to_itself() -> None:
    contest = over(shares_comments=False)
    one = loser(contest)
    text = words(browser(one).get(address("application", one)))
    assert [said for said in ("Пояснение.", "Работу оценивали", "Ваши баллы среди") if said in text] == []


def test_an_appeal_is_filed_shown_and_taken_back() -> None:
    one = loser(over())
    client, page = browser(one), address("appeal", one)
    short = client.post(page, {"text": "Нет"})
    assert "Напишите, с чем вы не согласны: хотя бы 30 знаков." in words(short)
    assert form_of(short, "text")["text"] == "Нет"
    assert Appeal.objects.count() == 0
    sent = client.post(page, {"text": SAID}, follow=True)
    appeal = Appeal.objects.get()
    assert (appeal.state, appeal.text) == ("filed", SAID)
    assert "Апелляция 1 Подана" in words(sent)
    assert "Апелляция подана" in words(client.get(address("application", one)))
    client.post(address("appeal_withdraw", one))
    appeal.refresh_from_db()
    assert appeal.state == "withdrawn"
    assert client.post(address("appeal_withdraw", one)).status_code == 404


def test_an_appeal_after_its_term_is_refused_in_words() -> None:
    one = loser(told(5, 2))
    Contest.objects.update(results_at=LONG_AGO)
    assert "Срок апелляции прошёл" in words(browser(one).get(address("appeal", one)))
    answer = browser(one).post(address("appeal", one), {"text": SAID})
    assert "Срок апелляции прошёл" in words(answer)
    assert Appeal.objects.count() == 0


def test_another_school_finds_no_appeal() -> None:
    one = loser(over())
    stranger = world.signed_in(world.member(world.organisation("Чужая школа")))
    assert stranger.get(address("appeal", one)).status_code == 404
