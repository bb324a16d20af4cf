"""Anybody may check a ranking: the page reckons the places anew."""

import pytest
from django.test import Client
from django.urls import reverse

from innoset.contests.models import RankingSnapshot
from tests.contests import councils

pytestmark = pytest.mark.django_db


def test_a_ranking_is_checked_once_the_results_are_out() -> None:
    here = councils.scene(works=2, has_defence=False)
    url, browser = reverse("public:contest_ranking", args=[here.contest.code]), Client()
    councils.sit(here)
    assert browser.get(url).status_code == 404
    councils.publish(here)
    sealed = RankingSnapshot.objects.get()
    page = browser.get(url).content.decode()
    assert "Рейтинг 1 подлинный" in page
    assert sealed.sha256[:4] in page
    assert here.organiser.last_name not in page
    contest = browser.get(reverse("public:contest", args=[here.contest.code])).content.decode()
    assert "Контрольная сумма рейтинга" in contest
    sealed.data["ranking"][0]["place"] = 2
    sealed.save()
    assert "Рейтинг 1 не подтверждён" in browser.get(url).content.decode()
