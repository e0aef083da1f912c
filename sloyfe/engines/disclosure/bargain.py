"""What can be proved open by trade between several kinds at once, which a small linear program finds.

Answers of one kind (`trade.py`) are one variable: how many more of them, or fewer, than there are. The equations are
the known rows alone. It asks for as much as is needed of the target with as little as can be elsewhere; so what it
finds concerns few, and serves as a proof for every knower from whom it takes nothing that she knows. The others are
asked for one by one.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np
from ortools.linear_solver import linear_solver_pb2, pywraplp

from sloyfe.engines.disclosure.kinds import Bools, Floats, Ints
from sloyfe.engines.disclosure.trade import Kinds, Market, Share, Trade, open_enough

TOLERANCE = 1e-6
WORTH = 10_000.0
"""How much one more of the target is worth beside one less of trade."""
STRANGER = -1
EVERYBODY = -2


def unproved(market: Market | None, told: Bools, protected: Bools) -> Iterator[tuple[int, int, int]]:
    """(row, column, knower) of `protected` cells that neither trade nor bargain proves open to her, when what is
    `told` is known. Where even the STRANGER is among them, the others are those who may know more than she does, and
    EVERYBODY where there is no market to tell."""
    for column in np.flatnonzero(protected.any(axis=0)).tolist():
        rows = np.flatnonzero(protected[:, column])
        if market is None:
            yield from ((row, column, EVERYBODY) for row in rows.tolist())
            continue
        kinds = market.kinds(column, told[:, column])
        trade = Trade(market, kinds, column, rows)
        asked: dict[int, list[int] | None] = dict.fromkeys(rows[~trade.proved].tolist())
        for place, knower in trade.doubts():
            asked.setdefault(int(rows[place]), []).append(knower)  # type: ignore[union-attr]
        if asked:
            bargain = Bargain(market, kinds, column)
            yield from ((row, column, who) for row, knowers in asked.items() for who in bargain.unproved(row, knowers))


class Bargain:
    """One column. The variables of each kind: the others up and down, and the target's own up and down."""

    def __init__(self, market: Market, kinds: Kinds, column: int) -> None:
        self.market, self.kinds, self.column = market, kinds, column
        self.solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self.many = len(kinds.members)
        self.variables = [self.solver.NumVar(0, 0, "") for _ in range(4 * self.many)]
        self.held = kinds.held
        self._equations()
        self.target = self.solver.Constraint(0, 0)
        objective = self.solver.Objective()
        for variable in self.variables:
            objective.SetCoefficient(variable, -1.0)
        for kind in range(self.many):
            for place, sign in ((2, 1), (3, -1)):
                self.target.SetCoefficient(self.variables[place * self.many + kind], sign)
        objective.SetMaximization()
        self.answer = linear_solver_pb2.MPSolutionResponse()
        for kind in range(self.many):
            self._outside(kind, int(kinds.up[kind]), int(kinds.down[kind]))

    def _equations(self) -> None:
        rows = self.kinds.rows
        kind, place = (rows < len(self.market.body.key)).nonzero()
        by_row: dict[int, list[int]] = {}
        for one, row in zip(kind.tolist(), rows[kind, place].tolist(), strict=True):
            by_row.setdefault(row, []).append(one)
        for kinds in {tuple(one) for one in by_row.values()}:
            row = self.solver.Constraint(0, 0)
            for one in kinds:
                for part, sign in enumerate((1, -1, 1, -1)):
                    row.SetCoefficient(self.variables[part * self.many + one], sign)

    def _outside(self, kind: int, up: int, down: int) -> None:
        self.variables[kind].SetUb(up)
        self.variables[self.many + kind].SetUb(down)

    def unproved(self, row: int, knowers: list[int] | None = None) -> Iterator[int]:
        """To whom this protected count is not proved open. With `knowers` only these are asked for. Where it is not
        even to a STRANGER, those who may know more of it than she does."""
        share = self.market.shares(self.kinds, self.column, np.array([row]))
        size, count = int(self.market.body.size[row, self.column]), int(self.market.body.count[row, self.column])
        if knowers is None:
            touched = self.doubts(share, size, count)
            if touched is None:
                yield STRANGER
                yield from self._not_hers(row, self._knowing_more(row, share))
                return
            knowers = self._not_hers(row, touched)
        yield from self.doubting(knowers, share, size, count)

    def doubting(self, knowers: Sequence[int], share: Share, size: int, count: int) -> Iterator[int]:
        """Those of the knowers to whom the count of these is not proved open. Tables that are proof to one without
        what she knows are so to all others whose answers they do not need."""
        left = list(knowers)
        while left:
            who, *left = left
            touched = self.doubts(share, size, count, who)
            if touched is None:
                yield who
            else:
                left = sorted(set(left).intersection(touched))

    def _not_hers(self, row: int, knowers: list[int]) -> list[int]:
        return [who for who in knowers if not self.market.mine[who, row]]

    def doubts(self, share: Share, size: int, count: int, knower: int = STRANGER) -> list[int] | None:
        """None where the count of these is not proved open to this knower; else those to whom the same tables are no
        proof, as they take from what these know."""
        with self._about(share, knower):
            proofs = self._proofs(share, size, count)
        return None if proofs is None else self._touched(share, proofs)

    def reach(self, share: Share, size: int, knower: int = STRANGER) -> tuple[int, int]:
        """How many more, and how many fewer, of these there can be for all that is known."""
        with self._about(share, knower):
            return self._reach(0, size, share)[0], self._reach(1, size, share)[0]

    @contextmanager
    def _about(self, share: Share, knower: int = STRANGER) -> Iterator[None]:
        """These are the target's, and what she knows takes no part."""
        known = self.held.some(self.held.who == knower)
        self._put(share, share.up, share.down)
        self._take(share, known, 1)
        yield
        self._take(share, known, 0)
        self._put(share, np.zeros_like(share.up), np.zeros_like(share.down))

    def _put(self, share: Share, up: Ints, down: Ints) -> None:
        """These are the target's."""
        kinds = share.kind.tolist()
        for kind, more, fewer in zip(kinds, up.tolist(), down.tolist(), strict=True):
            self._outside(kind, int(self.kinds.up[kind]) - more, int(self.kinds.down[kind]) - fewer)
            self.variables[2 * self.many + kind].SetUb(more)
            self.variables[3 * self.many + kind].SetUb(fewer)

    def _take(self, share: Share, known: Share, part: int) -> None:
        """What she knows takes no part in the bargain, or takes part again."""
        mine = {kind: at for at, kind in enumerate(share.kind.tolist())}
        for kind, up, down in zip(known.kind.tolist(), known.up.tolist(), known.down.tolist(), strict=True):
            at = mine.get(kind)
            own = (0, 0) if at is None else (int(share.up[at]), int(share.down[at]))
            room = int(self.kinds.up[kind]) - own[0] - part * up, int(self.kinds.down[kind]) - own[1] - part * down
            self._outside(kind, max(room[0], 0), max(room[1], 0))

    def _proofs(self, share: Share, size: int, count: int) -> list[Floats] | None:
        """Tables that together show the count to be open, as what all variables are; None where there are none."""
        side = min(size, self.market.policy.either_side)
        reach, found = [0, 0], []
        for way in (0, 1) if count < side else (1, 0):
            reach[way], values = self._reach(way, side, share)
            found.append(values)
            numbers = np.array([size, count, *reach])[:, None]
            if open_enough(numbers[0], numbers[1], numbers[2], numbers[3], self.market.policy).all():
                return found
        return None

    def _reach(self, way: int, most: int, share: Share) -> tuple[int, Floats]:
        """How far up (0) or down (1) the count can go, `most` at the most, and the table that shows it."""
        objective = self.solver.Objective()
        sign = -1 if way else 1
        for kind in share.kind.tolist():
            objective.SetCoefficient(self.variables[2 * self.many + kind], sign * WORTH - 1)
            objective.SetCoefficient(self.variables[3 * self.many + kind], -sign * WORTH - 1)
        self.target.SetBounds(*((-most, 0) if way else (0, most)))
        status = self.solver.Solve()
        if status != pywraplp.Solver.OPTIMAL:
            raise ArithmeticError(f"the bargain ended with status {status}; the true table is one that can be")
        self.solver.FillSolutionResponseProto(self.answer)
        values = np.array(self.answer.variable_value)
        moved = values[2 * self.many : 3 * self.many].sum() - values[3 * self.many :].sum()
        return math.floor(sign * float(moved) + TOLERANCE), values

    def _knowing_more(self, row: int, share: Share) -> list[int]:
        """Knowers who may know more than a stranger: she believes in a table at either end of what the count can be,
        and they know some of what is otherwise in it, or of the count itself."""
        with self._about(share):
            ends = [self._reach(way, int(self.market.body.size[row, self.column]), share)[1] for way in (0, 1)]
        within = self.market.member[self.market.row == row]
        part = np.unique(self.market.knower[np.isin(self.market.known, within)])
        return sorted({*self._touched(share, ends), *part.tolist()})

    def _touched(self, share: Share, proofs: list[Floats]) -> list[int]:
        """Knowers without whose answers a proof would not hold."""
        own_up, own_down = (np.bincount(share.kind, one, self.many) for one in (share.up, share.down))
        kind = self.held.kind
        touched = np.zeros(len(kind), dtype=np.bool_)
        for values in proofs:
            up, down = values[: self.many][kind], values[self.many : 2 * self.many][kind]
            touched |= up > self.kinds.up[kind] - own_up[kind] - self.held.up + TOLERANCE
            touched |= down > self.kinds.down[kind] - own_down[kind] - self.held.down + TOLERANCE
        knowers: list[int] = np.unique(self.held.who[touched]).tolist()
        return knowers
