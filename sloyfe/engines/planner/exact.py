"""One model, stage by stage: the best of each is held fixed before the next is looked at."""

from __future__ import annotations

import math
from dataclasses import dataclass

from ortools.sat.python import cp_model

from sloyfe.engines.planner.effort import Effort
from sloyfe.engines.planner.linear import Linear, total
from sloyfe.engines.planner.model import Model, Scope
from sloyfe.engines.planner.parts.attendance import everybody_is_free
from sloyfe.engines.planner.parts.budget import learning_time
from sloyfe.engines.planner.parts.facilitator import one_leader_throughout
from sloyfe.engines.planner.parts.group import group_size, one_cohort_each
from sloyfe.engines.planner.parts.objective import by_themselves, groups, points, reached
from sloyfe.engines.planner.parts.order import measures_in_order, series_in_order
from sloyfe.engines.planner.parts.overlap import one_place_at_a_time
from sloyfe.engines.planner.parts.staffing import minimum_staffing
from sloyfe.engines.planner.plan import Plan, Series, classes, score
from sloyfe.engines.planner.tables import Cohort, Tables

RULES = (
    everybody_is_free,
    one_leader_throughout,
    group_size,
    one_cohort_each,
    series_in_order,
    measures_in_order,
    one_place_at_a_time,
    minimum_staffing,
    learning_time,
)


@dataclass(frozen=True, slots=True)
class Found:
    """The plan, and whether the stage it was asked to better is proved to be at its best within the scope.

    `bound` is the best that the stage could still be, in the scope's own count; None where nothing was learnt.
    """

    plan: dict[Cohort, Series]
    proved: bool
    bound: int | None


class Exact:
    """The rules and the objectives of one scope, built once, solved for one stage after the other."""

    def __init__(self, tables: Tables, plan: Plan, scope: Scope, effort: Effort, seed: int) -> None:
        self.tables, self.effort, self.seed = tables, effort, seed
        self.plan = dict(plan)
        self.model = Model(tables, plan, scope)
        for rule in RULES:
            rule(self.model)
        self.aims: list[Linear] = [reached(self.model, one) for one in classes(tables)]
        self.aims += [-by_themselves(self.model), -groups(self.model), -points(self.model)]
        effort.charge(self.model.cp)

    def keep(self, stage: int) -> None:
        """The stage may not fall below what the plan in hand has."""
        self.model.cp.add(self.aims[stage] >= self.worth(stage))

    def better(self, stage: int, units: float, alone: bool = True) -> Found:
        """The best plan found for the stage, beginning from the plan as it stands."""
        self.model.plan = self.plan
        self.model.hint()
        self.model.cp.maximize(self.aims[stage] if alone else self._with_the_rest(stage))
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = self.seed
        solver.parameters.linearization_level = 2
        solver.parameters.cp_model_probing_level = 0
        solver.parameters.max_presolve_iterations = 1
        status = self.effort.run(solver, self.model.cp, units)
        if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return Found(self.plan, False, None)
        self.plan = self.model.read(solver)
        return Found(self.plan, status == cp_model.OPTIMAL, math.floor(solver.best_objective_bound + 1e-6))

    def _with_the_rest(self, stage: int) -> Linear:
        """The stage before all, and among its equals what is best in those after it that count the same kind."""
        classed = len(classes(self.tables))
        if stage >= classed:
            later, most = self.aims[stage + 1 : -1], len(self.tables.cohorts)
        else:
            later = self.aims[stage + 1 : classed]
            most = sum(len(course.people) * course.measure.sessions for course in self.tables.courses)
        return self.aims[stage] * (most + 1) + total(later)

    def worth(self, stage: int) -> int:
        """The stage's value of the series in scope, as the plan stands."""
        inside = {cohort: self.plan[cohort] for cohort in self.model.changing if cohort in self.plan}
        return score(self.tables, inside)[stage]
