"""How long the rollup takes, beside the plain ways in the same run.

    python -m bench.rollup [--seed 1]

Generated bodies, sixty competences, twenty counters: the national size (500,000 people, 12,500 units, three levels
above) and NAV's (22,000 people, 2,200 teams in 260 offices in 12 counties), each with the units, the employer line,
areas of units, and units × line. The plain ways are what one would write first: SQLite's GROUP BY over one row a
cell, and `np.bincount` once for each counter. They count the cells of the leaves only; their answers are compared
with the rollup's. CPU seconds of this process, the middle of three where it is short. Writes bench/out/rollup.txt.
"""

from __future__ import annotations

import argparse
import resource
import sqlite3
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.random import Generator

from sloyfe.engines.rollup.answer import Count, Counters
from sloyfe.engines.rollup.areas import Framework, by_area
from sloyfe.engines.rollup.fragile import fragile
from sloyfe.engines.rollup.groupings import by_unit, crossed
from sloyfe.engines.rollup.needs import Needs, cover
from sloyfe.engines.rollup.problem import NOT_ASKED, NOWHERE, Changes, Grouping, Problem
from sloyfe.engines.rollup.solve import roll_up
from sloyfe.engines.rollup.update import changed, delta, update

OUT = Path(__file__).parent / "out" / "rollup.txt"
COMPETENCES = 60
PROFILES = 40
STEPS = 5

T = TypeVar("T")


@dataclass(frozen=True)
class Size:
    name: str
    people: int
    levels: tuple[int, ...]
    """Nodes on each level of the tree, the top first; people belong to the last."""


NAV = Size("NAV size", 22_000, (1, 12, 260, 2_200))
NATIONAL = Size("National size", 500_000, (1, 15, 1_250, 12_500))


def tree(size: Size) -> np.ndarray:
    parents, above = [np.full(size.levels[0], NOWHERE)], 0
    for upper, lower in zip(size.levels, size.levels[1:], strict=False):
        parents.append(above + np.arange(lower) * upper // lower)
        above += upper
    return np.concatenate(parents).astype(np.int32)


def body(size: Size, rng: Generator) -> Problem:
    parent = tree(size)
    leaf = len(parent) - size.levels[-1]
    units = Grouping(parent, rng.integers(leaf, len(parent), size.people, np.int32))
    line = Grouping(
        np.full(2, NOWHERE, np.int32), (units.member + (rng.random(size.people) < 0.1)).astype(np.int32) % 2
    )
    group = np.full(len(parent), NOWHERE, np.int32)
    group[leaf:] = np.arange(size.levels[-1]) // 40
    areas = by_unit(units, group, np.full(int(group.max()) + 1, NOWHERE, np.int32))
    required = rng.integers(1, STEPS + 1, (PROFILES, COMPETENCES), np.uint8)
    required[rng.random(required.shape) < 0.4] = NOT_ASKED
    shape = (size.people, COMPETENCES)
    marks = rng.integers(0, 256, shape, np.uint8) & rng.integers(0, 256, shape, np.uint8) & np.uint8(15)
    staff = (rng.random(size.people) < 0.12).astype(np.uint8) + 2 * (rng.random(size.people) < 0.06).astype(np.uint8)
    profile = rng.integers(0, PROFILES, size.people, np.int32)
    levels = rng.integers(0, STEPS + 1, shape, np.uint8)
    return Problem(levels, required, (units, line, areas, crossed(units, line)), profile, marks, staff.astype(np.uint8))


def timed(how: Callable[[], T], times: int = 3) -> tuple[T, float]:
    spent = []
    for _ in range(times):
        begun = time.process_time()
        answer = how()
        spent.append(time.process_time() - begun)
    return answer, sorted(spent)[times // 2]


def memory() -> str:
    return f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GB"


def random_changes(problem: Problem, count: int, rng: Generator) -> Changes:
    cell = np.sort(rng.choice(problem.people * COMPETENCES, count, replace=False))
    person, competence = np.divmod(cell, COMPETENCES)
    level = rng.integers(0, STEPS + 1, count, np.uint8)
    return Changes(person.astype(np.int32), competence.astype(np.int32), level, rng.integers(0, 16, count, np.uint8))


def incremental(problem: Problem, counters: Counters, rng: Generator, full: float) -> list[str]:
    lines = []
    for count in (1, 1_000, 100_000):
        changes = random_changes(problem, count, rng)
        found, alone = timed(lambda changes=changes: delta(problem, changes))
        after, spent = timed(lambda changes=changes: update(problem, counters, changes))
        assert same(after, roll_up(changed(problem, changes)))
        rows = sum(len(one.node) for one in found)
        lines.append(
            f"  {count:>7,} changes: the rows that differ {alone:.4f} s ({rows:,} rows);"
            f" all counters anew {spent:.3f} s, {spent / full:.2f} of a recount; equal to it"
        )
    return lines


def same(one: Counters, other: Counters) -> bool:
    return all(
        np.array_equal(a, b) for a, b in zip((*one.tables, *one.heads), (*other.tables, *other.heads), strict=True)
    )


def beside(problem: Problem, counters: Counters, rng: Generator) -> list[str]:
    """Vulnerability, areas of competence and group needs."""
    framework = Framework(np.full(8, NOWHERE, np.int32), np.arange(COMPETENCES, dtype=np.int32) % 8)
    _, fragile_in = timed(lambda: fragile(counters))
    _, areas_in = timed(lambda: by_area(counters.tables[0], framework))
    nodes = len(problem.groupings[0].parent)
    count = 5_200
    needs = Needs(
        rng.integers(1, nodes, count, np.int32),
        rng.integers(0, COMPETENCES, count, np.int32),
        np.full(count, 3, np.int32),
        np.full(count, 2, np.int32),
    )
    works = rng.random((problem.people, 5)) < 0.9
    _, needs_in = timed(lambda: cover(problem, needs, works))
    return [f"  what rests on one {fragile_in:.3f} s, areas {areas_in:.3f} s, {count:,} group needs {needs_in:.3f} s"]


def measured(size: Size, rng: Generator) -> tuple[list[str], Problem, Counters]:
    problem = body(size, rng)
    units = problem.groupings[:1]
    alone = Problem(problem.levels, problem.required, units, problem.profile, problem.marks, problem.staff)
    _, one = timed(lambda: roll_up(alone))
    _, checking = timed(lambda: Problem(problem.levels, problem.required, units, problem.profile, problem.marks))
    counters, full = timed(lambda: roll_up(problem))
    nodes = sum(len(grouping.parent) for grouping in problem.groupings)
    lines = [
        f"{size.name}: {size.people:,} people × {COMPETENCES}, {len(units[0].parent):,} units",
        f"  units alone {one:.3f} s; units, line, areas, units × line ({nodes:,} nodes) {full:.3f} s;"
        f" checking the body {checking:.3f} s; memory so far {memory()}",
        *incremental(problem, counters, rng, full),
        *beside(problem, counters, rng),
    ]
    return lines, alone, counters


# --- the plain ways --------------------------------------------------------------------------------

COMPARED = (Count.ASKED, Count.ANSWERED, Count.MEETS, Count.GAP, Count.HOLDS)

SQL = f"""
    SELECT unit, competence,
           sum(asked), sum(asked AND level > 0), sum(asked AND level > 0 AND level >= required),
           sum(CASE WHEN asked AND level > 0 AND level < required THEN required - level ELSE 0 END), sum(level >= 3),
           {", ".join(f"sum(asked AND level = {level})" for level in range(1, STEPS + 1))},
           {", ".join(f"sum(marks & {1 << bit} > 0)" for bit in range(4))}
      FROM cell GROUP BY unit, competence"""


def flat(problem: Problem) -> dict[str, np.ndarray]:
    """One entry for each cell."""
    required = problem.required[problem.profile]
    return {
        "unit": np.repeat(problem.groupings[0].member, COMPETENCES),
        "competence": np.tile(np.arange(COMPETENCES, dtype=np.int32), problem.people),
        "asked": (required != NOT_ASKED).reshape(-1).astype(np.uint8),
        "required": required.reshape(-1),
        "level": problem.levels.reshape(-1),
        "marks": problem.marks.reshape(-1) if problem.marks is not None else np.zeros(problem.levels.size, np.uint8),
    }


def sqlite(problem: Problem) -> tuple[np.ndarray, float]:
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE cell (unit, competence, asked, required, level, marks)")
    rows = zip(*(one.tolist() for one in flat(problem).values()), strict=True)
    database.executemany("INSERT INTO cell VALUES (?, ?, ?, ?, ?, ?)", rows)
    found, spent = timed(lambda: database.execute(SQL).fetchall(), 1)
    answer = np.zeros((len(COMPARED), len(problem.groupings[0].parent), COMPETENCES), np.int64)
    for unit, competence, *counts in found:
        answer[:, unit, competence] = counts[: len(COMPARED)]
    return answer, spent


def bincount(problem: Problem) -> tuple[np.ndarray, float]:
    cells = flat(problem)
    nodes = len(problem.groupings[0].parent)

    def count() -> list[np.ndarray]:
        level, required, marks = cells["level"], cells["required"], cells["marks"]
        key = cells["unit"].astype(np.int64) * COMPETENCES + cells["competence"]
        asked = cells["asked"] > 0
        answered = asked & (level > 0)
        missing = np.where(answered & (level < required), required - level, 0)
        weights: list[Any] = [asked, answered, answered & (level >= required), missing, level >= 3]
        weights += [asked & (level == step) for step in range(1, STEPS + 1)]
        weights += [marks & (1 << bit) > 0 for bit in range(4)]
        return [np.bincount(key, weight, nodes * COMPETENCES) for weight in weights]

    found, spent = timed(count)
    return np.array(found[: len(COMPARED)]).reshape(len(COMPARED), nodes, COMPETENCES).astype(np.int64), spent


def from_bytes(problem: Problem) -> float:
    """Reading the body from a row of bytes a person, counting included: what a nightly job does."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE person (unit INTEGER, profile INTEGER, staff INTEGER, levels BLOB, marks BLOB)")
    assert problem.profile is not None and problem.marks is not None and problem.staff is not None
    told = (problem.groupings[0].member.tolist(), problem.profile.tolist(), problem.staff.tolist())
    rows = zip(*told, map(bytes, problem.levels), map(bytes, problem.marks), strict=True)
    database.executemany("INSERT INTO person VALUES (?, ?, ?, ?, ?)", rows)

    def read() -> Counters:
        unit, profile, staff, levels, marks = zip(*database.execute("SELECT * FROM person"), strict=True)
        levels, marks = (np.frombuffer(b"".join(one), np.uint8).reshape(-1, COMPETENCES) for one in (levels, marks))
        units = Grouping(problem.groupings[0].parent, np.array(unit, np.int32))
        return roll_up(
            Problem(levels, problem.required, (units,), np.array(profile, np.int32), marks, np.array(staff, np.uint8))
        )

    counters, spent = timed(read)
    assert same(counters, roll_up(problem))
    return spent


def plain(problem: Problem) -> list[str]:
    counters, own = timed(lambda: roll_up(problem))
    leaves = np.setdiff1d(np.arange(len(problem.groupings[0].parent)), problem.groupings[0].parent)
    wanted = np.stack([counters.of(count)[leaves] for count in COMPARED])
    lines = ["", f"NAV size beside the plain ways (they: 14 counters, leaves only; ours: 20, whole tree: {own:.3f} s)"]
    for name, way in (("SQLite GROUP BY, one row a cell", sqlite), ("np.bincount, a counter at a time", bincount)):
        answer, spent = way(problem)
        assert (answer[:, leaves] == wanted).all()
        lines.append(f"  {name}: {spent:.3f} s, {spent / own:.1f} × ours; the same counts")
    lines.append(f"  from a row of bytes a person in SQLite to counters, checks included: {from_bytes(problem):.3f} s")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--seed", type=int, default=1)
    rng = np.random.default_rng(parser.parse_args().seed)
    national, _, _ = measured(NATIONAL, rng)
    nav, problem, _ = measured(NAV, rng)
    text = "\n".join(["Rollup, CPU seconds", "", *national, "", *nav, *plain(problem), ""])
    OUT.parent.mkdir(exist_ok=True)
    OUT.write_text(text, "utf-8")
    print(text)


if __name__ == "__main__":
    main()
