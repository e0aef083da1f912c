"""`make test`: the whole suite on SQLite, on PostgreSQL, the engines alone, and the journeys in a browser.

The engines touch no database, so they are tried once, in the part of their own where there is no Django. The parts
on a database share their tests between two processes, which each make a database of their own.

A part the machine cannot run is named with the reason, and is a failure under `--strict`. The report ends
with the parts' own closing lines, the one that matters most last: a failing part, else the largest.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools import assets, chromium, postgres
from tools.ready import ROOT, Missing, ensure

NOTHING_COLLECTED = 5
PASSED = re.compile(r"(\d+) passed")
ENGINES_ONLY = [
    "sloyfe/engines",
    "--confcutdir=sloyfe/engines",
    "-Wignore::pytest.PytestConfigWarning",
]


ON_A_DATABASE = ["--ignore=sloyfe/engines", "--numprocesses=2", "--dist=worksteal"]


@dataclass(frozen=True)
class Result:
    part: str
    code: int
    closing: str

    @property
    def weight(self) -> tuple[bool, int]:
        passed = PASSED.search(self.closing)
        return bool(self.code), int(passed[1]) if passed else 0


def run_pytest(part: str, *arguments: str, python: str | Path = sys.executable, **environment: str) -> Result:
    """Run pytest as a part of its own, showing what it says as it says it."""
    print(f"\n── {part} ──", flush=True)
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    closing = ""
    with subprocess.Popen(
        [python, "-m", "pytest", "-rs", *colour, *arguments],
        cwd=ROOT,
        env={**os.environ, "PYTHONDONTWRITEBYTECODE": "1", **environment},
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            closing = line.strip() or closing
    return Result(part, process.returncode, closing)


def on_sqlite() -> Result:
    return run_pytest("sqlite", *ON_A_DATABASE)


def on_postgres() -> Result:
    with postgres.cluster() as url:
        return run_pytest("postgres", *ON_A_DATABASE, SLOYFE_TEST_DATABASE_URL=url)


def engines_without_django() -> Result:
    return run_pytest("engines", *ENGINES_ONLY, python=ensure("engines") / "python")


def in_browser() -> Result:
    assets.build()
    return run_pytest("browser", "-m", "browser", CHROMIUM=chromium.executable())


PARTS: dict[str, Callable[[], Result]] = {
    "sqlite": on_sqlite,
    "postgres": on_postgres,
    "engines": engines_without_django,
    "browser": in_browser,
}


def run(chosen: list[str]) -> tuple[list[Result], dict[str, str]]:
    """What ran, and for each part that could not, why."""
    results, skipped = [], {}
    for part in chosen:
        try:
            result = PARTS[part]()
            if result.code == NOTHING_COLLECTED:
                raise Missing("It has no tests.")
            results.append(result)
        except Missing as missing:
            skipped[part] = str(missing)
    return results, skipped


def report(results: list[Result], skipped: dict[str, str]) -> None:
    print("\n── in all ──")
    for part, reason in skipped.items():
        print(f"SKIPPED: {part}: {reason}")
    for result in sorted(results, key=lambda result: result.weight):
        print(f"{result.part}:\n{result.closing}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"which parts to run: {', '.join(PARTS)}; all by default")
    parser.add_argument("--strict", action="store_true", help="a part that cannot run is a failure")
    options = parser.parse_args()
    if odd := set(options.parts) - PARTS.keys():
        parser.error(f"there is no part called {', '.join(sorted(odd))}")
    results, skipped = run(options.parts or list(PARTS))
    report(results, skipped)
    return int(any(result.code for result in results) or bool(options.strict and skipped))


if __name__ == "__main__":
    sys.exit(main())
