"""Work done apart: it answers, or it is ended and a sentence says so; it can touch nothing."""

import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from innoset.foundation.sandbox import LIMITS, Limits, NoAnswer, Why, child, run, running
from tests.foundation import apart_for_tests as work

MIB = 2**20
SHORT = Limits(seconds=1)
ANEW = "Скопируйте текст в новый документ, сохраните его как .docx и загрузите ещё раз."


def test_answer_comes_back_whole() -> None:
    data = "Паспорт проекта".encode() * 100_000
    assert run(work.echo, data, "имя.docx", 7) == {
        "length": len(data),
        "head": data[:20].decode("utf-8", "replace"),
        "arguments": ["имя.docx", 7],
    }


@pytest.mark.parametrize(
    ("task", "arguments", "limits", "why", "text"),
    [
        (work.hog, [300], LIMITS, Why.HEAVY, f"Файл устроен слишком сложно. {ANEW}"),
        (work.recurse, [], LIMITS, Why.HEAVY, f"Файл устроен слишком сложно. {ANEW}"),
        (work.sleep, [30], SHORT, Why.SLOW, f"Файл читается слишком долго. {ANEW}"),
        (work.spin, [], SHORT, Why.SLOW, f"Файл читается слишком долго. {ANEW}"),
        (
            work.shout,
            [2],
            Limits(answer=MIB),
            Why.LONG,
            "В файле слишком много текста. Оставьте в нём только форму и загрузите ещё раз.",
        ),
        (work.babble, [], LIMITS, Why.DIED, f"Файл не удалось прочитать. {ANEW}"),
        (work.deepen, [], LIMITS, Why.DIED, f"Файл не удалось прочитать. {ANEW}"),
        (work.close_and_stay, [], LIMITS, Why.DIED, f"Файл не удалось прочитать. {ANEW}"),
        (work.fall_silent, [], LIMITS, Why.DIED, f"Файл не удалось прочитать. {ANEW}"),
        (work.die, [], LIMITS, Why.DIED, f"Файл не удалось прочитать. {ANEW}"),
        (work.list_up, [], LIMITS, Why.FAILED, f"Файл повреждён и не читается. {ANEW}"),
        (work.stumble, [], LIMITS, Why.FAILED, f"Файл повреждён и не читается. {ANEW}"),
        (work.not_json, [], LIMITS, Why.FAILED, f"Файл повреждён и не читается. {ANEW}"),
    ],
)
def test_work_without_an_answer_is_ended_in_a_sentence(
    task: Callable[..., Any], arguments: list[Any], limits: Limits, why: Why, text: str
) -> None:
    with pytest.raises(NoAnswer) as caught:
        run(task, b"", *arguments, limits=limits)
    assert (caught.value.why, caught.value.text, caught.value.field) == (why, text, "file")


def test_without_the_limits_the_same_work_goes_through() -> None:
    free = Limits(memory=2048 * MIB, seconds=20, answer=64 * MIB)
    assert run(work.hog, b"", 300, limits=free) == 300 * MIB
    assert len(run(work.shout, b"", 2, limits=free)) == 2 * MIB
    assert run(work.sleep, b"", 1.2, limits=free) == "rested"


def test_resident_memory_stays_under_the_limit() -> None:
    assert run(work.hog_and_hold, b"", 200) in range(200, 256)
    assert run(work.hog_and_hold, b"", 300) < 256


def test_nothing_can_be_touched(tmp_path: Path) -> None:
    tmp_path.chmod(0o777)
    found = run(work.misuse, b"", str(tmp_path))
    assert {deed: said.split(":")[0] for deed, said in found.items()} == dict.fromkeys(
        ("write", "read", "connect", "fork", "start"), "refused"
    )
    assert list(tmp_path.iterdir()) == []


def test_process_is_nobody_and_knows_nothing() -> None:
    assert run(work.who_and_what, b"") == {
        "root": False,
        "environment": [],
        "django": False,
        "leader": True,
        "core": [0, 0],
    }


def test_slow_work_is_killed_whole() -> None:
    before, began = _children(), time.monotonic()
    with pytest.raises(NoAnswer):
        run(work.sleep, b"", 30, limits=SHORT)
    assert (_children(), time.monotonic() - began < 10) == (before, True)


def _children() -> str:
    return Path(f"/proc/self/task/{os.getpid()}/children").read_text(encoding="ascii")


def test_work_that_cannot_begin_has_no_answer() -> None:
    def missing(data: bytes) -> None:
        """No module has this name at its top."""

    with pytest.raises(NoAnswer) as caught:
        run(missing, b"")
    assert caught.value.why is Why.DIED


@pytest.mark.parametrize(
    ("task", "arguments", "said"),
    [
        (work.echo, [1], b'{"said": {"length": 2, "head": "ab", "arguments": [1]}}'),
        (work.recurse, [], b'{"failed": "heavy"}'),
        (work.stumble, [], b'{"failed": "LookupError"}'),
        (work.not_json, [], b'{"failed": "TypeError"}'),
    ],
)
def test_child_always_answers(task: Callable[..., Any], arguments: list[Any], said: bytes) -> None:
    assert child.answer(task, lambda: b"ab", arguments) == said


def test_too_many_at_once_are_asked_to_wait() -> None:
    for _ in range(running._AT_ONCE):
        running._turns.acquire()
    try:
        with pytest.raises(NoAnswer) as caught:
            run(work.echo, b"", limits=Limits(start=0.05))
    finally:
        for _ in range(running._AT_ONCE):
            running._turns.release()
    assert caught.value.text == "Сейчас читается много файлов. Подождите минуту и загрузите файл ещё раз."


def test_threads_ask_at_the_same_time() -> None:
    found: list[Any] = []
    threads = [
        threading.Thread(target=lambda at=at: found.append(run(work.echo, b"x" * at)["length"]))
        for at in range(6)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 1, 2, 3, 4, 5]


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user to try this")
def test_ordinary_user_asks_as_well() -> None:
    """A checkout of root is closed to others, so what the work needs goes into a folder that is open."""
    interpreter = _open_interpreter()
    with tempfile.TemporaryDirectory() as name:
        _open_copy(Path(name))
        program = (
            f"import os, sys; sys.path.insert(0, {name!r})\n"
            "os.setgroups([]); os.setresgid(1, 1, 1); os.setresuid(1, 1, 1)\n"
            "from innoset.foundation.sandbox import run\n"
            "from tests.foundation import apart_for_tests as work\n"
            f"print(run(work.echo, b'four')['length'], run(work.misuse, b'', {name!r})['fork'])\n"
        )
        done = subprocess.run(
            [interpreter, "-I", "-c", program],
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
    assert (done.stdout.split(":")[0], done.returncode, done.stderr) == ("4 refused", 0, "")


def _open_interpreter() -> str:
    poor = "import os; os.setgroups([]); os.setresgid(1, 1, 1); os.setresuid(1, 1, 1); import dataclasses"
    every = (getattr(sys, "_base_executable", None), shutil.which("python3", path=os.defpath))
    for one in filter(None, every):
        if not subprocess.run([one, "-I", "-c", poor], capture_output=True, check=False).returncode:
            return str(one)
    pytest.skip("the interpreter lies in a folder that is closed to ordinary users")


def _open_copy(folder: Path) -> None:
    parts = [Path("innoset/foundation/sandbox"), Path("tests/foundation/apart_for_tests.py")]
    parts += [
        Path("innoset/__init__.py"),
        *map(Path, ("innoset/foundation/__init__.py", "innoset/foundation/errors.py")),
    ]
    for part in parts:
        source, target = running._ROOT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o755)
