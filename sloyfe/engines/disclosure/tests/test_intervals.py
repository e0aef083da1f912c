"""On trees of any size the intervals are those of linear programming."""

from __future__ import annotations

import numpy as np
import pytest
from ortools.linear_solver import pywraplp

from sloyfe.engines.disclosure.pieces import Pieces
from sloyfe.engines.disclosure.problem import Body
from sloyfe.engines.disclosure.system import System
from sloyfe.engines.disclosure.tests.bodies import tree


def by_lp(body: Body, hidden: np.ndarray, cell: tuple[int, int]) -> tuple[int, int]:
    solver = pywraplp.Solver.CreateSolver("GLOP")
    rows = range(len(body.key))
    low = [0 if hidden[row] else int(body.count[row, cell[1]]) for row in rows]
    high = [int((body.size if hidden[row] else body.count)[row, cell[1]]) for row in rows]
    x = [solver.NumVar(low[row], high[row], "") for row in rows]
    for one in body.rows:
        solver.Add(x[one.total] == sum(x[row] for row in one.parts))
    ends = []
    for way in (1, -1):
        solver.Maximize(way * x[cell[0]])
        assert solver.Solve() == pywraplp.Solver.OPTIMAL
        ends.append(round(x[cell[0]].solution_value()))
    return ends[1], ends[0]


@pytest.mark.parametrize("seed", range(20))
def test_intervals_equal_linear_programming(seed: int):
    body = tree(seed, counties=3, offices=6, columns=1, largest=30)
    hidden = np.random.default_rng(seed).random(len(body.key)) < 0.6
    hidden &= body.size[:, 0] > 0
    pieces = Pieces(System(body), hidden)
    [seen] = pieces.seen(np.arange(pieces.many), np.full(pieces.many, -1))
    for cell, low, high in zip(seen.cell.tolist(), seen.low.tolist(), seen.high.tolist(), strict=True):
        assert (low, high) == by_lp(body, hidden, (cell, 0))
