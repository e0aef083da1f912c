"""Nonsense is refused with a sentence; the policy may only be raised."""

from __future__ import annotations

import numpy as np
import pytest

from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body, Sum
from sloyfe.engines.disclosure.tests.bodies import star

SIZE = np.array([[30], [12], [18]], dtype=np.int64)
COUNT = np.array([[13], [7], [6]], dtype=np.int64)
WHOLE = (Sum(0, (1, 2)),)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"count": COUNT + [[1], [0], [0]]}, "does not add up"),
        ({"size": SIZE + [[1], [0], [0]]}, "in size, 0 does not add up"),
        ({"count": COUNT + [[0], [0], [40]]}, "more than their group"),
        ({"count": COUNT[:2]}, "must be the same"),
        ({"count": COUNT.astype(float)}, "must be int64"),
        ({"key": (1, 1, 2)}, "the same key"),
        ({"key": (1, 2)}, "2 keys for 3 rows"),
        ({"rows": (Sum(0, (1, 3)),)}, "0 to 2"),
        ({"rows": (Sum(0, (1, 1)),)}, "each may stand once"),
        ({"rows": (Sum(0, ()),)}, "has no parts"),
        ({"knowers": ((9,),)}, "rows are 0 to 2"),
    ],
)
def test_nonsense_is_refused(change: dict, says: str):
    with pytest.raises(ValueError, match=says):
        Body(**({"key": (0, 1, 2), "size": SIZE, "count": COUNT, "rows": WHOLE} | change))


def test_the_policy_is_never_lowered():
    with pytest.raises(ValueError, match="never lowered"):
        Policy(people=4)
    with pytest.raises(ValueError, match="never lowered"):
        Policy(10, 4).raised(people=10, either_side=3)
    assert Policy().raised(people=10, either_side=4) == Policy(10, 4)


def test_parents_and_people_of_her_own():
    body = star([12, 10, 8], [7, 5, 1])
    assert body.parents().tolist() == [-1, 0, 0, 0]
    assert body.own()[1] == {0, 1}
    assert body.own()[0] == {0, 1, 2, 3}
