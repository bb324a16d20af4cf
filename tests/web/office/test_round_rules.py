"""The rules of assignment on their page."""

from decimal import Decimal

import pytest

from innoset.review.states import RoundState
from tests import world
from tests.review.scene import at_office, defence
from tests.web.office.pages import queries, remote, soup, text, url

pytestmark = pytest.mark.django_db

GOOD = {
    "sheets_per_dossier": "3",
    "alternates": "1",
    "minutes_per_page": "5",
    "own_municipality": "at_most_one",
    "municipality_cap": "2",
    "greatest_probability": "75",
}


def test_the_page_shows_the_rules_as_they_are() -> None:
    here, contest = remote(greatest_probability="0.500", municipality_cap=1)
    page = soup(at_office(here.organiser).get(url(contest, "round_rules")))
    values = {
        str(one["name"]): one.get("value") for one in page.select("form.form input[name]:not([type=radio])")
    }
    values.pop("csrfmiddlewaretoken")
    assert values == {
        "sheets_per_dossier": "2",
        "alternates": "2",
        "minutes_per_page": "4",
        "municipality_cap": "1",
        "greatest_probability": "50",
    }
    assert [one["value"] for one in page.select("input[name=own_municipality][checked]")] == ["barred"]


def test_the_rules_are_saved() -> None:
    here, contest = remote(experts=4)
    done = at_office(here.organiser).post(url(contest, "round_rules"), GOOD, follow=True)
    assert "Правила сохранены. Уже сделанные назначения не изменились." in text(done)
    here.round.refresh_from_db()
    assert (
        here.round.sheets_per_dossier,
        here.round.alternates,
        here.round.minutes_per_page,
        here.round.own_municipality,
        here.round.municipality_cap,
        here.round.greatest_probability,
    ) == (3, 1, 5, "at_most_one", 2, Decimal("0.75"))


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"minutes_per_page": ""}, "Заполните поле «Минут на страницу»."),
        (
            {"minutes_per_page": "пять"},
            "Введите в поле «Минут на страницу» целое число цифрами, например 12.",
        ),
        ({"minutes_per_page": "0"}, "Введите в поле «Минут на страницу» число от 1 до 120."),
        ({"own_municipality": "никак"}, "В поле «Свой муниципалитет» нет такого ответа."),
        ({"greatest_probability": "101"}, "Введите в поле «Наибольшая вероятность» число от 1 до 100."),
        ({"greatest_probability": "10"}, "вероятность не бывает меньше 75 %"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_lost(given: dict[str, str], said: str) -> None:
    here, contest = remote(experts=4)
    page = at_office(here.organiser).post(url(contest, "round_rules"), {**GOOD, **given})
    assert said in text(page)
    box = soup(page).select_one("input[name=sheets_per_dossier]")
    assert box is not None
    assert box["value"] == "3"
    here.round.refresh_from_db()
    assert here.round.sheets_per_dossier == 2


def test_at_a_defence_and_after_the_round_the_page_says_what_holds() -> None:
    here = defence()
    contest = world.contest(
        organiser=here.round.organiser, created_by=here.organiser, defence_round=here.round
    )
    browser = at_office(here.organiser)
    assert "На защите оценивают все" in text(browser.get(url(contest, "round_rules", of=here.round)))
    closed, over = remote(state=RoundState.CLOSED)
    page = at_office(closed.organiser).post(url(over, "round_rules"), GOOD)
    assert "Тур завершён. Чтобы менять правила, сначала откройте тур снова." in text(page)


def test_the_page_asks_the_database_little() -> None:
    here, contest = remote()
    browser = at_office(here.organiser)
    browser.get(url(contest))
    assert queries(browser, url(contest, "round_rules")) <= 15
