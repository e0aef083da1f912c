"""What earlier releases alone already tell too much of: nothing that is hidden now takes that back.

A new release must not add to it. Only the few intervals that are too narrow already are kept.
"""

from __future__ import annotations

import numpy as np

from sloyfe.engines.disclosure.criteria import missing, need
from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.pieces import OUTSIDER, Pieces
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.system import System


class Prior:
    """Intervals by (cell, knower), sorted by a code of both."""

    def __init__(self, system: System, unknown: Bools, protect: Bools, policy: Policy) -> None:
        """`unknown` is all that nobody has been told before now."""
        self.system = system
        self.code: Ints = np.empty(0, dtype=np.int64)
        self.low: Ints = self.code
        self.high: Ints = self.code
        if system.past.any():
            self._work_out(unknown, protect, policy)

    def _work_out(self, unknown: Bools, protect: Bools, policy: Policy) -> None:
        pieces = Pieces(self.system, unknown, self.system.past)
        asked = np.zeros(pieces.many, dtype=np.bool_)
        asked[pieces.piece_of[protect & unknown]] = True
        kept: list[tuple[Ints, Ints, Ints]] = []
        for seen in pieces.seen(*pieces.scenarios(asked)):
            short = missing(need(self.system.size[seen.cell], policy), seen.low, seen.high)
            narrow = (short > 0) & protect[seen.cell] & ~seen.known
            kept.append((self._code(seen.cell, seen.knower)[narrow], seen.low[narrow], seen.high[narrow]))
        if kept:
            code, low, high = (np.concatenate(one) for one in zip(*kept, strict=True))
            order = np.argsort(code)
            self.code, self.low, self.high = code[order], low[order], high[order]

    def _code(self, cell: Ints, knower: Ints) -> Ints:
        return cell * (self.system.knowers + 1) + knower + 1

    def adds(self, cell: Ints, knower: Ints, low: Ints, high: Ints) -> Bools:
        """Is each interval narrower than what this knower, or anybody, could know before?"""
        new = np.ones(len(cell), dtype=np.bool_)
        if len(self.code):
            for who in (knower, np.full_like(knower, OUTSIDER)):
                code = self._code(cell, who)
                at = np.minimum(np.searchsorted(self.code, code), len(self.code) - 1)
                known = (self.code[at] == code) & (self.low[at] >= low) & (self.high[at] <= high)
                new &= ~known
        return new
