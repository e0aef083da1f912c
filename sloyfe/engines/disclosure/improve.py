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
LARGEST = 60
"""Cells in a piece that is worth the while; what is larger is linked tables, where another choice drags far."""
PATIENCE = 4
"""Turns in a row that may bring nothing."""
ROUNDS = 8
"""Steps another choice may take to become safe."""


class Improve:
    """Changes `hidden` in place; `first` are cells hidden for their own sake, which stay."""

    def __init__(self, system: System, hidden: Bools, first: Bools, may_hide: Bools, judge: Judge) -> None:
        self.system, self.hidden, self.first, self.may_hide, self.judge = system, hidden, first, may_hide, judge

    def run(self, *, turns: int) -> None:
        """At most so many cells forbidden in each piece, the dearest first."""
        self._above()
        tried = np.zeros(self.system.cells, dtype=np.bool_)
        idle = 0
        for _ in range(turns):
            if idle > PATIENCE:
                break
            pieces = Pieces(self.system, self.hidden)
            left = np.flatnonzero(self.hidden & ~self.first & ~tried)
            left = left[pieces.length[pieces.piece_of[left]] <= LARGEST]
            if not len(left):
                break
            left = left[np.lexsort((left, -self.system.cost[left]))]
            forbidden = left[np.unique(pieces.piece_of[left], return_index=True)[1]]
            tried[forbidden] = True
            idle = 0 if self._without(pieces, forbidden) else idle + 1

    def _without(self, pieces: Pieces, forbidden: Ints) -> bool:
        other, may = self.hidden.copy(), self.may_hide.copy()
        other[forbidden] = may[forbidden] = False
        around = other & np.append(pieces.holding(forbidden), False)[pieces.piece_of]
        return self._try(other, may, around)

    def _above(self) -> None:
        """Hides the shown totals of rows below that are hidden for a neighbour's sake, and opens those again."""
        system = self.system
        pieces = Pieces(system, self.hidden)
        beside = self.hidden & ~self.first & np.append(pieces.length <= LARGEST, False)[pieces.piece_of]
        total = system.sign > 0
        wanted = np.zeros(system.equations, dtype=np.bool_)
        wanted[system.equation[beside[system.cell] & ~total]] = True
        above = system.cell[total & wanted[system.equation]]
        above = np.unique(above[self.may_hide[above] & ~self.hidden[above]])
        if len(above):
            other, around = self.hidden.copy(), np.zeros(system.cells, dtype=np.bool_)
            other[above] = around[above] = True
            self._try(other, self.may_hide, around, last=above)

    def _try(self, other: Bools, may_hide: Bools, around: Bools, last: Ints | None = None) -> bool:
        """Makes the other choice safe around what was changed, opens what it can (`last` at last), and compares.

        Says whether anything was won.
        """
        system = self.system
        added = hide(system, other, may_hide, self.judge, around=around, rounds=ROUNDS)
        around[added] = True
        pieces = Pieces(system, other)
        near = other & ~self.first & np.append(pieces.holding(around), False)[pieces.piece_of]
        if last is not None:
            near[last] = False
        reopen(system, other, np.flatnonzero(near), self.judge)
        if last is not None:
            reopen(system, other, last[other[last]], self.judge)
        return self._take_cheaper(other, around)

    def _take_cheaper(self, other: Bools, around: Bools) -> bool:
        """Where both together fall into pieces, the cheaper of the two in each, if it is safe."""
        system = self.system
        alone = Pieces(system, other)
        unsafe = self.judge(alone, alone.holding(other & (around | (other != self.hidden)))).cell
        pieces = Pieces(system, self.hidden | other)
        piece = pieces.piece_of
        change = np.where(other, system.cost, 0.0) - np.where(self.hidden, system.cost, 0.0)
        gain = -np.bincount(piece[piece >= 0], weights=change[piece >= 0], minlength=pieces.many)
        gain[piece[unsafe]] = 0.0
        take = (piece >= 0) & (gain[piece] > LEAST_GAIN)
        self.hidden[take] = other[take]
        return bool(take.any())
