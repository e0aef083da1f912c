"""Who was not reached, and for each start which rule stands in the way: the explanation before the wording.

A `Case` is some participants of one measure who have no date from one session on. For every start in the grid it
can say whether a set of rules lets enough of them through, so that a rule can be applied alone (what does it
take?) and left out alone (would it help?).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np

from sloyfe.engines.planner.answer import Relaxation, Rule
from sloyfe.engines.planner.greedy import may_begin
from sloyfe.engines.planner.plan import Load, Plan, load_of
from sloyfe.engines.planner.problem import Why
from sloyfe.engines.planner.tables import Bools, Cohort, Ints, Tables, lowest, run

ALL = frozenset(
    {
        Rule.WINDOW,
        Rule.CALENDAR,
        Rule.STAFFING,
        Rule.FACILITATOR,
        Rule.BUDGET,
        Rule.ORDER,
        Rule.GROUP,
        Rule.COHORTS,
        Rule.TAKEN,
    }
)


@dataclass(frozen=True, slots=True)
class Shortfall:
    """Rows of the participants of a measure who lack a date from session `number` on.

    `cohort` is the series that broke off, or None for those in no series at all.
    """

    place: int
    number: int
    people: tuple[int, ...]
    cohort: Cohort | None


def shortfalls(tables: Tables, plan: Plan) -> Iterator[Shortfall]:
    """By measure: those in no series, then each series that broke off."""
    for place, course in enumerate(tables.courses):
        series = {cohort: one for cohort, one in sorted(plan.items()) if cohort[0] == place}
        reached = {row for one in series.values() for row in one.people}
        waiting = tuple(int(row) for row in course.people if int(row) not in reached)
        if waiting:
            yield Shortfall(place, 0, waiting, None)
        for cohort, one in series.items():
            if len(one.starts) < course.measure.sessions:
                yield Shortfall(place, len(one.starts), one.people, cohort)


@dataclass
class Case:
    """Arrays of one shortfall: people × starts for what concerns each, starts for what concerns all."""

    tables: Tables
    plan: Plan
    short: Shortfall
    load: Load
    empty: Load = field(init=False)

    def __post_init__(self) -> None:
        tables, short = self.tables, self.short
        self.course = tables.courses[short.place]
        self.rows = list(short.people)
        self.length = self.course.slots
        self.empty = Load(tables)
        self.universe: Bools = tables.left_in_day >= self.length
        self.may_be = self.universe & run(~tables.closed[None, :], self.length)[0]
        self.own: Bools = run(tables.free[self.rows], self.length)
        self.in_turn = self._in_turn()
        self.leaders = self._leaders()

    @property
    def need(self) -> int:
        """A broken series needs all its people; a new one as many as make a group."""
        return self.course.measure.group_min if self.short.cohort is None else len(self.rows)

    def _in_turn(self) -> Bools:
        if self.short.cohort is None:
            return may_begin(self.tables, self.plan, self.short.place, self.rows)
        last = self.plan[self.short.cohort].starts[-1]
        week = self.tables.week
        late = week >= week[last] + self.course.measure.gap_weeks
        late &= np.arange(self.tables.slots) >= last + self.length
        return np.broadcast_to(late, self.own.shape)

    def _leaders(self) -> tuple[int, ...]:
        if self.short.cohort is None:
            return self.course.leaders
        leader = self.plan[self.short.cohort].leader
        return () if leader is None else (leader,)

    def feasible(self, rules: frozenset[Rule], load: Load | None = None, least: int | None = None) -> Bools:
        """Starts at which these rules together let enough (or `least`) go, beside the plan or another load."""
        if not self._may_be_a_group(rules):
            return np.zeros(self.tables.slots, dtype=bool)
        present = load or self.load
        taken = present if Rule.TAKEN in rules else self.empty
        ok: Bools = self.may_be.copy()
        if Rule.WINDOW in rules:
            ok &= self.course.window
        enough = self.need if Rule.GROUP in rules else min(self.need, len(self.rows))
        going = self.could_go(rules, present)
        ok &= np.any(
            [
                self._led(rules, taken, leader) & (self.spared(going, taken, rules, leader) >= (least or enough))
                for leader in self._who_leads(rules)
            ],
            axis=0,
        )
        return ok

    def _who_leads(self, rules: frozenset[Rule]) -> tuple[int | None, ...]:
        return self.leaders if Rule.FACILITATOR in rules and self.course.leaders else (None,)

    def _led(self, rules: frozenset[Rule], taken: Load, leader: int | None) -> Bools:
        """Starts at which the leader is free, and can be spared where she is one of the office's own."""
        if leader is None:
            return np.ones(self.tables.slots, dtype=bool)
        led: Bools = run(taken.lead_free(leader)[None, :], self.length)[0]
        if Rule.STAFFING in rules:
            member = self.tables.member[:, self.tables.leader_body(leader)]
            led &= (lowest(taken.room, self.length) >= member[:, None]).all(axis=0)
        return led

    def could_go(self, rules: frozenset[Rule], load: Load) -> Bools:
        """People × starts: by her own calendar, her other sessions, her learning time and the order."""
        going = self.own.copy() if Rule.CALENDAR in rules else np.ones_like(self.own)
        if Rule.TAKEN in rules:
            going &= run(~load.busy[self.rows], self.length)
        if Rule.BUDGET in rules:
            going &= (self.left(load) >= self.course.measure.minutes)[:, self.tables.period]
        if Rule.ORDER in rules:
            going &= self.in_turn
        return going

    def left(self, load: Load) -> Ints:
        """People × periods: minutes of learning time not yet spent."""
        minutes: Ints = self.tables.budget[self.rows] - load.spent[self.rows]
        return minutes

    def spared(self, going: Bools, taken: Load, rules: frozenset[Rule], leader: int | None = None) -> Ints:
        """How many of them each start can take, by the minimums one at a time, the leader being away too."""
        if leader is not None:
            going = going & (np.array(self.rows) != self.tables.leader_body(leader))[:, None]
        most: Ints = going.sum(axis=0)
        if Rule.STAFFING in rules:
            room = lowest(taken.room, self.length)
            for group in range(len(room)):
                led = 0 if leader is None else int(self.tables.member[group, self.tables.leader_body(leader)])
                most = np.minimum(most, self.spared_by(group, going, room[group] - led))
        return most

    def spared_by(self, group: int, going: Bools, room: Ints) -> Ints:
        of_group: Ints = going[self.tables.member[group, self.rows]].sum(axis=0)
        most: Ints = going.sum(axis=0) - of_group + np.minimum(of_group, room)
        return most

    @property
    def rules(self) -> list[Rule]:
        """Those that can stand in the way; a series that broke off has its cohort and its group already."""
        ruled_out = set() if self.short.cohort is None else {Rule.GROUP, Rule.COHORTS}
        return sorted(ALL - ruled_out)

    def removed(self, rule: Rule) -> Bools:
        """Starts that the rule takes by itself, and those that there would be without it."""
        among = self.universe if rule is Rule.WINDOW else self.may_be
        return (among & ~self.feasible(frozenset({rule}))) | self.helps(rule)

    def helps(self, rule: Rule) -> Bools:
        """Starts that there would be without the rule."""
        without = self.feasible(ALL - {rule}, least=1 if rule is Rule.GROUP else None)
        return self.universe & without & ~self.feasible(ALL)

    def without(self, place: int) -> Bools:
        """Starts that there would be without another measure."""
        others = {cohort: series for cohort, series in self.plan.items() if cohort[0] != place}
        return self.universe & self.feasible(ALL, load_of(self.tables, others))

    def instead(self, place: int) -> Relaxation:
        """Another measure taken out, with all its sessions."""
        gone = [series for (other, _), series in self.plan.items() if other == place]
        people = sum(len(series.people) * len(series.starts) for series in gone)
        return Relaxation(
            Rule.TAKEN,
            self.course.measure.id,
            sum(len(series.starts) for series in gone),
            self.tables.problem.prices.dropped_person * people,
            instead=self.tables.courses[place].measure.id,
        )

    def at(self, start: int, change: Relaxation, staffing: int | None = None) -> Relaxation:
        """The change on the one occasion of a session that begins then."""
        grid = self.tables.grid
        return replace(
            change,
            staffing=staffing,
            week=grid.week(start),
            weekday=grid.day(start),
            minute_from=grid.minute(start),
            minute_to=grid.minute(start) + self.length * grid.slot_minutes,
        )

    def movable(self) -> Bools:
        """People × starts at which nothing but movable appointments stands in the way."""
        fixed = np.ones((len(self.rows), self.tables.slots), dtype=bool)
        for at, row in enumerate(self.rows):
            for removal in self.tables.problem.people[row].removals:
                if removal.rule is not Why.BUSY:
                    fixed[at, list(removal.slots)] = False
        return run(fixed, self.length)

    def _may_be_a_group(self, rules: frozenset[Rule]) -> bool:
        if Rule.COHORTS in rules and self.short.cohort is None:
            held = sum(cohort[0] == self.short.place for cohort in self.plan)
            return held < self.course.measure.cohorts
        return True
