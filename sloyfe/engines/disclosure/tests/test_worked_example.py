"""The example of docs/algorithms/disclosure.md, step by step."""

from __future__ import annotations

import numpy as np

from sloyfe.engines.disclosure.answer import Reason
from sloyfe.engines.disclosure.attacker import Hit, attack
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.solve import solve
from sloyfe.engines.disclosure.tests.bodies import star

COUNTY, A, B, C = range(4)
EXAMPLE = star([12, 10, 8], [7, 5, 1])
OUTSIDER = -1


def shown(*rows: int) -> np.ndarray:
    mask = np.zeros((4, 1), dtype=bool)
    mask[list(rows)] = True
    return mask


def test_hiding_the_small_number_alone_gives_it_away():
    assert Hit(C, 0, OUTSIDER, 1, 1) in attack(EXAMPLE, shown(COUNTY, A, B), Policy())


def test_one_neighbour_hides_it_from_strangers_but_not_from_the_neighbours_leader():
    assert attack(EXAMPLE, shown(COUNTY, A), Policy()) == [Hit(C, 0, B, 1, 1)]


def test_two_neighbours_hide_it_from_all():
    answer = solve(EXAMPLE, Policy())
    assert answer.shown[:, 0].tolist() == [True, False, False, False]
    assert attack(EXAMPLE, answer.shown, Policy()) == []
    assert (answer.low[C, 0], answer.high[C, 0]) == (0, 8)


def test_the_reader_is_sent_to_the_county_and_not_told_which_of_the_three_it_is():
    answer = solve(EXAMPLE, Policy())
    assert answer.nearest[:, 0].tolist() == [-1, COUNTY, COUNTY, COUNTY]
    assert set(answer.reason[1:, 0].tolist()) == {Reason.PROTECTED}
