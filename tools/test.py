"""`make test`: the whole suite on both engines and in the browser, and an honest account of it."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree as ET

from tools import environment, postgres
from tools.environment import PYTHON, ROOT
from tools.trouble import tell

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = ("chromium", "fonts-dejavu-core", "libatomic1")
CLOCKS = "faketime"
"""A package that lends a process another clock; without it the storm around a deadline makes do."""
# The tests of detached signatures need it; where it cannot be had they say so and are skipped.
GOST = "libengine-gost-openssl"
NO_DRIVER = "программа, которая управляет Chromium, не запускается: установите пакет libatomic1"
NO_CHROMIUM = "нет Chromium: установите пакет chromium или задайте путь в переменной CHROMIUM"


@dataclass
class Part:
    """One run of the suite: on which engine, and what came of it."""

    title: str
    passed: int = 0
    failed: int = 0
    skipped: tuple[str, ...] = ()
    not_run: str = ""
    seconds: float = 0

    def line(self) -> str:
        """Return the part as one line of the account."""
        if self.not_run:
            return f"  {self.title}: НЕ ВЫПОЛНЕНО, {self.not_run}"
        skipped = f", {len(self.skipped)} skipped" if self.skipped else ""
        return f"  {self.title}: {self.passed} passed, {self.failed} failed{skipped} ({self.seconds:.0f} s)"


def main() -> int:
    """Run every part that can run here; fail if anything failed."""
    environment.prepare("dev")
    more = sys.argv[1:]
    _gost()
    address, no_postgres = postgres.start()
    chromium, no_chromium = _chromium()
    _lend_clocks()
    parts = [
        _run("SQLite", ["-m", "not browser", *more], {"DATABASE_URL": ""}),
        _run(
            "PostgreSQL",
            # What asks no database has just run, and would say the same again.
            ["-m", "not browser", "--database-only", *more],
            {"DATABASE_URL": address},
            not_run=no_postgres,
        ),
        _run(
            "Browser",
            ["-m", "browser", *more],
            {"DATABASE_URL": "", "CHROMIUM": chromium},
            not_run=no_chromium,
        ),
    ]
    return _account(parts)


def _run(title: str, arguments: list[str], extra: dict[str, str], *, not_run: str = "") -> Part:
    """Run pytest once, in a folder of its own for files and databases."""
    part = Part(title, not_run=not_run)
    if not_run:
        return part
    print(f"\n=== {title} ===", flush=True)
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="innoset-test-") as folder:
        report = Path(folder) / "report.xml"
        env = {**environment.child_environment(), **extra, "INNOSET_VAR": folder}
        env["DJANGO_SETTINGS_MODULE"] = "innoset.conf.test"
        command = [
            str(PYTHON),
            "-m",
            "pytest",
            "-n",
            "2",
            "-q",
            "--tb=short",
            f"--junitxml={report}",
            *arguments,
        ]
        status = subprocess.run(command, check=False, cwd=ROOT, env=env, stdin=subprocess.DEVNULL).returncode
        _read(report, part)
    part.seconds = time.monotonic() - began
    # 5 means that the selection was empty; anything else that is not 0 must count as a failure.
    if status not in (0, 5) and part.failed == 0:
        part.failed = 1
    return part


def _read(report: Path, part: Part) -> None:
    """Count the cases of pytest's own report."""
    if not report.exists():
        return
    for case in ET.parse(report).iter("testcase"):  # noqa: S314  # reason: written by pytest a moment ago
        skipped = case.find("skipped")
        if skipped is not None:
            name = f"{case.get('classname')}.{case.get('name')}"
            part.skipped += (f"{name}: {skipped.get('message')}",)
        elif case.find("failure") is not None or case.find("error") is not None:
            part.failed += 1
        else:
            part.passed += 1


def _account(parts: list[Part]) -> int:
    """Say what ran on which engine and what did not; the last line is for machines."""
    skipped = [f"  {part.title}: {reason}" for part in parts for reason in part.skipped]
    absent = [part for part in parts if part.not_run]
    print("\n=== Итог ===")
    print("\n".join(part.line() for part in parts))
    if skipped:
        print("Пропущено:\n" + "\n".join(skipped))
    if absent:
        print(f"!!! НЕ ВЫПОЛНЕНО ЧАСТЕЙ: {len(absent)} из {len(parts)} !!!")
    passed, failed = sum(part.passed for part in parts), sum(part.failed for part in parts)
    missing = f", {len(absent)} parts not run" if absent else ""
    print(f"{passed} passed, {failed} failed, {len(skipped)} skipped{missing}", flush=True)
    return 1 if failed or not passed else 0


def _gost() -> None:
    """Install OpenSSL's ГОСТ engine where we may; without it the tests that need it are skipped, with a reason."""
    openssl = shutil.which("openssl")
    ready = (
        openssl
        and not subprocess.run([openssl, "engine", "gost"], check=False, capture_output=True).returncode
    )
    if ready or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    print("Устанавливаю модуль ГОСТ для OpenSSL.")
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", "openssl", GOST]):
        subprocess.run(["apt-get", "-qq", *step], check=False, env=env, stdout=subprocess.DEVNULL)


def _chromium() -> tuple[str, str]:
    """Return the path of Chromium, or an empty one and the reason; install what is missing where we may."""
    if not (_find() and _driver_starts()) and os.geteuid() == 0 and shutil.which("apt-get"):
        print("Устанавливаю Chromium.")
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        for step in (["update"], ["install", "-y", "--no-install-recommends", *PACKAGES]):
            subprocess.run(["apt-get", "-qq", *step], check=False, env=env, stdout=subprocess.DEVNULL)
    if not _find():
        return "", NO_CHROMIUM
    return (_find(), "") if _driver_starts() else ("", NO_DRIVER)


def _lend_clocks() -> None:
    """Install the library of other clocks where we may; nobody minds when it cannot be had."""
    if not shutil.which("faketime") and os.geteuid() == 0 and shutil.which("apt-get"):
        env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        command = ["apt-get", "-qq", "install", "-y", "--no-install-recommends", CLOCKS]
        quiet = subprocess.DEVNULL
        subprocess.run(command, check=False, env=env, stdout=quiet, stderr=quiet)


def _find() -> str:
    return os.environ.get("CHROMIUM") or next((path for name in NAMES if (path := shutil.which(name))), "")


def _driver_starts() -> bool:
    """Tell whether the program that steers the browser has the libraries it needs."""
    node = next(environment.VENV.glob("lib/python*/site-packages/playwright/driver/node"), None)
    return (
        node is not None
        and not subprocess.run([node, "--version"], check=False, capture_output=True).returncode
    )


if __name__ == "__main__":
    tell(main)
