"""A body as one flat system of equations: Σ sign · cell = 0 for every sum, in every column or row.

Cells are numbered row × columns + column. The members of the equations are three arrays of one length, sorted by
equation. Made once, only read afterwards.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sloyfe.engines.disclosure.kinds import Bools, Floats, Ints
from sloyfe.engines.disclosure.problem import Body, Sum


@dataclass(frozen=True)
class Index:
    """For each key 0…n−1 the values that belong to it: `values[first[key]:first[key + 1]]`."""

    first: Ints
    values: Ints

    @staticmethod
    def of(keys: Ints, values: Ints, many: int) -> Index:
        order = np.argsort(keys, kind="stable")
        return Index(np.searchsorted(keys[order], np.arange(many + 1)), values[order])

    def __getitem__(self, key: int) -> Ints:
        return self.values[self.first[key] : self.first[key + 1]]


class System:
    """Flat, read-only arrays; `equation`, `cell`, `sign` are the members, `known` (cell → who knows it)."""

    def __init__(self, body: Body) -> None:
        self.rows, self.columns = body.size.shape
        self.size: Ints = body.size.ravel()
        self.count: Ints = body.count.ravel()
        self.cells = len(self.size)
        self.cost: Floats = body.price().ravel()
        self.depth: Ints = np.repeat(_depths(body), self.columns)
        in_columns = _members(body.rows)
        in_rows = _members(body.columns)
        column, row = np.arange(self.columns), np.arange(self.rows)
        equation = np.concatenate(
            [
                (in_columns[0][:, None] * self.columns + column).ravel(),
                (len(body.rows) * self.columns + in_rows[0][:, None] * self.rows + row).ravel(),
            ]
        )
        cell = np.concatenate(
            [
                (in_columns[1][:, None] * self.columns + column).ravel(),
                (row * self.columns + in_rows[1][:, None]).ravel(),
            ]
        )
        sign = np.concatenate([np.repeat(in_columns[2], self.columns), np.repeat(in_rows[2], self.rows)])
        self.equations = len(body.rows) * self.columns + len(body.columns) * self.rows
        order = np.argsort(equation, kind="stable")
        self.equation: Ints = equation[order]
        self.cell: Ints = cell[order]
        self.sign: Ints = sign[order]
        self.knowers = len(body.known_by)
        self._known = body.known_by
        self._body = body

    @cached_property
    def past(self) -> Bools:
        """For each equation whether it holds between rows of earlier releases alone."""
        present = self.rows if self._body.present is None else self._body.present
        sums = np.array([one.total >= present for one in self._body.rows], dtype=np.bool_)
        rows = np.tile(np.arange(self.rows) >= present, len(self._body.columns))
        return np.concatenate([np.repeat(sums, self.columns), rows])

    @cached_property
    def known(self) -> Index:
        """For each cell who knows it."""
        rows = np.array([row for rows in self._known for row in rows], dtype=np.int64)
        who = np.repeat(np.arange(self.knowers), [len(rows) for rows in self._known])
        cells = (rows[:, None] * self.columns + np.arange(self.columns)).ravel()
        return Index.of(cells, np.repeat(who, self.columns), self.cells)

    @cached_property
    def _hers(self) -> Ints:
        pairs = [who * self.rows + row for who, rows in enumerate(self._body.own()) for row in rows]
        return np.array(sorted(pairs), dtype=np.int64)

    def hers(self, cell: Ints, knower: Ints) -> Bools:
        """Is the cell in a row that is the knower's own (`Body.own`)? Never for the outsider, −1."""
        mine: Bools = np.isin(knower * self.rows + cell // self.columns, self._hers) & (knower >= 0)
        return mine

    @cached_property
    def equations_of(self) -> Index:
        return Index.of(self.cell, self.equation, self.cells)

    @cached_property
    def cells_of(self) -> Index:
        return Index(np.searchsorted(self.equation, np.arange(self.equations + 1)), self.cell)


def _members(sums: tuple[Sum, ...]) -> tuple[Ints, Ints, Ints]:
    """Which sum, which place, which sign: the total is 1, its parts are −1."""
    lengths = [1 + len(one.parts) for one in sums]
    places = [place for one in sums for place in (one.total, *one.parts)]
    signs = np.full(len(places), -1, dtype=np.int64)
    signs[np.cumsum([0, *lengths[:-1]], dtype=np.int64)[: len(sums)]] = 1
    return np.repeat(np.arange(len(sums)), lengths), np.array(places, dtype=np.int64), signs


def _depths(body: Body) -> Ints:
    above = body.parents()
    depth = np.zeros(len(above), dtype=np.int64)
    at = above.copy()
    while (at >= 0).any():
        depth[at >= 0] += 1
        at = np.where(at >= 0, above[at], -1)
        if depth.max(initial=0) > len(above):
            raise ValueError("the sums of rows go in a circle")
    return depth
