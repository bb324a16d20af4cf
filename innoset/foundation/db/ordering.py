"""Russian alphabetical order on either engine."""

from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import CharField, Func
from django.db.models.sql.compiler import SQLCompiler

from innoset.foundation.db.sqlite.russian import AFTER_YE, COLLATION


class Russian(Func):
    """Sort by a text column as a Russian dictionary does: `order_by(Russian("name"))`.

    The server's own locale is not relied on: not every PostgreSQL is built with one for Russian.
    """

    function = "LOWER"
    arity = 1
    output_field = CharField()

    def as_sqlite(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any) -> tuple[str, Any]:
        """Use the collation that every connection of the house knows."""
        return super().as_sql(compiler, connection, template=f"%(expressions)s COLLATE {COLLATION}")

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **_: Any
    ) -> tuple[str, Any]:
        """Build the same key by hand and compare it byte by byte."""
        template = f"""REPLACE(LOWER(%(expressions)s), 'ё', '{AFTER_YE}') COLLATE "C\""""
        return super().as_sql(compiler, connection, template=template)
