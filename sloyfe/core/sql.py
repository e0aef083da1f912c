"""The one file that speaks to the database connection itself: what no model can say.

Nothing here reads rows about persons. What is told apart by vendor is told apart here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import connection


def in_own_transaction() -> bool:
    """Whether the program has opened a transaction; the one a test is wrapped in does not count."""
    return any(
        not block._from_testcase  # type: ignore[attr-defined]
        for block in connection.atomic_blocks
    )


def database_file() -> Path | None:
    """Where an embedded database lies; None when there is a server, or when it lies in memory."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor != "sqlite" or ":memory:" in name or "mode=memory" in name:
        return None
    return Path(name)


@contextmanager
def brief_wait(milliseconds: int) -> Iterator[None]:
    """In SQLite, wait only so long for another's write, then raise OperationalError."""
    if connection.vendor != "sqlite":
        yield
        return
    with connection.cursor() as cursor:
        usual = cursor.execute("PRAGMA busy_timeout").fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout = {int(milliseconds)}")
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute(f"PRAGMA busy_timeout = {int(usual)}")
