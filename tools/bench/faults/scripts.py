"""The kinds of faults: what happens to a person in the middle of typing, and how it ends."""

import contextlib
import time
from collections.abc import Callable
from typing import Final

from playwright.sync_api import Error, Route

from tools.bench.faults.typist import Typist
from tools.bench.faults.verdicts import LIMIT, Outcome, misspoken
from tools.trouble import Trouble

Fault = Callable[[Typist, str], float]
"""Does its harm while a field is being typed; returns the moment after which nothing could be kept."""


def browser_killed(who: Typist, key: str) -> float:
    """SIGKILL to the whole browser, then the same profile again."""
    del key
    died = time.monotonic()
    who.kill()
    who.sit_down()
    return died


def tab_crashed(who: Typist, key: str) -> float:
    """The tab's own program dies."""
    del key
    died = time.monotonic()
    who.crash()
    return died


def tab_closed(who: Typist, key: str) -> float:
    """The tab is closed in the middle of a word."""
    del key
    died = time.monotonic()
    who.page.close()
    who.open()
    return died


def network_off(who: Typist, key: str) -> float:
    """The cable is out for a while; typing goes on."""
    who.context.set_offline(True)
    who.type_on(key, who.random.randint(5, 20))
    time.sleep(who.random.uniform(0, 2))
    who.context.set_offline(False)
    return time.monotonic()


def answer_lost(who: Typist, key: str) -> float:
    """The server saves, the answer does not arrive; later everything does."""

    def swallow(route: Route) -> None:
        # The page may have given the request up meanwhile; that is a lost answer as well.
        with contextlib.suppress(Error):
            route.fetch()
            route.abort("connectionreset")

    who.page.route("**/answer/", swallow)
    who.page.keyboard.press("Tab")
    time.sleep(who.random.uniform(0.1, 0.5))
    who.page.locator(f"textarea[name='{key}']").focus()
    who.page.keyboard.press("Control+End")
    who.type_on(key, who.random.randint(1, 20))
    who.page.unroute("**/answer/")
    return time.monotonic()


def server_killed(who: Typist, key: str) -> float:
    """The server dies and comes back."""
    who.site.kill()
    who.type_on(key, who.random.randint(5, 20))
    time.sleep(who.random.uniform(0, 1))
    who.site.start()
    return time.monotonic()


def session_lost(who: Typist, key: str) -> float:
    """The cookie is gone; the person signs in again in another tab."""
    who.context.clear_cookies(name="sessionid")
    who.type_on(key, who.random.randint(5, 20))
    time.sleep(who.random.uniform(0, 2.5))
    who.sign_in()
    return time.monotonic()


def password_changed(who: Typist, key: str) -> float:
    """The password is changed elsewhere; the person signs in with the new one."""
    who.site.change_password()
    who.type_on(key, who.random.randint(5, 20))
    time.sleep(who.random.uniform(0, 2.5))
    who.sign_in()
    return time.monotonic()


def token_rotated(who: Typist, key: str) -> float:
    """The page's token is stale."""
    who.renew_token()
    who.type_on(key, who.random.randint(1, 10))
    return time.monotonic()


def offline_then_killed(who: Typist, key: str) -> float:
    """No network, and then the power goes too."""
    who.context.set_offline(True)
    who.type_on(key, who.random.randint(5, 20))
    time.sleep(who.random.uniform(0, 2))
    who.type_on(key, who.random.randint(1, 10))
    return browser_killed(who, key)


def signed_out_then_killed(who: Typist, key: str) -> float:
    """The session is over, and then the browser dies."""
    who.site.change_password()
    who.type_on(key, who.random.randint(5, 20))
    time.sleep(who.random.uniform(0, 2))
    return browser_killed(who, key)


def server_and_tab_killed(who: Typist, key: str) -> float:
    """The server dies in the middle of a save, and the tab with it."""
    del key
    who.page.keyboard.press("Tab")
    time.sleep(who.random.uniform(0, 0.1))
    who.site.kill()
    died = time.monotonic()
    who.page.close()
    who.site.start()
    who.open()
    return died


FAULTS: Final[dict[str, tuple[int, Fault]]] = {
    "браузер убит": (2, browser_killed),
    "вкладка упала": (1, tab_crashed),
    "вкладка закрыта": (4, tab_closed),
    "без сети, браузер убит": (1, offline_then_killed),
    "вышли, браузер убит": (1, signed_out_then_killed),
    "сервер и вкладка убиты": (2, server_and_tab_killed),
    "сети нет": (3, network_off),
    "ответ потерян": (3, answer_lost),
    "сервер убит": (3, server_killed),
    "сессия потеряна": (3, session_lost),
    "пароль сменён": (2, password_changed),
    "токен сменён": (2, token_rotated),
}
"""Each with its share of a run."""


def act(who: Typist, kind: str) -> Outcome:
    """Type in one to three fields, do the harm in the last one, let things calm down, count."""
    who.typed.clear()
    keys = who.random.sample(who.keys, who.random.randint(1, 3))
    for key in keys:
        who.type(key, who.random.randint(8, 30))
    if who.random.random() < 0.5:  # noqa: PLR2004  # reason: half of the faults meet a save under way
        time.sleep(who.random.uniform(0, 2))
        who.type_on(keys[-1], who.random.randint(1, 10))
    until = FAULTS[kind][1](who, keys[-1])
    try:
        who.is_still()
    except Trouble as trouble:
        raise Trouble(f"{kind}: {trouble}") from trouble
    return _counted(who, kind, until)


def _counted(who: Typist, kind: str, until: float) -> Outcome:
    signs, seconds, lost, doubled = 0, 0.0, 0, 0
    for key, typed in who.typed.items():
        kept = who.site.text(key)
        missing, since = typed.lost(kept, until=until)
        signs, seconds = signs + missing, max(seconds, since)
        lost += since > LIMIT and (not kept or not typed.text.startswith(kept))
        doubled += who.site.times_saved(key, kept) > 1
    said = misspoken(who.listened())
    return Outcome(kind, signs, seconds, len(who.typed), lost, doubled, said)
