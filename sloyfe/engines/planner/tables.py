"""The problem as arrays over all people and slots at once, made once and only read afterwards.

People become rows 0…P−1 and outside facilitators the rows after them (together: bodies), so that being free,
being in one place at a time and being counted in a minimum are the same for who learns and who leads.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from sloyfe.engines.planner.problem import Measure, Person, Problem, Removal

Bools = npt.NDArray[np.bool_]
Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

Cohort = tuple[int, int]
"""Index of the measure, number of the cohort."""


@dataclass(frozen=True, slots=True)
class Course:
    """A measure in indices: rows of those who take part, length in slots, rows of those who can lead."""

    measure: Measure
    people: Ints
    slots: int
    window: Bools
    leaders: tuple[int, ...]

    @property
    def group_max(self) -> int:
        limit = self.measure.group_max
        return len(self.people) if limit is None else min(limit, len(self.people))

    @property
    def in_company(self) -> bool:
        """Whether somebody who is one group by herself could have had company."""
        return self.group_max > 1


class Tables:
    """Read-only arrays; `free` and `at_work` are bodies × slots, `capacity` is minimums × slots."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.grid = problem.grid
        self.slots = problem.grid.slots
        every = np.arange(self.slots)
        self.week: Ints = every // self.grid.slots_per_week
        self.weekday: Ints = every % self.grid.slots_per_week // self.grid.slots_per_day
        self.left_in_day: Ints = self.grid.slots_per_day - every % self.grid.slots_per_day
        self.period: Ints = self.week // problem.period_weeks
        self.person_ids = [person.id for person in problem.people]
        self.row = {person.id: row for row, person in enumerate(problem.people)}
        self._bodies()
        self._groups()
        self.budget = np.array(
            [person.learning or (0,) * problem.periods for person in problem.people], dtype=np.int64
        ).reshape(len(problem.people), problem.periods)
        self.courses = [self._course(measure) for measure in problem.measures]
        self.index = {measure.id: place for place, measure in enumerate(problem.measures)}
        self.cohorts: list[Cohort] = [
            (place, cohort) for place, measure in enumerate(problem.measures) for cohort in range(measure.cohorts)
        ]
        self.orders = [(self.index[o.first], self.index[o.then], o.gap_weeks) for o in problem.orders]

    def _bodies(self) -> None:
        people, leaders = self.problem.people, self.problem.facilitators
        outside = [one for one in leaders if one.person is None]
        self.body_of_leader = {one.id: self.row[one.person] for one in leaders if one.person is not None}
        self.body_of_leader |= {one.id: len(people) + place for place, one in enumerate(outside)}
        self.leader_ids = [one.id for one in leaders]
        self.bodies = len(people) + len(outside)
        self.free = np.ones((self.bodies, self.slots), dtype=bool)
        self.at_work = np.ones((self.bodies, self.slots), dtype=bool)
        for row, person in enumerate(people):
            _apply(person, self.free[row], self.at_work[row])
        self.lead_free = np.ones((len(leaders), self.slots), dtype=bool)
        for place, one in enumerate(leaders):
            self.lead_free[place] = self.free[self.body_of_leader[one.id]]
            for removal in one.removals:
                self.lead_free[place, list(removal.slots)] = False
        self.closed = np.zeros(self.slots, dtype=bool)
        self.closed[list(self.problem.closed)] = True

    def _groups(self) -> None:
        rules = self.problem.staffing
        self.member = np.zeros((len(rules), self.bodies), dtype=bool)
        self.capacity = np.full((len(rules), self.slots), self.bodies, dtype=np.int64)
        for place, rule in enumerate(rules):
            self.member[place, [self.row[one] for one in rule.people]] = True
            slots = list(rule.slots)
            there = self.at_work[self.member[place]].sum(axis=0)
            self.capacity[place, slots] = np.maximum(there - rule.at_least, 0)[slots]
        self.groups_of = [np.flatnonzero(self.member[:, body]) for body in range(self.bodies)]

    def _course(self, measure: Measure) -> Course:
        length = self.grid.length(measure.minutes)
        weeks = (self.week >= measure.first_week) & (self.week <= measure.last_week)
        fits = (self.left_in_day >= length) & run(~self.closed[None, :], length)[0]
        place = {one: index for index, one in enumerate(self.leader_ids)}
        return Course(
            measure=measure,
            people=np.array([self.row[one] for one in measure.participants], dtype=np.int64),
            slots=length,
            window=weeks & fits,
            leaders=tuple(place[one] for one in measure.facilitators),
        )

    def leader_body(self, leader: int) -> int:
        return self.body_of_leader[self.leader_ids[leader]]

    @cached_property
    def earlier_start(self) -> dict[tuple[int, int, int], int]:
        """(measure index, cohort, number) → the start already told."""
        return {
            (self.index[p.session.measure], p.session.cohort, p.session.number): p.start for p in self.problem.earlier
        }

    @cached_property
    def earlier_people(self) -> dict[Cohort, frozenset[int]]:
        """Who was told that she is in which cohort (by its first session)."""
        return {
            (self.index[p.session.measure], p.session.cohort): frozenset(self.row[one] for one in p.people)
            for p in self.problem.earlier
            if p.session.number == 0
        }


def _apply(person: Person, free: Bools, at_work: Bools) -> None:
    for removal in person.removals:
        _remove(removal, free)
        if not removal.present:
            _remove(removal, at_work)


def _remove(removal: Removal, row: Bools) -> None:
    row[list(removal.slots)] = False


def run(free: Bools, length: int) -> Bools:
    """Starts from which all of `length` slots in a row are free (day boundaries are the window's matter)."""
    whole = free.copy()
    for shift in range(1, length):
        whole[:, :-shift] &= free[:, shift:]
        whole[:, -shift:] = False
    return whole


def lowest(capacity: Ints, length: int) -> Ints:
    """The least of `length` values in a row from each start; 0 past the end."""
    least = capacity.copy()
    for shift in range(1, length):
        least[:, :-shift] = np.minimum(least[:, :-shift], capacity[:, shift:])
        least[:, -shift:] = 0
    return least
