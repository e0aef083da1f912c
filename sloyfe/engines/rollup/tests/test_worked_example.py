"""The example of docs/algorithms/rollup.md, figure for figure."""

from __future__ import annotations

import numpy as np

from sloyfe.engines.rollup.answer import Count
from sloyfe.engines.rollup.fragile import Rests, fragile
from sloyfe.engines.rollup.problem import NOT_ASKED, Grouping, Problem, Staff
from sloyfe.engines.rollup.solve import roll_up

SAID = ("ASKED", "ANSWERED", "MEETS", "GAP", "UNSAID", "HOLDS", "SPARE", "LASTING")


def test_a_county_with_two_offices() -> None:
    units = Grouping(np.array([-1, 0, 0], np.int32), np.array([1, 1, 2, 2], np.int32))
    levels = np.array([[3], [0], [2], [5]], np.uint8)
    required = np.array([[3], [NOT_ASKED]], np.uint8)
    staff = np.array([0, 0, 0, Staff.TEMPORARY], np.uint8)
    answer = roll_up(Problem(levels, required, (units,), np.array([0, 0, 0, 1], np.int32), staff=staff))
    county, first, second = ([int(answer.of(Count[name])[node, 0]) for name in SAID] for node in range(3))
    assert first == [2, 1, 1, 0, 3, 1, 0, 1]
    assert second == [1, 1, 0, 1, 0, 1, 1, 0]
    assert county == [3, 2, 1, 1, 3, 2, 1, 1]
    assert answer.heads[0].tolist() == [[4, 3, 2], [2, 2, 1], [2, 1, 1]]
    assert fragile(answer)[:, 0].tolist() == [
        Rests.ONE_LASTING,
        Rests.ON_ONE,
        Rests.ON_ONE | Rests.ON_TEMPORARY | Rests.NOT_LASTING,
    ]
