"""The virtual environment in .venv, made from hash-pinned locks with what the machine already has."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import registry
from tools.trouble import NO_NETWORK, Trouble, explain, tell

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
TOOLS = ROOT / ".tools"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "innoset.stamp"
LOCKS = {kind: ROOT / "requirements" / f"{kind}.lock" for kind in ("app", "dev", "bench")}
NO_PIP = "У этого Python нет pip: установите его (в Debian: apt install python3-pip python3-venv) и повторите команду."


def prepare(kind: str) -> None:
    """Make .venv hold exactly what the lock names; do nothing when it already does.

    Each set contains the one before it, so `make run` is content with any of them.
    """
    made = STAMP.read_text().split() if STAMP.exists() else []
    kind = max([kind, *(one for one in made[:1] if one in LOCKS)], key=list(LOCKS).index)
    wanted = [kind, hashlib.sha256(LOCKS[kind].read_bytes()).hexdigest()]
    if made == wanted and _works():
        return
    print("Готовлю окружение: это нужно один раз и займёт минуту-другую.")
    STAMP.unlink(missing_ok=True)
    uv = find_uv()
    if not (uv and _install_by_uv(uv, LOCKS[kind])):
        _install_by_pip(LOCKS[kind])
    STAMP.write_text(" ".join(wanted))


def child_environment() -> dict[str, str]:
    """Return the environment for the programs that we start."""
    # Our matrices are small: threads of the numerical library only get into each other's way.
    return {"OPENBLAS_NUM_THREADS": "1", **os.environ, "PYTHONUTF8": "1", "PYTHONUNBUFFERED": "1"}


def _works() -> bool:
    return PYTHON.exists() and subprocess.run([PYTHON, "-c", ""], check=False).returncode == 0


def find_uv() -> str | None:
    """Return uv: the machine's own, ours from last time, or a fresh one from the registry."""
    ours = TOOLS / "uv" / "bin" / "uv"
    found = shutil.which("uv") or (str(ours) if ours.exists() else None)
    if found or os.environ.get("INNOSET_NO_UV"):
        return found
    lock = ROOT / "requirements" / "uv.lock"
    if not _has_pip() and not _install_pip():
        return registry.fetch_uv(TOOLS / "uv", lock)
    command = [sys.executable, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
    options = ["--upgrade", "--require-hashes", "--only-binary", ":all:", "--requirement", str(lock)]
    done = subprocess.run(
        [*command, *options, "--target", str(TOOLS / "uv")], check=False, capture_output=True
    )
    return str(ours) if done.returncode == 0 and ours.exists() else None


def _has_pip() -> bool:
    asked = [sys.executable, "-m", "pip", "--version"]
    return subprocess.run(asked, check=False, capture_output=True).returncode == 0


def _install_pip() -> bool:
    """Take pip from Debian's packages where that may be done; tell whether it is there now."""
    if os.geteuid() != 0 or not shutil.which("apt-get") or os.environ.get("PIP_INDEX_URL"):
        return False
    print("У этого Python нет pip: устанавливаю его из пакетов Debian.")
    env = {**child_environment(), "DEBIAN_FRONTEND": "noninteractive"}
    for step in (["update"], ["install", "-y", "--no-install-recommends", "python3-pip", "python3-venv"]):
        subprocess.run(["apt-get", "-qq", *step], check=False, env=env, capture_output=True)
    return _has_pip()


def _install_by_uv(uv: str, lock: Path) -> bool:
    env = uv_environment()
    fresh = ["--allow-existing"] if _works() else ["--clear"]
    steps = (
        [uv, "venv", "--quiet", *fresh, "--python", sys.executable, str(VENV)],
        [uv, "pip", "sync", "--quiet", "--require-hashes", "--python", str(PYTHON), str(lock)],
    )
    for step in steps:
        done = subprocess.run(step, check=False, cwd=ROOT, env=env, capture_output=True, text=True)
        if done.returncode:
            _stop_if_hopeless(done.stderr)
            return False
    return True


def uv_environment() -> dict[str, str]:
    """Hand over to uv what pip knows of the registry: uv reads neither pip's files nor its variables."""
    env = child_environment()
    env.setdefault("UV_SYSTEM_CERTS", "1")
    env.setdefault("UV_NO_PROGRESS", "1")
    env.setdefault("UV_PYTHON_DOWNLOADS", "never")
    home = Path(env.get("XDG_CACHE_HOME") or env.get("HOME") or "/nonexistent")
    if not os.access(home, os.W_OK):
        env.setdefault("UV_CACHE_DIR", str(TOOLS / "cache"))
    for option, variable in (
        ("index-url", "UV_DEFAULT_INDEX"),
        ("cert", "SSL_CERT_FILE"),
        ("trusted-host", "UV_INSECURE_HOST"),
    ):
        value = _pip_option(option)
        if value:
            env.setdefault(variable, value)
    if env.get("PIP_INDEX_URL"):
        env.setdefault("UV_DEFAULT_INDEX", env["PIP_INDEX_URL"])
    return env


def _pip_option(option: str) -> str:
    """Return an option of pip from its variables and files, or an empty string."""
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "config", "list"], check=False, capture_output=True, text=True
    )
    found = dict(line.split("=", 1) for line in listed.stdout.splitlines() if "=" in line)
    for section in (":env:", "install", "global"):
        value = found.get(f"{section}.{option}", "").strip("'\"")
        if value:
            return value
    return ""


def _install_by_pip(lock: Path) -> None:
    """Do without uv: slower by half, and enough."""
    for step in (
        [sys.executable, "-m", "venv", "--clear", str(VENV)],
        [str(PYTHON), "-m", "pip", "install", "--quiet", "--no-input", "--require-hashes", "-r", str(lock)],
    ):
        done = subprocess.run(step, check=False, cwd=ROOT, capture_output=True, text=True)
        if done.returncode:
            said = done.stdout + done.stderr
            if "ensurepip" in said:
                raise Trouble(NO_PIP)
            raise Trouble(explain(said, otherwise=NO_NETWORK))


def _stop_if_hopeless(said: str) -> None:
    """Stop at once where pip would fail as well: no space, no right to write."""
    sentence = explain(said, otherwise=NO_NETWORK)
    if sentence != NO_NETWORK:
        raise Trouble(sentence)


def main() -> int:
    """`python -m tools.environment dev`: prepare and say nothing when there was nothing to do."""
    prepare(sys.argv[1])
    return 0


if __name__ == "__main__":
    tell(main)
