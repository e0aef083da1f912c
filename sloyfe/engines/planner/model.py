"""The exact model of a part of the plan, for CP-SAT: what is free to change, and the rest as it stands.

A `Scope` names the series whose times are free (moving) and those whose people are free (open). With all of
them it is the whole problem, and a proof of it is a proof; with few it is one neighbourhood of the search.
Each hard rule is one function in `parts/`, which reads the variables made here.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from ortools.sat.python import cp_model

from sloyfe.engines.planner.linear import Linear, Literal, constant, total, weighted
from sloyfe.engines.planner.plan import Plan, Series, load_of
from sloyfe.engines.planner.tables import Bools, Cohort, Course, Ints, Tables, lowest, run


@dataclass(frozen=True, slots=True)
class Scope:
    """Series whose times, and series whose people and leader, may change.

    Two ways to make it smaller at the price of some plans: `apart` leaves out those where series that are both
    are going on at once, and `starts` keeps so many starts for a session whose people are open too, those that
    suit most and some that are drawn with `salt`.
    """

    moving: frozenset[Cohort]
    open: frozenset[Cohort]
    apart: bool = True
    starts: int | None = None
    salt: int = 0


def everything(tables: Tables) -> Scope:
    every = frozenset(tables.cohorts)
    return Scope(moving=every, open=every, apart=False)


@dataclass
class Part:
    """The variables of one series. What cannot change is a constant, so that the rules need not ask."""

    cohort: Cohort
    course: Course
    moving: bool
    open: bool
    starts: list[dict[int, Literal]] = field(default_factory=list)
    held: list[Literal] = field(default_factory=list)
    people: dict[int, Literal] = field(default_factory=dict)
    leads: dict[int, Literal] = field(default_factory=dict)

    @property
    def used(self) -> Literal:
        return self.held[0]

    @property
    def loose(self) -> bool:
        return self.moving and self.open

    def bound(self, literal: Literal) -> bool:
        """Whether this person or leader goes wherever the series goes."""
        return literal is self.used

    def covering(self, number: int, slot: int) -> list[Literal]:
        """Starts of the session that would have it going on in the slot."""
        starts = self.starts[number]
        return [starts[t] for t in range(slot - self.course.slots + 1, slot + 1) if t in starts]


class Model:
    """Variables of the series in scope and room left by all others; `parts` maps series to variables."""

    def __init__(self, tables: Tables, plan: Plan, scope: Scope) -> None:
        self.cp = cp_model.CpModel()
        self.tables, self.plan, self.scope = tables, plan, scope
        self.one = self.cp.new_constant(1)
        self.changing = [
            cohort
            for cohort in sorted(scope.moving | scope.open)
            if cohort in plan or (cohort in scope.moving and cohort in scope.open)
        ]
        touched = set(self.changing) | set(self._tied_by_order())
        self.load = load_of(tables, plan, without=touched)
        self.room: Ints = self.load.room
        self.free: Bools = self.load.free
        self._runs: dict[int, Bools] = {}
        self._lowest: dict[int, Ints] = {}
        self._pools: dict[int, list[int]] = {}
        self._weeks: dict[tuple[Cohort, int], Linear] = {}
        self._slots: dict[tuple[Cohort, int], Linear] = {}
        self.parts = {cohort: self._part(cohort) for cohort in sorted(touched)}

    def _tied_by_order(self) -> Iterable[Cohort]:
        """Series that stay, but which a changing one must come before or after."""
        changing = {place for place, _ in self.changing}
        tied = {place for first, then, _ in self.tables.orders if {first, then} & changing for place in (first, then)}
        return [cohort for cohort in self.plan if cohort[0] in tied]

    def can_attend(self, length: int) -> Bools:
        """Bodies × starts: free throughout beside what stays, and not the last that a minimum can spare."""
        if length not in self._runs:
            can = run(self.free, length)
            for body in range(self.tables.bodies):
                groups = self.tables.groups_of[body]
                if len(groups):
                    can[body] &= self.least_room(length)[groups].min(axis=0) > 0
            self._runs[length] = can
        return self._runs[length]

    def can_lead(self, leader: int, length: int) -> Bools:
        own: Bools = run(self.tables.lead_free[leader][None, :], length)[0]
        beside: Bools = self.can_attend(length)[self.tables.leader_body(leader)]
        return own & beside

    def least_room(self, length: int) -> Ints:
        if length not in self._lowest:
            self._lowest[length] = lowest(self.room, length)
        return self._lowest[length]

    def pool(self, place: int) -> list[int]:
        """Participants that are free to be in any open series of the measure."""
        if place not in self._pools:
            staying = {
                row
                for cohort, series in self.plan.items()
                if cohort[0] == place and cohort not in self.scope.open
                for row in series.people
            }
            self._pools[place] = [int(r) for r in self.tables.courses[place].people if int(r) not in staying]
        return self._pools[place]

    def _part(self, cohort: Cohort) -> Part:
        course = self.tables.courses[cohort[0]]
        changing = cohort in self.changing
        part = Part(
            cohort=cohort,
            course=course,
            moving=changing and cohort in self.scope.moving,
            open=changing and cohort in self.scope.open,
        )
        if part.moving:
            self._free_times(part)
        else:
            self._fixed_times(part, self.plan[cohort])
        if part.open:
            self._free_people(part)
        else:
            part.people = dict.fromkeys(self.plan[cohort].people, part.used)
        return part

    def _fixed_times(self, part: Part, series: Series) -> None:
        part.starts = [{start: self.one} for start in series.starts]
        part.held = [self.one] * len(series.starts)
        if series.leader is not None:
            part.leads = {series.leader: self.one}

    def _free_times(self, part: Part) -> None:
        for number in range(part.course.measure.sessions):
            starts = {t: self.cp.new_bool_var(f"x{part.cohort}{number}@{t}") for t in self._starts(part, number)}
            held = self.cp.new_bool_var(f"held{part.cohort}{number}")
            self.cp.add(total(list(starts.values())) == held)
            part.starts.append(starts)
            part.held.append(held)
        leaders = self._leaders(part)
        if len(leaders) == 1:
            part.leads = {leaders[0]: part.used}
        else:
            part.leads = {leader: self.cp.new_bool_var(f"lead{part.cohort}{leader}") for leader in leaders}

    def _leaders(self, part: Part) -> tuple[int, ...]:
        """Who could lead: anybody of the measure's where the people are open too, else who does."""
        if part.open or not part.course.leaders:
            return part.course.leaders
        leader = self.plan[part.cohort].leader
        return () if leader is None else (leader,)

    def _free_people(self, part: Part) -> None:
        can = self.can_attend(part.course.slots)
        rows = self.pool(part.cohort[0])
        if not part.moving:
            starts = [t for options in part.starts for t in options]
            rows = [row for row in rows if can[row, starts].all()]
        part.people = {row: self.cp.new_bool_var(f"y{part.cohort}{row}") for row in rows}

    def _starts(self, part: Part, number: int) -> list[int]:
        """Starts at which what stays leaves a leader and enough people for the session."""
        course = part.course
        can = self.can_attend(course.slots)
        may = course.window & (self.tables.week >= course.measure.first_week + number * course.measure.gap_weeks)
        if part.open:
            may = may & (can[self.pool(part.cohort[0])].sum(axis=0) >= course.measure.group_min)
        else:
            may = may & can[list(self.plan[part.cohort].people)].all(axis=0)
        if course.leaders:
            able = [self.can_lead(leader, course.slots) for leader in self._leaders(part)]
            may = may & np.any(able, axis=0)
        return self._thinned(part, number, np.flatnonzero(may))

    def _thinned(self, part: Part, number: int, starts: Ints) -> list[int]:
        """The present start, those that suit most, and as many drawn, where the scope keeps only some."""
        most = self.scope.starts
        if most is None or not part.open or len(starts) <= most:
            return [int(start) for start in starts]
        draw = np.random.default_rng((self.scope.salt, *part.cohort, number))
        suits = self.can_attend(part.course.slots)[self.pool(part.cohort[0])][:, starts].sum(axis=0)
        ranked = starts[np.lexsort((draw.random(len(starts)), -suits))]
        kept = set(ranked[: most // 2].tolist())
        kept |= set(draw.choice(ranked[most // 2 :], size=most - most // 2, replace=False).tolist())
        series = self.plan.get(part.cohort)
        if series is not None and number < len(series.starts):
            kept.add(series.starts[number])
        return sorted(kept)

    def week_of(self, part: Part, number: int) -> Linear:
        """Week of the session, 0 when it is not held."""
        return self._integer(self._weeks, part, number, self.tables.week)

    def slot_of(self, part: Part, number: int) -> Linear:
        """First slot of the session, 0 when it is not held."""
        return self._integer(self._slots, part, number, np.arange(self.tables.slots))

    def _integer(self, made: dict[tuple[Cohort, int], Linear], part: Part, number: int, of: Ints) -> Linear:
        key = (part.cohort, number)
        if key not in made:
            starts = part.starts[number]
            at = [int(of[start]) for start in starts]
            if part.moving:
                variable = self.cp.new_int_var(0, max(at, default=0), f"when{key}")
                self.cp.add(weighted(list(starts.values()), at) == variable)
                made[key] = variable
            else:
                made[key] = constant(at[0])
        return made[key]

    @cached_property
    def engaged(self) -> dict[int, list[tuple[Part, Literal]]]:
        """Body → the series it may be in, as participant or leader, with the literal that says so."""
        bodies: dict[int, list[tuple[Part, Literal]]] = {}
        for part in self.parts.values():
            for row, literal in part.people.items():
                bodies.setdefault(row, []).append((part, literal))
            for leader, literal in part.leads.items():
                bodies.setdefault(self.tables.leader_body(leader), []).append((part, literal))
        return bodies

    def hint(self) -> None:
        """The plan as it stands, as the point to begin from."""
        self.cp.clear_hints()  # type: ignore[no-untyped-call]
        for cohort in self.changing:
            part, series = self.parts[cohort], self.plan.get(cohort)
            starts = series.starts if series else ()
            if part.moving:
                for number, options in enumerate(part.starts):
                    self.cp.add_hint(part.held[number], number < len(starts))
                    for start, literal in options.items():
                        self.cp.add_hint(literal, number < len(starts) and starts[number] == start)
                for leader, literal in part.leads.items():
                    if not part.bound(literal):
                        self.cp.add_hint(literal, series is not None and series.leader == leader)
            if part.open:
                people = set(series.people) if series else set()
                for row, literal in part.people.items():
                    self.cp.add_hint(literal, row in people)

    def read(self, solver: cp_model.CpSolver) -> dict[Cohort, Series]:
        """The whole plan, with what the solver says of the part in scope."""
        plan = {cohort: series for cohort, series in self.plan.items() if cohort not in self.changing}
        for cohort in self.changing:
            part = self.parts[cohort]
            starts = [t for options in part.starts for t, literal in options.items() if solver.value(literal)]
            leaders = [leader for leader, literal in part.leads.items() if solver.value(literal)]
            people = tuple(sorted(row for row, literal in part.people.items() if solver.value(literal)))
            if starts:
                plan[cohort] = Series(tuple(starts), people, leaders[0] if leaders else None)
        return plan
