"""What follows from equations alone: the interval each unknown count must lie in.

For an equation Σ sign · x = right and bounds on each x, no term can be more than what the others leave at their
least, nor less than what they leave at their most. Repeated until nothing changes. On a tree of units this is one
walk up and one down and gives *exact* intervals; where tables are linked it may leave an interval wider than it is,
and the attacker (`attacker.py`) has the last word.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from sloyfe.engines.disclosure.kinds import Ints

SWEEPS = 64
"""Enough for trees of any depth met here. Stopping early only leaves the attacker more to find."""


class Equations(NamedTuple):
    """Members sorted by equation, equations numbered from 0 with none empty, and the right side of each."""

    equation: Ints
    cell: Ints
    sign: Ints
    right: Ints


def tighten(equations: Equations, low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """The narrowest bounds that follow, from bounds that hold."""
    if not len(equations.equation):
        return low, high
    equation, cell = equations.equation, equations.cell
    right = equations.right[equation]
    first = np.flatnonzero(np.diff(equation, prepend=-1))
    plus = equations.sign > 0
    for _ in range(SWEEPS):
        at_least, at_most = np.where(plus, low[cell], -high[cell]), np.where(plus, high[cell], -low[cell])
        most = right - (np.add.reduceat(at_least, first)[equation] - at_least)
        least = right - (np.add.reduceat(at_most, first)[equation] - at_most)
        new_low, new_high = low.copy(), high.copy()
        np.maximum.at(new_low, cell, np.where(plus, least, -most))
        np.minimum.at(new_high, cell, np.where(plus, most, -least))
        if np.array_equal(new_low, low) and np.array_equal(new_high, high):
            break
        low, high = new_low, new_high
    return low, high
