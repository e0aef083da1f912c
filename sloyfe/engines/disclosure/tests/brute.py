"""The oracle: every table of whole numbers that agrees with what somebody knows, all of them written out."""

from __future__ import annotations

from graphlib import TopologicalSorter

import numpy as np

from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.problem import Body, State, Sum


def tables(body: Body, shown: Bools, knower: tuple[int, ...] = ()) -> Ints:
    """tables × rows × columns: all within the sizes that hold the sums and the numbers this knower has."""
    told = shown | (body.states == State.KNOWN)
    told[list(knower)] = True
    totals = {one.total for one in body.rows}, {one.total for one in body.columns}
    free = [cell for cell in np.ndindex(body.size.shape) if cell[0] not in totals[0] and cell[1] not in totals[1]]
    values = np.meshgrid(*(_values(body, told, cell) for cell in free), indexing="ij")
    every = np.zeros((values[0].size, *body.size.shape), dtype=np.int64)
    for (row, column), value in zip(free, values, strict=True):
        every[:, row, column] = value.ravel()
    for one in _from_below(body.columns):
        every[:, :, one.total] = every[:, :, list(one.parts)].sum(axis=2)
    for one in _from_below(body.rows):
        every[:, one.total] = every[:, list(one.parts)].sum(axis=1)
    right = ((every <= body.size) & ((every == body.count) | ~told)).all(axis=(1, 2))
    return every[right]


def intervals(body: Body, shown: Bools, knower: tuple[int, ...] = ()) -> tuple[Ints, Ints]:
    every = tables(body, shown, knower)
    return every.min(axis=0), every.max(axis=0)


def _values(body: Body, told: Bools, cell: tuple[int, int]) -> Ints:
    return np.array([body.count[cell]]) if told[cell] else np.arange(body.size[cell] + 1)


def _from_below(sums: tuple[Sum, ...]) -> list[Sum]:
    """A total after the totals it is made of."""
    made_of = {one.total: set(one.parts) for one in sums}
    order = list(TopologicalSorter(made_of).static_order())
    return sorted(sums, key=lambda one: order.index(one.total))
