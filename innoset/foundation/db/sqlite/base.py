"""The SQLite engine of the house: name `innoset.foundation.db.sqlite` as ENGINE and add nothing."""

import sqlite3
from typing import Any

from django.db.backends.sqlite3 import base as stock
from django.db.backends.sqlite3.operations import DatabaseOperations as StockOperations
from django.db.backends.sqlite3.schema import DatabaseSchemaEditor as StockSchemaEditor

from innoset.foundation.db.sqlite import russian

WAIT_SECONDS = 20
"""How long a writer waits for its turn before it gives up."""


class DatabaseOperations(StockOperations):
    """Flushing a database must reach append-only tables too, so their triggers step aside for it."""

    def sql_flush(self, style: Any, tables: Any, **options: Any) -> list[str]:
        """List the statements that empty the tables and leave their triggers as they were."""
        triggers = _triggers(self.connection, set(tables)) if tables else []
        dropped = [f'DROP TRIGGER "{name}"' for name, _ in triggers]
        return [*dropped, *super().sql_flush(style, tables, **options), *(sql for _, sql in triggers)]


class DatabaseSchemaEditor(StockSchemaEditor):
    """SQLite changes a column by building the table anew, which would lose its triggers."""

    def _remake_table(self, model: Any, *args: Any, **options: Any) -> None:
        triggers = _triggers(self.connection, {model._meta.db_table})
        super()._remake_table(model, *args, **options)  # type: ignore[misc]  # private, so django-stubs omit it
        for _, sql in triggers:
            self.execute(sql, params=None)


class DatabaseWrapper(stock.DatabaseWrapper):
    """Write-ahead log, writers in a queue, foreign keys on, Russian letters compared as a reader would."""

    ops_class = DatabaseOperations
    SchemaEditorClass = DatabaseSchemaEditor

    def get_connection_params(self) -> dict[str, Any]:
        """Fill in what every SQLite database of the house is opened with."""
        options = self.settings_dict["OPTIONS"]
        options.setdefault("timeout", WAIT_SECONDS)
        # A transaction that starts as a reader and turns writer fails at once when another has
        # written meanwhile; IMMEDIATE queues it from the start instead.
        options.setdefault("transaction_mode", "IMMEDIATE")
        options.setdefault("init_command", "PRAGMA journal_mode = WAL")
        return dict(super().get_connection_params())

    def get_new_connection(self, conn_params: dict[str, Any]) -> sqlite3.Connection:
        """Open a connection that knows the Russian alphabet."""
        connection: sqlite3.Connection = super().get_new_connection(conn_params)
        russian.teach(connection)
        return connection


def _triggers(connection: Any, tables: set[str]) -> list[tuple[str, str]]:
    """Give name and text of every trigger on the tables."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT tbl_name, name, sql FROM sqlite_master WHERE type = 'trigger' ORDER BY name")
        return [(name, sql) for table, name, sql in cursor.fetchall() if table in tables]
