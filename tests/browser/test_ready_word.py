"""From the door to the receipt with a ready Word file: twelve actions, also by hand on a phone without scripts."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from innoset.accounts.actions import confirm_address
from innoset.accounts.models import User
from innoset.contests.models import Application
from innoset.network.states import Role
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.word_out import write_form
from innoset.projects.queries import values_of
from tests import world
from tests.plugins.browser import DESKTOP, PHONE
from tests.web.cabinet.pages import FAR_OFF, LONG_AGO

pytestmark = pytest.mark.django_db(transaction=True)
MOST = 12
WAYS = [
    pytest.param({"viewport": DESKTOP}, id="desktop"),
    pytest.param({"viewport": PHONE, "has_touch": True}, id="phone"),
    pytest.param({"viewport": PHONE, "java_script_enabled": False}, id="phone-without-scripts"),
]


@dataclass
class Hand:
    """A person at the screen: whatever is typed, chosen, ticked or pressed is counted."""

    page: Page
    done: list[str] = field(default_factory=list)

    def type(self, label: str, text: str) -> None:
        self.page.get_by_label(label).fill(text)
        self.done.append(f"typed {label}")

    def choose(self, label: str, path: Path) -> None:
        self.page.get_by_label(label).set_input_files(path)
        self.done.append(f"chose {label}")

    def press(self, name: str, kind: Any = "button") -> None:
        self.page.get_by_role(kind, name=re.compile(f"^{name}")).first.click()
        self.done.append(f"pressed {name}")

    def tick_all(self) -> None:
        for box in self.page.get_by_role("checkbox").all():
            box.check()
            self.done.append("ticked")


@pytest.fixture
def head(reference: None, at: datetime) -> User:
    """The head of a school for which a contest is open."""
    contest = world.contest()
    contest.stages.filter(kind="submission").update(starts_at=LONG_AGO, ends_at=FAR_OFF)
    made = world.member(world.organisation("МБОУ СОШ № 5"), Role.HEAD, "Берестова Анна Ильинична")
    confirm_address(made, by=made, at=at)
    return made


@pytest.fixture
def ready(tmp_path: Path) -> Path:
    """A passport that somebody has filled in Word."""
    path = tmp_path / "Паспорт проекта.docx"
    path.write_bytes(write_form(PASSPORT, world.values()))
    return path


@pytest.mark.parametrize("options", WAYS)
def test_twelve_actions_lead_from_the_door_to_the_receipt(
    open_page: Callable[..., Page], head: User, ready: Path, options: dict[str, Any]
) -> None:
    hand = Hand(open_page(**options))
    hand.page.goto("/accounts/login/")
    hand.type("Электронная почта", head.email)
    hand.type("Пароль", "пароль-42")
    hand.press("Войти$")
    hand.press("Заявки", "link")
    hand.press("Подать заявку", "link")
    hand.choose("Файл с готовым паспортом", ready)
    hand.press("Начать заявку")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Распознано полей: 31 из 31")
    _fits(hand.page)
    hand.press("Перенести отмеченное")
    expect(hand.page).to_have_url(re.compile("/check/$"))
    _fits(hand.page)
    hand.tick_all()
    hand.press("Отправить заявку")
    expect(hand.page.get_by_role("heading", level=1)).to_have_text("Заявка отправлена")
    assert len(hand.done) <= MOST, hand.done
    [application] = Application.objects.all()
    assert values_of(application.project.passport) == world.values()
    assert application.submissions.get().version.values == world.values()


def _fits(page: Page) -> None:
    """Nothing of the page lies beside the screen."""
    inside, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    assert inside <= screen


def test_refused_file_costs_one_more_choice(page: Page, head: User, ready: Path, tmp_path: Path) -> None:
    broken = tmp_path / "Паспорт.doc"
    broken.write_bytes(b"\xd0\xcf\x11\xe0 not a document")
    hand = Hand(page)
    page.goto("/accounts/login/")
    hand.type("Электронная почта", head.email)
    hand.type("Пароль", "пароль-42")
    hand.press("Войти$")
    page.goto("/cabinet/applications/")
    hand.press("Подать заявку", "link")
    hand.choose("Файл с готовым паспортом", broken)
    hand.press("Начать заявку")
    expect(page.get_by_role("main")).to_contain_text(
        "Заявка начата, но файл не прочитан. Это старый формат .doc. Откройте в Word и сохраните как .docx."
    )
    hand.choose("Файл паспорта", ready)
    hand.press("Прочитать файл")
    expect(page.get_by_role("heading", level=1)).to_have_text("Распознано полей: 31 из 31")
    assert Application.objects.count() == 1
