"""A methodist's Monday, without a mouse: what is late, whom to call, one reminder to seven."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from innoset.accounts.models import User
from innoset.foundation.notify.models import Letter, Message
from innoset.foundation.russian import MOSCOW
from innoset.network.models import Accompaniment, Status
from innoset.network.states import OrganisationKind, Part, Role
from innoset.projects.models import Report, ReportCampaign, ReportNudge
from tests import world
from tests.browser.test_keyboard import press

pytestmark = pytest.mark.django_db(transaction=True)

SITES = 7


@pytest.fixture
def methodist(reference: None, real_now: datetime) -> User:
    """A methodist of seven sites whose reports are late by one, two … seven days."""
    day = real_now.astimezone(MOSCOW).date()
    centre = world.organisation("Методический центр", kind=OrganisationKind.METHOD_CENTRE)
    organiser = world.member(centre, Role.ORGANISER)
    made = world.member(centre, Role.METHODIST, "Родникова Ирина Юрьевна")
    campaign = ReportCampaign.objects.create(
        code="yearly", title="Отчёт за год", form_code="kip_report", organiser=centre,
        starts_on=day - timedelta(days=400), ends_on=day - timedelta(days=40), opens_on=day - timedelta(days=30),
        due_on=day - timedelta(days=1), created_at=real_now, created_by=organiser,
    )  # fmt: skip
    order = world.order()
    for number in range(1, SITES + 1):
        school = world.organisation(
            f"Лицей № {number}", head_name=f"Заречная Вера {number}", phone=f"8 (861) 200-00-0{number}"
        )
        head = world.member(school, Role.HEAD)
        status = Status.objects.create(
            number=f"s-{number}", organisation=school, kind=world.status_kind(), theme="Наставники", order=order,
            starts_on=day - timedelta(days=300), ends_on=day + timedelta(days=300), created_at=real_now,
        )  # fmt: skip
        Accompaniment.objects.create(person=made, status=status, part=Part.METHODIST, since=day)
        Report.objects.create(
            number=f"r-{number}", campaign=campaign, status=status, organisation=school, form_code="kip_report",
            form_version="1", starts_on=campaign.starts_on, ends_on=campaign.ends_on, author=head,
            due_on=day - timedelta(days=number), opened_at=real_now,
        )  # fmt: skip
    return made


def test_one_reminder_reaches_seven(
    page: Page, methodist: User, let_in: Callable[[Page, User], Client], real_now: datetime
) -> None:
    let_in(page, methodist)
    page.goto("/office/")
    press(page, "Просрочено")
    rows = page.get_by_role("region", name="Просроченные отчёты").locator("tbody tr")
    told = [
        (
            rows.nth(n).locator("td").nth(1).inner_text().split("\n")[0],
            rows.nth(n).locator("td").nth(4).inner_text(),
        )
        for n in range(rows.count())
    ]
    assert told == [
        (f"Лицей № {number}", f"Заречная Вера {number}, 8 (861) 200-00-0{number}")
        for number in range(SITES, 0, -1)
    ]
    assert [rows.nth(n).locator("td").nth(3).inner_text() for n in (0, 6)] == ["7 дней", "1 день"]
    press(page, "Напомнить отмеченным")
    expect(page.get_by_text("Напоминание ушло: 7 организаций.")).to_be_visible()
    today = f"{real_now.astimezone(MOSCOW):%d.%m.%Y}"
    assert [rows.nth(n).locator("td").nth(5).inner_text() for n in range(SITES)] == [today] * SITES
    heads = Message.objects.filter(notice="projects.report_nudged").values_list("recipient", flat=True)
    assert (len(heads), len(set(heads))) == (SITES, SITES)
    assert (Letter.objects.count(), ReportNudge.objects.count()) == (SITES, SITES)
    press(page, "Напомнить отмеченным")
    expect(page.get_by_text("Не ушло: 7.")).to_be_visible()
    assert (Letter.objects.count(), ReportNudge.objects.count()) == (SITES, SITES)


def test_whom_to_call_is_in_the_table_of_the_network(
    page: Page, methodist: User, let_in: Callable[[Page, User], Client]
) -> None:
    service = world.organisation(
        "ТМС", municipality=Report.objects.get(number="r-3").organisation.municipality
    )
    keeper = world.person("Полевая Анна Игоревна", phone="8 (861) 300-00-00")
    world.membership(keeper, service, Role.COORDINATOR)
    let_in(page, methodist)
    page.goto("/office/")
    page.locator(".nav summary", has_text="Сеть").press("Enter")
    press(page, "Муниципалитеты сети")
    row = page.locator("tbody tr", has=page.get_by_role("link", name=str(service.municipality)))
    expect(row).to_contain_text("просрочено 1 из 1")
    expect(row).to_contain_text("Полевая Анна Игоревна")
    expect(row).to_contain_text("8 (861) 300-00-00")
    press(page, str(service.municipality))
    expect(page.get_by_role("heading", name=str(service.municipality))).to_be_visible()
    expect(page.get_by_text("просроченные отчёты из ожидаемых")).to_be_visible()
