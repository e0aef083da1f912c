"""Lets the test runner empty the tables after a test with real transactions, append-only logs included.

Tests only: pytest's flush is one TRUNCATE on PostgreSQL and a DELETE for each table on SQLite, and the
triggers rightly refuse both. Called once, from a conftest.
"""

from __future__ import annotations

from django.db.backends.base.operations import BaseDatabaseOperations

from sloyfe.core.audit.triggers import LOGS

_usual = BaseDatabaseOperations.execute_sql_flush


def let_tests_empty_the_logs() -> None:
    BaseDatabaseOperations.execute_sql_flush = _flush


def _flush(self: BaseDatabaseOperations, sql_list: list[str]) -> None:
    if self.connection.vendor == "postgresql":
        sql_list = [*_triggers("DISABLE"), *sql_list, *_triggers("ENABLE")]
    else:
        permit = "INSERT INTO audit_erasurepermit (reason, never_id) VALUES ('the tests begin anew', 0)"
        sql_list = [permit, *sorted(sql_list, key=lambda statement: "audit_erasurepermit" in statement)]
    _usual(self, sql_list)


def _triggers(what: str) -> list[str]:
    return [f"ALTER TABLE {table} {what} TRIGGER USER" for table in LOGS]
