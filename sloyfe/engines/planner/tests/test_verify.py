"""For every hard rule: a plan that keeps it passes, and the same plan bent to break it is rejected by that rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from sloyfe.engines.planner.answer import Answer, Rule
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
from sloyfe.engines.planner.tests.brute import as_answer
from sloyfe.engines.planner.tests.office import office
from sloyfe.engines.planner.verify import misstatements, violations

GRID = Grid(weeks=8)


def at(week: int, day: int, hour: int) -> int:
    return GRID.span(week, day, hour * 60, hour * 60 + 30)[0]


def busy(rule: Why, week: int, day: int, begin: int, end: int, present: bool = False) -> Removal:
    return Removal(rule, tuple(GRID.span(week, day, begin * 60, end * 60)), present)


PEOPLE = (
    Person(1, (240, 240), (busy(Why.ABSENCE, 1, 0, 8, 16),)),
    Person(2, (240, 240), (busy(Why.DUTY, 2, 1, 9, 10, present=True),)),
    Person(3, (240, 240)),
    Person(4, (240, 240)),
    Person(5, (240, 240), (busy(Why.PATTERN, 4, 2, 8, 16),)),
)
SERIES = Measure(1, Priority.MANDATORY, (1, 2, 3, 4), 60, 0, 5, sessions=2, gap_weeks=1, cohorts=2,
                 group_min=2, group_max=2, facilitators=(1, 2))  # fmt: skip
AFTER = Measure(2, Priority.VOLUNTARY, (1, 2), 30, 0, 7, cohorts=1)
PROBLEM = Problem(
    grid=GRID,
    people=PEOPLE,
    measures=(SERIES, AFTER),
    facilitators=(Facilitator(1, removals=(busy(Why.PATTERN, 1, 4, 8, 16),)), Facilitator(2, person=5)),
    staffing=(Staffing(7, (1, 2, 3, 4, 5), tuple(range(0, GRID.slots, 2)), at_least=2),),
    orders=(Order(1, 2, gap_weeks=1),),
    closed=tuple(GRID.span(3, 3, 0, 24 * 60)),
)


def held(measure: int, cohort: int, number: int, start: int, people: tuple[int, ...], leader: int | None) -> Placement:
    return Placement(Session(measure, cohort, number), start, people, leader)


PLAN = (
    held(1, 0, 0, at(0, 0, 9), (1, 2), 1),
    held(1, 0, 1, at(1, 1, 9), (1, 2), 1),
    held(1, 1, 0, at(0, 0, 11), (3, 4), 2),
    held(1, 1, 1, at(1, 1, 11), (3, 4), 2),
    held(2, 0, 0, at(2, 0, 9), (1, 2), None),
)


def moved(number: int, **changes: object) -> tuple[Placement, ...]:
    return tuple(replace(one, **changes) if place == number else one for place, one in enumerate(PLAN))


def test_the_plan_keeps_every_rule() -> None:
    assert violations(PROBLEM, as_answer(PLAN)) == []


BENT: dict[str, tuple[tuple[Placement, ...], set[Rule]]] = {
    "after the window": (moved(1, start=at(6, 0, 9)), {Rule.WINDOW, Rule.ORDER}),
    "in a closed slot": (moved(3, start=at(3, 3, 9)), {Rule.WINDOW}),
    "over the end of the day": (moved(3, start=at(1, 1, 15) + 1), {Rule.WINDOW}),
    "when somebody is away": (moved(1, start=at(1, 0, 9)), {Rule.CALENDAR}),
    "when somebody has a duty": (moved(4, start=at(2, 1, 9)), {Rule.CALENDAR}),
    "two sessions that leave too few": (moved(2, start=at(0, 0, 9)), {Rule.STAFFING}),
    "a leader who is not free": (moved(1, start=at(1, 4, 9)), {Rule.FACILITATOR}),
    "an inside leader who is not free": (moved(3, start=at(4, 2, 9)), {Rule.FACILITATOR}),
    "nobody leads": (moved(2, facilitator=None), {Rule.FACILITATOR}),
    "another leader half way": (moved(3, facilitator=1), {Rule.FACILITATOR}),
    "somebody leads who was not asked": (moved(4, facilitator=1), {Rule.FACILITATOR}),
    "too soon after the one before": (moved(1, start=at(0, 4, 9)), {Rule.ORDER}),
    "without the one before": (PLAN[1:], {Rule.ORDER}),
    "before what it builds on": (moved(4, start=at(1, 4, 9)), {Rule.ORDER}),
    "too few": (
        (*PLAN[:2], *(replace(one, people=(3,)) for one in PLAN[2:4]), PLAN[4]),
        {Rule.GROUP},
    ),
    "somebody else": (
        (*PLAN[:2], *(replace(one, people=(3, 5)) for one in PLAN[2:4]), PLAN[4]),
        {Rule.PARTICIPANT, Rule.ONE_AT_A_TIME},
    ),
    "others half way": (moved(3, people=(3, 1)), {Rule.PARTICIPANT}),
    "the same person twice": (moved(4, people=(1, 1)), {Rule.PARTICIPANT}),
    "a cohort that is not there": (moved(4, session=Session(2, 1, 0)), {Rule.COHORTS}),
    "a measure that is not there": (moved(4, session=Session(9, 0, 0)), {Rule.COHORTS}),
    "twice": ((*PLAN, replace(PLAN[4], start=at(3, 0, 9))), {Rule.COHORTS}),
}


@pytest.mark.parametrize("name", BENT)
def test_a_bent_plan_is_rejected_by_the_rule_it_breaks(name: str) -> None:
    plan, rules = BENT[name]
    assert {one.rule for one in violations(PROBLEM, as_answer(plan))} == rules


def test_a_leader_in_two_places() -> None:
    plan = (
        *(replace(one, facilitator=1) for one in PLAN[:2]),
        replace(PLAN[2], facilitator=1, start=PLAN[0].start + 1),
        replace(PLAN[3], facilitator=1),
    )
    loose = replace(PROBLEM, staffing=())
    assert {one.rule for one in violations(loose, as_answer(plan))} == {Rule.FACILITATOR}


def test_too_much_of_somebodys_learning_time() -> None:
    poor = replace(PROBLEM, people=(*PEOPLE[:2], Person(3, (90, 120)), *PEOPLE[3:]))
    found = violations(poor, as_answer(PLAN))
    assert {(one.rule, one.ids) for one in found} == {(Rule.BUDGET, (3,))}


def test_learning_time_is_counted_in_each_period_by_itself() -> None:
    thin = replace(PROBLEM, people=tuple(replace(one, learning=(60, 60)) for one in PEOPLE), orders=())
    later = (*PLAN[:3], replace(PLAN[3], start=at(4, 1, 11)))
    assert {one.session.cohort for one in violations(thin, as_answer(later))} == {0}


def test_nobody_is_in_two_sessions_at_once() -> None:
    free = replace(PROBLEM, orders=(), staffing=())
    plan = (*PLAN[:4], replace(PLAN[4], start=PLAN[0].start))
    found = violations(free, as_answer(plan))
    assert {(one.rule, one.ids) for one in found} == {(Rule.ONE_AT_A_TIME, (1, 2))}


def test_who_leads_is_away_from_the_desk_too() -> None:
    strict = replace(PROBLEM, staffing=(Staffing(7, (3, 4, 5), tuple(range(GRID.slots)), at_least=1),))
    assert {one.rule for one in violations(strict, as_answer(PLAN))} == {Rule.STAFFING}
    outside = tuple(replace(one, facilitator=1) for one in PLAN)[:4]
    assert violations(strict, as_answer(outside)) == []


def test_a_duty_counts_as_being_at_work() -> None:
    """Person 2 is at the desk while the other four are away or in the session."""
    slots = tuple(GRID.span(2, 1, 9 * 60, 10 * 60))
    rule = Staffing(7, (2, 3), slots, at_least=1)
    others = replace(AFTER, participants=(3, 4))
    problem = replace(PROBLEM, measures=(SERIES, others), orders=(), staffing=(rule,))
    plan = as_answer((held(2, 0, 0, at(2, 1, 9), (3, 4), None),))
    assert violations(problem, plan) == []
    away = replace(PEOPLE[1], removals=(*PEOPLE[1].removals, busy(Why.ABSENCE, 2, 1, 8, 16)))
    gone = replace(problem, people=(PEOPLE[0], away, *PEOPLE[2:]))
    assert {one.rule for one in violations(gone, plan)} == {Rule.STAFFING}


def test_a_minimum_that_nobody_could_keep_binds_only_those_who_would_leave() -> None:
    """Five are asked for and four are there: no session may take anybody, but the plan without one is kept."""
    many = replace(PROBLEM, staffing=(Staffing(7, (1, 2, 3, 4), (at(0, 0, 9),), at_least=5),))
    assert {one.session for one in violations(many, as_answer(PLAN))} == {Session(1, 0, 0)}
    assert violations(many, as_answer(PLAN[2:4])) == []


def test_figures_that_are_not_the_plans_are_found() -> None:
    from sloyfe.engines.planner.solve import solve

    problem = office(3, 1)
    answer = solve(problem, seed=1, time_limit=60, units=0.1)
    assert misstatements(problem, answer) == []
    first, *rest = answer.stages
    wrong: list[Callable[[Answer], Answer]] = [
        lambda one: replace(one, stages=(replace(first, value=first.value + 1), *rest)),
        lambda one: replace(one, stages=(first, *rest[:-1], replace(rest[-1], value=rest[-1].value - 1))),
        lambda one: replace(one, hours=replace(one.hours, placed=one.hours.placed + 1)),
        lambda one: replace(one, placements=one.placements[1:]),
    ]
    assert all(misstatements(problem, bend(answer)) for bend in wrong)
