"""A plan in indices, what it takes up, and what it is worth; the search passes these around.

A series is one cohort of one measure: the same people and the same leader through all its sessions, which are
held in order from the first, so that a plan is the starts, the people and the leader of each series.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import numpy as np

from sloyfe.engines.planner.answer import Aim
from sloyfe.engines.planner.problem import Placement, Priority, Session
from sloyfe.engines.planner.tables import Bools, Cohort, Ints, Tables


@dataclass(frozen=True, slots=True)
class Series:
    """Starts of the sessions held (the first `len(starts)` of the series), rows of the people, the leader."""

    starts: tuple[int, ...]
    people: tuple[int, ...]
    leader: int | None


Plan = Mapping[Cohort, Series]
"""The series that are held; those that are not are absent."""


@dataclass
class Load:
    """What a plan takes up: who is busy when, how many are away from each minimum, learning time spent."""

    tables: Tables
    busy: Bools = field(init=False)
    away: Ints = field(init=False)
    spent: Ints = field(init=False)

    def __post_init__(self) -> None:
        self.busy = np.zeros((self.tables.bodies, self.tables.slots), dtype=bool)
        self.away = np.zeros(self.tables.capacity.shape, dtype=np.int64)
        self.spent = np.zeros_like(self.tables.budget)

    def add(self, cohort: Cohort, series: Series) -> None:
        self._book(cohort, series, 1)

    def drop(self, cohort: Cohort, series: Series) -> None:
        self._book(cohort, series, -1)

    def _book(self, cohort: Cohort, series: Series, sign: int) -> None:
        tables = self.tables
        course = tables.courses[cohort[0]]
        rows = bodies_of(tables, series)
        people = list(series.people)
        gone = tables.member[:, rows].sum(axis=1)
        for start in series.starts:
            slots = slice(start, start + course.slots)
            self.busy[rows, slots] = sign > 0
            self.away[:, slots] += sign * gone[:, None]
            self.spent[people, tables.period[start]] += sign * course.measure.minutes

    @property
    def free(self) -> Bools:
        return self.tables.free & ~self.busy

    @property
    def room(self) -> Ints:
        """How many more may leave each minimum in each slot."""
        return self.tables.capacity - self.away

    def lead_free(self, leader: int) -> Bools:
        row: Bools = self.tables.lead_free[leader] & ~self.busy[self.tables.leader_body(leader)]
        return row


def bodies_of(tables: Tables, series: Series) -> list[int]:
    return list(series.people) + ([] if series.leader is None else [tables.leader_body(series.leader)])


def load_of(tables: Tables, plan: Plan, without: Iterable[Cohort] = ()) -> Load:
    load, skipped = Load(tables), set(without)
    for cohort, series in plan.items():
        if cohort not in skipped:
            load.add(cohort, series)
    return load


def classes(tables: Tables) -> list[Priority]:
    """The priority classes asked for, most important first."""
    return sorted({course.measure.priority for course in tables.courses})


def values(tables: Tables, plan: Plan) -> dict[Priority, int]:
    """People × sessions held, for each priority class."""
    counted = dict.fromkeys(classes(tables), 0)
    for (place, _), series in plan.items():
        counted[tables.courses[place].measure.priority] += len(series.people) * len(series.starts)
    return counted


def series_cost(tables: Tables, cohort: Cohort, series: Series) -> int:
    """Points of one series: its sessions, weeks off the wish, and weeks longer than the gaps ask."""
    weights, measure = tables.problem.weights, tables.courses[cohort[0]].measure
    weeks = [int(tables.week[start]) for start in series.starts]
    stretch = weeks[-1] - weeks[0] - measure.gap_weeks * (len(weeks) - 1)
    off = 0 if measure.preferred_week is None else abs(weeks[0] - measure.preferred_week)
    return weights.session * len(weeks) + weights.week * (stretch + off)


def told_points(tables: Tables) -> int:
    """What it would cost to keep nothing of the earlier plan."""
    weights, told = tables.problem.weights, tables.earlier_people.values()
    return weights.moved_session * len(tables.earlier_start) + weights.moved_person * sum(map(len, told))


def cost(tables: Tables, plan: Plan) -> int:
    """The last stage's points, less is better."""
    points = sum(series_cost(tables, cohort, series) for cohort, series in plan.items())
    weights = tables.problem.weights
    for (place, cohort, number), start in tables.earlier_start.items():
        now = plan.get((place, cohort))
        kept = now is not None and number < len(now.starts) and now.starts[number] == start
        points += 0 if kept else weights.moved_session
    for told, people in tables.earlier_people.items():
        still = set(plan[told].people) if told in plan else set()
        points += weights.moved_person * len(people - still)
    return points


def alone(tables: Tables, plan: Plan) -> int:
    """People who are one group by themselves in a measure that is for more."""
    return sum(len(series.people) == 1 and tables.courses[place].in_company for (place, _), series in plan.items())


AFTER_REACH = (Aim.ALONE, Aim.GROUPS, Aim.COST)
"""What counts among plans that reach as many in every class, one after the other."""


def score(tables: Tables, plan: Plan) -> tuple[int, ...]:
    """Stage by stage, higher is better: the classes in order of importance, then what is to be few turned round."""
    counted = values(tables, plan)
    return (*(counted[one] for one in classes(tables)), -alone(tables, plan), -len(plan), -cost(tables, plan))


def tidy(tables: Tables, plan: Plan) -> dict[Cohort, Series]:
    """The cohorts of a measure numbered by when they begin, where no earlier plan has named them."""
    told = {place for place, _, _ in tables.earlier_start}
    by_measure: dict[int, list[tuple[Cohort, Series]]] = {}
    for cohort, series in sorted(plan.items()):
        by_measure.setdefault(cohort[0], []).append((cohort, series))
    tidied: dict[Cohort, Series] = {}
    for place, held in by_measure.items():
        if place in told:
            tidied |= dict(held)
        else:
            ordered = sorted((series for _, series in held), key=lambda one: (one.starts, one.people))
            tidied |= {(place, number): series for number, series in enumerate(ordered)}
    return tidied


def placements(tables: Tables, plan: Plan) -> tuple[Placement, ...]:
    """The plan in the caller's ids, sorted by session."""
    placed = [
        Placement(
            session=Session(tables.courses[place].measure.id, cohort, number),
            start=start,
            people=tuple(sorted(tables.person_ids[row] for row in series.people)),
            facilitator=None if series.leader is None else tables.leader_ids[series.leader],
        )
        for (place, cohort), series in plan.items()
        for number, start in enumerate(series.starts)
    ]
    return tuple(sorted(placed, key=lambda one: one.session))
