"""A new agreement from the draft to the map, in Chromium."""

import re
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from innoset.accounts.models import User
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Agreement, Municipality
from innoset.network.states import OrganisationKind, Role
from tests import world

pytestmark = pytest.mark.django_db(transaction=True)

PDF = b"%PDF-1.7\n" + b"0" * 999
PLACE = "Абинский район"


@pytest.fixture
def going(open_page: Callable[..., Page], let_in: Callable[[Page, User], object]) -> Callable[[User], Page]:
    """Open a window in which a person is signed in."""

    def window(person: User) -> Page:
        page = open_page()
        let_in(page, person)
        return page

    return window


@pytest.mark.usefixtures("reference")
def test_an_agreement_from_the_draft_to_the_map(
    going: Callable[[User], Page],
    open_page: Callable[..., Page],
    axe: Callable[[Page], None],
    real_now: datetime,
    tmp_path: Path,
) -> None:
    city = Municipality.objects.get(name="город Краснодар")
    centre = world.organisation("Методический центр", municipality=city, kind=OrganisationKind.METHOD_CENTRE)
    service = world.organisation(
        "ТМС, Абинский район",
        municipality=Municipality.objects.get(name=PLACE),
        kind=OrganisationKind.METHOD_SERVICE,
    )
    office = going(world.member(centre, Role.ORGANISER))
    partner = going(world.member(service, Role.COORDINATOR, "Речной Пётр Ильич"))
    street = open_page()
    _is_on_the_map(street, "0")
    paper = tmp_path / "Подписано.pdf"
    paper.write_bytes(PDF)

    _drafts(office, axe)
    made = Agreement.objects.get()
    _signs_on_paper(partner, made, paper, axe)
    _enters_the_number(office, made, real_now, axe)
    expect(office.get_by_text("1 из 11", exact=True)).to_be_visible()
    _is_on_the_map(street, "1")
    axe(street)
    street.goto("/network/coverage/")
    expect(street.get_by_role("row", name=re.compile(PLACE))).to_contain_text("есть")


def _drafts(page: Page, axe: Callable[[Page], None]) -> None:
    page.goto("/office/agreements/")
    expect(page.get_by_text("0 из 11", exact=True)).to_be_visible()
    axe(page)
    page.get_by_role("link", name="Новое соглашение").click()
    page.get_by_label("Муниципалитет").select_option(label=PLACE)
    page.get_by_label("С кем").select_option(label="Методический центр")
    page.get_by_label("О чём").fill("обмен опытом площадок")
    page.get_by_role("button", name="Сохранить проект").click()
    # The two sides must differ: the page says so and keeps what was typed.
    expect(page.get_by_role("alert")).to_contain_text("две разные организации")
    expect(page.get_by_label("О чём")).to_have_value("обмен опытом площадок")
    axe(page)
    page.get_by_label("С кем").select_option(label="ТМС, Абинский район")
    page.get_by_role("button", name="Сохранить проект").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Соглашение, проект")
    axe(page)
    page.get_by_role("button", name="Отправить партнёру").click()
    expect(page.get_by_text("Соглашение отправлено партнёру", exact=False)).to_be_visible()


def _signs_on_paper(page: Page, made: Agreement, paper: Path, axe: Callable[[Page], None]) -> None:
    page.goto("/cabinet/notices/")
    page.get_by_role("link", name="Соглашение ждёт подписи").click()
    axe(page)
    with page.expect_download() as caught:
        page.get_by_role("link", name="Текст, DOCX").click()
    assert caught.value.path().read_bytes()[:2] == b"PK"
    page.get_by_role("link", name="Приложить файл").click()
    page.get_by_label("Подписанный файл").set_input_files(paper)
    page.get_by_role("button", name="Приложить").click()
    expect(page.get_by_role("link", name="Подписано.pdf")).to_be_visible()
    expect(page.get_by_role("link", name="Внести подписание")).to_have_count(0)
    made.refresh_from_db()
    assert (made.state, made.file is not None) == ("sent", True)


def _enters_the_number(page: Page, made: Agreement, real_now: datetime, axe: Callable[[Page], None]) -> None:
    today = real_now.astimezone(MOSCOW).date()
    page.goto(f"/office/agreements/{made.pk}/")
    page.get_by_role("link", name="Внести подписание").click()
    page.get_by_label("Номер").fill("12-С")
    page.get_by_label("Дата подписания").fill(f"{today - timedelta(days=1):%Y-%m-%d}")
    page.get_by_label("Действует до").fill(f"{today + timedelta(days=1000):%Y-%m-%d}")
    axe(page)
    page.get_by_role("button", name="Подписано").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("№ 12-С")
    page.goto("/office/agreements/")


def _is_on_the_map(page: Page, many: str) -> None:
    page.goto("/network/map/?measure=agreements")
    row = page.get_by_role("row", name=re.compile(PLACE))
    heads = page.locator("thead th").all_inner_texts()
    column = next(place for place, head in enumerate(heads) if "Соглашения" in head)
    expect(row.locator("th, td").nth(column)).to_have_text(many)
    expect(row.get_by_text("вне сети")).to_have_count(0 if many == "1" else 1)
