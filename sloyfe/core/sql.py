"""The one file that speaks to the database connection itself: what no model can say.

Nothing here reads rows about persons. What is told apart by vendor is told apart here, and nowhere else.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from django.db import connection
from django.db.models import Model
from numpy.typing import NDArray


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
    connection.ensure_connection()
    sqlite = connection.connection  # past the counting of queries: this asks the database for nothing
    usual = sqlite.execute("PRAGMA busy_timeout").fetchone()[0]
    sqlite.execute(f"PRAGMA busy_timeout = {int(milliseconds)}")
    try:
        yield
    finally:
        sqlite.execute(f"PRAGMA busy_timeout = {int(usual)}")


class WantedGram(NamedTuple):
    """A gram the search reads: of which kind of document, its number, and what it counts."""

    kind: int
    gram: int
    rarity: int


class HeavyDocument(NamedTuple):
    """What was found: whose it is, how much it weighs, and all it holds, packed."""

    kind: str
    key: str
    score: int
    postings: bytes


def heaviest_documents(wanted: Sequence[WantedGram], limit: int, only: Collection[str] | None) -> list[HeavyDocument]:
    """The documents whose postings weigh most, heaviest first; `only` keeps to those keys.

    The CROSS JOIN tells SQLite to begin with the few grams; PostgreSQL finds that by itself. Both read the
    postings from the key's index alone.
    """
    within, among = "", list[str | int]()
    if only is not None:
        kinds = {gram.kind for gram in wanted}
        known = f"kind_id IN ({_marks(kinds)}) AND key IN ({_marks(only)})"
        within, among = f"AND p.document IN (SELECT id FROM search_document WHERE {known})", [*kinds, *only]
    statement = f"""
        WITH wanted(kind, gram, rarity) AS (VALUES {", ".join(["(%s, %s, %s)"] * len(wanted))}),
        best AS (
            SELECT p.document, SUM(p.weight * w.rarity) AS score
            FROM wanted w CROSS JOIN search_posting p
            WHERE p.kind = w.kind AND p.gram = w.gram {within}
            GROUP BY p.document ORDER BY score DESC, p.document LIMIT %s
        )
        SELECT k.name, d.key, b.score, d.postings
        FROM best b JOIN search_document d ON d.id = b.document JOIN search_kind k ON k.id = d.kind_id
        ORDER BY b.score DESC, b.document
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, [*chain.from_iterable(wanted), *among, limit])
        return [HeavyDocument(*row) for row in cursor.fetchall()]


def _marks(values: Collection[object]) -> str:
    return ", ".join(["%s"] * len(values))


def pour(model: type[Model], columns: Mapping[str, NDArray[Any]]) -> None:
    """Insert very many rows of whole numbers, a column each: for derived tables that can be built again.

    On PostgreSQL each array must be as wide as its column: int16 for smallint, int32 for integer and so on.
    """
    into = f"{model._meta.db_table} ({', '.join(columns)})"
    if not any(map(len, columns.values())):
        return
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN (FORMAT binary)") as copy:
                copy.write(_binary_rows(list(columns.values())))
        else:
            rows = list(zip(*(column.tolist() for column in columns.values()), strict=True))
            cursor.executemany(f"INSERT INTO {into} VALUES ({_marks(columns)})", rows)


def tidy(*models: type[Model]) -> None:
    """After very many rows were written and committed: let PostgreSQL read them from the index alone at once.

    Autovacuum would come to it by itself, some minutes later.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (ANALYZE) {', '.join(model._meta.db_table for model in models)}")


def _binary_rows(columns: Sequence[NDArray[Any]]) -> bytes:
    """PostgreSQL's own format: a header; in each row the number of fields, and each field after its length."""
    parts: list[tuple[str, str]] = [("fields", ">i2")]
    for at, column in enumerate(columns):
        parts += [(f"length{at}", ">i4"), (f"value{at}", f">i{column.itemsize}")]
    rows = np.empty(len(columns[0]), np.dtype(parts))
    rows["fields"] = len(columns)
    for at, column in enumerate(columns):
        rows[f"length{at}"], rows[f"value{at}"] = column.itemsize, column
    return b"PGCOPY\n\xff\r\n\0" + bytes(8) + rows.tobytes() + b"\xff\xff"
