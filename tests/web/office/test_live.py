"""The console of a defence, and its minutes."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from innoset.foundation import clock
from innoset.foundation.notify.models import Letter
from innoset.network.states import Role
from innoset.review import actions
from innoset.review.queries.live import board_of
from innoset.review.states import Phase, SlotState
from tests import world
from tests.review.scene import at_office, given, seated
from tests.web.desk.hall import Day, day
from tests.web.office.pages import rows, soup, text

pytestmark = pytest.mark.django_db


def url(of: Day, page: str = "live", *args: str) -> str:
    return reverse(f"office:{page}", args=[of.code, *args])


def press(browser: Client, of: Day, **data: object) -> str:
    """Press a button of the console and read what comes."""
    version = board_of(of.here.round).version
    return text(browser.post(url(of, "live_step"), {"version": version, **data}, follow=True))


def test_the_usual_button_carries_a_work_through() -> None:
    of = day(dossiers=1)
    browser = at_office(of.here.organiser)
    code = of.here.dossiers[0].code
    seen = []
    for _ in range(6):
        button = soup(browser.get(url(of))).select("form button[name=step]")[0]
        form = button.find_parent("form")
        assert form is not None
        data = {str(one["name"]): str(one["value"]) for one in form.select("input[name]")}
        seen.append(str(button["value"]))
        browser.post(url(of, "live_step"), {**data, "step": seen[-1]})
    assert seen == ["call", "start", "ask", "mark", "reveal", "finish"]
    assert (board_of(of.here.round).phase, of.slot(0).state) == (Phase.OVER, SlotState.DONE)
    table = rows(browser.get(url(of)), "Порядок выступлений")
    assert [(row[0], row[2].split(" · ")[0], row[3], row[4]) for row in table] == [
        ("1", code, "Состоялась", "0 из 0")
    ]


def test_a_second_tap_is_harmless_and_a_stale_one_is_told() -> None:
    of = day()
    browser = at_office(of.here.organiser)
    data = {"version": 0, "step": "call", "slot": of.here.dossiers[0].code}
    for _ in range(2):
        assert "Пульт уже переключили" not in text(browser.post(url(of, "live_step"), data, follow=True))
    assert board_of(of.here.round).version == 1
    stale = browser.post(
        url(of, "live_step"), {**data, "step": "start"}, follow=True, headers={"referer": url(of)}
    )
    assert "Пульт уже переключили" in text(stale)
    nothing = browser.post(url(of, "live_step"), {}, follow=True)
    assert nothing.status_code == 200
    assert board_of(of.here.round).version == 1


def test_a_step_is_taken_back() -> None:
    of = day()
    browser = at_office(of.here.organiser)
    press(browser, of, step="call", slot=of.here.dossiers[0].code)
    press(browser, of, step="start")
    done = browser.post(url(of, "live_back"), {"version": 2}, follow=True)
    assert "Последний шаг отменён." in text(done)
    assert (board_of(of.here.round).phase, of.slot(0).began_at) == (Phase.WAITING, None)
    again = browser.post(url(of, "live_back"), {"version": 2}, follow=True)
    assert board_of(of.here.round).version == 3
    assert again.status_code == 200


def test_a_late_day_is_offered_to_be_moved() -> None:
    now = clock.now()
    of = day(at=now - timedelta(minutes=20))
    browser = at_office(of.here.organiser)
    assert "Опаздываем на 20 мин" in text(browser.get(url(of)))
    done = browser.post(url(of, "live_shift"), {"minutes": "20"}, follow=True)
    assert "Сдвинуто: 3 выступления." in text(done)
    assert "Опаздываем" not in text(browser.get(url(of)))
    assert of.slot(0).planned_at == of.slot(0).starts_at - timedelta(minutes=20)
    bad = browser.post(url(of, "live_shift"), {"minutes": "много"}, follow=True)
    assert "от 1 до 240 минут" in text(bad)


def test_an_absent_speaker_goes_to_the_end() -> None:
    of = day()
    browser = at_office(of.here.organiser)
    code = of.here.dossiers[0].code
    press(browser, of, step="call", slot=code)
    done = browser.post(url(of, "live_miss"), {"version": 1}, follow=True)
    assert f"{code}: выступление перенесено в конец." in text(done)
    assert [row[2].split(" · ")[0] for row in rows(done, "Порядок выступлений")][-1] == code
    assert not Letter.objects.filter(notice="contests.defence_postponed").exists()  # no application behind it


def test_the_screen_takes_one_back_to_the_screen() -> None:
    of = day()
    browser = at_office(of.here.organiser)
    data = {"version": 0, "step": "call", "slot": of.here.dossiers[0].code, "from": "screen"}
    assert browser.post(url(of, "live_step"), data)["Location"] == reverse("desk:screen", args=[of.code])


def test_only_organiser_and_secretary_reach_the_console() -> None:
    of = day()
    secretary = world.member(of.here.round.organiser, Role.SECRETARY, "Секретова Света Ильинична")
    assert at_office(secretary).get(url(of)).status_code == 200
    for person in (of.here.experts[0], world.person()):
        browser = world.signed_in(person)
        assert [browser.get(url(of, page)).status_code for page in ("live", "live_part")] == [404, 404]
        assert browser.get(url(of, "live_minutes", "pdf")).status_code == 404
        posts = ("live_step", "live_back", "live_miss", "live_shift")
        assert [browser.post(url(of, page)).status_code for page in posts] == [404] * 4


def test_a_secretary_finds_the_console_from_the_desk() -> None:
    """The tabs of the round are the organiser's; whoever keeps the minutes comes another way."""
    of = day()
    secretary = world.member(of.here.round.organiser, Role.SECRETARY, "Секретова Света Ильинична")
    links = [one["href"] for one in soup(at_office(secretary).get(reverse("desk:defence"))).select("main a")]
    assert url(of) in links
    juror = soup(world.signed_in(of.here.experts[0]).get(reverse("desk:defence"))).select("main a")
    assert url(of) not in [one["href"] for one in juror]


def test_the_console_names_whose_sheet_is_missing_and_no_mark() -> None:
    of = day()
    of.mark(0, 5)
    of.mark(1, 4, finish=False)
    for name in ("call", "start", "mark"):
        of.step(name, 0 if name == "call" else None)
    page = text(at_office(of.here.organiser).get(url(of)))
    assert f"Завершили листы 1 из 2 . Ещё не завершили: {of.here.experts[1].short_name}" in page
    assert "45685" not in page


def _paper(browser: Client, of: Day) -> tuple[str, str]:
    import docx  # reason: slow to load, and few need it

    pdf = browser.get(url(of, "live_minutes", "pdf")).content
    word = docx.Document(BytesIO(browser.get(url(of, "live_minutes", "docx")).content))
    tables = [" ".join(cell.text for cell in row.cells) for table in word.tables for row in table.rows]
    printed = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())
    return printed, " ".join([*(one.text for one in word.paragraphs), *tables])


def test_the_minutes_say_who_judged_what_and_when() -> None:
    of = day()
    of.mark(0, 5)
    of.mark(1, 3)
    recused = given(of.here, 2, 0)
    actions.declare(recused, ground="coauthor", by=of.here.experts[2], at=of.at)
    seated(of.here.round, "Наблюдаева Нина Ильинична", part="observer")
    for name in ("call", "start", "mark", "reveal"):
        of.step(name, 0 if name == "call" else None)
    browser = at_office(of.here.organiser)
    for said in _paper(browser, of):
        words = " ".join(re.sub("[\u00a0\u00ad]", " ", said).split())
        for part in (
            "ПРОТОКОЛ",
            "открытой защиты",
            "Агеева",
            "Наблюдаева",
            "36548,00",
            "А – 45685; Б – 27411",
        ):
            assert part.replace(" ", "") in words.replace(" ", ""), part
        assert "Заслушано1выступление.Невыступили:2." in words.replace(" ", "")
        assert "(конфликтинтересов)" in words.replace(" ", "")
        assert "Контрольнаясумма" in words.replace(" ", "")


def test_named_experts_are_named() -> None:
    of = day()
    of.here.round.experts_are_named = True
    of.here.round.save()
    of.mark(0, 5)
    for name in ("call", "start", "mark"):
        of.step(name, 0 if name == "call" else None)
    _, word = _paper(at_office(of.here.organiser), of)
    assert "Агеева А. О. – 45685" in word.replace("\u00a0", " ")
    assert "обозначены буквами" not in word


def test_there_are_no_minutes_before_the_first_speech() -> None:
    of = day()
    browser = at_office(of.here.organiser)
    assert "после первого выступления" in text(browser.get(url(of, "live_minutes", "pdf"), follow=True))
    assert browser.get(url(of, "live_minutes", "odt")).status_code == 404
