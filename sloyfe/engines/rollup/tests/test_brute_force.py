"""The engine counts as one does by hand, on thousands of small bodies and on one that is cut in many pieces."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from sloyfe.engines.rollup import solve
from sloyfe.engines.rollup.answer import Head
from sloyfe.engines.rollup.problem import NOT_ASKED, Grouping, Problem
from sloyfe.engines.rollup.solve import roll_up
from sloyfe.engines.rollup.tests.bodies import counted, random_body


def same(problem: Problem) -> None:
    answer = roll_up(problem)
    tables, heads = counted(problem)
    for has, wanted in zip((*answer.tables, *answer.heads), (*tables, *heads), strict=True):
        assert has.dtype == np.int32
        assert has.shape == wanted.shape
        assert (has == wanted).all()


@pytest.mark.parametrize("batch", range(4))
def test_as_counted_by_hand(batch: int) -> None:
    rng = np.random.default_rng(batch)
    for _ in range(500):
        same(random_body(rng))


def test_bodies_in_small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where a block ends does not matter."""
    rng = np.random.default_rng(7)
    for block in (1, 2, 5):
        monkeypatch.setattr(solve, "BLOCK", block)
        for _ in range(30):
            same(random_body(rng))
        same(random_body(rng, people=600, competences=1))


def test_more_people_in_a_unit_than_a_byte_holds() -> None:
    rng = np.random.default_rng(3)
    same(random_body(rng, people=700, competences=5))
    levels = np.zeros((600, 1), dtype=np.uint8)
    one = Grouping(np.array([-1], np.int32), np.zeros(600, np.int32))
    answer = roll_up(Problem(levels, np.full((1, 1), 5, np.uint8), (one,), profile=np.zeros(600, np.int32)))
    assert answer.tables[0][0].ravel()[:5].tolist() == [600, 0, 0, 0, 3000]


def test_more_combinations_of_nodes_than_a_number_holds() -> None:
    """4,096 to the seventh: people who differ in the first grouping alone would fall together in 64 bits."""
    tops = np.full(4095, -1, np.int32)
    first = Grouping(tops, np.arange(40, dtype=np.int32) % 7)
    same_for_all = Grouping(tops, np.zeros(40, np.int32))
    problem = random_body(np.random.default_rng(4), people=40, competences=1)
    answer = roll_up(replace(problem, groupings=(first, *[same_for_all] * 6)))
    assert answer.heads[0][:8, Head.PEOPLE].tolist() == [6, 6, 6, 6, 6, 5, 5, 0]


@pytest.mark.parametrize(("people", "competences"), [(0, 3), (3, 0), (0, 0)])
def test_nobody_or_nothing(people: int, competences: int) -> None:
    same(random_body(np.random.default_rng(1), people=people, competences=competences))


def test_a_body_without_groupings_has_no_counters() -> None:
    cells = np.full((2, 2), NOT_ASKED, np.uint8)
    assert roll_up(Problem(cells, cells, ())).tables == ()
