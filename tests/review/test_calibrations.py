"""Calibrating a round: what is kept, when it grows stale, what is refused."""

import csv
import io
import subprocess
import sys
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from innoset.foundation.audit.models import Entry
from innoset.foundation.errors import Refusal
from innoset.review import actions
from innoset.review.models import Calibration, RoundRubric, Score
from innoset.review.pure.calibration import additive, replay
from innoset.review.pure.calibration.exports import result_text
from innoset.review.queries.calibrations import calibration_of, evidence_of, letters_in
from tests import world
from tests.review.scene import Scene, finished, opened, scene

pytestmark = pytest.mark.django_db

MARKS = {(0, 0): (5, 4), (1, 0): (4, 3), (0, 1): (3, 3), (1, 1): (2, 1), (0, 2): (4, 4), (2, 2): (1, 0)}


def _judged() -> Scene:
    here = scene(experts=3, dossiers=3)
    for (expert, dossier), values in MARKS.items():
        finished(here, *values, expert=expert, dossier=dossier)
    return here


def test_a_calibration_is_kept_with_the_checksums_of_marks_and_result(at: datetime) -> None:
    here = _judged()
    assert calibration_of(here.round) is None
    kept = actions.calibrate(here.round, by=here.organiser, at=at)
    found = calibration_of(here.round)
    assert found is not None
    assert (found.method, found.is_stale, found.made_at, found.is_connected) == ("additive", False, at, True)
    assert (found.data_sha256, found.sha256) == (evidence_of(here.round).sha256, kept.result_sha256)
    assert Entry.objects.get(deed="review.calibrate").changes == {
        "method": "additive",
        "marks": kept.data_sha256,
        "result": kept.result_sha256,
    }
    codes = [one.code for one in here.dossiers]
    assert [(row.code, row.raw, row.rank_raw) for row in sorted(found.rows, key=lambda one: one.code)] == [
        (codes[0], 20.5, 1),
        (codes[1], 11.5, 2),
        (codes[2], 11.5, 3),
    ]
    assert [row.dossier_id for row in found.rows] == [
        row.dossier_id for row in sorted(found.rows, key=lambda one: one.rank_fair)
    ]
    assert [(one.letter, one.count) for one in found.experts] == [("А", 3), ("Б", 2), ("В", 1)]
    assert all(row.low < row.fair < row.high for row in found.rows)
    assert found.subsets[0].codes == tuple(codes)
    assert found.report is None
    assert letters_in(here.round) == {
        person.pk: letter for person, letter in zip(here.experts, "АБВ", strict=True)
    }


def test_the_same_marks_give_the_same_result(at: datetime) -> None:
    here = _judged()
    first = actions.calibrate(here.round, by=here.organiser, at=at)
    second = actions.calibrate(here.round, by=here.organiser, at=at + timedelta(days=1))
    assert (first.data_sha256, first.result_sha256) == (second.data_sha256, second.result_sha256)


def test_a_changed_mark_makes_it_stale(at: datetime) -> None:
    here = _judged()
    actions.calibrate(here.round, by=here.organiser, at=at)
    Score.objects.filter(value=0).update(value=2)
    found = calibration_of(here.round)
    assert found is not None
    assert found.is_stale


def test_the_table_of_marks_and_the_shipped_script_reproduce_the_result() -> None:
    here = _judged()
    evidence = evidence_of(here.round)
    rows = list(csv.reader(io.StringIO(evidence.text), delimiter=";"))
    code = here.dossiers[0].code
    assert rows[:3] == [
        ["Дело", "Эксперт", "Критерий", "Вес", "Наибольший балл", "Балл", "Сумма листа", "Наибольшая сумма"],
        [code, "А", "К1", "3,00", "5", "5", "23", "25"],
        [code, "А", "К2", "2,00", "5", "4", "23", "25"],
    ]
    assert result_text(additive(evidence.sheets, evidence.maximum)) == replay.replay(evidence.text)


def test_the_script_needs_nothing_of_the_product(tmp_path: object) -> None:
    here = _judged()
    evidence = evidence_of(here.round)
    table, script = f"{tmp_path}/marks.csv", f"{tmp_path}/replay.py"
    with open(table, "w", encoding="utf-8-sig") as out:  # noqa: PTH123  # reason: a plain path
        out.write(evidence.text)
    with open(replay.__file__, encoding="utf-8") as ours, open(script, "w", encoding="utf-8") as copy:  # noqa: PTH123  # reason: likewise
        copy.write(ours.read())
    done = subprocess.run(
        [sys.executable, "-I", script, table],
        capture_output=True,
        check=True,
        env={"PYTHONIOENCODING": "utf-8"},
    )
    assert done.stdout.decode() == result_text(additive(evidence.sheets, evidence.maximum))


def test_what_does_not_apply_is_in_the_table_and_in_no_average() -> None:
    here = scene(experts=2, dossiers=2)
    sheet = finished(here, 5, 5)
    Score.objects.filter(sheet=sheet, criterion__number=2).update(value=None, is_not_applicable=True)
    evidence = evidence_of(here.round)
    assert [(one.criterion, one.value) for one in evidence.lines] == [("К1", 5), ("К2", None)]
    assert [(one.criterion, one.value) for one in evidence.ratings] == [("К1", 5)]


def test_groups_with_criteria_of_their_own_come_on_one_scale() -> None:
    here = scene(experts=2, dossiers=2)
    own = world.rubric("Наставничество", weights=(1,))
    RoundRubric.objects.create(round=here.round, group="Наставничество", rubric=own)
    here.dossiers[1].group = "Наставничество"
    here.dossiers[1].save()
    finished(here, 4, 4)
    sheet = opened(here, dossier=1)
    criterion = own.criteria.get()
    Score.objects.create(sheet=sheet, criterion=criterion, value=3, saved_at=sheet.opened_at)
    sheet.state, sheet.total, sheet.finished_at = "finished", 3, sheet.opened_at
    sheet.save()
    evidence = evidence_of(here.round)
    assert [(one.criterion, one.total) for one in evidence.lines] == [
        ("К1", 20.0),
        ("К2", 20.0),
        ("К1 (Наставничество)", 15.0),
    ]
    assert [(one.key, one.family, one.scale) for one in evidence.criteria] == [
        ("К1", "", 1.0),
        ("К2", "", 1.0),
        ("К1 (Наставничество)", "Наставничество", 5.0),
    ]


def test_too_few_marks_are_refused_with_the_cure(at: datetime) -> None:
    here = scene()
    finished(here, 5, 5)
    with pytest.raises(Refusal) as no:
        actions.calibrate(here.round, by=here.organiser, at=at)
    assert no.value.text.startswith("Оценок пока мало")
    judged = _judged()
    with pytest.raises(Refusal) as rasch:
        actions.calibrate(judged.round, method="rsm", by=judged.organiser, at=at)
    assert rasch.value.field == "method"
    assert "Выберите способ «По суммам»" in rasch.value.text
    with pytest.raises(Refusal) as unknown:
        actions.calibrate(judged.round, method="magic", by=judged.organiser, at=at)
    assert unknown.value.text == "Такого способа расчёта нет. Выберите способ из списка."
    assert not Calibration.objects.exists()


def test_only_those_who_run_the_round_calibrate(at: datetime) -> None:
    here = _judged()
    with pytest.raises(PermissionDenied):
        actions.calibrate(here.round, by=here.experts[0], at=at)


def test_closing_the_round_calibrates_it(at: datetime) -> None:
    here = _judged()
    actions.close_round(here.round, reason="Эксперт болен", by=here.organiser, at=at)
    kept = Calibration.objects.get()
    assert Entry.objects.get(deed="review.close_round").changes == {
        "reason": "Эксперт болен",
        "calibration": kept.result_sha256,
    }
