"""Background work: nothing is lost when a worker is killed, nothing is done twice by the timetable."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from django_tasks_db.models import DBTaskResult
from hypothesis import given
from hypothesis import strategies as st

from innoset.conf.timetable import TIMETABLE
from innoset.foundation.jobs import actions
from innoset.foundation.jobs.liveness import FileLocks, liveness_for
from innoset.foundation.jobs.models import Slot
from innoset.foundation.jobs.pure.timetable import MOSCOW, Periodic, turn_of
from tests.foundation import jobs_for_tests as jobs

ROOT = Path(__file__).parents[2]
PATIENCE = 30.0

PLAIN = ["db_worker", "--no-reload", "--no-startup-delay", "--interval", "0.1"]
OURS = ["work"]


def lines(path: Path) -> list[str]:
    """What the jobs have written so far."""
    return path.read_text().split() if path.exists() else []


def until(condition, what: str) -> None:
    """Wait for something another process does."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, f"{what}: not in {PATIENCE:.0f} s"
        time.sleep(0.05)


def statuses() -> list[str]:
    """The state of every job of the tests, oldest first."""
    ours = DBTaskResult.objects.filter(task_path__contains="jobs_for_tests")
    return list(ours.order_by("enqueued_at").values_list("status", flat=True))


@pytest.fixture
def start(tmp_path):
    """Start real worker processes on the test's own database; none outlives the test."""
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "innoset.conf.dev", "INNOSET_VAR": str(tmp_path)}
    env |= {"PYTHONPATH": str(ROOT), "DATABASE_URL": _address(tmp_path)}
    started = []

    def start_one(command=OURS):
        process = subprocess.Popen([sys.executable, "manage.py", *command], cwd=ROOT, env=env)
        started.append(process)
        return process

    yield start_one
    for process in started:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        process.wait()


def _address(folder: Path) -> str:
    """Lead another process to the test's database."""
    database = connection.settings_dict
    if connection.vendor == "sqlite":
        (folder / "innoset.sqlite3").symlink_to(database["NAME"])
        return ""
    host = database["HOST"].replace("/", "%2F")
    password = f":{database['PASSWORD']}" if database["PASSWORD"] else ""
    port = f":{database['PORT']}" if database["PORT"] else ""
    return f"postgresql://{database['USER']}{password}@{host}{port}/{database['NAME']}"


@pytest.mark.django_db(transaction=True)
class TestKilledWorker:
    """`kill -9` in the middle of a job."""

    @pytest.fixture
    def killed(self, start, tmp_path):
        """Kill a worker in the middle of a job, of which the file then tells."""

        def kill(command):
            jobs.take_long.enqueue(str(tmp_path / "file"))
            worker = start(command)
            until(lambda: lines(tmp_path / "file") == ["begun"], "the job begins")
            worker.send_signal(signal.SIGKILL)
            worker.wait()
            return tmp_path / "file"

        return kill

    def test_its_job_is_done_by_the_next_one(self, killed, start):
        file = killed(OURS)
        assert statuses() == ["RUNNING"]
        start(OURS)
        until(lambda: statuses() == ["SUCCESSFUL"], "the job is recovered")
        assert lines(file) == ["begun", "begun", "done"]

    def test_without_the_locks_it_would_be_lost(self, killed, start):
        file = killed(PLAIN)
        jobs.write.enqueue(str(file), "another")
        start(PLAIN)
        until(lambda: "another" in lines(file), "the next worker works")
        assert (lines(file), statuses()) == (["begun", "another"], ["RUNNING", "SUCCESSFUL"])

    def test_a_living_colleague_keeps_its_job(self, start, tmp_path):
        file = tmp_path / "file"
        jobs.take_long.enqueue(str(file))
        start(OURS)
        until(lambda: lines(file) == ["begun"], "the job begins")
        start(OURS)
        jobs.write.enqueue(str(file), "another")
        until(lambda: lines(file) == ["begun", "another"], "the colleague works")
        time.sleep(3)
        assert (lines(file), statuses()) == (["begun", "another"], ["RUNNING", "SUCCESSFUL"])

    def test_a_job_that_kills_workers_is_given_up(self, start, tmp_path):
        file = tmp_path / "file"
        jobs.kill_the_worker.enqueue(str(file))
        for attempt in range(1, actions.ATTEMPTS + 1):
            assert start(OURS).wait(PATIENCE) == -signal.SIGKILL
            assert lines(file) == ["begun"] * attempt
        start(OURS)
        until(lambda: statuses() == ["FAILED"], "the job is given up")
        [job] = DBTaskResult.objects.filter(task_path__contains="jobs_for_tests")
        assert (job.traceback, lines(file)) == ("The worker died during this job 3 times.", ["begun"] * 3)


@pytest.mark.django_db(transaction=True)
class TestStop:
    """A worker that is asked to stop."""

    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_finishes_the_job_at_hand_and_leaves_no_lock(self, start, tmp_path, number):
        jobs.ponder.enqueue(str(tmp_path / "file"))
        worker = start()
        until(lambda: lines(tmp_path / "file") == ["begun"], "the job begins")
        worker.send_signal(number)
        assert worker.wait(PATIENCE) == 0
        assert (lines(tmp_path / "file"), statuses()) == (["begun", "done"], ["SUCCESSFUL"])
        assert list(tmp_path.glob("run/*")) == []

    def test_an_idle_one_stops_at_once(self, start, tmp_path):
        worker = start()
        until(Slot.objects.exists, "the worker works")
        worker.terminate()
        assert worker.wait(PATIENCE) == 0


@pytest.mark.django_db(transaction=True)
class TestBatch:
    """`manage.py work --batch` does what waits and stops."""

    @pytest.fixture(autouse=True)
    def folder(self, settings, tmp_path):
        """Keep the locks with the test."""
        settings.VAR_DIR = tmp_path

    def test_runs_what_waits_and_records_what_failed(self, tmp_path, monkeypatch):
        monkeypatch.setattr(signal, "signal", lambda *_: None)
        jobs.write.enqueue(str(tmp_path / "file"), "one")
        jobs.fail.enqueue()
        jobs.write.enqueue(str(tmp_path / "file"), "two")
        call_command("work", batch=True)
        assert (lines(tmp_path / "file"), statuses()) == (
            ["one", "two"],
            ["SUCCESSFUL", "FAILED", "SUCCESSFUL"],
        )
        failed = DBTaskResult.objects.get(task_path__endswith="fail")
        assert failed.exception_class_path == "builtins.ValueError"


@pytest.mark.django_db
class TestTimetable:
    """A turn is taken once, whoever comes first."""

    hourly = Periodic("hourly", every=timedelta(hours=1), task="tests.foundation.jobs_for_tests.fail")

    def test_a_turn_is_taken_once(self, at):
        taken = [actions.take_turns([self.hourly], at=at + timedelta(minutes=n)) for n in (0, 1, 59, 60, 61)]
        assert taken == [["hourly"], [], [], ["hourly"], []]
        assert statuses() == ["READY", "READY"]
        assert list(Slot.objects.values_list("due_at", flat=True)) == [at + timedelta(hours=1), at]

    def test_every_job_of_the_house_exists_and_has_its_own_name(self):
        assert len({line.name for line in TIMETABLE}) == len(TIMETABLE)
        for line in TIMETABLE:
            assert actions.import_string(line.task).module_path == line.task

    def test_old_records_are_forgotten_and_new_ones_kept(self, at):
        old, new = at - timedelta(days=8), at - timedelta(days=6)
        for moment in (old, new):
            Slot.objects.create(name="hourly", due_at=moment, claimed_at=moment)
            done = jobs.fail.enqueue()
            DBTaskResult.objects.filter(pk=done.id).update(status="FAILED", finished_at=moment)
        jobs.fail.enqueue()
        assert actions.forget_finished(before=at - actions.KEPT) == 2
        assert list(Slot.objects.values_list("due_at", flat=True)) == [new]
        assert sorted(statuses()) == ["FAILED", "READY"]


class TestTurns:
    """Which turn a moment belongs to."""

    daily = Periodic("d", every=timedelta(days=1), after=timedelta(hours=3), task="t")

    @pytest.mark.parametrize(
        ("moment", "begins"),
        [
            (datetime(2026, 11, 21, 2, 59, tzinfo=MOSCOW), datetime(2026, 11, 20, 3, tzinfo=MOSCOW)),
            (datetime(2026, 11, 21, 3, 0, tzinfo=MOSCOW), datetime(2026, 11, 21, 3, tzinfo=MOSCOW)),
            (datetime(2026, 11, 21, 0, 0, tzinfo=UTC), datetime(2026, 11, 21, 3, tzinfo=MOSCOW)),
        ],
    )
    def test_a_day_begins_at_its_hour_in_moscow(self, moment, begins):
        assert turn_of(self.daily, moment) == begins

    @given(
        st.datetimes(min_value=datetime(2021, 1, 1), max_value=datetime(2040, 1, 1), timezones=st.just(UTC)),
        st.timedeltas(min_value=timedelta(seconds=1), max_value=timedelta(days=40)),
    )
    def test_a_moment_lies_in_its_turn(self, moment, every):
        begins = turn_of(Periodic("p", every=every, task="t"), moment)
        assert begins <= moment < begins + every


class TestFileLocks:
    """Locks of one machine."""

    def test_a_lock_is_seen_by_others_until_it_is_given_back(self, tmp_path):
        mine, other = FileLocks(tmp_path / "run"), FileLocks(tmp_path / "run")
        mine.hold("a")
        mine.hold("a")
        assert (other.is_alive("a"), other.is_alive("b")) == (True, False)
        mine.release("a")
        mine.release("a")
        assert (other.is_alive("a"), list((tmp_path / "run").iterdir())) == (False, [])

    def test_the_file_of_a_dead_one_is_cleared_away(self, tmp_path):
        (tmp_path / "dead.lock").touch()
        assert (FileLocks(tmp_path).is_alive("dead"), list(tmp_path.iterdir())) == (False, [])


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite has no sessions on a server")
@pytest.mark.django_db
def test_a_lock_lost_with_its_session_is_taken_anew(tmp_path):
    locks = liveness_for("postgresql", tmp_path)
    locks.hold("a")
    locks._session.close()
    # The server ends a closed session in its own time.
    for _ in range(100):
        if not locks.is_alive("a"):
            break
        time.sleep(0.1)
    assert not locks.is_alive("a")
    locks.hold("a")
    assert locks.is_alive("a")
    locks.release("a")
    locks.release("a")
    assert not locks.is_alive("a")
