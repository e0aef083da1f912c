"""People who can be together are together: nobody alone where there is another way, and few groups."""

from __future__ import annotations

from dataclasses import replace

import pytest

from sloyfe.engines.planner.answer import Aim, Answer, Hours, Status
from sloyfe.engines.planner.effort import effort
from sloyfe.engines.planner.greedy import greedy
from sloyfe.engines.planner.plan import Plan, placements
from sloyfe.engines.planner.problem import Grid, Measure, Person, Priority, Problem, Removal, Staffing, Why
from sloyfe.engines.planner.search import Search
from sloyfe.engines.planner.solve import solve
from sloyfe.engines.planner.tables import Tables
from sloyfe.engines.planner.tests.office import office
from sloyfe.engines.planner.verify import misstatements, violations

FULL_WEEK = Grid(weeks=1)


def asked(size: int, **about: object) -> Measure:
    return Measure(1, Priority.RECOMMENDED, tuple(range(size)), 60, 0, 0, cohorts=size, **about)  # type: ignore[arg-type]


def planned(size: int, measure: Measure, **about: object) -> Answer:
    people = tuple(Person(one, (600,)) for one in range(size))
    problem = Problem(FULL_WEEK, about.pop("people", people), (measure,), **about)  # type: ignore[arg-type]
    answer = solve(problem, seed=1, time_limit=120, units=2.0)
    assert violations(problem, answer) == []
    assert misstatements(problem, answer) == []
    return answer


def sizes(answer: Answer) -> list[int]:
    return sorted(len(one.people) for one in answer.placements)


def bounds(answer: Answer) -> dict[Aim, tuple[int, int]]:
    return {stage.aim: (stage.value, stage.bound) for stage in answer.stages}


@pytest.mark.parametrize("size", [2, 3, 5, 40])
def test_all_who_can_are_in_one_group(size: int) -> None:
    answer = planned(size, asked(size))
    assert sizes(answer) == [size]
    assert answer.status is Status.PROVED


@pytest.mark.parametrize(("size", "most"), [(3, 2), (4, 3), (7, 3), (13, 12), (13, 6), (40, 12)])
def test_nobody_is_left_over_by_herself_and_no_group_is_too_many(size: int, most: int) -> None:
    answer = planned(size, asked(size, group_max=most))
    assert len(sizes(answer)) == -(-size // most)
    assert sum(sizes(answer)) == size
    assert bounds(answer)[Aim.ALONE] == ((size % 2, size % 2) if most == 2 else (0, 0))


def test_who_can_only_come_alone_comes_alone_and_is_counted() -> None:
    away = Removal(Why.PATTERN, tuple(FULL_WEEK.span(0, 0, 0, 24 * 60)))
    only = Removal(Why.PATTERN, tuple(slot for slot in range(FULL_WEEK.slots) if slot not in away.slots))
    people = (Person(0, (600,), (away,)), Person(1, (600,), (away,)), Person(2, (600,), (only,)))
    answer = planned(3, asked(3), people=people)
    assert sizes(answer) == [1, 2]
    assert bounds(answer)[Aim.ALONE][0] == 1


def test_a_full_group_gives_somebody_up_so_that_nobody_is_alone() -> None:
    """The largest group that could be is four, which would leave the fifth by herself."""
    days = [set(FULL_WEEK.span(0, day, 0, 24 * 60)) for day in range(5)]
    may = [{0, 1}, {0}, {0}, {0, 1}, {1}]
    people = tuple(
        Person(one, (600,), (Removal(Why.PATTERN, tuple(s for d in range(5) if d not in on for s in sorted(days[d]))),))
        for one, on in enumerate(may)
    )
    answer = planned(5, asked(5, group_max=4), people=people)
    assert sizes(answer) == [2, 3]


def test_where_one_may_go_at_a_time_all_are_alone() -> None:
    staffing = (Staffing(1, (0, 1, 2), tuple(range(FULL_WEEK.slots)), 2),)
    answer = planned(3, asked(3), staffing=staffing)
    assert sizes(answer) == [1, 1, 1]
    assert bounds(answer)[Aim.ALONE] == (3, 3)


def test_groups_of_one_that_were_asked_for_are_nobody_alone() -> None:
    answer = planned(3, asked(3, group_max=1))
    assert sizes(answer) == [1, 1, 1]
    assert bounds(answer)[Aim.ALONE] == (0, 0)


def test_taking_series_out_and_placing_them_again_keeps_what_builds_on_them_in_order() -> None:
    """Where groups may be of any size, series of a measure go out often, and others come after it."""
    problem = office(40, 0)
    small = tuple(replace(m, group_min=1, cohorts=m.cohorts + 2) for m in problem.measures)
    tables = Tables(replace(problem, measures=small))
    told: list[Plan] = []
    search = Search(tables, greedy(tables), effort(600, units=1e9), 1, told.append)
    quick = greedy(tables)
    for _ in range(20):
        search.plan = dict(quick)
        for stage in range(len(search.classes) + 2):
            search._replan_once(stage)
    plans = [Answer(Status.LIMIT, placements(tables, plan), (), (), Hours(0, 0, 0, 0, ())) for plan in told]
    assert len(plans) > 20
    assert not any(violations(tables.problem, plan) for plan in plans)
