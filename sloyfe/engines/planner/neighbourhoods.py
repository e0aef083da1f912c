"""Which part of the plan to set free for one round of the search, so that a small exact model can better it.

Each way of choosing is one function: draw something to begin from, add what stands in its way, stop at a size.
Sizes are starts × sessions, since that is what the model's time follows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

import numpy as np

from sloyfe.engines.planner.model import Scope
from sloyfe.engines.planner.plan import Plan, series_cost
from sloyfe.engines.planner.tables import Cohort, Tables

STARTS = 60
"""Starts kept for each session where people are open too."""

PEOPLE_WEIGHT = 12
"""How many starts a person who may choose cohort counts for."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What a choice is made from: the plan as it stands, the measures of the stage, the size allowed."""

    tables: Tables
    plan: Plan
    places: list[int]
    size: int
    draw: np.random.Generator

    def series(self, places: Iterable[int]) -> list[Cohort]:
        wanted = set(places)
        return [cohort for cohort in sorted(self.plan) if cohort[0] in wanted]

    def unused(self, place: int) -> list[Cohort]:
        cohorts = self.tables.courses[place].measure.cohorts
        return [(place, number) for number in range(cohorts) if (place, number) not in self.plan]

    def weight(self, cohort: Cohort) -> int:
        course = self.tables.courses[cohort[0]]
        return min(int(course.window.sum()), STARTS) * course.measure.sessions

    def missing(self, place: int) -> set[int]:
        """Rows of the participants who have no date, or not all of them."""
        course = self.tables.courses[place]
        whole = [s for s in self.series([place]) if len(self.plan[s].starts) == course.measure.sessions]
        return set(course.people.tolist()) - {row for cohort in whole for row in self.plan[cohort].people}

    def tied(self, place: int) -> set[int]:
        """Measures that must come before or after this one."""
        return {other for first, then, _ in self.tables.orders if place in (first, then) for other in (first, then)}

    def apart(self, cohorts: Iterable[Cohort]) -> list[Cohort]:
        """Those that do not go on at the same time as one before them in the list."""
        taken: set[int] = set()
        chosen: list[Cohort] = []
        for cohort in cohorts:
            length = self.tables.courses[cohort[0]].slots
            starts = self.plan[cohort].starts if cohort in self.plan else ()
            slots = {slot for start in starts for slot in range(start, start + length)}
            if not slots & taken:
                taken |= slots
                chosen.append(cohort)
        return chosen

    def shuffled(self, cohorts: list[Cohort]) -> list[Cohort]:
        return [cohorts[at] for at in self.draw.permutation(len(cohorts))]

    def within(self, cohorts: Iterable[Cohort], loose: bool) -> list[Cohort]:
        """As many, from the first, as the size allows; at least one."""
        chosen: list[Cohort] = []
        size = 0
        for cohort in cohorts:
            people = PEOPLE_WEIGHT * self.tables.courses[cohort[0]].group_max if loose else 0
            size += self.weight(cohort) + people
            if chosen and size > self.size:
                break
            if cohort not in chosen:
                chosen.append(cohort)
        return chosen


Choice = Callable[[Ground], Scope | None]


def _moving(cohorts: Iterable[Cohort]) -> Scope:
    return Scope(moving=frozenset(cohorts), open=frozenset())


def _loose(ground: Ground, cohorts: Iterable[Cohort]) -> Scope:
    chosen = frozenset(ground.apart(cohorts))
    return Scope(moving=chosen, open=chosen, starts=STARTS, salt=int(ground.draw.integers(1 << 30)))


def who_goes_where(ground: Ground) -> Scope | None:
    """All times stay; the people of every series may change place."""
    return Scope(moving=frozenset(), open=frozenset(ground.plan)) if ground.plan else None


def one_measure(ground: Ground) -> Scope | None:
    """A measure of the stage from its unused cohorts inwards: times, people and leaders."""
    place = _one_of(ground, ground.places)
    return None if place is None else _loose(ground, ground.within(_from_within(ground, place), loose=True))


def one_more_time(ground: Ground) -> Scope | None:
    """An unused cohort of a measure that has not reached everybody, with series that hold on to its people."""
    place = _one_of(ground, [place for place in ground.places if ground.missing(place)])
    if place is None:
        return None
    missing, tied = ground.missing(place), ground.tied(place)
    beside = [cohort for cohort in sorted(ground.plan) if missing & set(ground.plan[cohort].people)]
    beside = sorted(ground.shuffled(beside), key=lambda cohort: cohort[0] not in tied or cohort[0] == place)
    own = [*ground.unused(place)[:1], *ground.shuffled(ground.series([place]))]
    return _loose(ground, ground.within([*own[: 1 + int(ground.draw.integers(3))], *beside], loose=True))


def fewer_groups(ground: Ground) -> Scope | None:
    """The smallest groups of a measure that is held more than once, with as many of the others as there is room for.

    They may be going on at once, as the same people are in none of the others.
    """
    place = _one_of(ground, [place for place in ground.places if len(ground.series([place])) > 1])
    if place is None:
        return None
    held = sorted(ground.shuffled(ground.series([place])), key=lambda cohort: len(ground.plan[cohort].people) > 1)
    chosen = frozenset(ground.within(held, loose=True))
    salt = int(ground.draw.integers(1 << 30))
    return Scope(moving=chosen, open=chosen, apart=False, starts=STARTS, salt=salt)


def some_weeks(ground: Ground) -> Scope | None:
    """All series that touch a few weeks in a row move, with their people."""
    weeks = ground.tables.grid.weeks
    first = int(ground.draw.integers(weeks))
    span = range(first, first + max(2, weeks // 3))
    touched = [
        cohort
        for cohort, series in sorted(ground.plan.items())
        if any(int(ground.tables.week[start]) in span for start in series.starts)
    ]
    return _moving(ground.within(ground.shuffled(touched), loose=False)) if touched else None


def same_leader(ground: Ground) -> Scope | None:
    """The series of one leader, and of another while there is room."""
    by_leader: dict[int | None, list[Cohort]] = {}
    for cohort, series in sorted(ground.plan.items()):
        by_leader.setdefault(series.leader, []).append(cohort)
    drawn = [list(by_leader)[at] for at in ground.draw.permutation(len(by_leader))][:2]
    chosen = [cohort for leader in drawn for cohort in ground.shuffled(by_leader[leader])]
    return _moving(ground.within(chosen, loose=False)) if chosen else None


def dearest(ground: Ground) -> Scope | None:
    """The series that cost most beyond their sessions, with some that share people with them."""
    weights = ground.tables.problem.weights
    beyond = {
        cohort: series_cost(ground.tables, cohort, series) - weights.session * len(series.starts)
        for cohort, series in ground.plan.items()
    }
    if not beyond:
        return None
    noise = ground.draw.random(len(beyond))
    ranked = [cohort for _, cohort in sorted(zip(-np.array(list(beyond.values())) - 2 * noise, beyond, strict=True))]
    people = set(ground.plan[ranked[0]].people)
    beside = [cohort for cohort in ranked[1:] if people & set(ground.plan[cohort].people)]
    return _moving(ground.within([ranked[0], *ranked[1:3], *ground.shuffled(beside)], loose=False))


def everything_loose(ground: Ground) -> Scope | None:
    """All of it, where all of it is small."""
    cohorts = ground.tables.cohorts
    return _loose(ground, cohorts) if len(ground.within(cohorts, loose=True)) == len(cohorts) else None


def _one_of(ground: Ground, places: list[int]) -> int | None:
    return places[int(ground.draw.integers(len(places)))] if places else None


def _from_within(ground: Ground, place: int) -> list[Cohort]:
    return ground.unused(place)[:1] + ground.shuffled(ground.series([place])) + ground.unused(place)[1:]


FOR_REACH: tuple[Choice, ...] = (who_goes_where, one_more_time, one_measure)
FOR_COMPANY: tuple[Choice, ...] = (who_goes_where, fewer_groups)
FOR_COST: tuple[Choice, ...] = (
    some_weeks,
    dearest,
    same_leader,
    one_measure,
    everything_loose,
    who_goes_where,
)
