"""Counts only what changed: some cells, or some people who moved, came or left. Equal to a recount, always.

`delta` gives the rows that differ, for a store that keeps counters; `update` gives counters, the quicker way.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from sloyfe.engines.rollup import checks
from sloyfe.engines.rollup.answer import FIRST_LEVEL, Counters, Head
from sloyfe.engines.rollup.arrays import I32, I64, U8, Bools
from sloyfe.engines.rollup.cells import parts
from sloyfe.engines.rollup.problem import Changes, Grouping, Problem
from sloyfe.engines.rollup.solve import roll_up

SELDOM = 64
"""When more than one cell in so many has changed, it is quicker to count all again (measured)."""


@dataclass(frozen=True, slots=True, eq=False)
class Delta:
    """What to add to one grouping's counters: no (node, competence) twice, no row of zeros only.

    `node`, `competence` [rows] int32, `change` [rows, FIRST_LEVEL + steps] int32; `head_node` [heads] int32,
    `head_change` [heads, 3] int32.
    """

    node: I32
    competence: I32
    change: I32
    head_node: I32
    head_change: I32


def delta(before: Problem, changes: Changes) -> tuple[Delta, ...]:
    """One for each grouping. Time grows with the changes and the depth of the trees, not with the body."""
    checks.changes(before, changes)
    cells = _cells(before, changes)
    people, heads = _heads(before, changes)
    return tuple(_delta(grouping, before.competences, changes, cells, people, heads) for grouping in before.groupings)


def update(before: Problem, counters: Counters, changes: Changes) -> Counters:
    """The counters of `changed(before, changes)`, from those of `before`, which stay as they are."""
    _belong(counters, before)
    if len(changes.person) * SELDOM > before.levels.size:
        return roll_up(changed(before, changes))
    return apply(counters, delta(before, changes))


def apply(counters: Counters, deltas: tuple[Delta, ...]) -> Counters:
    """The counters with what differs added, on copies."""
    tables = tuple(table.copy() for table in counters.tables)
    heads = tuple(head.copy() for head in counters.heads)
    for table, head, one in zip(tables, heads, deltas, strict=True):
        table[one.node, :, one.competence] += one.change
        head[one.head_node] += one.head_change
    return Counters(counters.steps, tables, heads)


def changed(before: Problem, changes: Changes) -> Problem:
    """The body with the changes made, on copies."""
    checks.changes(before, changes)
    levels = before.levels.copy()
    levels[changes.person, changes.competence] = changes.level
    marks = before.marks
    if marks is not None and changes.marks is not None:
        marks = marks.copy()
        marks[changes.person, changes.competence] = changes.marks
    return replace(before, levels=levels, marks=marks)


def exchange(counters: Counters, leaving: Problem, coming: Problem) -> Counters:
    """Takes some people out as they were and puts them in as they are: a move, new work, somebody new or gone.

    Both hold only the people it concerns, and the trees of the counters.
    """
    _belong(counters, leaving)
    _belong(counters, coming)
    out, back = roll_up(leaving), roll_up(coming)
    return Counters(
        counters.steps,
        tuple(a - b + c for a, b, c in zip(counters.tables, out.tables, back.tables, strict=True)),
        tuple(a - b + c for a, b, c in zip(counters.heads, out.heads, back.heads, strict=True)),
    )


def _belong(counters: Counters, problem: Problem) -> None:
    wanted = [(len(one.parent), FIRST_LEVEL + problem.steps, problem.competences) for one in problem.groupings]
    has = [table.shape for table in counters.tables]
    checks.demand(has == wanted, f"counters are {has}, this body's are {wanted}")


def _cells(before: Problem, changes: Changes) -> I32:
    """[changes, counts]: what each changed cell adds to the counters."""
    person, competence = changes.person, changes.competence
    required = before.required[person if before.profile is None else before.profile[person], competence]
    staff = None if before.staff is None else before.staff[person]
    marks = None if before.marks is None else before.marks[person, competence]
    rows = np.zeros((len(person), FIRST_LEVEL + before.steps), dtype=np.int32)
    later = marks if changes.marks is None else changes.marks
    for sign, level, mark in ((-1, before.levels[person, competence], marks), (1, changes.level, later)):
        for count, part in parts(level, required, mark, staff, steps=before.steps, holds_from=before.holds_from):
            rows[:, count] += sign * part.astype(np.int32)
    return rows


def _heads(before: Problem, changes: Changes) -> tuple[I32, I32]:
    """The people of the changes, and what each adds to the counters of people: [people, 3]."""
    people, place = np.unique(changes.person, return_inverse=True)
    levels = before.levels[people]
    required = before.required[people if before.profile is None else before.profile[people]]
    then = _said(levels, required, before.steps)
    levels[place, changes.competence] = changes.level
    now = _said(levels, required, before.steps)
    rows: I32 = np.zeros((len(people), len(Head)), dtype=np.int32)
    for head, was, is_now in zip((Head.ASKED, Head.ANSWERED), then, now, strict=True):
        rows[:, head] = is_now.astype(np.int32) - was
    return people, rows


def _said(levels: U8, required: U8, steps: int) -> tuple[Bools, Bools]:
    asked = (required <= steps) & (levels <= steps)
    said: tuple[Bools, Bools] = np.any(asked, axis=1), np.any(asked & (levels > 0), axis=1)
    return said


def _delta(grouping: Grouping, width: int, changes: Changes, cells: I32, people: I32, heads: I32) -> Delta:
    node, competence, change = _up(grouping, grouping.member[changes.person], changes.competence, width, cells)
    head_node, _, head_change = _up(grouping, grouping.member[people], np.zeros_like(people, dtype=np.int32), 1, heads)
    return Delta(node, competence, change, head_node, head_change)


def _up(grouping: Grouping, node: I32, column: I32, width: int, rows: I32) -> tuple[I32, I32, I32]:
    """The rows of these nodes and of all above them, summed by (node, column)."""
    found: list[tuple[I64, I32]] = []
    while len(node):
        here = np.flatnonzero(node >= 0)
        key, rows = _summed(node[here].astype(np.int64) * width + column[here], rows[here])
        found.append((key, rows))
        node, column = grouping.parent[key // width], (key % width).astype(np.int32)
    keys = np.concatenate([key for key, _ in found]) if found else np.zeros(0, dtype=np.int64)
    key, rows = _summed(keys, np.concatenate([row for _, row in found]) if found else rows)
    return (key // width).astype(np.int32), (key % width).astype(np.int32), rows


def _summed(key: I64, rows: I32) -> tuple[I64, I32]:
    """Rows of one key summed, keys ascending, zeros left out."""
    order = np.argsort(key, kind="stable")
    ends = np.flatnonzero(np.diff(key[order], append=-1))
    summed = rows[order]
    if len(ends) < len(order):
        # Running sums and their differences: `reduceat` is slow over many short runs.
        summed = np.diff(np.cumsum(summed, axis=0, dtype=np.int32)[ends], axis=0, prepend=0)
    some = np.flatnonzero(summed.any(axis=1))
    return key[order[ends[some]]], summed[some]
