"""What a competence rests on at a node: one person, temporary staff, people leaving, proof that expires."""

from __future__ import annotations

from enum import IntFlag

import numpy as np

from sloyfe.engines.rollup.answer import Count, Counters
from sloyfe.engines.rollup.arrays import U8


class Rests(IntFlag):
    """Said of those at or under the node who hold the competence; several may be true."""

    ON_NOBODY = 1
    """Somebody is asked, nobody holds it. The only one that is true where nobody holds it."""
    ON_ONE = 2
    ON_TEMPORARY = 4
    ON_LEAVING = 8
    ON_EXPIRING = 16
    """All who hold it are temporary; are leaving; have a proof that expires."""
    NOT_LASTING = 32
    """Each who holds it is one or more of the three."""
    ONE_LASTING = 64
    """Two or more hold it, and only one of them is none of the three."""


def fragile(counters: Counters, grouping: int = 0) -> U8:
    """`Rests` bits, uint8 [nodes, competences]."""
    holds, lasting = counters.of(Count.HOLDS, grouping), counters.of(Count.LASTING, grouping)
    some = holds > 0
    said = {
        Rests.ON_NOBODY: (counters.of(Count.ASKED, grouping) > 0) & ~some,
        Rests.ON_ONE: holds == 1,
        Rests.ON_TEMPORARY: some & (counters.of(Count.ON_TEMPORARY, grouping) == holds),
        Rests.ON_LEAVING: some & (counters.of(Count.ON_LEAVING, grouping) == holds),
        Rests.ON_EXPIRING: some & (counters.of(Count.ON_EXPIRING, grouping) == holds),
        Rests.NOT_LASTING: some & (lasting == 0),
        Rests.ONE_LASTING: (holds > 1) & (lasting == 1),
    }
    bits = np.zeros(holds.shape, dtype=np.uint8)
    for why, where in said.items():
        bits |= where.astype(np.uint8) * np.uint8(why)
    return bits
