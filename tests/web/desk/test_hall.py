"""The hall of a defence: the big screen tells no mark before its time, the juror's page follows."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from innoset.network.states import Role
from innoset.review import actions
from innoset.review.models import Assignment, LiveBoard, ScoreSheet
from innoset.review.queries.live import board_of
from innoset.review.states import AssignmentState, Phase, RoundState
from tests import world
from tests.review.scene import at_office, given, opened, seated
from tests.web.desk.hall import WEIGHT, Day, day
from tests.web.office.pages import queries, soup, text

pytestmark = pytest.mark.django_db

VALUES = (2, 3, 4)
TOTALS = tuple(WEIGHT * value for value in VALUES)


def url(of: Day, page: str = "screen", *args: str) -> str:
    return reverse(f"desk:{page}", args=[of.code, *args])


def everything(response: Any) -> str:
    """Return all that the answer says, headers too, with the spaces of numbers taken out."""
    said = response.content.decode() + repr(response.headers)
    return re.sub(r"[\s\u00a0\u202f]|&nbsp;", "", said)


def canaries(response: Any, *, but: tuple[int, ...] = ()) -> list[str]:
    """Return which marks, means and comments of the jurors the answer gives away."""
    mean = sum(TOTALS) // len(TOTALS)
    marks = [str(total) for juror, total in enumerate(TOTALS) if juror not in but and mean != total]
    marks += [str(mean)] if 1 not in but else []
    texts = [f"тайна-{juror}" for juror in range(len(TOTALS)) if juror not in but]
    said = everything(response)
    return [one for one in [*marks, *texts] if one in said]


def marked(**fields: Any) -> Day:
    """Make a day whose first work has been marked by everybody."""
    of = day(**fields)
    for juror, value in enumerate(VALUES):
        of.mark(juror, value)
    return of


def places(of: Day) -> list[tuple[str, Client, tuple[int, ...]]]:
    """Return every page of the hall with everybody who may look at it, and whose own marks they may see."""
    code = of.here.dossiers[0].code
    observer = seated(of.here.round, "Наблюдаева Нина Ильинична", part="observer")
    secretary = world.member(of.here.round.organiser, Role.SECRETARY, "Секретова Света Ильинична")
    clients = [
        ("organiser", at_office(of.here.organiser), ()),
        ("secretary", at_office(secretary), ()),
        ("juror", world.signed_in(of.here.experts[0]), (0,)),
        ("observer", world.signed_in(observer), ()),
    ]
    pages = [
        url(of),
        f"{url(of)}?part=1",
        url(of, "hall_strip"),
        url(of, "hall_work", code),
        reverse("desk:defence"),
    ]
    run = [reverse(f"office:{page}", args=[of.code]) for page in ("live", "live_part")]
    return [
        (page, client, own)
        for name, client, own in clients
        for page in [*pages, *(run if name in ("organiser", "secretary") else [])]
    ]


def test_no_mark_is_told_before_it_is_shown() -> None:
    of = marked()
    seen, shown = places(of), 0
    for name in ("", "call", "start", "pause", "go_on", "ask", "mark", "rest"):
        if name:
            of.step(name, 0 if name == "call" else None)
        for page, client, own in seen:
            answer = client.get(page)
            assert (answer.status_code, canaries(answer, but=own)) == (200, []), (name, page)
            shown += 1
    assert shown == 8 * len(seen)


def test_the_canaries_are_seen_when_the_marks_are_shown() -> None:
    """The control: the same search finds the marks where they are meant to be, and where a leak is planted."""
    of = marked()
    screen = at_office(of.here.organiser)
    for name in ("call", "start", "ask", "mark"):
        of.step(name, 0 if name == "call" else None)
    assert canaries(screen.get(url(of))) == []
    LiveBoard.objects.update(phase=Phase.REVEALED)
    assert canaries(screen.get(url(of))) == []  # a phase alone opens nothing: the moment must be written too
    LiveBoard.objects.update(phase=Phase.MARKING)
    of.step("reveal")
    assert canaries(screen.get(url(of))) == [str(TOTALS[0]), str(TOTALS[2]), str(TOTALS[1])]
    of.step("call", 1)
    assert canaries(screen.get(url(of))) == []


def test_the_screen_tells_who_speaks_and_what_goes_on() -> None:
    of = marked()
    browser = at_office(of.here.organiser)
    assert "Скоро начнём" in text(browser.get(url(of)))
    of.step("call", 0)
    of.step("start")
    page = text(browser.get(url(of)))
    school, code = of.here.dossiers[0].organisation.short_name, of.here.dossiers[0].code
    assert f"{code} · {school}" in page
    assert "Выступление" in page
    assert "Оценили 3 из 3" in page
    for name in ("mark", "reveal"):
        of.step(name)
    shown = soup(browser.get(url(of)))
    assert "Средний балл 27411,00 из 45685" in " ".join(shown.get_text(" ").split())
    assert len(shown.select("svg circle")) == 3
    of.step("call", 1)
    of.step("finish")
    assert "Спасибо всем участникам" in text(browser.get(url(of)))


def test_a_blind_defence_names_no_school() -> None:
    of = marked(is_blind=True)
    of.step("call", 0)
    page = text(world.signed_in(of.here.experts[0]).get(url(of)))
    assert of.here.dossiers[0].code in page
    assert not [one for one in of.here.dossiers if one.organisation.short_name in page]


def test_a_work_without_finished_sheets_is_shown_so() -> None:
    of = day()
    for name in ("call", "start", "mark", "reveal"):
        of.step(name, 0 if name == "call" else None)
    assert "Завершённых листов нет" in text(at_office(of.here.organiser).get(url(of)))


def test_nothing_is_sent_when_nothing_has_changed() -> None:
    of = marked()
    of.step("call", 0)
    browser = at_office(of.here.organiser)
    first = browser.get(f"{url(of)}?part=1")
    tag = first["ETag"]
    again = browser.get(f"{url(of)}?part=1", headers={"If-None-Match": tag})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert int(again["Server-Now"]) >= int(first["Server-Now"])
    of.step("start")
    other = browser.get(f"{url(of)}?part=1", headers={"If-None-Match": tag})
    assert (other.status_code, other["ETag"] == tag) == (200, False)
    page = browser.get(url(of))
    part = soup(page).select_one("live-part")
    assert part is not None
    assert part["data-etag"] == other["ETag"]


def test_the_screen_lives_without_scripts() -> None:
    of = day()
    page = soup(at_office(of.here.organiser).get(url(of)))
    refresh = page.select_one("noscript meta[http-equiv=refresh]")
    assert refresh is not None
    assert refresh["content"] == "5"


def test_only_who_conducts_has_buttons_on_the_screen() -> None:
    of = day()
    of.step("call", 0)
    office = soup(at_office(of.here.organiser).get(url(of)))
    assert [one["value"] for one in office.select("button[name=step]")] == ["start"]
    assert soup(world.signed_in(of.here.experts[0]).get(url(of))).select("form") == []
    of.here.round.state = RoundState.CLOSED
    of.here.round.save()
    assert soup(world.signed_in(of.here.organiser).get(url(of))).select("form") == []


def test_strangers_see_no_hall() -> None:
    of = day()
    stranger = world.signed_in(world.person())
    code = of.here.dossiers[0].code
    pages = [url(of, name) for name in ("screen", "hall", "hall_strip")] + [url(of, "hall_work", code)]
    assert [stranger.get(page).status_code for page in pages] == [404] * 4
    assert stranger.post(url(of, "hall_clear", code)).status_code == 404


def test_a_juror_answers_marks_and_finishes_on_one_page() -> None:
    of = day()
    of.step("call", 0)
    browser, code = world.signed_in(of.here.experts[0]), of.here.dossiers[0].code
    given(of.here)
    here = browser.get(url(of, "hall"))
    assert here["Location"] == url(of, "hall_work", code)
    assert "Есть ли у вас конфликт интересов" in text(browser.get(here["Location"]))
    done = browser.post(url(of, "hall_clear", code), follow=True)
    buttons = [one["value"] for one in soup(done).select("input[name=k1]")]
    assert buttons == [str(value) for value in range(6)]
    kept = browser.post(url(of, "hall_work", code), {"k1": "4", "then": "stay"}, follow=True)
    assert "Сохранено." in text(kept)
    short = browser.post(url(of, "hall_work", code), {"k1": "1", "then": "finish"})
    assert "К1: нужен комментарий" in text(short)
    full = {"k1": "1", "k1_comment": "Рано.", "then": "finish"}
    assert "лист завершён" in text(browser.post(url(of, "hall_work", code), full, follow=True))
    assert ScoreSheet.objects.get().total == WEIGHT
    assert "Лист завершён: 9137 из 45685" in text(browser.get(url(of, "hall_work", code)))


def test_who_is_in_conflict_does_not_mark() -> None:
    of = day()
    of.step("call", 0)
    opened(of.here, 0, 1)
    recused = given(of.here)
    actions.declare(recused, ground="coauthor", by=of.here.experts[0], at=of.at)
    browser, code = world.signed_in(of.here.experts[0]), of.here.dossiers[0].code
    page = browser.get(url(of, "hall_work", code))
    assert "Вы не оцениваете это выступление" in text(page)
    assert soup(page).select("main form") == []
    assert browser.post(url(of, "hall_work", code), {"k1": "5"}).status_code == 404
    assert browser.post(url(of, "hall_clear", code)).status_code == 404
    assert Assignment.objects.get(pk=recused.pk).state == AssignmentState.RECUSED
    observer = seated(of.here.round, "Наблюдаева Нина Ильинична", part="observer")
    assert "Вы наблюдаете" in text(world.signed_in(observer).get(url(of, "hall_work", code)))


def test_the_page_follows_the_speaker_unless_a_sheet_is_begun() -> None:
    of = day()
    first, second = (one.code for one in of.here.dossiers[:2])
    of.step("call", 0)
    sheet = opened(of.here)
    browser = world.signed_in(of.here.experts[0])
    of.step("call", 1)

    def leads(shown: str, more: str = "") -> str | None:
        root = soup(browser.get(f"{url(of, 'hall_strip')}?shown={shown}{more}")).select_one("div")
        assert root is not None
        return root.get("data-go")  # type: ignore[return-value]  # one value

    assert leads(first) == url(of, "hall_work", second)
    assert leads(first, "&stay") is None
    assert leads(second) is None
    (criterion,) = of.here.rubric.criteria.all()
    actions.score(sheet, criterion=criterion, value=4, by=of.here.experts[0], at=of.at)
    assert leads(first) is None
    assert f"Сейчас выступает {second}. Перейти" in text(
        browser.get(f"{url(of, 'hall_strip')}?shown={first}")
    )
    actions.finish_sheet(sheet, by=of.here.experts[0], at=of.at)
    assert leads(first) == url(of, "hall_work", second)


def test_neighbours_and_unfinished_sheets_are_one_tap_away() -> None:
    of = day()
    codes = [one.code for one in of.here.dossiers]
    for work in range(3):
        opened(of.here, 0, work)
    of.step("call", 1)
    browser = world.signed_in(of.here.experts[0])
    page = soup(browser.get(url(of, "hall_work", codes[1])))
    around = [" ".join(one.get_text().split()) for one in page.select("nav[aria-label=Выступления] a")]
    assert around == [f"← {codes[0]}", f"{codes[2]} →"]
    assert "Сейчас выступает" not in text(browser.get(url(of, "hall_work", codes[1])))
    assert f"Сейчас выступает {codes[1]}. Перейти" in text(browser.get(url(of, "hall_work", codes[0])))
    assert "Не завершены: 3" in text(browser.get(url(of, "hall_work", codes[1])))
    for work in range(3):
        browser.post(url(of, "hall_work", codes[work]), {"k1": "5", "then": "finish"})
    assert "Все ваши листы завершены" in text(browser.get(url(of, "hall_work", codes[1])))


def test_before_the_first_speaker_and_after_the_last() -> None:
    of = day(dossiers=1)
    browser = world.signed_in(of.here.experts[0])
    assert browser.get(url(of, "hall"))["Location"] == url(of, "hall_work", of.here.dossiers[0].code)
    of.step("call", 0)
    of.step("start")
    of.step("mark")
    of.step("finish")
    assert "Защита окончена" in text(browser.get(url(of, "hall")))
    assert browser.get(url(of, "hall_work", "Ы-999")).status_code == 404


def test_the_pages_ask_as_much_of_a_long_day_as_of_a_short_one() -> None:
    counts = []
    for size in (1, 4):
        of = day(dossiers=size)
        for work in range(size):
            opened(of.here, 0, work)
        of.step("call", 0)
        browser = world.signed_in(of.here.experts[0])
        office = at_office(of.here.organiser)
        pages = [
            (browser, url(of, "hall_work", of.here.dossiers[0].code)),
            (browser, url(of, "hall_strip")),
            (office, url(of)),
            (office, reverse("office:live", args=[of.code])),
        ]
        counts.append([queries(who, page) for who, page in pages])
        assert board_of(of.here.round).version == 1
    assert counts[0] == counts[1]
    assert max(counts[1]) <= 25
