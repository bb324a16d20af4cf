"""The two engines of the house behave alike where Django's own do not."""

import pytest
from django.db import IntegrityError, connection, connections, transaction
from django.db.migrations.state import ProjectState
from django.db.models import Value
from django.db.models.functions import Lower, Upper
from django.db.utils import NotSupportedError
from hypothesis import given
from hypothesis import strategies as st

from innoset.foundation.db.append_only import AppendOnly, trigger_names
from innoset.foundation.db.ordering import Russian
from innoset.foundation.db.sqlite import russian
from innoset.foundation.jobs.models import Slot

NAMES = ["Ёжикова", "Абрамов", "Елкин", "ёлочный", "Жук", "Ежов", "абрикос", "елочный"]


@pytest.fixture
def slots(at):
    """Rows whose names are Russian words in disorder."""
    return Slot.objects.bulk_create(Slot(name=name, due_at=at, claimed_at=at) for name in NAMES)


@pytest.mark.django_db
class TestRussianLetters:
    """Searching and sorting do what a Russian reader expects."""

    @pytest.mark.parametrize(
        ("lookup", "found"),
        [
            ({"name__icontains": "ЖИК"}, ["Ёжикова"]),
            ({"name__iexact": "аБРАМОВ"}, ["Абрамов"]),
            ({"name__istartswith": "АБР"}, ["Абрамов", "абрикос"]),
            ({"name__iendswith": "ЧНЫЙ"}, ["елочный", "ёлочный"]),
            ({"name__icontains": "%"}, []),
            ({"name__icontains": "_"}, []),
            ({"name__contains": "Ель"}, []),
        ],
    )
    def test_lookups_know_the_case_of_cyrillic(self, slots, lookup, found):
        rows = Slot.objects.filter(**lookup).order_by(Russian("name"))
        assert [slot.name for slot in rows] == found

    def test_order_is_that_of_a_dictionary(self, slots):
        rows = Slot.objects.order_by(Russian("name"))
        assert [slot.name for slot in rows] == [
            "Абрамов",
            "абрикос",
            "Ежов",
            "Елкин",
            "елочный",
            "Ёжикова",
            "ёлочный",
            "Жук",
        ]

    def test_functions_change_the_case_of_cyrillic(self, slots):
        row = Slot.objects.annotate(low=Lower(Value("ЁЖ")), up=Upper(Value("ёж"))).values_list("low", "up")[0]
        assert row == ("ёж", "ЁЖ")


class TestLike:
    """LIKE by itself: wildcards, escapes, NULL."""

    @pytest.mark.parametrize(
        ("pattern", "value", "escape", "answer"),
        [
            ("%наТал%", "Наталья", None, True),
            ("_а_", "Мак", None, True),
            ("_а", "Мак", None, False),
            (r"100\%", "100%", "\\", True),
            (r"100\%", "1000", "\\", False),
            (r"a\_b", "axb", "\\", False),
            ("a%b", "a\nb", None, True),
            ("%", None, None, None),
            (None, "x", None, None),
            ("1%", 12, None, True),
        ],
    )
    def test_answer(self, pattern, value, escape, answer):
        assert russian.like(pattern, value, escape) is answer

    def test_case_functions_leave_other_things_alone(self):
        assert (russian.lower(7), russian.upper(None)) == (7, None)

    @given(st.text(), st.text(), st.text())
    def test_comparison_is_an_order(self, a, b, c):
        assert russian.compare(a, b) == -russian.compare(b, a)
        if russian.compare(a, b) <= 0 and russian.compare(b, c) <= 0:
            assert russian.compare(a, c) <= 0


@pytest.mark.django_db(transaction=True)
class TestAppendOnly:
    """A table declared append-only takes rows and gives none back."""

    operation = AppendOnly("jobs_slot")

    @pytest.fixture
    def slot(self, at):
        """A row of a table that is append-only during the test."""
        row = Slot.objects.create(name="a", due_at=at, claimed_at=at)
        state = ProjectState()
        with connection.schema_editor() as editor:
            self.operation.database_forwards("jobs", editor, state, state)
        yield row
        with connection.schema_editor() as editor:
            self.operation.database_backwards("jobs", editor, state, state)

    def test_rows_are_added_and_never_changed(self, slot, at):
        Slot.objects.create(name="b", due_at=at, claimed_at=at)
        with pytest.raises(IntegrityError, match="jobs_slot is append-only"), transaction.atomic():
            Slot.objects.filter(name="a").update(name="c")
        with pytest.raises(IntegrityError, match="jobs_slot is append-only"), transaction.atomic():
            slot.delete()
        assert sorted(Slot.objects.values_list("name", flat=True)) == ["a", "b"]

    def test_the_way_back_takes_the_triggers_away(self, slot):
        state = ProjectState()
        with connection.schema_editor() as editor:
            self.operation.database_backwards("jobs", editor, state, state)
        assert Slot.objects.all().delete() == (1, {"jobs.Slot": 1})
        with connection.schema_editor() as editor:
            self.operation.database_forwards("jobs", editor, state, state)

    @pytest.mark.skipif("connection.vendor != 'sqlite'", reason="only SQLite builds tables anew")
    def test_a_rebuilt_table_keeps_its_triggers(self, slot):
        with connection.schema_editor() as editor:
            editor._remake_table(Slot)
        with pytest.raises(IntegrityError, match="jobs_slot is append-only"):
            Slot.objects.update(name="c")

    def test_a_flush_empties_it_and_leaves_the_triggers(self, slot, at):
        connection.ops.execute_sql_flush(
            connection.ops.sql_flush(_Plain(), ["jobs_slot"], reset_sequences=True, allow_cascade=False)
        )
        assert Slot.objects.count() == 0
        Slot.objects.create(name="b", due_at=at, claimed_at=at)
        with pytest.raises(IntegrityError, match="jobs_slot is append-only"):
            Slot.objects.update(name="c")


class _Plain:
    """The style of an output without colours."""

    def __getattr__(self, name: str):
        return str


def test_append_only_describes_itself():
    operation = AppendOnly("audit_entry")
    assert (operation.describe(), operation.migration_name_fragment, operation.deconstruct()) == (
        "Forbid changing and deleting rows of audit_entry",
        "audit_entry_append_only",
        ("AppendOnly", ("audit_entry",), {}),
    )
    assert trigger_names("sqlite", "t") == ["t_forbids_update", "t_forbids_delete"]


@pytest.mark.django_db
def test_connection_is_set_up_for_many_writers():
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            answers = [
                cursor.execute(f"PRAGMA {name}").fetchone()[0]
                for name in ("journal_mode", "foreign_keys", "busy_timeout")
            ]
        assert (answers, connection.transaction_mode) == (["wal", 1, 20_000], "IMMEDIATE")
    else:
        with connection.cursor() as cursor:
            cursor.execute("SHOW lock_timeout")
            assert cursor.fetchone() == ("20s",)


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="SQLite comes with Python")
@pytest.mark.django_db
def test_an_old_server_is_refused_in_one_sentence(monkeypatch):
    monkeypatch.setattr(connections["default"], "pg_version", 140_009, raising=False)
    with pytest.raises(NotSupportedError) as refusal:
        connection.check_database_version_supported()
    assert (
        str(refusal.value) == "Нужен PostgreSQL 15 или новее, а по указанному адресу работает PostgreSQL 14."
    )
