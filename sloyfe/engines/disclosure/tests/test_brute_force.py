"""On tiny bodies, every table an onlooker can still believe in is counted, one by one."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from sloyfe.engines.disclosure.attacker import attack
from sloyfe.engines.disclosure.criteria import missing, need, sensitive
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body
from sloyfe.engines.disclosure.solve import solve
from sloyfe.engines.disclosure.tests import bodies
from sloyfe.engines.disclosure.tests.brute import intervals


def tiny_tree(seed: int) -> Body:
    return bodies.tree(seed, counties=2, offices=2, columns=1, largest=11)


def tiny_lines(seed: int) -> Body:
    return bodies.lines(seed, offices=2, columns=1, largest=6)


def tiny_classes(seed: int) -> Body:
    return bodies.classes(seed, offices=2, largest=6)


@pytest.mark.parametrize("make", [tiny_tree, tiny_lines, tiny_classes])
@pytest.mark.parametrize("seed", range(5))
def test_nobody_can_narrow_a_protected_count(make: Callable[[int], Body], seed: int):
    body, policy = make(seed), Policy()
    shown = solve(body, policy).shown
    protected = sensitive(body.size, body.count, policy) & (body.states != 2)
    assert not (shown & protected).any()
    for knower, own in zip([(), *body.known_by], [set(), *body.own()], strict=True):
        short = missing(need(body.size, policy), *intervals(body, shown, knower))
        short[list(own)] = 0
        assert not (short[protected] > 0).any(), knower


@pytest.mark.parametrize("make", [tiny_tree, tiny_lines, tiny_classes])
@pytest.mark.parametrize("seed", range(5))
def test_the_attacker_finds_what_counting_finds(make: Callable[[int], Body], seed: int):
    body, policy = make(seed), Policy()
    protected = sensitive(body.size, body.count, policy) & (body.states != 2)
    shown = ~protected & (np.random.default_rng(seed).random(body.size.shape) < 0.8)
    found = set()
    for number, (knower, own) in enumerate(zip([(), *body.known_by], [set(), *body.own()], strict=True)):
        low, high = intervals(body, shown, knower)
        short = missing(need(body.size, policy), low, high)
        for row, column in zip(*np.nonzero(protected & (short > 0)), strict=True):
            if row not in own:
                found.add((row, column, number - 1))
    hits = {hit[:3] for hit in attack(body, shown, policy)}
    assert beyond_common_knowledge(hits) == beyond_common_knowledge(found)


def beyond_common_knowledge(found: set[tuple[int, int, int]]) -> set[tuple[int, int, int]]:
    """What anybody can work out need not be said again of each who knows something."""
    common = {one[:2] for one in found if one[2] < 0}
    return {one for one in found if one[2] < 0 or one[:2] not in common}


@pytest.mark.parametrize("seed", range(12))
def test_the_intervals_on_a_tree_are_exact(seed: int):
    body = tiny_tree(seed)
    answer = solve(body, Policy())
    low, high = intervals(body, answer.shown)
    assert answer.low.tolist() == low.tolist()
    assert answer.high.tolist() == high.tolist()
