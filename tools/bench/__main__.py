"""Builds the rows in a temporary folder, measures the main pages, prints one table."""

import os
import sys
import tempfile
import time
from itertools import groupby
from typing import TYPE_CHECKING, Final

from tools.bench.verdicts import Measured, faults, table
from tools.trouble import Trouble, tell

if TYPE_CHECKING:
    from tools.bench.pages import Page
    from tools.bench.rows import Rows

SIZES: Final = (1, 100, 300, 1000)
FULL_TABLE: Final = 300
"""A table is weighed with as many rows as people look at on one page."""


def main() -> int:
    """Measure; the status is 1 when a page breaks a budget of size or queries."""
    apart = APART.get("".join(sys.argv[1:2]))
    if apart:
        return apart(sys.argv[2:])
    sizes = _sizes(sys.argv[1:])
    with tempfile.TemporaryDirectory(prefix="innoset-bench-") as folder:
        _set_up(folder)
        began = time.monotonic()
        pages, floor = _measured(sizes)
    broken = [page for page in pages if faults(page, weigh_at=FULL_TABLE)]
    print(table(pages, weigh_at=FULL_TABLE))
    print(
        "\nКБ — по сети с пустым кэшем, сжато, со стилями, сценариями и заголовками. "
        "SQL — запросов к базе.\nВремя — процессорное, во сколько раз больше, чем у пустой страницы "
        f"в 10 КБ ({floor:.2f} мс здесь); оно ничего не решает.\nСтраниц: {len(pages)}, вне пределов: {len(broken)}. "
        f"Измерено за {time.monotonic() - began:.0f} с."
    )
    return 1 if broken else 0


def _fuzz(given: list[str]) -> int:
    from tools.bench import fuzz  # noqa: PLC0415  # reason: the pages are measured without it

    return fuzz.main(*map(int, given))


def _sends(given: list[str]) -> int:
    from tools.bench import sends  # noqa: PLC0415  # reason: likewise

    return sends.main(*map(int, given))


def _reuse(given: list[str]) -> int:
    from tools.bench.reuse import running  # noqa: PLC0415  # reason: likewise

    return running.main(*map(int, given))


def _defence(given: list[str]) -> int:
    from tools.bench import defence  # noqa: PLC0415  # reason: likewise

    return defence.main(*map(int, given))


def _reading(_: list[str]) -> int:
    from tools.bench import reading  # noqa: PLC0415  # reason: likewise

    return reading.main()


def _conflicts(given: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="innoset-bench-") as folder:
        _set_up(folder)
        from tools.bench import conflicts  # noqa: PLC0415  # reason: tables may be imported only after the set-up

        return conflicts.main(*map(int, given))


def _decisions(given: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="innoset-bench-") as folder:
        _set_up(folder)
        from tools.bench import decisions  # noqa: PLC0415  # reason: likewise

        return decisions.main(*map(int, given))


def _walls(given: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="innoset-bench-") as folder:
        _set_up(folder)
        from tools.bench import walls  # noqa: PLC0415  # reason: likewise

        return walls.main(*map(int, given))


def _calibration(given: list[str]) -> int:
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from tools.bench import calibration  # noqa: PLC0415  # reason: likewise

    return calibration.main(*map(int, given))


def _assignment(given: list[str]) -> int:
    from tools.bench import assignment  # noqa: PLC0415  # reason: likewise

    return assignment.main(*map(int, given))


def _network(given: list[str]) -> int:
    from tools.bench import network  # noqa: PLC0415  # reason: likewise

    return network.main(*map(int, given))


def _sizes(given: list[str]) -> tuple[int, ...]:
    if not all(text.isdecimal() and int(text) for text in given):
        raise Trouble('Числа заявок пишут через пробел: make bench ARGS="1 100 1000".')
    return tuple(sorted({int(text) for text in given})) or SIZES


def _set_up(folder: str) -> None:
    """Start Django over an empty embedded database, with the static files as they are served in earnest."""
    os.environ |= {"INNOSET_VAR": folder, "DATABASE_URL": "", "INNOSET_DEMO": "0"}
    os.environ["DJANGO_SETTINGS_MODULE"] = "innoset.conf.dev"
    import django  # noqa: PLC0415  # reason: only now are the settings known
    from django.conf import settings  # noqa: PLC0415  # reason: likewise
    from django.core.management import call_command  # noqa: PLC0415  # reason: likewise

    settings.ROOT_URLCONF = "tools.bench.addresses"
    settings.LOGGING = {
        "version": 1,
        "loggers": {"django": {"level": "CRITICAL"}, "django.request": {"level": "CRITICAL"}},
    }
    django.setup()
    call_command("migrate", verbosity=0, interactive=False)
    call_command("collectstatic", verbosity=0, interactive=False)


def _measured(sizes: tuple[int, ...]) -> tuple[list[Measured], float]:
    from datetime import UTC, datetime  # noqa: PLC0415  # reason: the one look at the clock

    from tools.bench.measure import floor_in_ms  # noqa: PLC0415  # reason: after the set-up
    from tools.bench.pages import MAIN  # noqa: PLC0415  # reason: tables may be imported only after the set-up
    from tools.bench.rows import Rows  # noqa: PLC0415  # reason: likewise

    rows = Rows(datetime.now(UTC))  # noqa: TID251  # reason: pages read the clock, so the rows lie around now
    results = {page: Measured(page.title, page.kilobytes) for page in MAIN}
    for size in sizes:
        rows.grow(size)
        for state, group in groupby(sorted(MAIN, key=lambda page: page.state), lambda page: page.state):
            rows.turn(state)
            for page in group:
                _weigh(page, rows, results[page], size)
    return list(results.values()), floor_in_ms()


def _weigh(page: "Page", rows: "Rows", result: Measured, size: int) -> None:
    from django.urls import NoReverseMatch  # noqa: PLC0415  # reason: likewise

    from tools.bench.measure import NotShown, browser_of, weigh  # noqa: PLC0415  # reason: likewise

    try:
        result.weights[size] = weigh(browser_of(page.visitor(rows)), page.address(rows))
    except NoReverseMatch:
        result.trouble = "такой страницы нет"
    except NotShown as trouble:
        result.trouble = str(trouble)


APART: Final = {
    "assignment": _assignment,
    "calibration": _calibration,
    "conflicts": _conflicts,
    "defence": _defence,
    "decisions": _decisions,
    "fuzz": _fuzz,
    "network": _network,
    "reading": _reading,
    "reuse": _reuse,
    "sends": _sends,
    "walls": _walls,
}
"""What is measured apart from the pages: its name and its arguments follow the command."""


if __name__ == "__main__":
    tell(main)
