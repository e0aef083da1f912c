"""Hidden cells fall into pieces: two hang together where an equation holds both. Pieces do not concern each other.

A *scenario* is one piece seen by one knower, or by nobody in particular (the outsider). All scenarios are laid out
one after the other and solved at once, so that arrays do the work.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from sloyfe.engines.disclosure.intervals import Equations, tighten
from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.system import System

OUTSIDER = -1
AT_ONCE = 200_000
"""Cells laid out at a time; a matter of memory only."""


def ragged(first: Ints, lengths: Ints) -> Ints:
    """The ranges first[i] … first[i] + lengths[i] − 1, one after the other."""
    begins = np.cumsum(lengths) - lengths
    every: Ints = np.arange(int(lengths.sum())) + np.repeat(first - begins, lengths)
    return every


def _begins(lengths: Ints) -> Ints:
    return np.cumsum(lengths) - lengths


@dataclass(frozen=True)
class Seen:
    """Intervals of cells in scenarios, one entry for each cell of each scenario; `known` cells are the knower's."""

    cell: Ints
    piece: Ints
    knower: Ints
    known: Bools
    low: Ints
    high: Ints


class Pieces:
    """The pieces of what is hidden; `cells` sorted by piece, `piece_of` is −1 for cells that are not hidden."""

    def __init__(self, system: System, hidden: Bools, among: Bools | None = None) -> None:
        """`hidden` cells that are unknown to all; with `among`, only equations that are true there."""
        self.system = system
        kept = hidden[system.cell]
        if among is not None:
            kept &= among[system.equation]
        label = _labels(system, hidden, kept)
        roots, piece_of = np.unique(label[hidden], return_inverse=True)
        self.many = len(roots)
        self.piece_of: Ints = np.full(system.cells, -1, dtype=np.int64)
        self.piece_of[hidden] = piece_of
        cells = np.flatnonzero(hidden)
        self.cells: Ints = cells[np.argsort(self.piece_of[cells], kind="stable")]
        self.length: Ints = np.bincount(self.piece_of[cells], minlength=self.many)
        self.first: Ints = _begins(self.length)
        self.place: Ints = np.full(system.cells, -1, dtype=np.int64)
        self.place[self.cells] = np.arange(len(self.cells)) - np.repeat(self.first, self.length)
        self._take_equations(hidden, kept)

    def _take_equations(self, hidden: Bools, kept: Bools) -> None:
        """Members that are hidden, by piece and equation; what is not hidden goes to the right side."""
        system = self.system
        told = np.where(hidden[system.cell], 0, system.sign * system.count[system.cell])
        right = -np.bincount(system.equation, weights=told, minlength=system.equations).astype(np.int64)
        equation, cell, sign = system.equation[kept], system.cell[kept], system.sign[kept]
        piece = self.piece_of[cell]
        order = np.lexsort((equation, piece))
        equation, self.member_cell, self.member_sign = equation[order], cell[order], sign[order]
        piece = piece[order]
        new = np.flatnonzero(np.diff(equation, prepend=-1))
        self.member_equation: Ints = np.repeat(np.arange(len(new)), np.diff(np.append(new, len(equation))))
        self.right: Ints = right[equation[new]]
        self.members: Ints = np.bincount(piece, minlength=self.many)
        self.first_member: Ints = _begins(self.members)
        self.equations: Ints = np.bincount(piece[new], minlength=self.many)
        self.first_equation: Ints = _begins(self.equations)

    def holding(self, cells: Bools | Ints) -> Bools:
        """The pieces that hold one of these cells (a mask, or their numbers)."""
        held = np.zeros(self.many + 1, dtype=np.bool_)
        held[self.piece_of[cells]] = True
        return held[:-1]

    def scenarios(self, wanted: Bools) -> tuple[Ints, Ints]:
        """(piece, knower) for the wanted pieces: the outsider, and everybody who knows one of their cells."""
        cells = self.cells[wanted[self.piece_of[self.cells]]]
        known = self.system.known
        many = known.first[cells + 1] - known.first[cells]
        who = known.values[ragged(known.first[cells], many)]
        pairs = np.unique(np.repeat(self.piece_of[cells], many) * (self.system.knowers + 1) + who + 1)
        outside = np.flatnonzero(wanted) * (self.system.knowers + 1)
        pairs = np.union1d(pairs, outside)
        return pairs // (self.system.knowers + 1), pairs % (self.system.knowers + 1) - 1

    def seen(self, piece: Ints, knower: Ints) -> Iterator[Seen]:
        """Intervals in each scenario, in portions that fit in memory."""
        portion = np.cumsum(self.length[piece]) // AT_ONCE
        for one in np.unique(portion):
            yield self._seen(piece[portion == one], knower[portion == one])

    def _seen(self, piece: Ints, knower: Ints) -> Seen:
        """What an insider sees follows from what a stranger sees and from what she knows."""
        system = self.system
        cell = self._cells_of(piece)
        who = np.repeat(knower, self.length[piece])
        known = self._knows(cell, who)
        low, high = self._stranger(np.unique(piece))
        learned = known & (low[cell] < high[cell])
        low = np.where(known, system.count[cell], low[cell])
        high = np.where(known, system.count[cell], high[cell])
        low, high = tighten(self._equations(piece), low, high, learned)
        return Seen(cell, np.repeat(piece, self.length[piece]), who, known, low, high)

    def _stranger(self, piece: Ints) -> tuple[Ints, Ints]:
        """Bounds for all cells; those in other pieces are left wide."""
        cell = self._cells_of(piece)
        low, high = np.zeros_like(self.system.size), self.system.size.copy()
        low[cell], high[cell] = tighten(self._equations(piece), low[cell], high[cell])
        return low, high

    def _cells_of(self, piece: Ints) -> Ints:
        return self.cells[ragged(self.first[piece], self.length[piece])]

    def _equations(self, piece: Ints) -> Equations:
        """Those of the pieces, each time a piece is named; cells and equations numbered anew in that order."""
        base = _begins(self.length[piece])
        member = ragged(self.first_member[piece], self.members[piece])
        scenario = np.repeat(np.arange(len(piece)), self.members[piece])
        moved = _begins(self.equations[piece]) - self.first_equation[piece]
        return Equations(
            self.member_equation[member] + moved[scenario],
            self.place[self.member_cell[member]] + base[scenario],
            self.member_sign[member],
            self.right[ragged(self.first_equation[piece], self.equations[piece])],
        )

    def _knows(self, cell: Ints, who: Ints) -> Bools:
        known = self.system.known
        many = known.first[cell + 1] - known.first[cell]
        entry = np.repeat(np.arange(len(cell)), many)
        hit = known.values[ragged(known.first[cell], many)] == who[entry]
        knows = np.zeros(len(cell), dtype=np.bool_)
        knows[entry[hit]] = True
        return knows


def _labels(system: System, hidden: Bools, kept: Bools) -> Ints:
    """For each hidden cell the lowest cell that it hangs together with."""
    label = np.where(hidden, np.arange(system.cells), system.cells)
    equation, cell = system.equation[kept], system.cell[kept]
    if not len(cell):
        return label
    first = np.flatnonzero(np.diff(equation, prepend=-1))
    lengths = np.diff(np.append(first, len(equation)))
    while True:
        lowest = np.repeat(np.minimum.reduceat(label[cell], first), lengths)
        if np.array_equal(lowest, label[cell]):
            return label
        np.minimum.at(label, cell, lowest)
