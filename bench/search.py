"""How fast the search is and how much it finds, beside what the databases bring themselves.

    python -m bench.search [--competences 14000] [--texts 100000] [--questions 400] [--seed 1]

Builds a body of generated Norwegian on each database there is, asks known-item questions (words taken from
one document, in everyday phrasing, half of them misspelled) and short ones, and writes bench/out/search.txt.
Time is CPU: of this process, and of the server process that worked for it. The baselines run in the same
run on the same texts: SQLite FTS5 `unicode61` with bm25, PostgreSQL `norwegian` with ts_rank.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np

from bench.search_body import Body, Question, build_body

OUT = Path(__file__).parent / "out" / "search.txt"
TOP = 10
Ask = Callable[[Question], list[str]]


# --- one database, in a process of its own ---------------------------------------------------------


class Clock:
    """CPU seconds of this process and, on PostgreSQL, of the server process that serves it."""

    def __init__(self, server_pid: int | None) -> None:
        self.schedule = Path(f"/proc/{server_pid}/schedstat") if server_pid else None

    def now(self) -> float:
        served = int(self.schedule.read_text().split()[0]) / 1e9 if self.schedule else 0.0
        return time.process_time() + served


def measure(body: Body, ask: Ask, clock: Clock) -> dict[str, Any]:
    """CPU per question in milliseconds, and how often the document meant is among the first ten."""
    for question in body.questions[:20]:
        ask(question)
    spent, found = [], {"plain": [], "misspelled": [], "label": []}
    for question in body.questions:
        before = clock.now()
        keys = ask(question)
        spent.append((clock.now() - before) * 1000)
        found[question.sort].append(question.key in keys)
    middle, high = np.percentile(spent, [50, 95])
    recall = {sort: float(np.mean(hits)) for sort, hits in found.items()}
    return {"middle": middle, "p95": high, "most": max(spent), "recall": recall}


def own(body: Body, clock: Clock) -> dict[str, Any]:
    from sloyfe.core.search.ask import search
    from sloyfe.core.search.index import Field, put, rebuild

    took: dict[str, float] = {}
    for kind, documents in body.documents.items():
        began, cpu = time.perf_counter(), clock.now()
        rebuild(kind, ((key, [Field(*field) for field in fields]) for key, fields in documents))
        took[f"{kind}, {len(documents)}"] = time.perf_counter() - began
        took[f"{kind}, CPU"] = clock.now() - cpu

    def ask(question: Question) -> list[str]:
        return [hit.key for hit in search(question.text, kinds=[question.kind], limit=TOP)]

    result = measure(body, ask, clock)
    changed = body.documents["text"][:200]
    cpu = clock.now()
    for (key, _), (_, fields) in zip(changed, reversed(changed), strict=True):
        put("text", key, [Field(*field) for field in fields])
    result["put"] = (clock.now() - cpu) * 1000 / len(changed)
    return result | {"rebuild": took}


def fts5(body: Body, clock: Clock) -> dict[str, Any]:
    """SQLite's own full-text search: words joined by OR, ranked by bm25 with the same field weights."""
    database = sqlite3.connect(":memory:")
    for kind, documents in body.documents.items():
        database.execute(f"CREATE VIRTUAL TABLE {kind} USING fts5(key UNINDEXED, a, b, c)")
        rows = ((key, *_columns(fields)) for key, fields in documents)
        database.executemany(f"INSERT INTO {kind} VALUES (?, ?, ?, ?)", rows)

    def ask(question: Question) -> list[str]:
        words = " OR ".join(f'"{word}"' for word in question.text.split())
        order = f"bm25({question.kind}, 0, 3, 2, 1)"
        found = database.execute(
            f"SELECT key FROM {question.kind} WHERE {question.kind} MATCH ? ORDER BY {order} LIMIT {TOP}", [words]
        )
        return [key for (key,) in found]

    return measure(body, ask, clock)


def ts_rank(body: Body, url: str) -> dict[str, Any]:
    """PostgreSQL's own: `norwegian`, words joined by OR, ranked by ts_rank with weighted fields."""
    import psycopg

    folder, _, name = url.removeprefix("postgres://").rpartition("/")
    with psycopg.connect(host=folder, dbname=name, autocommit=True) as database:
        for kind, documents in body.documents.items():
            database.execute(f"CREATE TABLE fts_{kind} (key text, words tsvector)")
            vector = " || ".join(f"setweight(to_tsvector('norwegian', %s), '{weight}')" for weight in ("A", "B", "D"))
            with database.cursor() as cursor:
                rows = [(key, *_columns(fields)) for key, fields in documents]
                cursor.executemany(f"INSERT INTO fts_{kind} VALUES (%s, {vector})", rows)
            database.execute(f"CREATE INDEX ON fts_{kind} USING gin (words)")
            database.execute(f"VACUUM ANALYZE fts_{kind}")
        pid = database.execute("SELECT pg_backend_pid()").fetchone()[0]

        def ask(question: Question) -> list[str]:
            statement = (
                f"SELECT key FROM fts_{question.kind}, to_tsquery('norwegian', %s) q WHERE words @@ q "
                f"ORDER BY ts_rank(words, q) DESC, key LIMIT {TOP}"
            )
            words = " | ".join(question.text.split())
            return [key for (key,) in database.execute(statement, [words]).fetchall()]

        return measure(body, ask, Clock(pid))


def _columns(fields: Sequence[tuple[str, int]]) -> list[str]:
    """Label, alternative labels, text."""
    return [" ".join(text for text, weight in fields if weight == wanted) for wanted in (3, 2, 1)]


def one_database(body: Body, url: str) -> dict[str, Any]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", "search", verbosity=0)
    database = connections["default"]
    with database.cursor() as cursor:
        pid = None
        if database.vendor == "postgresql":
            pid = cursor.execute("SELECT pg_backend_pid()").fetchone()[0]
    clock = Clock(pid)
    results = {"own 4-grams": own(body, clock)}
    with database.cursor() as cursor:
        if pid:
            cursor.execute("SELECT pg_database_size(current_database())")
        else:
            cursor.execute("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size")
        results["own 4-grams"]["size"] = cursor.fetchone()[0] / 1e6
    results["own 4-grams"]["memory"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    if pid:
        results["norwegian, ts_rank"] = ts_rank(body, url)
    else:
        results["FTS5 unicode61"] = fts5(body, clock)
    return results


# --- all of them, and the file ---------------------------------------------------------------------


def databases(stack: ExitStack) -> Iterator[tuple[str, str]]:
    from tools.postgres import cluster
    from tools.ready import Missing

    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sloyfe-bench-"))
    yield "SQLite", f"sqlite:///{folder}/search.sqlite3"
    try:
        yield "PostgreSQL", stack.enter_context(cluster())
    except Missing as missing:
        print(f"PostgreSQL was not measured: {missing}")


def lines(name: str, results: dict[str, Any]) -> Iterator[str]:
    yield f"{name:<22}CPU ms per question       found among the first {TOP}"
    yield f"{'':<22}{'middle':>8}{'p95':>8}{'most':>8}{'plain':>10}{'misspelled':>12}{'label':>8}"
    for way, result in results.items():
        times = f"{result['middle']:8.2f}{result['p95']:8.2f}{result['most']:8.1f}"
        recall = result["recall"]
        yield f"{way:<22}{times}{recall['plain']:10.3f}{recall['misspelled']:12.3f}{recall['label']:8.3f}"
    mine = results["own 4-grams"]
    for what, seconds in mine["rebuild"].items():
        yield f"rebuild {what}: {seconds:.1f} s"
    yield f"a changed text: {mine['put']:.1f} ms CPU; database {mine['size']:.0f} MB; memory {mine['memory']:.0f} MB"
    yield ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--competences", type=int, default=14_000)
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        body = build_body(options.competences, options.texts, options.questions, options.seed)
        print(json.dumps(one_database(body, options.one)))
        return
    written = [
        f"Search: {options.competences} competences, {options.texts} texts, {options.questions} questions, "
        f"seed {options.seed}",
        "",
    ]
    with ExitStack() as stack:
        for name, url in databases(stack):
            environment = {"DJANGO_SETTINGS_MODULE": "sloyfe.project.settings", "SLOYFE_DEMO": "true"}
            environment |= os.environ | {"SLOYFE_DATABASE_URL": url}
            command = [sys.executable, "-m", "bench.search", *sys.argv[1:], "--one", url]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
            written += lines(name, json.loads(done.stdout.splitlines()[-1]))
    text = "\n".join(written)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
