"""`make screenshots`: a fresh demo year in a temporary folder, and the pictures of docs/images taken from it."""

import base64
import socket
import struct
import subprocess
import tempfile
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Browser, FilePayload, Locator, Page, sync_playwright

from tools import environment, processes
from tools.environment import PYTHON, ROOT, VENV
from tools.trouble import Trouble, tell

HOST: Final = "127.0.0.1"
IMAGES: Final = ROOT / "docs" / "images"
DESK: Final = {"width": 1280, "height": 900}
PHONE: Final = {"width": 360, "height": 900}
HEAVIEST: Final = 120_000
"""Bytes of one picture: the README is read over a telephone, too."""
PATIENCE: Final = 60.0
DOCX: Final = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

MIP, MSIP, MLSV = (
    "Муниципальный конкурс инновационных проектов",
    "Муниципальный конкурс сетевых инновационных проектов",
    "Конкурс муниципальных лидеров сетевого взаимодействия",
)


def main() -> int:
    """Take every picture; the status is 1 when one is too heavy."""
    with tempfile.TemporaryDirectory(prefix="innoset-pictures-") as folder, _served(Path(folder)) as address:
        IMAGES.mkdir(parents=True, exist_ok=True)
        with sync_playwright() as driver:
            browser = driver.chromium.launch(executable_path=_chromium(), args=["--no-sandbox"])
            _public(browser, address)
            _cabinet(browser, address)
            _desk(browser, address)
            _office(browser, address)
            browser.close()
    return _weighed()


# ── The server ──────────────────────────────────────────────────────────────


@contextmanager
def _served(var: Path) -> Iterator[str]:
    """Fill an empty database with the demo year and serve it until the pictures are taken."""
    port = _free_port()
    address = f"http://{HOST}:{port}"
    env = environment.child_environment() | {"INNOSET_VAR": str(var), "DATABASE_URL": "", "SITE_URL": address}
    env["DJANGO_SETTINGS_MODULE"] = "innoset.conf.dev"
    for command in (["migrate", "-v0"], ["collectstatic", "--noinput", "-v0"], ["demo"]):
        subprocess.run([PYTHON, "manage.py", *command], check=True, cwd=ROOT, env=env)
    options = ["--interface", "wsgi", "--host", HOST, "--port", str(port), "--log-level", "warning"]
    web = [str(VENV / "bin" / "granian"), *options, "innoset.conf.wsgi:application"]
    server = processes.start(web, log=var / "web.log", env=env)
    try:
        _wait(port)
        yield address
    finally:
        processes.stop([server])


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait(port: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with socket.socket() as probe:
            if probe.connect_ex((HOST, port)) == 0:
                return
        time.sleep(0.2)
    raise Trouble(f"Сервер не ответил за {PATIENCE:.0f} с.")


def _chromium() -> str | None:
    """Return Debian's Chromium, or None for the one that the driver has fetched."""
    here = Path("/usr/bin/chromium")
    return str(here) if here.exists() else None


# ── The pictures ────────────────────────────────────────────────────────────


def _public(browser: Browser, address: str) -> None:
    page = _guest(browser, address)
    page.goto("/")
    _shot(page, "home")
    page.goto("/statuses/")
    _shot(page, "register")
    page.context.close()


def _cabinet(browser: Browser, address: str) -> None:
    """A school repeats last year's passport: its own Word file fills the new application."""
    page = _enter(_guest(browser, address), "Руководитель школы")
    _follow(page, "Заявки")
    page.get_by_role("row").get_by_role("link").first.click()
    passport = _taken(page, page.get_by_role("link", name="Отправленный паспорт"))
    _follow(page, "Заявки")
    _follow(page, f"Подать заявку на конкурс «{MIP}»")
    page.get_by_label("Номинация").select_option(index=1)
    _press(page, "Начать заявку")
    draft = page.url
    _follow(page, "Загрузить из файла")
    page.get_by_label("Файл паспорта").set_input_files(passport)
    _press(page, "Прочитать файл")
    _shot(page, "word")
    for tick in page.get_by_role("checkbox").all()[-8:]:
        tick.uncheck()
    _press(page, "Перенести отмеченное")
    page.goto(draft)
    _shot(page, "application")
    page.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    page.reload()
    _shot(page, "phone")
    page.context.close()


def _desk(browser: Browser, address: str) -> None:
    """An expert has put the first marks beside the document."""
    page = _enter(_guest(browser, address), "Эксперт")
    page.get_by_role("link", name="Начать:").first.click()
    _press(page, "Конфликта нет")
    page.locator("[data-total]").wait_for()
    page.wait_for_load_state("load")
    for mark in ("4", "5", "3"):
        with page.expect_response("**/mark/"):
            page.keyboard.press(mark)
        page.keyboard.press("ArrowDown")
    page.evaluate("scrollTo(0, 0)")
    _shot(page, "sheet")
    page.context.close()


def _office(browser: Browser, address: str) -> None:
    """The matrix of one contest; the council and the order of another."""
    page = _enter(_guest(browser, address), "Организатор конкурсов")
    _contest(page, MSIP)
    _follow(page, "Экспертиза")
    _follow(page, "Открыть тур")
    page.get_by_role("navigation", name="Разделы тура").get_by_role("link", name="Назначения").click()
    _shot(page, "matrix")
    _sit(page)
    _shot(page, "council", top=page.get_by_role("heading", name="Рейтинг и решения"))
    _press(page, "Закрыть заседание и составить протокол")
    _contest(page, MLSV)
    _follow(page, "Приказ")
    _press(page, "Составить проект приказа")
    page.get_by_label("Номер приказа").fill("1874")
    page.get_by_label("Дата приказа").fill(page.evaluate("new Date().toISOString().slice(0, 10)"))
    _press(page, "Внести реквизиты")
    _shot(page, "order")
    page.context.close()


def _sit(page: Page) -> None:
    """Open the sitting with a quorum and decide everything by the ranking."""
    _contest(page, MLSV)
    _follow(page, "Совет")
    for box in page.get_by_role("checkbox").all()[:5]:
        box.check()
    for name in ("Сохранить состав", "Открыть заседание", "Решить остальные по рейтингу"):
        _press(page, name)


# ── What a hand does ────────────────────────────────────────────────────────


def _guest(browser: Browser, address: str) -> Page:
    size = DESK["width"], DESK["height"]
    context = browser.new_context(
        base_url=address, viewport={"width": size[0], "height": size[1]}, locale="ru-RU"
    )
    page = context.new_page()
    page.set_default_timeout(15_000)
    return page


def _enter(page: Page, role: str) -> Page:
    page.goto("/accounts/login/")
    _press(page, role)
    return page


def _contest(page: Page, title: str) -> None:
    page.goto("/office/contests/")
    _follow(page, title)


def _follow(page: Page, name: str) -> None:
    page.get_by_role("link", name=name, exact=True).first.click()


def _press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def _taken(page: Page, link: Locator) -> FilePayload:
    answer = page.context.request.get(link.get_attribute("href") or "")
    return {"name": "Паспорт проекта.docx", "mimeType": DOCX, "buffer": answer.body()}


def _shot(page: Page, name: str, *, top: Locator | None = None) -> None:
    """Write what a screen shows, from a heading down where one is named."""
    page.wait_for_load_state("load")
    if top is not None:
        top.evaluate("one => scrollTo(0, one.getBoundingClientRect().top + scrollY - 24)")
    taken = page.screenshot(animations="disabled", caret="hide")
    (IMAGES / f"{name}.png").write_bytes(_lighter(page.context.browser, taken))


# ── A lighter picture ───────────────────────────────────────────────────────

REDRAWN: Final = """async source => {
  const image = new Image()
  image.src = 'data:image/png;base64,' + source
  await image.decode()
  const {width, height} = image
  const brush = new OffscreenCanvas(width, height).getContext('2d')
  brush.drawImage(image, 0, 0)
  const pixels = new Uint32Array(brush.getImageData(0, 0, width, height).data.buffer)
  const many = new Map()
  for (const one of pixels) many.set(one, (many.get(one) ?? 0) + 1)
  const palette = [...many].sort((a, b) => b[1] - a[1]).slice(0, 256).map(([one]) => one)
  const part = (one, shift) => (one >>> shift) & 255
  const far = (a, b) => [0, 8, 16].reduce((sum, shift) => sum + (part(a, shift) - part(b, shift)) ** 2, 0)
  const place = new Map()
  for (const one of many.keys()) {
    const ways = palette.map(other => far(one, other))
    place.set(one, ways.indexOf(Math.min(...ways)))
  }
  let rows = ''
  for (let row = 0; row < height; row++) {
    const line = Array.from(pixels.subarray(row * width, (row + 1) * width), one => place.get(one))
    rows += '\\0' + String.fromCharCode(...line)
  }
  return {width, height, rows: btoa(rows), palette: palette.map(one => [0, 8, 16].map(shift => part(one, shift)))}
}"""


def _lighter(browser: Browser | None, picture: bytes) -> bytes:
    """Return the same picture in its 256 commonest colours, a third of the weight; the browser is the decoder."""
    if browser is None:
        return picture
    blank = browser.new_page()
    found = blank.evaluate(REDRAWN, base64.b64encode(picture).decode())
    blank.close()
    head = struct.pack(">IIBBBBB", found["width"], found["height"], 8, 3, 0, 0, 0)
    colours = bytes(part for colour in found["palette"] for part in colour)
    rows = zlib.compress(base64.b64decode(found["rows"]), 9)
    chunks = ((b"IHDR", head), (b"PLTE", colours), (b"IDAT", rows), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def _weighed() -> int:
    heavy = 0
    for picture in sorted(IMAGES.glob("*.png")):
        size = picture.stat().st_size
        heavy += size > HEAVIEST
        print(f"{picture.name:18} {size // 1000:4} КБ{'  слишком много' if size > HEAVIEST else ''}")
    return 1 if heavy else 0


if __name__ == "__main__":
    tell(main)
