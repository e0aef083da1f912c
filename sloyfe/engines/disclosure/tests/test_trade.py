"""Nothing that trade or bargain proves open is closed: with them and without them the attacker finds the same."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sloyfe.engines.disclosure import attacker, bargain
from sloyfe.engines.disclosure.attacker import Attack, Ground, Hit, attack
from sloyfe.engines.disclosure.criteria import sensitive
from sloyfe.engines.disclosure.history import Earlier, History, join
from sloyfe.engines.disclosure.kinds import Bools
from sloyfe.engines.disclosure.paths import Snapshot, paths
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body
from sloyfe.engines.disclosure.tests import bodies, lives
from sloyfe.engines.disclosure.trade import Market

SOME = settings(max_examples=40, deadline=None, derandomize=True, database=None)
SEEDS = st.integers(0, 100_000)
POLICY = Policy()


def some_shown(body: Body, seed: int) -> Bools:
    """Four of five harmless numbers, so that much can be found."""
    lot = np.random.default_rng(seed).random(body.size.shape)
    return (lot < 0.8) & ~sensitive(body.size, body.count, POLICY) & (body.states == 0)


def with_a_past(seed: int) -> Body:
    """Two quarters of a restless life, of which the first showed much."""
    life = lives.begin(seed, columns=1, people=50, offices=3)
    told, seen = [], []
    for quarter in range(3):
        body, of = life.body()
        nobody = np.zeros_like(life.has)
        seen.append(Snapshot(life.rows(of), ~nobody, life.has.copy(), nobody))
        if quarter < 2:
            told.append(Earlier(body, some_shown(body, seed + quarter)))
            life.quarter()
    return join(body, History(tuple(told), paths(seen, POLICY)), POLICY).body


BODIES = {
    "tree": lambda seed: bodies.tree(seed, counties=3, offices=5, columns=2, largest=20),
    "lines": lambda seed: bodies.lines(seed, offices=4, columns=1),
    "history": with_a_past,
}


def nothing_proved(market: Market | None, told: Bools, protected: Bools) -> Iterator[tuple[int, int, int]]:
    for row, column in np.argwhere(protected).tolist():
        yield row, column, bargain.EVERYBODY


def no_more_than_a_stranger(hits: list[Hit]) -> set[Hit]:
    """Without those of insiders who see just what a stranger sees."""
    strangers = {(hit.row, hit.column): (hit.low, hit.high) for hit in hits if hit.knower == bargain.STRANGER}
    return {
        hit
        for hit in hits
        if hit.knower == bargain.STRANGER or strangers.get((hit.row, hit.column)) != (hit.low, hit.high)
    }


@pytest.mark.parametrize("kind", BODIES)
@SOME
@given(seed=SEEDS)
def test_the_attacker_finds_the_same_without_them(kind: str, seed: int):
    body = BODIES[kind](seed)
    shown = some_shown(body, seed)
    found = Attack(body, shown, POLICY, Ground(body, POLICY)).hits()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attacker, "unproved", nothing_proved)
        asked = Attack(body, shown, POLICY, Ground(body, POLICY)).hits()
    assert no_more_than_a_stranger(found) == no_more_than_a_stranger(asked)


def test_they_leave_only_what_can_be_narrowed_on_a_tree():
    body = bodies.tree(1, counties=4, offices=8, columns=6, largest=30)
    few = sensitive(body.size, body.count, POLICY)
    nobodys = np.zeros((0, len(body.key)), dtype=np.bool_)
    left = list(bargain.unproved(Market.of(body, nobodys, POLICY), ~few, few))
    assert {(row, column) for row, column, _ in left} == {hit[:2] for hit in attack(body, ~few, POLICY, insiders=False)}
    assert 0 < len(left) < few.sum()


def test_sums_that_do_not_agree_are_left_to_the_attacker():
    body = bodies.classes(1)
    assert Market.of(body, np.zeros((0, len(body.key)), dtype=np.bool_), POLICY) is None
