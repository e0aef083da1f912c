"""The attacker with a memory: lays all releases beside each other and solves for the people themselves.

Knows who was counted in every number ever published, and as an insider what her own people have answered. Answers
that were in exactly the same numbers are one cohort; each number is a sum of cohorts. By linear programming she asks
for every cohort, and for every small difference between two numbers, how many of them there can be at least and at
the most. It is a finding where a protected group becomes narrower by the latest release than it was before. Takes
answers, not rows, and shares nothing with the search, so it judges moves, mergers and consent without being told of
them.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import Any, NamedTuple

from ortools.linear_solver import pywraplp

from sloyfe.engines.disclosure.policy import Policy

TOLERANCE = 1e-6
SMALL = 4
"""Differences up to so many times the smallest group are asked about; larger ones are sums of them."""

Interval = tuple[int, int]
Group = frozenset[int]


class Number(NamedTuple):
    """A number that was published: whose answers were counted, and how many of them have it."""

    answers: Group
    having: int


class Answers(NamedTuple):
    """The truth: for each answer how many people gave it together, and how many of those have it."""

    people: Mapping[int, int]
    having: Mapping[int, int]


class Finding(NamedTuple):
    """A group known to hold low … high, what was known of it before, and the place of the new number to blame."""

    answers: Group
    now: Interval
    before: Interval
    blame: int


def compare(
    before: Sequence[Number], new: Sequence[Number], answers: Answers, policy: Policy, known: Set[int] = frozenset()
) -> list[Finding]:
    """What `new` adds about protected groups, given `before`. `known` are the answers of her own people."""
    return list(_Comparison(before, new, answers, policy, known).findings())


class _Comparison:
    def __init__(
        self, before: Sequence[Number], new: Sequence[Number], answers: Answers, policy: Policy, known: Set[int]
    ) -> None:
        self.people, self.having, self.policy = answers.people, answers.having, policy
        self.numbers = [self._without(one, known) for one in (*before, *new)]
        self.cohorts = _cohorts(self.numbers)
        self.solver: Any = pywraplp.Solver.CreateSolver("GLOP")
        self.many = [self.solver.NumVar(0, self._people(cohort), "") for cohort in self.cohorts]
        self.within = {answer: at for at, cohort in enumerate(self.cohorts) for answer in cohort}
        self.rows = [self._row(one) for one in self.numbers]
        self.first_new = len(before)

    def findings(self) -> Iterator[Finding]:
        new = range(self.first_new, len(self.numbers))
        if not new:
            return
        asked = [group for group in self._groups() if self._protected(group)]
        now = [(group, self._interval(group)) for group in asked]
        narrow = [(group, interval) for group, interval in now if self._narrow(group, interval)]
        self._forget(new)
        were = [self._interval(group) for group, _ in narrow]
        self._remember(new)
        for (group, interval), was in zip(narrow, were, strict=True):
            if was[0] < interval[0] or was[1] > interval[1]:
                yield Finding(group, interval, was, self._blame(group, was) - self.first_new)

    def _blame(self, group: Group, was: Interval) -> int:
        """The smallest new number without which nothing was learned; or else the smallest that has to do with it."""
        new = sorted(range(self.first_new, len(self.numbers)), key=lambda at: len(self.numbers[at].answers))
        for at in new:
            self._forget([at])
            alone = self._interval(group)
            self._remember([at])
            if not self._narrow(group, alone) or alone == was:
                return at
        return next((at for at in new if self.numbers[at].answers & group), new[0])

    def _forget(self, places: Sequence[int] | range) -> None:
        for at in places:
            self.rows[at].SetBounds(-self.solver.infinity(), self.solver.infinity())

    def _remember(self, places: Sequence[int] | range) -> None:
        for at in places:
            self.rows[at].SetBounds(self.numbers[at].having, self.numbers[at].having)

    def _without(self, number: Number, known: Set[int]) -> Number:
        return Number(number.answers - known, number.having - self._having(number.answers & known))

    def _row(self, number: Number) -> Any:
        row = self.solver.Constraint(number.having, number.having)
        for at in {self.within[answer] for answer in number.answers}:
            row.SetCoefficient(self.many[at], 1)
        return row

    def _groups(self) -> Iterator[Group]:
        """Cohorts, and small differences between two numbers that share people."""
        met = set(self.cohorts)
        yield from self.cohorts
        largest = SMALL * self.policy.people
        for one in self.numbers:
            for other in self.numbers:
                apart = one.answers - other.answers
                if apart and apart not in met and one.answers & other.answers and self._people(apart) <= largest:
                    met.add(apart)
                    yield apart

    def _people(self, group: Set[int]) -> int:
        return sum(self.people[answer] for answer in group)

    def _having(self, group: Set[int]) -> int:
        return sum(self.having[answer] for answer in group)

    def _protected(self, group: Group) -> bool:
        people, having, side = self._people(group), self._having(group), self.policy.either_side
        return people < self.policy.people or having < side or people - having < side

    def _narrow(self, group: Group, interval: Interval) -> bool:
        people, (low, high) = self._people(group), interval
        side = min(people, self.policy.either_side)
        return low > people - side or high < side or high - low < side

    def _interval(self, group: Group) -> Interval:
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


def _cohorts(numbers: Sequence[Number]) -> list[Group]:
    places: dict[int, list[int]] = {}
    for at, number in enumerate(numbers):
        for answer in number.answers:
            places.setdefault(answer, []).append(at)
    together: dict[tuple[int, ...], list[int]] = {}
    for answer, where in sorted(places.items()):
        together.setdefault(tuple(where), []).append(answer)
    return [frozenset(cohort) for cohort in together.values()]
