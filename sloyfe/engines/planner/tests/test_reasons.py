"""What did not fit is told with rules and a change that helps; the change is tried here again, independently."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest

from sloyfe.engines.planner.answer import Relaxation, Rule
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
from sloyfe.engines.planner.relax import relaxed
from sloyfe.engines.planner.solve import solve
from sloyfe.engines.planner.tests.brute import attended, reaches
from sloyfe.engines.planner.tests.office import office
from sloyfe.engines.planner.tests.test_brute_force import SEEDS, answered, scored
from sloyfe.engines.planner.tests.tiny import tiny
from sloyfe.engines.planner.verify import violations

TOO_MANY_PLANS = {272}


def wanted(problem: Problem, plan: tuple, change: Relaxation, number: int) -> dict[tuple[int, int], int]:
    """As many everywhere as now, and one more where a date was missing; less what the change takes out."""
    there = attended(plan)
    there[change.measure, number] += 1
    gone = change.instead if change.rule is Rule.TAKEN else None
    return {session: least for session, least in there.items() if session[0] != gone}


@pytest.mark.parametrize("seed", [seed for seed in SEEDS[::3] if seed not in TOO_MANY_PLANS])
def test_every_suggestion_gives_a_start_when_every_plan_is_tried(seed: int) -> None:
    """With the one rule relaxed there is a plan where nobody loses and somebody gains; without, there is none."""
    problem, answer = tiny(seed), answered(seed)
    for short in answer.unplaced:
        if short.relaxation is not None:
            assert short.relaxation.confirmed
            goal = wanted(problem, answer.placements, short.relaxation, short.number)
            assert reaches(relaxed(problem, short.relaxation), goal)
            if short.relaxation.rule is not Rule.TAKEN:
                assert not reaches(problem, goal)


@pytest.mark.parametrize(("size", "seed"), [(3, 2), (40, 0), (40, 1)])
def test_every_suggestion_in_an_office_gives_more_when_it_is_planned_again(size: int, seed: int) -> None:
    """Planned again from the plan told, with that one rule relaxed: the verifier passes and more is reached."""
    problem = replace(office(size, seed), orders=())
    answer = solve(problem, seed=1, time_limit=120, units=0.15)
    for short in answer.unplaced:
        change = short.relaxation
        if change is None or change.rule is Rule.TAKEN:
            continue
        looser = relaxed(replace(problem, earlier=answer.placements), change)
        again = solve(looser, seed=1, time_limit=120, units=0.001)
        assert violations(looser, again) == []
        assert scored(again)[:-1] > scored(answer)[:-1]


def test_offices_have_suggestions_of_many_kinds() -> None:
    kinds = {
        short.relaxation.rule for seed in SEEDS for short in answered(seed).unplaced if short.relaxation is not None
    }
    assert {Rule.WINDOW, Rule.GROUP, Rule.COHORTS, Rule.BUDGET, Rule.STAFFING, Rule.FACILITATOR} <= kinds


# One small office, in which each rule in turn is what stands in the way.

GRID = Grid(weeks=2, days=1, last_minute=12 * 60, slot_minutes=60)
COURSE = Measure(1, Priority.STATUTORY, (1, 2), 60, 0, 0, group_min=2, facilitators=(1,))
PEOPLE = (Person(1, (120,)), Person(2, (120,)), Person(3, (120,)))
OPEN = Problem(grid=GRID, people=PEOPLE, measures=(COURSE,), facilitators=(Facilitator(1),))


def only(problem: Problem) -> Relaxation:
    answer = solve(problem, seed=1, time_limit=60)
    (short,) = answer.unplaced
    assert short.relaxation is not None
    assert short.reasons[0].removed <= short.starts
    assert all(more.removed >= less.removed for more, less in pairwise(short.reasons))
    return short.relaxation


def off(person: Person, why: Why, *slots: int) -> Person:
    return replace(person, removals=(*person.removals, Removal(why, slots)))


def test_nothing_stands_in_the_way() -> None:
    assert solve(OPEN, seed=1, time_limit=60).unplaced == ()


def test_the_window() -> None:
    first_week_off = (off(PEOPLE[0], Why.ABSENCE, 0, 1, 2, 3), *PEOPLE[1:])
    change = only(replace(OPEN, people=first_week_off))
    assert (change.rule, change.by, change.week) == (Rule.WINDOW, 1, None)


def test_an_appointment_may_be_moved_but_an_absence_never() -> None:
    never = replace(COURSE, last_week=1)
    dear = replace(OPEN.prices, group_person=99)
    absent = off(PEOPLE[0], Why.ABSENCE, 0, 1, 2, 3, 4, 5)
    meeting = (off(absent, Why.BUSY, 6, 7), *PEOPLE[1:])
    change = only(replace(OPEN, measures=(never,), people=meeting, prices=dear))
    assert (change.rule, change.by) == (Rule.CALENDAR, 1)
    assert (change.week, change.weekday, change.minute_from, change.minute_to) == (1, 0, 600, 660)
    gone = off(absent, Why.ABSENCE, 6, 7)
    answer = solve(replace(OPEN, measures=(never,), people=(gone, *PEOPLE[1:])), seed=1, time_limit=60)
    assert {short.relaxation.rule for short in answer.unplaced if short.relaxation} <= {Rule.GROUP}


def test_the_minimum_staffing_names_the_desk_and_the_time() -> None:
    desk = Staffing(40, (1, 2, 3), tuple(range(8)), at_least=2)
    answer = solve(replace(OPEN, staffing=(desk,)), seed=1, time_limit=60)
    (short,) = answer.unplaced
    staffing = next(one for one in short.reasons if one.rule is Rule.STAFFING)
    assert (staffing.staffing, staffing.weekday, staffing.removed) == (40, 0, 8)
    assert (staffing.minute_from, staffing.minute_to) == (480, 720)
    dear = replace(OPEN.prices, group_person=99)
    change = only(replace(OPEN, staffing=(desk,), prices=dear))
    assert (change.rule, change.staffing, change.by, change.week) == (Rule.STAFFING, 40, 1, 0)


def test_the_leader() -> None:
    nobody = Facilitator(1, removals=(Removal(Why.PATTERN, tuple(range(8))),))
    assert only(replace(OPEN, facilitators=(nobody,))).rule is Rule.FACILITATOR


def test_the_learning_time_in_quarters() -> None:
    poor = (replace(PEOPLE[0], learning=(40,)), *PEOPLE[1:])
    change = only(replace(OPEN, people=poor, prices=replace(OPEN.prices, group_person=99)))
    assert (change.rule, change.by, change.period) == (Rule.BUDGET, 30, 0)


def test_the_gap_between_two_sessions() -> None:
    series = replace(COURSE, last_week=1, sessions=2, gap_weeks=2)
    change = only(replace(OPEN, measures=(series,)))
    assert (change.rule, change.by, change.instead) == (Rule.ORDER, 1, None)


def test_the_gap_after_another_measure() -> None:
    then = replace(COURSE, id=2, priority=Priority.VOLUNTARY, last_week=1)
    problem = replace(OPEN, measures=(COURSE, then), orders=(Order(1, 2, gap_weeks=2),))
    change = only(problem)
    assert (change.rule, change.measure, change.by, change.instead) == (Rule.ORDER, 2, 1, 1)


def test_one_more_time() -> None:
    change = only(replace(OPEN, measures=(replace(COURSE, participants=(1, 2, 3), group_min=1, group_max=2),)))
    assert (change.rule, change.by) == (Rule.GROUP, 1)
    dear = replace(OPEN.prices, group_person=99)
    wide = replace(COURSE, participants=(1, 2, 3), group_min=1, group_max=2)
    assert only(replace(OPEN, measures=(wide,), prices=dear)).rule is Rule.COHORTS


def test_something_more_important_has_taken_the_time() -> None:
    short_day = replace(GRID, weeks=1, last_minute=9 * 60)
    other = replace(COURSE, id=2, priority=Priority.VOLUNTARY)
    change = only(replace(OPEN, grid=short_day, measures=(COURSE, other)))
    assert (change.rule, change.measure, change.instead) == (Rule.TAKEN, 2, 1)


def test_no_person_is_pointed_at() -> None:
    """The same reasons whoever is who: ids of people are in no part of what is said."""
    problem = office(40, 1)
    said = [replace(one, cohort=None) for one in solve(problem, seed=1, time_limit=120, units=0.1).unplaced]
    assert said
    new = {person.id: person.id + 7_000_000 for person in problem.people}
    other = replace(
        problem,
        people=tuple(replace(one, id=new[one.id]) for one in problem.people),
        measures=tuple(replace(one, participants=tuple(new[p] for p in one.participants)) for one in problem.measures),
        facilitators=tuple(
            replace(one, person=None if one.person is None else new[one.person]) for one in problem.facilitators
        ),
        staffing=tuple(replace(one, people=tuple(new[p] for p in one.people)) for one in problem.staffing),
    )
    again = [replace(one, cohort=None) for one in solve(other, seed=1, time_limit=120, units=0.1).unplaced]
    assert said == again
    assert "7000" not in repr(again)


def test_why_somebody_is_not_free_makes_no_difference_to_what_is_said() -> None:
    """Part-time, a shift and leave in the same hours read alike."""
    told = []
    for why in (Why.PATTERN, Why.SHIFT, Why.ABSENCE):
        people = (off(PEOPLE[0], why, 0, 1, 2, 3), *PEOPLE[1:])
        told.append(solve(replace(OPEN, people=people), seed=1, time_limit=60).unplaced)
    assert told[0] == told[1] == told[2]
    assert any(one.rule is Rule.CALENDAR for one in told[0][0].reasons)


def test_what_is_relaxed_is_that_rule_and_no_other() -> None:
    problem = office(40, 0)
    place = {"week": 2, "weekday": 1, "minute_from": 540, "minute_to": 600}
    changed = {
        Relaxation(Rule.WINDOW, 2, -1, 0): {"measures"},
        Relaxation(Rule.GROUP, 2, 1, 0): {"measures"},
        Relaxation(Rule.COHORTS, 2, 1, 0): {"measures"},
        Relaxation(Rule.ORDER, 2, 1, 0): {"measures"},
        Relaxation(Rule.ORDER, 3, 1, 0, instead=1): {"orders"},
        Relaxation(Rule.BUDGET, 2, 15, 0, period=1): {"people"},
        Relaxation(Rule.FACILITATOR, 2, 1, 0): {"facilitators", "measures"},
        Relaxation(Rule.STAFFING, 2, 1, 0, staffing=1, **place): {"staffing"},
        Relaxation(Rule.CALENDAR, 2, 1, 0, **place): {"people"},
        Relaxation(Rule.TAKEN, 2, 1, 0, instead=1): {"measures", "orders"},
    }
    for change, fields in changed.items():
        looser = relaxed(problem, change)
        assert {name for name in Problem.__slots__ if getattr(looser, name) != getattr(problem, name)} == fields
    with pytest.raises(ValueError, match="cannot be relaxed"):
        relaxed(problem, Relaxation(Rule.PARTICIPANT, 1, 1, 0))
