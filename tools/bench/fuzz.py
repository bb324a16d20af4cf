"""Thousands of broken Word files: is anything uncaught, slow or large?"""

import os
import time
from collections import Counter
from random import Random
from typing import Any, Final

from innoset.foundation.sandbox import MIB, Limits, run
from innoset.projects.pure.apart import read_apart
from innoset.projects.pure.catalogue import FORMS
from innoset.projects.pure.forms import blank
from innoset.projects.pure.word_in import Limits as FileLimits
from innoset.projects.pure.word_in import Refused, read_document
from innoset.projects.pure.word_out import write_form
from tools.bench.mutations import mutated

MOST_SECONDS: Final = 2.0
MOST_MIB: Final = 256
BATCH: Final = 500
_ENDLESS: Final = 2**40
_UNGUARDED: Final = FileLimits(_ENDLESS, _ENDLESS, _ENDLESS, _ENDLESS, _ENDLESS)


def originals() -> list[tuple[bytes, str]]:
    """Return a filled Word file of every form the product ships, with the code of the form."""
    texts = [{key: f"Ответ {key}. " * 9 for key in blank(form)} for form in FORMS]
    return [(write_form(form, values), form.code) for form, values in zip(FORMS, texts, strict=True)]


# Opened while files may be: the count of `getrusage` begins with the memory of the parent.
_STATUS = os.open("/proc/self/status", os.O_RDONLY)


def batch(data: bytes, form_code: str, seed: int, count: int, *, is_guarded: bool = True) -> dict[str, Any]:
    """Read many broken copies of a file; tell the outcomes, what was uncaught, the slowest, the largest."""
    reader = _read if is_guarded else _read_unguarded
    outcomes: Counter[str] = Counter()
    uncaught: list[str] = []
    slowest = 0.0
    for number in range(count):
        kind, broken = mutated(data, Random(f"{seed}-{number}"))  # noqa: S311 - the same files for the same seed
        began = time.process_time()
        try:
            outcomes[reader(broken, form_code)] += 1
        except Exception as error:  # noqa: BLE001 - this is what is counted
            uncaught.append(f"{seed}-{number} {kind}: {type(error).__name__}")
        slowest = max(slowest, time.process_time() - began)
    largest = int(os.pread(_STATUS, 8192, 0).decode().partition("VmHWM:")[2].split()[0]) / 1024
    return {"outcomes": outcomes, "uncaught": uncaught, "slowest": slowest, "largest": largest}


def batch_unguarded(data: bytes, form_code: str, seed: int, count: int) -> dict[str, Any]:
    """Do the same with the limits of the reader off."""
    return batch(data, form_code, seed, count, is_guarded=False)


def _read(data: bytes, form_code: str) -> str:
    return str(read_apart(data, "broken.docx", form_code)["outcome"])


def _read_unguarded(data: bytes, _: str) -> str:
    """Do no more than open the file, with nothing checked beforehand."""
    try:
        read_document(data, _UNGUARDED)
    except Refused:
        return "refused"
    return "ok"


def measured(count: int, *, seed: int = 0, is_guarded: bool = True) -> dict[str, Any]:
    """Return the tally of `count` broken files, read in processes apart with the limits on or off."""
    memory = (MOST_MIB if is_guarded else 4096) * MIB
    whole: dict[str, Any] = {"outcomes": Counter(), "uncaught": [], "slowest": 0.0, "largest": 0.0}
    files = originals()
    for place, begin in enumerate(range(0, count, BATCH)):
        size = min(BATCH, count - begin)
        limits = Limits(memory=memory, seconds=size / 2)
        data, code = files[place % len(files)]
        task = batch if is_guarded else batch_unguarded
        found = run(task, data, code, seed + place, size, limits=limits)
        whole["outcomes"].update(found["outcomes"])
        whole["uncaught"] += found["uncaught"]
        whole["slowest"] = max(whole["slowest"], found["slowest"])
        whole["largest"] = max(whole["largest"], found["largest"])
    return whole


def is_within(found: dict[str, Any]) -> bool:
    """Tell whether a run kept to the promise: nothing uncaught, nothing slow, nothing large."""
    return not found["uncaught"] and found["slowest"] <= MOST_SECONDS and found["largest"] <= MOST_MIB


def main(count: int = 10_000) -> int:
    """Read so many broken files and tell; the status is 1 when one of them broke the promise."""
    found = measured(count)
    outcomes = ", ".join(f"{name}: {number}" for name, number in sorted(found["outcomes"].items()))
    print(f"Испорченных файлов: {count}. Исходы: {outcomes}.")
    print(f"Без ответа: {len(found['uncaught'])}. Дольше всего: {found['slowest']:.2f} с.")
    print(f"Больше всего памяти: {found['largest']:.0f} МБ.", *found["uncaught"][:10], sep="\n")
    return 0 if is_within(found) else 1
