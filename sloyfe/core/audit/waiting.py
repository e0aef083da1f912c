"""Looks that wait for the database: only SQLite, and only while another writes for long.

One long write (an import) makes every other write in SQLite wait. A page must not wait with it, and must not
be shown unlogged: its line is put in a file beside the database, and comes into the table as soon as there
is room. Killed in the middle, a line may be told twice, but never be lost.
"""

from __future__ import annotations

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from sloyfe.core.sql import database_file

Line = dict[str, Any]


def put(line: Line) -> bool:
    """Keep the line on disk; False when this database has no such file, and the caller must raise."""
    path = _path()
    if path is None:
        return False
    with _held(path) as file:
        file.seek(0, os.SEEK_END)
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def any_waiting() -> bool:
    path = _path()
    return path is not None and path.exists() and path.stat().st_size > 0


@contextmanager
def taken() -> Iterator[list[Line]]:
    """The lines that wait, held still for the block; they leave the file if it ends without error."""
    path = _path()
    if path is None or not path.exists():
        yield []
        return
    with _held(path) as file:
        yield [json.loads(line) for line in file]
        file.seek(0)
        file.truncate()


def _path() -> Path | None:
    database = database_file()
    return database and database.with_name(f"{database.name}-looks")


@contextmanager
def _held(path: Path) -> Iterator[IO[str]]:
    """The file, open, and locked against every other thread and process."""
    handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(handle, "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file
