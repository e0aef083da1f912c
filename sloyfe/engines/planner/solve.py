"""The planner's one door: a first plan by the quick way, a better one by search, a proof where it is small.

Stage by stage: what the law demands, what is ordered, what is advised, what is free, then that nobody is alone,
few groups, and the cost, each as well as it can be before the next counts. What did not fit is explained last,
with the change that would help.
"""

from __future__ import annotations

from collections.abc import Callable

from sloyfe.engines.planner.answer import Aim, Answer, Progress, Stage, Status
from sloyfe.engines.planner.bounds import Bounds
from sloyfe.engines.planner.effort import Effort, effort
from sloyfe.engines.planner.exact import Exact
from sloyfe.engines.planner.greedy import extend, measures_in_turn, prolong
from sloyfe.engines.planner.hours import hours
from sloyfe.engines.planner.model import everything
from sloyfe.engines.planner.plan import AFTER_REACH, Plan, classes, placements, score, tidy, told_points, values
from sloyfe.engines.planner.problem import Problem
from sloyfe.engines.planner.reasons import explain
from sloyfe.engines.planner.search import Search
from sloyfe.engines.planner.start import first_plan
from sloyfe.engines.planner.tables import Tables

SMALL = 1_500
"""Starts × sessions up to which the whole is solved as one exact model, to proof."""

FOR_SEARCH, FOR_REASONS = 0.75, 0.2
"""Shares of the time for finding dates and for explaining what did not fit; the rest is for reading and writing."""

PATIENCE = (2, 4)
"""For each sweep over the stages: rounds without gain for each way of choosing, after which one is left."""

UNITS_A_STAGE = 2.0
"""How long one exact solve may go on before it is asked whether to stop."""


def solve(
    problem: Problem,
    *,
    seed: int,
    time_limit: float,
    units: float | None = None,
    stop: Callable[[], bool] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Answer:
    """The best plan found within `time_limit` seconds, its bounds, and reasons for what did not fit.

    The same problem, seed and limit give the same answer unless the status is TIME or STOPPED: the search is
    measured in `units` (of CP-SAT's deterministic time; None: what the limit can be expected to hold), and the
    clock only guards. `stop` is asked between rounds (every second or two) and ends the search with the plan in
    hand; `progress` is told as it goes. An earlier plan in the problem is where the search begins.
    """
    if time_limit <= 0:
        raise ValueError(f"the time limit is {time_limit} seconds; it needs more than 0")
    tables = Tables(problem)
    spend = effort(time_limit * FOR_SEARCH, stop, units)
    run = _Run(tables, spend, seed, progress)
    run.go()
    plan = tidy(tables, run.search.plan)
    placed = placements(tables, plan)
    explaining = effort(time_limit * FOR_REASONS)
    unplaced = explain(tables, plan, lambda: explaining.over)
    return Answer(
        status=run.status(cut_short=explaining.clock),
        placements=placed,
        unplaced=unplaced,
        stages=run.stages(plan),
        hours=hours(problem, placed),
        rounds=spend.rounds,
    )


class _Run:
    """One solve: the search and what is proved of each stage."""

    def __init__(self, tables: Tables, spend: Effort, seed: int, progress: Callable[[Progress], None] | None) -> None:
        self.tables, self.spend, self.seed = tables, spend, seed
        self.whole, self.progress = spend.left, progress
        self.classes = classes(tables)
        self.stages_asked = len(self.classes) + len(AFTER_REACH)
        self.counted = Bounds(tables)
        self.ceilings = [self.counted.ceiling(one) for one in self.classes]
        self.floors: dict[int, int] = {}
        self.asked = {one: 0 for one in self.classes}
        for course in tables.courses:
            self.asked[course.measure.priority] += len(course.people) * course.measure.sessions
        self.search = Search(tables, first_plan(tables), spend, seed, self._tell)

    def go(self) -> None:
        if self._size() <= SMALL:
            self._prove()
        else:
            self._search()

    def _size(self) -> int:
        measured = [(course.measure, int(course.window.sum())) for course in self.tables.courses]
        return sum(starts * measure.sessions * measure.cohorts for measure, starts in measured)

    def _search(self) -> None:
        for patience in PATIENCE:
            share = self.spend.left / self.stages_asked
            for stage in range(self.stages_asked):
                if stage == len(self.classes):
                    self._fill_up()
                    self.search.bring_together()
                left = share * (self.stages_asked - 1 - stage)
                self.search.better(stage, self._limit(stage), left, patience)
        self._fill_up()

    def _fill_up(self) -> None:
        """What the quick way can still add beside the plan."""
        plan: Plan = self.search.plan
        for cohort in sorted(plan):
            plan = prolong(self.tables, plan, cohort)
        self.search.take(extend(self.tables, plan, measures_in_turn(self.tables)))

    def _prove(self) -> None:
        """The whole problem as one model; each stage goes on until it is proved or the effort is used up."""
        exact = Exact(self.tables, self.search.plan, everything(self.tables), self.spend, self.seed)
        for stage in range(self.stages_asked):
            while not self.spend.over and not self._closed(stage):
                found = exact.better(stage, UNITS_A_STAGE)
                self.search.take(found.plan)
                exact.plan = dict(self.search.plan)
                if found.bound is not None:
                    self._learn(stage, found.bound)
            if stage < self.stages_asked - 1:
                exact.keep(stage)

    def _learn(self, stage: int, bound: int) -> None:
        """What the exact model of the whole says that the stage's score cannot pass."""
        if stage < len(self.classes):
            self.ceilings[stage] = min(self.ceilings[stage], bound)
            return
        told = told_points(self.tables) if self._aim(stage) is Aim.COST else 0
        self.floors[stage] = max(told - bound, -self._limit(stage))

    def _aim(self, stage: int) -> Aim:
        return AFTER_REACH[stage - len(self.classes)]

    def _closed(self, stage: int) -> bool:
        return score(self.tables, self.search.plan)[stage] >= self._limit(stage)

    def _limit(self, stage: int) -> int:
        """What the stage's score cannot pass in plans that reach as much as this one in every class."""
        if stage < len(self.classes):
            return self.ceilings[stage]
        reached = values(self.tables, self.search.plan)
        by_counting = {
            Aim.ALONE: self.counted.fewest_alone,
            Aim.GROUPS: self.counted.fewest_groups,
            Aim.COST: self.counted.floor,
        }
        return -max(self.floors.get(stage, 0), by_counting[self._aim(stage)](reached))

    def stages(self, plan: Plan) -> tuple[Stage, ...]:
        reached = score(self.tables, plan)
        classed = zip(self.classes, reached, self.ceilings, strict=False)
        staged = [Stage(Aim.REACH, one, value, ceiling, self.asked[one]) for one, value, ceiling in classed]
        first = len(self.classes)
        few = [
            Stage(aim, None, -reached[first + at], -self._limit(first + at), 0) for at, aim in enumerate(AFTER_REACH)
        ]
        return (*staged, *few)

    def status(self, cut_short: bool) -> Status:
        """How it ended; `cut_short` when the clock ended the explaining."""
        if all(self._closed(stage) for stage in range(self.stages_asked)):
            return Status.PROVED
        if self.spend.stopped:
            return Status.STOPPED
        return Status.TIME if self.spend.clock or cut_short else Status.LIMIT

    def _tell(self, plan: Plan) -> None:
        if self.progress is not None:
            used = min(100, int(100 * (1 - max(self.spend.left, 0.0) / self.whole)))
            placed = sum(values(self.tables, plan).values())
            self.progress(Progress(used, placed, sum(self.asked.values())))
