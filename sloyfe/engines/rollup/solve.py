"""Counts a whole body: one pass over the cells, then sums of sums.

People who belong to the same nodes in every grouping are an *atom*; cells are summed by atom, atoms by node,
children by parent. A cell adds at most `steps`, so so many people can be summed in a byte: eight competences are
added at a time as one 64-bit word, and only then widened. docs/algorithms/rollup.md has the formula and what else
was tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sloyfe.engines.rollup.answer import FIRST_LEVEL, Count, Counters, Head
from sloyfe.engines.rollup.arrays import I32, I64, U8, Bools
from sloyfe.engines.rollup.cells import parts
from sloyfe.engines.rollup.problem import NOT_ASKED, Grouping, Problem
from sloyfe.engines.rollup.trees import carry_up

LANES = 8
BYTE = 255
BLOCK = 4096
"""People summed at a time: so few that a block's arrays stay in the processor's own memory."""


def roll_up(problem: Problem) -> Counters:
    """Counters of every node of every grouping. Time is linear in cells, plus atoms and nodes × counters."""
    atoms = _atoms(problem)
    table, heads = _count(problem, atoms)
    tables, counts = [], []
    for grouping in problem.groupings:
        member = grouping.member[atoms.first]
        tables.append(_gathered(table, member, grouping))
        counts.append(_gathered(heads, member, grouping))
    return Counters(problem.steps, tuple(tables), tuple(counts))


@dataclass(frozen=True, slots=True, eq=False)
class _Atoms:
    """`order` [people]: people by atom. `of` [people]: the atom of each place in it. `first` [atoms]: one of each."""

    order: I64
    of: I64
    first: I64


def _atoms(problem: Problem) -> _Atoms:
    key = np.zeros(problem.people, dtype=np.int64)
    for grouping in problem.groupings:
        # Renumbered each time, so that no product of groupings can outgrow 64 bits.
        size = len(grouping.parent) + 1
        if len(key) and int(key.max()) > 2**62 // (size + 1):
            key = np.unique(key, return_inverse=True)[1].astype(np.int64)
        key = key * size + grouping.member + 1
    order = np.argsort(key, kind="stable")
    sorted_key = key[order]
    new = np.diff(sorted_key, prepend=-1) != 0
    return _Atoms(order, np.cumsum(new) - 1, order[new])


def _count(problem: Problem, atoms: _Atoms) -> tuple[I32, I32]:
    """Counters [atoms, counts, competences] and heads [atoms, 3]."""
    size = len(atoms.first)
    table = np.zeros((size, FIRST_LEVEL + problem.steps, problem.competences), dtype=np.int32)
    some = np.ones((len(Head), problem.people), dtype=bool)
    required = _padded(problem.required, NOT_ASKED)
    for rows, starts in _blocks(atoms.of, BYTE // problem.steps):
        sums = _sums(problem, required, atoms.order[rows], starts, some[:, rows])
        _add(table, atoms.of[rows][starts], sums)
    heads = np.stack([np.bincount(atoms.of[one], minlength=size) for one in some], axis=1)
    return table, heads.astype(np.int32)


def _blocks(of: I64, most: int) -> Iterator[tuple[slice, I64]]:
    """Slices of people, and within each where a run begins: at most `most` people of one atom."""
    place = np.arange(len(of))
    begins = np.flatnonzero(np.diff(of, prepend=-1))
    within = place - np.repeat(begins, np.diff(begins, append=len(of)))
    runs = np.flatnonzero(within % most == 0)
    cut = 0
    while cut < len(runs):
        after = max(cut + 1, int(np.searchsorted(runs, runs[cut] + BLOCK)))
        end = int(runs[after]) if after < len(runs) else len(of)
        yield slice(int(runs[cut]), end), runs[cut:after] - runs[cut]
        cut = after


def _padded(cells: U8, nothing: int) -> U8:
    """With columns of nothing, so that a row is whole words."""
    rows, columns = cells.shape
    padded = np.full((rows, columns + -columns % LANES), nothing, dtype=np.uint8)
    padded[:, :columns] = cells
    return padded


def _sums(problem: Problem, required: U8, people: I64, starts: I64, some: Bools) -> I32:
    """[runs, counts, competences] of these people; fills in who of them is asked and who has answered something."""
    asks = required[people if problem.profile is None else problem.profile[people]]
    marks = None if problem.marks is None else _padded(problem.marks[people], 0)
    staff = None if problem.staff is None else problem.staff[people][:, None]
    sums = np.zeros((len(starts), FIRST_LEVEL + problem.steps, problem.competences), dtype=np.int32)
    levels = _padded(problem.levels[people], NOT_ASKED)
    for count, part in parts(levels, asks, marks, staff, steps=problem.steps, holds_from=problem.holds_from):
        words = part.view(np.uint64)
        sums[:, count] = np.add.reduceat(words, starts, axis=0).view(np.uint8)[:, : problem.competences]
        if count in (Count.ASKED, Count.ANSWERED):
            some[Head.ASKED if count == Count.ASKED else Head.ANSWERED] = words.any(axis=1)
    return sums


def _add(table: I32, atom: I64, sums: I32) -> None:
    """Adds each run to its atom's row; runs of one atom lie beside each other."""
    begins = np.flatnonzero(np.diff(atom, prepend=-1))
    table[atom[begins]] += sums if len(begins) == len(atom) else np.add.reduceat(sums, begins, axis=0)


def _gathered(rows: I32, member: I32, grouping: Grouping) -> I32:
    """Atoms summed by node, and children carried up."""
    nodes = np.zeros((len(grouping.parent), *rows.shape[1:]), dtype=np.int32)
    for row, node in zip(rows, member.tolist(), strict=True):
        if node >= 0:
            nodes[node] += row
    carry_up(nodes, grouping.parent)
    return nodes
