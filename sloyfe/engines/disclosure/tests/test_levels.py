"""Fewer classes the smaller the group, by its size alone."""

from __future__ import annotations

import numpy as np
import pytest

from sloyfe.engines.disclosure.attacker import attack
from sloyfe.engines.disclosure.levels import classes_offered, offered
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body, State
from sloyfe.engines.disclosure.solve import solve
from sloyfe.engines.disclosure.tests.bodies import classes


@pytest.mark.parametrize(("size", "many"), [(4, 0), (9, 0), (10, 2), (14, 2), (15, 3), (25, 5)])
def test_five_people_a_class(size: int, many: int):
    assert classes_offered(size) == many


def test_columns_by_division():
    size = np.array([[8] * 5, [12] * 5, [30] * 5], dtype=np.int64)
    states = offered(size, {2: (1, 4), 3: (1, 2, 3)})
    shut = (states == State.SHUT).astype(int).tolist()
    assert shut == [[0, 1, 1, 1, 1], [0, 0, 1, 1, 0], [0, 0, 0, 0, 0]]


@pytest.mark.parametrize("seed", range(4))
def test_classes_and_their_sums_are_protected_together(seed: int):
    plain = classes(seed, offices=5, largest=40)
    states = offered(plain.size, {2: (1, 4), 3: (1, 2, 3)})
    states[:, 0] = State.KNOWN
    body = Body(plain.key, plain.size, plain.count, plain.rows, plain.columns, states)
    answer = solve(body, Policy())
    assert attack(body, answer.shown, Policy()) == []
    assert not answer.shown[states == State.SHUT].any()
