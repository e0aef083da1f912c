"""Large-neighbourhood search, stage by stage: set a part of the plan free, solve it exactly, keep what is better.

Each way of choosing is tried once, and then drawn in proportion to what it has lately won for what it took; the
size grows while the small models are closed with ease and shrinks when they are not. The same seed makes the
same draws.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sloyfe.engines.planner.answer import Aim
from sloyfe.engines.planner.effort import Effort
from sloyfe.engines.planner.exact import Exact
from sloyfe.engines.planner.greedy import extend, measures_in_turn
from sloyfe.engines.planner.neighbourhoods import FOR_COMPANY, FOR_COST, FOR_REACH, Choice, Ground
from sloyfe.engines.planner.plan import AFTER_REACH, Plan, Series, alone, classes, score
from sloyfe.engines.planner.tables import Cohort, Tables

UNITS_A_ROUND = 0.3
UNITS_A_REPLAN = 1.0e-7
REPLANS_A_ROUND = 4
FIRST_SIZE, SMALLEST, LARGEST = 1_500, 400, 10_000
GROWTH = {True: 1.25, False: 0.7, None: 1.0}
Told = Callable[[Plan], None]


class Search:
    """The plan as it stands, and what betters it."""

    def __init__(self, tables: Tables, plan: Plan, effort: Effort, seed: int, told: Told) -> None:
        self.tables, self.effort, self.told = tables, effort, told
        self.plan: dict[Cohort, Series] = dict(plan)
        self.draw = np.random.default_rng(seed)
        self.classes = classes(tables)

    def better(self, stage: int, goal: int, least_left: float, patience: int) -> None:
        """Rounds until the goal is met, nothing is won any more, or only `least_left` of the effort is left."""
        choices = self._choices(stage)
        luck = np.ones(len(choices) + 1)
        size, idle, opening = FIRST_SIZE, 0, list(range(len(luck)))[::-1]
        while self._value(stage) < goal and idle < patience * len(luck):
            if self.effort.over or self.effort.left <= least_left:
                return
            at = opening.pop() if opening else int(self.draw.choice(len(luck), p=luck / luck.sum()))
            before, left = self._value(stage), self.effort.left
            if at == len(choices):
                self._replan(stage)
                closed = None
            else:
                closed = self._round(choices[at], stage, size)
            won = (self._value(stage) - before) / max(left - self.effort.left, 0.01)
            luck[at] = max(0.7 * luck[at] + 0.3 * min(won, 20.0), 0.15)
            idle = 0 if won else idle + 1
            size = int(np.clip(size * GROWTH[closed], SMALLEST, LARGEST))

    def _choices(self, stage: int) -> tuple[Choice, ...]:
        if stage < len(self.classes):
            return FOR_REACH
        return FOR_COST if AFTER_REACH[stage - len(self.classes)] is Aim.COST else FOR_COMPANY

    def _value(self, stage: int) -> int:
        return score(self.tables, self.plan)[stage]

    def _round(self, choice: Choice, stage: int, size: int) -> bool:
        """One neighbourhood; says whether it was closed."""
        places = self._places(stage)
        scope = choice(Ground(self.tables, self.plan, places, size, self.draw))
        if scope is None:
            self.effort.left -= 0.001
            return True
        exact = Exact(self.tables, self.plan, scope, self.effort, int(self.draw.integers(1 << 30)))
        for earlier in range(stage):
            exact.keep(earlier)
        found = exact.better(stage, UNITS_A_ROUND, alone=False)
        self.take(found.plan)
        return found.proved

    def _replan(self, stage: int) -> None:
        for _ in range(REPLANS_A_ROUND):
            if not self.effort.over:
                self._replan_once(stage)

    def _replan_once(self, stage: int) -> None:
        """Take out a few series and place them again by the quick way, a little at random."""
        held = sorted(self.plan)
        places = self._places(stage)
        drawn = int(places[int(self.draw.integers(len(places)))])
        few = self._choices(stage) is FOR_COMPANY
        share = 0.0 if few else float(self.draw.uniform(0.1, 0.6))
        gone = {c for c in held if c[0] == drawn or self.draw.random() < share}
        self._again(gone, self.draw)

    def bring_together(self) -> None:
        """Each who is alone, with each other group of her measure: both out, and placed again."""
        for cohort in [one for one in sorted(self.plan) if self._is_alone(one)]:
            for other in [one for one in sorted(self.plan) if one[0] == cohort[0] and one != cohort]:
                if self.effort.over or not self._is_alone(cohort):
                    break
                self._again({cohort, other}, None)

    def _is_alone(self, cohort: Cohort) -> bool:
        return cohort in self.plan and alone(self.tables, {cohort: self.plan[cohort]}) > 0

    def _again(self, gone: set[Cohort], draw: np.random.Generator | None) -> None:
        """These series out, and all that is missing placed by the quick way."""
        after = self._what_builds_on({place for place, _ in gone})
        left = {c: series for c, series in self.plan.items() if c not in gone and c[0] not in after}
        self.take(extend(self.tables, left, measures_in_turn(self.tables), draw))
        self.effort.left -= UNITS_A_REPLAN * self.tables.bodies * self.tables.slots

    def _what_builds_on(self, places: set[int]) -> set[int]:
        """Measures that come after these, directly or by others: they go too, as the quick way only looks forward."""
        after: set[int] = set()
        for _ in self.tables.orders:
            after |= {then for first, then, _ in self.tables.orders if first in places | after}
        return after

    def take(self, plan: dict[Cohort, Series]) -> None:
        """The plan, if it is no worse."""
        if score(self.tables, plan) >= score(self.tables, self.plan):
            self.plan = plan
            self.told(plan)

    def _places(self, stage: int) -> list[int]:
        courses = enumerate(self.tables.courses)
        if stage >= len(self.classes):
            return [place for place, _ in courses]
        return [place for place, course in courses if course.measure.priority == self.classes[stage]]
