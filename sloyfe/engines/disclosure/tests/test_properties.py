"""What must hold whatever the body: order means nothing, and nothing shown is invented."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from sloyfe.engines.disclosure.answer import Reason
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import State
from sloyfe.engines.disclosure.solve import solve
from sloyfe.engines.disclosure.tests import bodies

FEW = settings(max_examples=4, deadline=None, derandomize=True, database=None)
SEEDS = st.integers(0, 100_000)


@FEW
@given(SEEDS, SEEDS)
def test_the_order_of_rows_means_nothing(seed: int, shuffle: int):
    body = bodies.tree(seed, counties=3, offices=6, columns=3)
    order = np.random.default_rng(shuffle).permutation(len(body.key))
    plain, other = solve(body, Policy()), solve(body.in_order(order), Policy())
    for name in ("shown", "reason", "low", "high", "beside"):
        assert getattr(plain, name)[order].tolist() == getattr(other, name).tolist(), name
    place = np.argsort(order)
    nearest = plain.nearest[order]
    assert np.where(nearest >= 0, place[nearest], -1).tolist() == other.nearest.tolist()


@FEW
@given(SEEDS)
def test_every_cell_is_shown_or_says_why_not(seed: int):
    body = bodies.lines(seed, offices=4, columns=2)
    answer = solve(body, Policy())
    assert (answer.shown == (answer.reason == Reason.SHOWN)).all()
    assert (answer.low <= body.count).all() and (body.count <= answer.high).all()
    assert (answer.low == answer.high)[answer.shown].all()
    assert not (answer.shown & answer.sensitive).any()
    hidden = ~answer.shown & (body.size > 0)
    assert (hidden == (answer.sensitive | answer.beside)).all()


@FEW
@given(SEEDS)
def test_the_way_up_leads_to_a_number(seed: int):
    body = bodies.tree(seed, counties=3, offices=6, columns=3)
    answer = solve(body, Policy())
    above = body.above()
    for row, column in zip(*np.nonzero(answer.nearest >= 0), strict=True):
        assert answer.nearest[row, column] in above[row]
        assert answer.shown[answer.nearest[row, column], column]
        assert not answer.shown[row, column]


def test_nothing_is_hidden_where_nothing_is_sensitive():
    body = bodies.star([20, 30, 40], [10, 15, 20])
    assert solve(body, Policy()).shown.all()


def test_what_is_shut_is_not_shown_and_protects_its_neighbours():
    body = bodies.star([12, 10, 8], [7, 5, 1])
    state = np.array([[State.OPEN], [State.SHUT], [State.OPEN], [State.OPEN]])
    shut = type(body)(body.key, body.size, body.count, body.rows, state=state)
    answer = solve(shut, Policy())
    assert answer.reason[1, 0] == Reason.NOT_OFFERED
    assert answer.shown[0, 0] and not answer.shown[1, 0]
