"""The talk on both sides: nothing of the others before it opens, letters for experts, names for the organiser."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from innoset.contests.models import Contest
from innoset.review import actions
from innoset.review.models import Discussion, ScoreChange
from innoset.review.pure.scoring import Mark
from tests import world
from tests.review.scene import Scene, at_office, finished, opened, scene

pytestmark = pytest.mark.django_db


def _url(here: Scene, page: str = "discussion") -> str:
    return reverse(f"desk:{page}", args=[here.round.kind, here.dossiers[0].code])


def _text(page: Any) -> str:
    assert page.status_code == 200
    return " ".join(BeautifulSoup(page.content, "html.parser").get_text(" ").split())


def _judged() -> Scene:
    here = scene(dossiers=1)
    finished(here, 4, 4, expert=0)
    finished(here, 1, 2, expert=1)
    return here


def _opened(here: Scene) -> Discussion:
    return actions.open_discussion(here.round, dossier=here.dossiers[0], by=here.organiser, at=world.AT)


def test_nothing_of_the_others_is_seen_before_the_talk_and_by_nobody_else_after() -> None:
    here = scene(dossiers=1, experts=3)
    finished(here, 1, 2, expert=1)
    opened(here, expert=0)
    browser = world.signed_in(here.experts[0])
    pages = [
        reverse("desk:sheet", args=[here.round.kind, here.dossiers[0].code]),
        "/desk/",
        "/desk/scores/",
        "/desk/pack/",
    ]
    for url in pages:
        assert "Пояснение." not in browser.get(url).content.decode()
    assert browser.get(_url(here)).status_code == 404
    done = _judged()
    for person in done.experts:
        assert world.signed_in(person).get(_url(done)).status_code == 404
    _opened(done)
    stranger = world.signed_in(here.experts[2])
    for page in ("discussion", "remark", "revise"):
        answer = stranger.get(_url(done)) if page == "discussion" else stranger.post(_url(done, page))
        assert answer.status_code == 404


def test_experts_see_letters_and_change_their_marks_with_a_reason() -> None:
    here = _judged()
    _opened(here)
    browser = world.signed_in(here.experts[0])
    text = _text(browser.get(_url(here)))
    assert "Критерий Вы Эксперт Б" in text
    assert "К1. Критерий 1 4 Пояснение. 1 Пояснение." in text
    assert [one for one in here.experts if one.last_name in text.replace(here.experts[0].last_name, "")] == []
    sheet = reverse("desk:sheet", args=[here.round.kind, here.dossiers[0].code])
    assert _url(here) in browser.get(sheet).content.decode()
    assert "Ошибка: " in browser.post(_url(here, "remark"), {"text": ""}).content.decode()
    browser.post(_url(here, "remark"), {"text": "Смотрите поле 7"})
    kept = browser.post(_url(here, "revise"), {"k1": "5", "k2": "4", "reason": ""})
    assert "Ошибка: " in kept.content.decode()
    assert BeautifulSoup(kept.content, "html.parser").select_one("#id_k1 [value='5'][selected]") is not None
    done = _text(
        browser.post(_url(here, "revise"), {"k1": "5", "k2": "4", "reason": "Поле 7 убедило"}, follow=True)
    )
    assert "Вы К1. Критерий 1 4 5 Поле 7 убедило" in done
    other = _text(world.signed_in(here.experts[1]).get(_url(here)))
    assert "Эксперт А К1. Критерий 1 4 5 Поле 7 убедило" in other
    assert ("Эксперт А" in other, "Смотрите поле 7" in other) == (True, True)


def test_the_organiser_opens_follows_and_closes_the_talk() -> None:
    here = _judged()
    contest = world.contest(organiser=here.round.organiser, remote_round=here.round)
    browser = at_office(here.organiser)
    place = [contest.code, here.round.kind]
    every, one = reverse("office:discussions", args=place), [*place, here.dossiers[0].code]
    assert browser.get(reverse("office:discussion", args=one)).status_code == 404
    assert "2 из 2 Можно открыть 0 Открыть обсуждение" in _text(browser.get(every))
    page = _text(browser.post(reverse("office:discussion_open", args=one), follow=True))
    assert "Б. Белов Б. И." in page
    assert "уже было открыто" in _text(browser.post(reverse("office:discussion_open", args=one), follow=True))
    browser.post(reverse("office:discussion_remark", args=one), {"text": "Уточните новизну"})
    assert (
        "Ошибка: "
        in browser.post(reverse("office:discussion_remark", args=one), {"text": ""}).content.decode()
    )
    criterion = here.rubric.criteria.get(number=1)
    talk = Discussion.objects.get()
    actions.revise_marks(
        here.round.assignments.get(expert=here.experts[1]).sheet,
        marks={criterion.pk: Mark(3)}, reason="Убедили", by=here.experts[1], at=world.AT,
    )  # fmt: skip
    assert "Белов Б. И. К1. Критерий 1 1 3 Убедили" in _text(
        browser.get(reverse("office:discussion", args=one))
    )
    assert (
        "Ошибка: "
        in browser.post(reverse("office:discussion_close", args=one), {"summary": ""}).content.decode()
    )
    browser.post(reverse("office:discussion_close", args=one), {"summary": "Сошлись"})
    talk.refresh_from_db()
    assert (talk.summary, ScoreChange.objects.count(), Contest.objects.count()) == ("Сошлись", 1, 1)
    assert "Закончено 1 Посмотреть" in _text(browser.get(every))
    assert "Организатор" in _text(world.signed_in(here.experts[0]).get(_url(here)))


def test_a_stranger_opens_nothing_in_the_office() -> None:
    here = _judged()
    contest = world.contest(organiser=here.round.organiser, remote_round=here.round)
    stranger = at_office(world.person())
    assert (
        stranger.get(reverse("office:discussions", args=[contest.code, here.round.kind])).status_code == 404
    )
