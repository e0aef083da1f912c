"""How fast the search is and how much it finds, beside what the databases bring themselves.

    python -m bench.search [--competences 14000] [--texts 100000] [--questions 400] [--seed 1] [--esco FOLDER]

On each database there is, asks three bodies: a generated one of full size, the yardstick of the tests, and,
where the folder of ESCO's Norwegian files is given, the yardstick among its texts. Writes
bench/out/search.txt. Time is CPU: of this process, and of the server process that worked for it. The
baselines run in the same run on the same texts: SQLite FTS5 `unicode61` with bm25, PostgreSQL `norwegian`
with ts_rank.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import numpy as np

from bench.search_body import Body, bodies
from bench.search_ways import TOP, Ask, connect, fts5, own, ts_rank
from tools.postgres import cluster
from tools.ready import Missing

OUT = Path(__file__).parent / "out" / "search.txt"
CHANGED = 200  # texts put again, each with another's words


class Clock:
    """CPU seconds of this process and, on PostgreSQL, of the server process that serves it."""

    def __init__(self, server_pid: int | None = None) -> None:
        self.schedule = Path(f"/proc/{server_pid}/schedstat") if server_pid else None

    def now(self) -> float:
        served = int(self.schedule.read_text().split()[0]) / 1e9 if self.schedule else 0.0
        return time.process_time() + served


# --- one database, in a process of its own ---------------------------------------------------------


def measure(body: Body, ask: Ask, clock: Clock) -> dict[str, Any]:
    """CPU per question in milliseconds, and how often the document meant is among the first ten."""
    for question in body.questions[:20]:
        ask(question)
    spent, found = [], defaultdict(list)
    for question in body.questions:
        before = clock.now()
        keys = ask(question)
        spent.append((clock.now() - before) * 1000)
        found[question.sort].append(question.key in keys)
    middle, high = np.percentile(spent, [50, 95])
    recall = {sort: float(np.mean(hits)) for sort, hits in found.items()}
    return {"middle": middle, "p95": high, "most": max(spent), "recall": recall}


def build(body: Body, clock: Clock) -> list[str]:
    """Fill our own index; say how long it took."""
    from sloyfe.core.search.index import Field, rebuild

    said = []
    for kind, documents in body.documents.items():
        began, cpu = time.perf_counter(), clock.now()
        rebuild(kind, ((key, [Field(*field) for field in fields]) for key, fields in documents))
        seconds, cpu = time.perf_counter() - began, clock.now() - cpu
        said.append(f"{kind}: {len(documents)} documents indexed in {seconds:.1f} s, of it CPU {cpu:.1f} s")
    return said


def change(body: Body, clock: Clock) -> str:
    """Put texts again with other words, one by one."""
    from sloyfe.core.search.index import Field, put

    documents = next(reversed(body.documents.items()))
    kind, some = documents[0], documents[1][:CHANGED]
    cpu = clock.now()
    for (key, _), (_, fields) in zip(some, reversed(some), strict=True):
        put(kind, key, [Field(*field) for field in fields])
    return f"a changed text: {(clock.now() - cpu) * 1000 / len(some):.1f} ms CPU"


def one_database(url: str, options: argparse.Namespace) -> list[dict[str, Any]]:
    import django

    django.setup()
    from django.core.management import call_command
    from django.db import connections

    call_command("migrate", "search", verbosity=0)
    database = connections["default"]
    if database.vendor == "sqlite":
        clock, size = Clock(), "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    else:
        with database.cursor() as cursor:
            clock = Clock(cursor.execute("SELECT pg_backend_pid()").fetchone()[0])
        size = "SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relname LIKE 'search%%' AND relkind = 'r'"
    results = []
    for body in bodies(options.competences, options.texts, options.questions, options.seed, options.esco):
        said = build(body, clock)
        ways = {"own 4-grams": measure(body, own(), clock)}
        if database.vendor == "sqlite":
            ways["FTS5 unicode61"] = measure(body, fts5(body), clock)
        else:
            with connect(url) as plain:
                ways["norwegian, ts_rank"] = measure(body, ts_rank(body, plain), Clock(plain.info.backend_pid))
        said.append(change(body, clock))
        with database.cursor() as cursor:
            cursor.execute(size)
            said.append(f"the whole index takes {float(cursor.fetchone()[0]) / 1e6:.0f} MB")
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        said.append(f"most memory of the process, with the body and the baselines: {memory:.0f} MB")
        results.append({"body": body.name, "ways": ways, "said": said})
    return results


# --- all of them, and the file ---------------------------------------------------------------------


def databases(stack: ExitStack) -> Iterator[tuple[str, str]]:
    folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="sloyfe-bench-"))
    yield "SQLite", f"sqlite:///{folder}/search.sqlite3"
    try:
        yield "PostgreSQL", stack.enter_context(cluster())
    except Missing as missing:
        print(f"PostgreSQL was not measured: {missing}")


def lines(database: str, result: dict[str, Any]) -> Iterator[str]:
    sorts = list(result["ways"]["own 4-grams"]["recall"])
    yield f"{database}: {result['body']}"
    yield f"{'':<20}{'CPU ms per question':>24}   found among the first {TOP}"
    yield f"{'':<20}{'middle':>8}{'p95':>8}{'most':>8}   " + "".join(f"{sort:>12}" for sort in sorts)
    for way, measured in result["ways"].items():
        times = f"{measured['middle']:8.2f}{measured['p95']:8.2f}{measured['most']:8.1f}"
        yield f"{way:<20}{times}   " + "".join(f"{measured['recall'][sort]:12.3f}" for sort in sorts)
    yield from result["said"]
    yield ""


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--competences", type=int, default=14_000)
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--questions", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--esco", type=Path, help="folder with v1.0.8_no and v1.1.0_no_sample1000")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    return parser.parse_args()


def main() -> None:
    options = arguments()
    if options.one:
        print(json.dumps(one_database(options.one, options)))
        return
    written = [f"Search, seed {options.seed}, {options.questions} generated questions", ""]
    with ExitStack() as stack:
        for name, url in databases(stack):
            environment = {"DJANGO_SETTINGS_MODULE": "sloyfe.project.settings", "SLOYFE_DEMO": "true"}
            environment |= os.environ | {"SLOYFE_DATABASE_URL": url}
            command = [sys.executable, "-m", "bench.search", *sys.argv[1:], "--one", url]
            done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, text=True, check=True)
            for result in json.loads(done.stdout.splitlines()[-1]):
                written += lines(name, result)
    text = "\n".join(written)
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
