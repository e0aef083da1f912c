"""Small random bodies, and a count of them in plain Python that shares nothing with the engine but its words."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from sloyfe.engines.rollup.answer import FIRST_LEVEL, Count
from sloyfe.engines.rollup.problem import NOT_ASKED, Grouping, Mark, Problem, Staff


def random_tree(rng: Generator, nodes: int) -> np.ndarray:
    """Parents in no order: a node's parent may have a higher number than it."""
    parent = np.array([rng.integers(-1, node) if node else -1 for node in range(nodes)], dtype=np.int32)
    shuffle = rng.permutation(nodes).astype(np.int32)
    mixed = np.empty(nodes, dtype=np.int32)
    mixed[shuffle] = np.where(parent >= 0, shuffle[parent], -1)
    return mixed


def random_grouping(rng: Generator, people: int, nodes: int) -> Grouping:
    return Grouping(random_tree(rng, nodes), rng.integers(-1 if rng.random() < 0.3 else 0, nodes, people, np.int32))


def scale_cells(rng: Generator, shape: tuple[int, int], steps: int) -> np.ndarray:
    cells = rng.integers(0, steps + 2, shape, dtype=np.uint8)
    cells[cells == steps + 1] = NOT_ASKED
    return cells


def random_body(rng: Generator, people: int | None = None, competences: int | None = None) -> Problem:
    people = int(rng.integers(0, 13)) if people is None else people
    competences = int(rng.choice([1, 2, 3, 8, 9])) if competences is None else competences
    steps = int(rng.integers(1, 7))
    profiles = int(rng.integers(1, 4)) if rng.random() < 0.7 else None
    return Problem(
        levels=scale_cells(rng, (people, competences), steps),
        required=scale_cells(rng, (profiles or people, competences), steps),
        groupings=tuple(random_grouping(rng, people, int(rng.integers(1, 7))) for _ in range(rng.integers(1, 4))),
        profile=rng.integers(0, profiles, people, np.int32) if profiles else None,
        marks=rng.integers(0, 16, (people, competences), np.uint8) if rng.random() < 0.8 else None,
        staff=rng.integers(0, 4, people, np.uint8) if rng.random() < 0.8 else None,
        steps=steps,
        holds_from=int(rng.integers(1, steps + 1)),
    )


def ancestors(grouping: Grouping, person: int) -> list[int]:
    found, node = [], int(grouping.member[person])
    while node >= 0:
        found.append(node)
        node = int(grouping.parent[node])
    return found


def adds(problem: Problem, level: int, required: int, mark: int, staff: int) -> dict[int, int]:
    """What one cell adds, in the words of answer.py."""
    found = {Count.LEARN: mark & 1, Count.USE: mark >> 1 & 1, Count.TEACH: mark >> 2 & 1, Count.EXPIRES: mark >> 3 & 1}
    asked = level != 255 and required != 255
    if asked:
        found[Count.ASKED] = 1
    if asked and level == 0:
        found[Count.UNSAID] = required
    if asked and level > 0:
        found[Count.ANSWERED] = 1
        found[FIRST_LEVEL + level - 1] = 1
        if level >= required:
            found[Count.MEETS] = 1
        else:
            found[Count.GAP] = required - level
    if level != 255 and level >= problem.holds_from:
        found[Count.HOLDS] = 1
        if not asked:
            found[Count.SPARE] = 1
        found[Count.ON_TEMPORARY] = int(bool(staff & Staff.TEMPORARY))
        found[Count.ON_LEAVING] = int(bool(staff & Staff.LEAVING))
        found[Count.ON_EXPIRING] = int(bool(mark & Mark.EXPIRES))
        found[Count.LASTING] = int(staff == 0 and not mark & Mark.EXPIRES)
    return found


def counted(problem: Problem) -> tuple[list[np.ndarray], list[np.ndarray]]:
    """Tables and heads, one person and one cell at a time."""
    shape = (FIRST_LEVEL + problem.steps, problem.competences)
    tables = [np.zeros((len(one.parent), *shape), dtype=np.int32).tolist() for one in problem.groupings]
    heads = [[[0, 0, 0] for _ in one.parent] for one in problem.groupings]
    levels, required = problem.levels.tolist(), problem.required.tolist()
    marks = problem.marks.tolist() if problem.marks is not None else None
    for person in range(problem.people):
        asks = required[person if problem.profile is None else int(problem.profile[person])]
        staff = 0 if problem.staff is None else int(problem.staff[person])
        above = [ancestors(one, person) for one in problem.groupings]
        asked = answered = 0
        for competence, level in enumerate(levels[person]):
            found = adds(problem, level, asks[competence], marks[person][competence] if marks else 0, staff)
            asked |= found.get(Count.ASKED, 0)
            answered |= found.get(Count.ANSWERED, 0)
            for table, nodes in zip(tables, above, strict=True):
                for node in nodes:
                    for count, more in found.items():
                        table[node][count][competence] += more
        for head, nodes in zip(heads, above, strict=True):
            for node in nodes:
                head[node] = [a + b for a, b in zip(head[node], (1, asked, answered), strict=True)]
    return [np.array(one) for one in tables], [np.array(one) for one in heads]
