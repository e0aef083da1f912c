"""The example worked by hand in docs/algorithms/planner.md."""

from __future__ import annotations

from dataclasses import replace

from sloyfe.engines.planner.answer import Rule, Status
from sloyfe.engines.planner.problem import Grid, Measure, Person, Priority, Problem, Removal, Staffing, Why
from sloyfe.engines.planner.solve import solve

GRID = Grid(weeks=1, days=1, last_minute=12 * 60, slot_minutes=60)
ALL_THREE = Measure(1, Priority.MANDATORY, (1, 2, 3), 60, 0, 0, cohorts=3)
PROBLEM = Problem(
    grid=GRID,
    people=(
        Person(1, (60,), (Removal(Why.PATTERN, (0, 3)),)),
        Person(2, (60,)),
        Person(3, (60,)),
    ),
    measures=(ALL_THREE,),
    staffing=(Staffing(1, (1, 2, 3), tuple(GRID.span(0, 0, 9 * 60, 11 * 60)), at_least=2),),
)


def test_three_people_and_a_desk() -> None:
    answer = solve(PROBLEM, seed=1, time_limit=60)
    assert answer.status is Status.PROVED
    assert answer.rounds == 0
    assert [(stage.value, stage.bound) for stage in answer.stages] == [(3, 3), (1, 1), (2, 2), (20, 20)]
    assert [(one.start, one.people) for one in answer.placements] == [(0, (2, 3)), (1, (1,))]


def test_with_one_cohort_somebody_has_no_date() -> None:
    answer = solve(replace(PROBLEM, measures=(replace(ALL_THREE, cohorts=1),)), seed=1, time_limit=60)
    assert answer.status is Status.PROVED
    assert [(stage.value, stage.bound) for stage in answer.stages] == [(2, 2), (0, 0), (1, 1), (10, 10)]
    (short,) = answer.unplaced
    assert (short.people, short.starts) == (1, 4)
    assert [(one.rule, one.removed) for one in short.reasons] == [(Rule.COHORTS, 4), (Rule.CALENDAR, 2)]
    assert short.relaxation is not None
    assert (short.relaxation.rule, short.relaxation.by, short.relaxation.confirmed) == (Rule.COHORTS, 1, True)
