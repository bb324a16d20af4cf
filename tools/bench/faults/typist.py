"""A person at a browser that can be killed: types, and remembers when each sign was there."""

import contextlib
import os
import shutil
import signal
import time
from pathlib import Path
from random import Random
from typing import Any, Final

from playwright.sync_api import BrowserContext, Error, Page, Playwright

from tools.bench.faults.site import Site
from tools.bench.faults.verdicts import Typed
from tools.trouble import Trouble

FLAGS: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-sync",
)
NAMES: Final = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
WAIT: Final = 30_000
CALM: Final = 75.0
"""Seconds until all is sent at the latest; a request that hangs is given up after twenty."""
RHYTHM: Final = 0.02
"""Seconds between two signs, three times as quick as a typist."""
LISTEN: Final = """
addEventListener("DOMContentLoaded", () => {
  window.said = [];
  const line = document.querySelector("saved-line");
  if (line) new MutationObserver(() => said.push(line.textContent)).observe(line, {childList: true});
});
"""
WAITS: Final = """() => {
  const form = document.querySelector("autosave-form"), left = document.querySelector("left-drafts");
  if (!form?.heard?.length || !left?.letters) return ["not started"];
  const waits = {
    "no key": !form.store.open, sending: form.busy, held: form.held, sweeping: left.busy || !left.timer,
    letters: left.letters.length, texts: [...form.slots.values()].filter((slot) => slot.saves.length || slot.dirty).length,
  };
  return Object.keys(waits).filter((name) => waits[name]);
}"""


class Typist:
    """Sits at the section of the site; `page` is the tab in front."""

    def __init__(self, site: Site, playwright: Playwright, random: Random) -> None:
        self.site, self.random = site, random
        self._playwright = playwright
        self._profile = site.folder / "profile"
        self.typed: dict[str, Typed] = {}
        self.said: list[str] = []
        self.context: BrowserContext
        self.page: Page

    def sit_down(self) -> None:
        """Start the browser on the same profile, sign in, open the section."""
        self.context = self._playwright.chromium.launch_persistent_context(
            str(self._profile), executable_path=_chromium(), args=list(FLAGS), locale="ru-RU"
        )
        self.context.set_default_timeout(WAIT)
        self.context.add_init_script(LISTEN)
        self.sign_in()
        self.open()

    def sign_in(self) -> None:
        """Come in anew: another session, another token."""
        self.renew_token()
        self.context.add_cookies([{"name": "sessionid", "value": self.site.session(), "url": self.site.url}])

    def renew_token(self) -> None:
        """Let the token of the open page grow stale."""
        token = "".join(self.random.choices("abcdefghijkmnpqrstuvwxyz0123456789", k=32))
        self.context.add_cookies([{"name": "csrftoken", "value": token, "url": self.site.url}])

    def open(self) -> None:
        """Open the section in a tab of its own."""
        self.page = self.context.new_page()
        self.page.goto(self.site.url + self.site.page)
        self.keys = self.page.eval_on_selector_all(
            "autosave-form textarea", "all => all.map((one) => one.name)"
        )

    def type(self, key: str, signs: int) -> None:
        """Replace the text of a field, sign by sign."""
        self.page.locator(f"textarea[name='{key}']").focus()
        self.page.keyboard.press("Control+A")
        self.typed[key] = Typed("", ())
        self.type_on(key, signs)

    def type_on(self, key: str, signs: int) -> None:
        """Go on where the text ends; each sign is written down with its moment."""
        text = "".join(self.random.choices("абвгдежзиклмнопрстуфхцчшщэюя", k=signs))
        for sign in text:
            time.sleep(self.random.uniform(0, 2 * RHYTHM))
            self.page.keyboard.insert_text(sign)
            before = self.typed[key]
            self.typed[key] = Typed(before.text + sign, (*before.moments, time.monotonic()))

    def is_still(self) -> None:
        """Look at the page, which makes it try again, until it has nothing more to send."""
        deadline = time.monotonic() + CALM
        while waits := self.page.evaluate(WAITS):
            if time.monotonic() > deadline:
                raise Trouble(
                    f"Страница не успокоилась: {waits}, {self.page.evaluate('() => said.slice(-3)')}"
                )
            time.sleep(0.1)
            # A look begins a sweep: whoever looks again at once never sees one end.
            if waits != ["sweeping"]:
                self.page.evaluate("() => dispatchEvent(new Event('focus'))")

    def listened(self) -> list[str]:
        """Return what the page has said since the last time."""
        said: list[str] = self.page.evaluate("() => said.splice(0)")
        return said

    def kill(self) -> None:
        """End every program of the browser at once, as a power cut does."""
        power_off(self._profile)
        with contextlib.suppress(Error):
            self.context.close()

    def crash(self) -> None:
        """Let the programs of the tabs die; the browser, full of dead tabs, is ended and started anew."""
        for pid in _pids_of(self._profile, having="--type=renderer"):
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(0.2)
        self.kill()
        self.sit_down()

    def get_up(self) -> None:
        """Close the browser as people do."""
        with contextlib.suppress(Error):
            self.context.close()


def power_off(profile: Path) -> None:
    """Kill every program that was started on this profile, and nothing else."""
    for pid in _pids_of(profile):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    for leftover in profile.glob("Singleton*"):
        leftover.unlink()


def _pids_of(profile: Path, *, having: str = "") -> list[int]:
    """Return the programs that were started on this profile."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            with contextlib.suppress(OSError):
                command = (folder / "cmdline").read_text(errors="replace")
                if str(profile) in command and having in command:
                    found.append(int(folder.name))
    return found


def _chromium() -> str:
    path: Any = os.environ.get("CHROMIUM") or next(
        (found for name in NAMES if (found := shutil.which(name))), None
    )
    if path is None:
        raise Trouble("Не найден Chromium: установите его или укажите путь в CHROMIUM.")
    return str(path)
