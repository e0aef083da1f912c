"""A first plan in a fraction of a second: measure by measure, series by series, fewest ways out first.

The most important class first, within it what must come before, then what asks most of people. Each series
takes the start that reaches most of those still without one, weighted by how few starts each of them has, and
then follows them through. It never moves what it has placed; that is the search's work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from graphlib import TopologicalSorter

import numpy as np

from sloyfe.engines.planner.plan import Load, Plan, Series, bodies_of, load_of, series_cost
from sloyfe.engines.planner.tables import Bools, Cohort, Course, Floats, Ints, Tables, lowest, run

BEAM = 8
"""Starts of a first session that are followed through to the end of the series."""


def greedy(tables: Tables) -> dict[Cohort, Series]:
    """A plan that keeps every rule, from nothing."""
    return extend(tables, {}, measures_in_turn(tables))


def measures_in_turn(tables: Tables) -> list[int]:
    """Indices of the measures in the order in which they are served."""
    sorter: TopologicalSorter[int] = TopologicalSorter({place: () for place in range(len(tables.courses))})
    for first, then, _ in tables.orders:
        sorter.add(then, first)
    depth: dict[int, int] = {}
    for place in sorter.static_order():
        depth[place] = 1 + max((depth[first] for first, then, _ in tables.orders if then == place), default=0)
    return sorted(range(len(tables.courses)), key=lambda place: _turn(tables.courses[place], depth[place]) + (place,))


def _turn(course: Course, depth: int) -> tuple[int, ...]:
    asks = len(course.people) * course.measure.sessions * course.slots
    return (course.measure.priority, depth, -asks)


def extend(
    tables: Tables, plan: Plan, places: Iterable[int], draw: np.random.Generator | None = None
) -> dict[Cohort, Series]:
    """The plan with whatever more of these measures can be placed beside it; with `draw`, a little at random."""
    grown = dict(plan)
    load = load_of(tables, grown)
    for place in places:
        _reach(tables, grown, load, place, draw)
    return grown


def prolong(tables: Tables, plan: Plan, cohort: Cohort) -> dict[Cohort, Series]:
    """The plan with as many more sessions of a series as its people, all of them, and its leader can go to."""
    grown = dict(plan)
    course = tables.courses[cohort[0]]
    while len(grown[cohort].starts) < course.measure.sessions:
        start = _next_start(tables, load_of(tables, grown), course, grown[cohort])
        if start is None:
            break
        grown[cohort] = replace(grown[cohort], starts=(*grown[cohort].starts, start))
    return grown


def _next_start(tables: Tables, load: Load, course: Course, series: Series) -> int | None:
    """The earliest start after the series' last session at which nothing stands in its way."""
    last, people = series.starts[-1], list(series.people)
    may = np.array(course.window, dtype=bool)
    may &= tables.week >= tables.week[last] + course.measure.gap_weeks
    may &= np.arange(tables.slots) >= last + course.slots
    may &= run(load.free[people], course.slots).all(axis=0)
    least: Ints = (tables.budget[people] - load.spent[people]).min(axis=0)
    may &= least[tables.period] >= course.measure.minutes
    if series.leader is not None:
        may &= run(load.lead_free(series.leader)[None, :], course.slots)[0]
    gone = tables.member[:, bodies_of(tables, series)].sum(axis=1)
    may &= (lowest(load.room, course.slots) >= gone[:, None]).all(axis=0)
    starts = np.flatnonzero(may)
    return int(starts[0]) if len(starts) else None


def _reach(
    tables: Tables, plan: dict[Cohort, Series], load: Load, place: int, draw: np.random.Generator | None
) -> None:
    """Hold the measure as often as it may and must, until nobody more can be reached."""
    course = tables.courses[place]
    unused = [number for number in range(course.measure.cohorts) if (place, number) not in plan]
    reached = {row for (other, _), series in plan.items() if other == place for row in series.people}
    waiting = [row for row in map(int, course.people) if row not in reached]
    waiting = [row for row in waiting if not _joins(tables, plan, load, place, row)]
    for number in unused:
        if len(waiting) < course.measure.group_min:
            return
        series = _best_series(_Ways(tables, plan, load, place, waiting, draw))
        if series is None:
            return
        plan[place, number] = series
        load.add((place, number), series)
        waiting = [row for row in waiting if row not in series.people]


def _joins(tables: Tables, plan: dict[Cohort, Series], load: Load, place: int, row: int) -> bool:
    """Whether she found a place in a series of the measure that is held already."""
    course = tables.courses[place]
    for cohort in [one for one in sorted(plan) if one[0] == place]:
        series = plan[cohort]
        if len(series.people) < course.group_max and fits(tables, plan, load, cohort, row):
            load.drop(cohort, series)
            plan[cohort] = replace(series, people=tuple(sorted((*series.people, row))))
            load.add(cohort, plan[cohort])
            return True
    return False


def fits(tables: Tables, plan: Plan, load: Load, cohort: Cohort, row: int) -> bool:
    """Free each time, can be spared, has the learning time, has been through what comes before."""
    course, starts = tables.courses[cohort[0]], list(plan[cohort].starts)
    slots = np.concatenate([np.arange(start, start + course.slots) for start in starts])
    left = tables.budget[row] - load.spent[row]
    spends = np.bincount(tables.period[starts], minlength=len(left)) * course.measure.minutes
    return bool(
        (tables.free[row, slots] & ~load.busy[row, slots]).all()
        and (load.room[tables.groups_of[row]][:, slots] > 0).all()
        and (spends <= left).all()
        and may_begin(tables, plan, cohort[0], [row])[0, starts[0]]
    )


class _Ways:
    """For those waiting: who could begin when, given all that is placed."""

    def __init__(
        self,
        tables: Tables,
        plan: Plan,
        load: Load,
        place: int,
        waiting: list[int],
        draw: np.random.Generator | None,
    ) -> None:
        self.tables, self.place, self.course, self.waiting = tables, place, tables.courses[place], waiting
        measure = self.course.measure
        self.room = lowest(load.room, self.course.slots)
        self.can: Bools = run(load.free[waiting], self.course.slots) & self.course.window
        spare = tables.budget[waiting] - load.spent[waiting] >= measure.minutes
        self.can &= spare[:, tables.period]
        for index, row in enumerate(waiting):
            if len(tables.groups_of[row]):
                self.can[index] &= self.room[tables.groups_of[row]].min(axis=0) > 0
        self.after_others = may_begin(tables, plan, place, waiting)
        self.leaders = {
            leader: run(load.lead_free(leader)[None, :], self.course.slots)[0] for leader in self.course.leaders
        }
        self.rarity = 1.0 / np.maximum((self.can & self.after_others).sum(axis=1), 1)
        self.budget = tables.budget - load.spent
        self.taste = np.ones(tables.slots)
        if draw is not None:
            self.rarity *= draw.uniform(0.5, 1.5, size=len(waiting))
            self.taste = draw.uniform(0.7, 1.0, size=tables.slots)

    def led(self, leader: int | None) -> Bools:
        if leader is None:
            return np.ones(self.tables.slots, dtype=bool)
        inside = self.tables.leader_body(leader)
        free = self.leaders[leader]
        groups = self.tables.groups_of[inside]
        serves: Bools = self.room[groups].min(axis=0, initial=1) > 0
        both: Bools = free & serves
        return both


def may_begin(tables: Tables, plan: Plan, place: int, waiting: list[int]) -> Bools:
    """Starts that come late enough, person by person, after the measures that must come before."""
    may = np.ones((len(waiting), tables.slots), dtype=bool)
    for first, then, gap in tables.orders:
        if then != place:
            continue
        before = tables.courses[first]
        concerned = set(before.people.tolist())
        ends = {
            row: series.starts[-1]
            for (other, _), series in plan.items()
            if other == first and len(series.starts) == before.measure.sessions
            for row in series.people
        }
        for index, row in enumerate(waiting):
            if row in ends:
                late = tables.week >= tables.week[ends[row]] + gap
                may[index] &= late & (np.arange(tables.slots) >= ends[row] + before.slots)
            elif row in concerned:
                may[index] = False
    return may


def _best_series(ways: _Ways) -> Series | None:
    best: tuple[tuple[float, ...], Series] | None = None
    for leader in ways.course.leaders or (None,):
        can = ways.can & ways.led(leader)
        worth = ways.taste * (ways.rarity @ (can & ways.after_others))
        worth[(can & ways.after_others).sum(axis=0) < ways.course.measure.group_min] = 0.0
        for start in _promising(ways, worth):
            series = _follow(ways, can, start, leader)
            if series is not None:
                worthy = _worth(ways, series)
                if best is None or worthy > best[0]:
                    best = worthy, series
    return None if best is None else best[1]


def _promising(ways: _Ways, worth: Floats) -> list[int]:
    """The starts that reach most, nearest to the wished week among equals, spread over weekdays and times."""
    tables, measure = ways.tables, ways.course.measure
    wish = measure.first_week if measure.preferred_week is None else measure.preferred_week
    off = np.abs(tables.week - wish)
    ranked = np.lexsort((np.arange(tables.slots), off, -np.round(worth, 9)))
    chosen: list[int] = []
    seen: set[int] = set()
    for start in ranked[: BEAM * 40]:
        in_week = int(start) % tables.grid.slots_per_week
        if worth[start] > 0 and in_week not in seen:
            seen.add(in_week)
            chosen.append(int(start))
        if len(chosen) == BEAM:
            break
    return chosen


def _worth(ways: _Ways, series: Series) -> tuple[float, ...]:
    index = {row: at for at, row in enumerate(ways.waiting)}
    reached = float(sum(ways.rarity[index[row]] for row in series.people))
    return (
        len(series.people) * len(series.starts),
        round(reached, 9),
        -series_cost(ways.tables, (ways.place, 0), series),
        -series.starts[0],
    )


def _follow(ways: _Ways, can: Bools, start: int, leader: int | None) -> Series | None:
    """The series from this start: who goes, and where the sessions after it keep most of them."""
    course, week = ways.course, ways.tables.week
    people = _choose(ways, leader, np.flatnonzero(can[:, start] & ways.after_others[:, start]), [start])
    if len(people) < course.measure.group_min:
        return None
    best = _series(ways, people, [start], leader)
    starts = [start]
    while len(starts) < course.measure.sessions:
        last = starts[-1]
        later = (week >= week[last] + course.measure.gap_weeks) & (np.arange(len(week)) >= last + course.slots)
        kept = can[people].sum(axis=0) * later
        if kept.max(initial=0) < course.measure.group_min:
            break
        starts.append(int(np.argmax(kept)))
        people = _choose(ways, leader, people[can[people, starts[-1]]], starts)
        if len(people) < course.measure.group_min:
            break
        series = _series(ways, people, starts, leader)
        if len(series.people) * len(series.starts) >= len(best.people) * len(best.starts):
            best = series
    return best


def _series(ways: _Ways, people: Ints, starts: list[int], leader: int | None) -> Series:
    return Series(tuple(starts), tuple(sorted(ways.waiting[index] for index in people)), leader)


def _choose(ways: _Ways, leader: int | None, candidates: Ints, starts: list[int]) -> Ints:
    """Those with fewest ways out first, as many as the minimums, the budgets and the group's size allow."""
    tables, course = ways.tables, ways.course
    room = ways.room[:, starts].min(axis=1)
    inside = None if leader is None else tables.leader_body(leader)
    if inside is not None:
        room = room - tables.member[:, inside]
        if (room < 0).any():
            return np.array([], dtype=np.int64)
    periods, times = np.unique(tables.period[starts], return_counts=True)
    taken: list[int] = []
    for index in sorted(candidates.tolist(), key=lambda at: (-ways.rarity[at], at)):
        row = ways.waiting[index]
        groups = tables.groups_of[row]
        fits = (room[groups] > 0).all() and (ways.budget[row, periods] >= times * course.measure.minutes).all()
        if row != inside and fits:
            room[groups] -= 1
            taken.append(index)
        if len(taken) == _wanted(course, len(ways.waiting)):
            break
    return np.array(sorted(taken), dtype=np.int64)


def _wanted(course: Course, waiting: int) -> int:
    """As many as the group holds, but never so many that too few are left to make a group."""
    least = course.measure.group_min
    most = min(course.group_max, waiting)
    lacking = least - (waiting - most)
    return most - lacking if 0 < lacking < least and most - lacking >= least else most
