"""The round in figures: what an organiser sees, what is taken away, who is refused."""

import csv
import io

import pytest

from innoset.review.models import Calibration, Score
from innoset.review.pure.calibration import replay
from tests import world
from tests.review.scene import Scene, at_office, finished
from tests.web.office.pages import queries, remote, rows, soup, text, url

pytestmark = pytest.mark.django_db

MARKS = {(0, 0): (5, 4), (1, 0): (4, 3), (0, 1): (3, 3), (1, 1): (2, 1), (0, 2): (4, 4), (2, 2): (1, 0)}


def _judged(here: Scene) -> None:
    for (expert, dossier), values in MARKS.items():
        finished(here, *values, expert=expert, dossier=dossier)


def test_before_it_is_reckoned_the_page_says_so_and_shows_the_pace() -> None:
    here, contest = remote(experts=3, dossiers=3)
    page = at_office(here.organiser).get(url(contest, "round_figures"))
    words = text(page)
    assert "Расчёта пока нет" in words
    assert "Завершённых листов пока нет." in words
    assert not soup(page).select("svg.plot")


def test_one_press_shows_severity_by_name_and_what_changes() -> None:
    here, contest = remote(experts=3, dossiers=3)
    contest.quota = 1
    contest.remote_threshold = None
    contest.save()
    _judged(here)
    browser = at_office(here.organiser)
    done = browser.post(url(contest, "calibrate"), {"method": "additive"})
    assert done.headers["Location"] == url(contest, "round_figures")
    page = browser.get(url(contest, "round_figures"))
    people = {row[0] for row in rows(page, "Строгость экспертов")}
    letters = zip(here.experts, "АБВ", strict=True)
    assert people == {f"{person.short_name} ({letter})" for person, letter in letters}
    assert [row[0] for row in rows(page, "Согласие экспертов")] == [
        "Альфа Криппендорфа, суммы",
        "Альфа Криппендорфа, баллы",
        "Внутриклассовая корреляция, один отзыв",
        "Она же, среднее по делу",
        "Взвешенная каппа пар экспертов",
    ]
    words = text(page)
    assert "Выше черты по обоим итогам одни и те же работы." in words
    assert "наибольшее число статусов" in words
    assert "Где полезен ещё один отзыв" in words
    titles = [one["aria-label"] for one in soup(page).select("svg.plot")]
    assert titles == [
        "Черта — строгость эксперта в баллах, линия — где она лежит с вероятностью 95 %",
        "Доля завершённых листов по дням",
        "Сколько листов завершил эксперт в каждый день",
        "Слева место по сырому итогу, справа после калибровки; толстая линия — решение разное",
    ]


def test_the_ranking_shows_raw_and_calibrated_side_by_side() -> None:
    here, contest = remote(experts=3, dossiers=3)
    _judged(here)
    browser = at_office(here.organiser)
    before = browser.get(url(contest, "ranking"))
    assert "Калиброванный" not in text(before)
    browser.post(url(contest, "calibrate"), {"method": "additive"})
    page = browser.get(url(contest, "ranking"))
    found = {row[1]: row for row in rows(page, "Рейтинг")}
    kept = {one["work"]: one for one in Calibration.objects.get().result["rows"]}
    for code, row in found.items():
        assert row[5].startswith(f"{kept[code]['fair']:.2f}".replace(".", ","))
        assert f"место {kept[code]['rank_fair']}" in row[5]
    assert here.experts[0].last_name not in text(page)
    table = browser.get(url(contest, "ranking_csv")).content.decode("utf-8-sig").splitlines()
    assert table[0].endswith("При равенстве;Калиброванный итог;От;До;Место после калибровки")


def test_a_changed_mark_hides_the_names_until_it_is_reckoned_again() -> None:
    here, contest = remote(experts=3, dossiers=3)
    _judged(here)
    browser = at_office(here.organiser)
    browser.post(url(contest, "calibrate"), {"method": "additive"})
    Score.objects.filter(value=0).update(value=1)
    page = browser.get(url(contest, "round_figures"))
    assert "Расчёт устарел" in text(page)
    assert {row[0] for row in rows(page, "Строгость экспертов")} == {
        f"Эксперт {one} ({one})" for one in "АБВ"
    }
    assert "Калибровка устарела" in text(browser.get(url(contest, "ranking")))


def test_groups_that_cannot_be_compared_are_named() -> None:
    here, contest = remote(experts=3, dossiers=3)
    for expert, dossier, values in ((0, 0, (5, 4)), (1, 0, (4, 4)), (0, 1, (3, 2)), (2, 2, (1, 1))):
        finished(here, *values, expert=expert, dossier=dossier)
    here.dossiers[2].group = "Наставничество"
    here.dossiers[2].save()
    browser = at_office(here.organiser)
    browser.post(url(contest, "calibrate"), {"method": "additive"})
    words = text(browser.get(url(contest, "round_figures")))
    assert "Сравнивать можно не всё" in words
    assert f"Наставничество: 1 дело ({here.dossiers[2].code}), эксперты В" in words
    assert "Есть группы дел без общих экспертов" in text(browser.get(url(contest, "ranking")))


def test_too_little_is_said_at_the_button() -> None:
    here, contest = remote(experts=3, dossiers=3)
    _judged(here)
    browser = at_office(here.organiser)
    page = browser.post(url(contest, "calibrate"), {"method": "rsm"})
    assert "Для модели Раша оценок мало" in text(page)
    unknown = browser.post(url(contest, "calibrate"), {"method": "magic"})
    assert "Выберите" in text(unknown)
    assert not Calibration.objects.exists()


def test_what_is_taken_away_reproduces_itself() -> None:
    here, contest = remote(experts=3, dossiers=3)
    browser = at_office(here.organiser)
    assert browser.get(url(contest, "round_result")).status_code == 404
    _judged(here)
    marks = browser.get(url(contest, "round_marks")).content.decode("utf-8-sig")
    result = browser.get(url(contest, "round_result")).content.decode()
    script = browser.get(url(contest, "round_script")).content.decode()
    assert replay.replay(marks) == result
    assert script.startswith('"""Reproduces the calibration of a round')
    table = list(csv.DictReader(io.StringIO(marks), delimiter=";"))
    assert {row["Эксперт"] for row in table} == {"А", "Б", "В"}
    assert not any(person.last_name in marks for person in here.experts)


@pytest.mark.parametrize("page", ["round_figures", "round_marks", "round_result", "round_script"])
def test_nobody_else_gets_in(page: str) -> None:
    here, contest = remote(experts=3, dossiers=3)
    _judged(here)
    stranger = world.signed_in(here.experts[0])
    assert stranger.get(url(contest, page)).status_code in (302, 403, 404)


def test_the_pages_ask_as_much_for_many_as_for_few() -> None:
    here, contest = remote(experts=3, dossiers=4)
    _judged(here)
    browser = at_office(here.organiser)
    browser.post(url(contest, "calibrate"), {"method": "additive"})
    few = [queries(browser, url(contest, page)) for page in ("round_figures", "ranking")]
    for expert in range(3):
        finished(here, 3, 2, expert=expert, dossier=3)
    browser.post(url(contest, "calibrate"), {"method": "additive"})
    many = [queries(browser, url(contest, page)) for page in ("round_figures", "ranking")]
    assert many == few
