"""Old formats through the office program: a result that is there counts, and nothing stays behind."""

import os
import stat
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from innoset.foundation.sandbox import NoAnswer, Office, Why, office

RTF = rb"{\rtf1\ansi\ansicpg1251\deff0{\fonttbl{\f0 Arial;}}\f0 \'cf\'e0\'f1\'ef\'ee\'f0\'f2 test\par}"
installed = office("soffice")
needs_office = pytest.mark.skipif(installed is None, reason="LibreOffice is not installed here")
pytestmark = pytest.mark.one_engine


def program(folder: Path, lines: str) -> Office:
    """Return an office program that does what the lines of the shell say; the last argument is the file."""
    path = folder / "office"
    path.write_text(f"#!/bin/sh\n{lines}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
    # The program runs as nobody, who must reach it through the folders of the tests, however deep.
    roof = Path(tempfile.gettempdir())
    for place in (folder, *(one for one in folder.parents if roof in one.parents)):
        place.chmod(place.stat().st_mode | 0o055)
    return Office(str(path))


def leftovers() -> list[Path]:
    return sorted(Path(tempfile.gettempdir()).glob("innoset-office-*"))


def test_program_that_is_not_there() -> None:
    assert office("no-such-office-program") is None


@pytest.mark.parametrize(
    ("lines", "why"),
    [
        ("exit 0", Why.FAILED),
        (": > out/given.docx", Why.FAILED),
        ("exit 1", Why.FAILED),
        ("sleep 30 & sleep 30", Why.SLOW),
        ("head -c 70000000 /dev/zero > out/given.docx", Why.FAILED),
    ],
    ids=["nothing", "empty", "error", "slow", "large"],
)
def test_only_a_result_that_is_there_counts(tmp_path: Path, lines: str, why: Why) -> None:
    before = leftovers()
    with pytest.raises(NoAnswer) as caught:
        program(tmp_path, lines).docx_of(b"x", "rtf", seconds=2 if why is Why.SLOW else 30)
    assert (caught.value.why, leftovers()) == (why, before)


def test_result_is_returned_as_it_is(tmp_path: Path) -> None:
    assert program(tmp_path, "cat given.rtf > out/given.docx").docx_of(b"as it is", "rtf") == b"as it is"


def test_third_call_is_asked_to_wait(tmp_path: Path) -> None:
    slow = program(tmp_path, "sleep 3; cat given.rtf > out/given.docx")
    with ThreadPoolExecutor(2) as pool:
        first = [pool.submit(slow.docx_of, b"x", "rtf") for _ in range(2)]
        time.sleep(0.5)
        with pytest.raises(NoAnswer) as caught:
            slow.docx_of(b"x", "rtf", seconds=0.2)
        assert [one.result() for one in first] == [b"x", b"x"]
    assert caught.value.why is Why.BUSY


@pytest.mark.skipif(os.geteuid() != 0, reason="only root has something to give up")
def test_program_is_not_root(tmp_path: Path) -> None:
    assert program(tmp_path, "id -u > out/given.docx").docx_of(b"x", "rtf") == b"65534\n"


@needs_office
@pytest.mark.parametrize("kind", ["rtf", "doc"])
def test_text_comes_out(tmp_path: Path, kind: str) -> None:
    assert installed is not None
    given = RTF if kind == "rtf" else _doc(tmp_path)
    found = installed.docx_of(given, kind)
    assert found[:4] == b"PK\x03\x04"


def _doc(folder: Path) -> bytes:
    source = folder / "source.rtf"
    source.write_bytes(RTF)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "doc:MS Word 97", "--outdir", folder, source]
    subprocess.run(command, check=True, capture_output=True)
    return (folder / "source.doc").read_bytes()


@needs_office
def test_two_calls_do_not_disturb_each_other() -> None:
    assert installed is not None
    with ThreadPoolExecutor(2) as pool:
        found = list(pool.map(installed.docx_of, [RTF, RTF], ["rtf", "rtf"]))
    assert [one[:4] for one in found] == [b"PK\x03\x04"] * 2


@needs_office
def test_rubbish_is_refused() -> None:
    assert installed is not None
    with pytest.raises(NoAnswer) as caught:
        installed.docx_of(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"rubbish " * 200, "doc")
    assert caught.value.why is Why.FAILED
