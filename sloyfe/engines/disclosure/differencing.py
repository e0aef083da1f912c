"""The attacker with a memory: lays all releases beside each other and solves for the people themselves.

Knows who was counted in every number ever published, and as an insider what her own people have answered. People
who were in exactly the same numbers are one cohort; each number is a sum of cohorts. By linear programming she asks
for every cohort, and for every small difference between two numbers, how many of them there can be at least and at
the most. It is a finding where a protected group becomes narrower by the latest release than it was before. Takes
people, not rows, and shares nothing with the search, so it judges moves, mergers and consent without being told of
them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence, Set
from typing import Any, NamedTuple

from ortools.linear_solver import pywraplp

from sloyfe.engines.disclosure.policy import Policy

TOLERANCE = 1e-6
SMALL = 4
"""Differences up to so many times the smallest group are asked about; larger ones are sums of them."""

Interval = tuple[int, int]


class Number(NamedTuple):
    """A number that was published: who was counted, each by an answer of theirs, and how many of them have it."""

    answers: frozenset[int]
    count: int


class Finding(NamedTuple):
    """A group of answers known to hold low … high, and what was known of it before."""

    answers: frozenset[int]
    now: Interval
    before: Interval


def compare(
    before: Sequence[Number],
    new: Sequence[Number],
    having: Set[int],
    policy: Policy,
    known: Set[int] = frozenset(),
    units: Sequence[Set[int]] | None = None,
) -> list[Finding]:
    """What `new` adds about protected groups, given `before`. `having` is the truth, `known` are her own people.

    With `units`, only groups that lie within one of them are findings, not unions across units.
    """
    found = _Comparison(before, new, having, policy, known).findings()
    return [one for one in found if units is None or any(one.answers <= unit for unit in units)]


class _Comparison:
    def __init__(
        self, before: Sequence[Number], new: Sequence[Number], having: Set[int], policy: Policy, known: Set[int]
    ) -> None:
        self.having, self.policy = having, policy
        numbers = [
            Number(one.answers - known, one.count - len(one.answers & known & having)) for one in (*before, *new)
        ]
        self.numbers = numbers
        self.cohorts = _cohorts(numbers)
        self.solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self.many = [self.solver.NumVar(0, len(cohort), "") for cohort in self.cohorts]
        self.within = {answer: at for at, cohort in enumerate(self.cohorts) for answer in cohort}
        self.rows = [self._row(one) for one in numbers]
        self.new = range(len(before), len(numbers))

    def findings(self) -> Iterator[Finding]:
        asked = [group for group in self._groups() if self._protected(group)]
        now = [self._interval(group) for group in asked]
        narrow = [
            (group, low, high) for group, (low, high) in zip(asked, now, strict=True) if self._narrow(group, low, high)
        ]
        for at in self.new:
            self.rows[at].SetBounds(-self.solver.infinity(), self.solver.infinity())
        for group, low, high in narrow:
            was = self._interval(group)
            if was[0] < low or was[1] > high:
                yield Finding(group, (low, high), was)

    def _row(self, number: Number) -> Any:
        row = self.solver.Constraint(number.count, number.count)
        for at in {self.within[answer] for answer in number.answers}:
            row.SetCoefficient(self.many[at], 1)
        return row

    def _groups(self) -> Iterator[frozenset[int]]:
        """Cohorts, and small differences between two numbers that share people."""
        met = set(self.cohorts)
        yield from self.cohorts
        largest = SMALL * self.policy.people
        for one in self.numbers:
            for other in self.numbers:
                apart = one.answers - other.answers
                if 0 < len(apart) <= largest and apart not in met and one.answers & other.answers:
                    met.add(apart)
                    yield apart

    def _protected(self, group: frozenset[int]) -> bool:
        having, side = len(group & self.having), self.policy.either_side
        return len(group) < self.policy.people or having < side or len(group) - having < side

    def _narrow(self, group: frozenset[int], low: int, high: int) -> bool:
        side = min(len(group), self.policy.either_side)
        return low > len(group) - side or high < side or high - low < side

    def _interval(self, group: frozenset[int]) -> Interval:
        objective = self.solver.Objective()
        objective.Clear()
        for at in {self.within[answer] for answer in group}:
            objective.SetCoefficient(self.many[at], 1)
        ends = []
        for maximise in (False, True):
            objective.SetOptimizationDirection(maximise)
            status = self.solver.Solve()
            if status != pywraplp.Solver.OPTIMAL:
                raise ArithmeticError(f"the attacker's program ended with status {status}; the numbers must be true")
            ends.append(objective.Value())
        return math.ceil(ends[0] - TOLERANCE), math.floor(ends[1] + TOLERANCE)


def _without(number: Number, known: Set[int], having: Set[int]) -> Number:
    return Number(number.answers - known, number.count - len(number.answers & known & having))


def _cohorts(numbers: Sequence[Number]) -> list[frozenset[int]]:
    places: dict[int, list[int]] = {}
    for at, number in enumerate(numbers):
        for answer in number.answers:
            places.setdefault(answer, []).append(at)
    together: dict[tuple[int, ...], list[int]] = {}
    for answer, where in sorted(places.items()):
        together.setdefault(tuple(where), []).append(answer)
    return [frozenset(cohort) for cohort in together.values()]
