"""A file on a bad line: cut, resumed, taken up after the page was closed; and the limits said at once."""

import random
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Page, Route, expect

from innoset.contests.models import Application
from innoset.contests.queries.applications import files_of
from innoset.foundation.files.models import Upload
from innoset.foundation.files.storage import read
from tests import world
from tests.web.cabinet.pages import open_contest

pytestmark = pytest.mark.django_db(transaction=True)

SIZE = 3 * 2**20
AT_64_KBIT = 8 * 1024
"""Bytes a second."""


@pytest.fixture
def draft() -> Application:
    return world.application(open_contest(), number="2026-0147", answers={})


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    """A file of three megabytes that no compression helps."""
    path = tmp_path / "Письмо № 5 & план #2.pdf"
    path.write_bytes(b"%PDF-1.7\n" + random.Random(7).randbytes(SIZE - 9))  # noqa: S311  # reason: only bytes
    return path


@pytest.fixture
def files_page(page: Page, draft: Application, let_in: Any) -> Page:
    let_in(page, draft.created_by)
    page.goto(reverse("cabinet:attachments", args=[draft.number]))
    return page


def choose(page: Page, path: Path) -> None:
    page.get_by_label("Файл", exact=True).set_input_files(path)


def attach(page: Page) -> None:
    page.get_by_role("button", name="Приложить файл").click()


def line_dead_after(most: int, sent: list[int]) -> Callable[[Route], None]:
    """Let so many pieces through, and write down where each began."""

    def pass_on(route: Route) -> None:
        sent.append(int(route.request.headers["upload-offset"]))
        if len(sent) <= most:
            route.continue_()
        else:
            route.abort("aborted")

    return pass_on


def test_file_survives_three_cuts(files_page: Page, draft: Application, letter: Path) -> None:
    """The second, fifth and eighth pieces are cut: on the way there, in the middle, on the way back."""
    seen: list[int] = []

    def line(route: Route) -> None:
        seen.append(int(route.request.headers["upload-offset"]))
        if len(seen) in (2, 5):
            route.abort("aborted")
        elif len(seen) == 8:
            route.fetch()  # it arrived; the answer did not
            route.abort("aborted")
        else:
            route.continue_()

    files_page.route("**/uploads/*/", line)
    choose(files_page, letter)
    files_page.get_by_label("Что это за файл").fill("Письмо")
    attach(files_page)
    expect(files_page.locator("upload-file .saved")).to_have_text(
        "Нет связи. Загрузка продолжится сама, не закрывайте страницу"
    )
    expect(files_page.get_by_text("Файл приложен.")).to_be_visible()
    (kept,) = files_of(draft)
    assert (kept.name, read(kept)) == (letter.name, letter.read_bytes())
    assert len(seen) > 12
    again = [offset for offset, before in zip(seen[1:], seen, strict=False) if offset <= before]
    assert len(again) >= 3
    expect(files_page.get_by_text("Недогруженные файлы")).to_have_count(0)


def test_file_is_taken_up_after_the_page_was_closed(
    files_page: Page, draft: Application, letter: Path
) -> None:
    sent: list[int] = []
    files_page.route("**/uploads/*/", line_dead_after(2, sent))
    choose(files_page, letter)
    attach(files_page)
    expect(files_page.locator("upload-file .saved")).to_contain_text("Нет связи")
    files_page.get_by_role("button", name="Остановить").click()
    expect(files_page.locator("upload-file .saved")).to_have_text(
        "Загрузка остановлена. Загруженное сохранено"
    )
    files_page.unroute("**/uploads/*/")
    files_page.reload()
    expect(files_page.get_by_role("heading", name="Недогруженные файлы")).to_be_visible()
    begun = Upload.objects.get().received
    sent.clear()
    files_page.route("**/uploads/*/", line_dead_after(99, sent))
    choose(files_page, letter)
    attach(files_page)
    expect(files_page.get_by_text("Файл приложен.")).to_be_visible()
    assert (sent[0], begun >= 256 * 1024) == (begun, True)
    assert read(files_of(draft)[0]) == letter.read_bytes()


def test_another_file_of_the_same_name_and_size_begins_anew(
    files_page: Page, draft: Application, letter: Path
) -> None:
    files_page.route("**/uploads/*/", line_dead_after(1, []))
    choose(files_page, letter)
    attach(files_page)
    expect(files_page.locator("upload-file .saved")).to_contain_text("Нет связи")
    files_page.get_by_role("button", name="Остановить").click()
    files_page.unroute("**/uploads/*/")
    letter.write_bytes(b"%PDF-1.4\n" + bytes(SIZE - 9))
    choose(files_page, letter)
    attach(files_page)
    expect(files_page.get_by_text("Файл приложен.")).to_be_visible()
    assert read(files_of(draft)[0]) == letter.read_bytes()


def test_limits_are_checked_before_anything_is_sent(files_page: Page, tmp_path: Path) -> None:
    sent: list[str] = []
    # The browser fetches the icon of the page whenever it likes: only what carries something counts.
    files_page.on("request", lambda request: sent.append(request.url) if request.method != "GET" else None)
    large, empty = tmp_path / "Видео.pdf", tmp_path / "Пустой.pdf"
    with large.open("wb") as file:
        file.truncate(20 * 2**20 + 1)
    empty.touch()
    for path, said in (
        (large, "Файл «Видео.pdf» больше 20 МБ. Уменьшите его и выберите снова."),
        (empty, "Файл «Пустой.pdf» пустой. Выберите другой файл."),
    ):
        choose(files_page, path)
        expect(files_page.get_by_role("alert")).to_have_text(said)
        attach(files_page)
    assert sent == []


def test_file_that_is_not_taken_is_refused_at_its_field(files_page: Page, tmp_path: Path) -> None:
    path = tmp_path / "Письмо.pdf"
    path.write_bytes(b"MZ\x90\x00" + bytes(100))
    choose(files_page, path)
    files_page.get_by_label("Что это за файл").fill("Не пропадёт")
    attach(files_page)
    expect(files_page.get_by_role("alert")).to_contain_text("Файл «Письмо.pdf» не подходит.")
    expect(files_page.get_by_label("Что это за файл")).to_have_value("Не пропадёт")


def test_slow_line_shows_how_far_the_file_has_come(files_page: Page, tmp_path: Path) -> None:
    """At 64 kbit/s the bar moves within a piece, and pieces are not given up for being slow."""
    network = files_page.context.new_cdp_session(files_page)
    network.send("Network.enable")
    slow = {
        "offline": False,
        "latency": 100,
        "downloadThroughput": AT_64_KBIT,
        "uploadThroughput": AT_64_KBIT,
    }
    path = tmp_path / "Письмо.pdf"
    path.write_bytes(b"%PDF-1.7\n" + random.Random(7).randbytes(60_000))  # noqa: S311  # reason: only bytes
    choose(files_page, path)
    network.send("Network.emulateNetworkConditions", slow)
    began = time.monotonic()
    attach(files_page)
    bar = files_page.locator("upload-file progress")
    expect(bar).to_be_visible()
    expect(files_page.locator("upload-file b")).to_have_text("Загружено 0,1 из 0,1 МБ")
    expect(files_page.get_by_text("Файл приложен.")).to_be_attached(timeout=40_000)
    assert time.monotonic() - began > 5
