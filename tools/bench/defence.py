"""`make bench ARGS=defence`: thirty jurors lose the network for ten minutes and not a mark; then the minutes.

A real server in a process of its own, thirty jurors in threads over HTTP, each with a queue that keeps to the
rules of `<mark-queue>`: a mark gets a growing number and is written down at once, one after another they go,
what was not answered goes again, of a field only the newest waits. In the middle the network is cut; what was
under way is lost on the way there or on the way back. When it returns, old requests arrive late once more.
"""

import http.client
import re
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import Random
from threading import Event
from typing import Final
from urllib.parse import quote, urlencode

JURORS: Final = 30
CRITERIA: Final = 5
WORKS: Final = 2
CUT: Final = 600
"""Seconds without network in the hall."""
SCALE: Final = 100
"""How much faster than the hall the bench lives."""
PAUSE: Final = 0.05
PATIENCE: Final = 120.0
STRAYS, UNHEARD = 0.1, 0.05
"""The share of requests that reach the server through the cut, and of answers that get lost without one."""


class Lost(Exception):
    """A request or its answer did not come through."""


@dataclass
class Network:
    """The network of the hall: up or down; around the cut it loses requests and answers."""

    port: int
    is_up: Event = field(default_factory=Event)

    def post(self, path: str, cookie: str, data: dict[str, str], chance: Random) -> int:
        """Post a form and return the status; raise Lost when the request or the answer is lost."""
        if not self.is_up.is_set():
            # What is sent at the moment of the cut may reach the server, though nobody hears of it.
            if chance.random() < STRAYS:
                self._send(path, cookie, data)
            raise Lost
        status = self._send(path, cookie, data)
        if not self.is_up.is_set() or chance.random() < UNHEARD:
            raise Lost
        return status

    def _send(self, path: str, cookie: str, data: dict[str, str]) -> int:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        token = re.search(r"csrftoken=(\w+)", cookie)
        headers = {
            "Host": "localhost",
            "Cookie": cookie,
            "X-CSRFToken": token[1] if token else "",
            "X-Autosave": "1",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        try:
            connection.request("POST", quote(path), urlencode(data), headers)
            answer = connection.getresponse()
            answer.read()
        except OSError as no:
            raise Lost from no
        finally:
            connection.close()
        return answer.status


@dataclass(frozen=True)
class Rules:
    """The guards of the queue; switched off one by one for the controls."""

    keeps: bool = True
    numbers: bool = True


@dataclass
class Juror:
    """One juror with a telephone: what was put last in each field, and what still waits to be sent."""

    cookie: str
    chance: Random
    rules: Rules
    put: dict[tuple[str, str], str] = field(default_factory=dict)
    waiting: dict[tuple[str, str], tuple[str, int]] = field(default_factory=dict)
    sent: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    number: int = 0

    def mark(self, path: str, name: str, value: str) -> None:
        """Put a mark: it gets its number and is written down."""
        self.number += 1
        self.put[path, name] = value
        self.waiting[path, name] = (value, self.number)

    def drain(self, network: Network) -> bool:
        """Send what waits, one after another; tell whether nothing waits any more."""
        for key in list(self.waiting):
            value, number = self.waiting[key]
            path, name = key
            data = {"field": name, name: value, "sequence": str(number if self.rules.numbers else 0)}
            self.sent.append((path, data))
            try:
                status = network.post(path, self.cookie, data, self.chance)
            except Lost:
                if self.rules.keeps:
                    return False
                status = 200
            if status == 200 and self.waiting.get(key) == (value, number):  # noqa: PLR2004  # reason: HTTP's word for «taken»
                del self.waiting[key]
        return not self.waiting

    def echo(self, network: Network) -> None:
        """Let old requests arrive late once more, out of order."""
        for path, data in self.chance.sample(self.sent, len(self.sent) // 2):
            network._send(path, self.cookie, data)  # noqa: SLF001  # reason: late ones pass the cut


def live(juror: Juror, network: Network, works: list[tuple[str, int]], seconds: float) -> None:
    """Mark the works, changing one's mind, all through the cut; then send until all is taken."""
    ends = time.monotonic() + seconds
    while time.monotonic() < ends:
        path, criteria = juror.chance.choice(works)
        name = f"k{juror.chance.randint(1, criteria)}"
        juror.mark(path, name, str(juror.chance.randint(3, 5)))
        juror.drain(network)
        time.sleep(juror.chance.uniform(PAUSE, 10 * PAUSE))
    for path, criteria in works:
        for number in range(1, criteria + 1):
            if (path, f"k{number}") not in juror.put:
                juror.mark(path, f"k{number}", "4")
    patience = time.monotonic() + PATIENCE
    while not juror.drain(network) and time.monotonic() < patience:
        time.sleep(PAUSE)
    juror.echo(network)


@dataclass(frozen=True)
class Tally:
    """What came of it."""

    put: int
    lost: int
    wrong: int
    doubled: int


def run(
    network: Network,
    jurors: list[Juror],
    works: Callable[[int], list[tuple[str, int]]],
    *,
    seconds: float,
    cut: float,
) -> None:
    """Let all jurors live, and cut the network in the middle."""
    network.is_up.set()
    with ThreadPoolExecutor(len(jurors)) as hall:
        done = [hall.submit(live, one, network, works(place), seconds) for place, one in enumerate(jurors)]
        time.sleep(max(0.0, (seconds - cut) / 2))
        network.is_up.clear()
        time.sleep(cut)
        network.is_up.set()
        for one in done:
            one.result()


def tally(jurors: list[Juror], kept: Callable[[int], dict[tuple[str, str], list[str]]]) -> Tally:
    """Hold what stands in the tables against what every juror put last."""
    put = lost = wrong = doubled = 0
    for place, juror in enumerate(jurors):
        there = kept(place)
        for key, value in juror.put.items():
            found = there.get(key, [])
            put += 1
            lost += not found
            wrong += bool(found) and found[-1] != value
            doubled += len(found) > 1
    return Tally(put, lost, wrong, doubled)


def main(jurors: int = JURORS) -> int:
    """Run the bench and its controls; the status is 1 when a mark was lost, is wrong or stands twice."""
    with tempfile.TemporaryDirectory(prefix="innoset-defence-") as folder:
        from tools.bench.defence_hall import Hall  # noqa: PLC0415  # reason: needs no Django until then

        hall = Hall(Path(folder), jurors, WORKS, CRITERIA)
        try:
            status = _told("С очередью", hall.lived(Rules(), CUT / SCALE), must_hold=True)
            print(hall.minutes_in_words())
            _told("Без очереди (контроль)", hall.lived(Rules(keeps=False), CUT / SCALE))
            _told("Без номеров (контроль)", hall.lived(Rules(numbers=False), CUT / SCALE))
        finally:
            hall.close()
    return status


def _told(title: str, found: Tally, *, must_hold: bool = False) -> int:
    print(
        f"{title}: оценок {found.put}, потеряно {found.lost}, не последних {found.wrong}, "
        f"двойных {found.doubled}."
    )
    return int(must_hold and bool(found.lost or found.wrong or found.doubled))
