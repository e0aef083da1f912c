"""What makes the logs append-only: the database itself refuses, on PostgreSQL and on SQLite.

UPDATE and DELETE raise IntegrityError unless a row stands in audit_erasurepermit. So does TRUNCATE on
PostgreSQL, and INSERT OR REPLACE on SQLite, which would otherwise overwrite a row unseen.
Not stopped: whoever owns the tables may drop the triggers. In production, let the pages use another account
than the migrations.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

LOGS = ("audit_event", "audit_look")
NO_PERMIT = "NOT EXISTS (SELECT 1 FROM audit_erasurepermit)"

POSTGRES_FUNCTION = f"""
CREATE OR REPLACE FUNCTION audit_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF {NO_PERMIT} THEN
        RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
    END IF;
    IF TG_OP = 'UPDATE' THEN RETURN NEW; END IF;
    IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
    RETURN NULL;
END $$
"""


def install(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    for statement in _statements(editor.connection.vendor):
        editor.execute(statement, params=None)


def remove(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
    on_table = editor.connection.vendor == "postgresql"
    for table in LOGS:
        for name in _names(editor.connection.vendor):
            place = f" ON {table}" if on_table else ""
            editor.execute(f"DROP TRIGGER IF EXISTS {table}_{name}{place}")
    if on_table:
        editor.execute("DROP FUNCTION IF EXISTS audit_append_only()")


def _names(vendor: str) -> tuple[str, ...]:
    return ("kept", "kept_whole") if vendor == "postgresql" else ("no_update", "no_delete", "no_replace")


def _statements(vendor: str) -> Iterator[str]:
    if vendor == "postgresql":
        yield POSTGRES_FUNCTION
    for table in LOGS:
        yield from _on_postgres(table) if vendor == "postgresql" else _on_sqlite(table)


def _on_postgres(table: str) -> Iterator[str]:
    does = "EXECUTE FUNCTION audit_append_only()"
    yield f"CREATE OR REPLACE TRIGGER {table}_kept BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW {does}"
    yield f"DROP TRIGGER IF EXISTS {table}_kept_whole ON {table}"
    yield f"CREATE TRIGGER {table}_kept_whole BEFORE TRUNCATE ON {table} FOR EACH STATEMENT {does}"


def _on_sqlite(table: str) -> Iterator[str]:
    refuse = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    there = f"{NO_PERMIT} AND EXISTS (SELECT 1 FROM {table} WHERE id = NEW.id)"
    for name, event, when in (
        ("no_update", "UPDATE", NO_PERMIT),
        ("no_delete", "DELETE", NO_PERMIT),
        ("no_replace", "INSERT", there),
    ):
        yield f"CREATE TRIGGER IF NOT EXISTS {table}_{name} BEFORE {event} ON {table} WHEN {when} {refuse}"
