"""A school's yearly report from opening to acceptance, in Chromium."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from innoset.accounts.models import User
from innoset.projects.models import Report
from tests.projects import report_scene as scenes

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def going(open_page: Callable[..., Page], let_in: Callable[[Page, User], object]) -> Callable[[User], Page]:
    """Open a window in which a person is signed in."""

    def window(person: User) -> Page:
        page = open_page()
        let_in(page, person)
        return page

    return window


def test_a_report_from_opening_to_acceptance(
    reference: None, going: Callable[[User], Page], axe: Callable[[Page], None], tmp_path
) -> None:
    given = scenes.scene()
    report = scenes.opened(given)
    school, curator, institute = going(given.editor), going(given.curator), going(given.organiser)
    _fill(school, report, axe)
    _sends(school, report)
    _remarks(curator, report, axe)
    _sends_back(institute, report, axe)
    _answers(school, report, axe)
    _settles(curator, report)
    _accepts(institute, report)
    school.goto(f"/cabinet/reports/{report.number}/")
    expect(school.get_by_text("Принят", exact=True)).to_be_visible()
    with school.expect_download() as caught:
        school.evaluate(
            "url => { const a = document.createElement('a'); a.href = url; a.download = ''; a.click(); }",
            f"/cabinet/reports/{report.number}/paper.pdf",
        )
    caught.value.save_as(tmp_path / "report.pdf")
    assert (tmp_path / "report.pdf").read_bytes()[:5] == b"%PDF-"


def _fill(page: Page, report: Report, axe: Callable[[Page], None]) -> None:
    page.goto("/cabinet/reports/")
    axe(page)
    page.get_by_role("link", name="Заполнить отчёт").click()
    axe(page)
    page.get_by_role("link", name="Участники мероприятий и стажировок").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Участники мероприятий и стажировок: 40")
    axe(page)
    page.goto(f"/cabinet/reports/{report.number}/sections/report/")
    axe(page)
    area = page.get_by_label("2. Измерение и оценка качества инновации", exact=False)
    area.fill("Измеряли анкетами в начале и в конце года. " * 4)
    with page.expect_response(lambda answer: answer.url.endswith("/answer/")) as caught:
        area.blur()
    assert caught.value.status == 200
    expect(page.locator(".saved")).to_contain_text("Сохранено в")
    page.get_by_role("button", name="Сохранить и продолжить").click()
    page.get_by_label("Задачи на следующий год").fill("Провести семинар\nИздать сборник")
    axe(page)
    page.get_by_role("button", name="Сохранить задачи").click()


def _sends(page: Page, report: Report) -> None:
    page.goto(f"/cabinet/reports/{report.number}/")
    page.get_by_role("button", name="Сдать отчёт").click()
    expect(page.get_by_text("Отчёт сдан. Мы сообщим, когда его проверят.")).to_be_visible()


def _remarks(page: Page, report: Report, axe: Callable[[Page], None]) -> None:
    page.goto(f"/office/reports/{report.number}/")
    axe(page)
    page.get_by_text("Оставить замечание").click()
    page.get_by_label("К какому полю").select_option("II.2")
    page.get_by_label("Замечание", exact=True).fill("Сколько педагогов ответили?")
    page.get_by_label("Без ответа на это замечание отчёт не принимать").check()
    page.get_by_role("button", name="Отправить замечание").click()
    expect(page.get_by_text("Замечание отправлено.")).to_be_visible()


def _sends_back(page: Page, report: Report, axe: Callable[[Page], None]) -> None:
    page.goto(f"/office/reports/{report.number}/decide/accept/")
    axe(page)
    page.get_by_role("button", name="Принять").click()
    expect(page.get_by_role("alert")).to_contain_text("не снято 1 обязательное замечание")
    page.goto(f"/office/reports/{report.number}/decide/return/")
    page.get_by_label("Что исправить").fill("Ответьте на замечание куратора")
    page.get_by_role("button", name="Вернуть", exact=True).click()
    expect(page.get_by_text("Отчёт возвращён на доработку.")).to_be_visible()


def _answers(page: Page, report: Report, axe: Callable[[Page], None]) -> None:
    page.goto(f"/cabinet/reports/{report.number}/")
    axe(page)
    page.get_by_text("Ответить", exact=True).click()
    page.get_by_label("Ответ на замечание").fill("Ответили все сорок педагогов")
    page.get_by_role("button", name="Отправить ответ").click()
    expect(page.get_by_text("Ответ отправлен куратору.")).to_be_visible()
    _sends(page, report)


def _settles(page: Page, report: Report) -> None:
    page.goto(f"/office/reports/{report.number}/")
    expect(page.get_by_text("Ответили все сорок педагогов")).to_be_visible()
    page.get_by_role("button", name="Снять замечание").click()
    expect(page.get_by_text("Замечание снято.")).to_be_visible()


def _accepts(page: Page, report: Report) -> None:
    page.goto(f"/office/reports/{report.number}/decide/accept/")
    page.get_by_role("button", name="Принять").click()
    expect(page.get_by_text("Отчёт принят.")).to_be_visible()
