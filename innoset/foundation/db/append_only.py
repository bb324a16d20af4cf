"""A migration operation that lets rows be added to a table and never changed again."""

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

FORBIDDEN = ("UPDATE", "DELETE")


class AppendOnly(Operation):
    """Forbid UPDATE and DELETE on a table by triggers, on either engine.

    Both engines answer with an integrity error, so callers see one exception. Emptying the
    whole table (`manage.py flush`, TRUNCATE) stays with the owner of the database.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, table: str) -> None:
        """Name the table as the database knows it, e.g. `audit_entry`."""
        self.table = table

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Change nothing: triggers are no part of the models."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Create the triggers."""
        for statement in _creation(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        """Drop the triggers."""
        for statement in _removal(schema_editor.connection.vendor, self.table):
            schema_editor.execute(statement, params=None)

    def describe(self) -> str:
        """Say in one line what the migration does."""
        return f"Forbid changing and deleting rows of {self.table}"

    @property
    def migration_name_fragment(self) -> str:
        """Give the migration a name a person can read."""
        return f"{self.table}_append_only"


def trigger_names(vendor: str, table: str) -> list[str]:
    """Names of the triggers that keep the table append-only."""
    if vendor == "postgresql":
        return [f"{table}_append_only"]
    return [f"{table}_forbids_{verb.lower()}" for verb in FORBIDDEN]


def _creation(vendor: str, table: str) -> list[str]:
    if vendor == "postgresql":
        return _postgresql_creation(table)
    return [
        f'CREATE TRIGGER "{name}" BEFORE {verb} ON "{table}" '
        f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        for name, verb in zip(trigger_names(vendor, table), FORBIDDEN, strict=True)
    ]


def _postgresql_creation(table: str) -> list[str]:
    [name] = trigger_names("postgresql", table)
    refusal = f"RAISE EXCEPTION '{table} is append-only' USING ERRCODE = 'restrict_violation'"
    verbs = " OR ".join(FORBIDDEN)
    return [
        f'CREATE FUNCTION "{name}"() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {refusal}; END $$',
        f'CREATE TRIGGER "{name}" BEFORE {verbs} ON "{table}" FOR EACH ROW EXECUTE FUNCTION "{name}"()',
    ]


def _removal(vendor: str, table: str) -> list[str]:
    names = trigger_names(vendor, table)
    if vendor == "postgresql":
        [name] = names
        return [f'DROP TRIGGER "{name}" ON "{table}"', f'DROP FUNCTION "{name}"()']
    return [f'DROP TRIGGER "{name}"' for name in names]
