"""The ways to search that are compared: our own, and what each database brings itself.

A way is built on a body and gives a function from a question to the keys it finds, best first.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import Any

import psycopg

from bench.search_body import Body, Fields, Question

TOP = 10
Ask = Callable[[Question], list[str]]


def own() -> Ask:
    from sloyfe.core.search.ask import search

    return lambda question: [hit.key for hit in search(question.text, kinds=[question.kind], limit=TOP)]


def fts5(body: Body) -> Ask:
    """SQLite's own full-text search: words joined by OR, ranked by bm25 with the same field weights."""
    database = sqlite3.connect(":memory:")
    for kind, documents in body.documents.items():
        database.execute(f"CREATE VIRTUAL TABLE {kind} USING fts5(key UNINDEXED, a, b, c, tokenize = unicode61)")
        rows = ((key, *_columns(fields)) for key, fields in documents)
        database.executemany(f"INSERT INTO {kind} VALUES (?, ?, ?, ?)", rows)

    def ask(question: Question) -> list[str]:
        statement = (
            f"SELECT key FROM {question.kind} WHERE {question.kind} MATCH ? "
            f"ORDER BY bm25({question.kind}, 0, 3, 2, 1), key LIMIT {TOP}"
        )
        words = " OR ".join(f'"{word}"' for word in question.words)
        return [key for (key,) in database.execute(statement, [words])]

    return ask


def ts_rank(body: Body, database: psycopg.Connection[Any]) -> Ask:
    """PostgreSQL's own: `norwegian`, words joined by OR, ranked by ts_rank with weighted fields."""
    vector = " || ".join(f"setweight(to_tsvector('norwegian', %s), '{weight}')" for weight in "ABD")
    for kind, documents in body.documents.items():
        database.execute(f"CREATE TABLE fts_{kind} (key text, words tsvector)")
        with database.cursor() as cursor:
            rows = [(key, *_columns(fields)) for key, fields in documents]
            cursor.executemany(f"INSERT INTO fts_{kind} VALUES (%s, {vector})", rows)
        database.execute(f"CREATE INDEX ON fts_{kind} USING gin (words)")
        database.execute(f"VACUUM ANALYZE fts_{kind}")

    def ask(question: Question) -> list[str]:
        statement = (
            f"SELECT key FROM fts_{question.kind}, to_tsquery('norwegian', %s) q WHERE words @@ q "
            f"ORDER BY ts_rank(words, q) DESC, key LIMIT {TOP}"
        )
        return [key for (key,) in database.execute(statement, [" | ".join(question.words)]).fetchall()]

    return ask


def _columns(fields: Fields) -> list[str]:
    """Label, alternative labels, text."""
    return [" ".join(text for text, weight in fields if weight == wanted) for wanted in (3, 2, 1)]


def connect(url: str) -> psycopg.Connection[Any]:
    """A plain connection to the cluster whose socket the address names."""
    folder, _, name = url.removeprefix("postgres:///").rpartition("/")
    return psycopg.connect(host=f"/{folder.lstrip('/')}", dbname=name, autocommit=True)
