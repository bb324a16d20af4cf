"""`manage.py read_passport FILE`: one JSON object, 0 for a form, 2 for anything else."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from innoset.projects.pure.forms import blank
from innoset.projects.pure.passport_form import PASSPORT
from tests.pure.projects.layouts import STAGES, Sample, three_columns
from tests.pure.projects.word_files import docx, para

ROOT = Path(__file__).resolve().parents[2]
SAMPLES = ROOT.parent / "shared" / "samples"
KEYS = ["outcome", "reason", "fields", "stages", "signed_on", "leftovers", "confidence"]


def run(*arguments: str | Path) -> tuple[int, dict[str, Any], str]:
    """Return the exit status, the JSON and what went to the error stream."""
    done = subprocess.run(
        [sys.executable, "manage.py", "read_passport", *map(str, arguments)],
        cwd=ROOT,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    return done.returncode, json.loads(done.stdout), done.stderr


def saved(folder: Path, data: bytes, name: str = "паспорт проекта.docx") -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_filled_form(tmp_path: Path) -> None:
    sample: Sample = three_columns()
    status, found, errors = run(saved(tmp_path, sample.data))
    assert (status, errors, list(found)) == (0, "", KEYS)
    assert (found["outcome"], found["reason"], found["signed_on"]) == ("ok", None, "2024-09-14")
    assert found["fields"] == sample.expected()
    assert set(found["confidence"]) == set(found["fields"])
    assert found["stages"] == [
        dict(zip(("name", "period", "tasks", "result", "start", "end"), stage, strict=True))
        for stage in STAGES[:3]
    ]


@pytest.mark.parametrize(
    ("data", "outcome", "reason"),
    [
        (
            docx(para("Приказ")),
            "no_form_found",
            "В файле не найдена форма «Паспорт инновационного проекта (программы)». Проверьте, тот ли файл вы выбрали.",
        ),
        (b"\xd0\xcf\x11\xe0", "refused", "Это старый формат .doc. Откройте в Word и сохраните как .docx."),
    ],
    ids=["order", "old"],
)
def test_another_file(tmp_path: Path, data: bytes, outcome: str, reason: str) -> None:
    status, found, errors = run(saved(tmp_path, data))
    assert (status, errors) == (2, "")
    assert found == {
        "outcome": outcome,
        "reason": reason,
        "fields": {},
        "stages": [],
        "signed_on": None,
        "leftovers": [],
        "confidence": {},
    }


def test_no_file_and_a_folder(tmp_path: Path) -> None:
    status, found, errors = run(tmp_path / "нет.docx")
    assert (status, found["outcome"], found["reason"], errors) == (
        2,
        "refused",
        "Файл не найден. Проверьте имя и папку.",
        "",
    )
    status, found, errors = run(tmp_path)
    assert (status, found["reason"], errors) == (2, "Это папка, а не файл. Укажите файл .docx или .odt.", "")


@pytest.mark.samples
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples lie beside the repository and are not here")
def test_the_shared_passport() -> None:
    status, found, errors = run(SAMPLES / "passport_vyselki.docx")
    assert (status, errors, found["signed_on"]) == (0, "", "2021-09-14")
    assert list(found["fields"]) == list(blank(PASSPORT))
    assert {key for key, text in found["fields"].items() if not text} == {"11"}
    assert found["leftovers"] == []
    assert min(found["confidence"].values()) >= 0.9
    assert [(stage["start"], stage["end"]) for stage in found["stages"]] == [
        ("2021-09", "2021-12"),
        ("2022-01", "2022-03"),
        ("2023-01", "2023-03"),
    ]
    lengths = [len(text) for text in found["fields"].values()]
    assert lengths == [82, 129, 3, 129, 494, 1627, 2972, 443, 611, 161, 0, 8, 23, 71, 73, 79, 18, 103, 144, 75, 18, 102, 222, 330, 150, 105, 3, 90, 3, 209, 3]  # fmt: skip


@pytest.mark.samples
@pytest.mark.skipif(not SAMPLES.is_dir(), reason="the samples lie beside the repository and are not here")
@pytest.mark.parametrize(
    ("name", "form", "lengths", "left"),
    [
        (
            "programme_krc.docx",
            "krc_programme",
            [
                0,
                1233,
                3528,
                353,
                849,
                0,
                1117,
                168,
                132,
                816,
                0,
                405,
                880,
                229,
                0,
                465,
                345,
                1236,
                214,
                663,
                376,
                506,
            ],
            [1],
        ),
        ("report_kip.docx", "kip_report", [0, 0, 0, 0, 0, 0, 18, 142, 56, 1646, 3525, 5150, 3240], [236]),
    ],
)
def test_the_other_shared_forms(name: str, form: str, lengths: list[int], left: list[int]) -> None:
    """Only a page number and an answer whose label is cut off are left over."""
    status, found, errors = run(SAMPLES / name, "--form", form)
    assert (status, errors) == (0, "")
    assert [len(text) for text in found["fields"].values()] == lengths
    assert [len(text) for text in found["leftovers"]] == left
