"""Tiny problems of every shape from a seed, small enough that every plan of them can be tried."""

from __future__ import annotations

import numpy as np

from sloyfe.engines.planner.problem import (
    Facilitator,
    Grid,
    Measure,
    Order,
    Person,
    Placement,
    Priority,
    Problem,
    Removal,
    Session,
    Staffing,
    Why,
)

Draw = np.random.Generator


def tiny(seed: int) -> Problem:
    """One to three measures, two or three people, at most a dozen and a half starts."""
    draw = np.random.default_rng(seed)
    grid = Grid(
        weeks=int(draw.integers(1, 4)),
        days=int(draw.integers(1, 3)),
        last_minute=8 * 60 + 30 * int(draw.integers(2, 5)),
    )
    size = int(draw.integers(2, 4))
    period_weeks = int(draw.integers(1, 3))
    periods = -(-grid.weeks // period_weeks)
    people = tuple(Person(one + 1, _minutes(draw, periods), _removals(draw, grid, 0.04)) for one in range(size))
    leaders = (Facilitator(1, person=1),) * bool(draw.random() < 0.5)
    leaders += (Facilitator(2, removals=_removals(draw, grid, 0.1)),)
    measures = tuple(_measure(draw, at, size, grid, leaders) for at in range(int(draw.integers(1, 4))))
    return Problem(
        grid=grid,
        people=people,
        measures=measures,
        period_weeks=period_weeks,
        facilitators=leaders,
        staffing=tuple(_staffing(draw, at, size, grid) for at in range(int(draw.integers(0, 3)))),
        orders=tuple(
            Order(first, then, int(draw.integers(0, 2)))
            for first in range(len(measures))
            for then in range(first + 1, len(measures))
            if draw.random() < 0.3
        ),
        closed=_some(draw, grid, 0.05),
        earlier=_earlier(draw, grid, measures[0]),
    )


def _some(draw: Draw, grid: Grid, share: float) -> tuple[int, ...]:
    return tuple(int(slot) for slot in np.flatnonzero(draw.random(grid.slots) < share))


def _minutes(draw: Draw, periods: int) -> tuple[int, ...]:
    return tuple(int(minutes) for minutes in draw.choice([0, 30, 60, 60, 90, 120, 150], size=periods))


def _removals(draw: Draw, grid: Grid, share: float) -> tuple[Removal, ...]:
    return tuple(
        Removal(why, _some(draw, grid, share), present=why is Why.DUTY and bool(draw.random() < 0.7))
        for why in (Why.PATTERN, Why.ABSENCE, Why.BUSY, Why.DUTY)
    )


def _staffing(draw: Draw, at: int, size: int, grid: Grid) -> Staffing:
    people = draw.choice(size, size=int(draw.integers(1, size + 1)), replace=False)
    slots = tuple(range(grid.slots)) if draw.random() < 0.5 else _some(draw, grid, 0.6)
    return Staffing(at, tuple(int(one) + 1 for one in people), slots, int(draw.choice([0, 1, 1, 2])))


def _measure(draw: Draw, at: int, size: int, grid: Grid, leaders: tuple[Facilitator, ...]) -> Measure:
    first = int(draw.integers(0, grid.weeks))
    last = int(draw.integers(first, grid.weeks))
    least = int(draw.choice([1, 1, 2]))
    people = draw.choice(size, size=int(draw.integers(least, size + 1)), replace=False)
    return Measure(
        id=at,
        priority=Priority(int(draw.integers(1, 5))),
        participants=tuple(sorted(int(one) + 1 for one in people)),
        minutes=int(draw.choice([20, 30, 30, 45])),
        first_week=first,
        last_week=last,
        sessions=int(draw.integers(1, 3)) if at < 2 else 1,
        gap_weeks=int(draw.integers(0, 2)),
        cohorts=int(draw.integers(1, 3)) if at == 0 else 1,
        group_min=least,
        group_max=None if draw.random() < 0.5 else least + int(draw.integers(0, 2)),
        facilitators=tuple(leader.id for leader in leaders if draw.random() < 0.6),
        preferred_week=None if draw.random() < 0.5 else int(draw.integers(first, last + 1)),
    )


def _earlier(draw: Draw, grid: Grid, measure: Measure) -> tuple[Placement, ...]:
    if draw.random() < 0.7:
        return ()
    return (Placement(Session(measure.id, 0, 0), int(draw.integers(grid.slots)), measure.participants[:1]),)
