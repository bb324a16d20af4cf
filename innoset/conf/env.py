"""The one place that reads the environment; its errors say which variable is wrong and how to mend it."""

import os
import re
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

ROOT = Path(__file__).resolve().parents[2]

# Several processes share the processor, and our matrices are small: threads of the numerical library only lose.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")


class BadEnvironment(SystemExit):
    """The start is refused in one sentence."""


def text(name: str, default: str | None = None) -> str:
    """Return the variable; without a default a missing one stops the start."""
    value = os.environ.get(name, "").strip() or default
    if value is None:
        raise BadEnvironment(f"Не задана переменная {name}. Задайте её в окружении и запустите снова.")
    return value


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes-or-no variable."""
    value = os.environ.get(name, "").strip().lower()
    if value in ("", "1", "0", "true", "false", "yes", "no", "да", "нет"):
        return value in ("1", "true", "yes", "да") if value else default
    raise BadEnvironment(f"Переменная {name} должна быть 1 или 0, а задано «{value}».")


def address(name: str) -> str:
    """Return where a service of the same network listens: a path of a socket or «host:port»; empty for none."""
    value = os.environ.get(name, "").strip()
    if not value or value.startswith("/") or re.fullmatch(r"(\[[0-9a-fA-F:]+\]|[^:\s]+):\d{1,5}", value):
        return value
    raise BadEnvironment(
        f"Переменная {name} должна быть путём к сокету (/run/…) или иметь вид узел:порт, а задано «{value}»."
    )


def words(name: str, default: str = "") -> list[str]:
    """Return a comma-separated list."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def var() -> Path:
    """Return the folder of everything that the running system writes."""
    return Path(os.environ.get("INNOSET_VAR", "") or ROOT / "var").resolve()


def database() -> dict[str, object]:
    """Return Django's settings of the database: PostgreSQL by DATABASE_URL, else SQLite under var."""
    url = os.environ.get("DATABASE_URL", "").strip()
    if not url:
        return {
            "ENGINE": "innoset.foundation.db.sqlite",
            "NAME": str(var() / "innoset.sqlite3"),
        }
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql") or not parts.path.strip("/"):
        raise BadEnvironment(
            "Переменная DATABASE_URL должна иметь вид postgresql://имя:пароль@узел:порт/база."
        )
    return {
        "ENGINE": "innoset.foundation.db.postgresql",
        "NAME": unquote(parts.path.strip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": True, **dict(parse_qsl(parts.query))},
    }
