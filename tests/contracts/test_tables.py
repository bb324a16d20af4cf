"""Tables: privacy of every column, migrations in one line and back, triggers where they were promised."""

import pytest
from django.apps import apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from innoset.foundation import privacy
from innoset.foundation.db.append_only import AppendOnly, trigger_names
from tests.contracts.test_floors import ours

OUR_LABELS = {config.label for config in apps.get_app_configs() if config.name.startswith("innoset.")}


@pytest.fixture(scope="module")
def graph():
    """All migrations, read from their files."""
    loader = MigrationLoader(None)
    return {key: node for key, node in loader.disk_migrations.items() if key[0] in OUR_LABELS}


def test_every_column_has_a_privacy_class():
    missing = {model._meta.label: privacy.undeclared(model) for model in apps.get_models()}
    assert {label: columns for label, columns in missing.items() if columns} == {}


def test_no_privacy_class_is_given_to_nothing():
    for model in ours():
        columns = {field.name for field in (*model._meta.local_fields, *model._meta.local_many_to_many)}
        declared = [
            name for kind in privacy.CLASSES for name in getattr(getattr(model, "Privacy", None), kind, ())
        ]
        assert sorted(set(declared) - columns) == [], model._meta.label
        assert len(declared) == len(set(declared)), model._meta.label


def test_migrations_go_in_one_line(graph):
    """Every migration of an app but the first follows exactly one other, and no two follow the same."""
    for label in OUR_LABELS:
        chain = sorted(name for app, name in graph if app == label)
        before = {name: [d[1] for d in graph[label, name].dependencies if d[0] == label] for name in chain}
        assert [before[name] for name in chain] == [[], *([name] for name in chain[:-1])][: len(chain)]


def test_migrations_can_be_taken_back(graph):
    stuck = [
        f"{label}.{name}: {operation.describe()}"
        for (label, name), migration in graph.items()
        for operation in migration.operations
        if not operation.reversible
    ]
    assert stuck == []


def test_every_table_has_a_migration(graph):
    with_tables = {model._meta.app_label for model in ours()}
    assert with_tables - {label for label, _ in graph} == set()


@pytest.mark.django_db
def test_append_only_tables_keep_their_triggers(graph):
    tables = [
        operation.table
        for migration in graph.values()
        for operation in migration.operations
        if isinstance(operation, AppendOnly)
    ]
    assert "audit_entry" in tables
    promised = {name for table in tables for name in trigger_names(connection.vendor, table)}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
        )
        kept = {name for (name,) in cursor.fetchall()}
    assert promised - kept == set()


def test_constraints_have_names_that_read_as_sentences():
    """`sent_letter_has_time` tells what is wrong when the database refuses; `check1` does not."""
    short = [
        f"{model._meta.label}.{constraint.name}"
        for model in ours()
        for constraint in model._meta.constraints
        if constraint.name.count("_") < 2
    ]
    assert short == []
