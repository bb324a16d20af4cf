"""A juror's telephone in the hall: the network goes, the marks stay, the network comes back."""

from collections.abc import Callable

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from innoset.review.models import Score
from tests import world
from tests.plugins.browser import PHONE
from tests.review.scene import opened
from tests.web.desk.hall import day


def test_marks_put_without_a_network_arrive_when_it_is_back(
    chromium: Browser, live_server: LiveServer, transactional_db: None
) -> None:
    of = day(experts=1, dossiers=1)
    opened(of.here)
    of.step("call", 0)
    of.step("start")
    client = world.signed_in(of.here.experts[0])
    # A context of its own: here the browser is meant to complain of the network.
    context = chromium.new_context(
        base_url=live_server.url, locale="ru-RU", viewport={"width": 360, "height": 740}
    )
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}])
    page = context.new_page()
    try:
        page.goto(reverse("desk:hall_work", args=[of.code, of.here.dossiers[0].code]))
        page.wait_for_function("() => document.querySelector('draft-store')?.open")
        context.set_offline(True)
        for value in (3, 5, 4):
            page.locator(f"input[name=k1][value='{value}']").check()
        expect(page.locator("saved-line").first).to_contain_text("Нет связи")
        assert not Score.objects.exists()
        context.set_offline(False)
        expect(page.locator("saved-line").first).to_contain_text("сохранено", timeout=30_000)
        assert list(Score.objects.values_list("value", flat=True)) == [4]
    finally:
        context.close()


def test_the_hall_is_led_and_followed(
    open_page: Callable[..., Page],
    let_in: Callable[..., object],
    axe: Callable[[Page], None],
    transactional_db: None,
) -> None:
    of = day(experts=3, dossiers=2)
    for juror, value in enumerate((3, 4, 5)):
        of.mark(juror, value)
    screen, console, phone = open_page(), open_page(), open_page(viewport=PHONE)
    let_in(screen, of.here.organiser)
    let_in(console, of.here.organiser)
    let_in(phone, of.here.experts[0])
    screen.goto(reverse("desk:screen", args=[of.code]))
    phone.goto(reverse("desk:hall", args=[of.code]))
    console.goto(reverse("office:live", args=[of.code]))
    for words in ("Начать выступление", "К вопросам", "Ставить баллы", "Показать баллы"):
        first = console.locator("live-part form button").first
        first.focus()
        console.keyboard.press("Enter")
        expect(console.locator("live-part form button").first).to_contain_text(words)
    expect(screen.locator("main")).to_contain_text("Оценили 3 из 3")
    axe(screen)
    axe(console)
    axe(phone)
    console.locator("live-part form button").first.press("Enter")
    expect(screen.locator("main")).to_contain_text("Средний балл 36548,00")
    axe(screen)
    console.locator("live-part form button").first.press("Enter")
    second = of.here.dossiers[1].code
    expect(phone.locator("h1")).to_contain_text(second)
    for page in (screen, console, phone):
        page.set_viewport_size({"width": 320, "height": 700})
        assert page.evaluate(
            "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
