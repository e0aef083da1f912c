"""Which protected counts somebody could still learn too much about, given what would be shown."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sloyfe.engines.disclosure.criteria import missing, need
from sloyfe.engines.disclosure.kinds import Bools, Ints
from sloyfe.engines.disclosure.pieces import Pieces
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.prior import Prior


@dataclass(frozen=True)
class Unsafe:
    """One entry for each protected cell that one knower can narrow too far; `short` is by how many people."""

    cell: Ints
    piece: Ints
    knower: Ints
    short: Ints

    def __len__(self) -> int:
        return len(self.cell)


def unsafe(
    pieces: Pieces,
    protect: Bools,
    policy: Policy,
    *,
    prior: Prior,
    wanted: Bools | None = None,
    insiders: bool = True,
    only: Ints | None = None,
) -> Unsafe:
    """`wanted` limits the question to some pieces; without `insiders` only the outsider is asked, and with `only`
    one knower of each piece."""
    asked = np.ones(pieces.many, dtype=np.bool_) if wanted is None else wanted
    asked = asked & (np.bincount(pieces.piece_of[protect & (pieces.piece_of >= 0)], minlength=pieces.many) > 0)
    piece, knower = pieces.scenarios(asked) if only is None else (np.flatnonzero(asked), only[asked])
    if not insiders:
        piece, knower = piece[knower < 0], knower[knower < 0]
    found: list[tuple[Ints, Ints, Ints, Ints]] = []
    for seen in pieces.seen(piece, knower):
        short = missing(need(pieces.system.size[seen.cell], policy), seen.low, seen.high)
        wrong = np.flatnonzero((short > 0) & protect[seen.cell] & ~seen.known)
        wrong = wrong[~pieces.system.hers(seen.cell[wrong], seen.knower[wrong])]
        wrong = wrong[prior.adds(seen.cell[wrong], seen.knower[wrong], seen.low[wrong], seen.high[wrong])]
        found.append((seen.cell[wrong], seen.piece[wrong], seen.knower[wrong], short[wrong]))
    if not found:
        none = np.empty(0, dtype=np.int64)
        return Unsafe(none, none, none, none)
    return Unsafe(*(np.concatenate(one) for one in zip(*found, strict=True)))
