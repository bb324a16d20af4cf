"""Fetching uv where Python came without pip: one file, checked by hash, from the registry that PIP_INDEX_URL names."""

import hashlib
import io
import os
import platform
import re
import sys
import urllib.error
import urllib.request
import zipfile
from pathlib import Path
from urllib.parse import urljoin

LINK = re.compile(r"href=\"([^\"]+/(uv-[^\"/#]+\.whl)[^\"]*)\"")
TIMEOUT = 60


def fetch_uv(folder: Path, lock: Path) -> str | None:
    """Put the uv that the lock names into the folder; return None when that cannot be done.

    Without pip nobody but PIP_INDEX_URL knows the registry: none is named here.
    """
    if not os.environ.get("PIP_INDEX_URL"):
        return None
    text = lock.read_text()
    [version] = re.findall(r"^uv==(\S+)", text, re.MULTILINE)
    allowed = set(re.findall(r"sha256:(\w+)", text))
    try:
        wheel = _download(version, allowed)
        return str(_unpack(wheel, folder)) if wheel else None
    except (urllib.error.URLError, zipfile.BadZipFile):
        return None


def _download(version: str, allowed: set[str]) -> bytes | None:
    index = os.environ["PIP_INDEX_URL"].rstrip("/") + "/uv/"
    for address, name in LINK.findall(_get(index).decode()):
        if name.startswith(f"uv-{version}-") and _fits(name):
            wheel = _get(urljoin(index, address))
            if hashlib.sha256(wheel).hexdigest() in allowed:
                return wheel
    return None


def _get(address: str) -> bytes:
    with urllib.request.urlopen(address, timeout=TIMEOUT) as answer:  # noqa: S310  # reason: the registry's own
        return bytes(answer.read())


def _fits(name: str) -> bool:
    """Tell whether a wheel is for this machine."""
    system = {"linux": "manylinux" if platform.libc_ver()[0] else "musllinux", "darwin": "macosx"}
    return system.get(sys.platform, "?") in name and f"_{platform.machine()}." in name


def _unpack(wheel: bytes, folder: Path) -> Path:
    program = folder / "bin" / "uv"
    program.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(io.BytesIO(wheel)) as archive:
        [inside] = [name for name in archive.namelist() if name.endswith("/scripts/uv")]
        program.write_bytes(archive.read(inside))
    program.chmod(0o755)
    return program
