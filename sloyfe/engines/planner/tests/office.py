"""Invented offices of any size from a seed: part-time, shifts, absence, duties, calendars, minimums.

For tests and benchmarks. Everything is drawn from one numpy Generator, so that a seed names an office.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from sloyfe.engines.planner.problem import (
    Facilitator,
    Grid,
    Measure,
    Order,
    Person,
    Priority,
    Problem,
    Removal,
    Staffing,
    Why,
)

MINUTES_A_WEEK = 45
"""Learning time of a full-time colleague."""


@dataclass(frozen=True)
class Wish:
    """One measure to draw: the share of the office that takes part, how often, how long, the largest group."""

    priority: Priority
    share: float
    sessions: int
    minutes: int
    group_max: int


SMALL = (
    Wish(Priority.STATUTORY, 1.0, 1, 45, 3),
    Wish(Priority.MANDATORY, 1.0, 2, 60, 2),
    Wish(Priority.RECOMMENDED, 0.67, 3, 30, 2),
    Wish(Priority.VOLUNTARY, 0.34, 1, 120, 3),
)
LARGE = (
    Wish(Priority.STATUTORY, 1.0, 1, 60, 25),
    Wish(Priority.MANDATORY, 0.4, 2, 90, 20),
    Wish(Priority.MANDATORY, 0.1, 3, 60, 8),
    Wish(Priority.RECOMMENDED, 0.3, 3, 60, 16),
    Wish(Priority.RECOMMENDED, 0.06, 4, 45, 12),
    Wish(Priority.RECOMMENDED, 0.15, 2, 120, 12),
    Wish(Priority.VOLUNTARY, 0.15, 2, 90, 15),
    Wish(Priority.VOLUNTARY, 0.1, 3, 45, 10),
)
"""Twenty sessions in eight measures; with their cohorts about sixty to place for 200 people."""


def office(size: int, seed: int, *, weeks: int = 13, tight: float = 0.55, pressure: float = 1.0) -> Problem:
    """An office of `size` people; `tight` is the share that must serve, `pressure` divides learning time."""
    draw = np.random.default_rng((size, seed))
    grid = Grid(weeks)
    teams = _teams(size, draw)
    people = tuple(_person(one, teams, grid, pressure, draw) for one in range(size))
    facilitators = _facilitators(size, grid, draw)
    wishes = SMALL if size < 12 else LARGE
    return Problem(
        grid=grid,
        people=people,
        facilitators=facilitators,
        staffing=_staffing(size, teams, tight, grid, draw),
        measures=tuple(_measure(at, wish, people, facilitators, grid, draw) for at, wish in enumerate(wishes)),
        orders=(Order(first=1, then=3, gap_weeks=1),),
        closed=tuple(grid.span(weeks // 2, 3, 0, 24 * 60)) + tuple(grid.span(weeks // 2, 4, 0, 24 * 60)),
    )


def _teams(size: int, draw: np.random.Generator) -> np.ndarray:
    count = max(1, size // 18)
    return np.sort(np.concatenate([np.arange(count), draw.integers(count, size=size - count)]))


def _person(one: int, teams: np.ndarray, grid: Grid, pressure: float, draw: np.random.Generator) -> Person:
    removals = [
        Removal(Why.BUSY, _team_meeting(int(teams[one]), grid)),
        Removal(Why.BUSY, _meetings(grid, draw)),
    ]
    kind = draw.random()
    percent = 100
    if kind < 0.25:
        off = draw.choice(grid.days, size=draw.integers(1, 3), replace=False)
        percent -= 20 * len(off)
        removals.append(Removal(Why.PATTERN, _spans(grid, range(grid.weeks), off, 0, 24 * 60)))
    elif kind < 0.35:
        removals.append(Removal(Why.SHIFT, _shift(grid, int(draw.integers(2)))))
    removals.append(Removal(Why.ABSENCE, _absence(grid, draw)))
    if draw.random() < 0.3:
        desk = _spans(grid, range(grid.weeks), [int(draw.integers(grid.days))], 9 * 60, 12 * 60)
        removals.append(Removal(Why.DUTY, desk, present=True))
    learning = int(4 * MINUTES_A_WEEK * percent / 100 / pressure)
    periods = -(-grid.weeks // 4)
    return Person(id=one + 1, learning=(learning,) * periods, removals=tuple(removals))


def _spans(grid: Grid, weeks: range | list[int], days: object, begin: int, end: int) -> tuple[int, ...]:
    return tuple(slot for week in weeks for day in days for slot in grid.span(week, int(day), begin, end))  # type: ignore[attr-defined]


def _team_meeting(team: int, grid: Grid) -> tuple[int, ...]:
    return _spans(grid, range(grid.weeks), [team % grid.days], (9 + team % 4) * 60, (10 + team % 4) * 60)


def _meetings(grid: Grid, draw: np.random.Generator) -> tuple[int, ...]:
    slots: set[int] = set()
    for week in range(grid.weeks):
        for _ in range(draw.integers(2, 7)):
            begin = 60 * int(draw.integers(8, 16))
            slots |= set(grid.span(week, int(draw.integers(grid.days)), begin, begin + 60))
    return tuple(sorted(slots))


def _shift(grid: Grid, phase: int) -> tuple[int, ...]:
    early = [week for week in range(grid.weeks) if week % 2 == phase]
    late = [week for week in range(grid.weeks) if week % 2 != phase]
    days = range(grid.days)
    return _spans(grid, early, days, 8 * 60, 12 * 60) + _spans(grid, late, days, 12 * 60, 16 * 60)


def _absence(grid: Grid, draw: np.random.Generator) -> tuple[int, ...]:
    away = _spans(grid, [int(draw.integers(grid.weeks))], range(grid.days), 0, 24 * 60)
    for week in draw.integers(0, grid.weeks, size=2):
        away += _spans(grid, [int(week)], [int(draw.integers(grid.days))], 0, 24 * 60)
    return tuple(sorted(set(away)))


def _facilitators(size: int, grid: Grid, draw: np.random.Generator) -> tuple[Facilitator, ...]:
    inside = [Facilitator(id=one + 1, person=one + 1) for one in range(0, size, 20)]
    never = [day for day in range(grid.days) if day not in draw.choice(grid.days, size=3, replace=False)]
    visits = Removal(Why.PATTERN, _spans(grid, range(grid.weeks), never, 0, 24 * 60))
    return (*inside, Facilitator(id=9001, removals=(visits,)), Facilitator(id=9002))


def _staffing(
    size: int, teams: np.ndarray, tight: float, grid: Grid, draw: np.random.Generator
) -> tuple[Staffing, ...]:
    core = _spans(grid, range(grid.weeks), range(grid.days), 9 * 60, 15 * 60)
    rules = []
    for team in range(int(teams.max()) + 1):
        members = tuple(int(one) + 1 for one in np.flatnonzero(teams == team))
        least = 1 if size < 12 else math.ceil(tight * 0.7 * len(members))
        rules.append(Staffing(id=team + 1, people=members, slots=core, at_least=least))
    if size >= 12:
        desk = tuple(sorted(int(one) + 1 for one in draw.choice(size, size=size // 4, replace=False)))
        rules.append(Staffing(id=1000, people=desk, slots=core, at_least=max(2, size // 20)))
    return tuple(rules)


def _measure(
    at: int,
    wish: Wish,
    people: tuple[Person, ...],
    facilitators: tuple[Facilitator, ...],
    grid: Grid,
    draw: np.random.Generator,
) -> Measure:
    leaders = tuple(sorted(int(one) for one in draw.choice([f.id for f in facilitators], size=2, replace=False)))
    behind = {f.person for f in facilitators if f.id in leaders}
    outside = len(behind - {None}) == 0
    pool = [person.id for person in people if outside or person.id not in behind]
    count = max(1, min(len(pool), round(wish.share * len(people))))
    first = int(draw.integers(0, max(1, grid.weeks // 4)))
    group_min = 1 if len(people) < 12 else 4
    return Measure(
        id=at,
        priority=wish.priority,
        participants=tuple(sorted(int(one) for one in draw.choice(pool, size=count, replace=False))),
        minutes=wish.minutes,
        first_week=first,
        last_week=grid.weeks - 1,
        sessions=wish.sessions,
        gap_weeks=1 + at % 2,
        cohorts=3 if len(people) < 12 else math.ceil(1.3 * count / wish.group_max),
        group_min=group_min,
        group_max=max(group_min, min(wish.group_max, math.ceil(len(people) / 2))),
        facilitators=leaders,
        preferred_week=first + 1,
    )
