"""The cells hidden beside the sensitive ones: added while anybody can learn too much, then opened where not needed."""

from __future__ import annotations

from typing import Protocol

import numpy as np

from sloyfe.engines.disclosure.choose import Chooser
from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.pieces import Pieces
from sloyfe.engines.disclosure.system import System
from sloyfe.engines.disclosure.unsafe import Unsafe


class Judge(Protocol):
    """Says what is unsafe among the wanted pieces; with `only`, as seen by that one knower of each piece.

    `objector` remembers for each cell whom it was last hidden from, so that she is asked first when it is opened.
    """

    objector: Ints

    def __call__(self, pieces: Pieces, wanted: Bools, only: Ints | None = None) -> Unsafe: ...


def hide(
    system: System,
    hidden: Bools,
    may_hide: Bools,
    judge: Judge,
    *,
    around: Bools | None = None,
    rounds: int | None = None,
) -> Ints:
    """Hides, in place, until the judge is content or nothing more can be hidden. Gives the cells hidden.

    Only pieces with a cell of `around` are looked at, if that is given; after so many `rounds` it gives up.
    """
    added: list[int] = []
    pieces = Pieces(system, hidden)
    found = judge(pieces, pieces.holding(hidden if around is None else around))
    while len(found) and rounds != 0:
        chosen = one_for_each_place(system, found, hidden, may_hide)
        if not chosen:
            break
        cells = np.array(list(chosen), dtype=np.int64)
        hidden[cells] = True
        judge.objector[cells] = list(chosen.values())
        added += chosen
        pieces = Pieces(system, hidden)
        found = judge(pieces, pieces.holding(cells))
        rounds = None if rounds is None else rounds - 1
    return np.array(sorted(added), dtype=np.int64)


def one_for_each_place(system: System, found: Unsafe, hidden: Bools, may_hide: Bools) -> dict[int, int]:
    """One cell to hide for each unsafe cell, the deepest and worst first; cells in one equation wait their turn.

    Gives for each cell the knower it is to be hidden for.
    """
    order = np.lexsort((found.knower, found.cell, -found.short, -system.depth[found.cell], found.piece))
    chooser = Chooser(system, hidden, may_hide)
    settled: set[int] = set()
    chosen: dict[int, int] = {}
    for at in order.tolist():
        cell, knower = int(found.cell[at]), int(found.knower[at])
        around = system.equations_of[cell].tolist()
        if settled.intersection(around):
            continue
        company = chooser.company(cell, knower)
        if company is not None:
            settled.update(around)
            chosen[company] = knower
    return chosen


def reopen(system: System, hidden: Bools, added: Ints, judge: Judge) -> None:
    """Opens again, in place, the dearest first, what was hidden and is not needed. One at a time in each piece.

    Showing more never makes anything safer, so what could not be opened once need not be tried again.
    """
    left = added[np.lexsort((added, -system.cost[added]))]
    while len(left):
        pieces = Pieces(system, hidden)
        _, turn = np.unique(pieces.piece_of[left], return_index=True)
        tried = left[turn]
        left = np.delete(left, turn)
        hidden[tried] = False
        after = Pieces(system, hidden)
        touched = pieces.holding(tried)
        wanted = after.holding(hidden & touched[pieces.piece_of])
        broken = _broken(pieces, after, wanted, tried, judge)
        hidden[tried[broken[pieces.piece_of[tried]]]] = True


def _broken(pieces: Pieces, after: Pieces, wanted: Bools, tried: Ints, judge: Judge) -> Bools:
    """The pieces that are unsafe `after` what was tried in them. Who objected last is asked first."""
    broken = np.zeros(pieces.many, dtype=np.bool_)
    before = np.full(after.many, -1, dtype=np.int64)
    before[after.piece_of[after.cells]] = pieces.piece_of[after.cells]
    objector = np.full(pieces.many, -1, dtype=np.int64)
    objector[pieces.piece_of[tried]] = judge.objector[tried]
    broken[before[judge(after, wanted, objector[before]).piece]] = True
    found = judge(after, wanted & ~broken[before])
    broken[before[found.piece]] = True
    objector[before[found.piece]] = found.knower
    judge.objector[tried] = objector[pieces.piece_of[tried]]
    return broken
