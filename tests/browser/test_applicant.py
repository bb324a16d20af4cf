"""The applicant's pages in Chromium: accessible in every theme, narrow, saved while typing."""

import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from innoset.accounts.models import User
from innoset.contests.actions import attachments, filling, sendings, word_files
from innoset.contests.models import Application
from innoset.foundation.russian import MOSCOW
from innoset.projects.pure.passport_form import PASSPORT
from innoset.projects.pure.word_out import write_form
from innoset.projects.queries import values_of
from innoset.web.ui.display import CHOICES
from tests import world
from tests.plugins.browser import PHONE
from tests.web.cabinet.pages import FAR_OFF, LONG_AGO

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def draft() -> Application:
    """A draft with a file, a phone in a field, and a Word file read into it."""
    contest = world.contest()
    contest.stages.filter(kind="submission").update(starts_at=LONG_AGO, ends_at=FAR_OFF)
    contest.nominations.create(title="Отчёт")
    answers = world.values(**{"5": "звонить 8 (861) 222-33-44", "6": ""})
    made = world.application(contest, number="2026-0147", answers=answers)
    editor = made.created_by
    word = write_form(PASSPORT, world.values(**{"4": "Цель из файла"}))
    word_files.read_word(made, data=word, name="Паспорт.docx", by=editor, at=world.AT)
    attachments.attach_file(made, data=b"%PDF-1.7\n%%EOF\n", name="Письмо.pdf", by=editor, at=world.AT)
    return made


def sign_in(page: Page, user: User) -> Page:
    """Sign the person in without the door of passwords."""
    client = world.signed_in(user)
    cookie = {
        "name": "sessionid",
        "value": client.cookies["sessionid"].value,
        "domain": "localhost",
        "path": "/",
    }
    page.context.add_cookies([cookie])  # type: ignore[list-item]  # a typed dictionary of the library
    return page


def sent(draft: Application) -> Application:
    """Send the draft and begin to edit it again."""
    editor, at = draft.created_by, world.AT
    filling.answer(draft, key="6", text="Идея. " * 60, by=editor, at=at)
    ticks = ("terms", "publicity", "rights")
    sendings.submit(draft, key="k", consents=ticks, address=None, by=editor, at=at)
    filling.answer(draft, key="6", text="Правка. " * 60, by=editor, at=at)
    return draft


def pages_of(draft: Application) -> list[str]:
    """Return the addresses of the applicant's pages."""
    rest = (
        ("application",), ("section", "idea"), ("section", "stages"), ("attachments",), ("word",),
        ("word_import", 1), ("check",), ("receipt", 1), ("withdraw",),
    )  # fmt: skip
    own = [reverse(f"cabinet:{name}", args=[draft.number, *more]) for name, *more in rest]
    paper = draft.submissions.get().receipt
    return [reverse("cabinet:applications"), *own, reverse("public:check", args=[paper.number, paper.mark])]


@pytest.mark.parametrize("theme", CHOICES["theme"])
def test_pages_are_accessible(
    page: Page, axe: Callable[[Page], None], draft: Application, theme: str
) -> None:
    sign_in(page, draft.created_by)
    for url in pages_of(sent(draft)):
        page.goto(f"{url}?view={theme}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        axe(page)


def test_pages_fit_a_narrow_screen(open_page: Callable[..., Page], draft: Application) -> None:
    page = sign_in(open_page(viewport={**PHONE, "width": 320}), draft.created_by)
    wide: list[Any] = []
    for url in pages_of(sent(draft)):
        page.goto(url)
        inside, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        wide += [url] if inside > screen else []
    assert wide == []


def test_text_is_saved_while_it_is_typed(page: Page, draft: Application) -> None:
    sign_in(page, draft.created_by)
    page.goto(reverse("cabinet:section", args=[draft.number, "idea"]))
    area = page.get_by_label("6. Основная идея", exact=False)
    for text in ("Первая мысль", "Первая мысль и вторая"):
        area.fill(text)
        area.blur()
        with page.expect_response(lambda answer: answer.url.endswith("/answer/")) as caught:
            pass
        assert caught.value.status == 200
    expect(page.locator(".saved")).to_contain_text("Сохранено в")
    page.reload()
    expect(page.get_by_label("6. Основная идея", exact=False)).to_have_value("Первая мысль и вторая")
    assert values_of(draft.project.passport)["6"] == "Первая мысль и вторая"


def test_colleague_in_the_same_field_is_told_of_and_compared(page: Page, draft: Application) -> None:
    sign_in(page, draft.created_by)
    page.goto(reverse("cabinet:section", args=[draft.number, "idea"]))
    colleague = world.member(draft.organisation, name="Орлова Анна Ильинична")
    now = datetime.now(tz=UTC)
    filling.answer(draft, key="6", text="Её мысль", by=colleague, at=now)
    area = page.get_by_label("6. Основная идея", exact=False)
    area.fill("Моя мысль")
    area.blur()
    expect(page.locator(".saved")).to_have_text(
        re.compile(rf"^Поле 6 изменила Орлова А\. И\. (.* )?в {now.astimezone(MOSCOW):%H:%M}\. Сравнить$")
    )
    page.get_by_role("button", name="Сохранить и продолжить").click()
    expect(page.get_by_role("alert")).to_contain_text("Сравните тексты")
    page.get_by_label("Оба подряд").check()
    page.get_by_role("button", name="Сохранить и продолжить").click()
    page.wait_for_url("**/sections/grounds/")
    assert values_of(draft.project.passport)["6"] == "Её мысль\n\nМоя мысль"


def test_whole_way_without_scripts(open_page: Callable[..., Page], draft: Application) -> None:
    page = sign_in(open_page(java_script_enabled=False), draft.created_by)
    page.goto(reverse("cabinet:word_import", args=[draft.number, 1]))
    page.get_by_role("button", name="Перенести отмеченное").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Проверить и отправить")
    page.get_by_role("link", name="К списку разделов").click()
    page.get_by_role("link", name="Замысел").click()
    page.get_by_label("6. Основная идея", exact=False).fill("Идея без сценариев. " * 20)
    page.get_by_role("button", name="Сохранить и остаться").click()
    page.goto(reverse("cabinet:check", args=[draft.number]))
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_role("button", name="Отправить заявку").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Заявка отправлена")
    expect(page.locator(".number")).to_have_text("ИП-2026-0147")
