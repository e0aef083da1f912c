"""The cheapest protection there is: CP-SAT says what to hide, an attacker's duals say why that is not enough.

Fischetti and Salazar's cuts. With y = 1 where a cell is hidden, an attacker moves each hidden cell within
[count · (1 − y), count + (size − count) · y]. If she cannot reach far enough for a protected cell, her duals α, β
say what every good choice must satisfy: Σ (α (size − count) + β count) y ≥ what is missing. For judging only.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from ortools.linear_solver import pywraplp
from ortools.sat.python import cp_model

from sloyfe.engines.disclosure.criteria import need, sensitive
from sloyfe.engines.disclosure.kinds import Bools
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body, State

SCALE = 10_000


def cost(body: Body, shown: Bools) -> float:
    """The price of all that is hidden."""
    return float(body.price()[~shown & (body.states != State.KNOWN)].sum())


class Optimum:
    """Cuts for one body; `solve` gives the mask of what is shown, and whether it was proved."""

    def __init__(self, body: Body, policy: Policy) -> None:
        self.body, self.policy = body, policy
        self.sensitive = sensitive(body.size, body.count, policy) & (body.states != State.KNOWN)
        self.known = (body.states == State.KNOWN) | (body.size == 0)
        self.model = cp_model.CpModel()
        self.hide: dict[tuple[int, int], Any] = {
            cell: self.model.new_bool_var(f"{cell}") for cell in np.ndindex(body.size.shape) if not self.known[cell]
        }
        for cell, hidden in self.hide.items():
            if self.sensitive[cell] or body.states[cell] == State.SHUT:
                self.model.add(hidden == 1)
        price = np.round(body.price() * SCALE).astype(int)
        self.model.minimize(sum(int(price[cell]) * hidden for cell, hidden in self.hide.items()))

    def solve(self, seconds: float = 20.0) -> tuple[Bools, bool]:
        proved = True
        while True:
            solver = cp_model.CpSolver()
            solver.parameters.max_time_in_seconds = seconds
            solver.parameters.num_workers = 1
            solver.parameters.random_seed = 1
            proved &= solver.solve(self.model) == cp_model.OPTIMAL
            hidden = np.zeros(self.body.size.shape, dtype=bool)
            for cell, literal in self.hide.items():
                hidden[cell] = bool(solver.value(literal))
            if not self._cut(hidden):
                return ~hidden & ~self.known, proved

    def _cut(self, hidden: Bools) -> bool:
        """Adds what the attackers teach; says whether there was anything."""
        columns = self.body.size.shape[1]
        taught = False
        own: list[set[int]] = [set(), *self.body.own()]
        for knower, hers in zip([(), *self.body.known_by], own, strict=True):
            if knower and not hidden[list(knower)].any():
                continue
            for row, column in zip(*np.nonzero(self.sensitive), strict=True):
                if row not in hers:
                    taught |= self._teach(hidden, set(knower), (int(row), int(column)), columns)
        return taught

    def _teach(self, hidden: Bools, knower: set[int], cell: tuple[int, int], columns: int) -> bool:
        size, value = int(self.body.size[cell]), int(self.body.count[cell])
        low, high, wide = (int(one) for one in need(np.int64(size), self.policy))
        up, over = self._reach(hidden, knower, cell, 1)
        down, under = self._reach(hidden, knower, cell, -1)
        taught = False
        for got, cut, asked in ((up, over, high - value), (down, under, value - low)):
            if got < asked - 1e-6:
                taught |= self._require(cut, asked)
        if up + down < wide - 1e-6:
            both = {one: over.get(one, 0.0) + under.get(one, 0.0) for one in {*over, *under}}
            taught |= self._require(both, wide)
        return taught

    def _require(self, cut: dict[tuple[int, int], float], asked: int) -> bool:
        terms = {one: min(asked * SCALE, math.ceil(weight * SCALE - 1e-3)) for one, weight in cut.items()}
        self.model.add(sum(weight * self.hide[one] for one, weight in terms.items()) >= asked * SCALE)
        return True

    def _reach(
        self, hidden: Bools, knower: set[int], cell: tuple[int, int], way: int
    ) -> tuple[float, dict[tuple[int, int], float]]:
        """How far she can move the cell, and the weight of hiding each cell in that."""
        solver = pywraplp.Solver.CreateSolver("GLOP")
        body = self.body
        move: dict[tuple[int, int], Any] = {}
        limits: dict[tuple[int, int], tuple[Any, Any]] = {}
        for one in self.hide:
            if one[0] in knower:
                continue
            count, size = int(body.count[one]), int(body.size[one])
            move[one] = solver.NumVar(-solver.infinity(), solver.infinity(), "")
            limits[one] = (
                solver.Add(move[one] <= (size - count) * int(hidden[one])),
                solver.Add(-move[one] <= count * int(hidden[one])),
            )
        columns = range(body.size.shape[1])
        for sums in [[(one.total, k), *((row, k) for row in one.parts)] for one in body.rows for k in columns] + [
            [(row, one.total), *((row, k) for k in one.parts)] for one in body.columns for row in range(len(body.key))
        ]:
            signed = [(1 if at == 0 else -1, one) for at, one in enumerate(sums) if one in move]
            if signed:
                solver.Add(sum(sign * move[one] for sign, one in signed) == 0)
        solver.Maximize(way * move[cell])
        assert solver.Solve() == pywraplp.Solver.OPTIMAL
        weights = {
            one: abs(above.dual_value()) * (int(body.size[one]) - int(body.count[one]))
            + abs(below.dual_value()) * int(body.count[one])
            for one, (above, below) in limits.items()
        }
        return way * move[cell].solution_value(), {one: weight for one, weight in weights.items() if weight > 1e-9}
