"""The attacker: works out as much as can be worked out, by linear programming, from what would be published.

Knows the sizes, the sums, every number shown, and, as an insider, the counts in her own rows. For each protected
count that she does not know she asks for its least and greatest possible value. Shares nothing with the search but
the criterion of what is too much. What a table that all can believe in proves to be open (`trade.py`, `bargain.py`)
she need not ask about. All pieces that do not concern each other stand in one program, and one objective asks about
one count in each; a solution found on the way counts as a witness for all others.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import numpy as np
from ortools.linear_solver import pywraplp

from sloyfe.engines.disclosure.bargain import EVERYBODY, STRANGER, unproved
from sloyfe.engines.disclosure.criteria import sensitive
from sloyfe.engines.disclosure.kinds import Bools
from sloyfe.engines.disclosure.policy import Policy
from sloyfe.engines.disclosure.problem import Body, State
from sloyfe.engines.disclosure.trade import Market

TOLERANCE = 1e-6
LARGEST = 400
"""Unknown cells in one program, if its pieces are smaller; larger ones only take longer."""

NEVER_ENOUGH = (-1, 1 << 60, 1 << 60)
"""Asks for both ends of an interval, however wide."""

Cell = tuple[int, int]


class Hit(NamedTuple):
    """A protected count that somebody (−1: anybody) knows to lie in low … high, which is too narrow."""

    row: int
    column: int
    knower: int
    low: int
    high: int


class Equation(NamedTuple):
    """Σ of `parts` − `total` (if unknown) = right, where `told` are numbers in the sum that all know."""

    total: Cell | None
    parts: tuple[Cell, ...]
    right: int
    told: tuple[Cell, ...]


@dataclass
class Piece:
    """Unknown cells that hang together, with who knows one of them (the outsider first)."""

    cells: list[Cell] = field(default_factory=list)
    equations: list[Equation] = field(default_factory=list)
    knowers: list[int] = field(default_factory=list)


class Ground:
    """What of a body is the same whatever is shown: who knows what, and what can be traded."""

    def __init__(self, body: Body, policy: Policy, *, insiders: bool = True) -> None:
        self.own = body.own() if insiders else []
        self.rows_known = [set(rows) for rows in body.known_by] if insiders else []
        self.knows: dict[int, list[int]] = defaultdict(list)
        for knower, rows in enumerate(self.rows_known):
            for row in rows:
                self.knows[row].append(knower)
        mine = np.zeros((len(self.own), len(body.key)), dtype=np.bool_)
        for knower, rows in enumerate(self.own):
            mine[knower, list(rows)] = True
        self.market = Market.of(body, mine, policy)
        self.before: dict[tuple[int, int, int], Hit] = {}  # how well counts are known when nothing new is shown


def attack(
    body: Body,
    shown: Bools,
    policy: Policy,
    *,
    insiders: bool = True,
    cells: Collection[Cell] | None = None,
    ground: Ground | None = None,
) -> list[Hit]:
    """Every protected count that is known too well when `shown` is published; an empty list is the goal.

    With `cells` she asks about these only; `ground` spares her finding it again. Where earlier releases are part of
    the body, what they tell already is no finding unless it becomes narrower.
    """
    ground = ground or Ground(body, policy, insiders=insiders)
    hits = Attack(body, shown, policy, ground).hits(cells)
    if body.present is None or not hits:
        return hits
    if unasked := [hit for hit in hits if hit[:3] not in ground.before]:
        asked = Attack(body, np.zeros_like(shown), policy, ground).about(unasked)
        ground.before |= {then[:3]: then for then in asked}
    pairs = ((now, ground.before[now[:3]]) for now in hits)
    return [now for now, then in pairs if now.low > then.low or now.high < then.high]


def grounds(body: Body, shown: Bools, policy: Policy, hits: Sequence[Hit], ground: Ground) -> Iterator[set[Cell]]:
    """For each hit that `attack` has found, told numbers (also such as were told before) of which one must go."""
    ways = [(hit, _narrower(hit, ground.before.get(hit[:3]), body, policy)) for hit in hits]
    for _hit, cells in Attack(body, shown, policy, ground).grounds(ways):
        yield cells


def _narrower(now: Hit, then: Hit | None, body: Body, policy: Policy) -> int:
    """The end that tells too much: 1 the high one, −1 the low one; one that told less before, where there is one."""
    if then is not None and (then.high == now.high or then.low == now.low):
        return 1 if then.high > now.high else -1
    return 1 if now.high < min(int(body.size[now.row, now.column]), policy.either_side) else -1


class Attack:
    """One body with what is shown of it."""

    def __init__(self, body: Body, shown: Bools, policy: Policy, ground: Ground) -> None:
        self.body, self.policy, self.ground = body, policy, ground
        self.told = shown | (body.states == State.KNOWN) | (body.size == 0)
        self.protected = sensitive(body.size, body.count, policy) & ~self.told & ~body.exempted
        self.size: list[list[int]] = body.size.tolist()
        self.count: list[list[int]] = body.count.tolist()

    def hits(self, cells: Collection[Cell] | None = None) -> list[Hit]:
        asked = self._asked(cells)
        return sorted(hit for pieces in self._programs(asked) for hit in self._ask(pieces, asked))

    def _asked(self, cells: Collection[Cell] | None) -> dict[Cell, set[int] | None]:
        """By cell, the knowers to whom no table has proved it open, the stranger too; None: everybody.

        Where the stranger is among them, who is not sees just what the stranger sees.
        """
        protected = self.protected
        if cells is not None:
            protected = np.zeros_like(protected)
            protected[tuple(np.array(sorted(cells), dtype=np.int64).reshape(-1, 2).T)] = True
            protected &= self.protected
        found: dict[Cell, set[int] | None] = {}
        for row, column, knower in unproved(self.ground.market, self.told, protected):
            if knower == EVERYBODY:
                found[row, column] = None
            elif (known := found.setdefault((row, column), set())) is not None:
                known.add(knower)
        return found

    def about(self, hits: list[Hit]) -> list[Hit]:
        """How well the same counts are known by the same knowers here."""
        found: list[Hit] = []
        for hit, program in self._as_seen(hits):
            value = self._value((hit.row, hit.column))
            question = Question((hit.row, hit.column), hit.knower, NEVER_ENOUGH, value, value)
            found += program.answers([[question]])
        return found

    def grounds(self, hits: Collection[tuple[Hit, int]]) -> Iterator[tuple[Hit, set[Cell]]]:
        """For each hit and end of its interval (1: the high one, −1: the low one) the told numbers that it rests on."""
        ways = dict(hits)
        for hit, program in self._as_seen(ways):
            yield hit, program.grounds((hit.row, hit.column), ways[hit]) - self._known_to(hit.knower)

    def _as_seen(self, hits: Collection[Hit]) -> Iterator[tuple[Hit, Program]]:
        """Each hit with a program about its piece as its knower sees it."""
        asked: dict[Cell, set[int] | None] = {(hit.row, hit.column): None for hit in hits}
        holding = {cell: piece for piece in self.pieces(asked) for cell in piece.cells}
        programs: dict[int, Program] = {}
        for hit in hits:
            piece = holding[hit.row, hit.column]
            if id(piece) not in programs:
                programs[id(piece)] = Program(self.size, [piece])
            self._put_on_glasses(programs[id(piece)], piece, hit.knower)
            yield hit, programs[id(piece)]

    # --- what is unknown, and how it hangs together ------------------------------------------------------

    def pieces(self, asked: Mapping[Cell, set[int] | None]) -> list[Piece]:
        """Those that hold a cell that is asked about, with who asks there."""
        leader: dict[Cell, Cell] = {}

        def find(cell: Cell) -> Cell:
            while leader.setdefault(cell, cell) != cell:
                leader[cell] = leader[leader[cell]]
                cell = leader[cell]
            return cell

        columns = set(range(self.body.size.shape[1])) if self.body.columns else {column for _, column in asked}
        equations = [one for one in self._equations(columns) if one.parts or one.total]
        for one in equations:
            first = one.total or one.parts[0]
            for other in one.parts:
                leader[find(other)] = find(first)
        found: dict[Cell, Piece] = defaultdict(Piece)
        for row, column in zip(*(~self.told).nonzero(), strict=True):
            if int(column) in columns:
                found[find((int(row), int(column)))].cells.append((int(row), int(column)))
        for one in equations:
            found[find(one.total or one.parts[0])].equations.append(one)
        kept = [piece for piece in found.values() if any(cell in asked for cell in piece.cells)]
        for piece in kept:
            named = [asked[cell] for cell in piece.cells if cell in asked]
            if any(who is None for who in named):
                piece.knowers = [STRANGER, *sorted({who for row, _ in piece.cells for who in self.ground.knows[row]})]
            else:
                piece.knowers = sorted(set().union(*(who for who in named if who is not None)))
        return kept

    def _equations(self, columns: Set[int]) -> Iterator[Equation]:
        rows = len(self.body.key)
        for one in self.body.rows:
            for column in (column for column in range(self.body.size.shape[1]) if column in columns):
                yield self._equation((one.total, column), [(row, column) for row in one.parts])
        for one in self.body.columns:
            for row in range(rows):
                yield self._equation((row, one.total), [(row, column) for column in one.parts])

    def _equation(self, total: Cell, parts: list[Cell]) -> Equation:
        right = self._value(total) if self.told[total] else 0
        right -= sum(self._value(part) for part in parts if self.told[part])
        unknown = tuple(part for part in parts if not self.told[part])
        told = tuple(cell for cell in (total, *parts) if self.told[cell])
        return Equation(None if self.told[total] else total, unknown, right, told)

    def _value(self, cell: Cell) -> int:
        return self.count[cell[0]][cell[1]]

    # --- linear programs ---------------------------------------------------------------------------------

    def _programs(self, asked: Mapping[Cell, set[int] | None]) -> Iterator[list[Piece]]:
        portion: list[Piece] = []
        cells = 0
        for piece in self.pieces(asked):
            if portion and cells + len(piece.cells) > LARGEST:
                yield portion
                portion, cells = [], 0
            portion.append(piece)
            cells += len(piece.cells)
        if portion:
            yield portion

    def _ask(self, pieces: list[Piece], about: Mapping[Cell, set[int] | None]) -> Iterator[Hit]:
        """The pieces take their knowers in step: first all outsiders, then each piece's first insider …"""
        program = Program(self.size, pieces)
        for turn in range(max(len(piece.knowers) for piece in pieces)):
            asked: list[list[Question]] = []
            for piece in pieces:
                knower = piece.knowers[turn] if turn < len(piece.knowers) else None
                self._put_on_glasses(program, piece, STRANGER if knower is None else knower)
                if knower is not None:
                    asked.append([self._question(cell, knower) for cell in self._targets(piece, knower, about)])
            yield from program.answers(asked)

    def _targets(self, piece: Piece, knower: int, about: Mapping[Cell, set[int] | None]) -> Iterator[Cell]:
        hers = self.ground.own[knower] if knower >= 0 else set()
        for cell in piece.cells:
            if cell in about and cell[0] not in hers:
                who = about[cell]
                if who is None or knower in who:
                    yield cell

    def _put_on_glasses(self, program: Program, piece: Piece, knower: int) -> None:
        """See the piece as this knower does."""
        known = self.ground.rows_known[knower] if knower >= 0 else set()
        for cell in piece.cells:
            value = self._value(cell)
            program.bound(cell, *((value, value) if cell[0] in known else (0, self.size[cell[0]][cell[1]])))

    def _known_to(self, knower: int) -> set[Cell]:
        rows = self.ground.rows_known[knower] if knower >= 0 else set()
        return {(row, column) for row in rows for column in range(self.body.size.shape[1])}

    def _question(self, cell: Cell, knower: int) -> Question:
        """An interval is open enough from this low, to this high, and so wide."""
        size, value = self.size[cell[0]][cell[1]], self._value(cell)
        side = min(size, self.policy.either_side)
        return Question(cell, knower, (size - side, side, side), value, value)


@dataclass
class Question:
    """About one cell and one knower: `enough` is (low, high, width); `low` and `high` what witnesses show so far.

    The true table is a witness for everybody.
    """

    cell: Cell
    knower: int
    enough: tuple[int, int, int]
    low: int
    high: int
    asked: set[int] = field(default_factory=set)

    def witness(self, value: float) -> None:
        self.low = min(self.low, math.ceil(value - TOLERANCE))
        self.high = max(self.high, math.floor(value + TOLERANCE))

    @property
    def open(self) -> bool:
        low, high, wide = self.enough
        return self.low <= low and self.high >= high and self.high - self.low >= wide

    @property
    def next(self) -> int:
        """1: ask for the greatest value; −1: for the least; 0: nothing more to ask."""
        if self.open:
            return 0
        ways = (1, -1) if self.high < self.enough[1] or self.low <= self.enough[0] else (-1, 1)
        return next((way for way in ways if way not in self.asked), 0)


class Program:
    """A linear program over some pieces, asked again and again with other bounds and another objective."""

    def __init__(self, size: list[list[int]], pieces: list[Piece]) -> None:
        self.solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        cells = [cell for piece in pieces for cell in piece.cells]
        self.variable = {cell: self.solver.NumVar(0, size[cell[0]][cell[1]], "") for cell in cells}
        self.equations = [equation for piece in pieces for equation in piece.equations]
        for one in self.equations:
            row = self.solver.Constraint(-one.right, -one.right)
            for part in one.parts:
                row.SetCoefficient(self.variable[part], -1)
            if one.total is not None:
                row.SetCoefficient(self.variable[one.total], 1)

    def bound(self, cell: Cell, low: int, high: int) -> None:
        self.variable[cell].SetBounds(low, high)

    def answers(self, asked: list[list[Question]]) -> Iterator[Hit]:
        """`asked` has one list for each piece. All doubtful counts are pulled at together while that settles any;
        then one of each piece at a time, which gives its true end."""
        waiting = [question for questions in asked for question in questions]
        pieces = [questions for questions in asked if questions]
        together = True
        while doubtful := [question for question in waiting if question.next]:
            if together:
                self._pull([(one.cell, one.next) for one in doubtful])
                together = sum(bool(question.next) for question in doubtful) < len(doubtful)
            else:
                firsts = (next((one for one in questions if one.next), None) for questions in pieces)
                step = [(one, one.next) for one in firsts if one is not None]
                self._pull([(one.cell, way) for one, way in step])
                for question, way in step:
                    question.asked.add(way)
            for question in waiting:
                question.witness(self.variable[question.cell].solution_value())
        for question in (question for question in waiting if not question.open):
            yield Hit(*question.cell, question.knower, question.low, question.high)

    def grounds(self, cell: Cell, way: int) -> set[Cell]:
        """The told numbers in the equations that have a price at this end: hold one back, and the proof is gone."""
        self._pull([(cell, way)])
        priced = zip(self.equations, self.solver.constraints(), strict=True)
        return {one for equation, row in priced if abs(row.dual_value()) > TOLERANCE for one in equation.told}

    def _pull(self, step: list[tuple[Cell, int]]) -> None:
        objective = self.solver.Objective()
        objective.Clear()
        for cell, way in step:
            objective.SetCoefficient(self.variable[cell], way)
        objective.SetMaximization()
        status = self.solver.Solve()
        if status != pywraplp.Solver.OPTIMAL:
            raise ArithmeticError(f"the attacker's program ended with status {status}; the counts must add up")
