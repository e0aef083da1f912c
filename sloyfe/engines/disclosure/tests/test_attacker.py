"""The attacker finds nothing, and finds plenty as soon as a step of the protection is left out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sloyfe.engines.disclosure.attacker import Attack, Ground, attack, grounds
from sloyfe.engines.disclosure.complement import hide
from sloyfe.engines.disclosure.criteria import sensitive
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body, Sum
from sloyfe.engines.disclosure.solve import Judge, Protection, solve
from sloyfe.engines.disclosure.tests import bodies
from sloyfe.engines.disclosure.unsafe import unsafe

FEW = settings(max_examples=4, deadline=None, derandomize=True, database=None)
SEEDS = st.integers(0, 100_000)


@FEW
@given(SEEDS)
def test_finds_nothing_in_a_tree(seed: int):
    body = bodies.tree(seed, counties=3, offices=6, columns=4, largest=25)
    assert attack(body, solve(body, Policy()).shown, Policy()) == []


@FEW
@given(SEEDS)
def test_finds_nothing_in_linked_tables(seed: int):
    body = bodies.lines(seed, offices=5, columns=2)
    assert attack(body, solve(body, Policy()).shown, Policy()) == []


@FEW
@given(SEEDS)
def test_finds_nothing_among_levels(seed: int):
    body = bodies.classes(seed, offices=5)
    assert attack(body, solve(body, Policy()).shown, Policy()) == []


@pytest.mark.parametrize("seed", range(3))
def test_finds_nothing_where_leader_and_representative_talk(seed: int):
    """One who knows two offices, and one who knows an office and the county."""
    base = bodies.tree(seed, counties=2, offices=8, columns=4, largest=25)
    rows = range(len(base.key))
    pairs = (*((row,) for row in rows), (3, 4), (3, 5), (1, 4))
    body = Body(base.key, base.size, base.count, base.rows, knowers=pairs)
    assert attack(body, solve(body, Policy()).shown, Policy()) == []


def test_finds_plenty_without_the_complementary_step():
    body = bodies.tree(1, counties=4, offices=8, columns=6, largest=30)
    protection = Protection(body, Policy())
    assert len(attack(body, protection.shown(), Policy())) > 20


def test_finds_plenty_where_insiders_are_forgotten():
    body = bodies.tree(1, counties=4, offices=8, columns=6, largest=30)
    protection = Protection(body, Policy())

    class Outsiders(Judge):
        def __call__(self, pieces, wanted, only=None):
            return unsafe(pieces, self.protect, self.policy, prior=self.prior, wanted=wanted, insiders=False)

    judge = Outsiders(protection.system, protection.sensitive, Policy(), protection.prior)
    hide(protection.system, protection.hidden, protection.may_hide, judge)
    assert attack(body, protection.shown(), Policy(), insiders=False) == []
    assert len(attack(body, protection.shown(), Policy())) > 5


def test_the_attackers_findings_are_fed_back(monkeypatch: pytest.MonkeyPatch):
    """Where propagation believes too much, the attacker has the last word: here it is made blind altogether."""
    from sloyfe.engines.disclosure import solve as module

    body = bodies.lines(3, offices=5, columns=1, largest=15)
    blind = partial(unsafe, insiders=False)
    monkeypatch.setattr(module, "unsafe", blind)
    answer = solve(body, Policy())
    assert answer.rounds > 0
    assert attack(body, answer.shown, Policy()) == []


def test_a_stricter_policy_is_kept_too():
    body = bodies.tree(5, counties=3, offices=8, columns=4, largest=40)
    policy = Policy(10, 5)
    answer = solve(body, policy)
    assert attack(body, answer.shown, policy) == []
    assert (body.size[answer.shown] >= 10).all()
    assert np.minimum(body.count, body.size - body.count)[answer.shown].min() >= 5


@pytest.mark.parametrize("seed", range(3))
def test_the_search_alone_keeps_insiders_out_of_a_tree(seed: int):
    body = bodies.tree(seed, counties=3, offices=6, columns=4, largest=25)
    protection = Protection(body, Policy())
    protection.protect_all()
    assert attack(body, protection.shown(), Policy()) == []


def test_two_areas_across_the_counties():
    """Areas of offices from several counties: one more family of sums over the same offices."""
    base = bodies.tree(7, counties=3, offices=6, columns=3, largest=30)
    first = 4
    offices = np.arange(first, len(base.key))
    areas = [offices[offices % 2 == one] for one in (0, 1)]
    size = np.concatenate([base.size, *(base.size[area].sum(axis=0)[None] for area in areas)])
    count = np.concatenate([base.count, *(base.count[area].sum(axis=0)[None] for area in areas)])
    many = len(base.key)
    sums = (
        *base.rows,
        *(Sum(many + one, tuple(area.tolist())) for one, area in enumerate(areas)),
        Sum(0, (many, many + 1)),
    )
    body = Body(tuple(range(many + 2)), size, count, sums)
    assert attack(body, solve(body, Policy()).shown, Policy()) == []


@FEW
@given(SEEDS, st.sampled_from([bodies.tree, bodies.lines, bodies.classes]))
def test_a_count_rests_on_its_grounds_alone(seed: int, made: Callable[[int], Body]):
    """With all else untold it is known just as well at that end."""
    body, policy = made(seed), Policy()
    shown = ~sensitive(body.size, body.count, policy)
    ground = Ground(body, policy)
    hits = attack(body, shown, policy, ground=ground)
    assert hits
    for hit, cells in zip(hits, grounds(body, shown, policy, hits, ground), strict=True):
        alone = np.zeros_like(shown)
        alone[tuple(np.array(sorted(cells)).reshape(-1, 2).T)] = True
        [now] = Attack(body, alone, policy, ground).about([hit])
        assert cells
        assert now.low == hit.low or now.high == hit.high


def test_what_a_count_rests_on_is_held_back_at_once():
    """Two counties told, and in each one hidden office: of each county's own numbers one must go, and only one."""
    body = bodies.from_leaves(
        np.array([[20], [20], [3], [20], [20], [3]]),
        np.array([[10]] * 2 + [[1]] + [[10]] * 2 + [[1]]),
        np.repeat([0, 1], 3),
    )
    protection = Protection(body, Policy())
    hits = attack(body, protection.shown(), Policy(), ground=protection.ground)
    before = protection.shown().sum()
    protection._hide_more(hits)
    assert before - protection.shown().sum() == 2
