"""`make check`: everything that can be found wrong without running the product."""

import os
import subprocess
import tempfile
import time

from tools import environment
from tools.environment import PYTHON, ROOT, VENV
from tools.trouble import tell

BIN = VENV / "bin"
MANAGE = (str(PYTHON), "manage.py")
TEST = {"DJANGO_SETTINGS_MODULE": "innoset.conf.test"}
PROD = {
    "DJANGO_SETTINGS_MODULE": "innoset.conf.prod",
    "SECRET_KEY": "only-for-this-check-" + "0123456789abcdef" * 4,
    "ALLOWED_HOSTS": "innoset.example",
    "SITE_URL": "https://innoset.example",
}

CHECKS: tuple[tuple[str, tuple[str, ...], dict[str, str]], ...] = (
    ("ruff", (str(BIN / "ruff"), "check", "--quiet", "."), {}),
    ("format", (str(BIN / "ruff"), "format", "--check", "--quiet", "."), {}),
    ("imports", (str(BIN / "lint-imports"), "--no-logo"), {}),
    ("budgets", (str(PYTHON), "-m", "tools.budgets"), {}),
    ("templates", (str(PYTHON), "-m", "tools.templates"), {}),
    ("djlint", (str(BIN / "djlint"), "--lint", "--quiet", "innoset"), {}),
    ("migrations", (*MANAGE, "makemigrations", "--check", "--dry-run"), TEST),
    ("deploy", (*MANAGE, "check", "--deploy", "--fail-level", "WARNING"), PROD),
    ("mypy", (str(BIN / "mypy"), "--no-error-summary"), {}),
)


def main() -> int:
    """Run every check, show what the failed ones say, and name them at the end."""
    environment.prepare("dev")
    with tempfile.TemporaryDirectory(prefix="innoset-check-") as folder:
        failed = [name for name, command, extra in CHECKS if not _passes(name, command, extra, folder)]
    print(f"Проверок: {len(CHECKS)}, не прошло: {len(failed)}" + "".join(f" [{name}]" for name in failed))
    return 1 if failed else 0


def _passes(name: str, command: tuple[str, ...], extra: dict[str, str], folder: str) -> bool:
    env = {**environment.child_environment(), **extra, "INNOSET_VAR": folder, "DATABASE_URL": ""}
    began = time.monotonic()
    done = subprocess.run(
        command, check=False, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True
    )
    good = done.returncode == 0
    print(f"{'ok  ' if good else 'FAIL'} {name} ({time.monotonic() - began:.1f} s)", flush=True)
    if not good:
        print((done.stdout + done.stderr).strip() + os.linesep, flush=True)
    return good


if __name__ == "__main__":
    tell(main)
