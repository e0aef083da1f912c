"""Cheaper company: in every piece at once, another choice is tried, and kept where it is safe and costs less.

Two ways: one cell hidden beside the sensitive ones is forbidden, and the rest has to do without it; or the whole
row above is hidden in its place, which can be cheaper than two rows below.
"""

from __future__ import annotations

import numpy as np

from sloyfe.engines.disclosure.complement import Judge, hide, reopen
from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.pieces import Pieces
from sloyfe.engines.disclosure.system import System

LEAST_GAIN = 1e-6


class Improve:
    """Changes `hidden` in place; `first` are cells hidden for their own sake, which stay."""

    def __init__(self, system: System, hidden: Bools, first: Bools, may_hide: Bools, judge: Judge) -> None:
        self.system, self.hidden, self.first, self.may_hide, self.judge = system, hidden, first, may_hide, judge

    def run(self, *, turns: int) -> None:
        """At most so many cells forbidden in each piece, the dearest first."""
        self._above()
        tried = np.zeros(self.system.cells, dtype=np.bool_)
        for _ in range(turns):
            pieces = Pieces(self.system, self.hidden)
            left = np.flatnonzero(self.hidden & ~self.first & ~tried)
            if not len(left):
                break
            left = left[np.lexsort((left, -self.system.cost[left]))]
            forbidden = left[np.unique(pieces.piece_of[left], return_index=True)[1]]
            tried[forbidden] = True
            self._without(forbidden)

    def _without(self, forbidden: Ints) -> None:
        other, may = self.hidden.copy(), self.may_hide.copy()
        other[forbidden] = may[forbidden] = False
        hide(self.system, other, may, self.judge)
        reopen(self.system, other, np.flatnonzero(other & ~self.first), self.judge)
        self._take_cheaper(other)

    def _above(self) -> None:
        """Hides the shown totals of rows below that are hidden for a neighbour's sake, and opens those again."""
        system = self.system
        beside = self.hidden & ~self.first
        total = system.sign > 0
        wanted = np.zeros(system.equations, dtype=np.bool_)
        wanted[system.equation[beside[system.cell] & ~total]] = True
        above = system.cell[total & wanted[system.equation]]
        above = np.unique(above[self.may_hide[above] & ~self.hidden[above]])
        if not len(above):
            return
        other = self.hidden.copy()
        other[above] = True
        hide(system, other, self.may_hide, self.judge)
        forced = np.zeros(system.cells, dtype=np.bool_)
        forced[above] = True
        reopen(system, other, np.flatnonzero(other & ~self.first & ~forced), self.judge)
        reopen(system, other, above, self.judge)
        self._take_cheaper(other)

    def _take_cheaper(self, other: Bools) -> None:
        """Where both together fall into pieces, the cheaper of the two in each, if it is safe."""
        system = self.system
        alone = Pieces(system, other)
        unsafe = self.judge(alone, np.ones(alone.many, dtype=np.bool_)).cell
        pieces = Pieces(system, self.hidden | other)
        piece = pieces.piece_of
        change = np.where(other, system.cost, 0.0) - np.where(self.hidden, system.cost, 0.0)
        gain = -np.bincount(piece[piece >= 0], weights=change[piece >= 0], minlength=pieces.many)
        gain[piece[unsafe]] = 0.0
        take = (piece >= 0) & (gain[piece] > LEAST_GAIN)
        self.hidden[take] = other[take]
