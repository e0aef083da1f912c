"""Groups nobody told of: found where they can be added up, and held back; beside counting every table there can be."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sloyfe.engines.disclosure import unions
from sloyfe.engines.disclosure.attacker import Ground, attack
from sloyfe.engines.disclosure.criteria import missing, need, sensitive
from sloyfe.engines.disclosure.history import Earlier, History, join
from sloyfe.engines.disclosure.paths import Snapshot, paths
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body
from sloyfe.engines.disclosure.solve import solve
from sloyfe.engines.disclosure.tests import bodies
from sloyfe.engines.disclosure.tests.brute import tables

POLICY = Policy()
MANY = settings(max_examples=25, deadline=None, derandomize=True, database=None)
Group = frozenset[int]


def told_apart(body: Body, shown: np.ndarray) -> set[Group]:
    """Offices that stand in exactly the same numbers, and what is in one number and not in another."""
    totals = {one.total for one in body.rows}
    above = body.above()
    offices = [row for row in range(len(body.key)) if row not in totals and body.size[row, 0]]
    inside = {
        row: frozenset(one for one in offices if one == row or row in above[one])
        for row in np.flatnonzero(shown[:, 0]).tolist()
    }
    kinds: dict[Group, set[int]] = {}
    for office in offices:
        kinds.setdefault(frozenset(row for row, who in inside.items() if office in who), set()).add(office)
    pairs = [(one, other) for one in inside.values() for other in inside.values() if one & other]
    return {frozenset(kind) for kind in kinds.values()} | {one - other for one, other in pairs}


def telling(body: Body, shown: np.ndarray) -> set[tuple[int, int]]:
    return unions.too_telling(Ground(body, POLICY).market, shown)


def known_too_well(body: Body, shown: np.ndarray) -> Iterator[tuple[int, Group]]:
    """(knower, several offices) whose sum every table that can be makes too narrow. One column; −1 is a stranger."""
    for knower in range(-1, len(body.key)):
        hers = {knower} | {row for row, above in enumerate(body.above()) if knower in above}
        every = tables(body, shown, (knower,) if knower >= 0 else ())[:, :, 0]
        for group in {one - hers for one in told_apart(body, shown)}:
            rows = sorted(group)
            size = body.size[rows].sum(keepdims=True)[0]
            if len(rows) < 2 or size > 20 or not sensitive(size, body.count[rows].sum(keepdims=True)[0], POLICY):
                continue
            sums = every[:, rows].sum(axis=1)
            if missing(need(size, POLICY), sums.min(keepdims=True), sums.max(keepdims=True)):
                yield knower, group


def small(seed: int) -> Body:
    """Two counties of tiny offices, and some that are not."""
    rng = np.random.default_rng(seed)
    county = np.repeat([0, 1], rng.integers(3, 6, 2))
    tiny = rng.integers(1, 3, len(county))
    large = rng.random(len(county)) < 0.25
    size = np.where(large, rng.integers(7, 9, len(county)), tiny).astype(np.int64)
    have = np.where(large, size // 2, rng.binomial(tiny, 0.5)).astype(np.int64)
    return bodies.from_leaves(size[:, None], have[:, None], county)


# --- by hand ------------------------------------------------------------------------------------------------------

THREE_OF_TWO = bodies.star([20, 20, 2, 2, 2], [10, 10, 1, 1, 1])
FOUR_OF_ONE = bodies.star([20, 20, 1, 1, 1, 1], [10, 10, 1, 0, 1, 0])


def all_but_the_small(body: Body) -> np.ndarray:
    return body.size >= POLICY.people


def test_three_offices_of_two_are_open_one_by_one_and_two_of_them_are_not():
    """Three of six have it. Her own one taken out, two of these four have it, and each of them may or may not."""
    shown = all_but_the_small(THREE_OF_TWO)
    assert attack(THREE_OF_TWO, shown, POLICY) == []
    assert set(known_too_well(THREE_OF_TWO, shown)) == {
        (3, frozenset({4, 5})),
        (4, frozenset({3, 5})),
        (5, frozenset({3, 4})),
    }
    [(row, column)] = telling(THREE_OF_TWO, shown)
    assert (row, column) == (1, 0)  # the least beside them


def test_four_offices_of_one_are_known_together_to_anybody():
    shown = all_but_the_small(FOUR_OF_ONE)
    assert attack(FOUR_OF_ONE, shown, POLICY) == []
    assert (-1, frozenset({3, 4, 5, 6})) in set(known_too_well(FOUR_OF_ONE, shown))
    assert telling(FOUR_OF_ONE, shown) == {(1, 0), (2, 0)}  # the leader of one knows that one


@pytest.mark.parametrize(("body", "told"), [(THREE_OF_TWO, [0, 2]), (FOUR_OF_ONE, [0])])
def test_what_tells_too_much_is_held_back_and_no_more(body: Body, told: list[int]):
    answer = solve(body, POLICY, thorough=False)
    assert np.flatnonzero(answer.shown).tolist() == told
    assert list(known_too_well(body, answer.shown)) == []
    assert attack(body, answer.shown, POLICY) == []


def test_a_larger_group_that_is_open_is_told():
    body = bodies.star([20, 20, 4, 4, 4], [10, 10, 2, 2, 2])
    assert telling(body, all_but_the_small(body)) == set()
    assert np.flatnonzero(solve(body, POLICY).shown).tolist() == [0, 1, 2]


def test_what_was_known_before_is_no_reason_to_hold_back():
    """Nobody has come or gone, and what was told of the four was told then."""
    body = FOUR_OF_ONE
    place = np.repeat(np.arange(1, 7), body.size[1:, 0])
    has = np.concatenate(
        [np.arange(many) < having for many, having in zip(body.size[1:, 0], body.count[1:, 0], strict=True)]
    )
    everybody = np.ones((len(place), 1), dtype=bool)
    now = Snapshot(place, everybody, has[:, None], ~everybody)
    shown = all_but_the_small(body)
    for before, found in ((shown, set()), (np.zeros_like(shown), {(1, 0), (2, 0)})):
        history = History((Earlier(body, before),), paths([now, now], POLICY))
        joined = join(body, history, POLICY).body
        wanted = np.zeros(joined.size.shape, dtype=bool)
        wanted[: len(body.key)] = shown & ~before
        assert telling(joined, wanted) == found


# --- beside counting every table ---------------------------------------------------------------------------------


@MANY
@given(st.integers(0, 100_000))
def test_nobody_knows_too_much_of_offices_together(seed: int):
    body = small(seed)
    assert list(known_too_well(body, solve(body, POLICY, thorough=False).shown)) == []


def test_they_would_without(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(unions, "too_telling", lambda *_: set())
    answers = [(small(seed), solve(small(seed), POLICY, thorough=False)) for seed in range(20)]
    assert sum(any(known_too_well(body, answer.shown)) for body, answer in answers) > 5


@MANY
@given(st.integers(0, 100_000))
def test_finds_something_exactly_where_counting_does(seed: int):
    """Whatever is told: here half of what is not sensitive in itself, and nothing hidden beside it."""
    body = small(seed)
    lot = np.random.default_rng(seed).random(body.size.shape) < 0.5
    shown = ~sensitive(body.size, body.count, POLICY) & lot
    assert bool(telling(body, shown)) == any(known_too_well(body, shown))
