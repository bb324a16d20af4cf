"""What a journey is told with: a browser, whoever sits at it, and what must be seen there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from time import time

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from innoset.accounts.models import User
from innoset.contests.models import Application, Contest
from innoset.exchange.demo.network import World
from innoset.foundation.russian import MOSCOW
from innoset.review.models import Round


@dataclass
class Stage:
    """A story as it goes in one browser."""

    page: Page
    world: World
    let_in: Callable[[Page, User], object]
    has_scripts: bool
    code: str = ""
    number: str = ""
    others: list[Application] = field(default_factory=list)

    # ── Who and when ────────────────────────────────────────────────────────

    def enter(self, code: str) -> User:
        """Leave whoever sits there, and come in by the button of a demo account."""
        self.leave()
        account = next(one for one in settings.DEMO_ACCOUNTS if one.code == code)
        self.page.get_by_role("link", name="Войти").click()
        row = self.page.locator("form", has_text=account.full_name)
        row.get_by_role("button", name=account.title, exact=True).click()
        expect(self.page.get_by_role("button", name="Выйти")).to_be_visible()
        return self.world.people[code]

    def enter_quietly(self, person: User) -> None:
        """Come in as somebody who has no button of their own."""
        self.page.context.clear_cookies()
        self.let_in(self.page, person)

    def leave(self) -> None:
        """Sign out, if anybody is in."""
        self.page.goto("/")
        out = self.page.get_by_role("button", name="Выйти")
        if out.count():
            out.click()
        expect(self.page.get_by_role("link", name="Войти")).to_be_visible()

    @property
    def at(self) -> datetime:
        """Return this very moment: the server reads the same clock."""
        return datetime.fromtimestamp(time(), tz=UTC)

    def day(self, days: int) -> str:
        """Return a day so far from today, as a date input takes it."""
        return f"{self.at.astimezone(MOSCOW) + timedelta(days=days):%Y-%m-%d}"

    # ── Where ───────────────────────────────────────────────────────────────

    def go(self, name: str, *args: object) -> None:
        """Open a page by its name."""
        self.page.goto(reverse(name, args=args))

    def follow(self, name: str, *, within: Locator | None = None) -> None:
        """Follow the one link with this name."""
        (within or self.page).get_by_role("link", name=name, exact=True).click()

    def tab(self, name: str) -> None:
        """Go to another page of the round."""
        self.follow(name, within=self.page.get_by_role("navigation", name="Разделы тура"))

    def press(self, name: str, *, within: Locator | None = None) -> None:
        """Press the one button with this name."""
        (within or self.page).get_by_role("button", name=name, exact=True).click()

    def panel(self, title: str) -> Locator:
        """Return the panel under a heading."""
        heading = self.page.get_by_role("heading", name=title, exact=True)
        return self.page.locator(".panel, .confirm").filter(has=heading)

    def row(self, text: str) -> Locator:
        """Return the line of a table that tells of this."""
        return self.page.get_by_role("row").filter(has_text=text)

    def moment(self, label: str, day: str, clock: str) -> None:
        """Put a day and a Moscow time into the field with this label."""
        group = self.page.get_by_role("group", name=label)
        group.get_by_label("День").fill(day)
        group.get_by_label("Время по московским часам").fill(clock)

    # ── What is seen ────────────────────────────────────────────────────────

    def sees(self, heading: str, *said: str) -> None:
        """Assert the page's heading, all that the site says about what was just done, and that it fits."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(heading)
        expect(self.page.locator(".messages .notice > div > div")).to_have_text(list(said))
        self.page.wait_for_load_state()  # before its style has come no page fits
        inside, screen = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        assert inside <= screen, self.page.url

    def sees_state(self, text: str) -> None:
        """Assert the state that stands beside the heading."""
        expect(self.page.locator(".heading .state")).to_have_text(text)

    def sees_refusal(self, *texts: str) -> None:
        """Assert every line of the list of what is wrong."""
        expect(self.page.get_by_role("alert").get_by_role("listitem")).to_have_text(list(texts))

    def sees_cells(self, row: Locator, *texts: str) -> None:
        """Assert what the cells of a line say, from the first on; an empty text is not looked at."""
        cells = row.get_by_role("cell").or_(row.get_by_role("rowheader"))
        for number, text in enumerate(texts):
            if text:
                expect(cells.nth(number)).to_have_text(text)

    def taken(self, link: Locator) -> bytes:
        """Take the file that a link leads to, as the person who sits there."""
        answer = self.page.context.request.get(link.get_attribute("href") or "")
        assert answer.status == 200, answer.url
        return answer.body()

    def sends(self, url: str) -> int:
        """Send a form that the page does not offer, and return the status of the answer."""
        token = self.page.locator("[name=csrfmiddlewaretoken]").first.get_attribute("value") or ""
        return self.page.context.request.post(url, form={"csrfmiddlewaretoken": token}).status

    @property
    def finishes(self) -> str:
        """Return the button that ends a sheet: on a phone it has a shorter name."""
        return "Проверить и завершить" if self.has_scripts else "Завершить"

    # ── What is known behind the scene ──────────────────────────────────────

    @property
    def contest(self) -> Contest:
        """Return the contest as it is now."""
        return Contest.objects.get(code=self.code)

    @property
    def application(self) -> Application:
        """Return the application that was sent through the pages, as it is now."""
        return Application.objects.get(number=self.number)

    @property
    def shown(self) -> str:
        """Return its number as people see it."""
        return self.application.shown_number

    @property
    def cipher(self) -> str:
        """Return the code under which experts read it."""
        dossier = self.application.dossier
        assert dossier is not None
        return dossier.code

    @property
    def remote(self) -> Round:
        """Return the remote tour."""
        tour = self.contest.remote_round
        assert tour is not None
        return tour

    @property
    def defence(self) -> Round:
        """Return the open defence."""
        tour = self.contest.defence_round
        assert tour is not None
        return tour
