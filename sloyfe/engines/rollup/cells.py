"""What one cell adds to each counter: said once, for whole blocks of people and for single changed cells alike."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from sloyfe.engines.rollup.answer import FIRST_LEVEL, Count
from sloyfe.engines.rollup.arrays import U8, Bools
from sloyfe.engines.rollup.problem import Mark, Staff

Part = tuple[int, Bools | U8]

MARKED = (
    (Count.LEARN, Mark.LEARN),
    (Count.USE, Mark.USE),
    (Count.TEACH, Mark.TEACH),
    (Count.EXPIRES, Mark.EXPIRES),
)


def parts(
    levels: U8, required: U8, marks: U8 | None, staff: U8 | None, *, steps: int, holds_from: int
) -> Iterator[Part]:
    """(counter, what each cell adds to it), in the shape of `levels`; at most `steps` a cell. `staff` is broadcast.

    A counter that is not given is 0 for all: nothing is marked, or nobody temporary or leaving.
    """
    asks = required <= steps
    asked = asks & (levels <= steps)
    answered = asked & (levels > 0)
    yield Count.ASKED, asked
    yield Count.ANSWERED, answered
    yield Count.MEETS, answered & (levels >= required)
    yield Count.GAP, (np.maximum(required, levels) - levels) * answered
    yield Count.UNSAID, required * (asked > answered)
    for level in range(1, steps + 1):
        yield FIRST_LEVEL + level - 1, asks & (levels == level)
    holds = (levels >= holds_from) & (levels <= steps)
    yield Count.HOLDS, holds
    yield Count.SPARE, holds > asked
    yield from _marked(marks)
    yield from _resting(holds, marks, staff)


def _marked(marks: U8 | None) -> Iterator[Part]:
    if marks is not None:
        for count, mark in MARKED:
            yield count, (marks & np.uint8(mark)) != 0


def _resting(holds: Bools, marks: U8 | None, staff: U8 | None) -> Iterator[Part]:
    lasting = holds
    if staff is not None and staff.any():
        for count, why in ((Count.ON_TEMPORARY, Staff.TEMPORARY), (Count.ON_LEAVING, Staff.LEAVING)):
            yield count, holds & ((staff & np.uint8(why)) != 0)
        lasting = lasting & (staff == 0)
    if marks is not None:
        expiring = (marks & np.uint8(Mark.EXPIRES)) != 0
        yield Count.ON_EXPIRING, holds & expiring
        lasting = lasting > expiring
    yield Count.LASTING, lasting
