"""What is hidden costs hardly more than the cheapest protection there is (CP-SAT with the attacker's cuts)."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from sloyfe.engines.disclosure.attacker import attack
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body
from sloyfe.engines.disclosure.solve import solve
from sloyfe.engines.disclosure.tests import bodies
from sloyfe.engines.disclosure.tests.optimum import Optimum, cost


def offices(seed: int) -> Body:
    return bodies.tree(seed, counties=2, offices=5, columns=1, largest=25)


def lines(seed: int) -> Body:
    return bodies.lines(seed, offices=3, columns=1, largest=15)


def classes(seed: int) -> Body:
    return bodies.classes(seed, offices=3, largest=25)


@pytest.mark.parametrize("make", [offices, lines, classes])
@pytest.mark.parametrize("seed", range(4))
def test_within_a_tenth_of_the_optimum(make: Callable[[int], Body], seed: int):
    body, policy = make(seed), Policy()
    best, proved = Optimum(body, policy).solve()
    assert proved
    assert attack(body, best, policy) == []
    ours = cost(body, solve(body, policy).shown)
    assert cost(body, best) - 1e-6 <= ours <= 1.1 * cost(body, best) + 1e-6
