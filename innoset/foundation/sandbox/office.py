"""Old text formats through an office program, where one is installed."""

import logging
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

from innoset.foundation.sandbox import launch
from innoset.foundation.sandbox.limits import MIB
from innoset.foundation.sandbox.running import NoAnswer, Why, kill_whole

_MEMORY: Final = 2048 * MIB
_LARGEST: Final = 64 * MIB
_SECONDS: Final = 40
_FILTERS: Final[Mapping[str, str]] = MappingProxyType({"doc": "MS Word 97", "rtf": "Rich Text Format"})
# No macro runs, no link is followed, and whatever asks for the network is sent to a closed port.
_PROFILE: Final = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"""
_AT_ONCE: Final = 2
"""The program may take two gigabytes."""
_turns = threading.BoundedSemaphore(_AT_ONCE)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Office:
    """An office program that can turn an old file into a .docx."""

    program: str

    def docx_of(self, data: bytes, kind: str, *, seconds: float = _SECONDS) -> bytes:
        """Return the .docx of a "doc" or "rtf" file; raise NoAnswer when none came of it.

        Each call has a folder and a profile of its own: two calls on one profile fail. The program
        says that all is well even when it wrote nothing, so only the file that is there counts.
        """
        if not _turns.acquire(timeout=seconds):
            raise NoAnswer(Why.BUSY)
        try:
            return self._made(data, kind, seconds)
        finally:
            _turns.release()

    def _made(self, data: bytes, kind: str, seconds: float) -> bytes:
        with tempfile.TemporaryDirectory(prefix="innoset-office-", ignore_cleanup_errors=True) as name:
            folder = Path(name).resolve()
            given = folder / f"given.{kind}"
            given.write_bytes(data)
            user = folder / "profile" / "user"
            user.mkdir(parents=True)
            (user / "registrymodifications.xcu").write_text(_PROFILE, encoding="utf-8")
            self._convert(folder, given, kind, seconds)
            return _result(folder / "out" / "given.docx")

    def _convert(self, folder: Path, given: Path, kind: str, seconds: float) -> None:
        command = [
            self.program,
            f"-env:UserInstallation={(folder / 'profile').as_uri()}",
            "--headless",
            "--norestore",
            f"--infilter={_FILTERS[kind]}",
            "--convert-to",
            "docx:MS Word 2007 XML",
            "--outdir",
            str(folder / "out"),
            str(given),
        ]
        (folder / "out").mkdir()
        limits = [str(folder), str(_MEMORY), str(max(1, round(seconds))), str(_LARGEST)]
        process = subprocess.Popen(  # noqa: S603 - the program that the settings name, through our own launcher
            [sys.executable, "-I", str(launch.__file__), *limits, *command],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=folder,
            env=_environment(folder),
            start_new_session=True,
        )
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            _log.warning("%s did not finish in %s s", self.program, seconds)
            raise NoAnswer(Why.SLOW) from None
        finally:
            kill_whole(process)


def office(program: str) -> Office | None:
    """Return the office program of this name or path, if it is installed."""
    found = shutil.which(program)
    return Office(found) if found else None


def _environment(folder: Path) -> dict[str, str]:
    nowhere = "http://127.0.0.1:9"
    return {
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "PATH": os.defpath,
        "LC_ALL": "C.UTF-8",
        "http_proxy": nowhere,
        "https_proxy": nowhere,
    }


def _result(path: Path) -> bytes:
    try:
        size = path.stat().st_size
        found = path.read_bytes() if 0 < size < _LARGEST else b""
    except OSError:
        found = b""
    if not found:
        raise NoAnswer(Why.FAILED)
    return found
