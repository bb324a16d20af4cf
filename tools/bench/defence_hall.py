"""The hall of the bench: a database and a server of its own, a defence with many jurors."""

import subprocess
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, Any, Final

from tools.bench.defence import SCALE, Juror, Network, Rules, Tally, run, tally
from tools.bench.faults.site import free_port, set_up
from tools.environment import ROOT
from tools.trouble import Trouble

if TYPE_CHECKING:
    from innoset.accounts.models import User
    from innoset.contests.models import Contest
    from innoset.review.models import Round

WARM: Final = 60.0
READY: Final = 10
"""The minutes are to be ready so many seconds after the last mark."""


class Hall:
    """One site; each run makes a defence of its own in it."""

    def __init__(self, folder: Path, jurors: int, works: int, criteria: int) -> None:
        self.size = (jurors, works, criteria)
        self.port = free_port()
        set_up(folder, f"http://localhost:{self.port}")
        self.at = datetime.now(UTC)  # noqa: TID251  # reason: the served pages read the clock
        command = [sys.executable, "-m", "tools.bench.defence_server", str(self.port)]
        log = (folder / "web.log").open("a")
        self._server = subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=log, stderr=log)
        self._wait()
        self._last: tuple[Contest, Round, list[User]] | None = None

    def lived(self, rules: Rules, cut: float) -> Tally:
        """Let the jurors of a new defence live through a cut of so many seconds, and count."""
        contest, here, people = self._defence()
        self._last = contest, here, people
        paths = [f"/desk/dossiers/defence/{code}/mark/" for code in _codes(here)]
        jurors = [
            Juror(_cookie(person), Random(place), rules)  # noqa: S311  # reason: the same hall every time
            for place, person in enumerate(people)
        ]
        works = [(path, self.size[2]) for path in paths]
        run(Network(self.port), jurors, lambda _: works, seconds=3 * cut, cut=cut)
        there = [self._kept(here, person) for person in people]
        return tally(jurors, lambda place: there[place])

    def minutes_in_words(self) -> str:
        """Finish every sheet of the last defence and time the minutes from the last mark on."""
        if self._last is None:
            raise Trouble("Защиты ещё не было.")
        from django.test import Client  # noqa: PLC0415  # reason: only after the set-up

        contest, here, people = self._last
        _finish(here, contest.created_by, people, self.at)
        client = Client(SERVER_NAME="localhost")
        _sign_in(client, contest.created_by)
        began = time.monotonic()
        sizes = [
            len(client.get(f"/office/contests/{contest.code}/live/minutes.{form}").content)
            for form in ("pdf", "docx")
        ]
        spent = time.monotonic() - began
        return (
            f"Протокол после последней оценки: {spent:.2f} с, это {spent / READY:.2f} от {READY} с "
            f"(PDF {sizes[0] // 1024} КБ, DOCX {sizes[1] // 1024} КБ). Зал жил в {SCALE} раз быстрее."
        )

    def close(self) -> None:
        """Stop serving."""
        self._server.kill()
        self._server.communicate()

    def _wait(self) -> None:
        import http.client  # noqa: PLC0415  # reason: for this alone

        deadline = time.monotonic() + WARM
        while time.monotonic() < deadline:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=WARM)
            try:
                connection.request("GET", "/", headers={"Host": "localhost"})
                connection.getresponse().read()
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise Trouble("Сервер не ответил за минуту.")

    def _defence(self) -> "tuple[Contest, Round, list[User]]":
        from tools.bench.defence_rows import defence  # noqa: PLC0415  # reason: only after the set-up

        return defence(*self.size, at=self.at)

    @staticmethod
    def _kept(here: "Round", person: "User") -> dict[tuple[str, str], list[str]]:
        from innoset.review.models import Score  # noqa: PLC0415  # reason: only after the set-up

        found: dict[tuple[str, str], list[str]] = defaultdict(list)
        scores = Score.objects.filter(sheet__assignment__round=here, sheet__assignment__expert=person)
        rows = scores.order_by("pk").values_list(
            "sheet__assignment__dossier__code", "criterion__number", "value"
        )
        for code, number, value in rows:
            found[f"/desk/dossiers/defence/{code}/mark/", f"k{number}"].append(str(value))
        return found


def _codes(here: "Round") -> list[str]:
    return list(here.dossiers.order_by("code").values_list("code", flat=True))


def _sign_in(client: Any, person: "User") -> None:
    from allauth.mfa.models import Authenticator  # noqa: PLC0415  # reason: only after the set-up

    Authenticator.objects.get_or_create(user=person, type=Authenticator.Type.TOTP, defaults={"data": {}})
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")


def _cookie(person: "User") -> str:
    from django.conf import settings  # noqa: PLC0415  # reason: only after the set-up
    from django.test import Client  # noqa: PLC0415  # reason: likewise
    from django.utils.crypto import get_random_string  # noqa: PLC0415  # reason: likewise

    client = Client()
    _sign_in(client, person)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    return f"{settings.SESSION_COOKIE_NAME}={session}; csrftoken={get_random_string(32)}"


def _finish(here: "Round", by: "User", people: "list[User]", at: datetime) -> None:
    from innoset.review import actions  # noqa: PLC0415  # reason: only after the set-up
    from innoset.review.models import ScoreSheet  # noqa: PLC0415  # reason: likewise
    from innoset.review.queries.live import board_of  # noqa: PLC0415  # reason: likewise

    for slot in here.slots.all():
        for step in ("call", "start", "mark"):
            turn = actions.Turn(step, board_of(here).version, slot if step == "call" else None)
            actions.conduct(here, turn=turn, by=by, at=at + timedelta(minutes=1))
    for person in people:
        for sheet in ScoreSheet.objects.filter(assignment__round=here, assignment__expert=person):
            actions.finish_sheet(sheet, by=person, at=at + timedelta(minutes=2))
