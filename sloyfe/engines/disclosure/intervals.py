"""What follows from equations alone: the interval each unknown count must lie in.

For an equation Σ sign · x = right and bounds on each x, no term can be more than what the others leave at their
least, nor less than what they leave at their most. Repeated until nothing changes. On a tree of units this is one
walk up and one down and gives *exact* intervals; where tables are linked it may leave an interval wider than it is,
and the attacker (`attacker.py`) has the last word.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sloyfe.engines.disclosure.kinds import Bools, Ints

SWEEPS = 64
"""Enough for trees of any depth met here. Stopping early only leaves the attacker more to find."""


class Equations(NamedTuple):
    """Members sorted by equation, equations numbered from 0 with none empty, and the right side of each."""

    equation: Ints
    cell: Ints
    sign: Ints
    right: Ints


def tighten(equations: Equations, low: Ints, high: Ints, changed: Bools | None = None) -> tuple[Ints, Ints]:
    """The narrowest bounds that follow, from bounds that hold.

    Where only some bounds have `changed` since nothing more followed, only what follows from those is worked out.
    """
    low, high = low.copy(), high.copy()
    equation, cell = equations.equation, equations.cell
    touched = np.ones(len(cell), dtype=np.bool_) if changed is None else changed[cell]
    for _ in range(SWEEPS):
        active = np.zeros(len(equations.right), dtype=np.bool_)
        active[equation[touched]] = True
        members = np.flatnonzero(active[equation])
        if not len(members):
            break
        moved = _sweep(equations, members, low, high)
        touched = moved[cell]
    return low, high


def _sweep(equations: Equations, members: Ints, low: Ints, high: Ints) -> Bools:
    """Tightens in place by the equations with these members; says which cells moved."""
    equation, cell = equations.equation[members], equations.cell[members]
    plus, right = equations.sign[members] > 0, equations.right[equation]
    begins = np.diff(equation, prepend=-1) != 0
    first, place = np.flatnonzero(begins), np.cumsum(begins) - 1
    low_before, high_before = low[cell], high[cell]
    at_least = np.where(plus, low_before, -high_before)
    at_most = np.where(plus, high_before, -low_before)
    most = right - (np.add.reduceat(at_least, first)[place] - at_least)
    least = right - (np.add.reduceat(at_most, first)[place] - at_most)
    np.maximum.at(low, cell, np.where(plus, least, -most))
    np.minimum.at(high, cell, np.where(plus, most, -least))
    moved = np.zeros(len(low), dtype=np.bool_)
    moved[cell[(low[cell] != low_before) | (high[cell] != high_before)]] = True
    return moved
